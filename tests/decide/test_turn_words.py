"""Letters, and words to the contact, as a turn asks for them (RULES 2).

Not what asks for them, and not what becomes of marks: test_turn.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.decide.turn import iso
from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import DAY, HOUR, NOW
from tests.decide.turn_cast import SEEN, turn, wants
from tests.stories.cast import ANA


def test_an_answer_is_a_letter_of_three_days_that_later_turns_leave_alone() -> None:
    draft = turn()
    letter = SendLetter("ack", "ben", {"what": "skip"})
    draft.say("ack/pairing/ana-ben/m1/ben", letter, reason="skip was understood")
    draft.say(
        "x/1",
        replace(letter, facts={"what": "move"}),
        opens=NOW + HOUR,
        closes=NOW + 5 * DAY,
        reason="so",
    )
    first, second = draft.effects
    assert (first.key, first.port, first.account) == (
        "ack/pairing/ana-ben/m1/ben/1", "mail", "koss@example.org",
    )  # fmt: skip
    assert (first.opens, first.closes, first.firm) == (NOW, NOW + 3 * DAY, True)
    assert (second.opens, second.closes) == (NOW + HOUR, NOW + 5 * DAY)
    assert first.reason == "skip was understood"
    assert first.basis != second.basis


@pytest.mark.parametrize(
    "changed",
    [
        SendLetter("nudge", "ben", {"what": "skip"}),
        SendLetter("ack", "ana", {"what": "skip"}),
        SendLetter("ack", "ben", {"what": "move"}),
    ],
)
def test_a_basis_of_its_own_is_that_of_the_words_the_reader_and_the_facts(
    changed: SendLetter,
) -> None:
    bases = set()
    for change in (SendLetter("ack", "ben", {"what": "skip"}, answers="<m1>"), changed):
        draft = turn()
        wants(draft, "", change)
        bases.add(draft.effects[0].basis)
    assert len(bases) == 2
    draft = turn()
    wants(draft, "", SendLetter("ack", "ben", {"what": "skip"}, answers="<m2>"))
    assert draft.effects[0].basis in bases  # which mail it answers changes nothing that it says
    draft = turn()
    wants(draft, "", SEEN)
    wants(draft, "", SEEN)
    assert len(draft.effects) == 1


def test_the_contact_reads_one_fact_once_a_day_and_whose_mail_led_to_it() -> None:
    draft = turn()
    draft.tell("refused", reason="full", what="move")
    draft.tell("refused", reason="full", what="put")
    draft.writer = ANA
    for _ in range(2):
        draft.tell("for-contact", reason="so", what="x")
    first, second = draft.effects
    assert first == Effect(
        "tell/program/koss/refused/2026-10-07", 1, "refused", "mail", "koss@example.org",
        TellAdmin("refused", {"what": "move"}), NOW, NOW + 7 * DAY, "full", None, "", True,
    )  # fmt: skip
    assert second.change == TellAdmin("for-contact", {"first": "Ana", "what": "x"})
    assert second.stem == "tell/program/koss/for-contact/2026-10-07/by-ana"
    assert draft.marks[first.stem] == Mark(1, "", "settled", NOW)
    tomorrow = turn(draft.marks, now=NOW + DAY)
    tomorrow.tell("refused", reason="full", what="put")
    assert [each.stem for each in tomorrow.effects] == ["tell/program/koss/refused/2026-10-08"]


def test_once_for_ever_under_a_name() -> None:
    draft = turn()
    draft.tell_once("a", "refused", reason="so", what="x")
    later = turn(draft.plan(frozenset()).state.marks, now=NOW + 100 * DAY)  # type: ignore[union-attr]
    later.tell_once("a", "refused", reason="so", what="x")
    later.tell_once("b", "refused", reason="so", what="y")
    assert [each.change for each in draft.effects + later.effects] == [
        TellAdmin("refused", {"what": "x"}),
        TellAdmin("refused", {"what": "y"}),
    ]
    assert draft.marks["told/a"] == Mark(1, "", "settled", NOW)


def test_an_instant_of_a_fact_is_rfc_3339_to_the_second() -> None:
    assert iso(NOW + timedelta(microseconds=5)) == "2026-10-07T08:00:00Z"
