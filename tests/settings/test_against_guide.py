"""What a program says against the guide of its preset: one warning each, with its place, the guide's words and their row.

Not what the presets set: test_presets.py, and for a pair tests/guides.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from daemon.settings import load, report
from daemon.settings.guide_table import CADENCES, FURTHER, LASTING, LENGTHS, Asked
from daemon.settings.preset_files import preset_file, preset_values
from daemon.settings.presets import PRESETS
from tests.guides.rows import GUIDES
from tests.settings.folders import write

TODAY = date(2027, 1, 4)
HEAD = """\
name: Our 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Europe/Berlin
first_run: send
"""
PAIRS = """\
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
"""
MINUTES = "Write length_minutes: "
HOUR = "“Minimum 1 hour/week availability” (S2.1)"
TWO = "“two 1-hour sessions over the course of two months” (S3.4)"
HALF = "“taking 30 minutes out of your week” (S0.14)"
REPEAT = "“Use the weekly/bi-weekly/monthly schedule feature” (S0.4)"
MONTHS = "“participate for at least 3 months, preferably longer” (S2.3)"
GOALS = "“what the overall goals for the relationship will be” (S2.15)"
ALL_FOUR = "“Weekly: Progress check; Monthly: Program review; Quarterly: Framework update; Annual: Major revision” (S4.14)"

AGAINST = [
    ("koss", "length_minutes: 45", HALF, MINUTES + "30"),
    ("koss", "length_minutes: 15", HALF, MINUTES + "30"),
    ("koss", "length_minutes: 90\ncadence: biweekly", HALF, MINUTES + "30"),
    ("koss", "cadence: quarterly", REPEAT, "Write cadence: weekly, biweekly or monthly"),
    ("koss", "cadence: every 5 weeks", REPEAT, "Write cadence: weekly, biweekly or monthly"),
    ("koss", "cadence: 8 sessions in 8 weeks", REPEAT, "Write cadence: weekly, biweekly or monthly"),
    ("practical", "length_minutes: 30\ncadence: monthly", "“Monthly: 60-90min” (S1.3)", MINUTES + "60"),
    ("practical", "length_minutes: 30\ncadence: biweekly", "“Bi-weekly: 45-60min” (S1.3)", MINUTES + "45"),
    ("practical", "length_minutes: 90", "“Weekly: 30min” (S1.3)", MINUTES + "30"),
    ("practical", "length_minutes: 30, 60", "“Weekly: 30min” (S1.3)", MINUTES + "30"),
    ("wealljs", "length_minutes: 30", HOUR, MINUTES + "60"),
    ("wealljs", "length_minutes: 60, 30", HOUR, MINUTES + "60"),
    ("wealljs", "cadence: biweekly", HOUR, "Write cadence: weekly"),
    ("wealljs", "minimum_weeks: 6", MONTHS, "Write minimum_weeks: 13"),
    ("wealljs", "minimum_weeks: 12", MONTHS, "Write minimum_weeks: 13"),
    ("wealljs", "ends: 2027-02-15", MONTHS, "Write a later end, or starts: if they have begun"),
    ("wealljs", "ends: 2027-04-01", MONTHS, "Write a later end, or starts: if they have begun"),  # the 88th day
    ("wealljs", "ends: 2027-04-29\nminimum_weeks: 0\nstarts: 2027-02-01", MONTHS, "Write a later end"),
    ("wealljs", "ends: 2027-06-30\nminimum_weeks: 0\nstarts: 2027-05-19", MONTHS, "Write a later end"),
    ("wealljs", "hard_stop: false", "“Timeboxed to 1 hour with a hard stop” (S2.14)", "Write hard_stop: true"),
    ("wealljs", "goals: none", GOALS, "Write goals: plain"),
    ("wealljs", "goal_days: none", "“general targets for the first 30/60/90 days” (S2.19)", "Write goal_days: 30, 60, 90"),
    ("wealljs", "check_weeks: 0", "“Communicate about the relationship regularly” (S2.11)", "Write check_weeks: 6"),
    ("ctan", "cadence: 1 session in 8 weeks", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "cadence: 2 sessions in 3 weeks", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "cadence: 2 sessions in 55 days", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "cadence: 2 sessions in 64 days", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "cadence: weekly", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "length_minutes: 20", TWO, MINUTES + "60"),
    ("ctan", "initiator: mentee", "“Mentors, schedule a time to meet” (S3.2)", "Write initiator: mentor"),
    ("ctan", "goals: plain", "“Prepare a few SMART goals ahead of time” (S3.7)", "Write goals: smart"),
    ("km", "chemistry: false", "“Chemistry check” (S4.6)", "Write chemistry: true"),
    ("km", "check_weeks: 0", "“Regular check-ins” (S4.7)", "Write check_weeks: 6"),
    ("km", "assess: start, mid", "“Outcome assessment” (S4.8)", "Write assess: start, mid, end"),
    ("km", "reports: weekly", ALL_FOUR, "Write reports: weekly, monthly, quarterly, annual"),
    ("km", "reports: none", ALL_FOUR, "Write reports: weekly, monthly, quarterly, annual"),
]  # fmt: skip
"""A preset; what a program says beside it, of which the first line is warned of; the guide's words; and the advice."""

