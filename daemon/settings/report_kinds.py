"""Kinds of values about reports: which are wanted, and who reads them.

Not what stands in a report: daemon/measures.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.domain.program import Reader
from daemon.settings.addresses import NamedMail
from daemon.settings.kinds import Choice, Wrong, listed

RHYTHMS = ("weekly", "monthly", "quarterly", "annual")
NONE = "none"
READERS_MOST = 10
_SAME_AS = (("yearly", "annual"), ("annually", "annual"), ("week", "weekly"), ("month", "monthly"))


@dataclass(frozen=True, slots=True)
class Reports:
    """Some of four rhythms, or none."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"{', '.join(RHYTHMS)}, those that are wanted, with commas; or {NONE}"

    def parse(self, text: str) -> tuple[str, ...]:
        """The rhythms, each once, the shortest first."""
        if text.lower() == NONE:
            return ()
        one = Choice(RHYTHMS, same_as=_SAME_AS)
        wanted = {one.parse(each) for each in listed(text)}
        if not wanted:
            raise Wrong("names none.", f"Write {NONE}, if no report is wanted.")
        return tuple(each for each in RHYTHMS if each in wanted)

    def show(self, value: tuple[str, ...]) -> str:
        """As written."""
        return ", ".join(value) or NONE


@dataclass(frozen=True, slots=True)
class ReportReaders:
    """Human beings with a name and an address of their own."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return f"names with their addresses, with commas, at most {READERS_MOST}"

    def parse(self, text: str) -> tuple[Reader, ...]:
        """Each once."""
        found: dict[str, Reader] = {}
        for each in listed(text):
            name, address = NamedMail().parse(each)
            found.setdefault(address, Reader(name, address))
        if not found:
            raise Wrong("names no one.", "Delete the line: the contact reads them then.")
        if len(found) > READERS_MOST:
            raise Wrong(f"has more than {READERS_MOST} readers.")
        return tuple(found.values())

    def show(self, value: tuple[Reader, ...]) -> str:
        """As written."""
        return ", ".join(f"{each.name} <{each.address}>" for each in value)
