"""The whole performance as rows, week by week, and what was not done, by reason.

Not the moments: a row that has one only links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.demo.happening import Happening
from daemon.demo.page.letters import Mail


@dataclass(frozen=True, slots=True)
class Row:
    """A happening with its letter, and the moment in which that letter is on show already."""

    happening: Happening
    mail: Mail | None
    moment: str


def rows_of(
    happenings: Sequence[Happening], told: Mapping[Happening, Mail], shown: Mapping[str, str],
    start: datetime, weeks: int,
) -> list[list[Row]]:  # fmt: skip
    """Every happening, in lists by week, and behind them one of all that came later, if anything did. `shown` is
    letter anchor → moment anchor."""
    found: list[list[Row]] = [[] for _ in range(weeks + 1)]
    for each in happenings:
        mail = told.get(each)
        row = Row(each, mail, shown.get(mail.anchor, "") if mail else "")
        found[min((each.at - start).days // 7, weeks)].append(row)
    return found if found[weeks] else found[:weeks]


def left_out(happenings: Iterable[Happening]) -> dict[str, list[Happening]]:
    """What was skipped, withdrawn or put on hold, by its reason, the rarest first: it tells more than what comes every week."""
    found: dict[str, list[Happening]] = {}
    for each in happenings:
        if each.tone == "not":
            found.setdefault(_reason(each), []).append(each)
    return dict(sorted(found.items(), key=lambda entry: len(entry[1])))


def _reason(each: Happening) -> str:
    """The reason without the time in it, so that equal reasons stand together."""
    return re.split(r" at | after |;", each.why)[0] or each.word
