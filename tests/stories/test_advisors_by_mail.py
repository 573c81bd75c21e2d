"""An advisor of a mentor who connects no calendar: invited by a mail, and let go by one.

Not where a calendar is connected: test_advisors_leave.py.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from tests.stories.calendar_mail import invitations
from tests.stories.cast import BEN
from tests.stories.people import Someone
from tests.stories.rows import row
from tests.stories.stage import Stage
from tests.stories.test_advisors import INVITE, PRIYA, firsts
from tests.stories.test_advisors_leave import COMES_NOT
from tests.stories.test_without_calendar import SURE, by_mail

PROOF = "mx.koss.example; dkim=pass header.d=lab.example.org"


def invited_by_mail(folder: Path, **rules: str) -> tuple[Stage, Someone]:
    """Priya has been invited by mail to Tuesday's 1:1."""
    stage = by_mail(folder)
    stage.ruled(**rules)
    priya = stage.someone(PRIYA)
    proof = {"Authentication-Results": PROOF} if rules else {}
    stage.until("Fri 9 Oct 10:00 Berlin")
    stage.ana.says("welcome-mentor-connected", INVITE)
    stage.until("Sun 11 Oct 12:00 Berlin")
    priya.replies("advisor", "Yes", **proof)
    stage.all_read()
    assert invitations(priya) == ["REQUEST.1 of Tue 13 Oct 15:00: Tue 13 Oct 15:00"]
    return stage, priya


@row("letter-invite")
def test_by_mail_they_alone_are_told_that_they_are_let_go(tmp_path: Path) -> None:
    stage, priya = invited_by_mail(tmp_path)
    before = (invitations(stage.ana), invitations(stage.ben))
    priya.replies("advisor", "No")
    stage.passes(10)
    assert invitations(priya)[1:] == ["CANCEL.2 of Tue 13 Oct 15:00: Tue 13 Oct 15:00"]
    assert (invitations(stage.ana), invitations(stage.ben)) == before
    assert stage.standing("Tue 13 Oct") == "planned"
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert len(invitations(priya)) == 2


DECLINED = {
    "proved": (PROOF, {}, True),
    "not proved": ("mx.koss.example; dkim=none", {}, False),
    "forged": (PROOF.replace("pass", "fail"), {}, False),
    "of somebody else": (PROOF, {"From": BEN.address}, False),
    "of another event": (PROOF, {"uid": "0" * 52}, False),
    "of another day": (PROOF, {"day": "20261020T130000Z"}, False),
    "perhaps": (PROOF, {"partstat": "TENTATIVE"}, False),
}


@row("letter-invite")
@pytest.mark.parametrize("name", DECLINED)
def test_a_no_that_their_calendar_program_mails(tmp_path: Path, name: str) -> None:
    stage, priya = invited_by_mail(tmp_path, **SURE)
    proof, other, believed = DECLINED[name]
    uid = other.get("uid") or stage.series().uid
    text = "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid}",
            f"DTSTAMP:{stage.now.astimezone(UTC):%Y%m%dT%H%M%SZ}", "SEQUENCE:1", f"RECURRENCE-ID:{other.get('day', '20261013T130000Z')}",
            f"ORGANIZER:mailto:{stage.program.mailbox}",
            f"ATTENDEE;PARTSTAT={other.get('partstat', 'DECLINED')}:mailto:{PRIYA.address}", "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip
    head = {
        "From": other.get("From", PRIYA.address), "To": stage.program.mailbox, "Subject": "Declined",
        "MIME-Version": "1.0", "Authentication-Results": proof,
    }  # fmt: skip
    priya.posts(text, head, "text/calendar; charset=utf-8; method=REPLY")
    stage.passes(10)
    assert firsts([e for e in stage.ana.reads() if "guest" in e]) == (
        [COMES_NOT] if believed else []
    )
    assert len(invitations(priya)) == (2 if believed else 1)
    assert stage.standing("Tue 13 Oct") == "planned"
