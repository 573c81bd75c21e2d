"""How things stand, as facts in words: a pairing, one 1:1, one letter, and what keeps somebody from getting one.

Not what happened: that is the ledger. No word that people wrote, and no side that is to blame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.caps import COUNTED
from daemon.decide.keys import lane_of_pairing, touchpoint_of
from daemon.decide.moment import local_day, quiet_hours
from daemon.decide.welcome import ASKED_AHEAD
from daemon.domain.meeting import Meeting
from daemon.domain.people import MEMBER, ROLES, Person
from daemon.domain.program import Program
from daemon.domain.proposal import Proposal
from daemon.domain.world import PairingState
from daemon.ledger import day_words, local_words, reader_of, series_words
from daemon.noted import LAST_BEAT
from daemon.ports import RESTORED, LedgerEntry, QueueEntry, Store

SILENT_LONG = timedelta(hours=1)
WEEK = timedelta(days=7)
_OFF = {
    "holiday": "a public holiday", "break": "a break of the program", "away": "an absence",
    "pause": "a pause", "end": "the end of the pairing", "change": "a change of the series",
    "substitute": "a substitute, who holds it",
}  # fmt: skip
_SETTLED = {
    "choice": "left out by choice", "silence": "left out, nobody answered",
    "no-times": "left out, no time suited both",
}  # fmt: skip


def pairing_facts(state: PairingState, now: datetime) -> Iterator[str]:
    """Standing, rhythm, and what comes next."""
    zone = state.line.anchor
    yield f"{state.standing} since {local_words(state.since, zone)}"
    if state.standing == "invited":
        yield from _answers(state, now)
    if state.pause:
        until = state.pause.until
        yield f"paused until {day_words(until)}" if until else "paused until somebody resumes"
    if state.line.members:
        names = ", ".join(each.first for each in state.line.people[1:])
        yield f"a group of {len(state.line.members) + 1}: {names}; {state.line.mentee.first} speaks for it"
    yield from _substitutes(state, local_day(now, ZoneInfo(zone)))
    for series in state.series:
        if series.live:
            yield f"the series: {series_words(series.rule)}"
    coming = [m.start for m in state.meetings if m.stands and m.end > now]
    if coming:
        yield f"next 1:1: {local_words(min(coming), zone)}"
    elif state.standing == "active":
        yield "no 1:1 is known ahead"
    yield from _agreed(state)
    yield from _who_writes(state)
    proposal = state.proposal
    if proposal and proposal.standing == "open":
        answer_by = local_words(proposal.answer_by, zone)
        whom = state.line.person(proposal.asked).first
        yield f"{_chosen(proposal)} is being chosen: {len(proposal.current)} offered to {whom}, until {answer_by}"


def _substitutes(state: PairingState, today: date) -> Iterator[str]:
    """Who stands in for whom, and on which days."""
    known = state.line.substituted
    if known and today <= known.days.last:
        agreed = state.substitute is not None and state.substitute.agreed_at is not None
        said = "agreed" if agreed else "not agreed"
        first, last = day_words(known.days.first), day_words(known.days.last)
        yield f"rests from {first} to {last}: {known.mentor} stands in ({known.pairing}, {said})"
    if whom := state.line.stands_in:
        yield f"stands in for {whom.mentor} ({whom.pairing}) until {day_words(whom.days.last)}"


def _agreed(state: PairingState) -> Iterator[str]:
    """How many of the two agreed to which version of the program's text, and not who."""
    for version, count in agreed_by_version([state]).items():
        yield f"agreement: {count} of 2 agreed to version {version}"
    waits = sum(q.kind == "agreement" for q in state.questions)
    if waits:
        before = ": nothing is on a calendar before that" if state.standing == "invited" else ""
        yield f"agreement: {waits} of 2 have not answered{before}"


def agreed_by_version(states: Iterable[PairingState]) -> dict[str, int]:
    """How many people agreed to each version."""
    found = Counter(each.version for state in states for each in state.alone.agreed_to)
    return dict(sorted(found.items()))


def _chosen(proposal: Proposal) -> str:
    if proposal.origin:
        return f"a time for the 1:1 of {day_words(proposal.origin.day)}"
    return "a regular time" if proposal.kind == "series" else "a time for the next session"


