"""`python -m tests.simulate.presets [--seeds 5]`: the whole life of each preset, begun as a new user begins it.

Not a unit test: `init`, `check` and `plan` as anybody runs them, then years of made-up people, half of whose pairs read
Portuguese; and which letters they got, by touchpoint and language.

    python -m tests.simulate.presets                          five presets, five seeds: ten minutes
    python -m tests.simulate.presets --seeds 1 --only ctan
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
WEEKS = {"koss": 52, "practical": 52, "wealljs": 26, "ctan": 22, "km": 52}
"""How long each lives: a plan of two months and three months of follow-up, half a year, or a year."""
LANGUAGES = ("en", "pt-BR")


def run(*words: str, may_wait: bool = False) -> str:
    """What a command prints. `may_wait`: also when it ends with 1, for what waits for a person or was found."""
    done = subprocess.run(
        [sys.executable, "run.py", *words], cwd=ROOT, text=True, check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode <= may_wait, f"{' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout


def begun(preset: str, home: Path, out: Console) -> Path:
    """A folder with that preset as `init` writes it, which `check` and `plan` like; and beside it the same program in
    Portuguese."""
    config = home / preset
    run("init", str(config), "--preset", preset)
    for command in (("check",), ("plan", "--data", str(home / f"{preset}-data"))):
        said = run(*command, "--config", str(config), may_wait=command[0] == "plan").strip()
        out.print(
            f"[bold]{preset}: {command[0]}[/bold]\n{said.replace(str(home), '…')}", highlight=False
        )
    program = next((config / "programs").glob("*.yaml"))
    text = program.read_text(encoding="utf-8")
    for english, other in (
        ("name: ", "language: pt-BR\nname: Em português, "), ("one-on-one@", "conversas@"),
        ("Ana Rao <ana@", "Eva Lima <eva@"), ("Ben Das <ben@", "Rui Paz <rui@"),
    ):  # fmt: skip
        assert english in text, f"{program.name} says nothing like {english}"
        text = text.replace(english, other, 1)
    program.with_name("em-portugues.yaml").write_text(text, encoding="utf-8")
    return config


def lived(config: Path, weeks: int, seed: int, pairings: int) -> dict[str, Any]:
    """The facts of one whole life."""
    facts: dict[str, Any] = json.loads(
        run(
            "simulate", "--json", "--config", str(config), "--faults", "heavy", "--seed", str(seed),
            "--weeks", str(weeks), "--pairings", str(pairings), may_wait=True,
        )
    )  # fmt: skip
    return facts


def main(arguments: list[str] | None = None) -> int:
    """All of them; 1 when a checker found anything, or a language was never read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--pairings", type=int, default=25)
    parser.add_argument("--only", choices=tuple(WEEKS))
    given = parser.parse_args(arguments)
    out, wrong = Console(soft_wrap=True, width=160), 0
    letters: dict[tuple[str, str], Counter[str]] = {}
    presets = [each for each in WEEKS if given.only in (None, each)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as two:
        for preset in presets:
            config, weeks = begun(preset, Path(folder), out), WEEKS[preset]
            seeds = range(1, given.seeds + 1)
            for facts in two.map(
                lambda s, c=config, w=weeks: lived(c, w, s, given.pairings), seeds
            ):  # type: ignore[misc]
                out.print(_line(preset, facts), highlight=False)
                wrong += bool(facts["violations"] or facts["duplicates"] or facts["lost"])
                for language in LANGUAGES:
                    read = facts["touchpoints_by_language"].get(language, {})
                    letters.setdefault((preset, language), Counter()).update(read)
    out.print(_table(letters))
    wrong += sum(not counts for counts in letters.values())
    out.print(f"DOES NOT HOLD in {wrong}" if wrong else "All of it holds.")
    return 1 if wrong else 0


def _line(preset: str, facts: Mapping[str, Any]) -> str:
    told = (
        "weeks",
        "meetings_held",
        "meetings_due",
        "repaired",
        "letters",
        "crashes",
        "duplicates",
        "lost",
    )
    words = "  ".join(f"{name.replace('_', ' ')} {facts[name]}" for name in told)
    return f"{preset:9} seed {facts['seed']}  {words}  violations {facts['violations']}"


def _table(letters: Mapping[tuple[str, str], Counter[str]]) -> Table:
    table = Table("letter", *(f"{preset}\n{language}" for preset, language in letters))
    for name in sorted({name for counts in letters.values() for name in counts}):
        table.add_row(name, *(str(counts[name] or "–") for counts in letters.values()))
    table.add_row("all", *(str(counts.total()) for counts in letters.values()))
    return table


if __name__ == "__main__":
    sys.exit(main())
