"""Zones by the names of Windows, and by ours.

exchangelib's table is older than the zones of British Columbia, Alberta and Manitoba (TRAPS 92), and one name of Windows stands
for several of ours, so ours is written into the event as well.
"""

from __future__ import annotations

from exchangelib import EWSTimeZone
from tzlocal.windows_tz import tz_win, win_tz

EWSTimeZone.IANA_TO_MS_MAP.update({name: (windows, "") for name, windows in tz_win.items()})
EWSTimeZone.MS_TO_IANA_MAP.update(win_tz)


def in_windows(zone: str) -> str:
    """The name that Windows has; empty where it has none."""
    return str(tz_win.get(zone, ""))


def meant(told: EWSTimeZone, ours: str) -> str:
    """Ours, as long as nobody has chosen another one that Windows tells apart from it."""
    return ours if ours and in_windows(ours) == told.ms_id else str(told.key)
