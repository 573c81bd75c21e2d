"""Topics: what an invitation says that the 1:1 will be about, on the line of INVITE or on one of its own.

Not whom it invites (values.py, valued.py, brought.py), and no topic for the agenda of the two: only this line goes to the
advisor, and no other word of the mail.
"""

from __future__ import annotations

import re

from daemon.domain.observation import Said
from daemon.domain.value import replace

TOPIC_CHARACTERS_MAX = 80
_LEADS = r"(?:about|topic|on the topic of|re|sobre|tema|assunto|über|thema|sur|sujet|acerca de)"
_BEHIND = re.compile(rf"(?:(?:[^\w@]|^){_LEADS}\s*:?|:)\s+(\S.*)$", re.IGNORECASE)
_OWN_LINE = re.compile(r"^\s*(?:topic|tema|assunto|thema|sujet)\s*:\s*(\S.*)$", re.IGNORECASE)


def with_topic(said: Said, words: str, text: str) -> tuple[Said, str]:
    """An invitation with its topic, and the words beside it without the line, or the part of it, that names the topic."""
    if said.word != "invite" or not said.text:
        return said, text
    for line in words.splitlines():
        own = _OWN_LINE.match(line)
        _, address, rest = line.casefold().partition(said.text.casefold())
        found = own or (_BEHIND.search(line[len(line) - len(rest) :]) if address else None)
        if found:
            topic = found[1].strip()
            kept = [each for each in text.splitlines() if each.strip() not in (topic, line.strip())]
            return replace(said, about=topic[:TOPIC_CHARACTERS_MAX]), "\n".join(kept).strip()
    return said, text
