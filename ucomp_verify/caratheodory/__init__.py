"""Caratheodory reduction: fewer nodes of a measure with the same moments.

Floating point chooses the nodes, exact or ball arithmetic finds their weights.
"""

from .atomic_reduction import caratheodory_reduce as caratheodory_reduce
from .reduction import reduce_measure as reduce_measure
