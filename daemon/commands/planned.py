"""What was foreseen, in words: one effect, all of a pairing, and the totals.

Not how it is laid out (looking_ahead.py), and never a subject or a word of a letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daemon.decide.keys import origin_of
from daemon.domain.effect import (
    CancelMeeting,
    Effect,
    EndSeries,
    MoveMeeting,
    PutMeeting,
    PutSeries,
    SendLetter,
)
from daemon.foresight import Foreseen
from daemon.ledger import day_words, effect_words, series_words
from daemon.mail.times import city

HAPPENS = ("done", "later", "on hold")


def what_words(each: Foreseen, names: Mapping[str, str], zone: str) -> str:
    """What that effect is for people who have their calendar in mind."""
    change = each.effect.change if each.effect else None
    match change:
        case PutSeries():
            return f"the series is {series_words(change.rule)}"
        case EndSeries():
            until = change.rule.until
            return f"the series ends on {day_words(until)}" if until else "the series goes on"
        case MoveMeeting():
            return f"the 1:1{_of(each.key)} moves to {_moment(change.to.start, zone)}"
        case PutMeeting():
            return f"a 1:1 on {_moment(change.slot.start, zone)}"
        case CancelMeeting():
            return f"the 1:1{_of(each.key)} comes off the calendar"
        case SendLetter():
            person = names.get(change.person, change.person)
            return f"letter to {person}: {change.touchpoint}{_of(each.key)}"
    return effect_words(each.key, names)


def _of(key: str) -> str:
    origin = origin_of(key)
    return f" of {day_words(origin.day)}" if origin else ""


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date())} {local:%H:%M} {city(zone)}"


# --- totals


def totals(effects: Iterable[Foreseen]) -> Counter[str]:
    """How much of what would happen. A series that ends where another begins is split."""
    counts: Counter[str] = Counter()
    put: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for each in effects:
        if each.effect is None or each.becomes not in HAPPENS:
            continue
        if each.effect.port == "mail":
            counts["letters"] += 1
        elif isinstance(each.effect.change, PutSeries):
            put[each.lane] += 1
        elif isinstance(each.effect.change, EndSeries):
            ended[each.lane] += 1
        else:
            counts[type(each.effect.change).__name__] += 1
    split = put & ended
    counts["split"] = split.total()
    counts["put"], counts["ended"] = (put - split).total(), (ended - split).total()
    return +counts


_WORDS = (
    ("split", "series split", "series split"),
    ("put", "series put", "series put"),
    ("ended", "series ended", "series ended"),
    ("MoveMeeting", "1:1 moved", "1:1s moved"),
    ("PutMeeting", "1:1 put", "1:1s put"),
    ("CancelMeeting", "1:1 taken off", "1:1s taken off"),
    ("Invite", "guest invited", "guests invited"),
    ("Uninvite", "guest taken off", "guests taken off"),
    ("letters", "letter", "letters"),
)


def totals_words(counts: Mapping[str, int]) -> str:
    """`25 series split, 50 letters`; empty for nothing."""
    said = [(counts.get(name, 0), one, many) for name, one, many in _WORDS]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in said if count)


def first_of(effects: Iterable[Foreseen]) -> date | None:
    """The first day of the earliest series that is put."""
    days = [
        each.effect.change.rule.begins.date()
        for each in effects
        if each.effect and isinstance(each.effect.change, PutSeries) and each.becomes in HAPPENS
    ]
    return min(days, default=None)


# --- what other files change


def same(effect: Effect) -> tuple[str, str]:
    """What makes two effects of two looks ahead the same: a letter is, though its words may differ."""
    return effect.stem, "" if effect.port == "mail" else effect.basis


def beyond(some: Iterable[Foreseen], others: Iterable[Foreseen]) -> set[str]:
    """The keys of what happens only in the first of two looks ahead."""
    known = {same(each.effect) for each in others if each.effect and each.becomes in HAPPENS}
    return {
        each.key
        for each in some
        if each.effect and each.becomes in HAPPENS and same(each.effect) not in known
    }
