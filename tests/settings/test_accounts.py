"""Where calendars are kept, as the files say it: literal files, and what comes of them.

Not a connection: see tests/conformance/test_caldav.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.account import Account
from daemon.settings import load, report
from tests.settings.folders import PROGRAM, write

ANA = "ana@example.org"
NEXTCLOUD = f"""\
accounts:
  {ANA}:
    calendar: internet
    url: https://cloud.example.org/remote.php/dav
    user: ana
"""


def test_an_account_says_where_the_calendar_of_its_person_is(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": NEXTCLOUD}))
    assert report(loaded.problems) == ""
    (line,) = loaded.config.lines
    assert (line.mentor.calendar, line.mentee.calendar) == ("internet", "local")
    url = "https://cloud.example.org/remote.php/dav"
    assert loaded.config.accounts == (Account(ANA, "internet", "local", url, "ana", False),)


def test_people_yaml_is_enough_where_the_address_says_the_rest(tmp_path: Path) -> None:
    people = f"ana-rao: {{name: Ana Rao, address: {ANA}, calendar: internet}}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "people.yaml": people}))
    assert report(loaded.problems) == ""
    assert loaded.config.lines[0].mentor.calendar == "internet"
    assert loaded.config.accounts == ()


def test_an_exchange_needs_an_account_that_says_where_it_is(tmp_path: Path) -> None:
    people = f"ana-rao: {{name: Ana Rao, address: {ANA}, calendar: exchange}}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "people.yaml": people}))
    assert report(loaded.errors) == (
        f"oneonone.yaml accounts:  {ANA} has calendar: exchange, and nothing says where that Exchange is.\n"
        f"    Write its account: {ANA}: {{calendar: exchange, url: https://mail.example.org/EWS/Exchange.asmx}}"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "calendar: internet\n    url: http://10.0.0.5:5232/",
            "http://10.0.0.5:5232/:  is not encrypted.\n    Write https://, or own_network: true "
            "where the server stands in your own network.",
        ),
        (
            "url: https://cloud.example.org/",
            "url:  says where a calendar on the internet is.\n    Write calendar: internet as well, "
            "or remove the line.",
        ),
        (
            "calendar: internet\n    url: https://ana:pw@cloud.example.org/",
            "has a name or password in it.\n    Write the name as user: and give the password to "
            "run.py connect.",
        ),
        ("calendar: internet\n    url: cloud.example.org/dav", "Write https://cloud.example.org/dav"),
        ("calendar: internet\n    url: file:///etc/passwd", "Write it in full: https://…"),
        ("mail: internet\n    imap: post.example.org:99999", "Write post.example.org:993, or post.example.org alone."),
        ("mail: internet\n    smtp: post.example.org:tls", "Write post.example.org:465, or post.example.org alone."),
        ("mail: internet\n    smtp: smtps://post.example.org:465", "Write post.example.org:465 alone."),
        ("mail: internet\n    sign_in: yahoo\n    client_id: x", "Write google, microsoft, or the https:// address of your own."),
        ("mail: internet\n    sign_in: http://id.example.org\n    client_id: x", "Write https://id.example.org"),
        ("mail: internet\n    sign_in: google", "Register this program there, and write its client_id: as well."),
        (
            "mail: google\n    client_id: x\n    calendar: internet",
            "Write calendar: google as well, or give the calendar to another address.",
        ),
        (
            "mail: internet\n    client_id: x\n    calendar: google",
            "Write mail: google as well, or give the calendar to another address.",
        ),
        ("mail: google\n    client_id: x\n    imap: post.example.org", "Write mail: internet as well, or remove the line."),
        ("mail: google", "google_client_id:  is missing, and ana@example.org is at Google."),
        (
            "mail: google\n    client_id: x\n    url: https://post.example.org/",
            "Remove the line: whoever is there would be given what Google gives.",
        ),
        ("mail: internet\n    read_in: inbox@example.org", "read_in:  says where a mailbox at Gmail is read."),
        (
            "mail: google\n    client_id: x\n    read_in: inbox@example.org",
            "read_in:  inbox@example.org has no mailbox on the internet here.\n    Write its account as well: "
            "inbox@example.org: {mail: internet}",
        ),
        (
            "mail: google\n    client_id: x\n    read_in: koss@example.org\n  koss@example.org:\n    mail: internet",
            "read_in:  koss@example.org is the mailbox of a program, whose mails are its own.",
        ),
        ("mail: internet\n    client_id: x", "client_id:  is of no use without sign_in."),
        ("calendar: internet\n    sign_in: google\n    client_id: x", "Write mail: internet as well, or remove the line."),
        (
            "calendar: internet\n    mail: internet\n    sign_in: google\n    client_id: x",
            "Give the calendar to another address, or use an app password for both.",
        ),
        (
            "shares_busy_with: koss@example.org",
            "shares_busy_with:  is for somebody whose 1:1s are invitations by mail.\n    Write calendar: none as well, or "
            "remove the line.",
        ),
        (
            "calendar: none\n    shares_busy_with: koss@example.org",
            "koss@example.org:  has no calendar on the internet here.\n    Write its account as well: koss@example.org: "
            "{calendar: internet}",
        ),
        (
            "calendar: none\n    shares_busy_with: kos@example.org\n  koss@example.org: {calendar: internet}",
            "kos@example.org:  has no calendar on the internet here.\n    Did you mean koss@example.org?",
        ),
        (
            "calendar: none\n    url: http://cloud.example.org/ana/\n    shares_busy_with: koss@example.org\n"
            "  koss@example.org: {calendar: internet}",
            "http://cloud.example.org/ana/:  is not encrypted.",
        ),
        (
            "mail: internet\n    own_network: true",
            "own_network:  says where a calendar on the internet is.\n    Write calendar: internet as well, "
            "or remove the line.",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told_with_what_to_write(
    tmp_path: Path, said: str, told: str
) -> None:
    whole = f"accounts:\n  {ANA}:\n    {said}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": whole}))
    assert told in report(loaded.problems)


@pytest.mark.parametrize("issuer", ["google", "Microsoft", "https://id.example.org/realms/koss/"])
def test_who_issues_tokens_is_a_name_or_an_address(tmp_path: Path, issuer: str) -> None:
    whole = f"accounts:\n  {ANA}: {{mail: internet, sign_in: {issuer}, client_id: x}}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": whole}))
    assert report(loaded.problems) == ""
    known = issuer.lower() if "://" not in issuer else issuer.rstrip("/")
    assert loaded.config.accounts[0].sign_in == known


def test_http_is_right_in_ones_own_network(tmp_path: Path) -> None:
    said = "calendar: internet\n    url: http://10.0.0.5:5232/\n    own_network: true"
    whole = f"accounts:\n  {ANA}:\n    {said}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": whole}))
    assert report(loaded.problems) == ""
    assert loaded.config.accounts[0].own_network


def test_whose_calendar_is_none_can_share_busy_times_with_the_program(tmp_path: Path) -> None:
    whole = f"""\
accounts:
  {ANA}: {{calendar: none, shares_busy_with: koss@example.org, url: http://10.0.0.5/ana/}}
  koss@example.org: {{calendar: internet, url: http://10.0.0.5/, own_network: true}}
"""
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": whole}))
    assert report(loaded.problems) == ""
    (line,) = loaded.config.lines
    assert (line.mentor.calendar, line.mentor.shares_busy) == ("none", True)
    assert (line.mentee.calendar, line.mentee.shares_busy) == ("local", False)
