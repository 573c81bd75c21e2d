"""Rules that can never fire: a warning each, and the files are used (literal file, literal answer).

Not contradictions, which are refused.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import HEAD, PROGRAM, Case, write

TODAY = date(2026, 6, 1)

CASES = [
    Case(
        "a second time of sessions",
        PROGRAM.replace("at: Tue 15:00", "cadence: 3 sessions in 6 weeks")
        + "fallback_at: Thu 16:00\n",
        """\
programs/koss.yaml:9:14 Warning: fallback_at: Thu 16:00  has no effect with cadence: 3 sessions in 6 weeks (line 5): each session finds a time of its own.
    Delete fallback_at:.""",
    ),
    Case(
        "no buffer around what ends on time",
        PROGRAM + "hard_stop: true\nbuffer_minutes: 0\n",
        """\
programs/koss.yaml:10:17 Warning: buffer_minutes: 0  has no effect with hard_stop: true (line 9): 10 minutes are kept free around each 1:1.
    Write how many you want, or delete the line.""",
    ),
    Case(
        "a server's name whose word is not asked for",
        PROGRAM + "authserv_id: mx.koss.example\n",
        """\
programs/koss.yaml:9:14 Warning: authserv_id: mx.koss.example  has no effect with verify: token (the default): our token alone proves a sender.
    Write verify: results.""",
    ),
    Case(
        "a reminder after the answer by default",
        PROGRAM + "nudge_after_hours: 72\n",
        """\
programs/koss.yaml:9:20 Warning: nudge_after_hours: 72  has no effect with answer_by_hours: by the cadence: weekly 48; biweekly 96; rarer 168 (the default): waiting ends after 48 hours, so a reminder never goes.
    Write reminders before 48 hours, or a longer answer_by_hours.""",
    ),
    Case(
        "an answer before the reminder by default",
        PROGRAM + "answer_by_hours: 20\n",
        """\
programs/koss.yaml:9:18 Warning: answer_by_hours: 20  leaves no effect to nudge_after_hours: by the cadence: weekly 24; biweekly 48; rarer 48, 96 (the default): waiting ends after 20 hours, so a reminder never goes.
    Write reminders before 20 hours, or a longer answer_by_hours.""",
    ),
    Case(
        "the last reminder too late",
        PROGRAM
        + """\
nudge_after_hours: 20, 50
answer_by_hours: 40
""",
        """\
programs/koss.yaml:10:18 Warning: answer_by_hours: 40  leaves no effect to nudge_after_hours: 20, 50 (line 9): waiting ends after 40 hours, so a reminder never goes.
    Write reminders before 40 hours, or a longer answer_by_hours.""",
    ),
    Case(
        "reminders too late for one pairing",
        PROGRAM
        + """\
    cadence: weekly
    at: Tue 15:00
cadence: biweekly
nudge_after_hours: 60
""",
        """\
programs/koss.yaml:9:14 Warning: cadence: weekly  leaves no effect to nudge_after_hours: 60 (line 12): waiting ends after 48 hours, so a reminder never goes.
    Write reminders before 48 hours, or a longer answer_by_hours.""",
    ),
    Case(
        "MOVE always too late",
        PROGRAM
        + """\
no_change_hours: 168
undo_until_hours: 200
""",
        """\
programs/koss.yaml:9:18 Warning: no_change_hours: 168  has no effect with cadence: weekly (the default): the next 1:1 is never further away than 168 hours, so MOVE always comes too late.
    Write less than 168.""",
    ),
    Case(
        "a prep in the night",
        PROGRAM + "prep_mentor_at: 06:00\n",
        """\
programs/koss.yaml:9:17 Warning: prep_mentor_at: 06:00  has no effect with quiet_hours: 21:00-07:00 (the default): that letter always goes earlier, before 21:00.
    Write an hour between 07:00 and 21:00.""",
    ),
    Case(
        "a night over a prep",
        PROGRAM + "quiet_hours: 17:00-07:00\n",
        """\
programs/koss.yaml:9:14 Warning: quiet_hours: 17:00-07:00  leaves no effect to prep_mentee_at: 18:00 (the default): that letter always goes earlier, before 17:00.
    Write an hour between 07:00 and 17:00.""",
    ),
    Case(
        "a pair whose prep would come in the night of the program",
        PROGRAM + "    prep_mentor_at: 06:00\n",
        """\
programs/koss.yaml:9:21 Warning: prep_mentor_at: 06:00  has no effect with quiet_hours: 21:00-07:00 (the default): that letter always goes earlier, before 21:00.
    Write an hour between 07:00 and 21:00.""",
    ),
    Case(
        "a prep of one pair, where a card comes",
        HEAD
        + """\
