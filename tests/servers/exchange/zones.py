"""Zones by the names that Windows has for them, as the server of an Exchange knows them.

Not how a client maps them: that is what is tested.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

from tests.servers.exchange.soap import Element, Refused, made

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def zone(name: str) -> ZoneInfo:
    """By the name of Windows. Raises Refused."""
    if name not in win_tz:
        raise Refused("ErrorTimeZone", f"{name} is no time zone")
    return ZoneInfo(win_tz[name])


def definition(name: str, year: int) -> Element:
    """What GetServerTimeZones tells of it: its periods, and how they follow each other in that year."""
    changes = _changes(zone(name), year)
    standard, daylight = _offsets(zone(name), year)
    periods = [made("t:Period", Bias=_bias(standard), Name="Standard", Id="std")]
    group = [made("t:Transition", made("t:To", "std", Kind="Period"))]
    if changes:
        periods.append(made("t:Period", Bias=_bias(daylight), Name="Daylight", Id="dst"))
        group = [_change(moment, to) for moment, to in changes]
    return made(
        "t:TimeZoneDefinition",
        made("t:Periods", *periods),
        made("t:TransitionsGroups", made("t:TransitionsGroup", *group, Id="0")),
        made("t:Transitions", made("t:Transition", made("t:To", "0", Kind="Group"))),
        Id=name, Name=name,
    )  # fmt: skip


def _offsets(there: ZoneInfo, year: int) -> tuple[timedelta, timedelta]:
    """Standard and daylight, from Greenwich."""
    told = {
        datetime(year, month, 1, tzinfo=UTC).astimezone(there).utcoffset() or timedelta()
        for month in range(1, 13)
    }
    return min(told), max(told)


def _changes(there: ZoneInfo, year: int) -> list[tuple[datetime, str]]:
    """When clocks change in that year, on the clock before, and to what."""
    standard, _ = _offsets(there, year)
    found = []
    hour = datetime(year, 1, 1, tzinfo=UTC)
    while hour.year == year:
        after = hour + timedelta(hours=1)
        before_it, after_it = (
            hour.astimezone(there).utcoffset(),
            after.astimezone(there).utcoffset(),
        )
        if before_it != after_it and before_it is not None:
            at = (after + before_it).replace(tzinfo=None)
            found.append((at, "std" if after_it == standard else "dst"))
        hour = after
    return found


def _change(moment: datetime, to: str) -> Element:
    week = -1 if (moment + timedelta(days=7)).month != moment.month else (moment.day - 1) // 7 + 1
    return made(
        "t:RecurringDayTransition",
        made("t:To", to, Kind="Period"), made("t:TimeOffset", f"PT{moment.hour}H"), made("t:Month", str(moment.month)),
        made("t:DayOfWeek", _DAYS[moment.weekday()]), made("t:Occurrence", str(week)),
    )  # fmt: skip


def _bias(offset: timedelta) -> str:
    """As a duration to the west."""
    minutes = -int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes) // 60}H{abs(minutes) % 60}M"
