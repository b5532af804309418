"""The work that a check is expected to take is that of its formula, to a percent.

A limit guards against hanging only if the estimate counts what is slow: nodes, terms,
pairs and subsets, and the bits of the numbers among them. Here each of these is present.
"""

from fractions import Fraction
from math import comb, isqrt
from types import ModuleType

import pytest

from ucomp_verify.kernel import algebra, check, geometry, moments, rationals
from ucomp_verify.kernel.certificates import (
    ApproximateCubature,
    Certificate,
    Counterexample,
    Covering,
    Growth,
    Implication,
    LevelSet,
    Obstruction,
    Packing,
    Polynomial,
    PowerSumIdentity,
    Relation,
    Source,
    Syzygy,
    WeightedSet,
)
from ucomp_verify.kernel.rationals import Points, Vector
from ucomp_verify.writing import vector

LONG = (1 << 2999) + 1  # 3000 bits
ONE = Fraction(1)


def _bits_squared(bits: int) -> int:
    """What an operation on fractions of this many bits costs."""
    return 20 + (bits**2 >> 16)


def _asked(module: ModuleType, certificate: Certificate) -> list[int]:
    """The steps that this module of the kernel asks for, in their order."""
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "limit_work", asked.append)
        check(certificate)
    return asked


def _assert_near(asked: list[int], expected: list[int]) -> None:
    assert asked == pytest.approx(expected, rel=0.01)


