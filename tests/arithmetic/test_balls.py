"""Enclosures of solutions: they hold the exact one, are narrow, and refuse what is not known."""

from fractions import Fraction
from itertools import product
from typing import Any, cast

import numpy as np
import pytest
from flint import fmpq_mat, fmpz_mat
from hypothesis import assume, given
from hypothesis import strategies as st

from ucomp_verify.arithmetic import arb
from ucomp_verify.arithmetic.balls import Enclosure, FixedSystem, enclose
from ucomp_verify.arithmetic.contraction import ENOUGH, MATRIX_ERROR, contraction

DIGITS = 25
SCALE = 1 << 100  # of the entries below 1 in size, before they are rounded


def exact_system(rows: list[list[int]], right: list[int]) -> FixedSystem:
    nothing = [0] * len(rows)
    return FixedSystem(
        [[v * SCALE for v in r] for r in rows], [v * SCALE for v in right], nothing, nothing
    )


def exact_solution(rows: list[list[int]], right: list[int]) -> list[Fraction]:
    solution = fmpq_mat(fmpz_mat(rows)).solve(fmpq_mat(fmpz_mat(len(right), 1, right)))
    return [Fraction(int(v.p), int(v.q)) for v in solution.entries()]


def require_enclosed(found: Enclosure | None, exact: list[Fraction]) -> Enclosure:
    assert found is not None
    assert found.radius < Fraction(1, 10**DIGITS) * max(map(abs, exact))
    assert all(abs(a - b) <= found.radius for a, b in zip(found.values, exact, strict=True))
    return found


def square(draw: st.DrawFn, most: int = 8) -> list[list[int]]:
    count = draw(st.integers(1, most))
    entry = st.integers(-(10**6), 10**6)
    return draw(
        st.lists(st.lists(entry, min_size=count, max_size=count), min_size=count, max_size=count)
    )


squares = st.composite(square)()


@given(rows=squares, data=st.data())
def test_the_exact_solution_is_enclosed(rows: list[list[int]], data: st.DataObject) -> None:
    assume(fmpz_mat(rows).det() != 0)
    right = data.draw(st.lists(st.integers(1, 10**6), min_size=len(rows), max_size=len(rows)))
    exact = exact_solution(rows, right)
    assume(all(exact))
    found = require_enclosed(enclose(exact_system(rows, right), DIGITS), exact)
    goal = min(map(abs, exact)) / 10**DIGITS
    assert found.radius <= goal


