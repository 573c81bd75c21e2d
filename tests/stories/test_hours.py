"""The hours at which letters come: quiet hours, what is urgent in them, and the waits before a repair (RULES 5 and 8).

Not how many letters come: those are in test_caps.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, FAY, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import Stage, running


def at(moment: str, *lines: object, **settings: object) -> Stage:
    """At that moment everything has been read."""
    stage = running(*lines, program=replace(PATIENT, **settings))  # type: ignore[arg-type]
    stage.until(moment)
    stage.all_read()
    return stage


@row("letter-quiet", settings=("quiet_hours",))
@pytest.mark.parametrize(
    ("quiet", "letters"),
    [
        ((21, 7), ["Mon 12 Oct 18:00  prep-mentee", "Tue 13 Oct 19:30  notes"]),
        ((17, 9), ["Mon 12 Oct 16:59  prep-mentee", "Wed 14 Oct 09:00  notes"]),
        ((0, 0), ["Mon 12 Oct 18:00  prep-mentee", "Tue 13 Oct 19:30  notes"]),  # none
    ],
)
def test_a_prep_comes_before_the_quiet_hours_and_anything_else_after_them(
    quiet: tuple[int, int], letters: list[str]
) -> None:
    begins, ends = quiet
    stage = at("Sun 11 Oct 12:00 Kolkata", quiet_from_minute=begins * 60, quiet_to_minute=ends * 60)
    stage.until("Wed 14 Oct 10:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("letter-quiet")
def test_quiet_hours_are_those_of_the_reader() -> None:
    stage = at("Mon 12 Oct 10:00 Berlin", line(ANA, FAY, RegularTime(1, 17, 30)))
    stage.ana.drags("Tue 13 Oct", "Wed 14 Oct 17:00")  # it is one in the morning in Vancouver
    stage.until("Mon 12 Oct 12:00 Vancouver")
    assert when(stage.fay.reads()) == ["Mon 12 Oct 07:00  moved"]


@row("letter-quiet-own")
def test_who_has_hours_of_their_own_is_not_written_to_in_them() -> None:
    late = replace(ANA, quiet=(18 * 60, 9 * 60 + 30))
    stage = at("Tue 13 Oct 21:00 Kolkata", line(late, BEN))
    stage.ben.replies("notes", "The lab was good.")  # half past five in the afternoon in Berlin
    stage.until("Wed 14 Oct 21:00 Kolkata")
    assert when(stage.ana.reads()) == ["Wed 14 Oct 09:30  copy"]
    as_the_program = at("Tue 13 Oct 21:00 Kolkata")
    as_the_program.ben.replies("notes", "The lab was good.")
    as_the_program.until("Wed 14 Oct 21:00 Kolkata")
    assert when(as_the_program.ana.reads()) == ["Wed 14 Oct 07:00  copy"]


@row("letter-quiet")
def test_the_answer_to_ones_own_word_comes_at_any_hour() -> None:
    stage = at("Wed 14 Oct 23:00 Kolkata")
    stage.ben.replies("notes", "MOVE")
    assert when(stage.ben.reads()) == ["Wed 14 Oct 23:01  ack"]
    stage.until("Thu 15 Oct 08:00 Kolkata")
    assert when(stage.ben.reads()) == ["Thu 15 Oct 07:00  proposal"]
    assert stage.ana.reads() == []


@row("letter-urgent", settings=("urgent_hours",))
@pytest.mark.parametrize(
    ("hours", "letters"), [(12, ["Tue 13 Oct 07:00  moved"]), (20, ["Tue 13 Oct 01:36  moved"])]
)
def test_about_a_1_1_so_near_somebody_is_woken(hours: int, letters: list[str]) -> None:
    stage = at("Mon 12 Oct 22:00 Berlin", urgent_hours=hours)
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 16:00")  # seen at 01:31 in Kolkata
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("letter-urgent")
def test_before_a_1_1_in_the_morning_everything_about_it_is_urgent() -> None:
    stage = at("Mon 12 Oct 20:00 Berlin", line(ANA, CHI, RegularTime(1, 9, 0)), urgent_hours=0)
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 09:30")  # 15:30 in Taipei, where it is two at night
    stage.until("Tue 13 Oct 12:00 Taipei")
    assert when(stage.chi.reads()) == ["Tue 13 Oct 07:00  moved"]

    stage = at("Mon 12 Oct 20:00 Berlin", line(ANA, CHI, RegularTime(1, 2, 0)), urgent_hours=0)
    stage.ana.drags("Tue 13 Oct", "Tue 13 Oct 02:30")  # 08:30 in Taipei: before 07:00 and two hours
    stage.until("Tue 13 Oct 12:00 Taipei")
    assert when(stage.chi.reads())[0] == "Tue 13 Oct 02:06  moved"


@row("letter-urgent")
def test_an_offer_is_never_urgent() -> None:
    stage = at("Mon 12 Oct 22:00 Kolkata", urgent_hours=48)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == ["Tue 13 Oct 07:00  proposal"]


@row("seen-wait", settings=("repair_wait_minutes",))
@pytest.mark.parametrize(("minutes", "told"), [(0, "13:31"), (60, "14:31")])
def test_a_change_counts_after_so_long(minutes: int, told: str) -> None:
    stage = at("Mon 12 Oct 10:00 Berlin", repair_wait_minutes=minutes)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Mon 12 Oct 12:00 Berlin")
    assert when(stage.ben.reads()) == [f"Mon 12 Oct {told}  proposal"]


@row("seen-wait", settings=("repair_within_minutes",))
@pytest.mark.parametrize("minutes", [1, 2, 45])
def test_a_calendar_is_read_so_often(minutes: int) -> None:
    stage = at("Mon 12 Oct 10:00 Berlin", repair_within_minutes=minutes)
    stage.ana.deletes("Tue 13 Oct")  # and a minute passes
    for _ in range(minutes - 1):
        assert stage.standing("Tue 13 Oct") == "planned"
        stage.passes(1)
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("seen-wait", settings=("repair_within_minutes",))
@pytest.mark.parametrize(("minutes", "standing"), [(0, "cancelled"), (1, "planned")])
def test_with_every_beat_where_no_time_is_named(minutes: int, standing: str) -> None:
    stage = at("Mon 12 Oct 10:00 Berlin", repair_within_minutes=minutes)
    place = stage.meeting("Tue 13 Oct").place
    assert place is not None
    stage.outside.hands.delete("ana@example.org", place)
    stage.beat()
    assert stage.standing("Tue 13 Oct") == standing


class Told:
    """A provider that tells of one calendar as things change there, and of this change does not."""

    def __init__(self, *calendars: str) -> None:
        self._calendars = calendars

    def listen(self, wake: object) -> None:
        """Nothing comes."""

    def woken(self) -> tuple[str, ...]:
        """Nothing came."""
        return ()

    def watched(self) -> tuple[str, ...]:
        """Of these."""
        return self._calendars

    def close(self) -> None:
        """Nothing came."""


@row("seen-wait", settings=("repair_within_minutes",))
@pytest.mark.parametrize(
    ("kind", "told", "deleted", "seen"),
    [
        # in files and on servers of one's own a look costs nothing
        ("local", False, "Wed 7 Oct 08:00", timedelta(minutes=1)),
        # far from the 1:1, then in the 24 hours before it
        ("google", False, "Wed 7 Oct 08:00", timedelta(hours=1)),
        ("google", False, "Mon 12 Oct 16:01", timedelta(minutes=5)),
        # Google tells of changes, and the word of this one was lost
        ("google", True, "Wed 7 Oct 08:00", timedelta(hours=12)),
        ("google", True, "Mon 12 Oct 16:01", timedelta(hours=2)),
    ],
)
def test_where_looks_are_counted_a_calendar_is_read_as_often_as_it_matters(
    kind: str, told: bool, deleted: str, seen: timedelta
) -> None:
    stage = at(f"{deleted} Berlin", line(replace(ANA, calendar=kind), BEN))
    stage.daemon.ports.push = Told(ANA.address) if told else None
    source = stage.daemon.observer.sources[f"calendar/{ANA.address}"]
    source.next_at = stage.now
    stage.beat()
    assert source.next_at - stage.now == seen


@row("seen-off", settings=("off_within_hours",))
@pytest.mark.parametrize(
    ("hours", "letters"),
    [
        (12, ["Tue 13 Oct 07:00  proposal"]),
        (24, ["Mon 12 Oct 21:36  off", "Tue 13 Oct 07:00  proposal"]),
    ],
)
def test_falling_out_so_shortly_before_is_told_at_once(hours: int, letters: list[str]) -> None:
    stage = at("Mon 12 Oct 21:30 Kolkata", off_within_hours=hours)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("seen-off")
@pytest.mark.parametrize(
    ("deleted", "letters"),
    [  # seen a minute later
        ("Tue 13 Oct 02:59 Berlin", ["Tue 13 Oct 07:00  proposal"]),
        ("Tue 13 Oct 03:00 Berlin", ["Tue 13 Oct 06:36  off", "Tue 13 Oct 07:00  proposal"]),
    ],
)
def test_twelve_hours_before_is_not_less_than_twelve_hours(
    deleted: str, letters: list[str]
) -> None:
    stage = at(deleted)
    stage.ana.deletes("Tue 13 Oct")
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads()) == letters


@row("seen-echo")
def test_our_own_changes_that_come_back_are_nothing() -> None:
    stage = at("Fri 9 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.ben.replies("proposal", "2")  # moved
    stage.ana.deletes("Tue 20 Oct")
    stage.passes(6)
    stage.ben.replies("proposal", "2")  # put as a new event
    stage.ben.replies("moved", "SKIP")  # and taken off
    stage.ana.reads(), stage.ben.reads()
    stage.outside.world.expire("ana@example.org")  # everything is told once more
    stage.passes(30)
    assert (stage.ana.reads(), stage.ben.reads()) == ([], [])
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.standing("Tue 20 Oct") == "skipped choice"
    assert [fall.by for fall in stage.state().tally.falls] == [""]


@row("letter-window")
def test_a_letter_whose_window_is_over_is_skipped_with_the_reason() -> None:
    stage = at("Mon 12 Oct 12:00 Berlin")
    stage.sleeps_until("Tue 13 Oct 13:01 Berlin")
    stage.until("Tue 13 Oct 16:30 Berlin")
    assert kinds(stage.ben.reads()) == ["notes"]
    assert stage.why("prep-mentee")[-1] == "skipped: its time was over at 2026-10-13T11:00:00Z"
