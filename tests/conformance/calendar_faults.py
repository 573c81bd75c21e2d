"""What a calendar connector that asks somebody over a wire promises under every fault of the matrix.

Beside tests/conformance/calendars.py: `class TestMine(CalendarConformance, FaultConformance)`, which gives two
more fixtures. `inject(call, kind)`: the next such call suffers a fault of that kind, once. `expire()`: every
cursor given out so far is too old. Folders of files have neither; test_suites.py names who is spared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from daemon.domain.meeting import Place
from daemon.domain.observation import Busy, EventGone, Unknown
from daemon.domain.people import Address
from daemon.errors import CursorExpired, Temporary
from daemon.ports import CalendarConnector
from daemon.simulate.hands import Hands
from tests.conformance.calendar_busy import FORTNIGHT, taken
from tests.conformance.calendar_writing import COMER, FOURTH, NOON, change
from tests.conformance.faults import KINDS, WRITES, cells
from tests.conformance.following import WINDOW, Reader, apply, listing, meaning, series

Inject: TypeAlias = Callable[[str, str], None]


class FaultConformance:
    """Each call under each fault: the right error, the truth about the change, and a way on."""

    def test_trap_32_an_expired_cursor_raises_and_a_full_listing_has_everything(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        reader: Reader,
        organizer: Address,
        guest: Address,
        expire: Callable[[], None],
    ) -> None:
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        reader.read()
        hands.move(organizer, Place(organizer, "one", FOURTH), NOON)
        expire()
        with pytest.raises(CursorExpired):
            reader.read()
        reader.cursor = None
        reader.read()
        assert reader.meeting(FOURTH).start == NOON.start
        assert reader.read() == ()

    @pytest.mark.parametrize(("call", "kind"), cells(*WRITES))
    def test_a_fault_in_a_change(
        self,
        calendars: CalendarConnector,
        organizer: Address,
        guest: Address,
        inject: Inject,
        call: str,
        kind: str,
    ) -> None:
        fault, place = KINDS[kind], Place(organizer, "one", FOURTH)
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        if call == "uninvite":
            calendars.invite(organizer, place, (COMER,), key="k/0", expected="")
        before = listing(calendars, organizer)
        inject(call, kind)
        if fault.error is None:
            assert not change(calendars, call, place, key="k/2").repeated
        else:
            with pytest.raises(fault.error) as raised:
                change(calendars, call, place, key="k/2")
            if fault.waits:
                assert isinstance(raised.value, Temporary) and raised.value.retry_after
        after = listing(calendars, organizer)
        assert (after != before) == (fault.outcome == "done")
        again = change(calendars, call, place, key="k/2")
        assert again.repeated == (fault.outcome == "done")
        final = listing(calendars, organizer)
        assert final != before
        assert len({seen.uid for seen in final}) == 1, "a retry made a second event"

    @pytest.mark.parametrize("kind", [kind for call, kind in cells("put") if call == "put"])
    def test_a_fault_in_the_first_put_never_leaves_two(
        self,
        calendars: CalendarConnector,
        organizer: Address,
        guest: Address,
        inject: Inject,
        kind: str,
    ) -> None:
        fault = KINDS[kind]
        inject("put", kind)
        if fault.error is None:
            calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        else:
            with pytest.raises(fault.error):
                calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        assert len(listing(calendars, organizer)) == (fault.outcome == "done")
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        assert list(listing(calendars, organizer)) == [Place(organizer, "one")]

    @pytest.mark.parametrize(("call", "kind"), cells("changes"))
    def test_trap_34_a_fault_in_a_listing_loses_nothing(
        self,
        calendars: CalendarConnector,
        hands: Hands,
        organizer: Address,
        guest: Address,
        inject: Inject,
        call: str,
        kind: str,
    ) -> None:
        """With a cursor: after the fault, going on from the last good cursor tells everything."""
        fault, reader = KINDS[kind], Reader(calendars, organizer)
        for uid in ("one", "two", "three"):
            calendars.put(organizer, series(organizer, guest, uid=uid), key=uid, expected="")
        reader.read()
        hands.move(organizer, Place(organizer, "two", FOURTH), NOON)
        hands.cancel(organizer, Place(organizer, "three", FOURTH))
        inject(call, kind)
        if fault.error is not None:
            with pytest.raises(fault.error):
                calendars.changes(organizer, reader.cursor, WINDOW)
            if fault.error is CursorExpired:
                reader.cursor = None
        else:
            batch = calendars.changes(organizer, reader.cursor, WINDOW)
            assert batch.complete == (fault.outcome == "done")
            if not batch.complete:
                assert batch.cursor == reader.cursor, "a part must not move the cursor on"
            if kind == "garbage":
                assert batch.set_aside
            apply(reader.known, batch)
        assert len(reader.standing("one")) == len(reader.standing("two")) == 26
        reader.read()
        assert reader.meeting(FOURTH, "two").start == NOON.start
        assert reader.meeting(FOURTH, "three").off

    @pytest.mark.parametrize(
        "kind", [kind for _, kind in cells("changes") if KINDS[kind].error is None]
    )
    def test_trap_34_a_part_of_a_full_listing_proves_no_absence(
        self,
        calendars: CalendarConnector,
        organizer: Address,
        guest: Address,
        inject: Inject,
        kind: str,
    ) -> None:
        for uid in ("one", "two", "three"):
            calendars.put(organizer, series(organizer, guest, uid=uid), key=uid, expected="")
        whole = listing(calendars, organizer)
        inject("changes", kind)
        batch = calendars.changes(organizer, None, WINDOW)
        assert not any(isinstance(seen, EventGone) for seen in batch.observations)
        if KINDS[kind].outcome == "part":
            assert not batch.complete and batch.cursor is None
        apply(known := {}, batch)
        assert meaning(known).items() <= meaning(whole).items()

    @pytest.mark.parametrize(("call", "kind"), cells("busy"))
    def test_a_fault_in_busy_never_reads_as_free(
        self,
        calendars: CalendarConnector,
        organizer: Address,
        guest: Address,
        inject: Inject,
        call: str,
        kind: str,
    ) -> None:
        fault = KINDS[kind]
        calendars.put(organizer, series(organizer, guest), key="k/1", expected="")
        inject(call, kind)
        if fault.error is not None:
            with pytest.raises(fault.error):
                calendars.busy(organizer, (organizer, guest), FORTNIGHT)
        else:
            for seen in calendars.busy(organizer, (organizer, guest), FORTNIGHT).values():
                assert isinstance(seen, Unknown) or (isinstance(seen, Busy) and seen.intervals)
        assert len(taken(calendars, organizer, guest)) == 2
