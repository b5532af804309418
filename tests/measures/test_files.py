"""Points and weights from files: exact when good, refused with a cure when not."""

import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ucomp_verify.measures import UnreadableInput, exact_measure, read_points, read_weights
from ucomp_verify.strategies import float_points

GOOD = np.array([[1.5, -2.0], [0.1, 3.0], [1e-300, 4.0]])
IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def save_npy(path: Path, array: npt.NDArray[Any]) -> Path:
    np.save(path, array, allow_pickle=array.dtype.hasobject)
    return path


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "array",
    [
        GOOD,
        np.asfortranarray(GOOD),
        GOOD.astype(">f8"),
        GOOD[:, :1],
        GOOD[::-1],
        np.array([[1, 2], [3, 4]]),
        np.array([[1, 2], [3, 2**60]]),
        np.array([[1, 255]], dtype=np.uint8),
        np.array([[0.1, 0.5]], dtype=np.float32),
        np.array([[0.1, 0.5]], dtype=np.float16),
        np.array([[0.1, 0.5]]).astype(np.longdouble),
    ],
    ids=lambda a: f"{a.dtype}{a.shape}{'F' if a.flags.f_contiguous else ''}",
)
def test_arrays_are_read_as_the_numbers_that_they_hold(
    tmp_path: Path, array: npt.NDArray[Any]
) -> None:
    points = read_points(save_npy(tmp_path / "a.npy", array))
    assert points.dtype == np.float64 and points.dtype.isnative and points.flags.c_contiguous
    assert np.array_equal(points, array)


@IN_ONE_FOLDER
@given(points=float_points(magnitude=1e308))
def test_every_finite_array_survives_in_every_format(
    tmp_path: Path, points: npt.NDArray[np.float64]
) -> None:
    np.savez(tmp_path / "a.npz", points=points, other=np.zeros(3))
    np.savetxt(tmp_path / "a.csv", points, delimiter=",", fmt="%.17g")
    for path in (save_npy(tmp_path / "a.npy", points), tmp_path / "a.npz", tmp_path / "a.csv"):
        assert np.array_equal(read_points(path), points)


def test_one_dimension_is_one_column(tmp_path: Path) -> None:
    assert read_points(save_npy(tmp_path / "a.npy", np.arange(3.0))).shape == (3, 1)


def test_a_version_2_header_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.npy").open("wb") as file:
        np.lib.format.write_array(file, GOOD, version=(2, 0))
    assert np.array_equal(read_points(tmp_path / "a.npy"), GOOD)


def test_a_header_of_python_2_is_read(tmp_path: Path) -> None:
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1L,), }\n"
    (tmp_path / "a.npy").write_bytes(npy(head, bytes(8)))
    assert read_points(tmp_path / "a.npy").tolist() == [[0.0]]


def test_the_only_array_of_an_archive_may_have_any_name(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", cloud=GOOD)
    assert np.array_equal(read_points(tmp_path / "a.npz"), GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n1,2\n3.5,-4e2\n",
        "1,2\n3.5,-4e2",
        "\ufeffx, y\r\n 1 , 2 \r\n3.5,-4E+2\r\n\r\n",
        '"x","y"\n"1","2"\n3.50,-400.\n',
    ],
)
def test_csv_with_and_without_names(tmp_path: Path, text: str) -> None:
    assert read_points(write(tmp_path / "a.csv", text)).tolist() == [[1, 2], [3.5, -400]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x,kind\n1,setosa\n", r"'setosa' in column 1 \('kind'\) of line 2.*leave the column out"),
        ("1,a\n2,b\n", "the text 'a' in column 1 of line 1"),
        ("x,y\n1,2\n3\n", "1 cells in line 3; expected 2 as in line 1"),
        ("1,2\n3,4,5\n", "3 cells in line 2; expected 2"),
        ("x,y\n1,\n", r"nothing in column 1 \('y'\) of line 2"),
        ("1,2\n\n3,4\n", "0 cells in line 2"),
        ("1\n \n3\n", "nothing in column 0 of line 2"),
        (",x\n0,1.5\n1,2.5\n", "no name for column 0.*leave out a column of row numbers"),
        ("1;2\n3;4\n", "1 cells in line 1|use commas"),
        ("x\n1_000\n", "the text '1_000'"),
        ("x\n0x1p3\n", "the text '0x1p3'"),
        ("x,y\n1,nan\n", "nan in row 0, column 1"),
        ("1,2\n3,-Infinity\n", "-inf in row 1, column 1"),
        ("1,1e999\n", "inf in row 0, column 1"),
        ("x,y\n", "no points"),
        ("", "no points"),
        ("\n\n", "no points"),
        ('1,"2\n', "no text with commas"),
        ("1,\x002\n", "text|no text with commas"),
    ],
)
def test_bad_csv_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_points(write(tmp_path / "a.csv", text))


