"""The embedded default: a folder of .ics files per person, and Maildirs.

Not a server: it also plays the scheduling server, by passing copies between the folders.
"""

from connectors.local.calendar import LocalCalendars
from connectors.local.copying import copy_folders
from connectors.local.hands import LocalHands
from connectors.local.maildir import LocalMail

__all__ = ["LocalCalendars", "LocalHands", "LocalMail", "copy_folders"]
