"""What other files say differently, setting by setting, and which of it a pair's own agreement overrides.

Not what follows from it: that is foreseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from daemon.domain.cadence import Cadence
from daemon.domain.people import ROLES, Line, Person, Role
from daemon.domain.program import Config, Program
from daemon.domain.value import replace
from daemon.domain.world import PairingState
from daemon.ledger import lines_of
from daemon.ports import Store
from daemon.settings.calendar_kinds import Day, Weekly
from daemon.settings.day_kinds import days_shown
from daemon.settings.kinds import Kind, Number, Stretch, Text, TimeOfDay
from daemon.settings.letter_table import LEAD_DAYS_MAX
from daemon.settings.program_table import PROGRAM
from daemon.settings.setting import CADENCE, LENGTH, Setting

_OF_LINE: tuple[tuple[str, str, Kind], ...] = (
    ("at", "at", Weekly()),
    ("starts", "starts", Day()),
    ("ends", "ends", Day()),
    ("anchor", "anchor", Text()),
    ("cadence", "cadence", CADENCE),
    ("length", "lengths_minutes", LENGTH),
    ("link", "link", Text()),
    ("between", "between", Text()),
    ("state", "state", Text()),
    ("resumes", "resumes", Day()),
)
_OF_LETTERS: tuple[tuple[str, str, Kind], ...] = (
    ("quiet_hours", "quiet", Stretch()),
    ("letters_per_day", "per_day", Number(1, 20, "letters")),
    ("letters_per_week", "per_week", Number(1, 50, "letters")),
    ("prep_mentee_at", "prep_mentee_minute", TimeOfDay()),
    ("prep_mentor_at", "prep_mentor_minute", TimeOfDay()),
    ("prep_mentee_days", "prep_mentee_days", Number(0, LEAD_DAYS_MAX, "days")),
    ("prep_mentor_days", "prep_mentor_days", Number(0, LEAD_DAYS_MAX, "days")),
)
_TOLD_BY_LINES = ("cadence", "length_minutes", "between")


def differences(before: Config, after: Config) -> list[str]:
    """`cadence: weekly → biweekly (25 pairings)`, the widest first; then who is new or no longer there."""
    old, new = ({line.pairing: line for line in each.lines} for each in (before, after))
    both = [(old[name], new[name]) for name in new if name in old]
    counts = Counter(said for pair in both for said in _of_lines(*pair))
    told = [f"{said} ({_pairings(count)})" for said, count in counts.most_common()]
    told += _of_programs(before, after)
    if added := [name for name in new if name not in old]:
        told.append(f"{_pairings(len(added))} new: {_some(added)}")
    if gone := [name for name, line in old.items() if name not in new and line.stands_in is None]:
        told.append(f"{_pairings(len(gone))} no longer in the files, and going on: {_some(gone)}")
    return told


def _of_lines(old: Line, new: Line) -> Iterable[str]:
    for name, field, kind in _OF_LINE:
        yield from _changed(name, kind, getattr(old, field), getattr(new, field))
    yield from _changed("substitute", Text(), *(_substitute(each) for each in (old, new)))
    if old.letters != new.letters:
        for name, field, kind in _OF_LETTERS:
            yield from _changed(
                name, kind, getattr(old.letters, field), getattr(new.letters, field)
            )
    for role in ROLES:
        yield from _of_people(role, old.person(role), new.person(role))


def _substitute(line: Line) -> str:
    """Who holds the 1:1s meanwhile, and on which days."""
    known = line.substituted
    return f"{known.mentor}, {days_shown(known.days)}" if known else ""


def _of_people(role: Role, old: Person, new: Person) -> Iterable[str]:
    """Which settings, not their values: a person's address and hours are nobody's business here."""
    changed = [
        name for name in Person.__struct_fields__ if getattr(old, name) != getattr(new, name)
    ]
    if changed:
        yield f"{role}: {', '.join(changed)}"


def _of_programs(before: Config, after: Config) -> Iterable[str]:
    for program in after.programs:
        known = before.program(program.id)
        if known is None:
            yield f"program {program.id}: new"
            continue
        for setting in PROGRAM:
            if setting.name not in _TOLD_BY_LINES:
                values = (_value(each, setting) for each in (known, program))
                for said in _changed(setting.name, setting.kind, *values):
                    yield f"program {program.id}, {said}"
    for program in before.programs:
        if after.program(program.id) is None:
            yield f"program {program.id}: no longer there"


def _value(program: Program, setting: Setting) -> Any:
    values = tuple(getattr(program, field) for field in setting.fields if hasattr(program, field))
    return values[0] if len(values) == 1 else values


def _changed(name: str, kind: Kind, old: Any, new: Any) -> Iterable[str]:
    if old != new:
        yield f"{name}: {_shown(kind, old)} → {_shown(kind, new)}"


def _shown(kind: Kind, value: Any) -> str:
    return "nothing" if value in (None, "", ()) else kind.show(value) or "nothing"


def _pairings(count: int) -> str:
    return "1 pairing" if count == 1 else f"{count} pairings"


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


# --- what was agreed


def overridden(store: Store, config: Config) -> list[dict[str, str]]:
    """Values of the files that a pair's own agreement overrides (RULES 1), by pairing."""
    lines = {line.pairing: line for line in config.lines}
    found: list[dict[str, str]] = []
    for lane, known in lines_of(store).items():
        state, line = store.world(lane).state, lines.get(known.pairing)
        program = config.program(line.program) if line else None
        if line and program and isinstance(state, PairingState):
            found += [
                {"pairing": line.pairing, "setting": name, "file": file, "agreed": agreed}
                for name, file, agreed in _agreements(state, line)
                if name not in program.locked
            ]
    return found


def _agreements(state: PairingState, line: Line) -> Iterable[tuple[str, str, str]]:
    agreed = state.agreed
    # which of the month's Tuesdays it is, comes with a monthly rhythm and is told by that
    if agreed.at and line.at and replace(agreed.at, nth=line.at.nth) != line.at:
        yield "at", Weekly().show(line.at), Weekly().show(agreed.at)
    if agreed.step and agreed.step != line.cadence.step and not line.cadence.finite:
        yield "cadence", CADENCE.show(line.cadence), CADENCE.show(Cadence(agreed.step))
    if agreed.lengths_minutes and agreed.lengths_minutes != line.lengths_minutes:
        yield "length", LENGTH.show(line.lengths_minutes), LENGTH.show(agreed.lengths_minutes)
    if line.ends and (agreed.open_ended or (agreed.ends and agreed.ends != line.ends)):
        yield "ends", line.ends.isoformat(), agreed.ends.isoformat() if agreed.ends else "no end"
