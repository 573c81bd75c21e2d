"""How many letters a person gets in a day and a week, and which of them gives way (RULES 8).

Not the hours of the day at which letters come: those are in test_hours.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Days
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running

TWO_MENTORS = (line(ANA, BEN), line(DAN, BEN, RegularTime(2, 12, 0)))


def on_sunday(*lines: object, **settings: object) -> Stage:
    """A week into it, before the preps of the next one; everything has been read."""
    stage = running(*lines, program=replace(PATIENT, **settings))  # type: ignore[arg-type]
    stage.until("Sun 11 Oct 12:00 Kolkata")
    stage.all_read()
    return stage


@row("letter-cap-day", settings=("letters_per_day",))
@pytest.mark.parametrize(
    ("most", "letters"),
    [
        (
            1,
            [
                "Mon 12 Oct 18:00  prep-mentee",  # of Ana's 1:1 on Tuesday
                "Tue 13 Oct 18:00  prep-mentee",  # of Dan's on Wednesday: it comes before the notes
                "Wed 14 Oct 07:00  notes",
                "Thu 15 Oct 07:00  notes",
            ],
        ),
        (
            2,
            [
                "Mon 12 Oct 18:00  prep-mentee",
                "Tue 13 Oct 18:00  prep-mentee",
                "Tue 13 Oct 19:30  notes",
                "Wed 14 Oct 16:30  notes",
            ],
        ),
    ],
)
def test_one_letter_a_day_over_all_pairings_and_preps_first(most: int, letters: list[str]) -> None:
    stage = on_sunday(*TWO_MENTORS, letters_per_day=most)
    stage.until("Sun 18 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("letter-cap-day")
def test_the_prep_of_the_evening_is_left_its_room_by_notes_of_noon_in_another_pairing() -> None:
    early = line(ANA, BEN, RegularTime(1, 8, 0))
    stage = on_sunday(early, TWO_MENTORS[1])
    stage.until("Fri 16 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 18:00  prep-mentee",  # the notes of Ana's were due at 12:30
        "Wed 14 Oct 07:00  notes",
        "Thu 15 Oct 07:00  notes",
    ]


@row("letter-cap-day")
def test_notes_come_before_a_reminder_and_a_reminder_before_the_rest() -> None:
    stage = on_sunday(answer_by_hours=96)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    stage.until("Sat 17 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Mon 12 Oct 13:36  proposal",  # does not count
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 19:30  notes",  # the reminder was due at 13:36
        "Wed 14 Oct 07:00  proposal-nudge",
    ]
    assert stage.standing("Tue 20 Oct") == "skipped silence"
    stage.until("Tue 20 Oct 12:00 Kolkata")  # four in seven days would be one too many
    assert (kinds(stage.ana.reads()), kinds(stage.ben.reads())) == (["left-out"], [])


@row("letter-cap-day")
@pytest.mark.parametrize(
    ("first", "until", "letters"),
    [
        (
            22,
            "Thu 15 Oct 10:00 Kolkata",
            [
                "Thu 15 Oct 13:36  proposal-nudge",
                "Fri 16 Oct 07:00  break-ahead",  # it was for Thursday at seven
                "Sat 17 Oct 20:00  left-out",
            ],
        ),
        (
            21,
            "Tue 13 Oct 20:00 Kolkata",
            [
                "Wed 14 Oct 07:00  proposal-nudge",  # both were put off until then
                "Thu 15 Oct 07:00  break-ahead",
                "Fri 16 Oct 07:00  left-out",
            ],
        ),
    ],
)
def test_a_reminder_comes_before_a_break_and_what_is_left_out(
    first: int, until: str, letters: list[str]
) -> None:
    holidays = (Days(date(2026, 10, first), date(2026, 10, 30), "autumn"),)
    stage = on_sunday(answer_by_hours=96, letters_per_week=9, breaks=holidays)
    stage.until("Mon 12 Oct 10:00 Berlin" if first == 21 else "Wed 14 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 20 Oct")
    stage.until(until)
    stage.ben.reads()
    stage.until("Mon 19 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("letter-cap-week", "letter-break-ahead")
def test_a_break_is_told_in_the_room_that_there_is_and_not_given_up_for_letters_to_come() -> None:
    holidays = (Days(date(2026, 10, 26), date(2026, 11, 8), "autumn"),)
    stage = on_sunday(letters_per_week=2, breaks=holidays)
    stage.until("Mon 26 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 19:30  notes",
        "Mon 19 Oct 18:00  prep-mentee",  # the break opens on this day, but preps come first
        "Tue 20 Oct 19:30  notes",
        "Wed 21 Oct 07:00  break-ahead",
    ]


@row("letter-cap-day", "letter-window")
def test_what_finds_no_room_inside_its_window_is_left_out_with_the_reason() -> None:
    stage = on_sunday()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes(
        "Tue 20 Oct"
    )  # to be answered by Tuesday evening; on Tuesday notes come first
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert "proposal-nudge" not in kinds(stage.ben.reads())
    assert stage.why("proposal-nudge") == [
        "skipped: so many letters came already that this one would be too much"
    ]


@row("letter-cap-day")
def test_changes_copies_offers_and_answers_do_not_count() -> None:
    stage = on_sunday()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    assert kinds(stage.ben.reads()) == ["prep-mentee"]
    stage.ben.replies("prep-mentee", "MOVE")
    stage.ben.replies("proposal", "2")
    stage.ben.replies("moved", "UNDO")
    stage.ben.replies("proposal", "SKIP")
    assert kinds(stage.ben.reads()) == ["proposal", "moved", "ack", "proposal", "left-out"]


@row("letter-cap-week", settings=("letters_per_week",))
@pytest.mark.parametrize(
    ("most", "letters"),
    [
        (1, ["prep-mentee", "prep-mentee", "prep-mentee"]),
        (2, ["prep-mentee", "notes", "prep-mentee", "notes", "prep-mentee", "notes"]),
    ],
)
def test_so_many_a_week_of_one_pairing_and_preps_first(most: int, letters: list[str]) -> None:
    stage = on_sunday(letters_per_week=most)
    stage.until("Wed 28 Oct 10:00 Kolkata")
    assert kinds(stage.ben.reads()) == letters


@row("letter-cap-week")
def test_the_week_is_counted_for_each_pairing_and_not_for_mentors() -> None:
    stage = on_sunday(*TWO_MENTORS, letters_per_day=3, letters_per_week=2)
    stage.until("Sun 18 Oct 12:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["prep-mentee", "prep-mentee", "notes", "notes"]


@row("letter-hard-cap", settings=("letters_hard_cap",))
def test_above_the_hard_cap_everything_waits_for_a_person() -> None:
    stage = on_sunday(letters_hard_cap=3)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.ben.reads()
    for words in ("MOVE", "WEEKLY", "WEEKLY", "WEEKLY"):
        stage.ben.replies("prep-mentee", words)
    assert kinds(stage.ben.reads()) == ["proposal", "ack"]  # with the prep they are three
    assert [each.split("/pairing")[0] for each in stage.on_hold()] == [
        "cap/2026-10-12  ack",
        "cap/2026-10-12  ack",
    ]
    assert [each.split("  ")[2] for each in stage.maya.reads()] == [
        "Ana & Ben: too many letters for one of the two today. The rest is on hold."
    ]
    stage.until("Tue 13 Oct 20:00 Kolkata")
    assert kinds(stage.ben.reads()) == ["notes"]  # another day
    stage.release("cap/2026-10-12")
    assert kinds(stage.ben.reads()) == ["ack", "ack"]


@row("letter-hard-cap")
def test_the_hard_cap_counts_all_pairings_of_a_person() -> None:
    stage = on_sunday(*TWO_MENTORS)
    stage.ruled(letters_hard_cap=2)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.dan.deletes("Wed 14 Oct")
    stage.passes(6)
    assert kinds(stage.ben.reads()) == ["proposal", "proposal"]
    stage.ben.replies("proposal", "1")
    assert stage.ben.reads() == []
    assert [each.split("  ")[1].split("/")[0] for each in stage.on_hold()] == ["moved"]


@row("letter-cap-day")
def test_that_a_1_1_is_left_out_is_told_before_anybody_sets_out_however_full_the_days_are() -> None:
    lines = (line(), line(ANA, CHI, RegularTime(0, 15, 0)), line(ANA, EVA, RegularTime(1, 16, 0)))
    stage = on_sunday(*lines, week_card_from=9)
    stage.until("Sun 11 Oct 19:00 Taipei")
    stage.chi.replies("prep-mentee", "Where to begin")
    stage.until("Mon 12 Oct 12:00 Berlin")  # Ana has today's letter, and a prep to come tomorrow
    stage.ben.replies("started", "SKIP")
    stage.until("Mon 12 Oct 19:00 Toronto")
    stage.eva.replies("prep-mentee", "How to end")
    stage.until("Wed 14 Oct 12:00 Berlin")
    assert when(stage.ana.reads()) == [
        "Mon 12 Oct 09:00  prep-mentor",
        "Tue 13 Oct 09:00  prep-mentor",
        "Tue 13 Oct 09:01  left-out",
    ]
