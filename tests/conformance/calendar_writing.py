"""What the four writing calls promise: once per key, never over somebody else's change, never twice.

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from daemon.domain.effect import Receipt
from daemon.domain.meeting import Place
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import Permanent, VersionConflict
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.following import RULE, WINDOW, Reader, half_hour, listing, one_off, series

FOURTH = "2026-10-27T10:00"
FIFTH = "2026-11-03T10:00"
NOON = half_hour("2026-11-04T12:00")
COMER = "cleo@mentees.example"
"""Who is invited beside the guest, or let go."""
CHANGES = ("put", "move", "cancel", "invite")


def change(
    calendars: CalendarConnector, word: str, place: Place, *, key: str, expected: str = ""
) -> Receipt:
    """One of these changes, or a guest who is let go, to the series `one` of that organizer."""
    at, who = place.calendar, COMER
    match word:
        case "put":
            longer = series(at, "ben@mentees.example", rule=replace(RULE, length_minutes=45))
            return calendars.put(at, longer, key=key, expected=expected)
        case "move":
            return calendars.move(at, place, NOON, key=key, expected=expected)
        case "cancel":
            return calendars.cancel(at, place, key=key, expected=expected)
        case "uninvite":
            return calendars.uninvite(at, place, (who,), key=key, expected=expected)
        case _:
            whole = replace(place, recurrence="")
            return calendars.invite(at, whole, (who,), key=key, expected=expected)


class WritingConformance:
    """put, move, cancel and invite."""

    def test_put_twice_is_one_event(
        self, calendars: CalendarConnector, organizer: Address, guest: Address
    ) -> None:
        first = calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        again = calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        assert (first.repeated, again.repeated) == (False, True)
        assert list(listing(calendars, organizer)) == [Place(organizer, "one")]

    def test_a_receipt_names_place_and_version(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        receipt = calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        (seen,) = reader.read()
        assert receipt.place == Place(organizer, "one") == seen.place
        assert receipt.version and set(receipt.told) <= {organizer, guest}
        assert reader.known[seen.place].version == receipt.version, (
            "trap_38: no way to know an echo"
        )

    @pytest.mark.parametrize("word", CHANGES)
    def test_trap_38_our_own_write_comes_back_at_most_once_with_the_receipts_version(
        self,
        calendars: CalendarConnector,
        reader: Reader,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        receipt = change(calendars, word, Place(organizer, "one", FOURTH), key="k/2")
        for seen in reader.read():
            assert reader.known[seen.place].version == receipt.version
        assert reader.read() == ()

    def test_same_uid_with_a_new_key_is_a_change(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        before = calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        after = change(calendars, "put", Place(organizer, "one"), key="k/2")
        reader.read()
        assert not after.repeated and after.version != before.version
        rule = reader.known[Place(organizer, "one")].rule
        assert rule is not None and rule.length_minutes == 45
        assert len(reader.known) == 1

    def test_a_one_off_is_put_and_put_elsewhere(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, one_off(guest), key="k/1", expected="")
        reader.read()
        assert reader.meeting("", "single").start == one_off(guest).slot.start
        moved = replace(one_off(guest), slot=NOON)
        calendars.put(organizer, moved, key="k/2", expected="")
        reader.read()
        assert reader.meeting("", "single").start == NOON.start
        assert reader.known[Place(organizer, "single")].rule is None

    @pytest.mark.parametrize("word", CHANGES)
    def test_a_crash_between_call_and_receipt_is_one_change(
        self,
        calendars: CalendarConnector,
        reopen: Callable[[], CalendarConnector],
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        version = listing(calendars, organizer)[Place(organizer, "one")].version
        change(calendars, word, place, key="k/2", expected=version)
        done = listing(calendars, organizer)
        again = change(reopen(), word, place, key="k/2", expected=version)
        assert again.repeated
        assert listing(calendars, organizer) == done

    @pytest.mark.parametrize("word", CHANGES)
    def test_trap_39_a_wrong_expected_changes_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        old = calendars.put(organizer, series(organizer, guest), key="k/1", expected="").version
        hands.move(organizer, Place(organizer, "one", FIFTH), half_hour("2026-11-05T08:00"))
        before = listing(calendars, organizer)
        with pytest.raises(VersionConflict):
            change(calendars, word, Place(organizer, "one", FOURTH), key="k/2", expected=old)
        assert listing(calendars, organizer) == before

    @pytest.mark.parametrize("word", CHANGES)
    def test_the_version_last_told_is_good_as_expected(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        """Also for a changed occurrence that was told before another one changed."""
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, place, half_hour("2026-10-28T08:00"))
        reader.read()
        hands.answer(guest, Place(organizer, "one", FIFTH), "DECLINED")
        reader.read()
        told = reader.known[place if word != "put" else Place(organizer, "one")].version
        assert not change(calendars, word, place, key="k/2", expected=told).repeated

    @pytest.mark.parametrize("word", ["put", "move"])
    def test_a_repeated_key_does_not_undo_what_a_person_did_since(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        word: str,
    ) -> None:
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        change(calendars, word, place, key="k/2")
        hands.move(organizer, place, half_hour("2026-10-29T08:00"))
        reader.read()
        again = change(calendars, word, place, key="k/2")
        assert again.repeated
        assert again.version != reader.known[place].version, "claims the person's change as ours"
        assert reader.read() == ()
        assert reader.meeting(FOURTH).start == half_hour("2026-10-29T08:00").start

    def test_trap_27_a_uid_that_was_deleted_stays_taken(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.delete_series(organizer, "one")
        with pytest.raises(VersionConflict):
            calendars.put(organizer, series(organizer, guest), key="k/2", expected="")
        assert listing(calendars, organizer) == {}
        calendars.put(organizer, series(organizer, guest, uid="two"), key="k/3", expected="")
        assert list(listing(calendars, organizer)) == [Place(organizer, "two")]

    @pytest.mark.parametrize("way", ["cancel", "delete", "delete_series"])
    def test_moving_what_is_no_longer_there_is_a_conflict(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        place = Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        if way == "delete_series":
            hands.delete_series(organizer, "one")
        else:
            getattr(hands, way)(organizer, place)
        before = listing(calendars, organizer)
        with pytest.raises(VersionConflict):
            calendars.move(organizer, place, NOON, key="k/2", expected="")
        assert listing(calendars, organizer) == before

    @pytest.mark.parametrize("recurrence", ["2026-10-28T10:00", "2031-01-07T10:00", "soon"])
    def test_an_occurrence_that_never_was_is_a_conflict_to_move_and_off_already(
        self, calendars: CalendarConnector, organizer: Address, guest: Address, recurrence: str
    ) -> None:
        place = Place(organizer, "one", recurrence)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        before = listing(calendars, organizer)
        with pytest.raises(VersionConflict):
            calendars.move(organizer, place, NOON, key="k/2", expected="")
        assert calendars.cancel(organizer, place, key="k/3", expected="").repeated
        assert listing(calendars, organizer) == before

    @pytest.mark.parametrize("zone", ["Nowhere/Land", "Europe", "x" * 300, "../etc/passwd", ""])
    def test_trap_8_a_zone_that_nobody_knows_is_refused(
        self, calendars: CalendarConnector, organizer: Address, guest: Address, zone: str
    ) -> None:
        nowhere = series(organizer, guest, rule=replace(RULE, zone=zone))
        with pytest.raises(Permanent):
            calendars.put(organizer, nowhere, key="k/1", expected="")
        assert listing(calendars, organizer) == {}

    @pytest.mark.parametrize("way", ["cancel", "delete", "delete_series", "never"])
    def test_cancelling_what_is_already_off_is_done(
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
        if way == "delete_series":
            hands.delete_series(organizer, "one")
        elif way != "never":
            getattr(hands, way)(organizer, place)
        before = listing(calendars, organizer)
        assert calendars.cancel(organizer, place, key="k/2", expected="").repeated
        assert listing(calendars, organizer) == before

    def test_cancelling_one_leaves_the_others_and_cancelling_all_leaves_none(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        all_of_them = reader.standing()
        calendars.cancel(organizer, Place(organizer, "one", FOURTH), key="k/2", expected="")
        reader.read()
        assert reader.standing() == [wall for wall in all_of_them if wall != FOURTH]
        calendars.cancel(organizer, Place(organizer, "one"), key="k/3", expected="")
        reader.read()
        assert reader.standing() == []

    def test_invite_adds_and_never_takes_away_or_doubles(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        cleo = "cleo@mentees.example"
        calendars.invite(organizer, Place(organizer, "one"), (cleo, guest), key="k/2", expected="")
        reader.read()
        assert [who for who, _ in reader.meeting(FOURTH).answers] == sorted([guest, cleo])

    def test_who_joins_a_series_joins_it_where_one_occurrence_is_off(
        self, calendars: CalendarConnector, reader: Reader, organizer: Address, guest: Address
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        off = Place(organizer, "one", "2026-10-13T10:00")
        calendars.cancel(organizer, off, key="k/2", expected="")
        cleo = "cleo@mentees.example"
        calendars.invite(organizer, Place(organizer, "one"), (cleo,), key="k/3", expected="")
        reader.read()
        assert [who for who, _ in reader.meeting(FOURTH).answers] == sorted([guest, cleo])

    def test_ending_a_series_keeps_what_was(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(
            organizer, Place(organizer, "one", "2026-10-13T10:00"), half_hour("2026-10-14T08:00")
        )
        ended = series(organizer, guest, rule=replace(RULE, until=date(2026, 10, 27)))
        calendars.put(organizer, ended, key="k/1/end", expected="")
        reader.read()
        assert [str(seen.start)[:16] for seen in reader.meetings().values()] == [
            "2026-10-06 08:00",
            "2026-10-14 08:00",
            "2026-10-20 08:00",
            "2026-10-27 09:00",
        ]

    def test_a_change_keeps_the_exceptions_that_still_fit(
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
        change(calendars, "put", Place(organizer, "one"), key="k/2")
        reader.read()
        assert reader.meeting(FOURTH).start == NOON.start
        assert reader.meeting(FIFTH).off

    def test_the_link_stands_at_every_date_and_another_one_in_its_place(
        self, calendars: CalendarConnector, hands: Hands, organizer: Address, guest: Address
    ) -> None:
        """Also where an occurrence was moved before, and with its guest."""
        first, second = "https://meet.example.org/ana", "Room 7, second floor"
        event = replace(series(organizer, guest), location=first)
        single = replace(one_off(guest), location=first)
        calendars.put(organizer, event, key="k/1", expected="")
        calendars.put(organizer, single, key="k/2", expected="")
        calendars.move(organizer, Place(organizer, "one", FOURTH), NOON, key="k/3", expected="")
        for link, number in ((first, 4), (second, 6)):
            calendars.put(organizer, replace(event, location=link), key=f"k/{number}", expected="")
            put = replace(single, location=link)
            calendars.put(organizer, put, key=f"k/{number + 1}", expected="")
            calendars.changes(organizer, None, WINDOW)
            for who in (organizer, guest):
                shown = hands.calendar(who, WINDOW)
                assert len(shown) > 20 and {each.where for each in shown} == {link}
