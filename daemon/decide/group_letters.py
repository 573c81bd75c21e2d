"""Letters to the members of a group: what they belong to, what the next 1:1 is about, what was written, and the end.

Not what becomes of single 1:1s (group_news.py), and not letters to the two: those are owed as they are to any pair.
Each member has a thread of their own, on their own clock, in their own language.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.contact import between
from daemon.decide.copies import last_notes, topic_of_member
from daemon.decide.gone import in_doubt
from daemon.decide.group import member_of, missed_since, misses, missing
from daemon.decide.group_news import group_news
from daemon.decide.group_post import PREP, to_member
from daemon.decide.meetings import dates_to_come
from daemon.decide.owed import letter, personal, when
from daemon.decide.prepared import CLOSES, hour_before, lead_days
from daemon.decide.seen import PairingTurn
from daemon.decide.started import first_date, shape_of
from daemon.decide.terms import terms
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting, Series
from daemon.domain.people import ROLES, Person
from daemon.domain.thread import AgendaLine, Note

LETTER_DAYS = timedelta(days=14)
COPY_DAYS = timedelta(days=3)
"""So long a copy of a note is tried, by day and within the limits of whoever reads it."""
LINES_MOST = 12
"""So many lines of topics a member reads before a 1:1."""


def group_letters(turn: PairingTurn) -> None:
    """Every letter that is owed because there are members; none where there are none."""
    state = turn.state
    if state.forgotten:
        return
    running = state.standing in ("active", "closing")
    begun = running or state.standing == "paused"  # what a pause takes along is told in it
    for person in state.line.members:
        if running:
            _welcome(turn, person)
        for meeting in state.meetings if begun else ():
            group_news(turn, person, meeting)
            _prep(turn, person, meeting)
        _ended(turn, person)
    if state.standing != "invited":
        for note in state.notes:
            _copy(turn, note)
    if begun:
        for meeting in state.meetings:
            _topics(turn, meeting)
            _missing(turn, meeting)
        _who_came_and_went(turn)
    for person in state.line.former:
        _removed(turn, person)


def _names(turn: PairingTurn, reader: Person) -> list[str]:
    """The other mentees of the group, the one who speaks for it first."""
    line = turn.state.line
    return [each.first for each in (line.mentee, *line.members) if each.id != reader.id]


# --- the beginning


def _welcome(turn: PairingTurn, person: Person) -> None:
    """When the series stands, and anew when it has another shape."""
    state, wanted = turn.state, terms(turn.state, turn.program)
    present = [each for each in state.series if each.standing == "put"]
    member = member_of(state, person.id)
    first = min(present, key=lambda each: each.rule.first, default=None)
    if wanted.sessions == 0:
        settling = any(each.standing in ("asked", "gone") or each.gone_at for each in state.series)
        if first is None or settling:
            return
    stem = turn.letter_stem("group-welcome", "group", person.id)
    since = max(member.since, (first.changed_at or first.put_at or turn.now) if first else turn.now)
    facts = {
        **_rhythm(turn, first, present),
        "others": _names(turn, person), "speaker": state.line.mentee.first,
        "link": state.link, "between": between(turn), "days_before": turn.program.prep_mentee_days,
        "again": stem in turn.marks and turn.settled(stem) is not None,
    }  # fmt: skip
    mark = turn.marks.get(stem)
    if mark and mark.standing == "live":
        facts["again"] = mark.generation > 1
    to_member(
        turn, person, "group-welcome", "group", facts, opens=min(since, turn.now),
        closes=max(since, turn.now) + LETTER_DAYS, reason="the group's 1:1s are on the calendar",
        basis=shape_of(present) if present else "sessions", retell=True,
    )  # fmt: skip


def _rhythm(turn: PairingTurn, first: Series | None, present: list[Series]) -> dict[str, Any]:
    """When they meet; of a few sessions no time is known yet."""
    if first is None:
        lengths = list(terms(turn.state, turn.program).lengths_minutes)
        return {"start": None, "weeks": 0, "months": 0, "lengths": lengths}
    return {
        "start": iso(first_date(turn, first)),
        "weeks": first.rule.step.weeks // len(present),
        "months": first.rule.step.months // len(present),
        "lengths": [each.rule.length_minutes for each in present],
    }


# --- before a 1:1


def prep_time(turn: PairingTurn, person: Person, start: datetime) -> datetime:
    """As for the mentee, on the member's own clock."""
    return hour_before(turn, person, start, "mentee", lead_days(turn, start, "mentee"))


