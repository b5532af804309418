"""float64 files as the exact rationals that they hold, and the digests of measures."""

import io
import re
import struct
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tests.kernel.valid_examples import npy
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, read_data
from ucomp_verify.kernel.certificates import Cubature, Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.kernel.moments import embedded
from ucomp_verify.kernel.rationals import Points, Vector

ROWS = npst.arrays(
    np.dtype("<f8"),
    npst.array_shapes(min_dims=1, max_dims=2, max_side=5),
    elements=st.floats(allow_nan=False, allow_infinity=False, width=64),
)


def _saved(array: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, array, **options)
    return out.getvalue()


def _write(folder: Path, text: bytes, name: str = "points.npy") -> Path:
    path = folder / name
    path.write_bytes(text)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@given(array=ROWS)
def test_every_float_is_read_exactly(array: "np.ndarray[Any, Any]", folder: Path) -> None:
    source = read_data(_write(folder, _saved(array)))
    assert source.nodes is not None and source.weights is None
    table: Any = array.reshape(len(array), -1).tolist()
    assert source.nodes.fractions() == tuple(tuple(Fraction(x) for x in row) for row in table)


@given(array=ROWS)
def test_the_digest_is_that_of_shape_and_bytes(array: "np.ndarray[Any, Any]", folder: Path) -> None:
    rows, width = len(array), array.size // len(array)
    digest = sha256(f"{rows},{width};".encode() + array.tobytes()).hexdigest()
    assert read_data(_write(folder, _saved(array))).sha256 == (digest,)


def test_a_vector_is_a_column(tmp_path: Path) -> None:
    """1, 2, 3 as a vector and as three rows of one number are the same data."""
    column = read_data(_write(tmp_path, npy([1.0, 2.0, 3.0], (3, 1))))
    assert read_data(_write(tmp_path, npy([1.0, 2.0, 3.0], (3,)))) == column
    row = read_data(_write(tmp_path, npy([1.0, 2.0, 3.0], (1, 3))))
    assert row.nodes == Points(1, ((1, 2, 3),)) and row.sha256 != column.sha256


def test_weights_have_a_digest_of_their_own(tmp_path: Path) -> None:
    nodes = _write(tmp_path, npy([0.5, -0.25], (2,)))
    weights = _write(tmp_path, npy([3.0, 0.125], (2,)), "weights.npy")
    source = read_data(nodes, weights)
    assert (source.nodes, source.weights) == (Points(4, ((2,), (-1,))), Vector(8, (24, 1)))
    digests = [
        sha256(b"2,1;" + struct.pack("<2d", *v)).hexdigest() for v in ((0.5, -0.25), (3.0, 0.125))
    ]
    assert source.sha256 == tuple(digests)


def test_the_extremes_of_floating_point_are_rationals(tmp_path: Path) -> None:
    extremes = [5e-324, -0.0, 1.7976931348623157e308, -2.2250738585072014e-308]
    source = read_data(_write(tmp_path, npy(extremes, (2, 2))))
    assert source.nodes is not None
    assert source.nodes.fractions()[0] == (Fraction(1, 2**1074), 0)
    assert source.nodes.fractions()[1] == (2**1024 - 2**971, -Fraction(1, 2**1022))


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_all_versions_of_the_format_are_read(version: tuple[int, int], tmp_path: Path) -> None:
    array = np.array([[1.5, 2.0], [0.25, -1.0]])
    source = read_data(_write(tmp_path, _saved(array, version=version)))
    assert source.nodes == Points(4, ((6, 8), (1, -4)))


GOOD = npy([1.0, 2.0, 3.0, 4.0], (2, 2))

UNREADABLE = {
    "empty": b"",
    "no-magic": b"\x93NUMPX" + GOOD[6:],
    "csv": b"1.0,2.0\n3.0,4.0\n",
    "npz": b"PK\x03\x04" + GOOD,
    "one-byte-missing": GOOD[:-1],
    "one-number-missing": GOOD[:-8],
    "one-number-more": GOOD + GOOD[-8:],
    "header-only": GOOD[:-32],
    "magic-only": GOOD[:8],
    "integers": _saved(np.array([[1, 2], [3, 4]])),
    "float32": _saved(np.array([[1, 2], [3, 4]], dtype="<f4")),
    "big-endian": _saved(np.array([[1, 2], [3, 4]], dtype=">f8")),
    "complex": _saved(np.array([1j, 2])),
    "columns-first": _saved(np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])),
    "three-dimensional": _saved(np.zeros((2, 2, 2))),
    "one-number": _saved(np.array(1.0)),
    "no-rows": _saved(np.zeros((0, 2))),
    "no-columns": _saved(np.zeros((2, 0))),
    "code-in-the-header": GOOD.replace(b"'shape': (2, 2), ", b"'shape': (2, 1+1), "),
    "other-key": GOOD.replace(b"'shape'", b"'shope'"),
}

