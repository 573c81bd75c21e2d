"""docs/measures.md, written from the formulas and their examples, which a test executes.

Not a report: `run.py report` prints those.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

from daemon.measures.formulas import FORMULAS, LEAST

_HEAD = f"""\
# Measures: what is counted, and how

<!-- Made by `python -m daemon.measures > docs/measures.md`; a test fails when it is out of date. -->

`run.py report` prints them for each program; `reports:` has them mailed ([settings.md](settings.md)). They are counts and shares of a
whole program. No name, no pair, no side and no word of anybody is in them. A share is shown from {LEAST} pairings and {LEAST} cases on, a
median and a mean from {LEAST} cases on; below that it is “too few to say”.

The headline is the time to repair: that 1:1s fall out is life; how long they stay fallen is what a program can change.

By whom 1:1s fell out is part of no measure, and no letter, page or report shows it. It is counted in one place, the ladder: of the
last 1:1s that were due, those that fell out by one side and got no new time, or fell out late (`notice_hours`). At `kindly_after` and
`lighter_after` that side alone is asked what would suit better; at `word_after` the contact reads that the pair needs a word, and not
by whom ([privacy.md](privacy.md)).

A period goes by the day on which a 1:1 took place, or should have. Counts go back a year, as long as the log.

"""


def page() -> str:
    """The whole page."""
    return _HEAD + "\n".join(part for formula in FORMULAS for part in _section(formula))


def _section(formula: Callable[..., object]) -> Iterator[str]:
    text = inspect.getdoc(formula) or ""
    said, _, examples = text.partition("\n\n>>> ")
    meaning, _, rule = said.partition("\n\n")
    yield f"## {formula.__name__.replace('_', ' ').capitalize()}\n"
    yield f"{meaning}\n"
    yield f"{rule}\n"
    yield f"```python\n>>> {examples.strip()}\n```\n"
