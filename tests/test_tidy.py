"""The tidy test: the repository keeps its own rules, and every rule is seen to find a planted breach.

Not the rules themselves: they stand in tests/tidy.py.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tidy import (
    FUNCTION_LINES_P95_MAX,
    PYTHON_RULES,
    TEXT_RULES,
    Rule,
    Source,
    acted_library,
    clock_or_chance,
    empty_words,
    foreign_import,
    functions,
    hidden_state,
    impure,
    left_for_later,
    long_file,
    long_function,
    machine_path,
    not_at_home,
    p95,
    two_sentences,
    uncollected,
    unseeded,
)

ROOT = Path(__file__).resolve().parent.parent
if not (ROOT / ".git").exists():
    pytest.skip(
        "the tidy test needs a checkout: it asks git what belongs to it", allow_module_level=True
    )
BINARY_OR_FOREIGN = (".png", ".ico", ".eml", ".ics", ".patch")


def repository() -> list[Source]:
    """Every text file that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [
        Source(name, (ROOT / name).read_text(encoding="utf-8"))
        for name in listed
        if (ROOT / name).is_file() and not name.endswith(BINARY_OR_FOREIGN)
    ]


SOURCES = repository()
PYTHON = [source for source in SOURCES if source.path.endswith(".py")]


def breaches(rule: Rule, sources: list[Source]) -> list[str]:
    """path:line message, for everything the rule finds."""
    return [f"{s.path}:{line} {what}" for s in sources for line, what in rule(s)]


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.__name__)
def test_every_text_file_keeps_the_rule(rule: Rule) -> None:
    found = breaches(rule, SOURCES)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("rule", PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_every_python_file_keeps_the_rule(rule: Rule) -> None:
    found = breaches(rule, PYTHON)
    assert not found, "\n" + "\n".join(found)


def test_functions_are_short() -> None:
    lengths = [n for s in PYTHON if not s.is_test for _, n in functions(s)]
    print(f"{len(lengths)} functions, 95 % of them within {p95(lengths)} lines")
    assert p95(lengths) <= FUNCTION_LINES_P95_MAX


def test_every_test_is_collected() -> None:
    found = list(uncollected([source for source in PYTHON if source.is_test]))
    assert not found, "\n" + "\n".join(found)


DECIDE = "daemon/decide/slots.py"
LOCAL = "connectors/local/calendar.py"
PLANTED: list[tuple[Rule, str, str]] = [
    (long_file, "daemon/act.py", "x = 1\n" * 401),
    (left_for_later, "README.md", "later " + "TO" + "DO: say more\n"),
    (left_for_later, DECIDE, "x = 1  # FIX" + "ME\n"),
    (machine_path, "Makefile", "cd /wo" + "rk/main\n"),
    (machine_path, "daemon/cli/app.py", 'OUT = "/tm' + 'p/out"\n'),
    (long_function, "daemon/act.py", "def act():\n" + "    x = 1\n" * 60),
    (two_sentences, "daemon/act.py", "x = 1\n"),
    (two_sentences, "daemon/act.py", '"""Carries out one effect."""\n'),
    (empty_words, "daemon/act.py", "class LaneManager: ...\n"),
    (empty_words, "daemon/act.py", "def helper(): ...\n"),
    (empty_words, "daemon/mail_utils.py", "x = 1\n"),
    (empty_words, "daemon/misc/__init__.py", ""),
    (empty_words, "daemon/act.py", "class HTTPHandlers: ...\n"),
    (clock_or_chance, "daemon/tick.py", "from datetime import datetime\nx = datetime.now()\n"),
    (clock_or_chance, "daemon/tick.py", "import datetime as d\nx = d.datetime.utcnow()\n"),
    (clock_or_chance, "daemon/tick.py", "from datetime import date\nx = date.today()\n"),
    (clock_or_chance, "daemon/tick.py", "from time import monotonic as m\nx = m()\n"),
    (clock_or_chance, "daemon/tick.py", "import time\ndef f(clock=time.time): ...\n"),
    (clock_or_chance, "daemon/act.py", "import time\ntime.sleep(1)\n"),
    (clock_or_chance, "tests/stories/test_x.py", "import time\ntime.sleep(1)\n"),
    (clock_or_chance, "connectors/memory/mail.py", "import random\nrandom.random()\n"),
    (clock_or_chance, "connectors/memory/faults.py", "import random\nrandom.choice([1])\n"),
    (clock_or_chance, "daemon/mail/letters.py", "from uuid import uuid4\nuuid4()\n"),
    (clock_or_chance, "daemon/mail/letters.py", "import os\nos.urandom(8)\n"),
    (clock_or_chance, "daemon/mail/letters.py", "import secrets\nsecrets.token_hex()\n"),
    (
        clock_or_chance,
        "daemon/mail/letters.py",
        "from email.utils import make_msgid\nmake_msgid()\n",
    ),
    (unseeded, "daemon/simulate/acting.py", "from random import Random\nx = Random()\n"),
    (impure, DECIDE, "import os\n"),
    (impure, DECIDE, "def f():\n    from pathlib import Path\n"),
    (impure, "daemon/domain/x.py", "from zoneinfo import ZoneInfo\n"),
    (impure, DECIDE, "x = ZoneInfo('Europe/Berlin')\n"),
    (impure, DECIDE, "x = open('a')\n"),
    (impure, DECIDE, "print('a')\n"),
    (impure, DECIDE, "x = hash('a')\n"),
    (impure, DECIDE, "def f():\n    global x\n"),
    (hidden_state, DECIDE, "SEEN = []\ndef f():\n    SEEN.append(1)\n"),
    (hidden_state, DECIDE, "SEEN: dict[str, int] = dict()\ndef f():\n    SEEN['a'] = 1\n"),
    (not_at_home, "daemon/tick.py", "import exchangelib\n"),
    (not_at_home, "daemon/tick.py", "from googleapiclient.discovery import build\n"),
    (not_at_home, "daemon/cli/app.py", "def f():\n    import sqlite3\n"),
    (not_at_home, "daemon/act.py", "from tinydb import TinyDB\n"),
    (not_at_home, "daemon/mail/letters.py", "import icalendar\n"),
    (foreign_import, LOCAL, "from daemon.mail import letters\n"),
    (foreign_import, LOCAL, "from daemon.simulate import people\n"),
    (foreign_import, LOCAL, "from daemon.ports_more import x\n"),
    (foreign_import, LOCAL, "from connectors.memory import calendar\n"),
    (foreign_import, "tests/servers/gmail.py", "from daemon.ports import Batch\n"),
    (acted_library, "tests/test_x.py", "from unittest.mock import Mock\n"),
    (acted_library, "tests/test_x.py", "def test(monkeypatch): monkeypatch.setattr('a', 1)\n"),
]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    PLANTED,
    ids=[f"{rule.__name__}-{n}" for n, (rule, _, _) in enumerate(PLANTED)],
)
def test_a_planted_breach_is_found(rule: Rule, path: str, text: str) -> None:
    assert len(breaches(rule, [Source(path, text)])) >= 1


