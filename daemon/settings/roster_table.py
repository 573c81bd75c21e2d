"""The tables of what can be said about a pairing and a person.

Not accounts (account_table.py), and not who is who: people and pairings are settled in roster.py and pairings.py.
"""

from __future__ import annotations

from dataclasses import replace

from daemon.settings.addresses import Mail, Mentees
from daemon.settings.bank_table import Keys
from daemon.settings.calendar_kinds import Day, WorkingHours
from daemon.settings.day_kinds import NAME_CHARACTERS_MAX, Calendars, Stretches
from daemon.settings.kinds import Choice, Key, Number, Stretch, Text, YesNo
from daemon.settings.language_kind import Language
from daemon.settings.letter_table import LETTERS, OF_A_PAIR
from daemon.settings.setting import CADENCE, LENGTH, LINE_SETTINGS, NESTED, Setting
from daemon.settings.web_kinds import Url
from daemon.settings.zones import Zone

MOST_MENTEES = 12
"""So many pairings a mentor can say to take at most."""


def _own(setting: Setting) -> Setting:
    """What a program says for all, as a pairing says it for itself: it fills a field of the line."""
    default = "the program's" + (f", else {setting.default}" if setting.default else "")
    return replace(setting, fields=(setting.name,), default=default)


PAIRING: tuple[Setting, ...] = (
    Setting(
        "mentor",
        Text(),
        "who mentors: a name with an address, or somebody known already",
        "Ana Rao <ana@example.org>",
        ("mentor",),
        required=True,
    ),
    Setting(
        "mentee",
        Text(),
        "who is mentored",
        "Ben Das <ben@example.org>",
        ("mentee",),
        required=True,
    ),
    Setting(
        "mentees",
        Mentees(),
        "instead of mentee: a group on one series; the first of them speaks for it",
        "[Ben Das <ben@example.org>, Cleo Kim <cleo@example.org>]",
        ("members",),
        repeats=True,
    ),
    Setting(
        "id",
        Key(),
        "the pairing's own key, for ever",
        "ana-rao-ben-das",
        ("pairing",),
        default="made from the names",
    ),
    *(_own(each) for each in LINE_SETTINGS),
    *(
        replace(_own(each), meaning=OF_A_PAIR[each.name])
        for each in LETTERS
        if each.name in OF_A_PAIR
    ),
    Setting(
        "cadence", CADENCE, "how often they meet", "biweekly", ("cadence",), default="the program's"
    ),
    Setting(
        "length_minutes",
        LENGTH,
        "how long their 1:1 takes; two lengths take turns",
        "30, 60",
        ("lengths_minutes",),
        default="the program's",
    ),
    Setting(
        "themes_left_out",
        Keys("themes of the program's questions"),
        "no idea for their 1:1s is about these, beside those that the program leaves out; either of the two can say more of them by mail: "
        "`leave out: family`",
        "family",
        ("themes_left_out",),
        repeats=True,
    ),
    Setting(
        "state",
        Choice(
            ("active", "paused", "closing", "closed"),
            same_as=(("pause", "paused"), ("pausing", "paused"), ("ended", "closed")),
        ),
        "paused: no 1:1 until `resumes`; closing: an end with a farewell; closed: an end at once",
        "paused",
        ("state",),
    ),
    Setting(
        "resumes",
        Day(),
        "the first date after a pause",
        "2027-01-11",
        ("resumes",),
        default="after the program's pause_days_max",
    ),
    Setting(
        "substitute",
        NESTED,
        "who holds the 1:1s meanwhile, in a pairing of its own that begins and ends with these days; this one rests",
        "see below",
        ("substituted",),
        nested=True,
    ),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
)


MEMBER: tuple[Setting, ...] = (
    Setting("name", Text(), "the name", "Ben Das", required=True),
    Setting("address", Mail(), "the address", "ben@example.org", required=True),
)
"""What a block in `mentees:` says of somebody."""


