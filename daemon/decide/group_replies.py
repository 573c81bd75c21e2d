"""What follows from a mail of a member of a group.

A member can say not to come, what to talk about, HELP, LEAVE, and what holds for oneself. What the mentor and the mentee
who speaks for the group settle between them is answered with who can say it. Words that are no command are shared with
everybody in the group, as its letters say; lines marked private are kept by nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from daemon.decide.automatic import HOUR, MAILS_PER_HOUR
from daemon.decide.bounced import writes_again
from daemon.decide.confidential import is_shared, may_be_for_few
from daemon.decide.group import comes, leave_group, member_of, miss, misses, put_member
from daemon.decide.helping import HELPER, LINES_MOST, all_lines, asks_for_help
from daemon.decide.journal import MY_NOTES
from daemon.decide.keys import in_confidence, lane_of_person, origin_of, short, touchpoint_of
from daemon.decide.late import heard_late
from daemon.decide.meetings import upcoming
from daemon.decide.moment import local_day
from daemon.decide.out_of_bounds import themes_meant
from daemon.decide.promised import reader_of_words
from daemon.decide.seen import PairingTurn
from daemon.decide.themes import is_asked_about, leave_out
from daemon.decide.turn import OF_A_GROUP, iso
from daemon.decide.words import NOTE_CHARACTERS_MAX
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import PersonSaid, ReplySeen, Said
from daemon.domain.pair import Mails
from daemon.domain.people import MEMBER, Person
from daemon.domain.thread import AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Mark

LEAVE_DAYS = timedelta(days=7)
"""So long a YES to LEAVE is waited for."""
IN_CONFIDENCE = ("help", "report", "change")
NOT_TO_COME = ("cannot", "ill", "skip", "away")
TO_COME = ("keep", "meet", "undo")
OF_ONESELF = ("zone", "language")
FOR_A_PERSON = ("for-contact", "sealed")


def member_wrote(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    """One mail: first its commands, then its words."""
    turn.writer = person
    if reply.trust != "verified":
        _not_proved(turn, person, reply)
    elif _is_storm(turn, person) and not asks_for_help(reply):
        turn.because("more mails in an hour than anybody writes: nothing follows from the rest")
    else:
        _follow(turn, person, reply)
    turn.writer = None


def _follow(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    if not reply.address and turn.state.line.member(person.id):
        writes_again(turn, f"{MEMBER}{person.id}")
    meant = [] if _is_over(turn, person) else themes_meant(turn, reply)
    themes = [each for each in meant if is_asked_about(turn.program, each)]
    if themes:
        leave_out(turn, person.id, themes)
        ack(turn, person, "themes", reply, word=", ".join(themes))
    if any(said.word in IN_CONFIDENCE for said in reply.said):
        _help(turn, person, reply)
        return
    reader = reader_of_words(reply.answers, reply.thread)
    of_group = touchpoint_of(reply.answers).startswith(OF_A_GROUP)
    if reader == "helper" and reply.wrote:
        _help(turn, person, reply, "more")
        return
    if _is_over(turn, person) or reader == "contact":
        _for_the_contact(turn, person, reply)
        return
    understood = [_command(turn, person, reply, said) for said in reply.said]
    if may_be_for_few(reply):
        ack(turn, person, "kept", reply)
    elif is_shared(reply) and (of_group or reader != "nobody"):
        _share(turn, person, reply)
    elif (reply.said or reply.wrote or meant) and not any(understood) and not themes:
        _unclear(turn, person, reply)


def _is_over(turn: PairingTurn, person: Person) -> bool:
    """Whether that person belongs to the group no longer, or its 1:1s are over."""
    return turn.state.standing == "closed" or turn.state.line.member(person.id) is None


def _for_the_contact(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    """Words after the end, or to a letter that only the contact reads."""
    if (reply.wrote or reply.said or reply.themes_out) and _once_a_day(turn, person, "contact"):
        turn.tell("for-contact", reason="words that only the contact reads")
        ack(turn, person, "for-contact", reply)


def _command(turn: PairingTurn, person: Person, reply: ReplySeen, said: Said) -> bool:
    """Whether it was understood, and followed or answered."""
    if said.word in NOT_TO_COME:
        return _not_to_come(turn, person, reply, said)
    if said.word in TO_COME:
        return _to_come(turn, person, reply, said)
    if said.word in ("yes", "no"):
        return _yes_or_no(turn, person, reply, yes=said.word == "yes")
    if said.word == "late":
        return _late(turn, person, reply, said)
    if said.word == "leave":
        _ask_whether_to_leave(turn, person, reply)
    elif said.word in OF_ONESELF and said.text:
        said_of_oneself(turn, person, said)
        turn.forwarded.append((lane_of_person(person.id), PersonSaid(person.id, said, turn.now)))
        ack(turn, person, said.word, reply, word=said.text)
    elif said.word == "fewer":
        put_member(turn, replace(member_of(turn.state, person.id), fewer=said.text != "on"))
        ack(turn, person, "more" if said.text == "on" else "fewer", reply)
    elif said.word == MY_NOTES:
        ack(turn, person, "no-notes", reply)
    elif said.word in FOR_A_PERSON:
        turn.tell("for-contact", reason="a word that only a person can answer", word="")
        ack(turn, person, "for-contact", reply)
    else:
        ack(turn, person, "only-the-two", reply)
    return True


def said_of_oneself(turn: PairingTurn, person: Person, said: Said) -> None:
    """Zone and language; what a member says of days, only of the 1:1s that are known."""
    member = member_of(turn.state, person.id)
    if said.word == "zone" and said.text:
        put_member(turn, replace(member, zone=said.text))
    elif said.word == "language" and said.text:
        put_member(turn, replace(member, language=said.text))
    elif said.word in ("away", "ill") and said.days:
        for meeting in _of_days(turn, person, said):
            miss(turn, person, str(meeting.origin))


# --- who comes


def _of_days(turn: PairingTurn, person: Person, said: Said) -> list[Meeting]:
    assert said.days is not None
    zone, (first, last) = turn.zone(person.zone), said.days
    ahead = [each for each in turn.state.meetings if each.stands and each.start > turn.now]
    return [each for each in ahead if first <= local_day(each.start, zone) <= last]


def _meant(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    """The 1:1 that the answered letter is about, else the next one."""
    origin = origin_of(reply.answers)
    named = next((each for each in turn.state.meetings if each.origin == origin), None)
    if named and named.stands and named.start > turn.now:
        return named
    return upcoming(turn)


def _not_to_come(turn: PairingTurn, person: Person, reply: ReplySeen, said: Said) -> bool:
    meant = _meant(turn, reply)
    meetings = _of_days(turn, person, said) if said.days else [meant] if meant else []
    if not meetings:
        ack(turn, person, "no-date", reply)
        return True
    for meeting in meetings:
        miss(turn, person, str(meeting.origin))
    ack(turn, person, "misses", reply, start=iso(meetings[0].start), count=len(meetings))
    return True


def _to_come(turn: PairingTurn, person: Person, reply: ReplySeen, said: Said) -> bool:
    meeting = _meant(turn, reply)
    if meeting is None or not misses(turn, person, meeting):
        ack(turn, person, "only-the-two", reply)
        return True
    comes(turn, person, str(meeting.origin))
    ack(turn, person, "comes", reply, start=iso(meeting.start))
    return True


def _late(turn: PairingTurn, person: Person, reply: ReplySeen, said: Said) -> bool:
    """Everybody who comes hears it."""
    about, minutes = heard_late(turn, f"{MEMBER}{person.id}", reply, said)
    ack(turn, person, about or "running-late", reply, count=minutes)
    return True


# --- LEAVE


def _ask_whether_to_leave(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    """Asked once: a word alone takes nobody out."""
    put_member(turn, replace(member_of(turn.state, person.id), asked_at=turn.now))
    ack(turn, person, "leave", reply, answer_by=iso(turn.now + LEAVE_DAYS))


def _yes_or_no(turn: PairingTurn, person: Person, reply: ReplySeen, *, yes: bool) -> bool:
    member = member_of(turn.state, person.id)
    asked = member.asked_at is not None and turn.now < member.asked_at + LEAVE_DAYS
    if not asked:
        if yes:
            turn.because("a yes to a letter that asks nothing is a kind word")
        return yes
    if yes:
        ack(turn, person, "left", reply)
        leave_group(turn, person)
    else:
        put_member(turn, replace(member, asked_at=None))
        ack(turn, person, "stays", reply)
    return True


# --- words


def _share(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    """A topic of the next 1:1; a note, where the letter that is answered is about one that is over, or none is ahead."""
    words = (
        reply.text,
        *(text for _, text in reply.todos),
        *reply.intros,
        *reply.chances,
        *(reply.goals if not reply.text else ()),
    )
    text = f"{person.first}: " + "\n".join(filter(None, words))[:NOTE_CHARACTERS_MAX]
    meeting = _about(turn, reply)
    if meeting is None:
        _unclear(turn, person, reply)
    elif turn.now < meeting.start:
        line = AgendaLine(meeting.origin, "mentee", text, turn.now, by=person.id)
        turn.state = replace(turn.state, agenda=(*turn.state.agenda, line))
    else:
        note = Note(meeting.origin, "mentee", text, turn.now, by=person.id)
        turn.state = replace(turn.state, notes=(*turn.state.notes, note))
        turn.kept.append(note)


def _about(turn: PairingTurn, reply: ReplySeen) -> Meeting | None:
    origin, meetings = origin_of(reply.answers), turn.state.meetings
    named = next((each for each in meetings if each.origin == origin), None)
    if named and touchpoint_of(reply.answers) != "group-copy":
        return named
    past = [each for each in meetings if each.end <= turn.now]
    return upcoming(turn) or max(past, key=lambda each: each.end, default=None)


# --- in confidence


def _help(turn: PairingTurn, person: Person, reply: ReplySeen, case: str = "") -> None:
    """To the helper alone, with all that was written; nobody of the group hears of it."""
    case = case or next(said.word for said in reply.said if said.word in IN_CONFIDENCE)
    line, verified = turn.state.line, reply.trust == "verified"
    facts = {
        "case": case, "role_of_asker": "member", "asker": person.id, "first": person.first,
        "name": person.name, "partner_first": line.mentor.first, "both": line.named,
        "lines": all_lines(reply)[:LINES_MOST], "verified": verified,
    }  # fmt: skip
    turn.say(
        turn.letter_stem("help-case", short(reply.message_id), HELPER),
        SendLetter("help-case", HELPER, facts), reason="a human being was asked for",
    )  # fmt: skip
    got = "change-got" if case == "change" else "help-got"
    answers = reply.message_id if in_confidence(reply.thread) else ""
    told = {"case": case, "words": reply.wrote, "verified": verified}
    turn.say(
        turn.letter_stem(got, short(reply.message_id), person.id),
        SendLetter(got, person.id, told, answers), reason="a human being was asked for",
    )  # fmt: skip


# --- not proved, not understood


def _not_proved(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    """Of a mail that may be anybody's only a call for help is followed, marked as such; to its owner's own address goes
    a word, once a day."""
    if asks_for_help(reply):
        if _once_a_day(turn, person, "help"):
            _help(turn, person, reply)
    elif reply.trust == "pending" and _once_a_day(turn, person, "unproved"):
        ack(
            turn,
            person,
            "unproved",
            replace(reply, message_id=f"{reply.message_id} "),
            answers=False,
        )
    else:
        turn.because("a mail in the name of a member, and no proof")


def _unclear(turn: PairingTurn, person: Person, reply: ReplySeen) -> None:
    if _once_a_day(turn, person, "unclear"):
        ack(turn, person, "unclear", reply)
    else:
        turn.because("not understood, and answered already today")


def _once_a_day(turn: PairingTurn, person: Person, what: str) -> bool:
    stem = f"tell/{turn.lane}/{what}/{turn.now.date().isoformat()}/{person.id}"
    if stem in turn.marks:
        return False
    turn.marks[stem] = Mark(1, "", "settled", turn.now)
    return True


def _is_storm(turn: PairingTurn, person: Person) -> bool:
    """As for the two: two machines that answer each other come to rest."""
    member = member_of(turn.state, person.id)
    known = member.mails
    if known is None or turn.now >= known.since + HOUR:
        known = Mails("mentee", turn.now, 0)
    known = replace(known, count=known.count + 1)
    put_member(turn, replace(member, mails=known))
    return known.count > MAILS_PER_HOUR


# --- answers


def only_the_two(turn: PairingTurn, person: Person, occasion: str, message: str) -> None:
    """What a member's calendar program wished is for the two to settle."""
    _say(turn, person, "only-the-two", occasion, SendLetter("group-ack", person.id, {}, message))


def ack(
    turn: PairingTurn, person: Person, what: str, reply: ReplySeen, *, answers: bool = True,
    **facts: Any,
) -> None:  # fmt: skip
    """One letter about what was understood, at once."""
    letter = SendLetter(
        "group-ack", person.id, facts, reply.message_id if answers else "",
        reply.thread if answers else "", reply.index if answers else "",
    )  # fmt: skip
    _say(turn, person, what, short(reply.message_id), letter)


def _say(turn: PairingTurn, person: Person, what: str, occasion: str, letter: SendLetter) -> None:
    none: dict[str, Any] = {"start": None, "count": 0, "word": "", "answer_by": None}
    known = {"what": what, "speaker": turn.state.line.mentee.first, **none, **letter.facts}
    turn.say(
        turn.letter_stem("group-ack", f"{what}.{occasion}", person.id),
        replace(letter, facts=known), reason=f"a member wrote: {what}",
    )  # fmt: skip
