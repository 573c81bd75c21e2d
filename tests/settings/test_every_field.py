"""Every setting finds its field: good files that say all of it, and the values that come of them, literally.

Not mistakes, and not defaults, which stand in daemon/domain.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from daemon.decide import ladder
from daemon.decide.patience import answer_time, reminders
from daemon.domain.agenda import Agenda, Block
from daemon.domain.alone import Agreement
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days, Hours, LetterRules, Line, Person, Substitution
from daemon.domain.program import Program, Reader
from daemon.domain.value import replace
from daemon.settings import few_kinds, load, report
from daemon.settings.program_table import PROGRAM as SETTINGS
from tests.settings.folders import HEAD, PROGRAM, write

WEEKDAYS = tuple(Hours(day, 540, 1080) for day in range(5))
EVERY_DAY = tuple(Hours(day, 480, 1260) for day in range(7))

OF_A_PROGRAM = """\
preset: koss
id: koss-2027
language: pt_br
help_to: Eva Roy <eva@example.org>
letters_to: maya@example.org
mentor_called: lead
mentee_called: member
resources: https://koss.example.org/help
conduct: https://koss.example.org/conduct
cadence: Every 3 weeks
length_minutes: [45, 60]
starts: 2026-09-07
ends: 2027-06-30
anchor: Europe/Berlin
link: https://meet.example.org/a#b
minimum_weeks: 12
extend_ask_days: 21
extend_weeks: 6
holidays: IN, de-be
breaks:
  - 2026-12-20 to 2027-01-06 exam break
  - 2027-03-22
  - {from: 2027-05-01, to: 2027-05-03, name: festival}
break_ahead_days: 10
locked: [length_minutes, at]
series_notice_hours: 72
session_days: 14, 50
organizer: mentor
initiator: mentor
policy: auto-after-deadline
offers: 2
rounds: 4
notice_hours: 12
no_change_hours: 10
slot_closes_hours: 3
slot_grid_minutes: 15
buffer_minutes: 5
mentor_meetings_per_day: 6
mentee_meetings_per_day: 2
nudge_after_hours: 20, 30
answer_by_hours: 40
undo_until_hours: 11
undo_minutes: 20
repair_wait_minutes: 0
off_within_hours: 10
clash_answer_hours: 12
absence_days: 4
series_gone_hours: 30
between: Signal, within two days
quiet_hours: 22:30 – 06:15
urgent_hours: 8
letters_per_day: 2
letters_per_week: 4
letters_hard_cap: 9
week_card_from: 5
prep_mentee_at: 17:45
prep_mentor_at: 08:10
prep_mentee_days: 3
prep_mentor_days: 2
notes_after_minutes: 15
mentor_notes_days: 30
copy_after_minutes: 5
share_notes: next_prep
setup_nudge_days: [1, 3]
setup_tell_days: 6
reconnect_days: 0, 2
troubled_after_hours: 5
troubled_tell_hours: 20
catch_up_hours: 24
presume_after_days: 8
correct_within_days: 10
kindly_after: 1 of 4
lighter_after: 2 of the last 5
word_after: never
still_good_letters: 4
still_good_steps: 2
still_good_answer_days: 5
pause_days_max: 50
resume_ahead_days: 3
notice_days: 7
closing_held_least: 2
closing_share_percent: 50
maybe_spam_letters: 3
guard_share_percent: 30
guard_pairings: 4
guard_letters: 60
first_run: send
new_people_per_hour: 5
verify: results
authserv_id: mx.koss.example
questions: practical
themes_left_out: [feedback, check-in]
sensitive_questions: true
mailbox_readers: [Maya, Tom]
meeting_types:
  first: [40 what you hope for, 20 how you work]
  regular:
    - 5 how you are
    - 25 1:1 in your words
prep_asks:
  - What came of your last task, and how well did it go?
  - Which help would be good?
