"""Every checker finds what it is for, and nothing beside it: a checker that cannot fail is a defect.

Not the daemon: the breaches are written down literally, each beside the same scene without it.
"""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from daemon.domain.meeting import Place, Slot
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.simulate.advisors import HOME
from daemon.simulate.checkers import LogChecker
from daemon.simulate.phrases import INTRODUCED, Canary
from tests.conformance.store_words import at
from tests.simulate.watched import LANE, ORIGIN, PAIRING, PREP, Watched, letter
from tests.stories.cast import ANA, BEN, DAN, line


@pytest.fixture
def watched() -> Watched:
    return Watched()


# --- letters: I1, I3, I6, I4, I7, I8, I9, I10


def test_i1_the_same_letter_twice(watched: Watched) -> None:
    assert watched.reads(letter()) == {}
    assert watched.reads(letter()) == {"I1": 1}
    assert watched.checkers.duplicates == 1


@pytest.mark.parametrize(
    ("touchpoint", "found"),
    [("notes", {"I1": 1}), ("moved", {})],
    ids=["notes are never told again", "another time is"],
)
def test_i1_the_next_generation(watched: Watched, touchpoint: str, found: dict[str, int]) -> None:
    stem = f"{touchpoint}/{LANE}/{ORIGIN}/ben"
    watched.reads(letter(f"{stem}/1"))
    assert watched.reads(letter(f"{stem}/2", cites=(f"<{stem}/1@ids>",))) == found


def test_i3_announced_but_not_there(watched: Watched) -> None:
    assert watched.reads(letter(PREP)) == {"I3": 1}


def test_i3_is_silent_while_nobody_could_see_the_calendar(watched: Watched) -> None:
    watched.checkers.down.append((at("12:00"), at("12:20")))
    assert watched.reads(letter(PREP)) == {}


@pytest.mark.parametrize(("said", "found"), [("19:30", {}), ("18:30", {"I6": 1})])
def test_i6_a_letter_says_the_hour_of_the_calendar(
    watched: Watched, said: str, found: dict[str, int]
) -> None:
    watched.series("s")
    assert watched.reads(letter(PREP, text=f"Tue 3 Nov, {said}: …\n")) == found


@pytest.mark.parametrize(("act", "found"), [("delete-series", {}), ("decline", {"I4": 1})])
def test_i4_a_series_that_nobody_deleted(watched: Watched, act: str, found: dict[str, int]) -> None:
    watched.did(act)
    gone = letter(f"tell/{LANE}/series-gone/2026-11-02/1", to="maya@example.org")
    assert watched.reads(gone) == found


@pytest.mark.parametrize(
    ("recurrence", "found"), [("2026-11-03T15:00", {}), ("2026-11-10T15:00", {"I4": 1})]
)
def test_i4_a_meeting_that_nobody_touched(
    watched: Watched, recurrence: str, found: dict[str, int]
) -> None:
    watched.did("cancel-occurrence", recurrence=recurrence)
    assert watched.reads(letter(f"proposal/{LANE}/{ORIGIN}#1.1/ben/1")) == found


@pytest.mark.parametrize(
    ("touchpoint", "done", "found"),
    [
        ("guest-gone", "uninvite", {}),
        ("guest-gone", "delete-occurrence", {"I4": 1}),
        ("declined-all", "decline-series", {}),
        ("declined-all", "decline", {"I4": 1}),
        ("absence", "leave-office", {}),
        ("absence", "busy-week", {"I4": 1}),
        ("absence", "asked by mail", {}),
        ("wish", "asked by mail", {}),
        ("wish", "delete-series", {"I4": 1}),
        ("clash", "asked by mail", {"I4": 1}),
        ("clash", "on-top", {"I4": 1}),  # by Ana, and Ben is asked
    ],
)
def test_i4_a_question_that_nobody_gave_cause_for(
    watched: Watched, touchpoint: str, done: str, found: dict[str, int]
) -> None:
    if done == "asked by mail":
        watched.people.asked[PAIRING].append(at("00:00"))
    else:
        watched.did(done)
    assert watched.reads(letter(f"{touchpoint}/{LANE}/x/ben/1")) == found


@pytest.mark.parametrize(
    ("touchpoint", "by", "found"),
    [
        ("intro", ANA, {}),
        ("intro", BEN, {"I4": 1}),  # who is asked about it himself
        ("intro", DAN, {"I4": 1}),
        ("intro-draft", BEN, {}),
        ("intro-draft", DAN, {"I4": 1}),
    ],
)
def test_i4_an_introduction_that_the_other_one_never_named(
    watched: Watched, touchpoint: str, by: Person, found: dict[str, int]
) -> None:
    watched.people.introduced[PAIRING, by.address].append(at("00:00"))
    assert watched.reads(letter(f"{touchpoint}/{LANE}/x/ben/1")) == found


