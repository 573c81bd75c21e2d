"""Wishes that need the other's yes: another rhythm or length, by a word or by the answer to a question; and ZONE,
which needs nobody's (RULES 11).

Not another regular time: test_first_time.py. Not what follows on the calendar: test_series_change.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, FAY, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before


@row("letter-wish", "series-change")
@pytest.mark.parametrize(
    ("word", "often", "dates"),
    [
        ("BIWEEKLY", "every two weeks", ["Tue 13 Oct", "Tue 27 Oct", "Tue 10 Nov", "Tue 24 Nov"]),
        ("monthly", "once a month", ["Tue 13 Oct", "Tue 10 Nov"]),
        ("quarterly", "every three months", ["Tue 13 Oct"]),
    ],
)
def test_another_rhythm_is_asked_of_the_other_and_a_yes_changes_it(
    word: str, often: str, dates: list[str]
) -> None:
    stage = before()
    stage.ben.replies("started", word)
    assert stage.ben.reads() == [f"Wed 7 Oct 13:31  ack  Understood: {often}, when Ana agrees."]
    assert stage.ana.reads() == [
        f"Wed 7 Oct 10:01  wish  Ben would like to meet {often}. Is that good for you?"
    ]
    assert len(stage.ana.calendar(50)) == 7  # nothing before the yes
    stage.ana.replies("wish", "1")
    assert kinds(stage.ana.reads()) == ["ack", "started"]
    assert kinds(stage.ben.reads()) == ["started"]
    assert stage.ana.calendar(50) == [f"{each} 15:00" for each in dates]


@row("letter-wish")
@pytest.mark.parametrize(
    ("answer", "at"),
    [("2", "Wed 7 Oct 13:32"), ("no", "Wed 7 Oct 13:32"), ("", "Wed 14 Oct 14:30")],
)
def test_a_no_or_a_weeks_silence_leaves_it_and_who_wished_it_hears_so(answer: str, at: str) -> None:
    stage = before()
    stage.ben.replies("started", "BIWEEKLY")
    stage.ben.reads()
    if answer:
        stage.ana.replies("wish", answer)
    stage.until("Fri 16 Oct 10:00 Berlin")
    assert f"{at}  ack  Your 1:1s with Ana stay as they are. Nothing to do." in stage.ben.reads()
    assert stage.ana.calendar(20) == ["Tue 20 Oct 15:00", "Tue 27 Oct 15:00", "Tue 3 Nov 15:00"]


@row("letter-wish", "letter-quiet")
def test_a_no_said_in_the_night_of_who_wished_it_is_heard_in_the_morning() -> None:
    stage = before(line(ANA, FAY))
    stage.fay.replies("started", "BIWEEKLY")
    stage.fay.reads()
    stage.ana.replies("wish", "2")  # 01:01 in Vancouver
    stage.until("Wed 7 Oct 18:00 Berlin")
    assert stage.fay.reads() == [
        "Wed 7 Oct 07:00  ack  Your 1:1s with Ana stay as they are. Nothing to do."
    ]
    assert [each for each in stage.why("wish") if each.startswith("decided")] == [
        "decided: the mentor is asked: wish",
        "decided: wish: answered 2",
        "decided: the wish was not agreed to: everything stays as it is",
    ]


@row("letter-wish", "letter-quiet")
def test_a_silence_that_ends_at_night_is_heard_of_in_the_morning() -> None:
    stage = before()
    stage.until("Wed 7 Oct 23:30 Kolkata")
    stage.ben.replies("started", "BIWEEKLY")
    stage.until("Wed 14 Oct 23:45 Kolkata")
    stage.ben.reads()
    stage.until("Thu 15 Oct 18:00 Kolkata")
    assert stage.ben.reads() == [
        "Thu 15 Oct 07:00  ack  Your 1:1s with Ana stay as they are. Nothing to do."
    ]


@row("letter-wish")
def test_until_a_no_has_been_heard_it_can_be_taken_back() -> None:
    stage = before(line(ANA, FAY))
    stage.fay.replies("started", "BIWEEKLY")
    stage.fay.reads()
    stage.ana.replies("wish", "2")
    stage.ana.replies("wish", "1")
    stage.until("Wed 7 Oct 18:00 Berlin")
    assert kinds(stage.fay.reads()) == ["started"]
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]


@row("letter-wish")
def test_the_same_word_from_both_is_an_agreement_and_twice_from_one_is_none() -> None:
    stage = before()
    stage.ana.replies("started", "BIWEEKLY")
    stage.ana.replies("started", "BIWEEKLY")
    assert kinds(stage.ben.reads()) == ["wish"]
    assert len(stage.ana.calendar(22)) == 3
    stage.ben.replies("started", "BIWEEKLY")
    assert stage.ana.calendar(22) == ["Tue 13 Oct 15:00", "Tue 27 Oct 15:00"]


@row("letter-wish", "series-change")
def test_back_to_weekly_begins_at_the_first_date_after_the_notice() -> None:
    stage = before()
    stage.ben.replies("started", "BIWEEKLY")
    stage.ana.replies("wish", "yes")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.replies("started", "WEEKLY")
    stage.ben.replies("wish", "yes")
    assert stage.ana.calendar(28) == ["Tue 27 Oct 15:00", "Tue 3 Nov 15:00", "Tue 10 Nov 15:00"]


@row("letter-wish", settings=("locked",))
@pytest.mark.parametrize("word", ["BIWEEKLY", "WEEKLY"])
def test_what_is_fixed_or_is_so_already_is_asked_of_nobody(word: str) -> None:
    stage = before(program=replace(PATIENT, locked=("cadence",)))
    stage.ben.replies("started", word)
    assert kinds(stage.ben.reads()) == ["ack"]
    assert stage.ana.reads() == []


# --- by the answer to a question


@row("ladder-kindly", "letter-wish", settings=("kindly_after",))
def test_less_often_said_to_the_kind_question_is_asked_of_the_other() -> None:
    stage = before(program=replace(PATIENT, kindly_after=(1, 6)))
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads())[-1:] == ["kindly"]
    stage.ana.replies("kindly", "2")
    assert stage.ana.last().first == "Understood: I ask Ben whether that suits."
    stage.until("Wed 14 Oct 18:00 Kolkata")
    assert stage.ben.last("wish").first == (
        "Ana would like to meet every two weeks. Is that good for you?"
    )
    stage.ben.replies("wish", "1")
    assert stage.ana.calendar(28) == ["Tue 20 Oct 15:00", "Tue 3 Nov 15:00"]


@row("ladder-lighter", "letter-wish", settings=("lighter_after", "length_minutes"))
def test_shorter_said_to_the_lighter_question_needs_a_yes_too() -> None:
    program = replace(PATIENT, kindly_after=(0, 6), lighter_after=(1, 8))
    stage = before(program=program)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.replies("lighter", "2")
    stage.until("Thu 15 Oct 18:00 Kolkata")
    assert (
        stage.ben.last("wish").first == "Ana would like 1:1s of 20 minutes. Is that good for you?"
    )
    stage.ben.replies("wish", "yes")
    lengths = {(each.end - each.start).seconds // 60 for each in stage.ana.shown(30)}
    assert lengths == {20}


@row("ladder-lighter")
def test_where_the_program_fixes_it_the_contact_is_told_and_no_one_is_promised_anything() -> None:
    program = replace(PATIENT, kindly_after=(1, 6), locked=("cadence",))
    stage = before(program=program)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ana.reads(), stage.maya.reads()
    stage.ana.replies("kindly", "2")
    assert stage.ana.reads() == ["Wed 14 Oct 10:01  ack  That is fixed here: every week. It stays."]
    assert kinds(stage.maya.reads()) == ["admin"]
    assert stage.ben.reads()[-1:] != ["wish"]


@row("letter-still-good", settings=("still_good_letters", "still_good_steps"))
@pytest.mark.parametrize(
    ("answer", "standing", "partner"),
    [
        ("1", "active", []),
        ("2", "active", ["wish"]),
        ("3", "paused", ["paused"]),
        ("4", "closing", ["ended"]),
    ],
)
def test_still_good_and_its_four_answers(answer: str, standing: str, partner: list[str]) -> None:
    stage = before(program=replace(KOSS, still_good_steps=1))
    stage.until("Wed 14 Oct 12:00 Kolkata")
    stage.ana.reads()
    assert stage.ben.last().touchpoint == "still-good"
    stage.ben.replies("still-good", answer)
    assert stage.state().standing == standing
    assert kinds(stage.ana.reads()) == partner


# --- ZONE


@row("letter-zone")
def test_a_person_moves_and_only_how_times_are_written_changes() -> None:
    stage = before()
    stage.ben.replies("started", "ZONE Toronto")
    assert (
        stage.ben.last().at == "Wed 7 Oct 13:31"
    )  # at once: it is night in Toronto, and Ben is awake
    assert stage.ben.last().first == (
        "From now on I write your times for Toronto. Does the regular time still suit you?"
    )
    assert (stage.ana.reads(), stage.ana.calendar(7)) == ([], ["Tue 13 Oct 15:00"])
    stage.ben.replies("zone-changed", "1")
    stage.until("Tue 13 Oct 08:30 Toronto")
    assert stage.ben.last("prep-mentee").first == (
        "Tue 13 Oct, 09:00 Toronto (15:00 Berlin): what shall it be about?"
    )


@row("letter-zone", "series-first-time")
def test_where_the_hour_suits_no_more_another_regular_time_is_looked_for() -> None:
    stage = before()
    stage.ben.replies("started", "ZONE Vancouver")
    stage.until("Wed 7 Oct 08:30 Vancouver")
    stage.ben.replies("zone-changed", "2")
    assert all(" Vancouver (" in each for each in stage.ben.last("regular-time").choices)


@row("letter-zone")
def test_only_for_a_while_and_everything_is_written_as_before_in_all_pairings() -> None:
    lines = (line(ANA, BEN), line(ANA, CHI, RegularTime(2, 15, 0)))
    stage = before(*lines)
    stage.ana.replies("started", "ZONE Toronto")
    stage.ana.replies("zone-changed", "3")
    stage.until("Fri 9 Oct 10:00 Berlin")
    assert kinds(stage.ana.reads()) == ["zone-changed", "ack"]  # the other pairing asks no more
    zones = {stage.state(each.pairing).line.mentor.zone for each in lines}
    assert zones == {"Europe/Berlin"}


@row("letter-zone")
def test_a_city_that_is_none_is_asked_about() -> None:
    stage = before()
    stage.ben.replies("started", "ZONE Atlantis")
    assert kinds(stage.ben.reads()) == ["unclear"]