def _of_person(role: str, name: str, address: str) -> tuple[Setting, ...]:
    """Columns of a spreadsheet about one of the two, beside the one with the name."""
    return (
        Setting(
            f"{role}_address",
            Mail(),
            f"the {role}'s address, where the column {role} holds names alone",
            address,
        ),
        Setting(
            f"{role}_zone",
            Zone(),
            f"where the {role} lives",
            name,
            default="people.yaml's, else the program's timezone",
        ),
    )


SHEET: tuple[Setting, ...] = (
    *_of_person("mentor", "Europe/Berlin", "ana@example.org"),
    *_of_person("mentee", "Asia/Kolkata", "ben@example.org"),
)
"""What a row of a CSV roster may say beyond an entry of `pairings:`."""

"""Those that letters can be written in."""

CALENDAR_KIND = Choice(
    ("auto", "local", "internet", "google", "exchange", "microsoft", "none"), same_as=(("outlook", "microsoft"), ("office365", "microsoft"), ("gmail", "google"))
)  # fmt: skip
PERSON: tuple[Setting, ...] = (
    Setting(
        "id",
        Key(),
        "the person's own key",
        "ana-rao",
        ("id",),
        default="the name before the colon, or made from the name",
    ),
    Setting("name", Text(), "the name as people write it", "Ana Rao", ("name",), required=True),
    Setting(
        "address",
        Mail(),
        "the address letters go to",
        "ana@example.org",
        ("address",),
        required=True,
    ),
    Setting(
        "zone",
        Zone(),
        "where the person lives",
        "Europe/Berlin",
        ("zone",),
        default="the program's timezone",
    ),
    Setting(
        "hours",
        WorkingHours(),
        "when 1:1s may be offered, on the person's own clock",
        "Mon-Fri 09:00-18:00",
        ("hours",),
        default="mentors Mon-Fri 09:00-18:00, others every day 08:00-21:00",
        repeats=True,
    ),
    Setting(
        "blackout",
        WorkingHours(),
        "never offered, though it lies in the hours",
        "every day 12:00-13:00",
        ("blackout",),
        repeats=True,
    ),
    Setting(
        "holidays",
        Calendars(),
        "public holidays on which this person does not meet",
        "DE-BE",
        ("holidays",),
        repeats=True,
    ),
    Setting(
        "away",
        Stretches(),
        "absences that are known; reasons are not kept",
        "2026-12-20 to 2027-01-06",
        ("away",),
        repeats=True,
    ),
    Setting(
        "overbook",
        Number(0, 8, ""),
        "events of this priority and below may be offered over: what is tentative has 3, an event that was "
        "accepted 5, an absence 9",
        "3",
        ("overbook",),
    ),
    Setting(
        "language",
        Language(),
        "the language of letters; who writes LANGUAGE pt chooses another one",
        "pt-BR",
        ("language",),
        default="the program's language",
    ),
    Setting(
        "clock",
        Choice(("12", "24")),
        "how times are written: 9:00 pm or 21:00",
        "24",
        ("clock_hours",),
        default="24",
    ),
    Setting(
        "quiet_hours",
        Stretch(),
        "no letter in these hours, on the person's own clock, unless urgent; where a pairing has some, both count",
        "18:00-09:00",
        ("quiet",),
        default="the program's",
    ),
    Setting(
        "page",
        Url(),
        "a page about the person, for the other one to read before they meet",
        "https://example.org/ana",
        ("page",),
    ),
    Setting(
        "most_mentees",
        Number(0, MOST_MENTEES, ""),
        "a mentor's: so many pairings at most, of all programs together, a group counting as one; `check` warns of more, and "
        "`status` shows who has room; 0: nobody new, and those that have begun go on",
        "3",
        default="not said",
    ),
    Setting(
        "calendar",
        CALENDAR_KIND,
        "where the calendar is kept; none: 1:1s are invitations by mail",
        "auto",
        ("calendar",),
        default="auto",
    ),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
)

STRETCH: tuple[Setting, ...] = (
    Setting("from", Day(), "the first day", "2026-12-20", required=True),
    Setting("to", Day(), "the last day", "2027-01-06", default="the same day"),
    Setting(
        "name", Text(NAME_CHARACTERS_MAX), "what the letter calls it (breaks only)", "exam break"
    ),
)
