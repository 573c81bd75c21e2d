"""The settings of a program about what becomes of a pair in time, and about the brakes of the whole.

Not about single meetings: those are in meeting_table.py.
"""

from __future__ import annotations

from daemon.settings.few_kinds import Share
from daemon.settings.kinds import Choice, Number, Text
from daemon.settings.setting import Setting, one

PAIR: tuple[Setting, ...] = (
    one(
        "presume_after_days",
        Number(1, 60, "days"),
        "silence after a meeting counts as held after this time",
        "7",
    ),
    one(
        "correct_within_days",
        Number(1, 60, "days"),
        "so long after a meeting the pair may correct whether it took place",
        "14",
    ),
    one(
        "kindly_after",
        Share(),
        "when so many fell out by one side, that side is asked whether the time is wrong",
        "2 of 6",
    ),
    one(
        "lighter_after",
        Share(),
        "when so many fell out by one side, that side is asked whether rarer or shorter would be better",
        "3 of 8",
    ),
    one(
        "word_after",
        Share(),
        "when so many fell out by one side, the contact reads that the pairing needs a word: no side, no count",
        "4 of 8",
    ),
    one(
        "still_good_letters",
        Number(0, 20, "letters"),
        "after so many unanswered letters a mentee is asked whether it is still good; 0: never",
        "3",
    ),
    one(
        "still_good_steps",
        Number(0, 20, "steps"),
        "that question comes only so many steps of the cadence after the first unanswered letter",
        "3",
    ),
    one(
        "still_good_answer_days",
        Number(1, 60, "days"),
        "without an answer to that question in this time the pairing pauses until RESUME",
        "7",
    ),
    one(
        "pause_days_max",
        Number(7, 365, "days"),
        "a pause lasts so long at most, and by default",
        "60",
    ),
    one(
        "resume_ahead_days",
        Number(0, 30, "days"),
        "so long before the end of a pause both hear of the next date",
        "2",
    ),
    one(
        "notice_days",
        Number(0, 90, "days"),
        "who leaves, leaves after so many days",
        "14",
    ),
    one(
        "closing_held_least",
        Number(0, 100, "1:1s"),
        "the farewell shows counts only when so many took place, or all of a plan of fewer sessions",
        "3",
    ),
    one(
        "closing_share_percent",
        Number(0, 100, "percent"),
        "the farewell shows counts only when this share of what was due took place",
        "60",
    ),
)

BRAKES: tuple[Setting, ...] = (
    one(
        "maybe_spam_letters",
        Number(1, 20, "letters"),
        "after so many letters without any sign of life the contact reads: maybe in spam",
        "2",
    ),
    one(
        "guard_share_percent",
        Number(1, 100, "percent"),
        "effects on more than this share of pairings in one beat are put on hold",
        "20",
    ),
    one(
        "guard_pairings",
        Number(1, 1000, "pairings"),
        "such effects are not put on hold where fewer pairings are concerned",
        "3",
    ),
    one(
        "guard_letters",
        Number(1, 10000, "letters"),
        "more unexplained letters than this in one beat are put on hold",
        "50",
    ),
    one(
        "first_run",
        Choice(("hold", "send")),
        "the first letters of a program wait for release, or go at once",
        "hold",
    ),
    one(
        "new_people_per_hour",
        Number(1, 1000, "people"),
        "once released, so many people get their first letter in an hour",
        "10",
    ),
    one(
        "verify",
        Choice(("token", "results")),
        "what proves a sender: our token alone, or also the server's Authentication-Results",
        "token",
    ),
    Setting(
        "authserv_id",
        Text(100),
        "the name with which your mail server begins its Authentication-Results; needed by verify: results",
        "mx.example.org",
        ("authserv_id",),
    ),
)
