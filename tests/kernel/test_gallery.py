"""Valid certificates are accepted, forged ones rejected, malformed ones not read."""

import re
import time
from pathlib import Path

import pytest

from tests.kernel.gallery import HERE, Refused, data_of, forged, malformed, seconds, shipped, valid
from tests.kernel.make_gallery import FOLDERS, gallery
from ucomp_verify.kernel import MalformedCertificate, RejectedCertificate, check, load
from ucomp_verify.kernel.reader import KINDS


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", valid(), ids=_name)
def test_valid_certificates_are_accepted(path: Path) -> None:
    certificate = load(path)
    check(certificate, data_of(certificate))


@pytest.mark.parametrize("path", shipped(), ids=_name)
def test_shipped_certificates_are_accepted(path: Path) -> None:
    check(load(path))


@pytest.mark.parametrize("file", forged(), ids=lambda file: _name(file.path))
def test_forged_certificates_are_read_and_rejected(file: Refused) -> None:
    certificate = load(file.path)
    with pytest.raises(RejectedCertificate, match=f"^{file.reason}"):
        check(certificate, file.source())


@pytest.mark.parametrize("file", malformed(), ids=lambda file: _name(file.path))
def test_malformed_files_are_refused_at_once(file: Refused) -> None:
    start = time.process_time()
    with pytest.raises(MalformedCertificate, match=f"^{file.reason}"):
        check(load(file.path))
    assert time.process_time() - start < seconds()


def test_the_gallery_is_what_its_script_writes() -> None:
    wanted = gallery()
    files = [p for folder in FOLDERS for p in (HERE / folder).rglob("*") if p.is_file()]
    found = {str(p.relative_to(HERE)): p.read_bytes() for p in [*files, HERE / "gallery.toml"]}
    assert sorted(found) == sorted(wanted)
    assert [name for name in wanted if found[name] != wanted[name]] == []


def test_every_kind_has_two_valid_certificates_and_three_forged_ones_or_all_there_are() -> None:
    kinds = [type(load(path)) for path in valid()]
    assert {kind for kind in KINDS.values() if kinds.count(kind) < 2} == set()
    falsehoods = [type(load(file.path)) for file in forged()]
    few = {name for name, kind in KINDS.items() if falsehoods.count(kind) < 3}
    # An approximate cubature states its defect, a packing nothing but its numbers.
    assert few == {"approximate_cubature", "packing"}


def test_every_reason_is_said_in_full() -> None:
    """A pattern that matches everything would show nothing."""
    assert [f.path.name for f in (*forged(), *malformed()) if len(f.reason) < 9] == []
    assert not re.match(forged()[0].reason, "")
