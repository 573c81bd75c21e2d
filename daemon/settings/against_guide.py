"""What a program says against the guide whose preset it uses: a warning, with the guide's own words and their row.

Not a contradiction: an admin may know better. Nor what a guide wants: guide_table.py.
"""

from __future__ import annotations

from datetime import date

from daemon.settings.guide_table import (
    CADENCES,
    FURTHER,
    LASTING,
    LENGTHS,
    Asked,
    Wanted,
    lasts_long,
    wanted,
)
from daemon.settings.in_force import Frame, Said


def warn_of_length(frame: Frame) -> None:
    """A length that the guide does not want of that rhythm. Where the rhythm alone is said here, that is told."""
    preset, cadence, length = _preset(frame), frame.said("cadence"), frame.said("length_minutes")
    fit = wanted(preset, cadence.value) if cadence else None
    if not fit or not length or all(fit.least <= each <= fit.most for each in length.value):
        return
    blamed = frame.blamed(("length_minutes",))
    if blamed is None and len(LENGTHS[preset]) > 1:
        blamed = frame.blamed(("cadence",))
    _warn(frame, blamed, fit, f"Write length_minutes: {fit.least}")


def warn_of_cadence(frame: Frame) -> None:
    """A rhythm, or a plan of sessions, that the guide does not have."""
    asked, cadence = CADENCES.get(_preset(frame)), frame.said("cadence")
    if asked and cadence and not asked.fits(cadence.value):
        _warn(frame, frame.blamed(("cadence",)), asked, f"Write cadence: {asked.write}")


def warn_of_end(frame: Frame, today: date | None) -> None:
    """An end too soon after the start. Of a program that names none: after today, since whoever is new has no more; a pairing's
    own end is how one is ended, whenever it began."""
    asked, starts, ends = LASTING.get(_preset(frame)), frame.said("starts"), frame.said("ends")
    if not asked or not starts or not ends or not ends.value:
        return
    first = starts.value or (None if frame.draft else today)
    if first and first <= ends.value and not lasts_long((ends.value - first).days + 1):
        begun = "" if starts.value else ", or starts: if they have begun"
        blamed = frame.blamed(("ends",)) or frame.blamed(("starts",))
        _warn(frame, blamed, asked, f"Write a later end{begun}")


def warn_of_guide(frame: Frame) -> None:
    """Whatever else only a program says."""
    preset = _preset(frame)
    lasting = [LASTING[preset]] if preset in LASTING else []
    for asked in [*lasting, *FURTHER.get(preset, ())]:
        said = frame.said(asked.name)
        if said and not asked.fits(said.value) and not _is_idle(frame, asked):
            _warn(frame, frame.blamed((asked.name,)), asked, f"Write {asked.name}: {asked.write}")


def _is_idle(frame: Frame, asked: Asked) -> bool:
    """Whether another setting leaves it no effect, which is told of that one (idle.py)."""
    name, value = asked.idle_with
    said = frame.said(name) if name else None
    return said is not None and said.value == value


def _preset(frame: Frame) -> str:
    said = frame.said("preset")
    return said.value or "" if said else ""


def _warn(frame: Frame, blamed: Said | None, wish: Wanted | Asked, advice: str) -> None:
    """Nothing where this frame says nothing of it: then it is told where it is said."""
    if blamed and blamed.at:
        frame.findings_of(blamed).warning(
            blamed.at,
            f"{blamed.written}  is not what the guide behind preset: {_preset(frame)} wants: “{wish.words}” ({wish.row}).",
            f"{advice}; or leave it, if you know better.",
        )
