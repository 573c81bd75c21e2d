"""Each planted bug still fits the tree, gives a program that runs, and is found by the checker named for it.

Not where bugs are looked for at length: that is `python -m tests.planted.run`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.planted.run import Program, checkers_of, copy_of_the_product, found, patches, plant

PATCHES = patches()
KEPT = 8


def test_all_are_kept() -> None:
    assert len(PATCHES) == KEPT
    assert all(checkers_of(patch) for patch in PATCHES)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_it_fits_and_what_it_changes_still_imports(patch: Path) -> None:
    changed = re.findall(r"(?m)^\+\+\+ b/(.*)\.py$", patch.read_text(encoding="utf-8"))
    modules = ", ".join(name.replace("/", ".") for name in changed)
    assert modules
    with copy_of_the_product() as tree:
        before = {name: (tree / f"{name}.py").read_bytes() for name in changed}
        plant(patch, tree)
        assert all((tree / f"{name}.py").read_bytes() != text for name, text in before.items())
        subprocess.run([sys.executable, "-c", f"import {modules}"], cwd=tree, check=True)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_it_is_found(patch: Path) -> None:
    program = Program()
    verdict = found(patch, program)
    print(f"{verdict.name}: {verdict.first or 'not found'}, seed {verdict.seed}")
    assert verdict.seed, f"no checker of {checkers_of(patch)} found it in {program.seeds} seeds"
