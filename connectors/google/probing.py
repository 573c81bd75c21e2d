"""Whether an account at Google works, as `connect` and `doctor` look at it.

Not a change: it is asked whether there is a calendar, and nothing of what is in it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.google.access import Access, Granted
from connectors.google.wire import NotAllowed, ask
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, VersionConflict
from daemon.ports import Clock
from daemon.ports.probe import Check, Probe

TESTING = (
    'If it was connected about seven days ago: the consent screen of the app is in status "Testing", in which Google ends'
    " every grant after seven days. Publish the app, or make it Internal (docs/connect-google.md)."
)
_ANOTHER = (
    "Sign in as {}; or write the account's own address in the files, if this is another name of it."
)
AGAIN = "Connect it again, and tick every box that Google shows."


def probe_google(address: Address, granted: Granted, clock: Clock) -> Probe:
    """It never raises for what Google does."""
    access = Access(address, lambda: granted, clock)
    needed = "calendar.events.owned"
    try:
        zone = _zone(access)
        needed = "calendar.freebusy"
        _ask_when_busy(access, clock.now())
    except NotAllowed:
        said = f"not everything was allowed: {needed} is missing"
        return _barred(address, "login", said, AGAIN)
    except VersionConflict:
        said = "whoever has let us in does not own the calendar of that name"
        return _barred(address, "login", said, _ANOTHER.format(address))
    except AccessLost:
        return _barred(address, "login", "Google does not let us in any more", TESTING)
    except ConnectorError as error:
        return _barred(address, "reachability", str(error))
    said = f"1:1s are kept in the main calendar ({zone}), and Google invites the mentees"
    return Probe(
        address, (Check("login", "good", "Google lets us in"), Check("calendar", "good", said))
    )


def _barred(address: Address, name: str, said: str, advice: str = "") -> Probe:
    return Probe(address, (Check(name, "bad", said, advice),))


def _zone(access: Access) -> str:
    """Asked by its own name and not as `primary`: who has several accounts may have let us into another one, which does
    not own this calendar."""
    events = access.events()
    request = events.list(calendarId=access.address, maxResults=1, fields="timeZone")
    return str(ask(request, access).get("timeZone", ""))


def _ask_when_busy(access: Access, now: datetime) -> None:
    body = {
        "timeMin": now.isoformat(), "timeMax": (now + timedelta(minutes=30)).isoformat(),
        "items": [{"id": access.address}],
    }  # fmt: skip
    ask(access.freebusy().query(body=body), access)
