"""Running late: LATE 10 is told at once to the other one, who may be sitting there already (LETTERS 3); in a group to
everybody who comes.

Not a meeting that cannot take place: one_meeting.py. Nothing changes on a calendar.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, unclear
from daemon.decide.group import missing
from daemon.decide.keys import origin_of, short, touchpoint_of
from daemon.decide.moment import local_day
from daemon.decide.owed import soonest
from daemon.decide.seen import PairingTurn
from daemon.decide.turn import iso
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.people import Role, Who
from daemon.domain.world import Mark, Queued


def running_late(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Once for each 1:1 and number; where none is near, or nothing of it would be left, it is asked about."""
    doubt, minutes = heard_late(turn, role, reply, said)
    if doubt:
        unclear(turn, role, reply, doubt)
    else:
        answer(turn, role, reply, "running-late", minutes=minutes)
    return True


def heard_late(turn: PairingTurn, who: Who, reply: ReplySeen, said: Said) -> tuple[str, int]:
    """What has to be asked about it, empty where all who come are told; and the number."""
    meeting, minutes = _meant(turn, who, reply), said.numbers[0] if said.numbers else 0
    if meeting is None:
        return "late", minutes
    if timedelta(minutes=minutes) >= meeting.end - meeting.start:
        return "late-long", minutes
    away = {each.id for each in missing(turn, meeting)}
    for reader in turn.state.line.everybody:
        if reader != who and turn.state.line.person(reader).id not in away:
            _tell(turn, who, reader, reply, meeting, minutes)
    return "", minutes


def _meant(turn: PairingTurn, role: Who, reply: ReplySeen) -> Meeting | None:
    """The 1:1 of the letter that is answered, else the next one: of today, or within the hours that are urgent."""
    near = [
        m for m in turn.state.meetings if m.stands and m.end > turn.now and _is_near(turn, role, m)
    ]
    origin = origin_of(reply.answers)
    named = next((m for m in near if m.origin == origin), None)
    return named or min(near, key=lambda m: m.start, default=None)


def _is_near(turn: PairingTurn, role: Who, meeting: Meeting) -> bool:
    zone = turn.zone(turn.state.line.person(role).zone)
    today = local_day(meeting.start, zone) == local_day(turn.now, zone)
    return today or meeting.start - turn.now < timedelta(hours=turn.program.urgent_hours)


def _tell(
    turn: PairingTurn, who: Who, reader: Who, reply: ReplySeen, meeting: Meeting, minutes: int
) -> None:
    """Another number takes the place of one that has not gone yet. In a group several may be late: each of them has
    told that."""
    line = turn.state.line
    partner, writer = line.person(reader), line.person(who)
    by = f"#by-{writer.id}" if line.members else ""
    stem = turn.letter_stem("late", f"{meeting.origin}{by}", partner.id)
    basis = f"{minutes} {iso(meeting.start)}"
    known = turn.marks.get(stem)
    if known and known.basis == basis:
        turn.because(f"{meeting.origin}: that number has been told already")
        return
    turn.marks[stem] = Mark(turn.generation(stem), basis, "settled", turn.now)
    for row in _waiting(turn):
        if _mark_of(turn, row) == stem:
            turn.withdrawn[row.key] = "a newer number"
    begun = meeting.start <= turn.now
    facts = {
        "start": iso(meeting.start), "minutes": minutes, "link": turn.state.link,
        "first": writer.first,
    }  # fmt: skip
    occasion = f"{meeting.origin}{by}#{short(reply.message_id)}"
    turn.say(
        turn.letter_stem("late", occasion, partner.id),
        SendLetter("late", partner.id, facts), reason="somebody comes later",
        opens=turn.now if begun else soonest(turn, turn.now, meeting.start, reader),
        closes=meeting.end,
    )  # fmt: skip


def _waiting(turn: PairingTurn) -> list[Queued]:
    """Such letters that nobody has seen yet."""
    return [r for r in turn.world.outbox if touchpoint_of(r.stem) == "late" and r.untouched]


def _mark_of(turn: PairingTurn, row: Queued) -> str:
    """Under which it is remembered that such a letter told a number: its stem without the mail that said it."""
    occasion, _, person = row.stem.removeprefix(f"late/{turn.lane}/").rpartition("/")
    return turn.letter_stem("late", occasion.rpartition("#")[0], person)


def late_no_more(turn: PairingTurn) -> None:
    """Of a 1:1 that falls out, or has another time, before that was told, it is told no more."""
    starts = {m.origin: iso(m.start) for m in turn.state.meetings if m.stands}
    for row in _waiting(turn):
        origin = origin_of(row.stem)
        known = turn.marks.get(stem := _mark_of(turn, row))
        if origin and (known is None or known.basis.split()[1] != starts.get(origin)):
            turn.withdraw(row, "that 1:1 is not then")
            turn.marks.pop(stem, None)
