"""Signing in with a code on another machine (RFC 8628): how often it is asked whether it was typed, and what ends that.

Not the command: tests/cli/test_connect_oauth.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.internet.oauth.granting import Person, sign_in
from connectors.internet.oauth.tokens import Grant
from daemon.domain.account import Account
from daemon.errors import NotNow
from tests.conformance.test_local import StandingClock
from tests.servers.issuer import CLIENT, Issuer

KOSS = "koss@example.test"


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer("koss") as issuer:
        yield issuer


def signs_in(issuer: Issuer) -> tuple[str, list[float]]:
    """What was granted, or why not; and the pauses between the questions."""
    pauses: list[float] = []
    person = Person(lambda line: None, lambda line: "", pauses.append)
    account = Account(KOSS, mail="internet", sign_in=issuer.url, client_id=CLIENT)
    try:
        grant = Grant.read(sign_in(account, "", person, StandingClock()), KOSS)
    except NotNow as why:
        return str(why), pauses
    return grant.access_token[:6], pauses


@pytest.mark.parametrize(
    ("polls", "wanted"),
    [
        ([], [5, 5]),
        (["500"], [5, 10, 10]),
        (["503", "cut", "500"], [5, 10, 20, 40, 40]),
        (["cut"] * 5, [5, 10, 20, 40, 60, 60, 60]),
        (["429"], [5, 10, 10]),
        (["slow_down"], [5, 10, 10]),
        (["429 slow_down", "slow_down"], [5, 10, 15, 15]),
        (["authorization_pending"], [5, 5, 5]),
    ],
)
def test_what_befalls_one_question_does_not_end_the_sign_in(
    issuer: Issuer, polls: list[str], wanted: list[float]
) -> None:
    issuer.interval, issuer.polls = 5, list(polls)
    assert signs_in(issuer) == ("access", wanted)


@pytest.mark.parametrize(
    ("interval", "wanted"),
    [(None, 5), ("absent", 5), ("soon", 5), (True, 5), (7, 7), ("7", 7), (0.5, 0.5), (-3, 5)],
)
def test_how_long_to_wait_is_what_the_issuer_says_or_five_seconds(
    issuer: Issuer, interval: object, wanted: float
) -> None:
    issuer.interval = interval
    assert signs_in(issuer) == ("access", [wanted, wanted])


@pytest.mark.parametrize("error", ["access_denied", "expired_token", "invalid_grant"])
def test_a_no_ends_it(issuer: Issuer, error: str) -> None:
    issuer.polls = ["500", error]
    assert signs_in(issuer) == (f"{KOSS} was not granted: {error}", [0, 5])


def test_an_issuer_that_never_answers_is_left_when_the_code_is_good_no_more(issuer: Issuer) -> None:
    issuer.interval, issuer.polls = 5, ["cut"] * 99
    said, pauses = signs_in(issuer)
    assert said == f"{KOSS} was not granted: expired_token"
    assert 600 <= sum(pauses) < 700
