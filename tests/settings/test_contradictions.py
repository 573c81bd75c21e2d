"""Settings of one program that exclude each other: literal file, literal answer with both places.

Not single values, and not dates or hours: those stand in files of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "a second time that is the first",
        PROGRAM + "fallback_at: Tue 15:00\n",
        """\
programs/koss.yaml:9:14 fallback_at: Tue 15:00  does not go with at: Tue 15:00 (line 5): it is the same time.
    Choose another one, or delete it.""",
    ),
    Case(
        "a second time of the month",
        PROGRAM + "fallback_at: first Thu 16:00\n",
        """\
programs/koss.yaml:9:14 fallback_at: first Thu 16:00  names a week of the month, and it is of any week.
    Write Thu 16:00.""",
    ),
    Case(
        "the week before the day",
        PROGRAM
        + """\
letters_per_week: 1
letters_per_day: 2
""",
        """\
programs/koss.yaml:10:18 letters_per_day: 2  does not go with letters_per_week: 1 (line 9): the week would be full before its first day.
    Write 1 or less here, or a greater letters_per_week.""",
    ),
    Case(
        "more a day than a week, by default",
        PROGRAM + "letters_per_day: 5\n",
        """\
programs/koss.yaml:9:18 letters_per_day: 5  does not go with letters_per_week: 3 (the default): the week would be full before its first day.
    Write 3 or less here, or a greater letters_per_week.""",
    ),
    Case(
        "more a day than ever",
        PROGRAM
        + """\
letters_per_day: 13
letters_per_week: 20
""",
        """\
programs/koss.yaml:9:18 letters_per_day: 13  does not go with letters_hard_cap: 12 (the default): what a day allows would be put on hold.
    Write 12 or less here, or a greater letters_hard_cap.""",
    ),
    Case(
        "a hard cap below the day",
        PROGRAM
        + """\
letters_per_day: 3
letters_hard_cap: 2
""",
        """\
programs/koss.yaml:10:19 letters_hard_cap: 2  does not go with letters_per_day: 3 (line 9): what a day allows would be put on hold.
    Write 3 or more here, or a smaller letters_per_day.""",
    ),
    Case(
        "a server's word without its name",
        PROGRAM + "verify: results\n",
        """\
programs/koss.yaml:9:9 verify: results  does not go with authserv_id:  (the default): no mail would ever count.
    Write the name with which your mail server begins Authentication-Results.""",
    ),
    Case(
        "a time closed when it is offered",
        PROGRAM
        + """\
slot_closes_hours: 6
notice_hours: 6
""",
        """\
programs/koss.yaml:10:15 notice_hours: 6  does not go with slot_closes_hours: 6 (line 9): a time could be closed when it is offered.
    Write 7 or more here, or a smaller slot_closes_hours.""",
    ),
    Case(
        "UNDO when nothing may change",
        PROGRAM + "undo_until_hours: 6\n",
        """\
programs/koss.yaml:9:19 undo_until_hours: 6  does not go with no_change_hours: 20 (the default): UNDO would move a 1:1 when nothing may be moved any more.
    Write 20 or more here, or a smaller no_change_hours.""",
    ),
    Case(
        "no change when UNDO still works",
        PROGRAM + "no_change_hours: 30\n",
        """\
programs/koss.yaml:9:18 no_change_hours: 30  does not go with undo_until_hours: 24 (the default): UNDO would move a 1:1 when nothing may be moved any more.
    Write 24 or less here, or a greater undo_until_hours.""",
    ),
    Case(
        "a pause over before it begins",
        PROGRAM
        + """\
resume_ahead_days: 10
pause_days_max: 10
""",
        """\
programs/koss.yaml:10:17 pause_days_max: 10  does not go with resume_ahead_days: 10 (line 9): a pause would be over before it begins.
    Write 11 or more here, or a smaller resume_ahead_days.""",
    ),
    Case(
        "told before it is trouble",
        PROGRAM + "troubled_after_hours: 30\n",
        """\
programs/koss.yaml:9:23 troubled_after_hours: 30  does not go with troubled_tell_hours: 24 (the default): the contact would be told before it counts as trouble.
    Write 24 or less here, or a greater troubled_tell_hours.""",
    ),
    Case(
        "told before the last reminder",
        PROGRAM + "setup_tell_days: 5\n",
        """\
