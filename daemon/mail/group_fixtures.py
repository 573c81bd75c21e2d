"""Literal facts of the letters to the members of a group, and of those to the two that only a group has.

Not of letters that any pair gets: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.sample import (
    ANSWER_BY,
    LINK,
    MOVED_TO,
    NEXT,
    START,
    WEEKLY,
    Facts,
    Fixture,
    to_mentee,
    to_mentor,
)

THREE = ("Cleo", "Ben", "Dan")
_WELCOME: Facts = {
    "start": START, "lengths": [30], **WEEKLY, "others": ["Cleo", "Dan"], "speaker": "Cleo", "link": LINK,
    "again": False, "between": "", "days_before": 1,
}  # fmt: skip
_PREP: Facts = {
    "start": START, "length_minutes": 30, "link": "", "agenda": [], "lines": [], "missing": [],
}  # fmt: skip
_NEWS: Facts = {
    "state": "moved", "start": MOVED_TO, "old_start": START, "length_minutes": 30, "link": LINK,
    "next_start": NEXT,
}  # fmt: skip
_OFF: Facts = {"state": "off", "start": START, "old_start": None}
_COPY: Facts = {
    "what": "note",
    "first": "Dan",
    "lines": ["We looked at two offers."],
    "start": None,
}
_ACK: Facts = {
    "what": "", "speaker": "Cleo", "start": None, "count": 0, "word": "", "answer_by": None,
}  # fmt: skip
_ENDED: Facts = {"case": "ended", "last_start": None}
_ACKED: tuple[Facts, ...] = (
    {"what": "misses", "start": START, "count": 1},
    {"what": "misses", "start": START, "count": 3},
    {"what": "comes", "start": START},
    {"what": "running-late", "count": 10},
    {"what": "running-late", "count": 0},
    {"what": "leave", "answer_by": ANSWER_BY},
    {"what": "zone", "word": "America/Toronto"},
    {"what": "themes", "word": "money, my family"},
    {"what": "language", "word": "en"},
    *(
        {"what": what}
        for what in (
            *("no-date", "left", "stays", "fewer", "more", "for-contact", "kept", "no-notes"),
            *("unproved", "late", "late-long"),
            *("unclear", "only-the-two"),
        )
    ),
)

GROUPS: dict[str, tuple[Fixture, ...]] = {
    "group-welcome": (
        to_mentee("weekly", _WELCOME, group=THREE),
        to_mentee("every two weeks, no link", _WELCOME, {"weeks": 2, "link": ""}, group=THREE),
        to_mentee("agreed on a way", _WELCOME, {"between": "our Slack"}, group=THREE),
        to_mentee("asked two days before", _WELCOME, {"days_before": 2}, group=THREE),
        to_mentee("asked on the day", _WELCOME, {"days_before": 0}, group=THREE),
        to_mentee("by mail", _WELCOME, by_mail=True, group=THREE, mailbox_readers=()),
        to_mentee("two can read along", _WELCOME, group=THREE, mailbox_readers=("Maya", "Tom")),
        to_mentee("a few sessions", _WELCOME, {"start": None, "weeks": 0}, group=THREE),
        to_mentee("another time", _WELCOME, {"again": True}, group=THREE),
    ),
    "group-prep": (
        to_mentee("nothing yet", _PREP, group=THREE),
        to_mentee(
            "topics, and one who can't come", _PREP,
            {
                "agenda": ["Cleo: How did you choose?", "Ana: Your CVs"], "link": LINK,
                "lines": ["Dan: We looked at two offers."], "missing": ["Dan"],
            },
            group=THREE,
        ),
    ),
    "group-news": (
        to_mentee("moved", _NEWS, group=THREE),
        to_mentee("a session", _NEWS, {"old_start": None, "link": ""}, group=THREE),
        to_mentee("off", _NEWS, _OFF, group=THREE),
        to_mentee("off, and no other", _NEWS, _OFF, {"next_start": None}, group=THREE),
        to_mentee("on again", _NEWS, {"state": "on", "start": START, "old_start": None}, group=THREE),
    ),
    "group-copy": (
        to_mentee("a note", _COPY, group=THREE),
        to_mentor("a topic", _COPY, {"what": "agenda", "start": START}, group=THREE),
    ),
    "group-ended": (
        to_mentee("one to come", _ENDED, {"last_start": NEXT}, group=THREE),
        to_mentee("none to come", _ENDED, group=THREE),
        to_mentee("taken out by the files", _ENDED, {"case": "removed"}, group=THREE),
    ),
    "group-ack": tuple(
        to_mentee(f"{each['what']} {each.get('count', '')}".strip(), _ACK, each, group=THREE)
        for each in _ACKED
    ),
    "group-missing": (
        to_mentor("the mentor", {"first": "Dan", "start": START}, group=THREE),
        to_mentee("who speaks for it", {"first": "Dan", "start": START}, group=THREE),
    ),
    "group-changed": (
        to_mentor("left", {"case": "left", "firsts": ["Dan"]}, group=THREE),
        to_mentor("two left", {"case": "left", "firsts": ["Cleo", "Dan"]}),
        to_mentee("joined", {"case": "joined", "firsts": ["Dan"]}, group=THREE),
        to_mentee("two joined", {"case": "joined", "firsts": ["Cleo", "Dan"]}, group=THREE),
    ),
}  # fmt: skip
