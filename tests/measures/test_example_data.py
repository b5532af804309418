"""The committed data are the ones that README.md describes, and can be compressed."""

import math
import re
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from ucomp_verify.algebra import num_monomials
from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.kernel import check
from ucomp_verify.measures import cubature_certificate, exact_measure, read_points

FOLDER = Path(__file__).parents[2] / "examples" / "data"
SHAPES = {"iris.csv": (150, 4), "seattle-weather.csv": (1461, 3)}


@pytest.mark.parametrize("name", SHAPES)
def test_the_file_is_the_one_of_the_readme(name: str) -> None:
    rows, columns = SHAPES[name]
    digest = sha256((FOLDER / name).read_bytes()).hexdigest()
    line = rf"\| `{re.escape(name)}` \| {rows} x {columns} \| `{digest}` \|"
    assert re.search(line, (FOLDER / "README.md").read_text())
    assert read_points(FOLDER / name).shape == (rows, columns)


def test_no_other_data_lie_there() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} == set(SHAPES)


def test_iris_has_the_values_of_the_paper() -> None:
    iris = read_points(FOLDER / "iris.csv")
    assert iris[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert iris[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    sums = [round(math.fsum(column), 1) for column in iris.T.tolist()]
    assert sums == [876.5, 458.6, 563.7, 179.9]
    assert len(np.unique(iris, axis=0)) == 149


def test_weather_is_plausible() -> None:
    highest, lowest, wind = read_points(FOLDER / "seattle-weather.csv").T
    assert np.all(highest >= lowest) and -10 < lowest.min() and highest.max() < 40
    assert wind.min() > 0 and wind.max() < 15


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
@pytest.mark.parametrize("name", SHAPES)
def test_it_is_compressed_to_the_number_of_monomials(name: str, degree: int) -> None:
    before = exact_measure(read_points(FOLDER / name))
    after = caratheodory_reduce(before, degree)
    fact = cast("Any", check(cubature_certificate(before, after, degree)))
    assert fact.support_size == num_monomials(before.dim, degree) and fact.defect == 0
