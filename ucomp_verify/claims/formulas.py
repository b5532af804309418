"""Exact values as LaTeX, for what a reading shows."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ucomp_verify.kernel.certificates import WeightedSet


def rational(value: Fraction | int) -> str:
    r"""A rational in LaTeX.

    >>> print(rational(Fraction(-3, 4)))
    -\tfrac{3}{4}
    """
    number = Fraction(value)
    if number.denominator == 1:
        return str(number.numerator)
    sign = "-" if number < 0 else ""
    return rf"{sign}\tfrac{{{abs(number.numerator)}}}{{{number.denominator}}}"


def tuple_of(values: Iterable[Fraction | int]) -> str:
    """Rationals in parentheses.

    >>> tuple_of([1, 2])
    '(1, 2)'
    """
    return f"({', '.join(map(rational, values))})"


def linear_combination(terms: Iterable[tuple[Fraction, str]]) -> str:
    """Coefficients times symbols; the symbol of a constant is empty.

    >>> linear_combination([(Fraction(1), "x"), (Fraction(-2), "y"), (Fraction(3), "")])
    'x - 2 y + 3'
    """
    text = ""
    for coefficient, symbol in terms:
        size = rational(abs(coefficient))
        body = symbol if size == "1" and symbol else f"{size} {symbol}".strip()
        minus = coefficient < 0
        text += (" - " if minus else " + ") + body if text else ("-" if minus else "") + body
    return text or "0"


def univariate(coefficients: Sequence[Fraction], letter: str = "x") -> str:
    """A polynomial in one variable, highest power first.

    >>> univariate([Fraction(-1), Fraction(0), Fraction(2)])
    '2 x^{2} - 1'
    """
    powers = ["", letter, *(f"{letter}^{{{i}}}" for i in range(2, len(coefficients)))]
    terms = [(c, p) for c, p in zip(coefficients, powers, strict=False) if c]
    return linear_combination(reversed(terms))


def monomial(letters: Sequence[str], exponents: Sequence[int]) -> str:
    """A product of powers.

    >>> monomial(["x", "y"], (2, 1))
    'x^{2} y'
    """
    powers = [(a, e) for a, e in zip(letters, exponents, strict=True) if e]
    return " ".join(a if e == 1 else f"{a}^{{{e}}}" for a, e in powers)


def power_sums(
    terms: Iterable[tuple[Fraction, Sequence[int], Sequence[Sequence[int]]]],
    *,
    own: str = "w",
    most: int = 8,
) -> str:
    """Coefficient * own point * product of power sums in LaTeX, the first `most` terms.

    >>> power_sums([(Fraction(1), (0,), [(1,), (1,)]), (Fraction(-1), (0,), [(2,)])])
    'q_{1}^{2} - q_{2}'
    """
    out: list[tuple[Fraction, str]] = []
    every = list(terms)
    for coefficient, exponents, factors in every[:most]:
        letters = [f"{own}_{{{a + 1}}}" for a in range(len(exponents))]
        names = [f"q_{{{''.join(map(str, alpha))}}}" for alpha in factors]
        unique = list(dict.fromkeys(names))
        product = monomial(unique, [names.count(name) for name in unique])
        out.append((coefficient, " ".join(filter(None, (monomial(letters, exponents), product)))))
    more = rf" + \cdots \; ({len(every)}\ \text{{terms}})" if len(every) > most else ""
    return linear_combination(out) + more


def weighted_set(at: WeightedSet | None) -> str:
    """Points and their weights, in LaTeX between dollar signs; "" for none."""
    if at is None:
        return ""
    nodes = ", ".join(rational(x[0]) if len(x) == 1 else tuple_of(x) for x in at.nodes.fractions())
    return f"${nodes}$ with the weights ${tuple_of(at.weights.fractions())}$"