def test_cubature() -> None:
    """Moments, times their memory and the multiplications of both measures."""
    nodes = Points(1, tuple((LONG + i, i * LONG) for i in range(40)))
    c = ApproximateCubature(Source(nodes, None, ()), 3, (0, 1), Vector(1, (LONG, 5)))
    box, count = (40 * LONG).bit_length(), comb(2 + 3, 2)
    steps = [
        count * (1000 + bits // 8 + size * (1 + bits * isqrt(box) // 4096))
        for size, bits in ((40, 1 + 3 * box), (2, 3000 + 3 * box))
    ]
    asked = _asked(moments, c)
    _assert_near(asked[:2], steps)
    gaps = asked[2:]  # of each moment that differs, one more: the numbers grow with the degree
    assert len(gaps) == 10
    assert gaps[0] == pytest.approx(1 * _bits_squared(3000), rel=0.02)
    assert gaps[6] == pytest.approx(7 * _bits_squared(3000 + 3 * box), rel=0.02)  # (0, 3)
    assert gaps[9] == pytest.approx(10 * _bits_squared(3000 + 3 * 6), rel=0.02)  # (3, 0)


def test_cubature_of_short_numbers() -> None:
    nodes = Points(1, tuple((i,) for i in range(5000)))
    c = ApproximateCubature(Source(nodes, None, ()), 1, (0,), Vector(1, (5000,)))
    bits = 14
    _assert_near(_asked(moments, c)[:2], [2 * (1000 + bits // 8 + 5000), 2 * (1000 + 4)])


def test_products_of_power_sums() -> None:
    """Terms with n parts, times n + 1 or n + 2 ways to place one more, and the coefficients."""
    parts = tuple((i,) for i in (1, 2, 4, 8, 16))
    coefficient = Fraction(LONG, 3)
    identity = PowerSumIdentity(1, 5, ((ONE, ((31,),)),), ((coefficient, parts),))
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(algebra, "limit_work", asked.append)
        with pytest.raises(ValueError, match="coefficients differ"):
            check(identity)
    dimension, left, right, *growing = asked
    assert (dimension, left, right) == (10**6, 4, 4**5)
    bell, step, total = (1, 1, 2, 5, 15), 300 + _bits_squared(3000), 0
    for count, known in enumerate(bell):
        total += known * (count + 2) * step
        assert growing[count] == pytest.approx(total, rel=0.01)
    assert len(growing) == 5


def test_values_on_a_weighted_set() -> None:
    """Nodes and weights, times coordinates, times fractions of all the powers of a term."""
    terms = ((ONE, (0,), ((1,), (2,))), (-ONE, (0,), ((3,),)))
    nodes, weights = Points(1, ((LONG,), (2,), (3,))), Vector(1, (1, 2, 3))
    c = Syzygy(1, 1, terms, WeightedSet(nodes, weights, 0))
    *_, powers = _asked(algebra, c)
    assert powers == pytest.approx(4 * (3 + 2) * _bits_squared(3 * 3000), rel=0.01)


def test_powers_of_a_counterexample() -> None:
    polynomial: Polynomial = ((ONE, (2, 1)), (ONE, (5, 0)))
    relation = Relation(polynomial, "=")
    c = Counterexample(Implication(("x", "y"), (), relation), Vector(1, (LONG, 1)))
    steps = 2 * _bits_squared(3 * 3000) + 2 * _bits_squared(5 * 3000)
    _assert_near(_asked(algebra, c), [steps])


@pytest.mark.parametrize("place", ["coefficients", "domain", "level", "peak", "pieces"])
def test_level_sets(place: str) -> None:
    """Coefficients squared, times intervals, times fractions of all powers of any number."""
    tiny = {name: Fraction(0) for name in ("coefficients", "domain", "level", "peak", "pieces")}
    tiny[place] = Fraction(1, LONG)
    c = LevelSet(
        vector([tiny["coefficients"] or 0, 1]),
        vector([-1, 0, tiny["domain"] or Fraction(1, 2), 1]),
        1 + tiny["level"],
        ((Fraction(-1, 2) + tiny["pieces"], Fraction(1, 2)), (Fraction(1, 2), Fraction(3, 4))),
        1 - tiny["peak"],
    )
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "limit_work", asked.append)
        if place in ("coefficients", "peak"):
            with pytest.raises(ValueError, match="p"):
                check(c)
        else:
            check(c)
    _assert_near(asked, [2**2 * (3 + 2) * _bits_squared(2 * 3000)])


def test_coverings_and_packings() -> None:
    """Pairs, times coordinates, times fractions of products of three numbers, times subsets."""
    points = Points(1, tuple((i, i, LONG) for i in range(9)))
    covering = Covering(points, Vector(9, (1,) * 9))
    _assert_near(_asked(geometry, covering), [10**2 * 3 * _bits_squared(9000)])
    pairs = 9**2 * 3 * _bits_squared(9000)
    _assert_near(_asked(geometry, Packing(points, 4)), [pairs, pairs * comb(7, 2)])


@pytest.mark.parametrize("place", ["multipliers", "lower", "upper", "functions", "none"])
def test_growths(place: str) -> None:
    """Pairs; supports, times nodes and obstructions; powers; combinations on the supports."""
    extra = {name: Fraction(0) for name in ("multipliers", "lower", "upper", "functions", "none")}
    extra[place] = Fraction(1, LONG)
    nodes = Points(1, tuple((i,) for i in range(1, 6)))
    constant: Polynomial = ((ONE + extra["functions"], (0,)),)
    zero: Polynomial = ()
    low, high = 5 - extra["lower"], 6 + extra["upper"]
    multipliers = vector([0, 1 + extra["multipliers"], 0])
    obstruction = Obstruction((), multipliers)
    c = Growth(
        Source(nodes, None, ()),
        0,
        2,
        (zero, constant, zero),
        Fraction(0),
        vector([0, low, 0]),
        vector([0, high, 0]),
        (obstruction, obstruction),
    )
    pairs, tried, combined, again = _asked(geometry, c)
    assert pairs == 5**2 * 20
    assert tried == 1 * 5 * 3
    assert combined == again == 0  # no node in the supports
    everywhere = Obstruction((0, 1), vector([1 + extra["multipliers"], 0, 0]))
    assert _combination(c, everywhere) == pytest.approx(
        2 * 3 * _bits_squared(3 * (3 if place == "none" else 3000)), rel=0.01
    )


def _combination(c: Growth, obstruction: Obstruction) -> int:
    """The steps for the first of the obstructions, which does not hold."""
    asked: list[int] = []
    other = Growth(
        c.source, c.size, c.power, c.functions, c.error, c.lower, c.upper, (obstruction,)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "limit_work", asked.append)
        with pytest.raises(ValueError, match="the combination may be 0"):
            check(other)
    return asked[-1]


def test_the_size_of_the_kept_sets_is_that_of_their_number() -> None:
    nodes = Points(1, tuple((i,) for i in range(10)))
    constant: Polynomial = ((ONE, (0,)),)
    c = Growth(Source(nodes, None, ()), 3, 1, (constant,), ONE, vector([9]), vector([11]), ())
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "limit_work", asked.append)
        with pytest.raises(ValueError, match="no obstruction"):
            check(c)
    assert asked == [10**2 * 20, comb(10, 3) * 10]


def test_powers_of_a_growth() -> None:
    """Three powers a function, of sums and of bounds."""
    nodes = Points(1, ((LONG,), (1,)))
    g: Polynomial = ((ONE, (3,)), (ONE, (1,)))
    low = LONG**3 + LONG + 2
    obstruction = Obstruction((), Vector(1, (1,)))
    c = Growth(
        Source(nodes, None, ()),
        0,
        2,
        (g,),
        Fraction(0),
        Vector(1, (low,)),
        Vector(1, (low,)),
        (obstruction,),
    )
    asked = _asked(algebra, c)
    _assert_near(
        asked,
        [2 * (_bits_squared(3 * 3000) + _bits_squared(3000)), 3 * _bits_squared(2 * 9000)],
    )


def test_fractions_of_a_vector() -> None:
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rationals, "limit_work", asked.append)
        Vector(7, (LONG, 2, 3)).fractions()
        Vector(LONG, (1, 2)).fractions()
        Points(LONG, ((1, 2), (3, 4))).fractions()
    _assert_near(asked, [n * _bits_squared(3000) for n in (3, 2, 4)])
