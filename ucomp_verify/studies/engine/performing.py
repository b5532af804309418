"""Runs a cell in this process, in a known state, within its memory, with stdout kept away."""

import os
import re
import resource
import sys
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager, redirect_stdout, suppress

from ucomp_verify.studies.catalogue import UnknownStudy, load
from ucomp_verify.studies.model import Config, Result, Status, Study
from ucomp_verify.studies.seeds import Seeds

from .checking import checked
from .state import known_state
from .surroundings import address_space, forget_peak, peak_mib, surroundings
from .task import CannotStart, Ended, Task

TRACE = 4000  # characters of a traceback that are kept
TEXT = 1000  # and of what was wrong


def perform_cell(
    task: Task, *, passed_on: tuple[type[BaseException], ...] = (KeyboardInterrupt,)
) -> Ended:
    """How the cell ended, with seconds and peak memory; CannotStart without the study.

    All that the cell raises is how it ended, but for the kinds that are passed on.
    """
    study = loaded(task.place)
    config = Config.read(task.config)
    seeds = Seeds(study.slug, study.version)
    forget_peak()
    started = time.perf_counter()
    try:
        with known_state(seeds.number("global state", **dict(config.settings))), _away():
            result = _bounded(study, config, seeds, task.memory)
    except passed_on:
        raise
    except BaseException as error:  # a cell may raise anything, SystemExit too
        return _failed(error, time.perf_counter() - started)
    seconds = time.perf_counter() - started
    measured = {"seconds": seconds, "peak_mib": peak_mib(), **result.measured}
    return Ended(Status.DONE, result.found, measured, "", surroundings(seconds))


def loaded(place: str) -> Study:
    """The study, or CannotStart with the reason."""
    try:
        return load(place)
    except UnknownStudy as error:
        raise CannotStart(f"this worker cannot load the study: {error.args[0]}") from error
    except Exception as error:  # a module may raise anything while it is loaded
        raise CannotStart(f"{place}: {type(error).__name__}: {error}") from error


def _bounded(study: Study, config: Config, seeds: Seeds, memory: int) -> Result:
    with _memory(memory):
        return checked(study.cell(config, seeds))


def _failed(error: BaseException, seconds: float) -> Ended:
    status = Status.MEMORY if isinstance(error, MemoryError) else Status.FAILED
    measured = {"seconds": seconds, "peak_mib": peak_mib()}
    trace = "".join(traceback.format_exception(error))[-TRACE:]
    run = {**surroundings(seconds), "traceback": trace}
    return Ended(status, {}, measured, _problem(error), run)


def _problem(error: BaseException) -> str:
    """The error as text, without what is another thing each time: addresses of objects."""
    if isinstance(error, MemoryError):
        return "it took more memory than it may"
    try:
        text = f"{type(error).__name__}: {error}"
    except Exception:  # the error's own text fails
        text = type(error).__name__
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x...", text)[:TEXT]
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def _memory(limit: int) -> Generator[None, None, None]:
    """Within, the process may take so many bytes of addresses more than it has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = address_space() + limit
    allowed = [x for x in (wanted, soft, hard) if x != resource.RLIM_INFINITY]
    if limit > 0:
        resource.setrlimit(resource.RLIMIT_AS, (min(allowed), hard))
    try:
        yield
    finally:
        if limit > 0:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _away() -> Generator[None, None, None]:
    """Within, what is written to stdout goes to stderr, also by code that is not Python."""
    try:
        kept = os.dup(1)
    except OSError:  # there is no stdout
        yield
        return
    try:
        _flush()
        _divert()
        with redirect_stdout(sys.stderr):
            yield
        _flush()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _divert() -> None:
    try:
        os.dup2(2, 1)
    except OSError:  # there is no stderr
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or there is none
            stream.flush()
