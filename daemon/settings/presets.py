"""Presets: which there are, each after a published guide, and what that guide wants of a rhythm.

Not what they set: that stands in config/presets, read by preset_files.py. The rows (S1.3) are those of docs/guides.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.domain.cadence import Cadence

PRESETS = ("koss", "practical", "wealljs", "ctan", "km")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long a 1:1 is to be, in minutes, for a rhythm; the guide's words for it, and the row they stand in."""

    least: int
    most: int
    words: str
    row: str = "S1.3"


_PRACTICAL = (
    (1, Wanted(30, 30, "Weekly: 30min")),
    (2, Wanted(45, 60, "Bi-weekly: 45-60min")),
    (999, Wanted(60, 90, "Monthly: 60-90min")),
)


def wanted(preset: str, cadence: Cadence) -> Wanted | None:
    """What the guide of a preset wants of that rhythm; None where it says nothing."""
    if preset != "practical" or cadence.finite:
        return None
    weeks = cadence.step.weeks or 4 * cadence.step.months
    return next(each for most, each in _PRACTICAL if weeks <= most)
