"""Copies: what one of the two wrote reaches the other, and what a reader has seen (RULES 8).

Not preps: those quote; a copy passes on what came too late for one, or is a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from daemon.decide.carried import was_carried
from daemon.decide.journal import was_shown
from daemon.decide.keys import origin_text
from daemon.decide.meetings import upcoming
from daemon.decide.moment import local_day, speakable_to_all
from daemon.decide.owed import agenda_lines, hours_of, letter
from daemon.decide.prepared import on_week_card
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role, other
from daemon.domain.thread import Action, AgendaLine, Note
from daemon.domain.value import replace

OFFERING = ("proposal", "proposal-mentor", "slot-gone", "counter", "welcome-mentee", "regular-time")
"""Letters that show the list of a proposal."""


def copies(turn: PairingTurn) -> None:
    """What one wrote goes to the other: notes, and agenda lines that came too late for the prep."""
    for author in ROLES:
        notes = [
            n
            for n in turn.state.notes
            if n.author == author and not (n.private or n.copied or n.by)
        ]
        if notes and not _comes_with_prep(turn, other(author)):
            _copy_notes(turn, author, notes)
        for meeting in turn.state.meetings:
            _copy_agenda(turn, author, meeting)


def _comes_with_prep(turn: PairingTurn, reader: Role) -> bool:
    """Whether notes wait for the next prep; a mentor who reads the week card, and who wants fewer
    letters, gets none."""
    on_card = reader == "mentor" and on_week_card(turn)
    prep = reader not in turn.state.fewer
    return turn.program.share_notes == "next_prep" and prep and not on_card


def last_notes(turn: PairingTurn, origin: str) -> list[Note]:
    """The notes that a prep quotes: those of the last meeting before this one that has any, and what was
    written of an earlier one so late that no prep has quoted it."""
    shared = [n for n in turn.state.notes if not n.private and str(n.origin) != origin]
    latest = max((n.origin.wall for n in shared), default="")
    return [n for n in shared if n.origin.wall == latest or not n.copied]


def day_of(turn: PairingTurn, note: Note, reader: Role) -> date:
    """The reader's day on which the 1:1 took place that a note is about: it may have been moved."""
    meeting = next((m for m in turn.state.meetings if m.origin == note.origin), None)
    zone = turn.zone(turn.state.line.person(reader).zone)
    return local_day(meeting.start, zone) if meeting else note.origin.day


def unread_to_dos(turn: PairingTurn, reader: Role) -> list[Action]:
    """What is open of what the other one has written down and no letter has shown this reader."""
    return [a for a in turn.state.actions if a.done_at is None and a.by != reader and not a.shown]


def _copy_moment(
    turn: PairingTurn, at: datetime, reader: Role, latest: datetime | None
) -> datetime:
    """The first moment outside both people's quiet hours, at least ten minutes later, and not after the
    latest."""
    both = (hours_of(turn, reader), hours_of(turn, other(reader)))
    later = at + timedelta(minutes=turn.program.copy_after_minutes)
    moment = speakable_to_all(later, both)
    return min(moment, latest) if latest else moment


def _latest(at: datetime, before: Meeting | None) -> datetime | None:
    """Until when a copy may wait: one hour before the 1:1 it is for; written later than that, it may not."""
    if before is None or before.start <= at:
        return None
    return max(at, before.start - timedelta(hours=1))


def _copy_notes(turn: PairingTurn, author: Role, notes: list[Note]) -> None:
    meeting = next((m for m in turn.state.meetings if m.origin == notes[0].origin), None)
    if meeting is None:
        return
    coming = upcoming(turn)
    first = notes[0]
    latest = _latest(first.at, coming)
    moment = _copy_moment(turn, first.at, other(author), latest)
    if not turn.watch.reached(moment):
        return
    lines = [text for n in notes for text in n.text.splitlines() if text.strip()]
    actions = [
        {"letter": a.letter, "owner": a.owner, "text": a.text, "kind": a.kind}
        for a in unread_to_dos(turn, other(author))
    ]
    facts = {
        "what": "note",
        "day": day_of(turn, first, other(author)).isoformat(),
        "lines": lines,
        "actions": actions,
        "start": iso(coming.start) if coming else None,
    }
    letter(
        turn, "copy", meeting, other(author), facts, opens=moment,
        closes=first.at + timedelta(days=14), due=latest, reason="a note was written",
        occasion=f"{first.origin}#{author}-{first.at:%Y%m%dT%H%M%S}", basis="note",
    )  # fmt: skip


