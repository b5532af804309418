"""Write iris.csv and seattle-weather.csv from the packages that README.md names."""

import csv
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table into this folder, decimals as they stand in the source."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def iris() -> None:
    """The four measurements; the species is left out."""
    text = files("sklearn.datasets.data").joinpath("iris.csv").read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    header = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
    write("iris.csv", header, [row[:4] for row in rows])


def weather() -> None:
    """Three columns of numbers of every day; the other columns are left out."""
    text = files("vega_datasets").joinpath("_data/seattle-weather.csv").read_text("utf-8")
    header = ["temp_max", "temp_min", "wind"]
    rows = csv.DictReader(text.splitlines())
    write("seattle-weather.csv", header, [[row[name] for name in header] for row in rows])


if __name__ == "__main__":
    iris()
    weather()
    sys.stdout.write(f"wrote iris.csv and seattle-weather.csv into {HERE}\n")