pairings:
  - {mentor: Ana Rao <ana@example.org>, mentee: Ben Das <ben@example.org>, at: Tue 15:00, prep_mentor_at: 08:00}
  - {mentor: Ana Rao, mentee: Chi Lin <chi@example.org>, at: Wed 15:00}
  - {mentor: Ana Rao, mentee: Dan Ode <dan@example.org>, at: Thu 15:00}
""",
        """\
programs/koss.yaml:7:107 Warning: prep_mentor_at: 08:00  has no effect with week_card_from: 3 (the default): Ana Rao has 3 pairings, and gets one card a week.
    Delete it, or write week_card_from: 0 for the program.""",
    ),
    Case(
        "a lead of one pair, where a card comes",
        HEAD
        + """\
pairings:
  - {mentor: Ana Rao <ana@example.org>, mentee: Ben Das <ben@example.org>, at: Tue 15:00, prep_mentee_days: 2, prep_mentor_days: 1}
  - {mentor: Ana Rao, mentee: Chi Lin <chi@example.org>, at: Wed 15:00}
  - {mentor: Ana Rao, mentee: Dan Ode <dan@example.org>, at: Thu 15:00}
""",
        """\
programs/koss.yaml:7:130 Warning: prep_mentor_days: 1  brings no prep with week_card_from: 3 (the default): Ana Rao has 3 pairings, and gets one card a week, and on that day a copy of what the mentee has written, where the card has not shown it.
    Keep it for that, or write week_card_from: 0 for the program.""",
    ),
    Case(
        "a mentor on whose clock it is later",
        {
            "koss.yaml": PROGRAM
            + "    prep_mentee_at: 09:00\n    prep_mentor_days: 1\n    prep_mentor_at: 18:00\n",
            "people.yaml": "ana-rao: {name: Ana Rao, address: ana@example.org, zone: Asia/Tokyo, hours: every day 00:00-24:00}\n"
            "ben-das: {name: Ben Das, address: ben@example.org, zone: Europe/Lisbon, hours: every day 00:00-24:00}\n",
        },
        """\
programs/koss.yaml:10:23 Warning: prep_mentor_days: 1  lets the mentor's prep, at 18:00 in Asia/Tokyo, go before that of Ben Das, at 09:00 in Europe/Lisbon.
    Write more days for prep_mentee_days, or fewer for prep_mentor_days.""",
    ),
    Case(
        "asked about an end that is none",
        PROGRAM
        + """\
extend_ask_days: 20
extend_weeks: 5
""",
        """\
programs/koss.yaml:9:18  Warning: extend_ask_days: 20  has no effect: nothing ends.
    Add ends: or minimum_weeks:, or delete the line.
programs/koss.yaml:10:15 Warning: extend_weeks: 5  has no effect: nothing ends.
    Add ends: or minimum_weeks:, or delete the line.""",
    ),
    Case(
        "an assessment at the end of what has none",
        PROGRAM + "assess: end\n",
        """\
programs/koss.yaml:9:9 Warning: assess: end  has no effect: nothing ends.
    Add ends: or minimum_weeks:, or another moment.""",
    ),
    Case(
        "extended by nobody",
        PROGRAM
        + """\
extend_weeks: 3
extend_ask_days: 0
ends: 2027-06-30
""",
        """\
programs/koss.yaml:10:18 Warning: extend_ask_days: 0  leaves no effect to extend_weeks: 3 (line 9): nobody is asked.
    Delete one of the two.""",
    ),
    Case(
        "asked about an end that is locked",
        PROGRAM
        + """\
locked: ends
ends: 2027-06-30
extend_ask_days: 7
""",
        """\
programs/koss.yaml:11:18 Warning: extend_ask_days: 7  has no effect with locked: ends (line 9): the end is not theirs to put off.
    Delete it.""",
    ),
    Case(
        "locked, and not there",
        PROGRAM + "locked: cadence, ends\n",
        """\
programs/koss.yaml:9:9 Warning: locked: cadence, ends  has no effect: it names ends, and none is set.
    Add ends:, or take it out.""",
    ),
    Case(
        "a time to answer what is never asked",
        PROGRAM
        + """\
still_good_letters: 0
still_good_answer_days: 9
""",
        """\
programs/koss.yaml:10:25 Warning: still_good_answer_days: 9  has no effect with still_good_letters: 0 (line 9): nobody is asked.
    Delete one of the two.""",
    ),
    Case(
        "one after another, and all at once",
        PROGRAM
        + """\
new_people_per_hour: 5
first_run: send
""",
        """\
programs/koss.yaml:10:12 Warning: first_run: send  leaves no effect to new_people_per_hour: 5 (line 9): the first letters all go at once.
    Write first_run: hold, or delete it.""",
    ),
    Case(
        "booked before the mentor has chosen",
        PROGRAM
        + """\
