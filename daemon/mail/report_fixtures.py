"""The facts of reports for the proof of their letter: of a week, a month, a quarter and a year, of few and of many.

Not the measures: daemon/measures makes these lines.
"""

from __future__ import annotations

from typing import Any

_FEW = (
    ("time to repair", "too few to say"),
    ("fell out", "1"),
    ("repaired", "1 of 1"),
    ("1:1s due", "8"),
    ("took place", "7 of 8"),
    ("both take part", "too few to say"),
    ("to-dos done", "2"),
    ("pairings", "2 active"),
)
_MANY = (
    ("time to repair", "31 minutes of waking time"),
    ("fell out", "9"),
    ("repaired", "7 of 9 (78 %)"),
    ("1:1s due", "60"),
    ("took place", "55 of 60 (92 %)"),
    ("confirmed by a word", "40"),
    ("presumed, by silence", "15"),
    ("both take part", "75 % of the pairings that run"),
    ("goals set", "10"),
    ("to-dos done", "12"),
    ("satisfaction", "4.2 of 5 (18 answers)"),
    ("sure at the start", "2.4 of 5 (12 answers)"),
    ("sure half-way", "3.1 of 5 (10 answers)"),
    ("sure at the end", "3.8 of 5 (7 answers)"),
    ("surer at the end", "+1.2 of 5 (7 answers)"),
    ("worth", "4.3 of 5 (12 answers)"),
    ("pairings", "12 active, 1 paused"),
)
_NONE = (("time to repair", "too few to say"), ("1:1s due", "0"), ("took place", "none"))


def _report(rhythm: str, since: str, rows: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    told = dict(rows)
    return {
        "rhythm": rhythm, "since": since, "rows": [list(each) for each in rows],
        "time_to_repair": told["time to repair"], "took_place": told["took place"],
    }  # fmt: skip


REPORTS: tuple[dict[str, Any], ...] = (
    _report("weekly", "2026-11-23", _FEW),
    _report("monthly", "2026-11-01", _FEW),
    _report("monthly", "2026-11-01", _NONE),
    _report("quarterly", "2026-10-01", _MANY),
    _report("annual", "2026-01-01", _MANY),
)
