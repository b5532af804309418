"""Spaces of polynomials spanned by chosen monomials, rather than all up to a degree."""

from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import Any, cast

from ucomp_verify.algebra.multi_indices import MultiIndex, multi_indices


@dataclass(frozen=True)
class MonomialSpace:
    """The span of the monomials x^alpha, alpha in `exponents`, a downward closed set.

    With each alpha it has all that are smaller in every axis, so that an affine map of each
    axis keeps the space. Graded order is imposed. Raises ValueError for other sets.

    >>> MonomialSpace(((0, 0), (1, 0), (0, 1))).dim
    2
    """

    exponents: tuple[MultiIndex, ...]

    def __post_init__(self) -> None:
        if not self.exponents or not all(map(_is_multi_index, self.exponents)):
            raise ValueError(
                "found exponents that are no tuples of integers >= 0, or none at all; expected "
                "such as ((0, 0), (1, 0), (0, 1))"
            )
        if len({len(alpha) for alpha in self.exponents}) != 1:
            raise ValueError("found exponents of different lengths; expected one number an axis")
        ordered = sorted(set(self.exponents), key=lambda alpha: (sum(alpha), alpha))
        object.__setattr__(self, "exponents", tuple(ordered))
        for alpha in ordered:
            for _, smaller in quotients(alpha):
                if smaller not in self.as_set:
                    raise ValueError(
                        f"found {alpha} without {smaller}; expected a downward closed set: add it"
                    )

    def __len__(self) -> int:
        """The number of monomials."""
        return len(self.exponents)

    @property
    def dim(self) -> int:
        """The number of axes."""
        return len(self.exponents[0])

    @property
    def degree(self) -> int:
        """The largest total degree."""
        return sum(self.exponents[-1])

    @cached_property
    def as_set(self) -> frozenset[MultiIndex]:
        """The exponents, to ask for one."""
        return frozenset(self.exponents)

    @property
    def is_complete(self) -> bool:
        """Whether these are all monomials up to the degree."""
        return len(self) == comb(self.dim + self.degree, self.degree)


def all_monomials(dim: int, degree: int) -> MonomialSpace:
    """All monomials of total degree up to `degree`.

    >>> len(all_monomials(2, 3))
    10
    """
    return MonomialSpace(tuple(multi_indices(dim, degree)))


def linear_in_last(dim: int, degree: int) -> MonomialSpace:
    """The monomials up to the degree in which the last coordinate has exponent 0 or 1.

    >>> linear_in_last(2, 2).exponents
    ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0))
    """
    return MonomialSpace(tuple(a for a in multi_indices(dim, degree) if a[-1] <= 1))


def quotients(alpha: MultiIndex) -> list[tuple[int, MultiIndex]]:
    """The axes along which the monomial can be divided, and the quotients.

    >>> quotients((2, 0))
    [(0, (1, 0))]
    """
    return [
        (axis, (*alpha[:axis], exponent - 1, *alpha[axis + 1 :]))
        for axis, exponent in enumerate(alpha)
        if exponent
    ]


def _is_multi_index(alpha: Any) -> bool:
    return (
        isinstance(alpha, tuple)
        and alpha != ()
        and all(_is_exponent(n) for n in cast("Any", alpha))
    )


def _is_exponent(number: Any) -> bool:
    return type(number) is int and number >= 0
