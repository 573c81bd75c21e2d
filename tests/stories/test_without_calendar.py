"""A mentor who connects no calendar: 1:1s are invitations by mail, and so are all answers (DESIGN 7).

Not the mails byte for byte (tests/itip) and not the connector (tests/conformance/test_invitations.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.internet import Invitations, Post
from connectors.memory import MemoryMail
from daemon.domain.value import replace
from daemon.mail.threads import message_id
from daemon.ports import Ports
from daemon.roster import REPLY_TOKENS, Roster
from tests.stories.calendar_mail import answers, invitations
from tests.stories.cast import ANA, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.shapes import mails
from tests.stories.stage import Stage

BY_MAIL = line(mentor=replace(ANA, calendar="none"))
TUESDAY = "Tue 13 Oct"


class Posted(Stage):
    """The machine with nothing but the program's mailbox."""

    folder: Path

    def wire(self, ports: Ports) -> Ports:
        """As run.py wires a mentor whose `calendar:` is none."""
        ports = super().wire(ports)
        secret = ports.vault.secret(REPLY_TOKENS)
        roster = Roster.of(self.config, secret)
        mail = {box: MemoryMail(self.outside.world, box, self.faults) for box in ports.mail}

        def post(key: str) -> Post:
            box, name = roster.sender_of(key)
            return Post(
                mail[box], box, name, lambda guest: roster.answer_address(key, guest),
                lambda part: message_id(part, secret, box.rpartition("@")[2]),
            )  # fmt: skip

        ports.calendars = {"none": Invitations(self.folder, self.outside.clock, post)}
        return ports


def by_mail(folder: Path) -> Posted:
    """Both have said yes and read everything; it is Wednesday of the first week."""
    Posted.folder = folder
    stage = Posted(BY_MAIL, program=PATIENT)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(14 * 60)
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    return stage


