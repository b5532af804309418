"""Every `require` and `expect` of the kernel is needed: without it a false file gets through.

What the kernel says of a forged file is compared with and without each single call. The
call is needed if some file that is rejected with it is accepted without it, or, where the
call guards what follows from nonsense (lengths that differ, an index too large), stops the
check with an error that is no refusal. So too for `expect` and the malformed files.
"""

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import ucomp_verify.kernel
from tests.kernel.gallery import POINTS, WEIGHTS, Refused, forged, malformed
from tests.kernel.surgery import KERNEL, Site, modules, private_kernel, sites, tree_of, without

# Without these the check stops with an error of Python; without the others it accepts.
GUARDS = (
    "the weighted set has another dimension",
    "one weight a point",
    "one exponent a variable",
    "one multiplier a point",
    "the subset size is not between 2 and the number of points",
    "a function of another dimension",
    "a lower and an upper bound a function",
    "one multiplier a function",
    "one weight a support index",
    "the support index {i} is not below {total}",
)

# What needs files of megabytes, or hangs when it is left out: see test_limits.py and test_data.py.
ELSEWHERE = (
    "steps of work",
    "{MAX_BYTES} bytes",
    "{MAX_OTHER_BYTES} bytes",
    "{MAX_BITS} bits",
    "{path}",
)


def _outcome(kernel: Any, file: Refused) -> str:
    """What a kernel says of a file: its reason to refuse it, "accepted", or "crash"."""
    try:
        data = kernel.read_data(POINTS, WEIGHTS) if file.data else None
        kernel.check(kernel.load(file.path), data)
    except (kernel.RejectedCertificate, kernel.MalformedCertificate) as error:
        return f"{type(error).__name__}: {error}"
    except Exception:  # what a call that was left out lets through
        return "crash"
    return "accepted"


def _through(site: Site, files: Sequence[Refused], folder: Path, *wanted: str) -> list[Refused]:
    """The files of which the kernel without this call says what is wanted."""
    name = f"kernel_without_{site.line}"
    with private_kernel(folder, site.module, without(site), name) as kernel:
        return [file for file in files if _outcome(kernel, file) in wanted]


@pytest.mark.parametrize("site", sites("require"), ids=str)
def test_without_this_require_a_forged_certificate_gets_through(site: Site, tmp_path: Path) -> None:
    guard = any(text in site.reason for text in GUARDS)
    through = _through(site, forged(), tmp_path, "crash" if guard else "accepted")
    assert through, f"no forged certificate needs {site.reason}"
    for file in through:
        said = _outcome(ucomp_verify.kernel, file)
        assert re.match(f"RejectedCertificate: {file.reason}", said), said


@pytest.mark.parametrize(
    "site",
    [site for site in sites("expect") if not any(text in site.reason for text in ELSEWHERE)],
    ids=str,
)
def test_without_this_expect_a_malformed_file_gets_through(site: Site, tmp_path: Path) -> None:
    through = _through(site, malformed(), tmp_path, "crash", "accepted")
    assert through, f"no malformed file needs {site.reason}"


def test_a_redundant_require_is_noticed(tmp_path: Path) -> None:
    """The tests above can fail: one of two calls that say the same is needed by no file."""
    text = (KERNEL / "geometry.py").read_text(encoding="utf-8")
    last = '    require(sum(multipliers) == 1, "the multipliers do not add up to 1")\n'
    assert text.count(last) == 1
    same = last.replace("the multipliers do not", "they do not")
    with private_kernel(tmp_path, "geometry.py", text.replace(last, same), "kernel_once") as once:
        assert "accepted" not in {_outcome(once, file) for file in forged()}


def test_nothing_is_rejected_but_by_require() -> None:
    """No other statement raises, and no other name calls it."""
    raised = [
        (module, ast.unparse(node)[:32])
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Raise) and "Rejected" in ast.unparse(node)
    ]
    assert raised == [
        ("__main__.py", "raise RejectedCertificate(f'{fai"),  # a defect above the limit
        ("refusals.py", "raise RejectedCertificate(reason"),
    ]
    names = [
        node.id
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Name) and node.id in ("require", "expect")
    ]
    assert len(names) == len(sites("require")) + len(sites("expect"))
    assert len(sites("require")) > 40 and len(sites("expect")) > 15


def test_guards_are_reasons_of_the_kernel() -> None:
    reasons = [site.reason for site in (*sites("require"), *sites("expect"))]
    assert [text for text in (*GUARDS, *ELSEWHERE) if not any(text in r for r in reasons)] == []
