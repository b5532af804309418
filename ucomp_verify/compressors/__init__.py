"""Algorithms that compress measures, one a module."""

from .balanced import BalancedCells as BalancedCells
from .base import AbstractCompressor as AbstractCompressor
from .cells import Cells as Cells
from .exact import ExactReduction as ExactReduction
from .greedy import Greedy as Greedy
from .hp import HpCells as HpCells
from .hybrid import Hybrid as Hybrid
from .merge_reduce import MergeReduce as MergeReduce
from .partitions import Partition as Partition
from .subset import RandomSubset as RandomSubset
from .unbiased import UnbiasedReduction as UnbiasedReduction
