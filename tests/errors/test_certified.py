from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from math import e
from typing import Any

import numpy as np
import pytest

from ucomp_verify.bounds import (
    Cosine,
    HypothesisNotMet,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    Tanh,
    nodes_for_error,
    sigmoid_class,
)
from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.caratheodory.reduction import Arithmetic
from ucomp_verify.compressors.cells import Cells
from ucomp_verify.errors.boxes import Box
from ucomp_verify.errors.cell_decay import decays_within
from ucomp_verify.errors.certified import (
    Posterior,
    expanded_bound,
    least_bound,
    line_bound,
    plain_bound,
    posterior_bound,
)
from ucomp_verify.errors.certified_result import (
    CertifiedError,
    certified_error,
    compression_error,
)
from ucomp_verify.errors.certified_values import enclosed_error, is_clear
from ucomp_verify.errors.decay import Decay, Ellipses
from ucomp_verify.errors.expansions import ExponentialClass, decay_on
from ucomp_verify.errors.known_classes import classes_that_hold
from ucomp_verify.errors.mismatch import chebyshev_mismatch
from ucomp_verify.functions import DeepSet, Function, parse_function
from ucomp_verify.measures import AtomicMeasure, FloatMeasure
from ucomp_verify.measures.rules import Rule

EPS = Fraction(1, 10**6)
mpmath: Any = import_module("mpmath")  # without types
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


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_no_error_exceeds_the_bound(text: str, functions: Any) -> None:
    measure = measure_of(0, 40)
    g = parse_function(text, 2)
    for rule in rules_of(measure):
        error = enclosed_error(g, measure, rule)
        found = posterior_bound(measure, rule, functions, degree=4)
        assert 0 < error.lower <= error.upper <= found.bound.value
        low = posterior_bound(measure, rule, functions, degree=4, order=4).bound
        assert error.upper <= low.value
    rule = Rule((3, 5, 3), (Fraction(90), Fraction(-30), Fraction(1, 3)))
    error = enclosed_error(g, measure, rule)
    for data in (measure, measure.exact()):
        assert error.upper <= posterior_bound(data, rule, g, degree=4, order=8).bound.value


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_no_error_exceeds_the_bound_by_cells(text: str, functions: Any) -> None:
    measure = measure_of(4, 150)
    g = parse_function(text, 2)
    after = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=2, size=60)
    assert len(after.cells) > 5
    error = enclosed_error(g, measure, after.rule)
    for known in (functions, g):
        certified = compression_error(after, known)
        assert 0 < error.upper <= certified.bound.value <= certified.prior.value
        total = sum(share.bound for share in certified.shares)
        assert total <= certified.bound.value <= total * Fraction(1001, 1000)
        assert len(certified.shares) == len(after.cells)


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_each_way_to_bound_holds(text: str, functions: Any) -> None:
    measure, g = measure_of(7, 40), parse_function(text, 2)
    for rule in rules_of(measure):
        error = enclosed_error(g, measure, rule).upper
        found = chebyshev_mismatch(measure, rule, 6, box=Box.cube(2, Fraction(1)))
        for decay in (decay_on(functions, found.box), decay_on(g, found.box)):
            ways = [expanded_bound(found, decay), plain_bound(found, decay)]
            ways += [line_bound(found, decay, k) for k in (1, 4) if decay.ridges]
            assert all(way >= error for way in ways)
            assert least_bound(found, decay, 4) == min(way for way in ways)


def test_nearly_equal_moments_cost_little_more_than_the_promise() -> None:
    """In dimension 4, where the sums over all multi-indices are far larger."""
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (200, 4)))
    rule = reduce_measure(measure, 3).rule
    rounded = Rule(rule.indices, tuple(Fraction(float(w)) for w in rule.weights))
    found = posterior_bound(measure, rounded, sigmoid_class(4), degree=3)
    assert found.defect > 0
    assert found.bound.value <= found.prior.value * (1 + Fraction(1, 10**9))
    wild = posterior_bound(measure, rounded, sigmoid_class(4, slope=Fraction(100)), degree=3)
    assert wild.bound.value < 400 < wild.prior.value


