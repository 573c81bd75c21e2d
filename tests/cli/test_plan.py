"""`plan` and `apply`: what would happen, word by word, and that it is what happens; that nothing is done before.

Not the rules that are looked ahead with: those are stories.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.acted import FIRST, SECOND, Village, pair_of

MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
BIWEEKLY = ("cadence: weekly", "cadence: biweekly")


def village(folder: Path, pairings: int) -> Village:
    """So many pairs whose first 1:1 is on Tuesday 5 January; an hour later."""
    made = Village(folder / "mine", pairings, MONDAY)
    made.all_running()
    made.passes(minutes=56)
    return made


def keys(facts: Any, becomes: str = "done", by: str | None = None) -> set[str]:
    """The keys of what a plan foresees."""
    return {
        effect["key"] for each in facts["pairings"] for effect in each["effects"]
        if effect["becomes"] == becomes and by in (None, effect["by"])
    }  # fmt: skip


def done_since(made: Village, since: datetime) -> set[str]:
    """The keys of what has been done, as `why` tells it."""
    text = since.isoformat().replace("+00:00", "Z")
    found = set()
    for first, second in made.pairs:
        story = made.facts("why", f"{first}-ash-{second}-elm".lower())["entries"]
        found |= {e["key"] for e in story if e["what"] == "done" and e["at"] >= text}
    return found


# --- changed files

PLAN = """\
From Mon 28 Dec 2026 11:00 Berlin to Tue 29 Dec 2026 11:00 Berlin, as if nobody
wrote or touched a calendar meanwhile. Nothing has been done.
In all: 3 series split, 6 letters.

The files have changed
  cadence: weekly → biweekly (3 pairings)
Because of that: 3 series split, 6 letters, first on Tue 5 Jan 2027.
That is more than may happen unasked: until you say so, the old files count.
  run.py apply --yes --config CONFIG

ada-ash-abe-elm  Ada & Abe
  + the series ends on Mon 4 Jan 2027
      at once: it ends on Mon 4 Jan 2027
  + the series is biweekly, Tue 10:00 Berlin, 30 min, from Tue 5 Jan 2027
      at once: the series as it is agreed
  + letter to Abe: started
      at once: the series is on the calendar
  + letter to Ada: started
      at once: the series is on the calendar
  because: another cadence, time or length
  because: a series from Tue 5 Jan 2027 10:00 on
  looked at again: Sun 3 Jan 2027 08:00 Berlin
"""


def test_what_changed_files_would_do_is_told_pair_by_pair_with_the_reasons(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    shown = made.run("plan")
    assert shown.out.replace(str(made.config), "CONFIG").startswith(PLAN)
    assert (shown.code, shown.err) == (1, "")


def test_for_25_pairs_it_is_folded_and_fits_80_columns(tmp_path: Path) -> None:
    made = village(tmp_path, 25)
    made.rewrite(*BIWEEKLY)
    out = made.run("plan").out.replace(str(made.config), "CONFIG")
    assert "Because of that: 25 series split, 50 letters, first on Tue 5 Jan 2027.\n" in out
    assert (
        """
25 × + 1 series split, 2 letters
  ada-ash-abe-elm, bo-ash-bea-elm, cy-ash-cal-elm, di-ash-dee-elm,
  ed-ash-eli-elm, flo-ash-fay-elm, gus-ash-gil-elm, hal-ash-hope-elm,
  ida-ash-ira-elm and 16 more
  For example ada-ash-abe-elm  Ada & Abe
"""
        in out
    )
    assert "\nAny one in full: run.py plan --pairing ID --config CONFIG\n" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    one = made.run("plan", "--pairing", "yael-ash-yan-elm").out
    assert "letter to Yael: started" in one
    assert "Ada" not in one


def test_a_plan_leaves_every_byte_as_it_was(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    for beside in made.data.glob(
        "oneonone.db-*"
    ):  # left by a reader; SQLite puts them back if asked
        beside.unlink()
    before = made.content()
    assert {"oneonone.db", "vault/key", "mail/koss@example.org/oneonone-arrivals"} <= set(before)
    for words in (["plan"], ["plan", "--days", "7", "--json"], ["apply"]):
        assert made.run(*words).code == 1 or words == ["apply"]
        assert made.content() == before


def test_a_first_plan_makes_no_folder_and_shows_what_a_first_start_would_hold(
    tmp_path: Path,
) -> None:
    made = Village(tmp_path / "mine", 1, MONDAY)
    made.rewrite("first_run: send", "first_run: hold")
    shown = made.run("plan")
    assert (
        shown.out.replace(str(made.config), "CONFIG")
        == """\
