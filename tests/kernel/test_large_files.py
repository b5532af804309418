"""Files that are large, deep or endless are refused at once, and nothing but refusals escapes."""

import json
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.kernel.forging import but
from tests.kernel.gallery import seconds, valid
from tests.kernel.valid_examples import CUBATURES, PACKINGS
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, load
from ucomp_verify.kernel.reader import decode, parse
from ucomp_verify.kernel.refusals import MAX_BITS, MAX_BYTES, MAX_OTHER_BYTES

DEEP = 200_000

_packing = json.dumps(PACKINGS["packing-line"]).encode()


def _refused(folder: Path, text: bytes, reason: str) -> None:
    path = folder / "certificate.json"
    path.write_bytes(text)
    start = time.process_time()
    with pytest.raises(MalformedCertificate, match=reason):
        check(load(path))
    assert time.process_time() - start < seconds()


def _inside(text: bytes) -> bytes:
    """A certificate with this text in the place of the subset size."""
    return (
        json.dumps(but(PACKINGS["packing-line"], (("subset_size",), "HERE")))
        .encode()
        .replace(b'"HERE"', text)
    )


@pytest.mark.parametrize("depth", [DEEP, 10 * DEEP])
@pytest.mark.parametrize(
    ("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")]
)
def test_nesting_without_end_is_refused(
    opening: bytes, closing: bytes, depth: int, tmp_path: Path
) -> None:
    closed = opening * depth + b"1" + closing * depth
    for text in (closed, opening * depth, _inside(closed)):
        _refused(tmp_path, text[:MAX_OTHER_BYTES], "^not a certificate in JSON")


def _nested(depth: int) -> list[bytes]:
    """Lists and objects of this depth at the places where a reader might show what it got."""
    closed = b"[" * depth + b"]" * depth
    objects = b'{"a":' * depth + b"1" + b"}" * depth
    within = [_inside(closed), _inside(objects), closed, objects]
    replaced = [
        _packing.replace(old, new)
        for old in (b'"ucomp-certificate 1"', b'"packing"', b'"3"', b'["1"]')
        for new in (closed, objects)
    ]
    twice = b'{"a": 1, "a": ' + closed + b"}"
    return [*within, *replaced, twice]


def test_nesting_of_every_depth_is_malformed_and_no_other_error() -> None:
    """Where the parser's stack still holds, that of the error message must hold too."""
    limit = sys.getrecursionlimit()
    depths = [2, 10, 100, *range(limit - 120, limit + 20)]
    for depth in depths:
        for text in _nested(depth):
            with pytest.raises(MalformedCertificate):
                check(decode(parse(text)))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    squeezed = zlib.compress(b"[" * (1 << 28), 9)
    assert len(squeezed) < 1 << 19
    _refused(tmp_path, squeezed, "^not a certificate in JSON: 'utf-8' codec")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"1e999999999", "expected exact hexadecimal integers"),
        (b"1E+999999999", "expected exact hexadecimal integers"),
        (b"0." + b"1" * 10**6, "expected exact hexadecimal integers"),
        (b"1" * 10**6, "expected an integer from 0 to 1000000000, got 11111111111111111111$"),
        (
            b"-" + b"1" * 10**6,
            "expected an integer from 0 to 1000000000, got -1111111111111111111$",
        ),
        (b'"' + b"1" * 10**6 + b'"', "expected an integer from 0 to 1000000000"),
        (b"[" + b"1," * 10**6 + b"1]", "expected an integer from 0 to 1000000000"),
        (b'"' + b"\\u0000" * 10**5 + b'"', "expected an integer from 0 to 1000000000"),
    ],
)
def test_long_values_are_refused_in_few_words(value: bytes, reason: str, tmp_path: Path) -> None:
    _refused(tmp_path, _inside(value), reason)
    with pytest.raises(MalformedCertificate) as refusal:
        load(tmp_path / "certificate.json")
    assert len(str(refusal.value)) < 300


