"""What goes wrong in the world in memory: which fault befalls which call, rolled by seed.

Not where a fault happens: the connectors ask here before, and act the fault out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Literal

from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

Level = Literal["none", "light", "heavy"]

WRITES = ("put", "move", "cancel", "invite", "uninvite")
MAIL = ("send", "sent", "arrivals", "clear")
EVERY = ("changes", "busy", *WRITES, *MAIL)

CALLS: dict[str, tuple[str, ...]] = {
    "refused": EVERY,
    "reset": EVERY,
    "timeout": EVERY,
    "timeout-after": (*WRITES, "send", "clear"),
    "401": ("changes", "busy", *WRITES),
    "403-rate": ("changes", "busy", *WRITES),
    "403-rights": WRITES,
    "404": ("move", "invite"),
    "409": ("put",),
    "410": ("changes",),
    "412": WRITES,
    "429": EVERY,
    "500": EVERY,
    "503-after": (*WRITES, "send", "clear"),
    "part": ("changes", "arrivals"),
    "garbage": ("changes", "arrivals"),
    "unknown": ("busy", "sent"),
    "slow": EVERY,
}
"""Each kind of fault, and the calls that it can befall."""

WEIGHTS: dict[str, int] = {
    "refused": 3,
    "reset": 3,
    "timeout": 3,
    "timeout-after": 5,
    "401": 1,
    "403-rate": 2,
    "403-rights": 1,
    "404": 12,
    "409": 3,
    "410": 3,
    "412": 2,
    "429": 3,
    "500": 3,
    "503-after": 3,
    "part": 3,
    "garbage": 2,
    "unknown": 1,
    "slow": 3,
}
NEVER_ROLLED = frozenset({("sent", "unknown")})
"""Would put a letter on hold until a person asks for it: only by `inject`."""

PER_MILLE: dict[Level, int] = {"none": 0, "light": 10, "heavy": 65}
"""Faults per thousand calls that do something."""
IDLE_PER_MILLION: dict[Level, int] = {"none": 0, "light": 100, "heavy": 1000}
"""Faults per million readings that find nothing new; there are very many of them."""

RETRY_AFTER = {"429": timedelta(minutes=2), "403-rate": timedelta(minutes=10)}

BEFORE: dict[str, type[ConnectorError]] = {
    "refused": Temporary,
    "reset": Temporary,
    "timeout": Temporary,
    "401": AccessLost,
    "403-rate": Temporary,
    "403-rights": Permanent,
    "404": VersionConflict,
    "409": VersionConflict,
    "410": CursorExpired,
    "412": VersionConflict,
    "429": Temporary,
    "500": Temporary,
}
"""Faults that strike before the change: nothing has happened."""
AFTER = frozenset({"timeout-after", "503-after"})
"""Faults that strike after it: the change is made, its receipt is lost."""
DEFINITE = frozenset({"403-rights", "404", "409", "412"})
"""Answers that say for certain that nothing was changed. A change that was made before under the same
key must not be answered so: it would be a lie, and a second event would follow."""

_NEVER = 1 << 62


def error(kind: str) -> ConnectorError:
    """What a fault becomes for the daemon."""
    if kind in AFTER or BEFORE[kind] is Temporary:
        return Temporary(f"injected: {kind}", RETRY_AFTER.get(kind))
    return BEFORE[kind](f"injected: {kind}")


class Faults:
    """Rolls faults. The same Random and the same calls give the same faults.

    `spend` is told how long a slow call took; `lost_for` is how long a 401 keeps an account shut.
    """

    def __init__(
        self,
        random: Random,
        level: Level = "none",
        *,
        spend: Callable[[timedelta], None] = lambda _: None,
        lost_for: timedelta = timedelta(hours=3),
    ) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.lost_for = lost_for
        self._random = random
        self._spend = spend
        self._level: Level = level
        self._quiet = False
        self._waiting: dict[str, str] = {}
        self._kinds = {call: _kinds(call) for call in EVERY}
        self._work = self._gap(PER_MILLE, 1000)
        self._idle = self._gap(IDLE_PER_MILLION, 1_000_000)

    @property
    def quiet(self) -> bool:
        """True while nothing goes wrong any more."""
        return self._quiet

    @quiet.setter
    def quiet(self, quiet: bool) -> None:
        self._quiet = quiet
        self._waiting.clear()
        self._work = self._gap(PER_MILLE, 1000)
        self._idle = self._gap(IDLE_PER_MILLION, 1_000_000)

    def inject(self, call: str, kind: str) -> None:
        """The next such call suffers this fault, whatever the dice say."""
        assert call in CALLS[kind], f"{kind} cannot befall {call}"
        self._waiting[call] = kind
        self._idle = 0

    def calm(self, call: str) -> bool:
        """Asked when a reading finds nothing new: True when it may say so at once."""
        self._idle -= 1
        if self._idle > 0:
            return True
        if call not in self._waiting and self._idle == 0:
            self._waiting[call] = self._roll(call)
        self._idle = self._gap(IDLE_PER_MILLION, 1_000_000) if not self._waiting else 0
        return call not in self._waiting

    def meet(self, call: str, spared: frozenset[str] = frozenset()) -> str:
        """The fault that befalls this call now, empty for none. A slow call is slow right here."""
        kind = self._waiting.pop(call, "")
        if not kind:
            self._work -= 1
            if self._work > 0:
                return ""
            self._work = self._gap(PER_MILLE, 1000)
            kind = self._roll(call)
        if kind in spared:
            return ""
        self.counts[call, kind] += 1
        if kind == "slow":
            self._spend(timedelta(seconds=self._random.randrange(20, 90)))
            return ""
        return kind

    def cut(self, count: int) -> int:
        """Where a listing of that many entries breaks off."""
        return self._random.randrange(count) if count else 0

    def _roll(self, call: str) -> str:
        kinds = self._kinds[call]
        return kinds[self._random.randrange(len(kinds))]

    def _gap(self, rates: dict[Level, int], out_of: int) -> int:
        """How many calls until the next fault: drawn ahead, so that a call in between costs nothing.

        Whole numbers only: a logarithm may differ between machines, and the digest must not.
        """
        rate = 0 if self._quiet else rates[self._level]
        if not rate:
            return _NEVER
        mean = out_of // rate
        return 1 + self._random.randrange(2 * mean)


def _kinds(call: str) -> list[str]:
    return [
        kind
        for kind, calls in CALLS.items()
        if call in calls and (call, kind) not in NEVER_ROLLED
        for _ in range(WEIGHTS[kind])
    ]
