"""Receipts as tables: what a lane remembers once an effect was carried out, or was refused for good (RULES 2, 9).

Not what people are told then: tests/stories/test_effects.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from daemon.decide.receipts import expect_quietly, refused, settled
from daemon.decide.seen import PairingTurn
from daemon.domain.cadence import SeriesRule
from daemon.domain.effect import Change, PutMeeting, Receipt, SendLetter, TellAdmin
from daemon.domain.meeting import Meeting, Origin, Place, Series, Slot
from daemon.domain.observation import Refused, Settled
from daemon.domain.pair import Sign
from daemon.domain.question import Question
from daemon.domain.thread import Note
from daemon.domain.value import replace
from daemon.domain.world import Mark
from tests.decide.pair_cast import NOW, reasons, turn_of
from tests.stories.cast import KOSS

SEEN_AT, BEFORE = NOW - timedelta(minutes=2), NOW - timedelta(days=9)
RULE = SeriesRule("2026-10-13T15:00", "Europe/Berlin", 30)
ORIGIN = Origin("2026-10-06T15:00", "Europe/Berlin")
TOLD = ("ben@example.org",)
ASKED = Series("ana@example.org", "u", 1, RULE, asked_generation=2)


def turn(marks: dict[str, Mark] | None = None, *series: Series, **known: Any) -> PairingTurn:
    return turn_of(marks=marks or {}, series=series, program=KOSS, **known)


def live(generation: int = 2, basis: str = "b") -> Mark:
    return Mark(generation, basis, "live", BEFORE)


def done(draft: PairingTurn, key: str, version: str = "v9") -> tuple[Series, ...]:
    settled(draft, Settled(key, Receipt(version, told=TOLD), SEEN_AT))
    return draft.state.series


# --- a series


def test_a_series_that_was_asked_for_stands_from_its_receipt_on() -> None:
    ending = replace(ASKED, rule=replace(RULE, until=date(2026, 12, 1)))
    draft = turn({"series/ana-ben/0": live()}, ending)
    assert done(draft, "series/ana-ben/0/2") == (
        replace(
            ending, standing="put", version="v9", told=TOLD, put_at=SEEN_AT,
            until_put=date(2026, 12, 1),
        ),
    )  # fmt: skip
    assert draft.marks == {"series/ana-ben/0": Mark(2, "b", "settled", SEEN_AT)}


def test_a_change_of_a_series_keeps_since_when_it_stands_and_whom_the_first_receipt_named() -> None:
    """The calendar that invited by itself then has told nobody of the change."""
    known = replace(
        ASKED, standing="put", version="v1", told=("x@example.org",), put_at=BEFORE,
        until_put=date(2026, 11, 3),
    )  # fmt: skip
    draft = turn({"series/ana-ben/0": live()}, known)
    assert done(draft, "series/ana-ben/0/2") == (replace(known, version="v9"),)


@pytest.mark.parametrize("standing", ["gone", "ended"])
def test_what_was_ended_or_deleted_meanwhile_does_not_stand_because_of_a_receipt(
    standing: Any,
) -> None:
    draft = turn({"series/ana-ben/0": live()}, replace(ASKED, standing=standing))
    (series,) = done(draft, "series/ana-ben/0/2")
    assert (series.standing, series.version) == (standing, "v9")


def test_a_receipt_is_that_of_the_series_of_its_length_and_generation() -> None:
    others = (replace(ASKED, index=1), replace(ASKED, asked_generation=1), ASKED)
    draft = turn({"series/ana-ben/0": live()}, *others)
    assert [each.version for each in done(draft, "series/ana-ben/0/2")] == ["", "", "v9"]


def test_a_receipt_of_a_series_that_another_has_replaced_is_remembered_so_that_it_can_be_ended() -> (
    None
):
    stands = replace(ASKED, generation=3, asked_generation=3)
    others = (replace(ASKED, index=1), ASKED, replace(ASKED, put_at=BEFORE), stands)
    draft = turn({"series/ana-ben/0": live(3)}, *others)
    found = done(draft, "series/ana-ben/0/2")
    assert found == (
        others[0], replace(ASKED, version="v9", put_at=SEEN_AT), others[2], stands,
    )  # fmt: skip
    assert draft.marks == {"series/ana-ben/0": live(3)}


def test_so_it_is_when_nothing_is_known_of_the_effect_any_more() -> None:
    draft = turn({}, ASKED)
    assert done(draft, "series/ana-ben/0/2") == (replace(ASKED, version="v9", put_at=SEEN_AT),)


@pytest.mark.parametrize(("basis", "until"), [("2026-10-27", date(2026, 10, 27)), ("None", None)])
def test_the_end_of_a_series_is_on_the_calendar(basis: str, until: date | None) -> None:
    known = replace(ASKED, standing="ended", version="v1", until_put=date(2026, 12, 1))
    others = (replace(known, index=1), replace(known, generation=2))
    draft = turn({"series/ana-ben/0/1/end": live(1, basis)}, known, *others)
    assert done(draft, "series/ana-ben/0/1/end/1") == (
        replace(known, version="v9", until_put=until), *others,
    )  # fmt: skip
    assert draft.marks["series/ana-ben/0/1/end"].standing == "settled"


def test_a_late_receipt_of_an_end_says_nothing() -> None:
    known = replace(ASKED, asked_generation=1)
    draft = turn({"series/ana-ben/0/1/end": live(2, "None")}, known)
    assert done(draft, "series/ana-ben/0/1/end/1") == (known,)
    assert draft.marks == {"series/ana-ben/0/1/end": live(2, "None")}


# --- letters


def test_the_receipt_of_a_letter_counts_even_when_nobody_asks_for_that_letter_any_more() -> None:
    """It lies in somebody's mailbox: the question was asked, and silence from now on is silence."""
    question = Question("wish", "mentee", "m1", BEFORE, BEFORE + timedelta(days=7))
    stem = "wish/pairing/ana-ben/m1/ben"
    draft = turn({}, questions=(question,))
    done(draft, f"{stem}/1")
    assert draft.state.questions == (replace(question, told_at=SEEN_AT),)
    done(draft, "notes/pairing/ana-ben/2026-10-06T15:00[Europe/Berlin]/ben/1")
    assert draft.state.signs == (Sign("mentee", None, 1, SEEN_AT),)
    assert draft.marks == {}