programs/koss.yaml:9:18 setup_tell_days: 5  does not go with setup_nudge_days: 2, 5 (the default): the contact would be told before the last reminder.
    Write 6 or more here, or a smaller setup_nudge_days.""",
    ),
    Case(
        "a reminder after the contact was told",
        PROGRAM + "setup_nudge_days: 2, 9\n",
        """\
programs/koss.yaml:9:19 setup_nudge_days: 2, 9  does not go with setup_tell_days: 7 (the default): the contact would be told before the last reminder.
    Write 6 or less here, or a greater setup_tell_days.""",
    ),
    Case(
        "settled for ever",
        PROGRAM + "presume_after_days: 20\n",
        """\
programs/koss.yaml:9:21 presume_after_days: 20  does not go with correct_within_days: 14 (the default): nobody could correct what silence has settled.
    Write 14 or less here, or a greater correct_within_days.""",
    ),
    Case(
        "a ladder that cannot rise",
        PROGRAM
        + """\
kindly_after: 4 of 6
lighter_after: 2 of 8
""",
        """\
programs/koss.yaml:10:16 lighter_after: 2 of 8  does not go with kindly_after: 4 of 6 (line 9): kindly_after would never be reached before lighter_after.
    Write shares that rise, like 2 of 6 and 3 of 8; or never for one of them.""",
    ),
    Case(
        "a ladder that cannot rise, by default",
        PROGRAM + "word_after: 2 of 8\n",
        """\
programs/koss.yaml:9:13 word_after: 2 of 8  does not go with lighter_after: 3 of 8 (the default): lighter_after would never be reached before word_after.
    Write shares that rise, like 2 of 6 and 3 of 8; or never for one of them.""",
    ),
    Case(
        "a ladder with a step left out",
        PROGRAM
        + """\
kindly_after: 4 of 6
lighter_after: never
word_after: 3 of 8
""",
        """\
