"""Functions of several real variables: exact values, enclosures, bounds of their derivatives."""

from .expressions import Function as Function
from .expressions import NotRational as NotRational
from .expressions import constant as constant
from .expressions import cos as cos
from .expressions import exp as exp
from .expressions import log as log
from .expressions import sigmoid as sigmoid
from .expressions import sin as sin
from .expressions import tanh as tanh
from .expressions import variables as variables
