"""Integers, vectors and points as they stand in a file, and the words for them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.kernel import MalformedCertificate, refusals
from ucomp_verify.kernel.rationals import Points, Vector, dot, integer, show
from ucomp_verify.kernel.refusals import cost, excerpt, expect, limit_work, max_bits

MAX_BITS, MAX_WORK = refusals.MAX_BITS, refusals.MAX_WORK


@given(st.integers() | st.integers(-(2**300), 2**300))
def test_every_integer_is_read_in_its_shortest_form(value: int) -> None:
    assert integer(format(value, "x")) == value


@given(st.text(alphabet="0123456789abcdefABCDEF+-_xX .,", max_size=8))
def test_no_other_form_is_read(text: str) -> None:
    try:
        value = int(text, 16)
    except ValueError:
        value = None
    if value is not None and format(value, "x") == text:
        assert integer(text) == value
    else:
        with pytest.raises(MalformedCertificate, match='in its shortest form such as "-1f", got '):
            integer(text)


def test_the_longest_integer_has_a_megabyte_of_digits() -> None:
    digits = MAX_BITS // 4
    assert integer("f" * digits) == (1 << MAX_BITS) - 1
    with pytest.raises(MalformedCertificate, match=f"^expected at most {MAX_BITS} bits, got 'fff"):
        integer("f" * (digits + 1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-3, 4), "-3/4"),
        (Fraction(2**32 - 1, 2**31), f"{2**32 - 1}/{2**31}"),  # 32 + 32 bits
        (Fraction(2**32, 2**31 + 1), "2.0e+0"),  # 33 + 32
        (Fraction(-(2**62)), f"{-(2**62)}"),  # 63 + 1
        (Fraction(2**64), "1.8e+19"),
        (Fraction(1, 3**200), "3.8e-96"),
        (Fraction(10**400, 7), "1.4e+399"),
        (Fraction(-7, 10**400), "-7.0e-400"),
        (Fraction(2**127 - 1, 2**128), "5.0e-1"),
        (Fraction(3**90, 2**140), "6.3e+0"),
        (Fraction(2**4_000_000), "9.6e+1204119"),
        (Fraction(-1, 2**4_000_000), "-1.0e-1204120"),
    ],
)
def test_a_rational_is_shown_exactly_if_it_is_short(value: Fraction, text: str) -> None:
    assert show(value) == text


@given(st.fractions().filter(bool), st.integers(-3000, 3000))
def test_a_long_rational_is_shown_to_two_digits(value: Fraction, exponent: int) -> None:
    scaled = value * Fraction(2) ** exponent
    text = show(scaled)
    if "e" in text:
        shown = Fraction(text)
        assert abs(shown - scaled) <= abs(scaled) * Fraction(1, 19)
    else:
        assert Fraction(text) == scaled


def test_a_vector_has_a_positive_denominator() -> None:
    assert Vector(6, (1, 0, -3)).fractions() == (Fraction(1, 6), 0, Fraction(-1, 2))
    assert Vector(1, ()).fractions() == ()
    for denominator in (0, -1, -2):
        with pytest.raises(
            MalformedCertificate, match=rf"^expected a denominator > 0, .*, got {denominator}$"
        ):
            Vector(denominator, (1,))
    for numerators in ((), (0,), (0, 0)):
        Vector(1, numerators)
        with pytest.raises(MalformedCertificate, match="1 if all entries are 0, got 2"):
            Vector(2, numerators)


def test_points_have_one_dimension() -> None:
    assert Points(2, ((1, 2), (3, 4))).fractions() == (
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
    )
    assert Points(1, ((0,) * 200,)).dim == 200
    for rows in ((), ((),), ((1,), (1, 2)), ((0,) * 201,)):
        with pytest.raises(
            MalformedCertificate, match=r"^expected points, all of one dimension, 1 to 200, got "
        ):
            Points(1, rows)
    with pytest.raises(MalformedCertificate, match=r"^expected a denominator > 0"):
        Points(0, ((1,),))


def test_long_vectors_of_long_numbers_are_refused() -> None:
    long = 1 << 400_000  # a common divisor costs about 2.4 million steps
    assert len(Vector(long, (1,) * 400).fractions()) == 400
    with pytest.raises(MalformedCertificate, match="steps of work"):
        Vector(long, (1,) * 500).fractions()
    with pytest.raises(MalformedCertificate, match="steps of work"):
        Points(long, ((1,),) * 500).fractions()


def test_a_dot_product_needs_equal_lengths() -> None:
    assert dot([Fraction(1, 2), Fraction(3)], [Fraction(4), Fraction(5)]) == 17
    assert dot([], []) == 0
    for left, right in (([Fraction(1)], []), ([], [Fraction(1)])):
        with pytest.raises(ValueError, match="zip"):
            dot(left, right)


@given(st.lists(st.fractions() | st.integers()))
def test_max_bits_is_the_length_of_the_longest(values: list[Fraction | int]) -> None:
    lengths = [n.bit_length() for v in values for n in Fraction(v).as_integer_ratio()]
    assert max_bits(values) == max(lengths, default=0)


def test_an_operation_costs_more_the_longer_the_fractions() -> None:
    assert (cost(0), cost(255), cost(256)) == (20, 20, 21)
    assert (cost(1 << 10), cost(1 << 20)) == (36, (1 << 24) + 20)


def test_the_limit_itself_is_allowed() -> None:
    limit_work(MAX_WORK)
    expected = rf"^expected at most {MAX_WORK} steps of work \(split the certificate\), got 'more'$"
    with pytest.raises(MalformedCertificate, match=expected):
        limit_work(MAX_WORK + 1)


def test_what_was_found_is_shown_in_few_words() -> None:
    assert expect(True, "something", [1, 2]) == [1, 2]
    with pytest.raises(MalformedCertificate, match=r"^expected something, got \[1, 2\]$"):
        expect(False, "something", [1, 2])
    for value in ("x" * 10**6, [["a"] * 99] * 99, {str(i): i for i in range(999)}):
        assert len(excerpt(value)) < 300
