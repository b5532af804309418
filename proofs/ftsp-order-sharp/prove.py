"""Prouhet-Tarry-Escott pairs: equal power sums below order d, different ones of order d.

The pairs are classical (Borwein, "Computational Excursions in Analysis and Number
Theory", 2002, chapter 11, lists ideal solutions up to d = 10); the kernel recomputes
every power sum.
"""

import sys
from pathlib import Path

from ucomp_verify.claims.ftsp_order_sharp import order_statement
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector

PAIRS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((0,), (1,)),
    ((0, 3), (1, 2)),
    ((1, 5, 6), (2, 3, 7)),
    ((0, 4, 7, 11), (1, 2, 9, 10)),
    ((1, 2, 10, 14, 18), (0, 4, 8, 16, 17)),
    ((0, 4, 9, 17, 22, 26), (1, 2, 12, 14, 24, 25)),
    ((0, 18, 27, 58, 64, 89, 101), (1, 13, 38, 44, 75, 84, 102)),
    ((0, 4, 9, 23, 27, 41, 46, 50), (1, 2, 11, 20, 30, 39, 48, 49)),
)


def main(folder: Path) -> None:
    for x, y in PAIRS:
        certificate = Counterexample(order_statement(len(x)), vector([*x, *y]))
        save(certificate, folder / f"pair-of-{len(x)}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