def mail_facts(store: Store, state: PairingState, entries: Iterable[LedgerEntry]) -> Iterator[str]:
    """Of each of the two: how many letters a server took (whether anybody has read them nobody knows), what waits,
    what came back, and when something was heard."""
    lane = lane_of_pairing(state.line.pairing)
    waiting = [each for each in store.queue() if each.lane == lane and each.hold]
    for role in ROLES:
        person = state.line.person(role)
        taken = [e.at for e in entries if e.what == "settled" and reader_of(e.key) == person.id]
        on_hold = sum(reader_of(each.effect.key) == person.id for each in waiting)
        back = sum(each.role == role for each in state.returned)
        heard = next((s.heard_at for s in state.signs if s.role == role and s.heard_at), None)
        said = [
            f"{len(taken)} accepted, the last {local_words(max(taken), person.zone)}" if taken else "none yet",
            f"{on_hold} on hold" if on_hold else "",
            f"{back} came back" if back else "",
            f"heard from {local_words(heard, person.zone)}" if heard else "nothing heard yet",
        ]  # fmt: skip
        yield f"letters to {person.first}: {', '.join(each for each in said if each)}"
    for person in state.line.members:
        yield _letters_of_member(state, person, entries, waiting)


def _letters_of_member(
    state: PairingState, person: Person, entries: Iterable[LedgerEntry], waiting: list[QueueEntry]
) -> str:
    taken = [e.at for e in entries if e.what == "settled" and reader_of(e.key) == person.id]
    on_hold = sum(reader_of(each.effect.key) == person.id for each in waiting)
    back = sum(each.role == f"{MEMBER}{person.id}" for each in state.returned)
    said = [
        f"{len(taken)} accepted, the last {local_words(max(taken), person.zone)}" if taken else "none yet",
        f"{on_hold} on hold" if on_hold else "",
        f"{back} came back" if back else "",
    ]  # fmt: skip
    return f"letters to {person.first}, of the group: {', '.join(each for each in said if each)}"


def _who_writes(state: PairingState) -> Iterator[str]:
    """Second addresses, of which the address itself is nobody else's business, and who is asked about one."""
    for each in state.addresses:
        first = state.line.person(each.role).first
        yield f"{first} writes from a second address as well since {day_words(each.at.date())}"
    for doubt in state.doubts:
        if not doubt.over:
            first = state.line.person(doubt.role).first
            since = local_words(doubt.asked_at, state.line.anchor)
            yield f"{first} was asked at {since} whether a mail is theirs: until then nothing of it is done"


def _answers(state: PairingState, now: datetime) -> Iterator[str]:
    today, asked_on, name = local_day(now, ZoneInfo(state.line.anchor)), state.line.starts, "starts"
    if whom := state.line.stands_in:
        asked_on, name = whom.days.first - ASKED_AHEAD, "substitute"
    if asked_on and asked_on > today:
        yield f"nobody is asked before {day_words(asked_on)}, as the files say ({name}:)"
    elif state.mentor_yes is None:
        yield f"{state.line.mentor.first} has not said yes: {state.line.mentee.first} is asked after that"
    elif state.mentee_yes is None:
        yield f"{state.line.mentee.first} has not said yes: nothing is on a calendar before that"


def meeting_facts(meeting: Meeting, zone: str) -> Iterator[str]:
    """Where it was planned, and what became of it."""
    planned = datetime.fromisoformat(meeting.origin.wall)
    yield f"planned for {day_words(planned.date())} {planned:%H:%M}"
    if meeting.standing == "moved":
        yield f"now {local_words(meeting.start, zone)}"
    elif meeting.standing == "skipped":
        off = f"left out because of {_OFF[meeting.off]}" if meeting.off else ""
        yield off or _SETTLED.get(meeting.settled_by, "left out")
    elif meeting.standing == "cancelled":
        yield "it fell out, and has no other time yet"
    elif meeting.standing == "held":
        yield f"it took place ({meeting.evidence or 'nobody said otherwise'})"
    elif meeting.standing == "missed":
        yield "it did not take place"
    else:
        yield "it stands as planned"


