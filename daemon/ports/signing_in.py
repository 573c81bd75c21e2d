"""How the owner of an account lets us in from a page: they are sent to their provider, and come back.

Not what is granted: that is kept as a password is, by `connect`.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from daemon.domain.account import Account


class Way(Struct, frozen=True):
    """Somebody is sent to sign in, and comes back to `redirect`. `state` and `proof` have to be known again then: the
    `proof` to nobody else (PKCE, RFC 7636), so that a code that somebody else sees is worth nothing."""

    link: str
    redirect: str
    state: str
    proof: str


class SignsIn(Protocol):
    """Whoever issues what we are let in with."""

    def place(self, account: Account) -> str:
        """The server at which its owner signs in, as `https://host`. Nobody is asked."""
        ...

    def sent_away(self, account: Account, redirect: str) -> Way:
        """Where the owner signs in. NotNow where it cannot be said now."""
        ...

    def come_back(self, account: Account, secret: str, way: Way, address: str) -> str:
        """What was granted, as text, by the `address` to which the browser was led. `secret` is what the issuer gave for
        this program. NotNow where nothing was granted, and why."""
        ...
