"""The HTML report in a real browser: it works, offline, and asks for nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.optional import require_program
from tests.reports.browser import Browser, browser
from tests.reports.examples import full, hostile, small
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.reports.html import html
from ucomp_verify.verdicts import Status

_ENTER = "\ue007"
_VISIBLE = """
    const all = [...document.querySelectorAll('article.claim')];
    return all.filter(a => a.checkVisibility()).map(a => a.id)"""


@dataclass(frozen=True)
class Page:
    """The full report, open in a browser."""

    browser: Browser
    file: Path

    def reload(self) -> None:
        self.browser.open(self.file)

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.run(script, *arguments)

    def shown(self) -> set[str]:
        """The slugs of the sections that are not hidden."""
        return {name.removeprefix("claim-") for name in self.run(_VISIBLE)}


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    driver = require_program("chromedriver")
    with browser(chromium, driver, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(window: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page, which must have caused no error and no request when the test is over."""
    file = tmp_path / "report.html"
    file.write_text(html(full()), encoding="utf-8")
    window.requests()
    window.console()
    opened = Page(window, file)
    opened.reload()
    yield opened
    assert window.console() == []
    assert set(window.requests()) == {file.as_uri()}


def _in_view(page: Page, slug: str) -> bool:
    """Whether the heading of the claim's section is inside the window."""
    script = """
        const box = document.getElementById(arguments[0]).getBoundingClientRect();
        return 0 <= box.top && box.bottom <= innerHeight && box.height > 0"""
    return page.run(script, f"title-{slug}")


@pytest.mark.parametrize("slug", ["small-ball", "ftsp", "polylog-figure"])
def test_a_click_on_a_node_leads_to_its_claim(page: Page, slug: str) -> None:
    assert not _in_view(page, slug)
    page.browser.click(f'.claims-graph a[href="#claim-{slug}"]')
    assert page.run("return location.hash") == f"#claim-{slug}"
    assert _in_view(page, slug)


def test_a_node_is_reached_and_followed_by_keyboard(page: Page) -> None:
    node = '.claims-graph a[href="#claim-tchakaloff"]'
    page.run("document.querySelector(arguments[0]).focus()", node)
    assert page.run("return document.activeElement.getAttribute('href')") == "#claim-tchakaloff"
    page.browser.devtools(
        "Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r",
        windowsVirtualKeyCode=13,
    )  # fmt: skip
    assert page.run("return location.hash") == "#claim-tchakaloff"
    assert _in_view(page, "tchakaloff")
    assert page.run("return document.activeElement.id") == "claim-tchakaloff"


def test_every_link_of_the_table_leads_to_a_section(page: Page) -> None:
    links = page.run(
        "return [...document.querySelectorAll('.verdict a')].map(a => a.getAttribute('href'))"
    )
    assert sorted(links) == sorted(f"#claim-{c.slug}" for c in CLAIMS)
    page.browser.click('.verdict a[href="#claim-lower-bound"]')
    assert _in_view(page, "lower-bound")


def test_the_filter_by_status_hides_the_rest(page: Page) -> None:
    assert page.shown() == {c.slug for c in CLAIMS}
    for status in Status:
        if status is not Status.REFUTED:
            page.browser.click(f"input[name=status][value={status.value}]")
    refuted = {e.claim.slug for e in full().entries if e.verdict.status is Status.REFUTED}
    assert page.shown() == refuted
    assert page.run("return found.value") == f"{len(refuted)} of {len(CLAIMS)} claims"
    clear = "return [...document.querySelectorAll('.claims-graph a:not(.faded)')].length"
    assert page.run(clear) == len(refuted)
    page.browser.click("button[type=reset]")
    page.run("return new Promise(done => setTimeout(done))")
    assert page.shown() == {c.slug for c in CLAIMS}


