"""The true error of a rule in exact numbers and in balls."""

from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from tests.errors.formulas import measure_of
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.errors.certified_values import enclosed_error, is_clear
from ucomp_verify.functions import DeepSet, parse_function
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

mpmath: Any = import_module("mpmath")  # without types


def test_a_rational_function_on_few_nodes_is_exact() -> None:
    measure, g = measure_of(0, 20), parse_function("1/(3 - x1*x2)", 2)
    rule = Rule((1, 2), (Fraction(5), Fraction(1, 3)))
    exact, found = measure.exact(), enclosed_error(g, measure, rule)
    before = sum(w * g.at(n) for n, w in zip(exact.nodes, exact.weights, strict=True))
    after = 5 * g.at(exact.nodes[1]) + g.at(exact.nodes[2]) / 3
    assert found.lower == found.upper == abs(before - after) and found.prec == 0


@pytest.mark.parametrize("text", ["sigmoid(x1 - 2*x2)", "exp(x1*x2)*cos(x1)", "log(3 + x1)"])
def test_enclosures_hold_the_error_in_high_precision(text: str) -> None:
    measure = measure_of(3, 300)
    for rule in (reduce_measure(measure, 7).rule, Rule((0,), (measure.total_mass,))):
        found = enclosed_error(parse_function(text, 2), measure, rule)
        assert is_clear(found) and found.prec
        true = Fraction(str(_by_mpmath(text, measure, rule)))
        slack = Fraction(1, 10**60)
        assert found.lower - slack <= true <= found.upper + slack


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + mpmath.exp(-z))


def _by_mpmath(text: str, measure: FloatMeasure, rule: Rule) -> Any:
    names: dict[str, Any] = {n: getattr(mpmath, n) for n in ("exp", "cos", "log")}
    names["sigmoid"] = _sigmoid
    assert measure.weights is not None
    with mpmath.workdps(90):

        def value(node: Any) -> Any:
            x1, x2 = (mpmath.mpf(float(x)) for x in node)
            return eval(text, {**names, "x1": x1, "x2": x2})

        values = [value(node) for node in measure.nodes]
        before = sum(v * mpmath.mpf(w) for v, w in zip(values, measure.weights, strict=True))
        kept = zip(rule.indices, rule.weights, strict=True)
        after = sum(values[i] * mpmath.mpf(w.numerator) / w.denominator for i, w in kept)
        return mpmath.nstr(abs(before - after), 80)


def test_an_error_of_zero_is_not_told_from_a_small_one() -> None:
    measure = measure_of(5, 300)
    assert measure.weights is not None
    same = Rule(tuple(range(300)), tuple(map(Fraction, measure.weights.tolist())))
    found = enclosed_error(parse_function("sigmoid(x1)", 2), measure, same, most_prec=256)
    assert found.lower == 0 < found.upper < Fraction(1, 10**70)
    assert not is_clear(found)


def test_the_error_of_a_deep_set() -> None:
    (x,) = (parse_function("x", 1),)
    outer = DeepSet(x * x, parse_function("sigmoid(x)", 1))
    line = FloatMeasure(np.linspace(0, 1, 300).reshape(-1, 1))
    rule = reduce_measure(line, 3).rule
    inner = enclosed_error(parse_function("sigmoid(x)", 1), line, rule)
    found = enclosed_error(outer, line, rule)
    mass = 300
    assert found.upper < 2 * mass * inner.upper
    assert found.lower > mass * inner.lower  # h' = 2 y, and y is over half the mass
