"""Measures in files, chunk by chunk: the same numbers as when read whole, or a refusal."""

import random
import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.optional import require_module
from ucomp_verify.kernel import read_data
from ucomp_verify.measures import (
    FloatMeasure,
    UnreadableInput,
    data_digest,
    exact_moments,
    frame_of,
    read_points,
)
from ucomp_verify.measures.pools import PENDING, run_in_order
from ucomp_verify.measures.stream_moments import added_moments, joined_frame, survey
from ucomp_verify.measures.streams import Chunk, MeasureSource, open_source
from ucomp_verify.measures.table_files import open_table, save_table, table_digest
from ucomp_verify.strategies import float_points

Array = npt.NDArray[Any]
Save = Callable[[Path, Array], Path]

RNG = np.random.default_rng(3)
POINTS = RNG.normal(size=(103, 2))
WEIGHTS = RNG.uniform(0, 2, 103) * (RNG.random(103) < 0.7)
IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def npy(folder: Path, array: Array) -> Path:
    np.save(folder / "t.npy", array)
    return folder / "t.npy"


def fortran(folder: Path, array: Array) -> Path:
    return npy(folder, np.asfortranarray(array))


def big_endian(folder: Path, array: Array) -> Path:
    return npy(folder, array.astype(">f8"))


def npz(folder: Path, array: Array) -> Path:
    np.savez(folder / "t.npz", points=array, other=np.zeros(2))
    return folder / "t.npz"


def csv(folder: Path, array: Array) -> Path:
    np.savetxt(folder / "t.csv", array, delimiter=",", fmt="%.17g", header="x,y", comments="")
    return folder / "t.csv"


def parquet(folder: Path, array: Array, *, rows: int = 17, name: str = "t.parquet") -> Path:
    arrow: Any = require_module("pyarrow")
    table = arrow.table(
        [array[:, j] for j in range(array.shape[1])], list("xyzuvw"[: array.shape[1]])
    )
    module: Any = require_module("pyarrow.parquet")
    module.write_table(table, folder / name, row_group_size=rows)
    return folder / name


FORMATS = [npy, fortran, big_endian, npz, csv, parquet]


@pytest.mark.parametrize("save", FORMATS)
@pytest.mark.parametrize("size", [1, 10, 103, 1000])
def test_chunks_are_the_rows_in_their_order(tmp_path: Path, save: Save, size: int) -> None:
    source = open_source(save(tmp_path, POINTS))
    assert (source.dim, source.count) == (2, None if save is csv else 103)
    for _ in range(2):  # it can be read again
        chunks = list(source.chunks(size))
        assert [len(c.measure) for c in chunks[:-1]] == [size] * (len(chunks) - 1)
        assert all(b.start == a.start + len(a.measure) for a, b in pairwise(chunks))
        assert np.array_equal(np.concatenate([c.measure.nodes for c in chunks]), POINTS)
        assert all(c.measure.weights is None for c in chunks)


@pytest.mark.parametrize("save", FORMATS)
def test_every_format_is_read_whole_as_well(tmp_path: Path, save: Save) -> None:
    assert np.array_equal(read_points(save(tmp_path, POINTS)), POINTS)


@pytest.mark.parametrize("size", [10, 200])
def test_weights_come_with_their_nodes(tmp_path: Path, size: int) -> None:
    np.save(tmp_path / "p.npy", POINTS)
    np.savetxt(tmp_path / "w.csv", WEIGHTS, fmt="%.17g")
    parts = list(open_source(tmp_path / "p.npy", tmp_path / "w.csv").chunks(size))
    found = [part.measure.weights for part in parts]
    assert np.array_equal(np.concatenate([w for w in found if w is not None]), WEIGHTS)


def test_arrays_are_a_source_without_copies() -> None:
    source = MeasureSource(FloatMeasure(POINTS, WEIGHTS))
    chunks = list(source.chunks(40))
    assert (source.dim, source.count) == (2, 103)
    assert [c.start for c in chunks] == [0, 40, 80]
    assert all(np.shares_memory(c.measure.nodes, POINTS) for c in chunks)


# Bad tables


