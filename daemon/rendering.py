"""From the letters a plan asks for to the bytes that are committed with it (invariant 6).

Not templates and not MIME (daemon/mail): this knows which reader, thread and program a letter has.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daemon.decide.helping import HELPER
from daemon.decide.journal import MY_NOTES
from daemon.decide.keys import (
    in_confidence,
    person_of,
    short,
    thread_about_calendar,
    thread_of_advisor,
    thread_of_help,
    thread_of_person,
)
from daemon.domain.advisor import ADVISOR
from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.people import Line, Person, Role, other
from daemon.domain.program import Program
from daemon.domain.value import replace as changed
from daemon.domain.world import Lane, PairingState, Plan
from daemon.journal import own_lines
from daemon.mail.letters import post
from daemon.mail.rehearsal import rehearsed
from daemon.mail.render import Templates, context
from daemon.mail.source import LetterFailed, ThreadKind
from daemon.mail.threads import message_id, reply_to_letter
from daemon.ports import OutgoingLetter, Store
from daemon.roster import Roster

CONTACT = "contact"
"""The person id of the program's contact in threads."""
OF_THE_MACHINE = ("letters-over", "refused")
"""Said of a pairing, and nothing that one of the two means: the contact's, as is all that is about no pairing."""


def letter_of(
    effect: Effect, lane: Lane, line: Line | None,
    *, templates: Templates, roster: Roster, store: Store, now: datetime, options: str = "",
    plan: Plan | None = None,
) -> OutgoingLetter:  # fmt: skip
    """The rendered letter of an effect; `line` is that of the lane's own state, whose people may have said
    something else of themselves than the files, and `plan` the one that asks for it. Raises LetterFailed when its template does not work."""
    program = roster.program_of(lane)
    if program is None:
        raise LetterFailed(f"the program of {lane} is not in the files")
    line = line or roster.lines.get(lane)
    reader, partner, role = _readers(effect, lane, line, program, roster, store)
    change = effect.change
    if isinstance(change, SendLetter):
        touchpoint, facts = change.touchpoint, change.facts
        if touchpoint == MY_NOTES:
            facts = own_lines(store, lane, role, roster.zones[reader.zone], plan)
        if touchpoint == "reconnect":
            address = lane.partition("/")[2]
            command = f"run.py connect {address}{options}" if address in roster.organizers else ""
            facts = {**facts, "link": roster.connect_link(address), "command": command}
    else:
        assert isinstance(change, TellAdmin)
        touchpoint = "admin"
        facts = _told(change, line, roster)
        facts["options"] = options.strip()
        facts["shown"] = _shown(facts["shown"], templates, roster, store)
    answered = change.thread if isinstance(change, SendLetter) else ""
    kind: ThreadKind | None = _kind(answered) if answered else None
    if isinstance(change, TellAdmin) and change.to:
        kind = "P"  # not the contact's own
    anchor = line.anchor if line else ""
    rendering = templates.render(
        touchpoint, reader.language, context(program, reader, partner, role, facts, anchor=anchor, group=line.group if line else ()),
        thread=kind,
    )  # fmt: skip
    asker = _asker(effect, line)
    thread = _thread(rendering.thread, lane, asker or reader, program)
    to, reply_address = reader, asker.address if asker else ""
    if rendering.thread == "G":
        domain = program.mailbox.rpartition("@")[2]
        own_id = message_id(effect.key, roster.secret, domain)
        reply_address = reply_to_letter(program.mailbox, own_id)
    if program.letters_to:
        rendering, to = rehearsed(rendering, reader, program.letters_to)
        reply_address = reply_address if rendering.thread == "G" else ""
    return post(
        effect, rendering, program=program, reader=to, lane=thread,
        thread=store.thread(thread, reader.id), secret=roster.secret, now=now,
        reply_address=reply_address,
    )  # fmt: skip


def _asker(effect: Effect, line: Line | None) -> Person | None:
    """Who asked for help, in the letter that takes it to whom the program names: the answer to it goes to that
    person, past the mailbox of the program, which others may read."""
    change = effect.change
    if line and isinstance(change, SendLetter) and change.person == HELPER:
        member = line.once_member(change.facts.get("asker", ""))
        return member or line.person(change.facts["role_of_asker"])
    return None


def _told(change: TellAdmin, line: Line | None, roster: Roster) -> dict[str, Any]:
    """The facts of a letter to the contact: the pairing it is about, if it is about one, and people by name."""
    told = dict(change.facts)
    command = told.pop("command", "")
    if "people" in told:
        names = {person.id: person.name for person in roster.people()}
        told["people"] = [names.get(each, each) for each in told["people"]]
    release, shown = told.pop("release", ""), told.pop("shown", [])
    pair = line.named if line else ""
    both = (
        f"{line.mentor.name} & {', '.join(each.name for each in line.people[1:])}" if line else ""
    )
    return {
        "fact": change.fact, "facts": told, "command": command, "pair": pair, "both": both,
        "pairing": line.pairing if line else "", "release": release, "shown": shown,
    }  # fmt: skip


