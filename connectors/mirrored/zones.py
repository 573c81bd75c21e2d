"""Zones by the names of Windows, and by ours.

One name of Windows stands for several of ours, so ours is written into each event as well. The table is tzlocal's, which knows the
zones of British Columbia, Alberta and Manitoba (TRAPS 92).
"""

from __future__ import annotations

from tzlocal.windows_tz import tz_win, win_tz

FROM_WINDOWS: dict[str, str] = dict(win_tz)
TO_WINDOWS: dict[str, str] = dict(tz_win)


def in_windows(zone: str) -> str:
    """The name that Windows has; empty where it has none."""
    return TO_WINDOWS.get(zone, "")


def meant(told: str, ours: str) -> str:
    """A zone that a server names, by our name: ours, as long as nobody has chosen another one that Windows tells apart from it."""
    if ours and told in (ours, in_windows(ours)):
        return ours
    return FROM_WINDOWS.get(told, told)
