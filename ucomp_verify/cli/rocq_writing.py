"""Certificates for the checker in Rocq: lines for the OCaml program, or a theory.

The lines are described in proofs/rocq/extraction/README.md. The theory states that the
checker accepts the certificate, has Rocq compute it, and applies the soundness theorem.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ucomp_verify.cli.rocq_fields import (
    Count,
    Field,
    Natural,
    Number,
    Numbers,
    Table,
    Term,
    Terms,
    Value,
    Witness,
    fields_of,
)
from ucomp_verify.kernel import check
from ucomp_verify.kernel.certificates import Certificate, Source
from ucomp_verify.kernel.facts import CubatureFact
from ucomp_verify.kernel.rationals import MultiIndex


def lines(certificate: Certificate, data: Source | None = None) -> Iterator[str]:
    """The certificate line by line, for `ucomp-checker`; raises as `fields_of`."""
    kind, fields = fields_of(certificate, data)
    yield f"ucomp-lines 1 {kind}\n"
    yield from _lines(fields)
    yield "end\n"


def _lines(fields: Iterable[Field]) -> Iterator[str]:
    for name, value in fields:
        for tokens in _tokens(value):
            yield " ".join((name, *tokens)) + "\n"
        if isinstance(value, Witness) and value.fields is not None:
            yield from _lines(value.fields)


def _tokens(value: Value) -> Iterator[Iterable[str]]:
    match value:
        case Natural(n) | Number(n):
            yield [_hex(n)]
        case Count(n):
            yield ["any" if n is None else _hex(n)]
        case Numbers(row):
            yield map(_hex, row)
        case Table(rows):
            yield from (map(_hex, row) for row in rows)
        case Terms(terms):
            yield from map(_term_tokens, terms)
        case Witness():
            return


def _hex(n: int) -> str:
    return format(n, "x")


def _term_tokens(term: Term) -> Iterator[str]:
    yield _hex(term.coefficient)
    yield from map(_index_token, (term.own, *term.factors))


def _index_token(alpha: MultiIndex) -> str:
    return ",".join(map(_hex, alpha)) or "-"


# Kind: theories, record, checker, theorem.
_THEORIES = {
    "cubature": ("Cubature", "Cubature.Certificate", "check_exact", "check_exact_sound"),
    "approximate_cubature": (
        "Defect",
        "Cubature.Certificate",
        "check_within",
        "check_within_sound",
    ),
    "level_set": ("LevelSet", "LevelSet.Certificate", "check", "check_level_set_sound"),
    "power_sum_identity": (
        "PowerSums",
        "PowerSums.Identity",
        "check_identity",
        "check_identity_sound",
    ),
    "syzygy": ("Syzygy", "PowerSums.Syzygy", "check_syzygy", "check_syzygy_sound"),
}


def theory(certificate: Certificate, data: Source | None = None) -> Iterator[str]:
    """A theory in which Rocq states the fact of the certificate, if it is one.

    Of an approximate cubature it says that the defect is at most the one that the kernel
    finds. Raises as `fields_of`, and `RejectedCertificate` for a rule without a defect.
    """
    kind, fields = fields_of(certificate, data)
    sound, record, checker, theorem = _THEORIES[kind]
    module, limit = record.split(".")[0], ""
    if kind == "approximate_cubature":
        limit = " " + " ".join(_pair(_defect(certificate, data)))
    yield (
        "(* A certificate, checked by Rocq.  Where the theories were built (check.sh):\n"
        "     coqc -Q theories UComp THIS_FILE                                      *)\n"
        "From Coq Require Import ZArith NArith List.\n"
        f"From UComp Require Import Checker{module} Checker{sound}Sound.\n"
        "Import ListNotations.\nLocal Open Scope Z_scope.\n\n"
        f"Definition certificate := {record}"
    )
    for _, value in fields:
        yield "\n  " + _gallina(value)
    yield (
        ".\n\n(* By vm_compute, which Qed runs. *)\n"
        f"Lemma accepted : {module}.{checker} certificate{limit} = true.\n"
        "Proof. vm_cast_no_check (eq_refl true). Qed.\n\n"
        f"Definition fact F := {theorem} F accepted.\n"
        "Check fact.\nPrint Assumptions fact.\n"
    )


def _defect(certificate: Certificate, data: Source | None) -> Fraction:
    fact = check(certificate, data)
    return fact.defect if isinstance(fact, CubatureFact) else Fraction(0)


def _pair(value: Fraction) -> tuple[str, str]:
    return _integer(value.numerator), _integer(value.denominator)


def _integer(n: int) -> str:
    return f"(-{hex(-n)})" if n < 0 else hex(n)


def _list(items: Iterable[str]) -> str:
    return "[" + "; ".join(items) + "]"


def _row(row: Sequence[int], *, fixed: bool) -> str:
    entries = map(_integer, row)
    return f"({', '.join(entries)})" if fixed else _list(entries)


def _gallina(value: Value) -> str:
    match value:
        case Natural(n):
            return f"{n}%nat"
        case Number(n):
            return _integer(n)
        case Count(n, optional):
            count = "None" if n is None else f"{n}%N"
            return f"(Some {count})" if optional and n is not None else count
        case Numbers(row, fixed):
            return _row(row, fixed=fixed)
        case Table(rows, fixed):
            return _list(_row(row, fixed=fixed) for row in rows)
        case Terms(terms):
            return _list(map(_gallina_term, terms))
        case Witness(fields):
            return "None" if fields is None else _gallina_witness(fields)


def _gallina_witness(fields: Iterable[Field]) -> str:
    return f"(Some (PowerSums.Witness {' '.join(_gallina(v) for _, v in fields)}))"


def _gallina_term(term: Term) -> str:
    factors = _list(map(_gallina_index, term.factors))
    return f"(({_gallina_index(term.own)}, {factors}), {_integer(term.coefficient)})"


def _gallina_index(alpha: MultiIndex) -> str:
    return _list(f"{e}%N" for e in alpha)
