"""Hypothesis strategies for measures, points, degrees and sizes, degenerate ones among them.

For property tests of compressors, here and elsewhere. Examples shrink towards few nodes
with small integer coordinates and weight 1.
"""

from .exact import exact_measures as exact_measures
from .exact import unisolvent_nodes as unisolvent_nodes
from .floats import float_measures as float_measures
from .floats import float_points as float_points
from .requests import degrees as degrees
from .requests import sizes as sizes
