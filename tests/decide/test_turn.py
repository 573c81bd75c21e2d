"""The draft of a plan as tables: what is asked for anew, what waits, what is withdrawn, what is forgotten (RULES 2, 9).

Not the rules that ask: a stem and a change stand for them here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from daemon.domain.effect import Change, Effect
from daemon.domain.world import Mark, Plan, Queued
from tests.decide.pair_cast import DAY, HOUR, MINUTE, NOW, ORIGIN
from tests.decide.turn_cast import SEEN, STEM, UNSEEN, turn, wants


def mark(standing: str, generation: int = 1, ago: timedelta = HOUR, basis: str = "a") -> Mark:
    return Mark(generation, basis, standing, NOW - ago)  # type: ignore[arg-type]


def queued(
    stem: str = STEM, generation: int = 1, basis: str = "a", closes: datetime = NOW + DAY,
    *, standing: str = "due", firm: bool = False, tried: bool = False,
) -> Queued:  # fmt: skip
    return Queued(stem, generation, basis, standing, closes, firm, NOW - HOUR, tried)  # type: ignore[arg-type]


def ends(plan: Plan) -> dict[str, str]:
    """How every mark stands after the turn."""
    assert plan.state is not None
    return {stem: f"{each.standing} {each.generation}" for stem, each in plan.state.marks.items()}


def test_what_was_never_asked_for_is_asked_for_with_all_that_was_said() -> None:
    draft = turn()
    draft.want(
        STEM, UNSEEN, account="ana@example.org", opens=NOW - HOUR, closes=NOW + DAY, reason="why",
        basis="a", explained="config",
    )  # fmt: skip
    assert draft.effects == [
        Effect(
            STEM, 1, "a", "calendar", "ana@example.org", UNSEEN, NOW - HOUR, NOW + DAY, "why",
            None, "config",
        )
    ]  # fmt: skip
    plan = draft.plan(frozenset({str(ORIGIN)}))
    assert plan.state and plan.state.marks == {STEM: Mark(1, "a", "live", NOW)}
    assert plan.wake_at == NOW + DAY  # what nobody carried out until then has to be skipped


@pytest.mark.parametrize(
    ("known", "basis", "change", "retell", "asked"),
    [
        # done: told again only where that was asked for, and something is different
        (mark("settled"), "a", UNSEEN, True, []),
        (mark("settled"), "b", UNSEEN, False, []),
        (mark("settled"), "b", UNSEEN, True, ["/2"]),
        # left out for good
        (mark("skipped"), "b", UNSEEN, True, []),
        # taken back before it happened: at once, but not for ever
        (mark("withdrawn", 3), "a", UNSEEN, False, ["/4"]),
        (mark("withdrawn", 7), "a", UNSEEN, False, ["/8"]),
        (mark("withdrawn", 8), "a", UNSEEN, False, []),
        (mark("undone"), "a", UNSEEN, False, ["/2"]),
        # an id that was taken: at once with the next generation
        (mark("conflict", 1, MINUTE), "a", UNSEEN, False, ["/2"]),
        (mark("conflict", 8, MINUTE), "a", UNSEEN, False, []),
        # a version that has changed: after five minutes the calendar has been read once more
        (mark("conflict", 1, 5 * MINUTE - timedelta(seconds=1)), "a", SEEN, False, []),
        (mark("conflict", 1, 5 * MINUTE), "a", SEEN, False, ["/2"]),
        (mark("conflict", 7, 5 * MINUTE), "a", SEEN, False, ["/8"]),
        (mark("conflict", 8, 5 * MINUTE), "a", SEEN, False, []),
        # a provider said no for good: decided anew after twenty hours, what is something else at once
        (mark("refused", 1, 20 * HOUR - MINUTE), "a", UNSEEN, True, []),
        (mark("refused", 1, 20 * HOUR), "a", UNSEEN, False, ["/2"]),
        (mark("refused", 7, 20 * HOUR), "a", SEEN, False, ["/8"]),
        (mark("refused", 8, 20 * HOUR), "a", UNSEEN, False, []),
        (mark("refused", 1, MINUTE), "b", UNSEEN, False, ["/2"]),
        (mark("refused", 7, MINUTE), "b", SEEN, False, ["/8"]),
        (mark("refused", 8, MINUTE), "b", UNSEEN, False, []),
    ],
)
def test_what_is_asked_for_anew(
    known: Mark, basis: str, change: Change, retell: bool, asked: list[str]
) -> None:
    draft = turn({STEM: known})
    assert wants(draft, basis, change, retell=retell) == asked
    if not asked:
        assert draft.marks == {STEM: known}


@pytest.mark.parametrize(
    ("known", "change", "woken"),
    [
        (mark("refused", 1, HOUR), UNSEEN, NOW + 19 * HOUR),
        (mark("conflict", 1, MINUTE), SEEN, NOW + 4 * MINUTE),
    ],
)
def test_it_wakes_when_the_rest_is_over(known: Mark, change: Change, woken: datetime) -> None:
    draft = turn({STEM: known})
    wants(draft, change=change)
    assert draft.plan(frozenset({str(ORIGIN)})).wake_at == woken


@pytest.mark.parametrize(
    ("row", "basis", "asked", "withdrawn"),
    [
        (queued(), "a", [], ()),
        (queued(), "b", ["/2"], ((f"{STEM}/1", "what it says has changed"),)),
        (queued(standing="on hold"), "b", ["/2"], ((f"{STEM}/1", "what it says has changed"),)),
        (queued(standing="claimed"), "b", [], ()),  # on its way: nobody can take it back
        (queued(tried=True), "b", [], ()),  # it may lie in somebody's mailbox
        (None, "b", [], ()),
    ],
)
def test_what_lies_in_the_outbox_is_exchanged_only_while_nobody_can_have_seen_it(
    row: Queued | None, basis: str, asked: list[str], withdrawn: tuple[tuple[str, str], ...]
) -> None:
    draft = turn({STEM: mark("live")}, [row] if row else [])
    assert wants(draft, basis, retell=True) == asked
    plan = draft.plan(frozenset())
    assert plan.withdraw == withdrawn
    assert ends(plan) == {STEM: f"live {2 if asked else 1}"}


def test_unless_it_is_asked_for_nothing_is_told_twice() -> None:
    draft = turn({STEM: mark("settled")})
    draft.want(
        STEM, UNSEEN, account="ana@example.org", opens=NOW, closes=NOW + DAY, reason="why", basis="b"
    )  # fmt: skip
    assert draft.effects == []


def test_a_window_that_is_over_is_left_out_with_the_reason_and_only_once() -> None:
    draft = turn()
    assert wants(draft, closes=NOW) == []
    assert wants(draft, closes=NOW) == []
    plan = draft.plan(frozenset({str(ORIGIN)}))
    assert plan.skip == ((f"{STEM}/1", "its time was over at 2026-10-07T08:00:00Z"),)
    assert plan.state and plan.state.marks == {STEM: Mark(0, "a", "skipped", NOW)}
    assert wants(turn(), closes=NOW + timedelta(seconds=1)) == ["/1"]


def test_what_was_asked_for_in_time_is_not_left_out_when_its_time_is_over() -> None:
    draft = turn({STEM: mark("settled")})
    wants(draft, closes=NOW)
    assert (draft.skipped, draft.marks) == ([], {STEM: mark("settled")})


def test_left_out_before_it_was_asked_for_can_be_owed_again_and_nothing_else_can() -> None:
    other = {
        "a/1": mark("skipped", 2),  # it lay in the outbox once
        "b/1": mark("settled", 0),
        "c/1": mark("skipped", 0),
    }
    draft = turn(other)
    for stem in (*other, "d/1"):
        draft.owe_again(stem)
    assert sorted(draft.marks) == ["a/1", "b/1"]
    draft.pass_over("a/1", "why")
    assert draft.skipped == []


@pytest.mark.parametrize(
    ("standing", "over", "done"),
    [
        ("live", False, None),
        ("settled", True, NOW - HOUR),
        ("skipped", True, None),
        ("withdrawn", False, None),
        ("refused", False, None),
    ],
)
def test_what_a_mark_says(standing: str, over: bool, done: datetime | None) -> None:
    draft = turn({STEM: mark(standing, 3)})
    assert (draft.over(STEM), draft.settled(STEM), draft.generation(STEM)) == (over, done, 4)
    assert (draft.over("x"), draft.settled("x"), draft.generation("x")) == (False, None, 1)


# --- what the outbox holds at the end of a turn


@pytest.mark.parametrize(
    ("row", "standing", "skipped", "withdrawn", "woken"),
    [
        # asked for by no rule any more
        (queued(), "withdrawn 1", "", "no longer true", NOW + DAY),
        (queued(firm=True), "live 1", "", "", NOW + DAY),
        (queued(standing="claimed"), "live 1", "", "", None),
        (queued(tried=True), "live 1", "", "", None),
        # its time is over, to the minute
        (queued(closes=NOW, firm=True), "withdrawn 1", "over", "", None),
        (queued(closes=NOW + MINUTE, firm=True), "live 1", "", "", NOW + MINUTE),
        (queued(closes=NOW, standing="claimed"), "live 1", "", "", None),
        # an older generation than the one that counts
        (queued(generation=2), "live 1", "", "no longer true", NOW + DAY),
    ],
)
def test_what_becomes_of_a_row_that_no_rule_asks_for(
    row: Queued, standing: str, skipped: str, withdrawn: str, woken: datetime | None
) -> None:
    plan = turn({STEM: mark("live")}, [row]).plan(frozenset({str(ORIGIN)}))
    over = "its time was over at 2026-10-07T08:00:00Z"
    assert plan.skip == (((row.key, over),) if skipped else ())
    assert plan.withdraw == (((row.key, withdrawn),) if withdrawn else ())
    assert (ends(plan), plan.wake_at) == ({STEM: standing}, woken)


def test_a_row_that_is_still_asked_for_stays_even_when_its_time_has_come() -> None:
    draft = turn({STEM: mark("live")}, [queued(closes=NOW)])
    wants(draft)
    assert (draft.plan(frozenset()).skip, draft.effects) == ((), [])


def test_one_row_that_stays_does_not_keep_the_next() -> None:
    other = f"{STEM}x"
    rows = [queued(), queued(other)]
    draft = turn({STEM: mark("live"), other: mark("live")}, rows)
    wants(draft)
    assert draft.plan(frozenset()).withdraw == ((f"{other}/1", "no longer true"),)


def test_what_was_taken_back_is_remembered_from_now_on() -> None:
    plan = turn({STEM: mark("live")}, [queued()]).plan(frozenset({str(ORIGIN)}))
    assert plan.state and plan.state.marks[STEM] == Mark(1, "a", "withdrawn", NOW)


# --- what is remembered


@pytest.mark.parametrize(
    ("stem", "known", "kept"),
    [
        (STEM, mark("settled"), False),  # of a meeting that is forgotten
        (STEM, mark("live"), True),
        (STEM.replace("10-13", "10-20"), mark("settled"), True),
        ("welcome-mentee/pairing/ana-ben/invited/ben", mark("settled", 1, 300 * DAY), True),
        ("tell/pairing/ana-ben/refused/2026-10-05", mark("settled", 1, 2 * DAY - MINUTE), True),
        ("tell/pairing/ana-ben/refused/2026-10-05", mark("settled", 1, 2 * DAY), False),
    ],
)
def test_marks_are_kept_as_long_as_their_meeting_and_a_word_to_the_contact_for_two_days(
    stem: str, known: Mark, kept: bool
) -> None:
    plan = turn({stem: known}).plan(frozenset({"2026-10-20T15:00[Europe/Berlin]"}))
    assert (stem in ends(plan)) is kept


HALF_A_YEAR = 26 * 7 * DAY


def left(marks: dict[str, Mark], *known: str) -> list[str]:
    """What is remembered after a turn in which nobody asks for anything."""
    plan = turn(marks).plan(frozenset(known))
    assert plan.wake_at is None  # nobody is woken for what is only forgotten
    return list(plan.state.marks) if plan.state else []


@pytest.mark.parametrize(
    "stems",
    [
        [f"week-card/account/ana@example.org/2026-W{week}/ana" for week in (1, 2)],
        [f"absence/pairing/ana-ben/mentee-202601{day}-202601{day}/ana" for day in (10, 17)],
        [f"told/monday/2026-W{week}" for week in (10, 11)],
        [f"series/ana-ben/0/{generation}/end" for generation in (1, 2)],
    ],
    ids=lambda stems: stems[0].partition("/")[0],
)
def test_what_is_about_no_meeting_is_forgotten_after_half_a_year_but_for_the_newest(
    stems: list[str],
) -> None:
    first, second = stems
    long_ago, since = mark("settled", ago=HALF_A_YEAR), mark("settled", ago=HALF_A_YEAR - MINUTE)
    assert left({first: long_ago, second: since}) == [second]
    assert left({second: since, first: long_ago}) == [second]
    assert left({first: long_ago}) == [first]
    assert left({first: since, second: since}) == [first, second]
    assert left({first: mark("live", ago=HALF_A_YEAR), second: since}) == [first, second]


@pytest.mark.parametrize(
    ("stem", "known"),
    [
        ("absence/pairing/ana-ben/mentee-20270110-20270117/ana", "mentee-20270110-20270117"),
        ("told/deleted-twice/0123456789abcdef", "0123456789ab"),
        ("series/ana-ben/0/1/end", "/0/1/end"),
    ],
)
def test_what_the_state_still_knows_is_not_forgotten(stem: str, known: str) -> None:
    kind = stem.partition("/")[0]
    newer = {
        "absence": "absence/pairing/ana-ben/mentee-20261010-20261011/ana",
        "told": "told/deleted-twice/fedcba9876543210",
        "series": "series/ana-ben/0/2/end",
    }[kind]
    marks = {stem: mark("settled", ago=2 * HALF_A_YEAR), newer: mark("settled")}
    assert left(marks, known) == [stem, newer]
    assert left(marks) == [newer]


def test_the_same_letter_to_the_other_one_and_another_fact_are_of_another_kind() -> None:
    stems = [
        *("paused/pairing/ana-ben/20260110/ana", "paused/pairing/ana-ben/20260110/ben"),
        *("resumed/pairing/ana-ben/20260110/ana", "series/ana-ben/0", "series/ana-ben/1"),
        *("told/soft/f00/20260110", "told/soft/ba5/20260110", "told/address/f00"),
    ]
    marks = {stem: mark("settled", ago=4 * HALF_A_YEAR) for stem in stems}
    assert left(marks) == stems


def test_of_what_has_been_over_for_a_quarter_nothing_is_said() -> None:
    """It may have been asked for: that is not remembered for ever."""
    quarter = HALF_A_YEAR / 2
    draft = turn()
    assert wants(draft, closes=NOW - quarter) == []
    assert (draft.skipped, draft.marks) == ([], {})
    assert wants(draft, closes=NOW - quarter + MINUTE) == []
    assert len(draft.skipped) == 1
