"""Every chronicle, held against what is decided today.

python -m tests.chronicles        writes them anew; read the diff
"""

from __future__ import annotations

import doctest

import pytest

from tests.chronicles.chronicle import FOLDER, Chronicle

NAMES = sorted(path.name for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_it_goes_as_it_is_told(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    told = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    told.globs = Chronicle().words
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF | doctest.FAIL_FAST)
    assert not runner.run(told, out=report.append, clear_globs=False).failed, "".join(report)
