"""Names that people write: those of the tables, those of later versions, those of other tools.

Not their meaning: a name that is none of these is a slip.
"""

from __future__ import annotations

from daemon.settings.account_table import ACCOUNT, WHOLE
from daemon.settings.program_table import PROGRAM
from daemon.settings.roster_table import PAIRING, PERSON, STRETCH
from daemon.settings.substitute_table import SUBSTITUTE

# Names of the design that a later version understands: told apart from slips, and never passed over.
LATER: frozenset[str] = frozenset(
    [
        "visible_after_seconds",
        "touchpoints",
        "advisors",
        "phases",
        "url",
        "host",
    ]
)

# What people write instead of a name, by experience with other tools.
SAME_AS: dict[str, str] = {
    "frequency": "cadence",
    "interval": "cadence",
    "duration": "length_minutes",
    "length": "length_minutes",
    "lengths": "length_minutes",
    "minutes": "length_minutes",
    "sessions": "cadence",
    "window_days": "cadence",
    "minimum": "minimum_weeks",
    "min_weeks": "minimum_weeks",
    "tz": "timezone",
    "time_zone": "timezone",
    "admin": "contact",
    "title": "name",
    "from": "starts",
    "until": "ends",
    "end_date": "ends",
    "start_date": "starts",
    "time": "at",
    "when": "at",
    "location": "link",
    "venue": "link",
    "pairs": "pairings",
    "break": "breaks",
    "vacation": "breaks",
    "vacations": "breaks",
    "public_holidays": "holidays",
    "absences": "away",
    "absent": "away",
    "ooo": "away",
    "lunch": "blackout",
    "focus": "blackout",
    "priority": "overbook",
    "stand_in": "substitute",
    "substitute_mentor": "substitute",
    "resume": "resumes",
    "paused_until": "resumes",
    "status": "state",
    "buffer": "buffer_minutes",
    "notice": "notice_hours",
    "deadline_hours": "answer_by_hours",
    "reminder_hours": "nudge_after_hours",
    "quiet": "quiet_hours",
    "lock": "locked",
    "email": "address",
    "mail": "address",
    "capacity": "most_mentees",
    "max_mentees": "most_mentees",
    "working_hours": "hours",
    "group": "mentees",
    "members": "mentees",
    "agenda": "meeting_types",
    "agendas": "meeting_types",
    "types": "meeting_types",
}

_ZONE = "A person's zone stands in people.yaml, beside programs/."
_MOST = "How many a mentor takes stands with the mentor in people.yaml, beside programs/: most_mentees: 3"
_OF_A_PROGRAM = "It is a setting of the program: write it above pairings:."
_OF_EITHER = "It is a setting of the program, above pairings:, or of a person, in people.yaml beside programs/."
_OF_A_PAIRING = "It is a setting of a pairing: write it in an entry of pairings:."

# What is a setting somewhere else, and where.
_NAMES: dict[str, frozenset[str]] = {
    of: frozenset(each.name for each in table)
    for of, table in (("program", PROGRAM), ("pairing", PAIRING), ("person", PERSON))
}
_OF_A_MENTOR = dict.fromkeys(("most_mentees", "max_mentees", "capacity"), _MOST)
NOT_OF_A_PROGRAM: dict[str, str] = {
    **dict.fromkeys(_NAMES["pairing"] - _NAMES["program"], _OF_A_PAIRING),
    **_OF_A_MENTOR,
}  # fmt: skip
NOT_OF_A_PAIRING: dict[str, str] = {
    **dict.fromkeys(_NAMES["program"] - _NAMES["pairing"] - {"pairings"}, _OF_A_PROGRAM),
    **dict.fromkeys((_NAMES["program"] & _NAMES["person"]) - _NAMES["pairing"], _OF_EITHER),
    **dict.fromkeys(("timezone", "zone"), _ZONE),
    **_OF_A_MENTOR,
}

# What is said of one, and what is written instead where it is said of several.
OF_SEVERAL: dict[str, str] = {
    "mentee": "A group is mentees: [Ben Das <ben@example.org>, Cleo Kim <cleo@example.org>]"
}

EVERY_NAME: frozenset[str] = frozenset(
    setting.name
    for table in (PROGRAM, PAIRING, SUBSTITUTE, PERSON, STRETCH, ACCOUNT, WHOLE)
    for setting in table
)
