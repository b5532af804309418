"""Verdicts, with evidence that anyone can re-check, on the universal compression theory."""

__version__ = "0.1.0"