def test_a_copy_that_was_accepted_is_no_longer_owed() -> None:
    note = Note(ORIGIN, "mentee", "Rome", BEFORE)
    stem = f"copy/pairing/ana-ben/{ORIGIN}#mentee-20260928T080000/ana"
    draft = turn({stem: live(1)}, notes=(note,))
    done(draft, f"{stem}/1")
    assert draft.state.notes == (replace(note, copied=True),)


def test_the_receipt_of_a_single_event_changes_its_meeting() -> None:
    left_out = Meeting(ORIGIN, NOW, NOW, "skipped", Place("ana@example.org", "u"))
    stem = f"cancel/ana-ben/{ORIGIN}"
    draft = turn({stem: live(1)}, meetings=(left_out,))
    done(draft, f"{stem}/1")
    assert draft.state.meetings == (replace(left_out, gone=True, told=TOLD),)


# --- what was refused


@pytest.mark.parametrize(
    ("how", "generation", "standing", "told"),
    [
        ("conflict", 1, "conflict", []),
        ("conflict", 7, "conflict", []),
        ("conflict", 8, "conflict", ["move"]),  # so often: a person has to look at it
        ("late", 8, "skipped", []),
        ("permanent", 1, "refused", ["move"]),
    ],
)
def test_what_a_refusal_leads_to(how: Any, generation: int, standing: str, told: list[str]) -> None:
    stem = "move/ana-ben/2026-10-13T15:00[Europe/Berlin]"
    draft = turn({stem: live(generation)})
    refused(draft, Refused(f"{stem}/{generation}", how, "full", SEEN_AT))
    assert draft.marks[stem] == Mark(generation, "b", standing, SEEN_AT)  # type: ignore[arg-type]
    facts = [each.change for each in draft.effects]
    assert facts == [TellAdmin("refused", {"what": each}) for each in told]
    assert [each.reason for each in draft.effects] == ["full"] * len(told)
    assert [(r.text, r.key) for r in draft.reasons] == [("not done: full", f"{stem}/{generation}")]


@pytest.mark.parametrize("known", [{}, {"move/x": live(2)}])
def test_a_refusal_of_what_does_not_count_any_more_changes_nothing(known: dict[str, Mark]) -> None:
    draft = turn(known)
    refused(draft, Refused("move/x/1", "permanent", "full", SEEN_AT))
    assert (draft.marks, draft.effects, reasons(draft)) == (known, [], ["not done: full"])


# --- receipts that nobody waits for


def slot() -> PutMeeting:
    return PutMeeting("ana@example.org", "u", Slot(NOW, NOW), "Europe/Berlin", "1:1", TOLD)


ANSWERING, QUIET = Sign("mentee", BEFORE, 0), Sign("mentee", BEFORE, 1)


@pytest.mark.parametrize(
    ("change", "sign", "unawaited"),
    [
        *((SendLetter(each, "ben"), None, True) for each in (
            "prep-mentor", "copy", "first-note", "ack", "unclear", "moved", "left-out", "off", "resumed", "ended",
            "farewell", "break-ahead",
        )),
        *((SendLetter(each, "ben"), ANSWERING, True) for each in ("prep-mentee", "notes")),
        # the next unanswered one may be the one after which it is asked whether it is still good
        (SendLetter("prep-mentee", "ben"), QUIET, False),
        (SendLetter("prep-mentee", "ben"), replace(ANSWERING, heard_at=None), False),
        (SendLetter("prep-mentee", "ben"), None, False),
        (SendLetter("notes", "ana"), ANSWERING, False),
        (SendLetter("notes", "ana"), replace(ANSWERING, role="mentor"), True),
        (SendLetter("notes", "stranger"), ANSWERING, False),
        # something follows: reminders, the next question, a series
        *((SendLetter(each, "ben"), ANSWERING, False) for each in ("proposal", "welcome-mentee", "started", "wish")),
        (TellAdmin("refused"), ANSWERING, False),
        (slot(), ANSWERING, False),
    ],
)  # fmt: skip
def test_which_receipts_wake_no_lane(change: Change, sign: Sign | None, unawaited: bool) -> None:
    draft = turn(signs=(sign,) if sign else ())
    draft.want("x/1", change, account="a", opens=NOW, closes=NOW + timedelta(days=1), reason="why")
    expect_quietly(draft)
    assert [each.quiet for each in draft.effects] == [unawaited]


def test_how_many_letters_may_be_unanswered_is_what_the_program_says() -> None:
    draft = turn(signs=(QUIET,))
    draft.world = replace(draft.world, program=replace(KOSS, still_good_letters=4))
    draft.say("notes/x", SendLetter("notes", "ben"), reason="why")
    expect_quietly(draft)
    assert draft.effects[0].quiet
