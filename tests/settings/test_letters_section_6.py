"""The first YAML and the three first mistakes, word for word as LETTERS section 6 promises them.

Not the other mistakes: those stand in the tables of test_wrong_*.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.errors import UserError
from daemon.settings import load, load_or_raise, report, summary
from tests.settings.folders import TEN_LINES, write

THREE_MISTAKES = (
    TEN_LINES.replace(
        "timezone: Asia/Kolkata               # for everyone without a zone of their own",
        "password: hunter2\ntimezone: IST",
    )
    + "  - mentor: Ana Roa\n    mentee: Chi Lin <chi@example.org>\n"
)

TOLD = """\
programs/koss-2027.yaml:6:1   password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect koss.1on1@gmail.com
programs/koss-2027.yaml:7:11  timezone: IST  is used in India, Ireland and Israel.
    Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.
programs/koss-2027.yaml:12:13 mentor: Ana Roa  has no address and is not known yet.
    Did you mean Ana Rao (line 10)? Otherwise write: Ana Roa <address>"""


def test_the_three_mistakes_made_first(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"koss-2027.yaml": THREE_MISTAKES}))
    assert report(loaded.problems) == TOLD
    assert "hunter2" not in repr(loaded)


def test_errors_are_raised_as_one_report(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        load_or_raise(write(tmp_path, {"koss-2027.yaml": THREE_MISTAKES}))
    assert str(raised.value) == TOLD


def test_the_ten_lines_load(tmp_path: Path) -> None:
    loaded = load_or_raise(write(tmp_path, {"koss-2027.yaml": TEN_LINES}))
    assert loaded.problems == ()
    assert [(line.pairing, line.at) for line in loaded.config.lines] == [("ana-rao-ben-das", None)]
    assert loaded.waiting == loaded.config.lines
    assert summary(loaded.config, loaded.waiting) == (
        "OK. 1 pairing, 2 people, weekly 30 min until 30 June 2027. "
        "Nothing has been sent. Next: run.py status"
    )


def test_the_ten_lines_with_a_time(tmp_path: Path) -> None:
    loaded = load_or_raise(write(tmp_path, {"koss-2027.yaml": TEN_LINES + "    at: Tue 15:00\n"}))
    assert loaded.problems == ()
    assert summary(loaded.config) == (
        "OK. 1 pairing, 2 people, weekly 30 min until 30 June 2027. "
        "Nothing has been sent. Next: run.py status"
    )
