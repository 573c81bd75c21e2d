"""What becomes of a 1:1 of a group, told to a member whom no calendar told: moved, left out, back again.

Not to the two, who have other letters about it and may answer them (told.py). What each member knows of a 1:1 is
remembered; before anything was told it is the date of the series. Whatever happens meanwhile, a letter follows only
where that is true no longer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.gone import in_doubt
from daemon.decide.group import member_of, put_member
from daemon.decide.group_post import to_member
from daemon.decide.keys import origin_text
from daemon.decide.meetings import next_but
from daemon.decide.moment import instant
from daemon.decide.reschedule import waited
from daemon.decide.seen import PairingTurn
from daemon.decide.told import awaited
from daemon.decide.turn import OF_A_GROUP_REMEMBERED, iso
from daemon.domain.meeting import Meeting
from daemon.domain.people import Person
from daemon.domain.value import replace

NEWS = "group-news"
OFF = "off"
AHEAD = timedelta(hours=24)
"""So long before it a member hears that a 1:1 can't take place which may still get another time."""


def group_news(turn: PairingTurn, person: Person, meeting: Meeting) -> None:
    """One letter, where what that member knows of this 1:1 is true no longer."""
    if max(meeting.start, _planned(turn, meeting)) <= turn.now - timedelta(days=1):
        return
    if member_of(turn.state, person.id).since > meeting.start:
        return
    known, (truth, since) = _known(turn, person, meeting), _truth(turn, meeting)
    if truth in ("", known):
        return
    if _calendar_told(turn, person, meeting):
        knows(turn, person.id, str(meeting.origin), truth)
        return
    occasion = (
        _on_its_way(turn, person, meeting, truth) or f"{meeting.origin}#{since:%Y%m%dT%H%M%S}"
    )
    starts = meeting.start if truth != OFF else min(meeting.start, _planned(turn, meeting))
    to_member(
        turn, person, NEWS, occasion, _facts(turn, meeting, truth, known),
        opens=since, closes=meeting.start, reason=f"a 1:1 of the group: {truth}",
        basis=truth, origin=meeting.origin, retell=True, starts=starts,
    )  # fmt: skip


def _on_its_way(turn: PairingTurn, person: Person, meeting: Meeting, truth: str) -> str:
    """The occasion of a letter that says just that already, though the change may have got another moment since."""
    begins = f"{NEWS}/{turn.lane}/{meeting.origin}#"
    for stem, mark in turn.marks.items():
        if stem.startswith(begins) and stem.endswith(f"/{person.id}"):
            if (mark.standing, mark.basis) == ("live", truth):
                return stem.removeprefix(f"{NEWS}/{turn.lane}/").rpartition("/")[0]
    return ""


def member_told(turn: PairingTurn, stem: str) -> None:
    """Such a letter was accepted: its reader knows what it said."""
    mark, parts = turn.marks.get(stem), stem.split("/")
    if parts[0] == NEWS and mark:
        knows(turn, parts[-1], origin_text(stem), mark.basis)


def knows(turn: PairingTurn, person: str, name: str, truth: str) -> None:
    """What that member knows of the 1:1 of that origin from now on."""
    if any(each.id == person for each in turn.state.members):
        member = member_of(turn.state, person)
        put_member(turn, replace(member, told={**member.told, name: truth}))


def still_asked_of(turn: PairingTurn) -> frozenset[str]:
    """The 1:1s about which a letter of a group may still be asked for, by origin: those ahead, however far they were
    moved, and those just over."""
    since = turn.now - OF_A_GROUP_REMEMBERED
    return frozenset(
        str(each.origin)
        for each in turn.state.meetings
        if max(each.end, _planned(turn, each)) > since
    )


def _planned(turn: PairingTurn, meeting: Meeting) -> datetime:
    zone = turn.zone(meeting.origin.zone)
    return instant(datetime.fromisoformat(meeting.origin.wall), zone)


def _known(turn: PairingTurn, person: Person, meeting: Meeting) -> str:
    """What was told last; else the date of the series; of a session nothing."""
    told = member_of(turn.state, person.id).told.get(str(meeting.origin))
    session = meeting.standing == "moved" and meeting.moved_from is None
    return told or ("" if session else iso(_planned(turn, meeting)))


def _truth(turn: PairingTurn, meeting: Meeting) -> tuple[str, datetime]:
    """What is to be known of it now, and since when; empty where that is not settled yet."""
    nothing = ("", turn.now)
    doubt = in_doubt(turn, meeting)
    if meeting.stands and doubt:
        latest = meeting.start - timedelta(hours=turn.program.series_gone_hours)
        wait = timedelta(minutes=turn.program.repair_wait_minutes)
        moment = max(doubt[0] + wait, latest)
        return (OFF, moment) if turn.watch.reached(moment) else nothing
    if meeting.stands:
        if meeting.place is None or meeting.takes_back:
            return nothing  # not on the calendar yet
        by_hand = meeting.moved_by == "mentor" and meeting.moved_at == meeting.changed_at
        if by_hand and not turn.watch.reached(waited(turn, meeting)):
            return nothing
        return iso(meeting.start), meeting.moved_at or meeting.changed_at or turn.state.since
    if meeting.standing == "cancelled":
        at = meeting.cancelled_at or turn.now
        moment = max(
            at + timedelta(minutes=turn.program.repair_wait_minutes), meeting.start - AHEAD
        )
        return (OFF, moment) if turn.watch.reached(moment) else nothing
    if meeting.standing != "skipped" or meeting.settled_at is None:
        return nothing
    if meeting.settled_by != "rule":
        return nothing if awaited(turn, meeting) else (OFF, meeting.settled_at)
    moment = max(meeting.settled_at, meeting.start - AHEAD)
    if not _first_of_a_row(turn, meeting) or not turn.watch.reached(moment):
        return nothing
    return OFF, moment


def _first_of_a_row(turn: PairingTurn, meeting: Meeting) -> bool:
    """Of a break, a pause or an end that takes several along, the letter about the first says when the next one is."""
    before = [m for m in turn.state.meetings if m.start < meeting.start]
    latest = max(before, key=lambda m: m.start, default=None)
    return latest is None or latest.standing != "skipped" or latest.settled_by != "rule"


def _calendar_told(turn: PairingTurn, person: Person, meeting: Meeting) -> bool:
    """Whether the provider that moved it, or took it off, told that guest."""
    if meeting.standing == "cancelled" and meeting.gone:
        return any(person.address in each.told for each in turn.state.series)
    return person.address in meeting.told


def _facts(turn: PairingTurn, meeting: Meeting, truth: str, known: str) -> dict[str, Any]:
    """`start`: of a 1:1 that is left out the time at which its reader expects it."""
    planned, after = iso(_planned(turn, meeting)), next_but(turn, meeting)
    expected = known if known not in ("", OFF) else planned
    state = OFF if truth == OFF else "on" if (known, truth) == (OFF, planned) else "moved"
    return {
        "state": state,
        "start": expected if truth == OFF else truth,
        "old_start": expected if known and expected != truth else None,
        "length_minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "link": turn.state.link,
        "next_start": iso(after) if after else None,
    }
