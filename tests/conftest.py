"""What every entry point sets before it reads a zone, for the tests too (trap_91): tzdata wins, TZ is UTC; and at the end
how many tests ran on which real server (`pytest.mark.server("Radicale")`), and what was measured (`record_property`).

Not fixtures: those stand beside the tests that use them.
"""

from __future__ import annotations

import os
import time
import zoneinfo
from collections import Counter

import pytest

os.environ["PYTHONTZPATH"] = ""
os.environ["TZ"] = "UTC"
time.tzset()
# Plugins of pytest may have loaded zones already.
zoneinfo.reset_tzpath()
zoneinfo.ZoneInfo.clear_cache()


LONG = (
    *("tests/cli/test_site.py", "tests/planted/", "tests/campaign/", "tests/cli/test_bad_input.py", "tests/cli/test_help.py"),
    *("tests/corpus/", "tests/simulate/", "tests/storm/", "tests/attacks/", "tests/test_demo.py", "tests/cli/test_without_calendar.py"),
)  # fmt: skip
"""Where a test takes many seconds. They go first, some in each process: begun last, one works and the others look on."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test runs on goes into its report, also where another process runs it."""
    items[:] = _long_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    for item in items:
        for mark in item.iter_markers("server"):
            item.user_properties.append(("server", mark.args[0]))


def _long_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """Each process begins with a part as long as that of every other (xdist, worksteal)."""
    long = [item for item in items if item.nodeid.startswith(LONG)]
    rest = [item for item in items if not item.nodeid.startswith(LONG)]
    size = -(-len(rest) // processes)
    return [
        item
        for number in range(processes)
        for item in (*long[number::processes], *rest[number * size : (number + 1) * size])
    ]


def _counted(reporter: pytest.TerminalReporter, what: str) -> int:
    """What crossed the wire between a connector and a simulator: the `bodies` of Google, the `operations` and `items` of
    Exchange. A test in which one of them was not as the schema has it has failed."""
    return sum(
        count
        for report in reporter.getreports("")
        for name, count in report.user_properties
        if name == what and report.when == "teardown"
    )


def _measured(report: pytest.TestReport) -> list[str]:
    return [str(text) for name, text in report.user_properties if name == "measured"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests ran on each server, and how many were skipped because it is not there."""
    ran: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for outcome, counts in (("passed", ran), ("failed", ran), ("skipped", skipped)):
        for report in terminalreporter.getreports(outcome):
            counts.update(text for name, text in report.user_properties if name == "server")
    for name in sorted({*ran, *skipped}):
        missed = f", {skipped[name]} skipped" if skipped[name] else ""
        terminalreporter.write_line(f"on {name}: {ran[name]} tests{missed}")
    if operations := _counted(terminalreporter, "operations"):
        items = _counted(terminalreporter, "items")
        terminalreporter.write_line(
            f"on the simulated Exchange: {operations} operations, {items} items were as the schema has them, 0 were not"
        )
    if bodies := _counted(terminalreporter, "bodies"):
        terminalreporter.write_line(
            f"on the simulated Google: {bodies} bodies were as Google's own schema has them, 0 were not"
        )
    if requests := _counted(terminalreporter, "graph requests"):
        bodies = _counted(terminalreporter, "graph bodies")
        terminalreporter.write_line(
            f"on the simulated Microsoft 365: {requests} requests, {bodies} bodies were as Microsoft's own models have them, 0 were not"
        )
    for each in _missing_in_ci(terminalreporter):
        terminalreporter.write_line(f"skipped, though this is CI: {each}", red=True)
    for report in terminalreporter.getreports("passed"):
        for text in _measured(report):
            terminalreporter.write_line(f"measured: {text}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI the servers are there: what was skipped on one of them, or of the conformance suites, has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and _missing_in_ci(reporter) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _missing_in_ci(reporter: pytest.TerminalReporter) -> list[str]:
    if not os.environ.get("CI") or os.geteuid() != 0:
        return []
    return [
        report.nodeid
        for report in reporter.getreports("skipped")
        if report.nodeid.startswith("tests/conformance/")
        or dict(report.user_properties).get("server")
    ]
