"""Fewer nodes than moments, found in float64: nodes and weights move together.

One node at a time is left out, the least significant first, and Gauss-Newton steps of
least length bring the moments back (Xiao and Gimbutas, "A numerical algorithm for the
construction of efficient quadrature rules in two and higher dimensions", 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .basis import Array
from .charts import coordinates, embedded, num_coordinates, tangents
from .domains import Domain
from .factorisations import pivoted, triangular_solution
from .float_basis import FloatBasis, float_basis
from .start import FloatRule, orthonormaliser

CONVERGED = 1e-13  # a residual of orthonormal polynomials that float64 reaches
STEPS = 40  # Gauss-Newton steps, at most
SLOW = 8  # steps within which the residual has to fall by half
MARGIN = 0.9  # of the way to a weight 0 or the boundary that one step may go
SHORTEST = 1e-4  # a step cut shorter than this goes nowhere
DEPENDENT = 1e-9  # a pivot, relative to the largest, below which equations count as dependent


@dataclass(frozen=True, eq=False)
class State:
    """A rule in free coordinates: `free` of shape (n, c), halves of the sphere, weights."""

    free: Array
    signs: Array
    weights: Array

    def __len__(self) -> int:
        """How many nodes."""
        return len(self.weights)

    def without(self, places: Sequence[int]) -> "State":
        """The nodes that are left."""
        kept = np.setdiff1d(np.arange(len(self)), np.array(places))
        return State(self.free[kept], self.signs[kept], self.weights[kept])


@dataclass(frozen=True, eq=False)
class FloatSystem:
    """The moment equations in polynomials orthonormal over a rule, in float64."""

    domain: Domain
    basis: FloatBasis
    triangle: Array
    target: Array

    @classmethod
    def over(cls, domain: Domain, degree: int, rule: FloatRule) -> "FloatSystem":
        """The equations that the rule, on as many points as equations, satisfies."""
        basis = float_basis(domain, degree)
        triangle = orthonormaliser(rule, basis)
        return cls(domain, basis, triangle, triangle @ (basis.values(rule.points) @ rule.weights))

    def points(self, state: State) -> Array:
        """The nodes in space, one a row."""
        return np.column_stack(embedded(self.domain, list(state.free.T), state.signs))

    def values(self, state: State) -> Array:
        """The polynomials, one a row, at the nodes."""
        return self.triangle @ self.basis.values(self.points(state))

    def residual(self, state: State) -> Array:
        """By how much each mean is off."""
        return self.values(state) @ state.weights - self.target

    def jacobian(self, state: State) -> Array:
        """Derivatives by the first free coordinate of all nodes, the second, ..., the weights."""
        inner = [self.triangle @ g for g in self.basis.gradients(self.points(state))]
        along = tangents(self.domain, list(state.free.T), state.signs)
        blocks = [
            sum((g * t for g, t in zip(inner, tangent, strict=True)), np.zeros_like(inner[0]))
            * state.weights
            for tangent in along
        ]
        return np.concatenate([*blocks, self.values(state)], axis=1)

    def inside(self, state: State) -> bool:
        """Whether all weights are > 0 and all nodes inside the domain, up to rounding."""
        return bool((state.weights > 0).all() and (self._room(state) > 0).all())

    def scales(self, state: State) -> Array:
        """How far each variable may be expected to move: not past the boundary, nor 0."""
        room = np.minimum(self._room(state), 1)
        return np.concatenate([np.tile(room, state.free.shape[1]), state.weights])

    def _room(self, state: State) -> Array:
        """The least slack of every node, large where there is no boundary."""
        slacks = self.domain.shape.slacks(list(self.points(state).T))
        return np.min(np.array(slacks), axis=0, initial=np.inf) if slacks else np.ones(len(state))


def state_of(domain: Domain, rule: FloatRule) -> State:
    """The rule in free coordinates."""
    free, signs = coordinates(domain, rule.points)
    return State(free, signs, rule.weights)


def eliminate(system: FloatSystem, start: State, *, tries: int) -> list[State]:
    """Rules with fewer and fewer nodes, the last the smallest; none if no node can go.

    Several nodes go at once while that succeeds. `tries` nodes are tried, at most, before
    a rule is taken for the smallest.
    """
    found: list[State] = []
    state, batch = start, max(len(start) // 8, 1)
    least = -(-len(system.target) // (num_coordinates(system.domain) + 1))
    while len(state) > least:
        batch = min(batch, len(state) - least)
        smaller = _smaller(system, state, batch, tries if batch == 1 else 2)
        if smaller is not None:
            found.append(smaller)
            state = smaller
        elif batch == 1:
            break
        else:
            batch //= 2
    return found


def _smaller(system: FloatSystem, state: State, batch: int, tries: int) -> State | None:
    """A rule with `batch` nodes less, near this one, whose equations are independent."""
    significance = state.weights * (system.values(state) ** 2).sum(axis=0)
    order: list[int] = np.argsort(significance).tolist()
    for first in range(0, min(tries * batch, len(state) - batch + 1), batch):
        places = order[first : first + batch]
        solved = gauss_newton(system, state.without(places))
        if solved is not None and pivots(system, solved) is not None:
            return solved
    return None


def gauss_newton(system: FloatSystem, state: State) -> State | None:
    """A rule near the state that satisfies the equations; None if none is reached."""
    sizes = [float(np.linalg.norm(system.residual(state)))]
    for _ in range(STEPS):
        step = _step(system, state)
        if step is None:
            return None
        moved = _moved(system, state, step)
        if moved is None:
            return None
        state = moved
        sizes.append(float(np.linalg.norm(system.residual(state))))
        if sizes[-1] < CONVERGED * np.sqrt(len(system.target)):
            return state
        if len(sizes) > SLOW and sizes[-1] > sizes[-SLOW] / 2:
            return None
    return None


def _step(system: FloatSystem, state: State) -> Array | None:
    """The Gauss-Newton step, least in length with weights measured relatively."""
    scales = system.scales(state)
    basis, triangle = np.linalg.qr((system.jacobian(state) * scales).T)
    diagonal = np.abs(np.diag(triangle))
    if diagonal.min() < DEPENDENT * diagonal.max():
        return None
    step = basis @ triangular_solution(triangle.T, system.residual(state))
    return -step * scales


def _moved(system: FloatSystem, state: State, step: Array) -> State | None:
    """The state after as much of the step as keeps weights > 0 and nodes inside."""
    free = step[: state.free.size].reshape(state.free.shape[::-1]).T
    weights = step[state.free.size :]
    shrinking = weights < 0
    reach = np.min(-state.weights[shrinking] / weights[shrinking], initial=np.inf)
    length = min(1.0, MARGIN * float(reach))
    while length > SHORTEST:
        moved = replace(
            state, free=state.free + length * free, weights=state.weights + length * weights
        )
        if system.inside(moved):
            return moved
        length /= 2
    return None


def pivots(system: FloatSystem, state: State) -> list[int] | None:
    """As many variables as equations, by column of the Jacobian, that determine the rest."""
    scaled = system.jacobian(state) * system.scales(state)
    sizes, order = pivoted(scaled)
    count = len(system.target)
    if len(order) < count or sizes[count - 1] < DEPENDENT * sizes[0]:
        return None
    return sorted(order[:count])
