"""Topics: what an invitation says that the 1:1 will be about, on the line of INVITE or on one of its own.

Not whom it invites (values.py, valued.py, brought.py), and no topic for the agenda of the two: only this line goes to the
advisor, and no other word of the mail.
"""

from __future__ import annotations

import re

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.reading.marked import shared_lines

TOPIC_CHARACTERS_MAX = 80
_LEADS = r"(?:about|topic|on the topic of|re|sobre|tema|assunto|über|thema|sur|sujet|acerca de)"
_NEXT = r"(?:next|pr[oó]xim[oa]|n[äa]chst\w*|prochaine?|siguiente)"
_BEHIND = re.compile(
    rf"^,?(?:(?:\s+[\w:]+){{0,4}}?,?\s+{_LEADS}\s*:?|(?:\s+{_NEXT})?\s*:)\s+(\S.*)$", re.IGNORECASE
)
"""Directly behind the address, or a few words on: "next", "to our 1:1 on Tuesday". What stands further off, or in another
sentence, is meant for the other one of the two."""
_OWN_LINE = re.compile(r"^\s*(?:topic|tema|assunto|thema|sujet)\s*:\s*(\S.*)$", re.IGNORECASE)


def with_topic(said: Said, words: str, text: str) -> tuple[Said, str]:
    """An invitation with its topic, and the words beside it without the line, or the part of it, that names the topic."""
    if said.word != "invite" or not said.text:
        return said, text
    for line in shared_lines(words):
        own = _OWN_LINE.match(line)
        _, address, rest = line.casefold().partition(said.text.casefold())
        found = own or (_BEHIND.search(line[len(line) - len(rest) :]) if address else None)
        topic = found[1].strip() if found else ""
        if topic and topic in shared_lines(topic):
            kept = [each for each in text.splitlines() if each.strip() not in (topic, line.strip())]
            return replace(said, about=topic[:TOPIC_CHARACTERS_MAX]), "\n".join(kept).strip()
    return said, text
