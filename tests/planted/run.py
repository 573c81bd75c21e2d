"""`python -m tests.planted.run`: plants a bug into a copy of the tree and simulates until a checker finds it.

Not a test of the daemon but of its checkers: exit 1 says that a planted bug was not found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PRODUCT = ("daemon", "connectors", "config", "templates", "run.py")
FOUND_BY = "Found by: "
SEEN_IN = "Seen in seed: "


@dataclass(frozen=True)
class Program:
    """How large the simulated program is, and how many seeds a bug may hide from."""

    seeds: int = 20
    pairings: int = 12
    weeks: int = 16


@dataclass(frozen=True)
class Verdict:
    """What one planted bug came to: the seed that found it (0: none did), and what was found there first."""

    name: str
    seed: int
    seconds: float
    first: str = ""


def patches() -> list[Path]:
    """Every planted bug."""
    return sorted(HERE.glob("*.patch"))


def checkers_of(patch: Path) -> tuple[str, ...]:
    """The checkers whose business the bug is, from the head of the patch."""
    lines = patch.read_text(encoding="utf-8").splitlines()
    named = next(line for line in lines if line.startswith(FOUND_BY))
    return tuple(name.strip() for name in named.removeprefix(FOUND_BY).split(","))


def seed_of(patch: Path) -> int:
    """The seed in which it was found last, by the head of the patch: looked at first, since a run takes ten seconds."""
    lines = patch.read_text(encoding="utf-8").splitlines()
    return next((int(line.removeprefix(SEEN_IN)) for line in lines if line.startswith(SEEN_IN)), 1)


@contextmanager
def copy_of_the_product() -> Iterator[Path]:
    """A folder with everything that a simulation needs, and nothing of git."""
    with tempfile.TemporaryDirectory() as folder:
        for name in PRODUCT:
            if (ROOT / name).is_dir():
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, Path(folder) / name, ignore=ignore)
            else:
                shutil.copy2(ROOT / name, folder)
        yield Path(folder)


def plant(patch: Path, tree: Path) -> None:
    """Apply a patch to a copy. CalledProcessError when it does not fit the present tree."""
    # A repository above the temporary folder would make git apply look for the files there.
    env = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.resolve().parent)}
    subprocess.run(
        ["git", "apply", str(patch)], cwd=tree, env=env, check=True, capture_output=True, text=True
    )


def looked(tree: Path, program: Program, seed: int, wanted: tuple[str, ...]) -> str:
    """The first that one of the wanted checkers finds in that tree, by a process of its own; empty for nothing."""
    size = [str(each) for each in (seed, program.pairings, program.weeks)]
    done = subprocess.run(
        [sys.executable, "-P", str(HERE / "looking.py"), *size, *wanted],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"seed {seed}: the simulation broke off\n{done.stderr[-2000:]}")
    first: str = json.loads(done.stdout)
    return first


def search(
    tree: Path, name: str, program: Program, wanted: tuple[str, ...] = (), begin: int = 1
) -> Verdict:
    """Seed after seed, until one of the wanted checkers (none named: any of them) finds something."""
    begun = time.monotonic()
    for seed in sorted(range(1, program.seeds + 1), key=lambda seed: seed != begin):
        if first := looked(tree, program, seed, wanted):
            return Verdict(name, seed, time.monotonic() - begun, first)
    return Verdict(name, 0, time.monotonic() - begun)


def found(patch: Path, program: Program) -> Verdict:
    """Plant one bug and look for it."""
    with copy_of_the_product() as tree:
        plant(patch, tree)
        return search(tree, patch.stem, program, checkers_of(patch), seed_of(patch))


def control(program: Program) -> Verdict:
    """The tree as it is, in the same seeds."""
    with copy_of_the_product() as tree:
        return search(tree, "(nothing planted)", program)


def show(verdicts: list[Verdict]) -> None:
    """The table."""
    table = Table(title="planted bugs", title_justify="left")
    for heading in ("planted", "seed", "seconds", "first seen as"):
        justify = "right" if heading in ("seed", "seconds") else "left"
        table.add_column(heading, justify=justify, no_wrap=heading == "planted", overflow="fold")
    for each in verdicts:
        first = Text(each.first)  # an origin in brackets is no markup
        table.add_row(each.name, str(each.seed or "-"), f"{each.seconds:.1f}", first)
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.planted.run", description=__doc__)
    parser.add_argument("patch", nargs="*", default=["all"], help="names of patches; all (default)")
    parser.add_argument("--control", action="store_true", help="plant nothing, expect nothing")
    for name in ("seeds", "pairings", "weeks"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Program, name))
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0 when every planted bug was found, and nothing where nothing was planted; else 1."""
    asked = _asked(arguments)
    program = Program(asked.seeds, asked.pairings, asked.weeks)
    if asked.control:
        verdict = control(program)
        show([verdict])
        return 1 if verdict.seed else 0
    chosen = [p for p in patches() if asked.patch == ["all"] or p.stem in asked.patch]
    if asked.patch != ["all"] and len(chosen) < len(asked.patch):
        print("known:", *(p.stem for p in patches()), file=sys.stderr)
        return 2
    verdicts = [found(patch, program) for patch in chosen]
    show(verdicts)
    return 0 if all(verdict.seed for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
