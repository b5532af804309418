"""The baseline file is read back as it was written, and nothing else is taken for one."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucomp_verify.evidence import Authority
from ucomp_verify.verdicts import (
    Expectation,
    Scope,
    Standing,
    Status,
    UnreadableBaseline,
    Verdict,
    baseline_text,
    read_baseline,
    shipped_baseline,
    standing,
)


def _verdict(claim: str, status: Status, authority: Authority | None) -> Verdict:
    return Verdict(claim, status, authority, Scope(False, (), 1, 1), ())


VERDICTS = st.lists(
    st.builds(
        _verdict,
        st.text(max_size=12),
        st.sampled_from(Status),
        st.none() | st.sampled_from(Authority),
    ),
    unique_by=lambda v: v.claim,
    max_size=8,
)


@given(verdicts=VERDICTS)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, verdicts: list[Verdict]
) -> None:
    path = tmp_path_factory.getbasetemp() / "baseline.json"
    path.write_text(baseline_text(verdicts), encoding="utf-8")
    recorded = read_baseline(path)
    assert recorded == {v.claim: Expectation(v.status, v.authority) for v in verdicts}
    assert list(recorded) == sorted(recorded)
    for verdict in verdicts:
        assert standing(verdict, expected=recorded[verdict.claim]) is Standing.MATCHES


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_text_depends_on_the_verdicts_alone(verdicts: list[Verdict], chance: Random) -> None:
    shuffled = list(verdicts)
    chance.shuffle(shuffled)
    assert baseline_text(shuffled) == baseline_text(verdicts)


def test_one_claim_a_line() -> None:
    verdicts = [
        _verdict("tchakaloff", Status.CHECKED, Authority.EXACT),
        _verdict("polylog", Status.OPEN, None),
    ]
    assert baseline_text(verdicts).splitlines() == [
        "{",
        ' "schema": "ucomp-baseline/1",',
        ' "claims": {',
        '  "polylog": {"status": "open", "authority": null},',
        '  "tchakaloff": {"status": "checked", "authority": "exact"}',
        " }",
        "}",
    ]


def _of(entry: Any) -> str:
    return json.dumps({"schema": "ucomp-baseline/1", "claims": {"ftsp": entry}})


BAD: tuple[tuple[str, str], ...] = (
    ("", "expected JSON, but Expecting value"),
    ("{", "expected JSON, but"),
    ("[" * 200_000, "expected JSON, but maximum recursion"),
    ('{"schema": 1' + "0" * 5000 + "}", "expected JSON, but Exceeds the limit"),
    ("\udcff", "expected JSON, but 'utf-8' codec can't decode"),
    ("[]", r'expected an object with "schema": "ucomp-baseline/1", got \'\[\]\''),
    ("{}", r'"schema": "ucomp-baseline/1", got \'None\''),
    ('{"schema": "ucomp-baseline/2", "claims": {}}', "got 'ucomp-baseline/2'"),
    ('{"schema": "ucomp-baseline/1"}', "the baseline: exactly the fields schema, claims"),
    (
        '{"schema": "ucomp-baseline/1", "claims": {}, "more": 1}',
        r"exactly the fields schema, claims, got .*'more'",
    ),
    ('{"schema": "ucomp-baseline/1", "claims": []}', '"claims" to hold an object by slug'),
    (
        '{"schema": "ucomp-baseline/1", "claims": {"a": 1, "a": 2}}',
        r"every name once, got .*'a'",
    ),
    (
        "{" + ", ".join(f'"{name}": 1' for name in "dbacdbac") + "}",
        r"every name once, got .*'a', 'b', 'c', 'd'\]",
    ),
    (_of(1), "ftsp: exactly the fields status, authority, got '1'"),
    (_of("proved"), "ftsp: exactly the fields status, authority, got 'proved'"),
    (_of({"status": "proved"}), r"ftsp: exactly the fields status, authority, got .*'status'"),
    (
        _of({"status": "proved", "authority": None, "scope": "all"}),
        "ftsp: exactly the fields status, authority",
    ),
    (
        _of({"status": "sure", "authority": None}),
        "ftsp: a status among proved, .* refuted, got 'sure'",
    ),
    (_of({"status": ["proved"], "authority": None}), "ftsp: a status among"),
    (
        _of({"status": "proved", "authority": "EXACT"}),
        "ftsp: an authority among float, ball, exact, formal or null, got 'EXACT'",
    ),
    (_of({"status": "proved", "authority": 3}), "ftsp: an authority among .*, got '3'"),
    (_of({"status": "proved", "authority": {}}), "ftsp: an authority among"),
)


@pytest.mark.parametrize(("text", "reason"), BAD, ids=[f"bad-{i}" for i in range(len(BAD))])
def test_bad_files_say_what_was_found_and_expected(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UnreadableBaseline, match=reason) as caught:
        read_baseline(path)
    assert str(caught.value).startswith(f"{path}: expected ")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "absent.json", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(UnreadableBaseline, match=f"{reason}.*; expected a baseline file"):
            read_baseline(path)


def test_the_shipped_baseline_lies_in_the_package() -> None:
    path = shipped_baseline()
    assert path.name == "baseline.json"
    assert (path.parent / "baseline.py").is_file()
