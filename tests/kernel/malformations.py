"""Files that are no certificates, and what the reader says of them.

Files of more than a few kilobytes are made by the tests instead (`test_limits.py`).
"""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from tests.kernel.forging import but
from tests.kernel.forms import Json, certificate, named_source, points, vector
from tests.kernel.valid_examples import (
    COUNTEREXAMPLES,
    COVERINGS,
    CUBATURES,
    GROWTHS,
    IDENTITIES,
    LEVEL_SETS,
    PACKINGS,
    SYZYGIES,
)


@dataclass(frozen=True)
class Malformation:
    """The bytes of a file, and a pattern of the reason for which they are malformed."""

    name: str
    text: bytes
    reason: str


_cubature, _packing = CUBATURES["cubature-line"], PACKINGS["packing-line"]
_set, _growth = LEVEL_SETS["level-set-line"], GROWTHS["growth-two-nodes"]
_identity, _implication = (
    IDENTITIES["power-sum-identity-pairs"],
    COUNTEREXAMPLES["counterexample-square"],
)

_JSON = "not a certificate in JSON: "
_HEX = r"expected a hexadecimal integer in its shortest form such as \"-1f\", got "
_NATURAL = r"expected an integer from 0 to 1000000000, got "
_RATIONAL = r"expected a rational such as \[\"-3\", \"4\"\], got "
_DENOMINATOR = "expected a denominator > 0, and 1 if all entries are 0, got "
_POINTS = "expected points, all of one dimension, 1 to 200, got "
_FIELDS = "expected an object with exactly the fields "


def _text(body: Json) -> bytes:
    return json.dumps(body, indent=1).encode() + b"\n"


def _with(name: str, value: str, reason: str) -> Malformation:
    """A packing certificate whose subset size is replaced by this JSON text."""
    marked = _text(but(_packing, (("subset_size",), "HERE")))
    return Malformation(name, marked.replace(b'"HERE"', value.encode()), reason)


def _hexadecimal(name: str, text: Any, reason: str = "") -> Malformation:
    """A cubature certificate one of whose weights is written so."""
    body = but(_cubature, (("weights", "numerators", 1), text))
    return Malformation(f"hexadecimal-{name}", _text(body), _HEX + reason)


def _changed(name: str, reason: str, body: Json, *changes: Any) -> Malformation:
    return Malformation(name, _text(but(body, *changes)), reason)


def _gzipped(text: bytes) -> bytes:
    """The text in one stored block, the same bytes whatever the version of zlib."""
    start = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01"
    size, checks = len(text), struct.pack("<II", zlib.crc32(text), len(text))
    return start + struct.pack("<HH", size, size ^ 0xFFFF) + text + checks


def _zipped(text: bytes) -> bytes:
    out = io.BytesIO()
    entry = zipfile.ZipInfo("certificate.json")  # dated 1980
    entry.create_system = 3
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, text)
    return out.getvalue()


NOT_JSON = (
    Malformation("empty-file", b"", _JSON + "Expecting value"),
    Malformation("prose", b"The lemma is trivially true.\n", _JSON + "Expecting value"),
    Malformation("not-utf-8", b'{"format": "\xff\xfe"}', _JSON + "'utf-8' codec"),
    Malformation("utf-16", _text(_packing).decode().encode("utf-16"), _JSON + "'utf-8' codec"),
    Malformation(
        "byte-order-mark", b"\xef\xbb\xbf" + _text(_packing), _JSON + "Unexpected UTF-8 BOM"
    ),
    Malformation("gzip", _gzipped(_text(_packing)), _JSON + "'utf-8' codec"),
    Malformation("zip", _zipped(_text(_packing)), _JSON),
    Malformation("two-objects", _text(_packing) * 2, _JSON + "Extra data"),
    Malformation("not-closed", _text(_packing).rstrip()[:-1], _JSON + "Expecting ',' delimiter"),
    Malformation("comment", b"// why\n" + _text(_packing), _JSON + "Expecting value"),
    Malformation("zero-bytes", b"\0" * 64, _JSON + "Expecting value"),
    Malformation("one-list", b"[1, 2]\n", r"expected one JSON object, got \[1, 2\]"),
    Malformation("one-number", b"1\n", "expected one JSON object, got 1"),
    Malformation("null", b"null\n", "expected one JSON object, got None"),
)

