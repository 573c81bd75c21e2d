"""Keys, stems, bases and provider ids (RULES 2): everything that makes an effect happen once.

Not random and not tied to a clock: the same cause always gives the same key.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import Any

import msgspec

from daemon.domain.meeting import Origin
from daemon.domain.world import Lane

_ADDRESS = re.compile(r"[^/\s]+@[^/\s]+")
_OCCASION = re.compile(r"#(\d+)[./]")
_LIST = re.compile(r"[\]a-z]#(\d+)(?=[.v~/])")
_PROVIDER_ID = re.compile(r"[0-9a-v]{52}")
_ORIGIN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\[[^\]]+\]")


def lane_of_pairing(pairing: str) -> Lane:
    """The lane of a pairing."""
    return f"pairing/{pairing}"


def lane_of_account(address: str) -> Lane:
    """The lane of an account."""
    return f"account/{address}"


def lane_of_program(program: str) -> Lane:
    """The lane of a program."""
    return f"program/{program}"


def pairs_of_program(program: str) -> Lane:
    """Not a lane that is decided: what is handed there goes to every other pairing of that program."""
    return f"pairs/{program}"


def lane_of_person(person: str) -> Lane:
    """Not a lane that is decided: what is handed there goes to every pairing of that person."""
    return f"person/{person}"


def lane_of_key(key: str) -> Lane:
    """The lane in which a letter with this key was decided; empty for a key that is no letter's."""
    parts = key.split("/")
    return f"{parts[1]}/{parts[2]}" if len(parts) > 3 else ""


def lane_of_change(key: str) -> Lane:
    """The lane in which a change of a calendar was decided; empty for a key that is none's."""
    parts = key.split("/")
    return lane_of_pairing(parts[1]) if len(parts) > 2 else ""


def person_of(thread: str) -> str:
    """Whose thread that is; empty for the thread of a pairing."""
    kind, _, rest = thread.partition("/")
    return rest.partition("/")[0] if kind == "person" else ""


def program_of(thread: str) -> str:
    """The program of somebody's own thread; empty for the thread of a pairing."""
    return thread.split("/")[2] if person_of(thread) else ""


def thread_of_person(person: str, program: str) -> str:
    """The chain of letters that are about somebody's own 1:1s as a whole."""
    return f"person/{person}/{program}"


def thread_about_calendar(person: str, program: str) -> str:
    """The chain of letters that are about somebody's calendar."""
    return f"person/{person}/{program}/calendar"


def thread_of_help(person: str, program: str) -> str:
    """The chain of letters that are between somebody and whom the program names for help, read by nobody else."""
    return f"person/{person}/{program}/help"


def thread_of_advisor(advisor: str) -> str:
    """The chain of letters to one advisor about one 1:1."""
    return f"advisor/{advisor}"


def is_advisors(thread: str) -> bool:
    """Whether that is such a chain."""
    return thread.startswith("advisor/")


def in_confidence(thread: str) -> bool:
    """Whether that is such a chain."""
    return bool(person_of(thread)) and thread.endswith("/help")


def series_stem(pairing: str, index: int = 0) -> str:
    """The stem of PutSeries."""
    return f"series/{pairing}/{index}"


def end_stem(pairing: str, index: int, generation: int) -> str:
    """The stem of EndSeries for the series that came into being with that generation."""
    return f"{series_stem(pairing, index)}/{generation}/end"


def letter_stem(touchpoint: str, lane: Lane, occasion: str, person: str) -> str:
    """The stem of a letter to one person about one origin or occasion."""
    return f"{touchpoint}/{lane}/{occasion}/{person}"


def touchpoint_of(key: str) -> str:
    """The touchpoint a letter's key or stem begins with."""
    return key.partition("/")[0]


@lru_cache(maxsize=16_384)
def origin_text(key: str) -> str:
    """The origin named in a key or stem as text, empty when it names none."""
    end = key.find("]")
    if end < 0:
        return ""
    begin = key.rfind("[", 0, end) - 16
    return key[begin : end + 1] if begin >= 0 else ""


def kind_of(stem: str) -> str:
    """Of what kind a stem is that is about no meeting: the same fact told to the contact, the same letter to the same
    person, the same series; empty for one that is about a meeting."""
    if origin_text(stem):
        return ""
    parts = stem.split("/")
    return "/".join(parts[:-1] if parts[0] == "told" else (parts[0], parts[-1]))


def origin_of(key: str) -> Origin | None:
    """The origin named in a key or stem, None when it names none."""
    found = origin_text(key)
    return Origin.parse(found) if _ORIGIN.fullmatch(found) else None


def occasion_of(stem: str) -> int:
    """The number of the question about a meeting, a session or a series, from a proposal's stem (`…#2.1/…` is
    the second)."""
    found = _OCCASION.search(stem)
    return int(found.group(1)) if found else 0


def list_of(key: str) -> int:
    """The number of the question, about whatever it is, whose list a letter showed; 0 for none."""
    found = _LIST.search(key)
    return int(found.group(1)) if found else 0


def provider_id(key: str) -> str:
    """Lower-case base32hex without padding of SHA-256(key): valid as a Google event id (PROVIDERS),
    as an iCalendar UID and as a file name."""
    digest = hashlib.sha256(key.encode()).digest()
    return base64.b32hexencode(digest).decode().rstrip("=").lower()


def is_provider_id(uid: str) -> bool:
    """Whether an event has a uid as we make them."""
    return _PROVIDER_ID.fullmatch(uid) is not None


def basis_of(facts: Any) -> str:
    """A short hash of the facts an effect tells or sets; equal facts, equal basis."""
    return hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()[:12]


def logged(key: str) -> str:
    """A key as log lines show it: the address of an account's lane is hashed (TRAPS 87)."""
    return _ADDRESS.sub(lambda found: short(found.group()), key)


def short(text: str) -> str:
    """A short name for a long foreign id, such as a Message-ID."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]
