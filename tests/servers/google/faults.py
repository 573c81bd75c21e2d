"""Faults: what befalls the next requests of a kind, as a test has it.

Not what Google refuses by itself: refused.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.servers.google.schema import Json

Harm = Literal["drop", "drop-after", "say", "say-after", "hang", "hang-after", "spoil", "tear"]


@dataclass(slots=True)
class Fault:
    """`drop`: the connection is cut. `say`: `status` with `reason` is the answer. `…-after`: only after what was asked for
    has been done. `hang`: no answer until `Faults.go_on`, and then the connection is cut. `tear`: half of the
    answer. `spoil`: the answer as `spoils` leaves it. `at`: the method, or how its id begins, or several of these."""

    harm: Harm
    at: str | tuple[str, ...] = ""
    status: int = 503
    reason: str = "backendError"
    retry_after: int | None = None
    times: int = 1
    after: int = 0
    """So many requests of its kind go well before."""
    account: str = ""
    spoils: Callable[[Json], Json] = lambda answer: answer
