"""Faults in certificates: in the file, in the numbers, in what they are taken for."""

import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial

from ucomp_verify.kernel import Certificate
from ucomp_verify.writing import to_json

from . import detectors as see
from . import samples
from .types import Fault

_HALF = Fraction(3, 2)
_ULP = Fraction(1, 2**52)  # of a float64 between 1 and 2
_TEXT = json.dumps(to_json(samples.RULE))
_NODES = (-1.0, 0.0, 1.0)
_RIGHT = (_HALF, _HALF)


def _spoilt(old: str, new: str) -> str:
    assert _TEXT.count(old) == 1, f"{old} is not once in {_TEXT}"
    return _TEXT.replace(old, new)


def _file(name: str, breaks: str, old: str, new: str, reason: str) -> Fault:
    spoilt = partial(see.unreadable, _spoilt(old, new))
    return Fault(name, breaks, spoilt, partial(see.unreadable, _TEXT), reason)


def _numbers(
    name: str,
    breaks: str,
    wrong: Certificate,
    right: Certificate,
    reason: str,
    detect: Callable[[Certificate], str | None] = see.refused,
) -> Fault:
    return Fault(name, breaks, partial(detect, wrong), partial(detect, right), reason)


IN_FILES: tuple[Fault, ...] = (
    _file(
        "float in a certificate",
        "a degree written as 1.0",
        '"degree": 1',
        '"degree": 1.0',
        "exact hexadecimal integers",
    ),
    _file(
        "huge exponent",
        "a number that takes for ever to expand",
        '"degree": 1',
        '"degree": 1e999999999',
        "exact hexadecimal integers",
    ),
    _file("NaN", "a number that is none", '"degree": 1', '"degree": NaN', "exact hexadecimal"),
    _file(
        "duplicate key",
        "a field that is there twice, so that two readers see two values",
        '"degree": 1',
        '"degree": 0, "degree": 1',
        "every field once",
    ),
    _file(
        "unknown field",
        "a field that no checker looks at",
        '"degree": 1',
        '"degree": 1, "tolerance": 1',
        "exactly the fields",
    ),
    _file(
        "another format",
        "a file of a later format, read as one of this",
        '"ucomp-certificate 1"',
        '"ucomp-certificate 2"',
        '"ucomp-certificate 1"',
    ),
    _file(
        "denominator 0",
        "weights over 0",
        '"denominator": "2"',
        '"denominator": "0"',
        "denominator",
    ),
    _file(
        "deep nesting",
        "200000 brackets, to exhaust the stack",
        '"degree": 1',
        '"degree": ' + "[" * 200_000 + "]" * 200_000,
        "not a certificate in JSON",
    ),
)