def test_half_the_bound_would_be_wrong() -> None:
    """g = c T_1 with |g| = 1 on the ellipse, on the masses 1 in 1 and in -1."""
    rho = Fraction(50)
    ends = FloatMeasure(np.array([[1.0], [-1.0]]), np.array([1.0, 0.0]))
    rule = Rule((1,), (Fraction(1),))
    bound = posterior_bound(ends, rule, PolyellipseClass(1, rho, Fraction(1)), degree=0).bound
    error = 2 * 2 / (rho + 1 / rho)
    assert error <= bound.value < error * Fraction(101, 100)


def test_a_bound_without_the_factor_two_for_each_axis_would_be_wrong() -> None:
    rho = Fraction(50)
    corners = FloatMeasure(np.array([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]]))
    data = FloatMeasure(corners.nodes, np.array([1.0, 0.0, 1.0, 0.0]))
    rule = Rule((1, 3), (Fraction(1), Fraction(1)))
    bound = posterior_bound(data, rule, PolyellipseClass(2, rho, Fraction(1)), degree=1).bound
    error = 4 * (2 / (rho + 1 / rho)) ** 2  # of T_1(x) T_1(y), which is 1 and -1 there
    assert error <= bound.value < error * Fraction(101, 100)


def test_constants_count_where_masses_differ() -> None:
    point, rule = FloatMeasure(np.array([[0.5]])), Rule((0,), (Fraction(3, 4),))
    for phi in (Sigmoid(), Tanh(), Cosine()):
        bound = posterior_bound(point, rule, RidgeClass(phi, 1), degree=2).bound
        assert Fraction(1, 4) <= bound.value < Fraction(26, 100)
    bound = posterior_bound(point, rule, PolyellipseClass(1, Fraction(2), Fraction(7)), degree=2)
    assert bound.bound.value >= Fraction(7, 4)
    grows = posterior_bound(point, rule, ExponentialClass(Fraction(2)), degree=2).bound
    assert float(grows.value) == pytest.approx(e / 4, rel=1e-9)


def test_unknown_constants_are_refused_where_masses_differ() -> None:
    class Odd:
        width = 1.0

        def bound(self, half_width: Fraction) -> Any:
            return Sigmoid().bound(half_width)

    measure = measure_of(0)
    matched, *_, unmatched = rules_of(measure)
    functions = RidgeClass(Odd(), 2)
    assert posterior_bound(measure.exact(), matched, functions, degree=4).bound.value > 0
    with pytest.raises(HypothesisNotMet, match=r"masses that may differ by .*: match the moment"):
        posterior_bound(measure, unmatched, functions, degree=4)


def test_a_little_wrong_is_seen() -> None:
    rng = np.random.default_rng(9)
    measure = FloatMeasure(rng.uniform(-1, 1, (300, 2)))
    rule = reduce_measure(measure, 12).rule
    good = posterior_bound(measure, rule, sigmoid_class(2), degree=12)
    place = max(range(len(rule.weights)), key=lambda i: rule.weights[i])
    heavy = list(rule.weights)
    heavy[place] *= 1 + Fraction(1, 10**9)
    worse = posterior_bound(measure, Rule(rule.indices, tuple(heavy)), sigmoid_class(2), degree=12)
    added = heavy[place] / (10**9 + 1)
    assert good.bound.value < EPS
    assert worse.bound.value > good.bound.value + added
    assert good.defect < Fraction(1, 10**20) < worse.defect
    others = [i for i in range(300) if i not in rule.indices]
    moved = Rule((others[0], *rule.indices[1:]), rule.weights)
    assert posterior_bound(measure, moved, sigmoid_class(2), degree=12).bound.value > 1000 * EPS


def test_it_is_sharper_than_the_promise() -> None:
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (500, 2)))
    after = reduce_measure(measure, 8)
    found = compression_error(after, sigmoid_class(2))
    promise = nodes_for_error(sigmoid_class(2), mass=Fraction(500), error=2 * found.prior.value)
    assert promise.degree == 8
    assert found.bound.value < found.prior.value
    assert found.prior.value < 2 * promise.bound.value


