"""How long the store keeps what (LETTERS 2, "retention"), on the real store, with a look into its file afterwards.

Not the mailbox: test_mailbox_keep.py. Not the page that says so: tests/test_privacy.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec

from connectors.stores.embedded import EmbeddedStore
from daemon.ageing import LOG_KEPT, let_age
from daemon.domain.value import replace
from daemon.hearing import NOT_ONE_PAIRING
from daemon.ports import Ports
from tests.stories.cast import CHI, DAN, EVA, PATIENT, line
from tests.stories.people import moment
from tests.stories.rows import row
from tests.stories.stage import Stage, running

DECEMBER = line(ends=date(2026, 12, 1))
NOTE = "Two internships, decide by January."
WRITTEN = (
    f"{NOTE}\nprivate: I would rather go home.\ntodo: send the curriculum\ngoal: a summer abroad"
)
WORDS = ("Two internships", "rather go home", "send the curriculum", "summer abroad")
UNTIL = "2026-10-14T09:45:00Z"
"""When a busy stretch ends; no 1:1 and no offer ends then."""


def on_file(path: Path) -> type[Stage]:
    """A stage whose store is a file, as a daemon has it."""

    class OnFile(Stage):
        def wire(self, ports: Ports) -> Ports:
            if hasattr(self, "daemon"):
                self.daemon.ports.store.close()
            ports = super().wire(ports)
            ports.store = EmbeddedStore.open(path, probe=self._statement)
            return ports

    return OnFile


def found(path: Path, *words: str) -> list[str]:
    """Which of these stand anywhere in the store's files, whatever SQLite thinks of those bytes."""
    there = b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))
    return [word for word in words if word.encode() in there]


def written(path: Path, **settings: object) -> Stage:
    """A pair until the end of its time; Ben has left a note with something of each kind."""
    program = replace(PATIENT, **settings)
    stage = running(DECEMBER, kind=on_file(path), program=program)
    stage.until("Tue 13 Oct 20:00 Kolkata")
    stage.all_read()
    stage.ben.replies("notes", WRITTEN)
    stage.passes(60)
    stage.all_read()
    return stage


@row("kept-notes", settings=("notes_keep_days",))
def test_half_a_year_after_the_closing_nothing_that_was_written_is_in_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.db"
    stage = written(path)
    stage.until("Sat 5 Dec 10:00 Berlin")
    assert stage.state().standing == "closed"
    closed_at = stage.state().closed_at
    assert closed_at is not None
    assert found(path, *WORDS) == list(WORDS)
    stage.outside.clock.set(closed_at + timedelta(days=179))
    stage.beat()
    let_age(stage.daemon)
    assert NOTE in stage.daemon.ports.store.notes(stage.lane())[0].text
    assert found(path, *WORDS)[:3] == list(WORDS[:3])
    stage.outside.clock.set(closed_at + timedelta(days=180))
    stage.beat()
    let_age(stage.daemon)
    stage.passes(24 * 60)
    let_age(stage.daemon)
    assert stage.daemon.ports.store.notes(stage.lane()) == []
    assert found(path, *WORDS) == []
    assert stage.why("what the two wrote")[-1] == (
        "decided: closed for 180 days: what the two wrote is deleted"
    )
    assert stage.state().tally.held > 0  # what has no words stays countable
    stage.passes(7 * 24 * 60)
    assert len(stage.why("what the two wrote")) == 1


