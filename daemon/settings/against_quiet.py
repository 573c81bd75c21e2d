"""The quiet hours that a pair has agreed on against those of each of the two: some of the day has to be left.

Not the hours in which they meet: those are in against_hours.py.
"""

from __future__ import annotations

from daemon.domain.people import Line
from daemon.settings.contradictions import in_quiet
from daemon.settings.kinds import Stretch
from daemon.settings.pairings import Draft

QUIET = "quiet_hours"


def check_quiet(draft: Draft, line: Line) -> None:
    """Both count, so together they must leave what each alone has to leave."""
    agreed = draft.values.get(QUIET)
    if agreed is None:
        return
    least = Stretch().free_hours
    for (_, known), person in zip(draft.people, line.people, strict=True):
        if person.quiet is None or _free_minutes(agreed.value, person.quiet) >= least * 60:
            continue
        own = known.values[QUIET]
        draft.findings.error(
            agreed.at,
            f"{QUIET}: {agreed.text}  and those of {person.name}, {own.text} ({known.file}:{own.at.line}), leave less than "
            f"{least} hours of the day.",
            "Both count for this pairing: write shorter ones in one of the two places.",
        )


def _free_minutes(one: tuple[int, int], other: tuple[int, int]) -> int:
    return sum(not in_quiet(m, one) and not in_quiet(m, other) for m in range(24 * 60))
