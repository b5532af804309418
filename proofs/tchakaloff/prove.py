"""Exact rules on lattices, clouds, circles, and on degenerate and badly scaled float64 data.

Found by exact steps alone, so that every machine finds the same.
"""

import random
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.measures import AtomicMeasure, cubature_certificate
from ucomp_verify.writing import save

Node = tuple[Fraction, ...]


def lattice(side: int, dim: int) -> list[Node]:
    return [tuple(map(Fraction, x)) for x in product(range(side), repeat=dim)]


def cloud(seed: int, count: int, dim: int) -> list[Node]:
    draw = random.Random(seed)
    return [tuple(Fraction(draw.randint(-999, 999), 64) for _ in range(dim)) for _ in range(count)]


def circle(count: int) -> list[Node]:
    """Rational points of the unit circle, by stereographic projection of integers."""
    return [
        (Fraction(1 - t * t, 1 + t * t), Fraction(2 * t, 1 + t * t))
        for t in range(-count // 2, count - count // 2)
    ]


def floats(seed: int, count: int, *, centre: float = 0.0, radius: float = 1.0) -> list[Node]:
    """float64 points in a square, as the rationals that they are."""
    draw = random.Random(seed)
    return [
        tuple(Fraction(centre + radius * draw.uniform(-1, 1)) for _ in range(2))
        for _ in range(count)
    ]


def spread_weights(seed: int, count: int) -> list[Fraction]:
    """float64 weights from 1e-6 to 1e6, every eighth of them 0."""
    draw = random.Random(seed)
    return [Fraction(10 ** draw.uniform(-6, 6) if i % 8 else 0.0) for i in range(count)]


def hard_cases() -> dict[str, AtomicMeasure]:
    """Copies, a line, a lattice, fewer nodes than moments; tiny, huge and mixed scales."""
    line = [(x, 3 * x + 1) for x, _ in floats(11, 60)]
    grid = lattice(9, 2)
    clusters = floats(13, 30) + floats(14, 30, centre=1000.0)
    return {
        "copies-of-20-nodes": AtomicMeasure.unit(floats(10, 20) * 4),
        "collinear-60": AtomicMeasure.unit(line),
        "lattice-9x9": AtomicMeasure.unit(grid),
        "lattice-9x9-weights-1e-6-to-1e6": AtomicMeasure(grid, spread_weights(12, 81)),
        "collinear-60-weights-1e-6-to-1e6": AtomicMeasure(line, spread_weights(15, 60)),
        "fewer-nodes-than-moments": AtomicMeasure.unit(floats(16, 12)),
        "weights-1e-13": AtomicMeasure(floats(17, 60), [Fraction(1e-13)] * 60),
        "weights-1e8": AtomicMeasure(floats(18, 60), [Fraction(1e8)] * 60),
        "far-off-and-small": AtomicMeasure.unit(floats(19, 60, centre=10.0, radius=1e-3)),
        "two-clusters": AtomicMeasure.unit(clusters),
    }


def main(folder: Path) -> None:
    cases: dict[str, tuple[list[Node], int]] = {
        "one-node-k3": (cloud(0, 1, 2), 3),
        "lattice-5x5-k2": (lattice(5, 2), 2),
        "lattice-5x5-k6": (lattice(5, 2), 6),  # finer moments than the lattice has nodes
        "lattice-4x4x4-k3": (lattice(4, 3), 3),
        "cloud-60-m1-k9": (cloud(1, 60, 1), 9),
        "cloud-80-m2-k4": (cloud(2, 80, 2), 4),
        "cloud-60-m3-k3": (cloud(3, 60, 3), 3),
        "cloud-60-m4-k2": (cloud(4, 60, 4), 2),
        "cloud-60-m5-k2": (cloud(5, 60, 5), 2),
        "circle-40-k4": (circle(40), 4),  # rank 2 k + 1 < N
        "line-in-space-k3": ([(Fraction(t), Fraction(2 * t), Fraction(-t)) for t in range(30)], 3),
        "repeated-k2": (cloud(6, 5, 2) * 6, 2),
    }
    measures = {
        name: (AtomicMeasure.unit(nodes), degree) for name, (nodes, degree) in cases.items()
    }
    measures |= {f"{name}-m2-k4": (measure, 4) for name, measure in hard_cases().items()}
    for name, (measure, degree) in measures.items():
        reduced = caratheodory_reduce(measure, degree, exact_steps=True)
        save(cubature_certificate(measure, reduced, degree), folder / f"{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
