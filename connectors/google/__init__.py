"""Google Calendar, by Google's own client library: the calendars of people who let us in.

Not their mail, and not the page on which they let us in.
"""

from connectors.google.access import Access, Client, Granted
from connectors.google.calendar import GoogleCalendars
from connectors.google.probing import probe_google
from connectors.google.watching import GoogleWatch

__all__ = ["Access", "Client", "GoogleCalendars", "GoogleWatch", "Granted", "probe_google"]
