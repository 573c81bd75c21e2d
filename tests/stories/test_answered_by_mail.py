"""Answers to an invitation that a calendar program mails: as good as on the event itself (RULES 5, rows 2, 9, 11).

Not proposals of another time: test_counter.py.
"""

from __future__ import annotations

import pytest

from tests.stories.calendar_mail import rsvp
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before

TUESDAY = "Tue 13 Oct"


@row("seen-2", "meeting-cancelled")
def test_the_mentees_no_by_mail_is_a_no() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED")
    assert stage.standing(TUESDAY) == "cancelled"
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.standing(TUESDAY) == "moved"


@row("seen-2")
def test_what_is_on_the_event_as_well_is_said_once() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED")
    stage.ben.declines(TUESDAY)
    stage.passes(30)
    assert kinds(stage.ben.reads()) == ["proposal"]
    rsvp(stage.ben, TUESDAY, "DECLINED")
    stage.passes(30)
    assert stage.ben.reads() == []


@row("seen-2")
def test_trap_99_a_calendar_that_never_shows_the_no_does_not_take_it_back() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED")
    stage.restart()  # everything is listed again, and Ben has not answered there
    stage.passes(30)
    assert stage.standing(TUESDAY) == "cancelled"


@row("seen-2")
def test_a_yes_takes_the_no_back() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED")
    rsvp(stage.ben, TUESDAY, "ACCEPTED")
    assert stage.standing(TUESDAY) == "planned"
    stage.passes(30)
    assert stage.ben.reads() == []


@row("seen-11")
@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION"])
def test_anything_but_a_no_changes_nothing(partstat: str) -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, partstat)
    stage.passes(30)
    assert stage.standing(TUESDAY) == "planned"
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


@row("seen-9")
def test_a_no_to_all_of_them_is_asked_about() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED", everything=True)
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["declined-all"]
    stage.restart()
    stage.passes(30)
    stage.ben.replies("declined-all", "1")
    assert stage.standing(TUESDAY) == "planned"


@row("seen-9")
def test_the_mentors_no_to_all_of_them_is_asked_about_as_well() -> None:
    stage = before()
    rsvp(stage.ana, TUESDAY, "DECLINED", everything=True)
    stage.passes(6)
    assert kinds(stage.ana.reads()) == ["declined-all"]
    assert stage.ben.reads() == []
    stage.ana.replies("declined-all", "1")
    stage.passes(30)
    assert stage.standing(TUESDAY) == "planned"


@row("seen-9")
def test_a_yes_to_all_of_them_takes_the_question_back() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED", everything=True)
    rsvp(stage.ben, TUESDAY, "ACCEPTED", everything=True)
    stage.passes(30)
    assert stage.ben.reads() == []


@row("seen-2")
def test_trap_28_a_late_answer_is_about_the_time_before() -> None:
    stage = before()
    stage.ana.drags(TUESDAY, "Wed 14 Oct 10:00")
    stage.passes(6)
    stage.all_read()
    rsvp(stage.ben, "Wed 14 Oct", "DECLINED", given="Wed 7 Oct 13:00")
    assert stage.standing(TUESDAY) == "moved"
    rsvp(stage.ben, "Wed 14 Oct", "DECLINED")
    assert stage.standing(TUESDAY) == "cancelled"


@row("seen-2")
def test_a_no_to_one_that_lies_far_ahead_is_remembered() -> None:
    stage = before()
    rsvp(stage.ben, "Tue 10 Nov", "DECLINED")
    stage.until("Tue 27 Oct 20:00 Berlin")
    assert stage.standing("Tue 10 Nov") == "cancelled"


@row("seen-2")
@pytest.mark.parametrize(
    "odd",
    [
        {"From": "Carl <carl@example.org>"},
        {"From": "noreply@email.apple.com"},
        {"From": "Ana Rao <ana@example.org>"},
        {"From": "Ben <ben@example.org>, Carl <carl@example.org>"},
        {"To": "koss@example.org"},
        {"changes": (("mailto:ben@example.org", "mailto:carl@example.org"),)},
        {"changes": (("mailto:ben@example.org", "mailto:ana@example.org"),)},
        {
            "changes": (
                ("PARTSTAT=DECLINED", 'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:carl@example.org"'),
            )
        },
        {"changes": (("UID:", "UID:x"),)},
        {"changes": (("METHOD:REPLY", "METHOD:REQUEST"),)},
        {"changes": (("METHOD:REPLY", "METHOD:CANCEL"),)},
    ],
)
def test_trap_66_of_whom_it_is_not_proved_nothing_follows(odd: dict[str, object]) -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "DECLINED", **odd)  # type: ignore[arg-type]
    stage.passes(30)
    assert stage.standing(TUESDAY) == "planned"
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])


PASS = "mx.koss.example; dmarc=pass header.from=example.org"
BARE = "koss@example.org"


@row("seen-2", "identity-pending")
@pytest.mark.parametrize(
    ("headers", "believed"),
    [
        ({"Authentication_Results": PASS}, True),
        ({"Authentication_Results": PASS, "To": BARE}, True),  # the event names the pairing
        ({}, False),
        ({"To": BARE}, False),
        ({"Authentication_Results": PASS.replace("pass", "fail")}, False),
        ({"Authentication_Results": PASS.replace("mx.koss", "mx.evil"), "To": BARE}, False),
        (
            {"Authentication_Results": PASS.replace("example.org", "evil.example"), "To": BARE},
            False,
        ),
        ({"Authentication_Results": PASS, "From": "Ben <ben.das@example.org>"}, False),
        ({"Authentication_Results": PASS, "From": "Ana Rao <ana@example.org>"}, False),
        ({"Authentication_Results": PASS, "From": "Ana Rao <ana@example.org>", "To": BARE}, False),
    ],
)
def test_trap_66_an_answer_counts_where_the_server_proves_its_sender(
    headers: dict[str, str], believed: bool
) -> None:
    stage = before()
    stage.ruled(verify="results", authserv_id="mx.koss.example")
    rsvp(stage.ben, TUESDAY, "DECLINED", **headers)  # type: ignore[arg-type]
    assert stage.standing(TUESDAY) == ("cancelled" if believed else "planned")


@row("seen-2")
def test_trap_67_a_forwarded_invitation_gives_nobody_a_voice() -> None:
    """Carl has got the invitation with Ben's token in it, and his program answers as Carl, or as Ben."""
    stage = before()
    carls = {"From": "Carl <carl@example.org>"}
    as_carl = (("mailto:ben@example.org", "mailto:carl@example.org"),)
    rsvp(stage.ben, TUESDAY, "DECLINED", changes=as_carl, **carls)  # type: ignore[arg-type]
    rsvp(stage.ben, TUESDAY, "DECLINED", **carls)  # type: ignore[arg-type]
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30", **carls)  # type: ignore[arg-type]
    stage.passes(30)
    assert stage.standing(TUESDAY) == "planned"
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
