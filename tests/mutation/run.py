"""`python -m tests.mutation.run`: changes the rules one small thing at a time and looks whether a test fails.

Not a test of the rules but of their tests: a mutant that survives is a line that nobody looks at.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import math
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.served import PIPES
from tests.mutation.touched import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TREE = ("daemon", "connectors", "config", "templates", "tests", "run.py", "pyproject.toml")
RULES = "daemon/decide"
SUITES = (
    "tests/stories",
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


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: killed, timeout, survived or untouched. `tests`: how many were run at most."""

    mutant: Mutant
    outcome: str
    tests: int

    @property
    def is_found(self) -> bool:
        """True where a test noticed; a rule that never ends is noticed too."""
        return self.outcome in ("killed", "timeout")


# --- copies of the tree


@contextmanager
def copies(count: int) -> Iterator[list[Path]]:
    """So many folders with everything that the tests need, and nothing of git."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        trees = [Path(folder).resolve() / str(n) for n in range(count)]
        for tree in trees:
            tree.mkdir()
            for name in TREE:
                if (ROOT / name).is_dir():
                    ignore = shutil.ignore_patterns("__pycache__", "benchmarks", "corpus")
                    shutil.copytree(ROOT / name, tree / name, ignore=ignore)
                else:
                    shutil.copy2(ROOT / name, tree)
        yield trees


def marks() -> tuple[str, dict[str, str]]:
    """A digest of all that any test runs through, and one of each test file."""
    own: dict[str, str] = {}
    shared = hashlib.sha256()
    for name in TREE:
        for path in sorted((ROOT / name).rglob("*")) if (ROOT / name).is_dir() else [ROOT / name]:
            at = path.relative_to(ROOT).as_posix()
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            if path.name.startswith("test_"):
                if at.startswith(SUITES):
                    own[at] = hashlib.sha256(path.read_bytes()).hexdigest()
            elif not at.startswith("tests/mutation/"):
                shared.update(at.encode() + path.read_bytes())
    return shared.hexdigest(), own


# --- which tests touch what


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


# --- mutants


def drawn(mutants: dict[str, list[Mutant]], size: int, seed: int) -> list[Mutant]:
    """A sample in which each file has its share, by chance inside the file and in an order of chance."""
    total = sum(map(len, mutants.values()))
    if size >= total:
        return [each for file in sorted(mutants) for each in mutants[file]]
    chance = Random(seed)
    exact = {file: size * len(found) / total for file, found in sorted(mutants.items())}
    share = {file: math.floor(part) for file, part in exact.items()}
    # Which files get what is left over is drawn too, or the smallest would never be seen.
    left = [file for file in exact if exact[file] > share[file]]
    chance.shuffle(left)
    for file in sorted(left, key=lambda f: share[f] > 0)[: size - sum(share.values())]:
        share[file] += 1
    sample = [each for file in share for each in chance.sample(mutants[file], share[file])]
    chance.shuffle(sample)  # so that a run that is cut short has tried a bit of everything
    return sample


class Judge:
    """One copy of the tree, and a pytest on it that has collected the tests and waits for mutants."""

    def __init__(self, tree: Path, texts: dict[str, str]) -> None:
        self.tree = tree
        self.texts = texts
        theirs, ours = os.pipe()
        answers, answering = os.pipe()
        self.process = subprocess.Popen(
            ["nice", sys.executable, *PYTEST, "-p", "no:xdist", "-p", "tests.mutation.served", *SUITES],
            cwd=tree,
            env={**os.environ, PIPES: f"{theirs},{answering}"},
            pass_fds=(theirs, answering),
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs)
        os.close(answering)
        self.asking = os.fdopen(ours, "w")
        self.answers = os.fdopen(answers)

    def close(self) -> None:
        """No more mutants."""
        self.asking.close()
        self.process.wait()
        self.answers.close()

    def verdict(self, mutant: Mutant, tests: list[Probe]) -> Verdict:
        """Run the tests on the mutant until one fails."""
        if not tests:
            return Verdict(mutant, "untouched", 0)
        path = self.tree / RULES / mutant.file
        text = mutant.applied(self.texts[mutant.file])
        limit = math.ceil(20 + 5 * sum(each.seconds for each in tests))
        wish = {"path": str(path), "text": text, "entry": mutant.entry, "tests": [t.id for t in tests], "limit": limit}  # fmt: skip
        print(json.dumps(wish), file=self.asking, flush=True)
        outcome = self.answers.readline().strip()
        if not outcome:
            raise RuntimeError("the pytest that waits for mutants has ended")
        if outcome == "fresh":
            outcome = self._anew(path, text, tests, limit)
        return Verdict(mutant, outcome, len(tests))

    def _anew(self, path: Path, text: str, tests: list[Probe], limit: int) -> str:
        """In a process that loads the changed file from the tree: for what stands outside of functions."""
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()
        path.write_text(text, encoding="utf-8")
        command = ["sh", "-c", 'ulimit -t "$0"; exec nice "$@"', str(limit), sys.executable, *PYTEST, "-x"]  # fmt: skip
        try:
            done = subprocess.run(
                [*command, "-p", "no:xdist", *(each.id for each in tests)],
                cwd=self.tree,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                timeout=limit * 10,
            ).returncode
        except subprocess.TimeoutExpired:
            done = -1
        finally:
            path.write_text(self.texts[path.name], encoding="utf-8")
        return {0: "survived"}.get(done, "killed" if done > 0 else "timeout")


def all_judged(
    sample: list[Mutant], judges: list[Judge], choose: Callable[[Mutant], list[Probe]], until: float
) -> Iterator[Verdict]:
    """The verdicts in the order of the sample; none is begun after `until`."""
    free: queue.SimpleQueue[Judge] = queue.SimpleQueue()
    for each in judges:
        free.put(each)

    def one(mutant: Mutant) -> Verdict | None:
        if time.monotonic() > until:
            return None
        own = choose(mutant)
        judge = free.get()
        try:
            return judge.verdict(mutant, own)
        finally:
            free.put(judge)

    try:
        with ThreadPoolExecutor(len(judges)) as pool:
            yield from filter(None, pool.map(one, sample))
    finally:
        for judge in judges:
            judge.close()


# --- what is told


def interval(found: int, of: int) -> tuple[float, float]:
    """95 % by Wilson. The shares by file make it a little wider than it need be."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, found / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def told(verdict: Verdict) -> str:
    """A mutant in one line."""
    m = verdict.mutant
    after = " ".join(m.after.split())
    return f"{verdict.outcome:<9} {RULES}/{m.file}:{m.line} [{m.kind}, {verdict.tests} tests] {m.before} → {after}"


