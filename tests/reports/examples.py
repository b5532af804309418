"""Reports to test with: a small one with every status and standing, and all real claims."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from ucomp_verify.claims import Bearing, Claim, Kind, Parameter, Reading, Source, Variant, unread
from ucomp_verify.claims.registry import CLAIMS
from ucomp_verify.evidence import Authority, Evidence, Method, Problem, Provenance, Trouble
from ucomp_verify.findings import Finding, Sample
from ucomp_verify.kernel.facts import CoveringFact
from ucomp_verify.reports import Entry, Environment, Report
from ucomp_verify.verdicts import Expectation, Premises, Status, propagate, standing

HOSTILE = '<script>alert("1")</script> & \x1b[31mred\x00 ]]> {{ 7*7 }}'
ENVIRONMENT = Environment("CPython 3.11.2", "Linux-6.1-x86_64", (("ucomp-verify", "0.1.0"),))
FACT = CoveringFact(((Fraction(0),),), Fraction(0), Fraction(0))


def claim(
    slug: str,
    *,
    title: str = "",
    variant: Variant = Variant.PRINTED,
    uses: tuple[str, ...] = (),
    repairs: str | None = None,
    statement: str = r"For all $d \ge 1$: $\sum_i c_i w_i^2 \le \binom{m+k}{k}$.",
    reading: str = "",
) -> Claim:
    """A claim on which nothing bears by itself."""
    return Claim(
        slug=slug,
        title=title or slug.replace("-", " ").capitalize(),
        kind=Kind.THEOREM,
        variant=variant,
        statement=statement,
        source=Source(f"thm:{slug.split('-')[0]}", (100, 104)),
        parameters=(Parameter("d", "number of nodes", "integers >= 1"),),
        read=unread,
        uses=uses,
        repairs=repairs,
        reading=reading,
    )


def evidence(
    slug: str,
    bearing: Bearing,
    *,
    number: int = 1,
    method: Method = Method.CERTIFICATE,
    finding: Finding = FACT,
    assumes: tuple[str, ...] = (),
    family: str = "",
    shows: str = r"$h(y) = y^2$ has error $4 n^2 r^2 (3 + r^2) > d$",
) -> Evidence:
    """One piece of evidence with a made-up certificate."""
    origin = f"proofs/{slug}/certificate-{number}.json"
    return Evidence(
        claim=slug,
        method=method,
        reading=Reading(bearing, (("m", "1"), ("k", str(number))), family, shows),
        finding=finding,
        provenance=Provenance(
            origin,
            sha256(origin.encode()).hexdigest(),
            f"python -m ucomp_verify.kernel {origin}",
        ),
        assumes=assumes,
        trusts=("kernel",),
    )


def sample(*, falsifying: str | None = None) -> Sample:
    """One hundred random cases."""
    return Sample("weights stay positive", 100, 93, falsifying, seed=0)


def report_on(
    claims: Sequence[Claim],
    pieces: Sequence[Evidence],
    *,
    baseline: Mapping[str, Expectation] | None = None,
    require: Mapping[str, Authority] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Report:
    """The report that the verdict functions make of this evidence."""
    premises = [
        Premises(c.slug, c.uses, tuple(e for e in pieces if e.claim == c.slug)) for c in claims
    ]
    entries: list[Entry] = []
    for c, verdict in zip(claims, propagate(premises), strict=True):
        expected, asked = (baseline or {}).get(c.slug), (require or {}).get(c.slug)
        stands = standing(verdict, expected=expected, require=asked)
        entries.append(Entry(c, verdict, stands, expected))
    return Report(tuple(entries), problems, ENVIRONMENT, "default", 0, 12.34)


def problem(slug: str, trouble: Trouble = Trouble.TIMEOUT, message: str = "after 60 s") -> Problem:
    """Something that went wrong."""
    return Problem(slug, trouble, f"proofs/{slug}/slow.json", message, f"check {slug} --timeout 9")


def small() -> Report:
    """Every status and every standing at least once, with doubts and problems."""
    repaired, new = Variant.REPAIRED, Variant.NEW
    claims = (
        claim("ftsp", reading="Existence only."),
        claim("ftsp-degree", uses=("ftsp",)),
        claim("tchakaloff"),
        claim("small-ball", uses=("tchakaloff",)),
        claim("packing", uses=("small-ball",)),
        claim("lower-bound"),
        claim("small-ball-repaired", variant=repaired, repairs="small-ball", uses=("tchakaloff",)),
        claim("polylog", uses=("packing", "lower-bound")),
        claim("polylog-rate", variant=repaired, repairs="polylog", uses=("small-ball-repaired",)),
        claim("polylog-universal", variant=repaired, repairs="polylog"),
        claim("half-exponent", variant=new),
        claim("dynamics", uses=("ftsp",)),
        claim("scaling-figure"),
        claim("composition"),
    )
    random, failing = Method.PROPERTY_TEST, sample(falsifying='{"m": 2}')
    pieces = (
        evidence("ftsp", Bearing.PROVES, method=Method.FORMAL_PROOF, shows=""),
        evidence("ftsp-degree", Bearing.INSTANCE),
        evidence("ftsp-degree", Bearing.INSTANCE, number=2),
        evidence("tchakaloff", Bearing.PROVES, method=Method.SYMBOLIC),
        evidence("small-ball", Bearing.REFUTES, family="d = 3n, n >= 1"),
        evidence("packing", Bearing.REFUTES),
        evidence("lower-bound", Bearing.EMPTIES),
        evidence("small-ball-repaired", Bearing.PROVES, assumes=("Jung 1901", "Taylor")),
        evidence("polylog-rate", Bearing.INSTANCE, method=Method.ENCLOSURE),
        evidence("half-exponent", Bearing.REFUTES, method=random, finding=failing),
        evidence("dynamics", Bearing.INSTANCE, method=random, finding=sample()),
        evidence("composition", Bearing.PROVES),
        evidence("scaling-figure", Bearing.INSTANCE, method=random, finding=sample()),
    )
    exact = Authority.EXACT
    baseline = {
        "ftsp": Expectation(Status.PROVED, Authority.FORMAL),
        "ftsp-degree": Expectation(Status.PROVED, exact),
        "tchakaloff": Expectation(Status.CHECKED, exact),
        "small-ball": Expectation(Status.REFUTED, exact),
        "lower-bound": Expectation(Status.VACUOUS, exact),
        "composition": Expectation(Status.REFUTED, exact),
        "polylog": Expectation(Status.OPEN, None),
    }
    troubles = [problem("tchakaloff", t, f"{t.value}\nsecond line") for t in Trouble]
    return report_on(
        claims, pieces, baseline=baseline, require={"dynamics": exact}, problems=tuple(troubles)
    )


def full() -> Report:
    """All claims of the registry, their statuses made up so that each occurs."""
    made: list[Evidence] = []
    for number, c in enumerate(CLAIMS):
        match number % 7:
            case 0:
                made.append(evidence(c.slug, Bearing.PROVES))
            case 1:
                made.append(evidence(c.slug, Bearing.PROVES, assumes=("Markov inequality",)))
            case 2:
                made += [evidence(c.slug, Bearing.INSTANCE, number=n) for n in range(1, 6)]
            case 3:
                made.append(evidence(c.slug, Bearing.REFUTES, family="every n >= 1"))
            case 4:
                made.append(evidence(c.slug, Bearing.EMPTIES))
            case 5:
                random = Method.PROPERTY_TEST
                made.append(
                    evidence(c.slug, Bearing.INSTANCE, method=random, finding=sample(), shows="")
                )
            case _:
                pass
    return report_on(CLAIMS, made)


def hostile() -> Report:
    """Text that means something to HTML, XML, a terminal or a template, in every field."""
    base = claim("hostile", title=HOSTILE, statement=f"{HOSTILE} and $x < y$", reading=HOSTILE)
    nasty = replace(
        base,
        source=Source(HOSTILE),
        parameters=(Parameter("x", HOSTILE, HOSTILE), Parameter(r"\text{<b>}", HOSTILE, HOSTILE)),
    )
    piece = evidence("hostile", Bearing.REFUTES, family=HOSTILE, shows=HOSTILE)
    where = Provenance(HOSTILE, HOSTILE, HOSTILE)
    reading = replace(piece.reading, parameters=((HOSTILE, HOSTILE),))
    nasty_piece = replace(piece, reading=reading, provenance=where, trusts=(HOSTILE,))
    trouble = Problem(HOSTILE, Trouble.CRASH, HOSTILE, f"{HOSTILE}\n{HOSTILE}", HOSTILE)
    report = report_on((nasty,), (nasty_piece,), problems=(trouble,))
    machine = Environment(HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),))
    return replace(report, environment=machine)
