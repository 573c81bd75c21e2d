"""Literal facts of letters that ask for a number or a word, that answer one, and of those to the contact.

Not proposals of times and nothing around a meeting: fixtures.py.
"""

from __future__ import annotations

from daemon.mail.advisor_fixtures import SAID_OF_ADVISORS
from daemon.mail.alone_fixtures import ASKED_ALONE, SAID_ALONE, TOLD_OF_ALONE
from daemon.mail.introduction_fixtures import ASKED_TO_INTRODUCE
from daemon.mail.report_fixtures import REPORTS
from daemon.mail.sample import (
    ACK,
    BIWEEKLY,
    LATER,
    MAYA,
    MOVED_TO,
    REGULAR,
    RESERVED,
    SLOTS,
    START,
    WEEKLY,
    Facts,
    Fixture,
    to_mentee,
    to_mentor,
)

_ASKED: Facts = {"answer_by": "2026-12-05T09:00:00Z", "reminder": False, "last": False}
_DOUBT: Facts = {**_ASKED, "start": START, "tell_at": "2026-11-30T14:00:00Z"}
_NO_DOUBT: Facts = {"start": None, "tell_at": None}
_DAYS: Facts = {"first": "2026-12-10", "last": "2026-12-24"}
_ABSENCE: Facts = {**_ASKED, "own": True, "source": "4f1c", "left_out": [LATER], **_DAYS}
_THEIRS: Facts = {"own": False, "reminder": False, "answer_by": None, "left_out": [LATER], **_DAYS}
_DAY_BEFORE: Facts = {"answer_by": "2026-12-02T15:00:00Z"}
_GUEST: Facts = {
    "guest": "priya@lab.example.org", "topic": "internships", "start": MOVED_TO, **_DAY_BEFORE,
}  # fmt: skip
_NO_TOPIC: Facts = {"topic": ""}
_OWN: Facts = {
    **_ASKED, "kind": "series", "start": START, "planned": None, "weeks": 0, "months": 0, "known": False,
    "by": "mentor",
}  # fmt: skip
_SINGLE: Facts = {"kind": "single", "planned": START, "answer_by": "2026-11-30T09:00:00Z"}
_EXTEND: Facts = {**_ASKED, "answer_by": "2027-06-30T22:00:00Z", "ends": "2027-06-30", "weeks": 13}

