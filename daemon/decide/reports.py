"""When a report of a week, a month, a quarter or a year is due, over which days it goes, and who reads it (S4.14).

Not the Monday letter (monday.py), and not the measures in it (daemon/measures).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.decide.monday import MORNING_MINUTE
from daemon.domain.people import Address
from daemon.domain.program import Program, Rhythm

MONTHS: dict[Rhythm, int] = {"monthly": 1, "quarterly": 3, "annual": 12}
"""How many months each goes over."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """The days [first, after), under a name that is used once for ever."""

    rhythm: Rhythm
    first: date
    after: date

    @property
    def name(self) -> str:
        """`2026-W42`, `2026-10`, `2026-Q4` or `2026`."""
        match self.rhythm:
            case "weekly":
                return f"{self.first:%G-W%V}"
            case "monthly":
                return f"{self.first:%Y-%m}"
            case "quarterly":
                return f"{self.first:%Y}-Q{(self.first.month + 2) // 3}"
            case _:
                return f"{self.first:%Y}"

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The same as instants."""
        return at_minute(self.first, 0, zone), at_minute(self.after, 0, zone)


def rhythms_of(program: Program) -> tuple[Rhythm, ...]:
    """Whose periods have a report: of weeks only where somebody named reads them, as the contact has the Monday letter."""
    return tuple(each for each in program.reports if readers_of(program, each))


def readers_of(program: Program, rhythm: Rhythm) -> list[Address]:
    """Who gets each a letter of their own; an empty address is the contact."""
    found = [each.address for each in program.reports_to if each.reads(rhythm)]
    return found or ([] if rhythm == "weekly" else [""])


def period_to_tell(rhythm: Rhythm, now: datetime, zone: tzinfo) -> Period:
    """The newest period whose report is due: since eight on the first Monday from its end on. One that was missed is made up
    for as long as it is the newest; older ones are not."""
    today = local_day(now, zone)
    if rhythm == "weekly":
        monday = today - timedelta(days=today.weekday())
        if now < at_minute(monday, MORNING_MINUTE, zone):
            monday -= WEEK
        return Period(rhythm, monday - WEEK, monday)
    months = MONTHS[rhythm]
    after = date(today.year, today.month - (today.month - 1) % months, 1)
    if now < at_minute(_monday(after), MORNING_MINUTE, zone):
        after = _back(after, months)
    return Period(rhythm, _back(after, months), after)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
