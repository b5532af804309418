"""Search for a polynomial that breaks the printed lemma, and freeze what is found.

Run `python proofs/levelset-remez/prove.py [FOLDER]`; the default folder is this one.

A candidate is any polynomial on any interval with any level: it is divided by its maximum,
and the parts where it is small are found by halving. The kernel certifies all of it.
"""

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from flint import fmpq, fmpq_poly
from hypothesis import reject
from hypothesis import strategies as st

from ucomp_verify.evidence.search import find_refutation
from ucomp_verify.kernel.certificates import LevelSet
from ucomp_verify.kernel.geometry import bernstein_range
from ucomp_verify.writing import save, vector

Interval = tuple[Fraction, Fraction]

DEPTH = 7  # halvings of the interval, so that an end of a part is known to 1/128 of it


def normalised(
    numerators: Sequence[int], start: Fraction, length: Fraction, level: Fraction
) -> LevelSet:
    """sum a_i x^i on [start, start + length], divided by its maximum there.

    Passed over if the maximum is taken at an irrational place only, as it has to be exact, or
    if halving does not show it.
    """
    end = start + length
    peak, size = _peak(numerators, (start, end))
    if not size:
        reject()
    p = [a / size for a in numerators]
    domain = sorted({*_breakpoints(p, (start, peak)), *_breakpoints(p, (peak, end))})
    pieces = _merged(p, level, _small(p, level, (start, end), DEPTH))
    return LevelSet(vector(p), vector(domain), level, tuple(pieces), peak)


def _peak(numerators: Sequence[int], interval: Interval) -> Interval:
    """The place among the ends and rational critical points where |p| is largest; |p| there."""
    p = fmpq_poly(list(numerators))
    slope = p.derivative()
    found = [_fraction(root) for root, _ in slope.roots()] if slope.degree() > 0 else []
    places = [*interval, *(x for x in found if interval[0] < x < interval[1])]
    return max(((x, abs(_at(p, x))) for x in places), key=lambda pair: pair[1])


def _breakpoints(p: Sequence[Fraction], interval: Interval) -> Iterator[Fraction]:
    """The ends of parts on which the Bernstein coefficients are in [-1, 1]."""
    yield interval[0]
    yield interval[1]
    stack = [(interval, DEPTH)] if interval[0] < interval[1] else []
    while stack:
        (a, b), depth = stack.pop()
        low, high = bernstein_range(p, a, b)
        if low < -1 or high > 1:
            if not depth:
                reject()
            middle = (a + b) / 2
            yield middle
            stack += [((a, middle), depth - 1), ((middle, b), depth - 1)]


def _small(
    p: Sequence[Fraction], level: Fraction, interval: Interval, depth: int
) -> Iterator[Interval]:
    """Parts on which |p| <= level is seen, from the left to the right."""
    low, high = bernstein_range(p, *interval)
    if -level <= low and high <= level:
        yield interval
    elif depth and low <= level and high >= -level:
        middle = (interval[0] + interval[1]) / 2
        yield from _small(p, level, (interval[0], middle), depth - 1)
        yield from _small(p, level, (middle, interval[1]), depth - 1)


def _merged(p: Sequence[Fraction], level: Fraction, parts: Iterator[Interval]) -> list[Interval]:
    """The same parts, those that touch as one where that is seen too."""
    out: list[Interval] = []
    for part in parts:
        if out and out[-1][1] == part[0]:
            low, high = bernstein_range(p, out[-1][0], part[1])
            if -level <= low and high <= level:
                out[-1] = (out[-1][0], part[1])
                continue
        out.append(part)
    return out


def _at(p: fmpq_poly, x: Fraction) -> Fraction:
    return _fraction(p(fmpq(x.numerator, x.denominator)))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def fraction_size(value: Fraction) -> tuple[int, int]:
    return value.denominator, value.numerator


LEVELS = sorted({Fraction(a, b) for b in range(2, 21) for a in range(1, b)}, key=fraction_size)
CANDIDATES = st.builds(
    normalised,
    st.lists(st.integers(-9, 9), min_size=1, max_size=6).filter(lambda a: a[-1] != 0),
    st.fractions(-3, 3, max_denominator=6),
    st.fractions(1, 6, max_denominator=6),
    st.sampled_from(LEVELS),
)
"""Degrees 0 to 5, intervals within [-3, 9], levels below the maximum, the simplest first."""


def main(folder: Path) -> None:
    found = find_refutation("levelset-remez", CANDIDATES)
    save(found, folder / "found-by-search.json")
    half, one = Fraction(1, 2), Fraction(1)
    line = LevelSet(vector([0, 1]), vector([-1, 1]), half, ((-half, half),), one)
    save(line, folder / "line.json")
    cube = LevelSet(vector([0, 0, 0, 1]), vector([-1, 1]), Fraction(1, 8), ((-half, half),), one)
    save(cube, folder / "cube.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
