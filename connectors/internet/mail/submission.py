"""SMTP submission: one kept connection of a mail account, and what its servers' answers mean.

Not proof that a letter went: the answer to the final dot may be lost (RFC 1047). See connector.py beside this file.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from connectors.internet.mail.account import MailAccount
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, Permanent, ReaderRefused, Temporary
from daemon.ports import Clock

LATER = timedelta(minutes=5)
"""How long to leave a server alone that asks for it; greylisting lets nobody in sooner (RFC 6647 section 2)."""
TOMORROW = timedelta(hours=1)
"""How long to leave a mailbox alone that has sent all it may today."""
IDLE_MAX = timedelta(seconds=30)
_SPENT = re.compile(r"quota|limit|too many|5\.4\.5|4\.7\.28", re.IGNORECASE)
_SENDER = re.compile(r"sender|not owned|not allowed|relay|authenticat", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"5\.7\.(?:57|60|708|705|509)\b|5\.1\.8\b|5\.7\.3\b|bad outbound sender|not authenticated|authentication (?:is )?required"
    r"|relay(?:ing)? (?:access )?(?:is )?(?:denied|not)|your account .{0,40}(?:suspended|disabled|blocked|locked)"
    r"|blocked from sending|permissions? to send as",
    re.IGNORECASE,
)
"""What a server says where it takes nothing of this account any more, whoever the reader is."""
_TO_READER, _WHOLE_LETTER = "the reader's address", "the letter"
_OF_READER = re.compile(
    r"5\.1\.[1236]\b|5\.2\.[12]\b|no such|user unknown|unknown user|does not exist|mailbox (?:is )?full",
    re.IGNORECASE,
)
"""What a server says of the reader after it has read the letter."""


class Submission:
    """Sends raw letters; logs in when first needed, and keeps the connection while it is in use."""

    def __init__(self, account: MailAccount, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._smtp: smtplib.SMTP | None = None
        self._used = clock.now()

    def send(self, raw: bytes, sender: Address, to: Address, copy_to: Address = "") -> bool:
        """Hand one mail over; answers whether `copy_to` was taken as well, in the same acceptance.

        Raises Permanent when the mail was refused and would be again, and Temporary when it may or may not
        have been accepted, or may be later. Nobody gets a copy of what its reader does not get.
        """
        with self._translated():
            smtp = self._connection()
            utf8 = not all(each.isascii() for each in (sender, to))
            if utf8 and not smtp.has_extn("smtputf8"):
                why = f"{self._account.smtp} does not take addresses with letters outside ASCII (SMTPUTF8)"
                raise ReaderRefused(why, "553 an address with letters outside ASCII")
            options = ["SMTPUTF8"] if utf8 else []
            if smtp.has_extn("8bitmime"):
                options.append("BODY=8BITMIME")
            self._taken(smtp.mail(sender, options), "the sender")
            self._taken(smtp.rcpt(to), _TO_READER)
            copied = bool(copy_to) and smtp.rcpt(copy_to)[0] in (250, 251)
            self._taken(smtp.data(crlf(raw)), _WHOLE_LETTER)
            self._used = self._clock.now()
            return copied

    def offers(self) -> dict[str, str]:
        """What the server says that it can do (RFC 5321 4.1.1.1): names in lower case, with what stands behind them."""
        with self._translated():
            return dict(self._connection().esmtp_features)

    def _taken(self, answer: tuple[int, bytes], what: str) -> None:
        code, said = answer
        if code not in (250, 251):
            self.close()
            raise _answered(code, said, str(self._account.smtp), what)

    def close(self) -> None:
        """Let the connection go."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _connection(self) -> smtplib.SMTP:
        """The kept connection where it still answers, else a new one: nothing of a letter has been said yet."""
        if self._smtp is not None:
            if self._clock.now() - self._used < IDLE_MAX and self._answers(self._smtp):
                return self._smtp
            self.close()
        self._smtp = self._opened()
        self._used = self._clock.now()
        return self._smtp

    def _answers(self, smtp: smtplib.SMTP) -> bool:
        try:
            return smtp.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _opened(self) -> smtplib.SMTP:
        server, context = self._account.smtp, self._account.context()
        seconds = self._account.timeout.total_seconds()
        smtp: smtplib.SMTP
        # our own name is not looked up: that takes seconds where names are not served
        name = self._account.address.rpartition("@")[2]
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=seconds, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, name, timeout=seconds)
        try:
            _greeted(smtp)
            if server.security == "starttls":
                smtp.starttls(context=context)
                _greeted(smtp)
            self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        """One attempt with one mechanism: servers count attempts."""
        login, offered = self._account.login, smtp.esmtp_features.get("auth", "").upper().split()
        smtp.user, smtp.password = login.user, login.secret()
        if login.kind == "xoauth2":
            try:
                _bear(smtp, login.user, smtp.password)
            except smtplib.SMTPAuthenticationError as why:
                if why.smtp_code // 100 == 4 or not login.refused(smtp.password):
                    raise
                _bear(smtp, login.user, login.secret())
        elif "PLAIN" in offered or "LOGIN" not in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        else:
            smtp.auth("LOGIN", smtp.auth_login)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Vendor errors become those of daemon/errors.py; after any of them the connection is not used again."""
        try:
            yield
        except ConnectorError:
            raise
        except (smtplib.SMTPException, OSError, UnicodeError) as why:
            opening = self._smtp is None
            self.close()
            server, noun = str(self._account.smtp), self._account.login.noun
            error = meant(why, server, self._account.timeout, noun)
            if opening and isinstance(error, Temporary):
                error.whole = True  # nothing of a letter has been said yet
            raise error from why


def _greeted(smtp: smtplib.SMTP) -> None:
    """EHLO alone says what a server can do (RFC 6409 has no HELO): one that is about to go away would seem to know no
    passwords."""
    code, said = smtp.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, said)


def _bear(smtp: smtplib.SMTP, user: str, token: str) -> None:
    """A refused token is told in a challenge; an empty answer to it brings the error."""
    said = f"user={user}\1auth=Bearer {token}\1\1"
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)


def meant(
    why: Exception, server: str, timeout: timedelta, noun: str = "password"
) -> ConnectorError:
    """What an error of smtplib or of the network means for us."""
    match why:
        case smtplib.SMTPAuthenticationError():
            if why.smtp_code // 100 == 4:
                return Temporary(f"{server} cannot check the {noun} now", LATER, whole=True)
            return AccessLost(f"{server} does not take the user name and {noun}")
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError() if why.smtp_code // 100 == 5:
            return AccessLost(f"{server} lets nobody in from here ({why.smtp_code})")
        case smtplib.SMTPResponseException():
            return _answered(why.smtp_code, why.smtp_error, server, _WHOLE_LETTER)
        case smtplib.SMTPServerDisconnected():
            return Temporary(f"{server} broke off the connection")
        case smtplib.SMTPException():
            return AccessLost(f"{server} offers no way to log in that this account has")
        case _:
            return unreachable(why, server, timeout)


def unreachable(why: Exception, server: str, timeout: timedelta) -> Temporary:
    """A network error in words that name no address and no secret."""
    match why:
        case ssl.SSLCertVerificationError():
            return Temporary(
                f"{server} shows a certificate that does not count: {why.verify_message}"
            )
        case ssl.SSLError():
            return Temporary(
                f"{server} speaks no TLS that we can use: {why.reason or 'broken off'}"
            )
        case TimeoutError():
            return Temporary(f"{server} did not answer within {timeout.total_seconds():g} seconds")
        case ConnectionRefusedError():
            return Temporary(f"{server} refuses connections")
        case OSError() if why.strerror:
            return Temporary(f"{server} cannot be reached: {why.strerror}")
        case _:
            return Temporary(f"{server} broke off the connection")


def crlf(raw: bytes) -> bytes:
    """The same mail with the line ends of the wire: smtplib does not mend them in bytes (trap 102)."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)