def _weight(digits: str) -> bytes:
    return json.dumps(
        but(CUBATURES["cubature-line"], (("weights", "numerators", 1), digits))
    ).encode()


def test_an_integer_has_four_million_bits_at_most(tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(_weight("f" * (MAX_BITS // 4)))
    load(path)
    _refused(
        tmp_path, _weight("f" * (MAX_BITS // 4 + 1)), f"^expected at most {MAX_BITS} bits, got "
    )


def test_other_kinds_have_four_megabytes_at_most(tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    for text in (_packing, _weight("a")):
        path.write_bytes(text.ljust(MAX_OTHER_BYTES))
        load(path)
    path.write_bytes(_weight("a").ljust(MAX_OTHER_BYTES + 1))
    load(path)
    reason = f"^expected at most {MAX_OTHER_BYTES} bytes in this kind"
    _refused(tmp_path, _packing.ljust(MAX_OTHER_BYTES + 1), reason)


def test_a_file_has_a_largest_size(tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    start = time.process_time()
    with pytest.raises(MalformedCertificate, match=f"^expected at most {MAX_BYTES} bytes"):
        load(path)
    assert time.process_time() - start < seconds()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_an_endless_file_has_an_end() -> None:
    with pytest.raises(MalformedCertificate, match=f"^expected at most {MAX_BYTES} bytes"):
        load(Path("/dev/zero"))


def _outcome(code: str, *options: str) -> str:
    """What the code prints last, in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-I", *options, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_naturals_are_short_even_if_python_reads_long_ones(tmp_path: Path) -> None:
    """Without its own limit Python needs minutes for ten million decimal digits."""
    path = tmp_path / "certificate.json"
    path.write_bytes(_inside(b"7" * (MAX_OTHER_BYTES - 1000)))
    code = f"""
import time
from pathlib import Path
from ucomp_verify.kernel import load, MalformedCertificate
try:
    load(Path({str(path)!r}))
except MalformedCertificate as error:
    print("malformed", time.process_time() < 2)
"""
    assert _outcome(code, "-X", "int_max_str_digits=0") == "malformed True"


MEMORY = """
import resource
from pathlib import Path
from ucomp_verify.kernel import MalformedCertificate, check, load
{before}
resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20, {megabytes} << 20))
try:
    {what}
except MalformedCertificate as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is that of Linux")
def test_a_lack_of_memory_is_a_limit_like_the_others(tmp_path: Path) -> None:
    path = tmp_path / "certificate.json"
    path.write_bytes(b'{"kind": "cubature", "list": [' + b"[]," * (10 << 20) + b"[]]}")
    code = MEMORY.format(before="", megabytes=600, what=f"load(Path({str(path)!r}))")
    assert _outcome(code).startswith("not a certificate in JSON: ")
    degree = but(CUBATURES["cubature-square"], (("degree",), 900))  # 400,000 moments
    path.write_text(json.dumps(degree))
    code = MEMORY.format(
        before=f"certificate = load(Path({str(path)!r}))", megabytes=40, what="check(certificate)"
    )
    assert _outcome(code) == "the check needs more memory than there is"


@pytest.mark.parametrize("cut", range(20))
def test_truncated_and_altered_files_never_raise_anything_else(cut: int) -> None:
    """Every file is refused, or still a certificate: no other error comes out."""
    for path in valid():
        text = path.read_bytes()
        for altered in (
            text[: len(text) * cut // 20],
            text[len(text) * cut // 20 :],
            text[: len(text) * cut // 20] + text[len(text) * cut // 20 + 1 :],
            text.replace(b"0", b"1", cut),
            text.replace(b"]", b"", cut + 1),
            text.replace(b'"', b"", 2 * cut + 2),
        ):
            with suppress(MalformedCertificate, RejectedCertificate):
                check(decode(parse(altered)))
