"""UNDO: what was understood is taken back, as long as nobody else has to live with it already (RULES 7).

Not a second opinion: after its time UNDO of a move is read as MOVE (replies.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from daemon.decide.absence import absence_of, as_before, dates_left_out, occasion_of_absence
from daemon.decide.acknowledging import acknowledge
from daemon.decide.days import off
from daemon.decide.handing_over import carry_nothing
from daemon.decide.keys import origin_of, touchpoint_of
from daemon.decide.moment import local_day
from daemon.decide.offering import answer_by, occasion_after
from daemon.decide.owed import when
from daemon.decide.pausing import take_back_pause
from daemon.decide.promised import ACKS, occasion_of_ack, what_acknowledged
from daemon.decide.questions import close_question
from daemon.decide.seen import PairingTurn, put_meeting, restore
from daemon.decide.terms import speak
from daemon.decide.themes import take_back_themes
from daemon.domain.meeting import Meeting, Undone
from daemon.domain.observation import ReplySeen
from daemon.domain.pair import Undo
from daemon.domain.people import Role, other
from daemon.domain.proposal import TAKEN, Proposal
from daemon.domain.thread import Note
from daemon.domain.value import replace

KEPT_MOST = 4
PRIVATE = "private"
"""The name of words that are private, all of them."""
SHOWING = ("prep-mentor", "prep-mentee", "copy")
WORDS_DAYS = timedelta(days=14)
OF_WORDS = ("first-note", "private-hold-2", "private-hold-3", "goal")
"""Letters, and commands that one acknowledged, that are about the last words."""


def remember(turn: PairingTurn, undo: Undo) -> None:
    """What can be taken back from now on."""
    kept = [u for u in turn.state.undo if u.until > turn.now]
    own = [u for u in kept if u.role == undo.role][1 - KEPT_MOST :]
    rest = [u for u in kept if u.role != undo.role]
    turn.state = replace(turn.state, undo=(*rest, *own, undo))


def until_before(turn: PairingTurn, start: datetime) -> datetime:
    """Until 24 h before the time, or ten minutes from now if that is later."""
    latest = start - timedelta(hours=turn.program.undo_until_hours)
    return max(latest, turn.now + timedelta(minutes=turn.program.undo_minutes))


def remember_move(turn: PairingTurn, before: Meeting, moved: Meeting, proposal: Proposal) -> None:
    """The answer to a proposal can be taken back by who gave it (by the chooser, where nobody did). Where it would
    stand at its old time again, only as long as that could be chosen; a slip right after it, until it comes."""
    until = until_before(turn, moved.start)
    if before.stands:
        closes = before.start - timedelta(hours=turn.program.slot_closes_hours)
        slip = min(turn.now + timedelta(minutes=turn.program.undo_minutes), before.start)
        until = min(until, max(closes, slip))
    name = str(before.origin)
    remember(turn, Undo("moved", proposal.chooser, turn.now, until, before, proposal, name))


def find_undo(turn: PairingTurn, role: Role, reply: ReplySeen) -> Undo | None:
    """What is meant: what the letter tells that is answered, else the last thing that person can take back."""
    own = [u for u in turn.state.undo if u.role == role and u.until > turn.now]
    what = _told_by(reply.answers)
    if what:
        own = [u for u in own if u.what == what and _tells_of(reply.answers, u)]
    return own[-1] if own else None


def _told_by(key: str) -> str:
    """Which command a letter answered; empty for a letter that answered none."""
    touchpoint = touchpoint_of(key)
    if touchpoint in ACKS:
        what = what_acknowledged(key)
        return "words" if what in OF_WORDS else what
    return {"moved": "moved", "left-out": "skip", "first-note": "words"}.get(touchpoint, "")


def _tells_of(key: str, undo: Undo) -> bool:
    """Whether that letter, about a command of this kind, answered this very one: it names the 1:1, or the mail."""
    named = what_acknowledged(key) if touchpoint_of(key) in ACKS else touchpoint_of(key)
    if named in OF_WORDS or undo.name == str(origin_of(key)):
        return True
    return f"/{occasion_of_ack(undo.what, undo.mail)}/" in key


def take_back(turn: PairingTurn, undo: Undo) -> bool:
    """Whether it could still be taken back."""
    turn.state = replace(turn.state, undo=tuple(u for u in turn.state.undo if u != undo))
    match undo.what:
        case "moved":
            return _move(turn, undo)
        case "skip":
            return _skip(turn, undo)
        case "move":
            return _asked(turn, undo)
        case "ill":
            return _well_after_all(turn, undo)
        case "words":
            return _words(turn, undo)
        case "done":
            return _done(turn, undo)
        case "away":
            return _away(turn, undo)
        case "pause":
            return take_back_pause(turn, undo)
        case "handover":
            return carry_nothing(turn)
        case "intro":
            return _introduction(turn, undo)
        case "themes":
            return take_back_themes(turn, undo)
        case "chance":
            return _chance(turn, undo)
        case "fewer":
            set_fewer(turn, undo.role, fewer=bool(undo.name))
            return True
        case "language":
            speak(turn, undo.role, undo.name)
            return True


def set_fewer(turn: PairingTurn, role: Role, *, fewer: bool) -> None:
    """Whether that person wants fewer letters from now on."""
    others = tuple(each for each in turn.state.fewer if each != role)
    turn.state = replace(turn.state, fewer=(*others, role) if fewer else others)


def _present(turn: PairingTurn, undo: Undo) -> Meeting | None:
    return next((m for m in turn.state.meetings if str(m.origin) == undo.name), None)


def _move(turn: PairingTurn, undo: Undo) -> bool:
    """Start, standing and the proposal as before. What somebody has changed since stays as it is."""
    meeting, before, proposal = _present(turn, undo), undo.before, undo.proposal
    if meeting is None or before is None or proposal is None or meeting.standing != "moved":
        return False
    offer = proposal.offer(proposal.picked)
    assert offer is not None, "what was accepted is one of the offers"
    if meeting.start != offer.start or meeting.moved_by != "program":
        return False
    # after UNDO and another choice in one, the event has never been where the meeting fell out
    stood = before.place == meeting.place and before.takes_back != "cancel"
    returns = stood and before.start > turn.now
    how: Literal["move", "cancel"] = "move" if returns else "cancel"
    back = replace(
        before, place=meeting.place, version=meeting.version, takes_back=how,
        gone=False, looked_at=None, changed_at=turn.now - timedelta(days=1),
    )  # fmt: skip
    if _has_read(turn, "moved", meeting, other(undo.role)):
        back = (
            told_again(turn, back, undo.role, meeting.start)
            if back.stands
            else replace(back, undone=Undone(meeting.start, turn.now, undo.role))
        )
    put_meeting(turn, back)
    kept = tuple(
        p
        for p in turn.state.closed_proposals
        if (p.about, p.picked) != (proposal.about, proposal.picked)
    )
    turn.state = replace(turn.state, closed_proposals=kept)
    _reopen(turn, proposal, before)
    turn.because(f"{undo.name}: the move is taken back")
    return True


def _reopen(turn: PairingTurn, proposal: Proposal, before: Meeting) -> None:
    """The same numbers, a new answer-by; while another question is open this meeting waits its turn. A mentor's
    own answer had closed the rest of its round."""
    if turn.state.proposal:
        return
    closes = turn.now + timedelta(hours=turn.program.slot_closes_hours)
    vetting = proposal.chooser == "mentor" and proposal.cause != "counter"
    earlier = (proposal.round - 1) * turn.program.offers
    again = [
        (o.number > earlier and o.why != TAKEN if vetting else o.open) and o.start > closes
        for o in proposal.offers
    ]
    offers = tuple(replace(o, open=opens) for o, opens in zip(proposal.offers, again, strict=True))
    opened = replace(
        proposal, offers=offers, standing="open", picked=0, booked=False,
        auto=False, told_at=None, opened_at=turn.now, said="", answered="", because="",
        vetting=vetting, vetted=proposal.vetted and not vetting,
        occasion=occasion_after(turn, proposal.about), undone=proposal.undone + 1,
    )  # fmt: skip
    if opened.current:
        until = answer_by(turn, proposal.chooser, opened.current, before)
        opened = replace(opened, answer_by=until)
    else:
        opened = replace(opened, renew="passed")
    turn.state = replace(turn.state, proposal=opened)


def _has_read(turn: PairingTurn, touchpoint: str, meeting: Meeting, role: Role) -> bool:
    """Whether that person has, or may have, this letter."""
    person = turn.state.line.person(role)
    return _has_come(turn, turn.letter_stem(touchpoint, str(meeting.origin), person.id))


def _has_come(turn: PairingTurn, stem: str) -> bool:
    mark, row = turn.marks.get(stem), turn.queued.get(stem)
    return mark is not None and (
        mark.standing == "settled" or (row is not None and not row.untouched)
    )


def told_again(turn: PairingTurn, meeting: Meeting, by: Role, was: datetime) -> Meeting:
    """It stands (again) at this time, and the other one has to hear so."""
    return replace(
        meeting, standing="moved", moved_from=was, moved_at=turn.now, moved_by=by, told=(),
        checked=True, changed_at=turn.now - timedelta(days=1),
    )  # fmt: skip


def _skip(turn: PairingTurn, undo: Undo) -> bool:
    """What was left out stands as before; taken off already, it comes back as an event of its own."""
    meeting, before = _present(turn, undo), undo.before
    if meeting and meeting.standing == "cancelled" and before and before.stands:
        return _can_after_all(turn, undo, meeting)
    if meeting is None or before is None or meeting.standing not in ("skipped", "missed"):
        return False
    if before.stands and before.start <= turn.now:
        return False
    place = None if meeting.gone and before.stands else before.place
    gone = meeting.gone and not before.stands
    back = replace(before, place=place, version=meeting.version, gone=gone, told=())
    if before.stands and _has_read(turn, "left-out", meeting, other(undo.role)):
        back = told_again(turn, back, undo.role, before.start)
    put_meeting(turn, back)
    if undo.proposal:
        _reopen(turn, undo.proposal, before)
    turn.because(f"{undo.name}: it is not left out after all")
    return True


def _well_after_all(turn: PairingTurn, undo: Undo) -> bool:
    """Of that day, whatever still can take place; in other pairings as well, so it is always taken back."""
    zone = turn.zone(turn.state.line.person(undo.role).zone)
    for meeting in turn.state.meetings:
        of_the_day = local_day(meeting.start, zone).isoformat() == undo.name
        if of_the_day and meeting.standing == "cancelled" and meeting.cancelled_at == undo.at:
            _can_after_all(turn, undo, meeting)
    return True


def _can_after_all(turn: PairingTurn, undo: Undo, meeting: Meeting) -> bool:
    """It was said that it can't take place, and no other time has been picked yet."""
    proposal = turn.state.proposal
    picked = proposal is not None and proposal.origin == meeting.origin and proposal.picked > 0
    if picked or meeting.cancelled_by != undo.role or meeting.gone or meeting.start <= turn.now:
        return False
    restore(turn, meeting)
    return True


