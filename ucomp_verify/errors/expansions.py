"""The decay of Chebyshev coefficients on a box, for the classes of functions of this package."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from ucomp_verify.bounds.classes import ONE, PolydiscClass, PolyellipseClass
from ucomp_verify.bounds.powers import PREC, ball, upper_value
from ucomp_verify.bounds.ridges import RidgeClass
from ucomp_verify.bounds.rounding import rounded_up
from ucomp_verify.bounds.statement import about, require, require_size
from ucomp_verify.bounds.strips import Cosine, Sigmoid, StripBound, Tanh

from .boxes import Box
from .decay import Decay, Ellipses

if TYPE_CHECKING:
    from ucomp_verify.functions import Function

HALVINGS, PARTS = 9, 4  # strips from width * 2^-9 on, each wider by 2^(1/4)
NEAR_POLE = 24  # strips that come closer to the width, in steps of 2^(1/2)


@dataclass(frozen=True)
class ExponentialClass:
    """g(w) = exp(<x, w>) with |x_1| + ... + |x_m| <= slope, and means of such functions."""

    slope: Fraction = ONE
    lipschitz: Fraction = ONE

    def __post_init__(self) -> None:
        for name in ("slope", "lipschitz"):
            object.__setattr__(self, name, require_size("exponentials", name, getattr(self, name)))


Expandable: TypeAlias = (
    "RidgeClass | ExponentialClass | PolyellipseClass | PolydiscClass | Function"
)


def decay_on(functions: Expandable, box: Box) -> Decay:
    """How the coefficients of all functions of the class fall on the box.

    Ridge functions may lie anywhere, as they are given on all of R^m; of the other classes
    the box must lie in their cube. An expression must be analytic around the box. Raises
    `HypothesisNotMet` where that fails.
    """
    if isinstance(functions, RidgeClass):
        return _ridges(functions, box)
    if isinstance(functions, ExponentialClass):
        return _exponentials(functions.slope, box)
    if isinstance(functions, PolyellipseClass):
        cube = Box.cube(functions.dim, functions.half_side)
        if box == cube:
            ratios = (1 / functions.rho if functions.half_side else Fraction(0),) * box.dim
            return Decay((Ellipses(functions.bound, ratios),), functions.bound)
        functions = functions.on_polydiscs()
    if isinstance(functions, PolydiscClass):
        ends = [(c - h, c + h) for c, h in zip(box.centre, box.halves, strict=True)]
        cube = Box.cube(functions.dim, functions.half_side)
        cube.require_to_hold([a for a, _ in ends], [b for _, b in ends])
        return Decay((_ellipses(functions.bound, functions.radius, box),), functions.bound)
    from ucomp_verify.functions import Function

    from .expression_decay import decay_of_expression

    known = isinstance(functions, Function)  # pyright: ignore[reportUnnecessaryIsInstance]
    found = f"functions of type {type(functions).__name__}"
    require(known, "expansion", found, "an analytic class, or a function of `variables`")
    return decay_of_expression(functions, box)


def lipschitz_of(functions: Expandable) -> Fraction:
    """The Lipschitz constant of the outer functions; 1 for an expression."""
    return getattr(functions, "lipschitz", ONE)


def _ridges(functions: RidgeClass, box: Box) -> Decay:
    """|Im <x, z>| <= slope max_j h_j (rho_j - 1/rho_j) / 2, which is the strip for each j."""
    require(functions.dim == box.dim, "ridge class", f"a box of dim {box.dim}", f"{functions.dim}")
    central = _largest(functions.phi)
    if not functions.slope or not any(box.halves):
        return Decay((Ellipses(Fraction(0), (Fraction(0),) * box.dim),), central, ridges=True)
    options = [
        _ellipses(_strip_bound(functions.phi, b), b / functions.slope, box)
        for b in strips(functions.phi.width)
    ]
    return Decay(tuple(options), central, ridges=True)


def strips(width: float) -> list[Fraction]:
    """Half widths up to the width, in steps that leave little to gain."""
    shares = [2.0 ** (-j / PARTS) for j in range(1, HALVINGS * PARTS)]
    shares += [1 - 2.0 ** (-j / 2) for j in range(3, NEAR_POLE)]
    return [Fraction(width * share) for share in sorted(set(shares))]


def _strip_bound(phi: StripBound, half_width: Fraction) -> Fraction:
    from flint import ctx

    with ctx.workprec(PREC):
        return upper_value(phi.bound(half_width))


def _exponentials(slope: Fraction, box: Box) -> Decay:
    """Re <x, z> <= slope max_j (|c_j| + half axis_j), |exp| = exp(Re).

    The half axis across is b / slope for every j, so the one along is sqrt(h_j^2 + that^2).
    """
    from flint import ctx

    def bound(across: Fraction) -> Fraction:
        with ctx.workprec(PREC):
            ends = [
                ball(abs(c)) + (ball(h) ** 2 + ball(across) ** 2).sqrt()
                for c, h in zip(box.centre, box.halves, strict=True)
            ]
            return max(upper_value((ball(slope) * end).exp()) for end in ends)

    central = bound(Fraction(0))
    if not slope or not any(box.halves):
        return Decay((Ellipses(Fraction(0), (Fraction(0),) * box.dim),), central, ridges=True)
    options = [_ellipses(bound(b / slope), b / slope, box) for b in strips(128.0)]
    return Decay(tuple(options), central, ridges=True)


def _ellipses(bound: Fraction, across: Fraction, box: Box) -> Ellipses:
    """The product of ellipses with the half axis `across` off every side of the box."""
    return Ellipses(bound, tuple(ratio_of(across, half) for half in box.halves))


def ratio_of(across: Fraction, half: Fraction) -> Fraction:
    """1 / rho = 1 / (beta + sqrt(1 + beta^2)), beta = across / half, rounded up."""
    from flint import ctx

    if not half:
        return Fraction(0)
    with ctx.workprec(PREC):
        beta = ball(across / half)
        ratio = rounded_up(upper_value(1 / (beta + (1 + beta**2).sqrt())))
    require(ratio < 1, "ellipses", f"a half axis of {about(across)}", "a larger one")
    return ratio


def _largest(phi: StripBound) -> Fraction | None:
    """sup |phi| on the real line."""
    return ONE if isinstance(phi, Sigmoid | Tanh | Cosine) else None
