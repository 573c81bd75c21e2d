"""The table of everything that can be set in a program file; docs/settings.md is made from it.

Not how a file is read: that is fields.py, and what several values mean together programs.py.
"""

from __future__ import annotations

from daemon.settings.addresses import Mail, NamedMail
from daemon.settings.kinds import (
    Choice,
    Key,
    Kind,
    Number,
    Numbers,
    Stretch,
    Text,
    TimeOfDay,
    YesNo,
)
from daemon.settings.rhythm import Rhythm
from daemon.settings.setting import LENGTH, LINE_SETTINGS, NESTED, Setting
from daemon.settings.zones import Zone


def _one(name: str, kind: Kind, meaning: str, example: str) -> Setting:
    return Setting(name, kind, meaning, example, (name,))


PROGRAM: tuple[Setting, ...] = (
    Setting(
        "preset",
        Choice(("koss",), later=("practical", "wealljs", "ctan", "km")),
        "a set of defaults to start from; koss: weekly, 30 minutes, mentee picks the time",
        "koss",
    ),
    Setting("id", Key(), "the program's own key", "koss-2027", default="the name of the file"),
    Setting(
        "name", Text(60), "what people call the program", "KOSS 1:1s", ("name",), required=True
    ),
    Setting(
        "contact",
        NamedMail(),
        "the human being who gets alarms and stands in the welcome",
        "Maya <maya@example.org>",
        ("contact_name", "contact"),
        required=True,
    ),
    Setting(
        "mailbox",
        Mail(),
        "the address that letters come from and are answered to",
        "koss@example.org",
        ("mailbox",),
        required=True,
    ),
    Setting(
        "timezone",
        Zone(),
        "for everyone without a zone of their own",
        "Asia/Kolkata",
        ("timezone",),
        required=True,
    ),
    Setting(
        "help_to",
        Mail(),
        "who reads HELP; a person's own address, never the mailbox",
        "maya@example.org",
        ("help_to",),
        default="the contact",
    ),
    Setting(
        "pairings", NESTED, "the roster: one entry per mentor and mentee", "see below", nested=True
    ),
    Setting("accounts", NESTED, "where calendars are kept, by address", "see below", nested=True),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
    _one("cadence", Rhythm(), "how often a pair meets", "weekly"),
    Setting("length_minutes", LENGTH, "how long a 1:1 takes", "30", ("lengths_minutes",)),
    *LINE_SETTINGS,
    _one(
        "organizer",
        Choice(("mentor",), later=("program",)),
        "on whose calendar the series lives",
        "mentor",
    ),
    _one(
        "initiator",
        Choice(("mentee",), later=("mentor",)),
        "who picks among the offered times",
        "mentee",
    ),
    _one(
        "policy",
        Choice(("ask",), later=("auto-after-deadline", "auto-book")),
        "what follows when an offer is not answered",
        "ask",
    ),
    _one("offers", Number(1, 5, "times"), "how many times a proposal offers", "3"),
    _one(
        "rounds",
        Number(1, 9, "rounds"),
        "how many lists a proposal has before the contact is told",
        "3",
    ),
    _one(
        "notice_hours", Number(1, 336, "hours"), "the earliest offered time lies so far ahead", "24"
    ),
    _one(
        "slot_closes_hours",
        Number(0, 72, "hours"),
        "so long before it starts an offered time can no longer be picked",
        "6",
    ),
    _one(
        "slot_grid_minutes",
        Number(5, 60, "minutes"),
        "offered times start at multiples of this",
        "30",
    ),
    _one(
        "repair_wait_minutes",
        Number(0, 240, "minutes"),
        "wait after the last change of a meeting before it is repaired",
        "5",
    ),
    _one(
        "off_within_hours",
        Number(0, 48, "hours"),
        "a meeting that falls out this shortly before its start is told at once",
        "12",
    ),
    Setting(
        "quiet_hours",
        Stretch(),
        "no letter in these hours of its reader, unless urgent",
        "21:00-07:00",
        ("quiet_from_minute", "quiet_to_minute"),
    ),
    _one("nudge_after_hours", Numbers(1, 336, "hours"), "the reminders of an open proposal", "24"),
    _one(
        "answer_by_hours",
        Number(0, 672, "hours"),
        "silence on a proposal ends it after this time",
        "48",
    ),
    _one(
        "setup_nudge_days",
        Numbers(1, 60, "days"),
        "reminders of an unanswered welcome, after so many days",
        "2, 5",
    ),
    _one("setup_tell_days", Number(1, 90, "days"), "then the contact is told", "7"),
    Setting(
        "prep_mentee_at",
        TimeOfDay(),
        "the mentee's prep letter, on the day before",
        "18:00",
        ("prep_mentee_minute",),
    ),
    Setting(
        "prep_mentor_at",
        TimeOfDay(),
        "the mentor's prep letter, on the day",
        "09:00",
        ("prep_mentor_minute",),
    ),
    _one(
        "notes_after_minutes",
        Number(0, 1440, "minutes"),
        "the notes letter, after the end of a meeting",
        "30",
    ),
    _one(
        "copy_after_minutes",
        Number(0, 1440, "minutes"),
        "a note reaches the partner after this time at the earliest, so that UNDO can stop it",
        "10",
    ),
    _one(
        "presume_after_days",
        Number(1, 60, "days"),
        "silence after a meeting counts as held after this time",
        "7",
    ),
    _one("correct_within_days", Number(1, 60, "days"), "so long the pair may correct that", "14"),
    _one(
        "reconnect_days",
        Numbers(0, 90, "days"),
        "letters about a lost calendar, on these days",
        "0, 1, 3, 7, 14",
    ),
    _one(
        "guard_share_percent",
        Number(1, 100, "percent"),
        "effects on more than this share of pairings in one beat are put on hold",
        "20",
    ),
    _one(
        "guard_pairings",
        Number(1, 1000, "pairings"),
        "but not where fewer pairings are concerned",
        "3",
    ),
    _one(
        "guard_letters",
        Number(1, 10000, "letters"),
        "more unexplained letters than this in one beat are put on hold",
        "50",
    ),
    _one(
        "first_run",
        Choice(("hold", "send")),
        "the first letters of a program wait for release, or go at once",
        "hold",
    ),
    _one(
        "verify",
        Choice(("token", "results")),
        "what proves a sender: our token alone, or also the server's Authentication-Results",
        "token",
    ),
)


PRESETS: dict[str, dict[str, str]] = {"koss": {"cadence": "weekly", "length_minutes": "30"}}
