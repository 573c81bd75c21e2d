"""Advisors as acted people: how they answer their two letters, and what has to hold of these, seen from outside.

Not the two who wish them (people.py). Every choice is rolled from the seed, and each advisor is asked once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from daemon.domain.meeting import Slot
from daemon.domain.people import Address
from daemon.domain.world import PairingState
from daemon.ports import Store
from daemon.simulate.deeds import roll
from daemon.simulate.hands import Hands
from daemon.simulate.letterbox import Letter, reply_mail
from daemon.simulate.postmaster import NO_SUCH_USER, returned

HOME = "@advisors.example"
ANSWERS = {
    "yes": 300, "no": 120, "odd": 120, "stop": 60, "bounce": 120, "decline": 60, "late-no": 100, "late-stop": 40,
}  # fmt: skip
"""How an advisor takes the first letter, per mille; the rest is silence. `decline`: yes by mail, and no in the calendar;
`late-no`, `late-stop`: yes, and hours later no."""
WORDS = {"yes": "Yes, gladly.", "no": "NO", "odd": "Who else will be there?", "stop": "STOP"}
LATER = {"decline": "", "late-no": "no", "late-stop": "stop"}
"""What whoever has said yes says hours later; `decline` nothing, but declines the event."""
Act = Callable[[datetime], None]
Span = tuple[datetime, datetime]
LETTERS_MOST = 2
FORGOTTEN = timedelta(days=30)
GRACE = timedelta(days=14)
"""A 1:1 may move, and the machine be off for days, before it is 30 days ago."""
LET_GO = timedelta(hours=26)
"""So long after a no somebody may still stand on the event: what a calendar has refused rests for 20 hours."""
_CANARY = re.compile(rb"kiwi\d+x\d+")


@dataclass(slots=True)
class Advisors:
    """All of them, by address."""

    hands: Hands
    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[Address, str] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)
    silent_since: dict[Address, datetime] = field(default_factory=dict)
    """Who has written STOP, since when."""
    not_coming: dict[Address, datetime] = field(default_factory=dict)
    """Who has said no last, since when."""
    sent: dict[str, datetime] = field(default_factory=dict)
    """By Message-ID, when the 1:1 was to be that the letter is about."""

    def acts(self, letter: Letter) -> list[tuple[timedelta, Act]]:
        """What an advisor does with a letter, and after which time; nothing of other letters."""
        if letter.touchpoint != "advisor":
            return []
        if letter.to not in self.kinds:
            self.kinds[letter.to] = roll(self.random, ANSWERS)
            self.counts[f"advisor-{self.kinds[letter.to] or 'silent'}"] += 1
        what = self.kinds[letter.to]
        soon = timedelta(minutes=self.random.choice((1, 20, 180, 900)))
        if what == "bounce":
            return [(timedelta(minutes=1), partial(self._bounces, letter))]
        if not what or ("YES" not in letter.text and "SIM" not in letter.text):
            return []
        if what not in LATER:
            return [(soon, partial(self._writes, letter, what))]
        later = soon + timedelta(hours=self.random.choice((1, 6, 20)))
        no = partial(self._declines, letter.to)
        if LATER[what]:
            no = partial(self._writes, letter, LATER[what])
        return [(soon, partial(self._writes, letter, "yes")), (later, no)]

    def _bounces(self, letter: Letter, now: datetime) -> None:
        name = f"no-{letter.to.split('@')[0]}-{len(self.sent)}"
        raw, _ = returned(letter, letter.to, NO_SUCH_USER, name, now)
        self.hands.turn_away(letter.to)
        self.hands.write(letter.to, letter.mailbox, raw, now)

    def _writes(self, letter: Letter, what: str, now: datetime) -> None:
        """The answer, as their client writes it; one in three clients forgets to cite."""
        number = len(self.sent)
        raw, _ = reply_mail(
            letter, letter.to, letter.reply_to, WORDS[what], f"{number}.{letter.to.split('@')[0]}", now,
            automatic=False, cites=number % 3 != 0,
        )  # fmt: skip
        if what == "stop":
            self.silent_since[letter.to] = now
        self.said(letter.to, what, now)
        self.hands.write(letter.to, letter.reply_to, raw, now)

    def _declines(self, address: Address, now: datetime) -> None:
        """In the calendar, as a guest."""
        for shown in self.hands.calendar(address, Slot(now, now + timedelta(days=30)))[:1]:
            self.hands.answer(address, shown.place, "DECLINED")
            self.said(address, "no", now)

    def said(self, address: Address, what: str, now: datetime) -> None:
        """The last word of an advisor is yes, no or STOP."""
        if what in ("no", "stop"):
            self.not_coming.setdefault(address, now)
        elif what == "yes":
            self.not_coming.pop(address, None)

    def hour(
        self, now: datetime, down: list[Span], locked: Mapping[Address, list[Span]]
    ) -> Iterator[str]:
        """Whoever has said no stands on no event that is to come, unless the machine was down, or could not reach that
        calendar."""
        for address, since in self.not_coming.items():
            if now < since + LET_GO:
                continue
            for shown in self.hands.calendar(address, Slot(now, now + timedelta(days=30))):
                spans = [*down, *locked.get(shown.place.calendar, ())]
                if not any(begin < now and since < end for begin, end in spans):
                    yield f"still a guest after a no: {shown.place.recurrence} {shown.start}"

    def letter(self, letter: Letter) -> Iterator[str]:
        """What is wrong with a letter to an advisor."""
        if letter.touchpoint != "advisor":
            if letter.to.endswith(HOME):
                yield f"no letter for an advisor: {letter.key}"
            return
        advisor = letter.key.split("/")[-2]
        self.letters[advisor] += 1
        if self.letters[advisor] > LETTERS_MOST:
            yield f"letter {self.letters[advisor]} to one advisor: {letter.key}"
        if _CANARY.search(letter.body):
            yield f"an advisor reads what the two wrote: {letter.key}"
        since = self.silent_since.get(letter.to)
        if since and letter.at > since + timedelta(hours=8):
            yield f"written to after STOP: {letter.key}"
        planned = datetime.fromisoformat(letter.origin.partition("[")[0]).replace(tzinfo=UTC)
        self.sent[letter.message_id] = planned
        if letter.at > planned + FORGOTTEN + GRACE:
            yield f"written to when the address was to be forgotten: {letter.key}"

    def finish(self, store: Store, now: datetime) -> Iterator[str]:
        """At the end: who was to be forgotten is."""
        for message_id, planned in self.sent.items():
            if now > planned + FORGOTTEN + GRACE and store.letter(message_id):
                yield f"a letter to an advisor is still known: {message_id}"
        for lane in store.lane_names():
            state = store.world(lane).state
            known = state.advisors if isinstance(state, PairingState) else ()
            late = [each.id for each in known if each.erased_at < now - timedelta(days=1)]
            if late:
                yield f"{lane}: still known {late}"
