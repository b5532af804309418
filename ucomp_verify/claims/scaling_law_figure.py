"""Figure 5: exponents of scaling laws before and after compression."""

from ucomp_verify.findings import Estimate, Finding

from .base import SILENT, Claim, Kind, Parameter, Reading, Source, Variant
from .training_runs import judged

ALLOWED = 0.4  # by which the ratio may miss 2: from 1.6 on the exponent about doubles
WIDEST = 0.2


def _read(finding: Finding) -> Reading:
    """Of data sets with all moments of inputs and outputs, and of compressed networks."""
    if (
        not isinstance(finding, Estimate)
        or finding.quantity != "exponent over that of the original"
    ):
        return SILENT
    names = dict(finding.parameters)
    if (names.get("part"), names.get("arm")) not in (
        ("data", "isotropic"),
        ("width", "compressed"),
    ):
        return SILENT
    return judged(finding, 2.0, allowed=ALLOWED, widest=WIDEST)


SCALING_LAW_FIGURE = Claim(
    slug="scaling-law-figure",
    title="Fig. 5: scaling laws before and after compression",
    kind=Kind.FIGURE,
    variant=Variant.PRINTED,
    statement=(
        r"With $d$ objects compressed to $d' = [16 \sqrt{d}]$ at order $k = 6$ the fitted exponent "
        r"of the test loss about doubles: $L \propto d^{-\alpha}$ before and $L \propto "
        r"(d')^{-\alpha'}$ after, with $\alpha' \approx 2 \alpha$, (a) for data sets in a "
        "teacher-student task ($m = 3$) and (b) for widths of a two-layer network ($m = 4$)."
    ),
    source=Source("Fig. 5"),
    parameters=(
        Parameter("m", "dimension of an object", "3, 4"),
        Parameter("k", "degree up to which moments agree", "6"),
        Parameter("d", "number of objects", "(a) 256 to 524288, (b) 256 to 16384"),
        Parameter(r"\alpha", "fitted exponent before compression", "(a) 0.683, (b) 0.308"),
        Parameter(r"\alpha'", "fitted exponent after compression", "(a) 1.271, (b) 0.607"),
    ),
    read=_read,
    reading=(
        "A compression without any loss would double the exponent exactly. The exponents are those "
        "that the authors' published results give."
    ),
)
