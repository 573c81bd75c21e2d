"""Good files, and the Config that comes of them, literally.

Not mistakes: those stand in test_wrong_*.py.
"""

from __future__ import annotations

from pathlib import Path

from daemon.domain.cadence import RegularTime
from daemon.domain.people import Hours, Line, Person
from daemon.domain.program import Config, Program, Reader
from daemon.settings import Account, load, load_or_raise, report, summary
from daemon.settings.pairings import pairing_key
from daemon.settings.roster import slug
from tests.settings.folders import HEAD, PROGRAM, ROSTER, write

WEEKDAYS = tuple(Hours(day, 540, 1080) for day in range(5))
EVERY_DAY = tuple(Hours(day, 480, 1260) for day in range(7))
ANA = Person("ana-rao", "Ana Rao", "ana@example.org", "Asia/Kolkata", WEEKDAYS)
BEN = Person("ben-das", "Ben Das", "ben@example.org", "Asia/Kolkata", EVERY_DAY)
KOSS = Program(
    id="koss",
    name="KOSS 1:1s",
    contact_name="Maya",
    contact="maya@example.org",
    mailbox="koss@example.org",
    timezone="Asia/Kolkata",
    help_to="maya@example.org",
    help_name="Maya",
)
LINE = Line("ana-rao-ben-das", "koss", ANA, BEN, "Asia/Kolkata", RegularTime(1, 15, 0))


def test_a_small_program(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, PROGRAM))
    assert loaded.problems == ()
    auto = ("ana@example.org", "ben@example.org")
    assert loaded.config == Config((KOSS,), (LINE,), auto=auto)
    assert loaded.account("ana@example.org") == Account("ana@example.org", "local", "local")
    assert list(loaded.accounts) == ["ana@example.org", "ben@example.org", "koss@example.org"]


def test_values_stay_as_they_are_written_trap_79(tmp_path: Path) -> None:
    text = (
        PROGRAM.replace("KOSS 1:1s", "NO").replace("Ana Rao", "Yes Null").replace("koss@", "010@")
        + "    link: 1.10\n"
    )
    loaded = load(write(tmp_path, text))
    assert loaded.problems == ()
    assert loaded.config.programs[0].name == "NO"
    assert loaded.config.programs[0].mailbox == "010@example.org"
    assert loaded.config.lines[0].mentor.name == "Yes Null"
    assert loaded.config.lines[0].link == "1.10"


def test_a_list_of_people_and_names_before_their_addresses(tmp_path: Path) -> None:
    people = "- {name: 陳 美, address: chen.mei@example.org}\n"
    pairings = (
        "pairings:\n"
        "  - {mentor: Ana Rao, mentee: 陳 美}\n"
        "  - {mentor: Ana Rao <ana@example.org>, mentee: Ben Das <ben@example.org>}\n"
        "  - {mentor: Maya, mentee: ben@example.org}\n"
    )
    loaded = load(write(tmp_path, {"koss.yaml": HEAD + pairings, "people.yaml": people}))
    assert loaded.problems == ()
    assert [line.pairing for line in loaded.config.lines] == [
        "ana-rao-chen-mei",
        "ana-rao-ben-das",
        "maya-ben-das",
    ]


def test_a_person_is_one_person_in_all_programs(tmp_path: Path) -> None:
    second = PROGRAM.replace("Asia/Kolkata", "Asia/Tokyo").replace("Ben Das <ben", "Bob Das <bob")
    loaded = load(write(tmp_path, {"b.yaml": second, "a.yaml": PROGRAM}))
    assert report(loaded.problems) == (
        "programs/b.yaml:7:13 Warning: mentor: Ana Rao  is in programs of two timezones, "
        "Asia/Kolkata and Asia/Tokyo.\n"
        "    Asia/Kolkata is used; write the zone that is meant in people.yaml."
    )
    assert [(line.program, line.mentor.zone, line.mentee.zone) for line in loaded.config.lines] == [
        ("a", "Asia/Kolkata", "Asia/Kolkata"),
        ("b", "Asia/Kolkata", "Asia/Tokyo"),
    ]
    assert summary(loaded.config) == (
        "OK.\n"
        "KOSS 1:1s: 1 pairing, 2 people, weekly 30 min.\n"
        "KOSS 1:1s: 1 pairing, 2 people, weekly 30 min.\n"
        "Nothing has been sent. Next: run.py plan"
    )


