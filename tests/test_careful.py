"""No mail stops the daemon: one that takes too long, meets a mistake of ours, or kills the process.

Not what is in such a mail: tests/mail/test_limits.py and tests/fuzz.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.stores.embedded import EmbeddedStore
from daemon.careful import (
    DEADLY,
    Heard,
    quarantined,
    with_care,
)
from daemon.computing import OUR_MISTAKE, TOO_SLOW, TookTooLong, at_most, is_counted
from daemon.domain.observation import MailArrived, SetAside
from daemon.errors import Temporary
from daemon.ical.parsing import Refused, Unreadable, within_limits

NOW = datetime(2026, 10, 12, 11, tzinfo=UTC)
MAILS = [MailArrived(name, name.encode(), NOW) for name in ("a", "bad", "c")]
BOX = "koss@example.org"


def heard(mail: MailArrived) -> Heard:
    return SetAside("test", mail.id, "heard")


def kills(mail: MailArrived) -> Heard:
    if mail.id == "bad":
        os.kill(os.getpid(), signal.SIGKILL)
    return heard(mail)


def outcome(store: EmbeddedStore, hear: object = heard) -> dict[str, str]:
    found = list(with_care(MAILS, BOX, store, hear))  # type: ignore[arg-type]
    return {each.name: each.why for each in found if isinstance(each, SetAside)}


def process_dies(path: Path) -> bool:
    """Whether a process that hears these mails is killed by one of them."""
    child = os.fork()
    if child == 0:
        outcome(EmbeddedStore.open(path), kills)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_trap_72_a_mail_that_kills_is_tried_three_times_and_then_left_unread(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.db"
    EmbeddedStore.open(path).close()
    assert [process_dies(path) for _ in range(4)] == [True, True, True, False]
    store = EmbeddedStore.open(path)
    assert store.value(f"reading/{BOX}") == ""
    assert outcome(store) == {"a": "heard", "bad": "heard", "c": "heard"}, "no mark is left"


def test_trap_72_it_is_named_and_all_others_are_heard(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    EmbeddedStore.open(path).close()
    assert all(process_dies(path) for _ in range(3))
    store = EmbeddedStore.open(path)
    assert outcome(store, kills) == {"a": "heard", "bad": DEADLY, "c": "heard"}


def test_a_process_that_dies_for_another_reason_blames_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    EmbeddedStore.open(path).close()
    assert process_dies(path)
    assert process_dies(path)
    assert outcome(EmbeddedStore.open(path)) == {"a": "heard", "bad": "heard", "c": "heard"}


def test_what_is_quarantined_is_told_from_what_needs_an_answer(tmp_path: Path) -> None:
    store = EmbeddedStore.open(tmp_path / "store.db")
    for name, why in (("1", DEADLY), ("2", "from somebody of the roster")):
        store.record([], now=NOW, source=f"aside/{name}", set_aside=[SetAside("mail", name, why)])
    assert [each.name for each in quarantined(store)] == ["1"]


def test_trap_72_a_mistake_of_ours_costs_one_mail(tmp_path: Path) -> None:
    def stumbles(mail: MailArrived) -> Heard:
        if mail.id == "bad":
            raise RecursionError
        return heard(mail)

    store = EmbeddedStore.open(tmp_path / "store.db")
    assert outcome(store, stumbles) == {"a": "heard", "bad": OUR_MISTAKE, "c": "heard"}


@pytest.mark.parametrize("hostile", ["python", "pattern", "swallowed"])
def test_trap_72_a_mail_that_never_ends_is_given_up(hostile: str) -> None:
    with pytest.raises(TookTooLong), at_most(0.05):
        while hostile == "python":
            pass
        if hostile == "pattern":
            re.match("(a+)+b", "a" * 60)
        while True:
            try:
                while True:
                    pass
            except Exception:
                continue


def test_a_calendar_in_a_mail_takes_the_time_of_that_mail() -> None:
    with pytest.raises(TookTooLong), at_most(0.05), within_limits():
        assert is_counted()
        while True:
            pass
    assert not is_counted()


def test_trap_31_a_calendar_that_never_ends_or_trips_us_is_refused_by_its_own_limits() -> None:
    with pytest.raises(Refused, match=OUR_MISTAKE), within_limits():
        raise RecursionError
    for theirs in (Unreadable("a broken line"), Temporary("the disk is full"), OSError()):
        with pytest.raises(type(theirs)), within_limits():
            raise theirs
    assert not is_counted()


def test_a_calendar_that_took_too_long_is_no_mail_that_was_left_unread(tmp_path: Path) -> None:
    store = EmbeddedStore.open(tmp_path / "store.db")
    aside = [SetAside("calendar/ana@example.org", "hostile.ics", TOO_SLOW)]
    store.record([], now=NOW, source="calendar/ana@example.org", set_aside=aside)
    assert (store.set_aside(), quarantined(store)) == (aside, [])


def test_too_slow_is_said_of_that_mail_alone(tmp_path: Path) -> None:
    def slow(mail: MailArrived) -> Heard:
        if mail.id == "bad":
            raise TookTooLong
        return heard(mail)

    store = EmbeddedStore.open(tmp_path / "store.db")
    assert outcome(store, slow) == {"a": "heard", "bad": TOO_SLOW, "c": "heard"}


def test_a_thread_reads_without_an_alarm() -> None:
    done: list[int] = []

    def work() -> None:
        with at_most(0.05):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
