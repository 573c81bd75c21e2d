"""Which tests go through which line of the rules, and which of them are tried on a mutant.

Not the recording itself: that is touched.py, inside pytest.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant
from tests.mutation.touched import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TREE = ("daemon", "connectors", "config", "templates", "tests", "run.py", "pyproject.toml")
RULES = "daemon/decide"
SUITES = (
    "tests/stories",
    "tests/chronicles",
    "tests/decide",
    "tests/invariants",
    "tests/settings",
    "tests/test_letters.py",
)
PROCESSES = 2
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore")


@dataclass(frozen=True, eq=False)
class Probe:
    """One test: its id for pytest, its seconds, and the lines that it runs through, by file."""

    id: str
    seconds: float
    lines: dict[str, frozenset[int]]

    @property
    def file(self) -> str:
        """Where it stands."""
        return self.id.split("::")[0]


def marks() -> tuple[str, dict[str, str]]:
    """A digest of all that any test runs through, and one of each test file."""
    own = defaultdict[str, Any](hashlib.sha256)
    shared = hashlib.sha256()
    for name in TREE:
        for path in sorted((ROOT / name).rglob("*")) if (ROOT / name).is_dir() else [ROOT / name]:
            at = path.relative_to(ROOT).as_posix()
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            if path.name.startswith("test_"):
                if at.startswith(SUITES):
                    own[at].update(path.read_bytes())
            elif at.startswith("tests/chronicles/") and path.suffix == ".txt":
                own["tests/chronicles/test_chronicles.py"].update(at.encode() + path.read_bytes())
            elif not at.startswith("tests/mutation/"):
                shared.update(at.encode() + path.read_bytes())
    return shared.hexdigest(), {at: mark.hexdigest() for at, mark in own.items()}


def recorded(tree: Path, files: list[str]) -> dict[str, dict[str, Any]]:
    """Run every test of the files once and see what it touches."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["nice", sys.executable, *PYTEST, "-p", "tests.mutation.touched", "-n", str(PROCESSES), *files]  # fmt: skip
        done = subprocess.run(
            command, cwd=tree, env={**os.environ, FOLDER: folder}, capture_output=True, text=True
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(f"the tests did not run\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        if done.returncode:
            print("fails without a mutant, and is left out:", done.stdout[-1500:], file=sys.stderr)
        facts: dict[str, dict[str, Any]] = {}
        for path in sorted(Path(folder).glob("*.json")):
            facts |= json.loads(path.read_text(encoding="utf-8"))
        return facts


def touching(tree: Path, kept: Path | None) -> list[Probe]:
    """The tests. What an earlier run left counts where neither the test file nor the tree has changed since."""
    shared, own = marks()
    facts = json.loads(kept.read_text(encoding="utf-8")) if kept and kept.exists() else {}
    known = facts.get("files", {}) if facts.get("shared") == shared else {}
    stale = [file for file, mark in own.items() if known.get(file, {}).get("mark") != mark]
    seen = recorded(tree, stale) if stale else {}
    for file in stale:
        told = {id: each for id, each in seen.items() if id.split("::")[0] == file}
        known[file] = {"mark": own[file], "tests": told}
    if kept:
        kept.write_text(json.dumps({"shared": shared, "files": known}), encoding="utf-8")
    return [
        Probe(id, each["seconds"], {at: frozenset(lines) for at, lines in each["lines"].items()})
        for file in own
        for id, each in known[file]["tests"].items()
        if each["lines"]
    ]


def users_of(names: tuple[str, ...], texts: dict[str, str]) -> set[tuple[str, int]]:
    """The functions that say one of the names, as file and first line."""
    found: set[tuple[str, int]] = set()
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                said = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                if said & set(names):
                    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                    found.add((file, first))
    return found


def chosen(
    mutant: Mutant, tests: list[Probe], texts: dict[str, str], seconds: float
) -> list[Probe]:
    """The tests of a mutant: those through its line, then those through its function, as time allows."""
    span = set(range(mutant.lines[0], mutant.lines[1] + 1))
    rare = Counter(line for t in tests for line in t.lines.get(mutant.file, ()))

    def about(test: Probe) -> float:
        """A line that few tests run through says what a test is about, most of all in the same function."""
        own = range(mutant.entry, mutant.exit + 1)
        touched = test.lines.get(mutant.file, ())
        return sum((1.0 if line in own else 0.1) / rare[line] for line in touched)

    if mutant.entry:
        through = [t for t in tests if t.lines.get(mutant.file, frozenset()) & span]
        entries = {(mutant.file, mutant.entry)}
    else:
        through, entries = [], users_of(mutant.names, texts)
    near = [
        t
        for t in tests
        if t not in through and any(at in t.lines.get(file, frozenset()) for file, at in entries)
    ]
    taken: list[Probe] = []
    for each in [*_mixed(through, about), *_mixed(near, about)]:
        if sum(t.seconds for t in taken) + each.seconds <= seconds or not taken:
            taken.append(each)
    return taken


def _mixed(tests: list[Probe], about: Callable[[Probe], float]) -> list[Probe]:
    """By turns the test that is most about the changed function, and one of another test file, for it looks
    at something else."""
    by_file: dict[str, list[Probe]] = defaultdict(list)
    close = sorted(tests, key=lambda t: (-about(t), t.seconds, t.id))
    for each in close:
        by_file[each.file].append(each)  # and so the files stand in the same order
    ranks = range(max(map(len, by_file.values()), default=0))
    wide = [own[n] for n in ranks for own in by_file.values() if n < len(own)]
    return [*dict.fromkeys(each for both in zip(close, wide, strict=True) for each in both)]
