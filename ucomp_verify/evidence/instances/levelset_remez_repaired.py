"""Instances of levelset-remez-repaired: shares of level sets in balls, on bodies of many kinds."""

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from ucomp_verify.findings import Enclosure
from ucomp_verify.lower_bounds.level_sets import (
    Shares,
    ball_volume,
    box_shares,
    cone_volume,
    extremal_polynomial,
    interval_shares,
    level_set_bound,
    sharp_share,
    simple_share,
)

from .base import Instance, InstanceCheck
from .numbers import enclosed, least

SLUG = "levelset-remez-repaired"
Coefficients = list[Fraction]
Parameters = tuple[tuple[str, str], ...]

ZERO, ONE = Fraction(0), Fraction(1)
LEVELS = (Fraction(1, 1000), Fraction(1, 20), Fraction(1, 3), Fraction(3, 4))
SLOPES = (Fraction(21, 20), Fraction(7, 5), Fraction(4))
PREC = 160  # bits
DEPTH = 11  # halvings of the squares


def _polynomials(count: int, degrees: Sequence[int]) -> Iterator[tuple[str, Coefficients]]:
    """Random ones, powers, products of random factors, with multiple roots, by their names."""
    for degree in degrees:
        draw = random.Random(f"polynomials {degree}")
        for number in range(count):
            numbers = [Fraction(draw.randint(-9, 9)) for _ in range(degree)]
            yield f"random {number}", [*numbers, Fraction(draw.randint(1, 9))]
        yield "power", [*[ZERO] * degree, ONE]
        roots = [Fraction(draw.randint(-8, 8), 8) for _ in range(-(-degree // 2))]
        yield "double roots", _with_roots((roots + roots)[:degree])


def _with_roots(roots: Sequence[Fraction]) -> Coefficients:
    out = [ONE]
    for root in roots:
        pairs = zip([ZERO, *out], [*out, ZERO], strict=True)
        out = [higher - root * same for higher, same in pairs]
    return out


def _case(found: Shares, dim: int, degree: int, parameters: Parameters) -> Instance:
    """The share against the first bound: the least of the formula and of what `bounds` says."""
    low, high = (min(end, ONE) for end in (found.level.lower, found.level.upper))
    formula = Enclosure(_formula(dim, degree, low).lower, _formula(dim, degree, high).upper, PREC)
    said = level_set_bound(dim, degree, high).value
    right = least([formula, found.bound(dim, degree), Enclosure.of(said)])
    could_fail = found.share.lower > 0 and right.upper < 1 and found.level.upper <= 1
    named = (("m", str(dim)), ("k", str(degree)), *parameters)
    return Instance(named, found.share, right, could_fail)


def _formula(dim: int, degree: int, level: Fraction) -> Enclosure:
    """1 - tanh^(2m)(arccosh(1/t) / (2k)), to the letter."""
    from flint import arb, ctx, fmpq

    with ctx.workprec(PREC):
        square = level**-2 - 1
        root = arb(fmpq(square.numerator, square.denominator)).sqrt()
        angle = (arb(fmpq(level.denominator, level.numerator)) + root).log()  # arccosh(1/t)
        return enclosed(1 - prod([(angle / (2 * degree)).tanh()] * (2 * dim)))


def _intervals() -> Iterator[Instance]:
    """Polynomials on an interval; the bound of the degree is that or one more."""
    sides = ((-ONE, ONE), (ZERO, Fraction(1, 2)), (Fraction(-1, 3), Fraction(5, 2)))
    cases = product(_polynomials(3, range(1, 9)), LEVELS)
    for number, ((name, p), t) in enumerate(cases):
        side, degree = sides[number % 3], len(p) - 1 + (number % 7 == 0)
        level = t * _rounded_maximum(p, side)
        where = f"[{side[0]}, {side[1]}]"
        parameters = (("p", f"{name} of degree {len(p) - 1}"), ("t", f"near {t}"), ("D", where))
        yield _case(interval_shares(p, level, side), 1, degree, parameters)


def _rounded_maximum(p: Coefficients, side: tuple[Fraction, Fraction]) -> Fraction:
    """Something like the maximum of |p|, from values at nine points."""
    points = [side[0] + (side[1] - side[0]) * i / 8 for i in range(9)]
    sizes = [abs(sum((c * x**i for i, c in enumerate(p)), ZERO)) for x in points]
    return max(sizes) or ONE


def _heights() -> Iterator[Instance]:
    """Polynomials of the height: on cones of dimension 1 to 3, a simplex among them; on balls."""
    for dim, degree, slope, t in product((1, 2, 3), range(1, 7), SLOPES, LEVELS):
        p, size = extremal_polynomial(degree, slope)
        volume = cone_volume(dim)
        # At the level 1 the bound is attained; next to it, it is nearly.
        level = 1 + (size - 1) * t / 8
        found = interval_shares(p, level, (ZERO, ONE), cumulative=volume)
        name = f"cone, Chebyshev polynomial for c = {slope}"
        yield _case(found, dim, degree, (("D", name), ("level", f"{t}/8 from 1 to the maximum")))
    yield from _other_bodies()


def _other_bodies() -> Iterator[Instance]:
    bodies = (
        ("cone from its base", 2, cone_volume(2, from_apex=False), (ZERO, ONE)),
        ("cone from its base", 3, cone_volume(3, from_apex=False), (ZERO, ONE)),
        ("ball", 3, ball_volume(), (-ONE, ONE)),
    )
    for (name, p), (body, dim, volume, side), t in product(
        _polynomials(1, range(1, 5)), bodies, (Fraction(1, 20), Fraction(1, 3))
    ):
        level = t * _rounded_maximum(p, side)
        found = interval_shares(p, level, side, cumulative=volume)
        parameters = (("D", body), ("p", f"{name} of degree {len(p) - 1}"), ("t", f"near {t}"))
        yield _case(found, dim, len(p) - 1, parameters)


def _boxes() -> Iterator[Instance]:
    """Polynomials of two variables on squares and rectangles, of three on a cube."""
    for number, (dim, degree) in enumerate(product((2, 3), (1, 2, 3))):
        for seed, t in product(range(3), (Fraction(1, 20), Fraction(1, 4))):
            draw = random.Random(f"boxes {dim} {degree} {seed}")
            alphas = [a for a in product(range(degree + 1), repeat=dim) if sum(a) <= degree]
            terms = {alpha: Fraction(draw.randint(-9, 9)) for alpha in alphas}
            terms[degree, *[0] * (dim - 1)] = Fraction(7)
            box = [(-ONE, ONE), (ZERO, Fraction(1 + number, 2)), (-ONE, ONE)][:dim]
            level = t * sum(map(abs, terms.values()), ZERO) / 2
            found = box_shares(terms, level, box, depth=DEPTH)
            parameters = (("p", f"random {seed}"), ("D", "box"), ("level", str(level)))
            yield _case(found, dim, degree, parameters)
    yield from _corners()


def _corners() -> Iterator[Instance]:
    """Products of Chebyshev polynomials of each coordinate, large in one corner alone."""
    for (dim, degree), slope, t in product(
        ((2, 1), (2, 2), (2, 3), (3, 1)), SLOPES, (Fraction(1, 20), Fraction(1, 3))
    ):
        factor, size = extremal_polynomial(degree, slope)
        terms = {
            alpha: prod((factor[i] for i in alpha), start=ONE)
            for alpha in product(range(degree + 1), repeat=dim)
        }
        found = box_shares(terms, t * size**dim, [(ZERO, ONE)] * dim, depth=DEPTH)
        name = f"product of Chebyshev polynomials for c = {slope}"
        yield _case(found, dim, dim * degree, (("p", name), ("D", "cube"), ("t", str(t))))


def _two_bounds() -> Iterator[Instance]:
    """The first bound against 4 m t^(1/k), where that says something."""
    levels = [Fraction(1, 10**e) for e in (1, 2, 4, 7, 11, 20)] + [Fraction(1, 30), ONE]
    for dim, degree, t in product((1, 2, 3, 5), (1, 2, 3, 5, 8), levels):
        right = simple_share(dim, degree, t)
        parameters = (("m", str(dim)), ("k", str(degree)), ("t", str(t)))
        yield Instance(parameters, sharp_share(dim, degree, t), right, right.upper < 1)


CHECKS: tuple[InstanceCheck, ...] = (
    InstanceCheck((SLUG,), "polynomials of degree 1 to 8 on intervals, in balls", _intervals),
    InstanceCheck(
        (SLUG,),
        "polynomials of a height on cones of dimension 1 to 3 and on balls, in balls",
        _heights,
    ),
    InstanceCheck((SLUG,), "polynomials of two and three variables on boxes, exactly", _boxes),
    InstanceCheck((SLUG,), "the first bound against the second, in balls", _two_bounds),
)
