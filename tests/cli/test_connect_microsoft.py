"""`calendar: microsoft` as an admin and a mentor meet it: connect, doctor, one 1:1 that is cancelled in Outlook, an admin's yes.

Not the connector: tests/conformance/test_microsoft.py. Microsoft 365 is the one of tests/servers.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.at_microsoft import probed, scopes_of
from connectors.clock import SystemClock
from connectors.internet.mail.limits import AT_MICROSOFT
from connectors.mails import WAITS
from connectors.microsoft import Kept
from connectors.stores.vault import FileVault
from daemon.cli.accounts import CLIENT_SECRET
from daemon.domain.account import Account
from daemon.domain.program import Web
from daemon.settings import load
from daemon.web.connecting import BACK
from tests.cli.acted import Village
from tests.cli.place import ROOT, Place, environment
from tests.conformance.graph_world import Allowed
from tests.servers.graph import APP, APP_SECRET, TENANT, Graph, authority_in

KOSS = "koss@example.org"
ANA, ADA, ABE = "ana@example.org", "ada@example.org", "abe@example.org"


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    monkeypatch.setenv("SSL_CERT_FILE", authority_in(tmp_path))
    with Graph() as graph:
        yield graph
    assert graph.problems == []


def files(graph: Graph, config: Path, who: str, what: str = "calendar", more: str = "") -> None:
    (config / "oneonone.yaml").write_text(
        f"microsoft_client_id: {APP}\nmicrosoft_tenant: {TENANT}\n{more}"
        f"accounts:\n  {who}: {{{what}: microsoft, url: '{graph.url}'}}\n"
    )


def signs_in(place: Place, graph: Graph, address: str, who: str = "") -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Whoever is at the terminal tells the code, and somebody types it."""
    process = subprocess.Popen(
        place.command("connect", address), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said == f"Open {graph.url}/device in a browser, sign in as {address}, and type ABCD1234\n"  # fmt: skip
        graph.sign_in.typed(who or address)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    return subprocess.CompletedProcess((), process.returncode, out, err)


def test_a_mentor_types_a_code_once_and_doctor_says_how_it_stands(
    place: Place, graph: Graph
) -> None:
    graph.account(ANA)
    files(graph, place.config, ANA)
    assert "nobody has signed in" in place.run("doctor").stdout
    done = signs_in(place, graph, ANA)
    assert done.stdout == (
        f"{ANA}\n  good  login: Microsoft lets us in\n"
        "  good  calendar: 1:1s are kept in the main calendar, and Microsoft invites the mentees\n"
        f"{ANA} is connected.\n"
    ), done.stderr
    kept = b"".join(each.read_bytes() for each in (place.data / "vault").rglob("*") if each.is_file())  # fmt: skip
    assert b"rt-" not in kept and b"RefreshToken" not in kept
    assert place.run("doctor").returncode == 0
    graph.sign_in.taken_back.add(ANA)
    lost = place.run("doctor")
    assert lost.returncode == 1
    assert "bad   login: Microsoft does not let us in any more" in lost.stdout


def test_another_account_than_the_one_that_was_asked_is_none(place: Place, graph: Graph) -> None:
    graph.account(ANA)
    graph.account(ADA)
    files(graph, place.config, ANA)
    said = signs_in(place, graph, ANA, ADA)
    assert said.returncode == 1
    assert said.stdout == (
        f"{ANA}\n  bad   login: it is {ADA} who has let us in\n"
        f"        Sign in as {ANA}; or write the account's own address in the files, if this is another name of it.\n"
    )
    assert "nobody has signed in" in place.run("doctor").stdout


def test_an_admin_says_yes_for_a_group_and_nobody_connects_anything(
    place: Place, graph: Graph
) -> None:
    graph.account(ANA)
    files(graph, place.config, ANA, more="microsoft_application: true\n")
    refused = place.given("connect", APP, text="an old secret\n")
    assert refused.returncode == 1
    assert "its client secret is over (invalid_client AADSTS7000222)" in refused.stdout
    refused = place.given("connect", APP, text=f"{APP_SECRET}\n")
    assert refused.returncode == 1
    assert "not everything was allowed that is needed" in refused.stdout
    graph.scoped.add(ANA)
    done = place.given("connect", APP, text=f"{APP_SECRET}\n")
    assert done.stdout.endswith(
        f"{APP} is connected, and acts for whoever has not connected their own calendar.\n"
    ), done.stderr
    assert place.run("doctor").returncode == 0


def test_a_1_1_that_its_mentor_cancels_in_outlook_is_offered_moved_and_noted(
    tmp_path: Path, graph: Graph
) -> None:
    village = Village(tmp_path / "mine", 2, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.rewrite("    mentee: Abe Elm", "    link: Microsoft Teams\n    mentee: Abe Elm")
    village.wakes_nobody()
    graph.now = village.time.now()
    graph.account(ADA)
    files(graph, village.config, ADA)
    kept = Kept(Allowed(graph).granted(ADA).cache)
    FileVault(village.data / "vault", {}).put(f"account/{ADA}", kept.text().encode())

    def beats(times: int, minutes: int) -> None:
        for _ in range(times):
            village.passes(minutes=minutes)
            graph.now = village.time.now()
            village.run("once")

    village.all_running()
    (series,) = graph.boxes[ADA].events.values()
    assert [(each.to, each.kind) for each in graph.mails] == [(ABE, "invitation")]
    second = next(each for each in series.times() if f"{each.start:%Y-%m-%d}" == "2027-01-05")
    graph.outlook(ADA).delete_one(series, second.original)
    beats(3, 45)
    offers = [raw for raw in village.hands.letters(ABE) if b"Key: proposal" in raw]
    assert len(offers) == 1
    village.says(ABE, "proposal", "1")
    beats(2, 2)
    (moved,) = [raw for raw in village.hands.letters(ABE) if b"Key: moved" in raw]
    assert series.parts["onlineMeeting"]["joinUrl"].encode() in moved
    (single,) = [each for each in graph.boxes[ADA].events.values() if not each.recurs]
    assert [(each.to, each.kind) for each in graph.mails] == [
        (ABE, "invitation"), (ABE, "cancellation"), (ABE, "invitation"),
    ]  # fmt: skip
    village.time.set(single.end)
    beats(3, 45)
    assert [raw for raw in village.hands.letters(ABE) if b"Key: notes" in raw]
    village.says(ABE, "notes", "Next time: the budget.")
    beats(2, 15)
    assert "1 at Microsoft 365" in village.run("status").out


def test_a_mailbox_there_is_tried_with_a_mail_to_itself(place: Place, graph: Graph) -> None:
    graph.account(KOSS)
    files(graph, place.config, KOSS, "mail")
    done = signs_in(place, graph, KOSS)
    assert done.stdout == (
        f"{KOSS}\n"
        "  good  login: Microsoft lets us in\n"
        "  good  round trip: a mail to itself arrived in 0 s\n"
        "  good  plus-addressing: koss+word@example.org arrives\n"
        "  good  limits: 8000 letters a day are sent at most, the rest waits\n"
        f"{KOSS} is connected.\n"
    ), done.stderr
    assert graph.boxes[KOSS].mails == {}
    graph.plus, waited = False, list[float]()
    config, vault = load(place.config).config, FileVault(place.data / "vault", {})
    account = config.mail_account(KOSS)
    assert account is not None
    (probe,) = probed(config, account, SystemClock(), vault, None, waited.append)
    said = {each.name: (each.state, each.text) for each in probe.checks}
    assert said["plus-addressing"] == ("look", "koss+word@example.org does not arrive")
    assert sum(waited) == sum(WAITS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"accounts:\n  {ANA}: {{calendar: microsoft}}\n", f"microsoft_client_id:  is missing, and {ANA} is at Microsoft 365."),
        (f"microsoft_client_id: x\nmicrosoft_application: true\naccounts:\n  {ANA}: {{calendar: microsoft}}\n", "microsoft_tenant:  is missing"),
        (f"microsoft_client_id: x\naccounts:\n  {ANA}: {{calendar: microsoft, url: 'https://dav.example.org/'}}\n", "url:  is for a calendar on a server, and Microsoft 365 is found without it."),
        (f"microsoft_client_id: x\naccounts:\n  {ANA}: {{calendar: microsoft, mail: internet}}\n", "mail:  internet is let in by a password or a sign-in of its own, and this calendar by a sign-in at Microsoft."),
        (f"accounts:\n  {ANA}: {{calendar: outlook}}\n", "Did you mean microsoft?"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(place: Place, text: str, problem: str) -> None:
    (place.config / "oneonone.yaml").write_text(text)
    said = place.run("check")
    assert said.returncode == 2
    assert problem in said.stdout + said.stderr


def test_the_page_about_it_says_what_holds(place: Place) -> None:
    page = (ROOT / "docs" / "connect-microsoft365.md").read_text()
    for example in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        (place.config / "oneonone.yaml").write_text(example)
        loaded = load(place.config)
        assert loaded.errors == ()
        account = next(each for each in loaded.config.accounts if each.at_microsoft)
        assert account.client_id in example
        assert loaded.config.web == (Web("https://1on1.example.org") if "web:" in example else Web())  # fmt: skip
        assert loaded.config.microsoft.microsoft_application == ("application: true" in example)
    assert page.count("```yaml") == 4
    assert f"`https://1on1.example.org{BACK}`" in page
    calendar, mail = Account(ANA, "microsoft"), Account(KOSS, mail="microsoft")
    asked = {*scopes_of(calendar), *scopes_of(mail)}
    assert set(re.findall(r"^ *\| `(\w+\.\w+)` \|", page, re.MULTILINE)) == asked
    assert CLIENT_SECRET in page
    assert f"{AT_MICROSOFT:,}" in page
