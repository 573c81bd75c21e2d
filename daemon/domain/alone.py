"""What each of the two is asked alone, as far as a lane has to remember it: who agreed to which version, how it goes.

Not the letters and not what follows (daemon/decide), and not words: of these answers only numbers and dates are kept.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from daemon.domain.language import nearest_first
from daemon.domain.people import Role

Moment = Literal["start", "mid", "end"]
"""When a mentee is asked how sure they are of what they want to learn."""


class Agreement(Struct, frozen=True, omit_defaults=True):
    """The text that both of a pair agree to. `mark` is a short hash of it: another text, another mark. `label` is the
    version of the program that came with it, empty where the file says none. `translations` are the same text in other
    languages: they make no version of their own."""

    text: str
    mark: str
    label: str = ""
    translations: tuple[tuple[str, str], ...] = ()

    def lines(self, language: str) -> list[str]:
        """As a letter to a reader of that language quotes it: a heading of Markdown is a line like any other there."""
        spoken = dict(self.translations)
        near = nearest_first(language, spoken)
        return [
            each.lstrip("#").lstrip() if each.startswith(("# ", "## ", "### ")) else each
            for each in (spoken[near[0]] if near else self.text).split("\n")
        ]

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


class Rating(Struct, frozen=True, omit_defaults=True):
    """One number from 1 to 5, and its day. `about`: a check of how it goes, the moment of an assessment, or the exit."""

    role: Role
    about: str
    day: date
    value: int


class Chemistry(Struct, frozen=True, omit_defaults=True):
    """Whether the two go on after their first 1:1: who is `asked`, what they `said` (1 yes, 2 not sure, 3 no) and `until`
    when the rest is waited for; None while the next 1:1 is. What was said is forgotten when it is settled."""

    asked: tuple[Role, ...]
    said: dict[Role, int] = field(default_factory=dict)
    until: datetime | None = None
    settled_at: datetime | None = None
    """When it was settled that the pair goes on, for now."""
    over: bool = False


class Alone(Struct, frozen=True, omit_defaults=True):
    """All of it about one pair."""

    agreed_to: tuple[AgreedTo, ...] = ()
    ratings: tuple[Rating, ...] = ()
    checked_at: dict[Role, datetime] = field(default_factory=dict)
    """When each was last asked how it goes."""
    assessed: tuple[Moment, ...] = ()
    """The moments about which the mentee was asked."""
    asked_at: dict[Role, datetime] = field(default_factory=dict)
    """When each was last asked anything of this, for what comes next."""
    chemistry: Chemistry | None = None
