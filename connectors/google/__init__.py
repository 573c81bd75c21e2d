"""Google Calendar and Gmail, by Google's own client library: the calendars of people who let us in, and the mailbox of a
program.

Not the mail of people, and not the page on which they let us in.
"""

from connectors.google.access import Access, Client, Granted
from connectors.google.calendar import GoogleCalendars
from connectors.google.mail import GmailMailbox, ReadElsewhere, probe_gmail, probe_sending
from connectors.google.probing import probe_google
from connectors.google.watching import GoogleWatch

__all__ = [
    "Access",
    "Client",
    "GmailMailbox",
    "GoogleCalendars",
    "GoogleWatch",
    "Granted",
    "ReadElsewhere",
    "probe_gmail",
    "probe_google",
    "probe_sending",
]
