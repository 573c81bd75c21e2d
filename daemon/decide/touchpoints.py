"""Touchpoints: which letter is owed to whom, when, and until when (RULES 8, LETTERS 2 and 4).

Not the text: templates word the facts that are gathered here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.asking import ask
from daemon.decide.calendar import to_be_taken_off
from daemon.decide.copies import copies
from daemon.decide.meetings import following, upcoming
from daemon.decide.moment import at_minute, local_day, speakable_before
from daemon.decide.owed import agenda_lines, letter, soonest, when
from daemon.decide.reschedule import waited
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.meeting import Meeting
from daemon.domain.people import ROLES, Role, other
from daemon.domain.proposal import Proposal
from daemon.domain.thread import Note

QUOTED_CHARACTERS_MAX = 600
RECEIPT_WAIT = timedelta(hours=1)
"""So long a letter waits for the calendar when a person's word has made its fact already."""


def touchpoints(turn: PairingTurn) -> None:
    """Every letter that the state owes; nothing while a pairing is not running."""
    if turn.state.standing not in ("active", "closing"):
        return
    series = turn.state.series
    gone_at = series.gone_at if series else None
    for meeting in turn.state.meetings:
        on_series = bool(series and meeting.place and meeting.place.uid == series.uid)
        if meeting.stands and not (gone_at and on_series and meeting.end > gone_at):
            _preps(turn, meeting)
            _notes(turn, meeting)
            _moved(turn, meeting)
        elif meeting.standing == "cancelled":
            _off(turn, meeting)
        elif meeting.standing == "skipped":
            _left_out(turn, meeting)
        if meeting.standing in ("held", "missed"):
            _notes(turn, meeting)
    if turn.state.proposal:
        ask(turn, turn.state.proposal)
    copies(turn)


def _preps(turn: PairingTurn, meeting: Meeting) -> None:
    """The day before at 18:00 for the mentee, that day at 09:00 for the mentor, in their own zones."""
    for role in ROLES:
        person = turn.state.line.person(role)
        if turn.over(turn.letter_stem(f"prep-{role}", str(meeting.origin), person.id)):
            continue
        zone = turn.zone(person.zone)
        day = local_day(meeting.start, zone)
        if role == "mentee":
            moment = at_minute(day - timedelta(days=1), turn.program.prep_mentee_minute, zone)
        else:
            moment = at_minute(day, turn.program.prep_mentor_minute, zone)
        opens, closes = meeting.start - timedelta(hours=48), meeting.start - timedelta(hours=2)
        moment = max(opens, min(moment, closes - timedelta(minutes=1)))
        moment = speakable_before(moment, zone, turn.program)
        if turn.watch.reached(moment):
            _prep(turn, meeting, role, moment, closes)


def _prep(
    turn: PairingTurn, meeting: Meeting, role: Role, opens: datetime, closes: datetime
) -> None:
    touchpoint = f"prep-{role}"
    person = turn.state.line.person(role)
    stem = turn.letter_stem(touchpoint, str(meeting.origin), person.id)
    agenda = [line for line in agenda_lines(turn, meeting, other(role)) if not line.shown]
    notes = _last_notes(turn, meeting)
    actions = [a for a in turn.state.actions if a.done_at is None]
    if role == "mentor" and not agenda and not notes and not actions and turn.now < closes:
        turn.pass_over(stem, "nothing new to say: no news and no ask, no letter")
        return
    line = turn.state.line
    facts: dict[str, Any] = {
        "start": iso(meeting.start),
        "length_minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "link": line.link,
        "notes": [{"day": n.origin.day.isoformat(), "lines": _quoted(n.text)} for n in notes],
        "actions": [{"letter": a.letter, "owner": a.owner, "text": a.text} for a in actions],
    }
    if role == "mentor":
        facts["agenda"] = [text for each in agenda for text in _quoted(each.text)]
    else:
        facts["question"] = ""
    letter(
        turn, touchpoint, meeting, role, facts, opens=opens, closes=closes,
        reason=f"the 1:1 is at {iso(meeting.start)}",
    )  # fmt: skip


def _quoted(text: str) -> list[str]:
    if len(text) > QUOTED_CHARACTERS_MAX:
        text = text[:QUOTED_CHARACTERS_MAX].rsplit(" ", 1)[0] + " …"
    return [line.strip() for line in text.splitlines() if line.strip()]


def _last_notes(turn: PairingTurn, meeting: Meeting) -> list[Note]:
    """The notes of the last meeting before this one that has any."""
    shared = [n for n in turn.state.notes if not n.private and n.origin != meeting.origin]
    latest = max((n.origin.wall for n in shared), default="")
    return [n for n in shared if n.origin.wall == latest]


def _notes(turn: PairingTurn, meeting: Meeting) -> None:
    stem = turn.letter_stem("notes", str(meeting.origin), turn.state.line.mentee.id)
    if turn.over(stem) or meeting.standing == "missed" or not turn.watch.reached(meeting.end):
        return
    ended = meeting.end + timedelta(minutes=turn.program.notes_after_minutes)
    moment = when(turn, ended, "mentee")
    if not turn.watch.reached(moment):
        return
    if meeting.evidence == "confirmed" and any(
        n.origin == meeting.origin for n in turn.state.notes
    ):
        if stem not in turn.marks:
            turn.pass_over(stem, "there is a note already")
            return
    after = following(turn, meeting)
    first = turn.settled(turn.letter_stem("first-note", "ever", turn.state.line.mentee.id)) is None
    facts = {
        "start": iso(meeting.start),
        "next_start": iso(after.start) if after else None,
        "first": first,
    }
    letter(
        turn, "notes", meeting, "mentee", facts, opens=moment,
        closes=meeting.end + timedelta(days=3), reason="the 1:1 is over", basis=iso(meeting.start),
    )  # fmt: skip


