"""The dependency graph: which claims the paper's proofs use, and what repairs what."""

from .drawing import svg as svg
from .edges import Edge as Edge
from .edges import Relation as Relation
from .edges import dot as dot
from .edges import edges as edges
from .edges import graph_json as graph_json
from .edges import select as select
