"""Kinds of values that name days on which nobody meets: stretches of dates, and holiday calendars.

Not the dates of holidays: those are looked up when a decision needs them (daemon/dates.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from daemon.dates import known_calendars
from daemon.domain.people import Days
from daemon.settings.calendar_kinds import Day, date_meant
from daemon.settings.kinds import Text, Wrong, listed
from daemon.settings.problem import nearest, shown

_STRETCH = re.compile(
    r"(?P<first>\S+?)(?: +(?:to|until|till|through|[-–—]) +|[–—]|\.\.)(?P<last>\S+)(?: +(?P<name>.+))?"
)
_ONE_DAY = re.compile(r"(?P<first>\S+)(?: +(?P<name>.+))?")
_JOINING = ("to", "until", "till", "through", "-", "–", "—", "bis", "au", "a", "al", "hasta", "até")
_DATE = r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}"
_DATE_IN_NAME = re.compile(rf"(?:.* )?({_DATE})(?: .*)?")
# Two dates, with whatever stands between them in any of these languages.
_TWO_DATES = re.compile(
    rf"(?P<first>{_DATE})(?: +(?:{'|'.join(_JOINING)}))? *(?<![0-9])(?P<last>{_DATE})(?: +(?P<name>.+))?"
)
HALF_A_YEAR = timedelta(days=182)
NAME_CHARACTERS_MAX = 60


@dataclass(frozen=True, slots=True)
class Stretches:
    """Days from one date to another, both included. Only what concerns everybody has a `name`: why a
    person is away is nobody's business (and would stand in letters)."""

    named: bool = False

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a list of dates: one date, or two with `to`" + (
            ", and then a name if you like" if self.named else ""
        )

    def parse(self, text: str) -> tuple[Days, ...]:
        """One stretch."""
        found = _STRETCH.fullmatch(text) or _ONE_DAY.fullmatch(text)
        if found is None:
            raise Wrong("is not a stretch of dates.")
        written = found.groupdict()
        try:
            first = Day().parse(written["first"])
            last = Day().parse(written["last"]) if written.get("last") else first
        except Wrong as wrong:
            raise Wrong(wrong.text, self._corrected(text) or wrong.advice) from None
        name = written["name"] or ""
        self._check_name(text, first, name)
        return self._days(first, last, Text(NAME_CHARACTERS_MAX).parse(name))

    def _check_name(self, text: str, first: date, name: str) -> None:
        """A second date that stands in the name is none: those days would be worked through."""
        joining = name.partition(" ")[0]
        if name in _JOINING:
            raise Wrong("has no second date.", f"Write {first} alone, or a date behind the {name}.")
        dated = _DATE_IN_NAME.fullmatch(name)
        if dated or joining in _JOINING:
            last = date_meant(dated[1]) if dated else None
            apart = (
                f"Write the dates first, with to: {first} to {last}."
                if last
                else f"Write the second date as well: {first} to YYYY-MM-DD."
            )
            raise Wrong("is not two dates with `to`.", self._corrected(text) or apart)
        if name and not self.named:
            raise Wrong("says more than dates.", "Write the dates alone: reasons are not kept.")

    def _corrected(self, text: str) -> str:
        """The whole line to write, where both dates are beyond doubt; else empty."""
        found = _TWO_DATES.fullmatch(text)
        if found is None:
            return ""
        first, last = date_meant(found["first"]), date_meant(found["last"])
        name = f" {found['name']}" if found["name"] and self.named else ""
        return f"Write {first} to {last}{name}." if first and last else ""

    def of_parts(self, given: Mapping[str, Any]) -> tuple[Days, ...]:
        """One stretch that was written as a block."""
        first = given["from"]
        return self._days(first, given.get("to", first), given.get("name", ""))

    def _days(self, first: date, last: date, name: str) -> tuple[Days, ...]:
        if last < first:
            raise Wrong("ends before it begins.", f"Did you mean {_turned(first, last)}?")
        return (Days(first, last, name),)

    def show(self, value: tuple[Days, ...]) -> str:
        """The stretches as written."""
        return ", ".join(days_shown(each) for each in value)


