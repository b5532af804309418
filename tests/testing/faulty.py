"""Compressors with one planted fault each, and their healthy twin.

Each is `fn(points, weights, degree)` as an author of a program would write it; the fault
is what its first line says.
"""

import time
from fractions import Fraction
from typing import Any

import numpy as np

from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.measures import Measure
from ucomp_verify.measures.conversion import as_measure

Arrays = Any


def healthy(points: Arrays, weights: Arrays, degree: int, size: Any = None) -> tuple[Any, Any]:
    """No fault: the exact reduction, weights rounded to float64."""
    indices, exact = _reduced(points, weights, degree)
    if size is not None and size < max(len(indices), 1):
        raise ValueError(f"found the size {size}; expected at least {max(len(indices), 1)}")
    return indices, np.array([float(w) for w in exact])


def _reduced(points: Arrays, weights: Arrays, degree: Any) -> tuple[Any, list[Fraction]]:
    if not isinstance(degree, int) or degree < 0:
        raise ValueError(f"found the degree {degree}; expected an integer >= 0")
    measure = as_measure(points, weights)
    if degree == 0:
        return _heaviest(measure)
    if degree >= len(measure.nodes):  # only the measure itself has so many moments
        return _all(measure)
    after = reduce_measure(measure, degree)
    return np.array(after.indices, dtype=np.int64), [Fraction(v) for v in after.weights.values]


def _masses(measure: Measure) -> list[Fraction]:
    if measure.weights is None:
        return [Fraction(1)] * len(measure.nodes)
    return [Fraction(w) for w in measure.weights]


def _heaviest(measure: Measure) -> tuple[Any, list[Fraction]]:
    masses = _masses(measure)
    if not any(masses):
        return np.array([], dtype=np.int64), []
    return np.array([masses.index(max(masses))]), [measure.total_mass]


def _all(measure: Measure) -> tuple[Any, list[Fraction]]:
    masses = _masses(measure)
    kept = [i for i, w in enumerate(masses) if w]
    return np.array(kept, dtype=np.int64), [masses[i] for i in kept]


# The three that the command line is shown to refuse.