def test_i4_who_lies_on_top_is_asked_about_it(watched: Watched) -> None:
    watched.did("on-top")
    asked = letter(f"clash/{LANE}/x/ana/1", to=ANA.address)
    assert watched.reads(asked) == {}


@pytest.mark.parametrize(("days", "found"), [(49, {}), (50, {"I4": 1})])
def test_i4_a_cause_is_forgotten(watched: Watched, days: int, found: dict[str, int]) -> None:
    watched.did("uninvite")
    later = at("00:00") + timedelta(days=days)
    assert watched.reads(letter(f"guest-gone/{LANE}/x/ben/1", moment=later)) == found


@pytest.mark.parametrize(
    ("private", "reader", "found"),
    [
        (False, BEN.address, {}),
        (True, ANA.address, {}),
        (True, BEN.address, {"I7": 1}),
        (False, "maya@example.org", {"I7": 1}),
    ],
    ids=["to the partner", "private, to its writer", "private, to the partner", "to the contact"],
)
def test_i7_what_ana_wrote(
    watched: Watched, private: bool, reader: str, found: dict[str, int]
) -> None:
    watched.people.canaries["kiwi1x2"] = Canary(PAIRING, ANA.address, private)
    assert watched.reads(letter(to=reader, text="She saw kiwi1x2.\n")) == found


@pytest.mark.parametrize(("shown", "found"), [(INTRODUCED, {"I7": 1}), ("Priya Rao", {})])
def test_i7_the_address_of_whom_somebody_is_introduced_to(
    watched: Watched, shown: str, found: dict[str, int]
) -> None:
    assert watched.reads(letter(text=f"| {shown}\n")) == found


def test_i7_words_of_another_pair_and_words_in_a_subject(watched: Watched) -> None:
    watched.people.canaries |= {
        "kiwi1x2": Canary("dan-eva", "dan@example.org", False),
        "kiwi3x4": Canary(PAIRING, ANA.address, False),
    }
    assert watched.reads(letter(text="kiwi1x2\n")) == {"I7": 1}
    second = letter("copy/" + LANE + "/x/ben/1", text="kiwi3x4\n", subject="kiwi3x4")
    assert watched.reads(second)["I7"] == 2


@pytest.mark.parametrize(
    ("carried", "private", "found"),
    [(PAIRING, False, {}), (PAIRING, True, {"I7": 1}), ("eva-ben", False, {"I7": 1}), ("", False, {"I7": 1})],
    ids=["allowed", "private", "allowed to another one", "not allowed"],
)  # fmt: skip
def test_i7_a_new_mentor_reads_of_before_what_the_mentee_has_allowed(
    watched: Watched, carried: str, private: bool, found: dict[str, int]
) -> None:
    before = replace(line(DAN, BEN), pairing="dan-ben")
    watched.checkers.lines = {**watched.checkers.lines, "dan-ben": before}
    watched.people.canaries["kiwi1x2"] = Canary("dan-ben", BEN.address, private)
    watched.people.carried |= {"kiwi1x2": carried} if carried else {}
    prep = letter("prep-mentor/" + LANE + "/x/ana/1", to=ANA.address, text="kiwi1x2\n")
    assert watched.reads(prep) == found


@pytest.mark.parametrize(
    ("reader", "found"),
    [(ANA.address, {}), (BEN.address, {"I7": 1}), ("dan@example.org", {"I7": 1})],
)
def test_i7_a_mentors_card_shows_that_mentor_what_all_pairs_wrote(
    watched: Watched, reader: str, found: dict[str, int]
) -> None:
    watched.people.canaries["kiwi1x2"] = Canary(PAIRING, BEN.address, private=False)
    card = letter(f"week-card/account/{ANA.address}/2026-11-02/ana/1", to=reader, text="kiwi1x2\n")
    assert watched.reads(card) == found


def test_i8_thirteen_letters_on_one_local_day(watched: Watched) -> None:
    """20:00Z is Tuesday in Kolkata already, so the thirteenth of Monday is the one at 18:29Z."""
    for number in range(12):
        assert watched.reads(letter(f"ack/{LANE}/{number}/ben/1")) == {}
    assert watched.reads(letter(f"ack/{LANE}/12/ben/1", moment=at("20:00"))) == {}
    assert watched.reads(letter(f"ack/{LANE}/13/ben/1", moment=at("18:29"))) == {"I8": 1}


@pytest.mark.parametrize(("who", "checker"), [("robot", "I9"), ("stranger", "I10")])
def test_i9_and_i10_mails_that_must_not_be_answered(
    watched: Watched, who: str, checker: str
) -> None:
    watched.people.automatic_ids.add("<robot@people>")
    watched.people.refused_ids.add("<stranger@people>")
    assert watched.reads(letter(cites=(f"<{who}@people>",))) == {checker: 1}


# --- calendars: I5, I6


