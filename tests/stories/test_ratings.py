"""How it goes: checks of both, assessments of the mentee, and that nobody sees a number.

Not the help that somebody asks for: test_help.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.decide.rating import CHECKS_KEPT
from daemon.domain.value import replace
from daemon.status import status
from tests.stories.cast import ANA, CHI, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running

CHECKED = replace(PATIENT, check_weeks=6)


def of(reads: list[str], *touchpoints: str) -> list[str]:
    """When these letters came, of what was read."""
    return [each for each in when(reads) if each.split("  ")[1] in touchpoints]


def ratings(stage: Stage) -> list[tuple[str, str, int]]:
    return [(each.role, each.about, each.value) for each in stage.state().alone.ratings]


def checked(**settings: object) -> Stage:
    """Six weeks after both have said yes; both have got the check."""
    stage = running(program=replace(CHECKED, **settings))
    stage.until("Wed 18 Nov 12:00 Berlin")
    return stage


@row("check", settings=("check_weeks",))
def test_every_six_weeks_each_is_asked_alone_in_their_own_thread() -> None:
    stage = running(program=CHECKED)
    stage.until("Fri 5 Feb 12:00 Berlin")
    assert of(stage.ana.reads(), "check") == ["Mon 16 Nov 10:00  check", "Mon 28 Dec 10:00  check"]
    # On Mondays Ben has a prep and on Tuesdays the notes: no more than one such letter a day.
    assert of(stage.ben.reads(), "check") == ["Wed 18 Nov 07:00  check", "Wed 30 Dec 07:00  check"]
    assert stage.ben.last("check").header("Subject").endswith("KOSS 1:1s: only for you")
    kept = [stem for stem in stage.state().marks if stem.startswith("check/")]
    assert len(kept) == 2  # the last of each: years of them stay small


@row("check")
def test_a_low_number_reads_what_can_help_and_nobody_hears_of_it() -> None:
    stage = checked()
    stage.ben.replies("check", "2\nAna is often late.")
    stage.passes(1)
    assert ratings(stage) == [("mentee", "check", 2)]
    thanks = stage.ben.last("ack").text
    assert "MOVE for another time" in thanks and "HELP for a human being" in thanks
    stage.until("Mon 23 Nov 12:00 Berlin")
    assert stage.maya.reads() == []
    assert all("often late" not in letter.text for letter in stage.ana.letters)
    assert all("often late" not in note.text for note in stage.state().notes)


@row("check")
def test_the_ledger_and_the_keys_of_letters_say_that_there_was_an_answer_and_not_which() -> None:
    told = []
    for number in ("1", "2"):
        stage = checked()
        stage.ben.replies("check", number)
        stage.passes(1)
        entries = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
        told.append([(e.what, e.key, e.why) for e in entries])
    assert told[0] == told[1]
    assert any(why == "check: answered" for _, _, why in told[0])


@row("check")
def test_a_good_number_is_thanked_for_and_silence_leads_to_nothing() -> None:
    stage = checked()
    stage.ben.replies("check", "5/5")
    stage.passes(1)
    assert "MOVE" not in stage.ben.last("ack").text
    stage.until("Fri 27 Nov 12:00 Berlin")
    assert ratings(stage) == [("mentee", "check", 5)]
    assert [q.kind for q in stage.state().questions] == []
    assert len(of(stage.ana.reads(), "check")) == 1
    assert stage.maya.reads() == []


@row("check")
def test_status_shows_no_average_of_two_people() -> None:
    stage = checked()
    for someone in (stage.ana, stage.ben):
        someone.replies("check", "4")
    stage.passes(1)
    (program,) = status(stage.daemon.ports.store, None, "", stage.now)["programs"]
    assert len(ratings(stage)) == 2
    assert (program["satisfaction"], program["gain"]) == (None, None)


@row("check")
def test_what_is_unclear_is_asked_about_with_the_very_numbers() -> None:
    stage = checked()
    stage.ana.replies("check", "It depends.")
    stage.passes(1)
    assert stage.ana.last("unclear").choices == stage.ana.last("check").choices
    stage.ana.replies("unclear", "4")
    stage.passes(1)
    assert ratings(stage) == [("mentor", "check", 4)]


@row("check")
def test_of_many_checks_the_last_ones_are_kept() -> None:
    stage = running(program=replace(CHECKED, check_weeks=1))
    for week in range(12):
        stage.passes(9 * 24 * 60)
        stage.ben.reads()
        stage.ben.replies("check", str(1 + week % 5))
    stage.passes(1)
    own = [value for role, _, value in ratings(stage) if role == "mentee"]
    assert own == [1 + week % 5 for week in range(12)][-CHECKS_KEPT:]


@row("check-spared")
def test_none_in_a_pause_and_none_in_the_week_after_it() -> None:
    stage = running(program=CHECKED)
    stage.until("Tue 10 Nov 12:00 Berlin")
    stage.ben.replies("started", "PAUSE until 25 Nov")
    stage.until("Fri 4 Dec 12:00 Berlin")
    assert of(stage.ana.reads(), "check") == ["Wed 2 Dec 10:00  check"]


@row("check-spared")
@pytest.mark.parametrize(("ends", "asked"), [(date(2026, 11, 29), 0), (date(2026, 12, 1), 1)])
def test_none_in_the_last_fortnight(ends: date, asked: int) -> None:
    stage = running(line(ends=ends), program=replace(CHECKED, extend_ask_days=0))
    stage.until("Thu 19 Nov 12:00 Berlin")
    assert len(of(stage.ana.reads(), "check")) == asked


@row("check-spared")
def test_who_has_two_pairings_is_asked_about_one_a_week() -> None:
    stage = running(line(), line(ANA, CHI, replace(line().at, hour=11)), program=CHECKED)
    stage.until("Mon 30 Nov 12:00 Berlin")
    days = [each[:10] for each in of(stage.ana.reads(), "check")]
    assert days == ["Mon 16 Nov", "Mon 23 Nov"]


@row("check-spared")
def test_none_of_a_program_that_does_not_say_so() -> None:
    stage = running(program=PATIENT)
    stage.until("Fri 8 Jan 12:00 Berlin")
    assert {"check", "assess"}.isdisjoint(kinds(stage.ana.reads()) + kinds(stage.ben.reads()))


# --- how sure


@row("assess", settings=("assess",))
def test_the_mentee_is_asked_after_the_first_half_way_and_two_weeks_before_the_end() -> None:
    program = replace(PATIENT, assess=("start", "mid", "end"), extend_ask_days=0)
    stage = running(line(ends=date(2027, 1, 15)), program=program)
    said = {"Wed 7 Oct": "2", "Thu 26 Nov": "3", "Fri 8 Jan": "4/5"}
    for day, number in said.items():
        stage.until(f"{day} 16:00 Berlin")
        stage.ben.reads()
        stage.ben.replies("assess", number)
        stage.passes(1)
    assert ratings(stage) == [
        ("mentee", about, n) for about, n in (("start", 2), ("mid", 3), ("end", 4))
    ]
    assert "assess" not in kinds(stage.ana.reads())
    assert stage.maya.reads() == []


@row("assess")
def test_without_an_end_half_way_is_after_thirteen_weeks() -> None:
    stage = running(program=replace(PATIENT, assess=("mid", "end")))
    stage.until("Tue 30 Mar 12:00 Berlin")
    assert [each[:10] for each in of(stage.ben.reads(), "assess")] == ["Wed 6 Jan "]


@row("assess")
def test_a_program_that_begins_to_ask_does_not_ask_an_old_pair_about_its_start() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 2 Nov 12:00 Berlin")
    stage.all_read()
    stage.ruled(assess=("start",))
    stage.until("Mon 30 Nov 12:00 Berlin")
    assert "assess" not in kinds(stage.ben.reads())
