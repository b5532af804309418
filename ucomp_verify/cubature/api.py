"""Cubature for continuous measures: one call, and what it refuses."""

from .domains import Domain, named_domain
from .rule import CubatureRule

MIN_DPS, MAX_DPS = 15, 500
MAX_DIM = 60
MAX_DEGREE = 400
MAX_RANK = 1100  # moments; some 2 minutes at most
MAX_ELIMINATED = 300  # moments up to which nodes are eliminated
MAX_WORK = 10**10  # of the choice of nodes, as `starting_work` counts it; some 2 minutes at most


class CubatureRefused(ValueError):
    """An argument is out of range, or the work too much; the text says what to do."""


class NoRuleFound(ArithmeticError):
    """No choice of nodes could be proved to carry a positive rule."""


def cubature(
    domain: str | Domain,
    dim: int,
    degree: int,
    dps: int = 50,
    *,
    eliminate: bool = False,
    seed: int = 0,
) -> CubatureRule:
    """A positive rule, exact for all polynomials up to the degree, on nodes in the domain.

    It has at most N = binom(dim + degree, degree) nodes (Tchakaloff, 1957), on a sphere the
    dimension of the polynomials on it; see `CubatureRule` for what is proved. `domain` is a
    name as in `named_domain`. Nodes are rational; with `eliminate` they become balls, fewer
    than N where that succeeds. Deterministic for a seed. Raises CubatureRefused,
    UnknownDomain, or NoRuleFound where float64 finds no nodes (weights far below 1e-30).

    >>> rule = cubature("simplex", 2, 3, dps=30)
    >>> len(rule) <= 10, all(w.center > w.radius for w in rule.weights)
    (True, True)
    """
    _require_integers(dim=dim, degree=degree, dps=dps, seed=seed)
    if not isinstance(eliminate, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise CubatureRefused(f"found eliminate = {eliminate!r}; expected True or False")
    if not MIN_DPS <= dps <= MAX_DPS:
        raise CubatureRefused(f"found {dps} digits; expected {MIN_DPS} to {MAX_DPS}: change dps")
    if not 1 <= dim <= MAX_DIM:
        raise CubatureRefused(f"found dimension {dim}; expected 1 to {MAX_DIM}: change dim")
    if not 0 <= degree <= MAX_DEGREE:
        raise CubatureRefused(f"found degree {degree}; expected 0 to {MAX_DEGREE}: change degree")
    where = _domain(domain, dim)
    _require_small(where.rank(degree), eliminate=eliminate)
    from .construction import eliminated_rule, tchakaloff_rule
    from .start import starting_work

    if starting_work(where, degree) > MAX_WORK:
        raise CubatureRefused(
            f"found degree {degree} in {dim} dimensions, minutes of work; expected less: "
            "lower the degree or the dimension"
        )
    smaller = eliminated_rule(where, degree, dps, seed=seed) if eliminate else None
    return smaller or tchakaloff_rule(where, degree, dps, seed=seed)


def _domain(domain: str | Domain, dim: int) -> Domain:
    if isinstance(domain, str):
        return named_domain(domain, dim)
    if not isinstance(domain, Domain):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise CubatureRefused(f"found the domain {domain!r}; expected a Domain or its name")
    if domain.dim != dim:
        raise CubatureRefused(f"found dim {dim} for {domain.name} in {domain.dim} dimensions")
    return domain


def _require_integers(**values: object) -> None:
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int):
            raise CubatureRefused(f"found {name} = {value!r}; expected an integer")
    if isinstance(values["seed"], int) and values["seed"] < 0:
        raise CubatureRefused(f"found seed = {values['seed']}; expected an integer >= 0")


def _require_small(rank: int, *, eliminate: bool) -> None:
    most = MAX_ELIMINATED if eliminate else MAX_RANK
    if rank > most:
        cure = "lower the degree or the dimension"
        cure += ", or do not eliminate nodes" if eliminate and rank <= MAX_RANK else ""
        raise CubatureRefused(f"found {rank} moments; expected at most {most}: {cure}")
