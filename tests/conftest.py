"""What every entry point sets before it reads a zone, for the tests too (trap_91): tzdata wins, TZ is UTC.

Not fixtures: those stand beside the tests that use them.
"""

from __future__ import annotations

import os
import time
import zoneinfo

os.environ["PYTHONTZPATH"] = ""
os.environ["TZ"] = "UTC"
time.tzset()
# Plugins of pytest may have loaded zones already.
zoneinfo.reset_tzpath()
zoneinfo.ZoneInfo.clear_cache()
