"""`calendar: exchange` as an admin and a mentor meet it: connect, doctor, one 1:1 that is cancelled in Outlook, and the ends of
Exchange Web Services.

Not the connector: tests/conformance/test_exchange.py. Exchange is the one of tests/servers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.at_exchange import probed
from connectors.clock import SystemClock
from connectors.exchange import Login, login_of, probe_exchange
from connectors.internet import Grant
from connectors.stores.vault import FileVault
from daemon.domain.account import Account
from daemon.errors import AccessLost
from daemon.settings import load, report
from tests.cli.acted import Village
from tests.cli.place import ROOT, Place
from tests.conformance.post import PostHands
from tests.conformance.test_exchange_mail import Office
from tests.servers.exchange import Exchange
from tests.servers.exchange.soap import text_of
from tests.servers.issuer import CLIENT, Issuer
from tests.settings.folders import PROGRAM, write

KOSS = "koss@example.org"
ANA, ADA, ABE = "ana@example.org", "ada@example.org", "abe@example.org"
CLOUD = "https://outlook.office365.com/EWS/Exchange.asmx"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as exchange:
        yield exchange
    assert exchange.problems == []


def files(exchange: Exchange, config: Path, who: str, more: str = "") -> None:
    (config / "oneonone.yaml").write_text(
        f"accounts:\n  {who}: {{calendar: exchange, url: '{exchange.url}', own_network: true{more}}}\n"
    )


def test_a_password_is_tried_and_kept_and_doctor_says_how_it_stands(
    place: Place, exchange: Exchange
) -> None:
    exchange.account(ANA)
    files(exchange, place.config, ANA)
    refused = place.given("connect", ANA, text="wrong\n")
    assert refused.returncode == 1
    assert (
        "bad   login: Exchange does not let us in with what is known of this account"
        in refused.stdout
    )
    done = place.given("connect", ANA, text="secret\n")
    assert done.stdout == (
        f"{ANA}\n"
        "  good  reachability: Exchange answers (build 15.2.2562.17)\n"
        "  good  login: it lets us in\n"
        "  good  calendar: 1:1s are kept in the main calendar, and Exchange invites the mentees\n"
        f"{ANA} is connected.\n"
    ), done.stderr
    assert place.run("doctor").returncode == 0
    exchange.shut.add(ANA)
    assert place.run("doctor").returncode == 1


def test_a_1_1_that_its_mentor_cancels_in_outlook_is_offered_moved_and_noted(
    tmp_path: Path, exchange: Exchange
) -> None:
    village = Village(tmp_path / "mine", 2, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.wakes_nobody()
    exchange.now = village.time.now()
    exchange.account(ADA)
    files(exchange, village.config, ADA)
    FileVault(village.data / "vault", {}).put(f"account/{ADA}", b"secret")

    def beats(times: int, minutes: int) -> None:
        for _ in range(times):
            village.passes(minutes=minutes)
            exchange.now = village.time.now()
            village.run("once")

    village.all_running()
    (series,) = exchange.boxes[ADA].items.values()
    assert [(each.to, each.kind) for each in exchange.mails] == [(ABE, "invitation")]
    uid = text_of(series.parts["UID"])
    exchange.outlook(ADA).delete_one(uid, "2027-01-05")
    beats(3, 45)
    offers = [raw for raw in village.hands.letters(ABE) if b"Key: proposal" in raw]
    assert len(offers) == 1
    village.says(ABE, "proposal", "1")
    beats(2, 2)
    (moved,) = [raw for raw in village.hands.letters(ABE) if b"Key: moved" in raw]
    singles = [each for each in exchange.boxes[ADA].items.values() if not each.recurs]
    assert len(singles) == 1 and moved
    assert [(each.to, each.kind) for each in exchange.mails] == [
        (ABE, "invitation"), (ABE, "cancellation"), (ABE, "invitation"),
    ]  # fmt: skip
    start = singles[0].start
    assert start is not None
    village.time.set(singles[0].end)  # type: ignore[arg-type]
    beats(3, 45)
    assert [raw for raw in village.hands.letters(ABE) if b"Key: notes" in raw]
    village.says(ABE, "notes", "Next time: the budget.")
    beats(2, 15)
    assert "1 at Exchange" in village.run("status").out


def test_a_mailbox_there_is_tried_with_a_mail_to_itself(place: Place, exchange: Exchange) -> None:
    exchange.account(KOSS)
    (place.config / "oneonone.yaml").write_text(
        f"accounts:\n  {KOSS}: {{mail: exchange, url: '{exchange.url}', own_network: true}}\n"
    )
    done = place.given("connect", KOSS, text="secret\n")
    assert done.stdout == (
        f"{KOSS}\n"
        "  good  reachability: Exchange answers (build 15.2.2562.17)\n"
        "  good  login: it lets us in\n"
        "  good  round trip: a mail to itself arrived in 0 s\n"
        "  good  plus-addressing: koss+word@example.org arrives\n"
        f"{KOSS} is connected.\n"
    ), done.stderr
    assert exchange.boxes[KOSS].items.keys() == {
        name for name, each in exchange.boxes[KOSS].items.items() if each.folder == "recoverableitemsdeletions"
    }  # fmt: skip


def test_an_exchange_without_plus_addresses_is_good_enough_and_that_is_said(
    exchange: Exchange,
) -> None:
    exchange.account(KOSS)
    exchange.plus = False
    account = Account(KOSS, mail="exchange", url=exchange.url)
    waited: list[float] = []
    (probe,) = probe_exchange(
        account,
        lambda: login_of(account, "secret", "", date(2026, 11, 30)),
        SystemClock(),
        waited.append,
    )
    assert probe.usable and sum(waited) > 30
    assert [(each.name, each.state) for each in probe.checks][-2:] == [
        ("round trip", "good"), ("plus-addressing", "look"),
    ]  # fmt: skip


def test_letters_go_and_answers_come_through_exchange(tmp_path: Path, exchange: Exchange) -> None:
    village = Village(tmp_path / "mine", 1, datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    village.rewrite("first_run: send\n", "first_run: send\nverify: token\n")
    village.wakes_nobody()
    exchange.now = village.time.now()
    for each in (KOSS, ADA, ABE):
        exchange.account(each)
    (village.config / "oneonone.yaml").write_text(
        f"accounts:\n  {KOSS}: {{mail: exchange, url: '{exchange.url}', own_network: true}}\n"
    )
    FileVault(village.data / "vault", {}).put(f"account/{KOSS}", b"secret")
    village.hands = PostHands(Office(exchange))  # type: ignore[assignment]
    village.all_running()
    for _ in range(2):
        village.passes(minutes=2)
        exchange.now = village.time.now()
        village.run("once")
    assert "Ada & Abe" in village.run("status").out, "both have said yes"
    kinds = [b"welcome-mentor" in raw for raw in village.hands.letters(ADA)]
    assert kinds.count(True) == 1


@pytest.mark.parametrize(
    ("said", "today", "told"),
    [
        (
            "calendar: exchange", date(2026, 11, 27),
            "calendar: exchange  needs to say where your Exchange is.\n    Write url: as well, for example "
            "https://mail.example.org/EWS/Exchange.asmx.",
        ),
        (
            f"calendar: exchange\n    url: {CLOUD}", date(2026, 11, 27),
            "url:  is Microsoft 365, where Exchange Web Services are off since 2026-10-01 and end on 2027-04-01.\n    Write "
            "calendar: microsoft instead (docs/connect-microsoft365.md); or ews_allowed: true if your tenant has switched them on for this program.",
        ),
        (f"calendar: exchange\n    url: {CLOUD}\n    ews_allowed: true", date(2027, 3, 31), ""),
        (
            f"calendar: exchange\n    url: {CLOUD}\n    ews_allowed: true", date(2027, 4, 1),
            "url:  is Microsoft 365, where Exchange Web Services ended on 2027-04-01.",
        ),
        (
            "calendar: exchange\n    url: http://mail.example.org/EWS/Exchange.asmx", date(2026, 11, 27),
            "http://mail.example.org/EWS/Exchange.asmx:  is not encrypted.",
        ),
    ],
)  # fmt: skip
def test_what_the_files_have_to_say(tmp_path: Path, said: str, today: date, told: str) -> None:
    whole = f"accounts:\n  {ANA}:\n    {said}\n"
    loaded = load(write(tmp_path, {"koss.yaml": PROGRAM, "oneonone.yaml": whole}), today)
    assert told in report(loaded.errors)
    assert bool(told) == bool(loaded.errors)


def test_the_exception_of_microsoft_365_ends_by_itself_while_the_daemon_runs() -> None:
    account = Account(ANA, "exchange", url=CLOUD, ews_allowed=True)
    assert login_of(account, "secret", "", date(2027, 3, 31)).url == CLOUD
    with pytest.raises(AccessLost, match="ended on 2027-04-01"):
        login_of(account, "secret", "", date(2027, 4, 1))


def test_the_page_about_it_says_what_holds(place: Place) -> None:
    page = (ROOT / "docs" / "connect-exchange.md").read_text()
    for example in page.split("```yaml\n")[1:]:
        (place.config / "oneonone.yaml").write_text(example.partition("```")[0])
        assert load(place.config).errors == ()


class Good(dict[str, str]):
    """Whoever has a token of that issuer is Ana."""

    def __init__(self, issuer: Issuer) -> None:
        super().__init__()
        self._issuer = issuer

    def get(self, token: str, otherwise: str = "") -> str:  # type: ignore[override]
        """Whose it is."""
        return ANA if token in self._issuer._good else otherwise


def test_an_account_whose_owner_signs_in_has_a_token_of_the_hour(
    place: Place, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "OAUTHLIB_INSECURE_TRANSPORT", "1"
    )  # the Exchange of the tests has no certificate
    exchange.account(ANA)
    with Issuer(ANA) as issuer:
        files(exchange, place.config, ANA, f", sign_in: '{issuer.url}', client_id: {CLIENT}")
        said = place.run("doctor")
        assert said.returncode == 1 and "nobody has signed in" in said.stdout
        issuer.granted("kept")
        exchange.tokens = Good(issuer)
        vault = FileVault(place.data / "vault", {})
        vault.put(f"account/{ANA}", Grant("kept").text().encode())
        account = next(each for each in load(place.config).config.accounts if each.address == ANA)
        for _ in range(2):
            (probe,) = probed(account, SystemClock(), vault, None, lambda seconds: None)
            assert [check.state for check in probe.checks] == ["good"] * 3
        assert issuer.renewed == 1


def test_doctor_says_what_the_state_of_exchange_web_services_means(exchange: Exchange) -> None:
    account = Account(ANA, calendar="exchange", url=CLOUD, ews_allowed=True)
    exchange.account(ANA)
    here = lambda: Login(ANA, exchange.url, ANA, "secret")  # noqa: E731
    (probe,) = probe_exchange(account, here, SystemClock(), lambda seconds: None)
    *good, last = probe.checks
    assert [check.state for check in good] == ["good"] * 3
    assert (last.state, last.text) == (
        "look",
        "this is Microsoft 365, where Exchange Web Services are off since 2026-10-01 but where a tenant has them on, and end on 2027-04-01",
    )
    assert last.advice.startswith("Write calendar: microsoft before that day")
