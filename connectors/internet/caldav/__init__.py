"""Calendars over CalDAV (RFC 4791): from the socket (wire) over requests (dav) and what is where (discovery, account)
to the connector (calendar, listing, busy).

Not mail, and not iCalendar (daemon/ical).
"""
