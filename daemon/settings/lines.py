"""Drafts as the lines of the domain: every person complete, every anchor an IANA zone.

Not reading: all text has been understood before.
"""

from __future__ import annotations

from daemon.domain.people import Hours, Line, Person
from daemon.settings.fields import Value
from daemon.settings.pairings import Draft
from daemon.settings.problem import Mark
from daemon.settings.roster import Known
from daemon.settings.suits import unsuited

_MENTOR_HOURS = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
_MENTEE_HOURS = tuple(Hours(day, 8 * 60, 21 * 60) for day in range(7))


def lines_of(drafts: list[Draft]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that can be served, and those that still wait for a regular time."""
    persons = _persons(drafts)
    served, waiting = [], []
    for draft in drafts:
        if draft.page.program is None:
            continue
        line = _line(draft, persons)
        if line.at is None:
            _warn_waiting(draft)
            waiting.append(line)
        else:
            _warn_unsuited(draft, line)
            served.append(line)
    return tuple(served), tuple(waiting)


def _persons(drafts: list[Draft]) -> dict[str, Person]:
    """Everybody, by key. A person is one person in all programs, so one zone must hold in all of them."""
    mentors = {draft.mentor.id for draft in drafts}
    zones: dict[str, str] = {}
    persons: dict[str, Person] = {}
    for draft in drafts:
        if draft.page.program is None:
            continue
        zone = draft.page.program.timezone
        for role, known in (("mentor", draft.mentor), ("mentee", draft.mentee)):
            first = zones.setdefault(known.id, known.zone or zone)
            if not known.zone and first != zone:
                _warn_two_zones(draft, role, known, (first, zone))
            persons[known.id] = _person(known, first, known.id in mentors)
    return persons


def _person(known: Known, zone: str, mentors: bool) -> Person:
    return Person(
        id=known.id,
        name=known.name,
        address=known.address,
        zone=zone,
        hours=known.hours or (_MENTOR_HOURS if mentors else _MENTEE_HOURS),
        language=known.language,
        clock_hours=known.clock_hours,
    )


def _line(draft: Draft, persons: dict[str, Person]) -> Line:
    assert draft.page.program is not None, "lines are made for good programs only"
    mentor, mentee = persons[draft.mentor.id], persons[draft.mentee.id]
    anchor = draft.get("anchor", "mentor")
    zones = {"mentor": mentor.zone, "mentee": mentee.zone}
    return Line(
        pairing=draft.key,
        program=draft.page.program.id,
        mentor=mentor,
        mentee=mentee,
        anchor=zones.get(anchor, anchor),
        at=draft.get("at"),
        starts=draft.get("starts"),
        ends=draft.get("ends"),
        cadence=draft.get("cadence", draft.page.program.cadence),
        lengths_minutes=draft.get("length_minutes", draft.page.program.lengths_minutes),
        link=draft.get("link", ""),
        state=draft.get("state", "active"),
    )


def _warn_waiting(draft: Draft) -> None:
    if draft.node.names("at") or (draft.page.node and draft.page.node.names("at")):
        return  # it is there and wrong, which has been said
    draft.page.findings.warning(
        draft.node.at,
        f"mentor: {draft.mentor.name}  and {draft.mentee.name} have no `at:` yet, so they do not "
        "meet yet.",
        "Give a time, such as at: Tue 15:00",
    )


def _warn_unsuited(draft: Draft, line: Line) -> None:
    at: Value | None = draft.value("at")
    assert at is not None, "a line with a time has it from a file"
    own = "at" in draft.values
    for why in unsuited(line):
        pair = "" if own else f" ({line.mentor.name} and {line.mentee.name})"
        draft.page.findings.warning(
            at.at,
            f"at: {at.text}{pair}  {why}",
            "Choose another time, or write the hours that are meant in people.yaml.",
        )


def _warn_two_zones(draft: Draft, role: str, known: Known, zones: tuple[str, str]) -> None:
    at: Mark = draft.values[role].at
    draft.page.findings.warning(
        at,
        f"{role}: {known.name}  is in programs of two timezones, {zones[0]} and {zones[1]}.",
        f"{zones[0]} is used; write the zone that is meant in people.yaml.",
    )
