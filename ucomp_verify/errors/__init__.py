"""Certified errors of a given compression: enclosures for functions, bounds for classes."""

from .certified import CellShare as CellShare
from .certified import Posterior as Posterior
from .certified import posterior_bound as posterior_bound
from .certified_result import CertifiedError as CertifiedError
from .certified_result import certified_error as certified_error
from .certified_result import compression_error as compression_error
from .certified_values import enclosed_error as enclosed_error
from .expansions import ExponentialClass as ExponentialClass
from .mismatch import Mismatch as Mismatch
from .mismatch import chebyshev_mismatch as chebyshev_mismatch
