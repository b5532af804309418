"""What is written is read back: certificates of every kind, made from their annotations."""

import json
import os
import tracemalloc
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify import writing
from ucomp_verify.kernel import Certificate, MalformedCertificate, load
from ucomp_verify.kernel.certificates import Covering, Relation, Source
from ucomp_verify.kernel.rationals import Natural, Points, Vector
from ucomp_verify.kernel.reader import FORMAT, KINDS, decode
from ucomp_verify.kernel.refusals import MAX_NATURAL
from ucomp_verify.writing import PIECE, points, save, to_json, vector

RATIONALS = st.fractions()
DENOMINATORS = st.integers(1, 10**20)
LARGE = st.integers() | st.integers(-(10**40), 10**40)


def _vector(denominator: int, numerators: Sequence[int]) -> Vector:
    return Vector(denominator if any(numerators) else 1, tuple(numerators))


def _points_of(dim: int) -> st.SearchStrategy[Points]:
    def made(denominator: int, rows: list[tuple[int, ...]]) -> Points:
        return Points(denominator if any(map(any, rows)) else 1, tuple(rows))

    rows = st.lists(st.tuples(*[LARGE] * dim), min_size=1, max_size=4)
    return st.builds(made, DENOMINATORS, rows)


LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    int: LARGE,
    Natural: st.integers(0, MAX_NATURAL),
    Fraction: RATIONALS,
    str: st.text(max_size=200),
    Vector: st.builds(_vector, DENOMINATORS, st.lists(LARGE, max_size=4)),
    Points: st.integers(1, 3).flatmap(_points_of),
}


def _instances(kind: Any) -> st.SearchStrategy[Any]:
    """Anything that a field with this annotation can hold."""
    if kind in LEAVES:
        return LEAVES[kind]
    parts = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([st.none() if p is type(None) else _instances(p) for p in parts])
    if get_origin(kind) is tuple and parts[-1] is ...:
        return st.lists(_instances(parts[0]), max_size=3).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*map(_instances, parts))
    return _records(kind)


