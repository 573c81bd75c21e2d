"""What each of the two is asked alone, as far as a lane has to remember it: the agreement, and who agreed to which version.

Not the letters and not what follows (daemon/decide), and not words: of these answers only numbers and dates are kept.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from daemon.domain.people import Role


class Agreement(Struct, frozen=True, omit_defaults=True):
    """The text that both of a pair agree to. `mark` is a short hash of it: another text, another mark. `label` is the
    version of the program that came with it, empty where the file says none."""

    text: str
    mark: str
    label: str = ""

    @property
    def version(self) -> str:
        """How this version is named to people."""
        return f"{self.label}-{self.mark}" if self.label else self.mark


class AgreedTo(Struct, frozen=True, omit_defaults=True):
    """Who agreed to which version of the text, and when."""

    role: Role
    version: str
    mark: str
    at: datetime


class Alone(Struct, frozen=True, omit_defaults=True):
    """All of it about one pair."""

    agreed_to: tuple[AgreedTo, ...] = ()
