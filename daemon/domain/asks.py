"""Questions that one of the two may put to the other, as an idea for a 1:1.

Not a question that the daemon asks: that is question.py.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Need = Literal["personal", "practical"]


class Ask(Struct, frozen=True, omit_defaults=True):
    """`by` is who may ask it. `need`: whether it is about how somebody is, or about what they do; the two take turns.
    `from_meeting`: it is an idea for their so-many-th 1:1 at the earliest. `sensitive`: only where the program says so. `language` is
    that of its bank; empty for that of the program."""

    text: str
    theme: str
    need: Need
    by: Literal["mentor", "mentee", "both"] = "both"
    from_meeting: int = 1
    sensitive: bool = False
    language: str = ""
