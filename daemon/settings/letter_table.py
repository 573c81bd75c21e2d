"""The settings of a program about what is seen on a calendar, and about letters: which, when, how many.

Not their words: those are templates.
"""

from __future__ import annotations

from daemon.settings.bank_table import Keys
from daemon.settings.few_kinds import AUTO, NumberOrAuto
from daemon.settings.kinds import Choice, Number, Numbers, Stretch, Text, TimeOfDay, YesNo
from daemon.settings.setting import Setting, one

SEEING: tuple[Setting, ...] = (
    Setting(
        "repair_within_minutes",
        NumberOrAuto(0, 60, "minutes"),
        "what nobody tells us of is seen within this time: so often calendars are read, and the mailbox at least "
        "every minute; 0: with every beat; auto: every minute, and where a provider counts what it is asked every hour, "
        "in the 24 hours before a 1:1 every five minutes",
        "10",
        ("repair_within_minutes",),
        default=AUTO,
    ),
    one(
        "repair_wait_minutes",
        Number(0, 240, "minutes"),
        "wait after the last change of a meeting before it is repaired",
        "5",
    ),
    one(
        "off_within_hours",
        Number(0, 48, "hours"),
        "a meeting that falls out this shortly before its start is told at once",
        "12",
    ),
    one(
        "clash_answer_hours",
        Number(1, 48, "hours"),
        "something on top of a 1:1 is asked about until so long before it; without an answer it is kept",
        "24",
    ),
    one(
        "absence_days",
        Number(1, 60, "days"),
        "an absence of so many days is one letter for all of it",
        "3",
    ),
    one(
        "series_gone_hours",
        Number(0, 336, "hours"),
        "after a whole series was deleted or declined, the other side hears of a 1:1 only so long before it",
        "24",
    ),
)

BETWEEN_CHARACTERS_MAX = 60
"""It fits into one line of a letter."""
LEAD_DAYS_MAX = 7
"""So many days before a 1:1 its preps go at the earliest."""

