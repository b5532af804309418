"""Certificates that can be read and are false: for every `require` of the kernel one at least."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.kernel.forms import (
    Json,
    certificate,
    named_source,
    own_term,
    points,
    polynomial,
    rational,
    relation,
    source,
    term,
    vector,
)
from tests.kernel.leaves import Way, changed
from tests.kernel.valid_examples import (
    COUNTEREXAMPLES,
    COVERINGS,
    CUBATURES,
    GROWTHS,
    HALF,
    LEVEL_SETS,
    LINE,
    NODES_DIGEST,
    ONE,
    PACKINGS,
    SYZYGIES,
    cubature,
)


@dataclass(frozen=True)
class Forgery:
    """A false certificate, and a pattern of the reason for which it is rejected.

    `data` says that it is checked with the nodes and weights in `valid/*.npy`.
    """

    name: str  # kind/what-is-wrong
    body: Json
    reason: str
    data: bool = False


def but(body: Json, *changes: tuple[Way, Any]) -> Json:
    """The certificate with other values at the ends of these ways."""
    for way, value in changes:
        body = changed(body, way, value)
    return body


def _identity(left: list[Any], right: list[Any], dim: int = 1, num: int | None = None) -> Json:
    return certificate("power_sum_identity", dim=dim, num_points=num, left=left, right=right)


_line, _square = CUBATURES["cubature-line"], CUBATURES["cubature-square"]
_named = CUBATURES["cubature-named"]

CUBATURE_FORGERIES = (
    Forgery("cubature/wrong-moment", but(_line, (("degree",), 4)), r"moment \(4,\) is off by 3/40"),
    Forgery(
        "cubature/wrong-mass",
        but(_line, (("weights",), vector([5, 11, 5], 4))),
        r"moment \(0,\) is off by 1/20; the defect is 1/20",
    ),
    Forgery(
        "cubature/nothing-kept", cubature(LINE, 3, [], vector([])), r"moment \(0,\) is off by 1;"
    ),
    Forgery(
        "cubature/negative-weight",  # and the right moments up to degree 2
        cubature(LINE, 2, [0, 1, 3], vector([5, -5, 15], 3)),
        r"the weight at node 1 is not positive",
    ),
    Forgery(
        "cubature/weight-zero",
        cubature(LINE, 1, [0, 1, 4], vector([5, 0, 5], 2)),
        r"the weight at node 1 is not positive",
    ),
    Forgery(
        "cubature/repeated-index",
        cubature(LINE, 1, [0, 4, 0], vector([5, 10, 5], 4)),
        r"the support repeats an index",
    ),
    Forgery(
        "cubature/index-beyond-the-nodes",
        cubature(LINE, 1, [0, 5], vector([5, 5], 2)),
        r"the support index 5 is not below 5",
    ),
    Forgery(
        "cubature/more-weights-than-indices",
        cubature(LINE, 1, [0, 4], vector([5, 5, 5], 2)),
        r"one weight a support index",
    ),
    Forgery(
        "cubature/negative-source-weight",
        cubature(source(points([[0], [1], [2]]), vector([1, -1, 1])), 1, [1], vector([1])),
        r"a source weight is negative",
    ),
    Forgery(
        "cubature/source-without-mass",
        cubature(source(points([[0], [1]]), vector([0, 0])), 1, [], vector([])),
        r"the source has no mass",
    ),
    Forgery(
        "cubature/more-source-weights-than-nodes",
        cubature(source(points([[0], [1]]), vector([1, 1, 1])), 0, [1], vector([3])),
        r"one source weight a node",
    ),
    Forgery(
        "cubature/other-data",
        but(_named, (("source", "sha256", 1), NODES_DIGEST)),
        r"other data, SHA-256",
        data=True,
    ),
    Forgery(
        "cubature/data-with-weights-of-its-own",
        but(_named, (("source", "weights"), vector([1]))),
        r"other data, SHA-256",
        data=True,
    ),
    Forgery(
        "cubature/weights-not-named",
        but(_named, (("source",), named_source(NODES_DIGEST))),
        r"other data, SHA-256",
        data=True,
    ),
    Forgery(
        "cubature/nodes-that-are-not-the-data",
        _line,
        r"the certificate holds another measure than the data",
        data=True,
    ),
    Forgery(
        "cubature/weights-that-are-not-the-data",
        but(_square, (("source", "weights"), vector([2, 1, 1, 2])), (("support",), [0, 3])),
        r"the certificate holds another measure than the data",
        data=True,
    ),
    Forgery(
        "approximate_cubature/negative-weight",
        cubature(LINE, 0, [0, 1], vector([6, -1]), "approximate_"),
        r"the weight at node 1 is not positive",
    ),
    Forgery(
        "approximate_cubature/repeated-index",
        cubature(LINE, 1, [4, 4], vector([1, 1]), "approximate_"),
        r"the support repeats an index",
    ),
)

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

_segment, _row = COVERINGS["covering-segment"], PACKINGS["packing-line"]

DISTANCE_FORGERIES = (
    Forgery(
        "covering/negative-multiplier",
        but(_segment, (("multipliers",), vector([2, -1]))),
        r"a multiplier is negative",
    ),
    Forgery(
        "covering/multipliers-add-up-to-two",
        but(_segment, (("multipliers",), vector([1, 1]))),
        r"the multipliers do not add up to 1",
    ),
    Forgery(
        "covering/more-multipliers-than-points",
        but(_segment, (("multipliers",), vector([1, 1, 0], 2))),
        r"one multiplier a point",
    ),
    Forgery(
        "covering/no-multipliers",
        but(_segment, (("multipliers",), vector([]))),
        r"one multiplier a point",
    ),
    Forgery(
        "packing/subset-of-one", but(_row, (("subset_size",), 1)), r"the subset size is not between"
    ),
    Forgery(
        "packing/more-than-the-points",
        but(_row, (("subset_size",), 4)),
        r"the subset size is not between",
    ),
)

_growth, _even = GROWTHS["growth-two-nodes"], GROWTHS["growth-square"]

GROWTH_FORGERIES = (
    Forgery(
        "growth/power-zero",
        but(_even, (("power",), 0), (("error",), rational(0))),
        r"the power is 0 or the error negative",
    ),
    Forgery(
        "growth/negative-error",
        but(
            _growth,
            (("error",), rational(-HALF)),
            (("lower",), vector([5, 1], 2)),
            (("upper",), vector([3, -1], 2)),
        ),
        r"the power is 0 or the error negative",
    ),
    Forgery(
        "growth/function-of-another-dimension",
        but(_growth, (("functions", 1), polynomial({(1, 0): 1}))),
        r"a function of another dimension",
    ),
    Forgery(
        "growth/bound-without-function",
        but(_growth, (("upper",), vector([5, 1, 7], 2))),
        r"a lower and an upper bound a function",
    ),
    Forgery(
        "growth/function-without-bound",
        but(_growth, (("lower",), vector([3], 2))),
        r"a lower and an upper bound a function",
    ),
    Forgery(
        "growth/lower-bound-too-high",
        but(_growth, (("lower", "numerators", 0), "4")),
        r"a lower bound is not shown",
    ),
    Forgery(
        "growth/upper-bound-too-low",
        but(_growth, (("upper", "numerators", 1), "0")),
        r"an upper bound is not shown",
    ),
    Forgery(
        "growth/negative-lower-bound-of-a-square",  # (-1)^2 <= 1, yet the sum may be below -1
        but(_even, (("lower",), vector([-1])), (("obstructions", 0, "multipliers"), vector([-1]))),
        r"a lower bound is not shown",
    ),
    Forgery(
        "growth/negative-upper-bound-of-a-square",
        but(_even, (("upper",), vector([-3])), (("obstructions", 0, "multipliers"), vector([-1]))),
        r"an upper bound is not shown",
    ),
    Forgery(
        "growth/negative-function-in-a-square",  # (sum c x)^2 = 1, yet sum c x is -1
        certificate(
            "growth",
            source=source(points([[-1]])),
            size=1,
            power=2,
            functions=[ONE, polynomial({(1,): 1})],
            error=rational(0),
            lower=vector([1, 1]),
            upper=vector([1, 1]),
            obstructions=[{"support": [0], "multipliers": vector([1, 1])}],
        ),
        r"a function is negative at a node, the power even",
    ),
    Forgery(
        "growth/support-left-out",
        but(_growth, (("obstructions",), [{"support": [0], "multipliers": vector([1, 1])}])),
        r"no obstruction for the nodes \(1,\)",
    ),
    Forgery(
        "growth/more-kept-than-obstructed",
        but(_growth, (("size",), 2)),
        r"no obstruction for the nodes \(0, 1\)",
    ),
    Forgery(
        "growth/more-multipliers-than-functions",
        but(_growth, (("obstructions", 0, "multipliers"), vector([1, 1, 1]))),
        r"one multiplier a function",
    ),
    Forgery(
        "growth/combination-not-zero",
        but(_growth, (("obstructions", 0, "multipliers"), vector([1, 0]))),
        r"the combination is not 0 on the nodes \(0,\)",
    ),
    Forgery(
        "growth/obstruction-beyond-the-nodes",
        but(_growth, (("obstructions", 0, "support"), [0, 2])),
        r"the combination is not 0 on the nodes \(0, 2\)",
    ),
    Forgery(
        "growth/combination-may-vanish",
        but(
            _growth,
            (("error",), rational(1)),
            (("lower",), vector([1, -1])),
            (("upper",), vector([3, 1])),
        ),
        r"the combination may be 0 for the nodes \(0,\)",
    ),
    Forgery(
        "growth/combination-may-vanish-by-a-fraction",  # the lower bounds add up to 0 here too
        but(
            _growth,
            (("error",), rational(1)),
            (("lower",), vector([1, -1])),
            (("upper",), vector([3, 1])),
            (("obstructions", 0, "multipliers"), vector([1, 1], 2)),
        ),
        r"the combination may be 0 for the nodes \(0,\)",
    ),
    Forgery(
        "growth/combination-negative",
        but(_growth, (("obstructions", 0, "multipliers"), vector([-1, -1]))),
        r"the combination may be 0 for the nodes \(0,\)",
    ),
    Forgery(
        "growth/source-without-mass",
        but(_growth, (("source", "weights"), vector([0, 0]))),
        r"the source has no mass",
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

FORGERIES = (
    *CUBATURE_FORGERIES,
    *IDENTITY_FORGERIES,
    *SYZYGY_FORGERIES,
    *LEVEL_SET_FORGERIES,
    *DISTANCE_FORGERIES,
    *GROWTH_FORGERIES,
    *COUNTEREXAMPLE_FORGERIES,
)
