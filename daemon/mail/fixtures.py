"""Literal facts for every branch of every template: sample people, sample notes.

Not test data only: `check` renders each template with them before it is accepted (proof.py), `preview` shows
them.
"""

from __future__ import annotations

from daemon.domain.value import replace
from daemon.mail.account_fixtures import ACCOUNTS
from daemon.mail.advisor_fixtures import ABOUT_ADVISORS
from daemon.mail.chance_fixtures import CHANCES, OF_CHANCES
from daemon.mail.confidence_fixtures import IN_CONFIDENCE
from daemon.mail.goal_fixtures import GOALS, OF_A_PLAN
from daemon.mail.group_fixtures import GROUPS, THREE
from daemon.mail.handover_fixtures import CARRIED, HANDOVER
from daemon.mail.introduction_fixtures import INTRO_TO_DO, OF_INTRODUCTIONS
from daemon.mail.journal_fixtures import FOR_ONESELF, JOURNAL
from daemon.mail.last_fixtures import LAST
from daemon.mail.links_fixtures import LINKS, NO_LINKS, WITH_LINKS
from daemon.mail.meeting_fixtures import (
    CARD,
    NO_TYPE,
    NOTES_ASKS,
    OF_TYPES,
    PREP_ASKS,
    of_each_type,
)
from daemon.mail.proposal_fixtures import ANOTHER_TIME
from daemon.mail.question_fixtures import ANSWERS, CONTACT, DOUBTS, QUESTIONS
from daemon.mail.sample import (
    ANA,
    ANSWER_BY,
    BEN,
    BIWEEKLY,
    LATER,
    LINK,
    MAYA,
    MONTHLY,
    MOVED_TO,
    NEXT,
    PROGRAM,
    QUARTERLY,
    REGULAR,
    SLOTS,
    START,
    WEEKLY,
    Facts,
    Fixture,
    to_mentee,
    to_mentor,
)
from daemon.mail.theme_fixtures import OF_THEMES

__all__ = ["ANA", "BEN", "FIXTURES", "MAYA", "PROGRAM", "Fixture"]

# --- invited, started

_TERMS: Facts = {
    "start": None, "length_minutes": 30, "lengths": [30], "weeks": 1, "months": 0, "sessions": 0,
    "ends": "2027-06-30", "instead_of": None,
}  # fmt: skip
_INSTEAD: Facts = {
    "ends": "2027-01-15",
    "instead_of": {"mentor": "Eva Sol", "first": "2026-12-01", "last": "2027-01-15"},
}
_AT: Facts = {**_TERMS, "start": START}
_SESSIONS: Facts = {"sessions": 6, "weeks": 2}
_IN_TURN: Facts = {"lengths": [30, 60]}
_YES: Facts = {"slots": [], "answer_by": None, "round": 1}
_LIST: Facts = {"slots": REGULAR, "answer_by": ANSWER_BY, "round": 1}
_TIMES: Facts = {**_TERMS, **_LIST, "vetting": False, "cause": "change"}
_VETTED: Facts = {"vetting": True}
_CHANGE: Facts = {"cause": "change"}
_SETUP: Facts = {
    "start": START, "last": False, "slots": [], "vetting": False,
    "cause": "", "answer_by": ANSWER_BY, **WEEKLY,
}  # fmt: skip
_SETUP_TIMES: Facts = {
    "start": None, "slots": [{"number": slot["number"], "start": slot["start"]} for slot in REGULAR],
    "cause": "first",
}  # fmt: skip
_ONE_TIME: Facts = {"slots": _SETUP_TIMES["slots"][:1]}
_STARTED: Facts = {
    "start": START, "length_minutes": 30, "lengths": [30], "link": LINK, "again": False,
    "by_hand": False, "own": "", "between": "", "days_before": 1, "most": 3, "each": "week", **WEEKLY,
}  # fmt: skip
_A_DAY: Facts = {"most": 1, "each": "day"}
_BETWEEN: Facts = {"between": "Signal, answered within two days"}
_AGAIN: Facts = {"again": True}

