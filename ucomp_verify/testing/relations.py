"""What is asked of two results together: the same again, permuted, moved, joined."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .adapters import Adapter, disturb
from .cases import Case
from .results import Found
from .rules import LOOSE, TIGHT, check_moments, check_rule
from .types import Figures, NotApplicable, Violation


@dataclass(frozen=True)
class IsDeterministic:
    """Two calls with the same data and seed give the same nodes and weights, bit for bit.

    Global random generators are set to different states between the calls.
    """

    asks = "two calls with one seed give one result, bit for bit"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The number of nodes; a Violation if the results differ."""
        disturb(1)
        first = compressor.compress(case)
        disturb(2)
        second = compressor.compress(case)
        if first.nodes != second.nodes:
            other = sum(a != b for a, b in zip(first.nodes, second.nodes, strict=False))
            text = f"found {len(first)} nodes, then {len(second)}, of which {other} differ in place"
            raise Violation("determinism", f"{text}; expected the same result for the same seed")
        if first.weights != second.weights:
            text = "found other weights on the same nodes in a second call"
            raise Violation("determinism", f"{text}; expected the same result for the same seed")
        return {"nodes": len(first)}


@dataclass(frozen=True)
class LeavesInputAlone:
    """The arrays that were passed hold the same bytes after the call."""

    asks = "the arrays passed hold the same bytes afterwards"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """Nothing; a Violation if an array was changed."""
        points, weights = case.points.copy(), case.weights.copy()
        compressor.raw(points, weights, case.degree, seed=case.seed)
        pairs = (("points", points, case.points), ("weights", weights, case.weights))
        for name, after, before in pairs:
            if after.shape != before.shape or after.tobytes() != before.tobytes():
                changed = int((after != before).sum()) if after.shape == before.shape else "all"
                text = f"found {changed} numbers of the {name} changed by the call"
                raise Violation("mutation", f"{text}; expected the input left as it is")
        return {}


@dataclass(frozen=True)
class BeatsTheControl:
    """A random subset of as many nodes does not have the moments.

    So the data can tell a compressor from a guess. The control's weights are scaled to the
    mass; its defect must be 1000 times the bound.
    """

    asks = "a random subset of as many nodes is refused on the same data"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The defect of the control."""
        from ucomp_verify.compressors import RandomSubset

        size = max(len(compressor.compress(case)), 1)
        control = adapt_control(RandomSubset()).compress(case, size=size)
        try:
            check_moments(case, replace(control, exact=False), 1000 * LOOSE)
        except Violation as seen:
            return {"nodes": size, "control": seen.figures.get("defect", "")}
        text = f"a random subset of {size} nodes, as many as were kept, has the moments as well"
        raise Violation("size", f"{text}; expected so few nodes that a random subset is refused")


def adapt_control(control: Any) -> Adapter:
    """The control as the suite sees it."""
    from .adapters import adapt

    return adapt(control)


@dataclass(frozen=True)
class RespectsSize:
    """With a size of twice N the result has at most so many nodes, and the moments."""

    asks = "size = 2 N: at most so many nodes, with the moments"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The number of nodes; a Violation if there are more than asked for."""
        size = 2 * case.num_monomials
        found = compressor.compress(case, size=size)
        _at_most(found, size)
        return {"size": size, "nodes": len(found), **check_moments(case, found, LOOSE)}


@dataclass(frozen=True)
class RefusesTooSmall:
    """With a size of 1 there are no more nodes than that, or a clear refusal."""

    asks = "size = 1: one node, or a clear refusal"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The number of nodes, or the refusal."""
        from .refusals import refusal_of
        from .types import Raised

        try:
            found = compressor.compress(case, size=1)
        except Raised as raised:
            return {"refusal": refusal_of(raised)}
        _at_most(found, 1)
        return {"nodes": len(found)}


def _at_most(found: Found, size: int) -> None:
    if len(found) > size:
        text = f"found {len(found)} nodes; expected at most the size asked for, {size}"
        raise Violation("size", text, nodes=len(found))


@dataclass(frozen=True)
class IsPermutationEquivariant:
    """The data in another order give a rule for the same moments (other nodes may be kept)."""

    asks = "data in another order: a rule for the same moments"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the rule of the permuted data, on the original ones."""
        import numpy as np

        order = np.random.default_rng([case.seed, 1]).permutation(len(case.points))
        moved = replace(case, points=case.points[order], weights=case.weights[order])
        found = compressor.compress(moved)
        if found.indices is not None:
            found = replace(found, indices=tuple(int(order[i]) for i in found.indices))
        return check_rule(case, found, bound=TIGHT, sharp=True)


@dataclass(frozen=True)
class IsAffineEquivariant:
    """What is kept of x -> A x + b of the data is a rule for the data themselves.

    A is an integer triangular matrix with diagonal 4, 1/2, 4, ..., and the image is exact in
    float64 for nodes of few binary digits, which the case must have.
    """

    asks = "x -> A x + b: the same weights on the original nodes are a rule"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the image's rule, on the original nodes."""
        import numpy as np

        matrix = np.triu(np.full((case.dim, case.dim), 3.0), 1)
        matrix += np.diag([4.0 if j % 2 == 0 else 0.5 for j in range(case.dim)])
        image = replace(case, points=case.points @ matrix + 7.0)
        found = compressor.compress(image)
        if found.indices is None:
            raise NotApplicable("its nodes are not nodes of the data, and cannot be moved back")
        back = case.points[list(found.indices)].tolist()
        nodes = tuple(tuple(Fraction(x) for x in row) for row in back)
        return check_rule(case, replace(found, nodes=nodes), bound=TIGHT, sharp=True)


@dataclass(frozen=True)
class IsIdempotent:
    """Compressing a result again gives a rule for it, on no more nodes."""

    asks = "compressing the result again: a rule for it, on no more nodes"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the second result."""
        first = compressor.compress(case)
        again = measure_of(first, case)
        second = compressor.compress(again)
        figures = check_rule(again, second, bound=TIGHT, sharp=True)
        if len(second) > len(first):
            text = f"found {len(second)} nodes from {len(first)}"
            raise Violation("size", f"{text}; expected no more nodes the second time")
        return figures


@dataclass(frozen=True)
class IsMergeable:
    """The results of two halves together, compressed, are a rule for the whole."""

    asks = "two halves compressed, joined, compressed: a rule for the whole"

    def __call__(self, compressor: Adapter, case: Case) -> Figures:
        """The figures of the last result, as a rule for the whole."""
        import numpy as np

        half = len(case.points) // 2
        parts = [
            measure_of(compressor.compress(_part(case, places)), case)
            for places in (slice(None, half), slice(half, None))
        ]
        points = np.concatenate([part.points for part in parts])
        joined = replace(case, points=points, weights=np.concatenate([p.weights for p in parts]))
        last = compressor.compress(joined)
        check_rule(joined, last, bound=TIGHT, sharp=True)
        return check_moments(case, replace(last, exact=False), 3 * TIGHT)  # three results add up


def _part(case: Case, places: slice) -> Case:
    return replace(case, points=case.points[places], weights=case.weights[places])


def measure_of(found: Found, case: Case) -> Case:
    """The nodes of a result as data, weights rounded to float64."""
    import numpy as np

    points = np.array([[float(x) for x in node] for node in found.nodes]).reshape(-1, case.dim)
    return replace(case, points=points, weights=np.array([float(w) for w in found.weights]))
