"""`meeting_types:`: what a 1:1 is for stands in both preps, minute by minute, and on no calendar.

Not which type it is by all that can happen: tests/decide/test_meeting_types.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.agenda import Agenda, Block
from daemon.domain.cadence import RegularTime
from daemon.domain.people import Days, Line
from daemon.domain.value import replace
from tests.stories.beginnings import on_monday
from tests.stories.cast import ANA, BEN, CHI, EVA, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running

REGULAR = Agenda("regular", (Block(5, "how you are"), Block(20, "your topics"), Block(5, "next")))
AGENDAS = (
    Agenda("first", (Block(40, "what you hope for"), Block(20, "how you work"))),
    REGULAR,
    Agenda("monthly_review", (Block(30, "the month"),)),
    Agenda("career", (Block(30, "in ten years"),)),
    Agenda("closing", (Block(30, "what stays"),)),
)
CATCH_UP = Agenda("catch_up", (Block(40, "how you have been"), Block(20, "how you go on")))
TYPED = replace(PATIENT, meeting_types=AGENDAS)
FIRST, BACK = "It is your first one.", "This one looks back on the month."
AHEAD, LAST = (
    "This one looks further ahead, beyond the next weeks.",
    "It is the last one before your 1:1s end.",
)
LONG = "It has been a while since your last one."
SENTENCES = {FIRST: "first", BACK: "back", AHEAD: "ahead", LAST: "last", LONG: "long"}


def types(stage: Stage, reader: str) -> dict[str, str]:
    """What each prep of one of the two says of its type, by the day in its first line."""
    person, role = getattr(stage, reader), "mentee" if reader == "ben" else "mentor"
    person.reads()
    letters = [each for each in person.letters if each.touchpoint == f"prep-{role}"]
    found = {}
    for each in letters:
        said = [name for sentence, name in SENTENCES.items() if sentence in each.text]
        found[each.first.partition(",")[0]] = "".join(said) or "-"
    return found


def typed(*lines: Line, **wishes: object) -> Stage:
    """A pair of that program, which has just begun."""
    return running(*(lines or (line(),)), program=TYPED, **wishes)


@row("meeting-type", settings=("meeting_types",))
def test_the_first_one_and_any_other_with_its_minutes_in_both_preps() -> None:
    stage = typed()
    stage.until("Tue 6 Oct 10:00 Berlin")
    stage.all_read()
    plan = "A plan for the 30 minutes\n| 20 min: what you hope for\n| 10 min: how you work\n"
    for letter in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
        assert f"{FIRST}\n\n{plan}" in letter.text
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.all_read()
    any_other = "| 5 min: how you are\n| 20 min: your topics\n| 5 min: next\n"
    assert any_other in stage.ben.last("prep-mentee").text
    assert types(stage, "ana") == {"Tue 6 Oct": "first"}, "an agenda like any other is no news"
    events = stage.outside.world.account("ana@example.org").events.values()
    words = ("hope for", "first one", "how you", "20 min")
    assert not any(word in repr(event) for event in events for word in words)


@row("meeting-type", "meeting-type-passed-on")
def test_a_look_back_each_month_and_what_falls_out_leaves_it_to_the_next() -> None:
    stage = typed()
    stage.until("Mon 9 Nov 10:00 Berlin")
    stage.ana.deletes("Tue 10 Nov")
    stage.passes(6)
    stage.ben.reads()
    stage.ben.replies("proposal", "SKIP")
    stage.until("Wed 25 Nov 10:00 Berlin")
    assert list(types(stage, "ben").items())[-3:] == [
        ("Tue 3 Nov", "-"),
        ("Tue 17 Nov", "back"),
        ("Tue 24 Nov", "-"),
    ]
    assert types(stage, "ana") == {"Tue 6 Oct": "first", "Tue 17 Nov": "back"}


@row("meeting-type", "meeting-type-passed-on")
def test_one_that_is_moved_keeps_its_type() -> None:
    stage = typed()
    stage.until("Fri 6 Nov 10:00 Berlin")
    stage.ana.drags("Tue 10 Nov", "Thu 12 Nov 15:00")
    stage.until("Wed 18 Nov 10:00 Berlin")
    assert list(types(stage, "ben").items())[-2:] == [("Thu 12 Nov", "back"), ("Tue 17 Nov", "-")]


@row("meeting-type")
def test_a_quarter_and_the_end() -> None:
    stage = typed(line(ends=date(2027, 1, 19)))
    stage.until("Wed 20 Jan 10:00 Berlin")
    assert [each for each in types(stage, "ben").items() if each[1] != "-"] == [
        ("Tue 6 Oct", "first"),
        ("Tue 10 Nov", "back"),
        ("Tue 8 Dec", "back"),
        ("Tue 12 Jan", "ahead"),
        ("Tue 19 Jan", "last"),
    ]


CATCHES_UP = replace(TYPED, meeting_types=(*AGENDAS, CATCH_UP))


@row("meeting-type-catch-up", "pairing-resumed", "letter-goal", settings=("meeting_types",))
def test_after_a_pause_the_first_one_is_to_catch_up_and_the_look_back_comes_with_the_next() -> None:
    stage = running(line(), program=CATCHES_UP)
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.says("notes", goals=("A research place",))
    stage.ben.replies("notes", "PAUSE until 10 Nov")
    stage.until("Tue 10 Nov 12:00 Berlin")
    stage.all_read()
    plan = "A plan for the 30 minutes\n| 20 min: how you have been\n| 10 min: how you go on\n"
    for letter in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
        assert f"{LONG}\n\n{plan}" in letter.text
        assert "What you two set out for\n| A research place\n" in letter.text
    named = "the 1:1 is at 2026-11-10T14:00:00Z, catch_up"
    assert any(each.endswith(named) for each in stage.why("prep-mentee"))
    stage.until("Wed 25 Nov 12:00 Berlin")
    assert list(types(stage, "ben").items())[-3:] == [
        ("Tue 10 Nov", "long"),
        ("Tue 17 Nov", "back"),
        ("Tue 24 Nov", "-"),
    ]


@row("meeting-type-catch-up")
def test_after_a_long_break_too_and_a_short_pause_is_none() -> None:
    breaks = (Days(date(2026, 11, 2), date(2026, 11, 22)),)
    stage = running(line(), program=replace(CATCHES_UP, breaks=breaks))
    stage.until("Tue 6 Oct 19:40 Kolkata")
    stage.ben.replies("notes", "PAUSE until 12 Oct")  # no Tuesday lies inside
    stage.until("Wed 25 Nov 12:00 Berlin")
    assert types(stage, "ben") == {
        "Tue 6 Oct": "first",
        "Tue 13 Oct": "-",
        "Tue 20 Oct": "-",
        "Tue 27 Oct": "-",
        "Tue 24 Nov": "long",
    }


@row("meeting-type-catch-up", "letter-week-card")
def test_a_week_card_says_that_it_has_been_a_while() -> None:
    three = (
        line(ANA, BEN),
        line(ANA, CHI, RegularTime(2, 10, 0)),
        line(ANA, EVA, RegularTime(3, 16, 0)),
    )
    breaks = (Days(date(2026, 10, 12), date(2026, 11, 8)),)
    stage = running(*three, program=replace(CATCHES_UP, breaks=breaks))
    stage.until("Mon 9 Nov 20:00 Berlin")
    stage.all_read()
    card = stage.ana.last("week-card").text
    assert "Chi, Wed 11 Nov, 10:00 Berlin (17:00 Taipei)\nThe first one after a while.\n" in card
    assert "Ben, Tue 10 Nov, 15:00 Berlin (19:30 Kolkata)\nYour first one.\n" in card


@row("meeting-type-looks-back", "letter-goal")
def test_a_look_back_begins_with_to_dos_that_are_done_and_the_goals() -> None:
    stage = typed()
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.ben.says("notes", goals=("A research place",), todos=(("mentee", "write to the lab"),))
    stage.until("Wed 21 Oct 10:00 Kolkata")
    stage.ben.replies("notes", "DONE a")
    stage.until("Tue 3 Nov 12:00 Berlin")
    assert "Done since" not in stage.ben.last("prep-mentee").text
    stage.until("Tue 10 Nov 12:00 Berlin")
    stage.all_read()
    back = (
        "Done since the last look back\n| Ben: write to the lab\n"
        "What you two set out for\n| A research place\n"
    )
    for letter in (stage.ben.last("prep-mentee"), stage.ana.last("prep-mentor")):
        assert back in letter.text
        assert "lab" not in letter.first and "research" not in letter.first
    stage.until("Tue 8 Dec 12:00 Berlin")
    again = stage.ben.last("prep-mentee").text
    assert BACK in again and "write to the lab" not in again and "| A research place" in again


@row("meeting-type", "letter-week-card")
def test_on_the_week_card_it_stands_below_the_time() -> None:
    three = (
        line(ANA, BEN),
        line(ANA, CHI, RegularTime(2, 10, 0)),
        line(ANA, EVA, RegularTime(3, 16, 0)),
    )
    stage = typed(*three)
    stage.until("Mon 9 Nov 20:00 Berlin")
    stage.all_read()
    card = stage.ana.last("week-card").text
    assert "Chi, Wed 11 Nov, 10:00 Berlin (17:00 Taipei)\nA look back on the month.\n" in card
    assert "Ben, Tue 10 Nov, 15:00 Berlin (19:30 Kolkata)\n\n" in card, "he began a week later"


ASKS = ("What came of your last task?", "Which help would be good?")
AFTER = ("What you do until next time", "Anything else")


@row("asked-before-and-after", "letter-topic", "letter-note", settings=("prep_asks", "notes_asks"))
def test_what_is_asked_before_and_after_is_answered_like_any_topic_and_note() -> None:
    stage = running(line(), program=replace(PATIENT, prep_asks=ASKS, notes_asks=AFTER))
    stage.until("Mon 12 Oct 19:00 Kolkata")
    asked = "To think about\n| What came of your last task?\n| Which help would be good?\n"
    assert asked in stage.ben.last("prep-mentee").text
    stage.ben.replies("prep-mentee", "The draft is done. Who reads it?")
    stage.until("Tue 13 Oct 19:40 Kolkata")
    stage.all_read()
    assert "| The draft is done. Who reads it?" in stage.ana.last("prep-mentor").text
    assert not any("To think about" in each.text for each in stage.ana.letters)
    worth = "Worth a line\n| What you do until next time\n| Anything else\n"
    assert worth in stage.ben.last("notes").text
    assert worth not in stage.ben.last("prep-mentee").text
    stage.ben.replies("notes", "I write to the lab.")
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert "| I write to the lab." in stage.ana.last("copy").text


@row("asked-before-and-after", settings=("prep_asks",))
def test_before_a_first_one_its_agenda_stands_instead() -> None:
    stage = running(line(), program=replace(TYPED, prep_asks=ASKS))
    stage.until("Tue 6 Oct 10:00 Berlin")
    stage.ben.reads()
    first = stage.ben.last("prep-mentee").text
    assert "| 20 min: what you hope for" in first and "To think about" not in first
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.ben.reads()
    assert "To think about\n| What came of your last task?\n" in stage.ben.last("prep-mentee").text
    reasons = stage.why("prep-mentee")
    assert any(each.endswith("the 1:1 is at 2026-10-06T13:00:00Z, first") for each in reasons)
    assert any(each.endswith("the 1:1 is at 2026-10-13T13:00:00Z, regular") for each in reasons)


@row("hard-stop", "letter-late", settings=("hard_stop",))
def test_it_ends_on_time_and_the_last_block_is_for_what_comes_next() -> None:
    stage = running(line(), program=replace(TYPED, hard_stop=True))
    stage.until("Tue 6 Oct 14:50 Berlin")
    stage.all_read()
    left = "The last 10 minutes are for what comes next."
    mine = f"It ends on time: Tue 6 Oct, 19:00 Kolkata (15:30 Berlin). {left}\n"
    theirs = f"It ends on time: Tue 6 Oct, 15:30 Berlin (19:00 Kolkata). {left}\n"
    assert mine in stage.ben.last("prep-mentee").text
    assert theirs in stage.ana.last("prep-mentor").text
    stage.ben.replies("prep-mentee", "LATE 10")
    stage.all_read()
    assert "15:00 Berlin (18:30 Kolkata). It ends on time all the same." in stage.ana.last().text


@row("hard-stop", "series-window", settings=("hard_stop", "buffer_minutes"))
@pytest.mark.parametrize(
    ("settings", "first"),
    [
        ({}, "Wed 14 Oct, 18:30"),
        ({"hard_stop": True}, "Wed 14 Oct, 18:00"),
        ({"hard_stop": True, "buffer_minutes": 35}, "Wed 14 Oct, 17:30"),
    ],
)
def test_some_minutes_are_kept_free_after_what_ends_on_time(
    settings: dict[str, object], first: str
) -> None:
    stage = on_monday(**settings)
    stage.ana.is_busy("Tue 13 Oct 09:00", hours=9)
    stage.ana.is_busy("Wed 14 Oct 15:30")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.ben.reads()
    assert stage.ben.last("proposal").choices[0].startswith(f"1  {first} Kolkata")
