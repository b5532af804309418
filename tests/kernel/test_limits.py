"""What is too large is refused at once; what is merely large is checked."""

import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.forgeries import but
from tests.kernel.forms import Json, certificate, own_term, points, rational, relation, source, term, vector
from tests.kernel.valid_examples import (
    COUNTEREXAMPLES,
    CUBATURES,
    GROWTHS,
    IDENTITIES,
    LEVEL_SETS,
    PACKINGS,
    SYZYGIES,
    cubature,
)
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, load
from ucomp_verify.kernel.facts import CounterexampleFact, CoveringFact, CubatureFact, LevelSetFact
from ucomp_verify.kernel.reader import parse
from ucomp_verify.kernel.refusals import MAX_BITS, MAX_BYTES, MAX_OTHER_BYTES, limit_work

SECONDS = 1.0  # of processor time, in which anything is refused

_line, _growth = CUBATURES["cubature-line"], GROWTHS["growth-two-nodes"]
_identity, _syzygy = IDENTITIES["power-sum-identity-pairs"], SYZYGIES["syzygy-two-points"]
_set, _pair = LEVEL_SETS["level-set-line"], COUNTEREXAMPLES["counterexample-circle"]
_conclusion = ("statement", "conclusion", "polynomial", 0, 1)

_HUGE = 10**100_000  # a hundred thousand digits and one


def _refused(path: Path, kind: type[ValueError], reason: str) -> None:
    start = time.process_time()
    with pytest.raises(kind, match=reason):
        check(load(path))
    assert time.process_time() - start < SECONDS


def _written(folder: Path, body: Json) -> Path:
    path = folder / "certificate.json"
    path.write_text(json.dumps(body))
    return path


WORK = "expected at most 1000000000 steps of work"

TOO_MUCH: dict[str, tuple[Json, str]] = {
    "degree": (but(_line, (("degree",), 10**9)), WORK),
    "degree-in-the-plane": (but(CUBATURES["cubature-square"], (("degree",), 10**9)), WORK),
    "degree-that-fills-the-memory": (
        cubature(source(points([[0]])), 3 * 10**8, [0], vector([1])),
        WORK,
    ),
    "product": (but(_identity, (("right", 0, 1), [[1]] * 10**4)), WORK),
    "product-on-the-left": (but(_identity, (("left", 0, 1), [[1]] * 10**4)), WORK),
    "products": (but(_identity, (("right",), [term(i + 1, [1], [i + 1], [i + 2], [i + 3]) for i in range(10**4)])), WORK),
    "product-of-a-syzygy": (but(_syzygy, (("terms", 0, 2), [[1]] * 10**4)), WORK),
    "dimension": (but(_identity, (("dim",), 10**9)), WORK),
    "level-set": (but(_set, (("coefficients",), vector([0] * 10**5 + [1]))), WORK),
    "level-set-of-many-bits": (but(_set, (("domain",), vector([-_HUGE, 1], _HUGE)), (("coefficients",), vector([0] * 99 + [1]))), WORK),
    "peak": (but(_set, (("coefficients",), vector([0] * 99 + [1])), (("peak",), rational(Fraction(1, _HUGE)))), WORK),
    "pieces": (but(_set, (("coefficients",), vector([0] * 999 + [1])), (("pieces",), [[["0", "1"], ["1", "1"]]] * 1000)), WORK),
    "subsets": (certificate("packing", points=points([[i] for i in range(5000)]), subset_size=2500), WORK),
    "pairs": (certificate("packing", points=points([[i] for i in range(50_000)]), subset_size=2), WORK),
    "covering": (certificate("covering", points=points([[i] for i in range(50_000)]), multipliers=vector([1] * 50_000, 50_000)), WORK),
    "supports": (but(_growth, (("source",), source(points([[i] for i in range(400)]))), (("size",), 200)), WORK),
    "nodes-of-a-growth": (but(_growth, (("source",), source(points([[i] for i in range(50_000)])))), WORK),
    "power": (but(_growth, (("power",), 10**9)), WORK),
    "even-power": (but(GROWTHS["growth-square"], (("power",), 10**9)), WORK),
    "function": (but(_growth, (("functions", 1, 0, 1), [10**9])), WORK),
    "exponent": (but(_pair, (_conclusion, [10**9, 0])), WORK),
    "exponents": (but(_pair, (_conclusion, [10**9, 10**9])), WORK),
    "exponent-of-a-witness": (
        but(_syzygy, (("terms",), [own_term(1, [0], [10**9]), own_term(-1, [0], [10**9])])),
        "the polynomial in the power sums is zero",
    ),
    "huge-numbers-to-a-power": (but(_pair, (("values",), vector([3, _HUGE], _HUGE - 1)), (_conclusion, [100, 0])), WORK),
    "entries-of-a-vector": (but(_pair, (("values",), vector([1] * 10**5, _HUGE))), WORK),
}  # fmt: skip

FALSE: dict[str, tuple[Json, str]] = {
    "subset-of-a-billion": (
        but(PACKINGS["packing-line"], (("subset_size",), 10**9)),
        "the subset size is not between 2 and the number of points",
    ),
    "support-index": (
        but(_line, (("support", 2), 10**9)),
        "the support index 1000000000 is not below 5",
    ),
    "own-point": (
        but(SYZYGIES["syzygy-own-point"], (("witness", "own"), 10**9)),
        "the own point is not there",
    ),
    "kept": (but(_growth, (("size",), 10**9)), "no obstruction for the nodes"),
    "points-of-a-syzygy": (
        but(_syzygy, (("num_points",), 10**9)),
        "coefficients do not vanish",
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_work_is_refused_at_once(name: str, tmp_path: Path) -> None:
    body, reason = TOO_MUCH[name]
    kind = MalformedCertificate if reason == WORK else RejectedCertificate
    _refused(_written(tmp_path, body), kind, reason)


@pytest.mark.parametrize("name", FALSE)
def test_a_billion_of_anything_is_rejected_at_once(name: str, tmp_path: Path) -> None:
    body, reason = FALSE[name]
    _refused(_written(tmp_path, body), RejectedCertificate, reason)
