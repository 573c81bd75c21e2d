"""The forgers' table: each technique (a file of tests/corpus/attacks) times each thing they want.

Not what a machine makes of it: run.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from daemon.domain.program import Program
from tests.attacks.scene import RESULTS, TOKEN

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "attacks"
WANTED = (
    "2",
    "SKIP",
    "LEAVE",
    "PAUSE until 20 Jan",
    "UNDO",
    "I would rather not meet Ana any more.",
)
"""To book, to call off, to end, to pause, to take back, to put words into somebody's mouth."""
KNOWN_ADDRESSES = ("ana@example.org", "ben@example.org", "chi@example.org")
ALLOWED = ("not-sure-it-is-you", "hello", "unclear")
"""Letters that may go because of a forged mail, to an address that the files know."""


@dataclass(frozen=True)
class Attack:
    """One mail. `own`: the person has written it, but never said what it is made to say."""

    name: str
    wanted: str
    template: str

    @property
    def own(self) -> bool:
        """Whether its sender is the real one."""
        return self.name.startswith("own-")

    @property
    def automatic(self) -> bool:
        """Whether a program of the real person has written it: days that it names are asked about (RULES 8)."""
        return self.name in ("auto-submitted", "null-sender")

    def mail(self, words: Mapping[str, str], number: int) -> bytes:
        """Its bytes, filled with what the forger has got hold of."""
        text = self.template
        filled = {**words, "command": self.wanted, "number": f"{self.name}-{number}"}
        for name, word in filled.items():
            text = text.replace("{{" + name + "}}", word)
        assert "{{" not in text, f"{self.name}: not filled"
        return text.replace("\n", "\r\n").encode("utf-8")


def attacks(program: Program) -> Iterator[Attack]:
    """All that a program with these rules is exposed to. Where an admin has said that a token is proof, because
    nobody else can write to the mailbox, whoever writes to it with one is believed."""
    for path in sorted(FOLDER.glob("*.eml")):
        if program.verify == "results" or not path.name.startswith("results-"):
            template = path.read_bytes().decode()
            yield from (Attack(path.stem, wanted, template) for wanted in WANTED)


PROGRAMS = {"a server's word": RESULTS, "our token alone": TOKEN}
