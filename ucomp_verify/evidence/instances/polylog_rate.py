"""Instances of polylog-rate."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
