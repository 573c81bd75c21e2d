"""Faults: what befalls the next operations of a kind, as a test has it.

Not what the server refuses by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.servers.exchange.soap import Element

Harm = Literal[
    "drop",
    "drop-after",
    "busy",
    "say",
    "say-after",
    "hang",
    "hang-after",
    "tear",
    "refuse",
    "spoil",
]


@dataclass(slots=True)
class Fault:
    """`drop`: the connection is cut. `busy`: ErrorServerBusy, with how long to wait. `say`: this HTTP status. `…-after`: only
    after what was asked for has been done. `hang`: no answer until `Faults.go_on`. `tear`: half of the answer. `refuse`: a response
    message with that `code`. `spoil`: the answer as `spoils` leaves it. `at`: how the name of the operation begins, or several."""

    harm: Harm
    at: str | tuple[str, ...] = ""
    status: int = 503
    code: str = ""
    spoils: Callable[[Element], Element] = lambda answer: answer
    wait_seconds: float | None = None
    times: int = 1
    after: int = 0
    """So many requests of its kind go well before."""
    account: str = ""
