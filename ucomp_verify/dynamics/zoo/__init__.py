"""A zoo of optimisers, each checked against the original network with equal objects."""

from .catalogue import OPTIMISERS as OPTIMISERS
from .catalogue import Family as Family
from .catalogue import Optimiser as Optimiser
from .catalogue import find_optimiser as find_optimiser
from .networks import NETWORKS as NETWORKS
from .networks import Network as Network
from .table import EXACT as EXACT
from .table import OptimiserRow as OptimiserRow
from .table import optimiser_row as optimiser_row
from .table import optimiser_table as optimiser_table
