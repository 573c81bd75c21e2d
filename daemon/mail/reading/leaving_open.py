"""Leaving open: whether one clause of a reply leaves open what is said of its times, puts it off, or is about all of them.

Not what it is for (bearing.py), and not what several clauses come to: evident.py.
"""

from __future__ import annotations

from daemon.mail.reading.bearing import SPARED, View
from daemon.mail.reading.clauses import is_question
from daemon.mail.reading.evidence import ROMANCE
from daemon.mail.reading.lexicon import places_of
from daemon.mail.reading.pieces import is_open, saves_at, widest
from daemon.mail.reading.roles import places


def leaves_open(here: View) -> bool:
    """Whether it is a condition, a doubt, or put off."""
    thought = here.suits or here.clause.lead == "hence"  # "so Monday I guess"
    if is_open(here.found, spared=(*SPARED, "thinking") if thought else SPARED):
        return True
    polite = places(here.played, ("politely",))
    spared = {"pauses": here.fine}  # "arrumo um tempinho" asks for no pause
    return any(
        each.role in _LEFT_OPEN
        and each.at not in spared.get(each.role, polite)
        and not here.fine.issuperset(range(each.at, each.end))
        for each in here.played
    )


def asks(here: View) -> bool:
    """Whether it begins like a question, with no mark behind it: "Passt Donnerstag"."""
    return (
        here.words.code not in ROMANCE
        and here.clause.lead not in ("request", "hence", "because")
        and not saves_at(here.found)
        and is_question(here.piece, widest(here.words.found(here.piece)))
        and not (here.plays("cannot") and here.piece[1:2] and here.piece[1].text not in _PERSONS)
    )


def is_thought(here: View) -> bool:
    """ "I think, the third is best": a clause that says no more than that it is thought."""
    thought = places_of(here.words.found(here.piece), ("thinking",))
    return len(thought) == len(here.piece)


def is_put_off(here: View) -> bool:
    """Whether something of the pair's is moved or left out; "I'd skip lunch for this" is none of it."""
    return any(
        each.role in ("shift", "skips")
        and not (here.kept.is_followed(each.end) or here.kept.is_object(each.end))
        for each in here.played
    )


def refuses_all(here: View) -> bool:
    """ "None of those work"."""
    return any(
        each.role == "none_said"
        and not (here.words.code not in ROMANCE and here.kept.is_followed(each.end))
        for each in here.played
    ) and not here.plays("begging")


def speaks_of_all(here: View) -> bool:
    """Whether it is about all times shown, and not "von diesen Freunden"."""
    return any(
        each.role == "all_shown"
        and not (here.words.code not in ROMANCE and here.kept.is_followed(each.end))
        for each in here.played
    )


_PERSONS = ("i", "we", "you", "they", "she", "he", "it", "ana", "ben", "wir", "ihr", "sie", "du")
""" "Can't we …" asks, and "Can't on the 11th" does not."""
_LEFT_OPEN = ("doubt", "corrects", "asking", "pauses", "skip_said", "nexttime", "leave_said")
