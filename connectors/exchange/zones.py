"""Zones as exchangelib has them: its own table is older than ours.

Not the names themselves: connectors/mirrored/zones.py.
"""

from __future__ import annotations

from exchangelib import EWSTimeZone

from connectors.mirrored.zones import FROM_WINDOWS, TO_WINDOWS, in_windows

EWSTimeZone.IANA_TO_MS_MAP.update({name: (windows, "") for name, windows in TO_WINDOWS.items()})
EWSTimeZone.MS_TO_IANA_MAP.update(FROM_WINDOWS)


def meant(told: EWSTimeZone, ours: str) -> str:
    """Ours, as long as nobody has chosen another one that Windows tells apart from it."""
    return ours if ours and in_windows(ours) == told.ms_id else str(told.key)
