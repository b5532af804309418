"""Functions of several real variables: exact values, enclosures, bounds of their derivatives."""

from .deep_sets import DeepSet as DeepSet
from .deep_sets import NoLipschitzConstant as NoLipschitzConstant
from .deep_sets import lipschitz_bound as lipschitz_bound
from .derivatives import derivative_bound as derivative_bound
from .derivatives import range_on as range_on
from .derivatives import taylor_coefficients as taylor_coefficients
from .elementary import NotAnalytic as NotAnalytic
from .elementary import NotRational as NotRational
from .expressions import Function as Function
from .expressions import constant as constant
from .expressions import cos as cos
from .expressions import exp as exp
from .expressions import log as log
from .expressions import polynomial as polynomial
from .expressions import sigmoid as sigmoid
from .expressions import sin as sin
from .expressions import tanh as tanh
from .expressions import total as total
from .expressions import variables as variables
from .integrals import enclose_integral as enclose_integral
from .parsing import UnreadableFunction as UnreadableFunction
from .parsing import parse_function as parse_function
from .suprema import supremum_on_polydisc as supremum_on_polydisc
from .suprema import supremum_on_polyellipse as supremum_on_polyellipse
