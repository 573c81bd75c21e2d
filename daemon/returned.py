"""What machines write to the program's mailbox: letters that came back, complaints, automatic answers, calendars.

Not the reading of their bytes (daemon/mail/reading) and not what follows (daemon/decide/bounced.py). Anybody can
write what looks like a bounce. It is believed only if it names a letter of ours by an id that nobody can guess, or
came to an address that only that letter had, so nobody can silence somebody else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from daemon.advised import advisor_unreached
from daemon.decide.bounced import COMPLAINT
from daemon.decide.keys import lane_of_key
from daemon.domain.observation import (
    AutoReplySeen,
    BounceSeen,
    Observation,
    Passed,
    SetAside,
)
from daemon.domain.people import Person
from daemon.domain.world import Lane
from daemon.identity import Sender, weighed
from daemon.mail.reading.bounces import Bounce, judged
from daemon.mail.reading.incoming import Incoming
from daemon.mail.threads import returned_id, token_of
from daemon.ports import OutgoingLetter, SentLetter, Store
from daemon.roster import Roster

CONTACT = "letters-to-the-contact"
TO_THE_CONTACT = SetAside("mail", CONTACT, "letters to the contact come back: correct `contact:`")

log = logging.getLogger("oneonone")


def from_a_machine(
    incoming: Incoming, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, Observation] | SetAside | Passed | None:
    """What a mail says that no person wrote; most say nothing. None for what is about none of our letters and events."""
    found: tuple[Lane, Observation] | SetAside | Passed | None = None
    letter = _letter(incoming, roster, store)
    if letter and not letter.person and any(each.hard for each in incoming.bounces):
        # whom would a letter about it reach? `status` says it, once, until it is released
        found = TO_THE_CONTACT
    if letter and incoming.kind == "bounce":
        hard = any(each.hard for each in incoming.bounces)
        found = advisor_unreached(letter, hard, store, now) or found
    lane = _lane(letter, roster) if letter else ""
    program = roster.program_of(lane) if lane else None
    person = _reader(letter, lane, roster) if letter else None
    if letter and person and program and not program.letters_to:  # nobody has got a rehearsal's
        if incoming.kind in ("bounce", "complaint"):
            found = lane, _came_back(incoming, letter, person, now)
        elif incoming.kind == "auto-reply" and incoming.away:
            sender = Sender(lane, person.id, letter.key, letter.lane, "pending")
            if weighed(sender, incoming, roster, store).trust == "verified":
                found = lane, AutoReplySeen(person.id, *incoming.away, now)
    method = incoming.calendar.method if incoming.calendar else ""
    log.info("event=mail-passed kind=%s method=%s ours=%s", incoming.kind, method, bool(found))
    to_a_token = token_of(incoming.to_addresses) in roster.tokens
    return found or (Passed() if letter or to_a_token else None)


def _reader(letter: SentLetter, lane: Lane, roster: Roster) -> Person | None:
    """To whom it went; None where the files no longer name that person, to whom nothing more goes."""
    return next((each for each in roster.people_of(lane) if each.id == letter.person), None)


def refused_at_once(
    letter: OutgoingLetter, said: str, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, Observation] | SetAside | None:
    """A server did not take a letter to its reader: as good as a report that it came back, and surer, for nobody forges
    what is said in our own connection. None where it is nobody's in a pairing."""
    known = store.letter(letter.message_id)
    if known is None:
        return None
    bounce = judged(letter.to, said)
    if not known.person:
        return TO_THE_CONTACT if bounce.hard else None
    if to_advisor := advisor_unreached(known, bounce.hard, store, now):
        return to_advisor
    lane = _lane(known, roster)
    program = roster.program_of(lane) if lane else None
    if program is None or program.letters_to:
        return None
    return lane, BounceSeen(
        known.person, letter.key, letter.to, bounce.hard, bounce.suppress, bounce.reason, now
    )


def _came_back(incoming: Incoming, letter: SentLetter, person: Person, now: datetime) -> BounceSeen:
    """Of several addresses that of our reader; else the first, for a letter of ours has one reader."""
    if incoming.kind == "complaint":
        return BounceSeen(person.id, letter.key, "", False, False, COMPLAINT, now)
    own = (each for each in incoming.bounces if each.address == person.address)
    bounce = next(own, incoming.bounce) or Bounce("", False, False)
    return BounceSeen(
        person.id, letter.key, bounce.address, bounce.hard, bounce.suppress, bounce.reason, now,
    )  # fmt: skip


def _letter(incoming: Incoming, roster: Roster, store: Store) -> SentLetter | None:
    """The letter of ours that it speaks of; an automatic answer that names none belongs to the thread in whose own
    address it came. No report does: whoever was shown a reply address could silence its owner."""
    for message_id in _cited(incoming, roster):
        letter = store.letter(message_id)
        if letter:
            return letter
    if incoming.kind != "auto-reply":
        return None
    found = roster.tokens.get(token_of(incoming.to_addresses) or "")
    return SentLetter(found[0], "", found[1]) if found else None


def _cited(incoming: Incoming, roster: Roster) -> Iterator[str]:
    """Message-IDs that it names: of the letter itself, of its envelope (the sender's address or ENVID, both made of
    the same word), and of what an automatic answer answers."""
    yield from (each.message_id for each in incoming.bounces if each.message_id)
    if to_envelope := returned_id(incoming.to_addresses):
        yield to_envelope
    for word in dict.fromkeys(each.envelope_id for each in incoming.bounces if each.envelope_id):
        yield from (f"<{word}@{box.rpartition('@')[2]}>" for box in roster.mailboxes())
    if incoming.kind == "auto-reply":
        yield from (incoming.in_reply_to, *reversed(incoming.references))


def _lane(letter: SentLetter, roster: Roster) -> Lane:
    """The pairing that the letter is about; of one about all of somebody's 1:1s, the first of them."""
    for lane in (letter.lane, lane_of_key(letter.key), *roster.pairings_of(letter.person)):
        line = roster.lines.get(lane)
        if line and line.takes_part(letter.person):
            return lane
    return ""
