"""Commands with a value of their own: how often, which zone, which language, whom to invite.

Not commands that are a word or a number: clauses.py.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zoneinfo import available_timezones

from daemon.domain.observation import Said
from daemon.mail.reading.lexicon import (
    LANGUAGES,
    Found,
    Lexicon,
    covered,
    has,
    known_places,
    lexicon,
)
from daemon.mail.reading.tokens import Token

_AROUND = frozenset({"courtesy", "greeting", "neutral", "yes_word", "want"})
_ZONE_ROOTS = ("zone", "zona", "fuso", "huso", "fuseau")
CADENCES = ("weekly", "biweekly", "monthly", "quarterly")
_ZONE_WORDS_MAX = 3
_CODE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_NAME_WORDS_MAX = 3


def cadence(clause: list[Token], found: list[Found]) -> Said | None:
    """WEEKLY, "every two weeks": how often is said, and nothing else."""
    named = {name for name in CADENCES for each in found if has(each, (name,))}
    longest = [
        name for name in named
        if covered(len(clause), found, _AROUND | {name, "switching", "meeting"}, ())
    ]  # fmt: skip
    return Said("cadence", text=longest[0]) if len(longest) == 1 else None


def zone_named(plain: str, clause: list[Token], found: list[Found]) -> Said | None:
    """ZONE Toronto: a name with a capital, of a city or of a zone."""
    named = any(root in token.text for token in clause for root in _ZONE_ROOTS)
    for begin in found:
        if not (has(begin, ("zone",)) or (named and has(begin, ("moved",)))):
            continue
        said = [
            each
            for end in range(len(clause), begin.end, -1)
            for at in range(begin.end, end)
            for each in (_zone(plain, clause, found, at, end),)
            if each is not None
        ]
        if said:
            return next((each for each in said if each.text), said[0])
    return None


def _zone(plain: str, clause: list[Token], found: list[Found], at: int, end: int) -> Said | None:
    name = plain_part(plain, clause, at, end)
    if end - at > _ZONE_WORDS_MAX or not name[:1].isupper():
        return None
    if not covered(len(clause), found, _AROUND | {"zone", "zone_with", "moved"}, range(at, end)):
        return None
    known = zone_of(name)
    whole = at == 1 and end == len(clause)
    return Said("zone", text=known) if known or whole else None


def plain_part(plain: str, clause: list[Token], at: int, end: int) -> str:
    """What stands at these places, as it was written: a folded text has each character in its old place."""
    written = unicodedata.normalize("NFC", plain)
    return written[clause[at].at : clause[end - 1].end].strip()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Every IANA zone; to list them is to walk through a folder of files."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """City → IANA name; a name that several zones share is none."""
    found: dict[str, list[str]] = {}
    for name in _zones():
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            found.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), []).append(name)
    cities = {city: min(names, key=len) for city, names in found.items()}
    return _exonyms() | cities


def _exonyms() -> dict[str, str]:
    """ "Londres", "Tokio", "Ciudad de México": cities as they are called in the languages of the letters."""
    from babel import Locale

    return {
        _bare(zone["city"]): name
        for code in LANGUAGES
        for name, zone in Locale(code).time_zones.items()
        if "city" in zone and name in _zones()
    }


def _bare(city: str) -> str:
    plain = unicodedata.normalize("NFKD", city).encode("ascii", "ignore").decode()
    return plain.replace("_", " ").casefold()


def zone_of(city: str) -> str:
    """The IANA name of `Toronto`, `São Paulo` or `America/Toronto`; empty when there is none."""
    if city in _zones():
        return city
    return _cities().get(_bare(city), "")


def language_named(
    plain: str, clause: list[Token], words: Lexicon, found: list[Found]
) -> Said | None:
    """LANGUAGE pt, "em português, por favor": said to be the language of letters, or asked for politely."""
    names = [(each, value) for each in found for name, value in each.labels if name == "languages"]
    surely = any(
        has(each, ("language",)) or (has(each, ("language_with",)) and each.end - each.at > 1)
        for each in found
    )
    politely = any(has(each, ("courtesy",)) for each in found) and any(
        has(each, ("language_with",)) for each in found
    )
    if len(clause) == 2 and not names and words.is_a("language", clause[0].text):
        if clause[0].text == "language" or (
            clause[1].text in LANGUAGES and len(clause[0].text) > 2
        ):
            return _code(plain, clause)
    if len({value for _, value in names}) != 1 or not (surely or politely):
        return None
    places = known_places(each for each, _ in names)
    if not covered(len(clause), found, _AROUND | {"language", "language_with"}, places):
        return None
    return Said("language", text=names[0][1])


def _code(plain: str, clause: list[Token]) -> Said | None:
    named = clause[1].text
    if clause[1].kind == "word" and _CODE.fullmatch(
        named
    ):  # a region chooses no other folder of letters
        return Said("language", text=named[:2])
    called = {
        value for code in LANGUAGES
        for name, value in lexicon(code).phrases.get((named,), ()) if name == "languages"
    }  # fmt: skip
    if len(called) == 1:  # "LANGUAGE português"
        return Said("language", text=called.pop())
    return Said("language") if plain.startswith("LANGUAGE ") else None


def invited(plain: str, clause: list[Token], found: list[Found]) -> Said | None:
    """INVITE name@…: one address, and the name of its owner where it is given."""
    addresses = [at for at, token in enumerate(clause) if token.kind == "address"]
    if len(addresses) != 1 or not any(has(each, ("invite",)) for each in found):
        return None
    known = known_places(found)
    names = {
        at for at, token in enumerate(clause)
        if at not in known and token.kind == "word" and 0 < addresses[0] - at <= _NAME_WORDS_MAX and at
        and plain_part(plain, clause, at, at + 1)[:1].isupper()
    }  # fmt: skip
    free = {*addresses, *names}
    if len(names) > _NAME_WORDS_MAX or not covered(
        len(clause), found, _AROUND | {"invite", "invite_with"}, free
    ):
        return None
    return Said("invite", text=clause[addresses[0]].text)
