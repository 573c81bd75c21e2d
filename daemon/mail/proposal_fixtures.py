"""Literal facts for the letters that look for another time, every branch of them.

Not how they are rendered: fixtures.py puts all fixtures together.
"""

from __future__ import annotations

from daemon.mail.sample import (
    ANSWER_BY,
    NEXT,
    RESERVED,
    SLOTS,
    START,
    Facts,
    Fixture,
    to_mentee,
    to_mentor,
)

_NO_NEXT: Facts = {"next_start": None}
_VETTED: Facts = {"vetting": True}

_PROPOSAL: Facts = {
    "start": START, "slots": SLOTS, "answer_by": ANSWER_BY, "next_start": NEXT, "keeps": False,
    "session": False, "round": 1, "cause": "cancelled", "widened": False, "undone": False,
}  # fmt: skip
_VETTING = {name: _PROPOSAL[name] for name in _PROPOSAL if name not in ("widened", "undone")}
_NUDGE: Facts = {
    "start": START, "slots": SLOTS[1:], "answer_by": ANSWER_BY, "next_start": NEXT, "keeps": False,
    "session": False, "last": True, "vetting": False,
}  # fmt: skip
_GONE: Facts = {
    "start": SLOTS[0]["start"], "slots": SLOTS[1:], "answer_by": ANSWER_BY, "next_start": NEXT,
    "keeps": False, "session": False, "number": 1,
}  # fmt: skip
_RESERVED: Facts = {"slots": RESERVED}
_KEEPS: Facts = {"keeps": True}
_ONE_LEFT: Facts = {"slots": SLOTS[1:2]}
_COUNTER = {
    name: _PROPOSAL[name]
    for name in ("start", "slots", "answer_by", "next_start", "keeps", "session")
}
_SESSION: Facts = {"session": True, "next_start": None, "start": SLOTS[0]["start"]}
_BY_HAND: Facts = {"keeps": True, "cause": "moved", "start": SLOTS[0]["start"]}

ANOTHER_TIME: dict[str, tuple[Fixture, ...]] = {
    "proposal": (
        to_mentee("can't take place", _PROPOSAL),
        to_mentee("declined, further away", _PROPOSAL, {"cause": "declined", "widened": True}),
        to_mentee("somebody is away", _PROPOSAL, {"cause": "away"}),
        to_mentee("asked for", _PROPOSAL, _KEEPS, {"cause": "asked"}),
        to_mentee("did not take place", _PROPOSAL, _NO_NEXT, {"cause": "missed"}),
        to_mentee("moved by hand", _PROPOSAL, _BY_HAND),
        to_mentee("in a break", _PROPOSAL, {"cause": "meet"}),
        to_mentee("taken back", _PROPOSAL, {"undone": True}),
        to_mentee("with a reserved time", _PROPOSAL, _RESERVED),
        to_mentee("last round, one left", _PROPOSAL, _ONE_LEFT, {"round": 3}),
        to_mentee("a session", _PROPOSAL, _SESSION, {"cause": "session"}),
        to_mentee("a session, second round", _PROPOSAL, _SESSION, {"cause": "session", "round": 2}),
    ),
    "proposal-mentor": (
        to_mentor("can't take place", _VETTING),
        to_mentor("asked for", _VETTING, _KEEPS, {"cause": "asked"}),
        to_mentor("did not take place", _VETTING, _NO_NEXT, {"cause": "missed"}),
        to_mentor("in a break", _VETTING, {"cause": "meet"}),
        to_mentor("with a reserved time", _VETTING, _RESERVED),
        to_mentor("last round, one left", _VETTING, _ONE_LEFT, {"round": 3}),
        to_mentor("a session", _VETTING, _SESSION, {"cause": "session"}),
        to_mentor("the mentor takes the initiative", _VETTING, initiator="mentor"),
    ),
    "proposal-nudge": (
        to_mentee("two left", _NUDGE),
        to_mentee("one left, keeps, not the last", _NUDGE, _KEEPS, _ONE_LEFT, {"last": False}),
        to_mentee("no next", _NUDGE, _NO_NEXT),
        to_mentee("with a reserved time", _NUDGE, _RESERVED),
        to_mentor("to be offered", _NUDGE, _VETTED),
        to_mentee("a session", _NUDGE, _SESSION),
        to_mentor("a session, to be offered", _NUDGE, _SESSION, _VETTED),
    ),
    "counter": (
        to_mentor("proposed by the mentee", _COUNTER, _KEEPS),
        to_mentee("proposed by the mentor, nothing else", _COUNTER, _KEEPS, {"slots": SLOTS[:1]}),
        to_mentor("declined as well", _COUNTER),
        to_mentor("declined as well, no next", _COUNTER, _NO_NEXT, _ONE_LEFT),
    ),
    "slot-gone": (
        to_mentee("taken", _GONE),
        to_mentee("taken, keeps", _GONE, _KEEPS),
        to_mentee("taken, with a reserved time", _GONE, _RESERVED),
        to_mentee("one left, no next", _GONE, _ONE_LEFT, _NO_NEXT),
        to_mentee("a session", _GONE, _NO_NEXT, {"session": True}),
    ),
}
