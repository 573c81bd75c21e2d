"""A few mutated mails on each run, whatever bytes hypothesis thinks of, and that the fuzzing finds what it looks for.

Not the many: `python -m tests.fuzz.run`.
"""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.material import INVITATION, as_mail, material
from tests.fuzz.mutators import OF_CALENDARS, OF_MAILS, Mutator, mutated
from tests.fuzz.run import MIB_MAX, batch, good_is_handled, keep
from tests.fuzz.through import looked_at, passed

LINES = st.sampled_from(
    ["> quoted", "2", "", "On Mon, Ana wrote:", "-- ", "Ben", "private: x", "to do: y", "From: a@b.c", "> > a", "@ana: b",
     "Thursday works, Friday doesn't", "not before", "and", "at 3 or"]
)  # fmt: skip


def test_trap_72_a_batch_is_read_and_the_next_good_mail_is_handled() -> None:
    outcome = batch(range(150), seed=1)
    assert (outcome.wrong, outcome.next_handled) == ((), True)
    assert good_is_handled()


def test_the_same_seed_and_number_make_the_same_bytes(tmp_path: Path) -> None:
    assert mutated(3, 17, material()) == mutated(3, 17, material())
    assert mutated(3, 17, material()) != mutated(3, 18, material())
    kept = keep(passed(17, *mutated(3, 17, material())), 3, tmp_path)
    assert kept.read_bytes() == mutated(3, 17, material())[1]
    assert kept.name == "3-17.eml"


def test_what_comes_through_is_told_with_its_place() -> None:
    found = passed(1, True, None)  # type: ignore[arg-type]
    assert found.wrong == "TypeError"
    assert found.where.startswith("parsing.py:")


def test_the_calendar_that_is_mutated_is_one() -> None:
    assert looked_at(INVITATION) > 0
    assert len(OF_MAILS) >= 10
    assert len(OF_CALENDARS) >= 7


@pytest.mark.parametrize(
    "mutator", dict.fromkeys((*OF_MAILS, *OF_CALENDARS)), ids=lambda each: each.__name__
)
def test_to_make_a_mail_worse_takes_less_memory_than_a_process_may(mutator: Mutator) -> None:
    tracemalloc.start()
    try:
        for giant in (b"\n", b" ", b"a"):
            for seed in range(8):
                mutator(b"a: boundary=x\r\n\r\n" + giant * 2_000_000, Random(seed))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MIB_MAX / 4 * 2**20


@settings(max_examples=60, deadline=None)
@example(b":")  # a reply of nothing but a mark
@given(st.binary(max_size=400))
def test_trap_72_any_bytes_pass(raw: bytes) -> None:
    assert passed(0, False, raw).wrong == passed(1, False, raw).wrong == ""
    assert passed(0, True, raw + b"\r\nEND:VCALENDAR").wrong == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES | st.text(max_size=30), max_size=25))
def test_trap_72_any_words_pass(lines: list[str]) -> None:
    mail = as_mail("\n".join(lines))
    assert passed(0, False, mail).wrong == passed(1, False, mail).wrong == ""
