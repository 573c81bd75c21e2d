"""What is told when somebody changes a series as a whole by hand (RULES 5, rows 3, 5, 8 and 9).

Not a suite of its own: see tests/conformance/calendars.py for the fixtures.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.domain.cadence import SeriesRule, Step
from daemon.domain.meeting import Place, Slot
from daemon.domain.observation import EventGone, EventSeen
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_rhythms import SECOND
from tests.conformance.calendar_times import shown
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import RULE, Reader, half_hour, listing, series, utc, walls

WHOLE: dict[str, tuple[SeriesRule, str, str]] = {
    "weekly": (RULE, FOURTH, "2026-11-10T10:00"),
    "every 2 weeks": (replace(RULE, step=Step(weeks=2)), "2026-11-17T10:00", "2026-12-29T10:00"),
    "monthly": (SECOND, "2026-12-08T10:00", "2027-02-09T10:00"),
}
"""A rule, the occurrence at which it is cut, and one after that."""
NINE_ON_WEDNESDAY = Slot(utc("2026-12-16T08:00"), utc("2026-12-16T08:45"))
"""The third of its month, 45 minutes."""


class WholeSeriesConformance:
    """All of it, or this and following."""

    @pytest.mark.parametrize("name", WHOLE)
    def test_trap_18_this_and_following_deleted_is_an_earlier_end(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        rule, at, later = WHOLE[name]
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", rule.first), half_hour("2026-10-07T07:00"))
        hands.move(organizer, Place(organizer, "one", later), half_hour("2027-01-04T08:00"))
        reader.read()
        hands.cut_series(organizer, Place(organizer, "one", at))
        told = reader.read()
        assert not any(isinstance(seen, EventGone) for seen in told)
        seen = reader.known[Place(organizer, "one")].rule
        assert seen is not None and (seen.first, seen.step) == (rule.first, rule.step)
        assert seen.until is not None and seen.until < date.fromisoformat(at[:10])
        assert reader.standing() == [wall for wall in walls(rule) if wall < at]
        assert reader.meeting(rule.first).start == utc("2026-10-07T07:00")
        assert len(shown(hands, organizer)) == len(shown(hands, guest)) == len(reader.standing())
        assert reader.read() == ()

    def test_this_and_following_deleted_at_the_first_is_a_deleted_series(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.cut_series(organizer, Place(organizer, "one", RULE.first))
        assert reader.read() != ()
        assert reader.standing() == shown(hands, guest) == []

    @pytest.mark.parametrize("name", WHOLE)
    def test_trap_18_this_and_following_moved_is_an_end_and_a_new_series(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        """The new one has another uid, is told with its rule although nobody here put it, and is followed."""
        rule, at, later = WHOLE[name]
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", later), half_hour("2027-01-04T08:00"))
        hands.answer(guest, Place(organizer, "one"), "ACCEPTED")
        reader.read()
        hands.split_series(organizer, Place(organizer, "one", at), NINE_ON_WEDNESDAY, "rest")
        reader.read()
        old, new = (reader.known[Place(organizer, uid)] for uid in ("one", "rest"))
        assert old.rule is not None and new.rule is not None
        assert old.rule.until is not None and old.rule.until < date.fromisoformat(at[:10])
        step = Step(months=1, nth=3) if rule.step.months else rule.step
        assert (new.rule.first, new.rule.zone) == ("2026-12-16T09:00", rule.zone)
        assert (new.rule.length_minutes, new.rule.step) == (45, step)
        assert new.rule.until == rule.until
        assert [(each.address, each.partstat) for each in new.guests] == [(guest, "NEEDS-ACTION")]
        assert listing(calendars, organizer)[new.place] == new
        both = len(reader.standing("one")) + len(reader.standing("rest"))
        assert len(shown(hands, guest)) == both, "a date of the old series is still there"

    def test_a_series_that_somebody_made_by_hand_is_followed_like_one_of_ours(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest, rule=SECOND), key="k/1", expected="")
        hands.split_series(
            organizer, Place(organizer, "one", "2026-12-08T10:00"), NINE_ON_WEDNESDAY, "rest"
        )
        reader.read()
        january, february = "2027-01-20T09:00", "2027-02-17T09:00"
        hands.answer(guest, Place(organizer, "rest", january), "DECLINED")
        hands.delete(organizer, Place(organizer, "rest", february))
        reader.read()
        assert dict(reader.meeting(january, "rest").answers)[guest] == "DECLINED"
        assert reader.meeting(february, "rest").off
        moved = calendars.move(
            organizer, Place(organizer, "rest", january), half_hour("2027-01-21T08:00"),
            key="k/2", expected=reader.known[Place(organizer, "rest")].version,
        )  # fmt: skip
        reader.read()
        assert reader.known[Place(organizer, "rest", january)].version == moved.version
        hands.uninvite(organizer, "rest", guest)
        reader.read()
        assert reader.known[Place(organizer, "rest")].guests == ()
        hands.delete_series(organizer, "rest")
        assert EventGone in {type(seen) for seen in reader.read()}

    def test_this_and_following_moved_at_the_first_is_the_same_series_elsewhere(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        place = Place(organizer, "one", RULE.first)
        hands.split_series(organizer, place, NINE_ON_WEDNESDAY, "rest")
        reader.read()
        assert [known.uid for known in reader.known] == ["one"]
        rule = reader.known[Place(organizer, "one")].rule
        assert rule is not None and rule.first == "2026-12-16T09:00"

    @pytest.mark.parametrize("name", WHOLE)
    def test_trap_19_all_of_it_moved_is_told_as_one_new_rule(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        name: str,
    ) -> None:
        """What had been an exception belonged to dates that the series has no more."""
        rule, at, later = WHOLE[name]
        calendars.put(organizer, series(organizer, guest, rule=rule), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", at), half_hour("2026-12-01T08:00"))
        hands.delete(organizer, Place(organizer, "one", later))
        reader.read()
        hands.move(organizer, Place(organizer, "one"), half_hour("2026-10-21T09:00"))
        reader.read()
        told = reader.known[Place(organizer, "one")].rule
        step = Step(months=1, nth=3) if rule.step.months else rule.step
        assert told is not None and (told.first, told.step) == ("2026-10-21T11:00", step)
        assert reader.standing() == list(walls(told))
        assert shown(hands, organizer) == shown(hands, guest)
        assert len(shown(hands, guest)) == len(reader.standing())

    def test_a_last_weekday_moved_to_another_last_one_stays_the_last(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        last = replace(RULE, first=FOURTH, step=Step(months=1, nth=-1))
        calendars.put(organizer, series(organizer, guest, rule=last), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one"), half_hour("2026-10-28T09:00"))
        reader.read()
        told = reader.known[Place(organizer, "one")].rule
        assert told is not None and told.step == Step(months=1, nth=-1)

    def test_trap_20_a_guest_taken_off_is_missing_and_nothing_is_gone(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        hands.answer(guest, Place(organizer, "one", FIFTH), "ACCEPTED")
        reader.read()
        hands.uninvite(organizer, "one", guest)
        told = reader.read()
        assert all(isinstance(seen, EventSeen) and not seen.cancelled for seen in told)
        assert {each.address for each in reader.known[Place(organizer, "one")].guests} == set()
        assert all(answers == () for answers in (m.answers for m in reader.meetings().values()))
        assert len(reader.standing()) == 26
        assert shown(hands, guest) == []
        assert Place(organizer, "one") in listing(calendars, organizer), "it is still there"
        back = calendars.invite(
            organizer, Place(organizer, "one"), (guest,), key="k/2", expected=""
        )
        reader.read()
        assert reader.known[Place(organizer, "one")].version == back.version
        assert dict(reader.meeting(FIFTH).answers) == {guest: "NEEDS-ACTION"}
        assert len(shown(hands, guest)) == 26

    @pytest.mark.parametrize("way", ["answer", "delete"])
    def test_a_whole_series_declined_is_a_no_to_its_exceptions_too(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        way: str,
    ) -> None:
        calendars.put(organizer, series(organizer, guest, rule=SECOND), key="k/1", expected="")
        hands.move(organizer, Place(organizer, "one", "2026-11-10T10:00"), NOON)
        hands.answer(guest, Place(organizer, "one", "2026-12-08T10:00"), "ACCEPTED")
        reader.read()
        if way == "answer":
            hands.answer(guest, Place(organizer, "one"), "DECLINED")
        else:
            hands.delete(guest, Place(organizer, "one"))
        told = reader.read()
        assert Place(organizer, "one") in {seen.place for seen in told}
        assert {dict(m.answers)[guest] for m in reader.meetings().values()} == {"DECLINED"}
        assert len(reader.standing()) == len(list(walls(SECOND))), "declined is not cancelled"

    def test_a_whole_series_accepted_again_is_a_yes_everywhere(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        for answer in ("DECLINED", "ACCEPTED"):
            hands.answer(guest, Place(organizer, "one"), answer)
            reader.read()
            assert {dict(m.answers)[guest] for m in reader.meetings().values()} == {answer}
