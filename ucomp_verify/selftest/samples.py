"""Small right certificates, to be spoilt."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory

from ucomp_verify.kernel import certificates as given
from ucomp_verify.kernel import read_data
from ucomp_verify.writing import points, vector

Number = Fraction | int


def rule(support: Sequence[int], weights: Sequence[Number], *, degree: int = 1) -> given.Cubature:
    """An exact rule for the unit weights at -1, 0, 1."""
    source = given.Source(points([(-1,), (0,), (1,)]), None, ())
    return given.Cubature(source, degree, tuple(support), vector(weights))


# 3/2 at -1 and at 1 have the mass 3 and the mean 0 of the unit weights at -1, 0, 1.
RULE = rule((0, 2), (Fraction(3, 2), Fraction(3, 2)))


def approximate(error: Number) -> given.ApproximateCubature:
    """The rule with one weight off by the error."""
    weights = vector((Fraction(3, 2) + error, Fraction(3, 2)))
    return given.ApproximateCubature(RULE.source, RULE.degree, RULE.support, weights)


def identity(*squares: int) -> given.PowerSumIdentity:
    """Sum over pairs of distinct points of x y = q_1^2 + squares[0] q_2; right for -1."""
    one, two = (1,), (2,)
    left = ((Fraction(1), (one, one)),)
    right = ((Fraction(1), (one, one)), *((Fraction(c), (two,)) for c in squares))
    return given.PowerSumIdentity(1, None, left, right)


def syzygy(num_points: int, *coefficients: int) -> given.Syzygy:
    """coefficients[0] q_1^2 + coefficients[1] q_2 = 0; right for (1, -1) on one point."""
    one, two, own = (1,), (2,), (0,)
    factors = ((one, one), (two,))
    terms = tuple((Fraction(c), own, f) for c, f in zip(coefficients, factors, strict=True))
    return given.Syzygy(1, num_points, terms, None)


def level_set(
    coefficients: Sequence[Number] = (0, 1),
    *pieces: tuple[Number, Number],
    peak: Number = 1,
) -> given.LevelSet:
    """|p| <= 1/2 on the pieces of [-1, 1]; right for p = x, which fills half of it."""
    given_pieces = pieces or ((Fraction(-1, 2), Fraction(1, 2)),)
    exact = tuple((Fraction(a), Fraction(b)) for a, b in given_pieces)
    domain, level = vector((-1, 1)), Fraction(1, 2)
    return given.LevelSet(vector(coefficients), domain, level, exact, Fraction(peak))


def counterexample(value: Number) -> given.Counterexample:
    """x >= 1 does not imply 2 - x >= 0; right for a value above 2."""
    zero, one = (0,), (1,)
    hypothesis = given.Relation(((Fraction(1), one), (Fraction(-1), zero)), ">=")
    conclusion = given.Relation(((Fraction(-1), one), (Fraction(2), zero)), ">=")
    return given.Counterexample(
        given.Implication(("x",), (hypothesis,), conclusion), vector([value])
    )


def growth(obstructions: int) -> given.Growth:
    """No weight on one of -1, 0, 1 gets both the mass 3 and the second moment 2 right.

    Right for both obstructions: 1 - w^2 vanishes at -1 and 1, and w^2 at 0.
    """
    functions = tuple(((Fraction(1), (e,)),) for e in (0, 2))
    ends = given.Obstruction((0, 2), vector((1, -1)))
    middle = given.Obstruction((1,), vector((0, 1)))
    quarter = Fraction(1, 4)
    return given.Growth(
        source=RULE.source,
        size=1,
        power=1,
        functions=functions,
        error=quarter,
        lower=vector((3 - quarter, 2 - quarter)),
        upper=vector((3 + quarter, 2 + quarter)),
        obstructions=(ends, middle)[:obstructions],
    )


def covering(*multipliers: Number) -> given.Covering:
    """A ball that holds -1 and 1 has a squared radius of 1; right for (1/2, 1/2)."""
    return given.Covering(points([(-1,), (1,)]), vector(multipliers))


def packing(subset_size: int) -> given.Packing:
    """How close the closest of -1, 0, 1 are."""
    return given.Packing(points([(-1,), (0,), (1,)]), subset_size)


def named_rule(values: Sequence[float]) -> given.Cubature:
    """The rule for the nodes -1, 0, 1 in a file, named by the digest of these values."""
    digest = sha256(b"%d,1;" % len(values) + pack(f"<{len(values)}d", *values)).hexdigest()
    return given.Cubature(
        given.Source(None, None, (digest,)), RULE.degree, RULE.support, RULE.weights
    )


def data(values: Sequence[float]) -> given.Source:
    """The values as the kernel reads them from a .npy file of one column."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(values)}, 1), }}\n"
    start = b"\x93NUMPY\x01\x00" + pack("<H", len(header)) + header.encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "points.npy"
        path.write_bytes(start + pack(f"<{len(values)}d", *values))
        return read_data(path)
