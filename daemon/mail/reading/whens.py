"""Days and times in words, exactly as said: "Thursday 3pm", "quinta às 15h", "am 3. Dezember nachmittags".

Not which offered time is meant (daemon/decide/fitting.py), and never a guess: what contradicts itself is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from daemon.domain.when import When
from daemon.mail.reading.dates import SOME_DAY, day_at
from daemon.mail.reading.lexicon import PARTS, Found, Lexicon, lexicon
from daemon.mail.reading.tokens import Token, both_halves


@dataclass(frozen=True, slots=True)
class Timed:
    """What a clause says of a day and a time; `places` are the tokens that say it. `numbers`: the same words may
    mean these numbers instead."""

    when: When
    places: frozenset[int]
    numbers: tuple[int, ...] = ()


@dataclass(slots=True)
class _Said:
    """What was found so far. `contradicts`: two different days or times."""

    weekday: int | None = None
    day: date | None = None
    month_day: int | None = None
    minutes: tuple[int, ...] = ()
    part: str = ""
    numbers: tuple[int, ...] = ()
    places: set[int] = field(default_factory=set)
    contradicts: bool = False
    lone: str = ""

    def take(self, name: str, value: object, at: int, end: int) -> None:
        known = getattr(self, name)
        if {known, value} == {"afternoon", "evening"}:
            known = value = "late-afternoon"  # "Thursday afternoon after work"
        self.contradicts |= known not in (None, (), "") and known != value
        setattr(self, name, value)
        self.places.update(range(at, end))


_DOTTED = re.compile(r"(\d{1,2})\.([0-5]\d)\.?")
"""A clock with a full stop, where it is no date: "7.15"."""
_EVENING = 18 * 60
DAY = 24 * 60
_WEEK = 7


def timed(
    clause: Sequence[Token], words: Lexicon, found: Sequence[Found], today: date, own: bool = False
) -> Timed | None:
    """What the clause says of a day and a time; None when nothing, or what cannot be. `own`: it is the writer's
    language, in which the short name of a day may stand alone."""
    said, at = _Said(lone=words.code if own and len(clause) == 1 else ""), 0
    found = [each for each in found if not _is_begun(each, found)]
    while at < len(clause):
        here = sorted((f for f in found if f.at == at), key=lambda f: -f.end)
        at = max(_step(said, clause, words, here, at, today), at + 1)
    if said.contradicts or not said.places:
        return None
    part = said.part
    if said.minutes and part:
        fitting = tuple(each for each in said.minutes if _in_part(each, part))
        said.contradicts, said.minutes = not fitting, fitting
        if part in ("afternoon", "long-afternoon") and fitting and max(fitting) >= _EVENING:
            part = ""  # "las ocho de la tarde"
    if said.contradicts:
        return None
    numbers = said.numbers if not (said.minutes or said.day or said.part) else ()
    when = When(said.weekday, said.day, said.month_day, said.minutes, part)  # type: ignore[arg-type]
    return Timed(when, frozenset(said.places), numbers)


def _is_begun(each: Found, found: Sequence[Found]) -> bool:
    """ "La de las cinco" in "la de las cinco y media": the beginning of another time."""
    whole_hour = any(name == "clock" and int(value) % 60 == 0 for name, value in each.labels)
    return whole_hour and any(
        "clock" in other.names and each.at < other.at < each.end < other.end for other in found
    )


def _step(
    said: _Said, clause: Sequence[Token], words: Lexicon, here: list[Found], at: int, today: date
) -> int:
    """Take what stands here; the place behind it."""
    token = clause[at]
    dated = day_at(clause, words, at, today)
    if dated:
        said.take("day", dated[0], at, dated[1])
        return dated[1]
    if token.kind == "time" and token.minutes:
        past, end = _past(clause, words, at + 1)
        said.take("minutes", tuple((each + past) % DAY for each in token.minutes), at, end)
        return end
    if token.kind == "numeric" and (clock := _DOTTED.fullmatch(token.text)):
        said.take("minutes", both_halves(int(clock[1]), int(clock[2])), at, at + 1)
        return at + 1
    for each in here:
        names = dict(each.labels)
        for step in (_clock, _weekday, _relative, _hour, _month_day):
            end = step(said, clause, each, names, today, words.code)
            if end:
                return end
        if "nth" in names:
            said.take("month_day", int(names["nth"]), each.at, each.end)
            return each.end
        part = next((name for name in PARTS if name in names), "")
        if part and token.text == "am" and at and clause[at - 1].text == "i":
            continue  # "I am free"
        if part:
            said.take("part", _long(part, words.code), each.at, each.end)
            return each.end
    if token.kind == "number" and 1 <= token.number <= 12 and _part_of(clause, at + 1, words.code):
        said.take("minutes", both_halves(token.number), at, at + 1)
        return at + 1
    if token.kind == "ordinal" and not is_counted(clause, at):
        said.take("month_day", token.number, at, at + 1)
        said.numbers = (token.number,)
    return at + 1


def _past(clause: Sequence[Token], words: Lexicon, at: int) -> tuple[int, int]:
    """ "8h et quart", "20h moins le quart", "20 h 45": the minutes to add, and the place behind them."""
    before = clause[at - 1].text
    if at < len(clause) and clause[at].text in _QUARTERS and before.endswith("h"):
        return clause[at].number, at + 1
    for end in range(min(at + 3, len(clause)), at, -1):
        labels = words.phrases.get(tuple(token.text for token in clause[at:end]), ())
        minutes = next((int(value) for name, value in labels if name == "past"), 0)
        if minutes:
            return minutes, end
    return 0, at


_QUARTERS = ("15", "30", "45")


def _long(part: str, code: str) -> str:
    """The afternoon as long as it is in that language: in Spanish the "tarde" lasts till it is dark."""
    return "long-afternoon" if (part, code) == ("afternoon", "es") else part


def _clock(
    said: _Said, clause: Sequence[Token], each: Found, names: dict[str, str], today: date, code: str
) -> int:
    """ "half past eight", "halb acht": in the morning or in the evening."""
    if "clock" not in names:
        return 0
    hour, minute = divmod(int(names["clock"]), 60)
    halves = both_halves(hour, minute) if hour else (minute, minute + DAY // 2)  # "halb eins"
    said.take("minutes", halves, each.at, each.end)
    return each.end


def _weekday(
    said: _Said, clause: Sequence[Token], each: Found, names: dict[str, str], today: date, code: str
) -> int:
    short = "short_weekdays" in names and (
        _dated_behind(clause, each) or _part_behind(clause, each, code) or said.lone == code
    )
    if not ("weekdays" in names or short):
        return 0
    said.take(
        "weekday",
        int(names["weekdays" if "weekdays" in names else "short_weekdays"]),
        each.at,
        each.end,
    )
    if "also" in names and not (each.at and clause[each.at - 1].text == "na"):
        said.numbers = (int(names["also"]),)
    part = next((name for name in PARTS if name in names), "")
    if part:
        said.take("part", part, each.at, each.end)
    return _day_number(said, clause, each, code)


def _day_number(said: _Said, clause: Sequence[Token], each: Found, code: str) -> int:
    """ "lundi 7", "jueves 3": the day of the month; in English it could be an hour."""
    token = clause[each.end] if each.end < len(clause) else None
    timed_too = any(each.kind == "time" for each in clause)  # "el miércoles 2 a las 19:30"
    if token is None or token.kind != "number" or not 1 <= token.number <= 31:
        return each.end
    if code not in _DAY_BEHIND and not timed_too:
        return each.end
    behind = clause[each.end + 1] if each.end + 1 < len(clause) else None
    if behind is not None and (behind.kind == "mark" or lexicon(code).is_a("oclock", behind.text)):
        return each.end
    if _begins_clock(clause, lexicon(code), each.end):
        return each.end  # "sábado 10 e meia"
    if day_at(clause, lexicon(code), each.end, SOME_DAY) or _part_of(clause, each.end + 1, code):
        return each.end  # with its month: a whole date; "9 de la mañana": an hour
    said.take("month_day", token.number, each.end, each.end + 1)
    return each.end + 1


def _begins_clock(clause: Sequence[Token], words: Lexicon, at: int) -> bool:
    texts = tuple(token.text for token in clause[at : at + 4])
    return any("clock" in words.names.get(texts[:end], ()) for end in range(2, len(texts) + 1))


_DAY_BEHIND = ("pt", "es", "fr")


def _part_behind(clause: Sequence[Token], each: Found, code: str) -> bool:
    """ "Do früh", "jue por la tarde"."""
    return _part_at(clause, each.end, code, 4)


def _part_of(clause: Sequence[Token], at: int, code: str) -> bool:
    """ "9 de la mañana", "1 da tarde": a part of the day that says which half of it an hour is in."""
    if at >= len(clause) or clause[at].text not in _OF_A_PART.get(code, ()):
        return False
    return _part_at(clause, at, code, 3)


def _part_at(clause: Sequence[Token], at: int, code: str, words_max: int) -> bool:
    names = lexicon(code).names
    texts = [token.text for token in clause[at : at + words_max]]
    return any(
        not names.get(tuple(texts[:end]), frozenset()).isdisjoint(PARTS)
        for end in range(1, len(texts) + 1)
    )


_OF_A_PART = {
    "es": ("de",),
    "pt": ("da", "de"),
    "fr": ("du",),
    "en": ("in", "am", "pm"),
    "de": ("in",),
}


def _dated_behind(clause: Sequence[Token], each: Found) -> bool:
    """Short names of days are words of their own in most languages: "so", "do", "mar", "ter"."""
    following = clause[each.end].kind if each.end < len(clause) else ""
    return following in ("time", "number", "numeric", "ordinal") or clause[each.end - 1].dotted


def _relative(
    said: _Said, clause: Sequence[Token], each: Found, names: dict[str, str], today: date, code: str
) -> int:
    if "relative" not in names:
        return 0
    if "morning" in names and said.weekday is not None:  # Donnerstag morgen, el jueves mañana
        said.take("part", "morning", each.at, each.end)
    elif said.weekday is not None and int(names["relative"]) >= _WEEK:
        ahead = (said.weekday - today.weekday()) % _WEEK  # "Thursday in a week"
        said.take("day", today + timedelta(days=ahead + _WEEK), each.at, each.end)
    else:
        said.take("day", today + timedelta(days=int(names["relative"])), each.at, each.end)
    return each.end


def _hour(
    said: _Said, clause: Sequence[Token], each: Found, names: dict[str, str], today: date, code: str
) -> int:
    """ "at 3", "um 15", "a las 3": only behind the word that says so."""
    if "at" not in names or each.end >= len(clause):
        return 0
    token = clause[each.end]
    if token.kind == "time":
        said.places.update(range(each.at, each.end))
        return each.end
    minutes = both_halves(token.number) if token.kind == "number" and not token.dotted else ()
    behind = clause[each.end + 1] if each.end + 1 < len(clause) else None
    if not minutes or (
        each.labels >= {("neutral", "")} and clause[each.at].text in ("a", "de", "from", "ab")
    ):
        return 0
    if behind is not None and behind.kind not in ("word", "time"):
        return 0
    said.take("minutes", minutes, each.at, each.end + 1)
    return each.end + 1


def _month_day(
    said: _Said, clause: Sequence[Token], each: Found, names: dict[str, str], today: date, code: str
) -> int:
    """ "dia 3" is a day; "le 3", "el 3", "der 3." may be a day or the number of an option."""
    if each.end >= len(clause) or not ("day_of" in names or "either_day" in names):
        return 0
    if is_counted(clause, each.end):
        return 0
    if day_at(clause, lexicon(code), each.end, today):
        return 0  # with its month: a whole date
    token = clause[each.end]
    surely = "day_of" in names and token.kind in ("number", "ordinal")
    maybe = token.kind == "ordinal" or (
        token.kind == "number" and (token.dotted or clause[each.at].text in ("el", "le"))
    )
    if not 1 <= token.number <= 31 or not (surely or ("either_day" in names and maybe)):
        return 0
    said.take("month_day", token.number, each.at, each.end + 1)
    if not surely:
        said.numbers = (token.number,)
    return each.end + 1


def is_counted(clause: Sequence[Token], at: int) -> bool:
    """ "Das 2. Mal", "the 2 of us": a number that counts what stands behind it."""
    behind = tuple(token.text for token in clause[at + 1 : at + 3])
    return behind[:1] != () and (behind[0] in _COUNTED or behind in _OF_PEOPLE)


_COUNTED = (
    "mal", "tag", "tage", "stock", "woche", "wochen", "semester", "jahr", "vez", "vezes", "veces", "fois", "time", "times", "andar",
    "piso", "planta", "etage", "floor", "dose", "fila", "semana", "semaine", "week",
)  # fmt: skip
_OF_PEOPLE = (
    ("of", "us"), ("of", "you"), ("of", "them"), ("de", "nos"), ("de", "nosotros"), ("d'", "entre"), ("von", "uns"),
    ("von", "euch"), ("de", "voces"), ("de", "vosotros"), ("de", "nous"),
)  # fmt: skip


def _in_part(minutes: int, part: str) -> bool:
    first, last = {
        "morning": (0, 12 * 60), "midday": (11 * 60, 14 * 60), "afternoon": (12 * 60, 21 * 60),
        "late-afternoon": (15 * 60, 21 * 60), "long-afternoon": (12 * 60, 21 * 60), "evening": (16 * 60, 24 * 60),
    }[part]  # fmt: skip
    return first <= minutes < last
