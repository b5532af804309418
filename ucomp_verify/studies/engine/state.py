"""A known state of all that is global to a process and could change what a cell finds."""

import decimal
import os
import random
import sys
import warnings
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import Any, cast

DIGITS = 4300  # of an integer as text, Python's own limit


@contextmanager
def known_state(seed: int) -> Generator[None, None, None]:
    """Within, precision, random numbers, warnings, folder and environment are as at a start.

    They depend on the seed alone, not on the cells before. After it they are as before.
    """
    keepers: tuple[Callable[[], AbstractContextManager[None]], ...] = (
        _surroundings,
        _limits,
        _warnings,
        _decimal,
        lambda: _random(seed),
        lambda: _numpy(seed),
        _mpmath,
        _flint,
    )
    with ExitStack() as stack:
        for keeper in keepers:
            stack.enter_context(keeper())
        yield


@contextmanager
def _surroundings() -> Generator[None, None, None]:
    folder, environment = _folder(), dict(os.environ)
    try:
        yield
    finally:
        if environment != dict(os.environ):
            os.environ.clear()
            os.environ.update(environment)
        with suppress(OSError):
            if _folder() != folder:
                os.chdir(folder)


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - a folder that is gone is no error here
    except OSError:
        return "/"


@contextmanager
def _limits() -> Generator[None, None, None]:
    recursion, digits = sys.getrecursionlimit(), sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(DIGITS)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(digits)
        with suppress(RecursionError):
            sys.setrecursionlimit(recursion)


@contextmanager
def _warnings() -> Generator[None, None, None]:
    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("default")
        yield


@contextmanager
def _decimal() -> Generator[None, None, None]:
    traps = [decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
    known = decimal.Context(
        prec=28,
        rounding=decimal.ROUND_HALF_EVEN,
        Emin=-999999,
        Emax=999999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=traps,
    )
    with decimal.localcontext(known):
        yield


@contextmanager
def _random(seed: int) -> Generator[None, None, None]:
    before = random.getstate()
    random.seed(seed)
    try:
        yield
    finally:
        random.setstate(before)


@contextmanager
def _numpy(seed: int) -> Generator[None, None, None]:
    """NumPy is loaded for this: its global generator would start anywhere, else."""
    import numpy as np

    before = np.random.get_state()  # noqa: NPY002 - the global state is what is kept
    errors = np.seterr(all="warn", under="ignore")
    np.random.seed(seed % 2**32)  # noqa: NPY002
    try:
        with np.printoptions(), _quiet_errors(np, errors):
            yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


@contextmanager
def _quiet_errors(np: Any, before: Any) -> Generator[None, None, None]:
    try:
        yield
    finally:
        np.seterr(**before)


@contextmanager
def _mpmath() -> Generator[None, None, None]:
    """What is not loaded yet starts in the state that is set here for what is."""
    before = _precisions("mpmath")
    _set_precisions(53)
    try:
        yield
    finally:
        if before is None:
            _set_precisions(53)
        else:
            mpmath = cast("Any", sys.modules["mpmath"])
            mpmath.mp.prec, mpmath.iv.prec, mpmath.mp.trap_complex = before


def _precisions(name: str) -> tuple[int, int, bool] | None:
    mpmath = cast("Any", sys.modules.get(name))
    return mpmath and (mpmath.mp.prec, mpmath.iv.prec, mpmath.mp.trap_complex)


def _set_precisions(prec: int) -> None:
    mpmath = cast("Any", sys.modules.get("mpmath"))
    if mpmath:
        mpmath.mp.prec = mpmath.iv.prec = prec
        mpmath.mp.trap_complex = False


@contextmanager
def _flint() -> Generator[None, None, None]:
    names = ("prec", "cap", "threads", "pretty", "unicode")
    flint = cast("Any", sys.modules.get("flint"))
    before = flint and {name: getattr(flint.ctx, name) for name in names}
    if flint:
        flint.ctx.default()
    try:
        yield
    finally:
        flint = cast("Any", sys.modules.get("flint"))
        if flint:
            flint.ctx.default()
        for name, value in (before or {}).items():
            setattr(flint.ctx, name, value)
