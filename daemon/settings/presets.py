"""Presets: sets of defaults, each after a published guide, and what that guide wants of a rhythm.

Not the settings themselves. The rows (S0.14, S1.3) are those of the requirements.
"""

from __future__ import annotations

from dataclasses import dataclass

from daemon.domain.cadence import Cadence

PRESETS: dict[str, dict[str, str]] = {
    "koss": {"cadence": "weekly", "length_minutes": "30", "questions": "koss"},
    "practical": {"cadence": "weekly", "length_minutes": "30", "questions": "practical"},
}
LATER = ("wealljs", "ctan", "km")


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


def preset_text(preset: str, name: str, cadence: Cadence | None) -> str | None:
    """What a preset says of a setting, as it would stand in a file; None where it says nothing."""
    if name == "length_minutes" and cadence is not None and (length := wanted(preset, cadence)):
        return str(length.least)
    return PRESETS[preset].get(name)
