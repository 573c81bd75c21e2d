"""Stories of what a store takes in and decides on: inboxes, cursors, commits, wake-ups.

Not the acting half: claims and holds are in store_acts.py.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daemon.domain.meeting import Place
from daemon.domain.observation import EventSeen, ReplySeen, SetAside
from daemon.domain.thread import Note
from daemon.domain.value import replace
from daemon.domain.world import Commitment, LaneRecord, Plan, Reason
from daemon.ports import HEARD_FOR, DealtWith, Hold, Rendered, SentLetter, Store
from tests.conformance.store_words import (
    ANA_AT,
    BEN,
    CEM,
    CEM_AT,
    ORIGIN,
    at,
    bytes_of,
    cancel,
    decide,
    done,
    end_series,
    gone,
    letter,
    move,
    put_meeting,
    put_series,
    standings,
    state,
    taken,
    told,
)


class ObservingStories:
    """Facts and cursors come in together; a lane that was never heard of comes into being."""

    def test_an_empty_store_knows_nothing_and_wakes_nobody(self, store: Store) -> None:
        assert store.lane_names() == []
        assert store.lanes(at("09:00")) == []
        assert store.wake_at() is None
        assert store.world(BEN) == LaneRecord(BEN, None, (), (), ())

    def test_observations_are_read_in_the_order_in_which_they_came(self, store: Store) -> None:
        store.record([(BEN, gone("a")), (CEM, gone("b")), (BEN, gone("c"))], now=at("09:00"))
        store.record([(BEN, gone("d"))], now=at("09:01"))
        assert store.world(BEN).inbox == (gone("a"), gone("c"), gone("d"))
        assert store.world(CEM).inbox == (gone("b"),)
        assert store.lane_names() == [BEN, CEM]

    def test_the_cursor_lies_down_with_the_facts(self, store: Store) -> None:
        store.record([(BEN, gone("a"))], now=at("09:00"), source="calendar/ana", cursor="c1")
        assert store.cursor("calendar/ana") == "c1"
        store.record([], now=at("09:01"), source="calendar/ana")
        assert store.cursor("calendar/ana") == "c1"
        assert store.cursor("calendar/cem") is None
        store.drop_cursor("calendar/ana")
        assert store.cursor("calendar/ana") is None

    def test_what_cannot_be_read_is_replaced_source_by_source(self, store: Store) -> None:
        one, two = SetAside("ana", "x.ics", "no DTSTART"), SetAside("mail", "7", "garbage")
        store.record([], now=at("09:00"), source="ana", set_aside=[one])
        store.record([], now=at("09:00"), source="mail", set_aside=[two])
        assert store.set_aside() == [one, two]
        store.record([], now=at("09:01"), source="ana", set_aside=[])
        store.record([], now=at("09:02"), source="mail")
        assert store.set_aside() == [two]

    def test_a_mail_that_was_heard_is_known_for_a_year(self, store: Store) -> None:
        store.record([(BEN, gone("a"))], now=at("09:00"), source="mail", cursor="c1", heard=["one"])
        store.record([], now=at("09:00") + HEARD_FOR, heard=["two"])
        assert [store.was_heard(name) for name in ("one", "two", "none")] == [True, True, False]
        store.record([], now=at("09:01") + HEARD_FOR)
        assert store.was_heard("one"), "where nothing is heard nothing is looked through"
        store.record([], now=at("09:01") + HEARD_FOR, heard=["three"])
        assert [store.was_heard(name) for name in ("one", "two", "three")] == [False, True, True]

    def test_mails_that_were_dealt_with_are_known_until_they_are_cleared(
        self, store: Store
    ) -> None:
        early, late = DealtWith("7.1", at("09:00")), DealtWith("7.2", at("09:00", day=3))
        store.record([(BEN, gone("a"))], now=at("09:00"), source="mail/a", dealt_with=[late, early])
        store.record(
            [], now=at("09:01"), source="mail/b", dealt_with=[DealtWith("7.1", at("08:00"))]
        )
        again = DealtWith("7.1", at("10:00", day=5))
        store.record([], now=at("09:02"), source="mail/a", dealt_with=[again])
        assert store.dealt_with("mail/a", at("09:00"), 9) == []
        assert store.dealt_with("mail/a", at("09:00:00.000001"), 9) == ["7.1"]
        assert store.dealt_with("mail/a", at("00:00", day=4), 9) == ["7.1", "7.2"]
        assert store.dealt_with("mail/a", at("00:00", day=4), 1) == ["7.1"]
        store.cleared("mail/a", ["7.1", "never"])
        assert store.dealt_with("mail/a", at("00:00", day=4), 9) == ["7.2"]
        assert store.dealt_with("mail/b", at("00:00", day=4), 9) == ["7.1"]

    def test_a_key_is_known_as_long_as_there_is_a_store(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        done(store, taken(store))
        assert (store.was_asked("prep/1/0"), store.was_asked("prep/1/1")) == (True, False)

    def test_lanes_with_something_new_or_whose_time_has_come(self, store: Store) -> None:
        decide(store, state=state(), lane="pairing/late", wake_at=at("10:00"))
        decide(store, state=state(), lane="pairing/never", wake_at=None)
        store.record([("pairing/new", gone("a"))], now=at("09:30"))
        assert store.lanes(at("09:30")) == ["pairing/new"]
        assert store.lanes(at("10:00")) == ["pairing/new", "pairing/late"]

    @pytest.mark.parametrize(
        ("now", "expected"),
        [("09:59:59.999999", []), ("10:00:00.000000", [BEN]), ("10:00:00.000001", [BEN])],
    )
    def test_a_wake_up_is_exact_to_the_microsecond(
        self, store: Store, now: str, expected: list[str]
    ) -> None:
        decide(store, state=state(), wake_at=at("10:00:00"))
        assert store.lanes(at(now)) == expected
        assert store.wake_at() == at("10:00:00")

    def test_a_wake_up_never_rounds(self, store: Store) -> None:
        odd = at("10:00:00.333333")
        decide(store, state=state(), wake_at=odd)
        assert store.lanes(odd - timedelta(microseconds=1)) == []
        assert store.lanes(odd) == [BEN]
        assert store.wake_at() == odd

    def test_a_clock_set_back_hides_nothing_unread_and_nothing_due(self, store: Store) -> None:
        """trap_42"""
        decide(store, letter("prep/1"), now=at("09:00", day=3))
        store.record([(CEM, gone("a"))], now=at("09:00", day=3))
        assert store.lanes(at("09:00", day=2)) == [CEM]
        assert taken(store, "09:00").effect == letter("prep/1")

    def test_the_earliest_of_all_wake_ups(self, store: Store) -> None:
        decide(store, state=state(), wake_at=at("12:00"))
        decide(store, state=state(), lane=CEM, wake_at=at("11:00"))
        assert store.wake_at() == at("11:00")
        decide(store, letter("prep/1"), now=at("09:30"), wake_at=at("12:00"))
        assert store.wake_at() == at("09:30")
        claim = taken(store, "09:40")
        assert store.wake_at() == at("09:45")  # when the lease ends
        store.defer(claim, at("10:15"), "busy", now=at("09:41"))
        assert store.wake_at() == at("10:15")
        store.record([(CEM, gone("a"))], now=at("09:42"))
        assert store.wake_at() == at("09:42")


class DecidingStories:
    """A commit is one fact: state, inbox, outbox, letters, places, commitments and ledger."""

    def test_the_state_comes_back_as_it_was_given(self, store: Store) -> None:
        decide(store, state=state("paused"))
        assert store.world(BEN).state == state("paused")
        decide(store, state=state("active"))
        assert store.world(BEN).state == state("active")

    def test_a_lane_without_state_stays_without(self, store: Store) -> None:
        decide(store, state=None, wake_at=at("11:00"))
        assert store.world(BEN).state is None
        assert store.lanes(at("11:00")) == [BEN]

    def test_mails_that_wait_are_kept_until_a_plan_names_others(self, store: Store) -> None:
        mail = ReplySeen("ben", "<1@x>", "", (), "only for two", at("09:00"), trust="pending")
        decide(store, state=state(), pending=(mail, replace(mail, text="more")))
        decide(store, state=state("paused"))
        assert store.world(BEN).pending == (mail, replace(mail, text="more"))
        assert store.world(CEM).pending == ()
        decide(store, state=state(), pending=())
        assert store.world(BEN).pending == ()

    def test_a_commit_drops_what_was_read_and_nothing_that_came_later(self, store: Store) -> None:
        store.record([(BEN, gone("a"))], now=at("09:00"))
        record = store.world(BEN)
        store.record([(BEN, gone("b"))], now=at("09:01"))
        store.commit(record, Plan(BEN, state()), Rendered(), now=at("09:02"))
        assert store.world(BEN).inbox == (gone("b"),)
        store.commit(record, Plan(BEN, state()), Rendered(), now=at("09:03"))
        assert store.world(BEN).inbox == (gone("b"),)

    def test_a_number_once_read_never_names_a_later_entry(self, store: Store) -> None:
        store.record([(BEN, gone("a"))], now=at("09:00"))
        record = store.world(BEN)
        decide(store)
        store.record([(BEN, gone("b"))], now=at("09:01"))
        store.commit(record, Plan(BEN, None), Rendered(), now=at("09:02"))
        assert store.world(BEN).inbox == (gone("b"),)

    def test_effects_lie_in_the_outbox_in_the_order_of_the_plan(self, store: Store) -> None:
        decide(store, letter("prep/1"), move("move/1"), now=at("09:00"))
        decide(store, letter("prep/2"), now=at("09:05"))
        record = store.world(BEN)
        assert [each.key for each in record.outbox] == ["prep/1/0", "move/1/0", "prep/2/0"]
        first = record.outbox[0]
        assert (first.stem, first.generation, first.basis) == ("prep/1", 0, "b1")
        assert (first.standing, first.closes, first.at) == (
            "due",
            at("00:00", day=20),
            at("09:00"),
        )
        assert told(store, "prep/1/0") == [("due", "because of prep/1")]

    def test_a_key_that_was_ever_queued_is_not_queued_again(self, store: Store) -> None:
        """trap_61: two runs, two deploys, one letter."""
        decide(store, letter("prep/1"))
        decide(store, letter("prep/1"))
        assert standings(store) == {"prep/1/0": "due"}
        done(store, taken(store))
        decide(store, letter("prep/1"), letter("prep/2"))
        assert standings(store) == {"prep/2/0": "due"}
        assert [what for what, _ in told(store, "prep/1/0")] == [
            "due",
            "refused",
            "settled",
            "refused",
        ]
        decide(store, replace(letter("prep/1"), generation=1))
        assert standings(store) == {"prep/2/0": "due", "prep/1/1": "due"}

    def test_a_withdrawn_effect_is_gone_with_its_letter(self, store: Store) -> None:
        """trap_62: prepared, then the meeting was cancelled."""
        decide(store, letter("prep/1"), letter("prep/2"))
        decide(store, withdraw=(("prep/1/0", "the meeting fell out"),))
        assert standings(store) == {"prep/2/0": "due"}
        assert told(store, "prep/1/0")[-1] == ("withdrawn", "the meeting fell out")
        assert store.letter("<prep/1/0@x>") is None
        assert taken(store).effect == letter("prep/2")

    def test_an_effect_on_hold_can_be_withdrawn_and_a_deferred_one(self, store: Store) -> None:
        hold = Hold("guard/config/1", "many")
        decide(store, letter("prep/1"), letter("prep/2"), holds={"prep/1/0": hold})
        store.defer(taken(store), at("10:00"), "busy", now=at("09:01"))
        decide(store, withdraw=(("prep/1/0", "no"), ("prep/2/0", "no")))
        assert standings(store) == {}
        assert store.wake_at() is None

    def test_what_is_being_carried_out_is_not_withdrawn(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        claim = taken(store)
        decide(store, withdraw=(("prep/1/0", "no"),), skip=(("prep/1/0", "no"),))
        assert standings(store) == {"prep/1/0": "claimed"}
        assert done(store, claim)

    def test_a_skip_is_written_down_even_of_what_was_never_queued(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        decide(store, skip=(("prep/1/0", "too late"), ("prep/9/0", "the day was full")))
        assert standings(store) == {}
        assert told(store, "prep/1/0")[-1] == ("skipped", "too late")
        assert told(store, "prep/9/0") == [("skipped", "the day was full")]

    def test_reasons_go_to_the_ledger(self, store: Store) -> None:
        decide(store, reasons=(Reason("nothing to do"), Reason("free at 10", "move/1")))
        found = [(each.at, each.key, each.what, each.why) for each in store.ledger(lane=BEN)]
        assert found == [
            (at("09:00"), "", "decided", "nothing to do"),
            (at("09:00"), "move/1", "decided", "free at 10"),
        ]

    def test_the_ledger_gives_the_newest_by_lane_or_by_the_start_of_a_key(
        self, store: Store
    ) -> None:
        decide(store, reasons=tuple(Reason(str(n), f"prep/{n}") for n in range(5)))
        decide(store, reasons=(Reason("other", "prep/1"),), lane=CEM)
        assert [each.why for each in store.ledger(lane=BEN, last=2)] == ["3", "4"]
        assert [each.why for each in store.ledger(key="prep/1")] == ["1", "other"]
        assert [each.why for each in store.ledger(key="prep", last=3)] == ["3", "4", "other"]
        assert len(store.ledger()) == 6

    def test_forwarded_facts_arrive_with_the_same_commit(self, store: Store) -> None:
        account = f"account/{ANA_AT}"
        decide(store, state=state(), forward=((account, gone("a")), (BEN, gone("b"))))
        assert store.world(account).inbox == (gone("a"),)
        assert store.world(BEN).inbox == (gone("b"),)

    def test_commitments_are_shared_by_all_lanes_of_a_person(self, store: Store) -> None:
        ben = Commitment(BEN, "meeting", at("09:00", 3), at("09:30", 3), str(ORIGIN))
        cem = Commitment(CEM, "offer", at("10:00", 3), at("10:30", 3))
        decide(store, commitments={"ana": (ben,), "ben": (ben,)})
        decide(store, lane=CEM, commitments={"ana": (cem,)})
        assert store.commitments(["ana", "ben", "zoe"]) == {
            "ana": (ben, cem),
            "ben": (ben,),
            "zoe": (),
        }
        decide(store, commitments={"ana": ()})
        assert store.commitments(["ana", "ben"]) == {"ana": (cem,), "ben": (ben,)}

    def test_notes_are_kept_in_order(self, store: Store) -> None:
        first = Note(ORIGIN, "mentee", "Größe: 3 μm 🙂", at("09:00", 3))
        second = Note(ORIGIN, "mentor", "call Zoë", at("10:00", 3), private=True)
        decide(store, keep=(first,))
        decide(store, keep=(second,))
        assert store.notes(BEN) == [first, second]
        assert store.notes(CEM) == []

    def test_a_letter_without_bytes_is_a_mistake_unless_it_is_on_hold(self, store: Store) -> None:
        record, plan = store.world(BEN), Plan(BEN, state(), effects=(letter("prep/1"),))
        with pytest.raises(AssertionError):
            store.commit(record, plan, Rendered(), now=at("09:00"))
        assert (store.lane_names(), store.ledger()) == ([], [])
        template = Rendered({}, {"prep/1/0": Hold("template/prep", "line 3")})
        store.commit(record, plan, template, now=at("09:00"))
        assert standings(store) == {"prep/1/0": "on hold"}

    def test_a_thread_remembers_message_ids_person_by_person(self, store: Store) -> None:
        for each in (letter("a"), letter("b", person="ana"), letter("c")):
            decide(store, each)
            assert f"<{each.key}@x>" not in store.thread(BEN, each.change.person)  # not sent yet
            done(store, taken(store))
        assert store.thread(BEN, "ben") == ("<a/0@x>", "<c/0@x>")
        assert store.thread(BEN, "ana") == ("<b/0@x>",)
        assert store.thread(CEM, "ben") == ()
        assert store.letter("<b/0@x>") == SentLetter(BEN, "b/0", "ana", b"marks of b/0")
        assert store.letter("<z@x>") is None
        for n in range(12):
            decide(store, letter(f"n{n}"))
            done(store, taken(store))
        assert store.thread(BEN, "ben") == tuple(f"<n{n}/0@x>" for n in range(2, 12))

    def test_the_last_ten_letters_of_a_thread_have_marks(self, store: Store) -> None:
        for n in range(12):
            decide(store, letter(f"n{n}"))
            done(store, taken(store), message_id=f"<relay-{n}@ses>" if n == 5 else "")
        kept = [store.letter(f"<n{n}/0@x>") for n in range(12)]
        assert [bool(each and each.marks) for each in kept] == [n >= 2 for n in range(12)]
        assert store.letter("<n5/0@x>") == SentLetter(BEN, "n5/0", "ben", b"marks of n5/0")
        assert store.letter("<relay-5@ses>") == SentLetter(BEN, "n5/0", "ben", b"marks of n5/0")

    def test_the_real_message_id_is_remembered_beside_ours(self, store: Store) -> None:
        """trap_48: a relay replaced it."""
        decide(store, letter("a"))
        done(store, taken(store), message_id="<relay-1@ses>")
        decide(store, letter("b"))
        done(store, taken(store))
        assert store.thread(BEN, "ben") == ("<a/0@x>", "<relay-1@ses>", "<b/0@x>")
        assert store.letter("<relay-1@ses>") == SentLetter(BEN, "a/0", "ben", b"marks of a/0")

    def test_places_are_known_from_the_ask_to_the_end(self, store: Store) -> None:
        decide(store, put_series("s1"), put_meeting("m1"))
        decide(store, replace(put_series("s2"), account=CEM_AT), lane=CEM)
        assert store.places(ANA_AT) == {"s1": BEN, "m1": BEN, "s2": CEM}
        assert store.places(CEM_AT) == {}
        decide(store, cancel("s1", "2026-11-10T10:00"), cancel("m1"), end_series("s1"))
        assert [self._work_off(store, key) for key in self.FIVE] == [
            {"s1", "m1", "s2"},
            {"s1", "m1", "s2"},
            {"s1", "m1", "s2"},
            {"s1", "s2"},
            {"s2"},
        ]

    def test_what_was_put_is_unshown_until_a_listing_has_it(self, store: Store) -> None:
        decide(store, put_series("s1"), put_meeting("m1"))
        assert store.unshown(ANA_AT) == {"s1", "m1"}
        assert store.unshown(CEM_AT) == frozenset()
        seen = EventSeen(Place(ANA_AT, "s1"), "1", at("10:00"), at("10:30"))
        store.record([(BEN, seen)], now=at("09:00"))
        assert store.unshown(ANA_AT) == {"m1"}
        decide(store, replace(put_series("s1"), generation=1))
        assert store.unshown(ANA_AT) == {"m1"}  # a change of it is no other event

    def test_a_series_that_ends_on_a_day_to_come_is_still_watched(self, store: Store) -> None:
        decide(store, put_series("s1"), end_series("s1", date(2026, 12, 1)))
        assert self._work_off(store, "series/s1/0") == {"s1"}
        assert self._work_off(store, "series/s1/end/0") == {"s1"}

    def test_a_series_whose_end_is_put_off_is_watched_again(self, store: Store) -> None:
        """A pause ended it, and UNDO brings it back."""
        decide(store, put_series("s1"), end_series("s1"))
        assert self._work_off(store, "series/s1/0") == {"s1"}
        assert self._work_off(store, "series/s1/end/0") == set()
        decide(store, replace(end_series("s1", None), generation=1))
        assert store.places(ANA_AT) == {"s1": BEN}
        assert self._work_off(store, "series/s1/end/1") == {"s1"}

    FIVE = (
        "series/s1/0",
        "put/m1/0",
        "cancel/s1/2026-11-10T10:00/0",
        "cancel/m1//0",
        "series/s1/end/0",
    )

    def _work_off(self, store: Store, key: str) -> set[str]:
        """Settle the next effect of Ben's lane, read the receipt, and tell what is expected at Ana's."""
        claim = taken(store, blocked=frozenset({CEM_AT}))
        assert claim.effect.key == key
        done(store, claim)
        decide(store)
        return set(store.places(ANA_AT))

    def test_bytes_come_back_as_bytes(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        assert taken(store).letter == bytes_of(letter("prep/1"))
