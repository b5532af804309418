"""T9: an unbiased choice of directions gains half an exponent that a forced one loses.

Three kinds of cells: "exponent" compresses d uniform points to a tenth, "mean" reduces one
cell many times and tests E c' = c, "tail" reduces the same cells many times and counts large
errors. The functions are 1 / (2 m + <w, x_a>), of which all derivatives of one order have one
sign along x_a, so that errors of a forced sign cannot cancel.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from ucomp_verify.studies.model import Column, Config, Study

from .cells import METHODS, cell
from .views import PAIRS, figures, findings, summaries

SLUG = "half-exponent"
SIZES = tuple(1000 * 2**j for j in range(8))


def _exponents(
    methods: Iterable[str],
    pairs: Iterable[tuple[int, int]],
    sizes: Iterable[int],
    trials: int,
) -> Iterator[Config]:
    for method, (m, k), d, trial in product(methods, pairs, sizes, range(trials)):
        yield Config.of(test="exponent", method=method, m=m, k=k, d=d, trial=trial)


def _means(pairs: Iterable[tuple[int, int]], repeats: int, trials: int) -> Iterator[Config]:
    """Cells of three times as many nodes as monomials, so that groups are halved as well."""
    from ucomp_verify.algebra import num_monomials

    for method, (m, k), trial in product(METHODS, pairs, range(trials)):
        d = 3 * num_monomials(m, k)
        yield Config.of(test="mean", method=method, m=m, k=k, d=d, trial=trial, repeats=repeats)


def _tails(pairs: Iterable[tuple[int, int]], cells: int, repeats: int) -> Iterator[Config]:
    from ucomp_verify.algebra import num_monomials

    for method, (m, k) in product(METHODS[:2], pairs):
        d = 4 * num_monomials(m, k) * cells
        yield Config.of(
            test="tail", method=method, m=m, k=k, d=d, trial=0, cells=cells, repeats=repeats
        )


def _quick() -> Iterator[Config]:
    yield from _exponents(METHODS[:2], PAIRS, SIZES[:6], 10)
    yield from _means(PAIRS[:3], 4000, 2)
    yield from _tails(PAIRS[:2], 100, 200)


def _default() -> Iterator[Config]:
    yield from _exponents(METHODS[:2], PAIRS, SIZES, 40)
    yield from _exponents(METHODS[2:], PAIRS, SIZES, 20)
    yield from _means(PAIRS, 20_000, 5)
    yield from _tails(PAIRS, 200, 1000)


STUDY = Study(
    slug=SLUG,
    title="The unbiased reduction gains 1/2",
    about=(
        "Exponents of the error with unbiased and with forced directions, a test of E c' = c, and "
        "how often errors are large against 2 exp(-t^2 / 2)."
    ),
    version=1,
    grids={"quick": _quick, "default": _default},
    columns=(
        Column("test", "exponent, mean or tail"),
        Column(
            "method",
            "unbiased: the martingale's coin; forced: one sign; fair: either half the time",
        ),
        Column("m", "dimension"),
        Column("k", "degree up to which moments agree"),
        Column("d", "number of points; in a mean test of the one cell"),
        Column("trial", "number of the cloud and vectors"),
        Column("repeats", "of the reduction of the same points"),
        Column("error", "f(compressed) - f(data), mean over 10 vectors"),
        Column("rms", "root of the mean square of the errors of the 10 vectors"),
        Column("noise", "estimated uncertainty of the error"),
        Column("path", "how the error was found"),
        Column("dps", "digits of the arithmetic"),
        Column("cells", "cells, each with its own moments"),
        Column("nodes", "nodes kept"),
        Column("z", "largest |mean weight - weight| of a node over its standard error"),
        Column("z_rms", "root of the mean square of these; about 1 if E c' = c"),
        Column("p", "p-value of Hotelling's test of E c' = c"),
        Column("rank", "degrees of freedom of that test"),
        Column("variance", "mean square of the errors over S^2; at most 1 by T9"),
        Column("bias", "|mean error| over S"),
        *(
            Column(f"above_{level:g}", f"how many of the repeats have an error above {level:g} S")
            for level in (0.25, 0.5, 1, 1.5, 2, 3)
        ),
    ),
    cell=cell,
    summaries=summaries,
    figures=figures,
    findings=findings,
    claims=("half-exponent",),
)
