"""Exact rules on lattices, clouds, circles, repeated and collinear points."""

import random
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

from ucomp_verify.compressors import ExactReduction
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
    for name, (nodes, degree) in cases.items():
        measure = AtomicMeasure.unit(tuple(nodes))
        reduced = ExactReduction().compress(measure, degree=degree).to_atomic()
        save(cubature_certificate(measure, reduced, degree), folder / f"{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
