"""The work of `ucomp-verify compress`, and what is said about it."""

from collections.abc import Mapping
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, fields, replace
from importlib import import_module
from io import BytesIO
from math import inf, nextafter
from pathlib import Path
from typing import Any

from ucomp_verify.algebra import num_monomials
from ucomp_verify.cli.errors import refuse
from ucomp_verify.measures.compression import BallWeights, Compression, ExactWeights, Weights
from ucomp_verify.measures.rules import Rule
from ucomp_verify.measures.streams import FileSource, open_source

EMBEDDED = 100_000  # coordinates of nodes that a certificate holds itself, if not told otherwise


@dataclass(frozen=True)
class Result:
    """What `compress` found for a source in files, with `count` nodes."""

    source: FileSource
    count: int
    degree: int
    rule: Rule
    weights: Weights
    rank: int | None
    digits: int

    def kept(self, degree: int) -> str:
        """How many nodes have which moments."""
        kept = f"{len(self.rule.indices)} of {self.count} nodes in dimension {self.source.dim}"
        exact = isinstance(self.weights, ExactWeights | BallWeights)
        matched = "have" if exact else "have, up to rounding,"
        bound = num_monomials(self.source.dim, degree)
        return f"{kept} {matched} all moments up to degree {degree}; N = {bound}"

    def rigour(self) -> str:
        """The rank, and how sure the weights are."""
        rank = "" if self.rank is None else f"rank {self.rank}; "
        if isinstance(self.weights, ExactWeights):
            return f"{rank}weights > 0, exact as rationals; the file rounds them to float64"
        if isinstance(self.weights, BallWeights):
            return f"{rank}weights certified > 0, each known to {self.digits} digits in a ball"
        return (
            f"{rank}weights in float64, not certified: `ucomp-verify cert make` tells their defect"
        )


def settings(
    method: str, methods: Mapping[str, tuple[str, str]], wishes: Mapping[str, str | int | None]
) -> Any:
    """The compressor of this name with the settings wished for; refused if it has no such ones."""
    from ucomp_verify.caratheodory.reduction import Arithmetic

    if method not in methods:
        refuse(f"--method: expected one of {', '.join(methods)}, got {method[:40]!r}")
    module, name = methods[method]
    compressor = getattr(import_module(f"ucomp_verify.compressors.{module}"), name)()
    known = {field.name for field in fields(compressor)}
    given: dict[str, Any] = {k: v for k, v in wishes.items() if v is not None}
    for wish in given.keys() - known:
        refuse(f"--{wish}: the method {method!r} has no such choice; leave it out")
    if (kind := given.get("arithmetic")) is not None:
        if kind not in list(Arithmetic):
            refuse(f"--arithmetic: expected one of {', '.join(Arithmetic)}, got {kind[:40]!r}")
        given["arithmetic"] = Arithmetic(kind)
    chosen = replace(compressor, **given)
    if "digits" in given and chosen.arithmetic is not Arithmetic.BALLS:
        refuse(
            f"--digits: found weights that are {chosen.arithmetic}; expected --arithmetic balls, "
            "whose radii the digits bound: add it, or leave --digits out"
        )
    return chosen


def run(
    compressor: Any,
    points: Path,
    weights: Path | None,
    *,
    degree: int,
    size: int | None,
    seed: int,
) -> Result:
    """The compression of the measure in the files: in chunks by `MergeReduce`, else as a whole."""
    from ucomp_verify.compressors.merge_reduce import MergeReduce
    from ucomp_verify.measures.arrays import UnreadableInput

    source, digits = open_source(points, weights), getattr(compressor, "digits", 0)
    try:
        if isinstance(compressor, MergeReduce):
            small = compressor.compress_source(source, degree=degree, size=size, seed=seed)
            return Result(
                source, small.count, degree, small.rule, small.weights, small.rank, digits
            )
        measure = read_measure(source)
        after = compressor.compress(measure, degree=degree, size=size, seed=seed)
    except UnreadableInput:
        raise
    except BrokenExecutor:  # a process was killed, as systems do that run out of memory
        raise MemoryError from None
    except ValueError as error:  # a size or a degree that it cannot have
        refuse(str(error))
    return Result(source, len(measure), degree, after.rule, after.weights, None, digits)


def read_measure(source: FileSource) -> Any:
    """The measure in the files, in memory or mapped into it."""
    from ucomp_verify.measures import FloatMeasure, read_points, read_weights

    nodes = read_points(source.points.path)
    if source.weights is None:
        return FloatMeasure(nodes)
    return FloatMeasure(nodes, read_weights(source.weights.path, len(nodes)))


def packed(after: Result, output: Path) -> bytes:
    """The archive with indices, weights and, for balls, their radii around these weights."""
    import numpy as np

    try:
        rounded = [float(w) for w in after.rule.weights]
    except OverflowError:
        refuse(f"{output}: a weight is too large for float64; divide the weights by a constant")
    arrays = {
        "indices": np.array(after.rule.indices, dtype=np.int64),
        "weights": np.array(rounded, dtype=np.float64),
    }
    if isinstance(after.weights, BallWeights):
        arrays["radii"] = np.array(_radii(after.weights, rounded))
    content = BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _radii(balls: BallWeights, rounded: list[float]) -> list[float]:
    """How far a true weight may lie from the one that was rounded, rounded up."""
    exact = zip(balls.values, balls.radii, rounded, strict=True)
    return [nextafter(float(r + abs(v - type(v)(w))), inf) for v, r, w in exact]


def certify(after: Result, path: Path, *, digest: bool | None) -> str:
    """Write the certificate; in words, how large it is and what the kernel says.

    The kernel reads a certificate that holds its nodes; one that names them by digest, for
    data that may be larger than memory, is for `cert check` with the data.
    """
    from ucomp_verify.kernel import check
    from ucomp_verify.kernel.rationals import show
    from ucomp_verify.measures.certificates import certificate_of, named_certificate
    from ucomp_verify.writing import save

    exact = isinstance(after.weights, ExactWeights)
    by_name = after.count * after.source.dim > EMBEDDED if digest is None else digest
    if by_name:
        digests = _digests(after.source, after.count)
        save(named_certificate(digests, after.rule, after.degree, exact=exact), path)
        weights = f" --weights {after.source.weights.path}" if after.source.weights else ""
        data = f"--points {after.source.points.path}{weights}"
        return f"{_size(path)}; not checked yet: ucomp-verify cert check {path} {data}"
    measure = read_measure(after.source)
    indices = after.rule.indices
    certificate = certificate_of(Compression(measure, after.degree, indices, after.weights))
    fact: Any = check(certificate)
    save(certificate, path)
    return f"{_size(path)}; checked by the kernel, defect {show(fact.defect)}"


def _size(path: Path) -> str:
    return f"certificate of {path.stat().st_size} bytes"


def _digests(source: FileSource, count: int) -> tuple[str, ...]:
    from ucomp_verify.measures.table_files import table_digest

    tables = (t for t in (source.points, source.weights) if t)
    return tuple(table_digest(table, count) for table in tables)