_INVITED: dict[str, tuple[Fixture, ...]] = {
    "welcome-mentor-connected": (
        to_mentor("until a day", _AT),
        to_mentor("without end, monthly", _AT, MONTHLY, {"ends": ""}),
        to_mentor("no time yet", _TERMS, _IN_TURN),
        to_mentor("sessions", _TERMS, _SESSIONS),
        to_mentor("no time, no end", _TERMS, {"ends": ""}),
        to_mentor("no calendar", _AT, by_mail=True),
        to_mentor("no calendar, no time", _TERMS, by_mail=True),
        to_mentor("no calendar, sessions", _TERMS, _SESSIONS, by_mail=True),
        to_mentor("shared busy times, no time", _TERMS, by_mail=True, shares_busy=True),
        to_mentor("nobody reads along", _AT, mailbox_readers=(), mentee_called="member"),
        to_mentor("of a group", _AT, {"ends": ""}, group=THREE),
        to_mentor("as a substitute", _TERMS, _INSTEAD),
        to_mentor("as a substitute, a time by the files", _AT, _INSTEAD),
        to_mentor("as a substitute, no calendar", _TERMS, _INSTEAD, by_mail=True),
        to_mentor(
            "two can read along",
            _AT,
            page=True,
            mentor_called="lead",
            mailbox_readers=("Maya", "Tom"),
        ),
    ),
    "welcome-mentee": (
        to_mentee("three times", _TERMS, _LIST),
        to_mentee("with a substitute", _TERMS, _LIST, _INSTEAD),
        to_mentee("with a substitute, a time by the files", _AT, _YES, _INSTEAD),
        to_mentee("of a group", _AT, _YES, {"ends": ""}, group=THREE),
        to_mentee("times every two weeks, no end", _TERMS, _LIST, BIWEEKLY, {"ends": ""}),
        to_mentee("second round", _TERMS, _LIST, MONTHLY, {"round": 2, "slots": REGULAR[:1]}),
        to_mentee("third round", _TERMS, _LIST, {"round": 3}),
        to_mentee("a time by the files", _AT, _YES),
        to_mentee("sessions", _TERMS, _SESSIONS, _YES),
        to_mentee("nobody reads along", _AT, _YES, mailbox_readers=(), mentee_called="member"),
        to_mentee("two can read along", _TERMS, _LIST, page=True, mailbox_readers=("Maya", "Tom")),
    ),
    "regular-time": (
        to_mentee("another one", _TIMES),
        to_mentee("third round, monthly", _TIMES, MONTHLY, {"round": 3}),
        to_mentor("to be offered at first", _TIMES, _VETTED, {"cause": "first"}),
        to_mentor("to be offered, one left", _TIMES, _VETTED, {"slots": REGULAR[:1]}),
        to_mentor("to be offered, second round", _TIMES, _VETTED, {"round": 2}),
    ),
    "setup-nudge": (
        to_mentor("first", _SETUP),
        to_mentee("last, every three months", _SETUP, QUARTERLY, {"last": True}),
        to_mentee("sessions", _SETUP, {"start": None}),
        to_mentee("three times", _SETUP, _SETUP_TIMES),
        to_mentor("times to be offered", _SETUP, _SETUP_TIMES, _VETTED),
        to_mentor("one to be offered", _SETUP, _SETUP_TIMES, _VETTED, _ONE_TIME),
        to_mentee("another one", _SETUP, _SETUP_TIMES, _CHANGE, {"last": True}),
        to_mentor("another one to be offered", _SETUP, _SETUP_TIMES, _VETTED, _CHANGE),
    ),
    "started": (
        to_mentee("at first", _STARTED),
        to_mentor("at first, no link, in turn", _STARTED, _IN_TURN, {"link": "", **_A_DAY}),
        to_mentor("agreed on a way", _STARTED, _BETWEEN, {**_A_DAY, "most": 2}),
        to_mentee("agreed on a way and a letter a week", _STARTED, _BETWEEN, {"most": 1}),
        to_mentee("asked two days before", _STARTED, {"days_before": 2}),
        to_mentee("asked on the day", _STARTED, {"days_before": 0}),
        to_mentee("changed, every two weeks", _STARTED, _AGAIN, BIWEEKLY),
        to_mentor("changed, every three months", _STARTED, _AGAIN, QUARTERLY),
        to_mentee("moved by hand", _STARTED, _AGAIN, {"by_hand": True}),
        to_mentee("the mentee's own", _STARTED, {"own": "now"}),
        to_mentee("instead of the mentee's own", _STARTED, _AGAIN, {"own": "before"}),
        to_mentee("by mail", _STARTED, by_mail=True),
        to_mentor("by mail, to the mentor", _STARTED, by_mail=True),
        to_mentor("by mail, changed", _STARTED, _AGAIN, by_mail=True),
    ),
}

