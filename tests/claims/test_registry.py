"""The registry as a whole: names agree everywhere, nothing dangles, every formula can be shown."""

import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from tests.claims.examples import UNRELATED, bearing
from ucomp_verify import claims as package
from ucomp_verify.claims import Bearing, Claim, Kind, Parameter, Source, Variant, unread
from ucomp_verify.claims.registry import CLAIMS, UnknownClaim, find
from ucomp_verify.reports.maths import Formula, UnreadableFormula, mathml, pieces

ROOT = Path(__file__).parents[2]
SLUGS = tuple(claim.slug for claim in CLAIMS)
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")
HEAVY = ("numpy", "scipy", "sympy", "mpmath", "flint", "hypothesis", "pydantic", "latex2mathml")
NOT_OF_ONE_CLAIM = {  # of several claims
    *("rocq", "registry", "bounds"),
    *("error-scaling", "lottery-ticket", "dataset-compression", "scaling-laws"),
}

each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=SLUGS)


def _module(claim: Claim) -> str:
    return claim.slug.replace("-", "_")


def _tokens(latex: str) -> list[str]:
    return re.findall(r"\\[A-Za-z]+|\S", latex)


def mentions(statement: str, symbol: str) -> bool:
    """Whether a formula of the statement holds the symbol, not merely its letters."""
    wanted = _tokens(symbol)
    rows = [_tokens(part.latex) for part in pieces(statement) if isinstance(part, Formula)]
    return any(
        row[i : i + len(wanted)] == wanted
        for row in rows
        for i in range(len(row) - len(wanted) + 1)
    )


def require_acyclic(uses: dict[str, tuple[str, ...]]) -> None:
    """Raise `CycleError`, which names the circle, if claims use each other in one."""
    TopologicalSorter(uses).prepare()


def named_after_claims(folder: Path, pattern: str, prefix: str = "") -> set[str]:
    """The slugs that the names in a folder stand for; none if there is no such folder."""
    names = {path.stem.removeprefix(prefix) for path in folder.glob(pattern)}
    kept = {name.replace("_", "-") for name in names if not name.startswith(("_", "."))}
    return kept - NOT_OF_ONE_CLAIM


def test_slugs_differ() -> None:
    assert len(SLUGS) == len(set(SLUGS))


@each_claim
def test_one_word_names_slug_module_and_constant(claim: Claim) -> None:
    assert KEBAB.fullmatch(claim.slug), f"{claim.slug} is not kebab case"
    module = import_module(f"{package.__name__}.{_module(claim)}")
    assert getattr(module, _module(claim).upper()) is claim


def test_no_claim_is_left_out() -> None:
    folder = Path(str(package.__file__)).parent
    modules = [import_module(f"{package.__name__}.{path.stem}") for path in folder.glob("*.py")]
    found = {v.slug for module in modules for v in vars(module).values() if isinstance(v, Claim)}
    assert found == set(SLUGS)


@pytest.mark.parametrize(
    ("folder", "pattern", "prefix"),
    [("proofs", "*/", ""), ("tests/claims", "test_*.py", "test_"), ("notebooks", "*.ipynb", "")],
)
def test_every_folder_test_and_notebook_has_its_claim(
    folder: str, pattern: str, prefix: str
) -> None:
    assert named_after_claims(ROOT / folder, pattern, prefix) <= set(SLUGS)


def test_a_stray_folder_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "no-such-claim").mkdir()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a-file.py").touch()
    assert named_after_claims(tmp_path, "*/") == {"no-such-claim"}


@each_claim
def test_named_claims_exist(claim: Claim) -> None:
    named = {*claim.uses, *claim.draws_on, *((claim.repairs,) if claim.repairs else ())}
    assert named <= set(SLUGS) - {claim.slug}
    assert len(claim.uses) == len(set(claim.uses))


def test_no_claim_rests_on_itself() -> None:
    require_acyclic({claim.slug: claim.uses for claim in CLAIMS})


def test_a_circle_would_be_seen() -> None:
    with pytest.raises(CycleError, match="cycle"):
        require_acyclic({"ftsp": ("tchakaloff",), "tchakaloff": ("ftsp",)})


@each_claim
def test_exactly_the_repaired_claims_repair_a_printed_one(claim: Claim) -> None:
    assert (claim.repairs is not None) == (claim.variant is Variant.REPAIRED)
    if claim.repairs:
        assert find(claim.repairs).variant is Variant.PRINTED


