"""Introduced: whom a line marked as an introduction names, without the ways to reach them.

Not whether anybody is asked: daemon/decide/introducing.py. An address is not needed: whoever introduces has it.
"""

from __future__ import annotations

import re

_WAYS = re.compile(
    r"[<(\[]?\s*(?:mailto:)?[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+\s*[>)\]]?"  # a mail address
    r"|(?<![\w.])\(?\+?\d[\d ()./-]{6,}\d"  # a telephone number
)
_LEFT_OVER = re.compile(r"[\s,;:(<\[–—-]+$|^[\s,;:)>\]–—-]+")
_TWICE = re.compile(r"\s*([,;])(?:\s*[,;])+")


def introduced(written: str) -> str:
    """ "Priya Rao <priya@example.org>, designs at Example Labs" → "Priya Rao, designs at Example Labs"; empty where nothing
    but an address stands there."""
    bare = re.sub(r"\s+([,;.])", r"\1", _WAYS.sub(" ", written))
    return _LEFT_OVER.sub("", re.sub(r"\s+", " ", _TWICE.sub(r"\1", bare)))
