"""The tables of what can be said about a pairing, a person and an account.

Not who is who: people and pairings are settled in roster.py and pairings.py.
"""

from __future__ import annotations

from daemon.settings.addresses import Mail
from daemon.settings.calendar_kinds import WorkingHours
from daemon.settings.kinds import Choice, Key, Text, YesNo
from daemon.settings.setting import LENGTH, LINE_SETTINGS, NESTED, Setting
from daemon.settings.zones import Zone

PAIRING: tuple[Setting, ...] = (
    Setting(
        "mentor",
        Text(),
        "who mentors: a name with an address, or somebody known already",
        "Ana Rao <ana@example.org>",
        required=True,
    ),
    Setting("mentee", Text(), "who is mentored", "Ben Das <ben@example.org>", required=True),
    Setting(
        "id",
        Key(),
        "the pairing's own key, for ever",
        "ana-rao-ben-das",
        default="made from the names",
    ),
    *LINE_SETTINGS,
    Setting("length_minutes", LENGTH, "how long their 1:1 takes", "30", default="the program's"),
    Setting(
        "state",
        Choice(("active", "closing"), later=("paused", "closed")),
        "closing ends the pairing after its next 1:1",
        "closing",
        default="active",
    ),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
)

_ACCOUNT_KIND = Choice(
    ("auto", "local"), later=("internet", "google", "exchange", "microsoft", "none")
)

PERSON: tuple[Setting, ...] = (
    Setting(
        "id",
        Key(),
        "the person's own key",
        "ana-rao",
        default="the name before the colon, or made from the name",
    ),
    Setting("name", Text(), "the name as people write it", "Ana Rao", required=True),
    Setting("address", Mail(), "the address letters go to", "ana@example.org", required=True),
    Setting(
        "zone", Zone(), "where the person lives", "Europe/Berlin", default="the program's timezone"
    ),
    Setting(
        "hours",
        WorkingHours(),
        "when 1:1s may be offered, on the person's own clock",
        "Mon-Fri 09:00-18:00",
        default="mentors Mon-Fri 09:00-18:00, others every day 08:00-21:00",
        repeats=True,
    ),
    Setting(
        "language",
        Choice(("en",), later=("de", "es", "fr", "hi", "pt", "pt-br", "zh")),
        "the language of letters",
        "en",
        default="en",
    ),
    Setting(
        "clock", Choice(("12", "24")), "how times are written: 9:00 pm or 21:00", "24", default="24"
    ),
    Setting("calendar", _ACCOUNT_KIND, "where the calendar is kept", "auto", default="auto"),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
)

ACCOUNT: tuple[Setting, ...] = (
    Setting("calendar", _ACCOUNT_KIND, "where the calendar is kept", "auto", default="auto"),
    Setting("mail", _ACCOUNT_KIND, "where mail is sent and read", "auto", default="auto"),
)

WHOLE: tuple[Setting, ...] = (
    Setting("accounts", NESTED, "where calendars are kept, by address", "see below", nested=True),
)
