"""Whether a mail account works, and what can be relied upon: a mail to itself is sent, found and removed.

Not kept here: what was found out is told, and `run.py connect` keeps it.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32

from connectors.internet.checks import LOGIN_ADVICE, TLS_ADVICE, TOKEN_ADVICE, clocks
from connectors.internet.mail.account import MailAccount, Server
from connectors.internet.mail.limits import limit_of
from connectors.internet.mail.mailbox import GMAIL, INBOX, Declined, Garbled, Mailbox
from connectors.internet.mail.submission import Submission
from connectors.mails import WAITS, ToItself
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError, Permanent
from daemon.ports import Clock
from daemon.ports.probe import Check, Probe

_ADVICE = {
    "login": LOGIN_ADVICE,
    "tls": TLS_ADVICE,
    "reachability": "Look whether `imap` and `smtp` of this account are right and the servers run.",
    "sending": "Look whether this account may send as this address.",
}


class Stopped(Exception):
    """A check that failed, and with it everything that follows."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.text)
        self.check = check


def probe_mail(
    address: Address, find: Callable[[], MailAccount], clock: Clock, wait: Callable[[float], None]
) -> Probe:
    """Log in to both servers and send one mail to itself. It never raises for what a server does."""
    try:
        account = find()
    except AccessLost as why:
        return Probe(address, (Check("reachability", "bad", str(why)),))
    submission, mailbox = Submission(account, clock), Mailbox(account)
    checks: list[Check] = []
    try:
        _log_in(account, account.imap, mailbox.open_inbox, checks)
        found, plus = _round_trip(account, submission, mailbox, clock, wait, checks)
        facts = {"imap": str(account.imap), "smtp": str(account.smtp)}
        deletes = _deletes(account, mailbox.offers(), mailbox.trash_folder())
        checks += (deletes, *_capabilities(account, submission.offers()))
        facts["deletes"] = "yes" if deletes.state == "good" else "no"
        facts |= {"plus": "yes" if plus else "no", **_told(found, checks, clock)}
        facts["proof"] = _proof(account, mailbox, found.message_id, checks)
        _removed(mailbox, found.message_id, checks)
        return Probe(address, tuple(checks), facts)
    except Stopped as why:
        return Probe(address, (*checks, why.check))
    finally:
        submission.close()
        mailbox.close()


class _Found:
    """The mail that came back."""

    def __init__(self, message_id: str, raw: bytes, at: datetime, seconds: float) -> None:
        self.message_id = message_id
        self.head = BytesHeaderParser(policy=compat32).parsebytes(raw)
        self.at = at
        self.seconds = seconds


def _log_in(
    account: MailAccount, server: Server, call: Callable[[], object], checks: list[Check]
) -> None:
    """One server answered, with TLS, and took the password or token."""
    noun = account.login.noun
    try:
        call()
    except (ConnectorError, Garbled) as why:
        raise Stopped(_failed(why, noun)) from why
    checks.append(Check("reachability", "good", f"{server} answers"))
    if server.security == "none":
        text = f"{server} gets the {noun} in clear text, but on this machine"
        checks.append(Check("tls", "good", text))
    else:
        checks.append(Check("tls", "good", f"{server} has a certificate that is trusted"))
    checks.append(Check("login", "good", f"{server} takes the user and the {noun}"))


def _failed(why: Exception, noun: str = "password") -> Check:
    """What stopped it, sorted by what has to be done about it."""
    at = "reachability"
    if isinstance(why, AccessLost):
        at = "login"
    elif isinstance(why.__cause__, ssl.SSLError):
        at = "tls"
    elif isinstance(why, Permanent):
        at = "sending"
    refused = at == "login" and noun == "token"
    return Check(at, "bad", str(why), TOKEN_ADVICE if refused else _ADVICE[at])


def _round_trip(
    account: MailAccount,
    submission: Submission,
    mailbox: Mailbox,
    clock: Clock,
    wait: Callable[[float], None],
    checks: list[Check],
) -> tuple[_Found, bool]:
    """Send it to a plus-address, else to the plain one, and wait until it is there."""
    ours = ToItself.new(account.address)
    message_id, raw = ours.message_id, ours.raw(account.address, clock.now())
    plus = True

    def send(to: str) -> None:
        submission.send(raw, account.address, to)

    try:
        send(ours.plus)
    except Permanent:
        plus = False
        _log_in(account, account.smtp, lambda: send(account.address), checks)
    except ConnectorError as why:
        raise Stopped(_failed(why)) from why
    else:
        _log_in(account, account.smtp, lambda: None, checks)
    found = _waited(account, mailbox, message_id, wait)
    if found is None and plus:
        plus = False
        _log_in(account, account.smtp, lambda: send(account.address), [])
        found = _waited(account, mailbox, message_id, wait)
    if found is None:
        raise Stopped(
            Check(
                "round trip",
                "bad",
                "a mail to itself was accepted and did not arrive in a minute",
                "Look into the spam folder and the filters of this mailbox, then connect again.",
            )
        )
    checks.append(Check("round trip", "good", f"a mail to itself arrived in {found.seconds:.0f} s"))
    with_word = ours.plus.replace(f"probe-{ours.word}", "word")
    if plus:
        checks.append(Check("plus-addressing", "good", f"{with_word} arrives"))
    else:
        text = f"{with_word} does not arrive"
        advice = "Answers are told apart by the letter they cite instead; bounces less surely."
        checks.append(Check("plus-addressing", "look", text, advice))
    return found, plus


