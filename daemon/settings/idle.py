"""Rules that can never fire: a warning each, because somebody wrote them and waits for them.

Not contradictions, which are refused, and not defaults: nobody waits for those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from daemon.decide.phases import CLOSURE_DAYS
from daemon.domain.people import Line
from daemon.domain.program import HARD_STOP_BUFFER_MINUTES
from daemon.settings.in_force import Frame
from daemon.settings.pairings import Draft

Lined = tuple[Draft, Line]
_LASTING = ("cadence", "starts", "ends", "minimum_weeks", "extend_ask_days", "locked")
"""What says how long a pair lasts, and whether it may go on after that."""


def warn_idle(frame: Frame, lined: Sequence[Lined]) -> None:
    """What a program sets in vain."""
    _warn_endless(frame, lined)
    _warn_locked(frame, lined)
    _warn_policy(frame)
    _warn_never_asked(frame)
    _warn_hard_stop(frame)
    _warn_on_card(frame, lined)
    _warn_never_settled(frame, lined)
    first = frame.said("first_run")
    if first and first.value == "send" and frame.page.values.get("new_people_per_hour"):
        why = "the first letters all go at once."
        frame.warn(
            ("new_people_per_hour", "first_run"), why, "Write first_run: hold, or delete it."
        )
    if frame.page.values.get("break_ahead_days") and not frame.page.values.get("breaks"):
        _alone(frame, "break_ahead_days", "there is no break", "Add breaks:, or delete the line.")
    goals = frame.said("goals")
    if goals and goals.value == "none" and frame.page.values.get("goal_days"):
        change = "Change goals:" if goals.at else "Add goals: smart"
        _alone(frame, "goal_days", "nobody is asked for goals", f"{change}, or delete it.")
    asked = frame.said("extend_ask_days")
    if asked and not asked.value and frame.page.values.get("extend_weeks"):
        frame.warn(
            ("extend_weeks", "extend_ask_days"), "nobody is asked.", "Delete one of the two."
        )


def _warn_on_card(frame: Frame, lined: Sequence[Lined]) -> None:
    """Whoever has so many pairings gets one card a week, and no prep at an hour, or on a day, of a single pair."""
    least = frame.said("week_card_from")
    running = Counter(line.mentor.id for _, line in lined if not line.closing)
    for draft, line in lined:
        if not least or not 0 < least.value <= running[line.mentor.id]:
            continue
        pairings = (
            f"{line.mentor.name} has {running[line.mentor.id]} pairings, and gets one card a week"
        )
        if "prep_mentor_at" in draft.values:
            frame.of(draft).warn(
                ("prep_mentor_at", "week_card_from"),
                f"{pairings}.",
                "Delete it, or write week_card_from: 0 for the program.",
            )
        lead = draft.values.get("prep_mentor_days")
        if lead is not None:
            draft.findings_of("prep_mentor_days").warning(
                lead.at,
                f"prep_mentor_days: {lead.text}  brings no prep with {least.words(draft.findings.file)}: {pairings}, and on that day "
                "a copy of what the mentee has written, where the card has not shown it.",
                "Keep it for that, or write week_card_from: 0 for the program.",
            )


def _alone(frame: Frame, name: str, why: str, advice: str) -> None:
    said = frame.said(name)
    if said and said.at:
        frame.page.findings.warning(said.at, f"{said.written}  has no effect: {why}.", advice)


def _warn_endless(frame: Frame, lined: Sequence[Lined]) -> None:
    """Nobody is asked whether to go on where nothing ends."""
    least = frame.said("minimum_weeks")
    ended = any(line.ends or line.cadence.finite for _, line in lined)
    written = frame.page.values.get("ends") or (least and least.value)
    if lined and not ended and not written:
        for name in ("extend_ask_days", "extend_weeks", "follow_up_days"):
            _alone(frame, name, "nothing ends", "Add ends: or minimum_weeks:, or delete the line.")
        assess = frame.said("assess")
        if assess and assess.value == ("end",):
            _alone(
                frame, "assess", "nothing ends", "Add ends: or minimum_weeks:, or another moment."
            )
    locked = frame.said("locked")
    if locked and "ends" in locked.value and (ended or written):
        for name in ("extend_ask_days", "extend_weeks"):
            if frame.page.values.get(name):
                frame.warn((name, "locked"), "the end is not theirs to put off.", "Delete it.")


def _warn_locked(frame: Frame, lined: Sequence[Lined]) -> None:
    """What is locked has to be there; a locked time that is not would keep a pair from ever meeting."""
    locked, least = frame.said("locked"), frame.said("minimum_weeks")
    if not locked or not locked.at or not lined:
        return
    ended = any(line.ends for _, line in lined) or (least and least.value)
    if "ends" in locked.value and not ended:
        _alone(frame, "locked", "it names ends, and none is set", "Add ends:, or take it out.")
    if "at" not in locked.value:
        return
    for draft, line in lined:
        if line.at is None and not line.cadence.finite and not draft.node.names("at"):
            frame.page.findings.error(
                locked.at,
                f"{locked.written}  does not go with the pairing of {line.mentor.name} and "
                f"{line.mentee.name} ({draft.place_from(frame.page.file)}): it has no at:, and could not agree on one.",
                "Give every pairing an at:, or take at out of locked.",
            )
            return


def _warn_policy(frame: Frame) -> None:
    """Nothing is booked by itself while the mentor has to say first what is possible."""
    policy, first = frame.said("policy"), frame.said("initiator")
    if policy and first and policy.value == "auto-book" and first.value == "mentor":
        frame.warn(
            ("policy", "initiator"),
            "nothing is booked before the mentor has chosen.",
            "Write initiator: mentee, or policy: ask.",
        )


def _warn_never_asked(frame: Frame) -> None:
    """How a question is asked that never is."""
    letters = frame.said("still_good_letters")
    for name in ("still_good_steps", "still_good_answer_days"):
        if letters and not letters.value and frame.page.values.get(name):
            frame.warn((name, "still_good_letters"), "nobody is asked.", "Delete one of the two.")


def _warn_never_settled(frame: Frame, lined: Sequence[Lined]) -> None:
    """The word at the change to maintenance, where every pair is at its close, or gone, before it."""
    word, development = frame.said("maintenance_word"), frame.said("development_weeks")
    if not word or not word.value or not development:
        return
    pairs = [_days_at_most(frame.of(draft)) for draft, line in lined if not line.closing]
    lasts = pairs or [_days_at_most(frame)]
    known = [days for days in lasts if days is not None]
    if len(known) < len(lasts):
        return
    weeks_most = (max(known) - CLOSURE_DAYS) // 7
    if development.value <= weeks_most:
        return
    fewer = f"development_weeks: {weeks_most} or less, or " if weeks_most > 0 else ""
    frame.warn(
        ("maintenance_word", "development_weeks"),
        f"no pair lasts longer than {max(known)} days, and the last {CLOSURE_DAYS} are its close.",
        f"Write {fewer}maintenance_word: false.",
    )


def _days_at_most(frame: Frame) -> int | None:
    """How long a pair can last; None where it goes on, may agree to, or began on a day that no file says."""
    said = [each for name in _LASTING for each in [frame.said(name)] if each]
    if len(said) < len(_LASTING):
        return None
    cadence, starts, ends, least, asked, locked = (each.value for each in said)
    span: int | None = (ends - starts).days if starts and ends and starts < ends else None
    if cadence.finite:
        plan: int = cadence.within_days
        return plan if span is None else min(plan, span)
    if least and not ends:
        span = 7 * least
    goes_on = span is not None and "ends" not in locked and 0 < 2 * asked <= span
    return None if goes_on else span


def _warn_hard_stop(frame: Frame) -> None:
    """What ends on time has some minutes after it, whatever else is said."""
    stop, buffer = frame.said("hard_stop"), frame.said("buffer_minutes")
    if stop and stop.value and buffer and not buffer.value and buffer.at:
        frame.warn(
            ("buffer_minutes", "hard_stop"),
            f"{HARD_STOP_BUFFER_MINUTES} minutes are kept free around each 1:1.",
            "Write how many you want, or delete the line.",
        )


def warn_idle_time(frame: Frame) -> None:
    """A plan of sessions has no regular time, and no second one."""
    cadence = frame.said("cadence")
    for name in ("at", "fallback_at"):
        at = frame.said(name)
        if at and cadence and cadence.value.finite and at.value is not None:
            why = "each session finds a time of its own."
            frame.warn((name, "cadence"), why, f"Delete {name}:.")


def warn_idle_length(frame: Frame) -> None:
    """Nor do its sessions take turns."""
    length, cadence = frame.said("length_minutes"), frame.said("cadence")
    if length and cadence and cadence.value.finite and len(length.value) > 1:
        frame.warn(
            ("length_minutes", "cadence"),
            f"sessions take {length.value[0]} minutes each.",
            "Write one length.",
        )
