"""What is special about Gmail: conversations, ids that are replaced, a history that is forgotten, limits, and lost answers.

Not the promises of every mailbox: test_gmail.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connectors.google import GmailMailbox, ReadElsewhere
from connectors.google.mail.clearing import LOOKED_AT_MOST
from connectors.google.mail.connector import BY_KEY_MOST, MAILS_MAX
from connectors.google.pace import Pace
from connectors.google.wire import QUOTA_WAIT
from daemon.domain.effect import Receipt
from daemon.domain.observation import Unknown
from daemon.domain.program import GoogleLimits
from daemon.domain.value import replace
from daemon.errors import AccessLost, CursorExpired, Permanent, Temporary
from daemon.ports import NotSent, OutgoingLetter
from tests.conformance.clearing import LATER, anything, names_in, nothing
from tests.conformance.following import NOW
from tests.conformance.gmail_world import ALL_OF_MAIL, BEN, KOSS, SENDING, GmailOffice, mailbox_at
from tests.conformance.mailboxes import drain, letter, reply, told
from tests.servers.google import Fault, Google

pytestmark = pytest.mark.server("the simulated Google")
SEND = "gmail.users.messages.send"


@pytest.fixture
def google(request: pytest.FixtureRequest) -> Iterator[Google]:
    with Google(NOW) as google:
        google.account(BEN)
        yield google
    assert google.problems == []
    request.node.user_properties.append(("bodies", google.validated))


@pytest.fixture
def token(google: Google) -> str:
    return google.account(KOSS, scopes=ALL_OF_MAIL)


@pytest.fixture
def mail(google: Google, token: str) -> GmailMailbox:
    return mailbox_at(google, token)


@pytest.fixture
def office(google: Google) -> GmailOffice:
    return GmailOffice(google)


def in_a_thread(number: int, *cites: str, thread: str = "koss-ana-ben/ben") -> OutgoingLetter:
    """A letter that goes on with others; the first that it cites is the root, which is no mail."""
    ours = letter(KOSS, BEN, number=number)
    cited = f"References: {' '.join(('<root@program.example>', *cites))}\r\n"
    raw = cited.encode() + ours.raw.replace(b"Subject: Your", b"Subject: Re: Your" if cites else b"Subject: Your")  # fmt: skip
    return replace(ours, raw=raw, thread=thread)


def threads(google: Google) -> list[str]:
    return [each.thread for each in google.gmail.boxes[KOSS].mails.values()]


def test_letters_to_a_person_are_one_conversation_also_after_a_restart(
    google: Google, token: str, mail: GmailMailbox
) -> None:
    first = in_a_thread(1)
    second = in_a_thread(2, first.message_id)
    third = in_a_thread(3, first.message_id, second.message_id)
    for each in (first, second):
        mail.send(each, key=each.key)
    mailbox_at(google, token).send(third, key=third.key)
    assert len(set(threads(google))) == 1
    other = in_a_thread(4, thread="koss-ana-chi/ben")
    mail.send(other, key=other.key)
    assert len(set(threads(google))) == 2


def test_a_conversation_that_is_gone_stops_no_letter(google: Google, mail: GmailMailbox) -> None:
    first, second = in_a_thread(1), in_a_thread(2, letter(KOSS, BEN).message_id)
    mail.send(first, key=first.key)
    google.gmail.boxes[KOSS].mails.clear()
    mail.send(second, key=second.key)
    assert len(GmailOffice(google).mails(BEN)) == 2


def test_a_search_that_fails_stops_no_letter_and_no_letter_that_went_goes_again(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    google.inject(Fault("say", "gmail.users.messages.list"))
    google.inject(Fault("say", "gmail.users.messages.get"))
    ours = in_a_thread(2, "<before@program.example>")
    assert mail.send(ours, key=ours.key).message_id == ours.message_id
    assert len(office.mails(BEN)) == 1


@pytest.mark.parametrize("harm", ["drop-after", "say-after"])
def test_a_hundred_lost_answers_and_each_letter_once(
    google: Google, token: str, office: GmailOffice, harm: str
) -> None:
    """As the daemon does it: after an attempt whose end nobody knows it is looked up first."""
    google.quotas.of_person = 100_000
    mail = mailbox_at(google, token, pace=Pace(GoogleLimits(100_000)))
    for number in range(100):
        ours = letter(KOSS, BEN, number=number)
        google.inject(Fault(harm, SEND))  # type: ignore[arg-type]
        with pytest.raises(Temporary):
            mail.send(ours, key=ours.key)
        assert isinstance(mail.sent(ours), Receipt)
    assert len(office.mails(BEN)) == 100


def test_what_was_accepted_may_be_found_only_after_a_while(google: Google, token: str) -> None:
    mail, ours = mailbox_at(google, token, visible_after=timedelta(seconds=60)), letter(KOSS, BEN)
    google.inject(Fault("say", SEND))
    with pytest.raises(Temporary):
        mail.send(ours, key=ours.key)
    with pytest.raises(Temporary) as early:
        mail.sent(ours)
    assert early.value.retry_after == timedelta(seconds=60)


def test_too_much_to_look_through_is_not_taken_for_not_sent(
    google: Google, mail: GmailMailbox
) -> None:
    for number in range(BY_KEY_MOST + 1):
        google.gmail.deliver(KOSS, letter(KOSS, BEN, number=number).raw, NOW, "SENT")
    assert isinstance(mail.sent(letter(KOSS, BEN, number=9_999)), Unknown)


def test_so_many_letters_a_day_and_then_all_others_wait_for_hours(
    google: Google, mail: GmailMailbox
) -> None:
    google.gmail.boxes[KOSS].left_today = 0
    ours = letter(KOSS, BEN)
    with pytest.raises(Temporary) as no_more:
        mail.send(ours, key=ours.key)
    assert (no_more.value.whole, no_more.value.retry_after) == (True, QUOTA_WAIT)
    assert str(no_more.value) == "Gmail lets this mailbox send no more for some hours"
    assert isinstance(mail.sent(ours), NotSent)


@pytest.mark.parametrize(
    ("status", "reason", "error"),
    [
        (403, "accessNotConfigured", Temporary),
        (400, "failedPrecondition", Temporary),
        (403, "forbidden", AccessLost),
        (400, "invalidArgument", Permanent),
    ],
)
def test_a_refusal_of_the_account_is_none_of_the_letter(
    google: Google, mail: GmailMailbox, status: int, reason: str, error: Any
) -> None:
    google.inject(Fault("say", SEND, status, reason))
    ours = letter(KOSS, BEN)
    with pytest.raises(error) as refused:
        mail.send(ours, key=ours.key)
    assert error is not Temporary or refused.value.whole
    mail.send(ours, key=ours.key)


def test_a_history_that_is_forgotten_begins_anew_and_loses_nothing(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    office.deliver(KOSS, reply(BEN, KOSS, 1), NOW)
    _, cursor = drain(mail, None)
    office.deliver(KOSS, reply(BEN, KOSS, 2), NOW)
    google.gmail.boxes[KOSS].oldest = google.gmail.boxes[KOSS].number
    with pytest.raises(CursorExpired):
        mail.arrivals(cursor)
    assert [raw.splitlines()[-1] for raw in told(mail.arrivals(None))] == [b"answer 1", b"answer 2"]


def test_a_first_reading_in_parts_is_in_order_and_what_comes_meanwhile_is_not_lost(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    for number in range(MAILS_MAX + 2):
        office.deliver(KOSS, reply(BEN, KOSS, number), NOW)
    first = mail.arrivals(None)
    assert len(first.observations) == MAILS_MAX
    office.deliver(KOSS, reply(BEN, KOSS, 9_999), NOW)
    rest = [raw.splitlines()[-1] for raw in drain(mail, first.cursor)[0]]
    expected = [f"answer {number}".encode() for number in (MAILS_MAX, MAILS_MAX + 1, 9_999)]
    assert list(dict.fromkeys(rest)) == expected


def test_news_in_parts(google: Google, mail: GmailMailbox, office: GmailOffice) -> None:
    _, cursor = drain(mail, None)
    for number in range(MAILS_MAX + 2):
        office.deliver(KOSS, reply(BEN, KOSS, number), NOW)
    first = mail.arrivals(cursor)
    assert len(first.observations) == MAILS_MAX
    rest, cursor = drain(mail, first.cursor)
    assert len(rest) == 2
    assert drain(mail, cursor)[0] == []


def test_what_somebody_takes_out_of_spam_is_told(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    google.gmail.deliver(KOSS, reply(BEN, KOSS, 1), NOW, "SPAM")
    nothing_yet, cursor = drain(mail, None)
    assert nothing_yet == []
    (name,) = google.gmail.boxes[KOSS].mails
    google.gmail.label(KOSS, name, ["INBOX"], ["SPAM"])
    google.gmail.label(KOSS, name, ["STARRED"], [])
    assert len(drain(mail, cursor)[0]) == 1


def test_what_somebody_has_archived_is_theirs(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    office.deliver(KOSS, reply(BEN, KOSS, 1), NOW)
    (name,) = names_in(mail.arrivals(None))
    google.gmail.label(KOSS, name, [], ["INBOX"])
    assert mail.clear([name], LATER, nothing).gone == (name,)
    assert list(google.gmail.boxes[KOSS].mails) == [name]


def test_a_mailbox_that_people_use_as_well_is_looked_through_bit_by_bit(
    google: Google, mail: GmailMailbox, office: GmailOffice
) -> None:
    """Gmail searches by no header of ours, so the heads of people's own mails are looked at too, and each once."""
    google.gmail.deliver(KOSS, letter(KOSS, BEN).raw, NOW, "SENT")
    for number in range(LOOKED_AT_MOST):
        theirs = b"From: " + KOSS.encode() + b"\r\n\r\nmine %d\r\n" % number
        google.gmail.deliver(KOSS, theirs, NOW, "SENT")
    assert mail.clear([], LATER, anything).more
    assert not mail.clear([], LATER, anything).more
    assert len(office.mails(KOSS, "SENT")) == LOOKED_AT_MOST
    before = len(google.calls)
    mail.clear([], LATER, anything)
    assert [method for _, method, _ in google.calls[before:]] == ["gmail.users.messages.list"] * 2


