"""The lane of a program as tables: on which Monday the contact reads who never gave a sign of life, and what is said
after a time without power (LETTERS 2).

Not when somebody counts as quiet: tests/stories/test_still_good.py.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.decide.programs import decide_program
from daemon.domain.alarm import AlarmStanding
from daemon.domain.effect import Receipt, TellAdmin
from daemon.domain.observation import (
    AlarmSeen,
    DownSeen,
    Observation,
    Refused,
    Settled,
    SignSeen,
    Stirred,
)
from daemon.domain.world import Plan, ProgramState, World
from tests.stories.cast import KOSS
from tests.stories.people import moment

ZONES = {KOSS.timezone: ZoneInfo(KOSS.timezone)}
WEDNESDAY = moment("Wed 7 Oct 13:30 Kolkata")
MONDAY = moment("Mon 12 Oct 08:00 Kolkata")
MINUTE = timedelta(minutes=1)


def decided(state: ProgramState | None, now: datetime, *seen: Observation) -> Plan:
    return decide_program(World("program/koss", state, seen, (), KOSS, {}, ZONES), now)


def after(plan: Plan) -> ProgramState:
    assert isinstance(plan.state, ProgramState)
    return plan.state


def told(plan: Plan) -> list[TellAdmin]:
    return [each.change for each in plan.effects if isinstance(each.change, TellAdmin)]


def quiet(person: str, at: datetime = WEDNESDAY) -> SignSeen:
    return SignSeen(person, True, at)


def heard(person: str, at: datetime = WEDNESDAY) -> SignSeen:
    return SignSeen(person, False, at)


@pytest.mark.parametrize(
    ("seen", "monday"),
    [
        ("Wed 7 Oct 13:30", "Mon 12 Oct 08:00"),
        ("Sun 11 Oct 23:59", "Mon 12 Oct 08:00"),
        ("Mon 12 Oct 07:59", "Mon 12 Oct 08:00"),
        ("Mon 12 Oct 08:00", "Mon 19 Oct 08:00"),  # that list has gone, and there is one a day
        ("Tue 13 Oct 00:10", "Mon 19 Oct 08:00"),
    ],
)
def test_who_is_new_on_the_list_is_told_on_the_next_monday_at_eight(seen: str, monday: str) -> None:
    now = moment(f"{seen} Kolkata")
    plan = decided(None, now, quiet("ben"))
    assert (told(plan), plan.wake_at) == ([], moment(f"{monday} Kolkata"))
    assert after(plan) == ProgramState("koss", ("ben",), (), now)
    early = decided(after(plan), moment(f"{monday} Kolkata") - MINUTE)
    assert told(early) == []
    due = decided(after(plan), moment(f"{monday} Kolkata"))
    assert told(due) == [TellAdmin("quiet-list", {"people": ["ben"]})]
    assert due.effects[0].reason == "no sign of life"
    assert (after(due).quiet_told, after(due).quiet_since) == (("ben",), None)


def test_the_list_is_told_once_and_again_only_when_somebody_is_new() -> None:
    first = after(decided(after(decided(None, WEDNESDAY, quiet("ben"))), MONDAY))
    later = decided(first, MONDAY + timedelta(days=7))
    assert told(later) == []
    wednesday = MONDAY + timedelta(days=9)
    again = decided(after(later), wednesday, quiet("ben"), quiet("chi"))
    assert (told(again), again.wake_at) == ([], MONDAY + timedelta(days=14))
    # who is known already stands there behind who is new
    monday = decided(after(again), MONDAY + timedelta(days=14))
    assert told(monday) == [TellAdmin("quiet-list", {"people": ["chi", "ben"]})]


def test_who_is_heard_of_before_monday_is_not_named() -> None:
    state = after(decided(None, WEDNESDAY, quiet("ben"), quiet("chi"), heard("ben")))
    assert state.quiet == ("chi",)
    assert told(decided(state, MONDAY)) == [TellAdmin("quiet-list", {"people": ["chi"]})]
    nobody = after(decided(state, WEDNESDAY, heard("chi")))
    assert nobody == ProgramState("koss")
    plan = decided(nobody, MONDAY)
    assert (told(plan), plan.wake_at) == ([], None)


def test_who_is_quiet_in_a_second_pairing_as_well_is_not_new() -> None:
    known = ProgramState("koss", ("ben", "chi"), ("ben", "chi"))
    plan = decided(known, WEDNESDAY, quiet("ben"))
    assert after(plan) == ProgramState("koss", ("chi", "ben"), ("ben", "chi"))
    assert plan.wake_at is None


def test_the_days_of_the_first_who_is_new_count_for_all() -> None:
    state = after(decided(None, WEDNESDAY, quiet("ben")))
    state = after(decided(state, MONDAY - MINUTE, quiet("chi")))
    assert state.quiet_since == WEDNESDAY
    assert told(decided(state, MONDAY)) == [TellAdmin("quiet-list", {"people": ["ben", "chi"]})]


def test_who_gave_a_sign_is_no_longer_among_those_the_contact_knows() -> None:
    known = ProgramState("koss", ("ben", "chi"), ("ben", "chi"))
    state = after(decided(known, WEDNESDAY, heard("ben")))
    assert state == ProgramState("koss", ("chi",), ("chi",), None)


def test_a_sign_of_somebody_who_was_never_quiet_begins_no_list() -> None:
    state = after(decided(None, WEDNESDAY, heard("ben")))
    assert state == ProgramState("koss")


def test_the_list_names_twenty_at_most_and_the_rest_first_on_the_next_monday() -> None:
    crowd = [f"person-{number}" for number in range(45)]
    state = after(decided(None, WEDNESDAY, *map(quiet, crowd)))
    named, at = [], MONDAY
    for _ in range(3):
        plan = decided(state, at)
        (fact,) = told(plan)
        named.append(fact.facts["people"])
        assert decided(after(plan), at).effects == ()  # once that Monday
        state, at = after(plan), at + timedelta(days=7)
    assert named == [crowd[:20], crowd[20:40], crowd[40:] + crowd[:15]]
    assert (state.quiet_told, state.quiet_since) == (tuple(crowd), None)


@pytest.mark.parametrize("late", ["Mon 12 Oct 10:00", "Tue 13 Oct 10:00"])
def test_after_a_list_that_was_late_the_rest_is_named_on_the_very_next_monday(late: str) -> None:
    state = after(decided(None, WEDNESDAY, *(quiet(f"person-{n}") for n in range(21))))
    state = after(decided(state, moment(f"{late} Kolkata")))
    plan = decided(state, MONDAY + timedelta(days=6))
    assert (told(plan), plan.wake_at) == ([], MONDAY + timedelta(days=7))


@pytest.mark.parametrize(
    ("seconds", "hours"), [(24 * 3600, 24), (25 * 3600 - 1, 24), (25 * 3600, 25), (49 * 3600, 49)]
)
def test_after_a_time_without_power_the_contact_reads_for_how_many_whole_hours(
    seconds: int, hours: int
) -> None:
    down = DownSeen(WEDNESDAY - timedelta(seconds=seconds), WEDNESDAY)
    plan = decided(None, WEDNESDAY, down)
    assert told(plan) == [TellAdmin("back", {"hours": hours})]
    assert plan.effects[0].reason == "the machine was off"
    assert plan.effects[0].stem == "tell/program/koss/back/2026-10-07"


@pytest.mark.parametrize(
    ("seen", "letters"),
    [
        # since which hour, how it stands, and the hour when it is seen
        ([(8, "begins", 8), (8, "goes on", 9)], ["begins 8"]),
        ([(8, "begins", 8), (8, "over", 9)], ["begins 8", "over 8"]),
        (
            [(8, "begins", 8), (8, "over", 9), (11, "begins", 11)],
            ["begins 8", "over 8", "begins 11"],
        ),
        (
            [(8, "begins", 8), (8, "over", 9), (11, "begins", 11), (11, "over", 12)],
            ["begins 8", "over 8", "begins 11", "over 11"],
        ),
    ],
)
def test_an_alarm_that_begins_anew_on_the_same_day_is_a_new_letter(
    seen: list[tuple[int, AlarmStanding, int]], letters: list[str]
) -> None:
    state, said = None, []
    for since, standing, hour in seen:
        at = datetime(2026, 10, 7, hour, tzinfo=UTC)
        alarm = AlarmSeen("on-hold", standing, 1, at.replace(hour=since), at)
        plan = decided(state, at, alarm)
        state = after(plan)
        said += [f"{standing} {each.facts['since'][11:13].lstrip('0')}" for each in told(plan)]
    assert said == letters


def test_an_alarm_that_goes_on_is_a_letter_a_day() -> None:
    alarm = AlarmSeen("on-hold", "goes on", 1, WEDNESDAY, WEDNESDAY)
    today = decided(None, WEDNESDAY, alarm)
    assert [each.stem for each in today.effects] == [
        "tell/program/koss/alarm-on-hold/2026-10-07/2026-10-07T08:00:00Z"
    ]
    tomorrow = decided(after(today), WEDNESDAY + timedelta(days=1), alarm)
    assert len(tomorrow.effects) == 1


def test_receipts_say_nothing_here_and_what_belongs_to_others_is_named() -> None:
    at = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)
    plan = decided(
        None, at, Settled("a/1", Receipt(), at), Refused("a/1", "late", "late", at),
        Stirred("ana@example.org", at),
    )  # fmt: skip
    assert [each.text for each in plan.reasons] == ["Stirred says nothing to a program"]
    assert (plan.effects, after(plan)) == ((), ProgramState("koss"))