NOT_FINITE = {
    "nan": npy([1.0, float("nan")], (2,)),
    "infinity": npy([1.0, float("inf")], (2,)),
    "minus-infinity": npy([1.0, float("-inf")], (2,)),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_other_files_are_no_data(name: str, tmp_path: Path) -> None:
    path = _write(tmp_path, UNREADABLE[name])
    start = re.escape(repr(path.read_bytes()[:8]))
    expected = rf"to hold \.npy rows of little-endian float64, got {start}$"
    with pytest.raises(MalformedCertificate, match=expected):
        read_data(path)
    nodes = _write(tmp_path, GOOD, "nodes.npy")
    with pytest.raises(MalformedCertificate, match=r"to hold \.npy rows of little-endian float64"):
        read_data(nodes, path)


@pytest.mark.parametrize("name", NOT_FINITE)
def test_numbers_are_finite(name: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedCertificate, match=r"to hold finite numbers, got 'others'$"):
        read_data(_write(tmp_path, NOT_FINITE[name]))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_an_endless_file_is_no_data() -> None:
    with pytest.raises(MalformedCertificate, match=r"to hold \.npy rows"):
        read_data(Path("/dev/zero"))


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    marker = tmp_path / "opened"
    array = np.array([_Opened(marker)], dtype=object)
    path = _write(tmp_path, _saved(array, allow_pickle=True))
    with pytest.raises(MalformedCertificate, match=r"to hold \.npy rows"):
        read_data(path)
    assert not marker.exists()
    np.load(path, allow_pickle=True)  # the trap works
    assert marker.exists()


class _Opened:
    """Leaves a mark when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.marker,)


def test_points_in_201_dimensions_are_refused(tmp_path: Path) -> None:
    read_data(_write(tmp_path, npy([0.5] * 200, (1, 200))))
    with pytest.raises(MalformedCertificate, match="points, all of one dimension, 1 to 200"):
        read_data(_write(tmp_path, npy([0.5] * 201, (1, 201))))


def _digest(nodes: Points, weights: Vector | None) -> str:
    return embedded(Source(nodes, weights, ()))[2]


def test_the_digest_of_an_embedded_measure_is_that_of_its_numbers() -> None:
    """Denominator, rows, denominator of the weights, weights; "," between, ";" after each."""
    nodes = Points(16, ((-1, 31), (0, 5)))
    text = b"10;-1,1f;0,5;3;a,b;"
    assert _digest(nodes, Vector(3, (10, 11))) == sha256(text).hexdigest()
    assert _digest(nodes, None) == sha256(b"10;-1,1f;0,5;1;1,1;").hexdigest()
    assert _digest(nodes, Vector(1, (1, 1))) == _digest(nodes, None)


def test_different_measures_have_different_digests() -> None:
    weights = Vector(1, (1, 1))
    found = [
        _digest(Points(1, ((1, 2), (3, 4))), None),
        _digest(Points(1, ((1, 2), (3, 5))), None),
        _digest(Points(2, ((1, 2), (3, 4))), None),
        _digest(Points(1, ((3, 4), (1, 2))), None),
        _digest(Points(1, ((12,), (34,))), None),
        _digest(Points(1, ((1, 2), (3, 4))), Vector(1, (1, 2))),
        _digest(Points(1, ((1, 2), (3, 4))), Vector(2, (1, 1))),
        _digest(Points(1, ((1,), (2,))), weights),
        _digest(Points(1, ((1, 1),)), Vector(1, (2,))),
    ]
    assert len(set(found)) == len(found)


def test_a_rule_for_named_data_is_one_for_the_same_nodes(tmp_path: Path) -> None:
    """The fact of named data and that of the embedded nodes differ in the digest alone."""
    data = read_data(_write(tmp_path, npy([0.0, 0.5, 1.0], (3,))))
    weights = Vector(2, (3, 3))
    named = check(Cubature(Source(None, None, data.sha256), 1, (0, 2), weights), data)
    held = Cubature(Source(data.nodes, None, ()), 1, (0, 2), weights)
    fact = check(held)
    assert isinstance(named, CubatureFact) and isinstance(fact, CubatureFact)
    assert named.source == data.sha256[0] != fact.source
    assert (named.dim, named.num_nodes, named.support) == (fact.dim, fact.num_nodes, fact.support)
    assert check(held, data) == fact
    other = read_data(_write(tmp_path, npy([0.0, 0.5, 1.5], (3,))))
    with pytest.raises(RejectedCertificate, match=r"^other data, SHA-256"):
        check(Cubature(Source(None, None, data.sha256), 1, (0, 2), weights), other)


def test_weights_of_data_must_fit_their_nodes(tmp_path: Path) -> None:
    nodes = _write(tmp_path, npy([0.0, 1.0], (2,)))
    weights = _write(tmp_path, npy([1.0, 1.0, 1.0], (3,)), "weights.npy")
    data = read_data(nodes, weights)
    with pytest.raises(RejectedCertificate, match=r"^one source weight a node"):
        check(Cubature(Source(None, None, data.sha256), 0, (0,), Vector(1, (3,))), data)