AS_WANTED = [
    ("koss", "cadence: biweekly\nlength_minutes: 60"),
    ("koss", "cadence: every 3 weeks"),
    ("koss", "cadence: monthly\nlength_minutes: 30"),
    ("practical", "cadence: biweekly\nlength_minutes: 60"),
    ("practical", "cadence: monthly\nlength_minutes: 60, 90"),
    ("practical", "cadence: 8 sessions in 40 weeks\nlength_minutes: 20"),
    ("wealljs", "length_minutes: 90"),
    ("wealljs", "minimum_weeks: 26"),
    ("wealljs", "minimum_weeks: 0"),
    ("wealljs", "ends: 2027-04-04"),
    ("wealljs", "ends: 2027-04-02"),  # the 89th day
    ("wealljs", "ends: 2027-04-30\nminimum_weeks: 0\nstarts: 2027-02-01"),  # the 89th too
    ("wealljs", "starts: 2026-10-01\nends: 2027-01-31"),
    ("wealljs", "goal_days: 45\ngoals: smart\ncheck_weeks: 4"),
    ("ctan", "cadence: 2 sessions in 9 weeks"),
    ("ctan", "cadence: 2 sessions in 56 days"),
    ("ctan", "cadence: 2 sessions in 63 days"),
    ("ctan", "cadence: 2 sessions in 2 months\nlength_minutes: 60"),
    ("km", "cadence: quarterly\nlength_minutes: 15\nmeeting_types: {first: [15 hello]}"),
    ("km", "assess: end\ncheck_weeks: 13"),
]

OF_A_PAIR = [
    ("koss", "length_minutes: 45", HALF, MINUTES + "30"),
    ("koss", "cadence: quarterly", REPEAT, "Write cadence: weekly, biweekly or monthly"),
    ("practical", "length_minutes: 30\n    cadence: biweekly", "“Bi-weekly: 45-60min” (S1.3)", MINUTES + "45"),
    ("wealljs", "length_minutes: 30", HOUR, MINUTES + "60"),
    ("wealljs", "cadence: biweekly", HOUR, "Write cadence: weekly"),
    ("ctan", "cadence: 1 session in 8 weeks", TWO, "Write cadence: 2 sessions in 60 days"),
    ("ctan", "length_minutes: 20", TWO, MINUTES + "60"),
]  # fmt: skip


def warned(folder: Path, text: str) -> list[str]:
    """The warnings of a program file that holds nothing worse; each is its line and column, and the rest."""
    loaded = load(write(folder, {"ours.yaml": text, **_texts()}), TODAY)
    assert not loaded.errors, report(loaded.errors)
    return [report([each]) for each in loaded.problems]


def _texts() -> dict[str, str]:
    return {
        f"programs/{each.name}": each.read_text(encoding="utf-8")
        for each in preset_file("").parent.glob("*.md")
    }


def told(preset: str, place: str, line: str, words: str, advice: str) -> str:
    """One warning, as it is printed."""
    return (
        f"programs/ours.yaml:{place} Warning: {line}  is not what the guide behind preset: {preset} wants: {words}.\n"
        f"    {advice}; or leave it, if you know better."
    )


@pytest.mark.parametrize(("preset", "said", "words", "advice"), AGAINST)
def test_what_goes_against_the_guide_is_warned_of_once_with_its_words_and_row(
    tmp_path: Path, preset: str, said: str, words: str, advice: str
) -> None:
    first = said.splitlines()[0]
    place = f"7:{first.index(':') + 3}"
    text = f"preset: {preset}\n{HEAD}{said}\n{PAIRS}"
    assert warned(tmp_path, text) == [told(preset, place, first, words, advice)]


