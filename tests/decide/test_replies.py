"""What one mail of one of the two leads to, in tables: whose words it is about, and what is answered.

Not how commands are found in a mail (tests/mail), and not what the pair lives through after it (tests/stories).
"""

from __future__ import annotations

from typing import Any

import pytest

from daemon.decide.keys import thread_of_person
from daemon.decide.replies import reply_seen
from daemon.domain.effect import TellAdmin
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, LANE, NOW, meeting, turn_of
from tests.decide.replies_cast import CLASH, REGULAR, key, led_to, listed, mail

WORDS = {
    "the list": (key("proposal", f"{meeting(13).origin}#1.1"), "unclear proposal"),
    "its reminder": (key("proposal-nudge", f"{meeting(13).origin}#1.1"), "unclear proposal"),
    "a time that is gone": (key("slot-gone", f"{meeting(13).origin}#1.1"), "unclear proposal"),
    "a list of another 1:1": (key("proposal", f"{meeting(6).origin}#1.1"), "unclear closed-list"),
    "a list of regular times": (key("regular-time", "series#1.1"), "unclear closed-list"),
    "a list for the mentor": (
        key("proposal-mentor", f"{meeting(6).origin}#1.1"),
        "unclear closed-list",
    ),
    "a letter about that 1:1": (key("moved", 13), "unclear proposal"),
    "a letter about another": (key("moved", 20), "unclear other"),
    "that it is off": (key("off", 13), "unclear proposal"),
    "what was meant with a time": (key("unclear", "1a.proposal"), "unclear proposal"),
    "that a list is closed": (key("unclear", "1a.closed-list"), "unclear proposal"),
    "what was meant at all": (key("unclear", "1a.other"), "unclear other"),
    "that AWAY was read": (key("ack", "away.1a"), "unclear other"),
    "that NO was read": (key("ack", "no.1a"), "ack for-contact"),
    "that the contact knows": (key("ack", "for-contact.1a"), "ack for-contact"),
    "the first letter": (key("welcome-mentee", "welcome"), "ack for-contact"),
    "whether yes or no": (key("unclear", "1a.welcome"), "ack for-contact"),
}


@pytest.mark.parametrize(("answers", "expected"), WORDS.values(), ids=WORDS)
def test_words_that_are_no_command_are_asked_about_as_what_they_answer(
    answers: str, expected: str
) -> None:
    turn = turn_of(meeting(13, standing="cancelled"), meeting(20), proposal=listed(13))
    reply_seen(turn, mail(answers, text="Hm."))
    told = ["contact for-contact"] if expected == "ack for-contact" else []
    assert led_to(turn) == [*told, f"ben {expected}"]


@pytest.mark.parametrize(
    "touchpoint", ["proposal", "proposal-mentor", "proposal-nudge", "slot-gone", "regular-time"]
)
def test_words_to_a_list_that_is_open_no_more_are_told_that_it_is_closed(touchpoint: str) -> None:
    turn = turn_of(meeting(20))
    reply_seen(turn, mail(key(touchpoint, f"{meeting(13).origin}#1.1"), text="Hm."))
    assert led_to(turn) == ["ben unclear closed-list"]


@pytest.mark.parametrize(
    ("answers", "thread", "expected"),
    [
        (key("clash", "20261013", "ana"), "", "unclear question"),
        (key("clash", "20261013~1", "ana"), "", "unclear question"),
        (key("clash", "20261020", "ana"), "", "unclear closed-list"),
        ("", thread_of_person("ana", "koss"), "unclear question"),
    ],
)
def test_words_to_a_question_are_about_it_while_it_is_open(
    answers: str, thread: str, expected: str
) -> None:
    turn = turn_of(meeting(13), questions=(CLASH,))
    reply_seen(turn, mail(answers, text="Hm.", person="ana", thread=thread))
    assert led_to(turn) == [f"ana {expected}"]
    facts = turn.effects[0].change.facts  # type: ignore[union-attr]
    assert facts["question"] == ("clash" if expected == "unclear question" else "")


