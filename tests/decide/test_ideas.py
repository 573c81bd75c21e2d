"""Ideas for 1:1s: none again before all that are open were there, the personal and the practical in turns, each in its time.

Not the letters: tests/stories/test_ideas.py.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.decide.ideas import fitting_in, ideas
from daemon.decide.themes import closed_from
from daemon.domain.asks import Ask
from daemon.domain.pair import ThemeOut
from daemon.domain.value import replace
from tests.decide.pair_cast import NOW, ruled, turn_of
from tests.stories.cast import PATIENT

ASKS = st.lists(
    st.builds(
        Ask, st.text("abcdefgh", min_size=3, max_size=8), st.sampled_from(["work", "us"]),
        st.sampled_from(["personal", "practical"]), from_meeting=st.integers(1, 6),
    ),
    min_size=1, max_size=20, unique_by=lambda ask: ask.text,
)  # fmt: skip


@given(ASKS, st.text("xyz", max_size=3))
def test_none_comes_again_before_all_others_that_are_open_and_none_before_its_time(
    asks: list[Ask], seed: str
) -> None:
    by_text = {each.text: each for each in asks}
    found = ideas(asks, seed, 60)
    count = dict.fromkeys(by_text, 0)
    for number, text in enumerate(found, start=1):
        open_ = [each.text for each in asks if each.from_meeting <= number]
        if not text:
            assert not open_
            continue
        assert by_text[text].from_meeting <= number
        waited = {each: number - _last(found[: number - 1], each) for each in open_}
        assert waited[text] == max(waited.values()), "another one was not there for longer"
        count[text] += 1
    assert set(count.values()) <= {*range(min(count.values()), max(count.values()) + 1)}
    assert ideas(asks, seed, 30) == found[:30], "the same pair has the same ideas"


def _last(found: list[str], text: str) -> int:
    """When it was there last; 0 for never."""
    return max((number for number, each in enumerate(found, start=1) if each == text), default=0)


def test_the_personal_and_the_practical_take_turns() -> None:
    asks = [Ask(f"{need} {number}", "work", need) for need in ("personal", "practical") for number in range(5)]  # type: ignore[arg-type]  # fmt: skip
    kinds = [each.split()[0] for each in ideas(asks, "pairing/one", 10)]
    assert kinds in (["personal", "practical"] * 5, ["practical", "personal"] * 5)
    assert ideas(asks, "pairing/one", 10) != ideas(asks, "pairing/two", 10)


def test_what_is_closed_from_a_number_on_leaves_what_came_before_in_its_place() -> None:
    money = [Ask(f"money {number}", "money", "practical") for number in range(4)]
    work = [Ask(f"work {number}", "work", "practical") for number in range(4)]
    asks, seed = [*money, *work], "pairing/one"
    before = ideas(asks, seed, 20)
    for since in range(1, 10):
        found = ideas(asks, seed, 20, dict.fromkeys((each.text for each in money), since))
        assert found[: since - 1] == before[: since - 1]
        rest = found[since - 1 :]
        assert all(each.startswith("work") for each in rest)
        assert all(len(set(rest[at : at + 4])) == 4 for at in range(len(rest) - 4)), rest
        lately = [each for each in found[: since - 1] if each.startswith("work")]
        if len(lately) < 4:
            assert rest[0] not in lately, "another one was not there for longer"


LIFE = Ask("What does your divorce teach you?", "life", "practical")
MONEY = Ask("What would you pay for?", "money", "practical")
WORK = Ask("What is on your desk?", "work", "practical")


@pytest.mark.parametrize(
    ("left_out", "closed"),
    [
        ({"money": 3, "work": 7}, {MONEY: 3, WORK: 7}),
        ({"life": 3, "divorce": 7}, {LIFE: 3}),
        ({"divorce": 7, "life": 3}, {LIFE: 3}),
        ({"life": 7, "divorce": 3}, {LIFE: 3}),
        ({"divorce": 3, "life": 7}, {LIFE: 3}),
        ({"divorce": 0, "teach": 2}, {LIFE: 0}),
        ({"Zen": 3, "pay": 4}, {MONEY: 4}),
    ],
)
def test_what_two_entries_leave_out_is_closed_from_the_earlier_of_them_on(
    left_out: dict[str, int], closed: dict[Ask, int]
) -> None:
    asks = (LIFE, MONEY, WORK)
    out = tuple(ThemeOut(theme, "ben", NOW, since) for theme, since in left_out.items())
    turn = turn_of(program=ruled(asks=asks), themes_out=out)
    assert closed_from(turn, asks) == {ask.text: since for ask, since in closed.items()}


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_what_both_leave_out_is_closed_from_the_first_of_them_on(first: str) -> None:
    since = {"ana": 5, "ben": 2}
    other = next(each for each in since if each != first)
    out = tuple(ThemeOut("money", by, NOW, since[by]) for by in (first, other))
    turn = turn_of(program=ruled(asks=(MONEY, WORK)), themes_out=out)
    assert closed_from(turn, (MONEY, WORK)) == {MONEY.text: 2}


def test_those_that_come_first_do_and_the_rest_comes_before_any_of_them_again() -> None:
    asks = [Ask(f"{code} {number}", "work", "practical") for code in ("en", "pt") for number in range(5)]  # fmt: skip
    own = [each.text for each in asks if each.text.startswith("pt")]
    found = ideas(asks, "pairing/one", 20, first=own)
    assert [each.split()[0] for each in found[:10]] == ["pt"] * 5 + ["en"] * 5
    assert found[10:] == found[:10]


def test_each_side_has_its_own_and_what_is_left_out_is_none() -> None:
    asks = (
        Ask("to the mentee", "work", "practical", "mentor"),
        Ask("to the mentor", "us", "personal", "mentee"),
        Ask("to both", "work", "personal"),
        Ask("sensitive", "us", "personal", "mentee", sensitive=True),
    )
    program = replace(PATIENT, asks=asks)

    def told(role: str, **said: object) -> list[str]:
        return [each.text for each in fitting_in(replace(program, **said), role)]  # type: ignore[arg-type]

    assert told("mentor") == ["to the mentee", "to both"]
    assert told("mentee") == ["to the mentor", "to both"]
    assert told("mentee", sensitive_questions=True) == ["to the mentor", "to both", "sensitive"]
    assert told("mentee", sensitive_questions=True, themes_left_out=("us",)) == ["to both"]
