"""Time zones as people write them: cities, and the abbreviations that nobody can rely on.

Not conversion: that is zoneinfo's, over the tzdata that we ship.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from daemon.domain.people import ROLES
from daemon.settings.kinds import Wrong
from daemon.settings.problem import nearest

_OFFSET = re.compile(r"(UTC|GMT)? ?[+-][0-9]{1,2}(:?[0-9]{2})?", re.IGNORECASE)

# Abbreviations that people write, with whom they belong to and the cities to write instead.
_ABBREVIATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "IST": (
        "is used in India, Ireland and Israel",
        ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    ),
    "CST": (
        "is used in the United States, China and Cuba",
        ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    ),
    "BST": ("is used in Britain and Bangladesh", ("Europe/London", "Asia/Dhaka")),
    "AST": ("is used in Canada and Arabia", ("America/Halifax", "Asia/Riyadh")),
    "SST": ("is used in Singapore and Samoa", ("Asia/Singapore", "Pacific/Pago_Pago")),
    "PST": (
        "is used in the United States and the Philippines",
        ("America/Los_Angeles", "Asia/Manila"),
    ),
    "CET": ("is kept only half the year", ("Europe/Berlin", "Europe/Paris")),
    "EST": ("is kept only half the year", ("America/New_York", "America/Toronto")),
    "GMT": ("is kept in Britain only half the year", ("Europe/London", "Africa/Accra")),
    "WET": ("is kept only half the year", ("Europe/Lisbon",)),
    "EET": ("is kept only half the year", ("Europe/Athens", "Europe/Kyiv")),
    "MET": ("knows no city", ("Europe/Berlin",)),
    "MST": ("is kept only half the year", ("America/Denver", "America/Phoenix")),
    "HST": ("knows no city", ("Pacific/Honolulu",)),
    "EDT": ("is kept only half the year", ("America/New_York", "America/Toronto")),
    "CDT": ("is kept only half the year", ("America/Chicago",)),
    "MDT": ("is kept only half the year", ("America/Denver",)),
    "PDT": ("is kept only half the year", ("America/Los_Angeles",)),
    "CEST": ("is kept only half the year", ("Europe/Berlin", "Europe/Paris")),
    "EEST": ("is kept only half the year", ("Europe/Athens", "Europe/Kyiv")),
    "WEST": ("is kept only half the year", ("Europe/Lisbon",)),
    "AEST": ("is kept only half the year", ("Australia/Sydney", "Australia/Brisbane")),
    "AEDT": ("is kept only half the year", ("Australia/Sydney",)),
    "NZST": ("is kept only half the year", ("Pacific/Auckland",)),
    "JST": ("knows no city", ("Asia/Tokyo",)),
    "KST": ("knows no city", ("Asia/Seoul",)),
    "SGT": ("knows no city", ("Asia/Singapore",)),
    "HKT": ("knows no city", ("Asia/Hong_Kong",)),
    "PKT": ("knows no city", ("Asia/Karachi",)),
    "MSK": ("knows no city", ("Europe/Moscow",)),
    "BRT": ("knows no city", ("America/Sao_Paulo",)),
    "EAT": ("knows no city", ("Africa/Nairobi",)),
    "WAT": ("knows no city", ("Africa/Lagos",)),
    "SAST": ("knows no city", ("Africa/Johannesburg",)),
}
# Places without a zone of their own name, and where their clocks are; the nearest name would be another country.
_PLACES = {
    "india": "Asia/Kolkata", "delhi": "Asia/Kolkata", "new_delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata", "chennai": "Asia/Kolkata",
    "hyderabad": "Asia/Kolkata", "pune": "Asia/Kolkata", "germany": "Europe/Berlin",
    "munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "frankfurt": "Europe/Berlin",
    "cologne": "Europe/Berlin", "france": "Europe/Paris", "spain": "Europe/Madrid",
    "barcelona": "Europe/Madrid", "italy": "Europe/Rome", "milan": "Europe/Rome",
    "geneva": "Europe/Zurich", "beijing": "Asia/Shanghai", "china": "Asia/Shanghai",
    "osaka": "Asia/Tokyo", "san_francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "boston": "America/New_York", "washington": "America/New_York", "miami": "America/New_York",
    "rio": "America/Sao_Paulo", "rio_de_janeiro": "America/Sao_Paulo", "brazil": "America/Sao_Paulo",
    "montreal": "America/Toronto", "ottawa": "America/Toronto", "abuja": "Africa/Lagos",
    "nigeria": "Africa/Lagos", "kenya": "Africa/Nairobi",
}  # fmt: skip
# Names in tzdata that are rules of the past or no place at all.
_NOT_A_PLACE = frozenset(
    ("Factory", "localtime", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "ROC", "ROK")
)


@cache
def zone_names() -> frozenset[str]:
    """Every zone of the tzdata that we ship, whatever the machine has (traps 8, 91)."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return frozenset(listed) - _NOT_A_PLACE


def has_zone(name: str) -> bool:
    """Whether this is an IANA name that can be loaded."""
    if name not in zone_names():
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # trap 8: a folder or a damaged file behind the name
        return False
    return True


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


@cache
def _zone_meant(text: str) -> str:
    wanted = text.lower().replace(" ", "_")
    place = wanted.rpartition("/")[2]
    if place in _PLACES:
        return _PLACES[place]
    by_city: dict[str, str] = {}
    for name in sorted(zone_names(), reverse=True):
        by_city[name.lower()] = name
        by_city.setdefault(name.lower().rpartition("/")[2], name)
    if wanted in by_city:
        return by_city[wanted]
    near = nearest(wanted, by_city)
    return by_city[near] if near else ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its city."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "a time zone by its city (IANA name), or UTC"

    def parse(self, text: str) -> str:
        """The IANA name. An abbreviation is refused, even where tzdata knows it."""
        if text.upper() in _ABBREVIATIONS:
            why, cities = _ABBREVIATIONS[text.upper()]
            raise Wrong(f"{why}.", f"Write the city: {_either(cities)}.")
        if has_zone(text):
            return text
        if _OFFSET.fullmatch(text):
            raise Wrong(
                "is an offset, which knows no summer time.", "Write the city: Asia/Kolkata."
            )
        inside = next((name for name in sorted(zone_names()) if name.startswith(f"{text}/")), "")
        if inside:
            raise Wrong("is not a time zone.", f"Write the city as well, as in {inside}.")
        meant = _zone_meant(text) if len(text) <= 60 else ""
        if meant:
            raise Wrong("is not a time zone.", f"Did you mean {meant}?")
        raise Wrong("is not a time zone.", "Write the city: Asia/Kolkata, Europe/Berlin …")

    def show(self, value: str) -> str:
        """The IANA name."""
        return value


@dataclass(frozen=True, slots=True)
class Anchor:
    """Whose clock keeps the regular time: a role, or a zone of its own."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"mentor, mentee, or {Zone().allowed}"

    def parse(self, text: str) -> str:
        """The role in small letters, or the IANA name."""
        return text.lower() if text.lower() in ROLES else Zone().parse(text)

    def show(self, value: str) -> str:
        """The word as written."""
        return value
