"""Days and times of the week as people write them in German, French, Spanish and Portuguese, to tell what to write.

Not accepted anywhere: a file has one way to write a time, which is in calendar_kinds.py.
"""

from __future__ import annotations

import re
import unicodedata

from daemon.settings.kinds import Wrong, clock_of, minute_of

_SHORT = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_LONG = (
    ("montag", "lundi", "lunes", "segunda-feira"),
    ("dienstag", "mardi", "martes", "terca-feira"),
    ("mittwoch", "mercredi", "miercoles", "quarta-feira"),
    ("donnerstag", "jeudi", "jueves", "quinta-feira"),
    ("freitag", "vendredi", "viernes", "sexta-feira"),
    ("samstag", "samedi", "sabado", "sonnabend"),
    ("sonntag", "dimanche", "domingo"),
)
_CLOCK = re.compile(r"(?:.* )?([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(?:h|uhr)?", re.IGNORECASE)


def weekday_meant(text: str) -> int | None:
    """0 for Mo, lundi, lunes or segunda; None for what is a day in none of these languages."""
    apart = unicodedata.normalize("NFKD", text.lower().rstrip(".,"))
    word = "".join(each for each in apart if not unicodedata.combining(each))
    if word in _SHORT or len(word) < 3:
        return _SHORT.get(word)
    found = [n for n, names in enumerate(_LONG) if any(each.startswith(word) for each in names)]
    return found[0] if len(found) == 1 else None


def clock_meant(text: str) -> str:
    """The time to write for 10, 17h30, 17 Uhr or 3pm; empty where none is found."""
    try:
        return clock_of(minute_of(text))
    except Wrong as wrong:
        if wrong.advice:
            return wrong.advice.removeprefix("Write ").rstrip(".")
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return ""
    return clock_of(int(found[1]) * 60 + int(found[2] or 0))
