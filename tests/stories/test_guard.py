"""What waits for a person: mass changes, the first run, a restore, a template that fails (RULES 10).

Not single repairs: those go on.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from daemon.domain.program import Config
from daemon.domain.value import replace
from tests.stories.beginnings import NAMES, cancel_all, pairs
from tests.stories.cast import KOSS
from tests.stories.people import moment
from tests.stories.rows import row
from tests.stories.stage import TEMPLATES, Stage, running


def kinds(stage: Stage, name: str) -> list[str]:
    return [each.split("  ")[1] for each in stage.people[name].reads()]


@row("guard-mass")
def test_three_of_eight_in_one_minute_wait_together_and_the_rest_goes_on() -> None:
    stage = running(*pairs(8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    cancel_all(stage, "Tue 13 Oct", NAMES[:3])
    stage.passes(5)
    held = stage.on_hold()
    assert {each.split("  ")[0] for each in held} == {"guard/vanished/2026-10-12"}
    assert len(held) == 3
    assert [kinds(stage, f"{name.lower()}mi") for name in NAMES[:3]] == [[], [], []]

    stage.until("Tue 13 Oct 12:00 Berlin")
    assert kinds(stage, "edmi") == ["prep-mentee"]  # everybody else is served
    assert len(stage.on_hold()) == 3


@row("guard-mass", "effect-withdrawn")
def test_released_they_go_where_they_are_still_true() -> None:
    stage = running(*pairs(8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:3])
    stage.passes(5)
    stage.people["ada"].takes_back_deletions()
    stage.all_read()
    stage.release("guard/vanished/2026-10-12")
    assert kinds(stage, "adami") == []  # it stands again, so nothing is asked
    assert kinds(stage, "bomi") == ["proposal"]
    assert kinds(stage, "cymi") == ["proposal"]
    assert stage.on_hold() == []


def test_a_crash_before_the_weighing_leaves_nothing_on_hold_for_ever() -> None:
    stage = running(*pairs(8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:1])
    stage.people["adami"].reads()
    stage.crash_at, stage.crash_after = ("statement", "committed"), 1
    stage.passes(5)  # the busy times are recorded, the question is committed, and the power goes
    assert stage.crashes == 1
    assert stage.on_hold() == []
    assert kinds(stage, "adami") == ["proposal"]


def test_what_has_to_be_weighed_waits_for_the_restore_too() -> None:
    stage = running(*pairs(8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.daemon.ports.store.keep_value("restored", stage.now.isoformat())
    cancel_all(stage, "Tue 13 Oct", NAMES[:1])
    stage.passes(5)
    assert [each.split("  ")[0] for each in stage.on_hold()] == ["restore/2026-10-12"]


@row("guard-ordinary")
def test_two_of_eight_are_an_ordinary_monday() -> None:
    stage = running(*pairs(8))
    stage.until("Mon 12 Oct 10:00 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:2])
    stage.passes(5)
    assert stage.on_hold() == []
    assert kinds(stage, "adami")[-1] == "proposal"


def test_cancelled_one_by_one_over_a_night_they_are_no_mass_in_the_morning() -> None:
    """All three questions waited for seven o'clock; nothing happened all at once."""
    stage = running(*pairs(8))
    for hour, name in ((21, "Ada"), (22, "Bo"), (23, "Cy")):
        stage.until(f"Sun 11 Oct {hour}:30 Berlin")
        cancel_all(stage, "Tue 13 Oct", (name,))
    stage.until("Mon 12 Oct 07:05 Berlin")
    assert stage.on_hold() == []
    assert kinds(stage, "adami")[-1] == "proposal"


def test_cancelled_all_at_once_in_the_night_they_are_a_mass_in_the_morning() -> None:
    stage = running(*pairs(8))
    stage.until("Sun 11 Oct 23:30 Berlin")
    cancel_all(stage, "Tue 13 Oct", NAMES[:3])
    stage.until("Mon 12 Oct 07:05 Berlin")
    assert len(stage.on_hold()) == 3


