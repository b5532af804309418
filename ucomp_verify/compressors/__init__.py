"""Algorithms that compress measures, one a module."""

from .base import AbstractCompressor as AbstractCompressor
from .exact import ExactReduction as ExactReduction
from .subset import RandomSubset as RandomSubset
