"""Sums, defects and the kernel's exactness, against direct computation."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ucomp_verify.kernel import RejectedCertificate, check, moments
from ucomp_verify.kernel.certificates import ApproximateCubature, Cubature, Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.kernel.rationals import Points, Vector

Index = tuple[int, ...]

small = st.integers(-9, 9)


def _indices(dim: int, degree: int) -> list[Index]:
    return [a for a in product(range(degree + 1), repeat=dim) if sum(a) <= degree]


def _power(x: Sequence[Fraction | int], alpha: Index) -> Fraction:
    return prod((Fraction(v) ** e for v, e in zip(x, alpha, strict=True)), start=Fraction(1))


@st.composite
def _columns(draw: st.DrawFn) -> tuple[list[list[int]], list[int], int]:
    count, dim = draw(st.integers(0, 9)), draw(st.integers(1, 3))
    column = st.lists(small, min_size=count, max_size=count)
    return [draw(column) for _ in range(dim)], draw(column), draw(st.integers(0, 4))


@given(_columns(), st.sampled_from([1, 2, 3, 7, 4096]))
def test_sums_are_those_of_the_definition(
    case: tuple[list[list[int]], list[int], int], chunk: int
) -> None:
    columns, weights, degree = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "CHUNK", chunk)
        found = moments._sums(columns, weights, degree)  # pyright: ignore[reportPrivateUsage]
    rows = list(zip(*columns, strict=True))
    assert found == {
        alpha: sum((w * _power(x, alpha) for w, x in zip(weights, rows, strict=True)), Fraction(0))
        for alpha in _indices(len(columns), degree)
    }


@pytest.mark.parametrize("count", [4095, 4096, 4097, 8193])
def test_sums_do_not_lose_nodes_between_chunks(count: int) -> None:
    column, weights = list(range(count)), [1] * count
    found = moments._sums([column], weights, 2)  # pyright: ignore[reportPrivateUsage]
    assert found == {
        (0,): count,
        (1,): count * (count - 1) // 2,
        (2,): (count - 1) * count * (2 * count - 1) // 6,
    }


@st.composite
def _rules(draw: st.DrawFn, *, dims: tuple[int, int] = (1, 3)) -> ApproximateCubature:
    """Any positive weights on some of the nodes; axes of width 0 are frequent."""
    dim, count = draw(st.integers(*dims)), draw(st.integers(1, 6))
    flat = draw(st.lists(st.booleans(), min_size=dim, max_size=dim))
    row = st.tuples(*[st.just(3) if is_flat else small for is_flat in flat])
    rows = draw(st.lists(row, min_size=count, max_size=count))
    assume(any(map(any, rows)))
    masses = draw(st.none() | st.lists(st.integers(0, 5), min_size=count, max_size=count))
    assume(masses is None or any(masses))
    support = draw(st.lists(st.integers(0, count - 1), unique=True))
    weights = draw(st.lists(st.integers(1, 9), min_size=len(support), max_size=len(support)))
    nodes = Points(draw(st.integers(1, 4)), tuple(rows))
    given_weights = Vector(draw(st.integers(1, 3)), tuple(masses)) if masses else None
    source = Source(nodes, given_weights, ())
    denominator = draw(st.integers(1, 5)) if weights else 1
    return ApproximateCubature(
        source,
        draw(st.integers(0, 3)),
        tuple(support),
        Vector(denominator, tuple(weights)),
    )


def _measure(c: Cubature) -> tuple[list[tuple[Fraction, ...]], list[Fraction]]:
    assert c.source.nodes is not None
    nodes = list(c.source.nodes.fractions())
    return nodes, list(c.source.weights.fractions()) if c.source.weights else [Fraction(1)] * len(
        nodes
    )


def _in_the_box(nodes: list[tuple[Fraction, ...]]) -> list[tuple[Fraction, ...]]:
    """The nodes in coordinates that map their bounding box to [-1, 1]^dim."""
    mapped: list[list[Fraction]] = []
    for axis in zip(*nodes, strict=True):
        low, high = min(axis), max(axis)
        centre, half = (low + high) / 2, (high - low) / 2
        mapped.append([(x - centre) / half if half else Fraction(0) for x in axis])
    return list(zip(*mapped, strict=True))


def _defects(c: Cubature) -> dict[Index, Fraction]:
    """|sum c'_i u_i^alpha - sum c_i u_i^alpha| / sum c_i, where it is not 0."""
    nodes, weights = _measure(c)
    box, kept = _in_the_box(nodes), c.weights.fractions()
    out: dict[Index, Fraction] = {}
    for alpha in _indices(len(box[0]), c.degree):
        before = sum((w * _power(u, alpha) for w, u in zip(weights, box, strict=True)), Fraction(0))
        after = sum(
            (w * _power(box[i], alpha) for w, i in zip(kept, c.support, strict=True)), Fraction(0)
        )
        if before != after:
            out[alpha] = abs(before - after) / sum(weights)
    return out