def spoilt(place: tuple[int, int], value: float) -> Array:
    array = POINTS.copy()
    array[place] = value
    return array


@pytest.mark.parametrize("save", FORMATS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_found_in_any_chunk(
    tmp_path: Path, save: Save, value: float
) -> None:
    source = open_source(save(tmp_path, spoilt((57, 1), value)))
    with pytest.raises(UnreadableInput, match=rf"{value} in row 57, column 1 \(counted from 0\)"):
        list(source.chunks(10))


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        (np.r_[WEIGHTS[:50], -1.0, WEIGHTS[51:]], "the weight -1.0 at index 50"),
        (np.r_[WEIGHTS[:50], np.nan, WEIGHTS[51:]], "the weight nan at index 50"),
        (np.zeros(103), "weights that are all 0"),
        (WEIGHTS[:102], "102 weights for 103 points|weights of shape|102"),
        (np.r_[WEIGHTS, 1.0], "104|weights for 103 points"),
        (POINTS, r"weights of shape \((None|103), 2\) for 103 points"),
    ],
)
@pytest.mark.parametrize("kind", ["npy", "csv"])
def test_bad_weights_are_refused(tmp_path: Path, weights: Array, reason: str, kind: str) -> None:
    np.save(tmp_path / "p.npy", POINTS)
    path = tmp_path / f"w.{kind}"
    np.save(path, weights) if kind == "npy" else np.savetxt(path, weights, delimiter=",")
    with pytest.raises(UnreadableInput, match=reason):
        list(open_source(tmp_path / "p.npy", path).chunks(10))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x,y\n" + "1,2\n" * 50 + "1,2,3\n" + "1,2\n" * 50, "3 cells in line 52; expected 2"),
        ("1,2\n" * 50 + "1\n", "1 cells in line 51; expected 2"),
        ("1,2\n" * 50 + "\n" + "1,2\n", "0 cells in line 51"),
        ("1,2\n" * 50 + "1,two\n", "the text 'two' in column 1 of line 51"),
        ("1,2\n" * 50 + "1,-+2\n", r"the text '-\+2' in column 1 of line 51"),
        ("1,2\n" * 50 + "1,\n", "nothing in column 1 of line 51"),
        ("1,2\n" * 50 + '1,"2\n', "no text with commas"),
        ("x,y\n", "no points"),
        ("", "no points"),
        ("\n\n", "no points"),
    ],
)
def test_a_table_that_goes_wrong_on_the_way(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(UnreadableInput, match=reason):
        list(open_source(tmp_path / "t.csv").chunks(10))


def test_blank_lines_at_the_end_of_a_long_table(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("1,2\n" * 50 + "\n , \n\n")
    assert sum(len(c.measure) for c in open_source(tmp_path / "t.csv").chunks(7)) == 50


@pytest.mark.parametrize("cut", [1, 20, 900])
def test_a_file_that_was_cut_off(tmp_path: Path, cut: int) -> None:
    for save in (npy, npz, parquet):
        path = save(tmp_path, POINTS)
        path.write_bytes(path.read_bytes()[:-cut])
        with pytest.raises(UnreadableInput, match=r"announces|cannot be unpacked|no Parquet table"):
            list(open_source(path).chunks(10))


def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = npy(tmp_path, np.zeros((20_000, 2)))
    chunks = open_source(path).chunks(5000)
    next(chunks)
    with path.open("r+b") as file:
        file.truncate(128 + 16 * 12_000)
    with pytest.raises(UnreadableInput, match="the end of a file in row 12000; expected a file"):
        list(chunks)


def columns(folder: Path, **arrays: Any) -> Path:
    arrow: Any = require_module("pyarrow")
    module: Any = require_module("pyarrow.parquet")
    module.write_table(arrow.table(arrays), folder / "t.parquet")
    return folder / "t.parquet"


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        (
            {"x": [1.0, 2.0], "kind": ["a", "b"]},
            r"column 1 \('kind'\) of type string; expected real",
        ),
        ({"x": [True, False]}, r"column 0 \('x'\) of type bool"),
        ({"x": [[1.0], [2.0]]}, r"column 0 \('x'\) of type list"),
        ({"x": [1.0, None, 3.0]}, r"nothing in row 1, column 0 \(counted from 0\)"),
        ({"x": [1, None, 3]}, "nothing in row 1, column 0"),
        ({"x": [1, 2**53 + 1]}, "9007199254740993, which is no float64"),
        ({"x": np.zeros(0)}, r"no points in an array of shape \(0, 1\)"),
        ({}, "no points in an array of shape"),
        ({"t": np.array(["2020-01-01"], "M8[s]")}, "of type timestamp"),
    ],
)
def test_bad_parquet_is_refused(tmp_path: Path, arrays: dict[str, Any], reason: str) -> None:
    path = columns(tmp_path, **arrays)
    with pytest.raises(UnreadableInput, match=reason):
        read_points(path)
    with pytest.raises(UnreadableInput, match=reason):
        list(open_source(path).chunks(1))


