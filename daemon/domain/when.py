"""When: a day, a time, or both, as somebody said it.

Not which of the times on offer are meant by it: daemon/decide/fitting.py.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct


class When(Struct, frozen=True):
    """A day, a time, or both, exactly as said, in the writer's zone. `weekday` 0 is Monday, `month_day` a day of some
    month ("the 3rd"), `minutes` those after midnight that it may be: two of "at 3", of which none is guessed. `days` are
    the first and the last that are meant ("next week"). `pick`: of those on offer the first, second or third, or of
    those that fit the earliest, the latest, the one between, or all. `weekdays`: one of these ("at the weekend", "mon-fri")."""

    weekday: int | None = None
    day: date | None = None
    month_day: int | None = None
    minutes: tuple[int, ...] = ()
    part: Literal[
        "", "morning", "midday", "afternoon", "late-afternoon", "long-afternoon", "evening"
    ] = ""
    days: tuple[date, date] | None = None
    pick: Literal["", "first", "second", "third", "earliest", "latest", "middle", "all"] = ""
    weekdays: tuple[int, ...] = ()
