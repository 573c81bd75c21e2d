"""The timeline on the terminal: 80 columns, readable without colour.

Not the facts: happenings come from the stage, figures from the record.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from daemon.demo.happening import Happening, Tone
from daemon.demo.record import Figures
from daemon.mail.times import city

WIDTH = 80
WORD = 8
COLOURS: dict[Tone, str] = {
    "person": "bold yellow",
    "seen": "cyan",
    "letter": "green",
    "calendar": "bold green",
    "not": "dim",
    "world": "bold magenta",
}


class Timeline:
    """Prints happenings one after another; day and city only when they change."""

    def __init__(self) -> None:
        self.console = Console(width=WIDTH, highlight=False, markup=False, emoji=False)
        self._day = ""
        self._city = ""
        self._minute = ""

    def week(self, number: int) -> None:
        """A rule at the start of a week."""
        self.console.print(
            Text(f"\n── week {number} {'─' * (WIDTH - 9 - len(str(number)))}", "dim")
        )
        self._day = ""

    def show(self, happening: Happening) -> None:
        """One line, and more below it where text or reason need them."""
        head = self._head(happening)
        word = set_cell_size(happening.word, max(WORD, cell_len(happening.word) + 1))
        indent = " " * (cell_len(head) + WORD)
        room = WIDTH - cell_len(head) - cell_len(word)
        text, *more = Text(happening.text).wrap(self.console, room)
        lines = [Text.assemble(head, (word, COLOURS[happening.tone]), text)]
        lines += [Text.assemble(indent, each) for each in more]
        why = happening.why
        if why and cell_len(lines[-1].plain) + 3 + cell_len(why) <= WIDTH:
            lines[-1].append(f" · {why}", "dim")
        elif why:
            parts = Text(why, "dim").wrap(self.console, WIDTH - len(indent))
            lines += [Text.assemble(indent, each) for each in parts]
        for line in lines:
            line.rstrip()
            self.console.print(line)

    def _head(self, happening: Happening) -> str:
        """`Fri 27 Nov 22:40 Berlin    `: 27 columns."""
        local = happening.at.astimezone(ZoneInfo(happening.zone))
        day, place = f"{local:%a} {local.day} {local:%b}", city(happening.zone)
        minute = f"{local:%H:%M}"
        same = (day, place) == (self._day, self._city)
        shown_day = "" if same else day
        shown_minute = "" if same and minute == self._minute else minute
        shown_city = "" if same else place
        self._day, self._city, self._minute = day, place, minute
        return f"{shown_day:<10} {shown_minute:>5} {shown_city:<9} "

    def end(self, figures: Figures, commands: list[str]) -> None:
        """The last screen."""
        self.console.print(Text(f"\n{'═' * WIDTH}", "dim"))
        for line in figures_words(figures):
            self.console.print(Text(line, "bold"))
        self.console.print("\nTry next:")
        for command in commands:
            self.console.print(f"  {command}", soft_wrap=True)


def figures_words(figures: Figures) -> list[str]:
    """The figures as short lines."""
    repair = figures.median_repair_minutes
    a_week = ", ".join(f"{role} {count:.1f}" for role, count in figures.letters_a_week.items())
    return [
        f"{figures.weeks} weeks · {figures.kept} of {figures.due} 1:1s kept · "
        f"{figures.fell_out} fell out, {figures.repaired} repaired, {figures.left_out} left out",
        f"median repair {repair if repair is not None else '-'} min of waking time · "
        f"private lines found in letters: {figures.private_found}",
        f"letters a person and week: {a_week} · twice {figures.twice}, lost {figures.lost}",
    ]


def week_of(at: datetime, start: datetime) -> int:
    """The week of the story, from 1."""
    return (at - start).days // 7 + 1
