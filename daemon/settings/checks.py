"""Everything that is understood, held against everything else: contradictions, and rules that never fire.

Not single values: those are refused where they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from daemon.settings.against_cadence import check_cadences, check_regular_time
from daemon.settings.against_dates import check_breaks, check_dates, check_left, check_span
from daemon.settings.against_hours import check_hours
from daemon.settings.contradictions import check_program
from daemon.settings.idle import Lined, warn_idle, warn_idle_length, warn_idle_time
from daemon.settings.in_force import Frame
from daemon.settings.pairings import Draft
from daemon.settings.programs import Page

_OF_A_PAIRING = ("at", "cadence", "length_minutes", "starts", "ends", "resumes")
_TOGETHER: tuple[tuple[Callable[[Frame], object], tuple[str, ...]], ...] = (
    (check_regular_time, ("at", "cadence")),
    (check_span, ("cadence",)),
    (check_left, ("at", "cadence")),
    (warn_idle_time, ("at", "cadence")),
    (warn_idle_length, ("length_minutes", "cadence")),
)
"""What is asked of a pairing, and of a program while any pairing leaves these settings to it."""


def check_all(pages: Iterable[Page], lined: Sequence[Lined], today: date | None) -> None:
    """Every program, and what each pairing says for itself. `today` tells what is past, where it is given."""
    for page in pages:
        if page.program is not None:
            of_page = [(draft, line) for draft, line in lined if draft.page is page]
            _check_page(Frame(page), of_page, today)


def _check_page(frame: Frame, lined: Sequence[Lined], today: date | None) -> None:
    own = [Frame(frame.page, draft) for draft, _ in lined if _says(draft, *_OF_A_PAIRING)]
    check_program(frame)
    check_cadences(_in_use(frame, lined, "cadence") + own)
    check_breaks(frame, [(line.starts, line.ends) for _, line in lined], today)
    for check, names in _TOGETHER:
        for each in _in_use(frame, lined, *names) + own:
            check(each)
    for each in (frame, *own):
        check_dates(each, today)
    warn_idle(frame, lined)
    for draft, line in lined:
        check_hours(draft, line)


def _says(draft: Draft, *names: str) -> bool:
    return any(name in draft.values for name in names)


def _in_use(frame: Frame, lined: Sequence[Lined], *names: str) -> list[Frame]:
    """The program, unless every pairing says one of these for itself."""
    used = not lined or any(not _says(draft, *names) for draft, _ in lined)
    return [frame] if used else []