def test_every_rule_has_a_planted_breach() -> None:
    assert {rule for rule, _, _ in PLANTED} == {*TEXT_RULES, *PYTHON_RULES}


FINE: list[tuple[str, str]] = [
    (
        DECIDE,
        "from datetime import datetime, tzinfo\nimport hashlib\nNAMES = {'a': 1}\nX = NAMES['a']\n",
    ),
    ("connectors/clock.py", "from datetime import UTC, datetime\nx = datetime.now(UTC)\n"),
    ("connectors/stores/vault.py", "import secrets\nx = secrets.token_bytes(32)\n"),
    ("daemon/simulate/acting.py", "from random import Random\nx = Random(7).random()\n"),
    ("daemon/heartbeat.py", "import time\nimport schedule\ntime.sleep(1)\n"),
    (
        LOCAL,
        "import icalendar\nfrom daemon.domain.meeting import Slot\nfrom connectors.local import folder\n",
    ),
    (LOCAL, "from connectors.clock import SystemClock\nfrom daemon.simulate.hands import Hands\n"),
    ("tests/test_x.py", "def test(monkeypatch): monkeypatch.setenv('A', 'b')\n"),
]


@pytest.mark.parametrize(("path", "text"), FINE, ids=[path for path, _ in FINE])
def test_what_is_allowed_is_not_found(path: str, text: str) -> None:
    whole = [Source(path, f'"""What this file is. What this file is not."""\n{text}')]
    assert [breaches(rule, whole) for rule in PYTHON_RULES if breaches(rule, whole)] == []


def test_p95_counts_by_nearest_rank() -> None:
    assert p95([1] * 95 + [99] * 5) == 1
    assert p95([1] * 94 + [99] * 6) == 99
    assert p95([]) == 0


def test_tests_that_nobody_runs_are_found() -> None:
    suite = "class StoreConformance:\n    def test_twice(self): ...\n"
    stray = Source("tests/stories/cancels.py", "def test_cancel(): ...\n")
    orphan = Source("tests/conformance/stores.py", suite)
    whole = Source("tests/conformance/all.py", "class Whole(StoreConformance): ...\n")
    heir = Source("tests/test_tiny.py", "class TestTiny(all.Whole): ...\n")
    assert len(list(uncollected([stray]))) == 1
    assert len(list(uncollected([orphan, whole]))) == 1
    assert list(uncollected([orphan, whole, heir])) == []
