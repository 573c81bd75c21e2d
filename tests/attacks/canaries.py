"""Canaries: lines that two, one or nobody may read, planted in many pairings, and searched in every letter.

Not who should read what: that is said here by whoever plants one.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from itertools import count

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Person
from daemon.standing import pairing_facts
from daemon.status import status
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, FAY, PATIENT, RUI, line
from tests.stories.stage import Stage, running

LINES = (
    line(ANA, BEN), line(ANA, CHI, RegularTime(2, 15, 0)), line(DAN, EVA),
    line(DAN, BEN, RegularTime(2, 16, 0)), line(RUI, FAY),
)  # fmt: skip
ALIAS = "Somebody <somebody@evil.example>"


@dataclass
class Planted:
    """Words nobody else would write, and whose letters they may stand in."""

    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)

    def word(self, *readers: Person) -> str:
        """A new one for these readers."""
        canary = f"canary{next(self.numbers):03}x"
        self.readers[canary] = frozenset(each.address for each in readers)
        return canary


@dataclass(frozen=True)
class Searched:
    """How many were planted and for several people, how many of these somebody has read, how many letters were
    searched, and where one stood that should not."""

    planted: int
    to_be_read: int
    read: int
    letters: int
    leaks: list[str]


def leaks() -> Searched:
    """Weeks of five pairings, in which everybody writes all the time."""
    stage, planted = running(*LINES, program=PATIENT), Planted()
    stage.until("Tue 6 Oct 22:00 Berlin")
    for number, day in enumerate(("Wed 7 Oct", "Sat 10 Oct", "Mon 12 Oct", "Wed 14 Oct")):
        stage.until(f"{day} 12:00 Berlin")
        for each in LINES:
            _write(
                stage,
                planted,
                each.mentor,
                each.mentee,
                f"{each.mentor.first} & {each.mentee.first}",
            )
            _write(
                stage,
                planted,
                each.mentee,
                each.mentor,
                f"{each.mentor.first} & {each.mentee.first}",
            )
        if number == 1:
            stage.ana.deletes("Tue 13 Oct")
    stage.until("Fri 23 Oct 12:00 Berlin")
    letters = [(to, _text(raw)) for to, raw, _ in stage.outside.posted() if to in _addresses(stage)]
    found = [
        f"{canary} stands in a letter to {to}"
        for to, text in letters
        for canary, readers in planted.readers.items()
        if canary in text and to not in readers
    ]
    for_others = [canary for canary, readers in planted.readers.items() if len(readers) > 1]
    read = sum(any(canary in text for _, text in letters) for canary in for_others)
    seen = found + _seen_by_admins(stage, planted)
    return Searched(len(planted.readers), len(for_others), read, len(letters), seen)


def _write(stage: Stage, planted: Planted, writer: Person, other: Person, pair: str) -> None:
    """What one person writes in one pairing: for both, for oneself, for a helper, and in a stranger's mail."""
    someone = stage.people[writer.id]
    subject = f"{pair}: our 1:1s"
    own = [each for each in someone.letters if subject in each.header("Subject")]
    someone.reads()
    own = own or [each for each in someone.letters if subject in each.header("Subject")]
    letter = next(
        (each for each in reversed(own) if each.touchpoint in ("notes", "started")), own[-1]
    )
    both, alone, nobody = (writer, other), (writer,), ()
    someone.answers(
        letter,
        f"We spoke of {planted.word(*both)}.\nprivate: {planted.word(*alone)}\n"
        f"todo: read {planted.word(*both)}\n@{other.first}: ask {planted.word(*both)}",
    )
    helped = (writer, stage.maya.person)  # who wrote it, and the named helper alone
    someone.answers(letter, f"HELP\n{planted.word(*helped)} about {planted.word(*helped)}")
    someone.answers(letter, f"I feel uncomfortable with {other.first}.\n{planted.word(*alone)}")
    someone.answers(letter, f"SKIP and {planted.word(*nobody)}", From=ALIAS)
    someone.answers(
        letter, planted.word(*alone), To="koss@example.org", In_Reply_To="", References=""
    )


def _addresses(stage: Stage) -> set[str]:
    """Everybody to whom a letter of ours may go."""
    return {someone.person.address for someone in stage.people.values()}


def _text(raw: bytes) -> str:
    """All that a reader can see: head, text and HTML."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])


def _seen_by_admins(stage: Stage, planted: Planted) -> list[str]:
    """What an admin is shown holds no word of anybody."""
    store = stage.daemon.ports.store
    facts = [fact for each in LINES for fact in pairing_facts(stage.state(each.pairing), stage.now)]
    shown = str((status(store, None, "", stage.now), facts, store.ledger(last=50_000)))
    return [f"{canary} is shown to an admin" for canary in planted.readers if canary in shown]
