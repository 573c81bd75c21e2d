"""Whether an account at Exchange works, as `connect` and `doctor` look at it.

Not a change: it is asked where its calendar is, and nothing of what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from exchangelib import Account as Mailbox

from connectors.exchange.account import Login, Reached
from connectors.exchange.busy import shown_to
from connectors.exchange.mail import ExchangeMail
from connectors.mails import WAITS, ToItself
from daemon.domain.account import EWS_OFF, EWS_ONLINE, EWS_OVER, Account
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy
from daemon.domain.people import Address
from daemon.domain.value import replace
from daemon.errors import AccessLost, ConnectorError
from daemon.ports import Clock, OutgoingLetter
from daemon.ports.probe import Check, Probe

_LOGIN = (
    "Look whether user: is what that server expects (an address, or DOMAIN\\name), and whether the password is right, or sign in "
    "anew; then connect again."
)
_PLUS = (
    "Exchange has plus-addressing switched off, as it comes: answers are told apart by the letter that they cite instead; bounces "
    "less surely."
)
_WAY = "Look whether url: ends with /EWS/Exchange.asmx, and opens in a browser on this machine with a question for a password."


def probe_exchange(
    account: Account, login: Callable[[], Login], clock: Clock, wait: Callable[[float], None]
) -> Iterator[Probe]:
    """Of its calendar and its mailbox. It never raises for what a server does."""
    if account.calendar == "exchange":
        yield _reminded(account, _calendar(account.address, login, clock))
    if account.mail == "exchange":
        yield _mailbox(account.address, login, clock, wait)


def _reminded(account: Account, probe: Probe) -> Probe:
    """What the state of Exchange Web Services means for somebody in Microsoft 365."""
    if urlsplit(account.url).hostname not in EWS_ONLINE:
        return probe
    said = f"this is Microsoft 365, where Exchange Web Services are off since {EWS_OFF} but where a tenant has them on, and end on {EWS_OVER}"
    advice = "Write calendar: microsoft before that day, and connect once more (docs/connect-microsoft365.md)."
    return replace(probe, checks=(*probe.checks, Check("services", "look", said, advice)))


def _calendar(address: Address, login: Callable[[], Login], clock: Clock) -> Probe:
    reached = Reached(address, login, "UTC")
    try:
        version = reached.ask(_version)
        checks = [
            Check("reachability", "good", f"Exchange answers ({version})"),
            Check("login", "good", "it lets us in"),
        ]
        half_an_hour = Slot(clock.now(), clock.now() + timedelta(minutes=30))
        busy = reached.ask(lambda there: shown_to(there, [address], half_an_hour))
        said = "1:1s are kept in the main calendar, and Exchange invites the mentees"
        checks.append(Check("calendar", "good", said))
        if not isinstance(busy[address], Busy):
            said = "it does not say when anybody is busy"
            checks.append(Check("capabilities", "look", said, "Times are asked for by mail then."))
        return Probe(address, tuple(checks))
    except AccessLost:
        said = "Exchange does not let us in with what is known of this account"
        return Probe(address, (Check("login", "bad", said, _LOGIN),))
    except ConnectorError as error:
        return Probe(address, (Check("reachability", "bad", str(error), _WAY),))
    finally:
        reached.close()


def _mailbox(
    address: Address, login: Callable[[], Login], clock: Clock, wait: Callable[[float], None]
) -> Probe:
    """A mail to itself is sent, found and removed."""
    checks, reached = list[Check](), Reached(address, login, "UTC")
    try:
        checks.append(Check("reachability", "good", f"Exchange answers ({reached.ask(_version)})"))
        checks.append(Check("login", "good", "it lets us in"))
        for to_plus in (True, False):
            ours = ToItself.new(address)
            to = ours.plus if to_plus else address
            letter = OutgoingLetter(ours.key, ours.message_id, address, to, ours.raw(to, clock.now()))  # fmt: skip
            ExchangeMail(reached, clock).send(letter, key=letter.key)
            seconds = _arrived(reached, ours, wait)
            _removed(reached, ours)
            if seconds is None:
                continue
            checks.append(
                Check("round trip", "good", f"a mail to itself arrived in {seconds:.0f} s")
            )
            plus = ours.plus.replace(f"probe-{ours.word}", "word")
            if to_plus:
                checks.append(Check("plus-addressing", "good", f"{plus} arrives"))
            else:
                checks.append(Check("plus-addressing", "look", f"{plus} does not arrive", _PLUS))
            return Probe(address, tuple(checks))
        said = "a mail to itself was accepted and did not arrive in a minute"
        advice = "Look into its junk folder and its rules, then connect again."
        return Probe(address, (*checks, Check("round trip", "bad", said, advice)))
    except AccessLost:
        said = "Exchange does not let us in with what is known of this account"
        return Probe(address, (*checks, Check("login", "bad", said, _LOGIN)))
    except ConnectorError as error:
        return Probe(address, (*checks, Check("reachability", "bad", str(error), _WAY)))
    finally:
        reached.close()


def _arrived(reached: Reached, ours: ToItself, wait: Callable[[float], None]) -> float | None:
    """After how many seconds it lay in the inbox; None where it does not."""
    spent = 0.0
    for seconds in WAITS:
        if reached.ask(lambda there: _named(there.inbox, ours)):
            return spent
        wait(seconds)
        spent += seconds
    return None


def _named(folder: Any, ours: ToItself) -> list[Any]:
    return list(folder.filter(message_id=ours.message_id).only("message_id"))


def _removed(reached: Reached, ours: ToItself) -> None:
    def remove(there: Mailbox) -> None:
        for folder in (there.inbox, there.sent):
            for each in _named(folder, ours):
                each.delete()

    reached.ask(remove)


def _version(there: Mailbox) -> str:
    """Its calendar is looked for, which is the first thing that is asked."""
    assert there.calendar.name is not None
    return f"build {there.version.build}"