def test_a_repaired_claim_stands_after_what_it_repairs() -> None:
    pairs = [(claim.repairs, claim.slug) for claim in CLAIMS if claim.repairs]
    assert [(a, b) for a, b in pairs if SLUGS.index(a) > SLUGS.index(b)] == []


def reached(slug: str) -> set[str]:
    """All claims that this one uses, directly or through others."""
    used = set(find(slug).uses)
    return used.union(*(reached(other) for other in used))


@each_claim
def test_only_printed_claims_rest_on_what_had_to_be_repaired(claim: Claim) -> None:
    broken = {other.repairs for other in CLAIMS if other.repairs}
    assert claim.variant is Variant.PRINTED or not reached(claim.slug) & broken


@each_claim
def test_statements_can_be_shown(claim: Claim) -> None:
    assert claim.statement.endswith((".", ".$")), "a statement is made of sentences"
    assert not claim.title.endswith(".")
    formulas = [part.latex for part in pieces(claim.statement) if isinstance(part, Formula)]
    assert formulas or claim.kind is Kind.FIGURE
    for text in (*formulas, *(p.symbol for p in claim.parameters)):
        assert mathml(text).startswith("<math>")
    # Words between formulas are plain: no LaTeX that lost its dollar signs.
    words = "".join(part for part in pieces(claim.statement) if isinstance(part, str))
    assert not re.search(r"[\\$^_{}]", words), words


def test_an_unknown_command_would_be_seen() -> None:
    with pytest.raises(UnreadableFormula, match="known command"):
        mathml(r"\nosuchcommand d")


@each_claim
def test_parameters_stand_in_the_statement(claim: Claim) -> None:
    symbols = [parameter.symbol for parameter in claim.parameters]
    assert len(symbols) == len(set(symbols)) >= 1
    assert [s for s in symbols if not mentions(claim.statement, s)] == []
    assert all(parameter.meaning and parameter.domain for parameter in claim.parameters)


@pytest.mark.parametrize(
    ("statement", "symbol", "expected"),
    [
        (r"For $w \in \mathbb{R}^n$ the norm.", "m", False),  # not the m of a word or a command
        (r"For $w \in \mathbb{R}^m$.", "m", True),
        (r"Weights $c_{ij}$.", "c_j", False),
        (r"Weights $c_j$.", "c_j", True),
        (r"Sizes $d'$.", "d'", True),
        (r"Sizes $d$.", "d'", False),
        (r"An angle $\alpha'$.", r"\alpha", True),
    ],
)
def test_mentions(statement: str, symbol: str, expected: bool) -> None:
    assert mentions(statement, symbol) is expected


@each_claim
def test_the_source_is_named(claim: Claim) -> None:
    assert claim.source.label
    if claim.source.lines:
        first, last = claim.source.lines
        assert 1 <= first <= last


@each_claim
def test_findings_about_something_else_are_silent(claim: Claim) -> None:
    assert {bearing(claim.slug, finding) for finding in UNRELATED} == {Bearing.SILENT}


def test_unread_is_silent() -> None:
    assert {unread(finding).bearing for finding in UNRELATED} == {Bearing.SILENT}


@each_claim
def test_find_returns_the_claim(claim: Claim) -> None:
    assert find(claim.slug) is claim


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("tchakalof", 'no claim "tchakalof": did you mean tchakaloff'),
        ("levelset", "did you mean levelset-remez"),
        ("", '^no claim "": "ucomp-verify list" names all claims$'),
        ("xyzzy", '^no claim "xyzzy": "ucomp-verify list" names all claims$'),
        ("FTSP", '"ucomp-verify list" names all claims$'),
    ],
)
def test_an_unknown_claim_is_answered_with_its_neighbours(slug: str, text: str) -> None:
    with pytest.raises(UnknownClaim, match=text):
        find(slug)


def _loaded(program: str) -> set[str]:
    code = f"{program}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split()) & set(HEAVY)


def test_the_registry_loads_no_heavy_module() -> None:
    assert _loaded("import ucomp_verify.claims.registry") == set()


def test_a_heavy_module_would_be_seen() -> None:
    assert "mpmath" in _loaded("import ucomp_verify.claims.registry, mpmath")


def test_a_claim_is_a_value() -> None:
    def make(slug: str) -> Claim:
        source, letters = Source("thm:x"), (Parameter("m", "dimension", "integers >= 1"),)
        return Claim(slug, "X", Kind.LEMMA, Variant.NEW, "$m$.", source, letters, unread)

    assert make("x") == make("x") != make("y")
