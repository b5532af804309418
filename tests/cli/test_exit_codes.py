from itertools import chain, combinations, permutations

import pytest

from ucomp_verify.cli.check import code_of
from ucomp_verify.cli.exit_codes import PRECEDENCE, ExitCode, combine
from ucomp_verify.verdicts import Standing

# DESIGN section 5: precedence 130, 1, 2, 4, 6, 3, 5, and 0 only if there is nothing else.
ORDER = (130, 1, 2, 4, 6, 3, 5, 0)

SUBSETS = list(chain.from_iterable(combinations(ExitCode, n) for n in range(len(ExitCode) + 1)))


def test_the_precedence_is_that_of_the_design() -> None:
    assert tuple(int(code) for code in PRECEDENCE) == ORDER
    assert set(PRECEDENCE) == set(ExitCode)


@pytest.mark.parametrize("codes", SUBSETS, ids=lambda codes: "-".join(str(int(c)) for c in codes))
def test_the_first_in_precedence_wins_in_every_subset(codes: tuple[ExitCode, ...]) -> None:
    wanted = next((code for code in ORDER if code in codes), 5)
    assert combine(codes) == combine(reversed(codes)) == combine([*codes, *codes]) == wanted


def test_order_does_not_matter() -> None:
    for codes in permutations(
        (ExitCode.LIMIT, ExitCode.UNDECIDED, ExitCode.USAGE, ExitCode.STANDS)
    ):
        assert combine(codes) is ExitCode.USAGE


@pytest.mark.parametrize("standing", Standing)
def test_only_what_is_fulfilled_exits_with_0(standing: Standing) -> None:
    code = code_of(standing)
    assert (code is ExitCode.STANDS) == standing.fulfilled
    assert code in (ExitCode.STANDS, ExitCode.REFUTED, ExitCode.UNDECIDED)


def test_a_refutation_and_a_doubt_exit_with_1() -> None:
    refuted = {s for s in Standing if code_of(s) is ExitCode.REFUTED}
    assert refuted == {Standing.FALLS, Standing.DOUBTED}
