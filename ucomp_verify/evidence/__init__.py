"""What has been found out about a claim, and how strongly it counts."""

from .base import Authority as Authority
from .base import Evidence as Evidence
from .base import Method as Method
from .base import Provenance as Provenance
from .problems import Problem as Problem
from .problems import Trouble as Trouble
