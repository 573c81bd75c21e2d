"""A plugin of pytest that writes down which lines of the rules each test runs through, and how long it takes.

Not a measure of coverage: it serves to choose the tests of a mutant.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

RULES = str(Path(__file__).resolve().parents[2] / "daemon" / "decide") + os.sep
FOLDER = "MUTATION_TOUCHED"
CALLS_MAX = 200
"""So many calls of one function are followed line by line in one test; the others repeat them."""


def _cpu() -> float:
    """The seconds that this process has worked: others on the machine do not count."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


class Recorder:
    """What each test touched: nodeid → seconds, outcome, file → lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict[str, Any]] = {}
        self.lines: dict[str, set[int]] = {}
        self.calls: Counter[CodeType] = Counter()
        self.failed: set[str] = set()

    def _call(self, frame: FrameType, event: str, _: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(RULES):
            return None
        self.lines[code.co_filename].add(code.co_firstlineno)
        self.calls[code] += 1
        return self._line if self.calls[code] <= CALLS_MAX else None

    def _line(self, frame: FrameType, event: str, _: object) -> Any:
        self.lines[frame.f_code.co_filename].add(frame.f_lineno)
        return self._line

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test, its fixtures included; what an earlier test left in a cache is forgotten."""
        for name, module in list(sys.modules.items()):
            if name.startswith("daemon."):
                for each in vars(module).values():
                    if hasattr(each, "cache_clear"):
                        each.cache_clear()
        self.lines, self.calls = defaultdict(set), Counter()
        begun = _cpu()
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            lines = {name.removeprefix(RULES): sorted(at) for name, at in self.lines.items()}
            self.tests[item.nodeid] = {"seconds": _cpu() - begun, "lines": lines}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails without a mutant, or is expected to, shows nothing about one."""
        if not report.passed or hasattr(report, "wasxfail"):
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """One file per process of xdist."""
        kept = {test: facts for test, facts in self.tests.items() if test not in self.failed}
        if kept:
            name = os.environ.get("PYTEST_XDIST_WORKER", "main")
            (self.folder / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Only where somebody wants to know."""
    if folder := os.environ.get(FOLDER):
        config.pluginmanager.register(Recorder(Path(folder)), "mutation-touched")
