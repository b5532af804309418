"""Equations of a jaxpr, with what a rule needs to know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .marks import Layout, Mark, Ordinary, described, groups_of, join
from .refusals import NotEquivariant, line_of


@dataclass(frozen=True)
class Equation:
    """One call of a primitive: its parameters, the shapes and dtypes that come out, its line."""

    primitive: Any
    params: dict[str, Any]
    shapes: tuple[tuple[int, ...], ...]
    dtypes: tuple[Any, ...]
    where: str

    @classmethod
    def of(cls, eqn: Any, called: str) -> "Equation":
        """The equation of a jaxpr that is called at a line."""
        avals = [v.aval for v in eqn.outvars]
        return cls(
            eqn.primitive,
            dict(eqn.params),
            tuple(tuple(int(n) for n in getattr(a, "shape", ())) for a in avals),
            tuple(getattr(a, "dtype", None) for a in avals),
            line_of(eqn.source_info, called),
        )

    @property
    def name(self) -> str:
        """The name of the primitive."""
        return str(self.primitive.name)

    @property
    def place(self) -> str:
        """The primitive and its line."""
        return f"{self.name} at {self.where}"

    def refusal(self, reason: str, cause: str = "") -> NotEquivariant:
        """The error that names this primitive and its line."""
        return NotEquivariant(self.name, self.where, reason, cause)

    def joined(self, marks: Sequence[Mark]) -> Mark:
        """What the operands share along an axis; NotEquivariant if they do not fit."""
        common = marks[0]
        for mark in marks[1:]:
            both = join(common, mark)
            if both is None:
                raise self.refusal(
                    f"along one axis it combines {described(common)} with {described(mark)}",
                    _maker(common) or _maker(mark),
                )
            common = both
        return common

    def joined_marks(self, layouts: Sequence[Layout]) -> tuple[Mark, ...]:
        """What operands of one shape share, axis by axis."""
        return tuple(self.joined(marks) for marks in zip(*(x.marks for x in layouts), strict=True))

    def without_objects(self, mark: Mark, what: str) -> None:
        """Raise NotEquivariant if the axis runs over objects."""
        if groups_of(mark):
            raise self.refusal(f"{what} an axis of {described(mark)}")

    def told_apart(self, layouts: Sequence[Layout]) -> Ordinary:
        """The mark of an axis whose entries this primitive tells apart."""
        origins = (
            m.origin for x in layouts for m in x.marks if isinstance(m, Ordinary) and m.origin
        )
        return Ordinary(next(origins, self.place))


def _maker(mark: Mark) -> str:
    """The primitive that told the entries along an axis apart."""
    origin = mark.origin if isinstance(mark, Ordinary) else ""
    return origin.split(" at ")[0] if " at " in origin else ""
