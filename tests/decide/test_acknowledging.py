"""What a letter says that answers a mail: every fact of it, and in which thread it lies.

Not which mail is answered by what: test_replies.py and test_replies_commands.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.acknowledging import acknowledge, acknowledge_by_day, answer, unclear
from daemon.decide.keys import short, thread_of_person
from daemon.decide.promised import name_of
from daemon.domain.cadence import Step
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.observation import Said
from daemon.domain.pair import Agreed
from daemon.domain.proposal import Proposal
from daemon.domain.question import Question
from daemon.domain.value import replace
from tests.decide.pair_cast import DAY, LANE, NOW, meeting, turn_of
from tests.decide.replies_cast import CLASH, REGULAR, key, listed, mail

MAIL = "<m@example.org>"
THREAD = thread_of_person("ben", "koss")
NOTHING = {
    "items": [], "undo": False, "start": None, "days": [], "weeks": 0, "months": 0, "minutes": 0,
}  # fmt: skip
SLOTS = [
    {
        "number": 1, "start": "2026-10-14T13:00:00Z", "end": "2026-10-14T13:30:00Z", "usual": True,
    },
    {
        "number": 2, "start": "2026-10-15T13:00:00Z", "end": "2026-10-15T13:30:00Z", "usual": False,
    },
]  # fmt: skip


def only(effects: list[Effect]) -> tuple[Effect, SendLetter]:
    """The one letter there is."""
    (effect,) = effects
    assert isinstance(effect.change, SendLetter)
    return effect, effect.change


def test_an_acknowledgement_says_what_was_read_and_nothing_that_is_not_known() -> None:
    turn = turn_of(meeting(13))
    acknowledge(turn, "mentor", "stays", "20261013")
    effect, letter = only(turn.effects)
    assert letter == SendLetter("ack", "ana", {"what": "stays", **NOTHING})
    assert effect.stem == f"ack/{LANE}/stays.20261013/ana"
    assert (effect.closes, effect.firm) == (NOW + 3 * DAY, True)


def test_the_answer_to_a_mail_lies_in_its_thread_and_is_named_after_it() -> None:
    turn = turn_of(meeting(13))
    reply = mail(key("notes", 6), "done", thread=THREAD)
    answer(turn, "mentee", reply, "done", items=["the CV"], undo=True, weeks=2)
    effect, letter = only(turn.effects)
    facts = {"what": "done", **NOTHING, "items": ["the CV"], "undo": True, "weeks": 2}
    assert letter == SendLetter("ack", "ben", facts, MAIL, THREAD)
    assert effect.stem == f"ack/{LANE}/done.{short(MAIL)}/ben"


def test_to_somebody_who_did_not_say_it_it_goes_by_day() -> None:
    turn = turn_of(meeting(13))
    days, closes = {"days": ["2026-10-14", "2026-10-17"]}, NOW + 14 * DAY
    acknowledge_by_day(turn, "mentor", "not-away", "b", days, opens=NOW, closes=closes)
    effect, letter = only(turn.effects)
    assert letter == SendLetter("ack", "ana", {"what": "not-away", **NOTHING, **days})
    assert (effect.stem, effect.firm) == (f"ack/{LANE}/not-away.b/ana", False)
    assert (effect.opens, effect.closes, effect.basis) == (NOW, closes, "not-away")
    night = NOW + timedelta(hours=14)  # midnight in Berlin
    turn = turn_of(meeting(13), now=night)
    acknowledge_by_day(turn, "mentor", "not-away", "b", days, opens=night, closes=closes)
    assert turn.effects == []


# --- what is not understood


def asked(about: str, *said: Said, question: Question | None = None, **fields: Any) -> SendLetter:
    """The letter to Ben that asks what was meant."""
    words = fields.pop("words", "")
    turn = turn_of(meeting(13), **fields)
    reply = mail("", *said, text=words, thread=THREAD)
    unclear(turn, "mentee", reply, about, question)
    return only(turn.effects)[1]


def test_every_fact_of_the_letter_where_nothing_is_open() -> None:
    assert asked("other", words="Hm.\nMore of it.") == SendLetter(
        "unclear", "ben",
        {
            "said": "Hm.", "about": "other", "slots": [], "list": "", "vetting": False,
            "invited": False, "weeks": 1, "months": 0, "question": "", "ends": "", "more_weeks": 0,
        }, MAIL, THREAD,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "words", "quoted"),
    [
        ((), "x" * 61, "x" * 60),
        ((), "x" * 60, "x" * 60),
        ((Said("choose", text="7"),), "Or later.", "7"),
        ((Said("done"), Said("choose", text="8 9")), "", "8 9"),
        ((Said("done"),), "Or later.", "Or later."),
        ((), "", ""),
    ],
)
def test_what_was_written_is_quoted_first_the_command_and_sixty_characters_at_most(
    said: tuple[Said, ...], words: str, quoted: str
) -> None:
    assert asked("other", *said, words=words).facts["said"] == quoted


OPEN = listed(13, offers=(replace(listed(13).offers[0], usual=True), listed(13).offers[1]))


@pytest.mark.parametrize(
    ("about", "proposal", "shown"),
    [
        ("proposal", OPEN, (SLOTS, "meeting", False)),
        ("closed-list", OPEN, (SLOTS, "meeting", False)),
        ("other", OPEN, ([], "", False)),
        ("welcome", OPEN, ([], "", False)),
        ("proposal", None, ([], "", False)),
        ("proposal", replace(OPEN, chooser="mentor"), ([], "", False)),
        ("proposal", replace(OPEN, vetting=True), ([], "", False)),  # asked of the mentor
        ("proposal", replace(OPEN, offers=(replace(OPEN.offers[0], open=False), OPEN.offers[1])), (SLOTS[1:], "meeting", False)),
    ],
)  # fmt: skip
def test_the_open_list_is_shown_to_who_is_asked_where_it_is_about_that(
    about: str, proposal: Proposal | None, shown: tuple[Any, ...]
) -> None:
    facts = asked(about, proposal=proposal).facts
    assert (facts["slots"], facts["list"], facts["vetting"]) == shown


def test_the_mentor_who_is_asked_first_reads_that_several_numbers_may_be_named() -> None:
    turn = turn_of(meeting(13), proposal=replace(OPEN, vetting=True))
    unclear(turn, "mentor", mail("", person="ana"), "proposal")
    facts = only(turn.effects)[1].facts
    assert (facts["slots"], facts["list"], facts["vetting"]) == (SLOTS, "meeting", True)


def test_a_list_of_regular_times_and_their_rhythm() -> None:
    monthly = Agreed(step=Step(weeks=0, months=1, nth=2))
    facts = asked("proposal", proposal=REGULAR, standing="invited", agreed=monthly).facts
    assert (facts["list"], facts["weeks"], facts["months"]) == ("series", 0, 1)
    assert facts["invited"] is True


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (CLASH, ("clash", "", 0)),
        (replace(CLASH, kind="leave", facts={"ends": "2026-10-21"}), ("leave", "2026-10-21", 0)),
        (
            replace(CLASH, kind="extend", facts={"ends": date(2026, 12, 1), "weeks": 13}),
            ("extend", "2026-12-01", 13),
        ),
    ],
)
def test_of_a_question_its_answers_are_named(
    question: Question, named: tuple[str, str, int]
) -> None:
    facts = asked("question", question=question).facts
    assert (facts["question"], facts["ends"], facts["more_weeks"]) == named


@pytest.mark.parametrize("question", [None, CLASH])
def test_the_letter_is_named_after_the_mail_and_what_it_is_about(question: Question | None) -> None:
    turn = turn_of(meeting(13))
    unclear(turn, "mentee", mail(""), "question", question)
    named = f".{name_of(CLASH)}" if question else ""
    assert only(turn.effects)[0].stem == f"unclear/{LANE}/{short(MAIL)}.question{named}/ben"
