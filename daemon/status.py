"""Status: what a person has to know about a running or resting daemon, as facts and counts.

Not its layout (daemon/commands/looking.py) and never a word that people wrote.
"""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.accepted import PREFIX, in_force, waiting
from daemon.averages import satisfaction
from daemon.budget import NO_ROOM, posted
from daemon.decide.bounced import COMPLAINT, address_on_hold, counted
from daemon.decide.guard import WEIGHING
from daemon.decide.phases import PHASES, phase_at
from daemon.decide.turn import iso
from daemon.domain.account import OF_THE_PROGRAM
from daemon.domain.people import Address, Line
from daemon.domain.program import Program
from daemon.domain.world import AccountState, Lane, PairingState, ProgramState
from daemon.ledger import CALENDAR_WORDS, effect_words, lines_of, names_of, without_addresses
from daemon.measures.bundles import sums_of
from daemon.measures.gathered import delta_of
from daemon.noted import CONFIG_PROBLEM, DOWN_LEAST, LAST_BEAT
from daemon.ports import RESTORED, QueueEntry, Store
from daemon.standing import agreed_by_version
from daemon.troubles import WHAT, troubles

SILENT = timedelta(minutes=10)
HELD_SHOWN_MAX = 2000
TRIED_LEAST = 4
"""A letter that was tried so often (a quarter of an hour, by the pauses of daemon/act.py) is stuck."""
LEDGER_LOOKED_AT = 50_000
"""A week of a thousand pairings."""
DAY = timedelta(days=1)


def account_states(store: Store) -> list[AccountState]:
    """Every account that the store knows."""
    states = [store.world(lane).state for lane in store.lane_names() if lane.startswith("account/")]
    return [state for state in states if isinstance(state, AccountState)]


def frozen_names(store: Store) -> dict[str, str]:
    """What `release` takes for vanished events: the name with a person's id → the name in the store."""
    return {name: f"frozen/{state.account}" for name, state in _frozen(store).items()}


def _frozen(store: Store) -> dict[str, AccountState]:
    """The accounts on which many events vanished at once, by the name of the hold. Usually there is none, and
    nobody's name is looked up: alarms ask every minute."""
    found = [state for state in account_states(store) if state.frozen]
    lines = lines_of(store).values() if found else ()
    ids = {person.address: person.id for line in lines for person in line.people}
    return {f"frozen/{ids.get(state.account, state.account)}": state for state in found}


def status(
    store: Store, owner: str | None, config_problem: str, now: datetime, options: str = ""
) -> dict[str, Any]:
    """The facts. `look` lists what a person should look at; empty means that all is well.

    `options` is added to the commands that are printed for copying.
    """
    lines = lines_of(store)
    names = names_of(lines)
    accounts = account_states(store)
    last = store.value(LAST_BEAT)
    facts: dict[str, Any] = {
        "owner": owner,
        "last_beat": last,
        "wakes_at": iso(wake) if (wake := store.wake_at()) else None,
        "programs": _programs(store, lines, now),
        "pairings": [_pairing(store, lane, line, now) for lane, line in lines.items()],
        "due": len(store.queue(on_hold=False)),
        "letters": letters(store, now),
        "accounts": _accounts(lines, accounts),
        "calendars": dict(sorted(Counter(_calendars(lines).values()).items())),
        "maybe_in_spam": maybe_in_spam(store, names),
        "addresses_on_hold": addresses_on_hold(store),
        "letters_back": letters_back(store),
        "accounts_lost": [
            {
                "account": names.get(each.account, "?"),
                "since": iso(each.lost_at or now),
                "why": without_addresses(each.why, names),
            }
            for each in accounts
            if each.standing == "lost"
        ],
        "troubles": _troubles(store, names, now),
        "letters_stuck": len(stuck_letters(store)),
        "on_hold": holds(store, options),
        "set_aside": [
            {
                "name": each.name,
                "source": without_addresses(each.source, names),
                "why": each.why,
                # An event mends itself when its file is mended; a mail is let go by hand.
                "command": release_command(f"aside/{each.name}", options)
                if each.source == "mail"
                else "",
            }
            for each in store.set_aside()
        ],
        "for_contact": for_contact(store, now),
        "config_problem": config_problem or store.value(CONFIG_PROBLEM) or "",
        "restored": store.value(RESTORED) or None,
    }
    wait = SILENT if owner else DOWN_LEAST
    facts["silent"] = bool(last and datetime.fromisoformat(last) + wait < now)
    facts["look"] = _look(facts)
    return facts


