"""An advisor: somebody outside the pair who is asked to one 1:1, and what is heard of them.

Not one of the two, and nobody of the files: nothing is known of them but an address, until a day that they are told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from daemon.domain.meeting import Origin
from daemon.domain.people import Address, Role

ADVISOR = "advisor-"
"""How the id of an advisor begins; the rest is a name of the mail that wished them, and says nothing of the address."""
AdvisorAnswer = Literal["", "yes", "no"]


class Advisor(Struct, frozen=True, omit_defaults=True):
    """`by` wished them at the 1:1 of that origin. `start` is the time that the last letter says, `written` what it is
    (asked, another time, off), `letters` the how manieth it is. `answer` counts for that time. `over`: nothing more is
    written or expected; `erased_at` the instant that the letters name for the address to be forgotten."""

    id: str
    address: Address
    by: Role
    origin: Origin
    start: datetime
    since: datetime
    erased_at: datetime
    topic: str = ""
    letters: int = 1
    written: Literal["ask", "moved", "off"] = "ask"
    answer: AdvisorAnswer = ""
    told: int = 0
    silent: bool = False
    over: bool = False


class AdvisorSeen(Struct, frozen=True, tag_field="is", tag=True):
    """What an advisor has written in answer to the letter with that key, or that it came back; without a key, what their
    calendar program has answered to the invitation. `text` are words beside yes and no."""

    advisor: str
    key: str
    said: Literal["yes", "no", "stop", "words", "bounced"]
    message_id: str
    at: datetime
    text: str = ""


class AdvisorStopped(Struct, frozen=True, tag_field="is", tag=True):
    """Whoever has the address with that digest wants no more letters, said in another pairing. `name` is that of the mail."""

    digest: str
    name: str
    at: datetime


FromAdvisor: TypeAlias = AdvisorSeen | AdvisorStopped
