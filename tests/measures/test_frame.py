"""Frames: exact boxes and coordinates, and float64 ones within their stated error."""

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ucomp_verify.measures import AtomicMeasure, FloatMeasure, Frame, frame_of

Array = npt.NDArray[np.float64]

ROUNDING = Fraction(1, 2**51)
NUMBERS = st.one_of(
    st.floats(-1, 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(1e6, 1e6 + 1e-3),
    st.floats(-1e-310, 1e-310),
    st.integers(-5, 5).map(float),
    st.integers(-(2**53), 2**53).map(float),
)


@st.composite
def measures(draw: st.DrawFn) -> FloatMeasure:
    """Nodes of every scale and offset, some of weight 0."""
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 3)))
    elements = draw(st.sampled_from([NUMBERS, st.just(0.25), st.floats(0, 1e300)]))
    nodes = draw(hnp.arrays(np.float64, shape, elements=elements))
    weights = draw(st.none() | hnp.arrays(np.float64, shape[0], elements=st.floats(0, 9)))
    return FloatMeasure(nodes, weights)


def exact_box(measure: FloatMeasure, *, all_nodes: bool) -> list[tuple[Fraction, Fraction]]:
    exact = measure.exact()
    places = exact.support if exact.support and not all_nodes else range(len(measure))
    axes = zip(*(exact.nodes[i] for i in places), strict=True)
    return [(min(axis), max(axis)) for axis in axes]


@settings(deadline=None)
@given(measures(), st.booleans())
def test_the_frame_is_the_exact_box(measure: FloatMeasure, all_nodes: bool) -> None:
    frame = frame_of(measure, all_nodes=all_nodes)
    ends = zip(frame.units, frame.lows, frame.highs, strict=True)
    box = [(low * unit, high * unit) for unit, low, high in ends]
    assert box == exact_box(measure, all_nodes=all_nodes)
    assert frame == frame_of(measure.exact(), all_nodes=all_nodes)


@settings(deadline=None)
@given(measures())
def test_integers_are_the_exact_coordinates(measure: FloatMeasure) -> None:
    frame = frame_of(measure, all_nodes=True)
    integers = frame.integers(measure)
    assert integers == frame.integers(measure.exact())
    rows = zip(*integers, strict=True)
    for row, node in zip(rows, measure.exact().nodes, strict=True):
        for n, x, unit, low, high in zip(
            row, node, frame.units, frame.lows, frame.highs, strict=True
        ):
            assert n == 2 * x / unit - low - high
            assert abs(n) <= high - low


@settings(deadline=None)
@given(measures())
def test_scaled_is_within_its_error(measure: FloatMeasure) -> None:
    frame = frame_of(measure, all_nodes=True)
    scaled = frame.scaled(measure)
    assert scaled.shape == measure.nodes.shape
    assert scaled.flags.c_contiguous
    for j, axis in enumerate(frame.integers(measure)):
        width = frame.highs[j] - frame.lows[j]
        for n, u in zip(axis, scaled[:, j].tolist(), strict=True):
            assert abs(Fraction(u) - (Fraction(n, width) if width else 0)) <= ROUNDING
            assert abs(u) <= 1


CLOUD = np.random.default_rng(0).uniform(-1, 1, (300, 2))


@pytest.mark.parametrize("scale", [1.0, 1e-150, 1e150, 1e-300, 1.7e308, 1e-320])
def test_no_scale_loses_the_shape(scale: float) -> None:
    measure = FloatMeasure(CLOUD * scale)
    assert np.abs(frame_of(measure).scaled(measure)).max() == 1
    exact = frame_of(measure).scaled(measure.exact())
    assert np.abs(frame_of(measure).scaled(measure) - exact).max() <= float(ROUNDING)


def test_an_offset_costs_nothing() -> None:
    measure = FloatMeasure(1e6 + 1e-3 * CLOUD)
    frame = frame_of(measure)
    assert np.abs(frame.scaled(measure) - frame.scaled(measure.exact())).max() <= 2.0**-52
    plain = (measure.nodes - measure.nodes.mean(axis=0)) / 1e-3
    assert max(frame.widths) < 1 << 25  # the lattice of the data is that coarse
    assert np.abs(plain - CLOUD).max() > 1e-9


def test_an_axis_without_width_is_zero() -> None:
    measure = FloatMeasure(np.array([[0.1, 0.0], [0.1, 3.0]]))
    frame = frame_of(measure)
    assert frame.scaled(measure).tolist() == [[0, -1], [0, 1]]
    assert frame.scaled(measure.exact()).tolist() == [[0, -1], [0, 1]]
    assert frame.widths == (1, 3)
    assert frame.integers(measure) == [[0, 0], [-3, 3]]


def test_a_frame_serves_parts_and_refuses_strangers() -> None:
    measure = FloatMeasure(CLOUD)
    frame = frame_of(measure)
    part = measure.part(slice(5, 9))
    assert frame.integers(part) == [axis[5:9] for axis in frame.integers(measure)]
    assert (frame.scaled(part) == frame.scaled(measure)[5:9]).all()
    stranger: Any
    for stranger in (FloatMeasure(CLOUD / 4), FloatMeasure(CLOUD / 4).exact()):
        with pytest.raises(ValueError, match=r"no multiple of the unit .* take the frame of this"):
            frame.integers(stranger)
    for call in (frame.integers, frame.scaled):
        with pytest.raises(ValueError, match="nodes of dimension 1 for a frame of dimension 2"):
            call(FloatMeasure(CLOUD[:, :1]))


def test_a_frame_of_fractions_serves_floats() -> None:
    third = AtomicMeasure([(Fraction(-1, 3),), (Fraction(1),)], [1, 1])
    frame = frame_of(third)
    measure = FloatMeasure(np.array([[0.0], [1.0]]))
    assert frame == Frame((Fraction(1, 3),), (-1,), (3,))
    assert frame.integers(measure) == [[-2, 4]]
    assert frame.scaled(measure).tolist() == [[-0.5], [1.0]]


def test_numbers_beyond_float64_have_a_frame() -> None:
    huge = AtomicMeasure([(-(10**400),), (10**400,), (0,)], [1, 1, 1])
    assert frame_of(huge).scaled(huge).tolist() == [[-1], [1], [0]]
