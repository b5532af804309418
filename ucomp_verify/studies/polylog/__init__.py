"""Fig. 8: compression to a multiple of log d, with the error that exact weights have.

Three questions: the error against the degree for the figure's sizes and its best degree; the
rate of the error in d' for one reduction of many points; and what of the published errors is
rounding, by weights that float64 finds on the very supports of the certified ones.
"""

from collections.abc import Iterator

from ucomp_verify.studies.model import Column, Config, Study

from .cells import cell
from .figures import drawn_beside, figures
from .findings import findings
from .tables import summaries

PUBLISHED = (1000, 2000, 4000, 8000, 16000, 32000, 64000)  # d in Fig. 8
LOG, SQUARE, SINGLE = "120 ln d", "20 ln^2 d", "k + 1"
FAR = 100_000  # d at which the rate is measured


def _orders(
    rule: str, sizes: tuple[int, ...], degrees: tuple[int, ...], trials: int
) -> Iterator[Config]:
    for d in sizes:
        for trial in range(trials):
            for k in degrees:
                yield Config.of(m=1, d=d, k=k, trial=trial, size=rule)


def _quick() -> Iterator[Config]:
    yield from _orders(SINGLE, (FAR,), (15, 30, 60, 90, 140), 1)
    yield from _orders(LOG, (1000, 4000, 16000), (4, 6, 8, 10, 20, 40), 2)


def _default() -> Iterator[Config]:
    yield from _orders(SINGLE, (FAR,), (10, 20, 30, 45, 60, 80, 100, 120, 145, 170, 210, 260), 3)
    yield from _orders(LOG, PUBLISHED, (3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 30, 40, 80), 5)
    yield from _orders(SQUARE, PUBLISHED, (4, 6, 8, 12, 20, 40), 2)


def _full() -> Iterator[Config]:
    degrees = (*range(2, 21), 25, 30, 35, 40, 50, 60, 80, 120, 160, 240)
    yield from _orders(SINGLE, (FAR,), (*range(10, 201, 10), 240, 280, 320, 360, 400), 10)
    yield from _orders(LOG, PUBLISHED, degrees, 10)
    yield from _orders(SQUARE, PUBLISHED, degrees, 10)


STUDY = Study(
    slug="polylog",
    title="Fig. 8: compression to a multiple of log d",
    about=(
        "f is the mean over uniform points of [-1, 1] and over 10 uniform vectors x_a of "
        "1 / (1.05 + w x_a). The points are cut into floor(d' / (k + 1)) cells of equally many "
        "neighbours, each is reduced once with moments up to k, and the error of the exact "
        "weights is enclosed by balls, with the digits that it takes. On the same supports float64 "
        "matches the moments, and the error of its weights is certified, too. Errors and "
        "bounds are those of the mean over the points (mass 1)."
    ),
    version=1,
    grids={"quick": _quick, "default": _default, "full": _full},
    columns=(
        Column("nodes", "nodes kept"),
        Column("target", "d' as the rule of sizes gives it"),
        Column("cells", "reductions, one for each cell of neighbours"),
        Column("error", "|f' - f| with the exact weights: the middle of the enclosure"),
        Column("error_lower", "lower end of the enclosure, a decimal rounded down"),
        Column("error_upper", "upper end of the enclosure, a decimal rounded up"),
        Column("log10_error", "log10 of the upper end"),
        Column("bound", "T7d in each cell, proved, a decimal rounded up"),
        Column("log10_bound", "log10 of the bound"),
        Column("within_bound", "whether the upper end is below the bound, by exact comparison"),
        Column("pole_rate", "log rho of the ellipse around [-1, 1] through the nearest pole of f"),
        Column("path", "how the error was found"),
        Column("dps", "decimal digits of the balls' weights"),
        Column("value_rounding", "|f in float64 - f|, without any compression"),
        *(
            Column(f"{what}_{name}", f"{words} {how}")
            for name, how in (
                ("monomial", "least squares for raw power sums"),
                ("nnls", "nonnegative least squares for raw power sums"),
                ("legendre", "least squares for Legendre polynomials"),
            )
            for what, words in (
                ("error", "certified error of float64 weights:"),
                ("negative", "negative ones among the float64 weights:"),
                ("seen", "|f' - f| as float64 evaluates it:"),
                ("log10_over", "log10 of error with float64 weights over exact ones:"),
            )
        ),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("polylog-figure", "polylog-figure-rounding"),
    beside=drawn_beside,
)
