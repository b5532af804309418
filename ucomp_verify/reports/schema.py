"""The schema `ucomp-report/1` as types. `ucomp-report-1.schema.json` is made from them.

Reading a document with `ReportDocument.model_validate_json` checks it strictly: a
missing, an unknown or a wrongly typed field is an error.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_FILE = Path(__file__).with_name("ucomp-report-1.schema.json")

AuthorityName = Literal["float", "ball", "exact", "formal"]
StatusName = Literal[
    "proved", "proved-granting", "checked", "observed", "open", "vacuous", "refuted"
]
StandingName = Literal[
    "stands", "matches", "better", "falls", "doubted", "undecided", "weaker", "other", "below"
]
VariantName = Literal["printed", "repaired", "new"]
BearingName = Literal["proves", "empties", "refutes", "instance", "silent"]
TroubleName = Literal[
    "malformed", "rejected", "time limit", "memory limit", "crash", "stale", "missing"
]
KindName = Literal["theorem", "lemma", "definition", "algorithm", "proof step", "remark", "figure"]
MethodName = Literal[
    "study",
    "property test",
    "enclosure",
    "decided instances",
    "symbolic computation",
    "certificate",
    "formal proof",
]
Count = Field(ge=0)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ScopeField(_Strict):
    """For which parameters the status holds."""

    text: str
    everything: bool
    families: list[str]
    cases: int = Count
    effective: int = Count


class ParameterField(_Strict):
    """A letter of the statement (LaTeX), what it is, and the values it may take."""

    symbol: str
    meaning: str
    domain: str


class NamedValue(_Strict):
    """A parameter and its value in one instance."""

    name: str
    value: str


class FactField(_Strict):
    """A fact of the kernel; its numbers stand in the certificate."""

    kind: Literal["fact"]
    name: str


class SampleField(_Strict):
    """Random cases of a property; `falsifying` is the JSON text of one that failed."""

    kind: Literal["sample"]
    property: str
    cases: int = Count
    effective: int = Count
    falsifying: str | None
    seed: int


class EnclosureField(_Strict):
    """A number lies between two rationals."""

    kind: Literal["enclosure"]
    lower: str = Field(pattern=r"^-?\d+/\d+$")
    upper: str = Field(pattern=r"^-?\d+/\d+$")
    prec: int


class FormalProofField(_Strict):
    """A theorem of a proof assistant; `here` says whether it was checked on this machine."""

    kind: Literal["formal proof"]
    theorem: str
    file: str
    words: str
    statement: str
    axioms: list[str]
    assistant: str
    date: str
    here: bool


class RangeField(_Strict):
    """Two rationals, the lower one first."""

    lower: str = Field(pattern=r"^-?\d+/\d+$")
    upper: str = Field(pattern=r"^-?\d+/\d+$")


class ComparisonsField(_Strict):
    """Instances of an inequality; `ratio` encloses the largest left over right, met `at`."""

    kind: Literal["comparisons"]
    statement: str
    family: str
    cases: int = Count
    effective: int = Count
    failing: str | None
    ratio: RangeField | None
    at: list[NamedValue]
    prec: int


class EstimateField(_Strict):
    """A number observed, of a quantity with parameters; as text, for it may be infinite."""

    kind: Literal["estimate"]
    quantity: str
    parameters: list[NamedValue]
    value: str
    spread: str
    trials: int
    dps: int


class ProvenanceField(_Strict):
    """Where evidence comes from, the SHA-256 of that, and how to see it again."""

    origin: str
    sha256: str
    reproduce: str


class EvidenceField(_Strict):
    """One piece of evidence and how it bears on the claim."""

    method: MethodName
    authority: AuthorityName
    bearing: BearingName
    parameters: list[NamedValue]
    family: str
    shows: str
    finding: (
        FactField
        | FormalProofField
        | SampleField
        | EnclosureField
        | ComparisonsField
        | EstimateField
    ) = Field(discriminator="kind")
    assumes: list[str]
    trusts: list[str]
    provenance: ProvenanceField


class ExpectationField(_Strict):
    """What the baseline records."""

    status: StatusName
    authority: AuthorityName | None


class ClaimField(_Strict):
    """A claim, its verdict, and how it stands. `statement` is text with LaTeX in dollars."""

    slug: str
    title: str
    label: str
    lines: tuple[int, int] | None
    kind: KindName
    variant: VariantName
    statement: str
    reading: str
    parameters: list[ParameterField]
    uses: list[str]
    repairs: str | None
    status: StatusName
    authority: AuthorityName | None
    scope: ScopeField
    granting: list[str]
    trusts: list[str]
    shaken_by: list[str]
    unsettled: list[str]
    standing: StandingName
    fulfilled: bool
    expected: ExpectationField | None
    evidence: list[EvidenceField]
    doubts: list[EvidenceField]
    besides: list[EvidenceField]


class ProblemField(_Strict):
    """Evidence that could not be had."""

    claim: str
    trouble: TroubleName
    origin: str
    message: str
    reproduce: str


class EnvironmentField(_Strict):
    """Where the report was made."""

    python: str
    platform: str
    versions: dict[str, str]


class CountsField(_Strict):
    """How many claims there are, stand as asked, and have each status."""

    claims: int = Count
    fulfilled: int = Count
    by_status: dict[StatusName, int]


class ReportDocument(_Strict):
    """A report of ucomp-verify: verdicts on claims, with the evidence that they rest on."""

    format: Literal["ucomp-report/1"] = Field(alias="schema")
    profile: str
    seed: int
    seconds: float = Field(ge=0)
    counts: CountsField
    claims: list[ClaimField]
    problems: list[ProblemField]
    environment: EnvironmentField


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReportDocument.model_json_schema(),
    }
