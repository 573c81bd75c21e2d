"""`connect` and `doctor` on a real post office: what is looked at, what is kept, and that letters then go there.

Not the connectors: tests/conformance/test_internet_*.py.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.place import Place, environment
from tests.servers.postoffice import PASSWORD, PostOffice

MAILBOX, BEN = "koss@example.org", "ben@example.org"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """The program's mailbox and Ben's."""
    with PostOffice((MAILBOX, BEN)) as office:
        yield office


def connected(place: Place, office: PostOffice) -> None:
    """Files that say where the mailbox is."""
    (place.config / "oneonone.yaml").write_text(
        f"accounts:\n  {MAILBOX}:\n    mail: internet\n    imap: 127.0.0.1:{office.imap_port}\n"
        f"    smtp: 127.0.0.1:{office.smtp_port}\n"
    )


def connect(
    place: Place, password: str, address: str = MAILBOX
) -> subprocess.CompletedProcess[str]:
    """`run.py connect`, with the password piped in."""
    return subprocess.run(
        place.command("connect", address), capture_output=True, text=True, check=False,
        env=environment(), input=f"{password}\n", timeout=60,
    )  # fmt: skip


def test_a_mailbox_is_tried_with_a_mail_to_itself_and_its_password_is_kept_encrypted(
    place: Place, office: PostOffice
) -> None:
    connected(place, office)
    said = connect(place, PASSWORD)
    imap, smtp = f"127.0.0.1:{office.imap_port}", f"127.0.0.1:{office.smtp_port}"
    assert said.stdout == (
        f"{MAILBOX}\n"
        f"  good  reachability: {imap} answers\n"
        f"  good  tls: {imap} gets the password in clear text, but on this machine\n"
        f"  good  login: {imap} takes the user and the password\n"
        f"  good  reachability: {smtp} answers\n"
        f"  good  tls: {smtp} gets the password in clear text, but on this machine\n"
        f"  good  login: {smtp} takes the user and the password\n"
        "  good  round trip: a mail to itself arrived in 0 s\n"
        "  good  plus-addressing: koss+word@example.org arrives\n"
        f"  good  capabilities: {imap} removes single mails (UIDPLUS)\n"
        f"  good  capabilities: {smtp} takes letters to every address, of up to 33 MB\n"
        "  good  limits: how many letters a day it lets us send is not published\n"
        "        Ask its provider, or look whether it is enough: run.py status says how many went.\n"
        "  good  clock: its clock agrees with ours\n"
        "  look  authentication: the server does not say whether a sender is the one he claims\n"
        "        Answers are proved by a one-time word; verify: token in the program's file spares it where "
        "only members can write to this server.\n"
        f"  good  sent: {smtp} keeps nothing of what is sent; copies to itself do\n"
        f"{MAILBOX} is connected.\n"
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert (office.mails(MAILBOX), office.mails(MAILBOX, "Sent")) == ([], [])
    kept = list((place.data / "vault").rglob("*.secret"))
    assert len(kept) == 2 and not any(PASSWORD.encode() == each.read_bytes() for each in kept)


def test_a_wrong_password_is_not_kept(place: Place, office: PostOffice) -> None:
    connected(place, office)
    said = connect(place, "wrong")
    assert said.returncode == 1
    assert said.stdout == (
        f"{MAILBOX}\n"
        f"  bad   login: 127.0.0.1:{office.imap_port} does not take the user name and password\n"
        "        Make an app password there if it has two-factor login, then connect again.\n"
    )
    assert said.stderr == f"{MAILBOX} is not connected, and nothing is changed.\n"
    assert list((place.data / "vault").rglob("*.secret")) == []


def test_an_account_that_is_files_has_nothing_to_connect(place: Place) -> None:
    said = connect(place, PASSWORD)
    assert said.returncode == 2
    assert said.stderr == (
        f"{MAILBOX} has nothing on the internet, so there is nothing to connect.\n"
        "If it has, say so in oneonone.yaml or the program's file:\n"
        f"accounts:\n  {MAILBOX}: {{mail: internet}}\n"
    )


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("kos@example.org", f" Did you mean {MAILBOX}?"), ("somebody@elsewhere.example", "")],
)
def test_an_address_that_no_file_has_is_not_told_to_be_written_down(
    place: Place, typed: str, hint: str
) -> None:
    said = connect(place, PASSWORD, typed)
    assert said.returncode == 2
    assert said.stderr == (
        f"{typed} stands in no file of {place.config}.{hint}\n"
        "What can be connected: the mailbox of a program, and the calendar of a person.\n"
    )


def test_no_password_changes_nothing(place: Place, office: PostOffice) -> None:
    connected(place, office)
    said = connect(place, "")
    assert (said.returncode, said.stderr) == (1, "No password was given, and nothing is changed.\n")


def test_doctor_says_who_is_not_connected_yet_and_what_to_do(
    place: Place, office: PostOffice
) -> None:
    assert (
        place.run("doctor").stdout == "No account is on the internet: everything is files here.\n"
    )
    connected(place, office)
    said = place.run("doctor")
    assert said.returncode == 1
    assert said.stdout.startswith(
        f"{MAILBOX}\n  bad   login: no password is known\n"
        f"        run.py connect {MAILBOX} --config {place.config}\n"
    )
    connect(place, PASSWORD)
    facts = json.loads(place.run("doctor", "--json").stdout)
    assert facts["state"] == "look"
    assert facts["accounts"][0]["facts"] == {
        "imap": f"127.0.0.1:{office.imap_port}", "smtp": f"127.0.0.1:{office.smtp_port}",
        "plus": "yes", "proof": "copy", "deletes": "yes",
    }  # fmt: skip
    assert kept_by(facts) == (
        "what was dealt with, and our letters in Sent, are deleted after 30 days"
    )
    place.program.write_text(place.program.read_text() + "mailbox_keep: 0\n")
    never = json.loads(place.run("doctor", "--json").stdout)
    assert kept_by(never) == "mails and letters are never deleted there (mailbox_keep: 0)"


def kept_by(facts: dict[str, Any]) -> str:
    """What `doctor` says of how long mails lie in the mailbox."""
    return next(c["text"] for c in facts["accounts"][0]["checks"] if c["name"] == "kept")


def test_a_letter_goes_out_by_that_mailbox(place: Place, office: PostOffice) -> None:
    connected(place, office)
    connect(place, PASSWORD)
    said = place.run("preview", "prep-mentee", "--to", BEN)
    assert said.returncode == 0, said.stderr
    (got,) = office.mails(BEN)
    assert b"Subject: Sample:" in got
