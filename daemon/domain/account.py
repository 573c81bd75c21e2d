"""Where somebody's calendar and mail are kept.

Not secrets: those are in the vault and never stand in a file.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from daemon.domain.people import Address

OF_THE_PROGRAM = "of the program"
"""The kind of a calendar of a program, which invites both, where kinds are shown."""


EWS_ONLINE = ("outlook.office365.com", "outlook.office.com", "outlook.office365.us", "partner.outlook.cn")  # fmt: skip
"""Where Microsoft 365 answers Exchange Web Services."""
EWS_OFF, EWS_OVER = date(2026, 10, 1), date(2027, 4, 1)
"""Since when they are switched off there in tenants that have not said otherwise, and from when on they are gone for everybody
(Exchange Team blog, "Your time is almost up")."""


class Account(Struct, frozen=True):
    """The account of one address. `url` is that of its calendars, empty where the address says enough; `user` is who
    logs in, empty for the address; `own_network`: the server of the calendars may stand in a private network, and speak
    in clear text there. `auto`: where the calendar is, `connect` finds out. `letters_a_day`: so many may be sent, 0 for
    what its provider is known to allow. `sign_in` is who issues tokens for its mail, empty where it has a password;
    `client_id` is by what they know this program. `imap` and `smtp` are `host` or `host:port`, empty where they are found
    by the address. `read_in`: the account in which a mailbox at Gmail is read that is only sent from, empty where it is read
    itself. `shares_busy_with`: the account that is told when this one's owner is busy; `url` is then the
    calendar that was shared, empty where the server tells by the address alone."""

    address: Address
    calendar: str = "local"
    mail: str = "local"
    url: str = ""
    user: str = ""
    own_network: bool = False
    imap: str = ""
    smtp: str = ""
    auto: bool = False
    letters_a_day: int = 0
    sign_in: str = ""
    client_id: str = ""
    shares_busy_with: Address = ""
    read_in: Address = ""
    ews_allowed: bool = False
    """Whether a tenant of Microsoft 365 has Exchange Web Services switched on for us, as long as they last."""

    answers_in_inbox: bool = False
    """Whether an Exchange leaves the answers of guests in this inbox, and puts them into no event."""

    @property
    def at_exchange(self) -> bool:
        """Whether Exchange Web Services are asked."""
        return "exchange" in (self.calendar, self.mail)

    @property
    def at_microsoft(self) -> bool:
        """Whether Microsoft Graph is asked."""
        return "microsoft" in (self.calendar, self.mail)

    @property
    def signs_in(self) -> bool:
        """Whether its owner lets us in in a browser, and not by a password."""
        return bool(self.sign_in) or self.at_google or self.at_microsoft

    @property
    def at_google(self) -> bool:
        """Whether its owner has to let us in at Google."""
        return "google" in (self.calendar, self.mail)
