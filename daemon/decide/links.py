"""Links: what the two have shared in notes and topics is kept as a list, shown when asked for and in the preps of their last 1:1.

Not the page of a program (pages.py), and nothing of what is private, or held. What is behind a link is never looked at.
"""

from __future__ import annotations

from typing import Any

from daemon.decide.keys import short
from daemon.decide.meeting_types import before
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.meeting import Meeting
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role
from daemon.domain.thread import SharedLink
from daemon.domain.value import replace

LINKS = "links"
"""The word that asks for them, and the letter that shows them."""
KEPT_MOST = 20
IN_PREP_MOST = 8
OF_ONE_MAIL_MOST = 3
CHARACTERS_MAX = 200


def links_in(reply: ReplySeen) -> tuple[str, ...]:
    """Those of its note or topic that are short enough for a letter."""
    short_enough = [link for link in reply.links if len(link) <= CHARACTERS_MAX]
    return tuple(dict.fromkeys(short_enough))[:OF_ONE_MAIL_MOST]


def keep_links(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """The newest, each once: one that is known stays whose it was."""
    known = turn.state.links
    urls = {each.url for each in known}
    new = [SharedLink(link, role, turn.now) for link in links_in(reply) if link not in urls]
    if new:
        turn.state = replace(turn.state, links=(*known, *new)[-KEPT_MOST:])


def show_links(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """At once, to whoever asked."""
    person = turn.state.line.person(role).id
    turn.say(
        turn.letter_stem(LINKS, short(reply.message_id), person),
        SendLetter(
            LINKS, person, {"links": _newest(turn)}, reply.message_id, reply.thread, reply.index
        ),
        reason="the links were asked for",
    )
    return True


def links_for_prep(turn: PairingTurn, meeting: Meeting) -> dict[str, Any]:
    """The facts of a prep about them: a few in that of the last 1:1."""
    links = _newest(turn) if turn.state.links and before(turn, meeting).last else []
    return {"shared_links": links[:IN_PREP_MOST], "more_links": len(links) > IN_PREP_MOST}


def _newest(turn: PairingTurn) -> list[str]:
    return [each.url for each in reversed(turn.state.links)]
