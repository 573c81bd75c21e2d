"""Whether an account at Google works, as `connect` and `doctor` look at it.

Not a change: one event is asked for, and nothing of it but that there is a calendar.
"""

from __future__ import annotations

from connectors.google.access import Access, Granted
from connectors.google.wire import ask
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError
from daemon.ports.probe import Check, Probe

_TESTING = (
    'If it was connected about seven days ago: the consent screen of the app is in status "Testing", in which Google ends'
    " every grant after seven days. Publish the app, or make it Internal (docs/connect-google.md)."
)


def probe_google(address: Address, granted: Granted) -> Probe:
    """It never raises for what Google does."""
    access = Access(address, lambda: granted)
    try:
        request = (
            access.service().events().list(calendarId="primary", maxResults=1, fields="timeZone")
        )
        zone = ask(request, address).get("timeZone", "")
    except AccessLost:
        return Probe(
            address, (Check("login", "bad", "Google does not let us in any more", _TESTING),)
        )
    except ConnectorError as error:
        return Probe(address, (Check("reachability", "bad", str(error)),))
    return Probe(
        address,
        (
            Check("login", "good", "Google lets us in"),
            Check(
                "calendar",
                "good",
                f"1:1s are kept in the main calendar ({zone}), and Google invites the mentees",
            ),
        ),
    )
