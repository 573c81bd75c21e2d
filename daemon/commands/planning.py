"""`plan`: what the next beats would do, and what of it only because the files say something else now.

Not a forecast of people: it is foreseen as if nobody wrote and nobody touched a calendar. Nothing is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from daemon.accepted import Waiting, elsewhere, in_force, is_applied, name_of
from daemon.commands.accepting import weighed, wired
from daemon.commands.differing import differences, overridden
from daemon.commands.folders import Folders
from daemon.commands.log import unheard
from daemon.commands.planned import beyond, first_of, totals, totals_words, what_words
from daemon.commands.progress import OnProgress
from daemon.commands.rehearsing import refuse_change
from daemon.commands.wire import Wire
from daemon.decide.turn import iso
from daemon.domain.people import Line
from daemon.domain.program import Config
from daemon.domain.world import Lane
from daemon.errors import UserError
from daemon.foresight import Foreseen, Foresight, foresee
from daemon.ledger import in_words, names_of, without_addresses
from daemon.settings import load_or_raise
from daemon.settings.problem import nearest
from daemon.simulate.clock import VirtualClock
from daemon.status import release_command


@dataclass(frozen=True, slots=True)
class Planned:
    """What was foreseen: with the files as they are, and, where those differ, with those that count so far.

    `refused`: why `apply` would not take them. `fresh`: nothing runs yet, and it is a first start. `lines` are those of the files and of the store.
    """

    config: Config
    lines: dict[Lane, Line]
    by_files: Foresight
    so_far: Foresight | None
    waits: Waiting | None
    differences: tuple[str, ...]
    overridden: tuple[dict[str, str], ...]
    fresh: bool
    refused: str


def plan(wire: Wire, where: Folders, days: int, on_progress: OnProgress) -> Planned:
    """The next beats, on copies. UserError when the files are bad."""
    config = load_or_raise(where.config).config
    refuse_change(where, config)
    now = wire.clock().now()
    until = now + timedelta(days=days)
    with unheard():
        clock = VirtualClock(now)
        with wire.copied(config, where.data, clock) as ports:
            known = in_force(ports.store)
            before = known if known and known != config else None
            fresh = known is None and not ports.store.lane_names()
            refused = elsewhere(ports.store, where.config, where.data)
            agreed = tuple(overridden(ports.store, config))
            waits = None
            if before and not is_applied(ports.store, name_of(config)):
                waits = weighed(wire, where, config, before)
            daemon = wired(ports, where, config)
            daemon.applied = before is not None or is_applied(ports.store, name_of(config))
            parts = 2 if before else 1
            found = foresee(daemon, _jump(clock, until, on_progress, 0, parts), until)
            lines = dict(daemon.roster.lines)
        so_far = _so_far(wire, where, before, until, on_progress) if before else None
    told = tuple(differences(before, config)) if before else ()
    return Planned(config, lines, found, so_far, waits, told, agreed, fresh, refused)


def _so_far(
    wire: Wire, where: Folders, config: Config, until: datetime, on_progress: OnProgress
) -> Foresight:
    """The same days with the files that count so far."""
    clock = VirtualClock(wire.clock().now())
    with wire.copied(config, where.data, clock) as ports:
        daemon = wired(ports, where, config)
        daemon.applied = is_applied(ports.store, name_of(config))
        return foresee(daemon, _jump(clock, until, on_progress, 1, 2), until)


def _jump(
    clock: VirtualClock, until: datetime, on_progress: OnProgress, part: int, parts: int
) -> Callable[[datetime], None]:
    since = clock.now()

    def jump(moment: datetime) -> None:
        clock.set(moment)
        on_progress((part + (moment - since) / (until - since)) / parts)

    return jump


# --- as facts


def plan_facts(planned: Planned, options: str, pairing: str = "") -> dict[str, Any]:
    """The whole plan, by pairing; `pairing` leaves out all others. Without any address or word of a letter."""
    ahead, before = planned.by_files, planned.so_far
    gone: list[Foreseen] = []
    added: set[str] = set()
    if before:
        added = beyond(ahead.foreseen, before.foreseen)
        no_more = beyond(before.foreseen, ahead.foreseen)
        gone = [each for each in before.foreseen if each.key in no_more]
    lanes = _lanes(planned, gone, pairing)
    files = _files(planned, added, gone, options) if before else None
    holds = _holds(planned, options)
    return {
        "from": iso(ahead.since), "until": iso(ahead.until),
        "first_start": planned.fresh, "rehearsal": planned.config.rehearsal, "files": files, "overridden": list(planned.overridden),
        "words": _words(ahead.foreseen), "on_hold": holds,
        "pairings": [_lane_facts(planned, lane, added, gone) for lane in lanes],
        "not_decided": [_title(planned, lane) for lane in ahead.stuck],
        "look": bool(holds or planned.waits or ahead.stuck),
    }  # fmt: skip


def _words(foreseen: tuple[Foreseen, ...]) -> str:
    """`1 series split, 2 letters; on hold: 1 letter`."""
    goes = [each for each in foreseen if each.becomes != "on hold"]
    words, held = (
        totals_words(totals(goes)),
        totals_words(totals(e for e in foreseen if e.becomes == "on hold")),
    )
    return "; ".join(filter(None, (words or "nothing", held and f"on hold: {held}")))


def _lanes(planned: Planned, gone: list[Foreseen], pairing: str) -> list[Lane]:
    """Lanes in which something would happen, pairings first; or the one that is asked for."""
    ids = {line.pairing: lane for lane, line in planned.lines.items()}
    if pairing:
        if pairing not in ids:
            meant = nearest(pairing, ids)
            hint = (
                f"Did you mean {meant}?" if meant else f"There are: {', '.join(sorted(ids)[:10])}"
            )
            raise UserError(f"there is no pairing {pairing!r}. {hint}")
        return [ids[pairing]]
    found = {each.lane for each in (*planned.by_files.foreseen, *gone)}
    return sorted(found, key=lambda lane: (lane not in planned.lines, lane))


def _files(planned: Planned, added: set[str], gone: list[Foreseen], options: str) -> dict[str, Any]:
    """What the changed files alone would bring about."""
    new = [each for each in planned.by_files.foreseen if each.key in added]
    first, fewer = first_of(new), totals(gone)
    return {
        "differences": list(planned.differences),
        "words": totals_words(totals(new)) or "nothing",
        "totals": dict(totals(new)),
        "first": first.isoformat() if first else None,
        "fewer": totals_words(fewer),
        "pairings": len({each.lane for each in (*new, *gone) if each.lane in planned.lines}),
        "waits": planned.waits.why.partition(":")[0] if planned.waits else "",
        "refused": planned.refused,
        "command": "" if planned.refused else release_command(name_of(planned.config), options),
    }


def _lane_facts(
    planned: Planned, lane: Lane, added: set[str], gone: list[Foreseen]
) -> dict[str, Any]:
    line, names = planned.lines.get(lane), names_of(planned.lines)
    zone = line.anchor if line else planned.config.programs[0].timezone
    ahead = planned.by_files
    here = [each for each in ahead.foreseen if each.lane == lane]
    by = {
        "files": [each for each in here if each.key in added],
        "gone": [each for each in gone if each.lane == lane],
        "": [each for each in here if each.key not in added],
    }
    wake = ahead.wakes.get(lane)
    return {
        "pairing": line.pairing if line else "",
        "title": _title(planned, lane),
        "zone": zone,
        "in_short": {sign: totals_words(totals(found)) for sign, found in by.items()},
        "reasons": [in_words(why, zone, names) for why in ahead.reasons.get(lane, ())],
        "effects": [
            _effect(each, sign, names, zone) for sign in ("gone", "files", "") for each in by[sign]
        ],
        "wake_at": iso(wake) if wake else None,
    }  # fmt: skip


def _title(planned: Planned, lane: Lane) -> str:
    if line := planned.lines.get(lane):
        return line.named
    kind, _, name = lane.partition("/")
    owner = names_of(planned.lines).get(name, "somebody")
    return f"{owner}'s calendar" if kind == "account" else f"program {name}"


def _effect(each: Foreseen, sign: str, names: dict[str, str], zone: str) -> dict[str, Any]:
    return {
        "key": without_addresses(each.key, names), "what": what_words(each, names, zone),
        "becomes": each.becomes, "at": iso(each.at), "why": in_words(each.why, zone, names),
        "by": sign, "hold": without_addresses(each.hold, names),
    }  # fmt: skip


def _holds(planned: Planned, options: str) -> list[dict[str, Any]]:
    names = names_of(planned.lines)
    counts: Counter[str] = Counter()
    why: dict[str, str] = {}
    for each in planned.by_files.foreseen:
        if each.becomes == "on hold":
            counts[each.hold] += 1
            why[each.hold] = without_addresses(each.why, names)
    return [
        {
            "name": name, "count": count, "why": why[name],
            "command": release_command(name, options),
        }
        for name, count in sorted(counts.items())
    ]  # fmt: skip