def test_the_summary_tells_different_rhythms_and_who_is_asked(tmp_path: Path) -> None:
    pairings = (
        "ends: 2027-06-30\npairings:\n"
        "  - {mentor: Ana Rao <ana@example.org>, mentee: Ben Das <ben@example.org>, at: Tue 10:00}\n"
        "  - {mentor: Ana Rao, mentee: Chi Lin <chi@example.org>, cadence: monthly,\n"
        "     length_minutes: 60}\n"
        "  - {mentor: Ana Rao, mentee: Eva Roy <eva@example.org>, at: Wed 10:00}\n"
        "  - {mentor: Ana Rao, mentee: Dov Ram <dov@example.org>, length_minutes: '30, 60'}\n"
        "  - {mentor: Ana Rao, mentee: Fay Sun <fay@example.org>, cadence: 4 sessions in 8 weeks}\n"
    )
    loaded = load_or_raise(write(tmp_path, HEAD.replace("at: Tue 15:00\n", "") + pairings))
    assert loaded.problems == ()
    assert [line.pairing for line in loaded.waiting] == ["ana-rao-chi-lin", "ana-rao-dov-ram"]
    assert summary(loaded.config, loaded.waiting) == (
        "OK. 5 pairings, 6 people, 2 × weekly 30 min, 1 × monthly 60 min, 1 × weekly 30 and 60 min "
        "and 1 × 4 sessions in 8 weeks, 30 min until 30 June 2027. 2 of them have no `at:` and will be asked "
        "for a time. Nothing has been sent. Next: run.py plan"
    )


def test_a_single_session_is_one(tmp_path: Path) -> None:
    said = HEAD.replace("at: Tue 15:00", "cadence: 1 session in 8 weeks") + ROSTER
    assert "2 people, 1 session in 8 weeks, 30 min." in summary(load(write(tmp_path, said)).config)


def test_a_time_outside_the_hours_of_one_side_is_a_warning(tmp_path: Path) -> None:
    """Noon in Berlin is evening in Taipei, but only in winter is it too late: clocks change."""
    people = (
        "ana: {name: Ana Rao, address: ana@example.org, zone: Europe/Berlin}\n"
        "chi: {name: Chi Lin, address: chi@example.org, zone: Asia/Taipei}\n"
    )
    pairing = "pairings:\n  - {mentor: ana, mentee: chi, at: Tue 14:15, starts: 2026-09-07}\n"
    loaded = load(write(tmp_path, {"koss.yaml": HEAD + pairing, "people.yaml": people}))
    assert report(loaded.problems) == (
        "programs/koss.yaml:7:36 Warning: at: Tue 14:15  is Tue 21:15 in Taipei on 27 October 2026, "
        "outside the hours of Chi Lin: every day 08:00-21:00.\n"
        "    Choose another time, or write the hours that are meant in people.yaml."
    )
    assert len(loaded.config.lines) == 1


def test_reports_between_commas_are_all_of_whoever_stands_before_them(tmp_path: Path) -> None:
    said = "reports_to: Dean <d@x.example> quarterly, annual, Board <b@x.example>\n"
    loaded = load(write(tmp_path, PROGRAM + "reports: weekly, quarterly, annual\n" + said))
    assert loaded.problems == ()
    assert loaded.config.programs[0].reports_to == (
        Reader("Dean", "d@x.example", ("quarterly", "annual")),
        Reader("Board", "b@x.example"),
    )


def test_a_doubtful_domain_that_is_right(tmp_path: Path) -> None:
    text = HEAD + ROSTER.replace("ana@example.org", "ana@gmial.com") + "    ok: true\n"
    loaded = load_or_raise(write(tmp_path, text))
    assert loaded.config.lines[0].mentor.address == "ana@gmial.com"


def test_no_pairing_yet_is_a_warning(tmp_path: Path) -> None:
    assert report(load(write(tmp_path, HEAD)).problems) == (
        "programs/koss.yaml:1:1 Warning: pairings:  is missing, so nobody meets.\n"
        "    Add pairings: with mentor and mentee, or roster: with the name of a CSV file."
    )
    assert report(load(write(tmp_path, HEAD + "pairings:\n")).problems) == (
        "programs/koss.yaml:6:10 Warning: pairings:  is empty, so nobody meets.\n"
        "    Add entries: - mentor: … and mentee: …"
    )


def test_keys_made_from_names() -> None:
    assert slug("Zoë Łukasz-Großmann O'Neil") == "zoe-lukasz-grossmann-o-neil"
    assert slug("陳美") == ""
    assert pairing_key("ana-rao", "ben-das") == "ana-rao-ben-das"
    long = pairing_key("maximiliane-von-hohenstein", "bartholomew-featherstone")
    assert long == "maximiliane-von-hohenstein-bart-6a806cdd"
    assert len(long) == 40


def test_two_hundred_pairings_keep_their_order(tmp_path: Path) -> None:
    rows = "".join(
        f"  - {{mentor: M{n} X <m{n}@example.org>, mentee: E{n} Y <e{n}@example.org>}}\n"
        for n in range(200)
    )
    loaded = load(write(tmp_path, HEAD + "pairings:\n" + rows))
    assert loaded.problems == ()
    assert [line.pairing for line in loaded.config.lines] == [f"m{n}-x-e{n}-y" for n in range(200)]
