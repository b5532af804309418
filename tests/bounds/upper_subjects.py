"""The upper bounds as subjects of the hunt."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import comb

from flint import arb, ctx

from tests.bounds.examples import ball, exactly
from tests.bounds.hunting import (
    Case,
    Node,
    Sides,
    Subject,
    cases,
    cells_of,
    reduce_parts,
    reduced,
    reduced_in_cells,
)
from ucomp_verify.algebra import num_monomials
from ucomp_verify.bounds import (
    ComplexBallClass,
    Plan,
    PolydiscClass,
    PolyellipseClass,
    RidgeClass,
    Sigmoid,
    SmoothClass,
    complex_ball_bound,
    core_bound,
    degree_within,
    enclosing_radius,
    error_for_nodes,
    greedy_bound,
    grid_bound,
    grid_size_bound,
    interval_distance,
    jung_radius,
    nodes_for_error,
    packing_bound,
    polydisc_bound,
    polylog_degree,
    polylog_size,
    rate_bound,
    rate_side,
    ridge_bound,
    rounds_bound,
    small_ball_bound,
    universal_bound,
    universal_cells_bound,
)
from ucomp_verify.bounds.powers import square_root_above, whole_root
from ucomp_verify.measures import AtomicMeasure

SILENT = Sides(Fraction(0), Fraction(0), effective=False)
PREC = 200
WIDE = 8


def core(case: Case) -> Sides:
    """CI with E1 in one variable."""
    distance = interval_distance(case.derivative(case.degree + 1), case.half_side, case.degree)
    right = core_bound(distance, mass=case.mass).value
    return case.sides(reduced(case, case.degree), right)


def small_ball(case: Case) -> Sides:
    functions = _smooth(case)
    radius = enclosing_radius(case.measure)
    right = small_ball_bound(functions, mass=case.mass, radius=radius).value
    return case.sides(reduced(case, case.degree), right)


def grid(case: Case) -> Sides:
    right = grid_bound(
        _smooth(case), dim=case.dim, half_side=case.half_side, mass=case.mass, side=case.side
    ).value
    return case.sides(reduced_in_cells(case, case.degree, case.side), right)


def grid_by_size(case: Case) -> Sides:
    least = num_monomials(case.dim, case.degree)
    size = int(least * (1 + 3 * case.share) ** case.dim)
    side = whole_root(size // least, case.dim)
    right = grid_size_bound(
        _smooth(case), dim=case.dim, half_side=case.half_side, mass=case.mass, size=size
    ).value
    return case.sides(reduced_in_cells(case, case.degree, side), right)


def rounds(case: Case) -> Sides:
    least = num_monomials(case.dim, case.degree)
    size = 2 * least + int(8 * case.share)
    after = case.measure
    while (left := len(after.support)) > size:
        side = whole_root(left // (2 * least), case.dim)
        after = reduce_parts(after, cells_of(after, case.half_side, side), case.degree)
        assert len(after.support) <= left / 2
    right = rounds_bound(
        _smooth(case), dim=case.dim, half_side=case.half_side, mass=case.mass, size=size
    ).value
    return case.sides(after, right)


def greedy(case: Case) -> Sides:
    """Algorithm 1, with all clusters tried."""
    least, count = num_monomials(case.dim, case.degree), len(case.measure.nodes)
    size = least + int(3 * case.share)
    if not least <= size < count or comb(count, least + 1) > 3000:
        return SILENT
    after = case.measure
    while len(after.support) > size:
        nodes = [(case.measure.nodes[i], i) for i in after.support]
        closest = min(
            combinations(nodes, least + 1), key=lambda c: _square_diameter([w for w, _ in c])
        )
        after = reduce_parts(after, [[i for _, i in closest]], case.degree)
    radius = square_root_above(
        max(_square(w, (Fraction(0),) * case.dim) for w in case.measure.nodes)
    )
    right = greedy_bound(_smooth(case), dim=case.dim, radius=radius, count=count, size=size).value
    return case.sides(after, right)


def packing(case: Case) -> Sides:
    """Squares of the least diameter and of the bound."""
    points, size = case.measure.nodes, case.degree + 2
    if size > len(points) or comb(len(points), size) > 3000:
        return SILENT
    left = min(_square_diameter(part) for part in combinations(points, size))
    square = max(sum((x * x for x in w), Fraction(0)) for w in points)
    bound = packing_bound(len(points), size, radius=square_root_above(square), dim=case.dim)
    return Sides(left, bound.value**2, effective=left > 0)


def jung(case: Case) -> Sides:
    """Squares of the radius of the smallest disc around three points, and of its bound."""
    points = case.measure.nodes[:3]
    if len(points) < 3:
        return SILENT
    a, b, c = sorted(_square(p, q) for p, q in combinations(points, 2))
    doubled = 2 * (a * b + b * c + c * a) - a * a - b * b - c * c  # 16 times the squared area
    square = c / 4 if a + b <= c else a * b * c / doubled
    return Sides(square, jung_radius(square_root_above(c), 2) ** 2, effective=square > 0)


def polydisc(case: Case) -> Sides:
    functions = _on_polydiscs(case)
    if functions is None or functions.half_side >= case.side * functions.radius:
        return SILENT
    bound = polydisc_bound(functions, mass=case.mass, side=case.side, degree=case.degree)
    return case.sides(reduced_in_cells(case, case.degree, case.side), bound.value)


def polylog(case: Case) -> Sides:
    """T7b: the error for an eps, and the number of nodes."""
    functions = _on_polydiscs(case)
    if functions is None:
        return SILENT
    error = 2 * case.mass * functions.bound / 2**case.degree
    side, degree = polylog_degree(functions, mass=case.mass, error=error)
    if side > 40 or degree > 8:
        return SILENT
    after = reduced_in_cells(case, degree, side)
    assert len(after.support) <= polylog_size(functions, mass=case.mass, error=error)
    return case.sides(after, error)


def rate(case: Case) -> Sides:
    functions = _on_polydiscs(replace(case, share=(3 + case.share) / 4))
    if functions is None or rate_side(functions) > 12:
        return SILENT
    side = rate_side(functions)
    size = side**case.dim * (1 + int(12 * case.share))
    degree = degree_within(case.dim, size, side=side)
    bound = rate_bound(functions, mass=case.mass, size=size)
    return case.sides(reduced_in_cells(case, degree, side), bound.value)


def universal(case: Case) -> Sides:
    functions = _on_polyellipses(case)
    if functions is None:
        return SILENT
    bound = universal_bound(functions, mass=case.mass, degree=case.degree)
    return case.sides(reduced(case, case.degree), bound.value)


def universal_in_cells(case: Case) -> Sides:
    functions = _on_polydiscs(case)
    if functions is None:
        return SILENT
    bound = universal_cells_bound(functions, mass=case.mass, side=case.side, degree=case.degree)
    return case.sides(reduced_in_cells(case, case.degree, case.side), bound.value)


def complex_balls(case: Case) -> Sides:
    """E2 in the Euclidean norm: about 0, with |z_i| <= rho on the ball."""
    square = max(sum((x * x for x in w), Fraction(0)) for w in case.measure.nodes)
    radius = square_root_above(square)
    rho = case.half_side + case.widening(WIDE * case.half_side)
    size = case.size(rho)
    if size is None or radius >= rho:
        return SILENT
    functions = ComplexBallClass(rho, size)
    bound = complex_ball_bound(functions, mass=case.mass, radius=radius, degree=case.degree)
    return case.sides(reduced(case, case.degree), bound.value)


def sigmoid_ridges(case: Case) -> Sides:
    """sigmoid(<x, w> + b) in balls: the left side is a lower bound of the error."""
    slopes, offset = case.terms[0].slopes, 4 * case.share
    functions = RidgeClass(Sigmoid(), case.dim, sum(map(abs, slopes), Fraction(0)), case.half_side)
    right = ridge_bound(functions, mass=case.mass, side=case.side, degree=case.degree).value
    after = reduced_in_cells(case, case.degree, case.side)
    left = max(_sigmoid_error(case, after, slopes, offset), Fraction(0))
    return Sides(left, right, left > 0 and len(after.support) < len(case.measure.support))


def plans(case: Case) -> Sides:
    """The best plan for an error, carried out; and the best for its number of nodes."""
    functions = _on_polydiscs(case) if case.side % 2 else _on_polyellipses(case)
    if functions is None or not functions.bound:
        return SILENT
    error = functions.bound * case.mass / 4**case.degree
    plan = nodes_for_error(functions, mass=case.mass, error=error)
    again = error_for_nodes(functions, mass=case.mass, size=plan.nodes)
    assert again.nodes <= plan.nodes and again.bound.value <= error
    return _carried_out(case, plan)


def smooth_plans(case: Case) -> Sides:
    functions, m, half_side = _smooth(case), case.dim, case.half_side
    first = grid_bound(functions, dim=m, half_side=half_side, mass=case.mass, side=1).value
    error = first * case.share**3
    if not error:
        return SILENT
    plan = nodes_for_error(functions, mass=case.mass, error=error, dim=m, half_side=half_side)
    return _carried_out(case, plan)


def _carried_out(case: Case, plan: Plan) -> Sides:
    if plan.side > 40 or plan.degree > 8:
        return SILENT
    after = reduced_in_cells(case, plan.degree, plan.side)
    assert len(after.support) <= plan.nodes
    return case.sides(after, plan.bound.value)


def _smooth(case: Case) -> SmoothClass:
    return SmoothClass(case.degree + 1, case.derivative(case.degree + 1))


def _on_polydiscs(case: Case) -> PolydiscClass | None:
    radius = case.widening(WIDE * case.half_side)
    size = case.size(case.half_side + radius)
    return None if size is None else PolydiscClass(case.dim, case.half_side, radius, size)


def _on_polyellipses(case: Case) -> PolyellipseClass | None:
    rho = 1 + case.widening(WIDE * case.half_side) / case.half_side
    size = case.size(case.half_side * (rho + 1 / rho) / 2)
    if size is None:
        return None
    return PolyellipseClass(case.dim, rho, size, half_side=case.half_side)


def _sigmoid_error(case: Case, after: AtomicMeasure, slopes: Node, offset: Fraction) -> Fraction:
    """A lower bound of the error."""
    with ctx.workprec(PREC):
        total = arb(0)
        for node, new, old in zip(after.nodes, after.weights, case.measure.weights, strict=True):
            form = offset + sum(u * x for u, x in zip(slopes, node, strict=True))
            total += ball(new - old) / (1 + (-ball(form)).exp())
        return exactly(abs(total).lower())


def _square_diameter(points: Sequence[Node]) -> Fraction:
    if len(points[0]) == 1:
        return (max(points)[0] - min(points)[0]) ** 2
    return max(_square(p, q) for p, q in combinations(points, 2))


def _square(p: Node, q: Node) -> Fraction:
    return sum(((x - y) ** 2 for x, y in zip(p, q, strict=True)), Fraction(0))


ANY = cases(dims=(1, 2, 3), max_degree=3)
SMALL = cases(max_degree=2, max_nodes=9, unit=True)
LINE = cases(dims=(1,), max_degree=5)
PLANE = cases(dims=(2,), max_degree=1, max_nodes=3)
MANY = cases(dims=(1, 2), max_degree=1, min_nodes=10, max_nodes=24)

UPPER: tuple[Subject, ...] = (
    Subject("CI", LINE, core, 0.1),
    Subject("T3", ANY, small_ball, 0.3),
    Subject("L1", SMALL, packing, 0.3),
    Subject("Jung", PLANE, jung, 0.6),
    Subject("T4a", SMALL, greedy, 0.01),
    Subject("T4b", ANY, grid, 0.05),
    Subject("T4b by nodes", ANY, grid_by_size, 0.1),
    Subject("T4b in rounds", MANY, rounds, 0.005),
    Subject("T7a", ANY, polydisc, 0.001),
    Subject("T7a Euclidean", ANY, complex_balls, 0.08),
    Subject("T7b", ANY, polylog, 0.01),
    Subject("T7c", LINE, rate, 0.0005),
    Subject("T7d", ANY, universal, 0.05),
    Subject("T7d in cells", ANY, universal_in_cells, 0.01),
    Subject("T7d for ridges", ANY, sigmoid_ridges, 0.02),
    Subject("plans", ANY, plans, 0.0005),
    Subject("plans for smooth classes", ANY, smooth_plans, 0.3),
)