QUESTIONS: dict[str, tuple[Fixture, ...]] = {
    "series-gone": (
        to_mentor("first", _DOUBT),
        to_mentor("nothing planned", _DOUBT, _NO_DOUBT),
        to_mentor("recalled", _DOUBT, {"reminder": True}),
        to_mentor("recalled for the last time", _DOUBT, {"reminder": True, "last": True}),
    ),
    "guest-gone": (to_mentor("first", _ASKED),),
    "declined-all": (to_mentee("first", _DOUBT), to_mentee("nothing planned", _DOUBT, _NO_DOUBT)),
    "clash": (
        to_mentor("to the mentor", _ASKED, {"start": MOVED_TO, "source": "4f1c", **_DAY_BEFORE}),
    ),
    "absence": (
        to_mentor("is that right", _ABSENCE),
        to_mentor("of an automatic answer", _ABSENCE, {"source": "mail-mentor-20261210-20261224"}),
        to_mentee("is that right, nothing falls into it", _ABSENCE, {"left_out": []}),
        to_mentee("the partner's", _THEIRS),
        to_mentee("the partner's, one day", _THEIRS, {"left_out": [], "last": "2026-12-10"}),
    ),
    "kindly": (to_mentor("to the mentor", _ASKED),),
    "lighter": (to_mentee("to the mentee", _ASKED),),
    "still-good": (to_mentee("to the mentee", _ASKED),),
    "wish": (
        to_mentor("rarer", _ASKED, {"what": "cadence"}, BIWEEKLY),
        to_mentee("shorter", _ASKED, {"what": "length", "minutes": 20}),
    ),
    "zone-changed": (
        to_mentee("moved", _ASKED, {"before": "Europe/Lisbon", "start": START}),
        to_mentee("nothing planned", _ASKED, {"before": "Europe/Lisbon", "start": None}),
    ),
    "extend": (
        to_mentee("by weeks", _EXTEND),
        to_mentor("without an end", _EXTEND, {"weeks": 0}),
    ),
    "private-hold": (to_mentee("a note", _ASKED),),
    "invite": (
        to_mentor("of a mentee", _ASKED, _GUEST),
        to_mentor("of a mentee, no topic", _ASKED, _GUEST, _NO_TOPIC),
    ),
    "advisor-heads-up": (
        to_mentee("with a topic", _ASKED, _GUEST),
        to_mentee("without a topic", _ASKED, _GUEST, _NO_TOPIC),
    ),
    "adopt": (
        to_mentor("a series, none of ours", _OWN, WEEKLY),
        to_mentor("a series, the time is known", _OWN, WEEKLY, {"known": True}),
        to_mentor("a rarer one, recalled", _OWN, BIWEEKLY, {"reminder": True, "last": True}),
        to_mentor("beside ours", _OWN, WEEKLY, {"kind": "double", "known": True}),
        to_mentor("a single one", _OWN, _SINGLE, {"start": MOVED_TO}),
        to_mentor("a session", _OWN, _SINGLE, {"kind": "session"}),
        to_mentor("made by the mentee", _OWN, WEEKLY, {"by": "mentee"}),
        to_mentor("beside ours, by the mentee", _OWN, WEEKLY, {"by": "mentee", "kind": "double"}),
        to_mentor("a single one, by the mentee", _OWN, _SINGLE, {"by": "mentee"}),
    ),
    "leave": (to_mentee("asked once", _ASKED, {"ends": "2026-12-12"}),),
    **ASKED_ALONE,
    **ASKED_TO_INTRODUCE,
}
_UNSURE: Facts = {
    "elsewhere": True, "address": "ben@example.net", "at": START, "more": 0,
    "answer_by": "2026-12-08T14:00:00Z",
}  # fmt: skip
DOUBTS: dict[str, tuple[Fixture, ...]] = {
    "not-sure-it-is-you": (
        to_mentee("another address", _UNSURE),
        to_mentor("several mails", _UNSURE, {"more": 2}),
        to_mentee("an address that cannot be shown", _UNSURE, {"address": ""}),
        to_mentee("the own address, not proved", _UNSURE, {"elsewhere": False, "address": ""}),
    ),
    "hello": (
        to_mentee("of one pairing", {"several": False}),
        to_mentor("of several", {"several": True}),
    ),
}

# --- answers to what somebody wrote

