"""Anybody's data become a measure without losing a bit, or are refused by name."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ucomp_verify.measures import AtomicMeasure, FloatMeasure, InvalidMeasure
from ucomp_verify.measures.conversion import MAX_EXPONENT, as_measure, exact_numbers

mpmath: Any = import_module("mpmath")
THIRD = Fraction(1, 3)


def exact(points: Any, weights: Any = None) -> AtomicMeasure:
    measure = as_measure(points, weights)
    return measure.exact() if isinstance(measure, FloatMeasure) else measure


DTYPES = ["f2", "f4", "f8", ">f8", ">f4", "i1", "u1", "i4", "u4", "i8", "u8", ">i8"]


@settings(deadline=None)
@given(st.sampled_from(DTYPES), st.data())
def test_no_array_loses_a_bit(dtype: str, data: st.DataObject) -> None:
    kind = np.dtype(dtype)
    finite: Any = {"allow_nan": False, "allow_infinity": False} if kind.kind == "f" else {}
    elements = hnp.from_dtype(kind, **finite)
    points = data.draw(hnp.arrays(kind, st.tuples(*[st.integers(1, 5)] * 2), elements=elements))
    before = points.copy()
    measure = as_measure(points)
    nodes = exact(points).nodes
    assert nodes == tuple(tuple(map(Fraction, row)) for row in points.tolist())
    assert (points == before).all()
    fits = all(float(x) == x for row in points.tolist() for x in row)
    assert isinstance(measure, FloatMeasure) == fits
    if isinstance(measure, FloatMeasure):
        assert measure.nodes.dtype == np.float64
    if dtype == "f8":
        assert np.shares_memory(measure.nodes, points)


NUMBERS = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.fractions(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.floats(-1, 1).map(mpmath.mpf),
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(np.float32),
    st.integers(-(2**62), 2**62).map(np.int64),
)


def as_fraction(value: Any) -> Fraction:
    if isinstance(value, mpmath.mpf):
        return Fraction(float(value))  # these came from floats
    return Fraction(value.item() if hasattr(value, "item") else value)


@settings(deadline=None)
@given(st.integers(1, 3).flatmap(lambda m: st.lists(st.tuples(*[NUMBERS] * m), min_size=1)))
def test_no_list_loses_a_bit(rows: list[tuple[Any, ...]]) -> None:
    expected = tuple(tuple(map(as_fraction, row)) for row in rows)
    objects = np.empty((len(rows), len(rows[0])), object)
    objects[:] = rows
    for points in (rows, list(map(list, rows)), objects, np.asfortranarray(objects)):
        assert exact(points).nodes == expected


def test_what_float64_holds_becomes_a_float_measure() -> None:
    for points in ([0.5, 1], [Fraction(1, 2), 1], [[Decimal("0.5")], [2**900]], [mpmath.mpf(0.1)]):
        assert isinstance(as_measure(points), FloatMeasure)
    for points in ([THIRD], [2**53 + 1, 0.5], [10**400], [Decimal("0.1")], np.array([2**63 + 1])):
        assert isinstance(as_measure(points), AtomicMeasure)
    assert isinstance(as_measure([1.0], [THIRD]), AtomicMeasure)


def test_precision_beyond_float64_is_kept() -> None:
    with mpmath.workdps(60):
        point = mpmath.mpf(1) / 3
        minus = -point
    sign, mantissa, exponent, _ = point._mpf_
    value = exact([[point, minus]], [mpmath.mpf(2)]).nodes[0][0]
    assert value == Fraction(int(mantissa)) / 2**-exponent
    assert not sign
    assert exact([[point, minus]]).nodes[0][1] == -value
    long = np.longdouble(1) / 3
    assert exact(np.array([long])).nodes[0][0] == Fraction(*long.as_integer_ratio())
    assert exact([long, np.longdouble(0.5)]).nodes[1][0] == Fraction(1, 2)
    assert exact([mpmath.mpf(0), mpmath.ldexp(1, 2000)]).nodes == ((0,), (2**2000,))


def test_a_line_is_one_dimensional() -> None:
    points = np.arange(4.0)
    measure = as_measure(points, [1, 2, 3, 4])
    assert (measure.dim, len(measure.nodes), measure.total_mass) == (1, 4, 10)
    assert np.shares_memory(measure.nodes, points)


def test_any_layout_is_a_view() -> None:
    points = np.arange(24.0).reshape(6, 4)
    points.setflags(write=False)
    for view in (points[::2], points[:, ::3], points.T, points[::-1]):
        measure = as_measure(view, view[:, 0])
        assert isinstance(measure, FloatMeasure)
        assert np.shares_memory(measure.nodes, points)
        assert measure.nodes.tolist() == view.tolist()


def test_a_measure_stays_itself_or_gets_weights() -> None:
    for measure in (as_measure([1.0, 2.0]), as_measure([THIRD, 2])):
        assert as_measure(measure) is measure
        assert exact(measure, [3, 4]).total_mass == 7


class Frame:
    """What a data frame shows of itself: one type a column."""

    def __init__(self, **columns: Any) -> None:
        self._columns = columns
        self.dtypes = np.array([c.dtype for c in columns.values()], object)

    def to_numpy(self, dtype: Any = None) -> Any:
        return np.column_stack([c.astype(dtype or c.dtype) for c in self._columns.values()])


def test_the_columns_of_a_data_frame_keep_their_types() -> None:
    mixed = Frame(a=np.array([2**53 + 1, 2]), b=np.array([0.5, 0.25]))
    assert exact(mixed).nodes == ((2**53 + 1, Fraction(1, 2)), (2, Fraction(1, 4)))
    floats = Frame(a=np.array([1.0, 2]), b=np.array([0.5, 0.25]))
    assert isinstance(as_measure(floats), FloatMeasure)


NAN, INF = float("nan"), float("inf")
OF_NUMBERS = "expected int, float, Fraction, Decimal or mpmath.mpf: convert it"
BAD_POINTS: list[tuple[Any, str]] = [
    ("ab", "found 'ab' in points; expected an array or nested lists: give the numbers"),
    (None, "found None in points; expected an array or nested lists"),
    ({"x": 1}, "found {'x': 1} in points; expected an array or nested lists"),
    (iter([1.0]), "list_iterator.* in points; expected an array or nested lists"),
    (3.0, r"found an array of shape \(\) in points; expected shape \(d, m\)"),
    (np.zeros((2, 2, 2)), r"found an array of shape \(2, 2, 2\) in points; .*: reshape it"),
    ([], r"found no numbers \(shape \(0, 1\)\) in points"),
    ([[], []], r"found no numbers \(shape \(2, 0\)\) in points"),
    (np.zeros((0, 3)), r"found no numbers \(shape \(0, 3\)\)"),
    ([[1, 2], [3]], "found 1 numbers in row 1 and 2 numbers in row 0 in points"),
    ([[1, 2], 3], "found a single number in row 1 and 2 numbers in row 0 in points"),
    ([[1, [2]], [3, 4]], "expected rows of one length|expected int, float"),
    (np.array([True]), r"found booleans of type bool in points; .*\.astype\(float\)"),
    ([[1.0, True]], f"found True of type bool in points, row 0, column 1; {OF_NUMBERS}"),
    (np.array([1j]), "found complex numbers of type complex128 in points"),
    ([1, 2j], "found 2j of type complex in points, row 1, column 0"),
    (np.array(["1"]), "found text of type <U1 in points; .* give columns of numbers alone"),
    ([["1", 2]], "found '1' of type str in points, row 0, column 0"),
    (np.array(["2020-01-01"], "M8[D]"), r"found values of type datetime64\[D\] in points"),
    (np.ma.masked_array([1.0, 2.0], [False, True]), "found a masked array in points; .* fill it"),
    ([[0.0, 1.0], [NAN, 1.0]], "found nan in points, row 1, column 0; .*leave the row out"),
    ([Fraction(1), -INF], "found -inf in points, row 1, column 0"),
    (np.array([[1, INF]]), "found inf in nodes, row 0, column 1"),
    (np.array([NAN], np.float32), "found nan in nodes, row 0, column 0"),
    (np.array([NAN], np.longdouble), "found nan in nodes, row 0, column 0"),
    ([None], "found None of type NoneType in points, row 0, column 0"),
    ([mpmath.inf, 1], "found nan in points, row 0, column 0"),
    ([Decimal("NaN")], "found nan in points, row 0"),
    ([Decimal("-Infinity")], "found -inf in points, row 0"),
    ([Decimal("1e999999")], rf"found 1E\+999999, .* expected at most {MAX_EXPONENT} bits"),
    ([mpmath.ldexp(1, 10**12)], "found an mpf of exponent 1000000000000, .*: scale the data"),
]
BAD_WEIGHTS: list[tuple[Any, str]] = [
    ([1, 2], "found 2 weights for 3 nodes; expected one a node: give None if all are 1"),
    ([[1], [1], [1]], r"found an array of shape \(3, 1\) in weights; expected shape \(3,\)"),
    (2.0, r"found an array of shape \(\) in weights; expected shape \(3,\)"),
    ("abc", "found 'abc' in weights"),
    ([1, -1, 1], "found the weight -1 in weights, row 1; expected weights >= 0: correct it"),
    ([1, THIRD, -THIRD], "found the weight -1/3 in weights, row 2"),
    (np.array([1, -0.5, -1]), "found the weight -0.5 at node 1 and 1 more bad ones"),
    ([1, 2, NAN], "found nan in weights, row 2"),
    (np.array([1, 2, INF]), "found the weight inf at node 2"),
    ([1, [2, 3], 4], "found 2 numbers in row 1 and a single number in row 0 in weights"),
    (np.ones(3, bool), "found booleans of type bool in weights"),
]


@pytest.mark.parametrize(("points", "reason"), BAD_POINTS)
def test_bad_points_are_refused(points: Any, reason: str) -> None:
    with pytest.raises(InvalidMeasure, match=reason):
        as_measure(points)


@pytest.mark.parametrize(("weights", "reason"), BAD_WEIGHTS)
@pytest.mark.parametrize("points", [[1.0, 2.0, 3.0], [THIRD, 1, 2]])
def test_bad_weights_are_refused(points: Any, weights: Any, reason: str) -> None:
    with pytest.raises(InvalidMeasure, match=reason):
        as_measure(points, weights)


def test_bad_floats_beside_fractions_are_refused() -> None:
    with pytest.raises(InvalidMeasure, match="found nan in nodes, row 1, column 0"):
        as_measure(np.array([1.0, NAN]), [THIRD, THIRD])


def test_numbers_of_any_sign() -> None:
    assert exact_numbers([1, -2.5], "them").tolist() == [1, -2.5]
    assert exact_numbers([-THIRD], "them").tolist() == [-THIRD]
    with pytest.raises(InvalidMeasure, match="found nan in place 1 in them"):
        exact_numbers(np.array([1, NAN]), "them")
    with pytest.raises(InvalidMeasure, match=r"shape \(1, 1\) in them; expected one axis"):
        exact_numbers([[1]], "them")


class Unsized:
    def __iter__(self) -> Iterator[int]:
        return iter([1])


def test_what_is_no_array_is_refused() -> None:
    with pytest.raises(InvalidMeasure, match=r"found an array of shape \(\)"):
        as_measure(Unsized())


@pytest.mark.parametrize("dtype", [np.int64, np.uint64])
def test_the_first_integers_that_float64_does_not_hold_are_kept(dtype: Any) -> None:
    numbers = [2**53 - 1, 2**53, 2**53 + 1, 2**54 - 1, 2**63 - 1]
    measure = as_measure(np.array(numbers, dtype))
    assert isinstance(measure, AtomicMeasure)
    assert measure.nodes == tuple((Fraction(n),) for n in numbers)
    for number in numbers:
        small = as_measure(np.array([number], dtype))
        exact = small.exact() if isinstance(small, FloatMeasure) else small
        assert exact.nodes == ((Fraction(number),),)
