"""Gmail, by Google's own client library: the mailbox of a program.

Not the mail of anybody else: a mentor's is never read (docs/connect-google.md).
"""

from connectors.google.mail.connector import GmailMailbox
from connectors.google.mail.elsewhere import ReadElsewhere
from connectors.google.mail.probing import probe_gmail, probe_sending

__all__ = ["GmailMailbox", "ReadElsewhere", "probe_gmail", "probe_sending"]
