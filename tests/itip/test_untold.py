"""What guests have yet to be told, as a table: single occurrences alone, everything else as a whole.

Not who is mailed: tests/conformance/test_caldav_telling.py.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest
from icalendar import Calendar

from daemon.ical.editing import add_guests
from daemon.ical.reading import master_of
from daemon.ical.repeating import add_gap
from daemon.ical.untold import untold
from tests.itip.cast import BEN, MAILBOX, NOW, ONE, UID, moved, series

TWO, THREE, FOUR = "2026-12-15T10:00", "2026-12-22T10:00", "2026-12-29T10:00"


def without(*walls: str) -> Calendar:
    """The series without these dates, as a program writes it that does not count."""
    calendar = series()
    master = master_of(calendar, UID)
    assert master is not None
    for wall in walls:
        add_gap(master, wall)
    return calendar


def with_cleo() -> Calendar:
    """One more guest."""
    calendar = series()
    master = master_of(calendar, UID)
    assert master is not None
    add_guests(master, ("cleo@example.org",))
    return calendar


CASES: dict[str, tuple[Callable[[], Calendar | None], Callable[[], Calendar | None], list[str]]] = {
    "nothing has changed": (series, series, []),
    "it is new": (lambda: None, series, ["REQUEST 0 "]),
    "one is taken off": (series, lambda: without(ONE), [f"CANCEL 1 {ONE}"]),
    "two are": (series, lambda: without(ONE, TWO), [f"CANCEL 1 {ONE}", f"CANCEL 1 {TWO}"]),
    "many are": (series, lambda: without(ONE, TWO, THREE, FOUR), ["REQUEST 1 "]),
    "one is moved": (series, lambda: moved(series()), [f"REQUEST 1 {ONE}"]),
    "one is back": (lambda: without(ONE), series, ["REQUEST 1 "]),
    "a moved one is back": (lambda: moved(series()), series, ["REQUEST 2 "]),
    "a moved one is taken off": (lambda: moved(series()), lambda: without(ONE), [f"CANCEL 2 {ONE}"]),
    "somebody else comes": (series, with_cleo, []),
    "another day": (series, lambda: series(first="2026-12-03T10:00"), ["REQUEST 1 "]),
    "it is gone": (series, lambda: None, ["CANCEL 1 "]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_trap_28_what_ben_is_told_and_under_which_number(case: str) -> None:
    old, new, expected = CASES[case]
    before, after = deepcopy(old()), deepcopy(new())
    told = untold(before, after, MAILBOX, NOW)
    assert [
        f"{each.method} {each.sequence} {name}" for name, each in told if each.recipient == BEN
    ] == expected
