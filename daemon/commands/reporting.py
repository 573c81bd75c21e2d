"""`report`: the measures of each program, out of a store that somebody else may own.

Not the measures themselves: daemon/measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rich.text import Text

from daemon.accepted import in_force
from daemon.commands.folders import Folders
from daemon.commands.looking import screen
from daemon.commands.wire import Wire
from daemon.decide.moment import at_minute, local_day
from daemon.domain.program import Program
from daemon.errors import UserError
from daemon.measures.gathered import measures
from daemon.measures.wording import days, markdown, rows
from daemon.settings import load
from daemon.settings.problem import nearest

LOG_DAYS = 365
LABEL_WIDTH = 22


@dataclass(frozen=True, slots=True)
class Reported:
    """One program's measures, and the local days that they are about, both included."""

    name: str
    first: date
    last: date
    facts: dict[str, Any]


def reported(
    wire: Wire, where: Folders, since: date | None, weeks: int, program: str
) -> list[Reported]:
    """Of every program, or of that one. UserError for one that is not there, or a day that is too far back or to come."""
    store = wire.beside(where.data, read_only=True)
    try:
        config = in_force(store) or load(where.config).config
        known = [each.id for each in config.programs]
        if program and program not in known:
            meant = nearest(program, known)
            more = f"Did you mean {meant}?" if meant else f"There are: {', '.join(known)}."
            raise UserError(f"there is no program {program!r}. {more}")
        chosen = [each for each in config.programs if program in ("", each.id)]
        now = wire.clock().now()
        return [_of(store, each, _first(each, since, weeks, now), now) for each in chosen]
    finally:
        store.close()


def _first(program: Program, since: date | None, weeks: int, now: datetime) -> date:
    today = local_day(now, ZoneInfo(program.timezone))
    first = since or today - timedelta(weeks=weeks)
    if first > today:
        raise UserError(f"--since {first} is still to come")
    if (today - first).days > LOG_DAYS:
        raise UserError(
            f"--since {first} is too far back: counts are kept for {LOG_DAYS} days (docs/privacy.md)"
        )
    return first


def _of(store: Any, program: Program, first: date, now: datetime) -> Reported:
    zone = ZoneInfo(program.timezone)
    facts = measures(store, program, (at_minute(first, 0, zone), now), now=now)
    return Reported(program.name, first, local_day(now, zone), facts)


def show_report(found: list[Reported]) -> None:
    """Headline first, one line each."""
    out = screen()
    for number, each in enumerate(found):
        if number:
            out.print("")
        out.print(Text(f"{each.name}, {days(each.first, each.last)}", "bold"), soft_wrap=True)
        for label, text in rows(each.facts):
            out.print(f"  {label:<{LABEL_WIDTH}}{text}", soft_wrap=True)


def pages(found: list[Reported]) -> Iterator[str]:
    """Each as Markdown with front matter."""
    for each in found:
        yield markdown(each.facts, each.name, each.first, each.last)