def letters(store: Store, now: datetime) -> dict[str, int]:
    """What has gone in the last day and the last seven, and what waits; providers count by such days."""
    sent = [
        each.at for each in store.ledger(last=LEDGER_LOOKED_AT)
        if each.what == "settled" and each.key.partition("/")[0] not in CALENDAR_WORDS
    ]  # fmt: skip
    waits = [entry for entry in store.queue() if entry.effect.port == "mail"]
    return {
        "day": sum(at > now - DAY for at in sent),
        "week": sum(at > now - 7 * DAY for at in sent),
        "events_day": sum(map(len, posted(store, now).values())),
        "due": sum(entry.standing != "on hold" for entry in waits),
        "tried": sum(entry.standing != "on hold" and entry.attempts > 0 for entry in waits),
        "no_room": sum(entry.why == NO_ROOM for entry in waits),
        "on_hold": sum(entry.standing == "on hold" for entry in waits),
    }


def for_contact(store: Store, now: datetime) -> list[dict[str, Any]]:
    """What somebody wrote in the last week that only the contact can answer. Nothing tells us that it is done, so it
    is said, and is no reason for an exit code."""
    return [
        {"pairing": each.lane.partition("/")[2], "at": iso(each.at)}
        for each in store.ledger(key="tell/pairing/", last=LEDGER_LOOKED_AT)
        if each.what == "settled" and "/for-contact/" in each.key and each.at > now - 7 * DAY
    ]


def _troubles(store: Store, names: dict[str, str], now: datetime) -> list[dict[str, str]]:
    """What does not work just now, since when, why, and what to do. A program's mailbox is named by nobody."""
    found = [(*name.partition("/"), each) for name, each in sorted(troubles(store).items())]
    return [
        {
            "what": WHAT[kind], "who": names.get(address, ""), "since": iso(each.since),
            "why": without_addresses(each.why, names), "advice": each.advice(kind),
        }
        for kind, _, address, each in found
        if each.counts(kind, now)
    ]  # fmt: skip


def _accounts(lines: dict[Lane, Line], accounts: list[AccountState]) -> dict[str, int]:
    """How many calendars of mentors can be read."""
    bad = Counter(each.standing for each in accounts if each.standing != "connected")
    known = len({line.calendar for line in lines.values()})
    return {"connected": known - bad.total(), "troubled": bad["troubled"], "lost": bad["lost"]}


def _calendars(lines: dict[Lane, Line]) -> dict[Address, str]:
    """What kind of calendar the 1:1s are in, as it is settled: of each mentor, or of a program that has its own."""
    return {
        line.calendar: OF_THE_PROGRAM if line.organizer else line.mentor.calendar
        for line in lines.values()
    }


def maybe_in_spam(store: Store, names: dict[str, str]) -> list[str]:
    """Who never gave a sign of life, by first name."""
    states = [store.world(lane).state for lane in store.lane_names() if lane.startswith("program/")]
    quiet = [who for each in states if isinstance(each, ProgramState) for who in each.quiet]
    return [names.get(who, who) for who in quiet]


def addresses_on_hold(store: Store) -> list[str]:
    """Whose letters come back, by name."""
    found: dict[str, str] = {}
    for lane in store.lane_names():
        state = store.world(lane).state if lane.startswith("pairing/") else None
        if isinstance(state, PairingState) and state.standing != "closed":
            for who in state.line.everybody:
                if state.returned and address_on_hold(state, who):
                    person = state.line.person(who)
                    found[person.id] = person.name
    return list(found.values())


def letters_back(store: Store) -> list[dict[str, str]]:
    """Whose letters came back for a reason that passes, or is not the address's fault: they are written to on."""
    found: dict[str, dict[str, str]] = {}
    for lane in store.lane_names():
        state = store.world(lane).state if lane.startswith("pairing/") else None
        if isinstance(state, PairingState) and state.standing != "closed" and state.returned:
            for who in state.line.everybody:
                back = [each for each in counted(state, who) if each.reason != COMPLAINT]
                if back and not address_on_hold(state, who):
                    name = state.line.person(who).name
                    found[name] = {"who": name, "why": back[-1].reason, "since": iso(back[0].at)}
    return list(found.values())