def test_parquet_with_integers_and_halves(tmp_path: Path) -> None:
    path = columns(tmp_path, a=np.array([1, 2**53], np.int64), b=np.array([0.5, 2], np.float16))
    assert read_points(path).tolist() == [[1, 0.5], [2.0**53, 2]]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 100, b"x,y\n1,2\n"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    require_module("pyarrow")
    (tmp_path / "t.parquet").write_bytes(content)
    with pytest.raises(UnreadableInput, match="no Parquet table"):
        open_source(tmp_path / "t.parquet")


def test_damaged_parquet_is_read_or_refused_never_worse(tmp_path: Path) -> None:
    path = parquet(tmp_path, POINTS)
    good, draw = path.read_bytes(), random.Random(0)
    refused = 0
    for _ in range(300):
        content = bytearray(good)
        for place in draw.choices(range(len(good)), k=3):
            content[place] = draw.randrange(256)
        path.write_bytes(content)
        try:
            assert np.isfinite(read_points(path)).all()
        except UnreadableInput:  # any other error fails
            refused += 1
    assert refused > 100


def test_without_pyarrow_its_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    (tmp_path / "t.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr("ucomp_verify.measures.parquet.import_module", missing)
    with pytest.raises(UnreadableInput, match=r"no pyarrow to read it with; .*pip install pyarrow"):
        open_source(tmp_path / "t.parquet")


def test_other_shapes_are_refused(tmp_path: Path) -> None:
    for array, reason in (
        (np.zeros((2, 2, 2)), r"shape \(2, 2, 2\)"),
        (np.float64(1), "two axes"),
        (np.zeros((0, 2)), "no points"),
        (np.zeros((2, 0)), "no points"),
    ):
        with pytest.raises(UnreadableInput, match=reason):
            open_source(npy(tmp_path, np.asarray(array)))
    with pytest.raises(UnreadableInput, match=r"ends in '\.txt'.* or \.parquet"):
        open_source(tmp_path / "t.txt")
    with pytest.raises(UnreadableInput, match="no file of this name"):
        open_source(tmp_path / "gone.parquet")


# Memory


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_large_file_is_not_copied_whole(tmp_path: Path) -> None:
    array = np.zeros((400_000, 2))
    path = npy(tmp_path, array)
    read_points(path)  # whatever is loaded once is not counted
    assert peak_of(lambda: read_points(path)) < array.nbytes / 4
    assert peak_of(lambda: data_digest(read_points(path))) < array.nbytes / 2
    assert not read_points(path).flags.writeable

    def stream() -> None:
        for chunk in open_source(path).chunks(10_000):
            assert len(chunk.measure) == 10_000

    assert peak_of(stream) < array.nbytes / 8


def test_a_long_table_of_text_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("0.25,0.5\n" * 50_000)

    def stream() -> None:
        assert sum(len(c.measure) for c in open_source(tmp_path / "t.csv").chunks(1000)) == 50_000

    assert peak_of(stream) < 1_000_000


# Digests and copies


@pytest.mark.parametrize("save", FORMATS)
def test_the_digest_of_a_table_is_that_of_its_array(tmp_path: Path, save: Save) -> None:
    assert table_digest(open_table(save(tmp_path, POINTS), "points"), 103) == data_digest(POINTS)


@pytest.mark.parametrize("save", FORMATS)
def test_a_saved_table_is_what_the_kernel_reads(tmp_path: Path, save: Save) -> None:
    copy = save_table(open_table(save(tmp_path, POINTS), "points"), tmp_path / "copy.npy")
    assert read_data(copy).sha256 == (data_digest(POINTS),)
    assert np.array_equal(np.load(copy), POINTS)


# Frame and moments of chunks


@IN_ONE_FOLDER
@given(points=float_points(magnitude=1e12), cut=st.integers(1, 5), data=st.data())
def test_frames_and_moments_of_parts_make_those_of_the_whole(
    points: npt.NDArray[np.float64], cut: int, data: st.DataObject
) -> None:
    entries = st.lists(st.floats(0, 100), min_size=len(points), max_size=len(points))
    weights = np.array(data.draw(entries.filter(any)))
    measure = FloatMeasure(points, weights)
    outline = survey(MeasureSource(measure))
    assert outline.count == len(points)
    assert outline.frame == frame_of(measure)
    whole = exact_moments(measure, 2)
    parts = [exact_moments(part, 2, frame=whole.frame) for part in measure.chunks(cut)]
    total = added_moments(parts)
    assert [v * total.unit for v in total.values] == [v * whole.unit for v in whole.values]


@given(points=float_points(max_nodes=8), data=st.data())
def test_two_frames_make_that_of_both(points: npt.NDArray[np.float64], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(points)))
    one, other = FloatMeasure(points[:cut]), FloatMeasure(points[min(cut, len(points) - 1) :])
    joined = joined_frame(frame_of(one), frame_of(other))
    both = frame_of(FloatMeasure(np.concatenate([one.nodes, other.nodes])))
    assert joined == both


