"""Calendars and mail at Microsoft 365, by Microsoft Graph.

Not Exchange on premises, which speaks Exchange Web Services: connectors/exchange.
"""

from connectors.microsoft.access import Access, App, Granted
from connectors.microsoft.calendar import MicrosoftCalendars
from connectors.microsoft.mail import MicrosoftMail
from connectors.microsoft.probing import probe_calendar, probe_mailbox
from connectors.microsoft.signing_in import Kept
from connectors.microsoft.watching import MicrosoftWatch

__all__ = [
    "Access",
    "App",
    "Granted",
    "Kept",
    "MicrosoftCalendars",
    "MicrosoftMail",
    "MicrosoftWatch",
    "probe_calendar",
    "probe_mailbox",
]
