"""Proved bounds of the error of a compression, for classes of functions."""

from .cells import one_shot_bound as one_shot_bound
from .cells import partition_bound as partition_bound
from .radius import enclosing_radius as enclosing_radius
from .remainders import DerivativeBounds as DerivativeBounds
from .remainders import Remainder as Remainder
from .remainders import RidgeMixture as RidgeMixture
from .strips import Cosine as Cosine
from .strips import Sigmoid as Sigmoid
from .strips import StripBound as StripBound
from .strips import Tanh as Tanh
