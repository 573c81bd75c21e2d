"""Polarity: which words of a clause speak for its times and which against, where a "not" turns either into the other.

Not which time is meant (evident.py) and not the words themselves (languages/roles). "Not great" is against, "no lectures
that day" is for: what counts is the next word that a denial can stand before, or behind in German and French.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.mail.reading.roles import Played
from daemon.mail.reading.tokens import Token

_REACH = 3
_DENIALS: dict[str, tuple[str, ...]] = {
    "en": ("not", "no", "don't", "doesn't", "isn't", "aren't", "won't", "wouldn't", "haven't", "hasn't", "ain't", "never", "without", "didn't",
           "can't", "cannot", "couldn't", "nor", "neither", "none", "cant"),
    "de": ("nicht", "kein", "keine", "keinen", "keiner", "keinem", "keines", "nie", "ohne", "weder", "net", "ned", "nid", "nix", "nichts"),
    "pt": ("nao", "nem", "sem", "nunca"),
    "es": ("no", "ni", "sin", "nunca"),
    "fr": ("pas", "ne", "n'", "sans", "ni", "jamais", "aucun", "aucune"),
}  # fmt: skip
_BEHIND = ("de", "fr")
"""Where a denial may stand behind what it denies: "passt mir nicht", "ça me va pas"."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """The places of a clause that speak for its times, and those against them."""

    fine: frozenset[int]
    clash: frozenset[int]


def leaning(
    piece: Sequence[Token],
    played: Sequence[Played],
    code: str,
    spared: frozenset[int] = frozenset(),
) -> Leaning:
    """What speaks for and what against; nothing that is against is all at the `spared` places."""
    own = [
        e for e in played
        if e.role in ("fine", "idle") or (e.role == "clash" and not spared.issuperset(range(e.at, e.end)))
    ]  # fmt: skip
    kept = [
        each for each in own
        if each.role != "idle" and not any(_is_longer(other, each) for other in own)
    ]  # fmt: skip
    covered = {at for each in kept for at in range(each.at, each.end)}
    fine: set[int] = set()
    clash: set[int] = set()
    turned: dict[Played, list[int]] = {}
    for at, token in enumerate(piece):
        if token.text not in _DENIALS.get(code, ()) or at in covered:
            continue
        if _is_only(at, piece):
            fine.add(at)
            continue
        for each in _denied(at, kept, code):
            turned.setdefault(each, []).append(at)
    for each in kept:
        denials = turned.get(each, [])
        is_fine = (each.role == "fine") != bool(denials)
        begin = min((each.at, *denials))
        (fine if is_fine else clash).update(
            range(begin, max((each.end, *(at + 1 for at in denials))))
        )
    return Leaning(frozenset(fine), frozenset(clash))


def is_denied(piece: Sequence[Token], at: int, code: str) -> bool:
    """Whether a "not" stands directly in front: "isn't impossible"."""
    return at > 0 and piece[at - 1].text in _DENIALS.get(code, ())


def _is_only(at: int, piece: Sequence[Token]) -> bool:
    """ "Je n'ai que vendredi de libre": no denial."""
    return piece[at].text in ("n'", "ne") and any(
        token.text in ("que", "qu'") for token in piece[at + 1 : at + _REACH + 2]
    )


def _is_longer(one: Played, two: Played) -> bool:
    """Whether the one holds the other: "at work" is no "work" that suits."""
    return one.at <= two.at and two.end <= one.end and one.end - one.at > two.end - two.at


def _denied(at: int, kept: Sequence[Played], code: str) -> list[Played]:
    """What a denial at this place turns."""
    behind = [each for each in kept if 0 < each.at - at <= _REACH]
    first = min((each.at for each in behind), default=0)
    found = [each for each in behind if each.at == first]
    if code in _BEHIND:
        before = [each for each in kept if at - each.end + 1 > 0 and each.role == "fine"]
        if not found or found[0].role == "fine":
            found += before
    return found