def _asked(turn: PairingTurn, undo: Undo) -> bool:
    meeting = _present(turn, undo)
    if meeting is None or not meeting.stands or meeting.asked_by != undo.role:
        return False
    put_meeting(turn, replace(meeting, asked_by=None))
    turn.because(f"{undo.name}: no other time is wanted after all")
    return True


def _words(turn: PairingTurn, undo: Undo) -> bool:
    """Notes, topics and to-dos that nobody else has read yet; what is private nobody ever reads."""
    state = turn.state
    notes = tuple(
        n
        for n in state.notes
        if n.by or not _same(n.author, n.at, undo) or n.copied or _is_with_members(turn, n)
    )
    agenda = tuple(a for a in state.agenda if a.by or not _same(a.author, a.at, undo) or a.shown)
    actions = state.actions
    if not _was_written_to(turn, undo):
        actions = tuple(a for a in state.actions if a.kind != "todo" or not _same(a.by, a.at, undo))
    goals = tuple(g for g in state.goals if not _same(g.by, g.at, undo))
    links = tuple(each for each in state.links if not _same(each.author, each.at, undo))
    own = tuple(each for each in state.own_next if not _same(each.author, each.at, undo))
    if len(notes) == len(state.notes) and len(agenda) == len(state.agenda):
        goals, links = state.goals, state.links  # the other one has read of them
    left = (notes, agenda, actions, goals)
    if undo.name != PRIVATE and left == (state.notes, state.agenda, state.actions, state.goals):
        return False
    turn.state = replace(
        state, notes=notes, agenda=agenda, actions=actions, goals=goals, own_next=own, links=links
    )
    turn.taken_back.append((undo.role, undo.at))
    turn.because("the last words are taken back")
    return True


