"""The week of a program in counts, and when its contact reads them: on Monday at eight.

Not a report with names: where a count does, nobody is named (LETTERS 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES
from daemon.domain.report import WeekSeen
from daemon.domain.world import PairingState

MORNING_MINUTE = 8 * 60
WEEK = timedelta(days=7)


def week_name(now: datetime, zone: tzinfo) -> str:
    """The present week, as 2026-W41."""
    return f"{local_day(now, zone):%G-W%V}"


def week_to_tell(now: datetime, zone: tzinfo) -> str:
    """The present week, where its Monday letter may go now; empty on other days and before eight.

    A machine that is back on Tuesday writes none: that it did not come was the message.
    """
    day = local_day(now, zone)
    due = day.weekday() == 0 and now >= at_minute(day, MORNING_MINUTE, zone)
    return week_name(now, zone) if due else ""


def week_of(
    states: Iterable[PairingState], letters: int, waiting: int, now: datetime, zone: tzinfo,
    spoken: Collection[str] = ("en",),
) -> WeekSeen:  # fmt: skip
    """What was since last Monday, and what is ahead until the next. `spoken` are the languages of letters."""
    states = tuple(states)
    monday = at_minute(local_day(now, zone), 0, zone)
    every = [meeting for state in states for meeting in state.meetings]
    last = [each for each in every if monday - WEEK <= each.start < monday]
    how = Counter(_outcome(each) for each in last)
    coming = [each for each in every if monday <= each.start < monday + WEEK and each.stands]
    standings = Counter(state.standing for state in states)
    return WeekSeen(
        week=week_to_tell(now, zone), at=now, due=how.total() - how["by rule"], held=how["held"],
        left_out=how["left out"], settling=how["settling"], ahead=len(coming), letters=letters,
        active=standings["active"] + standings["closing"], paused=standings["paused"],
        invited=standings["invited"], waiting=waiting, languages=_languages(states, spoken),
    )  # fmt: skip


def _languages(states: Iterable[PairingState], spoken: Collection[str]) -> dict[str, int]:
    """Each person once, however many pairings they are in."""
    wished = {
        (state.line.person(role).id, state.line.person(role).language)
        for state in states
        if state.standing != "closed"
        for role in ROLES
    }
    counts = Counter(language for _, language in wished if language not in spoken)
    return dict(sorted(counts.items()))


def _outcome(meeting: Meeting) -> str:
    """What became of a 1:1 whose time has come; silence after it counts as held."""
    if meeting.settled_by == "rule":
        return "by rule"
    if meeting.standing in ("held", "planned", "moved"):
        return "held"
    return "settling" if meeting.standing == "cancelled" and not meeting.settled_by else "left out"
