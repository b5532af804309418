"""Instances of polylog-universal."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
