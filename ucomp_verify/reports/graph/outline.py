"""The outline of a node, which tells its status without colour, and its lines of text."""

from itertools import combinations, pairwise

from ucomp_verify.verdicts import Status

_PILL = (Status.CHECKED, Status.OBSERVED)


def outline(status: Status | None, width: float, height: float) -> str:
    """An SVG path around the origin: round if proved, a pill if seen, cut corners if fallen."""
    x, y = width / 2, height / 2
    if status in (Status.REFUTED, Status.VACUOUS):
        return _cornered(x, y, 10.0 if status is Status.REFUTED else y)
    radius = y if status in _PILL else 3.0 if status in (Status.OPEN, None) else 12.0
    return _rounded(x, y, radius)


def _cornered(x: float, y: float, cut: float) -> str:
    """A rectangle with its corners cut off: an octagon, or a hexagon if they meet."""
    inner, low = x - min(cut, 14.0), y - cut
    right = [(inner, -y), (x, -low), (x, low), (inner, y)]
    left = [(-a, -b) for a, b in right]
    return "M" + "L".join(f"{a:g},{b:g}" for a, b in dict.fromkeys(right + left)) + "Z"


def _rounded(x: float, y: float, r: float) -> str:
    """A rectangle with corners of radius r."""
    arc = f"a{r:g},{r:g} 0 0 1"
    return (
        f"M{-x + r:g},{-y:g}H{x - r:g}{arc} {r:g},{r:g}V{y - r:g}{arc} {-r:g},{r:g}"
        f"H{-x + r:g}{arc} {-r:g},{-r:g}V{-y + r:g}{arc} {r:g},{-r:g}Z"
    )


def wrapped(slug: str, *, most: int = 20) -> list[str]:
    """The slug in as few lines as fit, broken at hyphens, the longest as short as can be.

    >>> wrapped("compressed-dynamics-uniqueness")
    ['compressed-', 'dynamics-uniqueness']
    """
    words = slug.replace("-", "- ").split(" ")
    for count in range(1, len(words) + 1):
        lines = min(
            (_cut(words, cuts) for cuts in combinations(range(1, len(words)), count - 1)),
            key=lambda parts: max(map(len, parts)),
        )
        if max(map(len, lines)) <= most or count == len(words):
            return lines
    return [slug]


def _cut(words: list[str], cuts: tuple[int, ...]) -> list[str]:
    ends = (0, *cuts, len(words))
    return ["".join(words[a:b]) for a, b in pairwise(ends)]
