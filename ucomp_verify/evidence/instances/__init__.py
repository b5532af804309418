"""Instances of inequalities, decided in exact or ball arithmetic: one module a claim."""