_AT: Facts = {"start": START}
_A_WEEK: Facts = {"most": 3, "each": "week"}
_UNDO: Facts = {"undo": True}
_AWAY: Facts = {"days": ["2026-12-10", "2026-12-24"]}
_PAUSED: Facts = {"days": ["2026-11-28", "2027-01-15"]}
_LENGTH: Facts = {"minutes": 20}
_ENDS: Facts = {"ends": "2026-12-12"}
_DONE: tuple[tuple[list[str], list[str]], ...] = (
    (["send Ana the CV draft"], []),
    ([], ["A first draft of the CV"]),
    (["send Ana the CV draft"], ["A first draft of the CV"]),
)
_SAID: dict[str, tuple[Facts, ...]] = {
    "handover": ({"items": ["send the CV draft"]}, {}),
    "undone-handover": ({},),
    "handover-late": ({},),
    "vetted": ({},),
    "stays": ({},),
    "none": ({},),
    "gone": (_AT,),
    "late": ({},),
    "kept": (_AT,),
    "withdrawn": (_AT, {}),
    "wish-no": ({},),
    "missed": ({},),
    "too-late": (_AT,),
    "counter": (_AT,),
    "counter-later": ({},),
    "meet": (_AT,),
    "meet-later": ({},),
    "done": tuple({"items": items, "reached": reached, **_UNDO} for items, reached in _DONE),
    "yes": ({},),
    "no": ({},),
    "fixed": ({**_AT, **WEEKLY}, _LENGTH, BIWEEKLY),
    "fixed-rests": ({},),
    "not-away": (_AWAY,),
    "extend-on": ({"ends": "2027-09-29"}, {"ends": ""}),
    "extend-over": ({"ends": "2027-06-30"},),
    "away": ({**_AWAY, **_UNDO},),
    "ill": ({"days": ["2026-11-28", "2026-11-28"], **_UNDO},),
    "pause": ({**_PAUSED, **_UNDO},),
    "resume": (_AT, {}),
    "closing": (_ENDS,),
    "doubt-yes": ({}, {"items": ["ben@example.net"]}),
    "doubt-no": ({},),
    "doubt-late": ({},),
    "running-late": ({"minutes": 10}, {}),
    "fewer": (
        {"on": False, **_A_WEEK, **_UNDO},
        {"on": True, **_A_WEEK, **_UNDO},
        {"on": True, "most": 2, "each": "day", **_UNDO},
        {"on": False, **_A_WEEK},
    ),
    "language": ({"language": "pt", **_UNDO}, {"language": "en", **_UNDO}),
    **dict.fromkeys(("invite-asked", "invite-yes", "invite-no"), (_AT,)),
    **SAID_OF_ADVISORS,
    "goal": ({"items": ["A research place for the summer"], **_UNDO},),
    "goal-none": ({},),
    "later": ({"days": ["2027-03-01"]},),
    **dict.fromkeys(("stop", "meet-once", "kept-back"), ({},)),
    "goals-full": ({"items": ["A sixth one"]},),
    "private-hold-1": ({},),
    **{f"private-hold-{n}": (_UNDO,) for n in (2, 3)},
    "invite": ({**_AT, "guest": "priya@lab.example.org"},),
    **{f"invite-{n}": ({**_AT},) for n in (1, 2)},
    "cadence-no": ({},),
    "wish": (BIWEEKLY, _LENGTH),
    "for-contact": ({"items": ["HELP"]},),
    "undo-late": ({},),
    **{f"undone-{what}": (_AT,) for what in ("moved", "skip", "move")},
    **{
        f"undone-{what}": ({},)
        for what in ("words", "done", "away", "pause", "fewer", "language", "ill")
    },
    # A question's own facts come back with the answer to it.
    **{f"{kind}-{n}": (_AT,) for kind in ("series-gone", "declined-all") for n in (1, 2, 4)},
    **{f"{kind}-3": (_PAUSED,) for kind in ("series-gone", "declined-all", "still-good")},
    **{f"guest-gone-{n}": (_AT,) for n in (1, 2)},
    **{f"clash-{n}": (_AT,) for n in (1, 2)},
    **{f"absence-{n}": (_AWAY,) for n in (1, 2)},
    **{f"{kind}-{n}": ({},) for kind in ("kindly", "lighter", "zone-changed") for n in (1, 2, 3)},
    **{f"still-good-{n}": ({},) for n in (1, 2, 4)},
    **{f"wish-{n}": (BIWEEKLY, _LENGTH) for n in (1, 2)},
    **{f"extend-{n}": ({"ends": "2027-06-30", "weeks": 13},) for n in (1, 2, 3)},
    **{f"leave-{n}": (_ENDS,) for n in (1, 2)},
    **{f"adopt-{n}": (_AT,) for n in (1, 2)},
    **SAID_ALONE,
}


_OF_MENTOR = ("vetted", "series-gone", "guest-gone", "clash", "invite-1", "invite-2", "adopt")


def _acks() -> tuple[Fixture, ...]:
    most = tuple(
        (to_mentor if what.startswith(_OF_MENTOR) else to_mentee)(
            f"{what} {number}" if number else what, ACK, {"what": what}, facts
        )
        for what, ways in _SAID.items()
        for number, facts in enumerate(ways)
    )
    return (
        *most,
        to_mentee("move", ACK, _UNDO, {"what": "move"}),
        to_mentee("clash-2, the mentee", ACK, {"what": "clash-2"}, _AT),
        to_mentor("move, the mentor", ACK, _UNDO, {"what": "move"}),
        to_mentor("skip, the mentor", ACK, {"what": "skip"}),
        to_mentee("can't, the mentee", ACK, {"what": "skip"}),
        to_mentor("skip, the mentor, to be taken back", ACK, _UNDO, {"what": "skip"}),
        to_mentor("closing, the mentor", ACK, {"what": "closing"}, _ENDS),
    )


