"""A letter that came back: of whom, for how long, and why (RFC 3464, and the many reports that are not).

Not what follows from it: daemon/decide/bounced.py. A bounce proves nothing by itself; daemon/returned.py
looks whether it names a letter of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from daemon.domain.people import Address
from daemon.mail.reading.bounce_text import ADDRESS, Named, named, report_of
from daemon.mail.reading.bounce_words import DELAYED, FAILED, Why, why
from daemon.mail.reading.mime import Part, characters
from daemon.mail.threads import ids_in

FIELDS_BYTES_MAX = 200_000
ADDRESSES_MAX = 100
_ID_FIELDS = ("message-id", "x-original-message-id", "x-google-original-message-id")
_ID_LINE = re.compile(
    r"^[ \t>|]{0,8}(?:x-original-|original-|x-ms-exchange-)?message-?id:[ \t]{0,8}\n?[ \t>]{0,8}(<[^<>\s]{1,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
_PASSED_ON = re.compile(r"(?:fwd?|wg|tr|rv|enc|i|vs|doorst|pd)\s?:")
_ANSWERED = re.compile(r"(?:re|aw|sv|antw|odp|res|ynt|vá)\s?:")
_MACHINE = re.compile(
    r"mailer.?daemon|mdaemon@|mail\.delivery|mail delivery (?:sub)?system|delivery subsystem|jetmail system|mail administrator"
)
_POSTMASTER = re.compile(r"postmaster|system administrator|mail system")
_FAULTLESS: frozenset[Why] = frozenset(("refused", "too large"))
_PASSING: frozenset[Why] = frozenset(("mailbox full", "not reached"))


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a report speaks of, empty where it names none.

    `hard`: writing again will not help. `suppress`: the letter was given up, and that counts against the
    address; false while the server still tries, and for what is not the address's fault (refused as spam or
    by a rule, too large). So a full mailbox that was given up is soft, and counts. `message_id` is the letter
    that came back, as the report cites it, and `envelope_id` what was said of it to the first server (RFC
    3461 4.4); either may be empty.
    """

    address: Address
    hard: bool
    suppress: bool
    reason: Why = "unknown"
    message_id: str = ""
    envelope_id: str = ""


def is_bounce(mail: Part, text: str, subject: str) -> bool:
    """Whether a mail says that another was not delivered, or not yet. `text`: its own words."""
    report = mail.parameter("report-type") if mail.type == "multipart/report" else ""
    groups = list(_groups(mail))
    actions = {_action(group) for group in groups}
    if report == "delivery-status" or groups:
        return not actions or bool(actions - {"delivered", "relayed", "expanded"})
    said = subject.lower()
    failed = _tells(said)
    if _PASSED_ON.match(said) or (_ANSWERED.match(said) and "In-Reply-To" in mail.head):
        failed = False  # a person writes about a bounce
    sender = f"{mail.header('From')} {mail.header('Return-Path')}".lower()
    if _MACHINE.search(sender) or mail.header("X-Failed-Recipients"):
        return report != "disposition-notification" or failed
    from_machine = bool(_POSTMASTER.search(sender)) or mail.header("Return-Path").strip() == "<>"
    # Two of three. The words are looked at last: that takes longer than all the rest of an ordinary mail.
    return failed if failed == from_machine else _tells(text.lower())


def _tells(lower: str) -> bool:
    """Whether these words say that something was not delivered, or not yet."""
    return bool(FAILED.search(lower) or DELAYED.search(lower))


def returned(mail: Part, subject: str) -> tuple[Bounce, ...]:
    """The addresses that this report speaks of, each once; one without an address where it names none."""
    mail = _inmost(mail)
    text = report_of(mail)
    found = list(_by_status(mail, text, subject)) or list(_by_words(mail, text, subject))
    message_id, envelope_id = _letter(mail), _envelope(mail)
    each_once: dict[str, Bounce] = {}
    for address, reason, final in found[:ADDRESSES_MAX]:
        bounce = _bounce(address, reason, final, message_id, envelope_id)
        known = each_once.get(address)
        if known is None or (bounce.suppress, bounce.hard) > (known.suppress, known.hard):
            each_once[address] = bounce
    if not each_once:
        reason, final = why(f"{subject}\n{text}"), not _delayed(subject, text)
        return (_bounce("", reason, final, message_id, envelope_id),)
    return tuple(each_once.values())


def judged(address: Address, said: str) -> Bounce:
    """The same of what a server said to us when it did not take a letter to that address."""
    return _bounce(address, why(said), True, "", "")


def _inmost(mail: Part) -> Part:
    """The report itself, where a gateway has wrapped it in a mail of its own."""
    if not any(_groups(mail)):
        for part in mail.walk(into_mails=False):
            inside = part.parts[0] if part.type == "message/rfc822" and part.parts else None
            if inside and inside.type == "multipart/report" and any(_groups(inside)):
                return inside
    return mail


