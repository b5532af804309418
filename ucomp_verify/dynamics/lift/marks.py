"""What the entries along an axis are: objects, alike, told apart, or numbers of a spectrum.

A mark says what is known, never what the size suggests. `Equal` is for an axis that was made
by repeating one entry: it fits every other axis, so `jnp.zeros(d)` may meet objects.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import prod
from typing import TypeAlias


@dataclass(frozen=True)
class Ordinary:
    """Entries are told apart by their index; `origin` says where the index comes from."""

    origin: str = field(default="", compare=False)


@dataclass(frozen=True)
class Equal:
    """All entries along the axis are equal; one of them is stored."""


@dataclass(frozen=True)
class Objects:
    """The entries belong to the objects of a group; one is stored for each weighted object."""

    group: str


@dataclass(frozen=True)
class Merged:
    """Several axes in one, the last one fastest: (mark, size) of each."""

    parts: "tuple[tuple[Mark, int], ...]"


@dataclass(frozen=True)
class Spectrum:
    """The entries belong to eigenvalues or singular values, in no order that counts.

    `key` tells decompositions apart. If `group` is not empty, only what belongs to the
    span of equal copies is stored: one entry for each weighted object of the group. The
    eigenvalues or singular values left out are 0.
    """

    key: int
    group: str = ""


Mark: TypeAlias = Ordinary | Equal | Objects | Merged | Spectrum


@dataclass(frozen=True)
class Layout:
    """Shape at the original width, one mark an axis, and what decompositions leave open.

    `odd` values change their sign with that of an eigenvector or singular vector. `loose`
    values are not known outside the span of equal copies.
    """

    shape: tuple[int, ...]
    marks: tuple[Mark, ...]
    odd: bool = False
    loose: bool = False

    @property
    def is_spectral(self) -> bool:
        """Whether the value has an axis of a spectrum or is not wholly known."""
        return self.loose or self.odd or any(isinstance(mark, Spectrum) for mark in self.marks)

    @property
    def has_objects(self) -> bool:
        """Whether some axis is about objects."""
        return self.is_spectral or any(groups_of(mark) for mark in self.marks)

    def marked(self, marks: Iterable[Mark]) -> "Layout":
        """The same value with other marks."""
        return replace(self, marks=tuple(marks))


def ordinary(shape: Iterable[int], origin: str = "") -> Layout:
    """A value without objects."""
    sizes = tuple(shape)
    return Layout(sizes, (Ordinary(origin),) * len(sizes))


def groups_of(mark: Mark) -> tuple[str, ...]:
    """The groups whose objects an axis with this mark runs over.

    >>> groups_of(Merged(((Objects("head"), 4), (Ordinary(), 3))))
    ('head',)
    """
    if isinstance(mark, Objects):
        return (mark.group,)
    if isinstance(mark, Merged):
        return tuple(group for part, _ in mark.parts for group in groups_of(part))
    return (mark.group,) if isinstance(mark, Spectrum) and mark.group else ()


def join(first: Mark, second: Mark) -> Mark | None:
    """What two values with these marks have in common entry by entry; None if nothing.

    >>> join(Equal(), Objects("neuron"))
    Objects(group='neuron')
    >>> join(Ordinary(), Objects("neuron")) is None
    True
    """
    if isinstance(first, Equal):
        return second
    if isinstance(second, Equal):
        return first
    if first != second:
        return None
    if isinstance(first, Ordinary) and not first.origin:
        return second
    return first


def described(mark: Mark) -> str:
    """The mark in words."""
    match mark:
        case Ordinary(origin):
            return f"entries told apart by {origin}" if origin else "entries told apart by index"
        case Equal():
            return "equal entries"
        case Objects(group):
            return f"objects of group {group!r}"
        case Merged(parts):
            return "merged axes (" + "; ".join(described(part) for part, _ in parts) + ")"
        case Spectrum():
            return "eigenvalues or singular values"


def parts_of(mark: Mark, size: int) -> tuple[tuple[Mark, int], ...]:
    """The axes that are merged in an axis; itself if none are."""
    return mark.parts if isinstance(mark, Merged) else ((mark, size),)


def merged(parts: Iterable[tuple[Mark, int]]) -> Mark:
    """One axis for these; axes without objects lose their marks."""
    known = tuple(parts)
    if len(known) == 1:
        return known[0][0]
    if all(isinstance(part, Equal) for part, _ in known):
        return Equal()
    if any(groups_of(part) for part, _ in known):
        return Merged(neighbours_merged(known))
    origins = (part.origin for part, _ in known if isinstance(part, Ordinary) and part.origin)
    return Ordinary(next(origins, ""))


def neighbours_merged(parts: Iterable[tuple[Mark, int]]) -> tuple[tuple[Mark, int], ...]:
    """The parts, neighbours without objects as one: equal axes then have equal marks."""
    done: list[tuple[Mark, int]] = []
    for plain, run in groupby(parts, lambda part: not groups_of(part[0])):
        group = tuple(run)
        done += [_one_ordinary(group)] if plain else group
    return tuple(done)


def _one_ordinary(parts: Iterable[tuple[Mark, int]]) -> tuple[Mark, int]:
    known = list(parts)
    origins = (part.origin for part, _ in known if isinstance(part, Ordinary) and part.origin)
    return Ordinary(next(origins, "")), prod(size for _, size in known)
