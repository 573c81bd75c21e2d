"""What a program's contact and others read of it in counts, as facts for its lane: a week, or a longer period.

Not the counting: daemon/decide/monday.py and daemon/measures.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct, field

from daemon.domain.program import Rhythm


class WeekSeen(Struct, frozen=True, tag_field="is", tag=True):
    """A program's last week and the one that begins, in counts. `due` is without holidays and breaks;
    `languages` are those that people would like letters in and that have none, with how many."""

    week: str
    at: datetime
    due: int
    held: int
    left_out: int
    settling: int
    ahead: int
    letters: int
    active: int
    paused: int
    invited: int
    waiting: int
    languages: dict[str, int] = field(default_factory=dict)


class ReportSeen(Struct, frozen=True, tag_field="is", tag=True):
    """The measures of a program over the `period` that begins on `first`, as labels with what there is to say."""

    rhythm: Rhythm
    period: str
    first: date
    at: datetime
    rows: tuple[tuple[str, str], ...]
