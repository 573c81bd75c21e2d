"""Stories of what a store forgets: the log from before a moment, and the words of a pair; and what it never forgets.

Not when that moment is: tests/stories/test_retention.py.
"""

from __future__ import annotations

from daemon.domain.meeting import Origin
from daemon.domain.thread import Note
from daemon.domain.world import Plan, Reason
from daemon.ports import COUNTED, LedgerEntry, Rendered, Store
from tests.conformance.store_words import BEN, CEM, at, bytes_of, decide, done, letter, taken

NOTE = Note(Origin("2026-11-03T10:00", "Europe/Berlin"), "mentee", "Two internships.", at("10:00"))


class AgeingStories:
    """What is old goes; what is still to be done stays, however old it is."""

    def test_a_line_of_the_log_goes_and_with_its_last_one_the_key(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        done(store, taken(store))
        latest = store.ledger(key="prep/1")[-1].at
        assert store.forget_before(latest) in (0, 1)  # what lies before its end
        assert (store.was_asked("prep/1/0"), len(store.ledger(key="prep/1"))) != (False, 0)
        while store.forget_before(at("00:00", day=30)):
            pass
        assert (store.ledger(), store.was_asked("prep/1/0")) == ([], False)
        assert store.letter(bytes_of(letter("prep/1")).message_id) is None

    def test_what_still_waits_keeps_its_key_however_old_its_line_is(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        assert store.forget_before(at("00:00", day=30)) > 0
        assert (store.ledger(), store.was_asked("prep/1/0")) == ([], True)
        assert taken(store).letter == bytes_of(letter("prep/1"))

    def test_nothing_is_so_old(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        before = store.ledger()
        assert store.forget_before(at("00:00", day=1)) == 0
        assert store.ledger() == before

    def test_the_words_of_a_pair_go_and_no_other_pairs(self, store: Store) -> None:
        for lane in (BEN, CEM):
            record = store.world(lane)
            store.commit(record, Plan(lane, None, keep=(NOTE,)), Rendered(), now=at("11:00"))
        plan = Plan(BEN, None, forget_words=True)
        store.commit(store.world(BEN), plan, Rendered(), now=at("12:00"))
        store.settle_file()
        assert (store.notes(BEN), store.notes(CEM)) == ([], [NOTE])

    def test_a_thread_that_is_to_be_forgotten_is_and_no_other(self, store: Store) -> None:
        one, other = letter("prep/1"), letter("prep/2")
        decide(store, one)
        decide(store, other, lane=CEM)
        decide(store, forget_threads=(BEN,))
        found = [store.letter(bytes_of(each).message_id) for each in (one, other)]
        assert [each is None for each in found] == [True, False]

    def test_what_is_counted_is_a_line_of_the_log_and_no_key(self, store: Store) -> None:
        counted = Reason("held confirmed", "count/ana-ben/1")
        plan = Plan(BEN, None, counted=(counted,))
        store.commit(store.world(BEN), plan, Rendered(), now=at("12:00"))
        line = LedgerEntry(at("12:00"), BEN, "count/ana-ben/1", COUNTED, "held confirmed")
        assert (store.ledger(key="count/"), store.was_asked("count/ana-ben/1")) == ([line], False)