From Mon 28 Dec 2026 10:00 Berlin to Tue 29 Dec 2026 10:00 Berlin, as if nobody
wrote or touched a calendar meanwhile. Nothing has been done.
Nothing runs here yet: this is what a first start would do.
In all: nothing; on hold: 1 letter.

1 would be on hold: the first letters of a program wait for release
  Once it is: run.py release first-run/koss --config CONFIG

ada-ash-abe-elm  Ada & Abe
  · letter to Ada: welcome-mentor-connected
      on hold: the first letters of a program wait for release
  looked at again: Mon 11 Jan 2027 10:00 Berlin
"""
    )
    assert shown.code == 1
    assert not list(made.data.rglob("*.db*"))
    assert not (made.data / "vault").exists()


def test_other_files_are_compared_with_the_state_of_a_program_that_runs(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    other = tmp_path / "new"
    (other / "programs").mkdir(parents=True)
    text = made.program.read_text().replace(*BIWEEKLY)
    (other / "programs" / "koss.yaml").write_text(text)
    where = ("--config", str(other), "--data", str(made.data))
    shown = made.run("plan", *where, config=False)
    assert "3 series split, 6 letters, first on Tue 5 Jan 2027." in shown.out
    sentence = f"The daemon reads {made.config}: copy these files over it, then apply.\n"
    assert f"  {sentence}" in shown.out
    assert "run.py apply" not in shown.out
    refused = made.run("apply", "--yes", *where, config=False)
    assert (refused.code, refused.out, refused.err) == (2, "", sentence)
    assert made.facts("plan")["files"] is None  # its own files have not changed


def test_what_a_pair_has_agreed_on_is_named_where_the_files_say_otherwise(tmp_path: Path) -> None:
    made = village(tmp_path, 1)
    made.says("abe@example.org", "started", "MONTHLY")
    made.run("once")
    made.passes(minutes=2)
    made.says("ada@example.org", "wish", "1")
    made.run("once")
    made.rewrite(*BIWEEKLY)
    facts = made.facts("plan")
    assert facts["overridden"] == [
        {
            "pairing": "ada-ash-abe-elm",
            "setting": "cadence",
            "file": "biweekly",
            "agreed": "monthly",
        }
    ]
    assert facts["files"]["words"] == "nothing"
    checked = made.run("check")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.startswith(
        "programs/koss.yaml:6:10 Warning: cadence: biweekly  does not count for ada-ash-abe-elm: "
        "the two agreed on monthly.\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("at: Tue 10:00", "at: Wed 11:30", "at: Tue 10:00 → Wed 11:30 (1 pairing)"),
        ("cadence: weekly", "cadence: weekly\nends: 2027-06-30", "ends: nothing → 2027-06-30 (1 pairing)"),
        ("at: Tue 10:00", "at: Tue 10:00\n    substitute: {mentor: Cy <cy@example.org>, from: 2027-02-01, to: 2027-03-01}", "substitute: nothing → Cy, 2027-02-01 to 2027-03-01 (1 pairing)"),
        ("cadence: weekly", "length_minutes: 45", "length: 30 → 45 (1 pairing)"),
        ("name: KOSS", "name: KASS", "program koss, name: KOSS 1:1s → KASS 1:1s"),
        ("<abe@", "<abel@", "mentee: address (1 pairing)"),
        ("Ada Ash <ada@", "Zoe Ash <zoe@", "1 pairing new: zoe-ash-abe-elm"),
    ],
)  # fmt: skip
def test_what_the_files_say_differently_is_named(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    made = village(tmp_path, 1)
    made.rewrite(old, new)
    differences = made.facts("plan")["files"]["differences"]
    assert told in differences
    assert "@" not in " ".join(differences)


# --- the plan comes true


def test_what_is_foreseen_for_four_days_is_what_happens(tmp_path: Path) -> None:
    made = village(tmp_path, 2)
    made.passes(days=6)  # to Sunday: preps, 1:1s and notes lie ahead
    made.run("once")
    since = made.time.now()
    foreseen = made.facts("plan", "--days", "4")
    assert {key.partition("/")[0] for key in keys(foreseen)} == {"prep-mentee", "notes"}
    (mentor,) = [e for e in foreseen["pairings"][0]["effects"] if e["becomes"] == "left out"]
    assert (mentor["what"], mentor["why"]) == (
        "prep-mentor to Ada (Tue 5 Jan)",
        "nothing new to say: no news and no ask, no letter",
    )
    while made.time.now() < since + timedelta(days=4):
        made.run("once")
        made.passes(minutes=30)
    assert done_since(made, since) == keys(foreseen)


def test_applied_the_change_does_what_the_plan_said(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    since = made.time.now()
    foreseen = made.facts("plan")
    shown = made.run("apply", "--yes")
    assert (
        shown.out
        == f"Applied: the files count from now on. Next: run.py status --config {made.config}\n"
    )
    assert shown.code == 0
    assert done_since(made, since) == keys(foreseen, by="files")
    assert len(keys(foreseen, by="files")) == 12
    assert made.facts("held")["holds"] == []
    again = made.run("apply", "--yes")
    assert (again.code, again.out) == (0, "The files count already: there is nothing to apply.\n")


# --- until somebody says so


def test_a_change_for_many_waits_as_a_whole_and_the_old_files_count(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    before = made.content()
    made.rewrite("at: Tue 10:00", "at: Thu 10:00")
    once = made.run("once")
    further = f"Next: run.py status --config {made.config}"
    assert (once.code, once.out) == (1, f"One beat. To look at: on hold. {further}\n")
    (hold,) = made.facts("held")["holds"]
    assert hold["command"] == f"run.py apply --yes --config {made.config}"
    assert hold["why"].startswith("the files have changed, for 3 of 3 pairings: see run.py plan")
    assert [
        name for name, raw in made.content().items() if before.get(name) != raw and ".ics" in name
    ] == []
    # Tuesday 5 January still stands on every calendar, and is prepared as ever
    made.passes(days=7, hours=7)
    made.run("once")
    assert {key for key in done_since(made, made.time.now()) if "ada-ash-abe" in key} == {
        "prep-mentee/pairing/ada-ash-abe-elm/2027-01-05T10:00[Europe/Berlin]/abe-elm/1"
    }


def test_few_pairs_with_more_letters_than_may_go_unasked_wait_too(tmp_path: Path) -> None:
    made = village(tmp_path, 11)
    made.rewrite("first_run: send", "first_run: send\nguard_letters: 3")
    assert made.run("once").code == 0
    for mentee in ("abe", "bea"):
        made.rewrite(
            f"<{mentee}@example.org>\n", f"<{mentee}@example.org>\n    cadence: biweekly\n"
        )
    files = made.facts("plan")["files"]
    assert files["words"] == "2 series split, 4 letters"
    assert files["waits"] == "the files have changed, for 2 of 11 pairings"
    assert made.run("once").code == 1
    (hold,) = made.facts("held")["holds"]
    assert hold["name"].startswith("config/")
    made.rewrite("guard_letters: 3", "guard_letters: 4")
    assert made.run("once").code == 0


def test_new_pairs_are_greeted_at_their_own_pace_however_many_letters_that_is(
    tmp_path: Path,
) -> None:
    made = village(tmp_path, 1)
    made.rewrite("first_run: send", "first_run: send\nguard_letters: 1")
    assert made.run("once").code == 0
    text = made.program.read_text()
    made.program.write_text(
        text + "".join(pair_of(*pair) for pair in zip(FIRST[1:4], SECOND[1:4], strict=True))
    )
    assert made.run("once").code == 0


def test_after_a_restore_a_change_for_many_still_waits_for_apply(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    copy = tmp_path / "copy"
    assert made.run("backup", str(copy)).code == 0
    assert made.run("restore", str(copy)).code == 0
    made.rewrite(*BIWEEKLY)
    assert made.facts("plan")["files"]["waits"] == "the files have changed, for 3 of 3 pairings"
    made.run("once")
    held = made.facts("held")
    assert [each["name"][:7] for each in held["holds"]] == ["config/", "restore"]
    assert held["effects"] == []  # nothing of it waits for the release that a restore needs


def test_what_waits_can_be_released_by_its_name_or_taken_back_in_the_files(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    made.run("once")
    made.rewrite(BIWEEKLY[1], BIWEEKLY[0])
    assert made.run("once").code == 0
    assert made.facts("held")["holds"] == []
    made.rewrite(*BIWEEKLY)
    made.run("once")
    (hold,) = made.facts("held")["holds"]
    assert made.run("release", hold["name"]).out == f"Released 3 of {hold['name']}.\n"
    assert made.facts("plan")["files"] is None
    assert made.facts("plan", "--pairing", "ada-ash-abe-elm")["pairings"][0]["effects"] == []


def test_another_change_than_the_one_applied_is_weighed_anew(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    assert made.run("apply", "--yes").code == 0
    made.rewrite("cadence: biweekly", "cadence: every 3 weeks")
    assert made.run("once").code == 1
    (hold,) = made.facts("held")["holds"]
    assert hold["name"].startswith("config/")


def test_a_change_for_one_of_them_goes_in_at_once(tmp_path: Path) -> None:
    made = village(tmp_path, 6)
    made.rewrite("<abe@example.org>\n    at: Tue 10:00", "<abe@example.org>\n    at: Wed 10:00")
    facts = made.facts("plan")
    assert facts["files"]["waits"] == ""
    assert facts["files"]["words"] == "1 series split, 2 letters"
    assert made.run("once").code == 0
    assert made.facts("plan")["files"] is None


def test_apply_without_yes_shows_the_plan_and_does_nothing(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    shown = made.run("apply")
    assert shown.out.endswith("\nTo take the files over as they are: the same with --yes.\n")
    assert "3 series split, 6 letters" in shown.out
    assert made.facts("plan")["files"]["waits"] == "the files have changed, for 3 of 3 pairings"


def test_what_another_version_has_kept_of_the_files_is_taken_as_unknown(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    store = made.wire.beside(made.data, read_only=False)
    store.keep_value("config", '{"programs": [{"id": "koss"}]}')
    store.close()
    assert made.facts("plan")["files"] is None
    assert made.run("once").code == 1  # nothing to compare with, so that the guard alone weighs it
    assert [each["name"] for each in made.facts("held")["holds"]] == ["guard/config/2026-12-28"]
    assert made.run("apply", "--yes").code == 0
    assert made.facts("held")["holds"] == []


def test_bad_files_and_unknown_pairings_are_a_wrong_call(tmp_path: Path) -> None:
    made = village(tmp_path, 1)
    stranger = made.run("plan", "--pairing", "ada-ash-abe-elf")
    assert (stranger.code, stranger.err) == (
        2, "there is no pairing 'ada-ash-abe-elf'. Did you mean ada-ash-abe-elm?\n",
    )  # fmt: skip
    made.rewrite("cadence: weekly", "cadence: fortnightly")
    for words in (["plan"], ["apply", "--yes"]):
        wrong = made.run(*words)
        assert wrong.code == 2
        assert "programs/koss.yaml:6:10" in wrong.err
        assert wrong.out == ""


def test_what_is_printed_holds_no_address(tmp_path: Path) -> None:
    made = village(tmp_path, 3)
    made.rewrite(*BIWEEKLY)
    for words in (["plan"], ["plan", "--json"], ["held"], ["held", "--json"], ["status", "--json"]):
        assert "@example.org" not in made.run(*words).out