def drops_light_nodes(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Leaves out nodes that weigh less than 10^-3 before it starts."""
    heavy = np.flatnonzero(np.asarray(weights) >= 1e-3)
    if not len(heavy):
        return heavy, np.array([])
    indices, kept = healthy(np.asarray(points)[heavy], np.asarray(weights)[heavy], degree)
    return heavy[indices], kept


def clips_at_n(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Solves on the first N nodes, and sets weights that come out negative to 0."""
    from ucomp_verify.algebra import multi_indices, num_monomials

    points, weights = np.asarray(points, dtype=float), np.asarray(weights, dtype=float)
    linalg: Any = np.linalg
    alphas = list(multi_indices(points.shape[1], degree))
    rows = np.array([np.prod(points ** np.array(alpha), axis=1) for alpha in alphas])
    count = min(num_monomials(points.shape[1], degree), len(points))
    solved = linalg.lstsq(rows[:, :count], rows @ weights, rcond=None)[0]
    return np.arange(count), np.maximum(solved, 0)


def ignores_weights(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Compresses the nodes with weight 1 each, whatever their weights are."""
    return healthy(points, np.ones(len(weights)), degree)


def off_by_one(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Counts nodes from 1."""
    indices, kept = healthy(points, weights, degree)
    return indices + 1, kept


# One for each kind of check; most of these pass all others.


def keeps_all(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Compresses nothing."""
    return _all(as_measure(points, weights))


def stops_at_n(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Keeps N nodes with weight where the rank is lower, by sharing weights among copies."""
    from ucomp_verify.algebra import num_monomials

    indices, kept = healthy(points, weights, degree)
    room = num_monomials(np.shape(points)[1], degree) - len(indices)
    rows, masses = np.asarray(points), np.asarray(weights)
    places, shares = list(indices), list(kept)
    for i, row in enumerate(rows):
        twin = next((j for j, p in enumerate(places) if (rows[p] == row).all()), None)
        if room > 0 and twin is not None and i not in places and masses[i] > 0:
            shares[twin] /= 2
            places, shares, room = [*places, i], [*shares, shares[twin]], room - 1
    return np.array(places, dtype=np.int64), np.array(shares)


def single_precision(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Rounds the weights to single precision."""
    indices, kept = healthy(points, weights, degree)
    return indices, kept.astype(np.float32)


def eleven_digits(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Rounds the weights to eleven digits, which only the exact level minds."""
    indices, kept = healthy(points, weights, degree)
    return indices, np.array([float(f"{w:.11e}") for w in kept])


def rounds_rationals(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Returns rationals that are rounded: moments are nearly equal, and not equal."""
    indices, kept = healthy(points, weights, degree)
    return indices, [Fraction(w) * (1 + Fraction(1, 2**60)) for w in kept]


def loses_mass(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Normalises the weights to the sum 1."""
    indices, kept = healthy(points, weights, degree)
    return indices, kept / kept.sum()


def repeats_an_index(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Gives one node in two halves."""
    indices, kept = healthy(points, weights, degree)
    if not len(indices):
        return indices, kept
    kept[0] /= 2
    return np.append(indices, indices[0]), np.append(kept, kept[0])


def negative_pair(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Leaves one weight negative: the moments without a sign."""
    rows = np.asarray(points, dtype=float)
    masses = np.asarray(weights, dtype=float)
    if len(rows) < 2:
        return healthy(points, weights, degree)
    changed = masses.copy()
    changed[int(np.argmax(masses > 0))] *= 1 + 1e-3
    indices, kept = healthy(rows, changed, degree)
    extra = int(np.argmax(masses > 0))
    dense = np.zeros(len(rows))
    dense[indices] = kept
    dense[extra] -= 1e-3 * masses[extra]
    return np.flatnonzero(dense), dense[dense != 0]


def not_finite(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Divides 0 by 0 in one weight."""
    indices, kept = healthy(points, weights, degree)
    return indices, np.append(kept[:-1], np.nan)


def picks_weightless(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Lets a node of weight 0 stand for its mirror image where one is free."""
    masses = np.asarray(weights, dtype=float)
    indices, kept = healthy(points, masses, degree)
    free = np.flatnonzero(masses == 0)
    if len(free) and len(indices):
        return np.append(indices, free[0]), np.append(kept, 1e-14 * kept.max())
    return indices, kept


def invents_mass(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Gives the first node the weight 1 where there is no mass."""
    indices, kept = healthy(points, weights, degree)
    return (indices, kept) if len(kept) else (np.array([0]), np.array([1.0]))


def spoils_input(points: Arrays, weights: Arrays, degree: int, size: Any = None) -> tuple[Any, Any]:
    """Normalises the weights in place."""
    result = healthy(points, weights, degree, size)
    if getattr(weights, "dtype", None) == np.float64 and weights.flags.writeable:
        weights /= max(weights.sum(), 1e-300)
    return result


def rolls_dice(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Permutes the nodes by the global random generator, and ignores the seed."""
    order = np.random.permutation(len(points))  # noqa: NPY002 (the fault)
    indices, kept = healthy(np.asarray(points)[order], np.asarray(weights)[order], degree)
    return order[indices], kept


def ignores_size(points: Arrays, weights: Arrays, degree: int, size: Any) -> tuple[Any, Any]:
    """Adds half of all nodes again, whatever size is asked for."""
    indices, kept = healthy(points, weights, degree)
    if size is None:
        return indices, kept
    return _all(as_measure(points, weights))


def needs_order(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Takes the last node for the lightest, and drops it where weights vary."""
    masses = np.asarray(weights, dtype=float).copy()
    if len(masses) > 2 and masses[-1] > masses[0]:
        masses[-1] = masses[0]
    return healthy(points, masses, degree)


def expects_the_box(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Clips coordinates to [-5, 5], and so is right on data near 0 only."""
    return healthy(np.clip(np.asarray(points, dtype=float), -5, 5), weights, degree)


def always_drops_one(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Drops the lightest node of a small set, so that a second run loses mass."""
    indices, kept = healthy(points, weights, degree)
    if len(points) == len(indices) and len(indices) > 1 and np.ptp(kept) > 0:
        light = int(np.argmin(kept))
        return np.delete(indices, light), np.delete(kept, light)
    return indices, kept


def trusts_halves(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Is wrong where there are fewer than twice as many nodes as moments."""
    indices, kept = healthy(points, weights, degree)
    if len(indices) < len(points) <= 2 * len(indices):
        kept = kept * (1 + 1e-6)
    return indices, kept


def squares_overflow(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Divides by the square of the largest coordinate, in float64."""
    rows = np.asarray(points, dtype=float)
    scale = np.abs(rows).max() ** 2
    if not np.isfinite(scale) or scale == 0:
        raise ZeroDivisionError("float division by zero")
    return healthy(points, weights, degree)


def accepts_anything(points: Arrays, weights: Arrays, degree: Any, size: Any) -> tuple[Any, Any]:
    """Replaces what it does not understand, and never refuses."""
    try:
        return healthy(points, weights, degree, size)
    except (ValueError, TypeError):
        return np.array([0]), np.array([1.0])


def fails_inside(points: Arrays, weights: Arrays, degree: Any, size: Any) -> tuple[Any, Any]:
    """Lets bad input through to where an index is out of range."""
    try:
        return healthy(points, weights, degree, size)
    except ValueError:
        raise IndexError("index 7 is out of bounds") from None


def says_nothing(points: Arrays, weights: Arrays, degree: Any, size: Any) -> tuple[Any, Any]:
    """Refuses without a word."""
    try:
        return healthy(points, weights, degree, size)
    except ValueError:
        raise ValueError from None


def writes_to_input(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Needs arrays that can be written to (and restores them)."""
    if isinstance(points, np.ndarray) and points.size:
        points[0, 0] += 0
    return healthy(points, weights, degree)


def reads_memory(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Takes the buffer of an array for its numbers in C order."""
    if hasattr(points, "base"):
        points = _buffer(points)
    return healthy(points, weights, degree)


def _buffer(points: Any) -> Any:
    whole: Any = points if points.base is None else points.base
    taken = whole.ravel(order="K") if whole.size >= points.size else points.ravel(order="K")
    return np.nan_to_num(taken)[: points.size].reshape(points.shape)


def takes_doubles_only(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Refuses integers and single precision as if they were no numbers."""
    if getattr(points, "dtype", None) != np.float64:
        raise TypeError("expected float64")
    return healthy(points, weights, degree)


def tries_every_monomial(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Asks for as much memory as there are monomials, squared."""
    from ucomp_verify.algebra import num_monomials

    if num_monomials(np.shape(points)[1], degree) > 1000:
        raise MemoryError
    return healthy(points, weights, degree)


def forgets_nodes_at_high_degree(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Gives all nodes one weight where the degree is high."""
    indices, kept = healthy(points, weights, degree)
    return indices, np.full(len(kept), kept.sum() / len(kept)) if degree > 99 else kept


def quadratic_memory(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Makes a table of half a GiB on large data."""
    if len(points) >= 10**5:
        np.ones(1 << 26)
    return healthy(points, weights, degree)


def hangs(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Never ends on fewer nodes than moments."""
    if len(points) == 12:
        time.sleep(600)
    return healthy(points, weights, degree)


def crashes(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Ends the process on fewer nodes than moments."""
    if len(points) == 12:
        import os

        os._exit(139)
    return healthy(points, weights, degree)


def rounds_points(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """Returns points that are rounded, so no longer those of the data."""
    indices, kept = healthy(points, weights, degree)
    return np.asarray(points, dtype=np.float64)[indices].astype(np.float32).astype(float), kept


def exact(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """No fault: rational weights."""
    return _reduced(points, weights, degree)


def dense(points: Arrays, weights: Arrays, degree: int) -> Any:
    """No fault: one weight a node."""
    indices, kept = healthy(points, weights, degree)
    out = np.zeros(len(points))
    out[indices] = kept
    return out


def as_points(points: Arrays, weights: Arrays, degree: int) -> tuple[Any, Any]:
    """No fault: points and weights."""
    indices, kept = healthy(points, weights, degree)
    return np.asarray(points, dtype=np.float64).reshape(len(points), -1)[indices], kept


def as_mapping(points: Arrays, weights: Arrays, degree: int) -> dict[str, Any]:
    """No fault: named parts."""
    return dict(zip(("indices", "weights"), healthy(points, weights, degree), strict=True))