FAULTS = [
    (Fault("drop"), Temporary), (Fault("say", status=500), Temporary), (Fault("tear"), Temporary),
    (Fault("say", status=429, reason="rateLimitExceeded", retry_after=600), Temporary),
    (Fault("say", status=403, reason="userRateLimitExceeded"), Temporary),
    (Fault("say", status=401, reason="authError", times=3), AccessLost),
    (Fault("say", status=403, reason="insufficientPermissions"), AccessLost),
    (Fault("spoil", spoils=lambda answer: {}), None),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "error"), FAULTS, ids=lambda each: getattr(each, "harm", ""))
@pytest.mark.parametrize("at", ["gmail.users.history.list", "gmail.users.getProfile"])
def test_a_fault_in_reading_what_is_new_loses_nothing(
    google: Google, mail: GmailMailbox, office: GmailOffice, at: str, fault: Fault, error: Any
) -> None:
    """Both with what a reading begins: the first one, and each that goes on."""
    cursor = mail.arrivals(None).cursor if at.endswith("history.list") else None
    office.deliver(KOSS, reply(BEN, KOSS, 1), NOW)
    google.inject(dataclasses.replace(fault, at=at))
    if error is None:
        batch = mail.arrivals(cursor)
        assert (batch.observations, batch.cursor, batch.complete) == ((), None, False)
    else:
        with pytest.raises(error):
            mail.arrivals(cursor)
    assert len(drain(mail, cursor)[0]) == 1


def test_a_grant_that_was_taken_back_and_one_that_is_too_small(
    google: Google, mail: GmailMailbox
) -> None:
    small = mailbox_at(google, google.grants.granted(KOSS, SENDING))
    with pytest.raises(AccessLost, match="has not allowed all that is needed"):
        small.arrivals(None)
    google.grants.take_back(KOSS)
    with pytest.raises(AccessLost):
        mail.arrivals(None)


def test_who_may_only_send_asks_for_nothing_else_and_is_read_elsewhere(
    google: Google, token: str, office: GmailOffice
) -> None:
    sending = mailbox_at(google, google.grants.granted(KOSS, SENDING), reads=False)
    mail = ReadElsewhere(sending, mailbox_at(google, token))
    first = in_a_thread(1)
    second = in_a_thread(2, first.message_id)
    for each in (first, second):
        mail.send(each, key=each.key)
    assert {method for _, method, _ in google.calls} == {SEND}
    assert len(set(threads(google))) == 1
    assert isinstance(mail.sent(first), Unknown)
    office.deliver(KOSS, reply(BEN, KOSS, 1), NOW)
    (name,) = names_in(mail.arrivals(None))
    assert mail.clear([name], LATER, nothing).gone == (name,)
    assert office.mails(KOSS) == []
