"""`mailbox_keep` through the real run.py: what the daemon has dealt with goes, and the mails of people stay.

Not the rules of it: tests/stories/test_mailbox_keep.py.
"""

from __future__ import annotations

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.clock import SystemClock
from connectors.stores.embedded import EmbeddedStore
from run import STORE
from tests.cli.place import Place

KOSS = "koss@example.org"


def last_cleared(place: Place, days: int) -> None:
    """As if it had been so many days ago."""
    at = SystemClock().now() - timedelta(days=days)
    with closing(EmbeddedStore.open(place.data / STORE)) as store:
        store.keep_value(f"cleared/mail/{KOSS}", at.isoformat())


def ages(path: Path, days: int) -> None:
    """It has lain there for so many days."""
    at = (SystemClock().now() - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


@pytest.mark.parametrize(
    ("keep", "days", "left"),
    [
        ("", 40, ["a friend"]),
        ("mailbox_keep: 90\n", 40, ["Yes", "a friend"]),
        ("", 20, ["Yes", "a friend"]),
    ],
)
def test_an_answer_that_was_dealt_with_goes_in_time_and_a_letter_of_a_friend_never(
    place: Place, keep: str, days: int, left: list[str]
) -> None:
    place.write("send")
    place.program.write_text(place.program.read_text() + keep)
    place.run("once")
    assert place.run("reply", "ana-rao-ben-das", "ana-rao", "Yes").returncode == 0
    new = place.data / "mail" / KOSS / "new"
    friend = new / "1.friend.host"
    friend.write_text(f"From: a friend <a@friends.example>\nTo: {KOSS}\n\nHow are you?\n")
    for path in new.iterdir():
        ages(path, days)
    last_cleared(place, 2)
    assert place.run("once").returncode == 0
    assert "program koss: 1 invited" in place.run("status").stdout
    texts = [path.read_text() for path in new.iterdir()]
    assert [word for word in ("Yes", "a friend") if any(word in text for text in texts)] == left
    assert friend.exists()
