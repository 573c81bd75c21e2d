"""The words of one language beside its templates: `_words.toml` of its folder, and names from CLDR (Babel).

Not how a time or a rhythm is said with them: that is times.py and wording.py. A language has no line of code here; what
a file must hold, and which names its patterns may use, is in words_table.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from daemon.mail.source import (
    CAME_ALONG,
    FALLBACK_LANGUAGE,
    TemplateFailed,
    read,
    spoken_for,
    text_of,
)
from daemon.mail.words_table import NUMBERS_LEAST, OPTIONAL, PATTERNS, SINGLE, Shape

if TYPE_CHECKING:
    from babel import Locale

NAME = "_words.toml"
TEXTS = "_texts.toml"
_PLURALS_TRIED = 200
"""So many numbers show every plural category that a letter can need."""
_DAYS, _MONTHS = range(7), range(1, 13)

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Those of one language. `language` is the name of its folder; days are counted from Monday."""

    language: str
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    texts: Mapping[str, str]
    """Of programs and banks, by how they stand there; what is missing is said as it stands."""
    _tables: Mapping[str, Table]
    _locale: Locale

    def say(
        self, table: str, name: str, /, *, of: int | None = None, on: int = 0, **given: str
    ) -> str:
        """The words of that name, filled in. `of` is the number it speaks of, `on` the day of the week."""
        pattern: Any = self._tables[table][name]
        while not isinstance(pattern, str):
            if isinstance(pattern, Mapping):
                pattern = pattern[self._locale.plural_form(of or 0)]
            else:
                pattern = pattern[self._tables["weekdays"]["kinds"][on]]
        if of is not None:
            given["count"] = str(of)
            given.update({form: self.number(of, form) for form in self._tables["numbers"]})
        return pattern.format_map(given)

    def on_weekday(
        self, table: str, name: str, weekday: int, /, *, of: int | None = None, **given: str
    ) -> str:
        """Words about a day of the week, which may be named in them."""
        given["weekday"], given["weekday_short"] = (
            self.weekdays[weekday],
            self.weekdays_short[weekday],
        )
        return self.say(table, name, of=of, on=weekday, **given)

    def number(self, number: int, form: str = "spelled") -> str:
        """`three`; in digits what the language spells no more."""
        spelled: Sequence[str] = self._tables["numbers"][form]
        return spelled[number] if 0 <= number < len(spelled) else str(number)

    def listed(self, shown: Sequence[str], last: str) -> str:
        """`1, 2 or 3`: `last` is `or` or `and`."""
        *most, end = shown
        lists = self._tables["lists"]
        return f"{lists['between'].join(most)}{lists[last]}{end}" if most else str(end)

    def city(self, zone: str) -> str:
        """`America/Argentina/Buenos_Aires` → `Buenos Aires`: cities instead of abbreviations."""
        cities = self._tables["cities"]
        if zone in cities:
            return str(cities[zone])
        named = self._locale.time_zones.get(zone, {}) if cities["from"] == "names" else {}
        return str(named.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))

    def language_name(self, code: str) -> str:
        """`pt` → `Portuguese`; the code itself for a language without a name here."""
        base = code.partition("-")[0]
        return str(self._tables["languages"].get(base) or self._locale.languages.get(base, code))


def words_of(folders: Sequence[Path], language: str) -> Words:
    """The words for letters in that language, its own or those it falls back to; TemplateFailed for the first mistake."""
    text, path = read(folders, NAME, language)
    for wrong in problems_of(text, path):
        raise wrong
    tables = tomllib.loads(text)
    locale = _locale(path.parent.name)
    assert locale is not None, "problems_of has looked"
    days, months = tables["weekdays"], tables["months"]
    return Words(
        path.parent.name,
        _names(days.get("long"), locale.days["format"]["wide"], _DAYS),
        _names(days.get("short"), locale.days["format"]["abbreviated"], _DAYS, _dots(days)),
        _names(months.get("long"), locale.months["format"]["wide"], _MONTHS),
        _names(months.get("short"), locale.months["format"]["abbreviated"], _MONTHS, _dots(months)),
        _texts(folders, path.parent.name),
        tables,
        locale,
    )


def _texts(folders: Sequence[Path], language: str) -> dict[str, str]:
    """All that are there: a text of one's own folder counts instead of that which came along, and leaves the others."""
    found: dict[str, str] = {}
    for spoken in spoken_for(folders, language):
        for folder in folders:
            path = folder / spoken / TEXTS
            if path.is_file():
                text = text_of(path)
                for wrong in wrong_texts(text, path):
                    raise wrong
                found = {**tomllib.loads(text), **found}
    return found


@lru_cache(maxsize=1)
def english() -> Words:
    """Those that came along, for whoever reads in no letter."""
    return words_of([CAME_ALONG], FALLBACK_LANGUAGE)


def _dots(table: Table) -> bool:
    return bool(table.get("dots", True))


def _names(
    own: Sequence[str] | None, known: Mapping[int, str], at: range, dots: bool = True
) -> tuple[str, ...]:
    names = own or [known[each] for each in at]
    return tuple(name if dots else name.rstrip(".") for name in names)


