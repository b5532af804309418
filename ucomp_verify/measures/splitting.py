"""Each monomial as a product of two of about half its order, so that few have to be formed.

Sort the variables of a monomial: the first `half` of them make the left factor, the rest
the right one. Left factors whose last variable is v meet exactly the right factors whose
variables are v or later, so all monomials of one order come from a few matrix products, each
of them once.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement as sorted_choices
from math import comb

Word = tuple[int, ...]  # the variables of a monomial, increasing


@dataclass(frozen=True)
class Product:
    """Left factors [first, last) of an order times right factors [start, end) of an order.

    `places[i][j]` is where the monomial stands in `multi_indices`.
    """

    left: int
    first: int
    last: int
    right: int
    start: int
    end: int
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Splitting:
    """How all monomials up to a degree in some variables split into two factors.

    Left factors of an order stand sorted by their last variable, `ends[order][v]` of them
    have no variable after v. `turns[order]` lists them sorted by their first variable, as
    right factors are.
    """

    dim: int
    degree: int
    half: int
    counts: tuple[int, ...]
    ends: tuple[tuple[int, ...], ...]
    turns: tuple[tuple[int, ...], ...]
    products: tuple[Product, ...]


@lru_cache(maxsize=16)
def splitting(dim: int, degree: int) -> Splitting:
    """The splitting of the monomials of at most this degree in `dim` variables."""
    half = (degree + 1) // 2
    left = [_words(dim, order) for order in range(half + 1)]
    right = [sorted(words) for words in left]
    ends = [[comb(v + order, order) for v in range(dim)] for order in range(half + 1)]
    ranks = [{w: i for i, w in enumerate(words)} for words in left]
    turns = [tuple(rank[w] for w in words) for rank, words in zip(ranks, right, strict=True)]
    place = _places_of_words(dim, degree)
    boxes = [(order, 0, len(left[order]), 0, 0, 1) for order in range(half + 1)]
    for order in range(1, degree - half + 1):
        for v in range(dim):
            start = len(right[order]) - comb(dim - v + order - 1, order)
            first = ends[half][v - 1] if v else 0
            boxes.append((half, first, ends[half][v], order, start, len(right[order])))
    products = [
        Product(*box, places=_places(left[box[0]][box[1] : box[2]], right[box[3]][box[4] :], place))
        for box in boxes
    ]
    return Splitting(
        dim,
        degree,
        half,
        tuple(map(len, left)),
        tuple(map(tuple, ends)),
        tuple(turns),
        tuple(products),
    )


def _words(dim: int, order: int) -> list[Word]:
    """All words of a length, sorted by the last letter, then the one before, and so on."""
    return sorted(sorted_choices(range(dim), order), key=lambda word: word[::-1])


def _places_of_words(dim: int, degree: int) -> dict[Word, int]:
    """Where the monomials stand in `multi_indices`: there, words of a length decrease."""
    words = dict[Word, int]()
    for order in range(degree + 1):
        last = len(words) + comb(dim + order - 1, order) - 1
        for i, word in enumerate(sorted_choices(range(dim), order)):
            words[word] = last - i
    return words


def _places(
    left: list[Word], right: list[Word], place: dict[Word, int]
) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(place[a + b] for b in right) for a in left)
