"""Names that people write: those of the tables, those of later versions, those of other tools.

Not their meaning: a name that is none of these is a slip.
"""

from __future__ import annotations

from daemon.settings.program_table import PROGRAM
from daemon.settings.roster_table import ACCOUNT, PAIRING, PERSON, WHOLE

# Names of the design that a later version understands: told apart from slips, and never passed over.
LATER: frozenset[str] = frozenset(
    [
        "letters_to",
        "letters_per_day",
        "letters_per_week",
        "letters_hard_cap",
        "repair_within_minutes",
        "week_card_from",
        "new_people_per_hour",
        "series_notice_hours",
        "no_change_hours",
        "pause_days_max",
        "notice_days",
        "share_notes",
        "mailbox_readers",
        "mailbox_keep",
        "alarm_url",
        "alert_command",
        "authserv_id",
        "visible_after_seconds",
        "locked",
        "holidays",
        "breaks",
        "web",
        "meeting_types",
        "touchpoints",
        "questions",
        "mentees",
        "advisors",
        "lengths",
        "phases",
        "sessions",
        "window_days",
        "goals",
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
    "minutes": "length_minutes",
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
    "email": "address",
    "mail": "address",
    "working_hours": "hours",
    "mentees": "mentee",
}

EVERY_NAME: frozenset[str] = frozenset(
    setting.name for table in (PROGRAM, PAIRING, PERSON, ACCOUNT, WHOLE) for setting in table
)
