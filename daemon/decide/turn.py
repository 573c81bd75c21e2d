"""A turn: the draft of one plan while the rules of a lane look at it one after another.

Not a rule and not I/O: it keeps what was decided so far and turns it into a Plan at the end.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any, Generic, TypeVar

from daemon.decide.keys import basis_of, kind_of, letter_stem, origin_text
from daemon.decide.moment import Watch
from daemon.domain.effect import Change, Effect, Explained, Port, SendLetter, TellAdmin
from daemon.domain.meeting import Origin, Place
from daemon.domain.observation import BusySeen, Observation, ReplySeen
from daemon.domain.people import Address, Person, Role, Who
from daemon.domain.program import Program
from daemon.domain.thread import Note
from daemon.domain.value import replace
from daemon.domain.world import (
    AccountState,
    Commitment,
    Lane,
    Mark,
    Need,
    PairingState,
    Plan,
    ProgramState,
    Queued,
    Reason,
    World,
)

S = TypeVar("S", PairingState, AccountState, ProgramState)
GENERATIONS_MAX = 8
"""After so many refusals of the same effect a person has to look at it."""
REST = timedelta(hours=20)
"""How long a change that was refused for good is left alone before it is decided anew."""
LOOK = timedelta(minutes=5)
"""So long after a conflict the calendars have been read once more."""
OVER_LONG_AGO = timedelta(weeks=13)
"""So long after its time an effect is not even passed over: whether it was asked for may be forgotten already."""
REMEMBERED_FOR = 2 * OVER_LONG_AGO
"""So long it is remembered at least that something about no meeting was asked for: longer than its window, and than
anything looks ahead that would ask for it once more."""


OF_A_GROUP = "group-"
"""How the names of letters begin that only a group has."""
OF_A_GROUP_REMEMBERED = timedelta(days=4)
"""So long after a 1:1 it is remembered that one about it was asked for, and so long after it was asked for: longer than
any rule asks for it."""


def iso(moment: datetime) -> str:
    """An instant as letters' facts carry it: RFC 3339 in UTC."""
    return f"{moment.isoformat()[:19]}Z"