def _prep(turn: PairingTurn, person: Person, meeting: Meeting) -> None:
    if not meeting.stands or in_doubt(turn, meeting) or misses(turn, person, meeting):
        return
    if meeting.start <= turn.now or member_of(turn.state, person.id).since > meeting.start:
        return
    opens = prep_time(turn, person, meeting.start)
    occasion = f"{meeting.origin}#{meeting.start:%Y%m%dT%H%M}"
    stem = turn.letter_stem(PREP, occasion, person.id)
    if not turn.watch.reached(opens) or turn.over(stem):
        return
    notes = last_notes(turn, str(meeting.origin)) if _come_with_prep(turn) else []
    facts = {
        "start": iso(meeting.start),
        "length_minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "link": turn.state.link,
        "agenda": [line for each in _agenda(turn, meeting) for line in said(turn, each)][
            :LINES_MOST
        ],
        "lines": [line for each in notes for line in said(turn, each)],
        "missing": [each.first for each in missing(turn, meeting)],
    }
    to_member(
        turn, person, PREP, occasion, facts, opens=opens, closes=meeting.start - CLOSES,
        reason=f"the group meets at {iso(meeting.start)}", basis=iso(meeting.start),
        origin=meeting.origin,
    )  # fmt: skip


def _agenda(turn: PairingTurn, meeting: Meeting) -> list[AgendaLine]:
    return [each for each in turn.state.agenda if each.origin == meeting.origin]


def said(turn: PairingTurn, words: Note | AgendaLine) -> list[str]:
    """What somebody wrote, line by line; the first begins with the name."""
    lines = [line.strip() for line in words.text.splitlines() if line.strip()]
    if not words.by and lines:
        lines[0] = f"{turn.state.line.person(words.author).first}: {lines[0]}"
    return lines


def _come_with_prep(turn: PairingTurn) -> bool:
    return turn.program.share_notes == "next_prep"


# --- what was written


def _copy(turn: PairingTurn, note: Note) -> None:
    """A note goes to everybody in the group who does not have it: one of the two to the members, one of a member to all
    others."""
    if note.private or (_come_with_prep(turn) and not note.by):
        return
    meeting = next((m for m in turn.state.meetings if m.origin == note.origin), None)
    if meeting is None:
        return  # of a 1:1 long ago
    if turn.now >= note.at + COPY_DAYS:
        return  # it went out, or was left out; and that is no longer remembered
    line, author = turn.state.line, note.by or line_author(turn, note)
    facts = {
        "what": "note", "first": _first(turn, note), "lines": said_plainly(note), "start": None,
    }  # fmt: skip
    occasion = f"{note.origin}#{author}-{note.at:%Y%m%dT%H%M%S}"
    opens = note.at + timedelta(minutes=turn.program.copy_after_minutes)
    for person in line.members:
        if person.id != author and member_of(turn.state, person.id).since <= note.at:
            to_member(
                turn, person, "group-copy", occasion, facts, opens=opens,
                closes=note.at + COPY_DAYS, reason="a note was written", basis="note",
                origin=note.origin,
            )  # fmt: skip
    for role in ROLES if note.by else ():
        moment = when(turn, opens, role)
        if turn.watch.reached(moment):
            letter(
                turn, "group-copy", meeting, role, facts, opens=moment,
                closes=note.at + COPY_DAYS, reason="a note was written", occasion=occasion,
                basis="note",
            )  # fmt: skip


def line_author(turn: PairingTurn, words: Note | AgendaLine) -> str:
    """Which of the two wrote it, by id."""
    return turn.state.line.person(words.author).id


def _first(turn: PairingTurn, words: Note | AgendaLine) -> str:
    line = turn.state.line
    known = (*line.members, *line.former)
    found = next((each.first for each in known if each.id == words.by), "")
    return found or line.person(words.author).first


def said_plainly(words: Note | AgendaLine) -> list[str]:
    """What somebody wrote, line by line, in a letter that names who it was."""
    text = words.text.partition(": ")[2] if words.by else words.text
    return [line.strip() for line in text.splitlines() if line.strip()]


