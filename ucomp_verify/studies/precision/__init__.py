"""Where float64 breaks: supports and weights in three bases, judged by certified weights."""

from collections.abc import Iterator

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .tables import figures, findings, summaries

BASES = ("monomial", "legendre", "arnoldi")
DATA = ("uniform", "normal", "lognormal", "clusters")


def _cells(
    m: int, d: int, degrees: tuple[int, ...], data: tuple[str, ...] = DATA, *, trials: int = 1
) -> Iterator[Config]:
    for name in data:
        for basis in BASES:
            for trial in range(trials):
                for k in degrees:
                    yield Config.of(m=m, d=d, k=k, trial=trial, data=name, basis=basis)


def _quick() -> Iterator[Config]:
    yield from _cells(1, 1000, (5, 10, 20, 30, 40, 60, 80))
    yield from _cells(1, 1000, (120, 160), ("uniform",))
    yield from _cells(2, 2000, (4, 8, 12))
    yield from _cells(3, 2000, (2, 4, 6))


def _default() -> Iterator[Config]:
    degrees = (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100)
    light, heavy = ("uniform", "normal"), ("lognormal", "clusters")
    yield from _cells(1, 1000, degrees, trials=2)
    yield from _cells(1, 1000, (120, 160, 200), light)
    yield from _cells(1, 1000, (300, 400), ("uniform",))
    yield from _cells(1, 1000, (120, 160), ("lognormal",))
    yield from _cells(2, 4000, (4, 8, 12, 16, 20, 25, 30), light)
    yield from _cells(2, 4000, (4, 6, 8, 10, 12, 16), heavy)
    yield from _cells(3, 4000, (2, 4, 6, 8, 10, 12), light)
    yield from _cells(3, 4000, (2, 3, 4, 5, 6, 8), heavy)


def _full() -> Iterator[Config]:
    degrees = (*range(5, 101, 5), 120, 140, 160, 180, 200, 250, 300, 350, 400)
    yield from _cells(1, 1000, degrees, trials=5)
    yield from _cells(2, 4000, (*range(2, 21, 2), 25, 30), trials=3)
    yield from _cells(3, 4000, tuple(range(2, 13)), trials=3)


STUDY = Study(
    slug="precision",
    title="Where float64 selection and weights break",
    about=(
        "d points are reduced once to a support that float64 chooses with values of polynomials "
        "up to degree k: raw monomials (divided by the largest coordinate), products of Legendre "
        "polynomials on the box, or polynomials orthonormal over the points (Arnoldi). The exact "
        "weights on that support are enclosed by balls. Data: uniform in [-1, 1]^m, normal, "
        "lognormal, and three clusters of width 1e-3."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column("features", "polynomials that the basis has on the points"),
        Column("problem", "what went wrong in float64, or nothing"),
        Column("nodes", "nodes that float64 kept; as many as monomials if all went well"),
        Column("condition", "condition number of the basis on the support, in float64"),
        Column("positive", "exact weights on the support that are certainly > 0"),
        Column("negative", "exact weights on the support that are certainly < 0"),
        Column("undecided", "exact weights whose sign balls could not tell"),
        Column("all_positive", "whether all exact weights are certified > 0"),
        Column("weights_error", "sum of |float64 - exact weight| over the mass"),
        Column("worst_weight", "largest |float64 - exact weight| / |exact weight|"),
        Column(
            "defect",
            "largest mismatch of a Chebyshev moment, of the float64 weights, over "
            "the mass: an upper bound, rounded up",
        ),
        Column("dps", "digits of the balls that the signs were decided with"),
        Column("path", "how exact weights were found"),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
)