def _answered(code: int, said: bytes | str, server: str, what: str) -> ConnectorError:
    """RFC 5321 4.2.1: 4yz may work later, 5yz will not. The server's text is not repeated: it names people."""
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}", text.strip())
    shown = f"{code} {enhanced[0]}" if enhanced else f"{code}"
    if _SPENT.search(text) and code not in (452, 552) and "5.2.2" not in text:
        why = f"{server} lets this mailbox send no more for now ({shown})"
        return Temporary(why, TOMORROW, whole=True)
    if code // 100 == 4:
        whole = what not in (_TO_READER, _WHOLE_LETTER)
        return Temporary(f"{server} does not take {what} now ({shown})", LATER, whole=whole)
    if what == "the sender" and (code in (530, 535) or _SENDER.search(text)):
        return AccessLost(f"{server} does not let this account send as its mailbox ({shown})")
    if _ACCOUNT.search(text) and not _OF_READER.search(text):
        return AccessLost(f"{server} takes nothing of this account any more ({shown})")
    if what == _TO_READER or (what == _WHOLE_LETTER and _OF_READER.search(text)):
        return ReaderRefused(
            f"{server} does not take the reader's address ({shown})", f"{code} {text}"
        )
    return Permanent(f"{server} does not take {what} ({shown})")
