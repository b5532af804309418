"""Faults in decided instances of inequalities, and in logs of formal proofs."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ucomp_verify.bounds.core import core_bound
from ucomp_verify.claims.comparisons import comparisons_of
from ucomp_verify.evidence import Authority, Evidence, Method
from ucomp_verify.evidence.formal import CHECK, LOG_FORMAT, formal_evidence, theories_digest
from ucomp_verify.evidence.instances.base import Instance, compare, exactly
from ucomp_verify.findings import Comparisons, Enclosure
from ucomp_verify.verdicts import Status

from . import detectors as see
from .types import Fault

_READ = comparisons_of(see.CLAIM)
_STATEMENT = "True"


def _pair(bound: Fraction, *, effective: bool = True, spread: Fraction = Fraction(0)) -> Instance:
    """The equality case of the core inequality: k = 0, nodes -1 and 1, g(w) = w, error 2."""
    left = Enclosure(2 - spread, 2 + spread, 53) if spread else exactly(2)
    return Instance((("k", "0"),), left, exactly(bound), effective)


def _proved_bound() -> Fraction:
    return core_bound(Fraction(1), mass=Fraction(1)).value


def _told(instances: Sequence[Instance]) -> Evidence:
    found = compare(see.CLAIM, "planted", instances)
    return see.evidence(found, _READ(found).bearing, method=Method.INSTANCES)


def _twice(instances: Sequence[Instance]) -> str | None:
    """The refusal of instances that are counted twice."""
    try:
        compare(see.CLAIM, "planted", instances)
    except ValueError as error:
        return f"refused: {error}"
    return None


def _of_another_claim(statement: str) -> str | None:
    found = Comparisons(statement, "planted", 1, 1, None, Enclosure.of(1), (), 0)
    bearing = _READ(found).bearing
    return None if statement == see.CLAIM else f"read as {bearing.value}"


def _logged(*, stale: bool = False, statement: str = _STATEMENT) -> str | None:
    """What is wrong with a log of one theory, tied to the statement "True"."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "proofs" / "rocq"
        (folder / "theories").mkdir(parents=True)
        (folder / "theories" / "Planted.v").write_text("Theorem planted : True.\n")
        digest = "0" * 64 if stale else theories_digest(folder / "theories")
        head = (LOG_FORMAT, "date 2026-01-01T00:00:00Z", "machine any", "rocq 8.16.1")
        entry = ("theorem Planted.planted", f"| {statement}", "assumptions none", "end 1", "")
        text = "\n".join((*head, f"theories {digest}", *entry))
        (folder / "checked.log").write_text(text)
        tied = sha256(_STATEMENT.encode()).hexdigest()
        (folder / "theorems.toml").write_text(
            f'[[theorem]]\nname = "Planted.planted"\nsha256 = "{tied}"\n'
            f'claims = ["{see.CLAIM}"]\nbearing = "proves"\n'
        )
        found = formal_evidence([see.CLAIM], folder)
    if found.evidence:
        return None
    return "; ".join(problem.message for problem in found.problems)


IN_INSTANCES: tuple[Fault, ...] = (
    Fault(
        "half the constant",
        "a bound that is half of what is proved, where the bound is attained",
        lambda: see.short_of(Status.CHECKED, _told([_pair(_proved_bound() / 2)])),
        lambda: see.short_of(Status.CHECKED, _told([_pair(_proved_bound())])),
        "the claim is refuted",
    ),
    Fault(
        "instances that cannot fail",
        "comparisons in which nothing was compressed",
        lambda: see.short_of(Status.CHECKED, _told([_pair(_proved_bound(), effective=False)])),
        lambda: see.short_of(Status.CHECKED, _told([_pair(_proved_bound())])),
        "the claim is open",
    ),
    Fault(
        "undecided instance",
        "an enclosure so wide that it holds the bound, counted as one that holds",
        lambda: see.short_of(
            Status.CHECKED, _told([_pair(_proved_bound(), spread=Fraction(1, 10))])
        ),
        lambda: see.short_of(
            Status.CHECKED, _told([_pair(3 * _proved_bound(), spread=Fraction(1, 10))])
        ),
        "the claim is open",
    ),
    Fault(
        "balls passed off as exact",
        "an instance in balls where rationals are required",
        lambda: see.unfulfilled(
            _told([_pair(Fraction(4), spread=Fraction(1, 10))]),
            recorded=Status.CHECKED,
            require=Authority.EXACT,
        ),
        lambda: see.unfulfilled(
            _told([_pair(Fraction(4))]), recorded=Status.CHECKED, require=Authority.EXACT
        ),
        "below",
    ),
    Fault(
        "the same instance twice",
        "one case that is counted as two",
        lambda: _twice([_pair(Fraction(2)), _pair(Fraction(3))]),
        lambda: _twice([_pair(Fraction(2))]),
        "occurs twice",
    ),
    Fault(
        "instances of another claim",
        "comparisons that are read by a claim that they are not about",
        lambda: _of_another_claim("sphere-packing-repaired"),
        lambda: _of_another_claim(see.CLAIM),
        "read as silent",
    ),
    Fault(
        "stale proof",
        "a log of theories that have changed since",
        lambda: _logged(stale=True),
        _logged,
        CHECK,
    ),
    Fault(
        "another theorem under the same name",
        "a theorem whose statement is not the one that was tied to the claim",
        lambda: _logged(statement="False -> True"),
        _logged,
        "says something else",
    ),
)