def _bounce(
    address: Address, reason: Why, final: bool, message_id: str, envelope_id: str
) -> Bounce:
    hard = final and reason not in _FAULTLESS | _PASSING
    return Bounce(
        address, hard, final and reason not in _FAULTLESS, reason, message_id, envelope_id
    )


def _delayed(subject: str, text: str) -> bool:
    return bool(DELAYED.search(f"{subject}\n{text}".lower()))


# --- reports that a machine can read


def _by_status(mail: Part, text: str, subject: str) -> Iterator[tuple[Address, Why, bool]]:
    for group in _groups(mail):
        address, action = _recipient(group), _action(group)
        if not address or action in ("delivered", "relayed", "expanded"):
            continue
        fields = ("diagnostic-code", "status", "x400-supplementary-info", "action")
        reason = why("\n".join(group.get(name, "") for name in fields))
        if reason == "unknown":
            own = [each.said for each in named(text, mail) if each.address == address]
            reason = why("\n".join(own)) if own else "unknown"
        if reason == "unknown":
            reason = why(f"{subject}\n{text}")
        yield address, reason, action != "delayed"


def _groups(mail: Part) -> Iterator[dict[str, str]]:
    """The fields of each recipient in each delivery-status part (RFC 3464 2.3)."""
    for part in mail.walk(into_mails=False):
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            yield from (group for group in _fields(part) if _recipient(group))


def _fields(part: Part) -> Iterator[dict[str, str]]:
    """Groups of fields, names in lower case, of the first of each name; a line that is none is left out."""
    group: dict[str, str] = {}
    last = ""
    lines = characters(part.bytes()[:FIELDS_BYTES_MAX], "utf-8").splitlines()
    for line in (*lines, ""):
        if not line.strip():
            if group:
                yield group
            group, last = {}, ""
        elif line[:1] in " \t" and last:
            group[last] = f"{group[last]} {line.strip()}"[:4_000]
        else:
            name, colon, value = line.partition(":")
            last = name.strip().lower()[:80] if colon else ""
            if last and last not in group:
                group[last] = value.strip()[:4_000]


def _recipient(group: dict[str, str]) -> Address:
    """Whom we wrote to is what counts, not where it was forwarded to."""
    for name in ("original-recipient", "final-recipient"):
        kind, typed, value = group.get(name, "").partition(";")
        if typed and kind.strip().lower() not in ("rfc822", "utf-8", "smtp", "internet"):
            continue
        found = ADDRESS.search(value if typed else kind)
        if found and (typed or "<" in kind):
            return found[0].lower()
    return ""


def _action(group: dict[str, str]) -> str:
    """failed, delayed, delivered, relayed or expanded; servers find other words for the first."""
    word = re.match(r"[a-z]*", group.get("action", "").lower())
    said = word[0] if word else ""
    return said if said in ("delayed", "delivered", "relayed", "expanded") else "failed"


# --- reports in words


def _by_words(mail: Part, text: str, subject: str) -> Iterator[tuple[Address, Why, bool]]:
    final = not _delayed(subject, text)
    found = named(text, mail) or [
        Named(address, "") for address in mail.addresses("X-Failed-Recipients")
    ]
    general = why(f"{subject}\n{text}")
    for each in found:
        reason = why(each.said)
        yield each.address, general if reason == "unknown" else reason, final


# --- which letter


def _letter(mail: Part) -> str:
    """The Message-ID of the letter that came back: of its own headers, else as the report cites it. What the report
    answers proves little: any mail that asks to be taken for one says that."""
    for part in mail.walk():
        inside = part.type in ("message/rfc822", "message/global") and part.parts
        if inside:
            for name in _ID_FIELDS:
                ids = ids_in(part.parts[0].header(name))
                if ids:
                    return ids[0]
        elif part.type in (
            "text/rfc822-headers",
            "message/global-headers",
            "message/delivery-status",
        ):
            found = _ID_LINE.search(characters(part.bytes()[:FIELDS_BYTES_MAX], "utf-8"))
            if found:
                return found[1]
    for name in (
        "X-Original-Message-ID",
        "X-MS-Exchange-Message-Sent-Representing-Id",
        "X-Original-ID",
    ):
        ids = ids_in(mail.header(name))
        if ids:
            return ids[0]
    for part in mail.walk():
        found = _ID_LINE.search(part.text()) if part.type.startswith("text/") else None
        if found:
            return found[1]
    return ""


def _envelope(mail: Part) -> str:
    """RFC 3464 2.2.1."""
    for part in mail.walk(into_mails=False):
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            for group in _fields(part):
                if group.get("original-envelope-id"):
                    return group["original-envelope-id"][:200]
    return ""