NUMBERS = (
    _with("nan", "NaN", _JSON + "expected exact hexadecimal integers, got 'NaN'"),
    _with("infinity", "Infinity", _JSON + "expected exact hexadecimal integers, got 'Infinity'"),
    _with("minus-infinity", "-Infinity", _JSON + "expected exact .*, got '-Infinity'"),
    _with("decimal", "2.0", _JSON + "expected exact hexadecimal integers, got '2.0'"),
    _with("exponent", "2e0", _JSON + "expected exact hexadecimal integers, got '2e0'"),
    _with("huge-exponent", "1e999999999", _JSON + "expected exact .*, got '1e999999999'"),
    _with("tiny-exponent", "1E-999999999", _JSON + "expected exact .*, got '1E-999999999'"),
    Malformation(
        "exponent-that-would-be-hexadecimal",  # as a text "1e5" is 485
        _text(but(_packing, (("points", "numerators", 2, 0), "HERE"))).replace(b'"HERE"', b"1e5"),
        _JSON + "expected exact hexadecimal integers, got '1e5'",
    ),
    Malformation(
        "decimal-that-might-be-null",
        _text(but(_identity, (("num_points",), "HERE"))).replace(b'"HERE"', b"2.5"),
        _JSON + "expected exact hexadecimal integers, got '2.5'",
    ),
    _with("octal", "02", _JSON + "Expecting ',' delimiter"),
    _with("plus", "+2", _JSON + "Expecting value"),
    _with("hexadecimal-number", "0x2", _JSON + "Expecting ',' delimiter"),
    _with("negative-natural", "-1", _NATURAL + "-1"),
    _with("natural-minus-zero", "-0", _NATURAL + "-1"),
    _with("natural-above-the-limit", "1000000001", _NATURAL + "1000000001"),
    _with("natural-of-5000-digits", "7" * 5000, _NATURAL + "77777777777777777777"),
    _with("true-as-natural", "true", _NATURAL + "True"),
    _with("text-as-natural", '"2"', _NATURAL + "'2'"),
    _with("list-as-natural", "[2]", _NATURAL + r"\[2\]"),
    _with("null-as-natural", "null", _NATURAL + "None"),
    _hexadecimal("number", 10, "10"),
    _hexadecimal("true", True, "True"),
    _hexadecimal("list", ["a"], r"\['a'\]"),
    _hexadecimal("null", None, "None"),
    _hexadecimal("empty", "", "''"),
    _hexadecimal("minus", "-", "'-'"),
    _hexadecimal("minus-zero", "-0", "'-0'"),
    _hexadecimal("two-signs", "--a", "'--a'"),
    _hexadecimal("uppercase", "A", "'A'"),
    _hexadecimal("zero-padded", "0a", "'0a'"),
    _hexadecimal("plus-sign", "+a", r"'\+a'"),
    _hexadecimal("prefix", "0xa", "'0xa'"),
    _hexadecimal("underscore", "1_0", "'1_0'"),
    _hexadecimal("space-before", " a", "' a'"),
    _hexadecimal("space-after", "a ", "'a '"),
    _hexadecimal("newline-after", "a\n", r"'a\\n'"),
    _hexadecimal("other-digits", "\uff11", "'\uff11'"),  # a fullwidth 1
    _hexadecimal("decimal", "1.5", "'1.5'"),
    _hexadecimal("no-digit", "g", "'g'"),
    _hexadecimal("rational", "5/2", "'5/2'"),
)