def test_csv_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("x,größe\n1,2\n".encode("utf-16"))
    with pytest.raises(UnreadableInput, match="export it as UTF-8"):
        read_points(tmp_path / "a.csv")


EXTENDED = np.finfo(np.longdouble).nmant > 52  # not on every machine
THIRD = np.array([1], dtype=np.longdouble) / 3


def structured() -> npt.NDArray[Any]:
    return np.zeros(2, dtype=[("x", "f8"), ("y", "f8")])


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        (np.array([[1, None]], dtype=object), "of type object; expected real numbers"),
        (structured(), r"of type \[\('x', '<f8'\)"),
        (np.array([1j]), "of type complex128"),
        (np.array(["1"]), "of type <U1"),
        (np.array([True]), "of type bool"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "of type datetime64"),
        (np.float64(3), r"shape \(\); expected two axes"),
        (np.zeros((2, 2, 2)), r"shape \(2, 2, 2\); expected two axes"),
        (np.zeros((0, 3)), r"no points in an array of shape \(0, 3\)"),
        (np.zeros((3, 0)), r"no points in an array of shape \(3, 0\)"),
        (np.zeros(0), "no points"),
        (np.array([[0, 1], [np.nan, 2]]), r"nan in row 1, column 0 \(counted from 0\); expected"),
        (
            np.array([[0, np.inf], [-np.inf, 2]]),
            r"inf in row 0, column 1 \(counted from 0\), and 1 more; ",
        ),
        (np.array([2**53 + 1]), "9007199254740993, which is no float64"),
        (np.array([2**64 - 1], dtype=np.uint64), "which is no float64; .*: scale or round"),
        *([(THIRD, "of type float128 .* which is no float64")] if EXTENDED else []),
    ],
)
def test_bad_arrays_are_refused(tmp_path: Path, array: npt.NDArray[Any], reason: str) -> None:
    np.savez(tmp_path / "a.npz", points=array)
    for path in (save_npy(tmp_path / "a.npy", np.asarray(array)), tmp_path / "a.npz"):
        with pytest.raises(UnreadableInput, match=reason):
            read_points(path)


def npy(header: bytes, body: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + body


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not in the .npy format"),
        (b"PK\x03\x04", "not in the .npy format"),
        (npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (10**9,), }\n"), "format"),
        (
            npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }\n", b"12"),
            "announces 8000000000000 bytes for shape .* and has 2",
        ),
        (npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", b"0" * 9), "has 9"),
        (
            npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1), }\n", b"0" * 8),
            r"shape \(-1, -1\)",
        ),
        (npy(b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n", b"."), "type object"),
        (npy(b"(" * 9000), "not in the .npy format"),
        (npy(b"{'descr': '<f8'}\n"), "not in the .npy format"),
        (npy(b"__import__('os').system('true')\n"), "not in the .npy format"),
        (b"\x93NUMPY\x03\x00" + b"\x00" * 20, r"version \(3, 0\)"),
    ],
)
def test_forged_npy_headers_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises(UnreadableInput, match=reason):
        read_points(tmp_path / "a.npy")


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("_npy", ".npy"), content)
    return path


def bomb(path: Path) -> Path:
    """Half a gigabyte of zeros, as numpy would read them, in half a megabyte."""
    size = 1 << 29
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (%d,), }" % (size // 8)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("points.npy", "w") as member,
    ):
        member.write(npy(head))
        for _ in range(size >> 22):
            member.write(bytes(1 << 22))
    return path


