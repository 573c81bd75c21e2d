"""When a report of a month, a quarter or a year is due, and over which days it goes (S4.14).

Not the Monday letter (monday.py), and not the measures in it (daemon/measures).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.decide.monday import MORNING_MINUTE

MONTHS: dict[str, int] = {"monthly": 1, "quarterly": 3, "annual": 12}
"""How many months each goes over. The weekly one is the Monday letter."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days [first, after), under a name that is used once for ever."""

    rhythm: str
    first: date
    after: date

    @property
    def name(self) -> str:
        """`2026-10`, `2026-Q4` or `2026`."""
        match self.rhythm:
            case "monthly":
                return f"{self.first:%Y-%m}"
            case "quarterly":
                return f"{self.first:%Y}-Q{(self.first.month + 2) // 3}"
            case _:
                return f"{self.first:%Y}"

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The same as instants."""
        return at_minute(self.first, 0, zone), at_minute(self.after, 0, zone)


def period_to_tell(rhythm: str, now: datetime, zone: tzinfo) -> Period:
    """The newest period whose report is due: since eight on the first Monday after its end. One that was missed is made up
    for as long as it is the newest; older ones are not."""
    today, months = local_day(now, zone), MONTHS[rhythm]
    after = date(today.year, today.month - (today.month - 1) % months, 1)
    if now < at_minute(_monday(after), MORNING_MINUTE, zone):
        after = _back(after, months)
    return Period(rhythm, _back(after, months), after)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
