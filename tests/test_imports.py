"""Each import contract of pyproject.toml is seen to break: on an empty skeleton with one planted import.

Not the check of the repository itself: that is `lint-imports`, run by `make lint`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SKELETON = """connectors connectors/alarms connectors/clock.py connectors/exchange connectors/google connectors/internet connectors/local connectors/memory connectors/microsoft connectors/stores daemon
    daemon/act.py daemon/cli daemon/computing.py daemon/decide daemon/domain daemon/errors.py daemon/garbage.py daemon/ical daemon/mail
    daemon/observe.py daemon/ports daemon/settings daemon/simulate daemon/simulate/oracle.py
    daemon/tick.py run.py tests"""


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The product without a line of code, under the contracts of the real one."""
    for name in SKELETON.split():
        path = tmp_path / name
        if path.suffix:
            path.touch()
        else:
            path.mkdir()
            (path / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(skeleton: Path) -> tuple[int, list[str]]:
    """The exit code of lint-imports and the contracts that it calls broken."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=skeleton,
        env={**os.environ, "PYTHONPATH": str(skeleton), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    return done.returncode, [line[:-7] for line in lines if line.endswith(" BROKEN")]


def test_an_empty_skeleton_keeps_every_contract(skeleton: Path) -> None:
    assert broken(skeleton) == (0, [])


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("daemon/act.py", "import connectors.local", "The daemon knows ports"),
        ("daemon/act.py", "import run", "The product needs neither"),
        ("connectors/local/x.py", "import tests", "The product needs neither"),
        ("daemon/decide/x.py", "import daemon.settings", "One direction"),
        ("daemon/decide/x.py", "import daemon.ports", "One direction"),
        ("daemon/domain/x.py", "import daemon.mail", "One direction"),
        ("daemon/mail/x.py", "import daemon.tick", "One direction"),
        ("daemon/unplaced.py", "", "One direction"),
        ("daemon/domain/x.py", "import yaml", "Decisions and words"),
        ("daemon/decide/x.py", "import tinydb", "Decisions and words"),
        ("connectors/memory/x.py", "import connectors.local", "Connectors do not know"),
        ("daemon/simulate/oracle.py", "import daemon.decide", "The oracle"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    skeleton: Path, file: str, line: str, contract: str
) -> None:
    (skeleton / file).write_text(f"{line}\n")
    code, names = broken(skeleton)
    assert code == 1
    assert [name for name in names if name.startswith(contract)]
