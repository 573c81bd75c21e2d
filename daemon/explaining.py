"""Why: one letter, one move or one silence, with the facts it rests on and what was not done because of them.

Not the ledger in words (ledger.py), and nothing that the pair wrote: only counts, times and reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.decide.keys import lane_of_account, lane_of_pairing, origin_of, origin_text
from daemon.domain.people import Line, Person
from daemon.domain.program import Config
from daemon.domain.world import Lane, PairingState
from daemon.ledger import (
    LedgerLine,
    effect_words,
    lines_of,
    names_of,
    reader_of,
    told_of,
    zone_of,
)
from daemon.ports import Store
from daemon.standing import (
    letter_facts,
    mail_facts,
    meeting_facts,
    nothing_due,
    pairing_facts,
    silence_facts,
)

NOT_DONE = ("skipped", "withdrawn", "refused")
ENTRIES_MAX = 2000
LOOKED_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `why` tells. `because` are decisions about the pairing that led to it; `around` is what else was done
    about the same 1:1; `ahead` the pairings of which the next letters can be asked for."""

    about: str
    zone: str
    facts: tuple[str, ...]
    entries: tuple[LedgerLine, ...]
    because: tuple[LedgerLine, ...] = ()
    around: tuple[LedgerLine, ...] = ()
    not_done: tuple[LedgerLine, ...] = ()
    ahead: tuple[str, ...] = ()


def explain(
    store: Store, word: str, config: Config, now: datetime, *, last: int, day: date | None,
    options: str,
) -> Explanation | None:  # fmt: skip
    """Of a pairing, a person, a key or the beginning of some, a Message-ID, or a subject; None for a stranger.

    `day` leaves out what happened on others; `options` is added to the commands that are printed for copying.
    """
    lines = lines_of(store)
    people = {p.id: p for line in lines.values() for p in line.people}
    lane = _lane(store, word, lines)
    if lane:
        return _of_lane(store, lane, config, now, last, day)
    if person := _person(people, word):
        return _of_person(store, person, lines, config, now, last, day, options)
    letter = store.letter(word if word.startswith("<") else f"<{word}>") if word else None
    key = letter.key if letter else word
    return _of_key(store, key, config, last, options) if key else None


def _person(people: dict[str, Person], word: str) -> Person | None:
    """Whoever is known by that key, address or name; nobody where two are."""
    said = word.casefold()
    found = [
        each for each in people.values()
        if said in (each.id, each.address.casefold(), each.first.casefold(), each.name.casefold())
    ]  # fmt: skip
    return people.get(word) or (found[0] if len(found) == 1 else None)


def _lane(store: Store, word: str, lines: dict[Lane, Line]) -> Lane:
    """The lane of a pairing or account, also of the subject of one of its letters: it names the two."""
    known = store.lane_names()
    for lane in (word, lane_of_pairing(word)):
        if lane in known:
            return lane
    if " " not in word:
        return ""
    named = set(re.findall(r"\w+", word))
    found = [
        lane for lane, each in lines.items() if {each.mentor.first, each.mentee.first} <= named
    ]
    return found[0] if len(found) == 1 else ""


def _on(entries: Iterable[LedgerLine], zone: str, day: date | None) -> tuple[LedgerLine, ...]:
    return tuple(
        each for each in entries if day is None or each.at.astimezone(ZoneInfo(zone)).date() == day
    )


def _of_lane(
    store: Store, lane: Lane, config: Config, now: datetime, last: int, day: date | None
) -> Explanation:
    zone, state = zone_of(store, lane, "UTC"), store.world(lane).state
    ledger = store.ledger(lane=lane, last=ENTRIES_MAX)
    entries = _on(told_of(store, ledger), zone, day)[-last:]
    facts: tuple[str, ...] = ()
    about = names_of(lines_of(store)).get(lane.partition("/")[2], lane.partition("/")[2])
    if isinstance(state, PairingState):
        about = state.line.named
        facts = (*pairing_facts(state, now), *mail_facts(store, state, ledger))
    not_done = tuple(each for each in entries if each.raw in NOT_DONE)
    ahead = (state.line.pairing,) if isinstance(state, PairingState) else ()
    return Explanation(about, zone, facts, entries, not_done=not_done, ahead=ahead)


# --- one effect


