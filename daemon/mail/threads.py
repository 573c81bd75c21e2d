"""What ties letters, replies and bounces together: Message-IDs, root ids, reply tokens, Thread-Index.

Not headers (letters.py writes them) and not a memory: everything is derived from a secret.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from daemon.domain.people import Address
from daemon.domain.world import Lane

_TOKEN = re.compile(r"\+([a-z2-7]{26})@", re.IGNORECASE)
_RETURNED = re.compile(r"\+b-([a-z2-7]{26})@([A-Za-z0-9.-]{1,253})", re.IGNORECASE)
_OWN_WORD = re.compile(r"\+(?:b-)?[a-z2-7]{26}")
_ID = re.compile(r"<[!-;=?-~]{1,900}>")


def _word(secret: bytes, purpose: str, *parts: str) -> str:
    """26 lower-case base32 characters: 130 bits that nobody can guess without the secret (trap_66)."""
    # Length-prefixed, so that ("ab", "c") and ("a", "bc") never give the same word.
    said = "".join(f"{len(part)}:{part}" for part in (purpose, *parts))
    digest = hmac.digest(secret, said.encode("utf-8", "replace"), "sha256")
    return base64.b32encode(digest)[:26].decode("ascii").lower()


def message_id(key: str, secret: bytes, domain: str) -> str:
    """The Message-ID of the letter with that key: the same for every retry, and not guessable."""
    return f"<{_word(secret, 'letter', key)}@{domain}>"


@lru_cache(maxsize=16_384)
def root_id(lane: Lane, person: str, secret: bytes, domain: str) -> str:
    """The synthetic id every letter of a thread refers to, from the first one on (trap_48)."""
    return f"<{_word(secret, 'root', lane, person)}@{domain}>"


@lru_cache(maxsize=16_384)
def reply_token(secret: bytes, person: str, lane: Lane) -> str:
    """The word in the reply address that stands for this person in this thread."""
    return _word(secret, "reply", person, lane)


def connect_token(secret: bytes, address: Address) -> str:
    """The word in the link to the page on which the owner of that address connects a calendar."""
    return _word(secret, "connect", address)


def connect_link(web: str, secret: bytes, address: Address) -> str:
    """That link, on our pages."""
    return f"{web}/connect/{connect_token(secret, address)}"


def reply_to(mailbox: Address, token: str) -> Address:
    """The mailbox's plus-address with that token."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{token}@{domain}"


def reply_to_letter(mailbox: Address, message_id: str) -> Address:
    """The plus-address that names one letter: where answers go of somebody of whom nothing else is known."""
    return reply_to(mailbox, envelope_id(message_id))


def named_letter(token: str, mailbox: Address) -> str:
    """The Message-ID of the letter that such an address would name."""
    return f"<{token}@{mailbox.rpartition('@')[2]}>"


def token_of(addresses: Iterable[str]) -> str | None:
    """The first reply token in these addresses, None when there is none."""
    for address in addresses:
        found = _TOKEN.search(address)
        if found:
            return found.group(1).lower()
    return None


def is_answer_address(address: Address, mailbox: Address) -> bool:
    """Whether it is an address of that mailbox to which people answer, or letters come back, by its form."""
    local, _, domain = mailbox.lower().rpartition("@")
    word = address.lower().removeprefix(local).removesuffix(f"@{domain}")
    return address.lower() == f"{local}{word}@{domain}" and bool(_OWN_WORD.fullmatch(word))


def envelope_id(message_id: str) -> str:
    """What names a letter to the servers that carry it (ENVID, RFC 3461 4.4): the part of its Message-ID that
    nobody can guess, so that a report which repeats it is about a letter that was really sent."""
    return message_id.strip("<>").partition("@")[0]


def bounce_address(mailbox: Address, message_id: str) -> Address:
    """The envelope sender of a letter: what comes back to it names the letter, whatever the report says."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+b-{envelope_id(message_id)}@{domain}"


def returned_id(addresses: Iterable[str]) -> str:
    """The Message-ID of the letter that came back to one of these addresses, empty for none."""
    found = next((each for address in addresses if (each := _RETURNED.search(address))), None)
    return f"<{found[1].lower()}@{found[2].lower()}>" if found else ""


# --- Thread-Index (MS-OXOMSG 2.2.1.3): Outlook puts mails together by it, and by nothing else (trap_49)

_INDEX_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""When every thread began, as its index tells: the index is derived, and nobody sees this time."""
_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
INDEX_CHARACTERS_MAX = 400
INDEX_LEVELS_MAX = 40
"""Answers in a row that one index holds; after that the thread goes on as an answer to its first letter."""


def _ticks(since: timedelta) -> int:
    """100-nanosecond steps, in which such times are counted."""
    return (since.days * 86_400 + since.seconds) * 10_000_000 + since.microseconds * 10


@lru_cache(maxsize=16_384)
def _index_head(secret: bytes, lane: Lane, person: str) -> bytes:
    """22 bytes: six of the time at which the thread began, sixteen of its name."""
    begun = _ticks(_INDEX_EPOCH - _FILETIME_EPOCH).to_bytes(8, "big")[:6]
    name = base64.b32decode(_word(secret, "index", lane, person).upper() + "======")
    return begun + name[:16]


def thread_index(
    secret: bytes, lane: Lane, person: str, *, key: str, first: bool, answered: str, now: datetime
) -> str:
    """The Thread-Index of a letter, in base64: that of a thread's first letter is its head alone, and each later
    one has five bytes more than what it answers. `answered` is the index of the mail answered, empty where there
    was none; one that belongs to no thread of ours with this person is not gone on with."""
    head = _index_head(secret, lane, person)
    if first:
        return base64.b64encode(head).decode("ascii")
    before = _levels(answered, head)
    return base64.b64encode(head + before + _level(key, now)).decode("ascii")


def _levels(answered: str, head: bytes) -> bytes:
    try:
        known = base64.b64decode(answered[:INDEX_CHARACTERS_MAX], validate=True)
    except ValueError:
        return b""
    levels = known[len(head) :]
    if not known.startswith(head) or len(levels) % 5 or len(levels) >= 5 * INDEX_LEVELS_MAX:
        return b""
    return levels


def _level(key: str, now: datetime) -> bytes:
    """Five bytes: how long after the beginning (one bit of scale, 31 of time), and one that tells apart."""
    since = max(_ticks(now - _INDEX_EPOCH), 0)
    short = since < 1 << 49  # 1.7 years
    scaled = (since >> (18 if short else 23)) & 0x7FFF_FFFF
    apart = hmac.digest(b"level", key.encode("utf-8", "replace"), "sha256")[:1]
    return ((0 if short else 1 << 31) | scaled).to_bytes(4, "big") + apart


def ids_in(text: str, most: int = 50) -> tuple[str, ...]:
    """The message ids in a header value, in order. Anything that is no id is left out (trap_51)."""
    return tuple(found.group(0) for found in _ID.finditer(text[:50_000]))[-most:]


def references(root: str, thread: Iterable[str], answered: str = "") -> tuple[str, ...]:
    """Root first, then the last ten of the thread, the mail answered last; each once (RFC 5322 3.6.4)."""
    chain = [one for known in tuple(thread)[-10:] for one in ids_in(known)]
    last = ids_in(answered)
    ordered = [root, *(one for one in chain if one not in last), *last]
    return tuple(dict.fromkeys(ordered))
