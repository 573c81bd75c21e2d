"""Words for tables about a whole series that is in doubt: deleted, cut, declined or without its guest five minutes ago.

Not the pair itself: pair_cast.py.
"""

from __future__ import annotations

from datetime import date

from daemon.domain.value import replace
from tests.decide.pair_cast import MINUTE, NOW, day, series

KNOWN = series(known_to=day(20))
SINCE = NOW - 5 * MINUTE
GONE = replace(KNOWN, standing="gone", gone_at=SINCE)
CUT = replace(KNOWN, cut_to=date(2026, 10, 13), gone_at=SINCE)
DECLINED = replace(KNOWN, declined=True, gone_at=SINCE)
ALONE = replace(KNOWN, guest_gone=True, gone_at=SINCE)