def test_weights_in_balls_are_taken_as_their_midpoints() -> None:
    measure = FloatMeasure(np.random.default_rng(1).uniform(-1, 1, (500, 2)))
    exact, balls = (
        compression_error(reduce_measure(measure, 6, arithmetic=kind), sigmoid_class(2))
        for kind in (Arithmetic.EXACT, Arithmetic.BALLS)
    )
    assert balls.bound.value == pytest.approx(exact.bound.value)
    floats = reduce_measure(measure, 6, arithmetic=Arithmetic.FLOAT)
    rounded = compression_error(floats, sigmoid_class(2))
    assert rounded.posterior.defect > balls.posterior.defect
    assert rounded.bound.value == pytest.approx(exact.bound.value, rel=1e-3)


def test_the_worst_cell_is_named() -> None:
    measure = measure_of(2, 400)
    after = Cells(arithmetic=Arithmetic.EXACT).compress(measure, degree=2, size=120)
    weights = list(after.rule.weights)
    weights[40] += Fraction(1)
    rule, cells = Rule(after.indices, tuple(weights)), after.cells
    found = certified_error(measure, rule, sigmoid_class(2), degree=2, cells=cells)
    assert after.indices[40] in cells[found.shares[0].place]
    assert found.shares[0].bound > 10 * found.shares[1].bound
    assert found.bound.value > 1


@pytest.mark.parametrize(("text", "functions"), FORMULAS)
def test_coefficients_are_bounded(text: str, functions: Any) -> None:
    """Against coefficients by quadrature at many points, on a box off the middle."""
    inside = isinstance(functions, PolyellipseClass)
    centre, half = ((0.0, 0.0), (1.0, 1.0)) if inside else ((0.25, -0.5), (0.5, 0.25))
    box = Box(tuple(map(Fraction, centre)), tuple(map(Fraction, half)))
    g, points, order = parse_function(text, 2), 64, 6
    angles = (np.arange(points) + 0.5) * np.pi / points
    grid = np.stack(np.meshgrid(np.cos(angles), np.cos(angles), indexing="ij"), axis=-1)
    nodes = grid.reshape(-1, 2) * np.array(half) + np.array(centre)
    values = g.observe(nodes).reshape(points, points)
    table = np.cos(np.outer(np.arange(order + 1), angles)) * 2 / points
    table[0] /= 2
    true = np.abs(table @ values @ table.T)
    options = [decay_on(functions, box), decay_on(g, box)]
    if not inside:
        options += [decays_within(f, Box.cube(2, Fraction(1)))(box) for f in (functions, g)]
    for decay in options:
        alphas = [a for n in range(order + 1) for a in _of_order(n)]
        assert decay.central is not None and decay.central > true[0, 0] * (1 - 1e-9)
        for alpha, bound in zip(alphas[1:], decay.coefficients(order), strict=True):
            assert true[alpha] <= float(bound) + 1e-14
        rest = sum(true[a] for a in alphas if sum(a) > 2)
        assert rest <= float(decay.tail(2)) * (1 + 1e-9)


def _of_order(order: int) -> list[tuple[int, int]]:
    from ucomp_verify.algebra.multi_indices import multi_indices

    return [(a, b) for a, b in multi_indices(2, order) if a + b == order]


def test_the_tail_is_the_sum_of_what_bounds_the_coefficients() -> None:
    ellipses = Ellipses(Fraction(3), (Fraction(1, 2), Fraction(1, 5), Fraction(0)))
    decay = Decay((ellipses,), None)
    far = sum(decay.coefficients(40)[decay_count(3) :], Fraction(0))
    assert far <= decay.tail(3) <= far * Fraction(1001, 1000)
    assert decay.distance(3) == decay.tail(3)
    assert replace(decay, ridges=True).distance(3) < decay.tail(3)


def decay_count(order: int) -> int:
    from ucomp_verify.algebra import num_monomials

    return num_monomials(3, order) - 1


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


def certain(bound: Fraction, lower: Fraction | None = None, upper: Fraction | None = None) -> Any:
    from ucomp_verify.bounds import Bound
    from ucomp_verify.findings import Enclosure

    posterior = Posterior(Bound(bound, "E3", "x", ()), Bound(bound, "T7d", "x", ()), 1, bound)
    if lower is None or upper is None:
        return CertifiedError(posterior)
    return CertifiedError(posterior, Enclosure(lower, upper, 9))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (certain(Fraction(1)), True),
        (certain(Fraction(2)), None),
        (certain(Fraction(2), Fraction(0), Fraction(1)), True),
        (certain(Fraction(2), Fraction(1), Fraction(2)), None),
        (certain(Fraction(4), Fraction(3), Fraction(4)), False),
    ],
)
def test_the_verdict(found: CertifiedError, expected: bool | None) -> None:
    assert found.within(Fraction(1)) is expected


