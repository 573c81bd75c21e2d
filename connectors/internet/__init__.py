"""Any server that speaks the open protocols, and people who connect no calendar at all.

Not a vendor's own interface: those have connectors of their own.
"""

from connectors.internet.caldav.account import Reached
from connectors.internet.caldav.calendar import InternetCalendars
from connectors.internet.caldav.guest_mails import GuestMails
from connectors.internet.caldav.probing import probe, probe_calendars
from connectors.internet.caldav.shared import Share, SharedBusy
from connectors.internet.caldav.untouched import UntouchedCalendars
from connectors.internet.invitations import Invitations
from connectors.internet.kept import copy_invitations
from connectors.internet.mail.account import Login, MailAccount, Server
from connectors.internet.mail.connector import InternetMail
from connectors.internet.mail.known import (
    ConnectedMail,
    budget_of,
    budgets_of,
    found_account,
    kept_account,
)
from connectors.internet.mail.probing import probe_mail
from connectors.internet.mail.watching import MailWatch
from connectors.internet.oauth.granting import Person, SigningIn, sign_in
from connectors.internet.oauth.issuer import google_scopes
from connectors.internet.oauth.tokens import Grant, Tokens
from connectors.internet.posting import Post, Tally

__all__ = [
    "ConnectedMail",
    "Grant",
    "GuestMails",
    "InternetCalendars",
    "InternetMail",
    "Invitations",
    "Login",
    "MailAccount",
    "MailWatch",
    "Person",
    "Post",
    "Reached",
    "Server",
    "Share",
    "SharedBusy",
    "SigningIn",
    "Tally",
    "Tokens",
    "UntouchedCalendars",
    "budget_of",
    "budgets_of",
    "copy_invitations",
    "found_account",
    "google_scopes",
    "kept_account",
    "probe",
    "probe_calendars",
    "probe_mail",
    "sign_in",
]
