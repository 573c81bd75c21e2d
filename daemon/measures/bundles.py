"""Answers that are given once, as sums of a program into which they go in bundles: no step is about fewer than five people.

Not the means of them (formulas.py). What is in a sum stays there, so that neither a next answer nor one that is forgotten
with its pairing can be told from two reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from daemon.domain.value import replace
from daemon.domain.world import PairingState
from daemon.measures.formulas import LEAST
from daemon.ports import Store

OVER_EVERYWHERE = timedelta(days=2)
"""So long after its date a day is over in every zone, and no answer of it is still to come."""


class Sum(Struct, frozen=True, omit_defaults=True):
    """So many answers, what they come to, and the last day that has been gone through."""

    answers: int = 0
    total: int = 0
    until: date = date.min


class Sums(Struct, frozen=True, omit_defaults=True):
    """Of one program: how sure mentees were at each moment, by how much surer at the end than at the start, and what it
    was worth to those whose pairing is over."""

    start: Sum = Sum()
    mid: Sum = Sum()
    end: Sum = Sum()
    delta: Sum = Sum()
    exit: Sum = Sum()


@dataclass(frozen=True, slots=True)
class Answer:
    """Of whom, on which day. `begun`: on which day the one was given that it is compared with."""

    person: str
    day: date
    value: int
    begun: date = date.min


def sums_of(store: Store, program: str) -> Sums:
    """As they were left."""
    kept = store.value(_name(program))
    return msgspec.json.decode(kept, type=Sums) if kept else Sums()


def sum_up(store: Store, program: str, states: Iterable[PairingState], now: datetime) -> None:
    """Takes in what has come since; of the same answers it makes the same sums, however often it is called. `states` are
    those of all pairings."""
    pairs = [state for state in states if state.line.program == program]
    known = sums_of(store, program)
    found = taken_in(known, pairs, (now - OVER_EVERYWHERE).date())
    if found != known:
        store.keep_value(_name(program), msgspec.json.encode(found).decode())


def taken_in(known: Sums, states: Iterable[PairingState], last: date) -> Sums:
    """The sums with the answers up to that day, as far as they make a bundle."""
    pairs = list(states)
    found = replace(
        known, start=_bundled(known.start, _at("start", pairs), last), mid=_bundled(known.mid, _at("mid", pairs), last),
        end=_bundled(known.end, _at("end", pairs), last), exit=_bundled(known.exit, _at("exit", pairs), last),
    )  # fmt: skip
    both = [each for each in _both(pairs) if known.delta.until < each.day <= found.end.until]
    delta = _bundled(known.delta, both, found.end.until)
    at_one_alone = found.start.answers + found.end.answers - 2 * delta.answers
    waits = any(each.begun > found.start.until for each in both)
    # Else start and end, less the delta, would say what the few answered who answered at one of the two alone.
    if waits or 0 < at_one_alone < LEAST:
        return found
    return replace(found, delta=delta)


def _bundled(known: Sum, answers: Sequence[Answer], last: date) -> Sum:
    """With all that came after the last bundle, if that is of five people or more."""
    came = [each for each in answers if known.until < each.day <= last]
    if len({each.person for each in came}) < LEAST:
        return known
    total = known.total + sum(each.value for each in came)
    return Sum(known.answers + len(came), total, last)


def _at(about: str, states: Iterable[PairingState]) -> list[Answer]:
    return [
        Answer(state.line.person(each.role).id, each.day, each.value)
        for state in states
        for each in state.alone.ratings
        if each.about == about
    ]


def _both(states: Iterable[PairingState]) -> list[Answer]:
    """By how much surer at the end, of those who have answered at the start as well."""
    found = []
    for state in states:
        rated = {each.about: each for each in state.alone.ratings}
        start, end = rated.get("start"), rated.get("end")
        if start and end:
            gain = end.value - start.value
            found.append(Answer(state.line.mentee.id, end.day, gain, start.day))
    return found


def _name(program: str) -> str:
    return f"sums/{program}"
