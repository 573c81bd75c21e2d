"""Presets after the guides: what each sets of a length, and what `init` makes of it.

Not the settings themselves: test_every_field.py. Not what goes against a guide: test_against_guide.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from daemon.settings import load
from tests.settings.folders import write

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = """\
preset: practical
name: Our 1:1s
contact: Maya <maya@example.org>
mailbox: koss@example.org
timezone: Europe/Berlin
"""
PAIRS = """\
pairings:
  - mentor: Ana Rao <ana@example.org>
    mentee: Ben Das <ben@example.org>
"""


@pytest.mark.parametrize(
    ("cadence", "minutes"),
    [("", 30), ("weekly", 30), ("biweekly", 45), ("every 3 weeks", 60), ("monthly", 60)],
)
def test_practical_has_a_length_for_each_rhythm_and_a_bank_of_questions(
    tmp_path: Path, cadence: str, minutes: int
) -> None:
    said = f"cadence: {cadence}\n" if cadence else ""
    write(tmp_path, {"ours.yaml": HEAD + said + PAIRS})
    loaded = load(tmp_path)
    assert loaded.problems == ()
    (program,), (line,) = loaded.config.programs, loaded.config.lines
    assert program.lengths_minutes == line.lengths_minutes == (minutes,)
    assert len(program.asks) > 30 and program.initiator == "mentee"


def test_a_pairing_with_a_rhythm_of_its_own_has_its_length(tmp_path: Path) -> None:
    write(tmp_path, {"ours.yaml": f"{HEAD}{PAIRS}    cadence: monthly\n"})
    loaded = load(tmp_path)
    assert loaded.config.lines[0].lengths_minutes == (60,)
    write(tmp_path, {"ours.yaml": f"{HEAD}length_minutes: 30\n{PAIRS}    cadence: weekly\n"})
    assert load(tmp_path).config.lines[0].lengths_minutes == (30,)


def test_init_and_check_of_each_preset(tmp_path: Path) -> None:
    for preset in ("koss", "practical"):
        folder = tmp_path / preset
        for words in (("init", str(folder), "--preset", preset), ("check", "--config", str(folder))):  # fmt: skip
            done = subprocess.run(
                [sys.executable, "run.py", *words], cwd=ROOT, capture_output=True, text=True, timeout=60
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
        assert "weekly 30 min" in done.stdout