class Turn(Generic[S]):
    """What one decision has found so far. Rules read `state` and replace it; they never mutate it."""

    def __init__(self, world: World, state: S, now: datetime) -> None:
        self.world = world
        self.state: S = state
        self.now = now
        self.watch = Watch(now)
        self.busy: list[BusySeen] = []
        own = state.group_marks if isinstance(state, PairingState) else dict[str, Mark]()
        self.marks: dict[str, Mark] = {**state.marks, **own}
        self.queued: dict[str, Queued] = {row.stem: row for row in world.outbox}
        self.wanted: set[str] = set()
        self.effects: list[Effect] = []
        self.withdrawn: dict[str, str] = {}
        self.skipped: list[tuple[str, str]] = []
        self.needs: list[Need] = []
        self.reasons: list[Reason] = []
        self.kept: list[Note] = []
        self.pending: tuple[ReplySeen, ...] = world.pending
        self.taken_back: list[tuple[Role, datetime]] = []
        self.forget_words = False
        self.forget_threads: list[str] = []
        self.counted: list[Reason] = []
        self.adopted: list[Place] = []
        self.stirred: datetime | None = None
        self.signs: list[Role] = []
        self.over_cap: list[Who] = []
        self.late: Role | None = None
        """Who has just answered a list of regular times after its end."""
        self.writer: Person | None = None
        """Whose mail is being followed at the moment."""
        self.forwarded: list[tuple[Lane, Observation]] = []
        self.commitments: dict[str, tuple[Commitment, ...]] = {}

    @property
    def program(self) -> Program:
        """The program this lane belongs to."""
        return self.world.program

    @property
    def lane(self) -> Lane:
        """The lane being decided."""
        return self.world.lane

    def zone(self, name: str) -> tzinfo:
        """The zone object that was handed in for an IANA name."""
        return self.world.zones[name]

    def because(self, text: str, key: str = "") -> None:
        """Record why something was, or was not, decided; of a storm of the same, once."""
        if not self.reasons or self.reasons[-1] != Reason(text, key):
            self.reasons.append(Reason(text, key))

    def generation(self, stem: str) -> int:
        """The generation a new effect of that stem would have."""
        mark = self.marks.get(stem)
        return mark.generation + 1 if mark else 1

    def over(self, stem: str) -> bool:
        """Whether nothing more can come of that stem: it was carried out, or left out for good."""
        mark = self.marks.get(stem)
        return mark is not None and mark.standing in ("settled", "skipped")

    def settled(self, stem: str) -> datetime | None:
        """When an effect of that stem was carried out, None if it was not."""
        mark = self.marks.get(stem)
        return mark.at if mark and mark.standing == "settled" else None

    def refused(self, stem: str, basis: str) -> bool:
        """Whether that very change was refused for good, and it is not yet time to decide it anew. What is
        something else is decided anew at once, but not by a storm of attempts."""
        mark = self.marks.get(stem)
        if mark is None or mark.standing != "refused":
            return False
        if mark.generation >= GENERATIONS_MAX:
            return True
        return mark.basis == basis and not self.watch.reached(mark.at + REST)

    def _again(self, stem: str, basis: str, retell: bool, known: bool) -> bool:
        """Whether an effect of that stem has to be asked for (anew), given what is remembered. `known`: it
        changes what was seen, so after a conflict that has to be seen first."""
        mark = self.marks.get(stem)
        if mark is None:
            return True
        if mark.standing == "live":
            row = self.queued.get(stem)
            if mark.basis == basis or row is None or not row.untouched:
                self.wanted.add(f"{stem}/{mark.generation}")
                return False
            self.withdrawn[row.key] = "what it says has changed"
            return True
        if mark.standing == "conflict" and known:
            rested = self.watch.reached(mark.at + LOOK)
            return rested and mark.generation < GENERATIONS_MAX
        if mark.standing in ("withdrawn", "conflict", "undone"):
            return mark.generation < GENERATIONS_MAX
        if mark.standing == "refused":
            return not self.refused(stem, basis)
        return mark.standing == "settled" and retell and mark.basis != basis

    def want(
        self,
        stem: str,
        change: Change,
        *,
        account: Address,
        opens: datetime,
        closes: datetime,
        reason: str,
        basis: str = "",
        origin: Origin | None = None,
        retell: bool = False,
        explained: Explained = "",
    ) -> None:
        """Ask for an effect as long as this is called in every turn: once per basis, whatever happens.

        An effect that no rule asks for any more is withdrawn at the end of the turn (RULES 9). One whose
        window [opens, closes) is over before it was ever asked for is skipped, with the reason.
        """
        basis = basis or basis_of((type(change).__name__, _facts(change)))
        if self.now >= closes:
            if self.now - closes < OVER_LONG_AGO:
                self.pass_over(stem, f"its time was over at {iso(closes)}", basis)
            return
        if not self._again(stem, basis, retell, known=bool(getattr(change, "expected", ""))):
            return
        generation = self.generation(stem)
        self._add(
            stem, generation, basis, change, account, opens, closes, reason, origin, explained
        )
        self.marks[stem] = Mark(generation, basis, "live", self.now)

    def say(
        self, stem: str, letter: SendLetter, *, reason: str, opens: datetime | None = None,
        closes: datetime | None = None,
    ) -> None:  # fmt: skip
        """Ask for a letter that answers something just seen: once, and never withdrawn by later turns. It goes at
        once and has three days for that, unless told."""
        self._add(
            stem, 1, basis_of(_facts(letter)), letter, self.program.mailbox,
            opens or self.now, closes or self.now + timedelta(days=3), reason, None, "", firm=True,
        )  # fmt: skip

    def ask_once(
        self, stem: str, change: Change, *, account: Address, closes: datetime, reason: str,
        origin: Origin | None = None,
    ) -> None:  # fmt: skip
        """Ask for a change of no state: once each time this is called, and never withdrawn by later turns."""
        generation, basis = self.generation(stem), basis_of(_facts(change))
        self._add(
            stem, generation, basis, change, account, self.now, closes, reason, origin, "", firm=True,
        )  # fmt: skip
        self.marks[stem] = Mark(generation, basis, "live", self.now)

    def tell(
        self, fact: str, *, reason: str, occasion: str = "", to: Address = "", **facts: Any
    ) -> None:
        """Tell the program's contact (or whoever has that address) one fact, at most once a day and occasion; what somebody's mail led to
        names who wrote it, and is told of each of the two."""
        named: list[str] = [occasion] if occasion else []
        if self.writer:
            facts = {"first": self.writer.first, **facts}
            named.append(f"by-{self.writer.id}")
        stem = "/".join(("tell", self.lane, fact, self.now.date().isoformat(), *named))
        if stem in self.marks:
            return
        self.marks[stem] = Mark(1, "", "settled", self.now)
        self._add(
            stem, 1, fact, TellAdmin(fact, facts, to), self.program.mailbox,
            self.now, self.now + timedelta(days=7), reason, None, "", firm=True,
        )  # fmt: skip

    def tell_once(self, name: str, fact: str, *, reason: str, **facts: Any) -> None:
        """Tell the program's contact one fact, once for ever under that name."""
        stem = f"told/{name}"
        if stem not in self.marks:
            self.marks[stem] = Mark(1, "", "settled", self.now)
            self.tell(fact, reason=reason, **facts)

    def _add(
        self, stem: str, generation: int, basis: str, change: Change, account: Address,
        opens: datetime, closes: datetime, reason: str, origin: Origin | None,
        explained: Explained, firm: bool = False,
    ) -> None:  # fmt: skip
        port: Port = "mail" if isinstance(change, SendLetter | TellAdmin) else "calendar"
        effect = Effect(
            stem, generation, basis, port, account, change, opens, closes, reason,
            origin, explained, firm,
        )  # fmt: skip
        self.effects.append(effect)
        self.watch.reached(closes)  # what is on hold then has to be skipped

    def pass_over(self, stem: str, why: str, basis: str = "") -> None:
        """Record that an effect is left out for good, with the reason."""
        if stem in self.marks:
            return
        self.marks[stem] = Mark(0, basis, "skipped", self.now)
        self.skipped.append((f"{stem}/1", why))

    def withdraw(self, row: Queued, why: str) -> None:
        """Take back what nobody has seen; a rule that still wants it asks for it anew."""
        self.withdrawn[row.key] = why
        self._forget(row, "withdrawn")

    def owe_again(self, stem: str) -> None:
        """What was left out before it was ever asked for is owed anew: its meeting has another time."""
        mark = self.marks.get(stem)
        if mark and mark.standing == "skipped" and not mark.generation:
            del self.marks[stem]

    def only_newest(self, stem: str) -> None:
        """Of what is asked for again and again, and never about what is past, no more is remembered than the one that
        is wanted now: the state stays small."""
        kind = kind_of(stem)
        over = [s for s in self.marks if s != stem and kind_of(s) == kind and self.over(s)]
        for each in over:
            del self.marks[each]

    def letter_stem(self, touchpoint: str, occasion: str, person: str) -> str:
        """The stem of a letter in this lane."""
        return letter_stem(touchpoint, self.lane, occasion, person)

    def plan(
        self, known: frozenset[str] = frozenset(), group_asks: frozenset[str] = frozenset()
    ) -> Plan:
        """The finished plan: what no rule asked for is withdrawn, what is long past is forgotten; not what is named
        after something that the state still knows, of a group's own letters after a 1:1 of which a rule still asks."""
        for row in self.world.outbox:
            if row.untouched and row.closes > self.now:
                self.watch.reached(row.closes)
            if row.key in self.wanted or row.key in self.withdrawn:
                continue
            if row.closes <= self.now and row.untouched:
                self.skipped.append((row.key, f"its time was over at {iso(row.closes)}"))
                self._forget(row, "withdrawn")  # it never left: owed anew if its meeting moves
            elif not row.firm and row.untouched:
                self.withdrawn[row.key] = "no longer true"
                self._forget(row, "withdrawn")
        newest = self._newest()
        marks = {
            stem: mark
            for stem, mark in self.marks.items()
            if self._remembered(
                stem, mark, group_asks if stem.startswith(OF_A_GROUP) else known, newest
            )
        }
        return Plan(
            lane=self.lane,
            state=self._with_marks(marks),
            effects=tuple(self.effects),
            withdraw=tuple(self.withdrawn.items()),
            skip=tuple(self.skipped),
            needs=tuple(self.needs),
            wake_at=self.watch.wake_at,
            reasons=tuple(self.reasons),
            commitments=self.commitments,
            keep=tuple(self.kept),
            forward=tuple(self.forwarded),
            adopted=tuple(self.adopted),
            taken_back=tuple(self.taken_back),
            pending=None if self.pending == self.world.pending else self.pending,
            forget_words=self.forget_words,
            counted=tuple(self.counted),
            forget_threads=tuple(self.forget_threads),
        )

    def _with_marks(self, marks: dict[str, Mark]) -> S:
        """The state with these, where a pairing has those of a group apart."""
        if not isinstance(self.state, PairingState):
            return replace(self.state, marks=marks)
        of_group = {stem: mark for stem, mark in marks.items() if stem.startswith(OF_A_GROUP)}
        rest = {stem: mark for stem, mark in marks.items() if stem not in of_group}
        state: Any = self.state
        whole: S = replace(state, marks=rest, group_marks=of_group)
        return whole

    def _forget(self, row: Queued, how: Any) -> None:
        mark = self.marks.get(row.stem)
        if mark and mark.generation == row.generation:
            self.marks[row.stem] = replace(mark, standing=how, at=self.now)

    def _remembered(
        self, stem: str, mark: Mark, known: frozenset[str], newest: frozenset[str]
    ) -> bool:
        if stem.startswith("tell/"):
            return not self.watch.reached(mark.at + timedelta(days=2))
        origin = origin_text(stem)
        if origin and stem.startswith(OF_A_GROUP):
            young = self.now - mark.at < OF_A_GROUP_REMEMBERED
            return young or origin in known or stem in self.queued
        if mark.standing == "live":
            return True
        if origin:
            return origin in known
        if stem in newest or self.now - mark.at < REMEMBERED_FOR:
            return (
                True  # nothing is decided anew by its being forgotten, so nobody is woken for that
            )
        return any(name in stem for name in known)

    def _newest(self) -> frozenset[str]:
        """Of each kind of what is about no meeting, the newest: it says what is still true, such as a welcome, or
        that the 1:1s pause, and which number comes next."""
        newest: dict[str, str] = {}
        for stem, mark in self.marks.items():
            kind = kind_of(stem)
            if kind and (kind not in newest or self.marks[newest[kind]].at <= mark.at):
                newest[kind] = stem
        return frozenset(newest.values())


def _facts(change: Change) -> Any:
    if isinstance(change, SendLetter):
        return (change.touchpoint, change.person, change.facts)
    return change
