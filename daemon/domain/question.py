"""A question that is answered by a number or a word, beside those about times (proposal.py).

Not its letter and not what follows from the answer: decide/questions.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field

from daemon.domain.people import Role

QuestionKind = Literal[
    "series-gone", "guest-gone", "declined-all", "clash", "absence", "kindly", "lighter",
    "still-good", "wish", "zone-changed", "extend", "leave", "private-hold", "invite", "adopt",
    "advisor-heads-up", "agreement", "check", "assess", "chemistry", "intro", "exit",
]  # fmt: skip


class Question(Struct, frozen=True, omit_defaults=True):
    """Asked of one person, once; `occasion` names it apart from others of its kind.

    Without an answer by `answer_by` its stated, harmless end comes. `facts` are plain values for the
    letter and for what follows. `told_at` is when the letter was accepted. `own`: it answers a command of that
    person, who is evidently awake. `answered` is which answer was given, while what comes of it waits for a morning.
    """

    kind: QuestionKind
    role: Role
    occasion: str
    opened_at: datetime
    answer_by: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    told_at: datetime | None = None
    own: bool = False
    answered: int = 0
