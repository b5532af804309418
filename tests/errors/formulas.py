"""Functions of two variables, classes that hold them, and rules good and bad."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from ucomp_verify.bounds import Cosine, PolydiscClass, PolyellipseClass, RidgeClass, Sigmoid, Tanh
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.errors.expansions import ExponentialClass
from ucomp_verify.measures import FloatMeasure
from ucomp_verify.measures.rules import Rule

FORMULAS = [  # with a class that holds each on [-1, 1]^2
    ("sigmoid(x1/2 - x2/2)", RidgeClass(Sigmoid(), 2)),
    ("sigmoid(3*x1 + x2 - 5)", RidgeClass(Sigmoid(), 2, Fraction(4))),
    ("tanh(x1 + 1/3)", RidgeClass(Tanh(), 2)),
    ("sin(0.9*x2 + 7)", RidgeClass(Cosine(), 2)),
    ("cos(5*x1 - 3*x2)", RidgeClass(Cosine(), 2, Fraction(8))),
    ("exp(x1 - x2)", ExponentialClass(Fraction(2))),
    ("exp(x1/4)/3 + exp(-x2)/2", ExponentialClass(Fraction(1))),
    ("1/(4 - x1 - x2)", PolyellipseClass(2, Fraction(3), Fraction(2))),  # 4 - 10/3 >= 1/2
    ("1/(4 - x1 - x2)", PolydiscClass(2, Fraction(1), Fraction(1, 2), Fraction(1))),
]


def measure_of(seed: int, count: int = 60) -> FloatMeasure:
    rng = np.random.default_rng(seed)
    return FloatMeasure(rng.uniform(-1, 1, (count, 2)), rng.uniform(0, 2, count))


def rules_of(measure: FloatMeasure) -> list[Rule]:
    """Good and bad ones: matched, nearly, not at all, with negative weights."""
    matched = reduce_measure(measure, 4).rule
    rounded = Rule(matched.indices, tuple(Fraction(float(w)) for w in matched.weights))
    shifted = (matched.weights[0] + Fraction(1, 10**7), *matched.weights[1:])
    return [
        matched,
        rounded,
        replace(matched, weights=shifted),
        Rule((3, 5), (Fraction(30), Fraction(30))),
        Rule((3, 5, 3), (Fraction(90), Fraction(-30), Fraction(1, 3))),
    ]
