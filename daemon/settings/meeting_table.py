"""The settings of a program about its meetings: how often, when not, who decides, and how a time is found.

Not about letters (letter_table.py) and not about what becomes of a pair (pair_table.py).
"""

from __future__ import annotations

from daemon.domain.program import HARD_STOP_BUFFER_MINUTES
from daemon.settings.addresses import Organizer
from daemon.settings.agenda_kinds import Agendas, Lines
from daemon.settings.day_kinds import Calendars, Stretches
from daemon.settings.few_kinds import OneOf, Words
from daemon.settings.kinds import Choice, Number, Numbers, YesNo
from daemon.settings.setting import CADENCE, LENGTH, LINE_SETTINGS, Setting, one

RHYTHM: tuple[Setting, ...] = (
    one("cadence", CADENCE, "how often a pair meets", "biweekly"),
    Setting(
        "length_minutes",
        LENGTH,
        "how long a 1:1 takes; two lengths take turns",
        "30, 60",
        ("lengths_minutes",),
    ),
    *LINE_SETTINGS,
    one(
        "minimum_weeks",
        Number(0, 260, "weeks"),
        "a pairing lasts so long at least; without `ends:` it then ends, unless both go on",
        "12",
    ),
    one(
        "extend_ask_days",
        Number(0, 90, "days"),
        "so long before the end each is asked alone whether to go on; 0: nobody is asked",
        "14",
    ),
    one(
        "extend_weeks",
        Number(0, 260, "weeks"),
        "when both want to go on, for so long; 0: without an end",
        "13",
    ),
    one(
        "session_days",
        Numbers(1, 360, "days"),
        "in a plan of sessions the contact hears of it when there is no time for the first one so many days after it began, for the "
        "second one so many, and so on",
        "14, 50",
    ),
    Setting(
        "holidays",
        Calendars(),
        "public holidays on which nobody of the program meets; those of one person stand in people.yaml",
        "DE-BE, IN",
        ("holidays",),
        repeats=True,
    ),
    Setting(
        "breaks",
        Stretches(named=True),
        "nobody meets on these days; each break is told once, ahead, with all its dates",
        "2026-12-20 to 2027-01-06 exam break",
        ("breaks",),
        repeats=True,
    ),
    one(
        "break_ahead_days",
        Number(0, 60, "days"),
        "both are told of a break so long before it begins; 0: they are not told",
        "7",
    ),
    Setting(
        "locked",
        Words(
            (
                ("at", "at"),
                ("cadence", "cadence"),
                ("length_minutes", "length"),
                ("ends", "ends"),
            ),
            same_as=(("length", "length_minutes"), ("time", "at"), ("end", "ends")),
        ),
        "what a pair cannot change by agreement: this file wins",
        "cadence, length_minutes",
        ("locked",),
        repeats=True,
    ),
    one(
        "series_notice_hours",
        Number(0, 672, "hours"),
        "another cadence, time or length counts from the first 1:1 later than this",
        "48",
    ),
)

TYPES: tuple[Setting, ...] = (
    Setting(
        "meeting_types",
        Agendas(),
        "what a 1:1 is for, block by block, scaled to its length; both preps show it: first, closing (the last), catch_up "
        "(after a long time), career (each quarter), monthly_review (each month), regular (any other); in other languages: docs/languages.md",
        "see below",
        ("meeting_types",),
        nested=True,
    ),
    Setting(
        "prep_asks",
        Lines(),
        "what a mentee is to think about before each 1:1, line by line (before a first one its agenda, if it has one); the "
        "answers are topics; in other languages: docs/languages.md",
        "What came of your last task?",
        ("prep_asks",),
        repeats=True,
    ),
    Setting(
        "notes_asks",
        Lines(),
        "what is worth a line after each 1:1; the answers are a note of the pair; in other languages: docs/languages.md",
        "What you do until next time",
        ("notes_asks",),
        repeats=True,
    ),
    one(
        "hard_stop",
        YesNo(),
        "a 1:1 ends on time: both preps say when, and that the last block of the agenda is for what comes next; where "
        f"buffer_minutes says nothing, times are looked for with {HARD_STOP_BUFFER_MINUTES} free minutes around each",
        "true",
    ),
)

FINDING: tuple[Setting, ...] = (
    one(
        "organizer",
        Organizer(),
        "on whose calendar the 1:1s live: the mentor's own; program: that of the account `mailbox:`, which invites both; or "
        "that of another account of yours",
        "program",
    ),
    one(
        "initiator",
        Choice(("mentee", "mentor")),
        "who chooses: mentee picks among free times; mentor first says which of them to offer",
        "mentor",
    ),
    one(
        "policy",
        Choice(("ask", "auto-book", "auto-after-deadline")),
        "ask: silence leaves the 1:1 out; auto-book: the first time is booked at once and the others are "
        "offered; auto-after-deadline: the first time is booked when nobody has answered",
        "ask",
    ),
    one("offers", Number(1, 5, "times"), "how many times a proposal offers", "3"),
    one(
        "rounds",
        Number(1, 9, "rounds"),
        "how many lists a proposal has before the contact is told",
        "3",
    ),
    one(
        "notice_hours", Number(1, 336, "hours"), "the earliest offered time lies so far ahead", "24"
    ),
    one(
        "no_change_hours",
        Number(0, 336, "hours"),
        "so shortly before a 1:1 it is not moved any more, by reply or by itself; a calendar may",
        "20",
    ),
    one(
        "slot_closes_hours",
        Number(0, 72, "hours"),
        "so long before it starts an offered time can no longer be picked",
        "6",
    ),
    one(
        "slot_grid_minutes",
        OneOf((5, 10, 15, 20, 30, 60), "minutes"),
        "offered times start at multiples of this after the hour",
        "30",
    ),
    one(
        "buffer_minutes",
        Number(0, 120, "minutes"),
        "so much is kept free before and after everything else on a calendar",
        "15",
    ),
    one(
        "mentor_meetings_per_day",
        Number(0, 20, "1:1s"),
        "a mentor is offered no more 1:1s on one day; 0: any number",
        "4",
    ),
    one(
        "mentee_meetings_per_day",
        Number(0, 20, "1:1s"),
        "a mentee is offered no more 1:1s on one day; 0: any number",
        "1",
    ),
    Setting(
        "nudge_after_hours",
        Numbers(1, 336, "hours"),
        "the reminders of an open proposal",
        "24",
        ("nudge_after_hours",),
        default="by the cadence: weekly 24; biweekly 48; rarer 48, 96",
    ),
    Setting(
        "answer_by_hours",
        Number(2, 672, "hours"),
        "silence on a proposal ends it after this time",
        "48",
        ("answer_by_hours",),
        default="by the cadence: weekly 48; biweekly 96; rarer 168",
    ),
    one(
        "undo_until_hours",
        Number(0, 336, "hours"),
        "UNDO takes back a move until so long before the new time; after that it is read as MOVE",
        "24",
    ),
    one(
        "undo_minutes",
        Number(0, 1440, "minutes"),
        "UNDO of a move works for so long after its confirmation, however near the new time is",
        "10",
    ),
)