programs/koss.yaml:11:13 word_after: 3 of 8  does not go with kindly_after: 4 of 6 (line 9): kindly_after would never be reached before word_after.
    Write shares that rise, like 2 of 6 and 3 of 8; or never for one of them.""",
    ),
    Case(
        "quiet when both preps go",
        PROGRAM + "quiet_hours: 17:00-10:00\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 17:00-10:00  does not go with prep_mentee_at: 18:00 (the default) and prep_mentor_at: 09:00 (the default): no prep letter could go at its hour.
    Write prep hours between 10:00 and 17:00, or shorter quiet hours.""",
    ),
    Case(
        "both preps in the night",
        PROGRAM
        + """\
prep_mentee_at: 22:00
prep_mentor_at: 06:30
""",
        """\
programs/koss.yaml:10:17 prep_mentor_at: 06:30  does not go with quiet_hours: 21:00-07:00 (the default) and prep_mentee_at: 22:00 (line 9): no prep letter could go at its hour.
    Write prep hours between 07:00 and 21:00, or shorter quiet hours.""",
    ),
    Case(
        "a mentor's prep before the mentee was asked",
        PROGRAM + "prep_mentor_days: 2\n",
        """\
programs/koss.yaml:9:19 prep_mentor_days: 2  does not go with prep_mentee_days: 1 (the default): the mentor's would go before the mentee was asked.
    Write fewer days for prep_mentor_days, or more for prep_mentee_days.""",
    ),
    Case(
        "a mentee who is asked after the mentor's prep",
        PROGRAM + "prep_mentor_days: 2\nprep_mentee_days: 0\n",
        """\
programs/koss.yaml:10:19 prep_mentee_days: 0  does not go with prep_mentor_days: 2 (line 9): the mentor's would go before the mentee was asked.
    Write fewer days for prep_mentor_days, or more for prep_mentee_days.""",
    ),
    Case(
        "both preps on one day, in the wrong order",
        PROGRAM + "prep_mentee_days: 0\n",
        """\
programs/koss.yaml:9:19 prep_mentee_days: 0  does not go with prep_mentor_days: 0 (the default), prep_mentor_at: 09:00 (the default) and prep_mentee_at: 18:00 (the default): the mentor's would go before the mentee was asked.
    Write another day for one of them, or an earlier hour for the mentee's.""",
    ),
    Case(
        "both preps in one minute",
        PROGRAM + "prep_mentor_days: 1\nprep_mentor_at: 18:00\n",
        """\
programs/koss.yaml:10:17 prep_mentor_at: 18:00  does not go with prep_mentor_days: 1 (line 9), prep_mentee_days: 1 (the default) and prep_mentee_at: 18:00 (the default): the mentor's would go before the mentee was asked.
    Write another day for one of them, or an earlier hour for the mentee's.""",
    ),
    Case(
        "a pair whose mentor's prep would come first",
        PROGRAM + "    prep_mentor_days: 3\nprep_mentee_days: 2\n",
        """\
programs/koss.yaml:9:23 prep_mentor_days: 3  does not go with prep_mentee_days: 2 (line 10): the mentor's would go before the mentee was asked.
    Write fewer days for prep_mentor_days, or more for prep_mentee_days.""",
    ),
    Case(
        "a lead as long as from one 1:1 to the next",
        PROGRAM + "prep_mentee_days: 7\n",
        """\
programs/koss.yaml:9:19 prep_mentee_days: 7  does not go with cadence: weekly (the default): the 1:1s are 7 days apart, so the prep of the next one would go before the last one is over.
    Write 6 or less, or a rarer cadence.""",
    ),
    Case(
        "a pair with such a lead",
        PROGRAM + "    prep_mentee_days: 7\n",
        """\
programs/koss.yaml:9:23 prep_mentee_days: 7  does not go with cadence: weekly (the default): the 1:1s are 7 days apart, so the prep of the next one would go before the last one is over.
    Write 6 or less, or a rarer cadence.""",
    ),
    Case(
        "a pair that meets too often for the lead",
        PROGRAM + "    cadence: weekly\ncadence: biweekly\nprep_mentee_days: 7\n",
        """\
programs/koss.yaml:9:14 cadence: weekly  does not go with prep_mentee_days: 7 (line 11): the 1:1s are 7 days apart, so the prep of the next one would go before the last one is over.
    Write 6 or less, or a rarer cadence.""",
    ),
    Case(
        "a pair whose week is full before its first day",
        PROGRAM + "    letters_per_day: 4\n",
        """\
programs/koss.yaml:9:22 letters_per_day: 4  does not go with letters_per_week: 3 (the default): the week would be full before its first day.
    Write 3 or less here, or a greater letters_per_week.""",
    ),
    Case(
        "a pair with more a day than ever",
        PROGRAM
        + """\
    letters_per_day: 9
    letters_per_week: 9
letters_hard_cap: 8
""",
        """\
programs/koss.yaml:9:22 letters_per_day: 9  does not go with letters_hard_cap: 8 (line 11): what a day allows would be put on hold.
    Write 8 or less here, or a greater letters_hard_cap.""",
    ),
    Case(
        "a pair that is quiet when both preps go",
        PROGRAM + "    quiet_hours: 17:00-10:00\nprep_mentee_at: 18:30\n",
        """\
programs/koss.yaml:9:18 quiet_hours: 17:00-10:00  does not go with prep_mentee_at: 18:30 (line 10) and prep_mentor_at: 09:00 (the default): no prep letter could go at its hour.
    Write prep hours between 10:00 and 17:00, or shorter quiet hours.""",
    ),
    Case(
        "a pair's quiet hours that leave nothing beside somebody's own",
        {
            "koss.yaml": PROGRAM
            + "    quiet_hours: 06:00-19:00\n    prep_mentee_at: 20:00\n    prep_mentor_at: 19:30\n",
            "people.yaml": "ben-das: {name: Ben Das, address: ben@example.org, quiet_hours: '22:00-09:00'}\n",
        },
        """\
programs/koss.yaml:9:18 quiet_hours: 06:00-19:00  and those of Ben Das, 22:00-09:00 (people.yaml:1), leave less than 4 hours of the day.
    Both count for this pairing: write shorter ones in one of the two places.""",
    ),
    Case(
        "a notice for a rarer cadence",
        PROGRAM
        + """\
    cadence: weekly
cadence: every 3 weeks
notice_hours: 100
""",
        """\
programs/koss.yaml:9:14 cadence: weekly  does not go with notice_hours: 100 (line 11): half a step is 84 hours, so no other time could be offered.
    Write notice_hours of 83 or less, or a rarer cadence.""",
    ),
    Case(
        "a notice longer than a session has",
        PROGRAM
        + """\
    at: Tue 15:00
    cadence: 8 sessions in 8 weeks
notice_hours: 168
""",
        """\
programs/koss.yaml:10:14 cadence: 8 sessions in 8 weeks  does not go with notice_hours: 168 (line 11): each session has 168 hours, so no other time could be offered.
    Write notice_hours of 167 or less, or a rarer cadence.
programs/koss.yaml:10:14 Warning: cadence: 8 sessions in 8 weeks  leaves no effect to at: Tue 15:00 (line 9): each session finds a time of its own.
    Delete at:.""",
    ),
    Case(
        "an answer after the next 1:1",
        PROGRAM + "answer_by_hours: 200\n",
        """\
programs/koss.yaml:9:18 answer_by_hours: 200  does not go with cadence: weekly (the default): the next 1:1 is due after 168 hours, before the answer.
    Write answer_by_hours of 167 or less, or leave the line out.""",
    ),
    Case(
        "reminders after the answer",
        PROGRAM
        + """\
nudge_after_hours: 72
answer_by_hours: 60
""",
        """\
programs/koss.yaml:10:18 answer_by_hours: 60  does not go with nudge_after_hours: 72 (line 9): waiting ends after 60 hours, so a reminder never goes.
    Write reminders before 60 hours, or a longer answer_by_hours.""",
    ),
    Case(
        "a monthly time without which",
        PROGRAM + "cadence: monthly\n",
        """\
programs/koss.yaml:9:10 cadence: monthly  does not go with at: Tue 15:00 (line 5): the time does not say which Tue of the month.
    Write at: first Tue 15:00 (or second, third, fourth, last).""",
    ),
    Case(
        "a pairing's cadence without which",
        PROGRAM + "    cadence: quarterly\n",
        """\
programs/koss.yaml:9:14 cadence: quarterly  does not go with at: Tue 15:00 (line 5): the time does not say which Tue of the month.
    Write at: first Tue 15:00 (or second, third, fourth, last).""",
    ),
    Case(
        "a locked time that one pairing has not",
        PROGRAM.replace("at: Tue 15:00\n", "")
        + """\
    at: Tue 15:00
  - mentor: Ana Rao
    mentee: Chi Lin <chi@example.org>
locked: at
""",
        """\
programs/koss.yaml:11:9 locked: at  does not go with the pairing of Ana Rao and Chi Lin (line 9): it has no at:, and could not agree on one.
    Give every pairing an at:, or take at out of locked.""",
    ),
    Case(
        "a weekly time with which",
        PROGRAM + "    at: first Tue 15:00\n",
        """\
programs/koss.yaml:9:9 at: first Tue 15:00  does not go with cadence: weekly (the default): weeks are counted, so there is no first one.
    Write at: Tue 15:00, or cadence: monthly.""",
    ),
    Case(
        "one mailbox, and two answers to who reads along",
        {
            "koss.yaml": PROGRAM.replace("at: Tue", "mailbox_readers: nobody\nat: Tue"),
            "thesis.yaml": PROGRAM.replace("at: Tue", "mailbox_readers: [Maya, Tom]\nat: Wed")
            .replace("ana@", "eva@")
            .replace("ben@", "chi@")
            .replace("Ana Rao", "Eva Roy")
            .replace("Ben Das", "Chi Lin"),
            "third.yaml": PROGRAM.replace("at: Tue", "at: Thu")
            .replace("ana@", "gil@")
            .replace("ben@", "hal@")
            .replace("Ana Rao", "Gil Sol")
            .replace("Ben Das", "Hal Ito"),
        },
        """\
programs/thesis.yaml:5:18 mailbox_readers: Maya, Tom  and programs/koss.yaml, with the same mailbox, says nobody.
    Who has the key of a mailbox reads the letters of both: write the same in both files.""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_settings_that_exclude_each_other_are_refused(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
