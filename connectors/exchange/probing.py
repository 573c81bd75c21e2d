"""Whether an account at Exchange works, as `connect` and `doctor` look at it.

Not a change: it is asked where its calendar is, and nothing of what is in it.
"""

from __future__ import annotations

from datetime import timedelta

from exchangelib import Account as Mailbox

from connectors.exchange.account import Reached, login_of
from connectors.exchange.busy import shown_to
from daemon.domain.account import Account
from daemon.domain.meeting import Slot
from daemon.errors import AccessLost, ConnectorError
from daemon.ports import Clock
from daemon.ports.probe import Check, Probe

_LOGIN = (
    "Look whether user: is what that server expects (an address, or DOMAIN\\name), and whether the password is right; then "
    "connect again."
)
_WAY = "Look whether url: ends with /EWS/Exchange.asmx, and opens in a browser on this machine with a question for a password."


def probe_exchange(account: Account, password: str, clock: Clock) -> Probe:
    """It never raises for what a server does."""
    address = account.address
    reached = Reached(address, lambda: login_of(account, password, clock.now().date()), "UTC")
    try:
        version = reached.ask(_version)
        checks = [
            Check("reachability", "good", f"Exchange answers ({version})"),
            Check("login", "good", "it lets us in"),
        ]
        half_an_hour = Slot(clock.now(), clock.now() + timedelta(minutes=30))
        busy = reached.ask(lambda there: shown_to(there, [address], half_an_hour))
        told = type(busy[address]).__name__ == "Busy"
        said = "1:1s are kept in the main calendar, and Exchange invites the mentees"
        checks.append(Check("calendar", "good", said))
        if not told:
            said = "it does not say when anybody is busy"
            checks.append(Check("capabilities", "look", said, "Times are asked for by mail then."))
        return Probe(address, tuple(checks))
    except AccessLost:
        said = "Exchange does not take the user name and password"
        return Probe(address, (Check("login", "bad", said, _LOGIN),))
    except ConnectorError as error:
        return Probe(address, (Check("reachability", "bad", str(error), _WAY),))
    finally:
        reached.close()


def _version(there: Mailbox) -> str:
    """Its calendar is looked for, which is the first thing that is asked."""
    assert there.calendar.name is not None
    return f"build {there.version.build}"
