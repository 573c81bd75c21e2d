"""What people do, as the measures of their program: from the calendar and the mail to counts that name nobody.

Not the formulas: tests/test_measures.py.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from daemon.ageing import let_age
from daemon.domain.cadence import RegularTime
from daemon.domain.value import replace
from daemon.ledger import told_of
from daemon.measures.gathered import measures
from daemon.reports import look_at_reports
from tests.stories.cast import ANA, BEN, CHI, DAN, EVA, FAY, PATIENT, RUI, line
from tests.stories.people import moment
from tests.stories.stage import Stage, before, running

WEEK_OF_13 = ("Mon 12 Oct 00:00 Berlin", "Mon 19 Oct 00:00 Berlin")
NAMES = ("Ana", "Ben", "ana-ben", "example.org", "mentor", "mentee")


def told(stage: Stage, span: tuple[str, str] = WEEK_OF_13, **more: Any) -> dict[str, Any]:
    """The measures of that stretch, as they are now."""
    since, until = (moment(each) for each in span)
    store = stage.daemon.ports.store
    return measures(store, stage.program, (since, until), now=stage.now, **more)


def repaired_once() -> Stage:
    """Tuesday falls out by Ana's hand at ten; Ben takes the second time half an hour after he was asked; a note has a to-do."""
    stage = before(at="Mon 12 Oct 10:00 Berlin")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(35)
    stage.ben.replies("proposal", "1")
    stage.passes(10)
    return stage


def test_a_1_1_that_fell_out_and_took_place_after_all() -> None:
    stage = repaired_once()
    stage.until("Sat 17 Oct 10:00 Berlin")
    assert stage.meeting("Tue 13 Oct").standing == "moved"
    facts = told(stage)
    due = ("due", "held", "held_confirmed", "held_presumed", "fell_out", "repaired")
    assert [facts[name] for name in due] == [1, 1, 0, 1, 1, 1]
    percents = (
        "median_minutes_to_repair",
        "adherence_percent",
        "repaired_percent",
        "engagement_percent",
    )
    assert [facts[name] for name in percents] == [None] * 4  # too few to say
    assert not [name for name in NAMES if name in json.dumps(facts)]


def test_the_log_says_the_same_weeks_later_and_nothing_counts_twice() -> None:
    stage = repaired_once()
    stage.until("Sat 17 Oct 10:00 Berlin")
    first = told(stage)
    stage.until("Wed 11 Nov 10:00 Berlin")
    assert "Tue 13 Oct" not in str([m.origin for m in stage.state().meetings])
    assert stage.why("count/") == [
        "counted: 2026-10-06T13:00:00Z held",
        f"counted: {first_start(stage)} held fell repaired 36",
        "counted: 2026-10-20T13:00:00Z held",
    ]
    entries = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
    shown = told_of(stage.daemon.ports.store, entries)
    assert len(shown) > 20
    assert not [each for each in shown if each.key.startswith("count/")]  # `why` has no use for it
    later = told(stage)
    same = ("due", "held", "fell_out", "repaired", "held_presumed")
    assert [later[name] for name in same] == [first[name] for name in same]


def first_start(stage: Stage) -> str:
    """When the repaired 1:1 took place, as the log has it."""
    found = [e for e in stage.daemon.ports.store.ledger(key="count/") if "2026-10-13" in e.key]
    return found[0].why.split()[0]


def test_a_word_confirms_it_and_to_dos_are_counted_without_their_words() -> None:
    stage = before(at="Tue 13 Oct 20:00 Berlin")
    stage.ben.replies("notes", "Two internships.\ntodo: send the curriculum")
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ben.replies("notes", "DONE a")
    stage.passes(10)
    for at in ("Wed 14 Oct 12:00 Berlin", "Wed 21 Oct 12:00 Berlin"):  # still shown, and long over
        stage.until(at)
        facts = told(stage)
        assert (facts["held_confirmed"], facts["to_dos_done"], facts["goals_set"]) == (1, 1, 0)
    assert "curriculum" not in json.dumps(facts)