def hilbert(count: int) -> list[list[int]]:
    common = int(np.lcm.reduce(np.arange(1, 2 * count, dtype=object)))
    return [[common // (i + j + 1) for j in range(count)] for i in range(count)]


@pytest.mark.parametrize("count", [5, 12, 25, 40])
def test_ill_conditioned_systems_are_solved_after_combinations_of_rows(count: int) -> None:
    rows, right = hilbert(count), [1 << 64] * count
    require_enclosed(enclose(exact_system(rows, right), DIGITS), exact_solution(rows, right))


def rounded(rows: list[list[int]], right: list[int], bits: int) -> FixedSystem:
    """The system after its last bits are cut off."""
    short = [[v >> bits for v in row] for row in rows]
    return FixedSystem(short, [v >> bits for v in right], [1] * len(rows), [1] * len(rows))


@pytest.mark.parametrize("bits", [0, 20, 60, 120, 140, 149])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_known_of_the_system_is_what_is_claimed(bits: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows = [[int(v * 2**53) << 97 for v in row] for row in draw.uniform(-1, 1, (6, 6)).tolist()]
    right = [int(v * 2**53) << 97 for v in draw.uniform(1, 2, 6).tolist()]
    exact = exact_solution(rows, right)
    found = enclose(rounded(rows, right, bits), 60)
    if found is None:
        assert bits >= 100  # 2^-50 of an entry is not enough to tell that they are independent
        return
    assert all(abs(a - b) <= found.radius for a, b in zip(found.values, exact, strict=True))
    assert found.radius < Fraction(2) ** (bits - 130) * max(map(abs, exact))
    assert found.radius > 0


def test_an_error_of_the_system_widens_the_balls() -> None:
    rows, right = [[3 << 100, 1 << 100], [1 << 100, 2 << 100]], [4 << 100, 3 << 100]
    shift = 1 << 60  # the true right side may be anywhere within it
    found = enclose(FixedSystem(rows, right, [0, 0], [shift, shift]), 30)
    assert found is not None
    for signs in [(1, 1), (1, -1), (-1, 1), (-1, -1)]:
        moved = [b + s * shift for b, s in zip(right, signs, strict=True)]
        exact = exact_solution(rows, moved)
        assert all(abs(a - b) <= found.radius for a, b in zip(found.values, exact, strict=True))


@pytest.mark.parametrize("count", [1, 4, 10])
def test_elimination_in_balls_gives_the_same(count: int) -> None:
    rows, right = hilbert(count), [1 << 64] * count
    exact, system = exact_solution(rows, right), exact_system(rows, right)
    values, radius = arb.solve(system) or ((), Fraction(0))
    assert all(abs(a - b) <= radius for a, b in zip(values, exact, strict=True))
    assert radius < max(map(abs, exact)) / 10**DIGITS
    errors = [1 << 40] * count
    rough = arb.solve(FixedSystem(system.rows, system.right, errors, errors))
    assert rough is None or rough[1] > radius
    assert arb.solve(FixedSystem([[1, 2], [2, 4]], [1, 1], [0, 0], [0, 0])) is None


def test_a_solution_with_an_entry_0_is_enclosed() -> None:
    rows, right = [[3, 1], [1, 7]], [1, 7]
    found = enclose(exact_system(rows, right), DIGITS)
    require_enclosed(found, [Fraction(0), Fraction(1)])


def test_no_scaling_of_rows_and_columns_is_too_bad() -> None:
    """Columns of sizes that float64 cannot see beside each other: Arb decides."""
    powers = [1 << (200 * i) for i in range(5)]
    rows, right = [[p**e for p in powers] for e in range(5)], [1, 0, 0, 0, 1]
    found = enclose(exact_system(rows, right), DIGITS)
    require_enclosed(found, exact_solution(rows, right))


@pytest.mark.parametrize(
    "rows",
    [
        [[0]],
        [[0, 0], [0, 0]],
        [[0, 0], [10**8, 0]],
        [[1, 2], [2, 4]],
        [[0, 0], [1, 1]],
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    ],
)
def test_a_singular_system_has_no_enclosure(rows: list[list[int]]) -> None:
    assert enclose(exact_system(rows, [1] * len(rows)), DIGITS) is None


def test_a_system_that_might_be_singular_has_none() -> None:
    rows = [[1 << 100, 1 << 100], [1 << 100, (1 << 100) + (1 << 20)]]
    certain, doubtful = [0, 0], [1 << 20, 1 << 20]
    assert enclose(FixedSystem(rows, [1 << 100, 1 << 99], certain, certain), 10) is not None
    assert enclose(FixedSystem(rows, [1 << 100, 1 << 99], doubtful, certain), 10) is None


def inverted(matrix: Any) -> Any:
    return cast("Any", np.linalg.inv)(matrix)


@pytest.mark.parametrize("count", [1, 2, 17, 120])
@pytest.mark.parametrize("seed", range(3))
def test_a_contraction_bounds_the_exact_row_sums(count: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).uniform(-1, 1, (count, count))
    proof = contraction(matrix, inverted(matrix))
    assert proof is not None
    inverse = fmpz_mat([[int(v) for v in row] for row in proof.rows.tolist()])
    image = inverse * fmpz_mat([[int(v * 2**53) for v in row] for row in matrix.tolist()])
    for i, e in enumerate(proof.exponents.tolist()):
        scale = Fraction(2) ** (e - proof.bits - 53)
        entries = [scale * int(image[i, j]) - (i == j) for j in range(count)]
        assert sum(map(abs, entries)) <= proof.factor <= ENOUGH


def test_a_contraction_allows_for_the_error_of_the_matrix() -> None:
    matrix = np.array([[1.0, 1.0], [1.0, 1.0 + 2.0**-30]])
    proof = contraction(matrix, inverted(matrix))
    assert proof is None or proof.factor > MATRIX_ERROR * 2.0**29


@pytest.mark.parametrize("wrong", [0.0, 0.4, 1.6, -1.0, np.nan, np.inf, 1e300, 1e-300])
def test_what_is_no_inverse_is_refused(wrong: float) -> None:
    matrix = np.random.default_rng(0).uniform(-1, 1, (9, 9))
    with np.errstate(all="ignore"):
        assert contraction(matrix, wrong * inverted(matrix)) is None


def test_one_wrong_row_of_the_inverse_is_found() -> None:
    matrix = np.random.default_rng(0).uniform(-1, 1, (30, 30))
    inverse = inverted(matrix)
    assert contraction(matrix, inverse) is not None
    inverse[7] *= 1.75
    assert contraction(matrix, inverse) is None


def test_too_large_entries_are_refused() -> None:
    matrix = np.eye(3)
    matrix[1, 2] = 3
    assert contraction(matrix, inverted(matrix)) is None


def hadamard(power: int) -> Any:
    """A matrix of signs with orthogonal rows, 2^power of them: its inverse is exact in float64."""
    matrix = np.ones((1, 1))
    for _ in range(power):
        matrix = np.kron(matrix, np.array([[1.0, 1.0], [1.0, -1.0]]))
    return matrix


@pytest.mark.parametrize("power", range(7))
def test_a_contraction_holds_for_every_matrix_near_by(power: int) -> None:
    """Where R A = 1 exactly, all of the factor is there for the errors of A, of any signs."""
    matrix, count = hadamard(power), 1 << power
    proof = contraction(matrix, matrix / count)
    assert proof is not None
    rows = [[int(v) for v in row] for row in proof.rows.tolist()]
    for row, e in zip(rows, proof.exponents.tolist(), strict=True):
        size = Fraction(2) ** (e - proof.bits) * sum(map(abs, row))
        assert size == 1
        assert count * size * Fraction(MATRIX_ERROR) <= proof.factor < Fraction(1, 1 << 20)


@pytest.mark.parametrize("share", [1.0, 0.75, 0.6, 1.4])
def test_a_poor_inverse_gives_a_larger_bound(share: float) -> None:
    """A = 1, so that |x| may be as large as the residual, whatever R is."""
    proof = contraction(np.eye(3), share * np.eye(3))
    assert proof is not None
    for residual in ([1 << 40] * 3, [1, 5, 1000], [0, 0, 3]):
        assert max(residual) <= proof.bound(residual)
    assert proof.bound([1 << 40] * 3) < Fraction(17, 2) * (1 << 40) * abs(1 - proof.factor)


SPREAD = 1 << 45  # an error of the system


def by_elimination(system: FixedSystem, digits: int) -> Enclosure | None:
    solved = arb.solve(system)
    return None if solved is None else Enclosure(*solved)


def corners(count: int) -> list[tuple[int, ...]]:
    return list(product((-SPREAD, SPREAD), repeat=count))


@pytest.mark.parametrize("solver", [enclose, by_elimination])
def test_errors_of_the_rows_alone_widen_the_balls(solver: Any) -> None:
    rows, right = [[3 << 100, 1 << 100], [1 << 100, 2 << 100]], [4 << 100, 3 << 100]
    found = solver(FixedSystem(rows, right, [SPREAD, 0], [0, 0]), 30)
    assert found is not None
    values, radius = found.values, found.radius
    worst = Fraction(0)
    for a, b in corners(2):
        exact = exact_solution([[rows[0][0] + a, rows[0][1] + b], rows[1]], right)
        worst = max(worst, *(abs(x - y) for x, y in zip(values, exact, strict=True)))
    assert worst <= radius <= 4 * worst


@pytest.mark.parametrize("solver", [enclose, by_elimination])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_errors_of_the_right_side_alone_widen_the_balls(solver: Any, count: int) -> None:
    """Nine rows of a Hilbert matrix are combined before float64 can invert them."""
    rows, right = hilbert(count), [1 << 64] * count
    system = exact_system(rows, right)
    errors = [SPREAD] * count
    found = solver(FixedSystem(system.rows, system.right, system.row_errors, errors), 30)
    assert found is not None
    values, radius = found.values, found.radius
    for signs in (1, -1):
        moved = [b + (signs**i) * SPREAD for i, b in enumerate(system.right)]
        rational = exact_solution([list(r) for r in system.rows], moved)
        assert all(abs(x - y) <= radius for x, y in zip(values, rational, strict=True))
    assert any(abs(x - y) > radius / 2**40 for x, y in zip(values, rational, strict=True))


def test_radii_are_what_the_errors_ask_for_where_rows_are_apart() -> None:
    eye, nothing = [[SCALE, 0], [0, SCALE]], [0, 0]
    found = enclose(FixedSystem(eye, [SCALE, 3 * SCALE], nothing, [SPREAD, SPREAD]), 30)
    assert found is not None
    assert Fraction(SPREAD, SCALE) <= found.radius < Fraction(SPREAD, SCALE) * Fraction(101, 100)
