"""Finite positive measures: exact, from files, reduced exactly, and certified."""

from .atomic import AtomicMeasure as AtomicMeasure
from .caratheodory import caratheodory_reduce as caratheodory_reduce
from .certificates import cubature_certificate as cubature_certificate
from .certificates import data_digest as data_digest
from .certificates import rule_certificate as rule_certificate
from .files import Rule as Rule
from .files import UnreadableInput as UnreadableInput
from .files import exact_measure as exact_measure
from .files import read_points as read_points
from .files import read_rule as read_rule
from .files import read_weights as read_weights
