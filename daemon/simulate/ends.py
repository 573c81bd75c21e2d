"""Ends: what has to hold when faults have stopped and two quiet days have passed (I5, I8, I11).

Not the watch over letters and calendars meanwhile: see checkers.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.domain.meeting import Slot
from daemon.domain.people import Line
from daemon.domain.world import PairingState
from daemon.ports import Store
from daemon.simulate.hands import Shown
from daemon.simulate.oracle import Oracle
from daemon.simulate.people import People

BY_DAY = re.compile(r"advisor-told/|left-out/|intro-draft/|intro-told/|ack/pairing/[^/]+/invite-")
"""What is asked for at once and opens by day: nobody is woken for what is said of advisors and introductions, or for what falls out."""
A_NIGHT = timedelta(hours=15)
"""The longest quiet hours, and the morning after them."""
PROMPT = timedelta(hours=3)
COUNTED = re.compile(
    r"(prep-mentee|prep-mentor|notes|proposal-nudge|setup-nudge|kindly|lighter|still-good|absence|"
    r"break-ahead|zone-changed|extend|farewell|wish|goals|goal-review|halfway|follow-up|group-prep|"
    r"chemistry|check|assess|handover)/pairing/([a-z0-9-]+)/(.*)/([a-z0-9-]+)/\d+"
)
"""Letters that count, whatever caused them; those that count only now and then are left out."""
A_DAY, A_WEEK = 1, 3
SOON = timedelta(hours=15)
"""A meeting so near makes its letter urgent: twelve hours, or the night and two hours."""
SOON_TO_BE_KNOWN = SOON + timedelta(days=1)
"""What takes a 1:1 away has to be read half a day before it, so it cannot wait for another day."""
SOONER = {
    "absence": SOON_TO_BE_KNOWN,
    "break-ahead": SOON_TO_BE_KNOWN,
    "handover": timedelta(days=3),
}
"""What is answered has to be known a day before the mentor reads it."""
WEEK = timedelta(days=7)
WAITING_FOR_ROOM = ("still-good", "check", "assess", "agreement", "chemistry", "exit")
WAITS_FOR_ROOM = timedelta(days=14)
"""So long such a question may wait among other letters: who was not asked has not been silent."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The end of a run. `returned` are letters that came back: each may be asked for anew. `disturbed` tells whether anything kept the daemon from a pairing in that time."""

    returned: set[str]
    lines: Mapping[str, Line]
    people: People
    oracle: Oracle
    disturbed: Callable[[Line, datetime, datetime], bool]

    def found(self, store: Store, now: datetime) -> Iterator[tuple[str, str]]:
        """(invariant, what)."""
        for pairing, line in self.lines.items():
            yield from self._doubled(line, now)
            state = store.world(f"pairing/{pairing}").state
            if isinstance(state, PairingState):
                yield from self._converged(state, line, now)
                yield from self._waiting(state, line, now)
            yield from self._prompt(store, line)
        yield from self._caps(store)

    def _shown(self, line: Line, window: Slot) -> list[Shown]:
        seen = self.oracle.hands.calendar(line.mentee.address, window)
        mine = [s for s in seen if s.place.calendar == line.calendar]
        return [s for s in mine if s.place.uid not in self.people.unheeded]

    def _doubled(self, line: Line, now: datetime) -> Iterator[tuple[str, str]]:
        live = len(line.lengths_minutes)
        if len({s.place.uid for s in self._shown(line, _soon(now)) if s.series}) > live:
            yield "I5", f"{line.pairing}: more live series than {live}"

    def _converged(
        self, state: PairingState, line: Line, now: datetime
    ) -> Iterator[tuple[str, str]]:
        window = _soon(now)
        shown = self._shown(line, window)
        acts = (a.at for a in self.people.acts if a.line == line.pairing)
        if any(now - at < timedelta(hours=3) for at in acts) or self.disturbed(
            line, now - PROMPT, now
        ):
            return
        slip = line.pairing in self.people.slips
        calendar = {s.start for s in shown if s.answer != "DECLINED" or slip}
        anew = any(
            each.pairing != line.pairing
            and each.calendar == line.calendar
            and each.mentee == line.mentee
            for each in self.lines.values()
        )  # the same two once more: what stands in their calendars is of that pairing
        if state.standing in ("paused", "closed") and calendar and not anew:
            begins = ", ".join(sorted(f"{start:%m-%d %H:%M}" for start in calendar))
            yield "I5", f"{line.pairing} is {state.standing}, and there is still {begins}"
        if state.standing not in ("active", "closing") or state.proposal or state.questions:
            return
        if not state.series or any(s.standing != "put" or s.gone_at for s in state.series):
            return
        planned = {
            m.start for m in state.meetings if m.stands and window.start <= m.start < window.end
        }
        beyond = max((m.start for m in state.meetings), default=now)
        differing = {s for s in calendar ^ planned if s <= beyond}
        if differing:
            only = ", ".join(sorted(f"{start:%m-%d %H:%M}" for start in differing))
            yield "I5", f"{line.pairing}: calendar and plan differ at {only}"

    def _waiting(self, state: PairingState, line: Line, now: datetime) -> Iterator[tuple[str, str]]:
        """Nothing that waits for an answer waits for ever."""
        if self.disturbed(line, now - 2 * PROMPT, now):
            return
        proposal = state.proposal
        if proposal and not proposal.booked and proposal.answer_by < now - PROMPT:
            yield "I11", f"{line.pairing}: a proposal outlived its answer-by"
        for question in state.questions:
            unasked = question.kind in WAITING_FOR_ROOM and question.told_at is None
            waits = unasked and now < question.opened_at + WAITS_FOR_ROOM
            if question.answer_by < now - PROMPT and not waits:
                yield "I11", f"{line.pairing}: a question outlived its answer-by: {question.kind}"

    def _prompt(self, store: Store, line: Line) -> Iterator[tuple[str, str]]:
        """I11: what became due and was not deferred itself was done soon, whatever others suffered."""
        due: dict[str, datetime] = {}
        for entry in store.ledger(lane=f"pairing/{line.pairing}", last=1_000_000):
            if entry.what == "due":
                due[entry.key] = entry.at
            elif entry.what in ("deferred", "on hold", "released"):
                due.pop(entry.key, None)
            elif entry.what == "settled" and entry.key in due:
                began = due.pop(entry.key)
                by_day = A_NIGHT if BY_DAY.match(entry.key) else timedelta()
                late = entry.at - began > PROMPT + by_day
                if late and not self.disturbed(line, began, entry.at):
                    yield "I11", f"waited {entry.at - began} behind others: {entry.key}"

    def _caps(self, store: Store) -> Iterator[tuple[str, str]]:
        """I8: at the moment at which a letter that can wait was asked for, its day and week had room."""
        asked: dict[str, list[tuple[datetime, str, str, str]]] = defaultdict(list)
        for pairing in self.lines:
            gone: set[str] = set()
            for entry in reversed(list(store.ledger(lane=f"pairing/{pairing}", last=1_000_000))):
                found = COUNTED.fullmatch(entry.key)
                if entry.key in self.returned:
                    continue
                if found and entry.what in ("withdrawn", "skipped"):
                    gone.add(entry.key)
                elif found and entry.what == "due" and entry.key not in gone:
                    asked[found[4]].append((entry.at, pairing, entry.key, entry.why))
        for person, letters in asked.items():
            yield from self._caps_of(person, sorted(letters))

    def _caps_of(
        self, person: str, letters: list[tuple[datetime, str, str, str]]
    ) -> Iterator[tuple[str, str]]:  # fmt: skip
        for number, (at, pairing, key, why) in enumerate(letters):
            line = self.lines[pairing]
            who = next(each for each in line.people if each.id == person)
            found = COUNTED.fullmatch(key)
            assert found
            origin = found[3].partition("#")[0].partition("~")[0]
            times = (_planned(origin), _said(why))
            soon = SOONER.get(found[1], SOON)
            if self.people.zones[person] or any(t and timedelta() < t - at < soon for t in times):
                continue

            def day(moment: datetime, zone: str = who.zone) -> date:
                return moment.astimezone(ZoneInfo(zone)).date()

            earlier, own = letters[:number], line.letters
            a_day, a_week = own.per_day or A_DAY, own.per_week or A_WEEK
            if sum(day(each) == day(at) for each, *_ in earlier) >= a_day:
                yield "I8", f"more than {a_day} on a day for {person}: {key}"
            in_week = [e for e, p, *_ in earlier if p == pairing and at - e < WEEK]
            # a mentor has a limit of a week only where the two have agreed on one
            limited = who != line.mentor or own.per_week
            if limited and len(in_week) >= a_week:
                yield "I8", f"more than {a_week} in a week for {person}: {key}"


def _soon(now: datetime) -> Slot:
    return Slot(now + timedelta(hours=3), now + timedelta(days=10))


def _said(why: str) -> datetime | None:
    """The instant that a reason names."""
    found = re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", why)
    return datetime.fromisoformat(found[0]) if found else None


def _planned(origin: str) -> datetime | None:
    """When a meeting was first planned, None for an occasion that is no meeting."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)\[([^\]]+)\]", origin)
    return datetime.fromisoformat(found[1]).replace(tzinfo=ZoneInfo(found[2])) if found else None
