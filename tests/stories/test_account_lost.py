"""A calendar can no longer be read, and later can (RULES 5 row 4, 9).

Not a deletion: nothing is concluded about any meeting.
"""

from __future__ import annotations

import re

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, PATIENT, line
from tests.stories.rows import row
from tests.stories.stage import Stage, running


@row("seen-4", "account-lost")
def test_the_owner_hears_of_it_on_five_days_and_the_meetings_go_on() -> None:
    stage = running(program=PATIENT)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ana.locks_out()
    assert stage.ana.reads() == [
        "Mon 12 Oct 10:01  reconnect  Since Mon 12 Oct, 10:01 Berlin I cannot see your calendar."
    ]
    assert "Ben  Tue 13 Oct, 15:00 Berlin" in stage.ana.last().text
    assert stage.maya.reads() == [
        "Mon 12 Oct 13:31  admin  I can no longer see one calendar. Its owner has been told."
    ]
    stage.until("Tue 10 Nov 10:00 Berlin")
    told = [each.split("  ")[:2] for each in stage.ana.reads()]
    assert [each for each in told if each[1] == "reconnect"] == [
        ["Tue 13 Oct 10:01", "reconnect"],
        ["Thu 15 Oct 10:01", "reconnect"],
        ["Mon 19 Oct 10:01", "reconnect"],
        ["Mon 26 Oct 09:01", "reconnect"],
    ]
    assert "This is my last letter about it." in stage.ana.last("reconnect").text
    assert [each.split("  ")[:2] for each in stage.ben.reads()][:4] == [
        ["Mon 12 Oct 18:00", "prep-mentee"],
        ["Tue 13 Oct 19:30", "notes"],
        ["Mon 19 Oct 18:00", "prep-mentee"],
        ["Tue 20 Oct 19:30", "notes"],
    ]
    assert stage.maya.reads() == []


def test_what_is_about_the_machine_goes_to_the_contact_and_help_to_who_reads_help() -> None:
    stage = running(program=replace(PATIENT, help_to=EVA.address))
    eva = stage.someone(EVA)
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.locks_out()
    assert stage.maya.reads() == [
        "Mon 12 Oct 13:31  admin  I can no longer see one calendar. Its owner has been told."
    ]
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.ben.replies("prep-mentee", "HELP")
    stage.passes(240)
    assert [each.split("  ")[1:] for each in eva.reads()] == [
        ["help-case", "Somebody asks for your help. Please answer within two days."]
    ]
    assert stage.maya.reads() == []


@row("account-lost", "letter-quiet")
def test_lost_at_night_is_told_in_the_morning() -> None:
    stage = running()
    stage.until("Mon 12 Oct 23:00 Berlin")
    stage.ana.locks_out()
    stage.until("Tue 13 Oct 08:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Tue 13 Oct 07:00", "reconnect"]
    ]


@row("seen-4", "account-back")
def test_back_again_what_happened_meanwhile_is_seen() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.locks_out()
    stage.ana.deletes("Tue 20 Oct")
    stage.ben.reads(), stage.ana.reads()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.standing("Tue 20 Oct") == "planned"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["prep-mentee", "notes"]
    stage.ana.lets_in()
    stage.passes(6)
    assert stage.standing("Tue 20 Oct") == "cancelled"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["proposal"]
    stage.until("Sun 18 Oct 10:00 Berlin")
    assert stage.ana.last("reconnect").at == "Tue 13 Oct 10:01"  # nothing on day 3: it is back


@row("account-lost", "letter-after-fact")
def test_a_picked_time_waits_for_the_calendar_without_a_claim() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    stage.outside.hands.lock_out("ana@example.org")
    stage.ben.replies("proposal", "3")
    stage.ben.reads()
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert stage.ben.reads() == []  # `moved` never before its fact
    stage.ana.lets_in()
    assert stage.ana.calendar()[0] == "Fri 16 Oct 15:00 one-off"
    assert [each.split("  ")[1] for each in stage.ben.reads()] == ["moved"]


@row("account-lost")
def test_one_letter_for_an_account_not_one_per_pairing() -> None:
    stage = running(line(ANA, BEN), line(ANA, CHI, RegularTime(2, 10, 0)), line(DAN, EVA))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.reads(), stage.dan.reads()
    stage.ana.locks_out()
    assert [each.split("  ")[1] for each in stage.ana.reads()] == ["reconnect"]
    text = stage.ana.last().text
    assert "Ben  Tue 13 Oct, 15:00" in text and "Chi  Wed 14 Oct, 10:00" in text
    assert stage.dan.reads() == []


@row("account-new")
def test_a_calendar_that_nobody_has_connected_yet_is_asked_for() -> None:
    stage = Stage(line(ANA, BEN))
    stage.ana.locks_out()
    assert stage.ana.reads() == [
        "Mon 5 Oct 10:00  welcome-mentor-connected  Maya suggests you as mentor for Ben Das: 30 minutes a week.",
        "Mon 5 Oct 10:00  reconnect  I do not see your calendar yet.",
    ]
    assert stage.maya.reads() == [
        "Mon 5 Oct 13:30  admin  One calendar is not connected yet. Its owner has been told."
    ]
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.until("Tue 6 Oct 09:00 Berlin")
    stage.ben.replies("welcome-mentee", "Yes")
    stage.until("Wed 7 Oct 10:00 Berlin")
    assert [each.split("  ")[:2] for each in stage.ana.reads()] == [
        ["Mon 5 Oct 10:02", "ack"],
        ["Tue 6 Oct 10:00", "reconnect"],
    ]
    assert stage.ana.calendar() == []
    stage.ana.lets_in()
    assert stage.ana.calendar()[0] == "Tue 13 Oct 15:00"
    stage.until("Thu 22 Oct 10:00 Berlin")
    assert [each for each in stage.ana.reads() if "reconnect" in each] == []


@row("account-new")
def test_with_a_page_its_owner_connects_alone() -> None:
    stage = Stage(line(replace(ANA, calendar="google"), BEN), web="https://1on1.example.org")
    stage.ana.locks_out()
    letter = stage.ana.last("reconnect")
    assert letter.text.startswith("I do not see your calendar yet. Two minutes, and I do.")
    assert re.search(r"\nConnect: https://1on1.example.org/connect/[a-z2-7]{26}\n", letter.text)


def test_lost_is_remembered_through_a_restart() -> None:
    stage = running()
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ana.locks_out()
    stage.ana.reads()
    stage.restart()
    stage.until("Mon 12 Oct 18:00 Berlin")
    assert stage.ana.reads() == []
