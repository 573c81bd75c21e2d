"""Evident: the time that a reply is for, or the times that it leaves, where most of its words are not known.

Not what one clause is for (bearing.py). A day with its hour is strong evidence, and so is a word for or against it in the
same clause; what ends it is a closed list of cues: a question, a condition, a doubt, a correction, another person, and
whatever stands against another part of the reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.bearing import AGAINST, View, bearing, is_likewise, view
from daemon.mail.reading.bounded import bounded, is_outset, until, with_hour
from daemon.mail.reading.cutting import clauses_of
from daemon.mail.reading.evidence import ROMANCE, Evidence, result
from daemon.mail.reading.leaving_open import (
    asks,
    is_put_off,
    is_thought,
    leaves_open,
    refuses_all,
    speaks_of_all,
)
from daemon.mail.reading.lexicon import Lexicon, clause_of, has
from daemon.mail.reading.named import both, has_day, times_named
from daemon.mail.reading.numbered import names_number, numbers_said
from daemon.mail.reading.pieces import (
    KNOWN,
    Clause,
    spoken_words,
    unknown,
    without_kindness,
)
from daemon.mail.reading.questioned import is_beside, is_taking
from daemon.mail.reading.roles import Roles, plays, roles_of
from daemon.mail.reading.saved import left_out

CHARACTERS_MAX = 500
SENTENCES_MAX = 8
_OF_SHIFTS = (*KNOWN, "shifts", "lasting", "spelt", "minutes", "somewhat", "want")
_OF_DENIALS = (*KNOWN, *AGAINST)


def evident(lines: Sequence[str], today: date, language: str) -> tuple[Said, list[str]] | None:
    """The choice, and the words that speak of something else."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    roles = roles_of(words.code)
    seen = Evidence()
    for sentence in said:
        if not _look_through(seen, sentence, words, roles, today):
            return None
    return result(seen, text, romance=words.code in ROMANCE)


def _look_through(seen: Evidence, sentence: str, words: Lexicon, roles: Roles, today: date) -> bool:
    """What one sentence is for or against; False where it leaves something open."""
    seen.bare, seen.named, seen.opened = [], [], seen.last == "taken"
    parts = list(clauses_of(sentence, words))
    if "?" in sentence and plays(roles.played(clause_of(sentence)), ("greets",)):
        if len(clause_of(sentence)) <= _GREETING_WORDS_MAX:
            return True  # "Oi, tudo bem?"
    begged = "?" in sentence or plays(roles.played(clause_of(sentence)[:3]), ("begging",))
    taking = begged and is_taking(sentence, words, roles, today)
    if "?" in sentence and not taking:
        asked, parts = parts[-1:], parts[:-1]
        if sentence.count("?") > 1 or not sentence.rstrip(' "”»)').endswith("?"):
            return False
    else:
        asked = []
    if (
        parts and parts[0].lead == "because" and not seen.last and words.code in ROMANCE
    ):  # "la verdad es que el lunes …"
        parts[0] = Clause(parts[0].text, parts[0].tokens)
    views = [view(each, words, roles) for each in parts]
    seen.conceded = plays(roles.played(clause_of(sentence)), ("concede", "despite"))
    for each in views:
        if asked and each.plays("begging", "asks_time"):
            return False
        if not _look(seen, each, today, taking=taking):
            return False
    if asked and parts and words.code in ROMANCE and not seen.none:
        return False
    settled = seen.none or bool(seen.taken) or bool(seen.numbers)
    for clause in asked:
        alone = is_beside(view(clause, words, roles), today, none=seen.none or seen.is_all_refused)
        if not alone or not (settled or seen.is_all_refused):
            return False
        seen.asks_for_others |= not settled
        seen.rest.append(clause.text.strip())
    return True


_GREETING_WORDS_MAX = 6


