"""Hearing: from a mail that arrived to the reply of one person in one pairing.

Not the reading of bytes (daemon/mail/reading) and not what follows from a reply (daemon/decide/replies.py).
"""

from __future__ import annotations

import logging
from datetime import datetime

from daemon.advised import advised
from daemon.answered import advisor_declined, answered
from daemon.decide.choosing import letter_asked, shows_times
from daemon.decide.helping import CALLS, asks_for_help
from daemon.decide.keys import program_of, short
from daemon.decide.promised import reader_of_words
from daemon.domain.advisor import AdvisorSeen
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.observation import MailArrived, Observation, Passed, ReplySeen, Said, SetAside
from daemon.domain.people import Address, Line, Person, other
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import Lane
from daemon.identity import (
    Sender,
    called_forged,
    is_closed,
    letter_cited,
    line_of,
    partner_reads,
    sender_of,
    weighed,
)
from daemon.mail.reading.incoming import Incoming, read
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.replytext import Written, written
from daemon.mail.reading.topics import with_topic
from daemon.ports import Store
from daemon.returned import from_a_machine
from daemon.roster import Roster

NOT_ONE_PAIRING = (
    "a reply to a letter that is not about one pairing, or of somebody who has left a group"
)

log = logging.getLogger("oneonone")


def heard(
    mail: MailArrived, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, Observation] | SetAside | Passed | None:
    """Whose mail it is, and what it says; None for what has nothing to do with us. Automatic mail is never answered (I9)."""
    incoming = read(mail.raw)
    if incoming.kind == "unreadable":
        return SetAside("mail", mail.id, "this mail could not be read")
    if incoming.kind == "calendar":
        said = answered(incoming, roster, store, now) or advisor_declined(
            incoming, roster, store, now
        )
        if said:
            return said
    if incoming.kind != "human":
        return from_a_machine(incoming, roster, store, now)
    if from_advisor := advised(incoming, roster, store, now):
        return from_advisor
    sender = sender_of(incoming, roster, store)
    if sender is None:
        return _not_a_reply(incoming, mail, roster)
    line = line_of(sender, roster, store)
    if line is not None:
        return sender.lane, _understood(incoming, roster, store, line, sender, now)
    reader = reader_of_words(sender.key, sender.thread)
    if sender.lane not in roster.lines and reader in ("contact", "helper"):
        return _for_the_contact(incoming, roster, store, sender, now)
    return SetAside("mail", mail.id, NOT_ONE_PAIRING)


def heard_before(seen: Observation) -> str:
    """Under which name the store knows that a mail was heard; empty for what needs no memory. A genuine mail that
    somebody has caught and sends once more carries all its proofs, and says nothing new (TRAPS 75)."""
    match seen:
        case AnswerSeen() | CounterSeen() | RefreshSeen() | ReplySeen(trust="verified"):
            return short(f"{seen.person} {seen.message_id}")
        case AdvisorSeen(advisor=advisor):
            return short(f"{advisor} {seen.message_id} {seen.said}")
        case _:
            return ""


def _for_the_contact(
    incoming: Incoming, roster: Roster, store: Store, sender: Sender, now: datetime
) -> tuple[Lane, Observation]:
    """The reply to a letter about all of a mentor's 1:1s: no command is guessed for one of them. The first
    pairing of that program that still runs tells the contact, as it would of its own."""
    known = roster.pairings_of(sender.person)
    lanes = [each for each in known if roster.lines[each].program == program_of(sender.thread)]
    lane = next((each for each in lanes if not is_closed(store, each)), (lanes or known)[0])
    meant = Sender(lane, sender.person, sender.key, sender.thread, "pending")
    sender = weighed(meant, incoming, roster, store)
    reply = _understood(incoming, roster, store, roster.lines[lane], sender, now)
    if asks_for_help(reply):
        return lane, reply
    words = reply.text or next((said.text or said.word for said in reply.said), "")
    words = words or ", ".join(reply.themes_out)
    return lane, replace(reply, said=(), text=words, themes_out=())


def _not_a_reply(incoming: Incoming, mail: MailArrived, roster: Roster) -> SetAside | None:
    """Somebody of the roster may need a person; advertising needs nobody."""
    if called_forged(incoming, roster):
        log.info("event=mail-passed kind=forged")
        return None
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


def words_of(
    incoming: Incoming, store: Store | None, program: Program | None, writer: Person | None
) -> Written:
    """What was written, as far as it is known who wrote it and to which letter."""
    letter = letter_cited(incoming, store) if store else None
    name = f"{incoming.writer} {writer.name}" if writer else incoming.writer
    return written(
        incoming.text, mailbox=program.mailbox if program else "",
        letter=letter.marks if letter else b"", writer=name,
    )  # fmt: skip


def _understood(
    incoming: Incoming, roster: Roster, store: Store, line: Line, sender: Sender, now: datetime
) -> ReplySeen:
    """What that person says. Of a mail that comes out of the blue, which may be anybody's, only a call for help is
    read (RULES 11)."""
    person = sender.person
    writer = next(each for each in line.people if each.id == person)
    # A member of a group writes to the mentor as a mentee does.
    role = line.role_of(person) or "mentee"
    named = incoming.message_id or f"<{short(incoming.text + now.isoformat())}@nowhere>"
    seen = ReplySeen(
        person, named, sender.key, (), "", now, trust=sender.trust, thread=sender.thread,
        address=sender.address, unproved=sender.unproved, index=incoming.index,
    )  # fmt: skip
    partner = line.person(other(role))
    program = roster.programs.get(line.program)
    words = words_of(incoming, store, program, writer).text
    today = now.astimezone(roster.zones[writer.zone]).date()
    meaning = understand(
        words, partner.first, role, own_name=writer.name, today=today, language=writer.language,
        of_times=shows_times(seen.answers), letter=letter_asked(seen.answers),
        contact_first=program.contact_name.partition(" ")[0] if program else "",
    )  # fmt: skip
    if sender.trust == "none":
        calls = tuple(said for said in meaning.said if said.word in CALLS)
        return replace(seen, said=calls, aside=meaning.aside if calls else "")
    if incoming.sealed:
        return replace(seen, said=(Said("sealed"),))
    said, text = meaning.said, meaning.text
    if len(said) == 1:
        invitation, text = with_topic(said[0], words, text)
        said = (invitation,)
    return replace(
        seen, said=said, text=text, private=meaning.private, todos=meaning.todos,
        goals=meaning.goals, links=meaning.links, confidential=meaning.confidential,
        aside=meaning.aside, targets=meaning.targets, private_next=meaning.private_next, intros=meaning.intros,
        themes_out=meaning.themes_out, chances=meaning.chances,
        shared=partner_reads(incoming, partner.address),
    )  # fmt: skip