def _copy_agenda(turn: PairingTurn, author: Role, meeting: Meeting) -> None:
    """Only when the reader's prep has gone (or was left out): before that, the prep shows the lines."""
    lines = [line for line in agenda_lines(turn, meeting, author) if not (line.shown or line.by)]
    if not lines or not meeting.stands or meeting.start <= turn.now:
        return
    reader = other(author)
    stem = turn.letter_stem(
        f"prep-{reader}", str(meeting.origin), turn.state.line.person(reader).id
    )
    if reader == "mentor" and not turn.over(stem):
        return
    latest = _latest(lines[0].at, meeting)
    moment = _copy_moment(turn, lines[0].at, reader, latest)
    if not turn.watch.reached(moment):
        return
    facts = {
        "what": "agenda",
        "day": meeting.origin.day.isoformat(),
        "lines": [text for each in lines for text in each.text.splitlines() if text.strip()],
        "actions": [],
        "start": iso(meeting.start),
    }
    letter(
        turn, "copy", meeting, reader, facts, opens=moment, closes=meeting.start, due=latest,
        reason="topics came after the prep",
        occasion=f"{meeting.origin}#agenda-{author}-{lines[0].at:%Y%m%dT%H%M%S}", basis="agenda",
    )  # fmt: skip


def told(turn: PairingTurn, stem: str, at: datetime) -> None:
    """A letter was accepted: remember what its reader has seen by it."""
    touchpoint, mark = stem.partition("/")[0], turn.marks.get(stem)
    decided = mark.at if mark else at  # what was written after that is not in it
    state = turn.state
    if touchpoint in OFFERING and state.proposal:
        proposal = state.proposal
        current = f"#{proposal.occasion}.{proposal.round}{'v' if proposal.vetted else ''}/"
        if current in stem and proposal.about in stem:
            turn.state = replace(state, proposal=replace(proposal, told_at=at))
    elif touchpoint == "notes" and stem.endswith(f"/{state.line.mentor.id}"):
        turn.state = replace(state, mentor_asked_at=at)
    elif touchpoint in ("prep-mentor", "prep-mentee"):
        author: Role = "mentee" if touchpoint == "prep-mentor" else "mentor"
        was_shown(turn, other(author), decided)
        was_carried(turn, stem, decided)
        if author == "mentee":
            show(turn, lambda line: str(line.origin) in stem and line.author == author, decided)
        _has_read(turn, author, last_notes(turn, origin_text(stem)), decided)
    elif touchpoint == "carried":
        was_carried(turn, stem, decided)
    elif touchpoint == "copy":
        _copied(turn, stem, decided)
    elif touchpoint == "group-copy" and "#agenda-" in stem:
        show(turn, lambda line: f"/{topic_of_member(line)}/" in stem, decided)


def topic_of_member(line: AgendaLine) -> str:
    """The occasion of the letter about one topic of a member: each that came late has one of its own."""
    return f"{line.origin}#agenda-{line.by}-{line.at:%Y%m%dT%H%M%S}"


def _has_read(turn: PairingTurn, author: Role, notes: Iterable[Note], until: datetime) -> None:
    """The other one has read these notes of the author, and every to-do: they need no letter any more, and a
    note cannot be taken back."""
    read = [n for n in notes if n.author == author and n.at <= until]
    turn.state = replace(
        turn.state,
        notes=tuple(replace(n, copied=True) if n in read else n for n in turn.state.notes),
        actions=tuple(
            replace(a, shown=True) if a.by == author and a.at <= until else a
            for a in turn.state.actions
        ),
    )


def show(turn: PairingTurn, chosen: Callable[[AgendaLine], bool], until: datetime) -> None:
    """These topics have been read, as far as they were written by then."""
    turn.state = replace(
        turn.state,
        agenda=tuple(
            replace(line, shown=True) if chosen(line) and line.at <= until else line
            for line in turn.state.agenda
        ),
    )


def _copied(turn: PairingTurn, stem: str, until: datetime) -> None:
    what, by, *_ = stem.split("#")[1].split("-")  # `agenda-mentee-2026…` or `mentee-2026…`
    author: Role = "mentor" if "mentor" in (what, by) else "mentee"
    if what == "agenda":
        show(turn, lambda line: line.author == author and str(line.origin) in stem, until)
    else:
        _has_read(turn, author, turn.state.notes, until)
