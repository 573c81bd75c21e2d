"""The demo: weeks of a program on local calendars and mail, with acted people and a fast clock.

Not a mock: the tick, the store, the calendars and the mailboxes are the real ones.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from daemon.demo.acting import Acting
from daemon.demo.folder import chosen, clear
from daemon.demo.happening import Happening
from daemon.demo.page import write_page
from daemon.demo.record import Record
from daemon.demo.script import AFTERWARDS, START, TYPO, week_of
from daemon.demo.slip import Slip
from daemon.demo.stage import Stage
from daemon.demo.timeline import Timeline
from daemon.domain.program import Config
from daemon.domain.value import replace
from daemon.heartbeat import pace
from daemon.mail.render import Templates
from daemon.settings import load_or_raise
from daemon.simulate.outside import Outside

FAREWELL = timedelta(days=5)
"""Before the end of the story: time enough for the last letters."""
LINE_SECONDS, LETTER_SECONDS, MOMENT_SECONDS = 0.08, 0.004, 0.6
"""How long a line stands before the next: for itself, for each of its letters, for a heading."""


def demo(
    shipped: Path,
    make_outside: Callable[[Config, Path], Outside],
    *,
    program: str | None,
    weeks: int,
    out: Path,
    fast: bool,
) -> None:
    """Play the story into `out`."""
    home = shipped / "config" / "demo"
    end = START + timedelta(weeks=weeks)
    last = (end - FAREWELL).date()
    config = _config(home, program, last)
    clear(out)
    shutil.copytree(home, out / "config")
    yaml = (home / "programs" / f"{config.programs[0].id}.yaml").read_text(encoding="utf-8")
    outside = make_outside(config, out)
    slip = None
    if TYPO.pairing < len(config.lines):
        read = partial(_config, out / "config", program, last)
        slip = Slip(TYPO, config.lines[TYPO.pairing], out / "config", read)
    acting = Acting(config, outside, slip=slip)
    stage = Stage(config, outside, Templates([shipped / "templates"]), yaml, acting)
    timeline = Timeline()
    timeline.begin(config)
    speed = 0 if fast else 1
    _play(stage, timeline, end, speed)
    if all(line.ends and line.ends < end.date() for line in config.lines):
        _play_on(stage, timeline, weeks, end + AFTERWARDS, speed)
    stage.close()
    figures = stage.record.figures(weeks, end)
    write_page(out / "index.html", stage.record, figures, START)
    timeline.end(figures, _commands(out, stage.record))


def _play(stage: Stage, timeline: Timeline, end: datetime, speed: int) -> None:
    """The story, week by week, so slowly that it can be read; `speed` 0 does not wait."""
    record, week = stage.record, 0
    for happening in stage.run(end):
        present = week_of(happening.at)
        for number in range(week + 1, present + 1):
            _next_week(timeline, record, number, empty=number < present)
        week = present
        _show(record, timeline, happening, speed)
    timeline.week_over(record.letters_of_week(week))


def _play_on(stage: Stage, timeline: Timeline, weeks: int, until: datetime, speed: float) -> None:
    """Months in which nothing is asked of anybody who has not asked for it."""
    last = None
    for happening in stage.run(until):
        if happening.tone == "world":  # clocks change, and there is no 1:1 left to notice it
            continue
        day = happening.at.astimezone(ZoneInfo(happening.zone)).date()
        if day != last:
            timeline.afterwards(day)
        last = day
        _show(stage.record, timeline, happening, speed)
    timeline.week_over(stage.record.letters_after(weeks), "letters since then")


def _show(record: Record, timeline: Timeline, happening: Happening, speed: float) -> None:
    """One line, below a heading where a moment begins, and as long as it takes to read."""
    moment = record.tell(happening)
    if moment and moment.begins:
        timeline.moment(moment)
        pace(MOMENT_SECONDS * speed)
    number = record.part_of(happening)
    if happening.usual and not number:
        timeline.count(happening)
    else:
        pace((LINE_SECONDS + LETTER_SECONDS * timeline.show(happening, number)) * speed)


def _next_week(timeline: Timeline, record: Record, week: int, *, empty: bool) -> None:
    if week > 1:
        timeline.week_over(record.letters_of_week(week - 1))
    timeline.week(week, _break_of(record.config, week) if empty else "")


def _break_of(config: Config, week: int) -> str:
    """The name of the break that holds all of that week."""
    first = (START + timedelta(weeks=week - 1)).date()
    last = first + timedelta(days=6)
    return next(
        (b.name for b in config.programs[0].breaks if b.first <= first and last <= b.last), ""
    )


def _config(folder: Path, program: str | None, last: date) -> Config:
    """The program of the story, or the named one of them, until that day at the least."""
    config = chosen(load_or_raise(folder).config, program)
    lines = tuple(replace(x, ends=x.ends and max(x.ends, last)) for x in config.lines)
    return Config(config.programs, lines)


def _commands(out: Path, record: Record) -> list[tuple[str, str]]:
    """What to try next, called as this was: what for, and the command itself."""
    given = len(sys.argv) - 1
    called = shlex.join(sys.orig_argv[:-given] if given else sys.orig_argv)
    repair = next((m.happening.key for m in record.moments if m.anchor == "moved"), "")
    what = repair.partition("T")[0] or record.config.lines[0].pairing
    opener = {"darwin": "open", "win32": "start"}.get(sys.platform, "xdg-open")
    data, page = shlex.quote(str(out)), shlex.quote(str(out / "index.html"))
    return [
        ("why it was repaired like this, out of the ledger", f"{called} why {what} --data {data}"),
        ("every letter, as its reader sees it", f"{opener} {page}"),
        ("a program of your own", f"{called} init my-program --preset koss"),
    ]
