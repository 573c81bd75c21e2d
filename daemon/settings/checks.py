"""Everything that is understood, held against everything else: contradictions, and rules that never fire.

Not single values: those are refused where they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from daemon.settings.against_cadence import check_cadences, check_regular_time
from daemon.settings.against_dates import check_breaks, check_dates
from daemon.settings.against_hours import check_hours
from daemon.settings.contradictions import check_program
from daemon.settings.idle import Lined, warn_idle, warn_idle_pairing
from daemon.settings.in_force import Frame
from daemon.settings.programs import Page

_OF_A_PAIRING = ("at", "cadence", "length_minutes", "starts", "ends", "resumes")


def check_all(pages: Iterable[Page], lined: Sequence[Lined], today: date | None) -> None:
    """Every program, and what each pairing says for itself. `today` tells what is past, where it is given."""
    for page in pages:
        if page.program is not None:
            of_page = [(draft, line) for draft, line in lined if draft.page is page]
            _check_page(Frame(page), of_page, today)


def _check_page(frame: Frame, lined: Sequence[Lined], today: date | None) -> None:
    own = [
        Frame(frame.page, draft)
        for draft, _ in lined
        if any(name in draft.values for name in _OF_A_PAIRING)
    ]
    check_program(frame)
    check_cadences(
        [frame, *(each for each in own if each.draft and "cadence" in each.draft.values)]
    )
    check_breaks(frame, [(line.starts, line.ends) for _, line in lined], today)
    for each in (frame, *own):
        check_dates(each, today)
        check_regular_time(each)
        warn_idle_pairing(each)
    warn_idle(frame, lined)
    for draft, line in lined:
        check_hours(draft, line)