@row("kept-notes", settings=("notes_keep_days",))
def test_zero_keeps_them_and_another_number_in_the_files_counts_for_pairs_closed_long_ago(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.db"
    stage = written(path, notes_keep_days=0)
    stage.until("Sat 5 Dec 10:00 Berlin")
    stage.outside.clock.set(moment("Sat 5 Dec 10:00 Berlin") + timedelta(days=400))
    stage.beat()
    let_age(stage.daemon)
    assert NOTE in stage.daemon.ports.store.notes(stage.lane())[0].text
    stage.program = replace(stage.program, notes_keep_days=30)
    stage.config = replace(stage.config, programs=(stage.program,))
    stage.restart()
    stage.passes(25 * 60)
    let_age(stage.daemon)
    stage.passes(25 * 60)
    let_age(stage.daemon)
    assert found(path, *WORDS) == []


@row("kept-log")
def test_after_a_year_the_log_has_forgotten_who_got_what(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    stage = written(path)
    store = stage.daemon.ports.store
    prep = stage.ben.last("prep-mentee")
    key, name = prep.header("X-Oneonone-Key"), prep.header("Message-ID")
    told = len(store.ledger(key=key))
    assert (told >= 2, store.was_asked(key), store.letter(name) is not None) == (True, True, True)
    stage.until("Sat 5 Dec 10:00 Berlin")
    done = store.ledger(key=key)[-1].at
    stage.outside.clock.set(done + LOG_KEPT)
    let_age(stage.daemon)
    assert store.was_asked(key)
    stage.outside.clock.set(done + LOG_KEPT + timedelta(days=1, minutes=1))
    let_age(stage.daemon)
    assert (store.ledger(key=key), store.was_asked(key), store.letter(name)) == ([], False, None)
    assert found(path, key, name) == []
    assert store.ledger(last=1)  # what is younger stays


@row("kept-busy")
def test_a_busy_time_is_gone_from_the_file_as_soon_as_the_decision_that_asked_is_made(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.db"
    stage = running(kind=on_file(path), program=PATIENT)
    stage.ana.is_busy("Wed 14 Oct 10:30", 1.25)
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(10)
    assert stage.ben.last("proposal").choices
    assert found(path, "BusySeen", UNTIL) == [
        "BusySeen",
        UNTIL,
    ]  # it has lain in the file, and been used
    let_age(stage.daemon)
    assert found(path, "BusySeen", UNTIL) == []


def test_names_and_counts_are_what_is_left_of_a_pair(tmp_path: Path) -> None:
    stage = written(tmp_path / "store.db", notes_keep_days=14)
    stage.until("Tue 22 Dec 10:00 Berlin")
    state = stage.state()
    assert (state.standing, state.words_deleted_at is not None) == ("closed", True)
    assert (state.line.mentor.name, state.line.mentee.name) == ("Ana Rao", "Ben Das")
    assert (state.tally.due, state.tally.held, state.tally.falls) == (9, 9, ())
    kept = {
        "is",
        "line",
        "standing",
        "since",
        "mentor_yes",
        "mentee_yes",
        "closed_at",
        "closing_at",
        "words_deleted_at",
    }
    more = {"series", "tally", "zones_of_files", "marks", "mentor_asked_at", "alone", "met"}
    assert set(msgspec.to_builtins(state)) <= kept | more


@row("kept-notes", "group-ended")
def test_of_a_group_is_left_who_was_in_it_at_the_end_and_nothing_that_was_noted_of_a_member(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.db"
    whole = replace(DECEMBER, members=(DAN, CHI, EVA))
    stage = running(whole, kind=on_file(path), program=replace(PATIENT, notes_keep_days=14))
    stage.until("Mon 5 Oct 11:00 Berlin")
    stage.dan.replies("group-welcome", "ZONE America/Toronto")
    stage.dan.declines("Tue 13 Oct")
    stage.chi.replies("group-welcome", "LEAVE")
    stage.chi.replies("group-ack", "YES")
    stage.until("Mon 30 Nov 10:00 Berlin")
    stage.reconfigured(replace(whole, members=(DAN, CHI)))
    stage.until("Tue 15 Dec 10:00 Berlin")
    assert {each.id for each in stage.state().members} == {"dan", "chi"}
    assert (stage.state().standing, stage.state().group_marks != {}) == ("closed", True)
    stage.until("Tue 22 Dec 10:00 Berlin")
    let_age(stage.daemon)
    for _ in ("as it is", "the files are read once more"):
        state = stage.state()
        assert (state.members, state.group_marks, state.line.former) == ((), {}, ())
        assert [each.id for each in state.line.people] == ["ana", "ben", "dan"]
        stage.reconfigured(replace(whole, members=(DAN, CHI)))
        stage.passes(8 * 24 * 60)
    stage.chi.replies("group-ack", "HELP\nCan we talk?")
    stage.dan.replies("group-welcome", "HELP\nCan we talk?")
    stage.passes(30)
    assert "Dan Ode wrote" in stage.maya.last("help-case").text
    assert [each.why for each in stage.daemon.ports.store.set_aside()] == [NOT_ONE_PAIRING]
