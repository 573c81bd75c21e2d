"""When an alarm is told: what was told, what is wrong now, and what is said then.

Not what is wrong (daemon/alarms.py), and not whether anybody takes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.alarms import Due, due
from daemon.domain.alarm import Alarm, AlarmName, AlarmStanding, Told, Way

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


WAYS: tuple[Way, ...] = ("alarm_url", "alert_command")


def told(
    standing: AlarmStanding, count: int, ago: timedelta,
    *, waits: tuple[Way, ...] = (), tried: timedelta | None = None,
) -> Told:  # fmt: skip
    alarm = Alarm("on-hold", standing, count, NOON - timedelta(days=2), NOON - ago)
    return Told(alarm, waits, NOON - (ago if tried is None else tried))


@pytest.mark.parametrize(
    ("last", "wrong", "said"),
    [
        (None, 0, ""),
        (None, 2, "begins 2"),
        (told("begins", 2, 5 * MINUTES), 2, ""),
        (told("begins", 2, 5 * MINUTES), 3, "goes on 3"),
        (told("begins", 2, 5 * MINUTES), 1, ""),
        (told("begins", 2, 23 * HOURS), 2, ""),
        (told("begins", 2, 24 * HOURS), 2, "goes on 2"),
        (told("goes on", 2, 24 * HOURS), 1, "goes on 1"),
        (told("begins", 2, 5 * MINUTES), 0, "over 0"),
        (told("over", 0, 5 * MINUTES), 0, ""),
        (told("over", 0, 5 * MINUTES), 1, "begins 1"),
        # whether anybody has taken it makes no news
        (told("begins", 2, 15 * MINUTES, waits=WAYS), 2, ""),
        (told("begins", 2, 5 * MINUTES, waits=WAYS), 0, "over 0"),
        (told("begins", 2, 24 * HOURS, waits=WAYS, tried=MINUTES), 2, "goes on 2"),
        (told("over", 0, 15 * MINUTES, waits=WAYS), 0, ""),
    ],
)
def test_one_alarm(last: Told | None, wrong: int, said: str) -> None:
    book: dict[AlarmName, Told] = {"on-hold": last} if last else {}
    standing: dict[AlarmName, int] = {"on-hold": wrong} if wrong else {}
    found = due(book, frozenset(), standing, WAYS, NOON)
    assert " ".join(f"{each.standing} {each.count}" for each in found.news) == said
    for each in found.news:
        assert found.told["on-hold"] == Told(each, WAYS, NOON)
        begun = last is None or (last.alarm.standing == "over" and bool(wrong))
        assert (each.since, each.at) == (NOON if begun else NOON - timedelta(days=2), NOON)


@pytest.mark.parametrize(
    ("last", "wrong", "repeated"),
    [
        (told("begins", 2, 14 * MINUTES, waits=WAYS), 2, ""),
        (told("begins", 2, 15 * MINUTES, waits=WAYS), 2, "begins 2 alarm_url alert_command"),
        (told("begins", 2, 15 * MINUTES, waits=WAYS), 1, "begins 1 alarm_url alert_command"),
        (told("begins", 2, 15 * MINUTES, waits=("alarm_url",)), 2, "begins 2 alarm_url"),
        (told("begins", 2, 15 * MINUTES), 2, ""),
        (told("begins", 2, HOURS, waits=WAYS, tried=14 * MINUTES), 2, ""),
        (told("over", 0, 15 * MINUTES, waits=("alert_command",)), 0, "over 0 alert_command"),
        (told("over", 0, 24 * HOURS, waits=WAYS, tried=HOURS), 0, ""),
    ],
)
def test_what_a_way_has_not_taken_goes_there_again(last: Told, wrong: int, repeated: str) -> None:
    standing: dict[AlarmName, int] = {"on-hold": wrong} if wrong else {}
    found = due({"on-hold": last}, frozenset(), standing, WAYS, NOON)
    said = [f"{each.standing} {each.count} {' '.join(ways)}" for each, ways in found.repeats]
    assert (" ".join(said), found.news) == (repeated, ())
    for each, _ in found.repeats:
        assert each.at == NOON
        kept = found.told["on-hold"]
        assert (kept.tried_at, kept.alarm.at) == (NOON, last.alarm.at)


def test_what_was_taken_is_remembered_and_what_is_over_forgotten() -> None:
    begun = told("begins", 2, 20 * MINUTES, waits=WAYS)
    found = due({"on-hold": begun}, {("on-hold", "alert_command")}, {"on-hold": 2}, WAYS, NOON)
    assert [ways for _, ways in found.repeats] == [("alarm_url",)]
    assert found.told["on-hold"].waits == ("alarm_url",)
    over = told("over", 0, 20 * MINUTES, waits=("alarm_url",))
    taken = due({"on-hold": over}, {("on-hold", "alarm_url")}, {}, WAYS, NOON)
    given_up = due({"on-hold": told("over", 0, 24 * HOURS, waits=WAYS)}, set(), {}, WAYS, NOON)
    not_there_any_more = due({"on-hold": over}, set(), {}, ("alert_command",), NOON)
    assert taken == given_up == not_there_any_more == Due((), (), {})


def test_fewer_and_then_more_is_news() -> None:
    fewer = due({"on-hold": told("begins", 3, HOURS)}, frozenset(), {"on-hold": 1}, WAYS, NOON)
    more = due(fewer.told, frozenset(), {"on-hold": 2}, WAYS, NOON + MINUTES)
    assert [(each.standing, each.count) for each in more.news] == [("goes on", 2)]


def test_each_is_told_by_itself() -> None:
    book: dict[AlarmName, Told] = {"on-hold": told("begins", 1, HOURS)}
    found = due(book, frozenset(), {"files-wrong": 1}, WAYS, NOON)
    assert [(each.name, each.standing) for each in found.news] == [
        ("files-wrong", "begins"), ("on-hold", "over"),
    ]  # fmt: skip
    assert sorted(found.told) == ["files-wrong", "on-hold"]
