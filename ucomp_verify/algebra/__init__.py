"""Multi-indices, power sums and monomial multisymmetric functions."""

from .multi_indices import MultiIndex as MultiIndex
from .multi_indices import multi_indices as multi_indices
from .multi_indices import num_monomials as num_monomials
from .multisymmetric import MultisymmetricPolynomial as MultisymmetricPolynomial
from .multisymmetric import NotSymmetric as NotSymmetric
from .power_sum_polynomial import PowerSumPolynomial as PowerSumPolynomial
from .power_sums import closed_form as closed_form
from .power_sums import set_partitions as set_partitions
from .symmetric import point_symbols as point_symbols
from .symmetric import to_power_sums as to_power_sums
