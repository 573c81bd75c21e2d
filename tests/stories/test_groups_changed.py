"""What members of a group may say and what becomes of them: HELP, LEAVE, another list in the files, the end.

Not what each of them reads around a 1:1: that is test_groups.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.bounced import COMPLAINT
from daemon.domain.cadence import RegularTime
from daemon.domain.observation import BounceSeen
from daemon.domain.value import replace
from tests.stories.cast import CHI, DAN, EVA, KOSS, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.test_bounced import comes_back
from tests.stories.test_groups import GROUP, group
from tests.stories.test_help import WORDS, searched

# --- HELP, LEAVE, and what only the two decide


@row("group-help")
def test_help_of_a_member_reaches_one_human_being_alone() -> None:
    stage = group()
    stage.dan.replies("group-welcome", "HELP\nI do not feel at ease in this group.")
    stage.passes(30)
    case = stage.maya.last("help-case")
    assert "Dan Ode wrote, about the 1:1s of Ana & Ben, Dan, Chi:" in case.text
    assert case.header("Reply-To") == "dan@example.org"
    assert kinds(stage.dan.reads()) == ["help-got"]
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    others = (stage.ana, stage.ben, stage.chi)
    assert not [r.line for who in others for r in who.letters if "at ease" in r.text]


@row("group-help", "letter-private-hold")
@pytest.mark.parametrize(
    "said",
    [
        {"text": WORDS},
        {"todos": (("mentee", WORDS),)},
        {"goals": (WORDS,)},
        {"text": "My contract.", "todos": (("mentor", WORDS),), "goals": (WORDS,)},
    ],
)
def test_what_looks_confidential_goes_to_nobody_be_it_a_line_a_to_do_or_a_goal(
    said: dict[str, Any],
) -> None:
    stage = group()
    stage.until("Mon 5 Oct 19:00 Berlin")
    stage.dan.says("group-prep", confidential=True, **said)
    assert stage.dan.last("group-ack").first == (
        "That looked as if it were meant for few, so I have shown it to nobody."
    )
    assert stage.state().agenda == ()
    stage.until("Wed 7 Oct 10:00 Berlin")
    assert searched(stage, "ana", "ben", "chi", "dan", "maya") == []


@row("group-leave")
def test_leave_is_asked_about_once_and_takes_that_member_off_alone() -> None:
    stage = group()
    stage.dan.replies("group-welcome", "LEAVE")
    assert stage.dan.last("group-ack").first.startswith("You wrote LEAVE. Shall I take you out")
    stage.passes(30)
    assert len(stage.dan.calendar()) == 2
    stage.dan.replies("group-ack", "YES")
    stage.passes(60)
    assert stage.dan.calendar() == []
    assert len(stage.chi.calendar()) == len(stage.ben.calendar()) == 2
    assert stage.ana.last("group-changed").first == "Dan is no longer in your group. Nothing to do."
    stage.all_read()
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert stage.dan.reads() == []
    assert "with you" not in " ".join(stage.dan.reads())
    assert stage.state().standing == "active"


@row("group-leave")
def test_who_has_left_may_still_call_for_help() -> None:
    stage = group()
    stage.dan.replies("group-welcome", "LEAVE")
    stage.dan.replies("group-ack", "YES")
    stage.passes(60)
    stage.dan.replies("group-welcome", "HELP\nCan we talk?")
    stage.passes(30)
    assert "Dan Ode wrote" in stage.maya.last("help-case").text


@row("group-only-the-two")
def test_what_the_two_settle_is_answered_with_who_can_say_it() -> None:
    stage = group()
    for words in ("MOVE", "every two weeks please", "PAUSE"):
        stage.dan.replies("group-welcome", words)
        assert stage.dan.last().first == (
            "Only Ben and Ana can settle that. Nothing has changed."
        ), words
    stage.passes(30)
    assert stage.state().proposal is None
    assert stage.state().questions == ()
    assert stage.state().standing == "active"


@row("group-only-the-two")
def test_a_members_own_language_and_clock() -> None:
    stage = group()
    stage.dan.replies("group-welcome", "LANGUAGE pt")
    assert stage.dan.last().first.startswith("A partir de agora escrevo a você em")
    stage.chi.replies("group-welcome", "ZONE America/Toronto")
    stage.until("Tue 6 Oct 01:00 Berlin")
    assert stage.dan.last("group-prep").text.startswith("1:1 de terça 6 out, 15:00")
    assert stage.chi.last("group-prep").first.startswith("Tue 6 Oct, 09:00 Toronto (15:00 Berlin)")


# --- the files change, the end


@row("group-files")
def test_a_member_named_later_is_invited_and_one_taken_out_is_told() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 15:00")
    stage.passes(60)
    stage.all_read()
    stage.reconfigured(replace(GROUP, members=(DAN, EVA)))
    stage.passes(8 * 60)
    assert kinds(stage.eva.reads())[0] == "group-welcome"
    assert len(stage.eva.calendar()) == 2
    assert stage.chi.calendar() == []
    assert stage.chi.last().first == "You are no longer in the group with Ana. Nothing to do."
    stage.all_read()
    told = [each.first for each in stage.ana.letters if each.touchpoint == "group-changed"]
    assert told == [
        "Chi is no longer in your group. Nothing to do.",
        "Eva is in your group from now on. Nothing to do.",
    ]
    stage.all_read()
    stage.until("Thu 15 Oct 10:00 Berlin")
    assert stage.chi.reads() == []


@row("group-files")
def test_whom_the_files_no_longer_name_reaches_a_person_with_words_and_with_help() -> None:
    stage = group()
    stage.reconfigured(replace(GROUP, members=(DAN,)))
    stage.passes(8 * 60)
    stage.all_read()
    stage.chi.replies("group-ended", "Why was I taken out?")
    stage.passes(30)
    assert "Chi" in stage.maya.last().text
    assert stage.chi.last("group-ack").first == ("That is for a person: Maya hears that you wrote.")
    stage.chi.replies("group-ended", f"HELP\n{WORDS}")
    stage.passes(30)
    assert stage.maya.last("help-case").header("Reply-To") == CHI.address
    assert kinds(stage.chi.reads())[-1] == "help-got"
    assert searched(stage, "ana", "ben", "dan") == []
    stage.until("Fri 23 Oct 10:00 Berlin")  # who is long gone is known to nobody any more
    assert [each.id for each in stage.state().members] == ["dan"]


@row("group-files", "group-bounced")
def test_a_letter_to_whom_the_files_no_longer_name_that_comes_back_stops_nothing() -> None:
    stage = group()
    stage.reconfigured(replace(GROUP, members=(DAN,)))
    stage.passes(8 * 60)
    stage.all_read()
    ended = stage.chi.last("group-ended")
    comes_back(stage, ended, address=CHI.address)
    assert stage.why("came back") == []
    assert list(stage.daemon.ports.store.set_aside()) == []


@row("group-files")
def test_a_pair_becomes_a_group_and_a_group_a_pair() -> None:
    stage = before()
    stage.reconfigured(replace(line(), members=(DAN,)))
    stage.passes(60)
    assert kinds(stage.dan.reads()) == ["group-welcome"]
    assert len(stage.dan.calendar()) > 0
    stage.reconfigured(line())
    stage.passes(60)
    assert stage.dan.calendar() == []
    assert len(stage.ben.calendar()) > 0
    assert kinds(stage.dan.reads()) == ["group-ended"]


@row("group-ended")
def test_when_somebody_ends_it_each_member_reads_when_the_last_one_is() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ben.replies("prep-mentee", "LEAVE")
    stage.ben.replies("leave", "1")
    stage.passes(60)
    ended = stage.dan.last("group-ended")
    assert ended.first == "The 1:1s of your group with Ana come to an end."
    assert "The last one: Tue 20 Oct, 15:00." in ended.text
    stage.until("Sat 31 Oct 10:00 Berlin")
    assert kinds(stage.dan.reads()).count("group-ended") == 1


@row("group-bounced")
def test_an_address_of_a_member_that_does_not_exist_is_told_to_the_contact_once() -> None:
    stage = group(program=replace(KOSS, still_good_letters=0))
    key = stage.dan.last("group-welcome").header("X-Oneonone-Key")
    seen = BounceSeen("dan", key, DAN.address, True, True, "no such user", stage.now)
    stage.daemon.ports.store.record([(stage.lane(), seen)], now=stage.now)
    stage.until("Tue 13 Oct 12:00 Berlin")
    stage.all_read()
    assert [each for each in stage.on_hold() if "address/dan" in each]
    assert len([r for r in stage.maya.letters if "Dan Ode" in r.text]) == 1
    stage.reconfigured(replace(GROUP, members=(replace(DAN, address="dan.ode@example.org"), CHI)))
    stage.until("Tue 13 Oct 12:30 Berlin")
    assert [each for each in stage.on_hold() if "address/dan" in each] == []


def _reported(stage: Stage, touchpoint: str, reason: str, hard: bool) -> None:
    """A server, or a feedback loop, says something of a letter that Dan got."""
    key = stage.dan.last(touchpoint).header("X-Oneonone-Key")
    address = "" if reason == COMPLAINT else DAN.address
    seen = BounceSeen("dan", key, address, hard, hard, reason, stage.now)
    stage.daemon.ports.store.record([(stage.lane(), seen)], now=stage.now)
    stage.passes(30)


@row("group-bounced")
def test_of_one_letter_of_a_member_that_comes_back_several_times_one_counts() -> None:
    stage = group()
    for hard in (False, True, True):
        _reported(stage, "group-welcome", "refused", hard)
    stage.until("Tue 6 Oct 12:00 Berlin")
    assert [each for each in stage.on_hold() if "address/dan" in each] == []
    assert [each.role for each in stage.state().returned] == ["member/dan"]
    stage.all_read()
    _reported(stage, "group-prep", "refused", hard=True)
    stage.until("Tue 13 Oct 12:00 Berlin")
    assert [each for each in stage.on_hold() if "address/dan" in each]


@row("group-bounced")
def test_the_welcome_that_came_back_goes_again_to_the_corrected_address() -> None:
    stage = group()
    _reported(stage, "group-welcome", "no such user", hard=True)
    anew = replace(DAN, address="dan.ode@example.org")
    stage.someone(anew)
    stage.reconfigured(replace(GROUP, members=(anew, CHI)))
    stage.passes(30)
    assert kinds(stage.dan.reads()) == ["group-welcome"]
    assert stage.dan.last().first == "You are in a group with Ana Rao, from Tue 6 Oct."


@row("group-bounced")
def test_of_a_complaint_of_a_member_the_contact_hears_once() -> None:
    stage = group()
    for _ in range(2):
        _reported(stage, "group-welcome", COMPLAINT, hard=False)
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    assert len([each for each in stage.maya.letters if "Dan Ode" in each.text]) == 1
    assert "group-prep" in [each.touchpoint for each in stage.dan.letters]  # as to one of the two


@row("group-bounced")
def test_the_hard_cap_of_a_member_counts_the_letters_of_their_other_1_1s() -> None:
    program = replace(PATIENT, letters_hard_cap=3)
    stage = group(GROUP, line(EVA, DAN, RegularTime(3, 15, 0)), program=program)
    assert len(stage.dan.letters) == 3  # of one day, and two of them about the 1:1 with Eva
    stage.dan.replies("group-welcome", "I can't come")
    stage.passes(30)
    assert stage.dan.reads() == []
    (held,) = [each for each in stage.on_hold() if each.endswith("/dan")]
    assert held.startswith("cap/2026-10-06  group-ack/")


@row("group-files")
def test_two_who_go_in_one_moment_stand_in_one_letter() -> None:
    stage = group()
    stage.reconfigured(replace(GROUP, members=()))
    stage.until("Tue 6 Oct 12:00 Berlin")
    stage.all_read()
    for who in (stage.ana, stage.ben):
        told = [each.first for each in who.letters if each.touchpoint == "group-changed"]
        assert told == ["Dan and Chi are no longer in your group. Nothing to do."]


@row("group-only-the-two", "letter-invite")
def test_a_member_is_no_guest_and_has_no_private_lines_to_read() -> None:
    stage = group()
    stage.ana.replies("started", f"INVITE {DAN.address}")
    assert "Whoever has that address is there anyway." in stage.ana.last("ack").text
    assert stage.state().questions == ()
    stage.dan.replies("group-welcome", "MY NOTES")
    assert stage.dan.last("group-ack").first == "Of members of a group I keep no private lines."


@row("group-files", "group-leave")
def test_whom_the_mentor_takes_off_the_series_by_hand_is_not_invited_again_and_each_reads_it() -> (
    None
):
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.uninvites("dan")
    stage.passes(60)
    assert [who.last().first for who in (stage.ana, stage.dan)] == [
        "Dan is no longer in your group. Nothing to do.",
        "You are no longer in the group with Ana. Nothing to do.",
    ]
    stage.reconfigured(replace(GROUP, members=(DAN, CHI, EVA)))  # the series is put once more
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert stage.dan.calendar() == []
    assert len(stage.eva.calendar()) == len(stage.chi.calendar()) == 2
    stage.ana.invites_again("dan")
    stage.passes(60)
    assert stage.dan.calendar() != []
    assert stage.ana.last().first == "Dan is in your group from now on. Nothing to do."


@row("group-files")
def test_a_slip_of_the_hand_that_is_put_right_at_once_takes_no_member_out() -> None:
    stage = group()
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.ana.uninvites("dan")
    stage.ana.invites_again("dan")
    stage.passes(24 * 60)
    assert stage.dan.reads() == []
    assert len(stage.state().line.members) == 2
