"""Drafts as the lines of the domain: every person complete, every anchor an IANA zone.

Not reading: all text has been understood before.
"""

from __future__ import annotations

from collections.abc import Mapping

from daemon.domain.account import Account
from daemon.domain.people import Address, Hours, LetterRules, Line, Person
from daemon.domain.value import replace
from daemon.settings.accounts import calendar_of
from daemon.settings.guide_table import wanted
from daemon.settings.pairings import Draft
from daemon.settings.problem import Mark
from daemon.settings.roster import Known, Roster

_MENTOR_HOURS = tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5))
_MENTEE_HOURS = tuple(Hours(day, 8 * 60, 21 * 60) for day in range(7))


def lines_of(
    drafts: list[Draft], roster: Roster, accounts: Mapping[Address, Account]
) -> list[tuple[Draft, Line]]:
    """The line of every pairing whose program is understood."""
    persons = _persons(drafts, roster, accounts)
    return [(draft, _line(draft, persons)) for draft in drafts if draft.page.program is not None]


def left_to_connect(
    drafts: list[Draft], accounts: Mapping[Address, Account]
) -> tuple[Address, ...]:
    """The people of whom no file says where their calendar is, or says `auto`."""
    known = [person for draft in drafts for _, person in draft.people]
    addresses = {
        person.address for person in known
        if person.address and person.get("calendar", "auto") == "auto"
    }  # fmt: skip
    return tuple(sorted(a for a in addresses if a not in accounts or accounts[a].auto))


def _persons(
    drafts: list[Draft], roster: Roster, accounts: Mapping[Address, Account]
) -> dict[str, Person]:
    """Everybody, by key. A person is one person in all programs, so one zone must hold in all of them."""
    mentors = {draft.mentor.id for draft in drafts}
    zones: dict[str, str] = {}
    languages: dict[str, str] = {}
    persons: dict[str, Person] = {}
    for draft in drafts:
        if draft.page.program is None:
            continue
        zone = draft.page.program.timezone
        for role, known in draft.people:
            own = known.get("zone") or _of_a_row(known, roster)
            first = zones.setdefault(known.id, own or zone)
            if not own and first != zone:
                _warn_two_zones(draft, role, known, (first, zone))
            language = known.get("language") or draft.page.program.language
            language = languages.setdefault(known.id, language)
            person = _person(known, first, known.id in mentors, language)
            kind = calendar_of(accounts, person.address, person.calendar)
            shares = person.address in accounts and bool(accounts[person.address].shares_busy_with)
            if kind != person.calendar or shares:
                person = replace(person, calendar=kind, shares_busy=shares)
            persons[known.id] = person
    return persons


def _of_a_row(known: Known, roster: Roster) -> str:
    """The zone that a spreadsheet says."""
    return str(roster.zones[known.id][1].value) if known.id in roster.zones else ""


def _person(known: Known, zone: str, mentors: bool, language: str) -> Person:
    calendar = known.get("calendar", "auto")
    return Person(
        id=known.id,
        name=known.name,
        address=known.address,
        zone=zone,
        hours=known.get("hours") or (_MENTOR_HOURS if mentors else _MENTEE_HOURS),
        language=language,
        # auto is settled by `connect`; until there is anything to connect to, it is local.
        calendar="local" if calendar == "auto" else calendar,
        clock_hours=int(known.get("clock", "24")),
        holidays=known.get("holidays", ()),
        away=known.get("away", ()),
        blackout=known.get("blackout", ()),
        overbook=known.get("overbook", 0),
        page=known.get("page", ""),
        quiet=known.get("quiet_hours"),
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
        members=tuple(persons[each.id] for each in draft.members),
        anchor=zones.get(anchor, anchor),
        at=draft.get("at"),
        starts=draft.get("starts"),
        ends=draft.get("ends"),
        cadence=draft.get("cadence", draft.page.program.cadence),
        lengths_minutes=draft.get("length_minutes", _lengths(draft)),
        link=draft.get("link", ""),
        state=draft.get("state", "active"),
        resumes=draft.get("resumes"),
        fallback_at=draft.get("fallback_at"),
        substituted=draft.substituted,
        stands_in=draft.stands_in,
        between=draft.get("between", draft.page.program.between),
        letters=_letters(draft),
        themes_left_out=_themes(draft),
    )


def _themes(draft: Draft) -> tuple[str, ...]:
    """What the entry says itself, beside what the program leaves out."""
    own = draft.values.get("themes_left_out")
    return own.value if own else ()


def _letters(draft: Draft) -> LetterRules:
    """What the entry says itself: where it says nothing the program counts, which may change."""
    own = {name: value.value for name, value in draft.values.items()}
    return LetterRules(
        own.get("quiet_hours"), own.get("letters_per_day"), own.get("letters_per_week"),
        own.get("prep_mentee_at"), own.get("prep_mentor_at"),
        own.get("prep_mentee_days"), own.get("prep_mentor_days"),
    )  # fmt: skip


def _lengths(draft: Draft) -> tuple[int, ...]:
    """Of a pairing that says none: as its program says; else with its own rhythm, where the preset has lengths for each."""
    page = draft.page
    assert page.program is not None
    preset = page.values.get("preset")
    if preset is None or "length_minutes" in page.values:
        return page.program.lengths_minutes
    fit = wanted(preset.value, draft.get("cadence", page.program.cadence))
    return (fit.least,) if fit else page.program.lengths_minutes


def _warn_two_zones(draft: Draft, role: str, known: Known, zones: tuple[str, str]) -> None:
    at: Mark = draft.values[role].at
    draft.findings.warning(
        at,
        f"{role}: {known.name}  is in programs of two timezones, {zones[0]} and {zones[1]}.",
        f"{zones[0]} is used; write the zone that is meant in people.yaml.",
    )
