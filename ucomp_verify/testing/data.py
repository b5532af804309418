"""All cases of the suite: ordinary, degenerate, badly scaled, and bad input."""

from typing import TYPE_CHECKING

import numpy as np

from .cases import Data, Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from ucomp_verify.measures.arrays import Array

    PointsOf = Callable[[Generator], Array]

PLANE = 4  # the degree of most cases in the plane, where N = 15


def _unit(points: "Array", degree: int) -> Data:
    return points, np.ones(len(points)), degree


def _uniform(dim: int, degree: int, count: int) -> Recipe:
    def draw(rng: "Generator") -> Data:
        return _unit(rng.uniform(-1, 1, (count, dim)), degree)

    return Recipe(f"uniform-{dim}d", f"{count} uniform nodes in dimension {dim}", draw)


def _exponential_weights(rng: "Generator") -> Data:
    return rng.normal(size=(300, 2)), rng.exponential(size=300), 3


def _one_point(rng: "Generator") -> Data:
    return rng.uniform(-1, 1, (1, 2)), np.array([0.75]), 3


def _exactly_as_many(rng: "Generator") -> Data:
    return _unit(rng.uniform(-1, 1, (15, 2)), PLANE)


def _one_more(rng: "Generator") -> Data:
    return _unit(rng.uniform(-1, 1, (16, 2)), PLANE)


def _degree_0(rng: "Generator") -> Data:
    return rng.uniform(-1, 1, (50, 3)), rng.uniform(0.5, 2, 50), 0


def _zero_weights(rng: "Generator") -> Data:
    weights = rng.uniform(0.5, 2, 200)
    weights[rng.permutation(200)[:80]] = 0
    return rng.uniform(-1, 1, (200, 2)), weights, 3


def _light_weights(rng: "Generator") -> Data:
    """A third of the nodes weigh 10^-4 of the others and lie apart from them."""
    points = rng.uniform(-1, 1, (300, 2))
    points[:100, 0] += 4
    weights = np.ones(300)
    weights[:100] = 1e-4
    return points, weights, 2


def _dyadic(rng: "Generator") -> Data:
    points = rng.integers(-(2**20), 2**20, (300, 2)) / 2**20
    return points, rng.integers(1, 9, 300) / 4, PLANE


GENERAL = (
    _uniform(1, 12, 400),
    _uniform(2, 4, 400),
    _uniform(3, 3, 400),
    _uniform(4, 2, 300),
    _uniform(5, 2, 300),
    Recipe("exponential-weights", "normal nodes with exponential weights", _exponential_weights),
    Recipe("one-point", "a single node", _one_point),
    Recipe("as-many-as-moments", "d = N", _exactly_as_many),
    Recipe("one-more-than-moments", "d = N + 1", _one_more),
    Recipe("degree-0", "k = 0: the mass alone", _degree_0),
    Recipe("zero-weights", "80 of 200 nodes have weight 0", _zero_weights),
    Recipe("light-weights", "light nodes apart from the heavy ones", _light_weights),
    Recipe("dyadic", "nodes and weights with few binary digits", _dyadic),
)


def _d1(rng: "Generator") -> "Array":
    return np.repeat(rng.uniform(-1, 1, (200, 2)), 10, axis=0)


def _d2(rng: "Generator") -> "Array":
    place = rng.integers(-(2**20), 2**20, 2000) / 2**20
    return np.stack([place, 2 * place + 0.5], axis=1)


def _d3(rng: "Generator") -> "Array":
    del rng
    side = np.arange(-10.0, 11.0)
    return np.stack([axis.ravel() for axis in np.meshgrid(side, side)], axis=1)


def _d5(rng: "Generator") -> "Array":
    return rng.uniform(-1, 1, (12, 2))


def _s3(rng: "Generator") -> "Array":
    return 10 + 1e-3 * rng.uniform(-1, 1, (2000, 2))


def _s4(rng: "Generator") -> "Array":
    points = rng.uniform(-1, 1, (2000, 2))
    points[1000:] += 1000
    return points


def _cloud(rng: "Generator") -> "Array":
    return rng.uniform(-1, 1, (2000, 2))


def _weighing(name: str, about: str, points: "PointsOf", weight: float = 1.0) -> Recipe:
    def draw(rng: "Generator") -> Data:
        nodes = points(rng)
        return nodes, np.full(len(nodes), weight), PLANE

    return Recipe(name, about, draw)


def _uneven(name: str, points: "PointsOf") -> Recipe:
    """D4: weights 10^-6..10^6, 100 of them 0."""

    def draw(rng: "Generator") -> Data:
        nodes = points(rng)
        weights = 10 ** rng.uniform(-6, 6, len(nodes))
        weights[rng.permutation(len(nodes))[:100]] = 0
        return nodes, weights, PLANE

    return Recipe(f"d4-{name}", f"{name}, weights 10^-6..10^6, 100 of them 0", draw)


