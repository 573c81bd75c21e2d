"""`preview --all`: the letters of one's own program before anybody gets one, on a page, with a progress bar.

Not the playing: see daemon/demo/previewed.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon.commands.folders import Folders
from daemon.commands.progress import bar
from daemon.commands.wire import Wire
from daemon.demo.folder import chosen, clear
from daemon.demo.previewed import PAGE, monday_after, play
from daemon.demo.record import Figures
from daemon.errors import UserError
from daemon.mail.render import Templates
from daemon.settings import load_or_raise


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: the page, and its figures."""

    program: str
    pairings: int
    page: Path
    figures: Figures

    def facts(self) -> dict[str, Any]:
        """The same for --json."""
        of_page = self.figures
        return {
            "program": self.program, "pairings": self.pairings, "weeks": of_page.weeks,
            "letters": of_page.letters, "letters_a_week": of_page.letters_a_week,
            "meetings_due": of_page.due, "meetings_kept": of_page.kept, "page": str(self.page),
        }  # fmt: skip

    def words(self) -> str:
        """The same for a terminal."""
        of_page = self.figures
        pairs = f"{self.pairings} pair" + ("s" if self.pairings != 1 else "")
        none = "Nothing is due in these weeks: `starts:` or `ends:` says so. Try more --weeks.\n"
        return (
            f"{of_page.weeks} weeks of {self.program}, {pairs}: {of_page.letters} letters. "
            f"People and notes are made up, nothing was sent.\n"
            f"{'' if of_page.letters else none}Open {self.page}"
        )


def preview_all(wire: Wire, where: Folders, program: str | None, weeks: int, out: Path) -> Played:
    """Play the program, or the first of several, into a folder of its own."""
    config = chosen(load_or_raise(where.config).config, program)
    name = config.programs[0].name
    if not config.lines:
        raise UserError(f"{name} has no pairing yet. Add one, then: run.py check{where.options}")
    clear(out)
    file = where.config / "programs" / f"{config.programs[0].id}.yaml"
    outside = wire.acted_folder(config, monday_after(wire.clock().now()), out)
    with bar(name) as on_progress:
        figures = play(
            config, outside, Templates(list(where.templates)), weeks=weeks, out=out,
            yaml=file.read_text(encoding="utf-8") if file.is_file() else "",
            on_progress=on_progress,
        )  # fmt: skip
    return Played(name, len(config.lines), out / PAGE, figures)
