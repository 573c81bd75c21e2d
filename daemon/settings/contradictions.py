"""Settings of one program, or of one pairing, that exclude each other: refused, with both places (file, line and column).

Not what a cadence or a date has to do with it: that is against_cadence.py and against_dates.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from daemon.settings.in_force import Frame, Said, listed_and
from daemon.settings.kinds import clock_of
from daemon.settings.report_kinds import RHYTHMS

Pick = Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Order:
    """One number that another must not exceed, or (`below`) not even reach. `why` says what would follow."""

    low: str
    high: str
    why: str
    below: bool = False
    last: bool = False
    """Of a list of rising numbers the last one counts."""


ORDERS = (
    Order("letters_per_day", "letters_per_week", "the week would be full before its first day."),
    Order(
        "letters_per_day", "letters_hard_cap", "what a day allows would be put on hold.",
    ),
    Order(
        "slot_closes_hours", "notice_hours", "a time could be closed when it is offered.",
        below=True,
    ),
    Order(
        "no_change_hours", "undo_until_hours",
        "UNDO would move a 1:1 when nothing may be moved any more.",
    ),
    Order(
        "resume_ahead_days", "pause_days_max", "a pause would be over before it begins.",
        below=True,
    ),
    Order(
        "troubled_after_hours", "troubled_tell_hours",
        "the contact would be told before it counts as trouble.",
    ),
    Order(
        "setup_nudge_days", "setup_tell_days",
        "the contact would be told before the last reminder.", below=True, last=True,
    ),
    Order(
        "presume_after_days", "correct_within_days",
        "nobody could correct what silence has settled.",
    ),
)  # fmt: skip


LADDER = ("kindly_after", "lighter_after", "word_after")


def check_program(frame: Frame) -> None:
    """Every contradiction inside one program."""
    for order in ORDERS:
        _check_order(frame, order)
    _check_ladder(frame)
    _check_preps(frame)
    _check_proof(frame)
    _check_readers(frame)


def check_pairing(frame: Frame) -> None:
    """What of it a pairing says for itself."""
    for order in ORDERS:
        if order.low == "letters_per_day":
            _check_order(frame, order)
    _check_preps(frame)


def _check_order(frame: Frame, order: Order) -> None:
    low, high = frame.said(order.low), frame.said(order.high)
    if low is None or high is None:
        return
    small = low.value[-1] if order.last else low.value
    if small < high.value or (small == high.value and not order.below):
        return
    if frame.blamed((order.low, order.high)) == low:
        most = high.value - 1 if order.below else high.value
        advice = f"Write {most} or less here, or a greater {order.high}."
    else:
        advice = f"Write {small + order.below} or more here, or a smaller {order.low}."
    frame.refuse((order.low, order.high), order.why, advice)


def _check_ladder(frame: Frame) -> None:
    """Each step that is ever asked has to be reached before the one behind it (RULES 4)."""
    steps = [said for name in LADDER for said in [frame.said(name)] if said and said.value[0]]
    for mild, harsh in pairwise(steps):
        _check_steps(frame, mild, harsh)


def _check_steps(frame: Frame, mild: Said, harsh: Said) -> None:
    (count, of_last), (later, of_later) = mild.value, harsh.value
    # The fewest that lie in the harsher window when the milder number is just reached; the latest fell out.
    fewest = max(1, count - max(0, of_last - of_later))
    if fewest >= later:
        frame.refuse(
            (mild.name, harsh.name),
            f"{mild.name} would never be reached before {harsh.name}.",
            "Write shares that rise, like 2 of 6 and 3 of 8; or never for one of them.",
        )


# --- the hours of the prep letters


def in_quiet(minute: int, quiet: tuple[int, int]) -> bool:
    """Whether a minute of the day lies in quiet hours, over midnight or not."""
    start, end = quiet
    return start <= minute < end if start < end else minute >= start or minute < end


def _check_preps(frame: Frame) -> None:
    """Both preps inside the quiet hours: refused. One: it always goes earlier, which is a warning."""
    quiet = frame.said("quiet_hours")
    preps = [said for name in ("prep_mentee_at", "prep_mentor_at") for said in [frame.said(name)]]
    if quiet is None:
        return
    inside = [said for said in preps if said and in_quiet(said.value, quiet.value)]
    if len(inside) == 2:
        frame.refuse(
            ("quiet_hours", "prep_mentee_at", "prep_mentor_at"),
            "no prep letter could go at its hour.",
            f"Write prep hours between {_awake(quiet)}, or shorter quiet hours.",
        )
    elif inside:
        frame.warn(
            (inside[0].name, "quiet_hours"),
            f"that letter always goes earlier, before {clock_of(quiet.value[0])}.",
            f"Write an hour between {_awake(quiet)}.",
        )


def _awake(quiet: Said) -> str:
    start, end = quiet.value
    return f"{clock_of(end)} and {clock_of(start)}"


# --- what proves a sender


def _check_proof(frame: Frame) -> None:
    """The word of a server counts under its name alone; under no name it never would."""
    verify, server = frame.said("verify"), frame.said("authserv_id")
    if verify is None or server is None:
        return
    if verify.value == "results" and not server.value:
        frame.refuse(
            ("verify", "authserv_id"), "no mail would ever count.",
            "Write the name with which your mail server begins Authentication-Results.",
        )  # fmt: skip
    elif verify.value == "token" and server.value:
        frame.warn(
            ("authserv_id", "verify"), "our token alone proves a sender.", "Write verify: results."
        )


# --- who reads which report


def _check_readers(frame: Frame) -> None:
    """A report that is not made is read by nobody, and whoever reads none of those that are made gets nothing."""
    made, readers = frame.said("reports"), frame.said("reports_to")
    if made is None or readers is None:
        return
    named = {rhythm for each in readers.value for rhythm in each.every}
    missing = [rhythm for rhythm in RHYTHMS if rhythm in named and rhythm not in made.value]
    if missing:
        wanted = ", ".join(each for each in RHYTHMS if each in (*made.value, *missing))
        frame.refuse(
            ("reports", "reports_to"), f"no {missing[0]} report is made.",
            f"Write reports: {wanted}, or take the word out.",
        )  # fmt: skip
    else:
        _warn_of_nothing(frame, made, readers)


def _warn_of_nothing(frame: Frame, made: Said, readers: Said) -> None:
    """Who is named without a rhythm gets all but the weekly report, and there may be no other."""
    without = [each.name for each in readers.value if not any(map(each.reads, made.value))]
    if not without or not readers.at:
        return
    if made.value:
        why = f"no rhythm behind an address means all but {RHYTHMS[0]}"
        advice = f"Write {RHYTHMS[0]} behind the address, or reports: {RHYTHMS[0]}, {RHYTHMS[1]}."
    else:
        why, advice = "none is made", f"Write reports: {RHYTHMS[1]}, or delete the line."
    frame.page.findings.warning(
        readers.at,
        f"{readers.written}  brings {listed_and(without)} no report with {made.words(readers.file)}: {why}.",
        advice,
    )