FIELDS = (
    Malformation("format-absent", _text({"kind": "packing"}), 'expected "format": .*, got None'),
    _changed(
        "format-of-another-number",
        'expected "format": "ucomp-certificate 1", got \'ucomp-certificate 2\'',
        _packing,
        (("format",), "ucomp-certificate 2"),
    ),
    _changed(
        "kind-unknown", "expected a \"kind\" among .*, got 'lemma'", _packing, (("kind",), "lemma")
    ),
    _changed(
        "kind-of-a-class",
        "expected a \"kind\" among .*, got 'Packing'",
        _packing,
        (("kind",), "Packing"),
    ),
    _changed(
        "kind-a-list",
        r"expected a \"kind\" among .*, got \['packing'\]",
        _packing,
        (("kind",), ["packing"]),
    ),
    Malformation(
        "kind-absent",
        _text({name: v for name, v in _packing.items() if name != "kind"}),
        'expected a "kind" among .*, got None',
    ),
    _changed(
        "field-unknown", _FIELDS + "points, subset_size, got ", _packing, (("note",), "trust me")
    ),
    Malformation(
        "field-absent",
        _text({name: v for name, v in _packing.items() if name != "subset_size"}),
        _FIELDS + "points, subset_size, got ",
    ),
    _changed(
        "field-unknown-inside",
        _FIELDS + "denominator, numerators, got ",
        _packing,
        (("points", "exact"), True),
    ),
    _changed(
        "field-absent-inside",
        _FIELDS + "denominator, numerators, got ",
        _packing,
        (("points",), {"numerators": [["1"], ["2"]]}),
    ),
    _changed(
        "list-for-object",
        _FIELDS + r"denominator, numerators, got \[\['0'\]\]",
        _packing,
        (("points",), [["0"]]),
    ),
    _changed(
        "null-for-object",
        _FIELDS + "denominator, numerators, got None",
        _packing,
        (("points",), None),
    ),
    _changed(
        "object-for-list", "expected a list, got {}", _packing, (("points", "numerators"), {})
    ),
    _changed(
        "text-for-list-of-digits",
        "expected a list, got '11'",
        COVERINGS["covering-segment"],
        (("multipliers", "numerators"), "11"),
    ),
    _changed(
        "text-for-list", "expected a list, got '0'", _packing, (("points", "numerators"), "0")
    ),
    Malformation(
        "field-twice",
        _text(_packing).replace(b"{", b'{"subset_size": 2,', 1),
        _JSON + "expected every field once, got ",
    ),
    Malformation(
        "field-twice-inside",
        _text(_packing).replace(b'"denominator"', b'"denominator": "1", "denominator"'),
        _JSON + "expected every field once, got ",
    ),
    Malformation(
        "field-twice-by-an-escape",
        _text(_packing).replace(b"{", b'{"subset\\u005fsize": 2,', 1),
        _JSON + "expected every field once, got ",
    ),
    _changed(
        "own-exponents-absent",
        r"expected a list of 3, got \['1'\]$",
        SYZYGIES["syzygy-one-point"],
        (("terms", 0), ["1"]),
    ),
    _changed(
        "term-of-three",
        "expected a list of 2, got ",
        _identity,
        (("left", 0), [["1", "1"], [], []]),
    ),
    _changed(
        "name-too-long",
        "expected a short string, got 'x",
        _implication,
        (("statement", "variables", 0), "x" * 201),
    ),
    _changed(
        "name-a-number",
        "expected a short string, got 1",
        _implication,
        (("statement", "variables", 0), 1),
    ),
    _changed(
        "sign-unknown",
        'expected a sign "=", ">=" or ">", got \'<\'',
        _implication,
        (("statement", "conclusion", "sign"), "<"),
    ),
)

