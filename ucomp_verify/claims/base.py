"""What the paper says, and how a finding bears on it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from ucomp_verify.findings import Finding


class Bearing(enum.Enum):
    """How one finding bears on one claim."""

    PROVES = "proves"  # settles the claim for all its parameters
    EMPTIES = "empties"  # shows that the claim holds, for an empty reason
    REFUTES = "refutes"
    INSTANCE = "instance"  # the claim holds for these parameters
    SILENT = "silent"


@dataclass(frozen=True)
class Reading:
    """What a claim makes of a finding.

    `parameters` names the instance, `family` a set of values that one finding settles at
    once (such as "every d >= 1"), and `shows` says in LaTeX what the finding shows.
    `assumes` are cited theorems or slugs of claims that this bearing grants.
    """

    bearing: Bearing
    parameters: tuple[tuple[str, str], ...] = ()
    family: str = ""
    shows: str = ""
    assumes: tuple[str, ...] = ()


SILENT = Reading(Bearing.SILENT)


class Kind(enum.Enum):
    """What sort of statement a claim is."""

    THEOREM = "theorem"
    LEMMA = "lemma"
    DEFINITION = "definition"
    ALGORITHM = "algorithm"
    STEP = "proof step"
    REMARK = "remark"
    FIGURE = "figure"


class Variant(enum.Enum):
    """Whose wording a claim has."""

    PRINTED = "printed"
    REPAIRED = "repaired"
    NEW = "new"


@dataclass(frozen=True)
class Source:
    """Where the statement stands in the LaTeX source of the ICLR version."""

    label: str
    lines: tuple[int, int] | None = None


@dataclass(frozen=True)
class Parameter:
    """A letter of the statement (LaTeX), what it is, and the values it may take."""

    symbol: str
    meaning: str
    domain: str


@dataclass(frozen=True)
class Claim:
    """One statement. `slug` names its module, its folder in proofs/ and its test.

    `statement` is text with LaTeX between dollar signs. `reading` says which of several
    readings of the printed words is taken, and what another gives. `uses` are the
    claims that the paper's proof cites, `repairs` the printed claim that this replaces;
    besides its own folder of certificates the claim `draws_on` those of other claims.
    """

    slug: str
    title: str
    kind: Kind
    variant: Variant
    statement: str
    source: Source
    parameters: tuple[Parameter, ...]
    read: Callable[[Finding], Reading]
    uses: tuple[str, ...] = ()
    repairs: str | None = None
    reading: str = ""
    draws_on: tuple[str, ...] = ()


def unread(finding: Finding) -> Reading:
    """The reading of a claim on which nothing bears yet: silent."""
    del finding
    return SILENT
