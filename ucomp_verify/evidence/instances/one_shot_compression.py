"""Instances of one-shot-compression."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
