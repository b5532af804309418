"""Hand proofs in the report: formulas are drawn, structure is kept, nothing else is markup."""

from pathlib import Path

from tests.reports.examples import full
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.evidence.gather import shipped_proofs
from ucomp_verify.reports.arguments import Argument, argument_html, arguments_in
from ucomp_verify.reports.html import html

SLUGS = [claim.slug for claim in CLAIMS]


def marked(latex: str) -> str:
    return f"<math>{latex}</math>"


def test_formulas_go_through_untouched_by_markdown() -> None:
    found = argument_html(r"**(A1)** Let $a_i * b_i\, c_j$ and $$\{x\}$$.", marked)
    assert found == (
        "<p><strong>(A1)</strong> Let <math>a_i * b_i\\, c_j</math> and <math>\\{x\\}</math>.</p>\n"
    )


def test_headings_lists_and_tables() -> None:
    found = argument_html("# Title\n\n- one $x$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", marked)
    assert found.startswith("<h4>Title</h4>\n<ul>\n<li>one <math>x</math></li>")
    assert "<td>2</td>" in found


def test_markup_of_the_text_is_shown_and_not_used() -> None:
    found = argument_html('<script>alert("1")</script> & <b>', marked)
    assert "<script" not in found and "<b>" not in found and "&lt;script&gt;" in found


def test_a_formula_over_two_lines_is_one() -> None:
    assert argument_html("$a\n+ b$", marked) == "<p><math>a + b</math></p>\n"


def test_the_arguments_are_those_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tchakaloff").mkdir()
    (tmp_path / "tchakaloff" / "argument.md").write_text("# Why\n")
    found = arguments_in(tmp_path, ["ftsp", "tchakaloff"], shown=lambda path: path.name)
    assert found == (Argument("tchakaloff", "argument.md", "# Why\n"),)


def test_every_shipped_argument_can_be_read() -> None:
    arguments = arguments_in(shipped_proofs(), SLUGS, shown=str)
    assert len(arguments) > 10
    page = html(full(), arguments=arguments)
    assert 'class="unreadable"' not in page
    assert page.count('<details class="argument">') == len(arguments)
    assert "\ue000" not in page
