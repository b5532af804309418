"""float64 .npy files as the exact dyadic rationals that they hold."""

import re
from hashlib import sha256
from pathlib import Path
from struct import iter_unpack

from .certificates import Source
from .rationals import Points, Vector
from .refusals import expect

_HEADER = re.compile(
    r"\{'descr': '<f8', 'fortran_order': False, 'shape': \((\d{1,12}),(?: ?(\d{1,6}))?\), \}\s*"
)


def _read(path: Path) -> tuple[int, int, Vector, str]:
    """Rows, columns, exact entries and digest of a little-endian float64 file."""
    with path.open("rb") as file:
        start = file.read(8)
        length = int.from_bytes(file.read(2 if start[6:7] == b"\x01" else 4), "little")
        match = _HEADER.fullmatch(file.read(min(length, 4096)).decode("latin-1"))
        body = file.read() if match else b""
    rows, width = (int(match[1]), int(match[2] or 1)) if match else (0, 0)
    good = start.startswith(b"\x93NUMPY") and len(body) == 8 * rows * width and body
    expect(bool(good), f"{path} to hold .npy rows of little-endian float64", start)
    floats = [x for (x,) in iter_unpack("<d", body)]
    expect(all(x - x == 0 for x in floats), f"{path} to hold finite numbers", "others")
    ratios = [x.as_integer_ratio() for x in floats]
    common = max(q for _, q in ratios)  # the least common denominator: all are powers of 2
    exact = Vector(common, tuple([p * (common // q) for p, q in ratios]))
    return rows, width, exact, sha256(b"%d,%d;" % (rows, width) + body).hexdigest()


def read_data(nodes: Path, weights: Path | None = None) -> Source:
    """The measure with these nodes, one a row, and these weights (all 1 without a file)."""
    rows, width, exact, digest = _read(nodes)
    table = [exact.numerators[i : i + width] for i in range(0, rows * width, width)]
    points = Points(exact.denominator, tuple(table))
    if weights is None:
        return Source(points, None, (digest,))
    _, _, weight_vector, weights_digest = _read(weights)
    return Source(points, weight_vector, (digest, weights_digest))
