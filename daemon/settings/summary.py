"""The line that says a configuration is good, and what to do next; with several programs, one line for each.

Not a report of problems: that is problem.report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from daemon.domain.cadence import Cadence
from daemon.domain.people import Line
from daemon.domain.program import Config, Program
from daemon.settings.calendar_kinds import day_in_words
from daemon.settings.rhythm import Rhythm


def summary(config: Config, waiting: Sequence[Line] = ()) -> str:
    """Counts and dates for each program. `waiting` are those of its pairings that are asked for their
    regular time: told where only some are, since an `at:` is easily forgotten."""
    several = len(config.programs) > 1
    parts = ["OK."]
    for program in config.programs:
        lines = [line for line in config.lines if line.program == program.id]
        name = f"{_known_as(program)}: " if several else ""
        asked = sum(line.program == program.id for line in waiting)
        told = f"{name}{_counts(lines)}, {_rhythms(program, lines)}."
        if 0 < asked < len(lines):
            verb = "has" if asked == 1 else "have"
            told += f" {asked} of them {verb} no `at:` and will be asked for a time."
        parts.append(told)
    if rehearsed := dict.fromkeys(each.letters_to for each in config.programs if each.letters_to):
        parts.append(f"A rehearsal: every letter goes to {' or '.join(rehearsed)}.")
    return ("\n" if several else " ").join([*parts, "Nothing has been sent. Next: run.py plan"])


def _known_as(program: Program) -> str:
    """Its name, and where the file says them its version and who answers for it."""
    version = f"version {program.version}" if program.version else ""
    further = ", ".join(word for word in (version, program.owner) if word)
    return f"{program.name} ({further})" if further else program.name


def _counts(lines: Sequence[Line]) -> str:
    people = {person.id for line in lines for person in line.people}
    return f"{_number(len(lines), 'pairing')}, {_number(len(people), 'person', 'people')}"


def _rhythms(program: Program, lines: Sequence[Line]) -> str:
    """How often and how long; where pairings differ, how many of each, the most first."""
    told = Counter(_rhythm(line.cadence, line.lengths_minutes) for line in lines)
    if len(told) < 2:
        words = next(iter(told), _rhythm(program.cadence, program.lengths_minutes))
    else:
        each = [f"{count} × {words}" for words, count in told.most_common()]
        words = f"{', '.join(each[:-1])} and {each[-1]}"
    ends = {line.ends for line in lines}
    if ends and None not in ends:
        words += f" until {day_in_words(max(end for end in ends if end is not None))}"
    return words


def _rhythm(cadence: Cadence, lengths: Sequence[int]) -> str:
    comma = "," if cadence.finite else ""
    return f"{Rhythm().show(cadence)}{comma} {' and '.join(str(length) for length in lengths)} min"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