def test_an_end_date_for_everybody_waits_for_a_person() -> None:
    stage = running(*pairs(4))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.reconfigured(
        *(replace(each, ends=moment("Tue 27 Oct 12:00 UTC").date()) for each in pairs(4))
    )
    assert stage.on_hold() == [
        f"guard/config/2026-10-12  series/{name.lower()}-{name.lower()}mi/0/1/end"
        for name in NAMES[:4]
    ]
    assert len(stage.people["ada"].calendar(60)) == 9
    stage.release("guard/config/2026-10-12")
    assert len(stage.people["ada"].calendar(60)) == 3


def test_what_an_admin_has_applied_is_not_asked_about_again() -> None:
    stage = running(*pairs(4))
    stage.until("Mon 12 Oct 10:00 Berlin")
    ends = moment("Tue 27 Oct 12:00 UTC").date()
    stage.config = Config((stage.program,), tuple(replace(each, ends=ends) for each in pairs(4)))
    stage.restart()
    stage.daemon.applied = True
    cancel_all(stage, "Tue 20 Oct", NAMES[:3])
    stage.passes(6)
    assert len(stage.people["di"].calendar(60)) == 3
    assert {each.split("  ")[0] for each in stage.on_hold()} == {"guard/vanished/2026-10-12"}


@row("guard-first-run")
def test_a_first_run_is_on_hold_once_and_then_flows() -> None:
    stage = Stage(*pairs(3), program=replace(KOSS, first_run="hold"))
    stage.passes(5)
    assert [each.split("  ")[0] for each in stage.on_hold()] == ["first-run/koss"] * 3
    assert kinds(stage, "ada") == []
    stage.until("Mon 5 Oct 12:00 Berlin")
    stage.release("first-run/koss")
    assert stage.on_hold() == []
    assert kinds(stage, "ada") == ["welcome-mentor-connected"]
    stage.people["ada"].replies("welcome-mentor-connected", "Yes")
    assert kinds(stage, "adami") == ["welcome-mentee"]
    stage.restart()
    stage.people["adami"].replies("welcome-mentee", "Yes")
    assert kinds(stage, "adami") == ["started"]


def test_what_waited_for_its_first_run_too_long_is_not_sent() -> None:
    stage = Stage(*pairs(1), program=replace(KOSS, first_run="hold"))
    stage.passes(5)
    stage.until("Tue 20 Oct 12:00 Berlin")
    stage.release("first-run/koss")
    assert kinds(stage, "ada") == []
    assert "skipped: its time was over at 2026-10-19T08:00:00Z" in stage.why("welcome")


@row("guard-restore")
def test_after_a_restore_everything_waits() -> None:
    stage = running(*pairs(2))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    stage.daemon.ports.store.keep_value("restored", stage.now.isoformat())
    stage.until("Tue 13 Oct 10:00 Berlin")
    assert {each.split("  ")[0] for each in stage.on_hold()} == {"restore/2026-10-12"}
    assert kinds(stage, "adami") == []
    stage.release("restore/2026-10-12")
    assert kinds(stage, "adami") == ["prep-mentee"]
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert kinds(stage, "adami") == ["notes"]


def test_a_template_that_fails_holds_that_letter_alone(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    stage = running(*pairs(2), templates=(templates,))
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.all_read()
    prep = templates / "en" / "prep-mentee.md"
    good = prep.read_text()
    prep.write_text(good.replace("{{ start | when }}", "{{ strat | when }}"))
    stage.restart()
    stage.people["ada"].deletes("Tue 20 Oct")
    stage.until("Mon 12 Oct 19:00 Berlin")
    assert kinds(stage, "adami") == ["proposal"]  # the lane goes on
    assert [each.split("/pairing")[0] for each in stage.on_hold()] == [
        "template/prep-mentee  prep-mentee",
        "template/prep-mentee  prep-mentee",
    ]
    stage.release("template/prep-mentee")
    assert len(stage.on_hold()) == 2  # nothing to send yet: the template still fails

    prep.write_text(good)
    stage.restart()
    stage.release("template/prep-mentee")
    assert stage.on_hold() == []
    assert kinds(stage, "adami") == ["prep-mentee"]