_UNCLEAR: Facts = {
    "said": "maybe the second, or later?", "slots": [], "list": "", "vetting": False, "invited": False,
    "question": "", "ends": "", "more_weeks": 0, **WEEKLY,
}  # fmt: skip
_MEANT: Facts = {**_UNCLEAR, "about": "proposal", "list": "meeting", "slots": SLOTS}
_SERIES: Facts = {"list": "series", "slots": REGULAR}
_CLOSED: Facts = {**_UNCLEAR, "about": "closed-list"}
_ASKED_OF_MENTOR = ("series-gone", "guest-gone", "clash", "invite", "adopt")


def _unclear_questions() -> tuple[Fixture, ...]:
    """One for each question: its answers are repeated."""
    return tuple(
        (to_mentor if kind in _ASKED_OF_MENTOR else to_mentee)(
            f"{kind} {number}", _UNCLEAR, {"about": "question", "question": kind},
            {"ends": asked.facts.get("ends", ""), "more_weeks": asked.facts.get("weeks", 0)},
        )
        for kind, ways in QUESTIONS.items()
        for number, asked in enumerate(ways)
        if (asked.facts.get("own", True) and not number) or kind == "extend"
    )  # fmt: skip


ANSWERS: dict[str, tuple[Fixture, ...]] = {
    "ack": _acks(),
    "unclear": (
        to_mentee("which time", _MEANT),
        to_mentee("which session", _MEANT, {"list": "session"}),
        to_mentor("which can be offered", _MEANT, {"vetting": True}),
        to_mentee("which regular", _MEANT, _SERIES),
        to_mentee("which regular, at first", _MEANT, _SERIES, BIWEEKLY, {"invited": True}),
        to_mentee("no list open", _UNCLEAR, {"about": "proposal"}),
        to_mentee("closed list", _CLOSED, {"list": "meeting", "slots": SLOTS}),
        to_mentee("closed list, reserved", _CLOSED, {"list": "meeting", "slots": RESERVED}),
        to_mentee("closed, none open", _CLOSED, {"said": "2"}),
        to_mentor("welcome", _UNCLEAR, {"about": "welcome"}),
        to_mentee("doubt", _UNCLEAR, {"about": "doubt"}),
        to_mentee("late for none", _UNCLEAR, {"about": "late", "said": "LATE 10"}),
        to_mentee("late for all of it", _UNCLEAR, {"about": "late-long", "said": "LATE 40"}),
        to_mentee("sealed", _UNCLEAR, {"about": "sealed", "said": ""}),
        to_mentor("of several", _UNCLEAR, {"about": "which-list", "said": "2"}),
        *_unclear_questions(),
        to_mentee("what may be read", _UNCLEAR, {"about": "handover"}),
        to_mentor("other", _UNCLEAR, {"about": "other", "said": ""}),
    ),
}  # fmt: skip

# --- to the contact

