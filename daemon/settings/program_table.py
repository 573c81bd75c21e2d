"""The table of everything that can be set in a program file; docs/settings.md is made from it.

Not how a file is read: that is fields.py, and what several values mean together contradictions.py.
"""

from __future__ import annotations

from daemon.settings.addresses import Mail, NamedMail
from daemon.settings.alone_table import ALONE
from daemon.settings.few_kinds import DaysOrNever
from daemon.settings.file_kinds import SheetName
from daemon.settings.goal_table import AFTER_THE_END, GOALS
from daemon.settings.kinds import Choice, Key, Text, YesNo
from daemon.settings.language_kind import Language
from daemon.settings.letter_table import LETTERS, SEEING
from daemon.settings.meeting_table import FINDING, RHYTHM, TYPES
from daemon.settings.pair_table import BRAKES, PAIR
from daemon.settings.presets import PRESETS
from daemon.settings.readers import Readers
from daemon.settings.report_kinds import ReportReaders, Reports
from daemon.settings.setting import NESTED, Setting, one
from daemon.settings.web_kinds import Url
from daemon.settings.zones import Zone

KEEP_DAYS_LEAST = 7
"""So long `status` says that something in the mailbox is for the contact to answer."""
KEEP_DAYS_MOST = 360
"""A mail that is read once more, because its server has numbered all anew, has to be known again (HEARD_FOR)."""
NOTES_DAYS_LEAST = 14
"""So long after the closing the last words of the two are still taken (daemon/decide/afterwards.py)."""
NOTES_DAYS_MOST = 3650

_ITSELF: tuple[Setting, ...] = (
    Setting(
        "preset",
        Choice(PRESETS),
        "defaults after a published guide (docs/guides.md); koss: weekly, 30 minutes, mentee picks the time; practical: the length goes with the "
        "rhythm, five stages; wealljs: weekly, an hour, three months; ctan: two sessions in two months; km: a year, every two weeks",
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
        "mailbox_keep",
        DaysOrNever(KEEP_DAYS_LEAST, KEEP_DAYS_MOST),
        "after so many days mails that were dealt with, and our letters in Sent, are deleted in the mailbox; of several "
        "programs with one mailbox the longest counts; 0: never",
        "90",
        ("mailbox_keep_days",),
    ),
    Setting(
        "notes_keep_days",
        DaysOrNever(NOTES_DAYS_LEAST, NOTES_DAYS_MOST),
        "so many days after the closing of a pairing its notes, topics, to-dos and goals are deleted; 0: never",
        "90",
        ("notes_keep_days",),
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
        "language",
        Language(),
        "the language of letters, for everyone without one of their own, and for the contact; where there are no letters "
        "in it, they come in English",
        "pt-BR",
        ("language",),
    ),
    Setting(
        "owner",
        Text(60),
        "who answers for the program: a unit or a person, for `check` and `status`",
        "Career Office",
        ("owner",),
    ),
    Setting(
        "version",
        Text(20),
        "which version of its rules this is, for `check` and `status`",
        "2027-1",
        ("version",),
    ),
    Setting(
        "help_to",
        NamedMail(),
        "who reads HELP; a human being with an address of their own, never the mailbox",
        "Maya <maya@example.org>",
        ("help_name", "help_to"),
        default="the contact",
    ),
    Setting(
        "mailbox_readers",
        Readers(),
        "who else has the key of the mailbox, for the welcome to say; who was welcomed before is not told anew",
        "Maya, Tom",
        ("mailbox_readers",),
        default="the welcome says nothing of it",
    ),
    one(
        "mentor_called",
        Text(30),
        "what a mentor is called in the welcome: lead, coach, peer",
        "lead",
    ),
    one(
        "mentee_called",
        Text(30),
        "what a mentee is called in the welcome: member, peer; says who learns from whom in reverse mentoring",
        "member",
    ),
    one(
        "resources",
        Url(),
        "a page with what helps, in the preps of the first 1:1",
        "https://koss.example.org/help",
    ),
    one(
        "conduct",
        Url(),
        "a page with how people treat each other, in the preps of the first 1:1",
        "https://koss.example.org/conduct",
    ),
    Setting(
        "reports",
        Reports(),
        "which reports are mailed: weekly is the Monday letter to the contact; the others have the measures of the month, quarter or year "
        "that is over (docs/measures.md), at eight on the first Monday after it",
        "weekly, monthly, annual",
        ("reports",),
    ),
    Setting(
        "reports_to",
        ReportReaders(),
        "who gets the reports, each in a letter of their own, and behind an address which of them: without any, those of months, quarters "
        "and years; weekly is the measures of the week, and the Monday letter stays the contact's, as does what nobody named reads",
        "Maya <maya@example.org>, Dean <dean@example.org> quarterly annual",
        ("reports_to",),
        default="the contact",
    ),
    Setting(
        "letters_to",
        Mail(),
        "a rehearsal: every letter goes to this address alone and says on top to whom it would go, and all "
        "calendars are files; it has a state of its own",
        "maya@example.org",
        ("letters_to",),
    ),
    Setting(
        "pairings", NESTED, "the roster: one entry per mentor and mentee", "see below", nested=True
    ),
    Setting(
        "roster",
        SheetName(),
        "further pairings, one a row, from a spreadsheet beside this file",
        "koss-2027.csv",
    ),
    Setting("accounts", NESTED, "where calendars are kept, by address", "see below", nested=True),
    Setting("ok", YesNo(), "an address here that looks mistyped is right", "true", default="false"),
)

GROUPS: tuple[tuple[str, tuple[Setting, ...]], ...] = (
    ("Itself", _ITSELF),
    ("How often, how long, and when not", RHYTHM),
    ("What a 1:1 is for", TYPES),
    ("Who decides, and how a time is found", FINDING),
    ("What is seen on a calendar", SEEING),
    ("Letters: when, and how many", LETTERS),
    ("Goals and homework", GOALS),
    ("What each is asked alone", ALONE),
    ("What becomes of a pair", PAIR + AFTER_THE_END),
    ("Brakes", BRAKES),
)
PROGRAM: tuple[Setting, ...] = tuple(setting for _, group in GROUPS for setting in group)
