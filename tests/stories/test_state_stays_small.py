"""What a pair writes does not pile up in the state of its pairing: its words lie in full elsewhere (DESIGN 6).

Not how words are passed on: test_notes.py.
"""

from __future__ import annotations

from daemon.domain.people import Hours
from daemon.domain.record import ROW_BYTES_MAX, state_documents, state_of, too_large
from daemon.domain.value import replace
from tests.stories.cast import DAN, PATIENT, line
from tests.stories.stage import Stage, running

PAGE = "We spoke of internships and of what is still open. " * 77
"""Four thousand characters, which is the most that one mail may say."""


def rows(stage: Stage) -> list[tuple[str, int]]:
    """What is larger than a row may be."""
    return list(too_large(stage.state()))


def test_two_who_write_pages_every_week_leave_no_more_than_two_who_do_not() -> None:
    stage = running()
    stage.until("Mon 12 Oct 20:00 Kolkata")
    for week in range(8):
        stage.ben.replies("prep-mentee", f"{week} {PAGE}")
        stage.passes(2 * 24 * 60)
        stage.ben.replies("notes", f"{week} {PAGE}\nto do: send page {week}")
        stage.passes(5 * 24 * 60)
    assert "| 7 We spoke of internships" in stage.ana.last("copy").text
    assert len(stage.daemon.ports.store.notes(stage.lane())) == 8
    assert rows(stage) == []


def test_a_page_lies_there_in_full_until_the_other_one_has_it_and_never_in_the_first_row() -> None:
    stage = running()
    stage.until("Wed 14 Oct 01:00 Kolkata")
    for _ in range(3):
        stage.ben.replies("notes", PAGE)
    assert [row for row, _ in rows(stage)] == ["words"]
    stage.until("Wed 14 Oct 12:00 Kolkata")
    assert stage.ana.last("copy").text.count("We spoke of internships") == 3 * 77
    stage.until("Tue 20 Oct 09:00 Kolkata")
    assert rows(stage) == []
    first = state_documents(stage.state())["state"]
    assert sum(len(bytes(each)) for each in first.values()) < ROW_BYTES_MAX / 2


def test_its_marks_lie_there_without_the_lane_that_all_of_them_name_and_come_back_whole() -> None:
    stage = running()
    stage.until("Wed 14 Oct 12:00 Kolkata")
    known = stage.state()
    documents = state_documents(known)
    written = bytes(documents["marks"]["marks"]).decode()
    assert '"started/./series/ben":' in written and "pairing/ana-ben" not in written
    assert "started/pairing/ana-ben/series/ben" in known.marks
    assert state_of(documents.values()) == known


def test_a_group_of_twelve_has_room_in_its_rows() -> None:
    day = tuple(Hours(weekday, 8 * 60, 21 * 60) for weekday in range(7))
    many = tuple(
        replace(DAN, id=f"dan-{n}", name=f"Dan{n} Ode", address=f"dan{n}@example.org", hours=day)
        for n in range(11)
    )
    stage = running(replace(line(), members=many), program=PATIENT)
    stage.until("Mon 12 Oct 20:00 Berlin")
    for member in many:
        someone = stage.people[member.id]
        someone.reads()
        someone.replies("group-prep", f"What {member.name} would like to hear about")
        someone.declines("Tue 20 Oct")
    stage.until("Tue 20 Oct 10:00 Berlin")
    assert stage.people["dan-10"].last("group-prep")
    assert state_of(state_documents(stage.state()).values()) == stage.state()
    assert rows(stage) == []
