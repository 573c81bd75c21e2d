"""Errors of the world, as connectors may raise them, and errors a user can mend.

    Exception
    ├── ConnectorError
    │   ├── Temporary        try again, not before `retry_after`; the change may have happened
    │   ├── Permanent        this change will never work
    │   │   └── ReaderRefused    of a letter: its one reader is refused, everybody else may get theirs
    │   ├── CursorExpired    list everything again
    │   ├── VersionConflict  somebody else was faster, or an id is taken
    │   └── AccessLost       this account cannot be used until its owner does something
    └── UserError            wrong call, config or folder: said in one line, exit 2
        └── NotNow           right as asked, but not possible now: exit 1
            └── StoreDamaged

Not programmer errors: those are assertions.
"""

from __future__ import annotations

from datetime import timedelta


class ConnectorError(Exception):
    """Anything a connector may raise. Every vendor error becomes one of its children."""


class Temporary(ConnectorError):
    """It may work later. Whether a change has happened is not known. `whole`: nothing of this account works just now,
    so nothing else of it is tried before."""

    def __init__(
        self, why: str, retry_after: timedelta | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.whole = whole


class Permanent(ConnectorError):
    """It will not work like this, however often it is tried; nothing has changed."""


class ReaderRefused(Permanent):
    """A server does not take a letter to this reader. `said` is what it answered, to be judged and never shown: it names
    people."""

    def __init__(self, why: str, said: str) -> None:
        super().__init__(why)
        self.said = said


class CursorExpired(ConnectorError):
    """The cursor is no longer known; a full listing is needed."""


class VersionConflict(ConnectorError):
    """The expected version is not the present one, or the id is taken; nothing has changed."""


class AccessLost(ConnectorError):
    """The account refuses us, or is gone. Stops that account only; nothing has changed."""


class UserError(Exception):
    """Something the person at the keyboard can mend. The text says what, where and what to do."""

    exit_code = 2


class NotNow(UserError):
    """A right call that cannot be done at this moment: taken, full, read-only, not there yet."""

    exit_code = 1


class StoreDamaged(NotNow):
    """The store cannot be trusted; the text names the way back."""
