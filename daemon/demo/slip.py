"""A slip in the files: an address that nobody has, what its mail server does, and how it is put right.

Not what the daemon makes of it (daemon/decide/bounced.py): it sees a report in its mailbox, and other files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from daemon.decide.keys import lane_of_pairing
from daemon.demo.happening import Happening, Tone, fact_of
from daemon.demo.script import Typo
from daemon.domain.people import Address, Line, Person
from daemon.domain.program import Config
from daemon.simulate.hands import Hands
from daemon.simulate.letterbox import Letter, letter
from daemon.simulate.postmaster import NO_SUCH_USER, returned


@dataclass(slots=True)
class Slip:
    """One wrong address in the files below `folder`, from the beginning until the contact corrects it."""

    typo: Typo
    line: Line
    folder: Path
    read: Callable[[], Config]
    in_files: Config = field(init=False)

    def __post_init__(self) -> None:
        self._write(self._person.address, self.typo.address)

    @property
    def _person(self) -> Person:
        return self.line.person(self.typo.role)

    def _write(self, old: Address, new: Address) -> None:
        for path in sorted(self.folder.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if old in text:
                path.write_text(text.replace(old, new), encoding="utf-8")
        self.in_files = self.read()

    def turned_away(self, hands: Hands, now: datetime) -> list[Letter]:
        """Letters that have just reached a server which knows nobody of that name."""
        return [letter(raw, self.typo.address, now) for raw in hands.turn_away(self.typo.address)]

    def send_back(self, got: Letter, hands: Hands, now: datetime) -> Happening:
        """The server reports it to the mailbox that the letter came from."""
        raw, _ = returned(got, self.typo.address, NO_SUCH_USER, f"demo-{now:%Y%m%d%H%M}", now)
        hands.write(self.typo.address, got.mailbox, raw, now)
        text = f"there is no {self.typo.address}: a letter goes back"
        return self._told(now, self._person.zone, "world", "MAIL", text, "a slip in the files")

    def is_told(self, got: Letter) -> bool:
        """Whether the contact reads here that the address does not exist."""
        return got.touchpoint == "admin" and fact_of(got.key) == "address-on-hold"

    def correct(self, now: datetime) -> Happening:
        """The contact writes the right address into the files."""
        self._write(self.typo.address, self._person.address)
        program = self.in_files.programs[0]
        text = f"corrects {self._person.first}'s address in the files"
        return self._told(now, program.timezone, "person", program.contact_name, text)

    def _told(
        self, now: datetime, zone: str, tone: Tone, word: str, text: str, why: str = ""
    ) -> Happening:
        lane = lane_of_pairing(self.line.pairing)
        return Happening(now, zone, tone, word, text, why, lane=lane)
