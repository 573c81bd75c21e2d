"""What the dates of a program or a pairing have to say: whether anything fits between start and end.

Not holidays, which never cover a program, and not times of day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from daemon.domain.cadence import Cadence, RegularTime, first_wall
from daemon.domain.people import Days
from daemon.domain.value import replace
from daemon.settings.against_cadence import Pace
from daemon.settings.day_kinds import days_shown
from daemon.settings.in_force import Frame, Said

DATES_MOST = 2000
_ASIDE = "Change one of the two."


def check_dates(frame: Frame, today: date | None) -> None:
    """Start and end, and the end of a pause."""
    starts, ends = frame.said("starts"), frame.said("ends")
    if starts is None or ends is None:
        return
    if starts.value and ends.value and ends.value < starts.value:
        frame.refuse(("ends", "starts"), "it would be over before it begins.", _ASIDE)
    _check_resumes(frame, ends, today)
    if today and frame.draft is None and ends.at and ends.value < today:
        # A pairing's own end stays in the file when it has ended: that is how one is ended.
        frame.page.findings.warning(
            ends.at, f"{ends.written}  is past, so nobody meets any more.", "Write a later end."
        )


def check_span(frame: Frame) -> None:
    """What has to fit between start and end."""
    starts, ends = frame.said("starts"), frame.said("ends")
    _check_minimum(frame)
    if starts and ends and starts.value and ends.value and starts.value <= ends.value:
        _check_length(frame, Span(starts.value, ends.value))


@dataclass(frozen=True, slots=True)
class Span:
    """From start to end, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=day) for day in range(self.days))


def _check_minimum(frame: Frame) -> None:
    """A minimum shorter than one step promises nothing."""
    least, cadence, program = frame.said("minimum_weeks"), frame.said("cadence"), frame.page.program
    if not least or not cadence or not program or not least.value or cadence.value.finite:
        return
    pace = Pace(frame, cadence.value, program)
    if timedelta(weeks=least.value) < pace.step.length:
        frame.refuse(
            ("minimum_weeks", "cadence"),
            "it would be over before the second 1:1.",
            "Write more weeks, or a denser cadence.",
        )


def _check_length(frame: Frame, span: Span) -> None:
    """A minimum, or a plan of sessions, that is longer than the time there is."""
    least, cadence = frame.said("minimum_weeks"), frame.said("cadence")
    if least and least.value and least.value * 7 > span.days:
        frame.refuse(
            ("minimum_weeks", "starts", "ends"),
            f"from start to end there are {span.days // 7} weeks.",
            "Write fewer weeks, or a later end.",
        )
    if cadence and cadence.value.finite and cadence.value.within_days > span.days:
        frame.refuse(
            ("cadence", "starts", "ends"),
            f"from start to end there are {span.days} days.",
            f"Write a plan that fits, such as {_plan_for(cadence.value, span)}, or a later end.",
        )


def _plan_for(plan: Cadence, span: Span) -> str:
    weeks = max(1, span.days // 7)
    return f"{min(plan.sessions, weeks)} sessions in {weeks} weeks"


def check_left(frame: Frame) -> None:
    """Breaks that leave no date, and a regular time that has none."""
    starts, ends, breaks = frame.said("starts"), frame.said("ends"), frame.said("breaks")
    if not starts or not ends or not breaks or not starts.value or not ends.value:
        return
    at, cadence, span = frame.said("at"), frame.said("cadence"), Span(starts.value, ends.value)
    if at is None or cadence is None or span.days < 1:
        return
    names: tuple[str, ...] = ("breaks", "starts", "ends")
    dates = list(span) if span.days <= DATES_MOST else []
    if at.value and not cadence.value.finite and _agree(at.value, cadence.value):
        dates = _origins(at.value, cadence.value, span)
        names = ("breaks", "at", "starts", "ends")
        if not dates:
            frame.refuse(
                ("at", "cadence", "starts", "ends"),
                "not one of its dates lies between.",
                "Write a later end, or a denser cadence.",
            )
    if dates and breaks.value and all(_free_of(breaks.value, day) is None for day in dates):
        frame.refuse(names, "nobody would ever meet.", "Write shorter breaks, or a later end.")


def _agree(at: RegularTime, cadence: Cadence) -> bool:
    return bool(at.nth) == bool(cadence.step.months)


def _origins(at: RegularTime, cadence: Cadence, span: Span) -> list[date]:
    """The dates of the regular time from start to end, as many as are needed to judge."""
    found: list[date] = []
    step = replace(cadence.step, nth=at.nth)
    first = first_wall(at, step, span.first)
    for number in count():
        day = step.wall(first, number).date()
        if day > span.last or len(found) >= DATES_MOST:
            return found
        found.append(day)
    return found


def _free_of(breaks: tuple[Days, ...], day: date) -> date | None:
    return None if any(day in each for each in breaks) else day


def _check_resumes(frame: Frame, ends: Said, today: date | None) -> None:
    """The end of an admin's pause."""
    state, resumes = frame.said("state"), frame.said("resumes")
    if resumes is None or resumes.at is None:
        return
    if state is None or state.value != "paused":
        if frame.draft is not None and not frame.draft.node.names("state"):
            frame.findings_of(resumes).warning(
                resumes.at,
                f"{resumes.written}  has no effect without state: paused.",
                "Add state: paused, or delete the line.",
            )
        elif state is not None:
            frame.warn(("resumes", "state"), "nothing is paused.", "Write state: paused.")
        return
    if ends.value and resumes.value > ends.value:
        frame.refuse(("resumes", "ends"), "it would be over before it goes on.", _ASIDE)
    elif today and resumes.value <= today:
        frame.findings_of(resumes).warning(
            resumes.at,
            f"{resumes.written}  is past, so nothing is paused any more.",
            "Delete this line and state: paused.",
        )


# --- breaks that cannot matter


def check_breaks(
    frame: Frame, spans: list[tuple[date | None, date | None]], today: date | None
) -> None:
    """A break before every start, after every end, or past, is probably a slip in its year."""
    breaks = frame.page.values.get("breaks")
    for entry in breaks.entries if breaks else ():
        (days,) = entry.value
        why = _why_idle(days, spans, today)
        if why:
            frame.page.findings.warning(
                entry.at,
                f"breaks: {days_shown(days)}  has no effect: {why}.",
                "Look at its year, or delete it.",
            )


def _why_idle(days: Days, spans: list[tuple[date | None, date | None]], today: date | None) -> str:
    starts = [first for first, _ in spans]
    ends = [last for _, last in spans]
    if spans and all(first and days.last < first for first in starts):
        return f"it is over before the first start, {min(s for s in starts if s)}"
    if spans and all(last and days.first > last for last in ends):
        return f"it begins after the last end, {max(e for e in ends if e)}"
    return "it is past" if today and days.last < today else ""
