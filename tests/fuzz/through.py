"""One mail or calendar through all that reads it, as the daemon does, and what that took.

Not the making of it: mutators.py.
"""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from msgspec import to_builtins

from daemon.computing import TookTooLong, at_most
from daemon.domain.meeting import Slot
from daemon.ical.busy import busy_of
from daemon.ical.parsing import Refused, Unreadable, parse
from daemon.ical.reading import uids
from daemon.ical.telling import seen
from daemon.ical.writing import text_of
from daemon.mail.reading.incoming import Incoming, read
from daemon.mail.reading.meaning import Meaning, understand
from daemon.mail.reading.options import ANSWERS
from daemon.mail.reading.own_letter import marks_of
from daemon.mail.reading.replytext import Written, written
from tests.fuzz.material import LETTER, MAILBOX

TODAY = date(2026, 10, 12)
NOW = datetime(2026, 10, 12, 11, tzinfo=UTC)
MARKS = marks_of(LETTER)
WINDOW = Slot(NOW - timedelta(days=30), NOW + timedelta(days=120))
GIVEN_UP_SECONDS = 20.0
ASKING = sorted(ANSWERS)
"""The letters that are answered in words of one's own."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What one input took. `wrong` is the exception that came through, empty for none."""

    number: int
    seconds: float
    wrong: str = ""
    where: str = ""


def understood(
    raw: bytes, *, of_times: bool = False, letter: str = ""
) -> tuple[Incoming, Written, Meaning]:
    """A mail as the daemon reads it, in answer to a letter that shows times, to one that asks something else, or to any
    other."""
    incoming = read(raw)
    words = written(incoming.text, mailbox=MAILBOX, letter=MARKS)
    meaning = understand(
        words.text,
        "Ana",
        "mentee",
        own_name="Ben Das",
        today=TODAY,
        of_times=of_times,
        letter=letter,
    )
    return incoming, words, meaning


def looked_at(raw: bytes) -> int:
    """A calendar as a folder of them is read; how many facts it tells."""
    try:
        calendar = parse(raw)
        uids(calendar)
        facts = len(seen(calendar, "ana@example.org", "1"))
        facts += len(busy_of(calendar, "ben@example.org", WINDOW, "Europe/Berlin"))
        text_of(calendar)
    except Refused as why:
        if why.__cause__ is not None:
            raise why.__cause__ from None  # a mistake of ours costs one file, and is one all the same
        return 0
    except Unreadable:
        return 0
    return facts


def passed(number: int, is_calendar: bool, raw: bytes) -> Passed:
    """Whatever is in it: no exception, and words that every store can keep (trap_73). Every second mail answers a letter
    that shows times, and the others all letters that ask something else, in turn."""
    began = computed_seconds()
    wrong = where = ""
    try:
        if is_calendar:
            looked_at(raw)  # within the limits that it has in the daemon
        else:
            with at_most(GIVEN_UP_SECONDS):
                letter = ASKING[number // 2 % len(ASKING)] if number % 2 == 0 else ""
                incoming, words, meaning = understood(raw, of_times=number % 2 == 1, letter=letter)
                kept = (to_builtins(asdict(incoming)), asdict(words), to_builtins(asdict(meaning)))
                json.dumps(kept, ensure_ascii=False, default=str).encode()
    except (Exception, TookTooLong) as why:
        last = traceback.extract_tb(why.__traceback__)[-1]
        wrong, where = type(why).__name__, f"{Path(last.filename).name}:{last.lineno}"
    return Passed(number, computed_seconds() - began, wrong, where)


def computed_seconds() -> float:
    """What this process has computed so far: others on the machine do not count."""
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mib() -> float:
    """The most memory that this program ever had.

    Not ru_maxrss: across an exec Linux keeps there what the parent had, and the parent of a
    test's program is a pytest that may be larger (proc(5), VmHWM; getrusage(2), ru_maxrss)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return next(
        int(line.split()[1]) / 2**10
        for line in status.read_text(encoding="ascii", errors="replace").splitlines()
        if line.startswith("VmHWM:")
    )
