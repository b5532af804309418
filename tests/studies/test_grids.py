"""What can be no cell is refused before anything runs, and what no row can hold is told."""

import math
from typing import Any

import numpy as np
import pytest

from ucomp_verify.studies import Config, Result
from ucomp_verify.studies.engine.checking import BadResult, checked
from ucomp_verify.studies.grids import MOST_BITS, BadGrid, require_cells


@pytest.mark.parametrize(
    ("value", "match"),
    [
        (np.int64(3), r"d: found a numpy.int64; expected a text, int, float or bool"),
        (math.nan, "d: found nan; expected a finite number"),
        (1 << MOST_BITS, f"d: found an integer of {MOST_BITS + 1} bits"),
        (None, "d: found a builtins.NoneType"),
        ([1], "d: found a builtins.list"),
    ],
)
def test_settings_that_have_no_text_are_refused(value: Any, match: str) -> None:
    with pytest.raises(BadGrid, match=match):
        require_cells([Config.of(d=1), Config.of(d=value)])


@pytest.mark.parametrize("pair", [(1, 1.0), (1, True), (0.0, -0.0)])
def test_of_settings_that_are_equal_in_python_none_gets_lost(pair: tuple[Any, Any]) -> None:
    """They have two texts and two seeds, but a set of them has one."""
    one, other = (Config.of(d=value) for value in pair)
    assert one == other
    assert one.text != other.text
    with pytest.raises(BadGrid, match="Python takes for equal"):
        require_cells([one, other])
    require_cells([one, one])


@pytest.mark.parametrize("name", ["purpose", "self"])
def test_names_that_seeds_need_are_refused(name: str) -> None:
    with pytest.raises(BadGrid, match=f"a setting called '{name}'; expected another name"):
        require_cells([Config(((name, 1),))])


def test_what_is_no_configuration_is_refused() -> None:
    given: Any = [{"d": 1}]
    with pytest.raises(BadGrid, match=r"found a dict in the grid; expected Config.of"):
        require_cells(given)
    with pytest.raises(BadGrid, match="found the settings b, a; expected the order"):
        require_cells([Config((("b", 1), ("a", 1)))])


def test_an_integer_that_no_row_can_hold_ends_its_cell_alone() -> None:
    """It was found by the coordinator, too late, and ended the run."""
    least = 1 << (MOST_BITS - 1)
    assert checked(Result({"n": -least})).found == {"n": -least}
    assert len(str(least)) < 4300
    with pytest.raises(BadResult, match=rf"n: found an integer of {MOST_BITS + 1} bits"):
        checked(Result({"n": 2 * least}))