def _topics(turn: PairingTurn, meeting: Meeting) -> None:
    """What a member wrote after the mentor's prep had gone, or was left out."""
    if not meeting.stands or meeting.start <= turn.now:
        return
    stem = turn.letter_stem("prep-mentor", str(meeting.origin), turn.state.line.mentor.id)
    for line in turn.state.agenda:
        late = line.by and line.origin == meeting.origin and not line.shown
        if not late or not turn.over(stem):
            continue
        opens = min(
            when(turn, line.at + timedelta(minutes=turn.program.copy_after_minutes), "mentor"),
            max(line.at, meeting.start - timedelta(hours=1)),
        )
        if turn.watch.reached(opens):
            facts = {
                "what": "agenda", "first": _first(turn, line), "lines": said_plainly(line),
                "start": iso(meeting.start),
            }  # fmt: skip
            letter(
                turn, "group-copy", meeting, "mentor", facts, opens=opens, closes=meeting.start,
                due=meeting.start, reason="topics came after the prep", basis="agenda",
                occasion=topic_of_member(line),
            )  # fmt: skip


# --- who comes, and who has left


def _missing(turn: PairingTurn, meeting: Meeting) -> None:
    """Who can't come stands in the preps of the two; what is said later than that is told."""
    if not meeting.stands or meeting.start <= turn.now:
        return
    for person in turn.state.line.members:
        since = missed_since(turn, person, meeting)
        for role in ROLES if since else ():
            assert since is not None
            reader = turn.state.line.person(role).id
            mark = turn.marks.get(turn.letter_stem(f"prep-{role}", str(meeting.origin), reader))
            if mark is None or mark.standing not in ("settled", "skipped") or mark.at > since:
                continue
            moment = when(turn, since, role)
            moment = moment if moment < meeting.start - CLOSES else since
            if turn.watch.reached(moment):
                letter(
                    turn, "group-missing", meeting, role,
                    {"first": person.first, "start": iso(meeting.start)}, opens=moment,
                    closes=meeting.start, reason="one of the group can't come", basis="missing",
                    occasion=f"{meeting.origin}#{person.id}-{since:%Y%m%dT%H%M%S}", due=meeting.start,
                )  # fmt: skip


def _who_came_and_went(turn: PairingTurn) -> None:
    """The two hear of members who have left, or are new in a group that meets already: of all of one moment at once."""
    begun = min((each.put_at for each in turn.state.series if each.put_at), default=None)
    people = {each.id: each for each in (*turn.state.line.former, *turn.state.line.members)}
    of_a_moment: dict[tuple[str, datetime], list[str]] = {}
    for member in turn.state.members:
        person = people.get(member.id)
        at = member.left_at or member.since
        if person is None or begun is None or (not member.left_at and at <= begun):
            continue
        case = "left" if member.left_at else "joined"
        of_a_moment.setdefault((case, at), []).append(person.first)
    for (case, at), firsts in of_a_moment.items():
        _tell_the_two(turn, case, at, firsts)


def _tell_the_two(turn: PairingTurn, case: str, at: datetime, firsts: list[str]) -> None:
    for role in ROLES:
        moment = when(turn, at, role)
        if turn.watch.reached(moment):
            personal(
                turn, "group-changed", f"{case}-{at:%Y%m%dT%H%M%S}", role,
                {"case": case, "firsts": firsts}, opens=moment, closes=moment + LETTER_DAYS,
                reason="the group has changed", basis=case,
            )  # fmt: skip


# --- the end


def _ended(turn: PairingTurn, person: Person) -> None:
    """When somebody stops it at once, else the day after the last one."""
    state = turn.state
    if state.standing not in ("closing", "closed"):
        return
    coming = [m.start for m in state.meetings if m.stands and m.start > turn.now]
    coming += dates_to_come(turn) if state.standing == "closing" else []
    if state.stopped_at:
        opens = state.stopped_at
    else:
        ends = [m.end for m in state.meetings if m.standing in ("planned", "moved", "held")]
        if coming or not ends:
            return
        opens = max(ends) + timedelta(days=1)
    last = iso(max(coming)) if coming else None
    facts: dict[str, Any] = {"case": "ended", "last_start": last}
    to_member(
        turn, person, "group-ended", "end", facts, opens=opens, closes=opens + LETTER_DAYS,
        reason="the group's 1:1s end", basis="ended",
    )  # fmt: skip


def _removed(turn: PairingTurn, person: Person) -> None:
    """Whom the files no longer name, or a hand has taken off the series; who has left by word knows it."""
    member = member_of(turn.state, person.id)
    if member.left_by in ("files", "hand") and member.left_at and turn.state.standing != "invited":
        to_member(
            turn, person, "group-ended", f"removed-{member.left_at:%Y%m%d}",
            {"case": "removed", "last_start": None}, opens=member.left_at,
            closes=member.left_at + LETTER_DAYS, reason="that member was taken out",
            basis="removed",
        )  # fmt: skip