def letter_facts(
    key: str, reader: Person, program: Program | None, sent_at: datetime | None
) -> Iterator[str]:
    """On whose clock it came, and whether it counts for the limits."""
    if sent_at:
        yield f"sent at {local_words(sent_at, reader.zone)}, {reader.first}'s time"
    if program:
        hours = quiet_hours(reader, ZoneInfo(reader.zone), program)
        also = f", and {_clock(hours.also[0])} to {_clock(hours.also[1])}" if hours.also else ""
        begins, ends = _clock(hours.from_minute), _clock(hours.to_minute)
        yield f"quiet hours of {reader.first}: {begins} to {ends}{also}"
        if touchpoint_of(key) in COUNTED:
            whom = "" if program.letters_a_week("mentor") else " for a mentee"
            yield (
                f"it counts: at most {program.letters_per_day} such a day, "
                f"{program.letters_per_week} a week{whom}"
            )
            if touchpoint_of(key) == "agreement":
                yield "not before the 1:1s begin: there it does not count"
        else:
            yield "it does not count for the limits of a day and a week"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


# --- silence


def silence_facts(
    store: Store, state: PairingState, person: Person, program: Program, now: datetime, options: str
) -> Iterator[str]:
    """What keeps letters from somebody in this pairing now; `options` as in status()."""
    yield from _of_the_machine(store, now)
    with_whom = f"{state.line.mentor.first} & {state.line.mentee.first}"
    for fact in pairing_facts(state, now):
        yield f"{with_whom}: {fact}"
    if state.standing == "closed":
        yield f"{with_whom}: over, so no more letters"
    lane = lane_of_pairing(state.line.pairing)
    for entry in store.queue():
        if entry.lane == lane and reader_of(entry.effect.key) == person.id:
            touchpoint = touchpoint_of(entry.effect.key)
            if entry.hold:
                yield f"{touchpoint} is ready and waits under {entry.hold}: run.py held{options}"
            else:
                later = entry.not_before if entry.not_before and entry.not_before > now else None
                when = f"not before {local_words(later, person.zone)}" if later else "due"
                yield f"{touchpoint} is {when}"
    yield from _limits(store, state, person, program, now)


def nothing_due(
    state: PairingState, person: Person, program: Program, day: date | None
) -> Iterator[str]:
    """When letters come at all, where none came; and whether there was a 1:1 that one could be about."""
    mentor = state.line.role_of(person.id) == "mentor"
    minute, days = program.prep_mentee_minute, program.prep_mentee_days
    if mentor:
        minute, days = program.prep_mentor_minute, program.prep_mentor_days
    lead = f"at {_clock(minute)} {days} days before" if days > 1 else f"at {_clock(minute)} before"
    yield f"letters come around a 1:1 (a prep {lead}, notes after), and when something changes"
    if day is not None:
        zone = ZoneInfo(person.zone)
        near = [
            m for m in state.meetings
            if m.stands
            and -1 <= (m.start.astimezone(zone).date() - day).days <= max(days, 1)
        ]  # fmt: skip
        starts = ", ".join(local_words(m.start, person.zone) for m in near)
        after = f"up to {days} days after" if days > 1 else "after"
        yield f"1:1s that day, the day before or {after}: {starts or 'none'}"


def _limits(
    store: Store, state: PairingState, person: Person, program: Program, now: datetime
) -> Iterator[str]:
    lane = lane_of_pairing(state.line.pairing)
    counted = [
        each.at for each in store.ledger(lane=lane, last=500)
        if each.what == "settled" and reader_of(each.key) == person.id
        and touchpoint_of(each.key) in COUNTED and each.at > now - WEEK
    ]  # fmt: skip
    zone = ZoneInfo(person.zone)
    a_week = program.letters_a_week(state.line.role_of(person.id) or "mentee")
    today = sum(at.astimezone(zone).date() == now.astimezone(zone).date() for at in counted)
    yield (
        "letters with a limit (preps, notes, reminders; proposals and answers have none): "
        f"{today} today, at most {program.letters_per_day}; "
        f"{len(counted)} in 7 days" + (f", at most {a_week}" if a_week else "")
    )


def _of_the_machine(store: Store, now: datetime) -> Iterator[str]:
    last = store.value(LAST_BEAT)
    if last and now - datetime.fromisoformat(last) > SILENT_LONG:
        yield f"no beat since {local_words(datetime.fromisoformat(last), 'UTC')}: nothing is sent meanwhile"
    if store.value(RESTORED):
        yield "a backup was restored: everything waits until it is released"
