"""What `changes` promises: it loses nothing, repeats nothing, and never passes a part for the whole.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daemon.domain.invitation import Guest
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import AccessLost, CursorExpired
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_writing import CHANGES, FIFTH, FOURTH, NOON, change
from tests.conformance.following import WINDOW, Reader, half_hour, listing, one_off, series

SIXTH = "2026-11-10T10:00"

Act = Callable[[Hands, Address, Address], None]
ONE_ACT_EACH: dict[str, Act] = {
    "organizer cancels one": lambda hands, ana, ben: hands.cancel(ana, Place(ana, "one", FOURTH)),
    "organizer deletes one": lambda hands, ana, ben: hands.delete(ana, Place(ana, "one", FOURTH)),
    "organizer moves one": lambda hands, ana, ben: hands.move(ana, Place(ana, "one", FOURTH), NOON),
    "guest declines one": lambda hands, ana, ben: hands.answer(
        ben, Place(ana, "one", FOURTH), "DECLINED"
    ),
    "guest deletes one": lambda hands, ana, ben: hands.delete(ben, Place(ana, "one", FOURTH)),
    "guest declines all": lambda hands, ana, ben: hands.answer(ben, Place(ana, "one"), "DECLINED"),
    "guest deletes all": lambda hands, ana, ben: hands.delete(ben, Place(ana, "one")),
    "guest accepts all": lambda hands, ana, ben: hands.answer(ben, Place(ana, "one"), "ACCEPTED"),
    "guest is not sure": lambda hands, ana, ben: hands.answer(
        ben, Place(ana, "one", FOURTH), "TENTATIVE"
    ),
    "organizer deletes the series": lambda hands, ana, ben: hands.delete_series(ana, "one"),
    "organizer deletes all": lambda hands, ana, ben: hands.delete(ana, Place(ana, "one")),
}


class ListingConformance:
    """changes(since) in every state of the calendar and of the cursor."""

    def test_an_empty_calendar_is_complete_and_has_a_cursor(
        self, calendars: CalendarConnector, reader: Reader
    ) -> None:
        assert reader.read() == ()
        assert reader.read() == ()

    @pytest.mark.parametrize("act", ONE_ACT_EACH)
    def test_each_act_is_told_once_and_nothing_else_is(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        act: str,
    ) -> None:
        for uid in ("one", "untouched"):
            calendars.put(organizer, series(organizer, guest, uid=uid), key=uid, expected="")
        reader.read()
        before = reader.meetings()
        ONE_ACT_EACH[act](hands, organizer, guest)
        told = reader.read()
        assert {seen.place.uid for seen in told} == {"one"}
        assert reader.meetings() != before
        assert reader.read() == ()

    @pytest.mark.parametrize(
        ("act", "expected"),
        [
            ("guest declines one", "DECLINED"),
            ("guest deletes one", "DECLINED"),
            ("guest is not sure", "TENTATIVE"),
        ],
    )
    def test_an_answer_to_one_is_told_at_that_one(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        act: str,
        expected: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        ONE_ACT_EACH[act](hands, organizer, guest)
        reader.read()
        assert reader.known[Place(organizer, "one", FOURTH)].rule is None
        assert dict(reader.meeting(FOURTH).answers)[guest] == expected
        assert dict(reader.meeting(FIFTH).answers)[guest] != expected

    @pytest.mark.parametrize("act", ["guest declines all", "guest deletes all"])
    def test_a_no_to_the_series_is_told_at_the_master(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        act: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        ONE_ACT_EACH[act](hands, organizer, guest)
        reader.read()
        (answer,) = reader.known[Place(organizer, "one")].guests
        assert (answer.address, answer.partstat) == (guest, "DECLINED")

    @pytest.mark.parametrize("act", ["organizer deletes the series", "organizer deletes all"])
    def test_a_deleted_series_is_gone_as_a_whole(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        act: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        reader.read()
        ONE_ACT_EACH[act](hands, organizer, guest)
        told = reader.read()
        assert EventGone in {type(seen) for seen in told if seen.place == Place(organizer, "one")}
        assert reader.meetings() == {}

    def test_a_series_comes_back_out_of_the_bin_as_it_was(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        hands.delete(organizer, Place(organizer, "one", FIFTH))
        reader.read()
        before = reader.meetings()
        hands.delete_series(organizer, "one")
        reader.read()
        hands.restore_series(organizer, "one")
        assert reader.read() != ()
        assert reader.meetings() == before

    def test_trap_32_a_long_story_in_small_steps_equals_one_full_listing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        ana, ben = organizer, guest
        sleeper = Reader(calendars, ana)
        calendars.put(ana, series(ana, ben), key="k/1", expected="")
        sleeper.read()
        steps: list[Callable[[], object]] = [
            lambda: hands.answer(ben, Place(ana, "one"), "ACCEPTED"),
            lambda: hands.move(ana, Place(ana, "one", FOURTH), NOON),
            lambda: hands.answer(ben, Place(ana, "one", FOURTH), "DECLINED"),
            lambda: calendars.move(
                ana,
                Place(ana, "one", FOURTH),
                half_hour("2026-10-30T09:00"),
                key="k/2",
                expected="",
            ),
            lambda: hands.cancel(ana, Place(ana, "one", FIFTH)),
            lambda: hands.delete(ben, Place(ana, "one", SIXTH)),
            lambda: calendars.put(ana, one_off(ben), key="k/3", expected=""),
            lambda: hands.delete(ana, Place(ana, "one", SIXTH)),
            lambda: hands.answer(ben, Place(ana, "single"), "DECLINED"),
            lambda: calendars.cancel(ana, Place(ana, "single"), key="k/4", expected=""),
            lambda: hands.delete(ana, Place(ana, "one", FOURTH)),
            lambda: hands.occupy(ana, "dentist", half_hour("2026-12-01T09:00")),
            lambda: hands.delete_series(ana, "one"),
            lambda: hands.restore_series(ana, "one"),
        ]
        for step in steps:
            step()
            reader.read()
        sleeper.read()
        assert sleeper.meetings() == reader.meetings()
        assert sleeper.read() == reader.read() == ()

    def test_reading_again_with_the_same_cursor_tells_the_same(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        """A crash between the reading and its record must lose nothing."""
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.cancel(organizer, Place(organizer, "one", FOURTH))
        first = calendars.changes(organizer, reader.cursor, WINDOW)
        again = calendars.changes(organizer, reader.cursor, WINDOW)
        assert first.observations and first.observations == again.observations

    @pytest.mark.parametrize("cursor", ["", "garbage", "-1", "99999999999", "\x00\uffff"])
    def test_trap_32_a_cursor_that_was_never_ours_raises(
        self, calendars: CalendarConnector, organizer: Address, guest: Address, cursor: str
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        with pytest.raises(CursorExpired):
            calendars.changes(organizer, cursor, WINDOW)

    def test_ordinary_busy_time_is_not_told(
        self, calendars: CalendarConnector, hands: Hands, reader: Reader, organizer: Address
    ) -> None:
        hands.occupy(organizer, "dentist", half_hour("2026-10-28T09:00"))
        assert reader.read() == ()

    def test_what_another_one_organizes_is_told_as_an_invitation_by_that_one_alone(
        self, calendars: CalendarConnector, organizer: Address, guest: Address, stranger: Address
    ) -> None:
        team = replace(series(organizer, guest, uid="team"), guests=(guest, stranger))
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        calendars.put(organizer, team, key="k/2", expected="")
        calendars.changes(organizer, None, WINDOW)  # by then it has come to the guest
        told = {place: (s.organizer, s.guests) for place, s in listing(calendars, guest).items()}
        assert told in ({}, {Place(guest, "one"): (organizer, (Guest(organizer, "ACCEPTED"),))})

    @pytest.mark.parametrize("word", ["changes", "busy", *CHANGES, "uninvite"])
    def test_trap_43_a_lost_account_says_so_and_loses_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        before = listing(calendars, organizer)
        hands.lock_out(organizer)
        with pytest.raises(AccessLost):
            if word == "changes":
                calendars.changes(organizer, None, WINDOW)
            elif word == "busy":
                calendars.busy(organizer, (organizer, guest), WINDOW)
            else:
                change(calendars, word, Place(organizer, "one", FOURTH), key="k/2")
        hands.let_in(organizer)
        assert listing(calendars, organizer) == before

    def test_an_account_that_is_back_tells_what_happened_meanwhile(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.lock_out(organizer)
        hands.cancel(organizer, Place(organizer, "one", FOURTH))
        hands.let_in(organizer)
        try:
            told = reader.read()
        except CursorExpired:
            reader.cursor = None
            told = reader.read()
        assert Place(organizer, "one") in {
            Place(seen.place.calendar, seen.place.uid) for seen in told
        }
        assert reader.meeting(FOURTH).off

    def test_what_is_told_is_typed_as_the_port_says(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.cancel(organizer, Place(organizer, "one", FOURTH))
        reader.read()
        master = reader.known[Place(organizer, "one")]
        assert isinstance(master, EventSeen) and master.rule is not None
        assert (master.start, master.end) == (
            half_hour("2026-10-06T08:00").start,
            half_hour("2026-10-06T08:00").end,
        )
        assert [seen.address for seen in master.guests] == [guest]
