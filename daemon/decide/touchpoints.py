"""Touchpoints: which letter is owed to whom, when, and until when (RULES 8, LETTERS 2 and 4).

Not the text: templates word the facts that are gathered here. In this order, so that when the caps bind preps
win over notes, notes over reminders, and reminders over the rest.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from daemon.decide.absence import absence_letters
from daemon.decide.asking import ask
from daemon.decide.breaks import break_letters
from daemon.decide.carried import for_prep, handover_letters
from daemon.decide.clocks import clock_shift
from daemon.decide.confidential import is_held
from daemon.decide.contact import between
from daemon.decide.copies import copies, day_of, last_notes, unread_to_dos
from daemon.decide.farewell import end_letters
from daemon.decide.follow_up import follow_up_letters
from daemon.decide.goals import goal_letters
from daemon.decide.gone import in_doubt
from daemon.decide.group import missing
from daemon.decide.homework import halfway_letter, smaller_steps
from daemon.decide.ideas import idea_for, number_of, numbered, thought_for
from daemon.decide.journal import lines_for_prep
from daemon.decide.keys import basis_of
from daemon.decide.links import OF_ONE_MAIL_MOST, links_for_prep
from daemon.decide.looking_back import look_back
from daemon.decide.meeting_types import agenda_of, blocks_shown, type_of
from daemon.decide.meetings import following, move_until
from daemon.decide.owed import agenda_lines, letter, when
from daemon.decide.pages import pages_for
from daemon.decide.pausing import pause_letters
from daemon.decide.prepared import CLOSES, lines_moment, on_week_card, prep_moment
from daemon.decide.questions import ask_questions, asked
from daemon.decide.seen import PairingTurn
from daemon.decide.settled_in import settled_in
from daemon.decide.started import started
from daemon.decide.substituting import rests, substitute_letter
from daemon.decide.terms import terms
from daemon.decide.told import left_out, moved, off_letter
from daemon.decide.turn import iso
from daemon.decide.withdrawing import withdrawn_letters
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role, other
from daemon.domain.thread import Note

QUOTED_CHARACTERS_MAX = 600
GOALS_MOST = 5


def touchpoints(turn: PairingTurn) -> None:
    """Every letter that the state owes."""
    standing = turn.state.standing
    running = standing in ("active", "closing")
    begun = running or standing == "paused"  # the last one before a pause has its notes
    if running:
        started(turn)
    if begun:
        _about_meetings(turn)
    if turn.state.proposal and (running or standing == "invited"):
        ask(turn, turn.state.proposal)
    if begun:
        _left_out(turn)
    if running:
        break_letters(turn)
        absence_letters(turn)
        if not rests(turn):
            goal_letters(turn)
            halfway_letter(turn)
        handover_letters(turn)
        substitute_letter(turn)
    if standing != "closed" or any(is_held(e) for e in turn.pending) or asked(turn, "exit"):
        ask_questions(turn)
    if standing != "invited":
        copies(turn)
    if begun:
        pause_letters(turn)
    if standing != "invited":
        end_letters(turn)
        follow_up_letters(turn)
    if standing != "closed":
        withdrawn_letters(turn)


def _about_meetings(turn: PairingTurn) -> None:
    meetings = turn.state.meetings
    for meeting in meetings:
        if meeting.stands and not in_doubt(turn, meeting):
            moved(turn, meeting)
            _preps(turn, meeting)
    meetings = turn.state.meetings  # with their numbers
    for meeting in meetings:
        if (meeting.stands and in_doubt(turn, meeting)) or meeting.standing == "cancelled":
            off_letter(turn, meeting)
        elif meeting.standing == "skipped":
            left_out(turn, meeting, answers=True)
    for meeting in meetings:
        if meeting.standing == "held" or (meeting.stands and not in_doubt(turn, meeting)):
            for role in ROLES:
                _notes(turn, meeting, role)


def _left_out(turn: PairingTurn) -> None:
    """To whom did not choose it: that can wait for a reminder."""
    for meeting in turn.state.meetings:
        if meeting.standing == "skipped":
            left_out(turn, meeting, answers=False)


# --- preps


def _preps(turn: PairingTurn, meeting: Meeting) -> None:
    """So many days before the 1:1, at the hours of the two, in their own zones."""
    for role in ROLES:
        moment = prep_moment(turn, meeting.start, role)
        if not turn.watch.reached(moment):
            continue
        stem = turn.letter_stem(
            f"prep-{role}", str(meeting.origin), turn.state.line.person(role).id
        )
        if not turn.over(stem):  # else it would be woken for at the end of quiet hours, for nothing
            meeting = numbered(turn, meeting)
            _prep(turn, meeting, role, stem, moment)


def _prep(turn: PairingTurn, meeting: Meeting, role: Role, stem: str, opens: datetime) -> None:
    closes = meeting.start - CLOSES
    facts = _prep_facts(turn, meeting, role)
    if role == "mentor" and turn.now < closes:
        if on_week_card(turn):
            turn.pass_over(stem, "it is on the week card")
            return
        if not _is_news(turn, meeting, facts):
            turn.pass_over(stem, "nothing new to say: no news and no ask, no letter")
            return
    facts["idea"] = idea_for(turn, meeting, role)
    if role == "mentor":
        facts["thought"] = thought_for(turn, meeting)
    else:
        facts["smaller"] = smaller_steps(turn)
    basis = basis_of(facts)  # not until when a word works: that changes by itself
    if role == "mentee":
        # Of a first one there is nothing behind them yet; its agenda says what it is about.
        facts["asks"] = [] if facts["type"] == "first" else list(turn.program.prep_asks)
        move_by = move_until(turn, meeting.start)
        facts["lines_at"] = _lines_at(turn, meeting)
        facts["move_by"] = iso(move_by) if move_by else None
    letter(
        turn, f"prep-{role}", meeting, role, facts, opens=opens, closes=closes,
        reason=f"the 1:1 is at {iso(meeting.start)}{_named(facts['type'])}", basis=basis,
    )  # fmt: skip


def _lines_at(turn: PairingTurn, meeting: Meeting) -> str | None:
    """When the mentor gets what the mentee writes; None where a lead of days is over, and it comes as a copy."""
    moment = lines_moment(turn, meeting.start)
    return iso(moment) if moment > turn.now or not turn.program.prep_mentor_days else None


def _named(kind: str) -> str:
    """Its type, for the reason that `why` shows."""
    return f", {kind}" if kind else ""


def _prep_facts(turn: PairingTurn, meeting: Meeting, role: Role) -> dict[str, Any]:
    notes, kind = last_notes(turn, str(meeting.origin)), type_of(turn, meeting)
    blocks = agenda_of(turn.program.meeting_types, kind, minutes_of(meeting))
    shared = links_for_prep(turn, meeting)
    facts: dict[str, Any] = {
        "start": iso(meeting.start),
        "ends": iso(meeting.end) if turn.program.hard_stop else None,
        "length_minutes": minutes_of(meeting),
        "link": turn.state.link,
        "notes": [
            {"day": day_of(turn, n, role).isoformat(), "lines": _note_lines(n, role)} for n in notes
        ],
        "actions": [
            {"letter": a.letter, "owner": a.owner, "text": a.text, "kind": a.kind}
            for a in sorted(turn.state.actions, key=attrgetter("letter"))
            if a.done_at is None
        ],
        "links": [] if shared["shared_links"] else _links(notes),
        "goals": _goals(turn, kind),
        "shift": clock_shift(turn, meeting, role),
        "pages": pages_for(turn, meeting, role),
        "between": between(turn) if number_of(turn, meeting) == 1 else "",
        "type": kind or "",
        "own_lines": lines_for_prep(turn, role),
        "blocks": blocks_shown(blocks),
        "settled_in": settled_in(turn, meeting, role),
        **look_back(turn, meeting, kind),
        **shared,
    }
    if turn.state.line.members:
        facts["missing"] = [each.first for each in missing(turn, meeting)]
    if role == "mentor":
        lines = agenda_lines(turn, meeting, other(role))
        facts["carried"] = for_prep(turn)
        facts["agenda"] = [text for a in lines if not a.shown for text in _quoted(a.text)]
    return facts


def _goals(turn: PairingTurn, kind: str | None) -> list[dict[str, str]]:
    """What is still open of what the pair set out for, where a month is looked back on, after a long time, or where each of a
    few sessions looks at it (S3.11)."""
    sessions = turn.program.goals != "none" and terms(turn.state, turn.program).sessions
    shown = GOALS_MOST if kind in ("monthly_review", "catch_up") or sessions else 0
    goals = [goal for goal in turn.state.goals if goal.done_at is None][:shown]
    return [{"letter": goal.letter, "text": goal.text} for goal in goals]


def _links(notes: list[Note]) -> list[str]:
    """What the last notes link to, where the quote of them does not show it anyway."""
    named = [(link, note) for note in notes for link in note.links]
    hidden = [link for link, note in named if all(link not in text for text in _quoted(note.text))]
    return list(dict.fromkeys(hidden))[:OF_ONE_MAIL_MOST]


def _is_news(turn: PairingTurn, meeting: Meeting, facts: dict[str, Any]) -> bool:
    """Whether the mentor would read anything there that is in no earlier letter, nor their own words."""
    unread = any(_is_unread(n, "mentor") for n in last_notes(turn, str(meeting.origin)))
    special = facts["type"] not in ("", "regular")
    told = (
        facts["agenda"]
        or facts["carried"]
        or facts["own_lines"]
        or facts.get("missing")
        or facts["shift"]
        or facts["pages"]
        or facts["between"]
        or facts["settled_in"]
        or special
    )
    return bool(told or unread or unread_to_dos(turn, "mentor"))


def minutes_of(meeting: Meeting) -> int:
    """How long it takes."""
    return int((meeting.end - meeting.start).total_seconds() // 60)


def _is_unread(note: Note, reader: Role) -> bool:
    return note.author != reader and not note.copied


def _note_lines(note: Note, reader: Role) -> list[str]:
    """What its reader has not read yet stands there whole."""
    if _is_unread(note, reader):
        return [line.strip() for line in note.text.splitlines() if line.strip()]
    return _quoted(note.text)


def _quoted(text: str) -> list[str]:
    if len(text) > QUOTED_CHARACTERS_MAX:
        text = text[:QUOTED_CHARACTERS_MAX].rsplit(" ", 1)[0] + " …"
    return [line.strip() for line in text.splitlines() if line.strip()]


# --- notes


def _notes(turn: PairingTurn, meeting: Meeting, role: Role) -> None:
    """Of the mentee after each 1:1, of the mentor once in a while; after a long time without power only for
    the last days."""
    ended = meeting.end + timedelta(minutes=turn.program.notes_after_minutes)
    if not turn.watch.reached(ended):
        return
    person = turn.state.line.person(role)
    stem = turn.letter_stem("notes", str(meeting.origin), person.id)
    if turn.over(stem) or (role == "mentor" and not _mentors_turn(turn, meeting, stem)):
        return
    moment = when(turn, ended, role)
    if not turn.watch.reached(moment):
        return
    if stem not in turn.marks:
        if _too_old(turn, meeting):
            turn.pass_over(stem, "the power was off: only the last days are asked about")
            return
        own = [n for n in turn.state.notes if n.author == role and not n.by]
        written = any(n.origin == meeting.origin for n in own)
        if meeting.evidence == "confirmed" and written:
            turn.pass_over(stem, "there is a note already")
            return
    after = following(turn, meeting)
    first = turn.settled(turn.letter_stem("first-note", "ever", person.id)) is None
    facts = {
        "start": iso(meeting.start),
        "next_start": iso(after.start) if after else None,
        "first": first,
        "asks": list(turn.program.notes_asks),
        "shift": clock_shift(turn, after, role) if after else None,
    }
    letter(
        turn, "notes", meeting, role, facts, opens=moment,
        closes=meeting.end + timedelta(days=3), reason="the 1:1 is over", basis=iso(meeting.start),
    )  # fmt: skip


def _mentors_turn(turn: PairingTurn, meeting: Meeting, stem: str) -> bool:
    """Whether the mentor has not been asked for so many days."""
    if stem in turn.marks:
        return True
    days = turn.program.mentor_notes_days
    since = turn.state.mentor_asked_at or turn.state.mentee_yes or turn.state.since
    return days > 0 and (meeting.end.date() - since.date()).days >= days


def _too_old(turn: PairingTurn, meeting: Meeting) -> bool:
    down = turn.world.down
    if down is None or not down[0] <= meeting.end <= down[1]:
        return False
    return turn.now - meeting.end > timedelta(hours=turn.program.catch_up_hours)