def test_i5_two_events_for_one_meeting_are_told_once(watched: Watched) -> None:
    watched.event("one", at("14:00", day=4))
    assert watched.hour(at("00:00")) == {}
    watched.event("two", at("14:00", day=4))
    assert watched.hour(at("03:00")) == {"I5": 1}
    assert watched.hour(at("06:00")) == {"I5": 1}


def test_i5_a_person_may_drag_one_event_onto_another(watched: Watched) -> None:
    watched.event("one", at("14:00", day=4))
    watched.event("two", at("14:00", day=4))
    watched.did("move-occurrence", uid="two", recurrence="")
    assert watched.hour(at("00:00")) == {}


@pytest.mark.parametrize(
    ("why", "found"),
    [
        ("the no is fresh", {}), ("they said yes after it", {}), ("they are off", {}), ("it was down", {}),
        ("", {"advisor": 1}),
    ],
)  # fmt: skip
def test_an_advisor_who_does_not_come_and_stands_on_the_event(
    watched: Watched, why: str, found: dict[str, int]
) -> None:
    watched.event("one", at("14:00", day=4))
    place, zoe = Place(ANA.address, "one"), f"zoe{HOME}"
    watched.calendars.invite(ANA.address, place, (zoe,), key="g", expected="")
    watched.checkers.advisors.said(zoe, "no", at("00:00"))
    match why:
        case "they said yes after it":
            watched.checkers.advisors.said(zoe, "yes", at("01:00"))
        case "they are off":
            watched.calendars.uninvite(ANA.address, place, (zoe,), key="o", expected="")
        case "it was down":
            watched.checkers.down.append((at("12:00"), at("12:20")))
    hours = 25 if why == "the no is fresh" else 26
    assert watched.hour(at("00:00") + timedelta(hours=hours)) == found


@pytest.mark.parametrize("first", ["2026-11-03T16:00", "2026-11-04T15:00"])
def test_i6_a_series_at_another_wall_clock(watched: Watched, first: str) -> None:
    watched.series("s", first=first)
    assert watched.hour(at("00:00")) == {"I6": 1}
    assert watched.hour(at("06:00")) == {"I6": 1}


@pytest.mark.parametrize("why", ["move-series", "asked by mail"])
def test_i6_a_series_moves_when_somebody_wants_it(watched: Watched, why: str) -> None:
    if why == "asked by mail":
        watched.people.asked[PAIRING].append(at("00:00"))
    else:
        watched.did(why)
    watched.series("s", first="2026-11-03T16:00")
    assert watched.hour(at("00:00")) == {}


@pytest.mark.parametrize(("hours", "found"), [(14, {}), (15, {"I6": 1})])
def test_i6_what_somebody_wrote_may_move_one_in_a_night_and_is_told_in_the_morning(
    watched: Watched, hours: int, found: dict[str, int]
) -> None:
    watched.series("s")
    place = Place(ANA.address, "s", "2026-11-03T15:00")
    watched.outside.hands.move(ANA.address, place, Slot(at("15:00", day=3), at("15:30", day=3)))
    watched.people.asked[ANA.id].append(at("00:00"))
    assert watched.hour(at("00:00") + timedelta(hours=hours)) == found


@pytest.mark.parametrize(("acts", "found"), [(["move-occurrence"], {}), ([], {"I6": 1})])
def test_i6_an_occurrence_that_nobody_moved(
    watched: Watched, acts: list[str], found: dict[str, int]
) -> None:
    watched.series("s")
    an_hour_later = Slot(at("15:00", day=3), at("15:30", day=3))
    place = Place(ANA.address, "s", "2026-11-03T15:00")
    watched.outside.hands.move(ANA.address, place, an_hour_later)
    for act in acts:
        watched.did(act)
    assert watched.hour(at("00:00")) == found


@pytest.mark.parametrize("taken_off", [False, True])
def test_a_meeting_stood_when_it_is_still_there_after_its_end(
    watched: Watched, taken_off: bool
) -> None:
    """Taken off between two looks, a quarter of an hour before it, it did not stand."""
    watched.event("one", at("14:00", day=3))
    watched.hour(at("12:00", day=3))
    if taken_off:
        watched.outside.hands.delete(ANA.address, Place(ANA.address, "one"))
    watched.hour(at("18:00", day=3))
    stood = [] if taken_off else [(PAIRING, "one", "")]
    assert [name for name, _ in watched.checkers.oracle.over()] == stood
    watched.hour(at("23:00", day=3))
    assert watched.checkers.oracle.over() == []


# --- the log: I14


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("event=settled key=prep", {}),
        ("event=lost account=ana@example.org", {"I14": 1}),
        ("event=kept note=kiwi1x2", {"I14": 1}),
    ],
)
def test_i14_no_address_and_no_word_in_the_log(
    watched: Watched, line: str, found: dict[str, int]
) -> None:
    record = logging.LogRecord("oneonone", logging.INFO, "", 0, "%s", (line,), None)
    LogChecker(watched.checkers).handle(record)
    assert watched.found == found
