"""The simulated Google lets people sign in as Google does: a page, a code that is good once, tokens that end.

Not the page of the daemon on which a mentor connects. Asked by plain HTTP, and by google-auth where it makes the request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from tests.google import asking
from tests.google.asking import EVENTS, WEEKLY, Client, agreed
from tests.servers.google import SCOPES, Fault, Google
from tests.servers.google.grants import ServiceAccount

ANA = "ana@gmail.example"
BACK = "http://127.0.0.1:1/callback"
VERIFIER = "v" * 43
CHALLENGE = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"


@pytest.fixture
def google() -> Iterator[Google]:
    with Google() as google:
        google.account(ANA)
        yield google


def asked(google: Google, **more: str) -> dict[str, str]:
    return {
        "client_id": google.grants.client_id, "redirect_uri": BACK, "response_type": "code", "scope": " ".join(SCOPES),
        "state": "s1", "access_type": "offline", "prompt": "consent", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    } | more  # fmt: skip


def browsed(google: Google, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """At that Google."""
    return asking.browsed(google.url + path, form)


def signed_in(google: Google, answer: str = "allow", **more: str) -> dict[str, str]:
    """What comes back with the browser."""
    link = f"{google.url}/o/oauth2/v2/auth?{urlencode(asked(google, **more))}"
    location = agreed(link, ANA, answer)
    assert location.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def tokens(google: Google, **form: str) -> tuple[int, dict[str, Any]]:
    client = {"client_id": google.grants.client_id, "client_secret": google.grants.client_secret}
    status, text, _ = browsed(google, "/token", client | form)
    return status, json.loads(text)


def exchanged(google: Google, code: str, **more: str) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}  # fmt: skip
    return tokens(google, **form | more)


def test_the_page_names_what_is_asked_for_and_a_yes_brings_a_code_that_is_good_once(
    google: Google,
) -> None:
    _, page, _ = browsed(google, f"/o/oauth2/v2/auth?{urlencode(asked(google))}")
    assert all(scope in page for scope in SCOPES)
    back = signed_in(google)
    assert back["state"] == "s1"
    status, answer = exchanged(google, back["code"])
    assert (status, answer["scope"].split()) == (200, list(SCOPES))
    assert Client(google, answer["refresh_token"]).full()[0] == []
    assert exchanged(google, back["code"])[1]["error"] == "invalid_grant"


def test_a_no_is_told_to_the_app(google: Google) -> None:
    assert signed_in(google, "deny") == {"error": "access_denied", "state": "s1"}


@pytest.mark.parametrize(
    ("more", "status", "error"),
    [
        ({"code_verifier": "x" * 43}, 400, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:2/"}, 400, "redirect_uri_mismatch"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
    ],
    ids=["another verifier", "another way back", "another secret"],
)
def test_a_code_is_good_for_whom_it_was_made(
    google: Google, more: dict[str, str], status: int, error: str
) -> None:
    told, answer = exchanged(google, signed_in(google)["code"], **more)
    assert (told, answer["error"]) == (status, error)


def test_without_offline_access_there_is_no_refresh_token(google: Google) -> None:
    answer = exchanged(google, signed_in(google, access_type="online")["code"])[1]
    assert "refresh_token" not in answer


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "scope"])
def test_a_request_that_is_not_right_is_told_on_googles_own_page(google: Google, name: str) -> None:
    wrong = {key: value for key, value in asked(google).items() if key != name}
    status, page, location = browsed(google, f"/o/oauth2/v2/auth?{urlencode(wrong)}")
    assert (status, location) == (400, "")
    assert f"Missing required parameter: {name}" in page


def test_in_status_testing_a_grant_is_over_after_seven_days(google: Google) -> None:
    google.grants.testing = True
    refresh = exchanged(google, signed_in(google)["code"])[1]["refresh_token"]
    google.now += timedelta(days=6, hours=23)
    assert tokens(google, grant_type="refresh_token", refresh_token=refresh)[0] == 200
    google.now += timedelta(hours=2)
    status, answer = tokens(google, grant_type="refresh_token", refresh_token=refresh)
    assert (status, answer["error"]) == (400, "invalid_grant")


def test_people_may_leave_out_some_of_what_is_asked_for(google: Google) -> None:
    link = f"/o/oauth2/v2/auth?{urlencode(asked(google))}"
    form = asked(google) | {"account": ANA, "answer": "allow", "scope_1": SCOPES[1]}
    assert browsed(google, link)[0] == 200
    _, _, location = browsed(google, "/o/oauth2/consent", form)
    back = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert back["scope"] == SCOPES[1]
    answer = exchanged(google, back["code"])[1]
    assert answer["scope"] == SCOPES[1]
    assert Client(google, answer["refresh_token"]).ask("GET", EVENTS)[0] == 403
    _, _, location = browsed(google, "/o/oauth2/consent", asked(google) | {"account": ANA, "answer": "allow"})  # fmt: skip
    assert "error=access_denied" in location


def test_who_has_agreed_before_brings_no_new_refresh_token_unless_asked_anew(google: Google) -> None:  # fmt: skip
    again = exchanged(google, signed_in(google, prompt="select_account")["code"])[1]
    assert "refresh_token" not in again
    google.grants.take_back(ANA)
    first = exchanged(google, signed_in(google, prompt="select_account")["code"])[1]
    assert "refresh_token" in first
    assert "refresh_token" in exchanged(google, signed_in(google)["code"])[1]


def test_a_browser_is_sent_back_to_where_it_was_registered(google: Google) -> None:
    google.grants.redirects = {"https://elsewhere.example/callback"}
    status, page, _ = browsed(google, f"/o/oauth2/v2/auth?{urlencode(asked(google))}")
    assert (status, page) == (400, "Error 400: redirect_uri_mismatch")
    google.grants.redirects.add(BACK)
    assert "code" in signed_in(google)


def test_the_token_endpoint_hangs_and_nothing_else_does(google: Google) -> None:
    google.inject(Fault("hang", at="token"))
    lost: list[str] = []

    def ask() -> None:
        try:
            tokens(google, grant_type="refresh_token")
        except ConnectionError as why:
            lost.append(type(why).__name__)

    asking = Thread(target=ask)
    asking.start()
    assert google.faults.hanging.wait(20)
    assert browsed(google, f"/o/oauth2/v2/auth?{urlencode(asked(google))}")[0] == 200
    google.faults.go_on()
    asking.join(20)
    assert lost == ["RemoteDisconnected"]


def test_with_a_token_goes_the_whole_grant(google: Google) -> None:
    answer = exchanged(google, signed_in(google)["code"])[1]
    assert browsed(google, "/revoke", {"token": answer["access_token"]})[0] == 200
    again = tokens(google, grant_type="refresh_token", refresh_token=answer["refresh_token"])
    assert again[1]["error"] == "invalid_grant"
    assert browsed(google, "/revoke", {"token": answer["access_token"]})[0] == 400


class TestAServiceAccount:
    """By google-auth's own credentials."""

    @pytest.fixture
    def credentials(self, google: Google) -> Credentials:
        key = generate_private_key(public_exponent=65537, key_size=2048)
        google.grants.services["robot@project.example"] = ServiceAccount(key.public_key())
        google.account("robot@project.example")
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        info = {
            "client_email": "robot@project.example", "token_uri": f"{google.url}/token", "private_key": pem,
            "type": "service_account", "private_key_id": "1",
        }  # fmt: skip
        return Credentials.from_service_account_info(info, scopes=list(SCOPES))

    def asks(self, google: Google, credentials: Credentials, body: Any) -> tuple[int, Any]:
        credentials.refresh(Request())
        client = Client(google, google.grants.granted(ANA, SCOPES))
        client._headers = {"Authorization": f"Bearer {credentials.token}"}
        return client.ask("POST", EVENTS, body)

    def test_by_itself_it_invites_nobody(self, google: Google, credentials: Credentials) -> None:
        status, answer = self.asks(google, credentials, WEEKLY)
        reason = answer["error"]["errors"][0]["reason"]
        assert (status, reason) == (403, "forbiddenForServiceAccounts")
        alone = {name: value for name, value in WEEKLY.items() if name != "attendees"}
        assert self.asks(google, credentials, alone)[0] == 200

    def test_for_people_of_a_domain_that_lets_it_and_for_no_others(
        self, google: Google, credentials: Credentials
    ) -> None:
        for_ana = credentials.with_subject(ANA)
        with pytest.raises(RefreshError, match="unauthorized_client"):
            for_ana.refresh(Request())
        google.grants.services["robot@project.example"].acts_for = "gmail.example"
        status, event = self.asks(google, for_ana, WEEKLY)
        assert (status, event["organizer"]) == (200, {"email": ANA, "self": True})

    def test_by_itself_it_makes_no_link(self, google: Google, credentials: Credentials) -> None:
        body = {name: value for name, value in WEEKLY.items() if name != "attendees"}
        wish = {"conferenceData": {"createRequest": {"requestId": "r1"}}}
        status, answer = self.asks(google, credentials, body | wish)
        assert (status, answer["error"]["message"]) == (400, "Invalid conference type value.")

    def test_what_it_signs_is_good_for_an_hour(
        self, google: Google, credentials: Credentials
    ) -> None:
        now = google.grants.clock_of_assertions()
        for hours in (-2, 2):
            late = now + timedelta(hours=hours)
            google.grants.clock_of_assertions = lambda late=late: late  # type: ignore[misc]
            with pytest.raises(RefreshError, match="short-lived"):
                credentials.refresh(Request())

    def test_a_key_that_is_not_its_own(self, google: Google, credentials: Credentials) -> None:
        other = generate_private_key(public_exponent=65537, key_size=2048).public_key()
        google.grants.services["robot@project.example"] = ServiceAccount(other)
        with pytest.raises(RefreshError, match="invalid_grant"):
            credentials.refresh(Request())