def test_floats_are_no_limits() -> None:
    with pytest.raises(HypothesisNotMet, match="of type float; expected a Fraction"):
        certain(Fraction(1)).within(0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1/x1", "no neighbourhood of the box"),
        ("log(x1 + x2)", "no neighbourhood of the box"),
        ("x3", "of 3 variables; expected at most 2"),
    ],
)
@pytest.mark.parametrize("cells", [(), (np.arange(30), np.arange(30, 60))])
def test_functions_that_do_not_fit_are_refused(text: str, found: str, cells: Any) -> None:
    measure = measure_of(0)
    rule, g = rules_of(measure)[0], parse_function(text, 3)
    with pytest.raises(HypothesisNotMet, match=found):
        posterior_bound(measure, rule, g, degree=2, cells=cells)


def test_classes_on_smaller_cubes_are_refused() -> None:
    measure = measure_of(0)
    rule = rules_of(measure)[0]
    small: list[Any] = [
        PolyellipseClass(2, Fraction(2), Fraction(1), half_side=Fraction(1, 2)),
        PolydiscClass(2, Fraction(1, 2), Fraction(1), Fraction(1)),
    ]
    for functions in small:
        with pytest.raises(HypothesisNotMet, match="take a larger one"):
            posterior_bound(measure, rule, functions, degree=2)


def test_cells_that_reach_beyond_the_domain_are_refused() -> None:
    """The cube around a long cell at the edge holds the pole of a function of the class."""
    rng = np.random.default_rng(0)
    nodes = rng.uniform(-1, 1, (40, 2))
    nodes[:, 0] = 0.95 + nodes[:, 0] / 20
    measure = FloatMeasure(nodes)
    rule = reduce_measure(measure, 2).rule
    near = PolydiscClass(2, Fraction(1), Fraction(1, 4), Fraction(100))
    with pytest.raises(HypothesisNotMet, match=r"reaches 0.9.* beyond where .* about as long"):
        posterior_bound(measure, rule, near, degree=2, cells=[np.arange(40)])
    assert posterior_bound(measure, rule, near, degree=2).bound.value > 0


def test_less_is_known_where_a_cell_reaches_beyond_the_domain() -> None:
    """g = 1 / (a - x), a = 1.51, is at most 100 within 1/2 of [-1, 1]; the cell is [0.8, 1.4]."""
    known = PolydiscClass(1, Fraction(1), Fraction(1, 2), Fraction(100))
    part = Box((Fraction(11, 10),), (Fraction(3, 10),))
    decay = decays_within(known, Box.cube(1, Fraction(1)))(part)
    pole = (1.51 - 1.1) / 0.3
    root = (pole**2 - 1) ** 0.5
    for order, bound in enumerate(decay.coefficients(20), start=1):
        assert 2 / (0.3 * root * (pole + root) ** order) <= bound


def test_negative_degrees_are_refused() -> None:
    measure = measure_of(0)
    with pytest.raises(HypothesisNotMet, match="degree = -1; expected an integer >= 0"):
        posterior_bound(measure, rules_of(measure)[0], sigmoid_class(2), degree=-1)


@pytest.mark.parametrize("text", ["2", "x1", "x1**2 + x1 - 1", "sigmoid(x1)"])
def test_polynomials_and_constants_need_no_special_case(text: str) -> None:
    measure = measure_of(1)
    matched, *_, unmatched = rules_of(measure)
    g: Function = parse_function(text, 2)
    for rule in (matched, unmatched):
        error = enclosed_error(g, measure, rule)
        found = posterior_bound(measure.exact(), rule, g, degree=4)
        assert error.upper <= found.bound.value
    if text != "sigmoid(x1)":
        assert enclosed_error(g, measure, matched).upper == 0


