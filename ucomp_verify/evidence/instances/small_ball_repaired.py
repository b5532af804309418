"""Instances of small-ball-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