LETTERS: tuple[Setting, ...] = (
    one(
        "between",
        Text(BETWEEN_CHARACTERS_MAX),
        "how the two reach each other between the 1:1s, in words: the letter about their regular time says it, and the preps of their "
        "first 1:1; a link in it is not followed; in other languages: docs/languages.md",
        "Signal, answered within two days",
    ),
    Setting(
        "quiet_hours",
        Stretch(),
        "no letter in these hours of its reader, unless urgent; a person's own count instead (people.yaml), and the two of a pairing can have "
        "agreed on others",
        "21:00-07:00",
        ("quiet_from_minute", "quiet_to_minute"),
    ),
    one(
        "urgent_hours",
        Number(0, 48, "hours"),
        "about a 1:1 this near a letter is urgent, and goes in quiet hours as well",
        "12",
    ),
    one(
        "letters_per_day",
        Number(1, 20, "letters"),
        "a person gets no more a day, beside proposals, changes, copies and answers",
        "1",
    ),
    one(
        "letters_per_week",
        Number(1, 50, "letters"),
        "a mentee gets no more in seven days of one pairing, beside proposals, changes, copies and answers",
        "3",
    ),
    one(
        "letters_hard_cap",
        Number(1, 100, "letters"),
        "above so many a day, all kinds and pairings together, a person's letters are put on hold",
        "12",
    ),
    one(
        "week_card_from",
        Number(0, 100, "pairings"),
        "from so many pairings on a mentor gets one card a week, not single preps; 0: never",
        "3",
    ),
    Setting(
        "prep_mentee_at",
        TimeOfDay(),
        "the hour of the mentee's prep letter, on the day that prep_mentee_days says",
        "18:00",
        ("prep_mentee_minute",),
    ),
    Setting(
        "prep_mentor_at",
        TimeOfDay(),
        "the hour of the mentor's prep letter, on the day that prep_mentor_days says",
        "09:00",
        ("prep_mentor_minute",),
    ),
    one(
        "prep_mentee_days",
        Number(0, LEAD_DAYS_MAX, "days"),
        "the mentee's prep letter goes so many days before the day of the 1:1; more than 1: at the earliest on the day after the 1:1 "
        "before, and the mentor's is put off by as many days",
        "2",
    ),
    one(
        "prep_mentor_days",
        Number(0, LEAD_DAYS_MAX, "days"),
        "the mentor's prep letter goes so many days before the day of the 1:1, after the mentee's; a week card keeps its own hour",
        "1",
    ),
    one(
        "notes_after_minutes",
        Number(0, 1440, "minutes"),
        "the notes letter, after the end of a meeting",
        "30",
    ),
    one(
        "mentor_notes_days",
        Number(0, 365, "days"),
        "a mentor is asked for notes once in so many days; 0: never",
        "28",
    ),
    one(
        "share_notes",
        Choice(("copy", "next_prep")),
        "a note reaches the partner by a letter of its own, or only in the next prep",
        "copy",
    ),
    one(
        "copy_after_minutes",
        Number(0, 1440, "minutes"),
        "a note reaches the partner after this time at the earliest, so that UNDO can stop it",
        "10",
    ),
    Setting(
        "questions",
        Keys("names of banks of questions (questions/NAME.yaml)"),
        "ideas for a 1:1: one question in each prep letter, and none again before all others were there",
        "koss",
        ("banks",),
        repeats=True,
    ),
    Setting(
        "themes_left_out",
        Keys("themes of these questions"),
        "no idea is about these",
        "team",
        ("themes_left_out",),
        repeats=True,
    ),
    one(
        "sensitive_questions",
        YesNo(),
        "questions that a bank calls sensitive are ideas as well",
        "true",
    ),
    one(
        "setup_nudge_days",
        Numbers(1, 60, "days"),
        "reminders of an unanswered welcome, after so many days",
        "2, 5",
    ),
    one(
        "setup_tell_days",
        Number(1, 90, "days"),
        "the contact is told that a welcome is unanswered, after so many days",
        "7",
    ),
    one(
        "reconnect_days",
        Numbers(0, 90, "days"),
        "letters about a lost calendar, on these days",
        "0, 1, 3, 7, 14",
    ),
    one(
        "troubled_after_hours",
        Number(1, 168, "hours"),
        "a calendar that cannot be read for so long is in trouble; `status` shows it",
        "6",
    ),
    one(
        "troubled_tell_hours",
        Number(1, 336, "hours"),
        "the contact is told of a calendar in trouble after this time",
        "24",
    ),
    one(
        "catch_up_hours",
        Number(0, 336, "hours"),
        "after a time without power, notes are asked for of so many last hours only",
        "48",
    ),
)

OF_A_PAIR = {
    "between": "how the two reach each other between the 1:1s, in words",
    "quiet_hours": "no letter of this pairing in these hours of its reader, unless urgent; where somebody has hours of their own "
    "(people.yaml), both count: the tighter one wins. A mentor's week card is of all pairings, and keeps the mentor's own",
    "letters_per_day": "no letter of this pairing goes to whom so many have come that day, in all pairings together; counted are those that "
    "the program counts",
    "letters_per_week": "neither of the two gets more in seven days of this pairing, beside proposals, changes, copies and answers; "
    "who writes `reminders off` gets no preps, notes letters and reminders at all",
    "prep_mentee_at": "the hour of the mentee's prep letter, on the day that prep_mentee_days says",
    "prep_mentor_at": "the hour of the mentor's prep letter, on the day that prep_mentor_days says; not where a week card comes instead",
    "prep_mentee_days": "the mentee's prep letter goes so many days before the day of the 1:1, at the earliest on the day after the 1:1 before",
    "prep_mentor_days": "the mentor's prep letter goes so many days before the day of the 1:1, after the mentee's; where a week card comes "
    "instead, what the mentee has written by then and the card did not show",
}
"""What of a program's rules about letters a pairing may have of its own, and what it means there."""
