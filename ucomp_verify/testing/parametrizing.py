"""One pytest test for every pair of a compressor and a check."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from .adapters import Adapter, adapt
from .running import require_known
from .suite import Check, checks_of

if TYPE_CHECKING:
    import pytest

Expected = Mapping[str | tuple[str, str], str]


def parametrize_with_checks(
    compressors: Sequence[Any],
    *,
    expected_failures: Expected | None = None,
    levels: Sequence[str] = ("core", "exact", "robust"),
) -> "pytest.MarkDecorator":
    """The decorator of a test that has one id a (compressor, check).

    The test takes `compressor` (an Adapter) and `check`, and calls `check(compressor)`.
    `expected_failures` gives reasons, by the name of a check, or of a compressor and a
    check; those tests are strict xfails. Raises ValueError for names that are no check, and
    for no compressors.

        @parametrize_with_checks([my_function, MyCompressor()])
        def test_conformance(compressor, check):
            check(compressor)
    """
    import pytest

    given = cast("object", compressors)
    if not isinstance(given, Sequence) or not given:
        raise ValueError(f"found compressors={given!r}; expected a list of one or more")
    adapters, reasons = [adapt(c) for c in compressors], expected_failures or {}
    require_known({key if isinstance(key, str) else key[1]: r for key, r in reasons.items()})
    _require_compressors([k[0] for k in reasons if not isinstance(k, str)], adapters)
    checks = checks_of(levels)
    rows = [_row(adapter, check, reasons) for adapter in adapters for check in checks]
    return pytest.mark.parametrize(("compressor", "check"), rows)


def _require_compressors(names: Sequence[str], adapters: Sequence[Adapter]) -> None:
    known = [adapter.name for adapter in adapters]
    for name in names:
        if name not in known:
            raise ValueError(f"found expected failures of {name!r}; expected one of {known}")


def _row(adapter: Adapter, check: Check, reasons: Expected) -> Any:
    import pytest

    reason = reasons.get((adapter.name, check.name), reasons.get(check.name))
    marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
    return pytest.param(adapter, check, id=f"{adapter.name}-{check.name}", marks=marks)
