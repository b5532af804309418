"""Hypothesis strategies for measures, points, degrees, sizes and functions.

For property tests of compressors and of bounds, here and elsewhere. Examples shrink towards
few nodes with small integer coordinates and weight 1, and towards simple functions.
"""

from .exact import exact_measures as exact_measures
from .exact import unisolvent_nodes as unisolvent_nodes
from .floats import float_measures as float_measures
from .floats import float_points as float_points
from .functions import ClassMember as ClassMember
from .functions import FunctionClass as FunctionClass
from .functions import RationalRidge as RationalRidge
from .functions import function_classes as function_classes
from .functions import functions as functions
from .functions import polynomials as polynomials
from .functions import rational_functions as rational_functions
from .functions import rational_ridges as rational_ridges
from .functions import ridges as ridges
from .requests import degrees as degrees
from .requests import sizes as sizes
