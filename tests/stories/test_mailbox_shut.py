"""A mailbox from which nothing goes: one letter finds it out, the others wait without trying, and `status` says why.

Not a reader who is refused: test_refused_at_once.py.
"""

from __future__ import annotations

import pytest

from connectors.memory import MemoryMail
from daemon.domain.effect import Receipt
from daemon.errors import AccessLost, ConnectorError, Temporary
from daemon.ports import OutgoingLetter, Ports
from daemon.status import status
from tests.stories.cast import ANA, BEN, KOSS, line
from tests.stories.rows import row
from tests.stories.stage import Stage


class Shut(MemoryMail):
    """A mailbox that counts attempts, and fails while it is told to."""

    fails: ConnectorError | None = None
    attempts = 0

    def send(self, letter: OutgoingLetter, *, key: str) -> Receipt:
        """As ever, unless it fails."""
        Shut.attempts += 1
        if Shut.fails:
            raise Shut.fails
        return super().send(letter, key=key)


class Failing(Stage):
    """With such a mailbox."""

    def wire(self, ports: Ports) -> Ports:
        """Around the one in memory."""
        ports = super().wire(ports)
        ports.mail = {box: Shut(self.outside.world, box, self.faults) for box in ports.mail}
        return ports


PAIRS = [line(ANA, BEN)]
WHYS = {
    "refused": AccessLost("mail.example.org does not take the user name and password"),
    "away": Temporary("mail.example.org refuses connections", whole=True),
}


def shown(stage: Stage) -> list[dict[str, str]]:
    """What `status` says of it."""
    return list(status(stage.daemon.ports.store, None, "", stage.now)["troubles"])


@row("effect-deferred")
@pytest.mark.parametrize("kind", WHYS)
def test_one_letter_finds_it_out_and_all_go_when_it_works_again(kind: str) -> None:
    stage = Failing(*PAIRS, program=KOSS)
    Shut.fails, Shut.attempts = WHYS[kind], 0
    stage.passes(14)
    assert Shut.attempts <= (1 if kind == "refused" else 4)
    stage.passes(10)
    (trouble,) = shown(stage)
    assert trouble["what"] == "MAIL CANNOT BE SENT"
    assert trouble["why"] == str(WHYS[kind])
    stage.restart()
    assert len(shown(stage)) == 1, "a new process knows it"
    Shut.fails = None
    stage.passes(60)
    assert shown(stage) == []
    assert stage.ana.reads()


@row("effect-deferred")
def test_what_passes_within_minutes_is_nobodys_business() -> None:
    stage = Failing(*PAIRS, program=KOSS)
    Shut.fails = WHYS["away"]
    stage.passes(3)
    assert shown(stage) == []
    Shut.fails = None
