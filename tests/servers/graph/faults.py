"""Faults: what befalls the next requests of a kind, as a test has it.

Not what the server refuses by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Harm = Literal["drop", "drop-after", "say", "say-after", "hang", "hang-after", "tear", "spoil"]


@dataclass(slots=True)
class Fault:
    """`drop`: the connection is cut. `say`: this HTTP status, with that `code`. `…-after`: only after what was asked for has been
    done. `hang`: no answer until `Faults.go_on`. `tear`: half of the answer. `spoil`: the answer as `spoils` leaves it. `at`: how
    the name of the request begins, or several."""

    harm: Harm
    at: str | tuple[str, ...] = ""
    status: int = 503
    code: str = ""
    spoils: Callable[[Json], Json] = lambda answer: answer
    wait_seconds: float | None = None
    times: int = 1
    after: int = 0
    """So many requests of its kind go well before."""
    account: str = ""


class Refused(Exception):
    """What the server does not do: a status, and the code of its error."""

    def __init__(self, status: int, code: str, message: str = "Refused.") -> None:
        super().__init__(message)
        self.status, self.code = status, code