# --- around a meeting

_WRITTEN = {
    "day": "2026-11-24",
    "lines": ["Two internships, decide by January.", "CV draft first."],
}
_BOTH_WROTE: Facts = {"notes": [_WRITTEN, {"day": "2026-11-24", "lines": ["Ask Priya."]}]}
_ACTIONS = [
    {"letter": "a", "owner": "mentee", "text": "send Ana the CV draft", "kind": "todo"},
    {"letter": "b", "owner": "mentor", "text": "ask Priya about the lab", "kind": "todo"},
]
_EARLIER: Facts = {"shift": {"minutes": -60, "zone": "Europe/Berlin"}}
_LATER: Facts = {"shift": {"minutes": 30, "zone": "Asia/Kolkata"}}
_PREP: Facts = {
    "start": START, "length_minutes": 30, "link": LINK, "notes": [_WRITTEN], "actions": _ACTIONS,
    "links": [], "shift": None, "idea": "", "pages": [], "between": "", "own_lines": [],
    **NO_LINKS, **NO_TYPE,
}  # fmt: skip
_TOPICS: Facts = {"agenda": [], "thought": "", "carried": []}
_IDEA: Facts = {"agenda": ["The lab", "1. Rome"], "idea": "How are you?"}
_OWN: Facts = {
    "lines_at": "2026-12-01T08:00:00Z", "move_by": "2026-11-30T18:00:00Z", "asks": [], "smaller": "",
}  # fmt: skip
_DOORS: Facts = {"notes": [], "actions": [*_ACTIONS, INTRO_TO_DO, *CHANCES]}
_BARE: Facts = {"link": "", "notes": [], "actions": []}
_PAGES: Facts = {
    "pages": [
        {"about": each, "url": f"https://example.org/{each}"}
        for each in ("partner", "resources", "conduct")
    ],
    **_BETWEEN,
}
_LINKS: Facts = {"links": ["https://cv.example.org/guide", "https://lab.example.org/jobs"]}
_NO_NEXT: Facts = {"next_start": None}
_NOTES: Facts = {"start": START, "next_start": NEXT, "first": False, "shift": None, "asks": []}
_COPY: Facts = {
    "what": "note", "day": "2026-11-24", "lines": ["Two internships, decide by January."],
    "actions": _ACTIONS, "start": START,
}  # fmt: skip

