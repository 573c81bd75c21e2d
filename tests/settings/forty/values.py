"""Mistakes of single settings and of what they say together.

Not of who is who.
"""

from __future__ import annotations

from tests.settings.folders import PROGRAM
from tests.settings.forty.mistake import Mistake
from tests.settings.test_letters_section_6 import THREE_MISTAKES

MISTAKES = [
    Mistake(
        "three at once: a password, IST, a name nobody has",
        THREE_MISTAKES,
        """\
programs/koss.yaml:6:1   password: (not shown)  A password does not belong in this file, and I have not kept it.
    Delete the line, make a new password (this one may be in a backup or in git), then: run.py connect koss.1on1@gmail.com
programs/koss.yaml:7:11  timezone: IST  is used in India, Ireland and Israel.
    Write the city: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.
programs/koss.yaml:12:13 mentor: Ana Roa  has no address and is not known yet.
    Did you mean Ana Rao (line 10)? Otherwise write: Ana Roa <address>""",
    ),
    Mistake(
        "a name of a setting mistyped",
        PROGRAM + "quiet_houres: 21:00-07:00\n",
        """\
programs/koss.yaml:9:1 quiet_houres:  is not a setting.
    Did you mean quiet_hours?""",
    ),
    Mistake(
        "no mailbox",
        PROGRAM.replace("mailbox: koss@example.org\n", ""),
        """\
programs/koss.yaml:1:1 mailbox:  is missing.
    Add a line like mailbox: koss@example.org""",
    ),
    Mistake(
        "fortnightly",
        PROGRAM + "cadence: fortnightly\n",
        """\
programs/koss.yaml:9:10 cadence: fortnightly  is not known.
    Did you mean biweekly?""",
    ),
    Mistake(
        "NO, which is not false here",
        PROGRAM + "quiet_hours: NO\n",
        """\
programs/koss.yaml:9:14 quiet_hours: NO  is not two times with a hyphen.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Mistake(
        "22:30, which is not 1350 here",
        PROGRAM.replace("Tue 15:00", "22:30"),
        """\
programs/koss.yaml:5:5 at: 22:30  is not a weekday and a time.
    Write its weekday as well: Tue 22:30.""",
    ),
    Mistake(
        "half past ten in the evening",
        PROGRAM.replace("Tue 15:00", "Tuesday 10:30 pm"),
        """\
programs/koss.yaml:5:5 at: Tuesday 10:30 pm  is not a weekday and a time.
    Write it like this: Tue 22:30.""",
    ),
    Mistake(
        "a date day first",
        PROGRAM + "ends: 30/06/2027\n",
        """\
programs/koss.yaml:9:7 ends: 30/06/2027  is not a date as YYYY-MM-DD.
    Write 2027-06-30.""",
    ),
    Mistake(
        "a day that does not exist",
        PROGRAM + "ends: 2027-06-31\n",
        """\
programs/koss.yaml:9:7 ends: 2027-06-31  does not exist: June 2027 has 30 days.
    Did you mean 2027-06-30?""",
    ),
    Mistake(
        "an end before the start",
        PROGRAM + "starts: 2027-06-30\nends: 2027-01-31\n",
        """\
programs/koss.yaml:10:7 ends: 2027-01-31  does not go with starts: 2027-06-30 (line 9): it would be over before it begins.
    Change one of the two.""",
    ),
    Mistake(
        "a zone abbreviated",
        PROGRAM.replace("Asia/Kolkata", "CET"),
        """\
programs/koss.yaml:4:11 timezone: CET  is kept only half the year.
    Write the city: Europe/Berlin or Europe/Paris.""",
    ),
    Mistake(
        "an offset instead of a zone",
        PROGRAM.replace("Asia/Kolkata", "GMT+5:30"),
        """\
programs/koss.yaml:4:11 timezone: GMT+5:30  is an offset, which knows no summer time.
    Write the city: Asia/Kolkata.""",
    ),
    Mistake(
        "quiet all day",
        PROGRAM + "quiet_hours: 08:00-08:00\n",
        """\
programs/koss.yaml:9:14 quiet_hours: 08:00-08:00  is the whole day, so no letter could ever be sent.
    Allowed: two times with a hyphen, leaving at least 4 hours of the day. For example: quiet_hours: 21:00-07:00""",
    ),
    Mistake(
        "a notice longer than the time there is",
        PROGRAM + "notice_hours: 96\n",
        """\
programs/koss.yaml:9:15 notice_hours: 96  does not go with cadence: weekly (the default): half a step is 84 hours, so no other time could be offered.
    Write notice_hours of 83 or less, or a rarer cadence.""",
    ),
    Mistake(
        "a negative length",
        PROGRAM + "length_minutes: -30\n",
        """\
programs/koss.yaml:9:17 length_minutes: -30  is below zero.
    Allowed: a whole number of minutes from 10 to 240, or two with a comma that alternate. For example: length_minutes: 30, 60""",
    ),
    Mistake(
        "a number with its unit",
        PROGRAM + "notice_hours: 24h\n",
        """\
programs/koss.yaml:9:15 notice_hours: 24h  is not a whole number.
    Write 24 alone.""",
    ),
    Mistake(
        "a list where one value is wanted",
        PROGRAM + "link: [room 4, room 5]\n",
        """\
programs/koss.yaml:9:7 link:  is one value, not a list or a block.
    For example: link: https://meet.example.org/ana""",
    ),
    Mistake(
        "a setting of a later version",
        PROGRAM + "advisors: per_meeting\n",
        """\
programs/koss.yaml:9:1 advisors:  comes with a later version.
    Delete the line until then.""",
    ),
]
