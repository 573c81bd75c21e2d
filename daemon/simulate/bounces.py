"""Bounces: what has to hold of addresses whose letters come back, seen from the mail servers and from the contact.

Not the rule (daemon/decide/bounced.py): only reports that were sent, letters that came after them, and what the
contact was told are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.people import Address, Line
from daemon.simulate.letterbox import Letter
from daemon.simulate.postmaster import Refusal

GRACE = timedelta(hours=8)
"""A mailbox that cannot be read for hours is one of the faults: until then letters may still go there."""
TOLD_WITHIN = timedelta(days=1)


@dataclass(slots=True)
class Bounces:
    """Everything that came back. `keys` are those letters."""

    lines: Mapping[str, Line]
    keys: set[str] = field(default_factory=set)
    gone: dict[Address, datetime] = field(default_factory=dict)
    """Since when the program can know that an address does not exist."""
    first: dict[Address, datetime] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    """How often the contact read of an address on hold, by whose it is."""

    def returned(
        self,
        letter: Letter,
        refusal: Refusal,
        down: Callable[[datetime, datetime], bool],
        wrote: Mapping[Address, datetime],
    ) -> Iterator[str]:
        """A letter that no mailbox takes; answers what is wrong with its having been sent. `wrote`: who has written from an
        address since it came back is written to there once more."""
        self.keys.add(letter.key)
        since = self.gone.get(letter.to)
        since = max(since, wrote.get(letter.to, since)) if since else None
        if since and letter.at > since + GRACE and not down(since, letter.at):
            yield f"sent to an address that does not exist, known since {since}: {letter.key}"
        if refusal.for_good:
            self.gone.setdefault(letter.to, letter.at)
            self.first.setdefault(letter.to, letter.at)

    def works(self, address: Address) -> None:
        """The mailbox is there again, and an admin has said so: what comes back from then on is news."""
        self.gone.pop(address, None)
        self.first.pop(address, None)
        self.told.pop(self._name(address), None)

    def letter(self, letter: Letter) -> Iterator[str]:
        """Something that the contact reads."""
        if "/address-on-hold/" not in letter.key:
            return
        names = [
            person.name
            for line in self.lines.values()
            for person in line.people
            if f": {person.name}\n" in letter.text
        ]
        for name in dict.fromkeys(names):
            self.told[name] += 1
            if self.told[name] > 1:
                yield f"the contact reads once more of the same address: {letter.key}"
        if not any(self._name(address) in names for address in self.first):
            yield f"on hold, and nothing came back from there for good: {letter.key}"

    def finish(self, now: datetime) -> Iterator[str]:
        """At the end: whoever could not be reached, the contact knows."""
        for address, since in self.first.items():
            if now - since > TOLD_WITHIN and not self.told[self._name(address)]:
                yield f"nobody was told that {address} does not exist, since {since}"

    def _name(self, address: Address) -> str:
        people = (p for line in self.lines.values() for p in line.people)
        return next(person.name for person in people if person.address == address)
