"""A scene for forgers: pairings in the middle of things, and mails in somebody's name that reach the mailbox.

Not the forged mails: tests/corpus/attacks has those, and techniques.py what they are filled with.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from daemon.domain.cadence import RegularTime
from daemon.domain.program import Program
from daemon.domain.record import document
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan
from daemon.ports import Rendered
from tests.stories.cast import ANA, CHI, DAN, EVA, PATIENT, line
from tests.stories.stage import running

AUTHSERV = "mx.koss.example"
PASS = f"{AUTHSERV}; dmarc=pass header.from=example.org"
TOKEN = replace(PATIENT, first_run="send")
RESULTS = replace(TOKEN, verify="results", authserv_id=AUTHSERV)
PAIRINGS = ("ana-ben", "ana-chi", "dan-eva")
FOLLOWS_ANY_MAIL = ("doubts", "marks", "sent")
"""What may differ in a state after a letter that asks, or helps, was sent."""
FOLLOWS_OWN_MAIL = (*FOLLOWS_ANY_MAIL, "mails", "signs")
"""The same after a mail of the person: that something came, and when."""


class Scene:
    """Ana's Tuesday with Ben fell out, and Ben has a list before him and a to-do that is done and can be undone;
    Ana meets Chi; Dan's time with Eva ended six weeks ago."""

    def __init__(self, program: Program) -> None:
        ended = line(DAN, EVA, ends=date(2026, 10, 13))
        self.stage = running(line(), line(ANA, CHI, RegularTime(2, 15, 0)), ended, program=TOKEN)
        self.stage.until("Tue 24 Nov 20:30 Kolkata")
        self.stage.ben.replies("notes", "We spoke about Rome.\ntodo: read the book")
        self.stage.until("Fri 27 Nov 09:00 Berlin")
        self.stage.ana.deletes("Tue 1 Dec")
        self.stage.until("Fri 27 Nov 10:00 Berlin")
        self.stage.ben.replies("notes", "DONE a")
        self.stage.all_read()
        assert self.stage.state("dan-eva").standing == "closed"
        assert self.stage.state().proposal and self.stage.state().undo
        self.stage.ruled(verify=program.verify, authserv_id=program.authserv_id)
        self.stage.passes(2)
        self.posted = self.stage.outside.posted
        self.posted()
        self.before = self.states()
        self.calendars = self.events()
        self.words = self._words()

    def _words(self) -> dict[str, str]:
        """What forgers may have got hold of: tokens and Message-IDs of letters."""
        people = self.stage.people
        letters = {
            "": people["ben"].last("proposal"),
            "mentor_": people["ana"].last("started"),
            "chi_": people["chi"].last("started"),
            "old_": people["eva"].last("farewell"),
        }
        found = {"box": "koss@example.org", "uid": self.stage.series().uid}
        for whose, letter in letters.items():
            found[f"{whose}token"] = letter.header("Reply-To").strip("<>")
            found[f"{whose}letter"] = letter.header("Message-ID")
        found["root"] = letters[""].header("References").split()[0]
        return found

    # --- what can be compared

    def states(self) -> dict[str, PairingState]:
        """What every lane remembers."""
        return {name: self.stage.state(name) for name in PAIRINGS}

    def events(self) -> str:
        """Everything on every calendar."""
        accounts = self.stage.outside.world.accounts
        return repr([(each, accounts[each].events) for each in sorted(accounts)])

    def put_back(self) -> None:
        """As it was before the mail, so that each forger finds the same."""
        store = self.stage.daemon.ports.store
        for name in PAIRINGS:
            record = store.world(self.stage.lane(name))
            plan = Plan(record.lane, self.before[name], pending=())
            store.commit(record, plan, Rendered(), now=self.stage.now)

    def receives(self, raw: bytes) -> list[tuple[str, str]]:
        """A mail reaches the mailbox; which letters went because of it, and to whom."""
        self.posted()
        self.stage.outside.hands.write("mallory", "koss@example.org", raw, self.stage.now)
        self.posted()
        self.stage.passes(1)
        return [(to, touchpoint_in(raw)) for to, raw, _ in self.posted()]

    def changed(self, ignored: tuple[str, ...]) -> list[str]:
        """Which fields of which pairing differ from before."""
        return [
            f"{name}.{field}"
            for name, state in self.states().items()
            for field, value in fields_of(state).items()
            if field not in ignored and value != fields_of(self.before[name])[field]
        ]

    @property
    def now(self) -> datetime:
        """The present of the scene."""
        return self.stage.now


def fields_of(state: PairingState) -> dict[str, Any]:
    """A state as plain values, by field."""
    fields: dict[str, Any] = document(state)
    return fields


def touchpoint_in(raw: bytes) -> str:
    """What kind of letter that is."""
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    named = [each for each in head if each.lower().startswith(b"x-oneonone-touchpoint:")]
    return named[0].partition(b":")[2].strip().decode() if named else "?"
