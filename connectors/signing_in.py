"""Whoever owns an account signs in where it is: at Microsoft 365, or at any other issuer of tokens.

Not how: connectors/microsoft and connectors/internet/oauth.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from connectors.at_microsoft import LOGIN, app_for, scopes_of
from connectors.internet import Person
from connectors.internet import SigningIn as Elsewhere
from connectors.internet import sign_in as sign_in_elsewhere
from daemon.domain.account import Account
from daemon.domain.program import Config
from daemon.ports import Clock
from daemon.ports.signing_in import Way


def sign_in(config: Config, account: Account, secret: str, person: Person, clock: Clock) -> str:
    """What was granted, as text; whoever sits at the terminal is told what to do. NotNow where nothing was granted, and why."""
    if not account.at_microsoft:
        return sign_in_elsewhere(account, secret, person, clock)
    from connectors.microsoft.signing_in import with_code

    app = app_for(config, account)  # a code is for programs that can keep no secret
    return with_code(app, account.address, scopes_of(account), person.tell, person.wait)


class SigningIn:
    """See SignsIn."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._elsewhere = config, Elsewhere(clock)

    def place(self, account: Account) -> str:
        """See SignsIn."""
        if not account.at_microsoft:
            return self._elsewhere.place(account)
        parts = urlsplit(account.url or LOGIN)
        return f"{parts.scheme}://{parts.netloc}"

    def sent_away(self, account: Account, redirect: str) -> Way:
        """See SignsIn."""
        if not account.at_microsoft:
            return self._elsewhere.sent_away(account, redirect)
        from connectors.microsoft.signing_in import sent_away

        app = app_for(self._config, account)
        return sent_away(app, account.address, scopes_of(account), redirect)

    def come_back(self, account: Account, secret: str, way: Way, address: str) -> str:
        """See SignsIn."""
        if not account.at_microsoft:
            return self._elsewhere.come_back(account, secret, way, address)
        from connectors.microsoft.signing_in import come_back

        app = app_for(self._config, account, secret)
        return come_back(app, account.address, scopes_of(account), way, address)