def _look(facts: dict[str, Any]) -> list[str]:
    names = (
        "accounts_lost", "troubles", "addresses_on_hold", "letters_stuck", "on_hold", "set_aside", "config_problem", "restored",
        "silent",
    )  # fmt: skip
    return [name for name in names if facts[name]]


def _programs(store: Store, lines: dict[Lane, Line], now: datetime) -> list[dict[str, Any]]:
    config = in_force(store)
    found: dict[str, list[PairingState]] = {}
    for lane, line in lines.items():
        state = store.world(lane).state
        if isinstance(state, PairingState):
            found.setdefault(line.program, []).append(state)
    return [
        {
            "id": name,
            "pairings": dict(sorted(Counter(each.standing for each in states).items())),
            "satisfaction": satisfaction(states),
            "gain": delta_of(sums_of(store, name)),
            "phases": _phases(states, config.program(name) if config else None, now),
            "agreed": agreed_by_version(each for each in states if each.standing != "closed"),
        }
        for name, states in sorted(found.items())
    ]


def _phases(states: list[PairingState], program: Program | None, now: datetime) -> dict[str, int]:
    """How many pairs are how far along; nobody knows of a program that no file names."""
    if program is None:
        return {}
    running = [each for each in states if each.standing != "closed"]
    found = Counter(phase_at(s, program, now, ZoneInfo(s.line.anchor)) for s in running)
    return {phase: found[phase] for phase in PHASES if found[phase]}


def _pairing(store: Store, lane: Lane, line: Line, now: datetime) -> dict[str, Any]:
    state = store.world(lane).state
    assert isinstance(state, PairingState)
    coming = [m for m in state.meetings if m.stands and m.end > now]
    open_now = state.proposal is not None and state.proposal.standing == "open"
    return {
        "pairing": line.pairing,
        "program": line.program,
        "mentor": line.mentor.first,
        "mentee": line.named.partition(" & ")[2],
        "standing": state.standing,
        "next": iso(min(m.start for m in coming)) if coming else None,
        "zone": line.anchor,
        "choosing": open_now,
        "second_addresses": [state.line.person(each.role).first for each in state.addresses],
        "not_sure": [state.line.person(d.role).first for d in state.doubts if not d.over],
    }


def hold_names(store: Store) -> set[str]:
    """The names under which something waits for a person, without those of a beat that is being weighed."""
    return {each["name"] for each in holds(store) if not each["name"].startswith(WEIGHING)}


def stuck_letters(store: Store) -> list[QueueEntry]:
    """Letters that were tried again and again and did not go."""
    due = store.queue(on_hold=False)
    return [each for each in due if each.effect.port == "mail" and each.attempts >= TRIED_LEAST]


def holds(store: Store, options: str = "") -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    why: dict[str, str] = {}
    for entry in store.queue(on_hold=True):
        counts[entry.hold] += 1
        why[entry.hold] = entry.why
    for name, state in _frozen(store).items():
        counts[name], why[name] = len(state.frozen), "events vanished together: not believed"
    if changed := waiting(store):
        counts[changed.name], why[changed.name] = changed.pairings, changed.why
    restored = store.value(RESTORED)
    if restored:
        name = f"restore/{restored[:10]}"
        counts[name] += 0
        why.setdefault(name, "a backup was restored: look first at what was seen since")
    return [
        {
            "name": name,
            "count": count,
            "why": why[name],
            "command": release_command(name, options),
        }
        for name, count in sorted(counts.items())
    ]


def held(store: Store) -> list[dict[str, Any]]:
    """Every effect on hold, oldest first."""
    names = names_of(lines_of(store))
    entries = store.queue(on_hold=True)[:HELD_SHOWN_MAX]
    return [_held(store, each, names) for each in entries]


def _held(store: Store, entry: QueueEntry, names: dict[str, str]) -> dict[str, Any]:
    since = [e.at for e in store.ledger(key=entry.effect.key, last=50) if e.what == "on hold"]
    return {
        "what": effect_words(entry.effect.key, names),
        "since": iso(since[0]) if since else None,
        "pairing": entry.lane.partition("/")[2] if entry.lane.startswith("pairing/") else "",
        "name": entry.hold,
        "why": without_addresses(entry.why, names),
        "key": without_addresses(entry.effect.key, names),
    }


def release_command(name: str, options: str) -> str:
    """The command that lets go of a hold or a set-aside mail, ready for copying."""
    if name.startswith(PREFIX):
        return f"run.py apply --yes{options}"
    return f"run.py release {shlex.quote(name)}{options}"
