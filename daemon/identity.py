"""Identity: whose mail it is, and how far that is proved (DESIGN 7, RULES 11).

Not what it says (daemon/hearing.py) and not what follows where it is not proved (daemon/decide/trust.py).

*Verified* is a token of ours (the reply address, or an unguessable Message-ID cited) and a known address and a
proof. Names, subjects and all other headers say nothing of who wrote a mail.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.decide.keys import lane_of_key, thread_of_person
from daemon.decide.trust import open_doubt
from daemon.domain.observation import Trust
from daemon.domain.people import Address, Line, looked_up
from daemon.domain.program import Program
from daemon.domain.value import replace
from daemon.domain.world import Lane, PairingState, State
from daemon.mail.reading.authentication import Verdict, verdict
from daemon.mail.reading.incoming import Incoming
from daemon.mail.threads import token_of
from daemon.ports import SentLetter, Store
from daemon.roster import Roster

RELAYS = frozenset({"email.apple.com"})
"""From where providers mail the answers to invitations that people give in their calendars."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One person in one lane: `key` is the letter that is answered, `thread` the chain it belongs to. `address` is
    where the mail came from, if that is not theirs by the files; `unproved`: nothing proves that address."""

    lane: Lane
    person: str
    key: str
    thread: str
    trust: Trust
    address: Address = ""
    unproved: bool = False


def sender_of(incoming: Incoming, roster: Roster, store: Store) -> Sender | None:
    """Who wrote that mail, None for a stranger. A token belongs to one person: whoever of the roster uses that
    of somebody else is at most themselves."""
    author = author_of(incoming)
    found = _by_token(incoming, roster, store)
    if found is None:
        return _out_of_the_blue(incoming, author, "", roster, store)
    lane, person, key, thread = found
    others = roster.people_at(author) if author else frozenset()
    program = roster.program_of(lane)
    rehearses = program.letters_to if program else ""
    answers_for_all = bool(rehearses) and author == looked_up(rehearses)
    if others and person not in others and not answers_for_all:
        return _out_of_the_blue(incoming, author, lane, roster, store)
    return weighed(Sender(lane, person, key, thread, "pending"), incoming, roster, store)


def weighed(sender: Sender, incoming: Incoming, roster: Roster, store: Store) -> Sender:
    """The same with its trust: the token is there, so it is the address and a proof that may be wanting."""
    author = author_of(incoming)
    line, state = line_of(sender, roster, store), store.world(sender.lane).state
    known = line is not None and author in _known_addresses(sender, line, state, roster)
    word = isinstance(state, PairingState) and open_doubt(state, sender.person, sender.key)
    proved = bool(word) or _proof(incoming, author, roster.program_of(sender.lane)) == "pass"
    return Sender(
        sender.lane, sender.person, sender.key, sender.thread,
        "verified" if known and proved else "pending",
        "" if author and author == _of_files(sender, line) else author or "?", not proved,
    )  # fmt: skip


def answers_as(incoming: Incoming, lane: Lane, person: str, roster: Roster, store: Store) -> bool:
    """Whether it is proved that a calendar mail about an event of that pairing is that person's. A program writes it,
    the rules are those for words: their token and a proof; without a token a proved address is enough, as the event
    names the one pairing that can be meant. A token of somebody else is none."""
    found = _by_token(incoming, roster, store)
    if found is not None:
        meant = Sender(lane, person, found[2], found[3], "pending")
        if found[1] != person:
            return False
        known = weighed(meant, incoming, roster, store).trust == "verified"
        return known or _relayed(incoming, meant, roster, store)
    author, program = author_of(incoming), roster.program_of(lane)
    if roster.people_at(author) != {person} or program is None or is_closed(store, lane):
        return False
    return is_proved(incoming, program)


def is_proved(incoming: Incoming, program: Program) -> bool:
    """Whether a server of ours has proved the address from which a mail without a token says that it comes."""
    proof = _proof(incoming, author_of(incoming), program)
    return program.verify == "results" and proof == "pass"


def _relayed(incoming: Incoming, meant: Sender, roster: Roster, store: Store) -> bool:
    """Whether it is the answer of that person in a mail of their provider's: some calendars answer from an address of
    their own, with that person's only in Reply-To (TRAPS 96). It came to the address with that person's token, and it is
    proved that this provider wrote it, which names nobody but the owner of the account."""
    author, line = author_of(incoming), line_of(meant, roster, store)
    _, person = roster.tokens.get(token_of(incoming.to_addresses) or "", ("", ""))
    if line is None or person != meant.person:
        return False
    state, program = store.world(meant.lane).state, roster.program_of(meant.lane)
    known = _known_addresses(meant, line, state, roster)
    named = {looked_up(each) for each in incoming.reply_to}
    by_provider = (
        author.rpartition("@")[2] in RELAYS and _proof(incoming, author, program) == "pass"
    )
    return by_provider and len(named) == 1 and named <= known


def author_of(incoming: Incoming) -> Address:
    """The one address that a mail says it is from, proved or not; empty where it names several people, a group or
    nobody."""
    return looked_up(incoming.authors[0]) if len(incoming.authors) == 1 else ""


def _of_files(sender: Sender, line: Line | None) -> Address:
    """That person's address by the files, to which letters go; empty where it is about no pairing."""
    people = line.people if line else ()
    return next((looked_up(each.address) for each in people if each.id == sender.person), "")


