"""What a `_words.toml` holds: every name, and what its words may speak of.

Not the words of any language: those are beside its templates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NUMBERS_LEAST = 11


@dataclass(frozen=True, slots=True)
class Shape:
    """`names` may stand in {}; those of `needs` have to. `counted`: it speaks of a number, and may differ by plural;
    `weekday`: it speaks of a day of the week, and may differ by its kind."""

    names: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    counted: bool = False
    says_number: bool = True
    weekday: bool = False


@dataclass(frozen=True, slots=True)
class Single:
    """A value that is no pattern. `told` says what it has to be."""

    told: str
    holds: Callable[[Any], bool]


def _needs(
    names: str = "", may: str = "", *, counted: bool = False, weekday: bool = False
) -> Shape:
    needed = frozenset(names.split())
    days = frozenset(("weekday", "weekday_short") if weekday else ())
    return Shape(needed | frozenset(may.split()) | days, needed, counted, counted, weekday)


_DATE = "month month_short"
_NTH = _needs(weekday=True)
_OF_NTH = _needs("nth", weekday=True)

PATTERNS: dict[str, dict[str, Shape]] = {
    "times": {
        "first_of_month": _needs(),
        "am": _needs(),
        "pm": _needs(),
        "day": _needs("day", _DATE, weekday=True),
        "short_date": _needs("day", _DATE),
        "long_date": _needs("day", _DATE),
        "full_date": _needs("day year", _DATE),
        "when": _needs("day clock"),
        "alone": _needs("clock city"),
        "both": _needs("clock city other"),
        "other": _needs("clock city"),
        "other_day": _needs("other", weekday=True),
        "other_weekly": _needs("other", weekday=True),
        "weekly": _needs("clock", weekday=True),
    },
    "rhythms": {
        "minutes": _needs(counted=True),
        "in_turn": _needs("lengths"),
        "sessions": _needs("length", counted=True),
        "a_week": _needs("length"),
        "a_month": _needs("length"),
        "rarer": _needs("length often"),
        "several": _needs("length often"),
        "every_week": _needs(),
        "every_weeks": _needs(counted=True),
        "every_month": _needs(),
        "every_months": _needs(counted=True),
        "every_second": _NTH,
        "every_weeks_on": _needs(counted=True, weekday=True),
        **dict.fromkeys(("first", "second", "third", "fourth", "last"), _NTH),
        **dict.fromkeys(("itself", "day_after", "day_before", "of_month"), _OF_NTH),
        "of_months": _needs("nth", counted=True, weekday=True),
        "regular": _needs("days clock"),
    },
    "stretches": {
        "one_day": _needs("first"),
        "days": _needs("first last"),
        "in_one_month": _needs("first last"),
    },
    "shifts": {
        "hours": _needs(counted=True),
        "earlier": _needs("much"),
        "later": _needs("much"),
    },
    "lists": {"between": _needs(), "or": _needs(), "and": _needs()},
}


def _texts(count: int = 0) -> Single:
    def holds(value: Any) -> bool:
        texts = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
        return texts and len(value) == (count or len(value))

    return Single(f"a list of {count or 'many'} texts", holds)


_YES_NO = Single("true or false", lambda value: isinstance(value, bool))
_TEXT = Single("a text", lambda value: isinstance(value, str) and bool(value))
_KINDS = Single(
    "a list of seven numbers from 0 on",
    lambda value: isinstance(value, list) and len(value) == 7
    and all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each < 7 for each in value),
)  # fmt: skip
_FROM = Single("zone or names", lambda value: value in ("zone", "names"))

SINGLE: dict[str, dict[str, Single]] = {
    "numbers": {"spelled": _texts()},
    "weekdays": {"kinds": _KINDS},
    "months": {},
    "cities": {"from": _FROM},
    "languages": {},
}
"""What has to be there."""
OPTIONAL: dict[str, dict[str, Single]] = {
    "numbers": {"*": _texts()},
    "weekdays": {"long": _texts(7), "short": _texts(7), "dots": _YES_NO},
    "months": {"long": _texts(12), "short": _texts(12), "dots": _YES_NO},
    "cities": {"*": _TEXT},
    "languages": {"*": _TEXT},
}
"""What may be; `*` is any other name."""
