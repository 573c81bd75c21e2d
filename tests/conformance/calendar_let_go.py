"""What a calendar does with a guest of one occurrence who is let go: nobody and nothing else is touched, and once per key.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures. Not a person who takes somebody off a series:
calendar_whole.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.errors import VersionConflict
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_writing import FIFTH, FOURTH
from tests.conformance.following import Reader, half_hour, listing, one_off, series

VISITOR = "dara@elsewhere.example"
"""Somebody of whom nothing is read but the answer."""


def let_go(
    calendars: CalendarConnector, place: Place, who: Address = VISITOR, *, key: str = "k/3",
    expected: str = "",
) -> Receipt:  # fmt: skip
    """One guest off one event."""
    return calendars.uninvite(place.calendar, place, (who,), key=key, expected=expected)


class LetGoConformance:
    """uninvite."""

    @pytest.fixture
    def visited(self, calendars: CalendarConnector, organizer: Address, guest: Address) -> Place:
        """An occurrence of the series to which somebody else is invited."""
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        calendars.invite(organizer, place, (VISITOR,), key="k/2", expected="")
        return place

    def test_whoever_is_let_go_is_no_guest_and_all_else_stays(
        self, calendars: CalendarConnector, hands: Hands, reader: Reader, guest: Address, visited: Place
    ) -> None:  # fmt: skip
        hands.answer(guest, visited, "ACCEPTED")
        reader.read()
        before = reader.meetings()
        answers = {guest: "ACCEPTED", VISITOR: "NEEDS-ACTION"}
        assert dict(reader.meeting(FOURTH).answers) == answers
        receipt = let_go(calendars, visited)
        reader.read()
        assert (receipt.repeated, dict(reader.meeting(FOURTH).answers)) == (
            False,
            {guest: "ACCEPTED"},
        )
        assert reader.known[visited].version == receipt.version
        after = reader.meetings()
        assert (after["one", FOURTH].start, after["one", FOURTH].end) == (
            before["one", FOURTH].start,
            before["one", FOURTH].end,
        )
        others = [name for name in before if name != ("one", FOURTH)]
        assert [after[name] for name in others] == [before[name] for name in others]

    def test_once_per_key_and_whoever_is_no_guest_counts_as_done(
        self, calendars: CalendarConnector, reopen: Callable[[], CalendarConnector], visited: Place
    ) -> None:
        first = let_go(calendars, visited)
        done = listing(calendars, visited.calendar)
        again = let_go(reopen(), visited)
        another = let_go(reopen(), visited, key="k/4")
        nobody = let_go(reopen(), visited, "never@elsewhere.example", key="k/5")
        assert [each.repeated for each in (first, again, another, nobody)] == [False, True, True, True]  # fmt: skip
        assert listing(calendars, visited.calendar) == done

    def test_trap_39_a_wrong_expected_lets_nobody_go(
        self, calendars: CalendarConnector, hands: Hands, reader: Reader, visited: Place
    ) -> None:
        reader.read()
        old = reader.known[visited].version
        hands.move(visited.calendar, Place(visited.calendar, "one", FIFTH), half_hour("2026-11-05T08:00"))  # fmt: skip
        with pytest.raises(VersionConflict):
            let_go(calendars, visited, expected=old)
        reader.read()
        assert VISITOR in dict(reader.meeting(FOURTH).answers)
        assert not let_go(calendars, visited, expected=reader.known[visited].version).repeated

    def test_at_a_moved_date_too_and_the_time_stays(
        self, calendars: CalendarConnector, hands: Hands, reader: Reader, guest: Address, visited: Place
    ) -> None:  # fmt: skip
        moved = half_hour("2026-10-28T08:00")
        hands.move(visited.calendar, visited, moved)
        let_go(calendars, visited)
        reader.read()
        meeting = reader.meeting(FOURTH)
        assert (meeting.start, set(dict(meeting.answers))) == (moved.start, {guest})

    def test_who_comes_back_is_asked_anew(
        self, calendars: CalendarConnector, reader: Reader, visited: Place
    ) -> None:
        let_go(calendars, visited)
        calendars.invite(visited.calendar, visited, (VISITOR,), key="k/4", expected="")
        reader.read()
        assert dict(reader.meeting(FOURTH).answers)[VISITOR] == "NEEDS-ACTION"

    @pytest.mark.parametrize("way", ["cancel", "delete", "delete_series", "never"])
    def test_of_what_is_off_nobody_has_to_be_let_go(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        place = Place(organizer, "one", FOURTH)
        if way != "never":
            calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
            calendars.invite(organizer, place, (VISITOR,), key="k/2", expected="")
        if way == "delete_series":
            hands.delete_series(organizer, "one")
        elif way != "never":
            getattr(hands, way)(organizer, place)
        before = listing(calendars, organizer)
        assert let_go(calendars, place).repeated
        assert listing(calendars, organizer) == before

    def test_a_guest_of_one_single_event(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        place = Place(organizer, "single")
        calendars.put(organizer, one_off(guest), key="k/1", expected="")
        calendars.invite(organizer, place, (VISITOR,), key="k/2", expected="")
        reader.read()
        before = reader.meeting("", "single")
        assert set(dict(before.answers)) == {guest, VISITOR}
        let_go(calendars, place)
        reader.read()
        after = reader.meeting("", "single")
        assert (after.start, set(dict(after.answers))) == (before.start, {guest})
