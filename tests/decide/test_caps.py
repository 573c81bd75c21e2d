"""How many letters a person gets in a day and a week, and which of them gives way, as tables (RULES 8).

Not what becomes of a letter that is put off: that is in test_owed.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.caps import count_letter, room
from daemon.decide.owed import personal
from daemon.domain.pair import Sent
from daemon.domain.people import Role
from daemon.domain.proposal import Offer, Proposal
from daemon.domain.value import replace
from tests.decide.letters_cast import at, bound, stem, turn_at
from tests.decide.pair_cast import DAY, HOUR, LANE, MINUTE, ORIGIN, WEEK, mark, meeting
from tests.stories.cast import PATIENT
from tests.stories.people import moment

NOW = moment("Mon 12 Oct 12:00 Kolkata")  # 08:30 in Berlin
MIDNIGHT = moment("Tue 13 Oct 00:00 Kolkata")


COUNTED = [
    "absence", "break-ahead", "ended", "extend", "farewell", "kindly", "left-out", "lighter", "notes",
    "paused", "prep-mentee", "prep-mentor", "proposal-nudge", "resumed", "setup-nudge", "still-good",
    "wish", "zone-changed", "check", "assess", "exit",
]  # fmt: skip
FREE = ["proposal", "proposal-mentor", "slot-gone", "moved", "off", "copy", "ack", "unclear"]


@pytest.mark.parametrize("touchpoint", [*COUNTED, *FREE])
def test_what_counts(touchpoint: str) -> None:
    """Not proposals, `off`, `moved`, copies and answers."""
    turn = turn_at(NOW)
    personal(turn, touchpoint, "one", "mentor", {}, opens=NOW, closes=NOW + WEEK, reason="why")
    assert [each.counts for each in turn.state.sent] == [touchpoint in COUNTED]


def sent(when: str, role: Role = "mentee", *, counts: bool = True, name: str = "x") -> Sent:
    return Sent(role, moment(when), counts, name)


def free(touchpoint: str = "wish", role: Role = "mentee", now: Any = NOW, **state: Any) -> Any:
    """None where there is room, else when there may be."""
    return room(turn_at(now, **state), touchpoint, role)


# --- a day


@pytest.mark.parametrize(
    ("known", "there_is_room"),
    [
        ((), True),
        ((sent("Mon 12 Oct 00:00 Kolkata"),), False),
        ((sent("Sun 11 Oct 23:59 Kolkata"),), True),
        ((sent("Mon 12 Oct 11:00 Kolkata", counts=False),), True),
        ((sent("Mon 12 Oct 11:00 Kolkata", "mentor"),), True),
    ],
)
def test_one_letter_a_day_of_the_readers_own_zone(
    known: tuple[Sent, ...], there_is_room: bool
) -> None:
    assert free(sent=known) == (None if there_is_room else MIDNIGHT)


def test_so_many_a_day_are_a_setting() -> None:
    two = replace(PATIENT, letters_per_day=2)
    once = (sent("Mon 12 Oct 09:00 Kolkata"),)
    assert free(program=two, sent=once) is None
    assert free(program=two, sent=(*once, sent("Mon 12 Oct 10:00 Kolkata"))) == MIDNIGHT


def test_what_was_withdrawn_never_came() -> None:
    once = (sent("Mon 12 Oct 09:00 Kolkata"),)
    assert free(sent=once, marks={"x": mark("withdrawn")}) is None
    assert free(sent=once, marks={"x": mark("undone")}) is not None  # it was read
    assert free(sent=once, marks={"x": mark("settled")}) == MIDNIGHT


@pytest.mark.parametrize(
    ("one", "there_is_room"),
    [
        (bound("letter", "Mon 12 Oct 09:00 Kolkata", name="counts"), False),
        (bound("letter", "Mon 12 Oct 09:00 Kolkata"), True),
        (bound("told", "Mon 12 Oct 09:00 Kolkata", name="counts"), True),
        (bound("letter", "Sun 11 Oct 09:00 Kolkata", name="counts"), True),
        (bound("letter", "Mon 12 Oct 09:00 Kolkata", LANE, name="counts"), True),  # known already
    ],
)
def test_letters_of_other_pairings_count_on_their_day(one: Any, there_is_room: bool) -> None:
    assert free(bounds={"ben": (one,)}) == (None if there_is_room else MIDNIGHT)
    assert free(bounds={"ana": (one,)}) is None


# --- what comes first is left its room

PREP = moment("Mon 12 Oct 18:00 Kolkata")
EARLIER = at("Mon 12 Oct 13:00 Kolkata", 12)  # its notes are due at 14:00
NOTED = moment("Mon 12 Oct 14:00 Kolkata")


@pytest.mark.parametrize(
    ("touchpoint", "meetings", "later"),
    [
        ("wish", (meeting(),), PREP + MINUTE),
        ("proposal-nudge", (meeting(),), PREP + MINUTE),
        ("notes", (meeting(),), PREP + MINUTE),
        ("prep-mentee", (meeting(),), None),
        ("wish", (EARLIER,), NOTED + MINUTE),
        ("proposal-nudge", (EARLIER,), NOTED + MINUTE),
        ("setup-nudge", (EARLIER,), NOTED + MINUTE),
        ("notes", (EARLIER,), None),
        ("prep-mentee", (EARLIER,), None),
        ("wish", (EARLIER, meeting()), PREP + MINUTE),  # the last of them
        ("wish", (meeting(standing="cancelled"),), None),
        ("wish", (meeting(14),), None),  # its prep is for tomorrow
    ],
)
def test_prep_before_notes_before_the_rest(touchpoint: str, meetings: Any, later: Any) -> None:
    assert free(touchpoint, meetings=meetings) == later


def asked(**more: Any) -> Proposal:
    """Another time is wanted: Ben read the list on Sunday at 15:00, and is reminded after a day."""
    told = moment("Sun 11 Oct 15:00 Kolkata")
    offers = (Offer(1, told + WEEK, told + WEEK),)
    own = {"told_at": told, "answer_by": told + 4 * DAY, "opened_at": told, "offers": offers}
    return Proposal(**{"origin": ORIGIN, "chooser": "mentee", "cause": "asked", **own, **more})


REMINDED = moment("Mon 12 Oct 15:00 Kolkata")


@pytest.mark.parametrize(
    ("touchpoint", "proposal", "later"),
    [
        ("wish", asked(), REMINDED + MINUTE),
        ("left-out", asked(), REMINDED + MINUTE),
        ("proposal-nudge", asked(), None),
        ("setup-nudge", asked(), None),
        ("notes", asked(), None),
        ("prep-mentee", asked(), None),
        ("wish", asked(chooser="mentor"), None),
        ("wish", asked(told_at=None), None),  # nobody has read it yet
        ("wish", asked(picked=1), None),
        ("wish", asked(answer_by=REMINDED), None),  # it ends before
        ("wish", asked(answer_by=REMINDED + HOUR), None),  # nor in its last hour
        ("wish", asked(told_at=REMINDED - 2 * DAY), None),  # on Sunday
        ("wish", asked(told_at=NOW - DAY), None),  # now
        ("wish", asked(told_at=NOW - DAY + MINUTE), NOW + 2 * MINUTE),
        # a regular time: after two days and after five
        ("wish", asked(kind="series"), None),
        ("wish", asked(kind="series", told_at=REMINDED - 2 * DAY), REMINDED + MINUTE),
        ("wish", asked(kind="series", told_at=REMINDED - 5 * DAY), REMINDED + MINUTE),
    ],
)
def test_a_reminder_comes_before_the_rest(touchpoint: str, proposal: Proposal, later: Any) -> None:
    assert free(touchpoint, proposal=proposal) == later


def test_a_reminder_of_the_night_is_one_of_the_morning() -> None:
    night = asked(told_at=moment("Sun 11 Oct 23:00 Kolkata"))
    early = moment("Mon 12 Oct 23:30 Kolkata")
    assert free(now=early, proposal=night) is None
    assert free(now=early + HOUR, proposal=night) == moment("Tue 13 Oct 07:01 Kolkata")


def test_what_was_asked_for_is_coming_no_more() -> None:
    marks = {stem("prep-mentee", "ben"): mark("live")}
    assert free(meetings=(meeting(),), marks=marks) is None
    assert free(now=PREP - MINUTE, meetings=(meeting(),)) == PREP + MINUTE
    assert free(now=PREP, meetings=(meeting(),)) is None


def test_a_second_letter_a_day_has_room_beside_the_prep() -> None:
    two = replace(PATIENT, letters_per_day=2)
    assert free(program=two, meetings=(meeting(),)) is None
    once = (sent("Mon 12 Oct 09:00 Kolkata"),)
    assert free(program=two, meetings=(meeting(),), sent=once) == PREP + MINUTE


@pytest.mark.parametrize(
    ("touchpoint", "start", "more", "later"),
    [
        ("wish", "Tue 13 Oct 18:30 Kolkata", {}, PREP + MINUTE),
        ("wish", "Mon 12 Oct 13:00 Kolkata", {}, NOTED + MINUTE),
        ("proposal-nudge", "Mon 12 Oct 13:00 Kolkata", {}, NOTED + MINUTE),
        ("notes", "Tue 13 Oct 18:30 Kolkata", {}, PREP + MINUTE),
        ("notes", "Mon 12 Oct 13:00 Kolkata", {}, None),
        ("prep-mentee", "Tue 13 Oct 18:30 Kolkata", {}, None),
        ("wish", "Tue 13 Oct 18:30 Kolkata", {"lane": LANE}, None),
        ("wish", "Mon 12 Oct 11:00 Kolkata", {}, NOW + MINUTE),  # its notes are due this minute
        ("wish", "Mon 12 Oct 10:59 Kolkata", {}, None),
    ],
)
def test_preps_and_notes_of_other_pairings_are_left_their_room_too(
    touchpoint: str, start: str, more: dict[str, Any], later: Any
) -> None:
    one = bound("meeting", start, **more)
    assert free(touchpoint, bounds={"ben": (one,)}) == later
    assert free(touchpoint, bounds={"ben": (replace(one, kind="offer"),)}) is None


def test_a_mentor_is_left_room_for_the_prep_of_the_day_and_none_where_there_is_a_card() -> None:
    day = moment("Tue 13 Oct 08:00 Berlin")
    assert free(role="mentor", now=day, meetings=(meeting(),)) == moment("Tue 13 Oct 09:01 Berlin")
    other_prep = (bound("meeting", "Tue 13 Oct 15:00 Berlin"),)  # preps do not wait for each other
    assert free("prep-mentor", role="mentor", now=day, bounds={"ana": other_prep}) is None
    after = moment("Tue 13 Oct 15:10 Berlin")  # notes are for the mentee
    assert free(role="mentor", now=after, meetings=(meeting(),)) is None
    many = tuple(bound("pairing", "Tue 1 Sep 12:00 Berlin", f"pairing/{n}") for n in "ab")
    assert free(role="mentor", now=day, meetings=(meeting(),), bounds={"ana": many}) is None


# --- a week

ROOM_A_DAY = replace(PATIENT, letters_per_day=9)
WED, THU, FRI, SAT = (f"{day} Oct 09:00 Kolkata" for day in ("Wed 7", "Thu 8", "Fri 9", "Sat 10"))


@pytest.mark.parametrize(
    ("known", "later"),
    [
        ((THU, FRI), ""),
        ((THU, FRI, SAT), "Thu 15 Oct 09:00 Kolkata"),
        ((WED, THU, FRI, SAT), "Thu 15 Oct 09:00 Kolkata"),
        (("Mon 5 Oct 12:00 Kolkata", FRI, SAT), ""),  # a week ago to the minute
        (("Mon 5 Oct 12:01 Kolkata", FRI, SAT), "Mon 12 Oct 12:01 Kolkata"),
    ],
)
def test_three_letters_a_week_for_a_mentee(known: tuple[str, ...], later: str) -> None:
    expected = moment(later) if later else None
    assert free(program=ROOM_A_DAY, sent=tuple(map(sent, known))) == expected


def test_what_does_not_count_in_the_week() -> None:
    three = tuple(map(sent, (THU, FRI, SAT)))
    for known in (
        (*three[:2], replace(three[2], counts=False)),
        (*three[:2], replace(three[2], role="mentor")),
    ):
        assert free(program=ROOM_A_DAY, sent=known) is None
    gone = (*three[:2], replace(three[2], stem="gone"))
    assert free(program=ROOM_A_DAY, sent=gone, marks={"gone": mark("withdrawn")}) is None
    assert free(role="mentor", program=ROOM_A_DAY, sent=tuple(replace(s, role="mentor") for s in three)) is None  # fmt: skip


def test_so_many_a_week_are_a_setting() -> None:
    four = replace(ROOM_A_DAY, letters_per_week=4)
    assert free(program=four, sent=tuple(map(sent, (THU, FRI, SAT)))) is None
    assert free(program=four, sent=tuple(map(sent, (WED, THU, FRI, SAT)))) == moment("Wed 14 Oct 09:00 Kolkata")  # fmt: skip


@pytest.mark.parametrize(
    ("touchpoint", "known", "later"),
    [
        # the prep of Monday evening and the notes of Tuesday are coming
        ("wish", (FRI,), "Fri 16 Oct 09:00 Kolkata"),
        ("wish", (), ""),
        ("notes", (FRI,), ""),  # only the prep comes before notes
        ("prep-mentee", (THU, FRI), ""),
        ("notes", (THU, FRI), "Thu 15 Oct 09:00 Kolkata"),
        ("notes", ("Mon 5 Oct 18:00 Kolkata", FRI), ""),  # that one is a week before the prep
    ],
)
def test_what_comes_first_is_left_its_room_in_the_week(
    touchpoint: str, known: tuple[str, ...], later: str
) -> None:
    expected = moment(later) if later else None
    own = {"program": ROOM_A_DAY, "sent": tuple(map(sent, known)), "meetings": (meeting(),)}
    assert free(touchpoint, **own) == expected


def test_where_two_a_week_are_coming_and_no_more_may_come() -> None:
    two = replace(ROOM_A_DAY, letters_per_week=2)
    assert free(program=two, meetings=(meeting(),)) == moment("Mon 19 Oct 18:00 Kolkata")


# --- what is remembered


def counted(state: dict[str, Any], **marks: Any) -> tuple[Sent, ...]:
    turn = turn_at(NOW, marks=marks, **state)
    count_letter(turn, "x", "mentee", counts=True)
    return turn.state.sent


def test_a_letter_that_was_asked_for_now_is_remembered_once() -> None:
    new = Sent("mentee", NOW, True, "x")
    assert counted({}, x=mark("live", NOW)) == (new,)
    assert counted({}) == ()
    assert counted({}, x=mark("settled", NOW)) == ()
    assert counted({}, x=mark("live", NOW - MINUTE)) == ()
    assert counted({"sent": (new,)}, x=mark("live", NOW)) == (new,)
    for other in (replace(new, stem="y"), replace(new, at=NOW - MINUTE)):
        assert counted({"sent": (other,)}, x=mark("live", NOW)) == (other, new)


def test_what_is_a_week_old_or_was_withdrawn_is_forgotten() -> None:
    old, young, gone = (
        Sent("mentee", NOW - WEEK, True, "old"),
        Sent("mentor", NOW - WEEK + MINUTE, True, "young"),
        Sent("mentee", NOW, True, "gone"),
    )
    marks = {"x": mark("live", NOW), "gone": mark("withdrawn"), "young": mark("settled")}
    kept = counted({"sent": (old, young, gone)}, **marks)
    assert kept == (young, Sent("mentee", NOW, True, "x"))
