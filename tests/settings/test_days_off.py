"""Breaks, absences and holidays that cannot be: literal file, literal answer.

Not whether they leave anything of a program: that is test_dates_together.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

CASES = [
    Case(
        "a break that ends before it begins",
        PROGRAM + "breaks: 2026-12-20 to 2026-12-01\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-20 to 2026-12-01  ends before it begins.
    Did you mean 2026-12-01 to 2026-12-20?""",
    ),
    Case(
        "two dates joined in German",
        PROGRAM + "breaks: 2026-12-24 bis 2027-01-06\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-24 bis 2027-01-06  is not two dates with `to`.
    Write 2026-12-24 to 2027-01-06.""",
    ),
    Case(
        "two dates joined in French, with a name",
        PROGRAM + "breaks: 2026-12-24 au 2027-01-06 Noël\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-24 au 2027-01-06 Noël  is not two dates with `to`.
    Write 2026-12-24 to 2027-01-06 Noël.""",
    ),
    Case(
        "two dates joined by nothing",
        PROGRAM + "breaks: 2026-12-24 2027-01-06\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-24 2027-01-06  is not two dates with `to`.
    Write 2026-12-24 to 2027-01-06.""",
    ),
    Case(
        "a name between two dates",
        PROGRAM + "breaks: 2026-12-24 Weihnachten bis 6.1.2027\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-24 Weihnachten bis 6.1.2027  is not two dates with `to`.
    Write the dates first, with to: 2026-12-24 to 2027-01-06.""",
    ),
    Case(
        "a second date in words",
        PROGRAM + "breaks: 2026-12-24 bis Neujahr\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-24 bis Neujahr  is not two dates with `to`.
    Write the second date as well: 2026-12-24 to YYYY-MM-DD.""",
    ),
    Case(
        "dates with dots and a name",
        PROGRAM + "breaks: 24.12.2026 to 06.01.2027 Weihnachten\n",
        """\
programs/koss.yaml:9:9 breaks: 24.12.2026 to 06.01.2027 Weihnachten  is not a date as YYYY-MM-DD.
    Write 2026-12-24 to 2027-01-06 Weihnachten.""",
    ),
    Case(
        "dates with dots and a hyphen: the day stands first",
        PROGRAM + "breaks: 1.2.2027 - 21.2.2027\n",
        """\
programs/koss.yaml:9:9 breaks: 1.2.2027 - 21.2.2027  is not a date as YYYY-MM-DD.
    Write 2027-02-01 to 2027-02-21.""",
    ),
    Case(
        "over New Year in one year",
        PROGRAM + "breaks: 2027-12-24 to 2027-01-06\n",
        """\
programs/koss.yaml:9:9 breaks: 2027-12-24 to 2027-01-06  ends before it begins.
    Did you mean 2027-12-24 to 2028-01-06?""",
    ),
    Case(
        "a break by its name",
        PROGRAM + "breaks: christmas\n",
        """\
programs/koss.yaml:9:9 breaks: christmas  is not a date as YYYY-MM-DD.
    Allowed: a list of dates: one date, or two with `to`, and then a name if you like. For example: breaks: 2026-12-20 to 2027-01-06 exam break""",
    ),
    Case(
        "dates day first",
        PROGRAM + "breaks: [20/12/2026 to 6/1/2027]\n",
        """\
programs/koss.yaml:9:10 breaks: 20/12/2026 to 6/1/2027  is not a date as YYYY-MM-DD.
    Write 2026-12-20.""",
    ),
    Case(
        "blocks with a slip, without a start, turned round",
        PROGRAM
        + """\
breaks:
  - {from: 2026-12-20, too: 2027-01-01}
  - {to: 2026-12-20}
  - {from: 2026-12-20, to: 2026-12-01, name: exams}
""",
        """\
programs/koss.yaml:10:24 too:  is not a setting.
    Did you mean to?
programs/koss.yaml:11:5  from:  is missing.
    Add a line like from: 2026-12-20
programs/koss.yaml:12:28 breaks: to: 2026-12-01  ends before it begins.
    Did you mean 2026-12-01 to 2026-12-20?""",
    ),
    Case(
        "a break without its second date",
        PROGRAM + "breaks: 2026-12-20 to\n",
        """\
programs/koss.yaml:9:9 breaks: 2026-12-20 to  has no second date.
    Write 2026-12-20 alone, or a date behind the to.""",
    ),
    Case(
        "a date that does not exist",
        PROGRAM
        + """\
breaks:
  - 2026-02-30 carnival
""",
        """\
programs/koss.yaml:10:5 breaks: 2026-02-30 carnival  does not exist: February 2026 has 28 days.
    Did you mean 2026-02-28?""",
    ),
    Case(
        "a list in a list",
        PROGRAM + "breaks: [[2026-12-20]]\n",
        """\
programs/koss.yaml:9:10 breaks:  is one value, not a list or a block.
    For example: breaks: 2026-12-20 to 2027-01-06 exam break""",
    ),
    Case(
        "another word for it",
        PROGRAM + "vacation: 2026-12-20\n",
        """\
programs/koss.yaml:9:1 vacation:  is not a setting.
    Did you mean breaks?""",
    ),
    Case(
        "a calendar that nobody knows",
        PROGRAM + "holidays: XX\n",
        """\
programs/koss.yaml:9:11 holidays: XX  is no holiday calendar.
    Write the two letters of the country, alone or with its part: IN, DE-BE.""",
    ),
    Case(
        "a part that nobody knows",
        PROGRAM + "holidays: BE-BRU\n",
        """\
programs/koss.yaml:9:11 holidays: BE-BRU  is no holiday calendar.
    Known are BE alone and BE-Flemish, BE-French, BE-German.""",
    ),
    Case(
        "a country by its name",
        PROGRAM + "holidays: Germany\n",
        """\
programs/koss.yaml:9:11 holidays: Germany  is a name, not a code.
    Did you mean DE?""",
    ),
    Case(
        "a country by its name, mistyped",
        PROGRAM + "holidays: [IN, Deutchland]\n",
        """\
programs/koss.yaml:9:16 holidays: Deutchland  is no holiday calendar.
    Did you mean DE?""",
    ),
    Case(
        "one of several",
        PROGRAM + "holidays: IN, Germany\n",
        """\
programs/koss.yaml:9:11 holidays: IN, Germany  has Germany in it, which is a name, not a code.
    Did you mean DE?""",
    ),
    Case(
        "why somebody is away",
        {
            "koss.yaml": PROGRAM,
            "people.yaml": """\
ana:
  name: Ana Rao
  address: ana@example.org
  away: [2026-12-20 to 2027-01-06 hospital, {from: 2027-03-01, name: wedding}]
  holidays: Bavaria
  overbook: 9
""",
        },
        """\
people.yaml:4:10 away: 2026-12-20 to 2027-01-06 hospital  says more than dates.
    Write the dates alone: reasons are not kept.
people.yaml:4:64 name:  is not a setting.
    Known here: from, to.
people.yaml:5:13 holidays: Bavaria  is no holiday calendar.
    Write the two letters of the country, alone or with its part: IN, DE-BE.
people.yaml:6:13 overbook: 9  is outside 0 to 8.
    Allowed: a whole number from 0 to 8. For example: overbook: 3""",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_days_that_cannot_be_are_refused(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors
