"""Prouhet-Tarry-Escott pairs: equal power sums below order d, different ones of order d.

The pairs are classical; the kernel recomputes every power sum.
"""

import sys
from pathlib import Path

from ucomp_verify.algebra.sharpness import KNOWN_SIZES, ideal_pair
from ucomp_verify.claims.ftsp_order_sharp import order_statement
from ucomp_verify.kernel.certificates import Counterexample
from ucomp_verify.writing import save, vector


def main(folder: Path) -> None:
    for size in KNOWN_SIZES:
        x, y = ideal_pair(size)
        save(Counterexample(order_statement(size), vector([*x, *y])), folder / name(size))


def name(size: int) -> str:
    return f"pair-of-{size}.json"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
