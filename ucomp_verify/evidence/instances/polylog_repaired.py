"""Instances of polylog-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
