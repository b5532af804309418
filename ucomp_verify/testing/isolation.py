"""Runs checks in processes with a time and a memory limit each."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, cast

from .adapters import Adapter
from .running import reproduce, run_check
from .suite import Check, find_check
from .types import CheckResult, Status


class EndedItself(RuntimeError):
    """The work tried to end its process."""


class _Ended(BaseException):
    """The parent ended this worker."""


MEMORY_LIMIT = 12 << 30  # bytes of address space a process: some libraries reserve much of it


def run_isolated(
    load: Callable[[], Adapter],
    checks: Sequence[Check],
    *,
    seed: int,
    max_degree: int | None,
    timeout: float,
    jobs: int,
) -> Iterator[CheckResult]:
    """The result of each check, in order; what hangs is killed, what crashes ends alone.

    `load` is sent to the processes by cloudpickle and called there.
    """
    import cloudpickle

    sent = cast("bytes", cast("Any", cloudpickle).dumps(load))
    with _pool(jobs) as pool:
        try:
            futures = [
                pool.schedule(_work, args=(sent, check.name, seed, max_degree), timeout=timeout)
                for check in checks
            ]
            for check, future in zip(checks, futures, strict=True):
                yield _outcome(check, future, seed, max_degree, timeout)
        except BaseException:  # an interrupt, or a caller that stops early: no orphans
            pool.stop()
            raise


def call_isolated(work: Callable[[], Any], *, timeout: float) -> Any:
    """What the work returns in a process of its own; TimeoutError, or what ended it."""
    import cloudpickle

    with _pool(1) as pool:
        sent = cast("Any", cloudpickle).dumps(work)
        return pool.schedule(_call, args=(sent,), timeout=timeout).result()


def _pool(jobs: int) -> Any:
    import multiprocessing

    from pebble import ProcessPool

    spawn = multiprocessing.get_context("spawn")
    return cast("Any", ProcessPool(max_workers=jobs, context=spawn, initializer=_prepare))


def _call(sent: bytes) -> Any:
    import cloudpickle

    return _guarded(cast("Any", cloudpickle).loads(sent))


def _guarded(work: Callable[[], Any]) -> Any:
    """What the work returns; an attempt to end the process becomes an error.

    The parent would take it for its own end. Where the parent ends the work, programs that it
    started are ended, too.
    """
    before = signal.signal(signal.SIGTERM, _end)
    try:
        return work()
    except _Ended as end:
        os._exit(int(str(end)))
    except (SystemExit, KeyboardInterrupt) as end:
        raise EndedItself(f"it raised {type(end).__name__} {end}".rstrip()) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _work(sent: bytes, name: str, seed: int, max_degree: int | None) -> CheckResult:
    compressor = _call(sent)
    return _guarded(
        partial(run_check, compressor, find_check(name), seed=seed, max_degree=max_degree)
    )


def _outcome(
    check: Check, future: Any, seed: int, max_degree: int | None, timeout: float
) -> CheckResult:
    """The result, or how the process ended that had to find it."""
    from pebble import ProcessExpired

    seconds = 0.0
    try:
        return future.result()
    except TimeoutError:
        kind, text, seconds = "timeout", f"found no answer within {timeout:g} s", timeout
    except ProcessExpired as end:
        code = cast("Any", end).exitcode
        kind, text = "crash", f"the process ended with the exit code {code}"
    except EndedItself as error:
        kind, text = "crash", str(error)
    except Exception as error:  # the compressor cannot be loaded or sent there
        kind, text = "crash", f"it could not be run: {type(error).__name__}: {error}"
    again = reproduce(check, seed, max_degree)
    level, message = check.level, f"{text}; expected a result"
    return CheckResult(check.name, level, Status.ERROR, message, {}, seconds, kind, again)


def _end(number: int, frame: object) -> None:
    del frame
    raise _Ended(128 + number)


def _prepare() -> None:
    """Bound the memory of a worker, keep its linear algebra on one thread, stdout to the parent.

    What a compressor prints goes to stderr, for stdout has the results.
    """
    import resource

    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers itself
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