def _turned(first: date, last: date) -> str:
    """What was meant by a last day before the first: over New Year the year is wrong, else the order."""
    if first.year != last.year or first - last < HALF_A_YEAR:
        return f"{last} to {first}"
    return f"{first} to {last.year + 1}-{last:%m}-{min(last.day, 28) if last.month == 2 else last.day:02}"


def days_shown(days: Days) -> str:
    """One stretch as written, without its name."""
    return f"{days.first}" if days.first == days.last else f"{days.first} to {days.last}"


# Countries as people write them, where the first letters do not already lead to the code.
_COUNTRIES = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "bangladesh": "BD", "belgium": "BE",
    "brasil": "BR", "brazil": "BR", "canada": "CA", "chile": "CL", "china": "CN", "colombia": "CO",
    "denmark": "DK", "deutschland": "DE", "egypt": "EG", "england": "GB-ENG", "finland": "FI",
    "france": "FR", "germany": "DE", "ghana": "GH", "greece": "GR", "india": "IN",
    "indonesia": "ID", "ireland": "IE", "israel": "IL", "italy": "IT", "japan": "JP",
    "kenya": "KE", "korea": "KR", "mexico": "MX", "nepal": "NP", "netherlands": "NL",
    "new zealand": "NZ", "nigeria": "NG", "norway": "NO", "pakistan": "PK", "philippines": "PH",
    "poland": "PL", "portugal": "PT", "scotland": "GB-SCT", "singapore": "SG",
    "south africa": "ZA", "spain": "ES", "sri lanka": "LK", "sweden": "SE", "switzerland": "CH",
    "taiwan": "TW", "turkey": "TR", "uganda": "UG", "ukraine": "UA", "united kingdom": "GB",
    "united states": "US", "usa": "US", "vietnam": "VN", "wales": "GB-WLS",
}  # fmt: skip
_PARTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Calendars:
    """Public holidays by the code of a country, or of one of its parts."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "codes of countries or of their parts (ISO 3166), with commas: IN, DE-BE, BR-SP"

    def parse(self, text: str) -> tuple[str, ...]:
        """The codes. Capital letters do not matter."""
        parts = listed(text)
        codes: list[str] = []
        for part in parts:
            try:
                codes.append(_calendar(part))
            except Wrong as wrong:
                if len(parts) == 1:
                    raise
                raise Wrong(f"has {shown(part)} in it, which {wrong.text}", wrong.advice) from None
        return tuple(dict.fromkeys(codes))

    def show(self, value: tuple[str, ...]) -> str:
        """The codes as written."""
        return ", ".join(value)


def _calendar(text: str) -> str:
    known = known_calendars()
    if text in known:
        return text
    same = [code for code in sorted(known) if code.lower() == text.lower().replace("_", "-")]
    if same:
        return same[0]
    named = _COUNTRIES.get(" ".join(text.lower().split()))
    if named:
        raise Wrong("is a name, not a code.", f"Did you mean {named}?")
    raise Wrong("is no holiday calendar.", _advice(text, known))


def _advice(text: str, known: frozenset[str]) -> str:
    country = text.upper().replace("_", "-").partition("-")[0]
    if country in known:
        parts = sorted(code for code in known if code.startswith(f"{country}-"))
        few = ", ".join(parts[:_PARTS_SHOWN]) + (" …" if len(parts) > _PARTS_SHOWN else "")
        return f"Known are {country} alone and {few}." if parts else f"Known is {country} alone."
    meant = nearest(text.lower(), _COUNTRIES)
    if meant:
        return f"Did you mean {_COUNTRIES[meant]}?"
    return "Write the two letters of the country, alone or with its part: IN, DE-BE."