_BEFORE_AND_AFTER: dict[str, tuple[Fixture, ...]] = {
    "prep-mentee": (
        to_mentee("with a past", _PREP, _OWN),
        to_mentee(
            "with links and an idea",
            _PREP,
            _OWN,
            _LINKS,
            {"idea": "What would you do in my place?"},
        ),
        to_mentee("the very first", _PREP, _OWN, _BARE, _PAGES),
        to_mentee("with an own line", _PREP, _OWN, FOR_ONESELF),
        to_mentee("with lines to think about", _PREP, _OWN, PREP_ASKS),
        to_mentee("only to-dos, clocks changed", _PREP, _OWN, _EARLIER, {"notes": []}),
        to_mentee("one to-do stays, both wrote", _PREP, _OWN, _BOTH_WROTE, {"smaller": "a"}),
        to_mentee("of a group", _PREP, _OWN, {"missing": ["Dan"]}, group=THREE),
        to_mentee("of a plan, with goals", _PREP, _OWN, _BARE, OF_A_PLAN),
        to_mentee("with an introduction and chances", _PREP, _OWN, _DOORS),
        to_mentee("later than the mentor's", _PREP, _OWN, {"lines_at": None}),
        to_mentee("the last one, with links", _PREP, _OWN, WITH_LINKS),
        to_mentee("too late to move it", _PREP, _OWN, {"move_by": None}),
        to_mentee("too late, no to-dos", _PREP, _OWN, _BARE, {"move_by": None}),
        *(to_mentee(name, _PREP, _OWN, facts) for name, facts in OF_TYPES),
    ),
    "prep-mentor": (
        to_mentor("with a past", _PREP, _TOPICS, {"agenda": ["Which of the two to take"]}),
        to_mentor(
            "of a group",
            _PREP,
            _TOPICS,
            {"agenda": ["Dan: Which to take"], "missing": ["Ben"]},
            group=THREE,
        ),
        to_mentor(
            "with links, and a thought",
            _PREP,
            _LINKS,
            _TOPICS,
            {"thought": "Ask first, advise second."},
        ),
        to_mentor("by mail", _PREP, _BARE, _PAGES, _TOPICS, {"agenda": ["The lab"]}, by_mail=True),
        to_mentor("only topics, and an idea", _PREP, _BARE, _TOPICS, _IDEA),
        to_mentor("of a plan, with goals, both wrote", _PREP, _BOTH_WROTE, OF_A_PLAN, _TOPICS),
        to_mentor("with an own line", _PREP, _BARE, _TOPICS, FOR_ONESELF),
        to_mentor("with what was carried over", _PREP, _BARE, _TOPICS, CARRIED),
        to_mentor("no topics, clocks changed", _PREP, _LATER, _TOPICS),
        to_mentor("with an introduction and chances", _PREP, _TOPICS, _DOORS),
        to_mentor("the last one, with links", _PREP, _TOPICS, WITH_LINKS),
        to_mentor("only Ben's to-do", _PREP, _BARE, _TOPICS, {"actions": _ACTIONS[:1]}),
        *(to_mentor(name, _PREP, _TOPICS, facts) for name, facts in OF_TYPES),
    ),
    "week-card": (
        Fixture("three", "mentor", {"entries": CARD}, reader=ANA),
        Fixture(
            "own lines",
            "mentor",
            {"entries": [{**CARD[1], "own": FOR_ONESELF["own_lines"]}]},
            reader=ANA,
        ),
        Fixture("one", "mentor", {"entries": CARD[1:2]}, reader=ANA),
        Fixture("of types", "mentor", {"entries": of_each_type(CARD[0])}, reader=ANA),
        Fixture("by mail", "mentor", {"entries": CARD}, reader=replace(ANA, calendar="none")),
    ),
    "notes": (
        to_mentee("first", _NOTES, {"first": True}),
        to_mentee("of a group", _NOTES, group=THREE),
        to_mentor("first, to the mentor, the last", _NOTES, _NO_NEXT, {"first": True}),
        to_mentee("with lines to answer in", _NOTES, NOTES_ASKS),
        to_mentee("clocks change, no copies", _NOTES, _EARLIER, share_notes="next_prep"),
    ),
    "first-note": (
        to_mentee("copied", {"start": START, "copied": True, "next_start": None}),
        to_mentee("in the next prep", {"start": START, "copied": False, "next_start": None}),
        to_mentor("asked for no line", {"start": START, "copied": True, "next_start": NEXT}),
    ),
    "copy": (
        to_mentor("note", _COPY),
        to_mentor("topics", _COPY, {"what": "agenda", "actions": []}),
        to_mentee("last note", _COPY, {"start": None}),
    ),
}

# --- what became of a meeting

_MOVED: Facts = {
    "start": MOVED_TO, "old_start": START, "length_minutes": 30, "link": LINK, "number": 0,
    "said": "", "next_start": NEXT, "by": "calendar", "undo_by": None, "others": [],
    "session": False, "move_by": "2026-12-02T19:00:00Z", "left_behind": False,
}  # fmt: skip
_PICKED: Facts = {"number": 2, "said": "2", "by": "you"}
_UNDO: Facts = {"undo_by": "2026-12-02T15:00:00Z"}
_SOON: Facts = {"move_by": None}
_ITSELF: Facts = {"by": "program"}
_OTHERS: Facts = {
    "others": [{"number": slot["number"], "start": slot["start"]} for slot in (SLOTS[0], SLOTS[2])]
}
_LEFT_OUT: Facts = {
    "start": START, "next_start": NEXT, "why": "choice", "by_you": True, "undo_by": None,
    "left_behind": False,
}  # fmt: skip

