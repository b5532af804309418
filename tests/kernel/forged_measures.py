"""False certificates of measures and their nodes: cubatures, coverings, packings, growth."""

from tests.kernel.forging import Forgery, but
from tests.kernel.forms import (
    certificate,
    named_source,
    points,
    polynomial,
    rational,
    source,
    vector,
)
from tests.kernel.valid_examples import (
    COVERINGS,
    CUBATURES,
    GROWTHS,
    HALF,
    LINE,
    NODES_DIGEST,
    ONE,
    PACKINGS,
    cubature,
)

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
