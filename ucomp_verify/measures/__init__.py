"""Finite positive measures: exact, in float64, from files, their moments, and certificates."""

from .atomic import AtomicMeasure as AtomicMeasure
from .certificates import cubature_certificate as cubature_certificate
from .certificates import data_digest as data_digest
from .certificates import rule_certificate as rule_certificate
from .compression import BallWeights as BallWeights
from .compression import Compression as Compression
from .compression import ExactWeights as ExactWeights
from .compression import FloatWeights as FloatWeights
from .conversion import as_measure as as_measure
from .defect import Defect as Defect
from .defect import defect as defect
from .exact_moments import Moments as Moments
from .exact_moments import exact_moments as exact_moments
from .files import Rule as Rule
from .files import UnreadableInput as UnreadableInput
from .files import exact_measure as exact_measure
from .files import read_points as read_points
from .files import read_rule as read_rule
from .files import read_weights as read_weights
from .float_measure import FloatMeasure as FloatMeasure
from .float_measure import InvalidMeasure as InvalidMeasure
from .float_measure import Measure as Measure
from .frame import Frame as Frame
from .frame import frame_of as frame_of
