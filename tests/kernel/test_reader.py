"""The reader at its limits, with small limits."""

import io
import json
from pathlib import Path

import pytest

from tests.kernel.valid_examples import VALID
from ucomp_verify.kernel import MalformedCertificate, check, load, moments, reader
from ucomp_verify.kernel.certificates import ApproximateCubature, Counterexample, Cubature, Packing
from ucomp_verify.kernel.refusals import MAX_NATURAL

PACKING, CUBATURE = "packing-line", "cubature-line"


def _file(folder: Path, name: str, size: int) -> Path:
    """A certificate with spaces behind it up to this size."""
    path = folder / "certificate.json"
    path.write_text(json.dumps(VALID[name]).ljust(size))
    assert path.stat().st_size == size
    return path


@pytest.mark.parametrize("name", [PACKING, CUBATURE, "approximate-cubature-line"])
def test_no_file_is_longer_than_the_limit(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1000)
    load(_file(tmp_path, name, 1000))
    expected = r"^expected at most 1000 bytes, got b'\{\"format'$"
    with pytest.raises(MalformedCertificate, match=expected):
        load(_file(tmp_path, name, 1001))


def test_no_file_that_is_no_cubature_is_longer_than_its_own_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_OTHER_BYTES", 1000)
    assert isinstance(load(_file(tmp_path, PACKING, 1000)), Packing)
    expected = r"^expected at most 1000 bytes in this kind, got b'\{\"format'$"
    with pytest.raises(MalformedCertificate, match=expected):
        load(_file(tmp_path, PACKING, 1001))
    assert isinstance(load(_file(tmp_path, CUBATURE, 1001)), Cubature)
    assert isinstance(load(_file(tmp_path, "approximate-cubature-line", 1001)), ApproximateCubature)


def test_kinds_are_told_apart() -> None:
    exact, rough = VALID["cubature-line"], VALID["approximate-cubature-line"]
    assert type(reader.decode(exact)) is Cubature
    assert type(reader.decode(rough)) is ApproximateCubature


def test_the_kinds_are_the_classes_in_small_letters() -> None:
    assert list(reader.KINDS) == [
        "cubature",
        "approximate_cubature",
        "power_sum_identity",
        "syzygy",
        "level_set",
        "covering",
        "packing",
        "growth",
        "counterexample",
    ]


def test_all_kinds_are_named_to_who_asks_for_another() -> None:
    with pytest.raises(
        MalformedCertificate, match="among cubature, approximate_cubature, power_sum"
    ):
        reader.decode({**VALID[PACKING], "kind": "lemma"})


@pytest.mark.parametrize("length", [0, 1, 200])
def test_names_are_short(length: int) -> None:
    body = json.loads(json.dumps(VALID["counterexample-square"]))
    body["statement"]["variables"] = ["x" * length]
    certificate = reader.decode(body)
    assert isinstance(certificate, Counterexample)
    assert certificate.statement.variables == ("x" * length,)


def test_the_largest_natural_is_read() -> None:
    certificate = reader.decode({**VALID[PACKING], "subset_size": MAX_NATURAL})
    assert isinstance(certificate, Packing) and certificate.subset_size == MAX_NATURAL


def test_integers_of_json_are_read_up_to_twenty_digits() -> None:
    assert reader.parse(b'{"a": 12345678901234567890, "b": -12, "c": 0}') == {
        "a": 12345678901234567890,
        "b": -12,
        "c": 0,
    }
    assert reader.parse(b'{"a": 123456789012345678901, "b": -0}') == {
        "a": 12345678901234567890,
        "b": -1,
    }


def test_text_is_utf_8() -> None:
    assert reader.parse('{"\u03b1": "\u03b2"}'.encode()) == {"\u03b1": "\u03b2"}


def _no_memory(*_: object, **__: object) -> None:
    raise MemoryError


def test_a_lack_of_memory_is_malformed(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = reader.decode(VALID[CUBATURE])
    with monkeypatch.context() as patch:
        patch.setattr(moments, "embedded", _no_memory)
        with pytest.raises(
            MalformedCertificate, match=r"^the check needs more memory than there is$"
        ):
            check(certificate)
    monkeypatch.setattr(reader.json, "loads", _no_memory)
    with pytest.raises(MalformedCertificate, match=r"^not a certificate in JSON: $"):
        reader.parse(b"{}")


class _Asked(io.BytesIO):
    """A file that notes how many bytes are asked for at once."""

    def __init__(self, text: bytes) -> None:
        super().__init__(text)
        self.sizes: list[int | None] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.sizes.append(size)
        return super().read(size)


def test_no_more_is_read_than_shows_that_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    file = _Asked(json.dumps(VALID[PACKING]).encode())
    monkeypatch.setattr(Path, "open", lambda *_: file)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] -- any arguments
    load(Path("certificate.json"))
    assert file.sizes == [reader.MAX_BYTES + 1]


def test_reasons_are_cut_short() -> None:
    with pytest.raises(MalformedCertificate) as refusal:
        reader.parse(
            json.dumps({"x" * 90 * i: "y" * 90 for i in range(9)}).encode()[:-1] + b', "": 0}'
        )
    assert 100 < len(str(refusal.value)) <= len("not a certificate in JSON: ") + 200


@pytest.mark.parametrize("value", [3, "text", [], True, None])
def test_a_record_is_an_object(value: object) -> None:
    body = {**VALID[CUBATURE], "source": value}
    wanted = "^expected an object with exactly the fields nodes, weights, sha256, got "
    with pytest.raises(MalformedCertificate, match=wanted):
        reader.decode(body)
