"""Everything that is understood, held against everything else: contradictions, and rules that never fire.

Not single values: those are refused where they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from daemon.domain.people import Address
from daemon.settings.against_cadence import check_cadences, check_regular_time, check_second_time
from daemon.settings.against_dates import check_breaks, check_dates, check_left, check_span
from daemon.settings.against_guide import (
    warn_of_cadence,
    warn_of_end,
    warn_of_guide,
    warn_of_length,
)
from daemon.settings.against_hours import check_hours
from daemon.settings.against_lead import check_order, check_step, warn_of_zones
from daemon.settings.against_quiet import check_quiet
from daemon.settings.contradictions import check_pairing, check_program
from daemon.settings.idle import Lined, warn_idle, warn_idle_length, warn_idle_time
from daemon.settings.in_force import Frame
from daemon.settings.letter_table import OF_A_PAIR
from daemon.settings.pairings import Draft
from daemon.settings.programs import Page
from daemon.settings.substitutes import warn_of_past

_READERS = "mailbox_readers"
_SPAN = ("starts", "ends")
_TOGETHER: tuple[tuple[Callable[[Frame], object], tuple[str, ...], tuple[str, ...]], ...] = (
    (check_regular_time, ("at", "cadence"), ()),
    (check_second_time, ("at", "fallback_at"), ()),
    (check_span, ("cadence",), _SPAN),
    (check_step, ("cadence",), ("prep_mentee_days",)),
    (check_left, ("at", "cadence"), _SPAN),
    (warn_idle_time, ("at", "cadence", "fallback_at"), ()),
    (warn_idle_length, ("length_minutes", "cadence"), ()),
    (warn_of_length, ("length_minutes", "cadence"), ()),
    (warn_of_cadence, ("cadence",), ()),
)
"""What is asked of a pairing that says one of these settings for itself, and of a program while any pairing
leaves all of the first ones to it."""


def check_all(pages: Sequence[Page], lined: Sequence[Lined], today: date | None) -> None:
    """Every program, and what each pairing says for itself. `today` tells what is past, where it is given."""
    _check_readers(pages)
    for page in pages:
        if page.program is not None:
            of_page = [(draft, line) for draft, line in lined if draft.page is page]
            _check_page(Frame(page), of_page, today)


def _check_readers(pages: Iterable[Page]) -> None:
    """Whoever reads a mailbox reads the letters of all its programs: those that say who it is say the same."""
    first: dict[Address, Page] = {}
    for page in pages:
        said = page.values.get(_READERS)
        if said is None or not page.mailbox:
            continue
        other = first.setdefault(page.mailbox, page)
        known = other.values[_READERS]
        if set(known.value) != set(said.value):
            page.findings.error(
                said.at,
                f"{_READERS}: {said.text}  and {other.file}, with the same mailbox, says {known.text}.",
                "Who has the key of a mailbox reads the letters of both: write the same in both files.",
            )


def _check_page(frame: Frame, lined: Sequence[Lined], today: date | None) -> None:
    everybody, lined = lined, [each for each in lined if each[0].stands_in is None]
    drafts = [draft for draft, _ in lined]
    check_program(frame)
    check_order(frame)
    check_cadences(_in_use(frame, drafts, "cadence") + _own(frame, drafts, "cadence"))
    for check, names, further in _TOGETHER:
        for each in _in_use(frame, drafts, *names) + _own(frame, drafts, *names, *further):
            check(each)
    for each in [frame, *_own(frame, drafts, *_SPAN, "resumes")]:
        check_dates(each, today)
    for each in _in_use(frame, drafts, *_SPAN) + _own(frame, drafts, *_SPAN):
        warn_of_end(each, today)
    check_breaks(frame, [(line.starts, line.ends) for _, line in lined], today)
    warn_of_guide(frame)
    warn_idle(frame, lined)
    for each in _own(frame, drafts, *OF_A_PAIR):
        check_pairing(each)
        check_order(each)
    for draft, line in everybody:
        warn_of_past(draft, today)
        check_hours(frame.of(draft), line)
        check_quiet(draft, line)
        warn_of_zones(frame.of(draft), line)


def _says(draft: Draft, names: Iterable[str]) -> bool:
    return not draft.values.keys().isdisjoint(names)


def _own(frame: Frame, drafts: Iterable[Draft], *names: str) -> list[Frame]:
    """The pairings that say one of these for themselves."""
    return [frame.of(draft) for draft in drafts if _says(draft, names)]


def _in_use(frame: Frame, drafts: Sequence[Draft], *names: str) -> list[Frame]:
    """The program, unless every pairing says one of these for itself."""
    return [frame] if not drafts or any(not _says(draft, names) for draft in drafts) else []