def _of_key(store: Store, key: str, config: Config, last: int, options: str) -> Explanation | None:
    entries = tuple(told_of(store, store.ledger(key=key, last=last)))
    if not entries:
        return None
    lane, zone = entries[-1].lane, zone_of(store, entries[-1].lane, "UTC")
    keys = {each.key for each in entries}
    whole = tuple(told_of(store, store.ledger(lane=lane, last=ENTRIES_MAX)))
    if len(keys) > 1:
        return Explanation(f"all that begins with {key}", zone, (), entries)
    one = entries[0].key
    about = [each for each in whole if each.key != one and _same_meeting(each, one)]
    names = names_of(lines_of(store))
    return Explanation(
        effect_words(one, names), zone, tuple(_facts(store, one, entries, config, options)), entries,
        because=tuple(_because(whole, entries)),
        around=tuple(each for each in about if each.key and each.raw == "settled"),
        not_done=tuple(each for each in (*entries, *about) if each.raw in NOT_DONE),
    )  # fmt: skip


def _facts(
    store: Store, key: str, entries: tuple[LedgerLine, ...], config: Config, options: str
) -> Iterator[str]:
    """What the decision of this effect rested on, as far as the lane remembers it."""
    lane = entries[0].lane
    state = store.world(lane).state
    if isinstance(state, PairingState):
        origin = origin_of(key)
        meetings = [m for m in state.meetings if origin and m.origin == origin]
        for meeting in meetings:
            yield from meeting_facts(meeting, state.line.anchor)
        who = reader_of(key)
        person = next((p for p in state.line.people if p.id == who), None)
        done = [each.at for each in entries if each.raw == "settled"]
        if person:
            program = config.program(state.line.program)
            if program:
                program = program.as_agreed(state.line)
            yield from letter_facts(key, person, program, done[-1] if done else None)
    for entry in store.queue():
        if entry.effect.key == key:
            closes = entry.effect.closes.astimezone(ZoneInfo(zone_of(store, lane, "UTC")))
            yield f"not done yet, and not after {closes:%a} {closes.day} {closes:%b %Y %H:%M}"
            if entry.hold:
                yield f"waits under {entry.hold}: run.py held{options}"


def _same_meeting(each: LedgerLine, key: str) -> bool:
    origin = origin_text(key)
    return bool(origin) and origin in (each.key or each.raw_why)


def _because(
    whole: tuple[LedgerLine, ...], entries: tuple[LedgerLine, ...]
) -> Iterator[LedgerLine]:
    """What was decided about the pairing at the same moment, or before about the same 1:1."""
    began, ended = entries[0].at, entries[-1].at
    for each in whole:
        if each.key or each.raw != "decided" or each.at > ended:
            continue
        if each.at == began or _same_meeting(each, entries[0].key):
            yield each


# --- one person


def _of_person(
    store: Store, person: Person, lines: dict[Lane, Line], config: Config, now: datetime,
    last: int, day: date | None, options: str,
) -> Explanation:  # fmt: skip
    """Every letter to somebody, sent or not; and, where there is none, what explains that."""
    own = {lane: line for lane, line in lines.items() if line.takes_part(person.id)}
    lanes = [*own, lane_of_account(person.address)]
    found = [
        each for lane in lanes for each in told_of(store, store.ledger(lane=lane, last=ENTRIES_MAX))
        if reader_of(each.key) == person.id
        or (lane == lane_of_account(person.address) and not each.key)
    ]  # fmt: skip
    entries = _on(sorted(found, key=lambda each: each.at), person.zone, day)
    not_done = tuple(each for each in entries if each.raw in NOT_DONE)
    facts = [_how_many(entries, person, now, day)]
    for lane, line in own.items():
        state, program = store.world(lane).state, config.program(line.program)
        if isinstance(state, PairingState) and program:
            program = program.as_agreed(line)
            facts += silence_facts(store, state, person, program, now, options)
            if not entries:
                facts += nothing_due(state, person, program, day)
    pairings = tuple(line.pairing for line in own.values())
    return Explanation(
        f"letters to {person.first}", person.zone, tuple(dict.fromkeys(facts)), entries[-last:],
        not_done=not_done, ahead=pairings,
    )  # fmt: skip


def _how_many(
    entries: tuple[LedgerLine, ...], person: Person, now: datetime, day: date | None
) -> str:
    sent = [each for each in entries if each.raw == "settled"]
    if day is None:
        sent = [each for each in sent if each.at > now - LOOKED_BACK]
    when = f"on {day:%a} {day.day} {day:%b %Y}" if day else f"in the last {LOOKED_BACK.days} days"
    count = {0: "no letter", 1: "1 letter"}.get(len(sent), f"{len(sent)} letters")
    return f"{person.first} got {count} {when}"