def _known_addresses(
    sender: Sender, line: Line, state: State | None, roster: Roster
) -> frozenset[Address]:
    """From where that person writes: by the files, and as that person has said. Whoever gets all letters of a
    rehearsal answers for everybody."""
    role, program = line.role_of(sender.person), roster.program_of(sender.lane)
    own = [_of_files(sender, line)]
    if isinstance(state, PairingState):
        own += [each.address for each in state.addresses if each.role == role]
    return frozenset(
        looked_up(each) for each in (*own, program.letters_to if program else "") if each
    )


def _proof(incoming: Incoming, author: Address, program: Program | None) -> Verdict:
    """What proves the address, beside the one-time word of a letter that asks: the server that takes in our mail,
    or an admin's word that nobody else can write to this mailbox."""
    if program is None:
        return "none"
    if program.verify == "token":
        return "pass"
    domain = author.rpartition("@")[2]
    return verdict(incoming.authentication, program.authserv_id, domain)


def _out_of_the_blue(
    incoming: Incoming, author: Address, named: Lane, roster: Roster, store: Store
) -> Sender | None:
    """Without a token of its own only a proved address says who wrote a mail, and only where there is one pairing
    that can be meant: the only one, or the one whose letter somebody of the pair has answered (`named`)."""
    person = next(iter(sorted(roster.people_at(author))), "") if author else ""
    if not person or len(roster.people_at(author)) > 1:
        return None
    lanes = [lane for lane in roster.pairings_of(person) if not is_closed(store, lane)]
    if not lanes:
        return None
    meant = named if named in lanes else lanes[0] if len(lanes) == 1 else ""
    lane = meant or lanes[0]
    program = roster.program_of(lane)
    proof = _proof(incoming, author, program)
    if proof == "fail" or program is None:
        return None
    if meant and proof == "pass" and program.verify == "results":
        return Sender(meant, person, "", meant, "verified")
    return Sender(lane, person, "", thread_of_person(person, program.id), "none")


def called_forged(incoming: Incoming, roster: Roster) -> bool:
    """Whether a server of ours says that the mail is not from where it claims to be: nobody has to look at it."""
    author, programs = author_of(incoming), roster.programs.values()
    return any(_proof(incoming, author, program) == "fail" for program in programs)


def is_closed(store: Store, lane: Lane) -> bool:
    """Whether that pairing has come to its end."""
    state = store.world(lane).state
    return isinstance(state, PairingState) and state.standing == "closed"


# --- the token


def _by_token(
    incoming: Incoming, roster: Roster, store: Store
) -> tuple[Lane, str, str, str] | None:
    """The lane, the person, the letter's key and its thread. By reply token; because some clients ignore Reply-To,
    an own Message-ID cited counts as carrying that person's token (DESIGN 7, TRAPS 97). A letter in a personal
    thread is about the pairing that its key names."""
    cited = letter_cited(incoming, store)
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


def letter_cited(incoming: Incoming, store: Store) -> SentLetter | None:
    """The letter of ours that is answered. What a client lists beside it is only older."""
    for message_id in (incoming.in_reply_to, *reversed(incoming.references)):
        found = store.letter(message_id) if message_id else None
        if found:
            return found
    return None


def _lane_of(thread: str, person: str, key: str, roster: Roster) -> Lane:
    if thread in roster.lines:
        return thread
    named = lane_of_key(key)
    if named in roster.lines:
        return named
    pairings = roster.pairings_of(person)
    return pairings[0] if len(pairings) == 1 else named or thread


def partner_reads(incoming: Incoming, partner: Address) -> bool:
    """Whether the other one of the pair got the same mail: it is not passed on once more (RULES 8)."""
    return looked_up(partner) in {looked_up(each) for each in incoming.to_addresses}


def line_of(sender: Sender, roster: Roster, store: Store) -> Line | None:
    """The pairing in which that person writes, None where it is about no single one. Whom the files no longer name
    belongs to it as long as the lane remembers a member who has left, for there is a letter of ours to answer; whom the
    lane has forgotten does not, though the files may name them still."""
    line = roster.lines.get(sender.lane)
    if line is None or line.role_of(sender.person):
        return line
    state = store.world(sender.lane).state
    left = state.line.once_member(sender.person) if isinstance(state, PairingState) else None
    if line.takes_part(sender.person):
        gone = isinstance(state, PairingState) and state.forgotten and left is None
        return None if gone else line
    return replace(line, members=(*line.members, left)) if left else None