def _look(seen: Evidence, here: View, today: date, *, taking: bool) -> bool:
    """What one clause is for or against; False where it leaves something open."""
    if here.clause.lead == "thanks_for" or is_thought(here):
        return True
    if leaves_open(here) or (not taking and asks(here)):
        return False
    if _is_offer(seen, here):
        return True
    refs = times_named(here.piece, here.words, here.found, today)
    counted = _look_at_numbers(seen, here, refs, today)
    if counted is not None:
        return counted
    if here.plays("all_good") and not (refs or here.against) and here.clause.lead in ("", "hence"):
        seen.taken.append(When())  # "all good for me"; "not Monday, otherwise all good"
        seen.other |= bool(seen.refused)
        return True
    if seen.last == "refused" and here.against and here.piece[0].text in _THAT:
        return True  # "not Tuesday, that's my choir morning"
    if refs is None:
        return here.plays("clash", "cannot")  # "à segunda venho tarde do hospital"
    refs = with_hour(refs, here.piece, here.words, suits=here.suits)
    seen.that_week |= here.plays("that_week") and here.against and not here.suits
    if _is_wish(seen, refs):
        return True
    against = here.against or (here.engaged and not here.suits)
    weeks = bool(refs) and all(each.days and not has_day(each) for each in refs)
    if not weeks and (refuses_all(here) or (against and speaks_of_all(here))):
        seen.none = True
        return True
    if not refs:
        return _look_aside(seen, here, today)
    return _look_at_times(seen, here, refs, today, taking=taking)


def _look_at_numbers(
    seen: Evidence, here: View, refs: Sequence[When] | None, today: date
) -> bool | None:
    """Whether the numbers that it names leave nothing open; None where it names none of the list."""
    turned = here.clause.lead == "contrast" or here.plays("mistake")
    seen.iffy |= any(
        each.role == "politely" and here.piece[each.at].text in _IFS for each in here.played
    )
    numbers, refused = numbers_said(here, refs, today)
    if numbers and (here.clause.lead == "contrast" or seen.numbers):
        return False
    if numbers or refused:
        if seen.taken and here.words.code not in ROMANCE:
            return False  # "Wednesday after training, 7 sounds good"
        if turned and set(refused) & set(seen.numbers):
            return False
        seen.numbers = seen.numbers or numbers
        seen.refused_numbers = (*seen.refused_numbers, *refused)
        return True
    if refs and seen.numbers and _is_number_refused(seen, here, refs):
        return True
    seen.stray |= names_number(here)
    named = any(token.kind in ("number", "ordinal", "time") for token in here.piece)
    return False if seen.numbers and (turned or named) else None  # "1. Desculpa, errei: 3"


def _look_at_times(
    seen: Evidence, here: View, refs: list[When], today: date, *, taking: bool
) -> bool:
    """What it is for the times that it names."""
    refs = [_of_that_day(bounded(each, here.piece, here.words), seen) for each in refs]
    lead = here.clause.lead
    if lead == "because" and not any(map(has_day, refs)) and not seen.copula:
        return True  # "because of my night shifts"
    if _is_of_the_writer(seen, here, refs):
        return True
    left = left_out(here.piece, here.words, refs, today, of_all=When() in seen.taken)
    if left is not None:
        seen.refused += left
        seen.taken, seen.other, seen.last = [*seen.taken, When()], True, "refused"
        return bool(seen.refused)  # "alles bis auf Dienstag"
    status = bearing(here, refs, seen.last)
    if status in ("slight", "busy") and not here.against:
        if taking or (lead == "hence" and not here.plays("others", "past")):
            status = "taken"  # "also müsste es der Donnerstag sein"
    if seen.taken and lead == "contrast" and status not in ("refused", "taken"):
        return False
    plain = not unknown(here.piece, here.found) - here.fine and not here.suits
    suits = any(has(each, ("suits", "takes")) for each in here.found)
    seen.named = list(refs)
    alone = plain and not suits and not is_likewise(here)
    seen.bare = list(refs) if status == "taken" and alone else []
    seen.copula = here.piece[-1].text in _COPULAS
    seen.last, seen.day = status, next((r for r in refs if has_day(r) and r.part), None)
    prefers = here.plays("prefers") or seen.preferring
    if here.plays("prefers"):  # "prefiero el martes a los otros dos"
        refs = [replace(each, pick="") if each.pick == "all" else each for each in refs]
    seen.preferring = False
    if status == "taken" and seen.taken and prefers and _narrows(seen, refs):
        return True
    _put(seen, status, refs, here, today)
    return status != "open"


