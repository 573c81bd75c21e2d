"""What calendar programs hear back by mail: a proposed time was not taken, and what stands (RFC 5546 3.2.6, 3.2.8).

Not what people read of it: test_counter.py. Only where 1:1s are invitations by mail: of calendars the provider answers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.ical.message import told_in
from daemon.mail.reading.incoming import read
from tests.stories.calendar_mail import answers, invitations, refreshes, rsvp
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_without_calendar import TUESDAY, Posted, by_mail

STAYS = "DECLINECOUNTER.0 of Tue 13 Oct 18:30: Tue 13 Oct 18:30"
WHOLE = "REQUEST.0: Tue 13 Oct 18:30 repeated"


def proposed(folder: Path) -> Posted:
    """Ben's program proposes Wednesday for Tuesday's 1:1."""
    stage = by_mail(folder)
    answers(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    return stage


def heard(stage: Stage) -> list[str]:
    """What Ben's program has heard since the invitation."""
    return invitations(stage.ben)[1:]


# --- a proposed time


@row("seen-12-declined", "seen-12")
def test_a_no_is_told_to_the_program_that_proposed_and_to_nobody_elses(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    assert heard(stage) == []
    stage.ana.replies("counter", "NO")
    stage.passes(60)
    assert heard(stage) == [STAYS]
    assert len(invitations(stage.ana)) == 1
    assert stage.standing(TUESDAY) == "planned"
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert heard(stage) == [STAYS]


@row("seen-12-declined", "proposal-silence")
def test_silence_is_a_no_as_well(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.until("Tue 13 Oct 14:00 Berlin")
    assert heard(stage) == [STAYS]


@row("seen-12-declined", "proposal-accepted")
def test_a_yes_is_the_new_time_and_no_refusal(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.ana.replies("counter", "YES")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert heard(stage) == ["REQUEST.1 of Tue 13 Oct 18:30: Wed 14 Oct 18:30"]


@row("seen-12-declined", "proposal-none")
def test_none_refuses_what_was_proposed_before_others_are_looked_for(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.ana.replies("counter", "NONE")
    assert heard(stage) == [STAYS]


@row("seen-12-declined", "seen-12")
def test_a_no_and_another_time_in_one_breath_is_refused_too(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    answers(stage.ben, TUESDAY, "DECLINED", proposes="Wed 14 Oct 18:30")
    stage.passes(6)
    stage.ana.replies("counter", "NO")
    assert heard(stage) == [STAYS]
    assert stage.standing(TUESDAY) == "cancelled"


@row("seen-12-declined", "proposal-withdrawn")
def test_what_is_taken_off_meanwhile_is_told_as_off_and_not_refused(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.ben.replies("ack", "SKIP")
    stage.passes(60)
    assert heard(stage) == ["CANCEL.1 of Tue 13 Oct 18:30: Tue 13 Oct 18:30"]


@row("seen-12-declined")
def test_another_time_while_one_is_asked_about_is_refused_and_the_first_stays_open(
    tmp_path: Path,
) -> None:
    stage = proposed(tmp_path)
    answers(stage.ben, TUESDAY, "TENTATIVE", proposes="Thu 15 Oct 18:30")
    assert heard(stage) == [STAYS]
    stage.ana.replies("counter", "YES")
    assert heard(stage) == [STAYS, "REQUEST.1 of Tue 13 Oct 18:30: Wed 14 Oct 18:30"]


@row("seen-12-declined", "proposal-too-near")
@pytest.mark.parametrize(
    ("day", "time", "everything"),
    [
        ("Tue 10 Nov", "Wed 11 Nov 19:30", False),
        (TUESDAY, "Wed 14 Oct 18:30", True),
        (TUESDAY, "Wed 7 Oct 13:30", False),
    ],
    ids=["too far ahead", "another regular time", "this very moment"],
)
def test_what_nobody_is_asked_about_is_refused_at_once(
    tmp_path: Path, day: str, time: str, everything: bool
) -> None:
    stage = by_mail(tmp_path)
    answers(stage.ben, day, "TENTATIVE", proposes=time, everything=everything)
    stage.passes(60)
    (told,) = heard(stage)
    assert told.startswith("DECLINECOUNTER.0")


@row("seen-12-declined", "letter-automatic")
def test_a_robot_that_proposes_for_ever_is_answered_four_times_a_day(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    for hour in range(10, 20):
        answers(stage.ben, TUESDAY, "TENTATIVE", proposes=f"Thu 15 Oct {hour}:30")
        stage.passes(5)
    assert heard(stage) == [STAYS] * 4


@row("seen-12-declined")
def test_of_a_calendar_the_provider_answers() -> None:
    stage = before()
    rsvp(stage.ben, TUESDAY, "TENTATIVE", proposes="Wed 14 Oct 18:30")
    stage.ana.replies("counter", "NO")
    stage.passes(60)
    assert stage.state().countered == ()
    assert stage.why("decline-counter/") == []


@row("seen-12-declined", "effect-deferred")
def test_a_crash_or_a_line_that_dies_costs_no_second_answer(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.crash_at = ("done", "decline-counter/")
    stage.ana.replies("counter", "NO")
    stage.passes(60)
    assert stage.crashes == 1
    assert heard(stage) == [STAYS]


@row("seen-12-declined", "effect-refused")
def test_a_mailbox_that_takes_no_answer_is_nobodys_trouble(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.faults.inject("send", "timeout-after")
    stage.ana.replies("counter", "NO")
    stage.passes(60)
    assert heard(stage) == [STAYS]
    assert kinds(stage.maya.reads()) == []


# --- what stands


@row("seen-12-refresh")
def test_whoever_asks_what_stands_is_told_all_of_it_and_nobody_else_hears(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    refreshes(stage.ben)
    assert heard(stage) == [WHOLE]
    assert len(invitations(stage.ana)) == 1
    assert (stage.ana.reads(), kinds(stage.ben.reads())) == ([], ["invitation"])


def partstats(stage: Stage) -> dict[str, dict[str, str]]:
    """What the last mail to Ben's program says of everybody's answers: to all of it, and to single occurrences."""
    read_by_ben = stage.outside.world.mailbox("ben@example.org").arrived
    told = told_in(read(read_by_ben[-1].raw).calendar_text)
    return {
        str(each.recurrence or "")[:10]: {guest.address: guest.partstat for guest in each.guests}
        for each in told
    }


@row("seen-12-refresh")
def test_whoever_asks_what_stands_reads_what_everybody_has_answered(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    refreshes(stage.ben)
    asked = {"ana@example.org": "NEEDS-ACTION", "ben@example.org": "NEEDS-ACTION"}
    assert partstats(stage) == {"": asked}
    answers(stage.ana, TUESDAY, "ACCEPTED", everything=True)
    answers(stage.ben, TUESDAY, "TENTATIVE", everything=True)
    answers(stage.ben, TUESDAY, "ACCEPTED", everything=True)
    stage.passes(24 * 60)
    refreshes(stage.ben)
    assert partstats(stage) == {"": dict.fromkeys(asked, "ACCEPTED")}


@row("seen-12-refresh", "meeting-moved")
def test_what_was_said_of_a_time_that_it_no_longer_has_is_not_repeated(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    answers(stage.ana, TUESDAY, "ACCEPTED")
    answers(stage.ben, TUESDAY, "ACCEPTED", everything=True)
    stage.ana.replies("counter", "YES")
    stage.passes(5)
    refreshes(stage.ben)
    unmoved = {"ana@example.org": "NEEDS-ACTION", "ben@example.org": "ACCEPTED"}
    asked = dict.fromkeys(unmoved, "NEEDS-ACTION")
    assert partstats(stage) == {"": unmoved, "2026-10-13": asked}
    answers(stage.ben, "Wed 14 Oct", "ACCEPTED")
    stage.passes(24 * 60)
    refreshes(stage.ben)
    assert partstats(stage)["2026-10-13"] == {**asked, "ben@example.org": "ACCEPTED"}


@row("seen-12-refresh", "meeting-moved")
def test_what_was_moved_is_told_as_it_is_now(tmp_path: Path) -> None:
    stage = proposed(tmp_path)
    stage.ana.replies("counter", "YES")
    refreshes(stage.ben)
    moved = "REQUEST.1 of Tue 13 Oct 18:30: Wed 14 Oct 18:30"
    assert heard(stage) == [moved, WHOLE, moved]


@row("seen-12-refresh", "letter-automatic", "letter-storm")
def test_a_robot_that_asks_for_ever_is_told_once_a_day(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    for number in range(40):
        refreshes(stage.ben, Message_ID=f"<{number}@robots.example>")
    assert heard(stage) == [WHOLE]
    stage.passes(24 * 60)
    refreshes(stage.ben)
    assert heard(stage) == [WHOLE, WHOLE]
    assert [k for k in kinds(stage.maya.reads()) if k == "admin"] == ["admin"]


@row("seen-12-refresh")
def test_trap_66_whoever_is_not_proved_to_ask_is_told_nothing(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    refreshes(stage.ben, From="Carl <carl@example.org>")
    refreshes(stage.ben, To="koss@example.org")
    stage.passes(60)
    assert heard(stage) == []


@row("seen-12-refresh", "pairing-closed-at-once")
def test_a_mail_that_is_caught_and_sent_once_more_asks_nothing(tmp_path: Path) -> None:
    stage = by_mail(tmp_path)
    refreshes(stage.ben, Message_ID="<caught@programs.example>")
    stage.passes(25 * 60)
    refreshes(stage.ben, Message_ID="<caught@programs.example>")
    assert heard(stage) == [WHOLE]
