"""`read`: how a mail is understood, from files of every kind, and nothing is done.

Not the reading itself: tests/mail.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.place import ROOT, Place, environment
from tests.fuzz.material import GOOD

KEYS = [
    "file", "kind", "text", "quoted", "signature", "commands", "calendar", "bounce", "person", "trust",
    "problems",
]  # fmt: skip
NOBODY = "whose mail it is was not looked up: name the folder with --config"


def run(
    *words: str, stdin: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "read", *words], input=stdin, capture_output=True,
        check=False, env=environment(), cwd=folder, timeout=60,
    )  # fmt: skip


def facts(*words: str, stdin: bytes = b"", folder: Path | None = None) -> list[dict[str, Any]]:
    said = run("--json", *words, stdin=stdin, folder=folder)
    assert (said.returncode, said.stderr) == (0, b"")
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_one_object_a_mail_with_these_keys(tmp_path: Path) -> None:
    (tmp_path / "reply.eml").write_bytes(GOOD)
    (told,) = facts("reply.eml", folder=tmp_path)
    assert list(told) == KEYS
    assert (told["file"], told["kind"], told["text"]) == ("reply.eml", "human", "2")
    assert told["commands"] == [
        {
            "word": "choose", "numbers": [2], "letters": [], "days": None, "text": "2",
            "reading": "the second time",
        }
    ]  # fmt: skip
    assert (told["person"], told["trust"], told["problems"]) == (None, None, [NOBODY])


def test_the_page_says_the_same_in_a_pipe_of_80_columns(tmp_path: Path) -> None:
    (tmp_path / "reply.eml").write_bytes(GOOD)
    said = run("reply.eml", folder=tmp_path).stdout.decode()
    assert "\x1b" not in said
    assert max(map(len, said.splitlines())) <= 80
    assert said.splitlines()[1:4] == [
        "kind       human",
        "command    CHOOSE: the second time",
        "text       2",
    ]


def test_a_pipe_an_mbox_and_a_maildir(tmp_path: Path) -> None:
    assert [each["file"] for each in facts("-", stdin=GOOD)] == ["-"]
    plain = GOOD.replace(b"\r\n", b"\n")
    mbox = b"From ben Mon Oct 12\n" + plain + b"\n>From here on\n\nFrom ben Mon Oct 12\n" + plain
    (tmp_path / "two.mbox").write_bytes(mbox)
    told = facts("two.mbox", folder=tmp_path)
    assert [each["file"] for each in told] == ["two.mbox#1", "two.mbox#2"]
    assert [each["commands"][0]["numbers"] for each in told] == [[2], [2]]
    for part in ("new", "cur", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1").write_bytes(GOOD)
    (tmp_path / "box" / "cur" / "2:2,S").write_bytes(GOOD)
    assert [each["file"] for each in facts("box", folder=tmp_path)] == [
        "box/new/1",
        "box/cur/2:2,S",
    ]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff" * 500, b"From: a@b.c\nContent-Type: message/rfc822\n\n" * 200],
    ids=["empty", "bytes", "deep"],
)
def test_what_cannot_be_read_is_told_and_the_next_is_read(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(raw)
    (tmp_path / "good").write_bytes(GOOD)
    bad, good = facts("bad", "good", folder=tmp_path)
    assert (list(bad), good["text"]) == (KEYS, "2")
    assert bad["kind"] == "unreadable" or not bad["commands"]
    assert len(bad["problems"]) >= 2


def test_1_when_a_file_is_not_there_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes(GOOD)
    (tmp_path / "folder").mkdir()
    said = run("--json", "absent", "folder", "good", folder=tmp_path)
    assert said.returncode == 1
    assert json.loads(said.stdout)["file"] == "good"
    assert said.stderr.decode().splitlines() == [
        "absent: No such file or directory",
        "folder: it is a folder, but no Maildir with new/ or cur/ in it",
    ]


def test_2_for_a_wrong_call() -> None:
    assert run().returncode == 2
    assert run("-", "--config", "nowhere").returncode == 2


def test_whose_mail_it_is_and_nothing_is_done(tmp_path: Path) -> None:
    place = Place(tmp_path / "mine")
    place.write(first_run="send")
    assert place.run("once").returncode == 0
    letter = place.letters("ana@example.org")[0]
    (reply_to,) = (line for line in letter.splitlines() if line.startswith("Reply-To:"))
    token = reply_to.partition("+")[2].partition("@")[0].encode()
    mail = GOOD.replace(b"k35s2lbd6s4e2wpw23p7nr72hy", token).replace(b"ben@", b"ana@")
    before = _state(place.data)
    (told,) = facts("-", "--config", str(place.config), stdin=mail)
    assert (told["person"], told["text"]) == ("ana-rao", "2")
    assert told["trust"] in ("verified", "pending")
    assert told["problems"] == []
    (stranger,) = facts("-", "--config", str(place.config), stdin=GOOD.replace(b"ben@", b"eve@"))
    assert (stranger["person"], stranger["trust"]) == (None, None)
    assert stranger["problems"] == ["it is of nobody in this program"]
    assert _state(place.data) == before


def _state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