def test_one_node_and_cells_of_one_node() -> None:
    measure = FloatMeasure(np.array([[1.0, 2.0], [3.0, 4.0]]))
    rule = Rule((0, 1), (Fraction(1), Fraction(1)))
    cells = (np.array([0]), np.array([1]))
    for known in (sigmoid_class(2), ExponentialClass(), parse_function("x1*x2", 2)):
        found = posterior_bound(measure.exact(), rule, known, degree=0, cells=cells)
        assert found.bound.value == 0


def test_expanded_bound_grows_with_what_it_is_made_of() -> None:
    measure = measure_of(0)
    found = chebyshev_mismatch(measure, rules_of(measure)[1], 5)
    small, large = (decay_on(sigmoid_class(2, slope=Fraction(s)), found.box) for s in (1, 2))
    assert expanded_bound(found, small) < expanded_bound(found, large)
    wide = replace(found, radius=found.radius + Fraction(1, 10))
    assert expanded_bound(wide, small) > expanded_bound(found, small) + Fraction(1, 10)


def test_classes_that_hold_a_function_promise_no_less_than_it_needs() -> None:
    for functions in (parse_function("1/(8 - x1 - x2)", 2), ExponentialClass(), sigmoid_class(2)):
        classes = classes_that_hold(functions, 2, Fraction(1))
        plan = nodes_for_error(classes, mass=Fraction(100), error=Fraction(1, 10))
        measure = FloatMeasure(np.random.default_rng(3).uniform(-1, 1, (100, 2)))
        found = certified_error(
            measure, reduce_measure(measure, plan.degree).rule, functions, degree=plan.degree
        )
        assert plan.side == 1
        assert plan.nodes < 100 and found.upper <= Fraction(1, 10)


def test_a_lipschitz_constant_counts_in_every_class_that_holds() -> None:
    for functions in (ExponentialClass(), sigmoid_class(1)):
        steep = replace(functions, lipschitz=Fraction(1000))
        known = classes_that_hold(steep, 1, Fraction(1))
        assert known and {c.lipschitz for c in known} == {Fraction(1000)}


@pytest.mark.parametrize("cells", [(), (np.array([0, 1]), np.array([2]))])
def test_nodes_at_the_edge_of_the_cube_fit_and_beyond_it_do_not(cells: Any) -> None:
    """0.7 has more bits than half sides keep: the box around the nodes leaves the cube."""
    edge = Fraction(0.7)
    measure = FloatMeasure(np.array([[-0.7], [0.1], [0.7]]))
    rule = Rule((0, 2), (Fraction(3, 2), Fraction(3, 2)))
    for kind in (PolydiscClass(1, edge, Fraction(1), Fraction(1)), fitting(edge)):
        assert posterior_bound(measure, rule, kind, degree=1, cells=cells).bound.value > 0
        least = replace(kind, half_side=edge - Fraction(1, 10**30))
        with pytest.raises(HypothesisNotMet, match=r"nodes that fill \[-0.7, 0.7\]"):
            posterior_bound(measure, rule, least, degree=1, cells=cells)


def fitting(half_side: Fraction) -> PolyellipseClass:
    return PolyellipseClass(1, Fraction(3), Fraction(1), half_side=half_side)


def test_a_form_may_leave_the_ellipse_of_the_least_rho_on_a_long_box() -> None:
    """On [-1, 1] x [-h, h] for h = 1/1000, where |phi| <= G for |Im| <= 1/2, so that rho is
    1.618... and 1000.0005...: a coefficient of the partial sum of phi(<u, w>), u = (0.4, 0.6),
    is larger than 2 k times what these rho would bound it by, and not for the least of them."""
    (m, n), degree, share, height = (56, 100), 200, Fraction(3, 5), Fraction(1, 1000)
    length = 1 - share + share * height
    with mpmath.workdps(250):
        pole = mpmath.mpf("0.525")  # phi(t) = 1 / (1 + (t / pole)^2), over its largest value
        largest = 1 / (1 - (mpmath.mpf("0.5") / pole) ** 2)
        found = partial_coefficient(pole / number(length), degree, (m, n), (1 - share) / length)
        found *= 2 * number(share * height / (2 * length)) ** n  # T_n(t) is about 2^(n-1) t^n
        relative = mpmath.log(abs(found) / largest / (2 * degree), 2)
    ratios = (Fraction(61803, 100000), Fraction(1, 1001))
    unequal = Decay((Ellipses(Fraction(1), ratios),), None, ridges=True)
    kinds = (unequal, unequal.of_one_form)
    unproved, proved = (d.options[0].coefficient((m, n)) for d in kinds)
    assert log_of(unproved) + 20 < relative < log_of(proved)


