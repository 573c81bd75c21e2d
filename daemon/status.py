"""Status: what a person has to know about a running or resting daemon, as facts and counts.

Not its layout (daemon/commands/looking.py) and never a word that people wrote.
"""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from daemon.accepted import PREFIX, waiting
from daemon.decide.guard import WEIGHING
from daemon.decide.turn import iso
from daemon.domain.people import Line
from daemon.domain.world import AccountState, Lane, PairingState, ProgramState
from daemon.ledger import CALENDAR_WORDS, effect_words, lines_of, names_of, without_addresses
from daemon.machine import CONFIG_PROBLEM, DOWN_LEAST, LAST_BEAT
from daemon.ports import RESTORED, QueueEntry, Store

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
    ids = {person.address: person.id for line in lines for person in (line.mentor, line.mentee)}
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
        "programs": _programs(store, lines),
        "pairings": [_pairing(store, lane, line, now) for lane, line in lines.items()],
        "due": len(store.queue(on_hold=False)),
        "letters": letters(store, now),
        "accounts": _accounts(lines, accounts),
        "maybe_in_spam": maybe_in_spam(store, names),
        "accounts_lost": [
            {"account": names.get(each.account, "?"), "since": iso(each.lost_at or now)}
            for each in accounts
            if each.standing == "lost"
        ],
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
        "due": sum(entry.standing != "on hold" for entry in waits),
        "on_hold": sum(entry.standing == "on hold" for entry in waits),
    }


def _accounts(lines: dict[Lane, Line], accounts: list[AccountState]) -> dict[str, int]:
    """How many calendars of mentors can be read."""
    bad = Counter(each.standing for each in accounts if each.standing != "connected")
    known = len({line.mentor.address for line in lines.values()})
    return {"connected": known - bad.total(), "troubled": bad["troubled"], "lost": bad["lost"]}


def maybe_in_spam(store: Store, names: dict[str, str]) -> list[str]:
    """Who never gave a sign of life, by first name."""
    states = [store.world(lane).state for lane in store.lane_names() if lane.startswith("program/")]
    quiet = [who for each in states if isinstance(each, ProgramState) for who in each.quiet]
    return [names.get(who, who) for who in quiet]


def _look(facts: dict[str, Any]) -> list[str]:
    names = (
        "accounts_lost", "letters_stuck", "on_hold", "set_aside", "config_problem", "restored",
        "silent",
    )  # fmt: skip
    return [name for name in names if facts[name]]


def _programs(store: Store, lines: dict[Lane, Line]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {}
    for lane, line in lines.items():
        state = store.world(lane).state
        if isinstance(state, PairingState):
            counts.setdefault(line.program, Counter())[state.standing] += 1
    return [{"id": name, "pairings": dict(sorted(counts[name].items()))} for name in sorted(counts)]


def _pairing(store: Store, lane: Lane, line: Line, now: datetime) -> dict[str, Any]:
    state = store.world(lane).state
    assert isinstance(state, PairingState)
    coming = [m for m in state.meetings if m.stands and m.end > now]
    open_now = state.proposal is not None and state.proposal.standing == "open"
    return {
        "pairing": line.pairing,
        "program": line.program,
        "mentor": line.mentor.first,
        "mentee": line.mentee.first,
        "standing": state.standing,
        "next": iso(min(m.start for m in coming)) if coming else None,
        "zone": line.anchor,
        "choosing": open_now,
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