def test_the_filter_by_variant_keeps_rows_whole(page: Page) -> None:
    page.browser.click("input[name=variant][value=printed]")
    assert page.shown() == {c.slug for c in CLAIMS if c.variant.value != "printed"}
    beside = '.verdict[data-claim="small-ball"]'
    script = """
        const cell = document.querySelector(arguments[0]);
        return [cell.checkVisibility(), cell.classList.contains('faded')]"""
    assert page.run(script, beside) == [True, True]
    assert page.run(script, '.verdict[data-claim="ftsp-univariate"]')[0] is False


def test_the_search_finds_words_of_the_statement(page: Page) -> None:
    page.browser.type("#search", "lipschitz convex")
    found = page.shown()
    told = {c.slug for c in CLAIMS if "Lipschitz" in c.statement and "convex" in c.statement}
    assert told and found == told
    page.browser.type("#search", " no-such-word")
    assert page.shown() == set()


def test_a_link_to_a_hidden_claim_shows_it(page: Page) -> None:
    page.browser.type("#search", "tchakaloff-tight")
    assert page.shown() == {"tchakaloff-tight"}
    page.run("location.hash = '#claim-lower-bound'")
    page.run("return new Promise(done => setTimeout(done, 50))")
    assert "lower-bound" in page.shown() and _in_view(page, "lower-bound")


def test_formulas_are_drawn(page: Page) -> None:
    script = """
        const all = [...document.querySelectorAll('article.claim > div math')];
        return all.filter(m => m.getBoundingClientRect().width < 3).length + ' of ' + all.length"""
    none, every = page.run(script).split(" of ")
    assert int(none) == 0 and int(every) > 5 * len(CLAIMS)


@pytest.mark.parametrize("width", [320, 390, 768, 1300])
def test_the_page_is_never_wider_than_the_window(page: Page, width: int) -> None:
    page.browser.devtools(
        "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1,
        mobile=False,
    )  # fmt: skip
    try:
        assert page.run("return innerWidth") == width
        assert page.run("return document.documentElement.scrollWidth") <= width
    finally:
        page.browser.devtools("Emulation.clearDeviceMetricsOverride")


def test_the_labels_of_the_graph_fit_their_boxes(page: Page) -> None:
    script = """
        return [...document.querySelectorAll('.claims-graph a')].filter(a => {
          const box = a.querySelector('.shape').getBoundingClientRect();
          return [...a.querySelectorAll('text')].some(t => {
            const text = t.getBoundingClientRect();
            return text.left < box.left + 2 || text.right > box.right - 2
              || text.top < box.top || text.bottom > box.bottom;
          });
        }).map(a => a.getAttribute('href'))"""
    assert page.run(script) == []


def test_a_command_is_copied(page: Page) -> None:
    page.browser.devtools(
        "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
    )
    page.browser.click("#claim-ftsp-univariate .reproduce button")
    page.run("return new Promise(done => setTimeout(done, 100))")
    assert (
        page.run(
            "return document.querySelector('#claim-ftsp-univariate .reproduce button').textContent"
        )
        == "Copied"
    )


def test_hostile_text_runs_nothing(window: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(html(hostile()), encoding="utf-8")
    window.open(file)
    assert window.run("return document.scripts.length") == 1
    assert window.run("return document.querySelectorAll('article').length") == 1
    assert window.console() == []


def test_the_console_of_the_browser_is_heard(window: Browser, tmp_path: Path) -> None:
    file = tmp_path / "broken.html"
    broken = html(small()).replace('"use strict";', '"use strict"; missing();')
    file.write_text(broken, encoding="utf-8")
    window.open(file)
    assert any("script-src" in message for message in window.console())


def test_a_request_of_the_browser_is_seen(window: Browser, tmp_path: Path) -> None:
    (tmp_path / "other.css").write_text("p { color: red }", encoding="utf-8")
    file = tmp_path / "asking.html"
    file.write_text('<link rel="stylesheet" href="other.css"><p>', encoding="utf-8")
    window.requests()
    window.open(file)
    assert (tmp_path / "other.css").as_uri() in window.requests()
    window.console()
