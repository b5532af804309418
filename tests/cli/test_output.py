import errno
import subprocess
import sys
from pathlib import Path

import pytest

from ucomp_verify.cli.errors import Stop
from ucomp_verify.cli.output import emit, prepare, replacing, write


def test_write_makes_folders_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "c.txt"
    write(target, "one")
    write(target, b"two")
    assert target.read_text() == "two"
    assert [p.name for p in target.parent.iterdir()] == ["c.txt"]


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "c.txt"
    target.write_text("old")

    def half() -> None:
        with replacing(target) as temporary:
            temporary.write_text("ne")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        half()
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["c.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    prepare(Path("/dev/null"))
    write(Path("/dev/null"), "gone")
    assert Path("/dev/null").is_char_device()


def test_prepare_leaves_nothing_behind(tmp_path: Path) -> None:
    prepare(tmp_path / "sub" / "c.txt")
    assert [p.name for p in tmp_path.rglob("*")] == ["sub"]


def test_prepare_keeps_an_old_file(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("old")
    prepare(tmp_path / "c.txt")
    assert (tmp_path / "c.txt").read_text() == "old"


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="is a folder; name a file"):
        prepare(tmp_path)


def test_a_target_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop, match=r"cannot be written \(.*\); name another file"):
        prepare(tmp_path / "file" / "c.txt")


def test_a_full_disk_is_not_taken_for_a_wrong_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(OSError, match="No space left"):
        prepare(tmp_path / "c.txt")


def test_emit_ends_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    emit("a")
    emit("b\n")
    assert capsys.readouterr().out == "a\nb\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "import sys; from ucomp_verify.cli.output import emit; emit('x' * 10**6); sys.exit(3)"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 3