NINE = (
    _weighing("d1-duplicates", "200 nodes, each 10 times", _d1),
    _weighing("d2-collinear", "2000 nodes on a line of the plane, rank k + 1", _d2),
    _weighing("d3-lattice", "the lattice {-10..10}^2", _d3),
    _uneven("duplicates", _d1),
    _uneven("collinear", _d2),
    _uneven("lattice", _d3),
    _weighing("d5-few", "d = 12 < N", _d5),
    _weighing("s1-weights-1e-13", "all weights 10^-13", _cloud, 1e-13),
    _weighing("s2-weights-1e8", "all weights 10^8", _cloud, 1e8),
    _weighing("s3-offset", "a cloud of size 10^-3 about 10", _s3),
    _weighing("s4-clusters", "two clusters, 1000 apart", _s4),
)
"""D1-D5 and S1-S4 of a comparison of published programs, most of which fail some."""


def _circle(rng: "Generator") -> Data:
    """Integer points on the circle of radius 5 * 13 * 17 * 29, exactly."""
    del rng
    radius = 5 * 13 * 17 * 29
    x = np.arange(radius + 1)
    y = np.rint(np.sqrt((radius**2 - x**2).astype(np.float64))).astype(np.int64)
    on = x**2 + y**2 == radius**2
    quarter = np.stack([x[on], y[on]], axis=1)
    signs = ((1, 1), (-1, 1), (1, -1), (-1, -1))
    points = np.unique(np.concatenate([quarter * sign for sign in signs]), axis=0)
    return _unit(points.astype(np.float64), 5)


def _rounded_circle(rng: "Generator") -> Data:
    angles = rng.uniform(0, 2 * np.pi, 500)
    return _unit(np.stack([np.cos(angles), np.sin(angles)], axis=1), PLANE)


def _parabola(rng: "Generator") -> Data:
    place = rng.integers(-(2**12), 2**12, 600) / 2**12
    return _unit(np.stack([place, place**2], axis=1), PLANE)


def _coarse_lattice(rng: "Generator") -> Data:
    del rng
    side = np.arange(4.0)
    return _unit(np.stack([a.ravel() for a in np.meshgrid(side, side, side)], axis=1), 5)


def _repeated_point(rng: "Generator") -> Data:
    return np.repeat(rng.uniform(-1, 1, (1, 2)), 20, axis=0), rng.uniform(1, 2, 20), 3


def _two_points(rng: "Generator") -> Data:
    return _unit(rng.uniform(-1, 1, (2, 3))[rng.integers(0, 2, 60)], 2)


def _constant_axis(rng: "Generator") -> Data:
    points = rng.uniform(-1, 1, (300, 3))
    points[:, 1] = 0.3
    return _unit(points, 3)


def _line_in_space(rng: "Generator") -> Data:
    place = rng.integers(-(2**16), 2**16, (400, 1)) / 2**16
    return _unit(place * np.array([1.0, -2.0, 4.0, 0.5]) + 1, 3)


def _few_of_many(rng: "Generator") -> Data:
    return _unit(rng.uniform(-1, 1, (30, 2)), 8)


def _high_degree(rng: "Generator") -> Data:
    return _unit(rng.uniform(-1, 1, (600, 1)), 40)


def _heavy_tails(rng: "Generator") -> Data:
    return _unit(rng.standard_cauchy((1500, 2)), 5)


def _lognormal(rng: "Generator") -> Data:
    return _unit(rng.lognormal(size=(800, 1)), 20)


DEGENERATE = (
    Recipe("circle", "324 integer points of a circle, rank 2 k + 1", _circle),
    Recipe("rounded-circle", "a circle up to rounding", _rounded_circle),
    Recipe("parabola", "points (t, t^2), rank 2 k + 1", _parabola),
    Recipe("coarse-lattice", "{0..3}^3 with k = 5 above its side", _coarse_lattice),
    Recipe("repeated-point", "one point 20 times", _repeated_point),
    Recipe("two-points", "two points, each many times", _two_points),
    Recipe("constant-axis", "one coordinate of three is constant", _constant_axis),
    Recipe("line-in-space", "a line in dimension 4", _line_in_space),
    Recipe("more-moments-than-nodes", "d = 30 and N = 45", _few_of_many),
    Recipe("degree-40", "m = 1, k = 40", _high_degree),
    Recipe("heavy-tails", "Cauchy nodes in the plane", _heavy_tails),
    Recipe("lognormal", "lognormal nodes, k = 20", _lognormal),
)


def _scaled(factor: float) -> "PointsOf":
    return lambda rng: rng.uniform(-1, 1, (300, 2)) * factor


def _far_offset(rng: "Generator") -> "Array":
    return 1e6 + 1e-3 * rng.uniform(-1, 1, (500, 2))


