"""How long mails lie in the program's mailbox (LETTERS 2, `mailbox_keep`): what was dealt with goes, all else stays.

Not how a server deletes: tests/conformance/clearing.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from daemon.clearing import is_over, may_go
from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.ports import Lying, MailConnector, NotSent, OutgoingLetter
from daemon.roster import Roster
from daemon.status import status
from tests.stories.cast import KOSS, PATIENT
from tests.stories.people import Read
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_bounced import comes_back

DAY = timedelta(days=1)
ADVERT = "Pens, half the price."


def lying(stage: Stage) -> list[str]:
    """What lies in the program's mailbox: the first line of each."""
    raws = stage.outside.hands.letters(KOSS.mailbox)
    return [
        raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].decode().split("\n")[0] for raw in raws
    ]


def is_in_sent(stage: Stage, letter: Read) -> bool:
    """Whether the program's mailbox still has its copy."""
    mail: MailConnector = stage.daemon.ports.mail[KOSS.mailbox]
    named = letter.header("Message-ID")
    asked = OutgoingLetter(letter.header("X-Oneonone-Key"), named, KOSS.mailbox, "", b"")
    return not isinstance(mail.sent(asked), NotSent)


def crowded(stage: Stage) -> None:
    """A reply, an advertisement, a letter of somebody to nobody in particular, a newsletter, and two reports of servers."""
    stage.ben.replies("prep-mentee", "Topic: graphs.")
    write = stage.outside.hands.write
    for sender, kind, text in (
        ("shop@pens.example", "", ADVERT),
        (stage.ana.person.address, "", "Do you know a good book?"),
        ("news@list.example", "Precedence: bulk\r\nList-Id: <n.list.example>\r\n", "News of May."),
    ):
        head = f"From: {sender}\r\nTo: {KOSS.mailbox}\r\nMessage-ID: <{sender}>\r\n{kind}"
        write(sender, KOSS.mailbox, f"{head}\r\n{text}\r\n".encode(), stage.now)
    comes_back(stage, stage.ben.last("prep-mentee"), "4.4.1", "451 4.4.1 later", action="delayed")
    stage.passes(1)


@row("mailbox-keep", settings=("mailbox_keep",))
def test_after_thirty_days_what_was_dealt_with_is_gone_and_what_is_somebodys_is_there() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    crowded(stage)
    prep = stage.ben.last("prep-mentee")
    stage.until("Wed 11 Nov 10:00 Berlin")
    assert "Topic: graphs." in lying(stage) and "--b" in lying(stage) and is_in_sent(stage, prep)
    stage.until("Sat 14 Nov 10:00 Berlin")
    assert lying(stage)[:3] == [ADVERT, "Do you know a good book?", "News of May."]
    assert "Topic: graphs." not in lying(stage) and "--b" not in lying(stage)
    assert not is_in_sent(stage, prep)
    assert is_in_sent(stage, stage.ben.last("notes"))


def test_zero_keeps_everything() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin", program=replace(PATIENT, mailbox_keep_days=0))
    crowded(stage)
    stage.until("Mon 14 Dec 10:00 Berlin")
    assert "Topic: graphs." in lying(stage)


def test_another_number_of_days_counts_as_soon_as_the_files_say_so() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin", program=replace(PATIENT, mailbox_keep_days=0))
    crowded(stage)
    stage.until("Fri 23 Oct 12:00 Berlin")
    stage.ruled(mailbox_keep_days=7)
    stage.passes(1)
    assert "Topic: graphs." not in lying(stage)


@pytest.mark.parametrize(("days", "longest"), [((7, 90), 90), ((7, 0), None), ((30,), 30)])
def test_of_several_programs_with_one_mailbox_the_longest_counts(
    days: tuple[int, ...], longest: int | None
) -> None:
    programs = [
        replace(KOSS, id=f"p{number}", mailbox_keep_days=each) for number, each in enumerate(days)
    ]
    other = replace(KOSS, id="other", mailbox="other@example.org", mailbox_keep_days=360)
    config = Config((*programs, other), ())
    kept = None if longest is None else longest * DAY
    assert config.mailbox_keep(KOSS.mailbox) == kept
    assert Roster.of(config, b"x").mailbox_keep(KOSS.mailbox) == kept


def test_a_crash_after_the_deletion_leaves_nothing_to_repair() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    crowded(stage)
    stage.until("Wed 11 Nov 20:00 Berlin")
    stage.crash_at = ("statement", "cleared")
    stage.until("Sat 14 Nov 10:00 Berlin")
    assert stage.crashes == 1
    assert "Topic: graphs." not in lying(stage)
    source = f"mail/{KOSS.mailbox}"
    assert stage.daemon.ports.store.dealt_with(source, stage.now - 30 * DAY, 9) == []