def test_a_survey_leaves_nodes_without_weight_out() -> None:
    points = np.array([[1e300], [0.5], [-1e300], [0.25]])
    weights = np.array([0.0, 1.0, 0.0, 2.0])
    outline = survey(MeasureSource(FloatMeasure(points, weights)))
    assert outline.frame == frame_of(FloatMeasure(points[[1, 3]]))
    assert survey(MeasureSource(FloatMeasure(points, 0 * weights))).frame is None
    assert outline.exponent == 0


@pytest.mark.parametrize("weight", [1e308, 5e-324])
def test_extreme_weights_are_scaled_to_moderate_ones(weight: float) -> None:
    weights = np.full(100, weight)
    outline = survey(MeasureSource(FloatMeasure(np.ones((100, 1)), weights)))
    mass = sum(Fraction(w) for w in weights.tolist()) / Fraction(2) ** outline.exponent
    assert Fraction(1, 8) <= mass <= 1


# Order and number of tasks


class Lazy:
    """An executor that works only when asked for a result, and counts what waits."""

    def __init__(self) -> None:
        self.waiting = self.most = self.cancelled = 0

    def submit(self, work: Callable[[Any], Any], item: Any) -> "Lazy.Task":
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return Lazy.Task(self, work, item)

    class Task:
        def __init__(self, pool: "Lazy", work: Callable[[Any], Any], item: Any) -> None:
            self.pool, self.work, self.item = pool, work, item

        def result(self) -> Any:
            self.pool.waiting -= 1
            return self.work(self.item)

        def cancel(self) -> None:
            self.pool.cancelled += 1


def test_results_come_in_order_and_few_tasks_wait() -> None:
    pool: Any = Lazy()
    assert list(run_in_order(str, range(100), pool)) == [str(i) for i in range(100)]
    assert pool.most == PENDING
    assert list(run_in_order(str, range(5), None)) == list("01234")


def test_what_still_waits_is_cancelled_when_a_task_fails() -> None:
    pool: Any = Lazy()
    with pytest.raises(ZeroDivisionError):
        list(run_in_order(lambda i: 1 // (i - 3), range(100), pool))
    assert pool.cancelled > 0


def test_chunks_can_be_sent_to_other_processes() -> None:
    pickle: Any = require_module("pickle")
    chunk = Chunk(7, FloatMeasure(POINTS))
    copy = pickle.loads(pickle.dumps(chunk))
    assert copy.start == 7 and np.array_equal(copy.measure.nodes, POINTS)