def _magnitudes(rng: "Generator") -> "Array":
    sizes = np.power(10.0, rng.uniform(-8, 8, (500, 2)))
    return np.copysign(sizes, rng.uniform(-1, 1, (500, 2)))


def _uneven_axes(rng: "Generator") -> "Array":
    return rng.uniform(-1, 1, (300, 2)) * np.array([1e-6, 1e6])


def _denormals(rng: "Generator") -> "Array":
    return np.ldexp(rng.integers(-1000, 1000, (200, 2)) * 1.0, -1074)


def _huge_range_of_weights(rng: "Generator") -> Data:
    return rng.uniform(-1, 1, (200, 2)), 10 ** rng.uniform(-300, 300, 200), 3


def _tiny_range_of_weights(rng: "Generator") -> Data:
    return rng.uniform(-1, 1, (200, 2)), 10 ** rng.uniform(-300, -290, 200), 3


def _denormal_weights(rng: "Generator") -> Data:
    return rng.uniform(-1, 1, (200, 2)), rng.integers(1, 9, 200) * 2.0**-1030, 2


EXTREME = (
    _weighing("offset-1e6", "a cloud of size 10^-3 about 10^6", _far_offset),
    _weighing("scale-1e150", "coordinates of size 10^150", _scaled(1e150)),
    _weighing("scale-1e-150", "coordinates of size 10^-150", _scaled(1e-150)),
    _weighing("magnitudes", "coordinates of sizes 10^-8..10^8", _magnitudes),
    _weighing("uneven-axes", "one axis of size 10^-6, one of 10^6", _uneven_axes),
    _weighing("denormals", "coordinates that are small multiples of 2^-1074", _denormals),
    Recipe("weights-1e-300-1e300", "weights 10^-300..10^300", _huge_range_of_weights),
    Recipe("weights-1e-300", "weights 10^-300..10^-290", _tiny_range_of_weights),
    Recipe(
        "denormal-weights",
        "weights that are small multiples of 2^-1030, below all normal numbers",
        _denormal_weights,
    ),
)


def _few_integers(dim: int) -> Recipe:
    def draw(rng: "Generator") -> Data:
        points = rng.permutation(np.arange(-3, 4))[: 4 + dim, None] * np.arange(1, dim + 1)
        return points.astype(np.float64), rng.integers(1, 9, 4 + dim) / 4, 1000

    return Recipe(f"degree-1000-{dim}d", f"k = 1000 on {4 + dim} points", draw)


def _integers(rng: "Generator") -> Data:
    return rng.integers(-99, 100, (150, 2)) * 1.0, rng.integers(1, 9, 150) * 1.0, 3


ODD = (
    _few_integers(1),
    _few_integers(2),
    Recipe("integers", "integer nodes and weights", _integers),
)


def _spoilt(name: str, about: str, place: str, value: float) -> Recipe:
    """One number of otherwise good data is replaced."""

    def draw(rng: "Generator") -> Data:
        points, weights = rng.uniform(-1, 1, (60, 2)), np.ones(60)
        if place == "points":
            points[31, 1] = value
        else:
            weights[31] = value
        return points, weights, 2

    return Recipe(name, about, draw)


def _shaped(name: str, about: str, shape: tuple[int, int], weight: float = 1.0) -> Recipe:
    def draw(rng: "Generator") -> Data:
        return rng.uniform(-1, 1, shape), np.full(shape[0], weight), 2

    return Recipe(name, about, draw)


BAD = (
    _spoilt("nan-in-points", "a NaN among the coordinates", "points", np.nan),
    _spoilt("inf-in-points", "an infinity among the coordinates", "points", np.inf),
    _spoilt("minus-inf-in-points", "a negative infinity there", "points", -np.inf),
    _spoilt("nan-weight", "a NaN among the weights", "weights", np.nan),
    _spoilt("inf-weight", "an infinity among the weights", "weights", np.inf),
    _spoilt("negative-weight", "a weight -1", "weights", -1.0),
    _spoilt("small-negative-weight", "a weight -10^-9", "weights", -1e-9),
    _shaped("empty", "no nodes", (0, 2)),
    _shaped("no-coordinates", "nodes of dimension 0", (5, 0)),
    _shaped("no-mass", "all weights 0", (20, 2), 0.0),
    _shaped("good", "60 nodes, for bad arguments", (60, 2)),
)


def _large(name: str, count: int, dim: int, degree: int) -> Recipe:
    def draw(rng: "Generator") -> Data:
        points = rng.integers(-(2**10), 2**10, (count, dim)) / 2**10
        return _unit(points, degree)

    return Recipe(name, f"{count} nodes, m = {dim}, k = {degree}", draw)


LARGE = (
    _large("1e5-nodes", 10**5, 3, 3),
    _large("1e6-nodes", 10**6, 2, 4),
)

RECIPES = GENERAL + NINE + DEGENERATE + EXTREME + ODD + BAD + LARGE
