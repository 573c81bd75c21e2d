"""What a cadence has to say about other settings: the notice, patience, the regular time.

Not the cadence itself, which is read in rhythm.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daemon.decide.patience import answer_time, reminders
from daemon.domain.cadence import Cadence, Step
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.settings.calendar_kinds import DAYS, Weekly
from daemon.settings.in_force import Frame, Said

HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Pace:
    """One cadence in use, and the program it is in use under."""

    frame: Frame
    cadence: Cadence
    program: Program

    @property
    def step(self) -> Step:
        """The same for this cadence."""
        return step_of(self.cadence)

    @property
    def hours(self) -> int:
        """The same in hours."""
        return int(self.step.length.total_seconds()) // HOUR_SECONDS

    def written(self, name: str) -> Said | None:
        """The value under this name, if the files say it."""
        said = self.frame.said(name)
        return said if said and said.at else None


def step_of(plan: Cadence) -> Step:
    """From one 1:1 to the next; the sessions of a plan lie about so far apart."""
    if not plan.finite:
        return plan.step
    return Step(weeks=max(1, plan.within_days // plan.sessions // 7))


def check_cadences(frames: Iterable[Frame]) -> None:
    """Every cadence in use against what is set beside it. Each cadence is told of once."""
    for pace in _paces(frames):
        _check_notice(pace)
        _check_answer(pace)
        _check_reminders(pace)
        _check_no_change(pace)


def _paces(frames: Iterable[Frame]) -> Iterator[Pace]:
    told: set[Cadence] = set()
    for frame in frames:
        said, program = frame.said("cadence"), frame.page.program
        if said is not None and program is not None and said.value not in told:
            told.add(said.value)
            yield Pace(frame, said.value, program)


def _check_notice(pace: Pace) -> None:
    """Another time lies within half a step of the one that fell out (RULES 6)."""
    notice = pace.written("notice_hours")
    room = pace.hours if pace.cadence.finite else pace.hours // 2
    if notice and notice.value >= room:
        half = "each session has" if pace.cadence.finite else "half a step is"
        pace.frame.refuse(
            ("notice_hours", "cadence"),
            f"{half} {room} hours, so no other time could be offered.",
            f"Write notice_hours of {room - 1} or less, or a rarer cadence.",
        )


def _check_answer(pace: Pace) -> None:
    answer = pace.written("answer_by_hours")
    if answer and answer.value >= pace.hours:
        pace.frame.refuse(
            ("answer_by_hours", "cadence"),
            f"the next 1:1 is due after {pace.hours} hours, before the answer.",
            f"Write answer_by_hours of {pace.hours - 1} or less, or leave the line out.",
        )


def _check_reminders(pace: Pace) -> None:
    """A reminder after the end of the waiting never goes."""
    if not pace.written("nudge_after_hours") and not pace.written("answer_by_hours"):
        return
    until = answer_time(pace.step, pace.program)
    late = [after for after in reminders(pace.step, pace.program) if after >= until]
    if not late:
        return
    end = int(until.total_seconds()) // HOUR_SECONDS
    why = f"waiting ends after {end} hours, so {_late(len(late))}."
    advice = f"Write reminders before {end} hours, or a longer answer_by_hours."
    both = pace.written("nudge_after_hours") and pace.written("answer_by_hours")
    names: tuple[str, ...] = ("nudge_after_hours", "answer_by_hours")
    if pace.frame.draft:
        names += ("cadence",)
    if both and len(late) == len(reminders(pace.step, pace.program)):
        pace.frame.refuse(names, why, advice)
    else:
        pace.frame.warn(names, why, advice)


def _late(count: int) -> str:
    return "a reminder never goes" if count == 1 else f"{count} reminders never go"


def _check_no_change(pace: Pace) -> None:
    change = pace.written("no_change_hours")
    if change and change.value >= pace.hours:
        pace.frame.warn(
            ("no_change_hours", "cadence"),
            f"the next 1:1 is never further away than {pace.hours} hours, so MOVE always comes too late.",
            f"Write less than {pace.hours}.",
        )


# --- the regular time


def check_regular_time(frame: Frame) -> None:
    """A monthly time says which weekday of the month it means, and a weekly one does not."""
    at, cadence = frame.said("at"), frame.said("cadence")
    if not at or not cadence or not at.value or cadence.value.finite:
        return
    day, monthly = DAYS[at.value.weekday], bool(cadence.value.step.months)
    clock = Weekly().show(at.value).split()[-1]
    if monthly and not at.value.nth:
        frame.refuse(
            ("at", "cadence"),
            f"the time does not say which {day} of the month.",
            f"Write at: first {day} {clock} (or second, third, fourth, last).",
        )
    elif at.value.nth and not monthly:
        frame.refuse(
            ("at", "cadence"),
            f"weeks are counted, so there is no {at.text.split()[0]} one.",
            f"Write at: {day} {clock}, or cadence: monthly.",
        )


def check_second_time(frame: Frame) -> None:
    """A second time that is the first one is none."""
    at, second = frame.said("at"), frame.said("fallback_at")
    if not at or not second or not at.value or not second.value:
        return
    if replace(at.value, nth=0) == second.value:
        frame.refuse(
            ("fallback_at", "at"), "it is the same time.", "Choose another one, or delete it."
        )