def test_a_command_in_the_thread_of_the_pair_that_cites_nothing_is_no_answer_to_a_question() -> (
    None
):
    turn = turn_of(meeting(13), questions=(CLASH,))
    reply_seen(turn, mail("", Said("done", letters=("a",)), person="ana", thread=LANE))
    assert led_to(turn) == ["ana unclear other"]


@pytest.mark.parametrize(
    ("touchpoint", "proposal", "expected"),
    [
        ("welcome-mentee", REGULAR, ["contact for-contact", "ben unclear proposal"]),
        ("welcome-mentee", None, ["contact for-contact", "ben unclear welcome"]),
        ("welcome-mentor-connected", None, ["contact for-contact", "ben unclear welcome"]),
        ("setup-nudge", None, ["contact for-contact", "ben unclear welcome"]),
        ("regular-time", REGULAR, ["ben unclear proposal"]),
        ("moved", None, ["ben unclear other"]),
    ],
)
def test_before_both_said_yes_it_is_about_that_or_about_the_times(
    touchpoint: str, proposal: Proposal | None, expected: list[str]
) -> None:
    turn = turn_of(standing="invited", mentee_yes=None, proposal=proposal)
    reply_seen(turn, mail(key(touchpoint, "welcome"), text="Who is Ana?"))
    assert led_to(turn) == expected


def test_whether_yes_or_no_is_asked_again_until_it_is_said() -> None:
    turn = turn_of(standing="invited", mentee_yes=None)
    reply_seen(turn, mail(key("unclear", "1a.welcome"), text="Perhaps."))
    assert led_to(turn) == ["contact for-contact", "ben unclear welcome"]


# --- which mails count at all


@pytest.mark.parametrize(
    "reply",
    [
        mail(key("moved", 13), "skip", text="Hm.", trust="pending"),
        mail(key("moved", 13), "skip", text="Hm.", person="zoe"),
    ],
)
def test_whoever_is_not_verified_or_none_of_the_two_changes_nothing(reply: ReplySeen) -> None:
    turn = turn_of(meeting(13))
    before = turn.state
    reply_seen(turn, reply)
    assert (turn.state, turn.effects) == (before, [])
    assert len(turn.reasons) == 1


def test_after_the_end_a_command_is_for_the_contact_and_changes_nothing() -> None:
    turn = turn_of(meeting(6), standing="closed", closed_at=NOW - DAY)
    before = turn.state
    reply_seen(turn, mail(key("notes", 6), "pause"))
    assert led_to(turn) == ["contact for-contact", "ben ack for-contact"]
    assert turn.state == replace(before, mails=turn.state.mails)


def test_every_mail_is_a_sign_of_life() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("moved", 13)))
    assert [(each.role, each.heard_at) for each in turn.state.signs] == [("mentee", NOW)]
    assert turn.effects == []  # nothing was said


@pytest.mark.parametrize("words", [{"text": "Hm."}, {"todos": (("mentee", "the CV"),)}])
def test_words_of_any_kind_beside_a_command_are_told_to_the_contact_and_not_asked_about(
    words: dict[str, Any],
) -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("week-card", "20261012"), "move", **words))
    assert led_to(turn) == ["contact for-contact"]
    told = turn.effects[0].change
    assert isinstance(told, TellAdmin) and told.facts == {"first": "Ben"}


def test_a_private_line_beside_a_command_is_kept_and_told_to_nobody() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("week-card", "20261012"), "move", private="Hm."))
    assert led_to(turn) == []
    assert [(each.text, each.private) for each in turn.kept] == [("Hm.", True)]


def test_of_two_commands_one_that_is_understood_is_enough() -> None:
    turn = turn_of(meeting(13))
    reply_seen(turn, mail(key("started", "series-1"), Said("done", letters=("x",)), "move"))
    assert led_to(turn) == []
    assert turn.state.meetings[0].asked_by == "mentee"
