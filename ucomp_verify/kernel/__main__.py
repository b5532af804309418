"""`python -m ucomp_verify.kernel FILE...`: check certificates with nothing but Python.

One line a file. Exit status 0: all accepted; 1: one was rejected, or has a defect above
the limit (any defect under `--require exact`); 2: one is malformed.
"""

import argparse
import re
import sys
from fractions import Fraction
from pathlib import Path

from . import MalformedCertificate, RejectedCertificate, check, load, read_data
from .certificates import Source
from .facts import CubatureFact
from .moments import describe
from .rationals import show


def _decimal(text: str) -> Fraction:
    if re.fullmatch(r"\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?", text) is None:
        raise argparse.ArgumentTypeError(f"expected a number such as 1e-10, got {text[:40]!r}")
    return Fraction(text)


def _line(path: Path, data: Source | None, limit: Fraction) -> str:
    """The fact in `path` in one line, `RejectedCertificate` if its defect is too large."""
    fact = check(load(path), data)
    if not isinstance(fact, CubatureFact):
        return type(fact).__name__
    failing = describe(fact.defects, limit)
    if failing:
        raise RejectedCertificate(f"{failing}, the limit is {show(limit)}")
    kept = f"{fact.support_size} of {fact.num_nodes} nodes in dimension {fact.dim}"
    return f"{kept} have all moments up to degree {fact.degree}, defect {show(fact.defect)}"


def main(arguments: list[str] | None = None) -> int:
    """Check every file; the exit status is that of the worst of them."""
    parser = argparse.ArgumentParser(prog="python -m ucomp_verify.kernel", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--data", type=Path, help="the nodes, a .npy file of float64 rows")
    parser.add_argument("--weights", type=Path, help="their weights, likewise; 1 if not given")
    parser.add_argument("--max-defect", type=_decimal, default=Fraction(1, 10**10))
    parser.add_argument("--require", choices=["exact"], help="refuse any defect")
    options = parser.parse_args(arguments)
    limit, status = Fraction(0) if options.require else options.max_defect, 0
    for path in options.files:
        try:
            data = read_data(options.data, options.weights) if options.data else None
            print(f"accepted   {path}: {_line(path, data, limit)}")
        except RejectedCertificate as error:
            status = 1
            print(f"rejected   {path}: {error}")
        except (MalformedCertificate, OSError) as error:
            status = status or 2
            print(f"malformed  {path}: {error}")
    return status


if __name__ == "__main__":
    sys.exit(main())