@pytest.mark.parametrize(("preset", "said"), AS_WANTED)
def test_what_the_guide_leaves_open_is_not(tmp_path: Path, preset: str, said: str) -> None:
    assert warned(tmp_path, f"preset: {preset}\n{HEAD}{said}\n{PAIRS}") == []


@pytest.mark.parametrize(("preset", "said", "words", "advice"), OF_A_PAIR)
def test_what_a_pairing_says_for_itself_is_warned_of_in_its_line(
    tmp_path: Path, preset: str, said: str, words: str, advice: str
) -> None:
    first = said.splitlines()[0]
    place = f"10:{first.index(':') + 7}"
    text = f"preset: {preset}\n{HEAD}{PAIRS}    {said}\n"
    assert warned(tmp_path, text) == [told(preset, place, first, words, advice)]


def test_a_rhythm_of_a_pairing_is_told_where_the_length_is_the_programs(tmp_path: Path) -> None:
    text = f"preset: practical\n{HEAD}length_minutes: 30\n{PAIRS}    cadence: monthly\n"
    text += "  - mentor: Ana Rao <ana@example.org>\n    mentee: Tom Lee <tom@example.org>\n"
    words = "“Monthly: 60-90min” (S1.3)"
    line = "cadence: monthly"
    assert warned(tmp_path, text) == [told("practical", "11:14", line, words, MINUTES + "60")]


def test_the_end_of_a_pairing_is_measured_from_its_start_and_not_from_today(tmp_path: Path) -> None:
    """Without a start it may be how a pair is ended that began long ago."""
    text = f"preset: wealljs\n{HEAD}minimum_weeks: 0\n{PAIRS}    ends: 2027-02-15\n"
    assert warned(tmp_path, text) == []
    line = "ends: 2027-02-15"
    text = text.replace(line, f"starts: 2027-01-01\n    {line}")
    assert warned(tmp_path, text) == [told("wealljs", "12:11", line, MONTHS, "Write a later end")]


def test_each_thing_that_goes_against_it_is_told(tmp_path: Path) -> None:
    said = "cadence: 1 session in 8 weeks\nlength_minutes: 20\n"
    assert [each.count("(S3.4)") for each in warned(tmp_path, f"preset: ctan\n{HEAD}{said}{PAIRS}")] == [1, 1]  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_as_its_guide_wants_named_or_written_out(tmp_path: Path, preset: str) -> None:
    assert warned(tmp_path, f"preset: {preset}\n{HEAD}{PAIRS}") == []
    whole = preset_file(preset).read_text(encoding="utf-8")
    assert warned(tmp_path, f"preset: {preset}\n{HEAD}{whole}{PAIRS}") == []


def test_without_a_preset_no_guide_is_named(tmp_path: Path) -> None:
    assert warned(tmp_path, f"{HEAD}cadence: quarterly\nlength_minutes: 15\n{PAIRS}") == []


def test_every_wish_of_every_guide_is_tried_here_and_stands_in_a_row_of_it() -> None:
    tables = (CADENCES, LASTING)
    wishes = [(preset, each.words, each.row) for table in tables for preset, each in table.items()]
    wishes += [(preset, each.words, each.row) for preset, many in LENGTHS.items() for each in many]
    wishes += [(preset, each.words, each.row) for preset, many in FURTHER.items() for each in many]
    tried = {(preset, words) for preset, _, words, _ in AGAINST}
    assert {(preset, f"“{words}” ({row})") for preset, words, row in wishes} == tried
    assert {preset for preset, _ in tried} == {preset for preset, _ in AS_WANTED} == set(PRESETS)
    for preset, _, row in wishes:
        assert row in {each.id for each in GUIDES[preset][1]}


@pytest.mark.parametrize(
    ("preset", "asked"),
    [(preset, each) for preset, many in FURTHER.items() for each in many],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_what_is_to_be_written_is_what_the_preset_says(preset: str, asked: Asked) -> None:
    assert preset_values(preset)[asked.name].text == asked.write


def test_the_words_are_those_of_the_guides() -> None:
    folder = Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "guides"
    if not folder.is_dir():
        pytest.skip("the guides are not here; set ONEONONE_SHARED to the folder of theirs")
    texts = [_plain(each.read_text(encoding="utf-8")) for each in sorted(folder.glob("*.txt"))]
    for preset, _, words, _ in AGAINST:
        for part in words.partition("”")[0].strip("“").split("; "):
            assert _plain(part) in texts[PRESETS.index(preset)], part


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'"))
