"""A certificate that is false, and how a true one is made false."""

from dataclasses import dataclass
from typing import Any

from tests.kernel.forms import Json
from tests.kernel.leaves import Way, changed


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
