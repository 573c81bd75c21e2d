"""Servers of which something is known beforehand, as data: where they are, and which hosts belong together.

Not code: discovery.py and wire.py read it. A line needs a source.
"""

from __future__ import annotations

START: dict[str, str] = {
    "fastmail.com": "https://caldav.fastmail.com/",
    "gmx.net": "https://caldav.gmx.net/",
    "gmx.de": "https://caldav.gmx.net/",
    "icloud.com": "https://caldav.icloud.com/",
    "mac.com": "https://caldav.icloud.com/",
    "mailbox.org": "https://dav.mailbox.org/",
    "me.com": "https://caldav.icloud.com/",
    "posteo.de": "https://posteo.de:8443/",
    "posteo.net": "https://posteo.de:8443/",
    "web.de": "https://caldav.web.de/",
    "yahoo.com": "https://caldav.calendar.yahoo.com/",
}
"""The domain of an address → where its calendars are, as the provider's own help pages say."""

KIN: dict[str, str] = {"caldav.icloud.com": "icloud.com"}
"""A host → the domain all of whose hosts are that same server: Apple answers with p34-caldav.icloud.com for one
person and p67-caldav.icloud.com for the next. Nobody outside Apple can have a name below it."""

USUAL = ("personal", "home", "calendar", "default", "work")
"""Names of the first calendar that servers make (Nextcloud, iCloud, Xandikos, Fastmail), best first."""
