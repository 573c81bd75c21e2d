"""Hours that leave two people no time, ever or for a season: literal files, literal answer.

Not free time: whether anybody is busy is nobody's business here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import HEAD, Case, write

PAIRING = """\
pairings:
  - mentor: ana
    mentee: chi
"""


def people(of_ana: str = "", of_chi: str = "") -> str:
    """Nine to six in Los Angeles is half past nine in the evening and later in Kolkata."""
    return (
        f"ana: {{name: Ana Rao, address: ana@example.org, zone: America/Los_Angeles{of_ana}}}\n"
        f"chi: {{name: Chi Lin, address: chi@example.org, zone: Asia/Kolkata{of_chi}}}\n"
    )


NO_TIME = HEAD.replace("at: Tue 15:00\n", "")

CASES = [
    Case(
        "an ocean apart",
        {"koss.yaml": NO_TIME + PAIRING, "people.yaml": people()},
        """\
programs/koss.yaml:6:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 30 (the default): Mon-Fri 09:00-18:00 in Los Angeles (the default); every day 08:00-21:00 in Kolkata (the default).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "an ocean apart, with a time",
        {
            "koss.yaml": NO_TIME + "at: Tue 15:00\n" + PAIRING,
            "people.yaml": people(
                ", hours: Mon-Fri 09:00-18:00", ", hours: [Mon-Fri 08:00-12:00, Sat 10:00-20:00]"
            ),
        },
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 30 (the default): Mon-Fri 09:00-18:00 in Los Angeles (people.yaml:1); Mon-Fri 08:00-12:00, Sat 10:00-20:00 in Kolkata (people.yaml:2).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "not for so long",
        {
            "koss.yaml": NO_TIME + "length_minutes: 120\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:30", ", hours: every day 18:30-20:30"),
        },
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 120 (line 5): Mon-Fri 06:00-07:30 in Los Angeles (people.yaml:1); every day 18:30-20:30 in Kolkata (people.yaml:2).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "not for the longer of two lengths",
        {
            "koss.yaml": NO_TIME + "length_minutes: 30, 90\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:00", ", hours: every day 18:30-20:30"),
        },
        """\
programs/koss.yaml:7:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 30, 90 (line 5): Mon-Fri 06:00-07:00 in Los Angeles (people.yaml:1); every day 18:30-20:30 in Kolkata (people.yaml:2).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "a blackout over all of it",
        {
            "koss.yaml": NO_TIME + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-09:30, blackout: every day 06:00-09:30"),
        },
        """\
programs/koss.yaml:6:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 30 (the default): Mon-Fri 06:00-09:30 in Los Angeles (people.yaml:1), never every day 06:00-09:30; every day 08:00-21:00 in Kolkata (the default).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "only while clocks agree",
        {
            "koss.yaml": NO_TIME + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:00", ", hours: every day 19:30-20:30"),
        },
        """\
programs/koss.yaml:6:13 Warning: mentor: Ana Rao  and Chi Lin have no time in common from 9 March 2026 to 1 November 2026, because clocks change.
    Write longer hours for one of them in people.yaml.""",
    ),
    Case(
        "not in the weeks there are",
        {
            "koss.yaml": NO_TIME + "starts: 2026-06-01\nends: 2026-09-30\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:00", ", hours: every day 19:30-20:30"),
        },
        """\
programs/koss.yaml:8:13 mentor: Ana Rao  and Chi Lin have no time in common in any week for length_minutes: 30 (the default): Mon-Fri 06:00-07:00 in Los Angeles (people.yaml:1); every day 19:30-20:30 in Kolkata (people.yaml:2).
    Write longer hours for one of them in people.yaml, or a shorter length_minutes.""",
    ),
    Case(
        "in all the weeks there are",
        {
            "koss.yaml": NO_TIME + "starts: 2026-11-09\nends: 2027-02-28\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:00", ", hours: every day 19:30-20:30"),
        },
        """\
""",
    ),
    Case(
        "a blackout on another day",
        {
            "koss.yaml": NO_TIME + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-07:30, blackout: Sat 09:00-10:00"),
        },
        """\
programs/koss.yaml:6:13 Warning: mentor: Ana Rao  has a blackout (people.yaml:1) outside the hours Mon-Fri 06:00-07:30, so it takes nothing away.
    Delete it, or look at its days.""",
    ),
    Case(
        "a regular time in a blackout",
        {
            "koss.yaml": NO_TIME + "at: Tue 07:00\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-09:30, blackout: Tue 07:15-10:00"),
        },
        """\
programs/koss.yaml:5:5 Warning: at: Tue 07:00 (Ana Rao and Chi Lin)  is Tue 07:00 in Los Angeles on 6 January 2026, in the blackout of Ana Rao: Tue 07:15-10:00.
    Choose another time, or write the hours that are meant in people.yaml.""",
    ),
    Case(
        "a second reserved time in a blackout",
        {
            "koss.yaml": NO_TIME + "at: Mon 07:00\nfallback_at: Tue 07:00\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-09:30, blackout: Tue 07:15-10:00"),
        },
        """\
programs/koss.yaml:6:14 Warning: fallback_at: Tue 07:00 (Ana Rao and Chi Lin)  is Tue 07:00 in Los Angeles on 6 January 2026, in the blackout of Ana Rao: Tue 07:15-10:00.
    Choose another time, or write the hours that are meant in people.yaml.""",
    ),
    Case(
        "a monthly time outside the hours in winter",
        {
            "koss.yaml": NO_TIME + "cadence: monthly\nat: last Fri 07:00\n" + PAIRING,
            "people.yaml": people(", hours: Mon-Fri 06:00-08:00", ", hours: every day 08:00-20:00"),
        },
        """\
programs/koss.yaml:6:5 Warning: at: last Fri 07:00 (Ana Rao and Chi Lin)  is Fri 20:30 in Kolkata on 30 January 2026, outside the hours of Chi Lin: every day 08:00-20:00.
    Choose another time, or write the hours that are meant in people.yaml.""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_hours_that_do_not_meet(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert len(loaded.config.lines) == 1
