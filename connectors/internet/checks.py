"""What `connect` and `doctor` say of any server, whatever it speaks.

Not the looking: see probing.py in caldav/ and mail/.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from daemon.ports.probe import Check

SKEW_MAX = timedelta(minutes=2)
LOGIN_ADVICE = "Make an app password there if it has two-factor login, then connect again."
TOKEN_ADVICE = (
    "Look whether whoever runs it allows IMAP and SMTP for this mailbox, and whether this program is registered "
    "with the right to mail; then connect again."
)
TLS_ADVICE = (
    "Let the server's owner renew it. A private authority is trusted by SSL_CERT_FILE in the "
    "environment of the daemon."
)


def clocks(there: datetime, here: datetime) -> Check:
    """Whether both machines know what time it is."""
    skew = abs(there - here)
    if skew > SKEW_MAX:
        off = f"{skew.total_seconds() / 60:.0f} minutes"
        advice = "Let both machines take their time from the network (NTP)."
        return Check("clock", "look", f"its clock and ours differ by {off}", advice)
    return Check("clock", "good", "its clock agrees with ours")
