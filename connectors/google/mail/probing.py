"""Whether a mailbox at Gmail works, as `connect` and `doctor` look at it: a mail to itself is sent, found and removed.

Not kept here: what was found out is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from connectors.google.access import Access
from connectors.google.mail.connector import GmailMailbox
from connectors.google.mail.requests import INBOX, Requests
from connectors.google.probing import AGAIN, TESTING
from connectors.google.wire import NotAllowed
from connectors.mails import WAITS, ToItself, key_of
from daemon.domain.effect import Receipt
from daemon.errors import AccessLost, ConnectorError, Temporary
from daemon.ports import MailConnector, OutgoingLetter
from daemon.ports.probe import Check, Probe


def probe_gmail(access: Access, letters_a_day: int, wait: Callable[[float], None]) -> Probe:
    """It never raises for what Google does."""
    checks, address, requests = list[Check](), access.address, Requests(access)
    try:
        if (who := requests.address()) != address:
            advice = f"Sign in as {address}; or write {who} in the files, if that is its name."
            return Probe(address, (Check("login", "bad", "it is another account that has let us in", advice),))  # fmt: skip
        checks.append(Check("login", "good", "Gmail lets us in"))
        ours = ToItself.new(address)
        _hand_over(GmailMailbox(access), ours, access)
        query = f"rfc822msgid:{ours.message_id.strip('<>')}"

        def found() -> list[str]:
            # Gmail may have given it another id
            near = [*requests.found(query, INBOX), *_latest(requests)]
            return [name for each in near if _is(requests, name := str(each["id"]), ours)]

        seconds = _waited(lambda: bool(found()), wait)
        checks += _arrived(seconds, ours)
        if seconds is not None:
            requests.remove(found())
            checks.append(Check("capabilities", "good", "Gmail removes single mails"))
    except ConnectorError as why:
        return Probe(address, (*checks, _barred(why)))
    return Probe(address, (*checks, _limits(letters_a_day)))


def probe_sending(
    access: Access, reading: MailConnector, read_in: str, letters_a_day: int, wait: Callable[[float], None]
) -> Probe:  # fmt: skip
    """The same of a mailbox that only sends: what it sends to itself has to be forwarded to where it is read."""
    checks, address, ours = (
        list[Check](),
        access.address,
        ToItself.new(access.address),
    )
    try:
        letter = _hand_over(GmailMailbox(access, reads=False), ours, access)
        checks.append(Check("login", "good", "Gmail lets us send"))
        seconds = _waited(lambda: _is_there(reading, letter), wait)
        if seconds is None:
            advice = (
                f"In the settings of Gmail, under Forwarding, let {address} forward everything to {read_in}. Or whoever has let "
                "us in is another account."
            )
            said = f"a mail to itself did not arrive in {read_in} in a minute"
            return Probe(address, (*checks, Check("round trip", "bad", said, advice)))
        checks += _arrived(seconds, ours)
        reading.clear(
            [], access.clock.now() + timedelta(days=1), lambda lying: lying.key == ours.key
        )
    except ConnectorError as why:
        return Probe(address, (*checks, _barred(why)))
    return Probe(address, (*checks, _limits(letters_a_day)))


def _hand_over(mail: MailConnector, ours: ToItself, access: Access) -> OutgoingLetter:
    raw = ours.raw(ours.plus, access.clock.now())
    letter = OutgoingLetter(ours.key, ours.message_id, ours.address, ours.plus, raw)
    mail.send(letter, key=letter.key)
    return letter


def _latest(requests: Requests) -> list[dict[str, object]]:
    """The last few of the inbox."""
    return [each for _, each in zip(range(10), requests.found(label=INBOX), strict=False)]


def _is(requests: Requests, name: str, ours: ToItself) -> bool:
    head = requests.head(name)
    return head is not None and key_of(head.fields) == ours.key


def _is_there(reading: MailConnector, letter: OutgoingLetter) -> bool:
    try:
        return isinstance(reading.sent(letter), Receipt)
    except Temporary:
        return False


def _waited(there: Callable[[], bool], wait: Callable[[float], None]) -> float | None:
    """After how many seconds it was there; None where it is not."""
    spent = 0.0
    for seconds in WAITS:
        if there():
            return spent
        wait(seconds)
        spent += seconds
    return None


def _arrived(seconds: float | None, ours: ToItself) -> tuple[Check, ...]:
    if seconds is None:
        said = "a mail to itself was accepted and did not arrive in a minute"
        advice = "Look into its spam folder and its filters, then connect again."
        return (Check("round trip", "bad", said, advice),)
    plus = ours.plus.replace(f"probe-{ours.word}", "word")
    return (
        Check("round trip", "good", f"a mail to itself arrived in {seconds:.0f} s"),
        Check("plus-addressing", "good", f"{plus} arrives"),
    )


def _barred(why: ConnectorError) -> Check:
    match why:
        case NotAllowed():
            return Check("login", "bad", "not everything was allowed that is needed", AGAIN)
        case AccessLost():
            return Check("login", "bad", "Google does not let us in any more", TESTING)
        case _:
            return Check("reachability", "bad", str(why))


def _limits(letters_a_day: int) -> Check:
    return Check(
        "limits", "good", f"{letters_a_day} letters a day are sent at most, the rest waits"
    )