def _is_of_the_writer(seen: Evidence, here: View, refs: Sequence[When]) -> bool:
    """ "Monday 7.15 works, I'm home by 6": an hour of the writer's day."""
    hours = all(each.minutes and not has_day(each) for each in refs)
    dated = any(has_day(each) for each in seen.taken)
    begins = here.piece[0].text in _WRITERS and here.clause.lead in ("", "because")
    return here.words.code not in ROMANCE and hours and dated and begins


def _is_number_refused(seen: Evidence, here: View, refs: Sequence[When]) -> bool:
    """ "Puedo el 1 y el 3, el 2 tengo reunión": no day of the month."""
    numbers = [each.month_day for each in refs]
    plain = all(each == When(month_day=each.month_day) for each in refs)
    return plain and (here.against or here.engaged) and not set(numbers) & set(seen.numbers)


def _is_offer(seen: Evidence, here: View) -> bool:
    """ "This week I am booked. Please offer me some dates next week": a wish for the next list."""
    return (seen.none or seen.is_all_refused) and here.plays("findit", "another") and not here.suits


def _narrows(seen: Evidence, refs: Sequence[When]) -> bool:
    """ "Wednesday or Friday, I'd prefer Friday": of those that suit, the one."""
    if not all(any(both(one, two) is not None for two in seen.taken) for one in refs):
        return False
    seen.taken = [each for each in seen.taken if any(both(each, one) is not None for one in refs)]
    return True


def _is_wish(seen: Evidence, refs: Sequence[When]) -> bool:
    """ "None of them. The week of the 14th would be fine": for the next list."""
    return seen.none and bool(refs) and all(each.days for each in refs)


def _put(seen: Evidence, status: str, refs: Sequence[When], here: View, today: date) -> None:
    other = any(has(each, ("other_one",)) for each in here.found)
    match status:
        case "refused":
            seen.refused += [] if other else refs  # "les autres soirs": not of this one
            seen.plainly |= here.plays("cannot") or any(has(e, ("regrets",)) for e in here.found)
        case "slight":
            seen.slight += refs
            seen.likewise += refs if here.clause.lead == "and" or is_likewise(here) else []
        case "bound":
            seen.bound += refs
            seen.refused += until(here.piece, here.words, refs, today) if here.against else []
        case "taken" if list(refs) == [When()] and len(seen.taken) == 1 and not other:
            seen.taken = [replace(seen.taken[0], pick="all")]  # "Samstag gerne, beide Zeiten"
        case "taken":
            seen.other |= other and not here.plays("prefers")
            if here.clause.lead == "hence":  # "Tuesday I have …, so Friday it is"
                seen.surely, seen.taken = True, [each for each in seen.taken if each in seen.liked]
            liked = here.suits and any(map(has_day, refs)) and not is_likewise(here)
            if liked and seen.opened:  # "8am on a Monday, a dream. Let's go for the 9th"
                seen.taken = [each for each in seen.taken if each in seen.liked]
            seen.liked += refs if here.suits else []
            seen.taken += refs


def _of_that_day(when: When, seen: Evidence) -> When:
    """ "Sábado de manhã não, à tarde sim": the afternoon of the same day."""
    before = seen.day
    if before is None or not when.part or has_day(when) or when.part == before.part:
        return when
    return replace(when, weekday=before.weekday, day=before.day, month_day=before.month_day)


