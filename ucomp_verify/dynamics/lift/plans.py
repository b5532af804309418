"""A lifted program: equations with their rules chosen, to be run on weighted objects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from ucomp_verify.dynamics.extra import require

from .equations import Equation
from .marks import Equal, Layout, Mark, Merged, Objects, Ordinary, Spectrum

Array: TypeAlias = Any
Run: TypeAlias = "Callable[[Weights, Sequence[Array]], Sequence[Array]]"


@dataclass(frozen=True)
class Weights:
    """The weights of each group of objects, as JAX vectors."""

    groups: Mapping[str, Array]

    def length(self, mark: Mark, size: int) -> int:
        """How many entries are stored along an axis of this original size."""
        match mark:
            case Equal():
                return 1
            case Objects(group):
                return int(self.groups[group].shape[0])
            case Merged(parts):
                total = 1
                for part, part_size in parts:
                    total *= self.length(part, part_size)
                return total
            case Spectrum(_, group) if group:
                return int(self.groups[group].shape[0])
            case _:
                return size

    def shape(self, layout: Layout) -> tuple[int, ...]:
        """The shape in which a value with this layout is stored."""
        return tuple(self.length(m, n) for m, n in zip(layout.marks, layout.shape, strict=True))

    def vector(self, mark: Mark, size: int, dtype: Any) -> Array:
        """How many originals each stored entry along the axis stands for."""
        jnp = require("jax.numpy")
        match mark:
            case Objects(group):
                return self.groups[group].astype(dtype)
            case Merged(parts):
                vector = jnp.ones(1, dtype)
                for part, part_size in parts:
                    vector = jnp.kron(vector, self.vector(part, part_size, dtype))
                return vector
            case _:
                return jnp.ones(self.length(mark, size), dtype)

    def along(self, x: Array, axis: int, mark: Mark, size: int) -> Array:
        """The array, each entry times its number of originals along one axis."""
        shape = [1] * x.ndim
        shape[axis] = -1
        return x * self.vector(mark, size, x.dtype).reshape(shape)

    def spread(self, x: Array, layout: Layout) -> Array:
        """The array with entries repeated along the axes that are no longer `Equal`."""
        jnp = require("jax.numpy")
        shape = self.shape(layout)
        return x if tuple(x.shape) == shape else jnp.broadcast_to(x, shape)


@dataclass(frozen=True)
class Step:
    """One equation on weighted objects; `weighted` are the groups whose weights enter."""

    layouts: tuple[Layout, ...]
    run: Run
    weighted: tuple[str, ...] = ()
    inner: "tuple[Plan, ...]" = ()


@dataclass(frozen=True)
class Plan:
    """A whole jaxpr on weighted objects; `steps` are its equations in order."""

    inputs: tuple[Layout, ...]
    outputs: tuple[Layout, ...]
    steps: tuple[tuple[Equation, Step], ...]
    run: Run


Rule: TypeAlias = "Callable[[Equation, Sequence[Layout], Planner], Step]"


class Planner(Protocol):
    """Chooses rules for the equations of a jaxpr."""

    def plan(self, closed: Any, inputs: Sequence[Layout], where: str) -> Plan:
        """The jaxpr on inputs of these layouts; `where` it is called."""
        ...

    def new_key(self) -> int:
        """A number that no other decomposition has."""
        ...


def bound(equation: Equation, arrays: Sequence[Array]) -> Sequence[Array]:
    """What the primitive itself answers, always as a list."""
    out = equation.primitive.bind(*arrays, **equation.params)
    return list(out) if equation.primitive.multiple_results else [out]


def full(layout: Layout, origin: str = "") -> Layout:
    """The layout with every axis of equal entries spread to its size."""
    return layout.marked(Ordinary(origin) if isinstance(m, Equal) else m for m in layout.marks)
