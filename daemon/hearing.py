"""Hearing: from a mail that arrived to the reply of one person in one pairing.

Not the reading of bytes (daemon/mail/reading) and not what follows from a reply (daemon/decide/replies.py).
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon.decide.keys import lane_of_key, program_of, short
from daemon.decide.promised import reader_of_words
from daemon.domain.observation import MailArrived, Observation, ReplySeen, SetAside
from daemon.domain.people import Address, Line, other
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import Lane, PairingState
from daemon.mail.reading.incoming import Incoming, read
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.replytext import reply_text
from daemon.mail.threads import token_of
from daemon.ports import Store
from daemon.roster import Roster

log = logging.getLogger("oneonone")


def heard(
    mail: MailArrived, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, Observation] | SetAside | None:
    """Whose mail it is, and what it says. Automatic mail is never answered (I9)."""
    incoming = read(mail.raw)
    if incoming.kind == "unreadable":
        return SetAside("mail", mail.id, "this mail could not be read")
    if incoming.kind != "human":
        log.info("event=mail-passed kind=%s", incoming.kind)
        return None
    sender = _sender(incoming, roster, store)
    if sender is None:
        return _not_a_reply(incoming, mail, roster)
    lane, person, key, thread = sender
    line = roster.lines.get(lane)
    if line is None and reader_of_words(key, thread) == "contact":
        return _for_the_contact(incoming, roster, store, (person, key, thread), now)
    if line is None or line.role_of(person) is None:
        return SetAside("mail", mail.id, "a reply to a letter that is not about one pairing")
    return lane, _understood(incoming, roster, line, (person, key, thread), now)


def _for_the_contact(
    incoming: Incoming, roster: Roster, store: Store, sender: tuple[str, str, str], now: datetime
) -> tuple[Lane, Observation]:
    """The reply to a letter about all of a mentor's 1:1s: no command is guessed for one of them. The first
    pairing of that program that still runs tells the contact, as it would of its own."""
    person, _, thread = sender
    known = roster.pairings_of(person)
    lanes = [each for each in known if roster.lines[each].program == program_of(thread)]
    lane = next((each for each in lanes if not _is_closed(store, each)), (lanes or known)[0])
    reply = _understood(incoming, roster, roster.lines[lane], sender, now)
    words = reply.text or next((said.text or said.word for said in reply.said), "")
    return lane, replace(reply, said=(), text=words)


def _is_closed(store: Store, lane: Lane) -> bool:
    state = store.world(lane).state
    return isinstance(state, PairingState) and state.standing == "closed"


def _not_a_reply(incoming: Incoming, mail: MailArrived, roster: Roster) -> SetAside | None:
    """Somebody of the roster may need a person; advertising needs nobody."""
    if not incoming.from_address:
        return SetAside("mail", mail.id, "this mail says nothing of where it comes from")
    known = {_rehearses(program) for program in roster.programs.values()}
    if incoming.from_address in known.union(p.address for p in roster.people()):
        return SetAside("mail", mail.id, "from somebody of the roster, but no reply to a letter")
    log.info("event=mail-passed kind=stranger")
    return None


def _rehearses(program: Program | None) -> Address:
    """Whoever gets all letters of a rehearsal answers for everybody; empty for nobody."""
    return program.letters_to if program else ""


def _understood(
    incoming: Incoming, roster: Roster, line: Line, sender: tuple[str, str, str], now: datetime
) -> ReplySeen:
    person, key, thread = sender
    role = line.role_of(person)
    assert role is not None
    partner, writer = line.person(other(role)), line.person(role)
    program = roster.programs.get(line.program)
    words = reply_text(incoming.text, program.mailbox if program else "")
    today = now.astimezone(roster.zones[writer.zone]).date()
    meaning = understand(words, partner.first, role, own_name=writer.name, today=today)
    known = incoming.from_address in (writer.address, _rehearses(program))
    verified = known and program is not None and program.verify == "token"
    return ReplySeen(
        person, incoming.message_id or f"<{short(incoming.text + now.isoformat())}@nowhere>", key, meaning.said,
        meaning.text, now, private=meaning.private, todos=meaning.todos, verified=verified,
        thread=thread,
    )  # fmt: skip


def _sender(incoming: Incoming, roster: Roster, store: Store) -> tuple[Lane, str, str, str] | None:
    """The lane, the person, the letter's key and its thread. By reply token; because some clients ignore Reply-To, an own Message-ID cited counts as
    carrying that person's token (DESIGN 7, TRAPS 97). A letter in a personal thread is about the pairing
    that its key names."""
    cited = None
    for message_id in (incoming.in_reply_to, *reversed(incoming.references)):
        cited = store.letter(message_id) if message_id else None
        if cited:
            break
    token = token_of(incoming.to_addresses)
    found = roster.tokens.get(token) if token else None
    if found:
        thread, person = found
        same = cited is not None and (cited.lane, cited.person) == found
        key = cited.key if cited and same else ""
        return _lane_of(thread, person, key, roster), person, key, thread
    if cited and roster.knows(cited.lane):
        lane = _lane_of(cited.lane, cited.person, cited.key, roster)
        return lane, cited.person, cited.key, cited.lane
    return None


def _lane_of(thread: str, person: str, key: str, roster: Roster) -> Lane:
    if thread in roster.lines:
        return thread
    named = lane_of_key(key)
    if named in roster.lines:
        return named
    pairings = roster.pairings_of(person)
    return pairings[0] if len(pairings) == 1 else named or thread