def test_of_five_pairs_shares_are_told() -> None:
    times = [
        RegularTime(day, hour, 0) for day, hour in ((1, 15), (2, 15), (1, 16), (3, 16), (4, 16))
    ]
    pairs = ((ANA, BEN), (ANA, CHI), (RUI, EVA), (DAN, FAY), (RUI, FAY))
    lines = [line(*pair, at=at) for pair, at in zip(pairs, times, strict=True)]
    stage = running(*lines, program=PATIENT)
    stage.until("Mon 19 Oct 00:00 Berlin")
    facts = told(stage)
    assert (facts["due"], facts["adherence_percent"], facts["engagement_percent"]) == (5, 100, 100)
    assert (facts["satisfaction"], facts["satisfaction_answers"], facts["goals_done"]) == (
        None,
    ) * 3
    assert facts["pairings"] == {"active": 5}
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert told(stage)["engagement_percent"] == 0  # nobody has written for 28 days


def test_what_five_people_said_alone_and_the_goals_that_they_reached() -> None:
    hours = ((BEN, 12), (CHI, 13), (EVA, 15), (FAY, 16))
    lines = [line(ANA, mentee, at=RegularTime(1, hour, 0)) for mentee, hour in hours]
    program = replace(PATIENT, check_weeks=6, goals="plain", mentor_meetings_per_day=4)
    stage = running(*lines, program=program)
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("goals", "goal: a talk\ngoal: a paper")
    stage.ben.replies("goals", "DONE a")
    stage.until("Mon 23 Nov 12:00 Berlin")
    for number, someone in enumerate((stage.ben, stage.chi, stage.eva, stage.fay), start=2):
        someone.reads()
        someone.replies("check", str(number))
    facts = told(stage)
    assert (facts["satisfaction"], facts["satisfaction_answers"]) == (None, None), "four people"
    stage.ana.reads()
    stage.ana.replies("check", "4")
    facts = told(stage)
    assert (facts["satisfaction"], facts["satisfaction_answers"]) == (3.6, 5)
    assert (facts["goals_set"], facts["goals_done"]) == (2, 1)


def test_how_sure_five_mentees_are_stands_in_the_report_from_when_nobody_can_be_told_apart() -> (
    None
):
    times = ((BEN, 1, 12), (CHI, 1, 13), (EVA, 1, 15), (FAY, 1, 16), (DAN, 2, 15))
    lines = [line(ANA, mentee, at=RegularTime(day, hour, 0)) for mentee, day, hour in times]
    program = replace(
        PATIENT, assess=("start",), mentor_meetings_per_day=4, reports=("weekly", "monthly")
    )
    stage = running(*lines, program=program)
    assert look_at_reports(stage.daemon) is False
    stage.until("Wed 14 Oct 17:00 Berlin")
    mentees = (stage.ben, stage.chi, stage.eva, stage.fay, stage.dan)
    for number, someone in enumerate(mentees, start=1):
        someone.reads()
        someone.replies("assess", str(number))
    stage.passes(1)
    for at, sure in (("Thu 15 Oct 12:00 Berlin", None), ("Fri 16 Oct 12:30 Berlin", 3.0)):
        stage.until(at)
        let_age(stage.daemon)
        assert (told(stage)["skill_start"], told(stage)["skill_delta"]) == (sure, None)
    stage.until("Mon 2 Nov 08:00 Berlin")
    assert look_at_reports(stage.daemon)
    stage.passes(1)
    stage.maya.reads()
    report = next(each.text for each in stage.maya.letters if "is over" in each.text)
    assert "| sure at the start: 3.0 of 5 (5 answers)" in report


def test_another_program_in_the_same_store_is_not_in_it() -> None:
    stage = before(at="Wed 14 Oct 10:00 Berlin")
    other = type(stage.program)("x", "X", "Maya", "maya@example.org", "x@example.org", "UTC")
    since = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    store = stage.daemon.ports.store
    assert measures(store, other, (since, stage.now), now=stage.now)["due"] == 0
