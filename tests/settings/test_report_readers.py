"""`reports_to:`: slips in it, readers of what is not made, and readers who would get nothing (literal file, literal answer).

Not who reads which report: tests/stories/test_reports.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.settings import load, report
from tests.settings.folders import PROGRAM, Case, write

SLIPS_OF_READERS = [
    ("weekly", "has weekly with no reader before it.", "Write it behind an address: Dean <dean@example.org> weekly"),
    ("quarterly, Dean <dean@example.org>", "has quarterly with no reader before it.", "Write it behind an address: Dean <dean@example.org> quarterly"),
    ("quaterly, Dean <dean@example.org>", "has quaterly with no reader before it.", "Write it behind an address: Dean <dean@example.org> quarterly"),
    ("annual <dean@example.org>", "has annual with no reader before it.", "Write it behind an address: Dean <dean@example.org> annual"),
    ("quarterly Dean <dean@example.org>", "has quarterly with no reader before it.", "Write it behind an address: Dean <dean@example.org> quarterly"),
    ("Anna", "has no address.", "Write Anna <address>."),
    ("eva@example.org annual", "has no < and > around the address.", "Write it like this: Name <eva@example.org> annual"),
    ("Eva eva@example.org annualy", "has no < and > around the address.", "Write it like this: Eva <eva@example.org> annual"),
    ("Eva <eva@example.org annual", "has no < and > around the address.", "Write it like this: Eva <eva@example.org> annual"),
    ("Eva eva@example.org> annual", "has no < and > around the address.", "Write it like this: Eva <eva@example.org> annual"),
    ("Eva <eva@example.org", "has no < and > around the address.", "Write it like this: Eva <eva@example.org>"),
    ("Eva eva@example.org sometimes", "has no < and > around the address.", "Write it like this: Dean <dean@example.org> quarterly"),
    ("Eva eva@here annual", "has no < and > around the address.", "Write it like this: Dean <dean@example.org> quarterly"),
    ("Eva <e@example.org>; Dean <d@example.org> annual", "has a semicolon in it.", "Write a comma instead: Dean <dean@example.org> quarterly, Board <board@example.org> annual"),
    ("Eva <e@example.org> Dean <d@example.org> annual", "has two readers with no comma between them.", "Write one: Dean <dean@example.org> quarterly, Board <board@example.org> annual"),
]  # fmt: skip

REFUSED = [
    Case(
        "a reader of a report that is not made",
        PROGRAM + "reports: weekly, annual\nreports_to: Dean <dean@example.org> quarterly annual\n",
        """\
programs/koss.yaml:10:13 reports_to: Dean <dean@example.org> quarterly annual  does not go with reports: weekly, annual (line 9): no quarterly report is made.
    Write reports: weekly, quarterly, annual, or take the word out.""",
    ),
    Case(
        "a reader of a report, and none is made",
        PROGRAM + "reports: none\nreports_to: Dean <dean@example.org> monthly\n",
        """\
programs/koss.yaml:10:13 reports_to: Dean <dean@example.org> monthly  does not go with reports: none (line 9): no monthly report is made.
    Write reports: monthly, or take the word out.""",
    ),
    *(
        Case(
            f"who reads which report: {text}",
            PROGRAM + f"reports: monthly, annual\nreports_to: {text}\n",
            f"programs/koss.yaml:10:13 reports_to: {text}  {told}",
        )
        for text, told in (
            (
                "Dean <dean@example.org> quaterly",
                "has quaterly behind Dean, and no report of that name.\n    Did you mean quarterly?",
            ),
            (
                "Dean <dean@example.org> annual, montly",
                "has montly behind Dean, and no report of that name.\n    Did you mean monthly?",
            ),
            (
                "Dean <dean@example.org> sometimes",
                "has sometimes behind Dean, and no report of that name.\n    There are weekly, monthly, quarterly, annual.",
            ),
            *((text, f"{told}\n    {advice}") for text, told, advice in SLIPS_OF_READERS),
        )
    ),
]

WARNED = [
    Case(
        "who reads all but the weekly report, which is the only one",
        PROGRAM + "reports_to: Dean <dean@example.org>\n",
        """\
programs/koss.yaml:9:13 Warning: reports_to: Dean <dean@example.org>  brings Dean no report with reports: weekly (the default): no rhythm behind an address means all but weekly.
    Write weekly behind the address, or reports: weekly, monthly.""",
    ),
    Case(
        "the same of three, beside one who reads it",
        PROGRAM
        + "reports: weekly\nreports_to: A <a@example.org>, B <b@example.org> weekly, C <c@example.org>, D <d@example.org>\n",
        """\
programs/koss.yaml:10:13 Warning: reports_to: A <a@example.org>, B <b@example.org> weekly, C <c@example.o…  brings A, C and D no report with reports: weekly (line 9): no rhythm behind an address means all but weekly.
    Write weekly behind the address, or reports: weekly, monthly.""",
    ),
    Case(
        "who reads reports, and none is made",
        PROGRAM + "reports_to: Dean <dean@example.org>\nreports: none\n",
        """\
programs/koss.yaml:9:13 Warning: reports_to: Dean <dean@example.org>  brings Dean no report with reports: none (line 10): none is made.
    Write reports: monthly, or delete the line.""",
    ),
    Case(
        "who reads reports of which one is made",
        PROGRAM
        + "reports: weekly, annual\nreports_to: Dean <dean@example.org>, Board <board@example.org> weekly\n",
        "",
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.title)
def test_what_names_no_reader_or_no_report_is_refused(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert loaded.errors


@pytest.mark.parametrize("case", WARNED, ids=lambda case: case.title)
def test_who_would_get_nothing_is_named(case: Case, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, case.files))
    assert report(loaded.problems) == case.told
    assert not loaded.errors


EXAMPLES = sorted(
    {advice.partition(": ")[2] for _, _, advice in SLIPS_OF_READERS if ": " in advice}
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_a_slip_is_told_to_be_works_when_it_is_written(example: str, tmp_path: Path) -> None:
    text = PROGRAM + f"reports: weekly, quarterly, annual\nreports_to: {example}\n"
    assert report(load(write(tmp_path, text)).problems) == ""