def log_of(value: Fraction) -> Any:
    return mpmath.log(value.numerator, 2) - mpmath.log(value.denominator, 2)


def number(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def partial_coefficient(b: Any, degree: int, alpha: tuple[int, int], scale: Fraction) -> Any:
    """Coefficient m of s -> P^(n)(scale s) / n! in Chebyshev polynomials, P the partial sum of
    1 / (1 + s^2 / b^2).

    The coefficients of P are 2 b / sqrt(1 + b^2) (-q^2)^(j / 2) for even j > 0, half that for
    j = 0, where q = sqrt(1 + b^2) - b.
    """
    m, n = alpha
    root = mpmath.sqrt(1 + b**2)
    before, now = [1], [0, 1]
    monomials = [b / root] + [mpmath.mpf(0)] * degree
    for j in range(2, degree + 1):
        after = [0, *(2 * c for c in now)]
        for i, c in enumerate(before):
            after[i] -= c
        before, now = now, after
        factor = 2 * b / root * (-1) ** (j // 2) * (root - b) ** j if j % 2 == 0 else 0
        monomials = [x + factor * c for x, c in zip(monomials, now + [0] * degree, strict=False)]
    return sum(
        monomials[i + n] * mpmath.binomial(i + n, n) * number(scale) ** i
        * mpmath.binomial(i, (i - m) // 2) * mpmath.mpf(2) ** (1 - i)
        for i in range(m, degree - n + 1, 2)
    )  # fmt: skip


def test_the_line_bound_takes_the_least_rho_on_all_axes() -> None:
    measure = FloatMeasure(np.array([[-1.0, 0.001], [1.0, -0.001], [0.5, 0.0], [0.0, 0.001]]))
    rule = Rule((0, 1), (Fraction(2), Fraction(2)))
    found = chebyshev_mismatch(measure, rule, 2)
    ratios = (Fraction(1, 2), Fraction(1, 1000))
    long = Decay((Ellipses(Fraction(1), ratios),), Fraction(1), ridges=True)
    cube = Decay((Ellipses(Fraction(1), ratios[:1] * 2),), Fraction(1), ridges=True)
    flat = Decay((Ellipses(Fraction(1), (ratios[0], Fraction(0))),), Fraction(1), ridges=True)
    assert line_bound(found, long, 2) == line_bound(found, cube, 2)
    assert line_bound(found, flat, 2) < line_bound(found, cube, 2)


def test_huge_numbers_are_shown_in_refusals() -> None:
    huge = Fraction(10) ** 400
    line = AtomicMeasure([(-huge,), (0,), (huge,)], [1, 1, 1])
    rule = Rule((0,), (huge,))
    with pytest.raises(HypothesisNotMet, match=r"\[about -2\^1328, about 2\^1328\].*larger"):
        posterior_bound(line, rule, fitting(Fraction(1)), degree=0)
    short = AtomicMeasure([(-1,), (0,), (1,)], [1, 1, 1])
    with pytest.raises(HypothesisNotMet, match=r"masses that may differ by about 2\^13"):
        posterior_bound(short, rule, RidgeClass(Unknown(), 1), degree=0)


class Unknown:
    """A function that may have any constant."""

    width = 1.0

    def bound(self, half_width: Fraction) -> Any:
        return Sigmoid().bound(half_width)


def test_what_is_beyond_the_order_counts_for_both_measures() -> None:
    measure = measure_of(0)
    found = chebyshev_mismatch(measure, rules_of(measure)[1], 3)
    decay = decay_on(sigmoid_class(2), found.box)
    before = expanded_bound(found, decay)
    for larger in (
        replace(found, mass=found.mass + 9),
        replace(found, kept_mass=found.kept_mass + 9),
    ):
        assert expanded_bound(larger, decay) >= before + 8 * decay.tail(3) > before