_ALARMS = ("account-lost", "files-wrong", "mail-set-aside", "mail-stuck", "not-decided", "on-hold")
_ALARMS_PAST = (*_ALARMS, "no-beat", "store-damaged")
"""While nothing beats, or the store is damaged, no letter can be written."""
_TOLD_OF_ALL: dict[str, Facts] = {
    "account-lost": {"first": "Ana Rao"},
    "account-new": {"first": "Ana Rao"},
    "account-troubled": {"first": "Ana Rao"},
    **{f"alarm-{name}": {"count": 1, "since": START} for name in _ALARMS},
    **{f"alarm-over-{name}": {"since": START} for name in _ALARMS_PAST},
    "alarm-anew-files-wrong": {"since": START},
    "back": {"hours": 30},
    "monday": {"due": 4, "held": 3, "ahead": 4, "letters": 12, "active": 4, "left_out": 1},
    "quiet-list": {"people": ["Ben Das", "Chi Lin"]},
    "report": {**REPORTS[0]},
    "vanished": {"gone": 4, "known": 5, "first": "Ana Rao"},
    "something-new": {"at": START},  # without words of its own, it is told all the same
}
_TOLD: dict[str, Facts] = {
    "change-wished": {"first": "Ben"},
    "declined-all": {},
    "deleted-twice": {},
    "by-hand": {"what": "a series that had ended goes on again in its calendar", "first": "Ana"},
    "address-on-hold": {"first": "Ben Das", "why": "no such user"},
    "address-soft": {"first": "Ben Das", "why": "mailbox full"},
    "complained": {"first": "Ben Das"},
    "for-contact": {"first": "Ben", "word": "HELP"},
    "guest-gone": {},
    "lapsed": {"planned": "2026-12-01"},
    "letters-over": {"first": "Ana"},
    "mail-storm": {"first": "Ben"},
    "needs-a-word": {},
    "not-me": {"first": "Ben", "mails": 2},
    "not-understood": {"first": "Ben"},
    "no-time-found": {"what": "session"},
    "paused-by-silence": {},
    "paused-long": {},
    "refused": {"what": "move"},
    "rounds-over": {},
    "said-no": {"first": "Ana", "role": "mentor"},
    "series-gone": {},
    "session-late": {"number": 1},
    "setup-silent": {"first": "Ana", "role": "mentor"},
    **TOLD_OF_ALONE,
    "something-new": {"at": START},
}
_IDLE: Facts = {"due": 0, "held": 0, "ahead": 0, "letters": 0, "active": 0}
_MONDAYS: tuple[Facts, ...] = (
    _IDLE,
    {**_IDLE, "languages": {"es": 1, "pt": 2}},
    {
        "due": 1, "held": 0, "ahead": 1, "letters": 2, "active": 1, "settling": 1, "paused": 1,
        "invited": 2, "silent": 1, "waiting": 3,
    },
)  # fmt: skip
_WISH: Facts = {"first": "Ben", "what": "a wish for shorter 1:1s than this program can"}
_COMMANDS = {
    "alarm-files-wrong": "run.py check",
    "alarm-on-hold": "run.py held",
    "vanished": "run.py release frozen/ana@example.org",
}
_BESIDE = ("command", "options", "release", "shown")
_WELCOME: Facts = {
    "to": "Ana Rao",
    "paragraphs": [
        ["Maya suggests you as mentor for Ben Das: 30 minutes a week."],
        ["Hi Ana,", "would you like to? Reply YES or NO.", "Ben then picks among your free hours."],
        ["If I hear nothing, I remind you; nothing happens until you answer."],
    ],
}
_LAUNCH: Facts = {
    "count": 1, "shown": [_WELCOME], "command": "run.py held",
    "release": "run.py release first-run/koss-2027",
}  # fmt: skip
_FILES_WAIT: Facts = {"count": 12, "command": "run.py plan", "release": "run.py apply --yes"}
_OF_ALL: Facts = {"pair": "", "both": "", "pairing": ""}
_OF_A_PAIR: Facts = {
    "pair": "Ana & Ben", "both": "Ana Rao & Ben Das", "pairing": "ana-rao-ben-das",
}  # fmt: skip


def _told(fact: str, facts: Facts, about: Facts) -> Fixture:
    told = {name: value for name, value in facts.items() if name not in _BESIDE}
    said = {
        "fact": fact, "facts": told, "command": _COMMANDS.get(fact, ""), "release": "", "shown": [],
        "options": "", **about, **{name: facts[name] for name in _BESIDE if name in facts},
    }  # fmt: skip
    return Fixture(fact, "mentor", said, reader=MAYA)


CONTACT: dict[str, tuple[Fixture, ...]] = {
    "admin": (
        *(_told(fact, facts, _OF_ALL) for fact, facts in _TOLD_OF_ALL.items()),
        *(_told("monday", facts, _OF_ALL) for facts in _MONDAYS),
        *(_told("report", facts, _OF_ALL) for facts in REPORTS[1:]),
        _told("launch", _LAUNCH, _OF_ALL),
        _told(
            "launch",
            {**_LAUNCH, "count": 25, "shown": [_WELCOME] * 3, "options": "--config mine"},
            _OF_ALL,
        ),
        _told("files-wait", _FILES_WAIT, _OF_ALL),
        _told("files-wait", {**_FILES_WAIT, "count": 1}, _OF_ALL),
        _told("monday", {**_IDLE, "waiting": 1}, {**_OF_ALL, "options": "--config mine"}),
        _told(
            "alarm-on-hold", {"count": 1, "since": START}, {**_OF_ALL, "options": "--config mine"}
        ),
        *(_told(fact, facts, _OF_A_PAIR) for fact, facts in _TOLD.items()),
        _told("for-contact", {"first": "Ben"}, _OF_A_PAIR),
        _told("for-contact", _WISH, _OF_A_PAIR),
    ),
}
