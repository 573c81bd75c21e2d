"""What ties letters and replies together: Message-IDs, root ids and reply tokens.

Not headers (letters.py writes them) and not a memory: everything is derived from a secret.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from functools import lru_cache

from daemon.domain.people import Address
from daemon.domain.world import Lane

_TOKEN = re.compile(r"\+([a-z2-7]{26})@", re.IGNORECASE)
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


def reply_to(mailbox: Address, token: str) -> Address:
    """The mailbox's plus-address with that token."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_of(addresses: Iterable[str]) -> str | None:
    """The first reply token in these addresses, None when there is none."""
    for address in addresses:
        found = _TOKEN.search(address)
        if found:
            return found.group(1).lower()
    return None


def ids_in(text: str, most: int = 50) -> tuple[str, ...]:
    """The message ids in a header value, in order. Anything that is no id is left out (trap_51)."""
    return tuple(found.group(0) for found in _ID.finditer(text[:50_000]))[-most:]


def references(root: str, thread: Iterable[str], answered: str = "") -> tuple[str, ...]:
    """Root first, then the last ten of the thread, the mail answered last; each once (RFC 5322 3.6.4)."""
    chain = [one for known in tuple(thread)[-10:] for one in ids_in(known)]
    last = ids_in(answered)
    ordered = [root, *(one for one in chain if one not in last), *last]
    return tuple(dict.fromkeys(ordered))