def _locale(language: str) -> Locale | None:
    """CLDR's data for the name of a folder; None for no language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def is_language(code: str) -> bool:
    """Whether CLDR knows it: `pt`, `pt-BR`."""
    return _locale(code) is not None


# --- what is wrong with a file


def problems_of(text: str, path: Path) -> list[TemplateFailed]:
    """Every mistake of a `_words.toml`: what is missing, what it may not say, each with its line."""
    tables = _read(text, path, "Compare it with the shipped ones.")
    if isinstance(tables, TemplateFailed):
        return [tables]
    locale = _locale(path.parent.name)
    if locale is None:
        return [TemplateFailed(str(path), 1, f"{path.parent.name} is no language")]
    found = [*_unknown(tables), *_wrong_singles(tables)]
    if not found:
        found = list(_wrong_patterns(tables, locale))
    return [
        TemplateFailed(str(path), _line(text, table, name), f"[{table}] {name}: {why}".replace(" :", ":"), advice)
        for table, name, why, advice in found
    ]  # fmt: skip


_TEXT_AS = 'Write "text as it stands" = "text in this language".'


def wrong_texts(text: str, path: Path) -> list[TemplateFailed]:
    """Every mistake of a `_texts.toml`: it holds a text for each text."""
    told = _read(text, path, _TEXT_AS)
    if isinstance(told, TemplateFailed):
        return [told]
    lines = text.splitlines()
    return [
        TemplateFailed(
            str(path), next((at for at, line in enumerate(lines, 1) if name in line), 1),
            f"{name}: is no text", _TEXT_AS,
        )
        for name, said in told.items() if not isinstance(said, str) or not said
    ]  # fmt: skip


def _read(text: str, path: Path, advice: str) -> dict[str, Any] | TemplateFailed:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        why = str(error).partition(" (at")[0]
        return TemplateFailed(str(path), at, f"is not TOML: {why}", advice)


Slip = tuple[str, str, str, str]
"""Table, name, what is wrong, what to do."""


def _unknown(tables: Table) -> Iterator[Slip]:
    for table in {*PATTERNS, *SINGLE} - tables.keys():
        yield table, "", "is missing", "Copy it from en/_words.toml, and translate it."
    for table, own in tables.items():
        if table not in PATTERNS and table not in SINGLE:
            yield table, "", "is nothing that letters ask for", "Take it out."
        elif not isinstance(own, Mapping):
            yield table, "", "is no table", f"Write [{table}] on a line of its own."
        elif table in PATTERNS:
            for name in own.keys() - PATTERNS[table].keys():
                yield table, name, "is nothing that letters ask for", "Take it out."
            for name in PATTERNS[table].keys() - own.keys():
                yield table, name, "is missing", "Copy it from en/_words.toml, and translate it."


def _wrong_singles(tables: Table) -> Iterator[Slip]:
    for table, needed in SINGLE.items():
        own = tables.get(table)
        if not isinstance(own, Mapping):
            continue
        for name in needed.keys() - own.keys():
            yield table, name, "is missing", "Copy it from en/_words.toml."
        for name, value in own.items():
            fits = needed.get(name) or OPTIONAL[table].get(name) or OPTIONAL[table].get("*")
            if fits is None:
                yield table, name, "is nothing that letters ask for", "Take it out."
            elif not fits.holds(value):
                yield table, name, f"is not {fits.told}", "Compare it with en/_words.toml."


def _wrong_patterns(tables: Table, locale: Locale) -> Iterator[Slip]:
    categories = {locale.plural_form(number) for number in range(_PLURALS_TRIED)}
    kinds = max(tables["weekdays"]["kinds"]) + 1
    numbers = tables["numbers"].keys()
    for name in numbers:
        if len(tables["numbers"][name]) < NUMBERS_LEAST:
            yield "numbers", name, f"has fewer than {NUMBERS_LEAST} words", "Spell zero to ten."
    for table, shapes in PATTERNS.items():
        for name, shape in shapes.items():
            for wrong, advice in _wrong(tables[table][name], shape, categories, kinds, {*numbers}):
                yield table, name, wrong, advice


def _wrong(
    value: Any, shape: Shape, categories: set[str], kinds: int, numbers: set[str]
) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        if not shape.counted:
            yield "counts nothing", 'Write one text in "…".'
        for each in sorted(categories - value.keys()) if shape.counted else ():
            yield f"has no words for {each}", f"In this language: {', '.join(sorted(categories))}."
        for each in value.values() if shape.counted else ():
            yield from _wrong(each, shape, categories, kinds, numbers)
    elif isinstance(value, list):
        if not shape.weekday or len(value) != kinds:
            yield f"is a list of {len(value)}", f"Write one text, or one of each of the {kinds} weekdays.kinds."  # fmt: skip
        else:
            for each in value:
                yield from _wrong(each, shape, categories, kinds, numbers)
    elif not isinstance(value, str):
        yield "is no text", 'Write it in "…".'
    else:
        yield from _wrong_names(value, shape, numbers)


def _wrong_names(pattern: str, shape: Shape, numbers: set[str]) -> Iterator[tuple[str, str]]:
    allowed = {*shape.names, *(numbers | {"count"} if shape.counted else ())}
    told = f"Known here: {', '.join(f'{{{name}}}' for name in sorted(allowed))}." if allowed else ""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(pattern) if name is not None]  # fmt: skip
    except ValueError:
        yield "has a { or } too many", told
        return
    named = {name for name, _, _ in fields}
    slips = sorted({name for name, spec, turned in fields if name not in allowed or spec or turned})
    for name in slips:
        yield f"{{{name}}} is nothing that it knows", told
    for name in sorted(shape.needs - named) if not slips else ():
        yield f"does not say {{{name}}}", told
    if shape.says_number and not slips and not named & (numbers | {"count"}):
        yield "does not say how many", told


def _line(text: str, table: str, name: str) -> int:
    """Where a name stands; its table, where it does not."""
    inside, at_table = False, 1
    for at, line in enumerate(text.splitlines(), start=1):
        head = re.match(r"\s*\[([^\]]+)\]", line)
        if head:
            inside = head[1].strip() == table
            at_table = at if inside else at_table
        elif inside and name and re.match(rf'\s*"?{re.escape(name)}"?\s*=', line):
            return at
    return at_table