def test_both_are_invited_to_the_series_by_a_mail_of_their_own(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    assert invitations(stage.ana) == ["REQUEST.0: Tue 13 Oct 15:00 repeated"]
    assert invitations(stage.ben) == ["REQUEST.0: Tue 13 Oct 18:30 repeated"]
    assert stage.standing(TUESDAY) == "planned"


@row("seen-2", "seen-12", "proposal-consent")
def test_four_weeks_on_mail_alone(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    answers(stage.ana, TUESDAY, "ACCEPTED", everything=True)
    answers(stage.ben, TUESDAY, "ACCEPTED", everything=True)
    # week 1: Ben declines one occurrence; nobody knows when Ana is busy, so Ana is asked first
    answers(stage.ben, TUESDAY, "DECLINED")
    stage.passes(6)
    assert kinds(stage.ana.reads()) == ["proposal-mentor"]
    stage.ana.replies("proposal-mentor", "1 2")
    stage.ben.replies("proposal", "1")
    assert stage.standing(TUESDAY) == "moved"
    assert invitations(stage.ben)[1:] == ["REQUEST.1 of Tue 13 Oct 18:30: Mon 12 Oct 18:30"]
    assert invitations(stage.ana)[1:] == ["REQUEST.1 of Tue 13 Oct 15:00: Mon 12 Oct 15:00"]
    # week 2: Ben proposes another time; Ana says yes, and only then it moves
    stage.until("Wed 14 Oct 10:00 Berlin")
    answers(stage.ben, "Tue 20 Oct", "TENTATIVE", proposes="Wed 21 Oct 18:30")
    assert len(invitations(stage.ben)) == 2
    stage.ana.replies("counter", "YES")
    assert invitations(stage.ben)[2:] == ["REQUEST.1 of Tue 20 Oct 18:30: Wed 21 Oct 18:30"]
    assert invitations(stage.ana)[2:] == ["REQUEST.1 of Tue 20 Oct 15:00: Wed 21 Oct 15:00"]
    # week 3: Ben leaves one out, by a letter
    stage.until("Thu 22 Oct 10:00 Berlin")
    stage.ben.replies("moved", "SKIP")
    assert invitations(stage.ben)[3:] == ["CANCEL.1 of Tue 27 Oct 19:30: Tue 27 Oct 19:30"]
    # week 4: as planned; the clocks have gone back in Berlin
    stage.until("Wed 4 Nov 10:00 Berlin")
    assert stage.standing("Tue 3 Nov") == "planned"
    assert invitations(stage.ana)[3:] == ["CANCEL.1 of Tue 27 Oct 15:00: Tue 27 Oct 15:00"]


@row("seen-2", "seen-12", "seen-12-declined", "proposal-consent")
@pytest.mark.parametrize("program", ["google", "outlook", "apple"])
def test_four_weeks_in_the_words_of_each_program(tmp_path: Path, program: str) -> None:
    stage = by_mail(tmp_path)
    mails(stage.ben, f"{program}-accepted-series")
    # week 1: one occurrence declined, and moved to a time that both can
    mails(stage.ben, f"{program}-declined-one", TUESDAY)
    stage.passes(6)
    assert stage.standing(TUESDAY) == "cancelled"
    stage.ana.replies("proposal-mentor", "1 2")
    stage.ben.replies("proposal", "1")
    assert stage.standing(TUESDAY) == "moved"
    # week 2: another time proposed where that program can, taken; perhaps, where it cannot
    stage.until("Wed 14 Oct 10:00 Berlin")
    counters = program != "apple"
    name = "counter" if counters else "tentative-one"
    mails(stage.ben, f"{program}-{name}", "Tue 20 Oct", "Wed 21 Oct 18:30" if counters else "")
    if counters:
        stage.ana.replies("counter", "YES")
    assert stage.standing("Tue 20 Oct") == ("moved" if counters else "planned")
    # week 3: proposed and not taken; that program hears so
    stage.until("Thu 22 Oct 10:00 Berlin")
    if counters:
        mails(stage.ben, f"{program}-counter", "Tue 27 Oct", "Wed 28 Oct 19:30")
        stage.ana.replies("counter", "NO")
        assert invitations(stage.ben)[-1].startswith("DECLINECOUNTER.0 of Tue 27 Oct")
    assert stage.standing("Tue 27 Oct") == "planned"
    # week 4: left out, by a letter
    stage.until("Wed 28 Oct 10:00 Berlin")
    stage.ben.replies("notes", "SKIP")
    stage.passes(30)
    assert invitations(stage.ben)[-1] == "CANCEL.1 of Tue 3 Nov 19:30: Tue 3 Nov 19:30"
    stage.until("Tue 10 Nov 12:00 Berlin")
    held = [stage.standing(day) for day in ("Tue 20 Oct", "Tue 27 Oct", "Tue 3 Nov", "Tue 10 Nov")]
    assert held == ["held presumed", "held presumed", "skipped choice", "planned"]


SURE = {"verify": "results", "authserv_id": "mx.koss.example"}
APPLE = "mx.koss.example; dkim=pass header.d=email.apple.com"
RELAYED: dict[str, tuple[dict[str, str], dict[str, str], bool]] = {
    "as icloud does, and proved": (SURE, {"Authentication-Results": APPLE}, True),
    "where only members can write": ({}, {}, True),
    "not proved": (SURE, {}, False),
    "forged": (SURE, {"Authentication-Results": APPLE.replace("pass", "fail")}, False),
    "proved of somebody else": (SURE, {"Authentication-Results": APPLE.replace("email.apple", "evil")}, False),
    "of another account": ({}, {"Reply-To": "carl@icloud.example"}, False),
    "of two accounts": ({}, {"Reply-To": "ben@example.org, carl@icloud.example"}, False),
    "of nobody's": ({}, {"Reply-To": ""}, False),
    "no provider": ({}, {"From": "noreply@email.apple.com.evil.example"}, False),
    "to no address of his": ({}, {"To": "koss@example.org"}, False),
}  # fmt: skip


@row("seen-2", "identity-proved")
@pytest.mark.parametrize("name", RELAYED)
def test_trap_96_an_answer_that_icloud_mails_in_its_own_name(tmp_path: Path, name: str) -> None:
    rules, headers, believed = RELAYED[name]
    stage = by_mail(tmp_path)
    stage.ruled(**rules)
    mails(
        stage.ben, "apple-declined-one", TUESDAY, relayed={"Reply-To": "ben@example.org", **headers}
    )
    assert stage.standing(TUESDAY) == ("cancelled" if believed else "planned")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.state().standing == "active", "whatever comes of it, nothing stops"


def test_four_weeks_in_which_nobody_ever_answers_an_invitation(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    stage.until("Wed 11 Nov 10:00 Berlin")
    read = kinds(stage.ben.reads())
    assert (read.count("prep-mentee"), read.count("notes")) == (5, 5)
    stage.until("Wed 2 Dec 10:00 Berlin")
    tally = stage.state().tally
    assert (tally.due, tally.held, tally.confirmed) == (5, 5, 0)
    assert invitations(stage.ben) == ["REQUEST.0: Tue 13 Oct 18:30 repeated"]


def test_a_crash_at_any_point_of_a_move_mails_each_of_them_once(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    answers(stage.ben, TUESDAY, "DECLINED")
    stage.passes(6)
    stage.ana.replies("proposal-mentor", "1 2")
    stage.crash_at = ("done", "move/")
    stage.ben.replies("proposal", "1")
    stage.passes(60)
    assert stage.crashes == 1
    assert len(invitations(stage.ben)) == len(invitations(stage.ana)) == 2
    assert stage.standing(TUESDAY) == "moved"
