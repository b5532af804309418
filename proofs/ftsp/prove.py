"""Monomial multisymmetric functions in power sums, for many types of parts.

All multisets of at most three nonzero multi-indices of order <= 2 for m <= 2, a choice
for m = 3, and up to six parts.
"""

import sys
from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path

from ucomp_verify.algebra import multi_indices, closed_form
from ucomp_verify.algebra.multi_indices import MultiIndex
from ucomp_verify.writing import save

LARGER: tuple[tuple[MultiIndex, ...], ...] = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((1, 1, 0), (0, 1, 1), (1, 0, 1)),
    ((2, 0, 1), (0, 1, 0), (0, 1, 0), (1, 0, 0)),
    ((1, 0), (1, 0), (0, 1), (2, 1)),
    ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2)),
    ((1,), (1,), (1,), (1,), (1,), (1,)),
    ((1,), (2,), (3,), (4,), (5,), (6,)),
    ((1, 0), (1, 0), (1, 0), (0, 1), (0, 1), (0, 1)),
    ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 1)),
)


def types() -> Iterator[tuple[MultiIndex, ...]]:
    for dim in (1, 2):
        nonzero = [alpha for alpha in multi_indices(dim, 2) if any(alpha)]
        for count in (1, 2, 3):
            yield from combinations_with_replacement(nonzero, count)
    yield from LARGER


def main(folder: Path) -> None:
    for parts in types():
        name = "-".join("".join(map(str, alpha)) for alpha in parts)
        save(closed_form(parts), folder / f"m-{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
