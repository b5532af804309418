"""The list of claims, without verdicts. It must be quick: it imports nothing slow."""

from collections.abc import Sequence
from textwrap import wrap

from ucomp_verify.claims import Claim

from .plain import plain, visible


def listing(claims: Sequence[Claim], *, width: int) -> str:
    """Each claim's slug, variant, title and label, in the order given."""
    if not claims:
        return "no claims\n"
    slug = max(len(c.slug) for c in claims)
    variant = max(len(c.variant.value) for c in claims)
    room = max(width - slug - variant - 4, 24)
    rows: list[str] = []
    for claim in claims:
        head = f"{visible(claim.slug):{slug}}  {claim.variant.value:{variant}}  "
        text = visible(plain(f"{claim.title} ({claim.source.label})"))
        lines = wrap(text, room, break_long_words=False, break_on_hyphens=False)
        rows.append(head + ("\n" + " " * len(head)).join(lines))
    return "\n".join(row.rstrip() for row in rows) + "\n"