notes_asks: Anything else
hard_stop: yes
fallback_at: thu 16:00
agreement: koss-agreement.md
check_weeks: 6
chemistry: yes
development_weeks: 10
maintenance_word: yes
assess: [start, end]
exit_survey: yes
notes_keep_days: 90
goals: Smart
goal_days: [20, 50]
halfway: true
follow_up_days: 90
reports: [Monthly, weekly]
reports_to: [Eva Roy <Eva@example.org> Monthly and weekly, Board <board@example.org>]
"""


@pytest.mark.parametrize("none", ["none", "[]"])
def test_no_days_for_goals(tmp_path: Path, none: str) -> None:
    loaded = load(write(tmp_path, PROGRAM + f"goal_days: {none}\n"))
    assert report(loaded.errors) == ""
    assert loaded.config.programs[0].goal_days == ()


EXPECTED = Program(
    banks=("practical",), themes_left_out=("feedback", "check-in"), sensitive_questions=True,
    id="koss-2027", name="KOSS 1:1s", contact_name="Maya", contact="maya@example.org",
    mailbox="koss@example.org", notes_keep_days=90, timezone="Asia/Kolkata", language="pt-BR",
    reports=("weekly", "monthly"),
    reports_to=(Reader("Eva Roy", "eva@example.org", ("weekly", "monthly")), Reader("Board", "board@example.org")),
    help_to="eva@example.org", help_name="Eva Roy", mailbox_readers=("Maya", "Tom"),
    goals="smart", goal_days=(20, 50), halfway=True, follow_up_days=90,
    letters_to="maya@example.org", mentor_called="lead", mentee_called="member",
    resources="https://koss.example.org/help", conduct="https://koss.example.org/conduct",
    cadence=Cadence(Step(weeks=3)), lengths_minutes=(45, 60), minimum_weeks=12,
    extend_ask_days=21, extend_weeks=6, holidays=("IN", "DE-BE"),
    breaks=(
        Days(date(2026, 12, 20), date(2027, 1, 6), "exam break"),
        Days(date(2027, 3, 22), date(2027, 3, 22)),
        Days(date(2027, 5, 1), date(2027, 5, 3), "festival"),
    ),
    break_ahead_days=10, locked=("length", "at"), series_notice_hours=72, session_days=(14, 50),
    organizer="mentor", initiator="mentor", policy="auto-after-deadline", offers=2,
    rounds=4, notice_hours=12, no_change_hours=10, slot_closes_hours=3,
    slot_grid_minutes=15, buffer_minutes=5, mentor_meetings_per_day=6,
    mentee_meetings_per_day=2, nudge_after_hours=(20, 30), answer_by_hours=40,
    undo_until_hours=11, undo_minutes=20, repair_wait_minutes=0, off_within_hours=10,
    clash_answer_hours=12, absence_days=4, series_gone_hours=30, between="Signal, within two days", quiet_from_minute=1350,
    quiet_to_minute=375, urgent_hours=8, letters_per_day=2, letters_per_week=4,
    letters_hard_cap=9, week_card_from=5, prep_mentee_minute=1065, prep_mentor_minute=490, prep_mentee_days=3, prep_mentor_days=2,
    notes_after_minutes=15, mentor_notes_days=30, copy_after_minutes=5,
    share_notes="next_prep", setup_nudge_days=(1, 3), setup_tell_days=6,
    reconnect_days=(0, 2), troubled_after_hours=5, troubled_tell_hours=20,
    catch_up_hours=24, presume_after_days=8, correct_within_days=10, kindly_after=(1, 4),
    lighter_after=(2, 5), word_after=(0, 8), still_good_letters=4, still_good_steps=2,
    still_good_answer_days=5, pause_days_max=50, resume_ahead_days=3, notice_days=7,
    closing_held_least=2, closing_share_percent=50, maybe_spam_letters=3,
    guard_share_percent=30, guard_pairings=4, guard_letters=60, first_run="send",
    new_people_per_hour=5, verify="results", authserv_id="mx.koss.example",
    prep_asks=(
        "What came of your last task, and how well did it go?", "Which help would be good?",
    ),
    notes_asks=("Anything else",), hard_stop=True,
    meeting_types=(
        Agenda("first", (Block(40, "what you hope for"), Block(20, "how you work"))),
        Agenda("regular", (Block(5, "how you are"), Block(25, "1:1 in your words"))),
    ),
    agreement_file="koss-agreement.md", check_weeks=6, chemistry=True, development_weeks=10, maintenance_word=True, assess=("start", "end"), exit_survey=True, agreement=Agreement("We agree.", "6b8fc84"),
)  # fmt: skip


def test_every_setting_of_a_program(tmp_path: Path) -> None:
    text = PROGRAM.replace("at: Tue 15:00", "at: wednesday 9:05") + OF_A_PROGRAM
    files = {"koss.yaml": text, "koss-agreement.md": "We agree."}
    loaded = load(write(tmp_path, files))
    assert report(loaded.errors) == ""
    (program,) = loaded.config.programs
    assert any(each.sensitive for each in program.asks)
    assert "Ask first, advise second." in program.thoughts
    assert replace(program, asks=(), thoughts=()) == EXPECTED
    line = loaded.config.lines[0]
    assert line.fallback_at == RegularTime(3, 16, 0)
    assert (line.program, line.anchor, line.at, line.starts, line.ends) == (
        "koss-2027", "Europe/Berlin", RegularTime(2, 9, 5), date(2026, 9, 7), date(2027, 6, 30),
    )  # fmt: skip
    assert (line.cadence, line.lengths_minutes, line.link) == (
        Cadence(Step(weeks=3)), (45, 60), "https://meet.example.org/a#b",
    )  # fmt: skip
    assert (line.between, line.letters) == ("Signal, within two days", LetterRules())


PEOPLE = """\
ana-rao:
  name: Ana Rao
  address: Ana@Example.org
  zone: Europe/Berlin
  hours: [Mon-Wed 09:00-12:00, "Mon,Fri 14:00-24:00"]
  blackout: [Mon 10:00-10:30, Fri 20:00-24:00]
  holidays: [DE-BE, BR-SP]
  away: [2026-12-20 to 2027-01-06, 2027-03-22, {from: 2027-05-01, to: 2027-05-03}]
  overbook: 3
  page: https://example.org/ana
  most_mentees: 3
  quiet_hours: 18:00-09:00
  clock: 12
