"""Leaning: whether one clause of an answer to times is for those that it names, against them, or of no weight.

Not what several clauses come to: weighing.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.mail.reading.lexicon import PARTS, Found, Lexicon, has, places_of
from daemon.mail.reading.named import TIMES
from daemon.mail.reading.pieces import (
    HARMLESS,
    KNOWN,
    PICKS,
    Clause,
    names_time,
    saves_at,
    unknown,
)
from daemon.mail.reading.tokens import Token

SPARED = (*HARMLESS, "courtesy", "suits", "takes", "everything", "anything", "week", "meeting")
DENYING = (
    "against",
    "nothing",
    "engaged",
    "no",
    "none",
    "regrets",
    "save",
    "bounds",
    "preferred_else",
)
AGAINST = ("against", "regrets", "no", "away", "none")


_FREE = (
    "free",
    "available",
    "frei",
    "verfugbar",
    "livre",
    "libre",
    "disponivel",
    "disponible",
    "dispo",
)
"""Beside one of these nobody is engaged: "I'm free"."""


_DAY_OR_HOUR = ("weekdays", "relative", "clock", "nth", "months", *PARTS)


_WITH = ("with", "mit", "because", "weil", "wegen")


def status_of(
    clause: Clause,
    piece: Sequence[Token],
    found: Sequence[Found],
    last: str,
    words: Lexicon,
) -> str:
    """For that time surely, for it because nothing else is said ("taken"), against it, or of no weight."""
    if clause.behind_than or clause.lead == "nor":
        return "refused"
    thought = places_of(words.found(piece), ("thinking",))  # "I think Thursday would work best"
    strange = _before_asides(unknown(piece, found) - thought, piece, words)
    objects = {each.end for each in words.found(piece) if has(each, ("bounds",))}  # "after mass"
    against = any(
        has(each, AGAINST) and not has(each, (*SPARED, "own")) and each.at not in objects
        for each in found
    )
    likewise = any(has(each, ("likewise",)) for each in found)
    if any(has(each, ("preferred_else",)) for each in found):
        return "refused"
    if saves_at(found):
        return "surely"
    against |= any(has(each, ("save",)) for each in found)
    free = any(token.text in _FREE for token in piece)
    strange -= places_of(found, ("engaged",)) if free else set()
    engaged = not free and any(has(each, ("engaged",)) for each in found)
    if _is_turned(found) or _is_bound(piece, found, words):
        return "refused" if against or engaged else "slight"
    if against:
        return "refused"
    suits = any(
        has(each, ("suits",))
        and each.end not in strange
        and (each.at - 1 not in strange or each.end - each.at > 1)
        for each in found
    )
    takes = any(has(each, ("takes",)) for each in found) and not strange
    if clause.lead == "and" and not (suits or takes or engaged) and last:
        return last
    if likewise and not (suits or takes or engaged or strange) and last and len(piece) <= 4:
        return last
    first = min((each.at for each in found if has(each, TIMES)), default=0)
    if any(at < first for at in strange) and not engaged:
        return "slight"  # "My flight is on Friday": of something else
    if engaged:
        return "slight" if suits or takes else "refused"
    if clause.lead == "because" and not (suits or takes):
        return "slight"
    if suits or takes or (clause.lead in ("hence", "contrast") and not strange):
        return "surely"
    busy = any(
        has(each, ("event",)) and not any(o.at < each.at and has(o, ("bounds", "aside")) for o in words.found(piece))
        for each in words.found(piece)
    )  # fmt: skip
    return "slight" if strange or busy else "taken"


def _is_turned(found: Sequence[Found]) -> bool:
    """Whether it speaks of something else than whether a time suits."""
    return any(has(each, ("farewell",)) for each in found) or any(
        has(each, ("beside", "says", "shifts", "or_else"))
        and not has(each, (*SPARED, *PICKS, "bounds"))
        for each in found
    )


def _before_asides(strange: set[int], piece: Sequence[Token], words: Lexicon) -> set[int]:
    """The words that are not known, without those that only tell when or why: "Thursday at six after I put the kids to
    bed"."""
    found = words.found(piece)
    times = [each.end for each in found if has(each, _DAY_OR_HOUR)]
    times += [at + 1 for at, t in enumerate(piece) if t.kind in ("time", "numeric", "ordinal")]
    if not times:
        return strange
    begins = [each.at for each in found if has(each, ("aside",)) and each.at >= min(times)]
    if not begins or max(times) > min(begins) or _names_event(found, min(begins)):
        return strange
    return {at for at in strange if at < min(begins)}


def _names_event(found: Sequence[Found], begin: int) -> bool:
    """ "Friday in the church": something else is then; "after the exam" it is over."""
    events = [each.at for each in found if has(each, ("event",)) and each.at > begin]
    over = any(each.at == begin and has(each, ("bounds", "meanwhile")) for each in found)
    return bool(events) and not over


def _is_bound(piece: Sequence[Token], found: Sequence[Found], words: Lexicon) -> bool:
    """ "Until Thursday", "after six": the time is where something ends or begins."""
    clocks = places_of(found, ("clock", "late-afternoon", "suits"))
    return any(
        has(each, ("bounds",))
        and each.at not in clocks
        and (
            names_time(piece[each.end : each.end + 2], words)
            or (each.end < len(piece) and piece[each.end].kind == "number")
        )
        for each in words.found(piece)
    )


def is_half_refused(found: Sequence[Found]) -> bool:
    """Whether it is against the later of two times only: "Friday or not at all this week"."""
    times = [each.at for each in found if has(each, TIMES)]
    against = [each.at for each in found if has(each, AGAINST) and not has(each, SPARED)]
    joints = [each.at for each in found if has(each, ("joining",))]
    return bool(times) and any(
        min(times) < joint < no < max([*times, no + 1]) and no - joint <= _HALF
        for joint in joints
        for no in against[:1]
    )


_HALF = 2


def is_only_refused(found: Sequence[Found]) -> bool:
    """Whether it speaks against times that cannot be told apart: "Tues an Weds I'm on duty"."""
    against = any(has(each, ("engaged", *AGAINST)) for each in found)
    return against and not any(has(each, ("suits", "takes", "save")) for each in found)


def only_tells_when(piece: Sequence[Token], found: Sequence[Found], words: Lexicon) -> bool:
    """ "Thursday, but only after uni"."""
    bounds = [each.at for each in words.found(piece) if has(each, ("bounds",))]
    plain = not any(
        has(each, ("against", "shifts", "or_else", "event")) and not has(each, ("bounds",))
        for each in words.found(piece)
    )
    known = unknown(piece, found, KNOWN)
    return bool(bounds) and plain and not any(at < min(bounds) for at in known)


def says_none(piece: Sequence[Token], found: Sequence[Found]) -> bool:
    """ "None of these are any use to me"."""
    every = any(has(each, ("nothing",)) for each in found)
    named = [each for each in found if has(each, ("none",)) and each.end - each.at > 1]
    says = bool(named)
    if any(each.end < len(piece) and piece[each.end].text in _WITH for each in named):
        return not saves_at(found)  # "all of those clash with lectures"
    says |= every and any(has(each, ("suits", "offers")) for each in found)
    return says and not unknown(piece, found, (*KNOWN, *DENYING)) and not saves_at(found)
