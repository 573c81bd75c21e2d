"""Named: the times that one clause of a reply names, and what was said of the same time in several clauses.

Not whether the clause is for them (weighing.py), and not the parts of a time themselves (whens.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading.lexicon import PARTS, Found, Lexicon, has
from daemon.mail.reading.pieces import ALL, NOR, PICKS, joins, names_time, saves_at, widest
from daemon.mail.reading.tokens import Token, both_halves
from daemon.mail.reading.whens import is_counted, timed

_NO_DAYS = ("so", "mar", "ter", "mer", "jeu", "sex", "dom")
"""Short names of days that are common words as well."""
_SURE_DAYS = ("mo", "di", "fr", "sa")
"""Short names of days that are no other word in any language of the letters, at the beginning of a clause."""
TIMES = ("weekdays", "months", "relative", "clock", "morning", "midday", "late-afternoon", "afternoon", "evening", "at",
          "day_of", "either_day", "since", "until", "bounds", "nth", "day_range")  # fmt: skip


def times_named(
    piece: Sequence[Token], words: Lexicon, found: Sequence[Found], today: date
) -> list[When] | None:
    """The times that a clause names; None where what it names contradicts itself."""
    if saves_at(found):
        end = reason_at(piece, saves_at(found))
        behind = [each for each in found if saves_at(found) <= each.at < end]
        denied = any(has(each, ("against", "engaged")) for each in behind)
        return None if denied else [When()]  # "all days except Friday I have coaching"
    pair = next((v.split() for each in found for n, v in each.labels if n == "pair"), None)
    if pair:
        return [When(pick=pick) for pick in pair]  # type: ignore[arg-type]
    refs: list[When] = []
    for segment in _segments(piece, words):
        here = _ref(segment, words, today, behind=bool(refs))
        if here is None:
            return None
        if (
            refs and here.part and not has_day(here)
        ):  # "Wednesday in the morning and in the afternoon"
            here = replace(
                here, weekday=refs[-1].weekday, day=refs[-1].day, month_day=refs[-1].month_day
            )
        if here == When() and refs and refs[-1].month_day and _is_count(segment[:1]):
            here = replace(refs[-1], month_day=segment[0].number)  # "am 10. und 11."
        refs += [here] if here != When() else []
    everything = any(has(each, (*ALL, "other_one")) for each in found)
    if len(refs) > 1 and any(has(each, ("joining",)) for each in found):
        return refs  # "Wednesday and Monday are both possible"
    if refs and everything:
        return [
            each if each.minutes and has_day(each) else replace(each, pick="all") for each in refs
        ]
    return refs or ([When()] if everything else [])


def has_day(when: When) -> bool:
    """Whether it says which day."""
    return when.weekday is not None or when.day is not None or when.month_day is not None


def reason_at(piece: Sequence[Token], at: int) -> int:
    """Where a reason begins behind that place: "menos el martes que tengo coro"; the end where none does."""
    return next((n for n in range(at + 1, len(piece)) if piece[n].text in _BECAUSE), len(piece))


_BECAUSE = (
    "que",
    "q",
    "porque",
    "pq",
    "xq",
    "car",
    "pcq",
    "weil",
    "da",
    "because",
    "since",
    "cos",
    "cause",
)


def _segments(piece: Sequence[Token], words: Lexicon) -> Iterator[Sequence[Token]]:
    """A clause with two days in pieces with one each."""
    begin = 0
    denied = {each.at for each in words.found(piece) if has(each, ("denies",)) and each.at}
    for at in sorted({*joins(piece, words), *denied}):
        before, behind = piece[begin:at], piece[at + 1 :]
        parts = _names_part(before, words) and _names_part(behind, words)
        if piece[at].text in NOR:  # "ni le midi ni le lundi"
            parts = all(_names_part(p, words) or names_time(p, words) for p in (before, behind))
        parts |= _ends_with_day(before, words) and _begins_with_day(behind, words)
        parts |= _is_count(before[-1:]) and _is_count(behind[:1])
        if at > begin and (
            parts or (names_time(piece[begin:at], words) and names_time(piece[at + 1 :], words))
        ):
            yield piece[begin:at]
            begin = at + 1
    yield piece[begin:]


def _is_count(piece: Sequence[Token]) -> bool:
    return any(token.kind in ("number", "ordinal") and token.number <= _DAYS for token in piece)


_DAYS = 31


def _ends_with_day(piece: Sequence[Token], words: Lexicon) -> bool:
    return any(each.end == len(piece) and _may_be_day(each, piece) for each in words.found(piece))


def _begins_with_day(piece: Sequence[Token], words: Lexicon) -> bool:
    return any(each.at == 0 and _may_be_day(each, piece) for each in words.found(piece))


def _may_be_day(each: Found, piece: Sequence[Token]) -> bool:
    """ "Mi & Fr": short names of days on both sides."""
    return has(each, ("weekdays", "short_weekdays")) and piece[each.at].text not in _NO_DAYS


def _names_part(piece: Sequence[Token], words: Lexicon) -> bool:
    return any(has(each, PARTS) for each in widest(words.found(piece)))


def _ref(
    piece: Sequence[Token], words: Lexicon, today: date, *, behind: bool = False
) -> When | None:
    """The one time that is named; an empty one for none, None for a contradiction. `behind`: another stands in front."""
    piece, week_days = _without_week(piece, words, today)
    found = _with_short_days(words.found(piece), piece, words, behind=behind)
    wide = widest(found)
    if any(has(e, ("weekdays",)) and e.at and piece[e.at - 1].text in _ANOTHER for e in wide):
        return None  # "el otro jueves": which one?
    stretch = _stretch_of_days(piece, wide, words)
    if stretch:
        found = [each for each in found if not has(each, ("weekdays", "short_weekdays"))]
    taken = timed(piece, words, [each for each in found if _is_time(each, wide)], today)
    named = any(has(each, ("weekdays", "clock", "relative")) for each in wide)
    if taken is None and (named or any(t.kind == "time" for t in piece)):
        return None
    when = taken.when if taken else When()
    if taken and any(has(each, ("weekdays",)) and _is_second(piece, each) for each in wide):
        return None
    if (
        when.month_day
        and words.code == "en"
        and not any(t.kind == "ordinal" for t in piece)
        and not any(has(each, ("nth",)) for each in wide)
    ):
        return None  # "the 2 of us"
    when = _with_hour(when, piece, words, today)
    weekend = next((v for each in wide for n, v in each.labels if n == "weekend"), None)
    if weekend:
        saturday = today - timedelta(days=today.weekday()) + timedelta(days=5, weeks=int(weekend))
        when = replace(when, days=(saturday, saturday + timedelta(days=1)))
    elif weekend is not None and when.weekday is None:
        stretch = _WEEKEND
    elif any(has(each, ("workday",)) for each in wide) and when.weekday is None:
        stretch = _WORKDAYS
    if stretch:
        when = replace(when, weekdays=stretch)
    week = next((int(v) for each in wide for n, v in each.labels if n == "week"), None)
    if week is None and when.weekday is not None and any(has(e, ("upcoming",)) for e in wide):
        week = 1  # "jeudi prochain": never the one of this week, which may be meant, or not
    if week is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=week)
        when = replace(when, days=(monday, monday + timedelta(days=6)))
    if week_days:
        when = replace(when, days=week_days)
    ahead = next((int(v) for each in found for n, v in each.labels if n == "ahead"), 0)
    if ahead and when.weekday is not None:  # "jeudi en huit"
        next_one = today + timedelta(days=(when.weekday - today.weekday() - 1) % 7 + 1)
        when = replace(when, days=(next_one + timedelta(days=ahead),) * 2)
    pick = next(
        (
            PICKS[n]
            for each in wide
            for n in PICKS
            if has(each, (n,)) and not has(each, ("weekdays",))
        ),
        "",
    )
    return replace(when, pick=pick) if pick else when  # type: ignore[arg-type]


def _without_week(
    piece: Sequence[Token], words: Lexicon, today: date
) -> tuple[Sequence[Token], tuple[date, date] | None]:
    """ "Monday of the week of the 14th": the clause without that week, and its days."""
    for each in words.found(piece):
        day = piece[each.end] if has(each, ("week_of",)) and each.end < len(piece) else None
        if day is None or day.kind not in ("number", "ordinal"):
            continue
        near = (today + timedelta(days=n) for n in range(31))
        found = next((one for one in near if one.day == day.number), None)
        if found:
            monday = found - timedelta(days=found.weekday())
            left = [*piece[: each.at], *piece[each.end + 1 :]]
            return left, (monday, monday + timedelta(days=6))
    return piece, None


_ANOTHER = ("otro", "autre", "outra", "outro")
_WEEKEND = (5, 6)
_WORKDAYS = (0, 1, 2, 3, 4)


def _stretch_of_days(
    piece: Sequence[Token], wide: Sequence[Found], words: Lexicon
) -> tuple[int, ...]:
    """ "Mon-Fri", "Monday to Wednesday": the days of the week from one to another."""
    ranged = next((v for each in wide for n, v in each.labels if n == "day_range"), "")
    if ranged:
        return tuple(range(int(ranged[0]), int(ranged[1]) + 1))
    days = [
        (each, int(value))
        for each in words.found(piece)
        for name, value in each.labels
        if name in ("weekdays", "short_weekdays")
    ]
    until = {
        each.at: each.end
        for each in words.found(piece)
        if has(each, ("until",)) and not has(each, ("joining",))
    }
    for one, first in days:
        for two, last in days:
            if until.get(one.end) == two.at and first < last:
                return tuple(range(first, last + 1))
    return ()


def _with_hour(when: When, piece: Sequence[Token], words: Lexicon, today: date) -> When:
    """ "Thursday 5, after uni": a number behind a day is an hour where no such day is near."""
    if words.code not in _HOUR_BEHIND or when.minutes or when.month_day or not has_day(when):
        return when
    found = words.found(piece)
    ends = {each.end for each in found if has(each, ("weekdays", "relative"))}
    counts = {each.at for each in found if has(each, ("minutes", "months", "lasting", "meeting"))}
    for at, token in enumerate(piece):
        if token.kind != "number" or at not in ends:
            continue
        hour, minute = divmod(token.number, 100)
        if len(token.text) in (3, 4) and hour <= 23 and minute <= 59:
            return replace(when, minutes=both_halves(hour, minute))  # "fri 1830"
        if not 1 <= token.number <= 23:
            continue
        near = (today + timedelta(days=ahead) for ahead in range(_NEAR_DAYS))
        dated = when.weekday is not None and any(
            day.day == token.number and day.weekday() == when.weekday for day in near
        )
        if not (dated or at + 1 in counts or is_counted(piece, at)):
            return replace(when, minutes=both_halves(token.number))
    return when


_HOUR_BEHIND = ("en", "de")
_NEAR_DAYS = 45


def _with_short_days(
    found: Sequence[Found], piece: Sequence[Token], words: Lexicon, *, behind: bool
) -> list[Found]:
    """ "Do passt", "nur Fr": the short name of a day beside a word for it, or against it."""
    given: list[Found] = []
    for each in found:
        value = next((v for n, v in each.labels if n == "short_weekdays"), "")
        begins = each.at == 0 and (behind or piece[0].text in _SURE_DAYS)
        ends = words.code == "de" and each.end == len(piece)  # "ich kann Mo und Fr"
        beside = (
            begins
            or (ends and any(o.end == each.at and has(o, ("suits", "takes")) for o in found))
            or len(piece) == 1
            or any(
                (
                    o.at == each.end
                    and has(o, ("suits", "at", "hence", "against", "everything", "anything"))
                )
                or (
                    o.end == each.at and has(o, ("day_of", "either_day", "only", "save", "against"))
                )
                or (o.end == each.at and has(o, ("joining",)) and _is_day(found, o.at, 0))
                or (o.at == each.end and has(o, ("joining",)) and _is_day(found, 0, o.end))
                for o in found
            )
        )
        if value and beside and piece[each.at].text not in _NO_DAYS:
            each = Found(
                each.at, each.end, each.labels | {("weekdays", value)}, each.names | {"weekdays"}
            )
        given.append(each)
    return given


def _is_day(found: Sequence[Found], end: int, at: int) -> bool:
    """Whether a day ends at the one place, or begins at the other."""
    return any(
        has(each, ("weekdays", "short_weekdays"))
        and ((end and each.end == end) or (at and each.at == at))
        for each in found
    )


def _is_second(piece: Sequence[Token], each: Found) -> bool:
    """ "a segunda": Monday, or the second."""
    also = any(name == "also" and int(value) <= 3 for name, value in each.labels)
    return also and each.at > 0 and piece[each.at - 1].text == "a"


def _is_time(each: Found, wide: Sequence[Found]) -> bool:
    """Whether no longer phrase makes something else of it: "the morning one", "good evening", "I am away"."""
    return each in wide or not any(
        o.at <= each.at and each.end <= o.end and o.end - o.at > each.end - each.at and not has(o, TIMES) for o in wide
    )  # fmt: skip


def merged(taken: Sequence[When]) -> list[When]:
    """What was said of the same time in several clauses, put together."""
    found: list[When] = []
    for when in taken:
        for place, other in enumerate(found):
            together = both(other, when)
            if together is not None:
                found[place] = together
                break
        else:
            found.append(when)
    return found


def both(one: When, two: When) -> When | None:
    changes = {}
    for name in ("weekday", "day", "month_day", "minutes", "part", "days", "pick", "weekdays"):
        first, second = getattr(one, name), getattr(two, name)
        if first in (None, (), "", 0) and not (name == "weekday" and first == 0):
            changes[name] = second
        elif second in (None, (), "", 0) and not (name == "weekday" and second == 0):
            changes[name] = first
        elif name == "weekdays":
            changes[name] = tuple(each for each in first if each in second)
        elif {first, second} == {"first", "earliest"}:
            changes[name] = "earliest"
        elif first != second:
            common = tuple(each for each in first if each in second) if name == "minutes" else ()
            if not common:
                return None
            changes[name] = common
        else:
            changes[name] = first
    if (one.weekday is None) != (two.weekday is None) and (one.day or two.day):
        day = one.day or two.day
        weekday = one.weekday if one.weekday is not None else two.weekday
        if day is not None and day.weekday() != weekday:
            return None
    return When(**changes)
