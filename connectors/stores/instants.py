"""Instants as whole microseconds since 1970, the form in which a store compares and sorts them.

Not a clock. A float of seconds cannot tell neighbouring microseconds apart, and `wake_at` is compared for equality.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)


def micros(instant: datetime) -> int:
    """The instant as a number; it has to be aware."""
    return (instant - _EPOCH) // _STEP


def instant(number: int) -> datetime:
    """The instant back, in UTC."""
    return _EPOCH + timedelta(microseconds=number)
