"""Considerate: a condition that only shows regard ("if it's still free", "si no es molestia"), taken out before a reply is read.

Not a condition that leaves anything open: "if I get home in time". The times of a letter are looked at once more before one is booked,
and the other one of the pair is told, so that these conditions hold by themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from daemon.mail.reading.lexicon import LANGUAGES, clause_of
from daemon.mail.reading.roles import Roles, roles_in

_TABLES = Path(__file__).parent / "languages" / "roles"
_JOINED = re.compile(r"[\s,;(–—-]*$")
_ENDS = re.compile(r"[\s]*(?:$|[,;:.!?)…–—\n]|[\u2600-\U0001FAFF])")
_BEGINS = re.compile(r"^[\s,;:–—-]+")


def without_regard(lines: Sequence[str]) -> list[str]:
    """The lines without such conditions. One is taken out where it ends what is said, or stands in front of a comma."""
    return [_without(line) for line in lines]


def _without(line: str) -> str:
    clause = clause_of(line)
    for each in sorted(_regard().played(clause), key=lambda each: (each.at, -each.end)):
        begin, end = clause[each.at].at, clause[each.end - 1].end
        if not _ENDS.match(line[end:]):
            continue
        before, behind = line[:begin], line[end:]
        leads = not before.strip() or before.rstrip()[-1] in ".!?:"
        left = before + _BEGINS.sub("", behind) if leads else _JOINED.sub("", before) + behind
        if any(char.isalnum() for char in left):
            return _without(left)
    return line


@lru_cache(maxsize=1)
def _regard() -> Roles:
    """Of all languages: a phrase of one is none of another."""
    paths = [_TABLES / f"{code}-regard.toml" for code in LANGUAGES]
    return roles_in(*(tomllib.loads(path.read_text(encoding="utf-8")) for path in paths))


def read_tables() -> None:
    """Read what any mail may need, before the time that one mail may take is counted: once a process."""
    _regard()