no: {name: Zoë Łukasz, address: zoe@example.org, zone: America/Toronto, language: PT, calendar: auto}
cara: {name: Cara Lim, address: cara@example.org, zone: America/Toronto}
"""


def test_every_setting_of_a_person_and_of_a_pairing(tmp_path: Path) -> None:
    pairings = (
        "cadence: biweekly\nquestions: practical\n"
        "pairings:\n"
        "  - {mentor: ana-rao, mentee: 'no', id: ana-zoe, at: last Mon 14:00, anchor: mentee,\n"
        "     starts: 2026-09-07, ends: 2027-01-31, cadence: monthly, length_minutes: '60, 30',\n"
        "     state: paused, resumes: 2027-01-11, link: Room 4, between: our Slack,\n"
        "     themes_left_out: [feedback, check-in],\n"
        "     quiet_hours: 20:00-08:00, letters_per_day: 2, letters_per_week: 5, prep_mentee_at: 17:30,\n"
        "     prep_mentor_at: 08:30, prep_mentee_days: 4, prep_mentor_days: 1, substitute: {mentor: cara, from: 2026-12-01, to: 2026-12-15}}\n"
        "  - {mentor: zoë  łukasz, mentee: Ben Das <ben@example.org>, at: Wed 08:00, fallback_at: Fri 9:30}\n"
    )
    loaded = load(write(tmp_path, {"koss.yaml": HEAD + pairings, "people.yaml": PEOPLE}))
    assert report(loaded.errors) == ""
    ana = Person(
        "ana-rao", "Ana Rao", "ana@example.org", "Europe/Berlin",
        (
            Hours(0, 540, 720), Hours(1, 540, 720), Hours(2, 540, 720),
            Hours(0, 840, 1440), Hours(4, 840, 1440),
        ),
        clock_hours=12, holidays=("DE-BE", "BR-SP"),
        away=(
            Days(date(2026, 12, 20), date(2027, 1, 6)), Days(date(2027, 3, 22), date(2027, 3, 22)),
            Days(date(2027, 5, 1), date(2027, 5, 3)),
        ),
        blackout=(Hours(0, 600, 630), Hours(4, 1200, 1440)), overbook=3,
        page="https://example.org/ana", quiet=(1080, 540),
    )  # fmt: skip
    most = {known.id: known.get("most_mentees") for known in loaded.people}
    assert most == {"ana-rao": 3, "no": None, "cara": None, "ben-das": None}
    zoe = Person("no", "Zoë Łukasz", "zoe@example.org", "America/Toronto", WEEKDAYS, language="pt")
    ben = Person("ben-das", "Ben Das", "ben@example.org", "Asia/Kolkata", EVERY_DAY)
    cara = Person("cara", "Cara Lim", "cara@example.org", "America/Toronto", WEEKDAYS)
    december = Days(date(2026, 12, 1), date(2026, 12, 15))
    assert loaded.config.lines == (
        Line(
            "ana-zoe", "koss", ana, zoe, "America/Toronto", RegularTime(0, 14, 0, -1),
            date(2026, 9, 7), date(2027, 1, 31), Cadence(Step(months=1, nth=1)), (60, 30), "Room 4",
            "paused", date(2027, 1, 11), between="our Slack", themes_left_out=("feedback", "check-in"),
            letters=LetterRules((1200, 480), 2, 5, 1050, 510, 4, 1),
            substituted=Substitution("no-cara-20261201", "Cara Lim", december),
        ),
        Line(
            "no-ben-das", "koss", zoe, ben, "America/Toronto", RegularTime(2, 8, 0),
            cadence=Cadence(Step(weeks=2)), fallback_at=RegularTime(4, 9, 30),
        ),
        Line(
            "no-cara-20261201", "koss", cara, zoe, "America/Toronto", RegularTime(1, 15, 0),
            december.first, december.last, Cadence(Step(months=1, nth=1)), (60, 30),
            stands_in=Substitution("ana-zoe", "Ana Rao", december),
        ),
    )  # fmt: skip


def test_cadences(tmp_path: Path) -> None:
    for text, cadence in {
        "weekly": Cadence(Step(weeks=1)),
        "every 2 weeks": Cadence(Step(weeks=2)),
        "every 26 weeks": Cadence(Step(weeks=26)),
        "monthly": Cadence(Step(months=1, nth=1)),
        "Quarterly": Cadence(Step(months=3, nth=1)),
        "6 sessions in 12 weeks": Cadence(sessions=6, within_days=84),
        "1 session within 3 months": Cadence(sessions=1, within_days=90),
    }.items():
        files = PROGRAM.replace("at: Tue 15:00\n", f"cadence: {text}\n")
        loaded = load(write(tmp_path, files))
        assert loaded.problems == ()
        assert loaded.config.programs[0].cadence == loaded.config.lines[0].cadence == cadence


def test_regular_times_of_a_month(tmp_path: Path) -> None:
    for text, at in {
        "first Tue 15:00": RegularTime(1, 15, 0, 1),
        "2nd tuesday 9:30": RegularTime(1, 9, 30, 2),
        "Third Thu 15:00": RegularTime(3, 15, 0, 3),
        "fourth Mon 15:00": RegularTime(0, 15, 0, 4),
        "last Fri 15:00": RegularTime(4, 15, 0, -1),
    }.items():
        loaded = load(write(tmp_path, PROGRAM.replace("Tue 15:00", f"{text}\ncadence: monthly")))
        assert loaded.problems == ()
        assert loaded.config.lines[0].at == at


def test_the_same_length_twice_is_one(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, PROGRAM + "length_minutes: 45, 45\n"))
    assert loaded.config.programs[0].lengths_minutes == (45,)


def test_bounds_and_defaults_are_those_of_the_rules() -> None:
    by_name = {setting.name: setting for setting in SETTINGS}
    assert few_kinds.REMEMBERED == ladder.REMEMBERED
    steps = {"weekly": Step(weeks=1), "biweekly": Step(weeks=2), "rarer": Step(months=1)}
    bare = Program("k", "K", "Maya", "maya@example.org", "k@example.org", "UTC")
    for name, waits in {
        "nudge_after_hours": {name: reminders(step, bare) for name, step in steps.items()},
        "answer_by_hours": {name: (answer_time(step, bare),) for name, step in steps.items()},
    }.items():
        told = "; ".join(
            f"{step} {', '.join(str(wait // timedelta(hours=1)) for wait in each)}"
            for step, each in waits.items()
        )
        assert by_name[name].default == f"by the cadence: {told}"
