"""Cubature rules to and from files: .json and .txt keep all digits, .npz float64."""

import json
import re
from fractions import Fraction
from importlib import import_module
from io import BytesIO
from math import log2
from pathlib import Path
from sys import float_info
from typing import Any, cast

from ucomp_verify.measures.arrays import names_in, read_named, require_file, unreadable

from .residuals import rounded_up
from .rule import CubatureRule, Mpf

SUFFIXES = (".npz", ".json", ".txt")
MAX_BYTES = 1 << 26
MIN_FLOAT, MAX_FLOAT = float_info.min, float_info.max
MAX_DIGITS = 2000  # of one number, so that none takes long to read
_DECIMAL = re.compile(r"[+-]?(\d*)(\.\d*)?([eE][+-]?\d{1,4})?", re.ASCII)
_RATIONAL = re.compile(r"[+-]?\d+/\d+", re.ASCII)
_EXPECTED = 'decimals such as "0.125" or "1e-3", or rationals such as "3/4"'


class NotRepresentable(ValueError):
    """A number of the rule is too large or too small for float64."""


def document(rule: CubatureRule) -> dict[str, Any]:
    """The rule as strings and integers: exact nodes as rationals, the rest as decimals."""
    domain = rule.domain
    rows = rule.rounded_nodes()
    nodes = (
        [[str(x.center) for x in n] for n in rule.nodes]
        if rule.exact_nodes
        else [[_digits(x, rule) for x in row] for row in rows]
    )
    return {
        "domain": domain.name,
        "dim": domain.dim,
        "degree": rule.degree,
        "dps": rule.dps,
        "constant": domain.constant.text,
        "num_nodes": len(rule),
        "size_bound": rule.size_bound,
        "lower_bound": rule.lower_bound,
        "exact_nodes": rule.exact_nodes,
        "nodes": nodes,
        "weights": [_digits(w, rule) for w in rule.rounded_weights()],
    }


def content(rule: CubatureRule, suffix: str) -> bytes:
    """The bytes of a file with one of the `SUFFIXES`."""
    if suffix == ".json":
        return (json.dumps(document(rule), indent=1) + "\n").encode()
    if suffix == ".txt":
        return _table(rule).encode()
    return _arrays(rule)


def read_cubature(path: Path) -> tuple[list[list[Any]], list[Any]]:
    """The nodes, one a row, and the weights in a file; each number as it stands.

    An .npz file has `nodes` (or `points`) and `weights`; a .json file these names with
    lists of numbers or strings; a .txt file one row a node, its coordinates and its
    weight. Decimals become mpmath numbers of as many digits. Raises UnreadableInput.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        found = f"a file name that ends in {suffix!r}"
        raise unreadable(path, found, " or ".join(SUFFIXES), "save the rule as one of them")
    require_file(path)
    if path.stat().st_size > MAX_BYTES:
        raise unreadable(path, "a larger file", f"at most {MAX_BYTES} bytes", "check the path")
    if suffix == ".npz":
        return _from_arrays(path)
    nodes, weights = _from_json(path) if suffix == ".json" else _from_table(path)
    return _numbers(nodes, weights, path)


def _digits(value: Mpf, rule: CubatureRule) -> str:
    mpmath: Any = import_module("mpmath")
    text: str = mpmath.nstr(value, rule.dps + 8, strip_zeros=True)
    return text


def _table(rule: CubatureRule) -> str:
    domain = rule.domain
    lines = [
        f"# positive rule of degree {rule.degree} on the {domain.name}, dimension {domain.dim}",
        "# one row a node: coordinates, weight",
    ]
    for node, weight in zip(rule.rounded_nodes(), rule.rounded_weights(), strict=True):
        lines.append(" ".join(_digits(x, rule) for x in (*node, weight)))
    return "\n".join(lines) + "\n"


def _arrays(rule: CubatureRule) -> bytes:
    import numpy as np

    out = BytesIO()
    nodes = np.array([[float(x.center) for x in node] for node in rule.nodes])
    np.savez(out, nodes=nodes, weights=np.array([_float(w.center) for w in rule.weights]))
    return out.getvalue()


def _float(value: Fraction) -> float:
    """The nearest float64, to full precision."""
    if value and not MIN_FLOAT <= abs(value) <= MAX_FLOAT:
        raise NotRepresentable(
            f"found the number {'-' * (value < 0)}{rounded_up(abs(value))}; expected ones that "
            "float64 holds to full precision: write .json or .txt"
        )
    return float(value)


def _from_arrays(path: Path) -> tuple[list[list[Any]], list[Any]]:
    names = names_in(path)
    nodes = next((name for name in ("nodes", "points") if name in names), None)
    if nodes is None or "weights" not in names:
        raise unreadable(
            path, f"the arrays {', '.join(names)}", "nodes and weights", "name them so"
        )
    rows, weights = read_named(path, nodes), read_named(path, "weights")
    if rows.ndim not in (1, 2) or weights.ndim != 1:
        found = f"nodes of shape {rows.shape} and weights of shape {weights.shape}"
        raise unreadable(path, found, "(n, dim) or (n,), and (n,)", "reshape them")
    return list(rows[:, None] if rows.ndim == 1 else rows), list(weights)


def _from_json(path: Path) -> tuple[list[list[str]], list[str]]:
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise unreadable(path, f"no JSON ({error})", "a JSON object", "save it again") from None
    if not isinstance(data, dict) or not {"nodes", "weights"} <= set(cast("dict[str, Any]", data)):
        raise unreadable(path, "other JSON", 'an object with "nodes" and "weights"', "name them so")
    table = cast("dict[str, Any]", data)
    return [_row(row, path) for row in _row(table["nodes"], path)], _row(table["weights"], path)


def _row(value: Any, path: Path) -> list[Any]:
    if not isinstance(value, list):
        return [value]
    return cast("list[Any]", value)


def _from_table(path: Path) -> tuple[list[list[str]], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise unreadable(path, "no text", "rows of decimals", "save it as UTF-8") from None
    rows = [line.split() for line in text.splitlines() if line.split("#")[0].strip()]
    return [row[:-1] for row in rows], [row[-1] for row in rows]


def _numbers(
    nodes: list[list[Any]], weights: list[Any], path: Path
) -> tuple[list[list[Any]], list[Any]]:
    """All numbers, decimals to as many bits as the longest has."""
    every = [*weights, *(x for row in nodes for x in row)]
    longest = max((_length(x, path) for x in every), default=0)
    bits = max(round(longest * log2(10)), 24)
    return [[_number(x, bits) for x in row] for row in nodes], [_number(w, bits) for w in weights]


def _length(text: Any, path: Path) -> int:
    """How many significant digits a decimal has; 0 for a rational."""
    if not isinstance(text, str) or len(text) > MAX_DIGITS:
        raise unreadable(path, f"the number {str(text)[:40]!r}", _EXPECTED, "correct it")
    if _RATIONAL.fullmatch(text) and int(text.split("/")[1]):
        return 0
    match = _DECIMAL.fullmatch(text)
    digits = "" if match is None else (match[1] or "") + (match[2] or "")[1:]
    if not digits:
        raise unreadable(path, f"the number {text[:40]!r}", _EXPECTED, "correct it")
    return len(digits.lstrip("0")) if set(text) & set(".eE") else 0


def _number(text: str, bits: int) -> Any:
    if not set(text) & set(".eE"):
        return Fraction(text)
    mpmath: Any = import_module("mpmath")
    with mpmath.workprec(bits):
        return mpmath.mpf(text)
