"""Two readers that are not ours expand what we write: the same instants, over years, in many zones.

Not our own reading of it: tests/conformance/test_ical.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Slot
from daemon.domain.value import replace
from daemon.ical.recurrence import occurrences
from daemon.ical.writing import new_calendar, put_event, remember_key, text_of
from daemon.ports import SeriesEvent
from tests.conformance.calendar_rhythms import RHYTHMS
from tests.conformance.calendar_times import TWELVE_ZONES
from tests.conformance.following import NOW, utc, walls
from tests.conformance.texts import ANA, BEN
from tests.decide.cadence_against_oracle import shown_at

TWO_YEARS = Slot(utc("2026-10-01T00:00"), utc("2028-11-15T00:00"))
"""From whichever date a rhythm begins, both changes of the clock lie in it twice."""
RULES = {
    **RHYTHMS,
    "weekly": replace(RHYTHMS["every 2 weeks"], step=Step(weeks=1)),
    "every 7 weeks": replace(RHYTHMS["every 2 weeks"], step=Step(weeks=7)),
}


def written(rule: SeriesRule) -> bytes:
    """The file of a series, as the local connector saves it."""
    calendar = new_calendar()
    put_event(calendar, SeriesEvent("one", rule, "1:1", (BEN,)), ANA, NOW)
    remember_key(calendar, "one", "k/1")
    return text_of(calendar)


def by_recurring_ical_events(raw: bytes, window: Slot) -> list[datetime]:
    """What the library makes of the file in a window."""
    found = recurring_ical_events.of(Calendar.from_ical(raw)).between(window.start, window.end)
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def by_dateutil(raw: bytes, window: Slot) -> list[datetime]:
    """The lines of the file, unfolded by hand, as python-dateutil understands them (RFC 5545 3.1)."""
    event = raw.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1]
    lines = [line for line in event.splitlines() if line.startswith(("DTSTART", "RRULE", "EXDATE"))]
    start = next(line for line in lines if line.startswith("DTSTART"))
    zone = ZoneInfo(start.partition("TZID=")[2].partition(":")[0] or "UTC")
    text = "\n".join(line for line in lines if line != start)
    begins = datetime.strptime(start[-15:], "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    found = rrulestr(text, dtstart=begins, forceset=True, tzids=ZoneInfo)
    return [each.astimezone(UTC) for each in found.between(window.start, window.end, inc=True)]


@pytest.mark.parametrize("zone", TWELVE_ZONES)
@pytest.mark.parametrize("name", RULES)
def test_trap_1_trap_12_both_readers_see_the_instants_that_the_daemon_means(
    name: str, zone: str
) -> None:
    for clock in ("10:00", "01:30", "02:30"):
        first = f"{RULES[name].first[:10]}T{clock}"
        rule = replace(RULES[name], first=first, zone=zone, until=None)
        meant = [shown_at(datetime.fromisoformat(wall), zone) for wall in two_years(rule)]
        raw = written(rule)
        assert len(meant) >= 5, "too few to prove anything"
        assert by_recurring_ical_events(raw, TWO_YEARS) == meant
        assert by_dateutil(raw, TWO_YEARS) == meant
        assert [slot.start for _, slot in occurrences(rule, TWO_YEARS)] == meant


def two_years(rule: SeriesRule) -> list[str]:
    """Wall clocks in the window, by the day by day reading."""
    return [
        wall
        for wall in walls(replace(rule, until=date(2028, 11, 16)))
        if shown_at(datetime.fromisoformat(wall), rule.zone) < TWO_YEARS.end
    ]


@pytest.mark.parametrize("zone", TWELVE_ZONES)
@pytest.mark.parametrize("name", ["weekly", "every 3 weeks", "monthly, last Tuesday"])
def test_trap_9_both_readers_see_the_end_and_the_gaps(name: str, zone: str) -> None:
    for clock in ("10:00", "23:45", "00:15"):
        open_ended = replace(RULES[name], first=f"{RULES[name].first[:10]}T{clock}", zone=zone)
        all_walls = two_years(open_ended)
        last = datetime.fromisoformat(all_walls[-3]).date()
        rule = replace(open_ended, until=last, gaps=tuple(all_walls[2:8:2]))
        kept = [wall for wall in all_walls[:-2] if wall not in rule.gaps]
        meant = [shown_at(datetime.fromisoformat(wall), zone) for wall in kept]
        raw = written(rule)
        assert by_recurring_ical_events(raw, TWO_YEARS) == meant
        assert by_dateutil(raw, TWO_YEARS) == meant


@pytest.mark.parametrize("name", ["weekly", "monthly, second Tuesday"])
def test_a_series_ended_before_it_began_has_no_dates_for_either_reader(name: str) -> None:
    first = datetime.fromisoformat(RULES[name].first)
    ended = replace(RULES[name], until=first.date() - timedelta(days=1))
    raw = written(ended)
    assert by_recurring_ical_events(raw, TWO_YEARS) == by_dateutil(raw, TWO_YEARS) == []
