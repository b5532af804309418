"""Symmetric polynomials to time, the same in every run."""

import random
from fractions import Fraction

from ucomp_verify.algebra import MultisymmetricPolynomial
from ucomp_verify.algebra.vector_partitions import vector_partitions


def every_orbit(dim: int, num_points: int, degree: int) -> MultisymmetricPolynomial:
    """All orbits up to a degree, with small coefficients that are not 0."""
    draw = random.Random(0)
    orbits = [
        parts
        for order in range(degree + 1)
        for parts in vector_partitions(dim, order, max_parts=num_points)
    ]
    coefficients = {parts: Fraction(draw.choice([-2, -1, 1, 2, 3])) for parts in orbits}
    return MultisymmetricPolynomial(dim, num_points, coefficients)
