"""The optimisers of the table: those of optax and its contrib, and a few of our own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ucomp_verify.dynamics.extra import require

from . import own


class Family(Enum):
    """What an optimiser does with several objects."""

    SINGLE = "single objects"
    EXTREMES = "largest over objects"
    STATISTICS = "sums over objects"
    SPECTRAL = "matrices of objects"
    INDEX = "index of objects"


@dataclass(frozen=True)
class Optimiser:
    """An optimiser with fixed settings: its name, family, and how to make it.

    `extras` names what its update wants besides gradient, state and parameters: "value",
    "grad", "value_fn", "grad_fn". `one_batch` says that it is run on one mini-batch: with
    others its arithmetic is ill conditioned.
    """

    name: str
    family: Family
    make: Callable[[], Any]
    extras: tuple[str, ...] = ()
    one_batch: bool = False


def _optax() -> Any:
    return require("optax")


def _contrib() -> Any:
    return require("optax.contrib")


def _chain(*parts: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: _optax().chain(*(part() for part in parts))


def _o(name: str, *args: Any, **settings: Any) -> Callable[[], Any]:
    return lambda: getattr(_optax(), name)(*args, **settings)


def _c(name: str, *args: Any, **settings: Any) -> Callable[[], Any]:
    return lambda: getattr(_contrib(), name)(*args, **settings)


def _single(name: str, make: Callable[[], Any]) -> Optimiser:
    return Optimiser(name, Family.SINGLE, make)


def _sums(name: str, make: Callable[[], Any], *extras: str) -> Optimiser:
    return Optimiser(name, Family.STATISTICS, make, extras)


def _spectral(name: str, make: Callable[[], Any]) -> Optimiser:
    return Optimiser(name, Family.SPECTRAL, make)


def _indexed(name: str, make: Callable[[], Any]) -> Optimiser:
    return Optimiser(name, Family.INDEX, make)


_SGD = _o("sgd", 0.1)

SINGLE: tuple[Optimiser, ...] = (
    _single("SGD", _SGD),
    _single("momentum", _o("sgd", 0.03, momentum=0.9)),
    _single("Nesterov", _o("sgd", 0.03, momentum=0.9, nesterov=True)),
    _single("optimistic GD", _o("optimistic_gradient_descent", 0.05)),
    _single("Adam", _o("adam", 0.01)),
    _single("Adam, eps 1e-2", _o("adam", 0.01, eps=1e-2)),
    _single("AdamW", _o("adamw", 0.01, weight_decay=0.1)),
    _single("Adam, coupled L2", _chain(_o("add_decayed_weights", 0.05), _o("adam", 0.01))),
    _single("AMSGrad", _o("amsgrad", 0.01)),
    _single("NAdam", _o("nadam", 0.01)),
    _single("RAdam", _o("radam", 0.01)),
    _single("AdaMax", _o("adamax", 0.01)),
    _single("AdaBelief", _o("adabelief", 0.01)),
    _single("Yogi", _o("yogi", 0.01)),
    _single("Adagrad", _o("adagrad", 0.05)),
    _single("RMSprop", _o("rmsprop", 0.003)),
    _single("RMSprop, centred", _o("rmsprop", 0.003, centered=True)),
    _single("Adadelta", _o("adadelta", 1.0)),
    _single("Adan", _o("adan", 0.01)),
    _single("AdEMAMix", _c("ademamix", 0.01)),
    _single("AdEMAMix, simplified", _c("simplified_ademamix", 0.001)),
    _single("ADOPT", _c("adopt", 0.01)),
    _single("ACProp", _c("acprop", 0.01)),
    _single("optimistic Adam", _o("optimistic_adam_v2", 0.01)),
    _single("Lion", _o("lion", 0.003, weight_decay=0.1)),
    _single("signSGD", _o("sign_sgd", 0.003)),
    _single("signum", _o("signum", 0.003)),
    _single("Rprop", _o("rprop", 0.003)),
    _single("COCOB", _c("cocob")),
    _single("MADGRAD", _c("madgrad", 0.01)),
    _single("schedule-free SGD", _c("schedule_free_sgd", 0.1)),
    _single("schedule-free AdamW", _c("schedule_free_adamw", 0.02, warmup_steps=5)),
    _single("elementwise clip, SGD", _chain(_o("clip", 0.02), _SGD)),
)

EXTREMES: tuple[Optimiser, ...] = (Optimiser("SM3", Family.EXTREMES, _o("sm3", 0.05)),)

STATISTICS: tuple[Optimiser, ...] = (
    _sums("global-norm clip, SGD", _chain(_o("clip_by_global_norm", 0.3), _SGD)),
    _sums(
        "global-norm clip, Adam",
        _chain(_o("clip_by_global_norm", 0.1), _o("adam", 0.01, eps=1e-3)),
    ),
    _sums("block-RMS clip, SGD", _chain(_o("clip_by_block_rms", 0.02), _SGD)),
    _sums("normalised GD", _chain(_c("normalize"), _o("sgd", 0.05))),
    _sums("adaptive gradient clip, SGD", _chain(_o("adaptive_grad_clip", 0.02), _SGD)),
    _sums("gradient centralisation, SGD", _chain(_o("centralize"), _SGD)),
    _sums("LARS", _o("lars", 2.0, momentum=0.9)),
    _sums("LAMB", _o("lamb", 0.01)),
    _sums("Fromage", _o("fromage", 0.02)),
    _sums("NovoGrad", _o("novograd", 0.01)),
    _sums("Adafactor, not factored", _o("adafactor", 0.02)),
    _sums("Adafactor, factored", _o("adafactor", 0.02, min_dim_size_to_factor=2)),
    _sums("Adafactor, factored from size 8", _o("adafactor", 0.02, min_dim_size_to_factor=8)),
    _sums("DoG", _c("dog", 1.0, init_step=("heuristic", 1e-2))),
    _sums("DoWG", _c("dowg", 1.0, init_estim_sq_dist=1e-4)),
    _sums("Prodigy", _c("prodigy", 1.0, estim_lr0=1e-3)),
    _sums("D-Adaptation AdamW", _c("dadapt_adamw", 1.0, estim_lr0=1e-3)),
    _sums("MoMo", _c("momo", 0.5), "value"),
    _sums("MoMo-Adam", _c("momo_adam", 0.02), "value"),
    _sums("Polyak SGD", _o("polyak_sgd", 0.5), "value"),
    _sums("SAM", lambda: own.sharpness_aware(0.1, 0.2), "grad_fn"),
    Optimiser(
        "L-BFGS, fixed step",
        Family.STATISTICS,
        _o("lbfgs", 0.1, memory_size=5, linesearch=None),
        one_batch=True,
    ),
    _sums("L-BFGS, zoom line search", _o("lbfgs", memory_size=5), "value", "grad", "value_fn"),
)

SPECTRAL: tuple[Optimiser, ...] = (
    _spectral("Muon", _c("muon", 0.02, weight_decay=0.01)),
    _spectral("polar SGD, SVD", lambda: own.polar_sgd(0.02)),
    _spectral("QR-projected SGD", lambda: own.orthogonal_sgd(0.1)),
    _spectral("spectral-norm clip, SGD", lambda: own.spectral_clip(0.1, 0.05)),
    _spectral("Shampoo, both sides", lambda: own.shampoo(0.05, sides="both")),
    _spectral("Shampoo, short side", lambda: own.shampoo(0.05, sides="short")),
)

INDEX: tuple[Optimiser, ...] = (
    _indexed("weight noise, SGD", _chain(_SGD, _o("add_noise", 1e-4, 0.0, 3))),
    _indexed("normalised by blocks, SGD", lambda: own.block_normalised(0.02, 8)),
    _indexed("largest entries only, SGD", lambda: own.largest_only(0.1, 4)),
    _indexed("rates by position, SGD", lambda: own.numbered_rates(0.1)),
)

OPTIMISERS: tuple[Optimiser, ...] = (*SINGLE, *EXTREMES, *STATISTICS, *SPECTRAL, *INDEX)


def find_optimiser(name: str) -> Optimiser:
    """The optimiser of this name; LookupError if there is none."""
    for optimiser in OPTIMISERS:
        if optimiser.name == name:
            return optimiser
    raise LookupError(f"expected one of {[o.name for o in OPTIMISERS]}, got {name!r}")