def _waited(
    account: MailAccount, mailbox: Mailbox, message_id: str, wait: Callable[[float], None]
) -> _Found | None:
    spent = 0.0
    for seconds in WAITS:
        try:
            uid = mailbox.find(INBOX, message_id)
            if uid is not None:
                entries = [each for each in mailbox.entries_after(uid - 1) if each.uid == uid]
                return _Found(message_id, mailbox.raws([uid])[uid], entries[0].at, spent)
        except (ConnectorError, Garbled, Declined, LookupError) as why:
            raise Stopped(_failed(why)) from why
        wait(seconds)
        spent += seconds
    return None


def _told(found: _Found, checks: list[Check], clock: Clock) -> dict[str, str]:
    """What the mail that came back says of the server that took it in."""
    checks.append(clocks(found.at, clock.now()))
    results = found.head.get_all("Authentication-Results") or []
    if not results:
        checks.append(
            Check(
                "authentication",
                "look",
                "the server does not say whether a sender is the one he claims",
                "Answers are proved by a one-time word; verify: token in the program's file spares it where "
                "only members can write to this server.",
            )
        )
        return {}
    name = str(results[0]).partition(";")[0].split()[0]
    checks.append(
        Check("authentication", "good", f"the server checks senders, as {name}", f"authserv_id: {name}")
    )  # fmt: skip
    domain = str(found.head.get("From", "")).rpartition("@")[2].strip("<> ").lower()
    checks += _verdicts(" ".join(map(str, results)), domain)
    return {"authserv_id": name}


def _verdicts(results: str, domain: str) -> Iterator[Check]:
    """SPF, DKIM and DMARC of our own mail, and whether they speak for the domain in From (RFC 7489 3.1), as far as our
    own server looks at what it sends to itself."""
    for method in ("spf", "dkim", "dmarc"):
        verdicts = re.findall(rf"\b{method}=([a-z]+)", results)
        if not verdicts:
            continue
        owner = f"Let the owner of {domain} look at {method.upper()}: letters may end in spam."
        passed = "pass" in verdicts
        yield Check(
            method, "good" if passed else "look", f"our own mail: {method} {verdicts[0]}", "" if passed else owner,
        )  # fmt: skip
        named = _named_by(method, results)
        if passed and named and not any(_aligned(each, domain) for each in named):
            text = (
                f"it passes for {', '.join(sorted(named))}, and not for {domain}, which readers see"
            )
            yield Check(f"{method} alignment", "look", text, owner)


_NAMES = {
    "dkim": r"header\.[di]=(?:[^\s;@]*@)?([^\s;]+)",
    "spf": r"smtp\.mailfrom=(?:[^\s;@]*@)?([^\s;]+)",
}


def _named_by(method: str, results: str) -> set[str]:
    """The domains for which it passed."""
    if method not in _NAMES:
        return set()
    own = " ".join(re.findall(rf"\b{method}=pass\b[^;]*", results))
    return {each.strip('".').lower() for each in re.findall(_NAMES[method], own)}


def _aligned(one: str, other: str) -> bool:
    """The same domain, or one below the other: near enough where the public suffixes are not at hand."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _deletes(account: MailAccount, offers: frozenset[str], trash: str | None) -> Check:
    """Whether old mails can be deleted there (`mailbox_keep`)."""
    if "UIDPLUS" not in offers:
        advice = "Delete old mails there by hand, and write mailbox_keep: 0 in the program's file."
        return Check("capabilities", "look", f"{account.imap} removes no single mails", advice)
    if GMAIL in offers and trash is None:
        advice = "In the settings of Gmail, under Labels, let the Trash be shown in IMAP."
        return Check("capabilities", "look", "Gmail shows no Trash, so it deletes nothing", advice)
    return Check("capabilities", "good", f"{account.imap} removes single mails (UIDPLUS)")


def _capabilities(account: MailAccount, smtp: dict[str, str]) -> Iterator[Check]:
    """What else makes a difference, and how much they let us send."""
    size = smtp.get("size", "").strip()
    most = f", of up to {int(size) // 1_000_000} MB" if size.isdigit() and int(size) else ""
    if "smtputf8" in smtp:
        text = f"{account.smtp} takes letters to every address{most}"
    else:
        text = f"{account.smtp} takes letters to addresses in ASCII alone (no SMTPUTF8){most}"
    yield Check("capabilities", "good", text)
    known = limit_of(account.smtp.host)
    if known:
        yield Check("limits", "good", f"{known[1]}; run.py status says how many went")
    else:
        advice = "Ask its provider, or look whether it is enough: run.py status says how many went."
        yield Check(
            "limits", "good", "how many letters a day it lets us send is not published", advice
        )


def _proof(account: MailAccount, mailbox: Mailbox, message_id: str, checks: list[Check]) -> str:
    """What will show that a letter went: the server's own Sent, else the copy that comes back."""
    try:
        kept = mailbox.find(mailbox.sent_folder(), message_id) is not None
    except (ConnectorError, Garbled, Declined):
        kept = False
    text = "keeps what is sent" if kept else "keeps nothing of what is sent; copies to itself do"
    checks.append(Check("sent", "good", f"{account.smtp} {text}"))
    return "server" if kept else "copy"


def _removed(mailbox: Mailbox, message_id: str, checks: list[Check]) -> None:
    """It should not be read as an answer. Where it cannot be removed, it is at least named."""
    try:
        for folder in (INBOX, mailbox.sent_folder()):
            mailbox.remove(folder, message_id)
    except (ConnectorError, Garbled, Declined):
        checks.append(Check("round trip", "look", "the mail to itself could not be removed"))
