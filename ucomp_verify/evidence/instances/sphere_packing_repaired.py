"""Instances of sphere-packing-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