def _checked(c: Cubature) -> CubatureFact:
    fact = check(c)
    assert isinstance(fact, CubatureFact)
    return fact


@given(_rules())
def test_the_defects_are_those_of_the_definition(c: ApproximateCubature) -> None:
    fact, direct = _checked(c), _defects(c)
    assert dict(fact.defects) == direct
    assert fact.defect == max(direct.values(), default=0)
    order = [(sum(alpha), alpha) for alpha, _ in fact.defects]
    assert order == sorted(order)


@given(_rules())
def test_exact_is_accepted_if_and_only_if_all_moments_agree(c: ApproximateCubature) -> None:
    """The moments of the nodes themselves, not those in the coordinates of the box."""
    nodes, weights = _measure(c)
    kept = c.weights.fractions()
    same = all(
        sum((w * _power(x, a) for w, x in zip(weights, nodes, strict=True)), Fraction(0))
        == sum((w * _power(nodes[i], a) for w, i in zip(kept, c.support, strict=True)), Fraction(0))
        for a in _indices(len(nodes[0]), c.degree)
    )
    exact = Cubature(c.source, c.degree, c.support, c.weights)
    if same:
        assert _checked(exact).defects == ()
    else:
        with pytest.raises(RejectedCertificate, match=r"^moment \("):
            check(exact)
    assert bool(_defects(c)) is not same


@given(_rules(dims=(1, 2)), st.integers(1, 5), small)
def test_the_defect_does_not_depend_on_units(
    c: ApproximateCubature, scale: int, shift: int
) -> None:
    assert c.source.nodes is not None
    rows = tuple(tuple(scale * x + shift for x in row) for row in c.source.nodes.numerators)
    assume(any(map(any, rows)))
    moved = Source(Points(c.source.nodes.denominator, rows), c.source.weights, ())
    other = ApproximateCubature(moved, c.degree, c.support, c.weights)
    assert _checked(other).defects == _checked(c).defects


@given(_rules(dims=(1, 2)))
def test_keeping_everything_is_exact(c: ApproximateCubature) -> None:
    nodes, weights = _measure(c)
    support = tuple(i for i, w in enumerate(weights) if w)
    common = c.source.weights.denominator if c.source.weights else 1
    kept = Vector(common, tuple(int(weights[i] * common) for i in support))
    fact = _checked(Cubature(c.source, c.degree, support, kept))
    assert (fact.num_nodes, fact.support_size, fact.defect) == (len(nodes), len(support), 0)


def test_the_first_failing_moment_is_the_one_of_lowest_degree() -> None:
    nodes = Points(1, ((0, 0), (2, 0), (0, 2)))
    c = Cubature(Source(nodes, None, ()), 2, (0, 1), Vector(1, (1, 2)))
    with pytest.raises(
        RejectedCertificate, match=r"^moment \(0, 1\) is off by 2/3; the defect is 2/3"
    ):
        check(c)