def _is_with_members(turn: PairingTurn, note: Note) -> bool:
    """Whether a member of the group has, or may have, that note."""
    named, moment = f"group-copy/{turn.lane}/{note.origin}#", f"-{note.at:%Y%m%dT%H%M%S}/"
    return any(
        _has_come(turn, stem) for stem in turn.marks if stem.startswith(named) and moment in stem
    )


def _was_written_to(turn: PairingTurn, undo: Undo) -> bool:
    """Whether the other one has got a letter since that shows what is still open."""
    person = turn.state.line.person(other(undo.role)).id
    return any(
        mark.standing == "settled" and mark.at >= undo.at and stem.endswith(f"/{person}")
        for stem, mark in turn.marks.items()
        if touchpoint_of(stem) in SHOWING
    )


def _same(author: Role, at: datetime, undo: Undo) -> bool:
    return author == undo.role and at == undo.at


def _done(turn: PairingTurn, undo: Undo) -> bool:
    letters = undo.name.split()
    turn.state = replace(
        turn.state,
        actions=tuple(
            replace(a, done_at=None) if a.letter in letters and a.done_at == undo.at else a
            for a in turn.state.actions
        ),
        goals=tuple(
            replace(g, done_at=None) if g.letter in letters and g.done_at == undo.at else g
            for g in turn.state.goals
        ),
    )
    return True


