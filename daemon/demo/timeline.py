"""The timeline on the terminal: 80 columns, readable without colour, plain where it is piped.

Not the facts: happenings come from the stage, figures from the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from daemon.demo.happening import Happening, Tone, day_words, name_of
from daemon.demo.moments import Moment
from daemon.demo.record import Figures
from daemon.demo.script import START
from daemon.domain.program import Config
from daemon.mail.times import city

WIDTH = 80
MARK, WHEN, WORD, WHAT = 3, 20, 8, 27
WHY = WIDTH - MARK - WHEN - WORD - WHAT - 1
COLOURS: dict[Tone, str] = {
    "person": "bold yellow",
    "seen": "cyan",
    "letter": "green",
    "calendar": "bold green",
    "not": "dim",
    "world": "bold magenta",
    "figure": "bold",
}


class Timeline:
    """Prints happenings one after another; day, clock and city only when they change."""

    def __init__(self) -> None:
        self.console = Console(width=WIDTH, highlight=False, markup=False, emoji=False)
        self._clock = ("", "")
        self._minute = ""
        self._usual: Counter[str] = Counter()

    def begin(self, config: Config) -> None:
        """Who is who, and how to read what follows."""
        cast: dict[str, list[str]] = {}
        for line in config.lines:
            mentor = f"{line.mentor.first} ({city(line.mentor.zone)})"
            mentee = f"{line.mentee.first} ({city(line.mentee.zone)})"
            cast.setdefault(mentor, []).append(mentee)
        pairs = [f"{mentor} with {' and '.join(each)}" for mentor, each in cast.items()]
        program = config.programs[0]
        self._whole(f"{program.name}: {'; '.join(pairs)}. {program.contact_name} runs it.")
        self._whole(
            "The people are acted, the clock is fast. Calendars, mail and decisions are real. "
            "Times are on the clock of whoever a line is about. What happened, then why; "
            "a number in front: one of the moments."
        )

    def week(self, number: int, why: str = "") -> None:
        """A rule at the start of a week, with its days, and why nothing comes below it."""
        first = (START + timedelta(weeks=number - 1)).date()
        last = first + timedelta(days=6)
        self._rule(f"week {number} · {day_words(first)} to {day_words(last)}{why and f' · {why}'}")

    def afterwards(self, day: date) -> None:
        """The same above what comes on a day when the story is over."""
        self._rule(f"afterwards · {day_words(day)}")

    def _rule(self, words: str) -> None:
        head = f"── {words} "
        self.console.print(Text(f"\n{head}{'─' * (WIDTH - cell_len(head))}", "dim"))
        self._clock = ("", "")

    def week_over(self, letters: Mapping[str, int], said: str = "letters this week") -> None:
        """What there was to read, and what was only counted here."""
        counts = ", ".join(f"{name} {count}" for name, count in letters.items())
        self._whole(f"{said}: {counts or 'none'}")
        if self._usual:
            usual = ", ".join(f"{name} {count}" for name, count in sorted(self._usual.items()))
            self._whole(f"not shown, as those above: {usual}")
        self._usual.clear()

    def _whole(self, words: str) -> None:
        for line in Text(words, "dim").wrap(self.console, WIDTH - 1):
            line.rstrip()
            self.console.print(Text(" ").append(line))

    def moment(self, moment: Moment) -> None:
        """A heading above where it begins."""
        head = f"── {moment.number} · {moment.title} "
        self.console.print(Text(f"\n{head}{'─' * (WIDTH - cell_len(head))}", "bold magenta"))
        self._clock = ("", "")

    def count(self, happening: Happening) -> None:
        """What comes week after week is told at the end of the week."""
        name = name_of(happening.key.partition("/")[0])
        self._usual[name if happening.tone == "letter" else f"{name} {happening.word}"] += 1

    def show(self, happening: Happening, number: int) -> int:
        """One line, and more below it where what or why need them; how many letters were printed.

        `number` of the moment that it belongs to stands in front, 0 for none.
        """
        why = list(Text(happening.why, "dim").wrap(self.console, WHY) if happening.why else ())
        room = WHAT if why else WHAT + 1 + WHY
        what = Text(happening.text).wrap(self.console, room)
        mark = (f"{number:>2}│" if number else "   ", COLOURS["world"])
        head, word = self._when(happening), (set_cell_size(happening.word, WORD))
        for left, right in zip_longest(what, why):
            line = Text.assemble(mark, head, (word, COLOURS[happening.tone]), left or "")
            if right:
                line.pad_right(MARK + WHEN + WORD + WHAT + 1 - cell_len(line.plain))
                line.append(right)
            line.rstrip()
            self.console.print(line)
            head, word = " " * WHEN, " " * WORD
        return len(happening.text) + len(happening.why)

    def _when(self, happening: Happening) -> str:
        """`Fri 22:40 Kolkata   `: the weekday, the clock and the city of the person concerned."""
        local = happening.at.astimezone(ZoneInfo(happening.zone))
        clock, minute = (f"{local:%a}", city(happening.zone)), f"{local:%H:%M}"
        same = clock == self._clock
        shown_minute = "" if same and minute == self._minute else minute
        shown_day, shown_city = ("", "") if same else clock
        self._clock, self._minute = clock, minute
        return set_cell_size(f"{shown_day:<3} {shown_minute:>5} {shown_city}", WHEN)

    def end(self, figures: Figures, commands: list[tuple[str, str]]) -> None:
        """The last screen."""
        self.console.print(Text(f"\n{'═' * WIDTH}", "dim"))
        for line in figures_words(figures):
            self.console.print(Text(line, "bold"))
        self.console.print("\nTry next:")
        for what, command in commands:
            self.console.print(Text(f"  {what}", "dim"))
            self.console.print(f"    {command}", soft_wrap=True)


def figures_words(figures: Figures) -> list[str]:
    """The figures as short lines."""
    repair = figures.median_repair_minutes
    a_week = ", ".join(f"{role} {count:.1f}" for role, count in figures.letters_a_week.items())
    cuts = f"{figures.power_cuts} power cut{'s' if figures.power_cuts != 1 else ''}"
    if figures.came_back:
        cuts += f", {figures.came_back} letter{'s' if figures.came_back != 1 else ''} came back"
    return [
        f"{figures.weeks} weeks · {figures.kept} of {figures.due} 1:1s kept · "
        f"{figures.fell_out} fell out: {figures.repaired} repaired, {figures.left_out} left out",
        f"median repair {repair if repair is not None else '-'} min of waking time · "
        f"private lines passed on: {figures.private_found}",
        f"{figures.letters} letters · a week and person: {a_week}",
        f"{cuts}: {figures.twice} letters twice, {figures.lost} lost",
    ]