IN_NUMBERS: tuple[Fault, ...] = (
    _numbers(
        "dropped mass",
        "a weight made smaller",
        samples.rule((0, 2), (_HALF, 1)),
        samples.RULE,
        "moment (0,)",
    ),
    _numbers(
        "wrong normalisation",
        "weights that add up to 1 where the source has mass 3",
        samples.rule((0, 2), (Fraction(1, 2), Fraction(1, 2))),
        samples.RULE,
        "by 2/3",
    ),
    _numbers(
        "negative weight",
        "moments matched with a weight below 0",
        samples.rule((0, 1, 2), (2, -1, 2)),
        samples.RULE,
        "not positive",
    ),
    _numbers(
        "zero weight",
        "a node counted that carries nothing",
        samples.rule((0, 1, 2), (_HALF, 0, _HALF)),
        samples.RULE,
        "not positive",
    ),
    _numbers(
        "repeated index",
        "one node counted as two",
        samples.rule((0, 0, 2), (_HALF / 2, _HALF / 2, _HALF)),
        samples.RULE,
        "repeats an index",
    ),
    _numbers(
        "support index out of range",
        "a node that the source does not have",
        samples.rule((0, 3), _RIGHT),
        samples.RULE,
        "the support index 3 is not below 3",
    ),
    _numbers(
        "degree off by one",
        "a rule of degree 1 passed off as one of degree 2",
        samples.rule((0, 2), _RIGHT, degree=2),
        samples.RULE,
        "moment (2,)",
    ),
    _numbers(
        "kernel tolerance",
        "a weight off by one unit in the last place of a float64",
        samples.rule((0, 2), (_HALF + _ULP, _HALF)),
        samples.RULE,
        "moment (0,)",
    ),
    _numbers(
        "defect rounded away",
        "an approximate rule off by 2^-1200, which is 0 as a float64",
        samples.approximate(Fraction(1, 2**1200)),
        samples.approximate(Fraction(0)),
        "e-362",
        see.defective,
    ),
    Fault(
        "digest of other data",
        "a rule for one file shown with another",
        partial(see.refused, samples.named_rule(_NODES), samples.data((-1.0, 0.0, 2.0))),
        partial(see.refused, samples.named_rule(_NODES), samples.data(_NODES)),
        "other data",
    ),
    _numbers(
        "false power sum identity",
        "the sum over distinct pairs without its diagonal term",
        samples.identity(),
        samples.identity(-1),
        "differ",
    ),
    _numbers(
        "false syzygy",
        "a relation of one point passed off as one of two",
        samples.syzygy(2, 1, -1),
        samples.syzygy(1, 1, -1),
        "do not vanish",
    ),
    _numbers(
        "empty syzygy",
        "0 = 0 as a relation",
        samples.syzygy(1, 0, 0),
        samples.syzygy(1, 1, -1),
        "is zero",
    ),
    _numbers(
        "level set polynomial exceeds 1",
        "p = 2x, which is 2 at the end of the domain",
        samples.level_set((0, 2), peak=Fraction(1, 2)),
        samples.level_set(),
        "|p| <= 1 is not shown",
    ),
    _numbers(
        "level set polynomial too small",
        "p = x/4, which nowhere reaches 1",
        samples.level_set((0, Fraction(1, 4))),
        samples.level_set(),
        "|p| is not 1 at the peak",
    ),
    _numbers(
        "level set counted twice",
        "overlapping pieces",
        samples.level_set((0, 1), (-_HALF / 3, 0), (-_HALF / 3, _HALF / 3)),
        samples.level_set(),
        "the pieces overlap",
    ),
    _numbers(
        "hypothesis not met",
        "a counterexample outside the hypotheses",
        samples.counterexample(0),
        samples.counterexample(3),
        "hypothesis 0 does not hold",
    ),
    _numbers(
        "conclusion not violated",
        "an example passed off as a counterexample",
        samples.counterexample(2),
        samples.counterexample(3),
        "the conclusion holds",
    ),
    _numbers(
        "support forgotten",
        "a lower bound over all supports that leaves one out",
        samples.growth(obstructions=1),
        samples.growth(obstructions=2),
        "no obstruction for the nodes (1,)",
    ),
    _numbers(
        "multipliers not normalised",
        "a covering radius from multipliers that add up to 2",
        samples.covering(1, 1),
        samples.covering(Fraction(1, 2), Fraction(1, 2)),
        "do not add up to 1",
    ),
)

IN_READINGS: tuple[Fault, ...] = (
    _numbers(
        "N + 1 nodes",
        "an exact rule on more nodes than Tchakaloff's theorem allows",
        samples.rule((0, 1, 2), (1, 1, 1)),
        samples.RULE,
        "silent",
        see.no_instance,
    ),
    _numbers(
        "defect ignored",
        "an approximate rule as an instance of Tchakaloff's theorem",
        samples.approximate(_ULP),
        samples.approximate(Fraction(0)),
        "silent",
        see.no_instance,
    ),
    _numbers(
        "weak counterexample",
        "a level set that fills no more than the lemma allows",
        samples.level_set((0, 1), (Fraction(-1, 4), Fraction(1, 4))),
        samples.level_set(),
        "silent",
        see.no_refutation,
    ),
    _numbers(
        "fact of another kind",
        "a cubature rule as a counterexample to the lemma on level sets",
        samples.RULE,
        samples.level_set(),
        "silent",
        see.no_refutation,
    ),
)
