"""Instances of levelset-remez-repaired."""

from .base import InstanceCheck

CHECKS: tuple[InstanceCheck, ...] = ()
