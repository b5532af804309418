"""What would take too long is refused at once, by any number of a certificate that asks for it."""

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest

from tests.kernel.forging import but
from tests.kernel.forms import Json, certificate, own_term, points, rational, source, vector
from tests.kernel.gallery import seconds
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
from ucomp_verify.kernel.refusals import MAX_WORK

BILLION = 10**9
HUGE = 10**100_000

_line, _growth = CUBATURES["cubature-line"], GROWTHS["growth-two-nodes"]
_identity, _syzygy = IDENTITIES["power-sum-identity-pairs"], SYZYGIES["syzygy-two-points"]
_set, _pair = LEVEL_SETS["level-set-line"], COUNTEREXAMPLES["counterexample-circle"]
_conclusion = ("statement", "conclusion", "polynomial", 0, 1)


def _row(count: int) -> Json:
    return points([[i] for i in range(count)])


def _power(degree: int) -> Json:
    """The coefficients of x^degree."""
    return vector([0] * degree + [1])


TOO_MUCH: dict[str, Json] = {
    "degree": but(_line, (("degree",), BILLION)),
    "degree-in-the-plane": but(CUBATURES["cubature-square"], (("degree",), BILLION)),
    "moments-that-fill-the-memory": cubature(source(points([[0]])), 3 * 10**8, [0], vector([1])),
    "moments-of-many-bits": cubature(source(_row(3)), 10**5, [0], vector([1])),
    "moments-of-many-nodes": cubature(source(_row(10**4)), 10**5, [0], vector([1])),
    "product": but(_identity, (("right", 0, 1), [[1]] * 10**4)),
    "product-on-the-left": but(_identity, (("left", 0, 1), [[1]] * 10**4)),
    "product-of-a-syzygy": but(_syzygy, (("terms", 0, 2), [[1]] * 10**4)),
    "product-of-fifteen": but(_syzygy, (("terms", 0, 2), [[1]] * 15)),
    "dimension": but(_identity, (("dim",), BILLION)),
    "level-set": but(_set, (("coefficients",), _power(10**5))),
    "level-set-of-many-bits": but(
        _set, (("domain",), vector([-HUGE, 1], HUGE)), (("coefficients",), _power(99))
    ),
    "peak": but(_set, (("coefficients",), _power(99)), (("peak",), rational(Fraction(1, HUGE)))),
    "level": but(_set, (("coefficients",), _power(99)), (("level",), rational(Fraction(1, HUGE)))),
    "pieces": but(
        _set,
        (("coefficients",), _power(999)),
        (("pieces",), [[["0", "1"], ["1", "1"]]] * 1000),
    ),
    "subsets": certificate("packing", points=_row(5000), subset_size=2500),
    "pairs": certificate("packing", points=_row(8000), subset_size=2),
    "covering": certificate("covering", points=_row(8000), multipliers=vector([1] * 8000, 8000)),
    "covering-of-many-bits": certificate(
        "covering", points=points([[i, HUGE] for i in range(30)]), multipliers=vector([1] * 30, 30)
    ),
    "supports": but(_growth, (("source",), source(_row(400))), (("size",), 200)),
    "nodes-of-a-growth": but(_growth, (("source",), source(_row(8000)))),
    "obstruction": but(
        _growth,
        (("obstructions", 0), {"support": [0] * 500, "multipliers": vector([HUGE, HUGE])}),
    ),
    "power": but(_growth, (("power",), BILLION)),
    "even-power": but(GROWTHS["growth-square"], (("power",), BILLION)),
    "function": but(_growth, (("functions", 1, 0, 1), [BILLION])),
    "exponent": but(_pair, (_conclusion, [BILLION, 0])),
    "exponents": but(_pair, (_conclusion, [BILLION, BILLION])),
    "exponent-of-a-witness": certificate(
        "syzygy",
        dim=1,
        num_points=1,
        terms=[own_term(1, [0], [1], [BILLION - 1]), own_term(-1, [0], [BILLION])],
        witness={"nodes": points([[2]]), "weights": vector([3]), "own": 0},
    ),
    "huge-numbers-to-a-power": but(
        _pair, (("values",), vector([3, HUGE], HUGE - 1)), (_conclusion, [100, 0])
    ),
    "entries-of-a-vector": but(_pair, (("values",), vector([1] * 10**5, HUGE))),
}

FALSE: dict[str, tuple[Json, str]] = {
    "subset-of-a-billion": (
        but(PACKINGS["packing-line"], (("subset_size",), BILLION)),
        "the subset size is not between 2 and the number of points",
    ),
    "support-index": (but(_line, (("support", 2), BILLION)), "the support index 1000000000 is not"),
    "own-point": (
        but(SYZYGIES["syzygy-own-point"], (("witness", "own"), BILLION)),
        "the own point is not there",
    ),
    "kept-nodes": (but(_growth, (("size",), BILLION)), "no obstruction for the nodes"),
    "points-of-a-syzygy": (
        but(_syzygy, (("num_points",), BILLION)),
        "1 coefficients do not vanish",
    ),
}


def _refused(folder: Path, body: Json, kind: type[ValueError], reason: str) -> None:
    path = folder / "certificate.json"
    path.write_text(json.dumps(body))
    start = time.process_time()
    with pytest.raises(kind, match=reason):
        check(load(path))
    assert time.process_time() - start < seconds()


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_work_is_refused_at_once(name: str, tmp_path: Path) -> None:
    reason = rf"^expected at most {MAX_WORK} steps of work \(split the certificate\)"
    _refused(tmp_path, TOO_MUCH[name], MalformedCertificate, reason)


@pytest.mark.parametrize("name", FALSE)
def test_a_billion_of_anything_is_rejected_at_once(name: str, tmp_path: Path) -> None:
    body, reason = FALSE[name]
    _refused(tmp_path, body, RejectedCertificate, reason)


def test_a_billion_points_are_no_work() -> None:
    """The number of points of an identity is only compared."""
    from ucomp_verify.kernel.reader import decode

    check(decode(but(_identity, (("num_points",), BILLION))))
