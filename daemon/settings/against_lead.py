"""The lead of the prep letters against each other and against the cadence: the mentee's goes first, and both after the 1:1 before.

Not their hours against quiet hours: those are in contradictions.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from daemon.domain.cadence import RegularTime, Step, first_wall
from daemon.domain.people import Line
from daemon.settings.against_cadence import step_of
from daemon.settings.in_force import Frame, Said
from daemon.settings.kinds import clock_of
from daemon.settings.suits import WEEKS, first_day

LEADS = ("prep_mentee_days", "prep_mentor_days")
HOURS = ("prep_mentee_at", "prep_mentor_at")
_DAY_MINUTES = 24 * 60


def check_order(frame: Frame) -> None:
    """The mentor's prep brings what the mentee has answered to the own one, so it cannot go before that."""
    said = [frame.said(name) for name in (*LEADS, *HOURS)]
    mentee, mentor, mentee_at, mentor_at = said
    if not (mentee and mentor and mentee_at and mentor_at):
        return
    apart = _minutes_apart(mentee, mentor, mentee_at, mentor_at)
    if apart > 0:
        return
    names: tuple[str, ...] = ("prep_mentor_days", "prep_mentee_days")
    advice = "Write fewer days for prep_mentor_days, or more for prep_mentee_days."
    if mentee.value == mentor.value:
        names += ("prep_mentor_at", "prep_mentee_at")
        advice = "Write another day for one of them, or an earlier hour for the mentee's."
    frame.refuse(names, "the mentor's would go before the mentee was asked.", advice)


def _minutes_apart(mentee: Said, mentor: Said, mentee_at: Said, mentor_at: Said) -> int:
    """From the mentee's to the mentor's, on one clock."""
    days: int = mentee.value - mentor.value
    return days * _DAY_MINUTES + int(mentor_at.value) - int(mentee_at.value)


def check_step(frame: Frame) -> None:
    """A prep is for the next 1:1 once the one before is over."""
    lead, cadence = frame.said(LEADS[0]), frame.said("cadence")
    if not lead or not cadence:
        return
    days = step_of(cadence.value).length // timedelta(days=1)
    if lead.value >= days:
        frame.refuse(
            (LEADS[0], "cadence"),
            f"the 1:1s are {days} days apart, so the prep of the next one would go before the last one is over.",
            f"Write {days - 1} or less, or a rarer cadence.",
        )


def warn_of_zones(frame: Frame, line: Line) -> None:
    """Each prep goes by the clock of its reader: what is later on one may be sooner on the other."""
    said = [frame.said(name) for name in (*LEADS, *HOURS)]
    mentee, mentor, mentee_at, mentor_at = said
    if not (mentee and mentor and mentee_at and mentor_at) or not (mentee.at or mentor.at):
        return
    apart, blamed = (
        _minutes_apart(mentee, mentor, mentee_at, mentor_at),
        mentee if mentee.at else mentor,
    )
    if apart <= 0 or line.at is None or line.cadence.finite or not blamed.at:
        return
    if apart + min(_minutes_less(line, line.at)) <= 0:
        frame.findings_of(blamed).warning(
            blamed.at,
            f"{blamed.written}  lets the mentor's prep, at {clock_of(mentor_at.value)} in {line.mentor.zone}, go before that of "
            f"{line.mentee.name}, at {clock_of(mentee_at.value)} in {line.mentee.zone}.",
            "Write more days for prep_mentee_days, or fewer for prep_mentor_days.",
        )


def _minutes_less(line: Line, at: RegularTime) -> Iterator[int]:
    """How much later in the day the 1:1 is for the mentee than for the mentor, week by week of a year."""
    begins = first_wall(at, Step(weeks=1), first_day(line))
    for week in range(WEEKS):
        start = (begins + timedelta(weeks=week)).replace(tzinfo=ZoneInfo(line.anchor))
        there, here = (start.astimezone(ZoneInfo(each.zone)) for each in (line.mentor, line.mentee))
        yield (here.hour - there.hour) * 60 + here.minute - there.minute
