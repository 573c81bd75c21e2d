"""The place every command test starts from.

Not the commands: those run as processes of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh folder with one program and one pairing."""
    made = Place(tmp_path)
    made.write()
    return made
