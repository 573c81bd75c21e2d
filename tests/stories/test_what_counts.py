"""Which letters count for the limits of a day and a week, and that a question which would be too much is put off and not lost.

Not the limits themselves: test_caps.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.decide.caps import COUNTED
from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from tests.stories.cast import ANA, BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds, when
from tests.stories.rows import row
from tests.stories.stage import TEMPLATES, Stage, running
from tests.stories.test_agreement import SECOND, begun
from tests.stories.test_handover import NOTE, succeeded, written

ELSE: dict[str, tuple[str, ...]] = {
    "new times": (
        *("proposal", "proposal-mentor", "slot-gone", "counter", "regular-time", "clash"),
        *("moved", "off", "late", "started"),
    ),
    "changes, in a calendar or by a file": (
        *("adopt", "series-gone", "guest-gone", "declined-all"),
        *("group-changed", "group-news", "group-missing"),
    ),
    "answers": (
        *(
            "ack",
            "unclear",
            "first-note",
            "leave",
            "private-hold",
            "my-notes",
            "links",
            "intro-draft",
        ),
        *(
            "intro-told",
            "chance-told",
            "themes-told",
            "hello",
            "help-got",
            "change-got",
            "not-sure-it-is-you",
            "group-ack",
        ),
    ),
    "what the other one writes, or wishes for a 1:1": (
        *("copy", "carried", "intro", "advisor-heads-up", "advisor-told", "follow-up-word"),
        *("invite", "group-copy"),
    ),
    "before the 1:1s begin": ("welcome-mentor-connected", "welcome-mentee", "group-welcome"),
    "of no single pairing": ("week-card", "reconnect"),
    "to somebody else": ("admin", "advisor", "help-case"),
}
"""Why a letter does not count; the `started` letter names the first four to the two."""


def test_each_letter_counts_or_has_a_reason_not_to() -> None:
    named = [each for kinds_of in ELSE.values() for each in kinds_of]
    assert len(named) == len(set(named)) and COUNTED.isdisjoint(named)
    letters = {path.stem for path in (Path(TEMPLATES) / "en").glob("[a-z]*.md")}
    assert letters == COUNTED | set(named)


CHECKED = replace(PATIENT, chemistry=True, goals="plain")
"""A first week as that of wealljs: goals, prep, notes, and the question whether to go on."""


def first_fortnight(**settings: int) -> Stage:
    """Ana has answered the question of Wednesday, which Ben's week had no room for."""
    stage = running(program=replace(CHECKED, **settings))  # type: ignore[arg-type]
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.ana.reads()
    stage.ana.replies("chemistry", "1")
    return stage


@row("chemistry", "letter-cap-week")
def test_whether_to_go_on_is_asked_when_the_week_has_room_with_as_many_days_to_answer() -> None:
    stage = first_fortnight()
    heard = stage.ana.last("ack").text
    assert "\nI write what comes of it, to both alike.\n" in heard  # by when, nobody knows yet
    stage.until("Sat 17 Oct 06:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Mon 5 Oct 18:00  prep-mentee",
        "Tue 6 Oct 19:30  notes",
        "Wed 7 Oct 07:00  goals",
        "Mon 12 Oct 18:00  prep-mentee",
        "Tue 13 Oct 19:30  notes",
        "Wed 14 Oct 07:00  chemistry",
    ]
    letter = stage.ben.last("chemistry").text
    assert "If I hear nothing by Sat 17 Oct, 19:00 Kolkata" in letter
    assert kinds(stage.ana.reads()) == ["ack"]  # nothing is settled before Ben was asked
    stage.ben.replies("chemistry", "1")
    assert "The 1:1s go on." not in stage.ben.last("ack").text
    stage.until("Sat 17 Oct 20:00 Kolkata")
    assert stage.ana.last("ack").first == "Your 1:1s with Ben go on. Nothing to do."


@row("chemistry", "letter-window")
def test_where_no_week_has_room_they_go_on_and_the_reason_is_kept() -> None:
    stage = first_fortnight(letters_per_week=2)
    stage.until("Mon 26 Oct 12:00 Kolkata")
    assert "chemistry" not in kinds(stage.ben.reads())
    assert stage.why("chemistry/pairing/ana-ben/mentee")[-1] == (
        "skipped: so many letters came already that this one would be too much"
    )
    assert stage.ana.last("ack").first == "Your 1:1s with Ben go on. Nothing to do."
    assert stage.state().questions == ()


@row("chemistry-off", "letter-cap-week")
def test_that_it_ends_is_the_answer_to_that_question_and_waits_for_no_room() -> None:
    stage = running(program=replace(CHECKED, goals="none"))
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.all_read()
    stage.ana.replies("chemistry", "3")
    stage.ben.replies("chemistry", "1")
    stage.passes(24 * 60)
    assert kinds(stage.ben.reads()) == ["ack", "ended"]  # after prep, notes and the question


@row("handover-asked", "letter-cap-day")
@pytest.mark.parametrize("weekday", [0, 2], ids=["in a week", "on Wednesday"])
def test_what_may_be_read_is_asked_on_another_day_and_before_they_meet(weekday: int) -> None:
    stage = running(program=PATIENT)
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.ben.replies("notes", NOTE)
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.all_read()  # today's letter was a prep
    succeeded(stage, new=line(DAN, BEN, RegularTime(weekday, 15, 0)))
    stage.until("Tue 13 Oct 12:00 Kolkata")
    assert when(stage.ben.reads())[-1] == "Tue 13 Oct 07:00  handover"
    assert "If I hear nothing by Tue 20 Oct, 07:00" in stage.ben.last("handover").text


@row("handover-asked", "letter-cap-day")
def test_and_at_once_where_no_day_would_be_left_for_an_answer() -> None:
    stage = succeeded(written())  # they meet tomorrow, and the prep of it comes tonight
    assert when(stage.ben.reads())[-1] == "Wed 14 Oct 15:44  handover"


@row("agreement-asked", "letter-cap-day")
def test_a_new_text_waits_for_another_day_and_for_a_fortnight_from_then() -> None:
    stage = both_agreed()
    stage.until("Mon 12 Oct 18:30 Kolkata")
    stage.all_read()
    stage.ruled(agreement=SECOND)
    stage.until("Wed 14 Oct 08:00 Kolkata")
    assert when(stage.ben.reads()) == [
        "Tue 13 Oct 19:30  notes",
        "Wed 14 Oct 07:00  agreement",
    ]
    assert "If I hear nothing by Wed 28 Oct, 07:00 Kolkata" in stage.ben.last("agreement").text


@row("agreement-asked", "letter-cap-day")
def test_what_a_pairing_waits_for_to_begin_comes_all_the_same() -> None:
    stage = both_agreed()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ben.replies("prep-mentee", "Where to begin")
    stage.until("Tue 13 Oct 09:30 Berlin")
    assert kinds(stage.ana.reads())[-1] == "prep-mentor"
    stage.reconfigured(line(), line(ANA, CHI, RegularTime(0, 15, 0)))
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.chi.replies("welcome-mentee", "Yes")
    stage.passes(1)
    assert when(stage.ana.reads())[-1] == "Tue 13 Oct 09:34  agreement"


def both_agreed() -> Stage:
    """Ana and Ben, a week before their first 1:1."""
    stage = begun()
    stage.all_read()
    for someone in (stage.ana, stage.ben):
        someone.replies("agreement", "AGREE")
    stage.passes(1)
    return stage