policy: auto-book
initiator: mentor
""",
        """\
programs/koss.yaml:10:12 Warning: initiator: mentor  leaves no effect to policy: auto-book (line 9): nothing is booked before the mentor has chosen.
    Write initiator: mentee, or policy: ask.""",
    ),
    Case(
        "days of goals that nobody is asked for",
        PROGRAM + "goal_days: 30, 60\n",
        """\
programs/koss.yaml:9:12 Warning: goal_days: 30, 60  has no effect: nobody is asked for goals.
    Add goals: smart, or delete it.""",
    ),
    Case(
        "days of goals that nobody is asked for, and the preset's would be",
        "preset: wealljs\n" + PROGRAM + "goals: none\ngoal_days: none\n",
        """\
programs/koss.yaml:10:8  Warning: goals: none  is not what the guide behind preset: wealljs wants: “what the overall goals for the relationship will be” (S2.15).
    Write goals: plain; or leave it, if you know better.
programs/koss.yaml:11:12 Warning: goal_days: none  has no effect: nobody is asked for goals.
    Change goals:, or delete it.""",
    ),
    Case(
        "a letter after an end that never comes",
        PROGRAM + "follow_up_days: 90\n",
        """\
programs/koss.yaml:9:17 Warning: follow_up_days: 90  has no effect: nothing ends.
    Add ends: or minimum_weeks:, or delete the line.""",
    ),
    Case(
        "ahead of no break",
        PROGRAM + "break_ahead_days: 3\n",
        """\
programs/koss.yaml:9:19 Warning: break_ahead_days: 3  has no effect: there is no break.
    Add breaks:, or delete the line.""",
    ),
    Case(
        "a break before the start and one after the end",
        PROGRAM
        + """\
starts: 2026-09-07
ends: 2026-12-31
breaks:
  - 2025-12-20 to 2026-01-06 Christmas
  - 2027-03-01
""",
        """\
programs/koss.yaml:12:5 Warning: breaks: 2025-12-20 to 2026-01-06  has no effect: it is over before the first start, 2026-09-07.
    Look at its year, or delete it.
programs/koss.yaml:13:5 Warning: breaks: 2027-03-01  has no effect: it begins after the last end, 2026-12-31.
    Look at its year, or delete it.""",
    ),
    Case(
        "a break that is past",
        PROGRAM + "breaks: [2025-12-20 to 2026-01-06, 2026-12-20 to 2027-01-06]\n",
        """\
programs/koss.yaml:9:10 Warning: breaks: 2025-12-20 to 2026-01-06  has no effect: it is past.
    Look at its year, or delete it.""",
    ),
    Case(
        "a program that is over",
        PROGRAM + "ends: 2026-03-31\n",
        """\
programs/koss.yaml:9:7 Warning: ends: 2026-03-31  is past, so nobody meets any more.
    Write a later end.""",
    ),
    Case(
        "a pairing that is over is no news",
        PROGRAM + "    ends: 2026-03-31\n",
        """\
""",
    ),
    Case(
        "a time and two lengths for a plan of sessions",
        PROGRAM
        + """\
    cadence: 6 sessions in 12 weeks
    length_minutes: 30, 60
""",
        """\
programs/koss.yaml:9:14  Warning: cadence: 6 sessions in 12 weeks  leaves no effect to at: Tue 15:00 (line 5): each session finds a time of its own.
    Delete at:.
programs/koss.yaml:10:21 Warning: length_minutes: 30, 60  has no effect with cadence: 6 sessions in 12 weeks (line 9): sessions take 30 minutes each.
    Write one length.""",
    ),
    Case(
        "the end of no pause",
        PROGRAM + "    resumes: 2027-01-11\n",
        """\
programs/koss.yaml:9:14 Warning: resumes: 2027-01-11  has no effect without state: paused.
    Add state: paused, or delete the line.""",
    ),
    Case(
        "the end of no pause, but of the pairing",
        PROGRAM
        + """\
    state: closing
    resumes: 2027-01-11
""",
        """\
programs/koss.yaml:10:14 Warning: resumes: 2027-01-11  has no effect with state: closing (line 9): nothing is paused.
    Write state: paused.""",
    ),
    Case(
        "a pause that is over",
        PROGRAM
        + """\
    state: paused
    resumes: 2026-05-01
""",
        """\
programs/koss.yaml:10:14 Warning: resumes: 2026-05-01  is past, so nothing is paused any more.
    Delete this line and state: paused.""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_rules_that_never_fire_are_warned_of(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files), TODAY)
    assert report(loaded.problems) == case.told
    assert not loaded.errors
