"""Google Calendar, by Google's own client library: the calendars of people who let us in.

Not their mail, and not the page on which they let us in.
"""

from connectors.google.access import Access, Client
from connectors.google.calendar import GoogleCalendars

__all__ = ["Access", "Client", "GoogleCalendars"]
