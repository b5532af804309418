"""Instances of fixed-smoothness-rate."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