def _records(cls: type) -> st.SearchStrategy[Any]:
    assert is_dataclass(cls), f"no strategy for {cls}: the kernel has learnt a new type"
    hints = get_type_hints(cls, include_extras=True)
    values = {field.name: _instances(hints[field.name]) for field in fields(cls)}
    if issubclass(cls, Relation):
        values["sign"] = st.sampled_from(["=", ">=", ">"])
    return st.builds(cls, **values)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for files; one for all examples, so that Hypothesis does not mind it."""
    return tmp_path_factory.mktemp("certificates")


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_load_undoes_save(folder: Path, kind: str, data: st.DataObject) -> None:
    certificate: Certificate = data.draw(_records(KINDS[kind]))
    path = folder / f"{kind}.json"
    save(certificate, path)
    read = load(path)
    assert read == certificate
    assert type(read) is KINDS[kind]
    written = path.read_bytes()
    save(read, path)
    assert path.read_bytes() == written


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_the_file_is_plain_and_has_one_field_a_line(
    folder: Path, kind: str, data: st.DataObject
) -> None:
    certificate: Certificate = data.draw(_records(KINDS[kind]))
    path = folder / f"{kind}-lines.json"
    save(certificate, path)
    text = path.read_bytes().decode("ascii")
    body = to_json(certificate)
    assert decode(body) == certificate
    assert (body["format"], body["kind"]) == (FORMAT, kind)
    names = [field.name for field in fields(certificate)]
    assert list(json.loads(text)) == ["format", "kind", *names]
    assert text.startswith("{\n")
    assert text.endswith("\n}\n")
    assert len(text.splitlines()) == len(names) + 4


def test_numbers_of_a_hundred_thousand_digits(tmp_path: Path) -> None:
    huge = 10**100_000 + 1
    certificate = Covering(Points(huge, ((-huge,), (1,))), Vector(1, (0, huge)))
    save(certificate, tmp_path / "huge.json")
    assert load(tmp_path / "huge.json") == certificate


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_the_pieces_make_the_text_of_the_whole(
    folder: Path, kind: str, data: st.DataObject
) -> None:
    certificate: Certificate = data.draw(_records(KINDS[kind]))
    path = folder / f"{kind}-pieces.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "PIECE", 1)  # so that short lists are cut, too
        save(certificate, path)
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in to_json(certificate).items()]
    assert path.read_text() == "{\n" + ",\n".join(lines) + "\n}\n"


def test_a_long_certificate_is_never_held_as_one_text(tmp_path: Path) -> None:
    big = (1 << 400) - 1
    certificate = Covering(Points(1, ((1,), (2,))), Vector(1, (big,) * (100 * PIECE)))
    tracemalloc.start()
    save(certificate, tmp_path / "long.json")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = (tmp_path / "long.json").stat().st_size
    assert size > 100 * PIECE * 100
    assert peak < size / 4


class _Unwritable(int):
    """A number that fails while it is written."""

    def __format__(self, spec: str) -> str:
        raise RuntimeError("power failure")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    broken = Covering(Points(1, ((1,),)), Vector(1, (1, _Unwritable(2))))
    path = tmp_path / "c.json"
    with pytest.raises(RuntimeError, match="power failure"):
        save(broken, path)
    assert list(tmp_path.iterdir()) == []
    path.write_text("an earlier one")
    with pytest.raises(RuntimeError, match="power failure"):
        save(broken, path)
    assert path.read_text() == "an earlier one"
    assert list(tmp_path.iterdir()) == [path]


def test_links_are_followed_and_devices_written_to(tmp_path: Path) -> None:
    certificate = Covering(points([(0,)]), vector([1]))
    (tmp_path / "link.json").symlink_to(tmp_path / "target.json")
    save(certificate, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert load(tmp_path / "target.json") == certificate
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    save(certificate, tmp_path / "pipe")
    assert os.read(reader, 1 << 16) == (tmp_path / "target.json").read_bytes()
    os.close(reader)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    certificate = Covering(points([(0,)]), vector([1]))
    save(certificate, tmp_path / "a" / "b" / "c.json")
    assert load(tmp_path / "a" / "b" / "c.json") == certificate


@given(st.lists(RATIONALS, max_size=6))
def test_vector_has_the_least_common_denominator(values: list[Fraction]) -> None:
    written = vector(values)
    assert written.fractions() == tuple(values)
    assert gcd(written.denominator, *written.numerators) == 1 or not values
    assert all(written.denominator % v.denominator == 0 for v in values)


@given(
    st.integers(1, 3).flatmap(
        lambda dim: st.lists(st.tuples(*[RATIONALS] * dim), min_size=1, max_size=5)
    )
)
def test_points_have_the_least_common_denominator(rows: list[tuple[Fraction, ...]]) -> None:
    written = points(rows)
    assert written.fractions() == tuple(rows)
    assert gcd(written.denominator, *(n for row in written.numerators for n in row)) == 1


def test_integers_are_rationals() -> None:
    assert vector([2, -3]) == Vector(1, (2, -3))
    assert points([[0, 1]]) == Points(1, ((0, 1),))
    assert vector([]) == Vector(1, ())


@pytest.mark.parametrize("rows", [[], [()], [(1, 2), (3,)]])
def test_points_of_different_dimensions_are_refused(rows: Sequence[Sequence[int]]) -> None:
    with pytest.raises(MalformedCertificate, match="expected points, all of one dimension, 1 to"):
        points(rows)


@given(_records(Source))
def test_what_is_drawn_is_no_trifle(
    record_effective: Callable[[int], None], source: Source
) -> None:
    """Both sides of a union are drawn: some sources have nodes and weights of more than 0."""
    if source.nodes is not None and source.weights is not None:
        record_effective(int(any(source.weights.numerators)))
