"""What people's hours have to say: no time that suits both is refused, a regular time outside them warned of.

Not the arithmetic, which is in room.py and suits.py.
"""

from __future__ import annotations

from daemon.domain.people import Line, Person
from daemon.domain.value import replace
from daemon.settings.calendar_kinds import WorkingHours, day_in_words
from daemon.settings.in_force import Frame
from daemon.settings.pairings import Draft
from daemon.settings.problem import shown
from daemon.settings.room import Room, room
from daemon.settings.roster import Known
from daemon.settings.suits import city, unsuited


def check_hours(frame: Frame, line: Line) -> None:
    """One pairing against the hours of its people."""
    draft, program = frame.draft, frame.page.program
    if (
        not draft
        or not program
        or line.closing
        or not all(known.sound for _, known in draft.people)
    ):
        return
    left = room(line, program.slot_grid_minutes)
    if not left.ever:
        _refuse(frame, draft, line)
        return
    outside = _warn_outside(draft, line, "at")
    _warn_outside(draft, line, "fallback_at")
    if left.none_from and not outside:
        _warn_season(draft, line, left)
    for role, known, person in _each(draft, line):
        _warn_blackout(draft, role, known, person)


def _each(draft: Draft, line: Line) -> list[tuple[str, Known, Person]]:
    people = zip(draft.people, line.people, strict=True)
    return [(role, known, person) for (role, known), person in people]


def _refuse(frame: Frame, draft: Draft, line: Line) -> None:
    length = frame.said("length_minutes")
    if length is None:
        return
    there = "; ".join(_there(draft, known, person) for _, known, person in _each(draft, line))
    draft.findings.error(
        draft.values["mentor"].at,
        f"mentor: {draft.mentor.name}  and {_others(draft)} have no time in common in any week for "
        f"{length.words(draft.findings.file)}: {there}.",
        "Write longer hours for one of them in people.yaml, or a shorter length_minutes.",
    )


def _others(draft: Draft) -> str:
    *names, last = [each.name for each in (draft.mentee, *draft.members)]
    return f"{', '.join(names)} and {last}" if names else last


def _there(draft: Draft, known: Known, person: Person) -> str:
    """When and where somebody is there, and which line says so."""
    words = f"{WorkingHours().show(person.hours)} in {city(person.zone)}"
    place = _place(draft, known, "hours") or "the default"
    without = ""
    if person.blackout:
        without = f", never {WorkingHours().show(person.blackout)}"
    return f"{shown_long(words)} ({place}){without}"


def shown_long(text: str) -> str:
    """Hours of many stretches cut short."""
    return text if len(text) <= 90 else f"{text[:89]}…"


def _place(draft: Draft, known: Known, name: str) -> str:
    value = known.values.get(name)
    if value is None:
        return ""
    same = known.file == draft.findings.file
    return f"line {value.at.line}" if same else f"{known.file}:{value.at.line}"


def _warn_outside(draft: Draft, line: Line, name: str) -> bool:
    """Whether the regular time, or the second one, leaves the hours of one of the two."""
    at = draft.value(name)
    if at is None:
        return False
    found = unsuited(replace(line, at=at.value))
    for why in found:
        pair = "" if name in draft.values else f" ({line.mentor.name} and {line.mentee.name})"
        draft.findings_of(name).warning(
            at.at,
            f"{name}: {shown(at.text)}{pair}  {why}",
            "Choose another time, or write the hours that are meant in people.yaml.",
        )
    return bool(found)


def _warn_season(draft: Draft, line: Line, left: Room) -> None:
    assert left.none_from is not None and left.none_until is not None
    draft.findings.warning(
        draft.values["mentor"].at,
        f"mentor: {line.mentor.name}  and {line.mentee.name} have no time in common from "
        f"{day_in_words(left.none_from)} to {day_in_words(left.none_until)}, because clocks change.",
        "Write longer hours for one of them in people.yaml.",
    )


def _warn_blackout(draft: Draft, role: str, known: Known, person: Person) -> None:
    """A blackout outside the hours takes nothing away."""
    value = known.values.get("blackout")
    if value is None or any(
        black.weekday == hours.weekday
        and black.from_minute < hours.to_minute
        and hours.from_minute < black.to_minute
        for black in person.blackout
        for hours in person.hours
    ):
        return
    draft.findings.warning(
        draft.values[role].at,
        f"{role}: {person.name}  has a blackout ({_place(draft, known, 'blackout')}) outside the hours "
        f"{shown_long(WorkingHours().show(person.hours))}, so it takes nothing away.",
        "Delete it, or look at its days.",
    )
