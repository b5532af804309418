"""The table of largest ratios: from decided instances alone, tightest first within a claim."""

from fractions import Fraction

from tests.reports.examples import claim, evidence, report_on
from ucomp_verify.claims import Bearing
from ucomp_verify.evidence import Authority, Evidence, Method
from ucomp_verify.findings import Comparisons, Enclosure
from ucomp_verify.reports.html import html
from ucomp_verify.reports.tightness import Ratio, ratios


def compared(slug: str, family: str, ratio: Fraction, *, prec: int = 0) -> Evidence:
    found = Comparisons(
        slug, family, 9, 7, None, Enclosure(ratio, ratio, prec), (("m", "2"), ("k", "3")), prec
    )
    return evidence(slug, Bearing.INSTANCE, method=Method.INSTANCES, finding=found)


REPORT = report_on(
    [claim("a"), claim("b")],
    [
        compared("b", "poles", Fraction(1, 3)),
        compared("b", "sigmoids", Fraction(1, 2), prec=128),
        compared("a", "signs", Fraction(1)),
        evidence("a", Bearing.INSTANCE),
    ],
)


def test_rows_in_the_order_of_the_claims_and_of_the_ratios() -> None:
    assert ratios(REPORT.entries) == (
        Ratio("a", "signs", 7, 1.0, "m = 2, k = 3", exact=True),
        Ratio("b", "sigmoids", 7, 0.5, "m = 2, k = 3", exact=False),
        Ratio("b", "poles", 7, 1 / 3, "m = 2, k = 3", exact=True),
    )


def test_balls_have_the_authority_of_balls() -> None:
    pieces = {p.finding: p.authority for e in REPORT.entries for p in e.verdict.basis}
    by_family = {f.family: a for f, a in pieces.items() if isinstance(f, Comparisons)}
    assert by_family == {
        "signs": Authority.EXACT,
        "poles": Authority.EXACT,
        "sigmoids": Authority.BALL,
    }


def test_the_page_shows_them() -> None:
    page = html(REPORT)
    assert '<h2 id="tightness">' in page and "m = 2, k = 3" in page
    assert "0.333" in page
    assert '<h2 id="tightness">' not in html(report_on([claim("a")], []))


def test_orders_of_magnitude() -> None:
    row = Ratio("a", "", 1, 1e-3, "", exact=True)
    assert abs(row.orders - 3) < 1e-12
    assert Ratio("a", "", 1, 0.0, "", exact=True).orders == 0.0
    assert Ratio("a", "", 1, 1.0, "", exact=True).text == "1"
