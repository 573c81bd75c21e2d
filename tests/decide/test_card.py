"""What a pairing tells the lane of its mentor's week card, and when, as tables (LETTERS 2, "week card").

Not the letter itself: the lane of the account writes it (test_week_card.py of the stories).
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.card import shown_on_card, tell_card
from daemon.domain.observation import CardEntry, CardSeen
from daemon.domain.thread import Action, AgendaLine, OwnLine
from daemon.domain.value import replace
from tests.decide.letters_cast import CARD, at, turn_at
from tests.decide.pair_cast import DAY, LONG_AGO, MINUTE, ORIGIN, START, meeting, origin
from tests.stories.people import moment

NOW = moment("Mon 12 Oct 12:00 Berlin")
PLAIN = CardEntry("ana-ben", "Ben", START, "Asia/Kolkata")
NONE = CardEntry("ana-ben", "Ben")
GONE = CardEntry("ana-ben")


def turn(now: Any = NOW, **more: Any) -> Any:
    known = {"bounds": CARD, "meetings": (meeting(20), meeting()), **more}
    return turn_at(now, **known)


def told(now: Any = NOW, **more: Any) -> Any:
    """What is handed on, if anything."""
    draft = turn(now, **more)
    tell_card(draft)
    return [each.entry for lane, each in draft.forwarded if lane == "account/ana@example.org"]


def topic(text: str, author: Any = "mentee", **more: Any) -> AgendaLine:
    own = {"origin": ORIGIN, "at": LONG_AGO}
    return AgendaLine(author=author, text=text, **{**own, **more})


def todo(letter: str, text: str = "ask Priya", owner: Any = "mentor", **more: Any) -> Action:
    return Action(letter, owner, text, LONG_AGO, **more)


# --- what it shows


def test_the_next_1_1_with_its_topics_and_the_mentors_to_dos() -> None:
    topics = (
        topic("The lab\n \n and Rome "),
        topic("mine", "mentor"),
    )
    own = (OwnLine("mentor", "breathe\n\nin", NOW), OwnLine("mentee", "not hers", NOW))
    actions = (todo("a", "x" * 161), todo("b", owner="mentee"), todo("c", done_at=NOW), todo("d"))
    entry = CardEntry(
        "ana-ben", "Ben", START, "Asia/Kolkata", ("The lab", "and Rome"),
        (("a", "x" * 160, "todo"), ("d", "ask Priya", "todo")), own=("breathe", "in"),
    )  # fmt: skip
    draft = turn(agenda=topics, actions=actions, own_next=own)
    tell_card(draft)
    assert draft.forwarded == [("account/ana@example.org", CardSeen(entry))]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["x" * 160], ("x" * 160,)),
        (["x" * 161], ()),
        (["1\n2\n3\n4\n5"], ("1", "2", "3", "4", "5")),
        (["1\n2\n3\n4\n5\n6"], ()),
        (["1\n2\n3", "4\n5\n6", "7\n8"], ("1", "2", "3", "7", "8")),  # each of them whole
        (["a\n" + "x" * 161, "b"], ("b",)),
    ],
)
def test_topics_have_so_much_room(lines: list[str], shown: tuple[str, ...]) -> None:
    assert told(agenda=tuple(map(topic, lines))) == [replace(PLAIN, topics=shown)]


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (topic("a"), ("a",)),
        (topic("a", shown=True), ()),
        (topic("a", origin=origin(20)), ()),
        (topic("a", at=NOW), ("a",)),
        (topic("a", at=NOW + MINUTE), ()),
    ],
)
def test_which_topics(one: AgendaLine, shown: tuple[str, ...]) -> None:
    assert told(agenda=(one,))[0].topics == shown


@pytest.mark.parametrize("count", [4, 5, 6])
def test_so_many_to_dos(count: int) -> None:
    entry = told(actions=tuple(todo(each) for each in "abcdef"[:count]))[0]
    assert [letter for letter, *_ in entry.to_dos] == list("abcde"[:count])


# --- which 1:1


@pytest.mark.parametrize(
    ("now", "meetings", "start"),
    [
        (START - MINUTE, (meeting(20), meeting()), START),
        (START, (meeting(20), meeting()), START + 7 * DAY),  # then the next one takes its place
        (START - DAY, (meeting(standing="cancelled"), meeting(20)), START + 7 * DAY),
        (NOW, (at("Fri 16 Oct 15:00 Berlin"),), moment("Fri 16 Oct 15:00 Berlin")),
        (START - 8 * DAY, (meeting(),), START),
        (START - 8 * DAY - MINUTE, (meeting(),), None),
        (NOW, (), None),
        (NOW, (meeting(6),), None),
    ],
)
def test_which_1_1_it_is(now: Any, meetings: Any, start: Any) -> None:
    entry = PLAIN if start else NONE
    assert told(now, meetings=meetings, card_told="before") == [replace(entry, start=start)]


def test_when_it_has_to_be_looked_at_again() -> None:
    for now, wakes in (
        (START - 9 * DAY, START - 8 * DAY),
        (NOW, START),
    ):
        draft = turn(now, meetings=(meeting(),))
        tell_card(draft)
        assert draft.watch.wake_at == wakes


# --- when it is told


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [PLAIN]),
        ({"standing": "closing"}, [PLAIN]),
        ({"standing": "paused"}, []),
        ({"standing": "invited"}, []),
        ({"standing": "paused", "card_told": "before"}, [GONE]),
        ({"standing": "closed", "card_told": "before"}, [GONE]),
        ({"bounds": {}}, []),
        ({"bounds": {}, "card_told": "before"}, [GONE]),
        ({"meetings": ()}, []),  # there was nothing, and there is nothing
    ],
)
def test_a_pairing_that_runs_is_on_the_card(more: dict[str, Any], expected: list[Any]) -> None:
    assert told(**more) == expected


def test_it_is_told_once_and_again_when_something_has_changed() -> None:
    draft = turn()
    tell_card(draft)
    assert told(card_told=draft.state.card_told) == []
    changed = told(card_told=draft.state.card_told, agenda=(topic("a"),))
    assert changed == [replace(PLAIN, topics=("a",))]
    gone = turn(card_told=draft.state.card_told, meetings=())
    tell_card(gone)
    assert gone.state.card_told == ""


# --- what it has shown


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (topic("a", at=NOW), True),
        (topic("a", at=NOW + MINUTE), False),  # after the card
        (topic("x" * 161), False),  # it had no room
        (topic("a", "mentor"), False),
        (topic("a", origin=origin(20)), False),  # of another 1:1
    ],
)
def test_topics_on_a_card_that_has_gone_have_been_read(one: AgendaLine, shown: bool) -> None:
    draft = turn(NOW + 9 * MINUTE, agenda=(one,))
    shown_on_card(draft, NOW)
    assert draft.state.agenda == (replace(one, shown=shown),)


@pytest.mark.parametrize(("until", "shown"), [(START - MINUTE, True), (START, False)])
def test_of_a_1_1_that_was_still_to_come(until: Any, shown: bool) -> None:
    draft = turn(START + MINUTE, agenda=(topic("a"),), meetings=(meeting(),))
    shown_on_card(draft, until)
    assert draft.state.agenda[0].shown == shown


def test_nothing_of_a_1_1_that_does_not_stand() -> None:
    draft = turn(agenda=(topic("a"),), meetings=(meeting(standing="cancelled"), meeting(20)))
    shown_on_card(draft, NOW)
    assert not draft.state.agenda[0].shown
