"""False certificates of polynomials: identities, syzygies, level sets, counterexamples."""

from fractions import Fraction
from typing import Any

from tests.kernel.forging import Forgery, but
from tests.kernel.forms import Json, certificate, own_term, points, rational, relation, term, vector
from tests.kernel.valid_examples import COUNTEREXAMPLES, HALF, LEVEL_SETS, SYZYGIES


def _identity(left: list[Any], right: list[Any], dim: int = 1, num: int | None = None) -> Json:
    return certificate("power_sum_identity", dim=dim, num_points=num, left=left, right=right)


IDENTITY_FORGERIES = (
    Forgery(
        "power_sum_identity/false-lemma",
        _identity([term(1, [1], [1])], [term(1, [1], [1]), term(1, [2])]),
        r"1 coefficients differ, first that of \[\(\(2,\),\)\]",
    ),
    Forgery(
        "power_sum_identity/three-points-are-too-many",
        _identity([term(2, [3])], [term(3, [1], [2]), term(-1, [1], [1], [1])], num=3),
        r"1 coefficients differ, first that of \[\(\(1,\), \(1,\), \(1,\)\)\]",
    ),
    Forgery(
        "power_sum_identity/true-on-few-points-only",
        _identity([term(1, [2])], [term(1, [1], [1])]),
        r"1 coefficients differ, first that of \[\(\(1,\), \(1,\)\)\]",
    ),
    Forgery(
        "power_sum_identity/nothing-on-the-right",
        _identity([term(1, [1], [1])], []),
        r"1 coefficients differ, first that of \[\(\(1,\), \(1,\)\)\]$",
    ),
    Forgery(
        "power_sum_identity/two-coefficients-wrong",
        _identity([term(1, [1], [1])], [term(2, [1], [1]), term(5, [2])]),
        r"2 coefficients differ, first that of \[\(\([12],\)(, \(1,\))?,?\)\]$",
    ),
    Forgery("power_sum_identity/nothing-on-the-left", _identity([], []), r"the left side is zero"),
    Forgery(
        "power_sum_identity/left-cancels",
        _identity([term(1, [2]), term(-1, [2])], []),
        r"the left side is zero",
    ),
    Forgery(
        "power_sum_identity/index-of-another-dimension",
        _identity([term(1, [1])], [term(1, [1])], dim=2),
        r"a multi-index not of length 2",
    ),
    Forgery(
        "power_sum_identity/index-zero",  # p_0 is the number of points
        _identity([term(1, [0])], [term(1, [0])]),
        r"a multi-index is zero",
    ),
)

_two, _own = SYZYGIES["syzygy-two-points"], SYZYGIES["syzygy-own-point"]

SYZYGY_FORGERIES = (
    Forgery(
        "syzygy/two-coefficients-left",
        but(_two, (("num_points",), 3), (("terms", 0, 0), rational(5))),
        r"2 coefficients do not vanish, first that of \[\(\(0,\), \((\([0-9],\)(, )?)+,?\)\)\]$",
    ),
    Forgery(
        "syzygy/on-three-points", but(_two, (("num_points",), 3)), r"1 coefficients do not vanish"
    ),
    Forgery(
        "syzygy/own-point-on-three-points",
        but(_own, (("num_points",), 3)),
        r"1 coefficients do not vanish",
    ),
    Forgery(
        "syzygy/no-points",
        certificate("syzygy", dim=1, num_points=0, terms=[own_term(1, [0], [1])], witness=None),
        r"no points",
    ),
    Forgery(
        "syzygy/nothing",
        certificate("syzygy", dim=1, num_points=2, terms=[], witness=None),
        r"the polynomial in the power sums is zero",
    ),
    Forgery(
        "syzygy/terms-cancel",
        certificate(
            "syzygy",
            dim=1,
            num_points=2,
            terms=[own_term(1, [0], [1], [2]), own_term(-1, [0], [2], [1])],
            witness=None,
        ),
        r"the polynomial in the power sums is zero",
    ),
    Forgery(
        "syzygy/zero-on-the-witness-too",
        but(
            _two, (("witness",), {"nodes": points([[1], [5]]), "weights": vector([1, 1]), "own": 0})
        ),
        r"the polynomial is zero on the weighted set too",
    ),
    Forgery(
        "syzygy/weight-zero",
        but(_two, (("witness", "weights"), vector([0, 3, 1]))),
        r"a weight is not positive",
    ),
    Forgery(
        "syzygy/negative-weight",
        but(_own, (("witness", "weights"), vector([1, -2]))),
        r"a weight is not positive",
    ),
    Forgery(
        "syzygy/own-point-that-is-not-used",
        but(_two, (("witness", "own"), 1)),
        r"the own point is not there, or not used",
    ),
    Forgery(
        "syzygy/own-point-that-is-not-there",
        but(_own, (("witness", "own"), 2)),
        r"the own point is not there, or not used",
    ),
    Forgery(
        "syzygy/fewer-weights-than-points",
        but(_two, (("witness", "weights"), vector([1, 3]))),
        r"one weight a point",
    ),
    Forgery(
        "syzygy/witness-of-another-dimension",
        but(_two, (("witness", "nodes"), points([[1, 0], [2, 0], [6, 0]]))),
        r"the weighted set has another dimension",
    ),
)

