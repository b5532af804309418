"""Caratheodory reduction: fewer nodes of a measure with the same moments.

Floating point chooses the nodes, exact or ball arithmetic finds their weights.
"""

from .atomic_reduction import caratheodory_reduce as caratheodory_reduce
from .merging import StreamCompression as StreamCompression
from .merging import reduce_stream as reduce_stream
from .reduction import Arithmetic as Arithmetic
from .reduction import reduce_measure as reduce_measure
