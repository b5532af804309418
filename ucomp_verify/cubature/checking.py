"""Rules from anywhere: whether they are positive, inside, and exact to the degree they claim.

Every float is the dyadic number that it is; sums are exact, so what is said of a rule is
proved, and rests on nothing but the moments of the domain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ucomp_verify.algebra.multi_indices import num_monomials

from .api import MAX_DEGREE
from .domains import Domain, Position, named_domain
from .inputs import (
    EXACT_BITS,
    FLOAT_BITS,
    InvalidCubature,
    exact_number,
    exact_numbers,
    exact_rows,
    listed,
)
from .residuals import (
    MomentResidual,
    ball_residuals,
    common_bits,
    monomial_residuals,
    rounded_up,
)

ROUNDINGS = 2**13
"""The default tolerance over the precision of the numbers.

A coordinate rounded to p bits moves a moment of degree k by up to k * 2^-p of the sum of
absolute values, and libraries reach their nodes and weights to some ten such errors: 2^13
leaves room for degrees of several hundred, and what is wrong by a digit fails by far.
"""
GUARD = 64  # bits of a residual beyond the tolerance
LARGEST_WORK = 10_000_000  # nodes times monomials; some 100 s
LONG = 50_000  # bits of a monomial that takes twice as long as a short one
MOST_BITS = 4096  # of a common denominator, for exact sums


class WrongCubatureRule(ValueError):
    """The rule was read, and does not do what it claims; the text says where it fails."""


@dataclass(frozen=True)
class CubatureReport:
    """What is proved of a rule; indices count nodes from 0.

    `found_degree` is the largest degree up to which all residuals are within the
    tolerance; the search ends at one more than `degree`, at `degree` where that is too much
    work, and -1 means not even the mass.
    `residuals` are those of the monomials, in graded order, and then, unless the tolerance
    is 0, those of products of orthogonal polynomials.
    On a sphere, nodes are `outside` if |x|^2 is off 1 by more than the tolerance.
    """

    domain: Domain
    degree: int
    num_nodes: int
    tolerance: Fraction
    found_degree: int
    residuals: tuple[MomentResidual, ...]
    nonpositive: tuple[int, ...]
    outside: tuple[int, ...]
    boundary: tuple[int, ...]

    @property
    def is_right(self) -> bool:
        """Whether all weights are > 0, all nodes in the domain, and the degree is reached."""
        return not (self.nonpositive or self.outside) and self.found_degree >= self.degree

    @property
    def first_failing(self) -> MomentResidual | None:
        """The first moment up to the degree, in graded order, that is off; monomials first."""
        return next((r for r in self.residuals if r.bound > self.tolerance), None)

    @property
    def residual_bound(self) -> Fraction:
        """All relative errors up to the degree are at most this."""
        return max(r.bound for r in self.residuals)

    def raise_if_wrong(self) -> None:
        """Raises WrongCubatureRule with the first thing that is wrong."""
        failing = self.first_failing
        if self.nonpositive:
            found = f"the weight of node {self.nonpositive[0]} is not > 0"
            cure = "a positive rule has no such node; leave it out or take another rule"
        elif self.outside:
            found = f"node {self.outside[0]} is outside the {self.domain.name}"
            cure = "check the domain's scale and the order of the coordinates"
        elif failing is not None:
            found = failing.text
            cure = f"the rule has degree {self.found_degree}; correct it or claim that degree"
            if self.found_degree < 0:
                cure = "the weights do not add up to the mass of the domain; scale or correct them"
        else:
            return
        raise WrongCubatureRule(
            f"found a rule with {self.num_nodes} nodes in which {found}; expected a positive rule "
            f"of degree {self.degree} on the {self.domain.name} in {self.domain.dim} dimensions, "
            f"to a relative error of {rounded_up(self.tolerance)}: {cure}"
        )


def check_cubature_rule(
    nodes: Any,
    weights: Any,
    domain: Domain | str,
    degree: int,
    *,
    tolerance: Fraction | float | None = None,
) -> CubatureReport:
    """What is proved of the rule sum_i weights[i] f(nodes[i]) for the domain.

    `nodes` has shape (n, dim), or (n,) in dimension 1, of floats, ints, Fractions or mpf;
    each number is taken as exactly what it is. Relative errors up to `tolerance` pass;
    by default 2^13 units in the last place of the least precise number, none for rational
    rules where the moments are rational. Raises InvalidCubature for what is no rule.

    >>> report = check_cubature_rule([-1, 0, 1], [Fraction(1, 3), Fraction(4, 3),
    ...     Fraction(1, 3)], "cube", 2)
    >>> report.is_right, report.found_degree, report.boundary
    (True, 3, (0, 2))
    """
    points, precision = exact_rows(nodes)
    masses, more = exact_numbers(listed(weights, "weights"), "weight")
    where = _domain(domain, points)
    _require_rule(points, masses, where, degree)
    allowed = _tolerance(tolerance, (precision | more).bits, where)
    last = _last_degree(points, where, degree)
    every = _residuals(points, masses, where, last, allowed)
    bad = [sum(r.alpha) for r in every if r.bound > allowed]
    return CubatureReport(
        domain=where,
        degree=degree,
        num_nodes=len(points),
        tolerance=allowed,
        found_degree=min(bad, default=last + 1) - 1,
        residuals=tuple(r for r in every if sum(r.alpha) <= degree),
        nonpositive=tuple(i for i, w in enumerate(masses) if w <= 0),
        outside=_places(points, where, Position.OUTSIDE, allowed),
        boundary=_places(points, where, Position.BOUNDARY, allowed),
    )


def _residuals(
    points: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    domain: Domain,
    degree: int,
    tolerance: Fraction,
) -> list[MomentResidual]:
    """Exact sums of monomials, in balls if they are too long; and of orthogonal products."""
    from .basis import MonomialBasis, ProductBasis

    long = common_bits(points) > MOST_BITS
    if not tolerance:  # exact monomials decide
        if long:
            raise InvalidCubature(
                f"found coordinates with a common denominator of more than {MOST_BITS} bits; "
                "expected shorter ones, or a tolerance > 0: round them, or give one"
            )
        return list(monomial_residuals(points, weights, domain, degree))
    prec = tolerance.denominator.bit_length() + GUARD
    monomials = (
        ball_residuals(points, weights, MonomialBasis(domain, degree), prec=prec)
        if long
        else monomial_residuals(points, weights, domain, degree)
    )
    basis = ProductBasis(domain, degree)
    return [*monomials, *ball_residuals(points, weights, basis, prec=prec)]


def _places(
    points: Sequence[Sequence[Fraction]], domain: Domain, position: Position, tolerance: Fraction
) -> tuple[int, ...]:
    if domain.is_sphere:
        off = position is Position.OUTSIDE
        gaps = [abs(sum(x * x for x in node) - 1) for node in points]
        return tuple(i for i, gap in enumerate(gaps) if off and gap > tolerance)
    return tuple(i for i, node in enumerate(points) if domain.position(node) is position)


def _tolerance(given: Fraction | float | None, bits: int, domain: Domain) -> Fraction:
    if given is not None:
        value = exact_number(given, "tolerance")
        if not 0 <= value < 1:
            raise InvalidCubature(f"found the tolerance {given}; expected 0 <= tolerance < 1")
        return value
    if bits < ROUNDINGS.bit_length():
        raise InvalidCubature(f"found numbers of {bits} bits; expected more: give a tolerance")
    if bits < EXACT_BITS:
        return Fraction(ROUNDINGS, 2**bits)
    return Fraction(0) if domain.constant.is_one else Fraction(ROUNDINGS, 2**FLOAT_BITS)


def _domain(domain: Domain | str, points: Sequence[Sequence[Fraction]]) -> Domain:
    dim = len(points[0]) if points else 1
    found = named_domain(domain, dim) if isinstance(domain, str) else domain
    if not isinstance(found, Domain):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidCubature(f"found the domain {found!r}; expected a Domain or its name")
    if points and found.dim != dim:
        raise InvalidCubature(
            f"found nodes with {dim} coordinates; expected {found.dim}: choose the dimension"
        )
    return found


def _require_rule(
    points: Sequence[Sequence[Fraction]], weights: Sequence[Fraction], domain: Domain, degree: int
) -> None:
    if isinstance(degree, bool) or not isinstance(degree, int) or degree < 0:  # pyright: ignore
        raise InvalidCubature(f"found the degree {degree!r}; expected an integer >= 0")
    if degree > MAX_DEGREE:
        raise InvalidCubature(
            f"found the degree {degree:.6g}; expected at most {MAX_DEGREE}: lower the degree"
        )
    if not points or len(points) != len(weights):
        raise InvalidCubature(
            f"found {len(weights)} weights for {len(points)} nodes; expected one weight a node"
        )


def _last_degree(points: Sequence[Sequence[Fraction]], domain: Domain, degree: int) -> int:
    """One more than the degree if that is not too much work, else the degree itself."""
    size = 1 + degree * min(common_bits(points), MOST_BITS) / LONG
    for last in (degree + 1, degree):
        work = len(points) * num_monomials(domain.dim, last) * size
        if work <= LARGEST_WORK:
            return last
    raise InvalidCubature(
        f"found {len(points)} nodes of degree {degree}, or {work:.2g} monomials to sum, long ones "
        f"counted more; expected at most {LARGEST_WORK:.2g}: take a lower degree or shorter numbers"
    )
