"""Mean-field networks of two layers, y(x) = int g(w, x) dmu(w), with rational inputs."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ucomp_verify.bounds.rounding import root_above

from .activations import Activation
from .balls import require_exact

Input = tuple[Fraction, ...]


class Smoothness(NamedTuple):
    """Bounds of |grad g| and of the norm of the Hessian of g, in w, at one input."""

    slope: Fraction
    curvature: Fraction


@dataclass(frozen=True)
class Network:
    """g(w, x) = phi(<w, x>), or v phi(<u, x>) with w = (v, u) if there are `output_weights`.

    A bias is a coordinate of the inputs that is constant. Raises ValueError unless there are
    inputs, all of one length >= 1, and TypeError for entries that are not rational.
    """

    activation: Activation
    inputs: tuple[Input, ...]
    output_weights: bool = False

    def __post_init__(self) -> None:
        lengths = {len(x) for x in self.inputs}
        if len(lengths) != 1 or 0 in lengths:
            raise ValueError(
                f"found inputs of lengths {sorted(lengths)}; expected inputs of one length >= 1"
            )
        for entry in chain.from_iterable(self.inputs):
            require_exact(entry)

    @property
    def dim(self) -> int:
        """How many coordinates an object has."""
        return len(self.inputs[0]) + self.output_weights

    @property
    def name(self) -> str:
        """The formula of g."""
        inner = f"{self.activation.name}(<u, x>)"
        return f"v {inner}" if self.output_weights else inner

    @cached_property
    def lengths(self) -> tuple[Fraction, ...]:
        """|x|, rounded up."""
        return tuple(root_above(sum((c * c for c in x), Fraction(0))) for x in self.inputs)

    def smoothness(self, place: int, *, reach: Fraction, top: Fraction) -> Smoothness:
        """Bounds where |<u, x>| <= reach and |v| <= top.

        The Hessian of v phi(<u, x>) acts on the plane of v and x, as the matrix with rows
        (0, b) and (b, c), b = phi' |x|, c = v phi'' |x|^2, of norm (|c| + sqrt(c^2 + 4 b^2)) / 2.
        """
        phi, length = self.activation, self.lengths[place]
        slope, curvature = phi.slope(reach) * length, phi.curvature(reach) * length**2
        if not self.output_weights:
            return Smoothness(slope, curvature)
        steepest = root_above(phi.size(reach) ** 2 + (top * slope) ** 2)
        bent = top * curvature
        return Smoothness(steepest, (bent + root_above(bent**2 + 4 * slope**2)) / 2)
