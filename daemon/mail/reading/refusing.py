"""Refusing: that none of the times suits, said without a word for the list: "Impossible for me, we are moving. After the 15th?".

Not a time that is refused (evident.py). A refusal that names no time is one of all where a reason or a wish for others stands
beside it; any time that is spoken for, and any doubt, ends it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.bearing import View, view
from daemon.mail.reading.bounded import bounded, is_bound
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.lexicon import Lexicon, clause_of, has
from daemon.mail.reading.named import has_day, times_named
from daemon.mail.reading.numbered import names_number
from daemon.mail.reading.pieces import is_open, names_time, spoken_words, without_kindness
from daemon.mail.reading.polarity import is_denied
from daemon.mail.reading.roles import Roles, calls, places, plays, ranks_of, roles_with_ranks

CHARACTERS_MAX = 400
SENTENCES_MAX = 6
_OPENS = ("corrects", "skip_said", "skips", "leave_said", "pause_said", "change_said", "help_said")
_SIGNS = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]+[\ufe0f\U0001f3fb-\U0001f3ff]*")
"""A sign ends a sentence, and whether it laughs or cries does not matter to a refusal."""
_THAT = ("that", "that's", "das", "ca", "c'", "ce", "cela", "eso", "isso", "isto")
_ALL = (When(), When(pick="all"))
_SAYING = (
    "flat_no",
    "flat_end",
    "all_of_it",
    "exactly",
    "wanting",
    "later_on",
    "too_early",
    "too_late",
)
_REASON_WORDS_MIN = 2
_FLAT_MAX = 6


@dataclass(slots=True)
class _Refusal:
    """`flat`: in so many words; `busy`: something is in the way of all; `partial`: some time of its own, `parts`: the parts
    of a day that never suit, `loose` those that were named so far; `wishes`: what others are wished for."""

    flat: bool = False
    busy: bool = False
    reason: bool = False
    wish: bool = False
    begun: bool = False
    other: bool = False
    partial: bool = False
    parts: list[When] = field(default_factory=list)
    loose: list[When] = field(default_factory=list)
    wishes: list[When] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def refusing(
    lines: Sequence[str], today: date, language: str, names: Collection[str]
) -> tuple[Said, list[str]] | None:
    """None of the times, and the words beside it; or a part of the day with what is wished for instead."""
    plain = [_SIGNS.sub(". ", line) for line in lines]
    short = without_kindness(plain, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    few = ranks_of(words.code)
    if not any(plays(few.played(clause_of(each)), _SAYING) for each in said):
        return None
    roles = roles_with_ranks(words.code)
    seen = _Refusal()
    for sentence in said:
        if not _look_through(seen, sentence, words, roles, today, names):
            return None
    busy = (seen.busy and seen.wish and not seen.wishes) or (seen.other and seen.reason)
    if (seen.flat and (seen.reason or seen.wish)) or (busy and not seen.partial):
        return Said("none", text=text[:120]), seen.rest
    return _for_others(seen, text)


def _for_others(seen: _Refusal, text: str) -> tuple[Said, list[str]] | None:
    """Hours that never suit, or a reason, and what is wished for instead: whether that refuses all of the times, only
    those on offer tell."""
    lasting = seen.parts or seen.busy
    if not lasting or seen.partial or seen.loose or any(map(_is_dated, seen.wishes)):
        return None
    if seen.parts and seen.wish and all(_is_part(each) for each in (*seen.parts, *seen.wishes)):
        when = seen.wishes[0] if len(seen.wishes) == 1 else When()
        return Said("when", text=text[:120], when=when, but_not=tuple(seen.parts)), seen.rest
    if not (seen.parts or seen.wishes) or (seen.wish and not seen.wishes):
        return None
    wishes = [each for each in seen.wishes if each != When()]
    return Said(
        "none", text=text[:120], when=wishes[0] if wishes else None, or_when=tuple(wishes[1:]),
        but_not=tuple(seen.parts),
    ), seen.rest  # fmt: skip


def _is_part(when: When) -> bool:
    return bool(when.part) and not has_day(when)


def _is_dated(when: When) -> bool:
    return has_day(when) or when.pick not in ("", "all")


def _look_through(
    seen: _Refusal,
    sentence: str,
    words: Lexicon,
    roles: Roles,
    today: date,
    names: Collection[str],
) -> bool:
    """What one sentence refuses or wishes for; False where it leaves something open."""
    tokens = clause_of(sentence)
    played = roles.played(tokens)
    wanted = plays(played, ("wanting", "later_on"))
    if any(e.role == "others" and calls(tokens[e.at : e.end], names) for e in played):
        return False
    for clause in clauses_of(sentence, words):
        if clause.lead == "thanks_for":
            continue
        here = view(clause, words, roles)
        refs = times_named(here.piece, words, here.found, today)
        begun, seen.begun = seen.begun, True
        if not begun and len(here.piece) <= 2 and refs == [] and here.suits and not here.against:
            continue  # "Super, genau da bin ich weg"
        wishing = here.plays("wanting", "later_on") or ("?" in sentence and wanted)
        against = here.against or here.plays("flat_no")
        if here.plays("flat_no") and here.plays("others", "telling", "other_thing"):
            return False
        if against and calls(here.piece, names):
            return False  # "Ana can't make any of them"
        wished = places(here.played, ("wanting",))
        if any(e.role in _OPENS and e.at not in wished for e in here.played) or (
            is_open(here.found) and not wishing
        ):
            return False
        if not _look(seen, here, refs, words, asked="?" in sentence, wishing=wishing):
            return False
    return True


def _look(
    seen: _Refusal,
    here: View,
    refs: Sequence[When] | None,
    words: Lexicon,
    *,
    asked: bool,
    wishing: bool,
) -> bool:
    """Put one clause where it belongs; False where it leaves something open."""
    flat = _is_flat(here)
    exactly = here.plays("exactly") and here.plays("all_of_it", "all_shown") and not here.suits
    flat |= exactly  # "alle drei genau in der Berufsschule"
    against = here.against or (here.engaged and not asked) or flat
    others = any(has(each, ("other_one",)) for each in here.found)
    numbered = names_number(here) and not is_bound(here.piece, words)
    if numbered if against else others:
        return False  # "la 1 no, las otras sí"
    if flat and (names_number(here) or here.plays("right_now")):
        return False
    hours = _too_early_or_late(here)
    if hours and not asked and not any(map(_is_named, refs or ())):
        seen.parts, seen.reason = [*seen.parts, hours], True
        return not here.suits
    if against and not asked and refs is not None and all(each in _ALL for each in refs):
        if seen.loose and here.piece[0].text in _THAT:
            seen.parts, seen.loose = [*seen.parts, *seen.loose], []
            return True  # "Evenings are bath and bedtime, so that's never going to happen"
        whole = _is_of_all(here) and not here.suits
        seen.flat |= flat or whole
        seen.busy |= not (here.suits or refs or names_time(here.piece, words))
        seen.reason |= not flat or len(here.piece) > _FLAT_MAX
        seen.rest.append(here.clause.text.strip())
        return True
    if not against and (asked or wishing or (seen.flat and refs and all(map(_is_week, refs)))):
        return _wish(seen, here, refs)
    if refs and not against and not here.suits and not any(map(_is_named, refs)):
        seen.loose += [replace(each, pick="") for each in refs]
        return True
    if refs is None or (refs and not against):
        return refs is not None and is_bound(here.piece, words) and not here.suits
    if refs:
        never = [replace(each, pick="") for each in refs]
        lasting = all(each != When() and (_is_hour(each) or _is_week(each)) for each in never)
        seen.parts += never if lasting and not here.suits else []
        seen.reason = True
        seen.partial |= not lasting and any(map(_is_named, refs))
        return not here.suits and not asked
    seen.reason |= len(here.piece) >= _REASON_WORDS_MIN
    seen.rest.append(here.clause.text.strip())
    return not here.suits and not names_time(here.piece, words)


def _too_early_or_late(here: View) -> When | None:
    """ "Too early for me": the mornings."""
    if here.plays("too_early"):
        return When(part="morning")
    return When(part="evening") if here.plays("too_late") else None


def _is_flat(here: View) -> bool:
    """Whether it refuses, and not something else that is named behind it: "no puedo contestar"."""
    return any(
        (each.role == "flat_no" or (each.role == "flat_end" and each.end == len(here.piece)))
        and not here.kept.is_subject(each.at)
        and not is_denied(here.piece, each.at, here.words.code)
        and not here.kept.is_followed(each.end)
        and not here.kept.is_object(each.end, plainly=True)
        for each in here.played
    )


def _is_of_all(here: View) -> bool:
    """Whether it is about the whole time that was asked about."""
    return any(
        each.role in ("all_of_it", "that_week")
        or (
            each.role == "all_shown"
            and here.plays("clash", "cannot")
            and not here.kept.is_followed(each.end)
        )
        for each in here.played
    )


def _is_named(when: When) -> bool:
    """Whether it says which of the times, and not only a part of each day."""
    return has_day(when) or when.pick not in ("", "all") or bool(when.days or when.weekdays)


def _is_hour(when: When) -> bool:
    """Whether it says nothing but an hour, or a part of any day."""
    return when == When(minutes=when.minutes, part=when.part)


def _is_week(when: When) -> bool:
    return when.days is not None and not has_day(when)


def _wish(seen: _Refusal, here: View, refs: Sequence[When] | None) -> bool:
    """A wish for other times. A day that is named may be one of those on offer, unless all of these were refused."""
    named = refs is None or any(map(_is_named, refs))
    if named and not seen.flat:
        return False
    seen.wish = True
    seen.other |= here.plays("another")
    seen.wishes += [replace(bounded(each, here.piece, here.words), pick="") for each in refs or ()]
    seen.rest.append(here.clause.text.strip())
    return True
