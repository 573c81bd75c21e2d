"""A plugin of pytest that writes down which lines of the rules each test runs through, and how long it takes.

Not a measure of coverage, though it is taken with coverage.py: it serves to choose the tests of a mutant.
"""

from __future__ import annotations

import ast
import json
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

RULES = str(Path(__file__).resolve().parents[2] / "daemon" / "decide") + os.sep
FOLDER = "MUTATION_TOUCHED"


def _cpu() -> float:
    """The seconds that this process has worked: others on the machine do not count."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


class Recorder:
    """What each test touched: nodeid → seconds, outcome, file → lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.watch = coverage.Coverage(data_file=None, include=[f"{RULES}*"], config_file=False)
        self.watch.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test, its fixtures included; what an earlier test left in a cache of the rules is forgotten. Not that of
        the words of replies: to read these tables anew takes a second."""
        for name, module in list(sys.modules.items()):
            if name.startswith("daemon.decide."):
                for each in vars(module).values():
                    if hasattr(each, "cache_clear"):
                        each.cache_clear()
        self.watch.switch_context(item.nodeid)
        begun = _cpu()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = _cpu() - begun
            self.watch.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails without a mutant, or is expected to, shows nothing about one."""
        if not report.passed or hasattr(report, "wasxfail"):
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """One file per process of xdist."""
        self.watch.stop()
        lines = self._lines()
        kept = {
            test: {"seconds": seconds, "lines": lines.get(test, {})}
            for test, seconds in self.seconds.items()
            if test not in self.failed
        }
        if kept:
            name = os.environ.get("PYTEST_XDIST_WORKER", "main")
            (self.folder / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")

    def _lines(self) -> dict[str, dict[str, list[int]]]:
        """By test and file; with a line of a function goes the one on which it begins."""
        data = self.watch.get_data()
        found: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for path in data.measured_files():
            entries = _entries(Path(path))
            by_test: dict[str, set[int]] = defaultdict(set)
            for line, tests in data.contexts_by_lineno(path).items():
                for test in tests:
                    by_test[test] |= {line, *entries.get(line, ())}
            for test in by_test.keys() - {""}:
                found[test][path.removeprefix(RULES)] = sorted(by_test[test])
        return found


def _entries(path: Path) -> dict[int, list[int]]:
    """For each line inside functions, where these begin, with their decorators."""
    found: dict[int, list[int]] = defaultdict(list)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1):
                found[line].append(first)
    return found


def pytest_configure(config: pytest.Config) -> None:
    """Only where somebody wants to know."""
    if folder := os.environ.get(FOLDER):
        config.pluginmanager.register(Recorder(Path(folder)), "mutation-touched")