def show(verdicts: list[Verdict], possible: dict[str, int], seconds: float) -> None:
    """The table, the survivors, the score."""
    table = Table(title="mutants of the rules", title_justify="left")
    for heading in ("file", "possible", "drawn", "found", "survived", "untouched", "score"):
        table.add_column(heading, justify="left" if heading == "file" else "right")
    by_file: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        by_file[each.mutant.file].append(each)
    for file in sorted(by_file):
        own = Counter(each.outcome for each in by_file[file])
        found = own["killed"] + own["timeout"]
        counts = (possible[file], own.total(), found, own["survived"], own["untouched"])
        table.add_row(file, *map(str, counts), f"{found / own.total():.0%}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    for each in verdicts:
        if not each.is_found:
            print(told(each))
    found = sum(each.is_found for each in verdicts)
    low, high = interval(found, len(verdicts))
    print(
        f"score {found / max(1, len(verdicts)):.1%} ({found} of {len(verdicts)} found, 95 % interval"
        f" {low:.1%} to {high:.1%}), of {sum(possible.values())} possible, in {seconds / 60:.1f} minutes"
    )


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run", description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--only", action="append", metavar="FILE", help=f"a file of {RULES}; again for more")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=30, help="of tests per mutant, at most")
    parser.add_argument("--minutes", type=float, default=60, help="then no further mutant is begun")
    parser.add_argument("--touched", type=Path, help="a file that keeps what each test touches, for the next run")  # fmt: skip
    parser.add_argument("--goal", type=float, default=0.85, help="below this score the exit code is 1")  # fmt: skip
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0 where the score reaches the goal, 1 where it does not, 2 for a file that does not exist."""
    asked = _asked(arguments)
    begun = time.monotonic()
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / RULES).glob("*.py"))}  # fmt: skip
    wanted = [Path(name).name for name in asked.only or texts]
    if unknown := [name for name in wanted if name not in texts]:
        print(f"not in {RULES}:", *unknown, file=sys.stderr)
        return 2
    mutants = {file: mutants_of(file, texts[file]) for file in wanted}
    sample = drawn(mutants, asked.sample, asked.seed)
    verdicts: list[Verdict] = []
    with copies(PROCESSES) as trees:
        tests = touching(trees[0], asked.touched)
        choose = partial(chosen, tests=tests, texts=texts, seconds=asked.seconds)
        judges = [Judge(tree, texts) for tree in trees]
        until = time.monotonic() + asked.minutes * 60
        for verdict in all_judged(sample, judges, choose, until):
            verdicts.append(verdict)
            if not verdict.is_found:
                print(f"{len(verdicts)}/{len(sample)} {told(verdict)}", file=sys.stderr, flush=True)
    show(verdicts, {file: len(found) for file, found in mutants.items()}, time.monotonic() - begun)
    return 0 if sum(each.is_found for each in verdicts) >= asked.goal * len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
