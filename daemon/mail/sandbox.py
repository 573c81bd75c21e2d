"""The closed room in which templates run: plain values, few filters, no calls but macros.

Not the templates and not their output: render.py composes and escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jinja2 import StrictUndefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as ALL_FILTERS
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as ALL_TESTS
from markupsafe import Markup

from daemon.mail import times, wording
from daemon.mail.parts import SLOT_CLOSE, SLOT_OPEN, Link

# Whatever can build a huge string or pass a value on unescaped stays outside (trap_78).
FILTERS = (
    *("capitalize", "default", "first", "items", "join", "last", "length", "list", "lower"),
    *("map", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique", "upper"),
)

REWORDED_MAX = 400

TESTS = ("defined", "none", "in", "odd", "even")

_WORDINGS: dict[str, Callable[[str, times.Reading], str]] = {
    "when": times.when,
    "clock": times.clock,
    "weekly": times.weekly,
    "day": times.day,
    "weekday": times.weekday,
    "short_date": times.short_date,
    "long_date": times.long_date,
    "full_date": times.full_date,
}


_COUNTS: dict[str, Callable[[Any, times.Reading], str]] = {
    "amount": wording.amount,
    "language": wording.language,
    "minutes": wording.minutes,
    "how_often": wording.how_often,
    "numbers": wording.numbers,
    "people": wording.people,
    "translated": wording.translated,
    "days": wording.days,
    "shifted": wording.shifted,
    "city": wording.city,
}


def _words(name: str) -> str:
    """`next_start` → `next start`."""
    return name.replace("_", " ")


@pass_context
def _plain(context: Context, value: Any) -> str:
    return times.plain(value, context.parent["_reading"])


@pass_context
def _slot(context: Context, value: Any) -> Markup:
    """Keep a printed value aside and leave a numbered slot, so that no markup ever sees the value."""
    if isinstance(value, Markup):
        return value  # what a macro or a block already wrote; its values are slots
    if value is None:
        raise TypeError("a value is missing (None)")
    kept: list[str] = context.parent["_values"]
    kept.append(value if isinstance(value, Link) else str(value))
    return Markup(f"{SLOT_OPEN}{len(kept) - 1}{SLOT_CLOSE}")


def _worded(wording: Callable[[str, times.Reading], str]) -> Callable[[Context, Any], str]:
    @pass_context
    def worded(context: Context, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError("a time or a date is wanted here")
        return wording(value, context.parent["_reading"])

    return worded


def _counted(wording_of: Callable[[Any, times.Reading], str]) -> Callable[[Context, Any], str]:
    @pass_context
    def counted(context: Context, value: Any) -> str:
        return wording_of(value, context.parent["_reading"])

    return counted


@pass_context
def _when_with(context: Context, value: Any, zone: str) -> str:
    """A time in a letter about several people: each with the clock of whom it is with."""
    if not isinstance(value, str):
        raise TypeError("a time is wanted here")
    return times.when(value, replace(context.parent["_reading"], partner_zone=zone))


@pass_context
def _spelled(context: Context, value: Any, form: str = "spelled") -> str:
    return wording.spelled(value, context.parent["_reading"], form)


@pass_context
def _regular(context: Context, value: Any, weeks: int, months: int, clock: bool = True) -> str:
    if not isinstance(value, str):
        raise TypeError("a time is wanted here")
    anchor = context.parent["anchor"]
    return wording.regular(value, context.parent["_reading"], weeks, months, anchor, clock)


def _reworded(value: Any, words: dict[str, str]) -> str:
    """A figure in the words of the letter: each of `words` that stands in it, read once from the left.

    Raises SecurityError where it would grow beyond a line or two, so no chain of it builds a huge text (trap_78).
    """
    known = re.compile("|".join(re.escape(one) for one in sorted(words, key=len, reverse=True)))
    told = known.sub(lambda found: words[found[0]], str(value)) if words else str(value)
    if len(told) > REWORDED_MAX:
        raise SecurityError(f"reworded gives at most {REWORDED_MAX} characters")
    return told


class ClosedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 with data only: nothing can be called, and no text can be multiplied."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic is for small numbers only."""
        small = all(isinstance(one, int) and abs(one) < 10**6 for one in (left, right))
        if operator == "**" or not small:
            raise SecurityError(f"{operator} is only for small numbers here")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Attributes of records, never methods: a template shows values and does nothing."""
        return super().is_safe_attribute(obj, attr, value) and not callable(value)

    def call(self, context: Context, obj: Any, *given: Any, **named: Any) -> Any:
        """Only macros can be called."""
        if not isinstance(obj, Macro):
            raise SecurityError("nothing can be called here")
        return super().call(context, obj, *given, **named)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only macros."""
        return isinstance(obj, Macro)


def environment() -> ClosedEnvironment:
    """The environment every template is compiled in, once."""
    room = ClosedEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_slot,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    room.globals.clear()
    room.tests = {name: ALL_TESTS[name] for name in TESTS}
    room.filters = {name: ALL_FILTERS[name] for name in FILTERS}
    room.filters.update({name: _worded(wording) for name, wording in _WORDINGS.items()})
    room.filters.update({name: _counted(worded) for name, worded in _COUNTS.items()})
    room.filters.update(
        {
            "regular": _regular,
            "reworded": _reworded,
            "spelled": _spelled,
            "when_with": _when_with,
            "link": Link,
            "words": _words,
            "plain": _plain,
        }
    )
    return room


def filter_names() -> list[str]:
    """What may stand behind a | in a template."""
    return sorted(environment().filters)
