"""The people of the stories: names, zones and hours that every story shares.

Not the simulator's cast: these few never change, so that letters and times can be written down literally.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours, Line, Person
from daemon.domain.program import Program
from daemon.domain.value import replace

OFFICE = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
EVERY_DAY = tuple(Hours(day, 8 * 60, 21 * 60) for day in range(7))

ANA = Person("ana", "Ana Rao", "ana@example.org", "Europe/Berlin", OFFICE)
BEN = Person("ben", "Ben Das", "ben@example.org", "Asia/Kolkata", EVERY_DAY)
CHI = Person("chi", "Chi Lin", "chi@example.org", "Asia/Taipei", EVERY_DAY)
DAN = Person("dan", "Dan Ode", "dan@example.org", "Europe/Berlin", EVERY_DAY)
EVA = Person("eva", "Eva Sol", "eva@example.org", "America/Toronto", EVERY_DAY)
FAY = Person("fay", "Fay Oak", "fay@example.org", "America/Vancouver", EVERY_DAY)
RUI = Person("rui", "Rui Paz", "rui@example.org", "America/Sao_Paulo", OFFICE)

CITIES = {
    "Berlin": "Europe/Berlin",
    "Kolkata": "Asia/Kolkata",
    "Taipei": "Asia/Taipei",
    "Toronto": "America/Toronto",
    "Vancouver": "America/Vancouver",
    "UTC": "UTC",
}
TUESDAY_15 = RegularTime(1, 15, 0)

KOSS = Program(
    "koss",
    "KOSS 1:1s",
    "Maya",
    "maya@example.org",
    "koss@example.org",
    "Asia/Kolkata",
    first_run="send",
)


PATIENT = replace(KOSS, still_good_letters=0)
"""The same, and nobody who only reads is ever asked whether it is still good."""


def line(
    mentor: Person = ANA,
    mentee: Person = BEN,
    at: RegularTime = TUESDAY_15,
    *,
    ends: date | None = None,
) -> Line:
    """A roster line; the wall clock is the mentor's."""
    return Line(f"{mentor.id}-{mentee.id}", "koss", mentor, mentee, mentor.zone, at, ends=ends)
