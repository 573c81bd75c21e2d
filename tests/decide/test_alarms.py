"""When an alarm is told: what was told, what is wrong now, and what is said then.

Not what is wrong (daemon/alarms.py), and not whether anybody takes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from daemon.decide.alarms import due
from daemon.domain.alarm import Alarm, AlarmName, AlarmStanding, Told

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


def told(standing: AlarmStanding, count: int, ago: timedelta, *, heard: bool = True) -> Told:
    return Told(Alarm("on-hold", standing, count, NOON - timedelta(days=2), NOON - ago), heard)


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
        # nobody has taken it
        (told("begins", 2, 14 * MINUTES, heard=False), 2, ""),
        (told("begins", 2, 15 * MINUTES, heard=False), 2, "begins 2"),
        (told("begins", 2, 5 * MINUTES, heard=False), 0, "over 0"),
        (told("over", 0, 14 * MINUTES, heard=False), 0, ""),
        (told("over", 0, 15 * MINUTES, heard=False), 0, "over 0"),
    ],
)
def test_one_alarm(last: Told | None, wrong: int, said: str) -> None:
    book: dict[AlarmName, Told] = {"on-hold": last} if last else {}
    standing: dict[AlarmName, int] = {"on-hold": wrong} if wrong else {}
    alarms, _ = due(book, frozenset(), standing, NOON)
    assert " ".join(f"{each.standing} {each.count}" for each in alarms) == said
    for each in alarms:
        begun = last is None or (last.alarm.standing == "over" and bool(wrong))
        assert (each.since, each.at) == (NOON if begun else NOON - timedelta(days=2), NOON)


def test_what_was_heard_is_remembered_and_what_is_over_forgotten() -> None:
    book: dict[AlarmName, Told] = {"on-hold": told("begins", 2, 20 * MINUTES, heard=False)}
    alarms, kept = due(book, frozenset({"on-hold"}), {"on-hold": 2}, NOON)
    assert (alarms, kept["on-hold"].heard) == ((), True)

    book = {"on-hold": told("over", 0, 20 * MINUTES, heard=False)}
    assert due(book, frozenset({"on-hold"}), {}, NOON) == ((), {})


def test_fewer_and_then_more_is_news() -> None:
    _, kept = due({"on-hold": told("begins", 3, HOURS)}, frozenset(), {"on-hold": 1}, NOON)
    alarms, _ = due(kept, frozenset(), {"on-hold": 2}, NOON + MINUTES)
    assert [(each.standing, each.count) for each in alarms] == [("goes on", 2)]


def test_each_is_told_by_itself() -> None:
    book: dict[AlarmName, Told] = {"on-hold": told("begins", 1, HOURS)}
    alarms, kept = due(book, frozenset(), {"files-wrong": 1}, NOON)
    assert [(each.name, each.standing) for each in alarms] == [
        ("files-wrong", "begins"), ("on-hold", "over"),
    ]  # fmt: skip
    assert sorted(kept) == ["files-wrong", "on-hold"]