VALUES = (
    _changed("denominator-zero", _DENOMINATOR + "0", _cubature, (("weights", "denominator"), "0")),
    _changed(
        "denominator-negative", _DENOMINATOR + "-1", _cubature, (("weights", "denominator"), "-1")
    ),
    _changed(
        "denominator-of-zeros", _DENOMINATOR + "2", _implication, (("values",), vector([0], 2))
    ),
    _changed(
        "denominator-of-nothing", _DENOMINATOR + "2", _implication, (("values",), vector([], 2))
    ),
    _changed(
        "denominator-of-points-zero", _DENOMINATOR + "0", _packing, (("points", "denominator"), "0")
    ),
    _changed(
        "denominator-of-points-negative",
        _DENOMINATOR + "-3",
        _packing,
        (("points", "denominator"), "-3"),
    ),
    _changed(
        "denominator-of-the-origin",
        _DENOMINATOR + "3",
        _packing,
        (("points",), points([[0], [0]], 3)),
    ),
    _changed("rational-over-zero", _RATIONAL + r"\['1', '0'\]", _set, (("level",), ["1", "0"])),
    _changed("rational-over-a-negative", _RATIONAL, _set, (("level",), ["1", "-2"])),
    _changed("rational-of-three", _RATIONAL, _set, (("level",), ["1", "2", "3"])),
    _changed("rational-of-one", _RATIONAL, _set, (("level",), ["1"])),
    _changed("rational-as-text", "expected a list, got '1/2'", _set, (("level",), "1/2")),
    _changed(
        "rational-not-in-lowest-terms",
        r"expected a rational in lowest terms, got \['2', '4'\]",
        _set,
        (("level",), ["2", "4"]),
    ),
    _changed(
        "zero-not-in-lowest-terms",
        r"expected a rational in lowest terms, got \['0', '2'\]",
        _growth,
        (("error",), ["0", "2"]),
    ),
    _changed("points-ragged", _POINTS, _packing, (("points", "numerators", 1), ["1", "2"])),
    _changed("points-none", _POINTS + r"\(\)", _packing, (("points", "numerators"), [])),
    _changed(
        "points-without-coordinates",
        _POINTS + r"\(\(\), \(\)\)",
        _packing,
        (("points", "numerators"), [[], []]),
    ),
    _changed(
        "points-in-201-dimensions", _POINTS, _packing, (("points",), points([[1] * 201, [0] * 201]))
    ),
    _changed(
        "nodes-with-a-digest",
        "expected nodes without a SHA-256",
        _cubature,
        (("source", "sha256"), ["00"]),
    ),
    _changed(
        "neither-nodes-nor-digest",
        r"give the data of SHA-256 \(\) by --data",
        _cubature,
        (("source",), named_source()),
    ),
    _changed(
        "three-digests",
        r"give the data of SHA-256 \('00', '01'\) by --data$",
        _cubature,
        (("source",), named_source("00", "01", "02")),
    ),
    _changed(
        "data-not-given",
        r"give the data of SHA-256 \('00',\) by --data",
        _cubature,
        (("source",), named_source("00")),
    ),
    _changed(
        "growth-of-named-data",
        "expected nodes without a SHA-256",
        _growth,
        (("source",), named_source("00")),
    ),
    _changed(
        "degree-of-a-billion",
        "expected at most 1000000000 steps of work",
        _cubature,
        (("degree",), 10**9),
    ),
    _changed(
        "degree-of-a-million",
        "expected at most 1000000000 steps of work",
        _cubature,
        (("degree",), 10**6),
    ),
    _changed(
        "exponent-of-a-billion",
        "expected at most 1000000000 steps of work",
        _implication,
        (("statement", "conclusion", "polynomial", 0, 1), [10**9]),
    ),
    _changed(
        "power-of-a-billion",
        "expected at most 1000000000 steps of work",
        _growth,
        (("power",), 10**9),
    ),
    _changed(
        "function-of-degree-a-billion",
        "expected at most 1000000000 steps of work",
        _growth,
        (("functions", 0, 0, 1), [10**9]),
    ),
    _changed(
        "dimension-of-a-billion",
        "expected at most 1000000000 steps of work",
        _identity,
        (("dim",), 10**9),
    ),
    _changed(
        "product-of-fifteen",
        "expected at most 1000000000 steps of work",
        _identity,
        (("right", 0, 1), [[1]] * 15),
    ),
    Malformation(
        "subsets-too-many",
        _text(certificate("packing", points=points([[i] for i in range(60)]), subset_size=30)),
        "expected at most 1000000000 steps of work",
    ),
)

MALFORMATIONS = (*NOT_JSON, *NUMBERS, *FIELDS, *VALUES)
