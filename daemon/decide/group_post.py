"""How a letter to a member of a group is asked for: quiet hours, and limits of a day and a week.

Not which letters (group_letters.py, group_news.py). What owed.py is for the two, by role, this is for everybody else of a
group, by person; the hard cap (caps.py) and addresses on hold (bounced.py) are the same for all.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from daemon.decide.caps import COUNTED, COUNTS, DAY, WEEK, counted
from daemon.decide.group import member_of
from daemon.decide.keys import touchpoint_of
from daemon.decide.moment import at_minute, local_day, quiet_hours, speakable
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Origin
from daemon.domain.pair import Member
from daemon.domain.people import MEMBER, Person
from daemon.domain.world import Commitment

PREP = "group-prep"
SOON = timedelta(hours=2)


def to_member(
    turn: PairingTurn, person: Person, touchpoint: str, occasion: str, facts: dict[str, Any],
    *, opens: datetime, closes: datetime, reason: str, basis: str, origin: Origin | None = None,
    retell: bool = False, starts: datetime | None = None,
) -> None:  # fmt: skip
    """Ask for one letter (see Turn.want). `starts`: of the 1:1 that it is about; what is said of one in the next hours
    waits for no morning."""
    stem = turn.letter_stem(touchpoint, occasion, person.id)
    mark = turn.marks.get(stem)
    live = mark is not None and mark.standing == "live"
    if not live:
        if mark and mark.standing in ("settled", "skipped") and (not retell or mark.basis == basis):
            return
        if turn.now < closes and not _may_go(turn, person, stem, opens, closes, starts):
            return
    turn.want(
        stem, SendLetter(touchpoint, person.id, facts), account=turn.program.mailbox,
        opens=opens, closes=closes, reason=reason, basis=basis, origin=origin, retell=retell,
    )  # fmt: skip


def by_day(turn: PairingTurn, person: Person, moment: datetime) -> datetime:
    """The first moment, not before this one, outside that member's quiet hours."""
    hours = quiet_hours(person, turn.zone(person.zone), turn.program)
    return speakable(moment, hours)


def at_once_or_by_day(
    turn: PairingTurn, person: Person, moment: datetime, starts: datetime | None
) -> datetime:
    """The same for what is said of a 1:1 that `starts` then: at once, where it is a matter of hours."""
    late = by_day(turn, person, max(moment, turn.now))
    urgent = timedelta(hours=turn.program.urgent_hours)
    if starts and moment < starts and (starts - moment < urgent or starts < late + SOON):
        return moment
    return late


def _may_go(
    turn: PairingTurn, person: Person, stem: str, opens: datetime, closes: datetime,
    starts: datetime | None,
) -> bool:  # fmt: skip
    """Not what is not wished; what counts, when there is room for it; and by day."""
    if not turn.watch.reached(opens):
        return False
    touchpoint = touchpoint_of(stem)
    if touchpoint == PREP and member_of(turn.state, person.id).fewer:
        turn.pass_over(stem, "no reminders are wished")
        return False
    later = _room(turn, person) if touchpoint in COUNTED else None
    if later is None:
        return turn.watch.reached(at_once_or_by_day(turn, person, opens, starts))
    if by_day(turn, person, later) >= closes:
        turn.pass_over(stem, "so many letters came already that this one would be too much")
    else:
        turn.watch.reached(by_day(turn, person, later))
    return False


def _room(turn: PairingTurn, person: Person) -> datetime | None:
    """None when there is room for one more letter now, else the next moment at which there may be."""
    zone, who = turn.zone(person.zone), f"{MEMBER}{person.id}"
    today = local_day(turn.now, zone)
    if (
        sum(local_day(at, zone) == today for at in counted(turn, who))
        >= turn.program.letters_per_day
    ):
        return at_minute(today + DAY, 0, zone)
    own = [each.at for each in member_of(turn.state, person.id).sent if each.counts]
    week = [at for at in own if at > turn.now - WEEK]
    if len(week) >= turn.program.letters_per_week:
        return week[0] + WEEK
    return None


def letters_of_member(turn: PairingTurn, member: Member) -> list[Commitment]:
    """What that member's letters here are for their other pairings."""
    return [
        Commitment(turn.lane, "letter", each.at, each.at, COUNTS if each.counts else "")
        for each in member.sent
        if turn.now - each.at < WEEK
    ]
