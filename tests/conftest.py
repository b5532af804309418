"""Profiles of the property tests, and the count of cases that met their hypotheses."""

import os
import signal
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import configuration, settings

EFFECTIVE = "effective cases"

RecordEffective = Callable[[int], None]


def _load_profile() -> None:
    """The profile that HYPOTHESIS_PROFILE names, else "ci" where CI=true, else "default"."""
    in_ci = os.environ.get("CI") == "true"
    if in_ci:  # nothing is written into the tree, not even caches
        configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis-cache")
    for name, examples in (("default", 60), ("ci", 60), ("thorough", 1000)):
        fixed = in_ci or name == "ci"  # the same cases in every run, and none stored
        settings.register_profile(
            name,
            max_examples=examples,
            deadline=None,
            derandomize=fixed,
            database=None if fixed else settings.get_profile("default").database,
        )
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if in_ci else "default"))


_load_profile()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a background job of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what the tests start inherits it


class EffectiveCases:
    """Adds up, for the test that runs, the cases that it records."""

    def __init__(self) -> None:
        self.count = 0

    def record(self, cases: int) -> None:
        """Count `cases` more that met the hypotheses."""
        if cases < 0:
            raise ValueError(f"expected a count of effective cases, got {cases}")
        self.count += cases

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail a test that asks for the count and met its hypotheses in no case."""
        self.count = 0
        result = yield
        if "record_effective" in getattr(item, "fixturenames", ()):
            item.user_properties.append((EFFECTIVE, self.count))
            if not self.count:
                pytest.fail("its hypotheses were met in no case: it shows nothing", pytrace=False)
        return result


_PLUGIN = pytest.StashKey[EffectiveCases]()


def pytest_configure(config: pytest.Config) -> None:
    """Count the effective cases of every test of this run."""
    counter = config.stash[_PLUGIN] = EffectiveCases()
    config.pluginmanager.register(counter, "ucomp-effective-cases")


@pytest.fixture(scope="session")
def record_effective(pytestconfig: pytest.Config) -> RecordEffective:
    """A function to call with the number of cases that met the hypotheses of the test.

    It may be called once, or in every example: the counts are added. It is not made anew
    for each test, so Hypothesis does not mind it beside `@given`.
    """
    return pytestconfig.stash[_PLUGIN].record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each test that recorded its effective cases."""
    counts = {
        report.nodeid: count
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if getattr(report, "when", None) == "call"
        for name, count in report.user_properties
        if name == EFFECTIVE
    }
    if counts:
        terminalreporter.section("cases that met the hypotheses")
        for nodeid in sorted(counts):
            terminalreporter.write_line(f"{counts[nodeid]:>8}  {nodeid}")
