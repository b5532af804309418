"""The one evidence type."""

import enum
from dataclasses import dataclass

from ucomp_verify.claims import Reading
from ucomp_verify.findings import Comparisons, Estimate, Finding, Sample


class Authority(enum.IntEnum):
    """How rigorous a method is, weakest first."""

    FLOAT = 1
    BALL = 2
    EXACT = 3
    FORMAL = 4

    @property
    def text(self) -> str:
        """The word that reports print."""
        return self.name.lower()


class Method(enum.Enum):
    """How a piece of evidence was made."""

    STUDY = "study"
    PROPERTY_TEST = "property test"
    ENCLOSURE = "enclosure"
    INSTANCES = "decided instances"
    SYMBOLIC = "symbolic computation"
    CERTIFICATE = "certificate"
    FORMAL_PROOF = "formal proof"

    @property
    def authority(self) -> Authority:
        """The authority that evidence by this method has; a sample has the lowest."""
        return _AUTHORITY[self]


_AUTHORITY = {
    Method.STUDY: Authority.FLOAT,
    Method.PROPERTY_TEST: Authority.FLOAT,
    Method.ENCLOSURE: Authority.BALL,
    Method.INSTANCES: Authority.EXACT,
    Method.SYMBOLIC: Authority.EXACT,
    Method.CERTIFICATE: Authority.EXACT,
    Method.FORMAL_PROOF: Authority.FORMAL,
}


@dataclass(frozen=True)
class Provenance:
    """Where evidence comes from: a file or test, its SHA-256, and how to see it again."""

    origin: str
    sha256: str
    reproduce: str


@dataclass(frozen=True)
class Evidence:
    """`finding`, by `method`, has the `reading` for the claim with this slug.

    `assumes` are cited theorems or slugs of claims that are granted; `trusts` the
    programs that must be right.
    """

    claim: str
    method: Method
    reading: Reading
    finding: Finding
    provenance: Provenance
    assumes: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()

    @property
    def authority(self) -> Authority:
        """The authority of the method, but no higher than that of the finding's numbers.

        A sample or an estimate has the lowest, a comparison of balls that of balls.
        """
        match self.finding:
            case Sample() | Estimate():
                return Authority.FLOAT
            case Comparisons(prec=prec) if prec > 0:
                return min(Authority.BALL, self.method.authority)
            case _:
                return self.method.authority
