"""What a 1:1 that is over gives the measures: when it was, whether it took place, and how fast it was repaired.

Not the measures (daemon/measures), and nothing about a side: by whom a 1:1 fell out is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from daemon.decide.moment import at_minute, local_day
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.program import Program
from daemon.domain.world import Reason

COUNTS = "count/"
TO_DO = "to-do"
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Counted:
    """A 1:1 that was due. `repaired_minutes`: from seen to booked, in minutes of waking; None where it did not fall out, or
    nothing was booked."""

    start: datetime
    held: bool
    confirmed: bool = False
    fell: bool = False
    repaired_minutes: int | None = None

    def words(self) -> str:
        """As the log keeps it: `2026-10-13T13:00:00Z held confirmed fell repaired 31`."""
        said = [iso(self.start), "held" if self.held else "not-held"]
        said += ["confirmed"] if self.confirmed else []
        said += ["fell"] if self.fell else []
        said += [] if self.repaired_minutes is None else ["repaired", str(self.repaired_minutes)]
        return " ".join(said)

    @staticmethod
    def of_words(text: str) -> Counted:
        """The same back."""
        start, *said = text.split()
        minutes = int(said[-1]) if "repaired" in said else None
        return Counted(
            datetime.fromisoformat(start),
            "held" in said,
            "confirmed" in said,
            "fell" in said,
            minutes,
        )


def counted(meeting: Meeting, program: Program, zone: tzinfo) -> Counted | None:
    """None of a 1:1 that was not due: left out by rule (RULES 4). `zone` is that of the mentee, who is mostly waited for.
    What stands and is over without a word counts as held (LETTERS 2)."""
    if meeting.settled_by == "rule":
        return None
    held = meeting.standing == "held" or meeting.stands
    fell_at = meeting.cancelled_at if meeting.cancelled_by else None
    booked_at = meeting.moved_at
    minutes = None
    if fell_at and booked_at and booked_at >= fell_at:
        minutes = waking_minutes(fell_at, booked_at, zone, program)
    return Counted(
        meeting.start, held, held and meeting.evidence == "confirmed", fell_at is not None, minutes
    )


def waking_minutes(start: datetime, end: datetime, zone: tzinfo, program: Program) -> int:
    """How much of that time is outside quiet hours: at night nobody is asked, so nobody is waited for."""
    opens, closes = program.quiet_to_minute, program.quiet_from_minute
    if closes <= opens:
        closes += DAY_MINUTES
    awake, day = timedelta(0), local_day(start, zone) - timedelta(days=1)
    while at_minute(day, opens, zone) < end:
        first, last = at_minute(day, opens, zone), at_minute(day, closes, zone)
        awake += max(timedelta(0), min(last, end) - max(first, start))
        day += timedelta(days=1)
    return awake // timedelta(minutes=1)


def line_of_meeting(pairing: str, meeting: Meeting, program: Program, zone: tzinfo) -> list[Reason]:
    """What the log keeps of it for the measures, if anything."""
    found = counted(meeting, program, zone)
    return [Reason(found.words(), f"{COUNTS}{pairing}/{meeting.origin}")] if found else []


def line_of_to_do(pairing: str, letter: str, done_at: datetime) -> Reason:
    """The same of a to-do that was done: when, and nothing else."""
    return Reason(f"{iso(done_at)} {TO_DO}", f"{COUNTS}{pairing}/{TO_DO}/{letter}/{iso(done_at)}")