_TOLD: dict[str, tuple[Fixture, ...]] = {
    "moved": (
        to_mentee("picked", _MOVED, _PICKED, _UNDO),
        to_mentee("too late to undo", _MOVED, _PICKED, _NO_NEXT, {"link": ""}),
        to_mentee("of a later round", _MOVED, _PICKED, _UNDO, {"number": 5, "said": "5"}),
        to_mentor("picked by the partner", _MOVED, {"by": "partner"}),
        to_mentor("picked in a group", _MOVED, {"by": "partner"}, group=THREE),
        to_mentor("picked by the partner, soon", _MOVED, _SOON, {"by": "partner"}),
        to_mentee("proposed by the reader", _MOVED, {"by": "wished"}),
        to_mentee("of an own event", _MOVED, _PICKED, _UNDO, {"left_behind": True}),
        to_mentor("by mail", _MOVED, {"by": "partner"}, by_mail=True),
        to_mentor("by mail, soon", _MOVED, _SOON, {"by": "partner"}, by_mail=True),
        to_mentee(
            "by mail, a session",
            _MOVED,
            _PICKED,
            {"session": True, "next_start": None},
            by_mail=True,
        ),
        to_mentee("in the calendar, soon", _MOVED, _SOON),
        to_mentee("in the calendar", _MOVED),
        to_mentee("after all", _MOVED, {"old_start": MOVED_TO}),
        to_mentee("booked by itself", _MOVED, _ITSELF, _UNDO, _OTHERS),
        to_mentor("booked by itself, to the mentor", _MOVED, _ITSELF),
        to_mentee("a session", _MOVED, _PICKED, {"session": True, "next_start": None}),
        to_mentor("a session, to the mentor", _MOVED, {"by": "partner", "session": True}),
    ),
    "left-out": (
        to_mentee("by you", _LEFT_OUT, {"undo_by": "2026-11-30T14:00:00Z"}),
        to_mentee("of an own event", _LEFT_OUT, {"left_behind": True}),
        to_mentor("silence", _LEFT_OUT, {"why": "silence", "by_you": False}),
        to_mentee("no times", _LEFT_OUT, {"why": "no-times", "by_you": False}),
        to_mentee("the last", _LEFT_OUT, _NO_NEXT),
    ),
    "off": (
        to_mentee("times follow", {"start": START, "times_follow": True}),
        to_mentor("nothing follows yet", {"start": START, "times_follow": False}),
    ),
    "late": (
        to_mentor("ten minutes", {"first": "Ben", "start": START, "minutes": 10, "link": LINK}),
        to_mentee(
            "a little", {"first": "Ana", "start": START, "minutes": 0, "link": ""}, hard_stop=True
        ),
    ),
}

# --- breaks, pauses, the end, and a calendar that cannot be seen

_BREAK: Facts = {
    "name": "exams", "first": "2026-12-08", "last": "2026-12-21", "left_out": [NEXT, LATER],
    "next_start": "2026-12-22T14:00:00Z",
}  # fmt: skip
_PAUSED: Facts = {"until": "2027-01-15", "out_start": START, "urgent": False}
_ENDED: Facts = {"last_start": None, "out_start": None, "urgent": False}
_SUBSTITUTE: Facts = {
    "substitute": "Eva Sol", "first": "2026-12-01", "last": "2027-01-15",
    "next_start": "2027-01-19T14:00:00Z",
}  # fmt: skip
_NOTHING_OUT: Facts = {"out_start": None}
_URGENT: Facts = {"out_start": START, "urgent": True}

_LONGER: dict[str, tuple[Fixture, ...]] = {
    "break-ahead": (
        to_mentee("with a name", _BREAK),
        to_mentor("at the end", _BREAK, _NO_NEXT, {"name": ""}),
    ),
    "paused": (
        to_mentee("until a day", _PAUSED),
        to_mentee("until a day, nothing planned", _PAUSED, _NOTHING_OUT),
        to_mentee("within hours", _PAUSED, _URGENT),
        to_mentor("until RESUME", _PAUSED, {"until": ""}),
        to_mentor("until RESUME, within hours", _PAUSED, _URGENT, {"until": ""}),
    ),
    "substitute": (
        to_mentor("with the next one after it", _SUBSTITUTE),
        to_mentor("none is known after it", _SUBSTITUTE, _NO_NEXT),
    ),
    "resumed": (to_mentee("two days ahead", {"start": NEXT}),),
    "ended": (
        to_mentee("one to come", _ENDED, {"last_start": NEXT}),
        to_mentor("none to come", _ENDED),
        to_mentee("one falls out", _ENDED, {"out_start": START}),
        to_mentee("one falls out within hours", _ENDED, _URGENT),
    ),
}

FIXTURES: dict[str, tuple[Fixture, ...]] = {
    **_INVITED, **_BEFORE_AND_AFTER, **_TOLD, **ANOTHER_TIME, **_LONGER, **QUESTIONS, **ANSWERS,
    **DOUBTS, **CONTACT, **IN_CONFIDENCE, **ABOUT_ADVISORS, **ACCOUNTS, **GOALS, **HANDOVER, **JOURNAL,
    **LAST, **GROUPS, **OF_INTRODUCTIONS, **OF_THEMES, **OF_CHANCES, **LINKS,
}  # fmt: skip
