"""What a program says against the guide whose preset it uses: a warning, with the guide's own words.

Not a contradiction: an admin may know better.
"""

from __future__ import annotations

from daemon.settings.in_force import Frame
from daemon.settings.presets import wanted


def warn_of_guide(frame: Frame) -> None:
    """A length that does not fit the rhythm."""
    preset, cadence, length = (frame.said(name) for name in ("preset", "cadence", "length_minutes"))
    blamed = frame.blamed(("length_minutes", "cadence"))
    if not preset or not preset.value or not cadence or not length or not blamed or not blamed.at:
        return
    fit = wanted(preset.value, cadence.value)
    if fit and not all(fit.least <= each <= fit.most for each in length.value):
        frame.findings_of(blamed).warning(
            blamed.at,
            f"{blamed.written}  is not what the guide behind preset: {preset.value} wants: “{fit.words}” ({fit.row}).",
            f"Write length_minutes: {fit.least}; or leave it, if you know better.",
        )
