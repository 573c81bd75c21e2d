"""Stories of how a store hands out effects and takes them back: claims, leases, holds, admin requests.

Not what is decided: see store_observes.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.observation import Refused, Settled
from daemon.domain.value import replace
from daemon.domain.world import Plan
from daemon.errors import UserError
from daemon.ports import Hold, Rendered, Store
from tests.conformance.store_words import (
    ANA_AT,
    BEN,
    BOX,
    CEM,
    NEXT,
    at,
    bytes_of,
    claim,
    claimed_key,
    decide,
    done,
    gone,
    letter,
    move,
    put_series,
    standings,
    taken,
    told,
)

GUARD = Hold("guard/config/2026-11-02", "a config edit explains too many")


class ClaimingStories:
    """One effect at a time per lane and port; a claim is a lease with a fence."""

    def test_nothing_to_do(self, store: Store) -> None:
        assert claim(store) is None

    def test_a_claim_hands_out_the_effect_and_its_letter(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        found = taken(store)
        assert (found.lane, found.effect) == (BEN, letter("prep/1"))
        assert (found.letter, found.attempts) == (bytes_of(letter("prep/1")), 0)
        assert standings(store) == {"prep/1/0": "claimed"}
        assert claim(store) is None

    def test_an_event_has_no_letter(self, store: Store) -> None:
        decide(store, move("move/1"))
        found = taken(store)
        assert (found.effect, found.letter) == (move("move/1"), None)

    def test_in_order_per_lane_and_port(self, store: Store) -> None:
        decide(store, letter("a"), move("m"), letter("b"), now=at("09:00"))
        first, second = taken(store), taken(store)
        assert {first.effect.key, second.effect.key} == {"a/0", "m/0"}
        assert claim(store) is None  # b waits for a
        done(store, first if first.effect.key == "a/0" else second)
        decide(store)  # reads the receipt
        assert claimed_key(store) == "b/0"

    def test_a_letter_that_is_deferred_delays_its_reader_alone(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"), letter("c", person="ana"), now=at("09:00"))
        store.defer(taken(store), at("10:00"), "greylisted", now=at("09:01"))
        decide(store)
        assert claimed_key(store) == "c/0"
        assert claim(store) is None  # b goes to the reader of a

    def test_a_letter_for_the_morning_delays_no_answer_at_night(self, store: Store) -> None:
        ahead = replace(letter("a"), opens=at("20:00"))
        decide(store, ahead, letter("b"), letter("c"), now=at("09:00"))
        assert store.put_off({"a/0": at("20:00")}, "by day", now=at("09:00")) == 1
        first = taken(store)
        assert (first.effect.key, claim(store)) == ("b/0", None)  # c goes to the reader of b
        done(store, first)
        decide(store)
        second = taken(store)
        assert second.effect.key == "c/0"
        done(store, second)
        decide(store)
        assert claim(store) is None
        assert taken(store, "20:00").effect.key == "a/0"

    def test_what_is_put_off_waits_without_an_attempt(self, store: Store) -> None:
        decide(store, letter("a"), letter("b", person="ana"), now=at("09:00"))
        assert (
            store.put_off({"b/0": at("10:30"), "x/0": at("10:30")}, "no room", now=at("09:01")) == 1
        )
        first = taken(store)
        assert first.effect.key == "a/0"
        assert claim(store) is None
        (waits,) = [each for each in store.queue(on_hold=False) if each.standing == "due"]
        assert (waits.not_before, waits.why, waits.attempts) == (at("10:30"), "no room", 0)
        assert store.put_off({"a/0": at("11:00")}, "no room", now=at("09:02")) == 0  # claimed
        done(store, first)
        decide(store)
        later = taken(store, "10:30")
        assert (later.effect.key, later.attempts) == ("b/0", 0)

    def test_longest_waiting_first_over_all_lanes(self, store: Store) -> None:
        decide(store, letter("late"), lane=CEM, now=at("08:30"))
        decide(store, letter("early"), lane=BEN, now=at("08:00"))
        assert [claimed_key(store), claimed_key(store)] == ["early/0", "late/0"]

    def test_a_deferred_effect_has_waited_since_its_not_before(self, store: Store) -> None:
        decide(store, letter("deferred"), lane=BEN, now=at("08:00"))
        store.defer(taken(store, "08:00"), at("08:20"), "busy", now=at("08:01"))
        decide(store, letter("second"), lane=CEM, now=at("08:10"))
        decide(store, letter("third"), lane="pairing/ana-dan", now=at("08:30"))
        assert [claimed_key(store) for _ in range(3)] == ["second/0", "deferred/0", "third/0"]

    def test_a_lane_with_an_unread_fact_acts_on_nothing(self, store: Store) -> None:
        """trap_62: the basis may be outdated."""
        decide(store, letter("prep/1"))
        store.record([(BEN, gone("a"))], now=at("09:00"))
        assert claim(store) is None
        decide(store)
        assert claimed_key(store) == "prep/1/0"

    def test_a_lease_that_runs_out_is_claimed_again(self, store: Store) -> None:
        """trap_89: the first worker is fenced off."""
        decide(store, letter("prep/1"))
        first = taken(store, "09:00")
        assert claim(store, "09:04:59.999999") is None
        second = taken(store, "09:05")
        assert (second.effect, second.attempts) == (first.effect, 1)
        assert second.token > first.token
        assert not done(store, first)
        assert not store.defer(first, at("10:00"), "busy", now=at("09:06"))
        assert not store.hold(first, GUARD, now=at("09:06"))
        assert standings(store) == {"prep/1/0": "claimed"}
        assert store.world(BEN).inbox == ()
        assert done(store, second)
        assert not done(store, second)

    def test_a_late_settle_counts_as_long_as_nobody_else_claimed(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        assert done(store, taken(store, "09:00"), "09:30")

    def test_settled_leaves_outbox_and_reaches_inbox_and_ledger(self, store: Store) -> None:
        decide(store, letter("prep/1"))
        done(store, taken(store), "09:01")
        assert standings(store) == {}
        (seen,) = store.world(BEN).inbox
        assert isinstance(seen, Settled)
        assert (seen.key, seen.receipt.version, seen.at) == ("prep/1/0", "v8", at("09:01"))
        assert [what for what, _ in told(store, "prep/1/0")] == ["due", "settled"]
        assert store.lanes(at("09:01")) == [BEN]

    def test_a_quiet_receipt_wakes_nobody_and_is_read_with_the_next_thing(
        self, store: Store
    ) -> None:
        decide(store, letter("notes/1", quiet=True), letter("prep/2"))
        assert done(store, taken(store), "09:01")
        assert store.lanes(at("09:01")) == []
        assert claimed_key(store, "09:01") == "prep/2/0"  # what is queued does not wait for it
        store.record([(BEN, gone("uid-7"))], now=at("09:02"))
        assert store.lanes(at("09:02")) == [BEN]
        assert [type(seen).__name__ for seen in store.world(BEN).inbox] == ["Settled", "EventGone"]

    def test_what_is_refused_is_never_quiet(self, store: Store) -> None:
        decide(store, letter("notes/1", quiet=True))
        seen = Refused("notes/1/0", "permanent", "550", at("09:01"))
        assert store.settle(taken(store), seen, now=at("09:01"))
        assert store.lanes(at("09:01")) == [BEN]

    def test_refused_leaves_the_outbox_too(self, store: Store) -> None:
        decide(store, move("move/1"))
        seen = Refused("move/1/0", "conflict", "412", at("09:01"))
        assert store.settle(taken(store), seen, now=at("09:01"))
        assert standings(store) == {}
        assert store.world(BEN).inbox == (seen,)
        assert told(store, "move/1/0")[-1] == ("refused", "conflict: 412")

    def test_a_deferred_effect_delays_its_own_port_only(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"))
        store.defer(taken(store), at("10:00"), "mailbox full", now=at("09:01"))
        decide(store, move("m"))
        assert [claimed_key(store, "09:59"), claimed_key(store, "09:59")] == ["m/0", ""]
        again = taken(store, "10:00")
        assert (again.effect.key, again.attempts) == ("a/0", 1)
        (entry,) = [each for each in store.queue() if each.effect.key == "b/0"]
        assert (entry.standing, entry.not_before) == ("due", None)

    def test_a_deferral_is_told_with_its_reason(self, store: Store) -> None:
        decide(store, letter("a"))
        store.defer(taken(store), at("10:00"), "mailbox full", now=at("09:01"))
        (entry,) = store.queue()
        assert (entry.standing, entry.not_before, entry.why) == (
            "due",
            at("10:00"),
            "mailbox full",
        )
        assert told(store, "a/0")[-1] == ("deferred", "mailbox full")

    def test_what_is_too_late_is_refused_instead_of_handed_out(self, store: Store) -> None:
        """trap_62: the daemon was down."""
        decide(store, letter("stale", closes="09:00"), letter("fresh"))
        decide(store, letter("other"), lane=CEM, now=at("09:30"))
        assert claimed_key(store, "09:30") == "other/0"
        assert standings(store) == {"fresh/0": "due", "other/0": "claimed"}
        (seen,) = store.world(BEN).inbox
        assert isinstance(seen, Refused)
        assert (seen.key, seen.how, seen.at) == ("stale/0", "late", at("09:30"))
        assert told(store, "stale/0")[-1][0] == "skipped"
        assert store.letter("<stale/0@x>") is None
        decide(store)
        assert claimed_key(store, "09:30") == "fresh/0"

    def test_on_its_last_instant_an_effect_is_still_in_time(self, store: Store) -> None:
        decide(store, letter("prep/1", closes="09:30"))
        assert claimed_key(store, "09:30") == "prep/1/0"

    def test_a_blocked_account_waits_without_a_claim(self, store: Store) -> None:
        blocked = frozenset({ANA_AT})
        decide(store, move("move/1"), letter("prep/1"), now=at("08:00"))
        decide(store, move("move/2", account="cem@example.org"), lane=CEM, now=at("08:30"))
        keys = [claimed_key(store, blocked=blocked) for _ in range(3)]
        assert keys == ["prep/1/0", "move/2/0", ""]
        found = taken(store)
        assert (found.effect.key, found.attempts) == ("move/1/0", 0)

    def test_a_blocked_account_wakes_nobody_until_something_changes(self, store: Store) -> None:
        blocked = frozenset({ANA_AT})
        decide(store, move("move/1"), letter("prep/1"), now=at("08:00"))
        store.defer(taken(store, "08:00", blocked), at("12:00"), "busy", now=at("08:00"))
        assert store.wake_at() == at("08:00")
        assert claim(store, "09:00", blocked) is None
        assert store.wake_at() == at("12:00")
        assert claimed_key(store, "12:00", blocked) == "prep/1/0"
        assert claim(store, "12:01", blocked) is None
        assert store.wake_at() == at("12:05")
        assert claimed_key(store, "12:01") == "move/1/0"

    def test_one_lane_never_delays_another(self, store: Store) -> None:
        decide(store, letter("stuck"), letter("behind"), now=at("08:00"))
        taken(store)
        decide(store, letter("free"), lane=CEM, now=at("08:30"))
        assert claimed_key(store) == "free/0"


class HoldingStories:
    """What waits for a person waits for ever, and holds up its own meeting only."""

    def test_on_hold_from_the_start(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"), holds={"a/0": GUARD})
        assert [claimed_key(store), claimed_key(store)] == ["b/0", ""]
        (entry,) = store.queue(on_hold=True)
        assert (entry.effect, entry.hold, entry.why) == (letter("a"), GUARD.name, GUARD.why)
        assert [each.effect.key for each in store.queue(on_hold=False)] == ["b/0"]
        assert told(store, "a/0") == [("on hold", "because of a")]

    def test_on_hold_after_a_claim(self, store: Store) -> None:
        decide(store, letter("a"))
        assert store.hold(taken(store), Hold("outcome", "nobody can tell"), now=at("09:01"))
        assert claim(store, "23:59") is None
        assert store.wake_at() is None
        assert told(store, "a/0")[-1] == ("on hold", "nobody can tell")

    def test_later_effects_on_the_same_meeting_wait(self, store: Store) -> None:
        first, same, other = move("m1"), move("m2"), move("m3", origin=NEXT)
        decide(store, first, same, other, holds={"m1/0": GUARD})
        assert [claimed_key(store), claimed_key(store)] == ["m3/0", ""]

    def test_a_letter_to_somebody_else_waits_for_none_on_hold(self, store: Store) -> None:
        letters = [
            letter("b1", origin=NEXT), letter("a1", person="ana", origin=NEXT), letter("b2", origin=NEXT),
        ]  # fmt: skip
        decide(store, *letters, holds={"b1/0": GUARD})
        assert claimed_key(store) == "a1/0"
        assert claim(store) is None

    def test_a_letter_about_the_same_meeting_does_not_wait_for_the_calendar(
        self, store: Store
    ) -> None:
        decide(store, move("m1"), letter("moved", origin=NEXT), holds={"m1/0": GUARD})
        assert claimed_key(store) == "moved/0"

    def test_changes_of_a_series_wait_for_each_other(self, store: Store) -> None:
        decide(store, put_series("s1"), put_series("s2"), holds={"series/s1/0": GUARD})
        assert claim(store) is None

    def test_release_by_the_name_of_the_hold_keeps_the_order(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"), holds={"a/0": GUARD, "b/0": GUARD})
        decide(store, letter("c"), lane=CEM, holds={"c/0": GUARD}, now=at("09:05"))
        assert store.release(GUARD.name, now=at("09:10")) == 3
        assert store.release(GUARD.name, now=at("09:10")) == 0
        assert [claimed_key(store), claimed_key(store)] == ["a/0", "c/0"]
        assert told(store, "b/0")[-1] == ("released", GUARD.name)

    def test_a_letter_without_bytes_is_released_with_some_or_stays(self, store: Store) -> None:
        record = store.world(BEN)
        holds = {f"{stem}/0": Hold("template/prep", "line 3") for stem in "ab"}
        plan = Plan(BEN, None, effects=(letter("a"), letter("b")))
        store.commit(record, plan, Rendered({}, holds), now=at("09:00"))
        assert store.release("template/prep", now=at("09:10")) == 0
        mended = {"b/0": bytes_of(letter("b")), "z/0": bytes_of(letter("z"))}
        assert store.release("template/prep", now=at("09:11"), letters=mended) == 1
        assert standings(store) == {"a/0": "on hold", "b/0": "due"}
        claim = taken(store, "09:12")
        assert claim.letter == bytes_of(letter("b"))
        done(store, claim)
        assert store.thread(BEN, "ben") == ("<b/0@x>",)

    def test_a_release_leaves_the_bytes_that_are_there(self, store: Store) -> None:
        decide(store, letter("a"), holds={"a/0": GUARD})
        other = replace(bytes_of(letter("a")), raw=b"rendered anew")
        assert store.release("a/0", now=at("09:10"), letters={"a/0": other}) == 1
        assert taken(store, "09:12").letter == bytes_of(letter("a"))

    def test_release_by_key_frees_one(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"), holds={"a/0": GUARD, "b/0": GUARD})
        assert store.release("b/0", now=at("09:10")) == 1
        assert standings(store) == {"a/0": "on hold", "b/0": "due"}
        assert store.release("nothing", now=at("09:10")) == 0

    def test_a_released_effect_is_still_checked_for_its_not_after(self, store: Store) -> None:
        decide(store, letter("a", closes="10:00"), holds={"a/0": GUARD})
        store.release("a/0", now=at("11:00"))
        assert claim(store, "11:00") is None
        assert told(store, "a/0")[-1][0] == "skipped"

    def test_the_verdict_of_the_guard_gives_another_name(self, store: Store) -> None:
        decide(store, letter("a"), letter("b"), holds={"a/0": GUARD})
        assert store.rename_hold(GUARD.name, Hold("first-run", "new"), now=at("09:01")) == 1
        assert store.release(GUARD.name, now=at("09:02")) == 0
        (entry,) = store.queue(on_hold=True)
        assert (entry.effect.key, entry.hold, entry.why) == ("a/0", "first-run", "new")

    def test_the_queue_is_shown_oldest_first(self, store: Store) -> None:
        decide(store, letter("second"), now=at("09:01"))
        decide(store, letter("first"), lane=CEM, now=at("09:00"))
        decide(store, letter("third", account=BOX), now=at("09:02"))
        assert list(standings(store)) == ["first/0", "second/0", "third/0"]


class AdminStories:
    """Requests, small values, copies."""

    def test_requests_wait_until_they_are_answered(self, store: Store) -> None:
        store.ask("release", "guard/1", now=at("09:00"))
        store.ask("release", "prep/1/0", now=at("09:01"))
        (first, *_), second = store.asked()
        assert second[1:] == ("release", "prep/1/0")
        store.answered(first)
        assert store.asked() == [second]

    def test_small_values(self, store: Store) -> None:
        assert store.value("last beat") is None
        store.keep_value("last beat", "2026-11-02T09:00:00+00:00")
        store.keep_value("last beat", "2026-11-02T09:01:00+00:00")
        assert store.value("last beat") == "2026-11-02T09:01:00+00:00"

    def test_small_values_of_one_kind(self, store: Store) -> None:
        for name, value in (
            ("line/ana", "1"),
            ("line/ben", "2"),
            ("lines", "3"),
            ("line/ben", "4"),
        ):
            store.keep_value(name, value)
        assert store.values("line/") == {"line/ana": "1", "line/ben": "4"}
        assert store.values("line_") == store.values("LINE/") == {}

    def test_a_backup_never_replaces_a_file(self, store: Store, tmp_path: Path) -> None:
        there = tmp_path / "precious"
        there.write_text("mine")
        with pytest.raises(UserError, match="exists already"):
            store.backup(there)
        assert there.read_text() == "mine"
