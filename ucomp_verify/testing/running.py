"""Runs checks and says what became of each; `check_compressor` is the front door."""

import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal, cast

from .adapters import Adapter, adapt
from .cases import Case
from .suite import CHECKS, Check, checks_of
from .types import (
    CheckResult,
    ConformanceWarning,
    Figures,
    NonConforming,
    NotApplicable,
    Raised,
    Status,
    Violation,
)

OnFail = Literal["raise", "warn"]
LISTED = 20  # failures that an error text lists


def check_compressor(
    fn: Any,
    *,
    on_fail: OnFail | None = "raise",
    levels: Sequence[str] = ("core", "exact", "robust", "scale"),
    expected_failures: Mapping[str, str] | None = None,
    max_degree: int | None = None,
    seed: int = 0,
    timeout: float | None = None,
    jobs: int = 1,
    callback: Callable[[CheckResult], None] | None = None,
) -> list[CheckResult]:
    """What became of every check of the levels: the compressor conforms if none failed.

    `fn` is what `adapt` takes. `expected_failures` gives reasons for checks that may fail;
    one that passes all the same is a failure. Cases of a degree above `max_degree` are run
    at that degree. With a `timeout` (seconds a check) all runs in `jobs` processes, so that
    neither a hung nor a crashed compressor ends the suite; without one it runs here, and
    nothing is bounded. A script with a `timeout` has its calls under
    `if __name__ == "__main__"`, as for all processes that are spawned. `callback` gets each
    result as it comes. With on_fail="raise" a failure raises NonConforming, which lists all;
    with "warn" each is a ConformanceWarning.
    Raises ValueError for unknown levels, for expected failures that are no check, and for a
    seed, a degree, a limit or a number of jobs that cannot be.
    """
    if on_fail not in ("raise", "warn", None):
        raise ValueError(f'found on_fail={on_fail!r}; expected "raise", "warn" or None')
    reasons = require_known(expected_failures or {})
    _require_settings(seed=seed, max_degree=max_degree, timeout=timeout, jobs=jobs)
    checks, compressor = checks_of(levels), adapt(fn)
    found = run_checks(
        partial(_given, compressor),
        checks,
        seed=seed,
        max_degree=max_degree,
        timeout=timeout,
        jobs=jobs,
    )
    results: list[CheckResult] = []
    for result in found:
        results.append(as_expected(result, reasons.get(result.name)))
        if callback:
            callback(results[-1])
    _tell(compressor.name, results, on_fail)
    return results


def _require_settings(
    *, seed: object, max_degree: object, timeout: float | None, jobs: object
) -> None:
    """Raise ValueError for a setting that cannot be; it would be taken for a failed check."""
    least = {"seed": (seed, 0), "max_degree": (max_degree, 0), "jobs": (jobs, 1)}
    for name, (value, low) in least.items():
        if value is None and name == "max_degree":
            continue
        if not isinstance(value, int) or isinstance(value, bool) or value < low:
            raise ValueError(f"found {name}={value!r}; expected an integer >= {low}")
    if timeout is not None and not timeout > 0:
        raise ValueError(f"found timeout={timeout!r}; expected seconds > 0, or None for no limit")
    if timeout is None and jobs != 1:
        raise ValueError(f"found jobs={jobs} and no timeout; expected one: give it in seconds")


def _given(compressor: Adapter) -> Adapter:
    return compressor


def run_checks(
    load: Callable[[], Adapter],
    checks: Sequence[Check],
    *,
    seed: int = 0,
    max_degree: int | None = None,
    timeout: float | None = None,
    jobs: int = 1,
) -> Iterator[CheckResult]:
    """The result of each check, in order; in processes if there is a time limit."""
    if timeout is None:
        compressor = load()
        for check in checks:
            yield run_check(compressor, check, seed=seed, max_degree=max_degree)
        return
    from .isolation import run_isolated

    yield from run_isolated(
        load, checks, seed=seed, max_degree=max_degree, timeout=timeout, jobs=jobs
    )


