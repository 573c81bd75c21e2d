"""Can't: a whole reply that says no more than that its writer can't come, or is ill, today or tomorrow.

Not a regret beside other words: those are a topic, a wish or an answer, and are read by all the others first.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from daemon.domain.observation import Said
from daemon.mail.reading.pieces import spoken_words

CHARACTERS_MAX = 160
AHEAD = ("prep-mentee", "prep-mentor", "week-card", "started", "moved")
"""Letters about a 1:1 to come, which ask nothing that could be answered with a no."""
DATA = Path(__file__).parent / "languages" / "cannot"


class _Patterns:
    """Those of one language: each piece of a reply is one of `today`, `tomorrow`, `cannot`, `ill` or nothing (`beside`)."""

    def __init__(self, code: str) -> None:
        data = tomllib.loads((DATA / f"{code}.toml").read_text(encoding="utf-8"))
        day = f"(?:{data['today']}|{data['tomorrow']})"
        pieces = [
            *(("cannot", each.replace("{day}", day)) for each in data["cannot"]),
            *(("ill", each.replace("{day}", day)) for each in data["ill"]),
            ("tomorrow", data["tomorrow"]),
            ("today", data["today"]),
            *(("beside", re.escape(each)) for each in data["beside"]),
        ]
        self.pieces = [(name, re.compile(rf" *(?:{text})(?= |$)")) for name, text in pieces]
        self.days = {name: re.compile(rf"\b(?:{data[name]})\b") for name in ("today", "tomorrow")}

    def read(self, text: str) -> tuple[str, str]:
        """What it says (cannot, ill or nothing), and of which day; nothing, where a word of it is none of these."""
        at, found = 0, set()
        while at < len(text):
            hits = [(each.match(text, at), name) for name, each in self.pieces]
            at, name = (
                max((hit.end(), name) for hit, name in hits if hit)
                if any(hit for hit, _ in hits)
                else (-1, "")
            )
            if at < 0:
                return "", ""
            found.add(name)
        said = "ill" if "ill" in found else "cannot" if "cannot" in found else ""
        days = [name for name, each in self.days.items() if each.search(text)]
        return ("", "") if len(days) > 1 else (said, days[0] if days else "")


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


@cache
def _patterns(code: str) -> _Patterns | None:
    return _Patterns(code) if (DATA / f"{code}.toml").is_file() else None


def cannot_come(lines: Sequence[str], today: date, language: str) -> Said | None:
    """What the lines of a reply say, all of them together: `cannot` (of a day, or of the 1:1 that is answered), or `ill`, which is
    always of a day."""
    text = " ".join(each.strip() for each in lines if each.strip())
    if not text or len(text) > CHARACTERS_MAX or "?" in text:
        return None
    patterns = _patterns(spoken_words(text, language).code)
    plain = re.sub(r"[^a-z0-9]+", " ", _without_accents(text)).strip()
    said, day = patterns.read(plain) if patterns else ("", "")
    if not said or (said == "ill" and not day):
        return None
    at = today + timedelta(days=1) if day == "tomorrow" else today
    return Said(said, text=text, days=(at, at) if day else None)
