"""Whether words may be meant for few: the wish for another mentor, discomfort, harassment, illness, leaving.

Not who may read them: that is asked (private-hold). It would rather ask once too often than once too late.
"""

from __future__ import annotations

import re
from functools import lru_cache

from daemon.mail.reading.lexicon import LANGUAGES, listed, table
from daemon.mail.reading.tokens import folded


def looks_confidential(text: str) -> bool:
    """Whether something in it looks so, in any of the languages, whatever language the rest is in."""
    return bool(_parts().search(re.sub(r"\s+", " ", folded(text))))


@lru_cache(maxsize=1)
def _parts() -> re.Pattern[str]:
    """The beginnings of words that look so."""
    parts = {folded(each) for code in LANGUAGES for each in listed(table(code)["confidential"])}
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(each) for each in sorted(parts)) + ")")