_set = LEVEL_SETS["level-set-line"]

LEVEL_SET_FORGERIES = (
    Forgery(
        "level_set/exceeds-one",
        but(_set, (("domain",), vector([-1, 2]))),
        r"\|p\| <= 1 is not shown on \[-1, 2\]",
    ),
    Forgery(
        "level_set/below-minus-one",
        but(_set, (("domain",), vector([-3, 2], 2)), (("peak",), rational(1))),
        r"\|p\| <= 1 is not shown on \[-3/2, 1\]",
    ),
    Forgery(
        "level_set/not-normalised",
        but(_set, (("peak",), rational(HALF))),
        r"\|p\| is not 1 at the peak",
    ),
    Forgery(
        "level_set/peak-outside",
        but(_set, (("domain",), vector([-1, 1], 2))),
        r"the peak is outside the domain",
    ),
    Forgery(
        "level_set/piece-outside",
        but(_set, (("pieces", 0, 0), rational(-2)), (("level",), rational(2))),
        r"a piece is empty or outside the domain",
    ),
    Forgery(
        "level_set/piece-backwards",  # a share of -1/2
        but(_set, (("pieces", 0), [rational(HALF), rational(-HALF)])),
        r"a piece is empty or outside the domain",
    ),
    Forgery(
        "level_set/above-the-level",
        but(_set, (("pieces", 0, 1), rational(Fraction(3, 4)))),
        r"\|p\| <= level is not shown on \[-1/2, 3/4\]",
    ),
    Forgery(
        "level_set/below-minus-the-level",
        but(_set, (("pieces", 0, 0), rational(Fraction(-3, 4)))),
        r"\|p\| <= level is not shown on \[-3/4, 1/2\]",
    ),
    Forgery(
        "level_set/overlapping-pieces",
        but(
            _set, (("pieces",), [[rational(-HALF), rational(HALF)], [rational(0), rational(HALF)]])
        ),
        r"the pieces overlap",
    ),
    Forgery(
        "level_set/domain-backwards",
        but(
            _set,
            (("coefficients",), vector([1])),
            (("domain",), vector([0, 2, 1])),
            (("pieces",), []),
        ),
        r"an empty domain",
    ),
    Forgery(
        "level_set/breakpoint-twice",
        but(_set, (("domain",), vector([-1, 0, 0, 1]))),
        r"an empty domain",
    ),
    Forgery(
        "level_set/piece-of-one-point",
        but(_set, (("pieces", 0), [rational(HALF), rational(HALF)])),
        r"a piece is empty or outside the domain",
    ),
    Forgery(
        "level_set/domain-of-one-point",
        but(_set, (("domain",), vector([1])), (("pieces",), [])),
        r"an empty domain",
    ),
    Forgery(
        "level_set/leading-coefficient-zero",
        but(_set, (("coefficients",), vector([0, 1, 0]))),
        r"the leading coefficient is 0",
    ),
    Forgery(
        "level_set/no-polynomial",
        but(_set, (("coefficients",), vector([]))),
        r"the leading coefficient is 0",
    ),
)

_implication = COUNTEREXAMPLES["counterexample-square"]
_pair = COUNTEREXAMPLES["counterexample-circle"]

COUNTEREXAMPLE_FORGERIES = (
    Forgery(
        "counterexample/hypothesis-fails",
        but(_implication, (("values",), vector([0]))),
        r"hypothesis 0 does not hold",
    ),
    Forgery(
        "counterexample/equation-fails",
        but(_pair, (("values",), vector([3, -3], 5))),
        r"hypothesis 0 does not hold",
    ),
    Forgery(
        "counterexample/second-hypothesis-fails",
        but(_pair, (("values",), vector([-3, -4], 5))),
        r"hypothesis 1 does not hold",
    ),
    Forgery(
        "counterexample/conclusion-holds",
        but(_implication, (("values",), vector([2]))),
        r"the conclusion holds",
    ),
    Forgery(
        "counterexample/conclusion-holds-with-equality",
        but(_implication, (("values",), vector([1]))),
        r"the conclusion holds",
    ),
    Forgery(
        "counterexample/variable-named-twice",
        but(_pair, (("statement", "variables", 1), "x")),
        r"a variable named twice",
    ),
    Forgery(
        "counterexample/variable-without-value",
        but(_implication, (("statement", "variables"), ["x", "y"])),
        r"one value a variable",
    ),
    Forgery(
        "counterexample/exponents-of-another-dimension",
        but(
            _implication,
            (("statement", "conclusion"), relation({(2, 1): 1}, "=")),
        ),
        r"one exponent a variable",
    ),
)
