"""The one line that says a configuration is good, and what to do next.

Not a report of problems: that is problem.report.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.domain.people import Line
from daemon.domain.program import Config, Program
from daemon.settings.calendar_kinds import day_in_words
from daemon.settings.rhythm import Rhythm


def summary(config: Config, waiting: Sequence[Line] = ()) -> str:
    """Counts and dates for each program; `waiting` are pairings that have no regular time yet."""
    parts = []
    for program in config.programs:
        lines = [line for line in (*config.lines, *waiting) if line.program == program.id]
        name = f"{program.name}: " if len(config.programs) > 1 else ""
        parts.append(f"{name}{_counts(lines)}, {_rhythm(program, lines)}.")
    if waiting:
        verb = "waits" if len(waiting) == 1 else "wait"
        parts.append(f"{_number(len(waiting), 'pairing')} {verb} for an `at:`.")
    return f"OK. {' '.join(parts)} Nothing has been sent. Next: run.py status"


def _counts(lines: Sequence[Line]) -> str:
    people = {person.id for line in lines for person in (line.mentor, line.mentee)}
    return f"{_number(len(lines), 'pairing')}, {_number(len(people), 'person', 'people')}"


def _rhythm(program: Program, lines: Sequence[Line]) -> str:
    ends = {line.ends for line in lines}
    until = ""
    if ends and None not in ends:
        until = f" until {day_in_words(max(end for end in ends if end is not None))}"
    return f"{Rhythm().show(program.cadence)} {program.lengths_minutes[0]} min{until}"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
