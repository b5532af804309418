"""Algorithm 2 as printed, in exact arithmetic: one null vector, one node less, repeat.

Run on rational data and on Fisher's iris (the float64 values, which are rationals too).
"""

import csv
import random
import sys
from fractions import Fraction
from pathlib import Path

from flint import fmpq, fmpq_mat

from ucomp_verify.algebra import multi_indices, num_monomials
from ucomp_verify.kernel.algebra import monomial
from ucomp_verify.measures import AtomicMeasure, cubature_certificate
from ucomp_verify.writing import save

IRIS = Path(__file__).parents[2] / "examples" / "data" / "iris.csv"
Node = tuple[Fraction, ...]


def null_vector(columns: list[list[Fraction]]) -> list[Fraction]:
    """A nonzero v with sum v_j columns[j] = 0, for more columns than rows."""
    rows = zip(*columns, strict=True)
    matrix = fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])
    reduced, rank = matrix.rref()
    pivots = [next(j for j in range(len(columns)) if reduced[i, j] != 0) for i in range(rank)]
    free = next(j for j in range(len(columns)) if j not in pivots)
    vector = [Fraction(0)] * len(columns)
    vector[free] = Fraction(1)
    for i, pivot in enumerate(pivots):
        entry = -reduced[i, free]
        vector[pivot] = Fraction(int(entry.p), int(entry.q))
    return vector


def algorithm_2(measure: AtomicMeasure, degree: int) -> AtomicMeasure:
    """Remove nodes until at most N have weight; ends after at most d - N steps."""
    alphas = list(multi_indices(measure.dim, degree))
    weights, support = list(measure.weights), list(measure.support)
    steps = 0
    while len(support) > len(alphas):
        chosen = support[: len(alphas) + 1]
        columns = [[monomial(measure.nodes[i], alpha) for alpha in alphas] for i in chosen]
        vector = null_vector(columns)
        # The constant moment makes the entries sum to 0, so some are positive.
        step = min(weights[i] / v for i, v in zip(chosen, vector, strict=True) if v > 0)
        for i, v in zip(chosen, vector, strict=True):
            weights[i] -= step * v
        support = [i for i in support if weights[i]]
        steps += 1
    assert steps <= max(len(measure.support) - num_monomials(measure.dim, degree), 0)
    return AtomicMeasure(measure.nodes, tuple(weights))


def cloud(seed: int, count: int, dim: int) -> AtomicMeasure:
    draw = random.Random(seed)
    nodes = [tuple(Fraction(draw.randint(-99, 99), 7) for _ in range(dim)) for _ in range(count)]
    return AtomicMeasure(tuple(nodes), tuple(Fraction(draw.randint(0, 5)) for _ in range(count)))


def iris(columns: int) -> AtomicMeasure:
    with IRIS.open(encoding="utf-8") as file:
        rows = [row[:columns] for row in csv.reader(file)][1:]
    return AtomicMeasure.unit(tuple(tuple(Fraction(float(x)) for x in row) for row in rows))


def main(folder: Path) -> None:
    cases = {
        "cloud-12-m1-k0": (cloud(1, 12, 1), 0),
        "cloud-30-m1-k5": (cloud(2, 30, 1), 5),
        "cloud-40-m2-k3": (cloud(3, 40, 2), 3),
        "cloud-40-m3-k2": (cloud(4, 40, 3), 2),
        "fewer-than-n": (cloud(5, 4, 3), 2),
        "iris-m2-k3": (iris(2), 3),
        "iris-m4-k1": (iris(4), 1),
        "iris-m4-k2": (iris(4), 2),
    }
    for name, (measure, degree) in cases.items():
        reduced = algorithm_2(measure, degree)
        save(cubature_certificate(measure, reduced, degree), folder / f"{name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
