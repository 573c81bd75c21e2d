"""The fault matrix: which fault may befall which port call, and what the daemon then may believe.

Not an injector: connectors/memory rolls these by seed, other providers inject those they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from daemon.errors import (
    AccessLost,
    ConnectorError,
    CursorExpired,
    Permanent,
    Temporary,
    VersionConflict,
)

WRITES = ("put", "move", "cancel", "invite", "uninvite")
READS = ("changes", "busy")
MAIL = ("send", "sent", "arrivals", "clear")

Outcome = Literal["nothing", "done", "part"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: the error it must become (None: the call answers), and what has happened.

    `nothing`: no change was made. `done`: the change was made, though the caller cannot know.
    `part`: an answer that says itself that it is not complete.
    """

    kind: str
    error: type[ConnectorError] | None
    outcome: Outcome
    calls: tuple[str, ...]
    waits: bool = False


MATRIX: tuple[Fault, ...] = (
    Fault("refused", Temporary, "nothing", READS + WRITES + MAIL),
    Fault("reset", Temporary, "nothing", READS + WRITES + MAIL),
    Fault("timeout", Temporary, "nothing", READS + WRITES + MAIL),
    Fault("timeout-after", Temporary, "done", (*WRITES, "send", "clear")),
    Fault("401", AccessLost, "nothing", READS + WRITES),
    Fault("403-rate", Temporary, "nothing", READS + WRITES, waits=True),
    Fault("403-rights", Permanent, "nothing", WRITES),
    Fault("404", VersionConflict, "nothing", ("move", "invite")),
    Fault("409", VersionConflict, "nothing", ("put",)),
    Fault("410", CursorExpired, "nothing", ("changes",)),
    Fault("412", VersionConflict, "nothing", WRITES),
    Fault("429", Temporary, "nothing", READS + WRITES + MAIL, waits=True),
    Fault("500", Temporary, "nothing", READS + WRITES + MAIL),
    Fault("503-after", Temporary, "done", (*WRITES, "send", "clear")),
    Fault("part", None, "part", ("changes", "arrivals")),
    Fault("garbage", None, "part", ("changes", "arrivals")),
    Fault("unknown", None, "part", ("busy", "sent")),
    Fault("slow", None, "done", READS + WRITES + MAIL),
)

KINDS = {fault.kind: fault for fault in MATRIX}


def cells(*calls: str) -> list[tuple[str, str]]:
    """Every (call, kind) of the matrix for these calls."""
    return [(call, fault.kind) for fault in MATRIX for call in fault.calls if call in calls]
