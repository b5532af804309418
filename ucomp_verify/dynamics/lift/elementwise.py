"""Primitives that treat all entries alike: the same function of each."""

from collections.abc import Sequence

from . import spectral
from .equations import Equation
from .marks import Layout
from .plans import Array, Planner, Step, Weights, bound

_ALL = """
abs acos acosh add add_any and asin asinh atan atan2 atanh bessel_i0e bessel_i1e cbrt ceil clamp
clz complex conj convert_element_type copy copy_p cos cosh device_put digamma div eq eq_to erf
erf_inv erfc exp exp2 expm1 floor ge gt igamma igamma_grad_a igammac imag integer_pow is_finite le
le_to lgamma log log1p logistic lt lt_to max min mul mul_add mulhi ne neg nextafter not
optimization_barrier or polygamma population_count pow pvary real reduce_precision
regularized_incomplete_beta rem round rsqrt select_n sharding_constraint shift_left
shift_right_arithmetic shift_right_logical sign sin sinh sqrt square stop_gradient sub tan tanh
xor zeta
"""
NAMES = frozenset(_ALL.split())
"""Coordinate by coordinate; `optimization_barrier` and `device_put` one operand at a time."""

_ONE_BY_ONE = frozenset({"optimization_barrier", "device_put"})


def rule(equation: Equation, layouts: Sequence[Layout], planner: Planner) -> Step:
    """Operands meet axis by axis; the marks of the result are what they share."""
    del planner
    if equation.name in _ONE_BY_ONE:
        return Step(tuple(layouts), lambda _, arrays: bound(equation, arrays))
    if any(x.is_spectral for x in layouts):
        out = spectral.elementwise(equation, layouts)
    else:
        out = shared_layout(equation, layouts)

    def run(weights: Weights, arrays: Sequence[Array]) -> Sequence[Array]:
        spread = [
            a if not x.shape else weights.spread(a, out)
            for a, x in zip(arrays, layouts, strict=True)
        ]
        return bound(equation, spread)

    return Step((out,), run)


def shared_layout(equation: Equation, layouts: Sequence[Layout]) -> Layout:
    """The layout that all operands, scalars aside, can be spread to."""
    full = [x for x in layouts if x.shape]
    return Layout(equation.shapes[0], equation.joined_marks(full) if full else ())
