"""What becomes of a mutant: copies of the tree, and a pytest on each that tries one after the other.

Not which tests are tried: that is choosing.py.
"""

from __future__ import annotations

import json
import math
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.choosing import PYTEST, ROOT, RULES, SUITES, TREE, Probe
from tests.mutation.mutants import Mutant
from tests.mutation.served import PIPES


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
        limit = math.ceil(10 + 2 * sum(each.seconds for each in tests))
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