def _moved(turn: PairingTurn, meeting: Meeting) -> None:
    """Told from the receipt (or from what was seen), to whom no provider told it."""
    if meeting.standing != "moved" or meeting.moved_at is None or meeting.start <= turn.now:
        return
    if meeting.moved_by == "mentor" and not turn.watch.reached(waited(turn, meeting)):
        return
    chosen = _chosen(turn, meeting)
    for role in ROLES:
        own = chosen is not None and chosen.chooser == role
        if role == meeting.moved_by or (_told(turn, meeting, role) and not own):
            continue
        if not own and _asked_to_keep(turn, meeting, role):
            continue  # the question says it
        moment = meeting.moved_at
        if not own:
            moment = soonest(turn, moment, meeting.start, role)
        if not turn.watch.reached(moment):
            continue
        after = following(turn, meeting)
        facts = {
            "start": iso(meeting.start),
            "old_start": iso(meeting.moved_from or meeting.start),
            "length_minutes": int((meeting.end - meeting.start).total_seconds() // 60),
            "link": turn.state.line.link,
            "number": chosen.picked if chosen and own else 0,
            "said": chosen.said if chosen and own else "",
            "next_start": iso(after.start) if after else None,
            "by": "calendar" if chosen is None else ("you" if own else "partner"),
        }
        letter(
            turn, "moved", meeting, role, facts, opens=moment, closes=meeting.start,
            reason="the calendar has the new time", basis=iso(meeting.start), retell=True,
            answers=chosen.answered if chosen and own else "",
        )  # fmt: skip


def _off(turn: PairingTurn, meeting: Meeting) -> None:
    """Less than 12 h ahead: who did not do it must not set out, quiet hours or not."""
    if meeting.cancelled_at is None or meeting.cancelled_by is None or meeting.start <= turn.now:
        return
    if meeting.start - meeting.cancelled_at > timedelta(hours=turn.program.off_within_hours):
        return
    if not turn.watch.reached(waited(turn, meeting)):
        return
    role = other(meeting.cancelled_by)
    series, person = turn.state.series, turn.state.line.person(role)
    if meeting.gone and series and person.address in series.told:
        return  # their provider mails them what the organizer takes off
    proposal = turn.state.proposal
    follows = bool(proposal and proposal.origin == meeting.origin)
    if role == "mentee" and follows and when(turn, turn.now, role) == turn.now:
        if (
            turn.letter_stem("off", str(meeting.origin), turn.state.line.mentee.id)
            not in turn.marks
        ):
            return  # the proposal goes at once and says it
    letter(
        turn, "off", meeting, role,
        {"start": iso(meeting.start), "times_follow": role == "mentee"},
        opens=turn.now, closes=meeting.start, reason="it falls out today",
        basis=iso(meeting.cancelled_at), retell=True,
    )  # fmt: skip


def _chosen(turn: PairingTurn, meeting: Meeting) -> Proposal | None:
    """The proposal whose answer led to the present time: its chooser is answered."""
    for closed in reversed(turn.state.closed_proposals):
        if closed.origin == meeting.origin and closed.standing == "accepted":
            offer = closed.offer(closed.picked)
            return closed if offer and offer.start == meeting.start else None
    return None


def _asked_to_keep(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    """Whether a question names the present time as one answer, or is about to."""
    for proposal in (turn.state.proposal, *turn.state.closed_proposals):
        if proposal and proposal.origin == meeting.origin and proposal.chooser == role:
            named = proposal.cause == "moved" and proposal.offers[0].start == meeting.start
            if named and (proposal.standing == "open" or proposal.told_at):
                return True
    return False


def _told(turn: PairingTurn, meeting: Meeting, role: Role) -> bool:
    return turn.state.line.person(role).address in meeting.told


def _awaited(turn: PairingTurn, meeting: Meeting) -> bool:
    """Whether the calendar's receipt is still waited for. A calendar that is lost, or refuses, sends none:
    then a person's word counts, so that nobody turns up to what the other one has left out."""
    if meeting.settled_at is None or meeting.settled_by != "choice":
        return to_be_taken_off(turn, meeting)
    latest = min(meeting.settled_at + RECEIPT_WAIT, meeting.start - timedelta(hours=2))
    latest = max(latest, meeting.settled_at + timedelta(minutes=5))
    return to_be_taken_off(turn, meeting) and not turn.watch.reached(latest)


def _left_out(turn: PairingTurn, meeting: Meeting) -> None:
    """Whoever chose it is answered at once; everybody else hears when it is off the calendar."""
    if meeting.settled_by in ("", "rule") or meeting.settled_at is None:
        return
    for role in ROLES:
        own = meeting.settled_by == "choice" and role == "mentee"
        if not own and (_awaited(turn, meeting) or _told(turn, meeting, role)):
            continue  # from the receipt, and to whom no provider told it
        moment = meeting.settled_at
        if not own:
            moment = soonest(turn, moment, meeting.start, role)
        if not turn.watch.reached(moment):
            continue
        after = following(turn, meeting) or upcoming(turn)
        facts = {
            "start": iso(meeting.start),
            "next_start": iso(after.start) if after else None,
            "why": meeting.settled_by,
            "by_you": own,
        }
        letter(
            turn, "left-out", meeting, role, facts, opens=moment,
            closes=meeting.settled_at + timedelta(days=3), reason=f"left out ({meeting.settled_by})",
            basis=meeting.settled_by, retell=False,
        )  # fmt: skip
