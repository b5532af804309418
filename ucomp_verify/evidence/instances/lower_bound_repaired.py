"""Instances of lower-bound-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
