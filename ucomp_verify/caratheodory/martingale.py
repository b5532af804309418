"""The unbiased reduction in exact arithmetic: every outcome, with its probability.

The reference for the float64 one, and the way to see that the expected weights are those of
the start: for small measures, since the outcomes double with every step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TypeVar

from ucomp_verify.measures.atomic import AtomicMeasure
from ucomp_verify.measures.frame import frame_of
from ucomp_verify.measures.monomials import monomial_rows

Number = TypeVar("Number", float, Fraction)
Weights = tuple[Fraction, ...]
_Columns = Mapping[int, tuple[int, ...]]
Probability = Callable[[Fraction, Fraction], Fraction]
"""That of the step forward, from the lengths of the steps forward and backward."""


def fair_share(forward: Number, backward: Number) -> Number:
    """The p with p * forward = (1 - p) * backward: the mean step is 0.

    >>> fair_share(Fraction(1), Fraction(3))
    Fraction(3, 4)
    """
    return backward / (forward + backward)


@dataclass(frozen=True)
class Outcome:
    """Weights on all nodes that have the moments, and how probable it is to end with them."""

    probability: Fraction
    weights: Weights


def outcomes(
    measure: AtomicMeasure, degree: int, *, probability: Probability = fair_share
) -> tuple[Outcome, ...]:
    """All results of random reductions of a measure, whose probabilities add up to 1.

    Each has the moments up to the degree exactly, on nodes with independent monomials. With
    the default probability sum(p * weights) are the weights of the measure.
    """
    columns = _columns(measure, degree)
    ends: list[Outcome] = []
    waiting = [Outcome(Fraction(1), measure.weights)]
    while waiting:
        state = waiting.pop()
        fork = _fork(columns, state.weights)
        if fork is None:
            ends.append(state)
            continue
        p = probability(fork.forward, fork.backward)
        shares = zip((p, 1 - p), fork.ends(state.weights), strict=True)
        waiting += [Outcome(state.probability * share, w) for share, w in shares if share]
    return tuple(ends)


def random_outcome(measure: AtomicMeasure, degree: int, *, seed: int = 0) -> AtomicMeasure:
    """One outcome, drawn with its exact probability."""
    columns, draw = _columns(measure, degree), Random(seed)  # noqa: S311 (no secret)
    weights = measure.weights
    while (fork := _fork(columns, weights)) is not None:
        p = fair_share(fork.forward, fork.backward)
        ahead = draw.randrange(p.denominator) < p.numerator
        weights = fork.ends(weights)[0 if ahead else 1]
    return AtomicMeasure(measure.nodes, weights)


@dataclass(frozen=True)
class _Fork:
    """A null vector, and how far one can go along it in both directions."""

    null: dict[int, Fraction]
    forward: Fraction
    backward: Fraction

    def ends(self, weights: Weights) -> tuple[Weights, Weights]:
        return self._moved(weights, -self.forward), self._moved(weights, self.backward)

    def _moved(self, weights: Weights, step: Fraction) -> Weights:
        return tuple(w + step * self.null.get(i, 0) for i, w in enumerate(weights))


def _columns(measure: AtomicMeasure, degree: int) -> _Columns:
    """The monomials at the nodes of the support."""
    nodes = [measure.nodes[i] for i in measure.support]
    if not nodes:
        return {}
    rows = monomial_rows(frame_of(measure).integers(AtomicMeasure.unit(nodes)), degree)
    return dict(zip(measure.support, zip(*rows, strict=True), strict=True))


def _fork(columns: _Columns, weights: Weights) -> _Fork | None:
    """The first fork on the nodes that have a weight; None if their columns are independent."""
    from flint import fmpq

    from ucomp_verify.arithmetic.exact import independent, solve

    support = [i for i, w in enumerate(weights) if w]
    basis = [support[j] for j in independent([columns[i] for i in support])]
    extra = next(iter(sorted(set(support) - set(basis))), None)
    if extra is None:
        return None
    shares = solve([columns[i] for i in basis], [fmpq(v) for v in columns[extra]])
    assert shares is not None, "the basis spans all columns"
    null = {i: -Fraction(int(x.p), int(x.q)) for i, x in zip(basis, shares, strict=True)}
    null[extra] = Fraction(1)
    # The constant makes a null vector sum to zero, so both signs occur.
    forward = min(weights[i] / v for i, v in null.items() if v > 0)
    backward = min(weights[i] / -v for i, v in null.items() if v < 0)
    return _Fork(null, forward, backward)
