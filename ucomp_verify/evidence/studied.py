"""What committed results of studies come to: estimates, as long as the code is theirs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ucomp_verify.findings import Estimate
from ucomp_verify.studies import load, place_of, slugs
from ucomp_verify.studies.results import FOLDER, read_results


class StaleResults(ValueError):
    """Results were made by other code than that of today, and say nothing about it."""


def studies_on(claims: Sequence[str], folder: Path = FOLDER) -> Iterator[tuple[str, list[str]]]:
    """The slug of each study with committed results, and those of the claims it is made for."""
    for slug in slugs():
        if (folder / f"{slug}.jsonl").is_file():
            wanted = [claim for claim in load(place_of(slug)).claims if claim in claims]
            if wanted:
                yield slug, wanted


def study_findings(slug: str, folder: Path = FOLDER) -> tuple[tuple[Estimate, ...], str]:
    """The estimates that the study makes of its committed rows, and the SHA-256 of the file.

    Raises StaleResults if the study's code has changed since, UnreadableResults for a file
    that holds something else.
    """
    results = read_results(folder / f"{slug}.jsonl")
    if not results.is_current:
        raise StaleResults(
            f"found results of {results.dates[1]}, made by other code ({results.code[:12]}); "
            f"expected those of the code as it is: `ucomp-verify study run {slug}` makes new ones"
        )
    return results.study.findings(results.table), results.sha256