def _look_aside(seen: Evidence, here: View, today: date) -> bool:
    """A clause that names no time: it may turn what was said, or ask for something else."""
    clause, found, against = here.clause, here.found, here.against
    seen.preferring = here.plays("prefers")
    if seen.taken and clause.lead == "contrast" and not (here.suits or seen.conceded):
        return False
    if any(has(each, ("shifts",)) for each in found) and not unknown(
        clause.tokens, found, _OF_SHIFTS
    ):
        return False
    number = [token.number for token in clause.tokens if token.kind in ("number", "ordinal")]
    away = (
        until(here.piece, here.words, [When(month_day=number[0])], today)
        if against and number
        else []
    )
    if away:  # "je suis en mission jusqu'au 11"
        seen.refused += away
        return True
    reason = clause.lead == "because" or is_outset(clause.tokens, here.words)
    if against and len(clause.tokens) <= 2 and not unknown(clause.tokens, found, _OF_DENIALS):
        # "no, el jueves"; but "on Monday I'm travelling, so no"
        return clause.lead in ("hence", "because") and seen.last in ("refused", "busy")
    if is_put_off(here):
        return False
    those = here.suits and not against and clause.tokens[0].text in _THOSE
    if seen.last in ("busy", "slight", "bound") and seen.named and those:
        seen.named = [replace(each, minutes=()) for each in seen.named if has_day(each)]
        seen.taken, seen.last = [*seen.taken, *seen.named], "taken"
        return True  # "I finish at 4 on Fridays so that one would be brilliant"
    if seen.last in ("busy", "slight") and seen.named and _agrees(here):
        seen.taken += seen.named  # "quinta já tenho o jantar feito, pode ser"
        seen.slight = [each for each in seen.slight if each not in seen.named]
        seen.last = "taken"
    own = clause.tokens[0].text in _SUBJECTS
    reason &= not seen.copula  # "Mi und Do sind wegen Nachtschicht schwierig"
    if seen.bare and here.against and here.plays("clash"):
        if not (reason or own or clause.lead == "contrast"):
            seen.refused += seen.bare  # "mercredi et jeudi, impensable"
            seen.taken = [each for each in seen.taken if each not in seen.bare]
            seen.bare, seen.last = [], "refused"
            return True
    if against and seen.taken and len(clause.tokens) <= 4 and not reason and not here.suits:
        return False
    if _is_reason_against(seen, here):
        seen.slight += seen.bare
        seen.taken = [each for each in seen.taken if each not in seen.bare]
        seen.bare = []
    seen.rest.append(clause.text.strip())
    return True


def _is_reason_against(seen: Evidence, here: View) -> bool:
    """ "The first and the last, yes. The one between, I take my daughter to school": beside others that were said to suit, a
    time of which nothing is said but what somebody does then."""
    told = len(unknown(here.piece, here.found) - here.fine) >= _TOLD_WORDS_MIN
    return bool(seen.bare) and seen.opened and told and not here.suits


_TOLD_WORDS_MIN = 2


def _agrees(here: View) -> bool:
    """ "Pode ser", "essa": what was named before is meant."""
    clause, found = here.clause, here.found
    short = len(clause.tokens) <= 4 and not here.against
    these = len(clause.tokens) == 1 and clause.tokens[0].text in _THESE
    suits = here.suits or any(
        has(each, ("suits", "yes")) and not has(each, ("courtesy",)) for each in found
    )
    return short and (these or (suits and not unknown(clause.tokens, found) - here.fine))


_WRITERS = (
    *("i", "i'm", "i've", "i'll", "i'd", "we", "we're", "my", "our"),
    *("ich", "wir", "mein", "meine", "unser", "unsere"),
)
_COPULAS = ("is", "are", "ist", "sind", "son", "est", "sont", "sao", "geht", "gehen")
_IFS = ("se", "si", "s'", "if", "wenn", "wenns", "wenn's", "falls", "sofern", "caso")
_THAT = ("that's", "that", "das", "c'", "ce", "eso", "ese", "esa", "isso", "esse", "essa")
_THOSE = ("that", "der", "den", "esse", "essa", "ese", "esa", "celui-la", "celle-la", "ce", "ca")
_THESE = ("essa", "esse", "esta", "este", "esa", "ese", "celle-la", "celui-la")
_SUBJECTS = (
    *("o", "a", "os", "as", "el", "la", "los", "las", "le", "les", "l'", "esta", "essa", "este", "esse", "esa", "ese"),
    *("celle-ci", "celui-ci", "celles-ci", "cette", "ce", "mon", "ma", "mes", "meu", "minha", "mi", "mis", "the", "my", "this", "our"),
    *("der", "die", "das", "den", "mein", "meine", "unser", "unsere", "dieser", "diese", "i", "i'm", "i've", "ich", "wir", "we"),
)  # fmt: skip
"""Who begins with one of these speaks of something else than the day just named."""