def run_check(
    compressor: Adapter,
    check: Check,
    *,
    seed: int = 0,
    max_degree: int | None = None,
    case: Case | None = None,
) -> CheckResult:
    """What became of one check, whatever the compressor does."""
    from threadpoolctl import threadpool_limits

    start = time.perf_counter()
    with threadpool_limits(1):
        status, message, figures, kind = _attempt(
            partial(check, compressor, seed=seed, max_degree=max_degree, case=case)
        )
    seconds = time.perf_counter() - start
    again = reproduce(check, seed, max_degree)
    return CheckResult(check.name, check.level, status, message, figures, seconds, kind, again)


def _attempt(run: Callable[[], Figures]) -> tuple[Status, str, Figures, str]:
    try:
        figures = run()
    except Violation as seen:
        return Status.FAILED, str(seen), seen.figures, seen.kind
    except NotApplicable as seen:
        return Status.SKIPPED, str(seen), {}, ""
    except Raised as raised:
        error = raised.error
        said = f": {told}" if (told := str(error)[:300]) else " without a text"
        text = f"it raised {type(error).__name__}{said}; expected a result"
        return Status.ERROR, text, {}, f"raised {type(error).__name__}"
    return Status.PASSED, "", figures, ""


def reproduce(check: Check, seed: int, max_degree: int | None = None) -> str:
    """How to run one check again, and how to get its data."""
    options = f"seed={seed}" + ("" if max_degree is None else f", max_degree={max_degree}")
    data = f'make_case("{check.recipe.name}", {options})'
    return f'find_check("{check.name}")(compressor, {options}), data: {data}'


def as_expected(result: CheckResult, reason: str | None) -> CheckResult:
    """The result in the light of an expected failure; strict, so it must fail."""
    if reason is None or result.status is Status.SKIPPED:
        return result
    if result.status.conforms:
        text = f"passed; expected it to fail ({reason}): take it off the expected failures"
        return replace(result, status=Status.FAILED, message=text, kind="unexpected pass")
    return replace(result, status=Status.XFAIL, message=f"expected ({reason}): {result.message}")


def require_known(expected: Mapping[str, str]) -> Mapping[str, str]:
    """The expected failures; ValueError if one names no check or has no reason."""
    given = cast("object", expected)
    if not isinstance(given, Mapping):
        found = type(given).__name__
        raise ValueError(f"found expected failures in a {found}; expected {{check: reason}}")
    names = {check.name for check in CHECKS}
    for name, reason in expected.items():
        if name not in names:
            raise ValueError(f"found the expected failure {name!r}, which names no check")
        said = cast("object", reason)
        if not isinstance(said, str) or not said.strip():
            raise ValueError(f"found no reason for the expected failure {name!r}; give one")
    return expected


def summary(name: str, results: Iterable[CheckResult]) -> str:
    """The failures in a text, or how many checks passed."""
    listed = list(results)
    failed = [r for r in listed if not r.status.conforms]
    if not failed:
        return f"{name} conforms: {counts(listed)}"
    lines = [f"{r.name}: {r.message}\n    again: {r.reproduce}" for r in failed[:LISTED]]
    more = len(failed) - len(lines)
    end = [f"... and {more} more"] if more else []
    return "\n".join([f"{name} does not conform: {counts(listed)}", *lines, *end])


def counts(results: Sequence[CheckResult]) -> str:
    """How many checks ended how."""
    found = [(status, sum(r.status is status for r in results)) for status in Status]
    return ", ".join(f"{count} {status}" for status, count in found if count)


def _tell(name: str, results: Sequence[CheckResult], on_fail: OnFail | None) -> None:
    failed = [r for r in results if not r.status.conforms]
    if failed and on_fail == "raise":
        raise NonConforming(summary(name, results), tuple(results))
    if on_fail == "warn":
        for r in failed:
            warnings.warn(f"{name}, {r.name}: {r.message}", ConformanceWarning, stacklevel=3)