def said(stage: Stage) -> list[str]:
    """What `status` says of mail that does not work."""
    found = status(stage.daemon.ports.store, None, "", stage.now)
    return [f"{each['what']}: {each['why']}. {each['advice']}" for each in found["troubles"]]


def test_a_deletion_that_fails_is_tried_the_next_day_and_status_says_so_if_it_lasts() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    crowded(stage)
    stage.until("Wed 11 Nov 20:00 Berlin")
    for _ in range(3):
        stage.faults.inject("clear", "500")
        assert said(stage) == []
        stage.passes(24 * 60 + 5)
    assert "Topic: graphs." in lying(stage)
    assert said(stage) == [
        "OLD MAIL IS NOT DELETED: injected: 500. It is tried again by itself; all that waits goes then. Next: run.py doctor."
    ]
    stage.passes(24 * 60 + 5)
    assert ("Topic: graphs." in lying(stage), said(stage)) == (False, [])


def test_what_a_first_reading_has_told_stays_for_a_day() -> None:
    stage = before(at="Tue 13 Oct 10:00 Berlin")
    crowded(stage)
    stage.until("Wed 11 Nov 20:00 Berlin")
    stage.daemon.ports.store.drop_cursor(f"mail/{KOSS.mailbox}")
    stage.sleeps_until("Mon 16 Nov 10:00 Berlin")
    assert "Topic: graphs." in lying(stage)
    stage.until("Tue 17 Nov 10:30 Berlin")
    assert "Topic: graphs." not in lying(stage)


OURS, TO_US = (KOSS.mailbox,), ("koss+abcdefghijklmnopqrstuvwxyz@example.org",)
BEN_AT = ("ben@example.org",)


@pytest.mark.parametrize(
    ("lying", "goes"),
    [
        (Lying(False, OURS, BEN_AT, "prep/p/1/0"), True),
        (Lying(True, OURS, BEN_AT, "prep/p/1/0"), True),
        (Lying(False, OURS, BEN_AT, "prep/other/1/0"), False),
        (Lying(False, BEN_AT, TO_US, "prep/p/1/0"), False),
        (Lying(False, (*OURS, *BEN_AT), BEN_AT, "prep/p/1/0"), False),
        (Lying(False, BEN_AT, TO_US, ""), False),
        (Lying(True, BEN_AT, TO_US, ""), True),
        (Lying(True, BEN_AT, OURS, ""), False),
        (Lying(True, BEN_AT, ("other+abcdefghijklmnopqrstuvwxyz@example.org",), ""), False),
        (Lying(True, BEN_AT, ("koss+b-abcdefghijklmnopqrstuvwxyz@example.org",), ""), True),
        (Lying(True, BEN_AT, ("koss+abcdefghijklmnopqrstuvwxy1@example.org",), ""), False),
    ],
)
def test_whatever_else_a_person_keeps_or_throws_away_is_theirs(lying: Lying, goes: bool) -> None:
    store: Any = Keys("prep/p/1/0")
    assert may_go(lying, KOSS.mailbox, frozenset(), store) == goes


class Keys:
    """A store that was asked for these."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys

    def was_asked(self, key: str) -> bool:
        """Whether it is one of them."""
        return key in self.keys


@pytest.mark.parametrize(
    ("key", "asked", "still_open", "over"),
    [
        ("prep/p/1/0", ["prep/p/1/0"], [], True),
        ("prep/p/1/0", ["prep/p/1/0"], ["prep/p/1/0"], False),
        ("prep/p/1/0", ["prep/p/1/0"], ["prep/p/1/1"], True),
        ("prep/p/1/0", [], [], False),
        ("series/p/0/0/1a2b3c4d", ["series/p/0/0"], [], True),
        ("series/p/0/0/1a2b3c4d", ["series/p/0/0"], ["series/p/0/0"], False),
        ("series/p/0/0/by-hand/77/1a2b3c4d", ["series/p/0/0"], [], True),
        ("probe/probe.abc", ["prep/p/1/0"], [], False),
        ("", ["prep/p/1/0"], [], False),
    ],
)
def test_a_letter_is_over_when_its_effect_is_and_this_store_has_asked_for_it(
    key: str, asked: list[str], still_open: list[str], over: bool
) -> None:
    assert is_over(key, frozenset(still_open), Keys(*asked)) == over  # type: ignore[arg-type]
