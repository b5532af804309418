"""Instances of universal-compression-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
