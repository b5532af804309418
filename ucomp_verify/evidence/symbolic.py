"""Polynomial identities that instances of claims come to, computed anew at every check."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ucomp_verify.claims.identities import (
    CLOSED_FORM,
    DUPLICATION,
    EQUIVARIANT_FORM,
    GENERATION,
    INVARIANT_COMPOSITION,
    NO_LATENT_FORM,
    NO_LATENT_FORM_FAMILY,
    SHARP_ORDER,
    UNBOUNDED_POWERS,
    UNBOUNDED_POWERS_FAMILY,
    UNNORMALISED_GAP,
)
from ucomp_verify.findings import SymbolicIdentity

if TYPE_CHECKING:
    from ucomp_verify.algebra.equivariant import Component


class SymbolicCheckFailed(ValueError):
    """Two sides that a claim, or the program, takes for equal are different polynomials."""


@dataclass(frozen=True)
class SymbolicCheck:
    """`find` returns the identity that bears on the claims, or raises ValueError."""

    name: str
    claims: tuple[str, ...]
    find: Callable[[], SymbolicIdentity]


def run_check(name: str) -> tuple[SymbolicIdentity, str]:
    """The identity that a check establishes, and the SHA-256 of the programs that did it.

    Raises `SymbolicCheckFailed`, with the first difference, if it does not hold.
    """
    subject = find_check(name)
    try:
        return subject.find(), _digest()
    except ValueError as error:
        raise SymbolicCheckFailed(f"{name}: {error}") from error


def find_check(name: str) -> SymbolicCheck:
    """The check with this name; KeyError names the known ones."""
    for candidate in CHECKS:
        if candidate.name == name:
            return candidate
    known = ", ".join(c.name for c in CHECKS)
    raise KeyError(f"no symbolic check {name!r}; known: {known}")


def _digest() -> str:
    """SHA-256 of this module and of the algebra, in the order of their names."""
    here = Path(__file__).resolve()
    sources = [here, *sorted((here.parents[1] / "algebra").glob("*.py"))]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _trained(
    rule_name: str, loss_name: str, weights: tuple[int, ...], steps: int
) -> SymbolicIdentity:
    from ucomp_verify.algebra.optimisers import find_loss, find_rule
    from ucomp_verify.algebra.training import check_duplication

    loss, rule = find_loss(loss_name), find_rule(rule_name)
    checks = check_duplication(loss, rule, weights, steps=steps)
    return SymbolicIdentity(
        DUPLICATION,
        (("rule", rule_name), ("loss", loss_name), ("c", _tuple(weights)), ("steps", str(steps))),
        family="single rules and losses, every start and step size",
        shows=f"{rule_name} on $L = {loss.formula}$: objects of weights ${_tuple(weights)}$ are "
        f"where their {sum(weights)} copies are after {steps} step(s), by the mean-field form and "
        f"by gradients divided by weights; {checks} polynomials agree",
        checks=checks,
    )


def _generic_map(
    dim: int, degree: int, statistics_degree: int, weights: tuple[int, ...]
) -> SymbolicIdentity:
    from ucomp_verify.algebra.duplication import check_duplication_of, generic_map

    generic = generic_map(dim, degree=degree, statistics_degree=statistics_degree)
    checks = check_duplication_of(generic, weights)
    degrees = f"deg Phi <= {degree}, deg G <= {statistics_degree}"
    return SymbolicIdentity(
        DUPLICATION,
        (("m", str(dim)), ("c", _tuple(weights))),
        family=f"m = {dim}, every polynomial map with {degrees}",
        shows=rf"$\Phi$ and $G$ with {generic.num_shared} symbols as coefficients: one step takes "
        f"objects of weights ${_tuple(weights)}$ where it takes their {sum(weights)} copies",
        checks=checks,
    )


def _composed(dim: int, num_points: int, degree: int, map_degree: int) -> SymbolicIdentity:
    from ucomp_verify.algebra.composition import check_composition

    checks = check_composition(dim, num_points, degree=degree, map_degree=map_degree)
    degrees = f"deg f <= {degree}, deg T <= {map_degree}"
    return SymbolicIdentity(
        INVARIANT_COMPOSITION,
        (("m", str(dim)), ("d", str(num_points))),
        family=f"m = {dim}, d = {num_points}, {degrees}",
        shows=rf"$f \circ T$ is unchanged by all exchanges of neighbouring objects, for $f$ in a "
        rf"basis and $T$ with a symbol for every coefficient; {checks} identities",
        checks=checks,
    )


def _nothing(count: int) -> "tuple[Component, ...]":
    """So many components that are 0."""
    return tuple({} for _ in range(count))


def _represented(dim: int, num_points: int, degree: int) -> SymbolicIdentity:
    from ucomp_verify.algebra.equivariant import EquivariantMap, represent
    from ucomp_verify.algebra.equivariant_terms import orbit_keys

    checks, empty = 0, _nothing(dim - 1)
    for key in orbit_keys(dim, num_points, degree):
        form = represent(EquivariantMap(dim, num_points, ({key: Fraction(1)}, *empty)))
        if form.order > num_points - 1:
            raise ValueError(f"the orbit {key} needed a moment of order {form.order}")
        checks += 1
    return SymbolicIdentity(
        EQUIVARIANT_FORM,
        (("m", str(dim)), ("d", str(num_points)), ("degree", str(degree))),
        family=f"m = {dim}, d = {num_points}, degree <= {degree}",
        shows=f"all {checks} orbits of a coordinate of $T_i$ are polynomials in $w_i$ and power "
        f"sums of order at most ${num_points - 1}$, each checked by expansion",
        checks=checks,
    )


def _represented_in_every_dimension(num_points: int) -> SymbolicIdentity:
    """Orbits whose parts are different unit vectors stand for all orbits of as many parts.

    The points (w^alpha_1, ..., w^alpha_n) put any parts in their place. What is left are
    power sums of order d or more; split alpha into d parts, then the vanishing sum over
    d distinct other points, of which there are d - 1, gives them by lower ones.
    """
    from ucomp_verify.algebra.equivariant import EquivariantMap, represent
    from ucomp_verify.algebra.power_sum_polynomial import PowerSumPolynomial
    from ucomp_verify.algebra.reduction import monomials_to_power_sums

    checks = 0
    for count in range(num_points):
        own, *units = [tuple(int(i == j) for i in range(count + 1)) for j in range(count + 1)]
        generic = {(own, tuple(sorted(units))): Fraction(1)}
        represent(EquivariantMap(count + 1, num_points, (generic, *_nothing(count))))
        checks += 1
    units = [tuple(int(i == j) for i in range(num_points)) for j in range(num_points)]
    products = monomials_to_power_sums({tuple(sorted(units)): Fraction(1)})
    vanishing = PowerSumPolynomial(num_points, num_points - 1, products).expand()
    if vanishing.orbits or not products.get(((1,) * num_points,)):
        raise ValueError(f"power sums of order {num_points} do not reduce: {vanishing}")
    return SymbolicIdentity(
        EQUIVARIANT_FORM,
        (("d", str(num_points)),),
        family=f"d = {num_points}, every m and degree",
        shows=f"the orbits of at most ${num_points - 1}$ generic parts are polynomials in $w_i$ "
        f"and power sums, and the sum over ${num_points}$ different others, which is empty, gives "
        f"power sums of order ${num_points}$ and more by lower ones",
        checks=checks + 1,
    )


def _generated(num_points: int, degree: int) -> SymbolicIdentity:
    from ucomp_verify.algebra.transitions import spans

    for order in range(1, degree + 1):
        if not spans(order, num_points, order):
            raise ValueError(f"power sums of order <= {num_points} do not span degree {order}")
    return SymbolicIdentity(
        GENERATION,
        (("d", str(num_points)), ("degree", str(degree))),
        family=f"d = {num_points}, degree <= {degree}, every m",
        shows=f"products of power sums of order at most ${num_points}$ have as many independent "
        rf"ones as there are orbits, in each multidegree $(1, \dots, 1)$ up to degree ${degree}$; "
        "other symmetric polynomials come from these by setting coordinates equal",
        checks=degree,
    )


def _closed_form(count: int) -> SymbolicIdentity:
    """Too many products for a file; the kernel multiplies them out all the same."""
    from ucomp_verify.algebra import closed_form
    from ucomp_verify.kernel import RejectedCertificate, check

    units = [tuple(int(i == j) for i in range(count)) for j in range(count)]
    identity = closed_form(units)
    try:
        check(identity)
    except RejectedCertificate as error:
        raise ValueError(f"the closed form for {count} parts: {error}") from error
    return SymbolicIdentity(
        CLOSED_FORM,
        (("parts", str(count)),),
        family=f"{count} parts, every m, alpha and d",
        shows=rf"the sum over ${count}$ different points is that over {len(identity.right)} "
        r"products of power sums $q_{\alpha_B}$, one a set partition; unit vectors stand for any "
        r"parts $\alpha_j$ by substitution, and no order exceeds the degree",
        checks=1,
    )


def _spanned(dim: int, num_points: int, degree: int) -> SymbolicIdentity:
    from ucomp_verify.algebra.transitions import spans

    for order in range(1, degree + 1):
        if not spans(dim, num_points, order):
            raise ValueError(f"power sums of order <= {num_points} do not span degree {order}")
    return SymbolicIdentity(
        GENERATION,
        (("m", str(dim)), ("d", str(num_points)), ("degree", str(degree))),
        family=f"m <= {dim}, d = {num_points}, degree <= {degree}",
        shows=f"products of power sums of order at most ${num_points}$ of points in "
        rf"$\mathbb{{R}}^{{{dim}}}$ have as many independent ones as there are orbits, in every "
        f"multidegree up to degree ${degree}$; for smaller dimensions set coordinates to 0",
        checks=degree,
    )


def _shifted(num_points: int) -> SymbolicIdentity:
    from ucomp_verify.algebra.sharpness import shifted_product

    found = shifted_product(num_points)
    roots = rf"(x - 1) \cdots (x - {num_points})" if num_points > 1 else "x - 1"
    bound = f"{found.bound.numerator}/{found.bound.denominator}"
    return SymbolicIdentity(
        SHARP_ORDER,
        (("d", str(num_points)),),
        family="every m >= 1",
        shows=rf"the roots of ${roots}$ and of ${roots} + \epsilon$, real for $0 < \epsilon < "
        rf"{bound}$, have equal power sums below order ${num_points}$; those of order "
        rf"${num_points}$ differ by ${found.slope} \epsilon$",
        checks=found.checks,
    )


def _separated() -> SymbolicIdentity:
    from ucomp_verify.algebra.separation import check_separation

    checks = check_separation(max_dim=3, max_nodes=3)
    return SymbolicIdentity(
        UNNORMALISED_GAP,
        (),
        family="every m, d > d' and measure of d distinct points",
        shows=r"$g(x) = \prod_j |x - y_j|^2$ is $0$ at the $d'$ nodes $y_j$, so $\int g \, d\mu' = "
        r"0$ for all weights, and $> 0$ elsewhere, where one of $d > d'$ distinct points of $\mu$ "
        r"lies: the gap $\int g \, d\mu$ is $> 0$. For $A = \text{gap} / d$ and any $B > 0$, with "
        r"$E = \exp(-B (d')^{1/m}) \le 1$, $\text{gap} - A d E = \text{gap} (1 - E) \ge 0$: the "
        f"statement asks for no decay at all; {checks} identities",
        checks=checks,
    )


def _unbounded_powers() -> SymbolicIdentity:
    from ucomp_verify.algebra.bernoulli import check_unbounded_powers

    checks = check_unbounded_powers()
    return SymbolicIdentity(
        UNBOUNDED_POWERS,
        (),
        family=UNBOUNDED_POWERS_FAMILY,
        shows=r"for $x = 6R - 1 > 0$ Bernoulli's induction, $6R (1 + kx) = 1 + (k+1)x + kx^2 \ge "
        r"1 + (k+1)x$ from $(6R)^0 = 1$, gives $(6R)^{k+1} \ge 1 + (k+1)x = kx + 6R$ for all $k "
        r"\ge 0$; this exceeds any $C > 0$ for $k \ge C/x$, so no $C$ bounds the factor; "
        f"{checks} identities",
        checks=checks,
    )


def _no_latent_form() -> SymbolicIdentity:
    from ucomp_verify.algebra.latent_forms import check_no_latent_form

    checks = check_no_latent_form()
    return SymbolicIdentity(
        NO_LATENT_FORM,
        (),
        family=NO_LATENT_FORM_FAMILY,
        shows=r"with $x_i = 2 + w_i$ and $c = \eta \sum_i g(w_i) < 0$ one step takes $x_i$ to "
        r"$x_i - c/x_i$. A form with $L$ latent dimensions makes $\psi_c(x_i^2) + S = \partial_i "
        r"(f \circ T) / g'(w_i)$, with $\psi_c(u) = (u+c)/(u-c)$ and $S$ free of $i$, a scalar "
        r"product in $\mathbb{R}^L$ of a vector free of $i$ and one that depends on $w_i$ alone. "
        r"So for nodes $w_0, \dots, w_{L+1}$ and $L + 1$ values $c_j$, set by one more node, the "
        r"matrix $\psi_{c_j}(x_i^2) - \psi_{c_j}(x_0^2)$ has rank at most $L$. But it is Cauchy's "
        r"matrix $1/(x_i^2 - c_j)$ up to factors $\ne 0$ of rows and columns, which is "
        f"invertible: {checks} identities",
        checks=checks,
    )


def _tuple(values: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, values))})"


_WEIGHTS = (((1, 1), 1), ((3, 1), 1), ((1, 2, 1), 1), ((2, 1), 2))
_RULES = ("gradient descent", "momentum", "Nesterov momentum", "Adam, polynomial part")
_LOSSES = ("quartic", "two outputs", "regression", "three coordinates")
_GENERIC = ((1, 3, 2, (2, 1)), (1, 2, 3, (1, 2, 3)), (2, 2, 2, (2, 3)), (3, 2, 1, (1, 2)))
_GENERATED = ((1, 8), (2, 8), (3, 7), (4, 7), (5, 7), (6, 7))
_SPANNED = ((4, 3, 8), (4, 4, 8), (4, 5, 8), (4, 6, 8), (5, 4, 6))
_COMPOSED = (
    *((1, 2, 4, 2), (1, 3, 3, 2), (1, 4, 3, 2), (1, 5, 2, 2), (1, 6, 2, 1)),
    *((2, 2, 3, 1), (2, 3, 2, 1), (2, 4, 2, 1), (3, 2, 2, 1), (3, 3, 2, 1), (4, 2, 2, 1)),
)
_REPRESENTED = (
    *((1, 1, 8), (1, 2, 8), (1, 3, 8), (1, 4, 7), (1, 5, 6), (1, 6, 6)),
    *((2, 1, 8), (2, 2, 8), (2, 3, 5), (2, 4, 5), (2, 5, 4), (2, 6, 4)),
    *((3, 2, 5), (3, 3, 4), (3, 4, 4), (3, 6, 3), (4, 2, 4), (4, 3, 4), (4, 6, 3)),
)


def _name(kind: str, *values: object) -> str:
    return " ".join([kind, *(str(v).replace(" ", "") for v in values)])


def _word(name: str) -> str:
    return name.replace(",", "").replace(" ", "-")


CHECKS: tuple[SymbolicCheck, ...] = (
    *(
        SymbolicCheck(
            _name("closed-form", n), ("ftsp-closed-form", "ftsp-degree"), partial(_closed_form, n)
        )
        for n in (8, 9)
    ),
    *(
        SymbolicCheck(_name("generation", d, degree), ("ftsp",), partial(_generated, d, degree))
        for d, degree in _GENERATED
    ),
    *(
        SymbolicCheck(_name("span", *case), ("ftsp",), partial(_spanned, *case))
        for case in _SPANNED
    ),
    *(
        SymbolicCheck(_name("sharp-order", d), ("ftsp-order-sharp",), partial(_shifted, d))
        for d in range(1, 17)
    ),
    *(
        SymbolicCheck(
            _name("composition", *case), ("symmetric-composition",), partial(_composed, *case)
        )
        for case in _COMPOSED
    ),
    *(
        SymbolicCheck(
            _name("equivariant-form", *case),
            ("equivariant-representation",),
            partial(_represented, *case),
        )
        for case in _REPRESENTED
    ),
    *(
        SymbolicCheck(
            _name("equivariant-form-in-every-dimension", d),
            ("equivariant-representation",),
            partial(_represented_in_every_dimension, d),
        )
        for d in range(1, 8)
    ),
    SymbolicCheck("unnormalised-gap", ("lower-bound",), _separated),
    SymbolicCheck("unbounded-powers", ("polylog-dropped-constants",), _unbounded_powers),
    SymbolicCheck("no-latent-form", ("dynamical-lth-hypothesis",), _no_latent_form),
    *(
        SymbolicCheck(
            _name("generic-duplication", *case),
            ("mean-field-dynamics",),
            partial(_generic_map, *case),
        )
        for case in _GENERIC
    ),
    *(
        SymbolicCheck(
            _name("duplication", _word(rule), _word(loss), *weights),
            ("mean-field-dynamics",),
            partial(_trained, rule, loss, *weights),
        )
        for rule in _RULES
        for loss in _LOSSES
        for weights in _WEIGHTS
        if weights[1] == 1 or (loss in ("quartic", "two outputs") and "Adam" not in rule)
    ),
)
"""Every check, each with its instance in its name; none is drawn at random."""