def _introduction(turn: PairingTurn, undo: Undo) -> bool:
    """What nobody has answered is asked no more; whoever has, or may have, the question hears so by day."""
    waiting = [
        q for q in turn.state.questions if q.kind == "intro" and q.occasion in undo.name.split()
    ]
    for question in waiting:
        close_question(turn, question)
        person = turn.state.line.person(question.role)
        if _has_come(turn, turn.letter_stem("intro", question.occasion, person.id)):
            acknowledge(
                turn, question.role, "intro-withdrawn", question.occasion,
                items=[question.facts["who"]], opens=when(turn, turn.now, question.role),
            )  # fmt: skip
    return bool(waiting)


def _chance(turn: PairingTurn, undo: Undo) -> bool:
    """As long as the other one has not read of it, and nobody has said that it is done."""
    if _was_written_to(turn, undo):
        return False
    letters, actions = undo.name.split(), turn.state.actions
    kept = tuple(
        a
        for a in actions
        if a.letter not in letters or a.kind != "chance" or a.done_at or not _same(a.by, a.at, undo)
    )
    turn.state = replace(turn.state, actions=kept)
    return len(kept) < len(actions)


def _away(turn: PairingTurn, undo: Undo) -> bool:
    """What was left out because of it is as before, and whom the absence was told hears so: of each meeting that
    stands again, and where that is not all of it, in a letter about the days."""
    known = turn.state.absences
    absence = absence_of(known, undo)
    if absence is None:
        return False
    dates = dates_left_out(turn, absence.role, absence.days)
    turn.state = replace(turn.state, absences=tuple(a for a in known if a != absence))
    person = turn.state.line.person(other(undo.role))
    stem = turn.letter_stem("absence", occasion_of_absence(absence), person.id)
    told, again = turn.settled(stem), 0
    for meeting in turn.state.meetings:
        if meeting.off != "away" or meeting.start <= turn.now or off(turn, meeting.start):
            continue
        if meeting.standing in ("skipped", "cancelled"):
            back = as_before(turn, meeting)
            if told and back.stands:
                back, again = told_again(turn, back, undo.role, meeting.start), again + 1
            put_meeting(turn, back)
    if told:
        turn.marks[stem] = replace(turn.marks[stem], standing="undone")  # said anew, told anew
        if again < max(len(dates), 1):
            none = replace(absence, at=turn.now)
            turn.state = replace(turn.state, not_away=(*turn.state.not_away, none))
    turn.because("the absence is taken back")
    return True
