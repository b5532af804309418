"""Multi-indices, power sums and monomial multisymmetric functions."""

from .multi_indices import MultiIndex as MultiIndex
from .multi_indices import multi_indices as multi_indices
from .multi_indices import num_monomials as num_monomials
from .power_sums import set_partitions as set_partitions
from .power_sums import to_power_sums as to_power_sums
