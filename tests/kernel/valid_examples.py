"""Certificates that the kernel accepts: at least two of each kind, small enough to read."""

import struct
from fractions import Fraction
from hashlib import sha256

from tests.kernel.forms import (
    Json,
    certificate,
    named_source,
    own_term,
    points,
    polynomial,
    rational,
    relation,
    source,
    term,
    vector,
)

HALF = Fraction(1, 2)


def npy(values: list[float], shape: tuple[int, ...]) -> bytes:
    """A .npy file of little-endian float64, version 1.0, as NumPy writes it."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape!r}, }}"
    padded = header + " " * (-(len(header) + 11) % 64) + "\n"
    start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode("latin-1")
    return start + struct.pack(f"<{len(values)}d", *values)


NODES = [0.0, 0.25, 1.0, 0.25, 0.0, 0.75, 1.0, 0.75]
WEIGHTS = [1.0, 2.0, 2.0, 1.0]
NODES_FILE, WEIGHTS_FILE = npy(NODES, (4, 2)), npy(WEIGHTS, (4,))
NODES_DIGEST = sha256(b"4,2;" + struct.pack("<8d", *NODES)).hexdigest()
WEIGHTS_DIGEST = sha256(b"4,1;" + struct.pack("<4d", *WEIGHTS)).hexdigest()

LINE = source(points([[0], [1], [2], [3], [4]]))
SQUARE = source(points([[0, 1], [4, 1], [0, 3], [4, 3]], 4), vector([1, 2, 2, 1]))


def cubature(given: Json, degree: int, support: list[int], weights: Json, kind: str = "") -> Json:
    name = f"{kind}cubature"
    return certificate(name, source=given, degree=degree, support=support, weights=weights)


CUBATURES = {
    "cubature-line": cubature(LINE, 3, [0, 2, 4], vector([5, 10, 5], 4)),
    "cubature-square": cubature(SQUARE, 1, [1, 2], vector([3, 3])),
    "cubature-flat": cubature(  # all nodes on a line: the box has an axis of width 0
        source(points([[0, 7], [1, 7], [3, 7]]), vector([1, 3, 1], 2)),
        1,
        [0, 2],
        vector([3, 2], 2),
    ),
    "cubature-twins": cubature(  # two nodes are the same point: either may be kept
        source(points([[0], [1], [1], [2]])), 1, [1], vector([4])
    ),
    "cubature-named": cubature(
        named_source(NODES_DIGEST, WEIGHTS_DIGEST), 1, [1, 2], vector([3, 3])
    ),
    "cubature-named-unit": cubature(named_source(NODES_DIGEST), 1, [1, 2], vector([2, 2])),
    "approximate-cubature-line": cubature(
        LINE, 3, [0, 2, 4], vector([5, 11, 4], 4), "approximate_"
    ),
    "approximate-cubature-square": cubature(SQUARE, 2, [1, 2], vector([3, 3]), "approximate_"),
    "approximate-cubature-empty": cubature(LINE, 1, [], vector([]), "approximate_"),
}

IDENTITIES = {
    # sum over i != j of x_i x_j = p_1^2 - p_2
    "power-sum-identity-pairs": certificate(
        "power_sum_identity",
        dim=1,
        num_points=None,
        left=[term(1, [1], [1])],
        right=[term(1, [1], [1]), term(-1, [2])],
    ),
    "power-sum-identity-plane": certificate(
        "power_sum_identity",
        dim=2,
        num_points=None,
        left=[term(HALF, [1, 0], [0, 1]), term(3, [2, 1]), term(-5)],
        right=[term(HALF, [1, 0], [0, 1]), term(-HALF, [1, 1]), term(3, [2, 1]), term(-5)],
    ),
    # on two points no three are distinct: 2 p_3 = 3 p_1 p_2 - p_1^3
    "power-sum-identity-two-points": certificate(
        "power_sum_identity",
        dim=1,
        num_points=2,
        left=[term(2, [3]), term(7, [1], [1], [1])],
        right=[term(3, [1], [2]), term(-1, [1], [1], [1])],
    ),
}

SYZYGIES = {
    "syzygy-one-point": certificate(
        "syzygy",
        dim=1,
        num_points=1,
        terms=[own_term(1, [0], [1], [1]), own_term(-1, [0], [2])],
        witness=None,
    ),
    "syzygy-two-points": certificate(
        "syzygy",
        dim=1,
        num_points=2,
        terms=[
            own_term(2, [0], [3]),
            own_term(-3, [0], [1], [2]),
            own_term(1, [0], [1], [1], [1]),
        ],
        witness={"nodes": points([[1], [2], [6]], 2), "weights": vector([1, 3, 1], 2), "own": 0},
    ),
    # the Gram determinant of 1, x and y, which three points are needed for:
    # the witness of mass 2 takes the square of twice the area of its triangle
    "syzygy-gram": certificate(
        "syzygy",
        dim=2,
        num_points=2,
        terms=[
            own_term(2, [0, 0], [2, 0], [0, 2]),
            own_term(-2, [0, 0], [1, 1], [1, 1]),
            own_term(-1, [0, 0], [1, 0], [1, 0], [0, 2]),
            own_term(-1, [0, 0], [0, 1], [0, 1], [2, 0]),
            own_term(2, [0, 0], [1, 0], [0, 1], [1, 1]),
        ],
        witness={
            "nodes": points([[0, 0], [1, 0], [0, 1]]),
            "weights": vector([1, 1, 2], 2),
            "own": 0,
        },
    ),
    # each of two points is a root of x^2 - p_1 x + (p_1^2 - p_2) / 2
    "syzygy-own-point": certificate(
        "syzygy",
        dim=1,
        num_points=2,
        terms=[
            own_term(1, [2]),
            own_term(-1, [1], [1]),
            own_term(HALF, [0], [1], [1]),
            own_term(-HALF, [0], [2]),
        ],
        witness={"nodes": points([[1], [4]]), "weights": vector([1, 2]), "own": 1},
    ),
}

LEVEL_SETS = {
    "level-set-line": certificate(
        "level_set",
        coefficients=vector([0, 1]),
        domain=vector([-1, 1]),
        level=rational(HALF),
        pieces=[[rational(-HALF), rational(HALF)]],
        peak=rational(1),
    ),
    "level-set-two-pieces": certificate(  # 2 x^2 - 1 is small near +-1/sqrt 2
        "level_set",
        coefficients=vector([-1, 0, 2]),
        domain=vector([-2, -1, 0, 1, 2], 2),
        level=rational(HALF),
        pieces=[
            [rational(Fraction(-4, 5)), rational(Fraction(-3, 5))],
            [rational(Fraction(3, 5)), rational(Fraction(4, 5))],
        ],
        peak=rational(1),
    ),
}

COVERINGS = {
    "covering-segment": certificate(
        "covering", points=points([[0, 0], [3, 4]]), multipliers=vector([1, 1], 2)
    ),
    "covering-triangle": certificate(
        "covering", points=points([[0, 0], [8, 0], [4, 7]]), multipliers=vector([33, 33, 32], 98)
    ),
}

PACKINGS = {
    "packing-line": certificate("packing", points=points([[0], [1], [3]], 3), subset_size=2),
    "packing-triples": certificate(
        "packing", points=points([[0, 0], [0, 2], [2, 0], [2, 2], [1, 1]]), subset_size=3
    ),
}

ONE, AXIS = polynomial({(0,): 1}), polynomial({(1,): 1})

GROWTHS = {
    # mass 2 and mean 0: the node 1 alone has sum c = sum c x, the node -1 the opposite
    "growth-two-nodes": certificate(
        "growth",
        source=source(points([[-1], [1]])),
        size=1,
        power=1,
        functions=[ONE, AXIS],
        error=rational(HALF),
        lower=vector([3, -1], 2),
        upper=vector([5, 1], 2),
        obstructions=[
            {"support": [0], "multipliers": vector([1, 1])},
            {"support": [1], "multipliers": vector([1, -1])},
        ],
    ),
    # no weight at all: (sum c)^2 is 4 n^2 and becomes 0
    "growth-square": certificate(
        "growth",
        source=source(points([[0], [1]])),
        size=0,
        power=2,
        functions=[ONE],
        error=rational(3),
        lower=vector([1]),
        upper=vector([3]),
        obstructions=[{"support": [], "multipliers": vector([1])}],
    ),
    # a function that is 0 at a node, bounds 0 and 1/2, and multipliers that are no integers
    "growth-even": certificate(
        "growth",
        source=source(points([[0], [1]], 2), vector([3, 0])),
        size=0,
        power=2,
        functions=[ONE, AXIS, polynomial({(1,): 2})],
        error=rational(0),
        lower=vector([6, 0, 0], 2),
        upper=vector([6, 0, 1], 2),
        obstructions=[{"support": [], "multipliers": vector([2, -1, -1], 3)}],
    ),
}

COUNTEREXAMPLES = {
    "counterexample-square": certificate(  # x > 0 does not imply x^2 >= x
        "counterexample",
        statement={
            "variables": ["x"],
            "hypotheses": [relation({(1,): 1}, ">")],
            "conclusion": relation({(2,): 1, (1,): -1}, ">="),
        },
        values=vector([1], 2),
    ),
    "counterexample-circle": certificate(  # nor x^2 + y^2 = 1 that x + y > 1 or y >= 0 ...
        "counterexample",
        statement={
            "variables": ["x", "y"],
            "hypotheses": [
                relation({(2, 0): 1, (0, 2): 1, (0, 0): -1}, "="),
                relation({(1, 0): 1}, ">="),
            ],
            "conclusion": relation({(1, 0): 1, (0, 1): 1, (0, 0): -1}, ">"),
        },
        values=vector([3, -4], 5),
    ),
}

VALID: dict[str, Json] = {
    **CUBATURES,
    **IDENTITIES,
    **SYZYGIES,
    **LEVEL_SETS,
    **COVERINGS,
    **PACKINGS,
    **GROWTHS,
    **COUNTEREXAMPLES,
}
