"""How a verdict compares with what was asked: the whole table, and its laws."""

from itertools import product

import pytest

from tests.verdicts.pieces import FLOAT, REFUTES, piece
from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import Expectation, Scope, Standing, Status, Verdict, standing

_AUTHORITIES = (None, *Authority)
_FINDINGS = [*product(Status, Authority), (Status.OPEN, None)]
_EXPECTATIONS = [Expectation(*pair) for pair in product(Status, _AUTHORITIES)]

_ORDER = ["open", "observed", "checked", "proved-granting", "proved", "vacuous", "refuted"]
_COLUMNS = [Status(word) for word in _ORDER]
_LETTERS = {
    "m": Standing.MATCHES,
    "b": Standing.BETTER,
    "w": Standing.WEAKER,
    "o": Standing.OTHER,
    "f": Standing.FALLS,
}
# Found (rows) against recorded (columns), both in the order above, at equal authority.
_TABLE = ["mwwwwww", "bmwwwww", "bbmwwww", "bbbmwoo", "bbbbmoo", "ooooomo", "ffffffm"]


def _verdict(status: Status, authority: Authority | None, *, doubt: bool = False) -> Verdict:
    doubts = (piece(REFUTES, FLOAT),) if doubt else ()
    return Verdict("claim", status, authority, Scope(False, (), 1, 1), (), doubts=doubts)


@pytest.mark.parametrize("found", _COLUMNS)
@pytest.mark.parametrize("authority", Authority)
def test_found_against_recorded(found: Status, authority: Authority) -> None:
    row = _TABLE[_COLUMNS.index(found)]
    for recorded, letter in zip(_COLUMNS, row, strict=True):
        compared = standing(_verdict(found, authority), expected=Expectation(recorded, authority))
        assert compared is _LETTERS[letter], recorded


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("found", "recorded"), [*product(_AUTHORITIES, repeat=2)])
def test_the_same_status_is_compared_by_authority(
    status: Status, found: Authority | None, recorded: Authority | None
) -> None:
    sign = (found or 0) - (recorded or 0)
    expected = Standing.BETTER if sign > 0 else Standing.WEAKER if sign < 0 else Standing.MATCHES
    assert standing(_verdict(status, found), expected=Expectation(status, recorded)) is expected


def test_a_stronger_status_on_weaker_authority_is_not_better() -> None:
    recorded = Expectation(Status.PROVED_GRANTING, Authority.EXACT)
    found = _verdict(Status.PROVED, Authority.BALL)
    assert standing(found, expected=recorded) is Standing.OTHER


_ALONE = {
    Status.PROVED: Standing.STANDS,
    Status.PROVED_GRANTING: Standing.STANDS,
    Status.CHECKED: Standing.STANDS,
    Status.OBSERVED: Standing.STANDS,
    Status.OPEN: Standing.UNDECIDED,
    Status.VACUOUS: Standing.UNDECIDED,
    Status.REFUTED: Standing.FALLS,
}


@pytest.mark.parametrize(("status", "authority"), _FINDINGS)
def test_without_a_baseline(status: Status, authority: Authority | None) -> None:
    assert standing(_verdict(status, authority)) is _ALONE[status]


@pytest.mark.parametrize(("status", "authority"), _FINDINGS)
@pytest.mark.parametrize("doubt", [False, True])
def test_laws(status: Status, authority: Authority | None, doubt: bool) -> None:
    verdict = _verdict(status, authority, doubt=doubt)
    for expected, require in product([None, *_EXPECTATIONS], _AUTHORITIES):
        found = standing(verdict, expected=expected, require=require)
        without = standing(verdict, expected=expected)
        assert found is without or (found is Standing.BELOW and without.fulfilled)
        if doubt and status is not Status.REFUTED:
            assert found is Standing.DOUBTED
        else:
            certain = _verdict(status, authority)
            assert found is standing(certain, expected=expected, require=require)
        if require is not None and (authority or 0) < require:
            assert not found.fulfilled
        else:
            assert found is without
        if status is Status.REFUTED and found.fulfilled:
            assert expected is not None
            assert expected.status is Status.REFUTED
        if expected is not None and found.fulfilled:
            assert (authority or 0) >= (expected.authority or 0)
            assert found in (Standing.MATCHES, Standing.BETTER)
        if expected is not None and found is Standing.MATCHES:
            assert (status, authority or 0) == (expected.status, expected.authority or 0)


def test_only_three_standings_are_fulfilled() -> None:
    fulfilled = {s for s in Standing if s.fulfilled}
    assert fulfilled == {Standing.STANDS, Standing.MATCHES, Standing.BETTER}
