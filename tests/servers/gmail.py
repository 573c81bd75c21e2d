"""Gmail's peculiarity over IMAP, before a post office of tests/servers: what is deleted is only archived.

Not Gmail: mails lie in folders and not under labels. What its documentation says of deleting is kept: X-GM-EXT-1 among
the capabilities, X-GM-MSGID for each mail, and EXPUNGE anywhere but in the Trash leaves the mail in All Mail.
"""

from __future__ import annotations

import re

from tests.servers.interpreter import Interpreter

TRASH, ARCHIVE = b"Trash", b'"[Gmail]/All Mail"'
_SELECT = re.compile(rb'^\S+ (?:SELECT|EXAMINE) "?([^"\r\n]+)"?', re.I)
_EXPUNGE = re.compile(rb"^(\S+) UID EXPUNGE ([0-9,:]+)", re.I)


class Gmail(Interpreter):
    """Before the IMAP server at `target`; for one client at a time."""

    selected = b""

    def asked(self, line: bytes) -> bytes:
        """What is expunged outside the Trash is moved to the archive."""
        if found := _SELECT.match(line):
            self.selected = found[1]
        if (found := _EXPUNGE.match(line)) and self.selected != TRASH:
            line = b"%s UID MOVE %s %s\r\n" % (found[1], found[2], ARCHIVE)
        return line.replace(b"X-GM-MSGID", b"EMAILID")

    def answered(self, line: bytes) -> bytes:
        """The name that a mail has for good is called otherwise."""
        line = line.replace(b"EMAILID (", b"X-GM-MSGID (")
        return line.replace(b"IMAP4rev1", b"IMAP4rev1 X-GM-EXT-1", 1)