def _shown(
    keys: list[str], templates: Templates, roster: Roster, store: Store
) -> list[dict[str, Any]]:
    """Letters on hold as their readers will see them, without the foot: who reads each, and its paragraphs."""
    found = []
    for entry in store.queue(on_hold=True) if keys else ():
        effect, line = entry.effect, roster.lines.get(entry.lane)
        program = roster.program_of(entry.lane)
        if effect.key in keys and line and program and isinstance(effect.change, SendLetter):
            reader, partner, role = _readers(effect, entry.lane, line, program, roster, store)
            given = context(
                program, reader, partner, role, effect.change.facts, anchor=line.anchor,
                group=line.group if line else (),
            )  # fmt: skip
            text = templates.render(effect.change.touchpoint, reader.language, given).text
            paragraphs = [each.splitlines() for each in text.strip().split("\n\n")[:-1]]
            found.append({"to": reader.name, "paragraphs": paragraphs})
    return found


def _readers(
    effect: Effect, lane: Lane, line: Line | None, program: Program, roster: Roster, store: Store
) -> tuple[Person, Person | None, Role]:
    """Who reads it, who is the other one (nobody in a letter about no pairing), and the reader's role."""
    if isinstance(effect.change, TellAdmin):
        if effect.change.to:
            to = effect.change.to
            named = [each.name for each in program.reports_to if each.address == to]
            return (
                Person(f"reader-{short(to)}", named[0] if named else to, to, program.timezone),
                None,
                "mentor",
            )
        about_people = line is not None and effect.change.fact not in OF_THE_MACHINE
        name, to = program.contact_name, program.contact
        if about_people and program.help_to:
            name, to = program.help_name or name, program.help_to
        return (
            Person(CONTACT, name, to, program.timezone, language=program.language),
            None,
            "mentor",
        )
    assert isinstance(effect.change, SendLetter)
    if effect.change.person == HELPER:
        name, to = (program.help_name, program.help_to) if program.help_to else ("", "")
        name, to = name or program.contact_name, to or program.contact
        return Person(HELPER, name, to, program.timezone, language=program.language), None, "mentor"
    if line is None:
        owner = roster.owners[lane.partition("/")[2]]
        return _as_said(owner, roster, store), None, "mentor"
    if effect.change.person.startswith(ADVISOR) and "by" in effect.change.facts:
        return _advisor(effect.change, line)
    role = line.role_of(effect.change.person)
    if role is None:
        member = line.once_member(effect.change.person)
        if member:
            return member, line.mentor, "mentee"
        raise LetterFailed(f"{effect.change.person} is nobody in {lane}")
    return line.person(role), line.person(other(role)), role


def _advisor(letter: SendLetter, line: Line) -> tuple[Person, Person | None, Role]:
    """Somebody of whom nothing but an address is known: in the language of who wished them, and on that clock, with the
    other one's beside it."""
    by: Role = letter.facts["by"]
    asker, partner, address = line.person(by), line.person(other(by)), letter.facts["to"]
    reader = Person(
        letter.person, address.partition("@")[0], address, asker.zone, language=asker.language
    )
    return reader, partner if partner.zone != asker.zone else None, by


def _as_said(owner: Person, roster: Roster, store: Store) -> Person:
    """The owner of a calendar with the language that was asked for by mail, in whichever pairing it was."""
    for lane, line in roster.lines.items():
        if line.mentor.id == owner.id:
            state = store.world(lane).state
            if isinstance(state, PairingState):
                return changed(owner, language=state.line.mentor.language)
    return owner


def _kind(thread: str) -> ThreadKind:
    """Which of a reader's threads that one is."""
    if not person_of(thread):
        return "T"
    if in_confidence(thread):
        return "H"
    return "C" if thread.endswith("/calendar") else "P"


def _thread(kind: ThreadKind, lane: Lane, reader: Person, program: Program) -> str:
    """The name of the chain of letters that this one goes on with."""
    match kind:
        case "T":
            return lane
        case "P":
            return thread_of_person(reader.id, program.id)
        case "C":
            return thread_about_calendar(reader.id, program.id)
        case "H":
            return thread_of_help(reader.id, program.id)
        case "G":
            return thread_of_advisor(reader.id)
        case "A":
            return f"contact/{program.id}"
