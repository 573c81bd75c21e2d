"""Telling: everything that is decided on a stage, as lines that can be read and compared.

Not what is remembered: a lane's state may be built differently tomorrow and decide the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from daemon.domain.effect import Change, Effect, SendLetter, TellAdmin
from daemon.domain.record import document
from daemon.domain.world import LaneRecord, Plan
from daemon.ports import Rendered, Store

WIDTH = 116
_UNTOLD = ("is", "calendar", "uid", "expected")


class Told:
    """A store that also writes down, line by line, what every plan says. The rest is the store behind it."""

    def __init__(self, store: Store, lines: list[str]) -> None:
        self._store = store
        self._lines = lines

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, record: LaneRecord, plan: Plan, rendered: Rendered, *, now: datetime) -> None:
        """As ever, and told."""
        self._store.commit(record, plan, rendered, now=now)
        for line in _of_plan(plan):
            text = f"{now:%a} {now.day} {now:%b %H:%M}  {line}"
            self._lines += textwrap.wrap(
                text,
                WIDTH,
                subsequent_indent=" " * 8,
                break_long_words=False,
                break_on_hyphens=False,
            )


def _of_plan(plan: Plan) -> Iterator[str]:
    lane = plan.lane.partition("/")[2]
    for reason in plan.reasons:
        yield f"{lane} because {reason.text}" + f" [{reason.key}]" * bool(reason.key)
    for how, ends in (("withdrawn", plan.withdraw), ("skipped", plan.skip)):
        for key, why in ends:
            yield f"{lane} {how} {key}: {why}"
    for effect in plan.effects:
        yield f"{lane} {_named(effect)}{_facts(effect.change)} ({effect.reason}){_until(effect)}"
    for to, seen in plan.forward:
        yield f"{lane} → {to}: {_plain(document(seen))}"


def _named(effect: Effect) -> str:
    match effect.change:
        case SendLetter(touchpoint, person):
            return f"LETTER {person} {touchpoint}"
        case TellAdmin(fact):
            return f"CONTACT {fact}"
        case _:
            return f"CALENDAR {effect.kind}"


def _facts(change: Change) -> str:
    told = change.facts if isinstance(change, SendLetter | TellAdmin) else document(change)
    untold = _UNTOLD if told.get("meet") else (*_UNTOLD, "meet")
    shown = {name: value for name, value in told.items() if name not in untold}
    return f" {_plain(shown)}" if shown else ""


def _until(effect: Effect) -> str:
    held = f" on hold: {effect.hold}" if effect.hold else ""
    return f" until {effect.closes:%a} {effect.closes.day} {effect.closes:%b %H:%M}{held}"


def _plain(value: Any) -> str:
    """Facts without quotes and braces where they can be missed."""
    match value:
        case Mapping():
            return "; ".join(
                f"{name}: {_plain(each)}"
                for name, each in value.items()
                if each not in ("", None, (), [])
            )
        case list() | tuple():
            return "[" + " | ".join(_plain(each) for each in value) + "]"
        case _:
            return str(value)