def test_a_zip_bomb_is_refused_at_once(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.npz")
    assert path.stat().st_size < 1_000_000
    start = time.perf_counter()
    with pytest.raises(UnreadableInput, match=r"claims 5368\d+ bytes; expected at most 268435456"):
        read_points(path)
    assert time.perf_counter() - start < 1


def test_an_archive_that_claims_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, points=np.zeros(100))
    content = path.read_bytes()
    true, claimed = struct.pack("<I", 928), struct.pack("<I", 136)
    assert true in content
    path.write_bytes(content.replace(true, claimed))
    with pytest.raises(UnreadableInput, match=r"announces 800 bytes|cannot be"):
        read_points(path)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "the arrays of an empty archive; expected one array, or one named 'points'"),
        ({"a_npy": b"", "b_npy": b""}, "the arrays a, b; expected one array"),
        ({"readme": b"hello"}, "the members readme; expected arrays alone"),
        ({"points_npy": b"hello"}, "the array 'points' that is not in the .npy format"),
    ],
)
def test_archives_of_something_else_are_refused(
    tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_points(archive(tmp_path / "a.npz", **members))


def test_an_archive_with_one_name_twice_is_refused(tmp_path: Path) -> None:
    content = BytesIO()
    np.save(content, GOOD)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as file:
        file.writestr("points.npy", content.getvalue())
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("points.npy", content.getvalue())
    with pytest.raises(UnreadableInput, match="each name once"):
        read_points(tmp_path / "a.npz")


@IN_ONE_FOLDER
@given(data=st.data(), suffix=st.sampled_from([".npy", ".npz"]))
def test_damaged_files_are_read_or_refused_never_worse(
    tmp_path: Path, data: st.DataObject, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    np.savez(path, points=GOOD) if suffix == ".npz" else np.save(path, GOOD)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])
    with suppress(UnreadableInput):  # any other error fails
        assert np.isfinite(read_points(path)).all()


def test_what_is_no_file_of_a_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="found no file of this name"):
        read_points(tmp_path / "missing.npy")
    (tmp_path / "folder.npy").mkdir()
    with pytest.raises(UnreadableInput, match="found a folder; expected a file"):
        read_points(tmp_path / "folder.npy")
    with pytest.raises(UnreadableInput, match=r"ends in '\.txt'; expected \.npy or \.npz or \.csv"):
        read_points(write(tmp_path / "a.txt", "1"))


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
            return Path.touch, (tmp_path / "sprung",)

    np.save(tmp_path / "a.npy", np.array([Trap()], dtype=object), allow_pickle=True)
    with pytest.raises(UnreadableInput, match="of type object"):
        read_points(tmp_path / "a.npy")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_weights_are_read(tmp_path: Path, shape: tuple[int, ...]) -> None:
    weights = np.array([0.0, 2.0, 0.5]).reshape(shape)
    assert read_weights(save_npy(tmp_path / "w.npy", weights), 3).tolist() == [0, 2, 0.5]
    np.savez(tmp_path / "w.npz", weights=weights, points=GOOD)
    assert read_weights(tmp_path / "w.npz", 3).shape == (3,)
    assert read_weights(write(tmp_path / "w.csv", "w\n0\n2\n0.5\n"), 3)[2] == 0.5


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1.0, 2.0], r"weights of shape \(2,\) for 3 points; expected the shape \(3,\)"),
        ([[1.0, 2.0, 3.0]], r"of shape \(1, 3\) for 3 points"),
        ([1.0, -0.5, -1.0], "the weight -0.5 at index 1; expected finite weights >= 0"),
        ([1.0, 1.0, np.nan], "the weight nan at index 2"),
        ([np.inf, 1.0, 1.0], "the weight inf at index 0"),
        ([0.0, 0.0, 0.0], "weights that are all 0; expected some weight > 0"),
        ([], r"of shape \(0,\)"),
    ],
)
def test_bad_weights_are_refused(tmp_path: Path, weights: list[float], reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_weights(save_npy(tmp_path / "w.npy", np.array(weights)), 3)


def test_exact_measures_hold_exactly_the_floats() -> None:
    measure = exact_measure(GOOD, np.array([0.1, 0.0, 1.0]))
    assert measure.nodes[1][0] == Fraction(3602879701896397, 2**55)
    assert measure.weights == (Fraction(0.1), 0, 1)
    assert exact_measure(GOOD).weights == (1, 1, 1)
    with pytest.raises(ValueError, match="in points that is not finite"):
        exact_measure(np.array([[np.inf]]))
    with pytest.raises(ValueError, match="weight 0 is -1; expected weights >= 0"):
        exact_measure(np.zeros((1, 1)), np.array([-1.0]))
