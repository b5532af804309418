"""Functions are read from text exactly, written so that they are read back, or refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.functions import (
    Function,
    UnreadableFunction,
    constant,
    exp,
    parse_function,
    sigmoid,
    variables,
)
from ucomp_verify.strategies import functions

X, Y = variables(2)


@given(function=functions(3))
def test_the_text_of_a_function_is_read_back(function: Function) -> None:
    assert parse_function(str(function), 3) == function


def combined() -> st.SearchStrategy[Function]:
    """Functions of every shape, those with a 0 in the denominator too."""
    leaves: st.SearchStrategy[Function] = st.sampled_from(
        [X, Y, constant(2), constant(-3), constant(Fraction(-1, 3))]
    )
    return st.recursive(leaves, more, max_leaves=8)


def more(inner: st.SearchStrategy[Function]) -> st.SearchStrategy[Function]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: p[0] / p[1] if p[1] != constant(0) else p[0]),
        inner.map(lambda f: -f),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: p[0] ** p[1]),
        inner.map(exp),
    )


@given(function=combined())
def test_every_shape_is_read_back(function: Function) -> None:
    again = parse_function(str(function), 2)
    assert again == function and str(again) == str(function)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/(3 - x1 - x2)", 1 / (3 - X - Y)),
        ("sigmoid(x1/2 + x2)", sigmoid(X / 2 + Y)),
        ("exp(-x1**2)", exp(-(X**2))),
        ("-x1**2", -(X**2)),
        ("2**3*x1", 8 * X),
        ("0.1", constant(Fraction(1, 10))),
        ("1_000.5e-2", constant(Fraction(1000_5, 1000))),
        ("0x10", constant(16)),
        (" +x1 ", X),
    ],
)
def test_formulas_are_read_exactly(text: str, expected: Function) -> None:
    assert parse_function(text, 2) == expected


def test_one_variable_may_be_called_x() -> None:
    assert parse_function("x*x1", 1) == X * X
    with pytest.raises(UnreadableFunction, match="the name 'x'; expected x1, x2"):
        parse_function("x", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/(3 - x3)", r"at character 8, before 'x3\)': found the name 'x3'; expected x1, x2"),
        ("x1^2", r"at character 3, before '\^2'.*\*\* for powers"),
        ("x1**x2", "at character 5, before 'x2': found another exponent"),
        ("x1**-1", "expected an integer >= 0"),
        ("x1**0.5", "found another exponent"),
        ("x1**True", "found another exponent"),
        ("__import__('os').system('true')", "found another function; expected exp, sin"),
        ("abs(x1)", "found another function; expected exp, sin"),
        ("x1/0", "found a division by 0"),
        ("x1/(1 - 1)", "found a division by 0"),
        ("9**9**9", "found another exponent"),
        ("((10**500)**500)**500", "found the degree 250000; expected powers up to 1000"),
        ("(x1+", "at character 1"),
        ("x1 +", "found invalid syntax"),
        ("x1 x2", "found invalid syntax"),
        ("1e999999999", "expected an exponent of 10 up to 300"),
        ("1e-99999", "expected an exponent of 10 up to 300"),
        ("x1.real", "found Attribute"),
        ("[x1]", "found List"),
        ("lambda: 3", "found Lambda"),
        ("(x1 := 3)", "found NamedExpr"),
        ("x1 if x1 else 2", "found IfExp"),
        ("x1 < 2", "found Compare"),
        ("~x1", "found UnaryOp"),
        ("x1 // 2", "found another operation"),
        ("exp(x1, x2)", "found 2 arguments of exp; expected one"),
        ("exp()", "found 0 arguments"),
        ("exp(*x1)", "found 1 arguments of exp"),
        ("1j", "found 1j; expected a real number"),
        ("True", "found True; expected a real number"),
        ("'x1'", "expected a real number"),
        ("None", "expected a real number"),
        ("...", "expected a real number"),
        ("x1\n", None),
        ("x1\nx2", "at character 3"),
        ("é", "not in ASCII"),
        ("x1\0", "not in ASCII"),
        ("", "found 0 characters"),
        ("x1+" * 900, "found 2700 characters; expected a function such as"),
        ("-" * 1500 + "1", "inside each other"),
        ("(" * 1000, "too many nested parentheses|inside each other"),
        ("exp(" * 150 + "x1" + ")" * 150, None),
        ("+".join(["x1"] * 300), "more than 200 operations inside each other"),
        ("+".join(["x1"] * 200), None),
        ("x1000000000000", "found the name"),
        ("#x1", "found"),
    ],
)
def test_other_texts_are_refused_with_the_place(text: str, message: str | None) -> None:
    if message is None:
        parse_function(text, 2)
        return
    with pytest.raises(UnreadableFunction, match=message):
        parse_function(text, 2)


@given(text=st.text("x12()+-*/.e, sincoexp", max_size=30) | st.text(max_size=20))
def test_no_text_does_anything_else(text: str) -> None:
    try:
        function = parse_function(text, 2)
    except UnreadableFunction:
        return
    assert parse_function(str(function), 2) == function


def test_bad_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="found dim 0"):
        parse_function("1", 0)
