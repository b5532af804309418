"""What a reader may conclude about a claim, and from what."""

import enum
from dataclasses import dataclass
from typing import NoReturn

from ucomp_verify.evidence import Authority, Evidence


class Status(enum.Enum):
    """What a reader may conclude."""

    PROVED = "proved"
    PROVED_GRANTING = "proved-granting"
    CHECKED = "checked"
    OBSERVED = "observed"
    OPEN = "open"
    VACUOUS = "vacuous"
    REFUTED = "refuted"


class ContradictoryEvidence(Exception):
    """A claim is both proved and refuted: the framework, not the paper, is at fault."""


@dataclass(frozen=True)
class Scope:
    """For which parameters the status holds.

    `everything` for all; else the families that single findings settle, and how many
    instances were seen (`cases`) and met the hypotheses (`effective`).
    """

    everything: bool
    families: tuple[str, ...]
    cases: int
    effective: int

    @property
    def text(self) -> str:
        """The scope in one phrase: all, family(...), instances(cases, effective) or none."""
        if self.everything:
            return "all"
        count = f"instances({self.cases}, {self.effective} effective)" if self.cases else ""
        family = f"family({'; '.join(self.families)})" if self.families else ""
        return ", ".join(filter(None, (family, count))) or "none"


@dataclass(frozen=True)
class Verdict:
    """The status of a claim, what it rests on and what it grants.

    `doubts` are samples with a falsifying case: they refute nothing, and no status
    below proof survives them. `besides` speaks for the claim too, and nothing rests on it:
    instances of what is proved, random cases of what is checked. `shaken_by` are the
    refuted or vacuous claims among those that the paper's proof uses, `unsettled` the ones
    neither proved nor fallen.
    """

    claim: str
    status: Status
    authority: Authority | None
    scope: Scope
    basis: tuple[Evidence, ...]
    granting: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    doubts: tuple[Evidence, ...] = ()
    besides: tuple[Evidence, ...] = ()
    shaken_by: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        """A verdict is neither true nor false; compare its status."""
        raise TypeError(
            f"the verdict on {self.claim} is {self.status.value!r}, which is neither true nor "
            "false; compare verdict.status with a Status"
        )
