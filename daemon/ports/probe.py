"""What a connector finds out about an account when it is asked whether all is well: `connect` and `doctor` show it.

Not a repair, and not a secret: nothing in here may name a password.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from daemon.domain.people import Address

State = Literal["good", "look", "bad"]


class Check(Struct, frozen=True):
    """One thing that was looked at: `good`, worth a `look`, or `bad`, which stops the account. `name` is one of
    reachability, tls, login, calendar, capabilities, limits, clock, kept and what a mail to itself shows; `advice` is what to do, empty where it is good."""

    name: str
    state: State
    text: str
    advice: str = ""


class Probe(Struct, frozen=True):
    """An account as it was found. `facts` are settled things that can be shown or kept, by name."""

    account: Address
    checks: tuple[Check, ...]
    facts: dict[str, str] = {}

    @property
    def usable(self) -> bool:
        """Whether nothing stops it."""
        return all(check.state != "bad" for check in self.checks)
