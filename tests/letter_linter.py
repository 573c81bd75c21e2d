"""The house style of letters as a checker: each function names one rule and what breaks it.

Not the templates' tests: tests/test_letters.py runs it over every template and plants one fault a rule.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from daemon.mail.reading.meaning import understand
from daemon.mail.source import CAME_ALONG
from daemon.mail.words import words_of as words_beside
from tests.letter_words import EN, LetterWords

WORDS_MAX = 120
FIRST_LINE_CHARACTERS_MAX = 90
SENTENCE_WORDS_MAX = 20

_UNFINISHED = re.compile(r"\{\{|\}\}|\{%|&#\d+;|&amp;|\bNone\b|\bTrue\b|\bFalse\b|T\d\d:\d\d:\d\dZ")
_ZONE_WORDS = re.compile(r"\b(?:UTC|GMT|CET|CEST|IST|EST|EDT|PST|PDT)\b")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
_TIMES = re.compile(
    r"\b\d{1,2}:\d{2}(?P<half> [ap]m)?(?: (?P<city>[A-Z]\w+(?: [A-Z]\w+)*))?"
    r"(?: \((?P<bracket>[^()]*\d:\d{2}[^()]*)\))?"
)
_CHOICE = re.compile(r"^\d+  \S")
_UNTIL_COPIED = ("notes", "prep-mentee", "first-note")
"""Letters whose answers reach the partner later, and can be taken back until then."""


class Written(Struct, frozen=True):
    """One letter to judge, with the facts it was made from.

    `city` is the reader's and `other_city` the partner's, empty where there is none; `link` is where they meet.
    """

    touchpoint: str
    subject: str
    text: str
    html: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    city: str = ""
    other_city: str = ""
    clock_hours: int = 24
    words: LetterWords = EN

    @property
    def lines(self) -> list[str]:
        """The text part, line by line."""
        return self.text.strip().split("\n")

    @property
    def own_lines(self) -> list[str]:
        """What the program itself says: no quotes, no to-dos, no foot."""
        return [line for line in self.lines[:-1] if not re.match(r"\| |[a-z]  ", line)]

    @property
    def own_text(self) -> str:
        """The same in one piece, with the subject."""
        return "\n".join([self.subject, *self.own_lines])


def first_line_is_short(letter: Written) -> list[str]:
    """1.2: a phone shows about ninety characters."""
    first = letter.lines[0]
    return [first] if not 10 <= len(first) <= FIRST_LINE_CHARACTERS_MAX else []


def first_line_is_the_news(letter: Written) -> list[str]:
    """1.2: whole sentences that say it, no greeting and no mark-up."""
    first = letter.lines[0]
    empty = re.match(letter.words.greetings, first)
    return [first] if empty or "*" in first or first[-1] not in ".?!" else []


def first_line_and_subject_tell_no_secret(letter: Written) -> list[str]:
    """1.2: no note, topic or to-do where a lock screen shows it."""
    shown = f"{letter.subject}\n{letter.lines[0]}"
    return [secret for secret in _secrets(letter.facts) if secret in shown]


def _secrets(facts: Mapping[str, Any]) -> list[str]:
    """Whatever people wrote, in the facts of any letter."""
    notes = [line for note in facts.get("notes", []) for line in note["lines"]]
    to_dos = [action["text"] for action in facts.get("actions", [])]
    to_dos += [done["text"] for done in facts.get("done_since", [])]
    cards = [line for entry in facts.get("entries", []) for line in entry["topics"]]
    said = [facts[name] for name in ("said", "who") if facts.get(name)]
    names = ("lines", "agenda", "items", "goals", "reached", "links", "carried", "own_lines")
    lines = [
        line["text"] if isinstance(line, dict) else line
        for name in names
        for line in facts.get(name, [])
    ]
    return [secret for secret in (*notes, *to_dos, *cards, *lines, *said) if len(secret) > 3]


def text_is_short(letter: Written) -> list[str]:
    """1.10: under 120 words without quotes and the foot."""
    text = re.sub(r"(\d) ([ap]m)\b", r"\1\2", " ".join(letter.own_lines))
    count = len(text.split())
    return [f"{count} words"] if count > WORDS_MAX else []


def sentences_are_short(letter: Written) -> list[str]:
    """1.10: sentences under 20 words; times count as one word each."""
    found = []
    for line in letter.own_lines:
        plain = re.sub(r"\w+ \d{1,2}º? \w{3}, ", "", _TIMES.sub("T", line))
        for sentence in re.split(r"[.!?:;] +", plain):
            if len(sentence.split()) >= SENTENCE_WORDS_MAX:
                found.append(sentence)
    return found


def one_numbered_list(letter: Written) -> list[str]:
    """1.4: at most one numbered list, each number once."""
    at = [number for number, line in enumerate(letter.lines) if _CHOICE.match(line)]
    numbers = [letter.lines[number].split()[0] for number in at]
    together = not at or at[-1] - at[0] == len(at) - 1
    return [] if together and len(set(numbers)) == len(numbers) else numbers


def reader_of_the_reply_is_named(letter: Written) -> list[str]:
    """1.5: the last line before the foot says who reads the reply; the foot names a human."""
    written = [line for line in letter.lines if line]
    told = len(written) > 2 and written[-2].startswith(letter.words.reads)
    helped = bool(re.match(letter.words.helped, written[-1]))
    return [] if told and helped else written[-2:]


def nobody_is_blamed(letter: Written) -> list[str]:
    """1.6: no blame, no diagnosis, no nagging."""
    return re.findall(letter.words.blame, letter.own_text, re.IGNORECASE)


def no_pronouns_for_people(letter: Written) -> list[str]:
    """1.9: names as people write them."""
    return re.findall(letter.words.pronouns, "\n".join(letter.own_lines), re.IGNORECASE)


def no_exclamation_marks(letter: Written) -> list[str]:
    """1.9: the machine does not shout; in the farewell it is glad, once and first."""
    lines = letter.own_lines[1:] if letter.touchpoint == "farewell" else letter.own_lines
    return [line for line in (letter.subject, *lines) if "!" in line]


def cities_instead_of_abbreviations(letter: Written) -> list[str]:
    """1.3: a city says whose clock it is."""
    return _ZONE_WORDS.findall("\n".join(letter.own_lines))


def times_have_a_day(letter: Written) -> list[str]:
    """1.3: weekday (and date) before a clock time."""
    return [
        line
        for line in letter.own_lines
        if _TIME.search(line) and not re.search(letter.words.days, line)
    ]


def reader_s_time_comes_first(letter: Written) -> list[str]:
    """1.3: each time on the reader's clock with the reader's city, the partner's behind it in brackets."""
    found = []
    own = [line for line in letter.lines if not any(s in line for s in _secrets(letter.facts))]
    if letter.touchpoint == "advisor":  # whose clock nobody knows
        own = [line for line in own if not re.fullmatch(r"\| \d\d:\d\d UTC", line)]
    several = [*letter.facts.get("entries", []), *letter.facts.get("meetings", [])]
    cities = {city_of(each["zone"], letter.words.code) for each in several}
    for time in _TIMES.finditer("\n".join(own)):
        bracket = time["bracket"] or ""
        right = (time["city"] or "") == letter.city
        right &= letter.other_city in bracket if letter.other_city else not bracket
        right |= bool(cities) and _is_of_one_of_them(time, bracket, letter.city, cities)
        right &= bool(time["half"]) == (letter.clock_hours == 12)
        if not right:
            found.append(time.group())
    return found


def _is_of_one_of_them(time: re.Match[str], bracket: str, reader: str, cities: set[str]) -> bool:
    """In a letter about several people: with the clock of one of them, or once where both show the same."""
    if time["city"] is None:
        return not bracket
    return time["city"] == reader and any(city in bracket for city in cities)


def silence_has_an_end(letter: Written) -> list[str]:
    """1.7: whoever is asked something reads what happens without an answer, and when that is known."""
    text, facts = letter.text, letter.facts
    by = facts.get("answer_by")
    listed = any(_CHOICE.match(line) for line in letter.lines)
    if not (by or listed or re.search(letter.words.yes, text, re.IGNORECASE)):
        return []
    if by:
        dated = re.search(letter.words.ended + letter.words.by, text)
        return [] if dated else ["no stated end"]
    end = f"{letter.words.ended}|{letter.words.harmless}"
    return [] if re.search(end, text) else ["no stated end"]


def undo_only_where_it_works(letter: Written) -> list[str]:
    """An UNDO that the facts allow is offered, and no other."""
    facts = letter.facts
    allowed = bool(facts.get("undo") or facts.get("undo_by"))
    offered = letter.words.undo in letter.own_text
    if letter.touchpoint in _UNTIL_COPIED:
        return ["UNDO of what nobody copies"] if offered and not facts.get("copied", True) else []
    return [] if allowed == offered else [f"allowed: {allowed}, offered: {offered}"]


def only_words_that_work(letter: Written) -> list[str]:
    """Each reply word that is offered is read, and is not one that only a person can follow."""
    said = "\n".join(letter.own_lines)
    offered = set(re.findall(letter.words.reply_words, said)) - letter.words.no_reply_words
    offered -= set(_ZONE_WORDS.findall(said))
    return sorted(word for word in offered if not _is_followed(word, letter))


def _is_followed(word: str, letter: Written) -> bool:
    said = understand(
        word, "Ana", "mentee", today=date(2026, 11, 28), language=letter.words.code,
        letter=letter.touchpoint,
    ).said  # fmt: skip
    return bool(said) and said[0].word != "for-contact"


def links_only_where_they_are_meant(letter: Written) -> list[str]:
    """1.9: no link where a reply does: to where the 1:1 takes place, and to pages that the files name."""
    pages = [page["url"] for page in letter.facts.get("pages", [])]
    about = re.findall(r"^(?:About|Sobre) \S+: (\S+)$", letter.own_text, re.MULTILINE)
    links = re.findall(r"https?://[^\s,]+", letter.own_text)
    return [link for link in links if link not in (letter.facts.get("link"), *pages, *about)]


def nothing_unfinished(letter: Written) -> list[str]:
    """No raw value and no entity."""
    return _UNFINISHED.findall(letter.own_text)


def both_parts_say_the_same(letter: Written) -> list[str]:
    """Trap 57: text part and HTML part in the same words and order."""
    text = re.sub(r"(?m)^\|( |$)", "", letter.text).split()
    html = words_of(letter.html)
    return [] if text == html else [f"{len(text)} words against {len(html)}"]


def dark_mode_is_safe(letter: Written) -> list[str]:
    """Trap 57: no fixed colour of text or ground, no picture, no script."""
    unsafe = r"<img|<script|(?<![-\w])color:|background|bgcolor"
    return re.findall(unsafe, letter.html, re.IGNORECASE)


def city_of(zone: str, language: str) -> str:
    """A city as letters in that language call it."""
    return words_beside([CAME_ALONG], language).city(zone)


def words_of(html: str) -> list[str]:
    """The words a reader of the HTML part sees."""
    body = re.sub(r"(?s)<(style|head|script)\b.*?</\1>", " ", html)
    spaced = re.sub(r"</?(?:p|br|div|blockquote)\b[^>]*>", "\n", body)
    return entities.unescape(re.sub(r"<[^>]+>", "", spaced)).split()


RULES: tuple[Callable[[Written], list[str]], ...] = (
    first_line_is_short,
    first_line_is_the_news,
    first_line_and_subject_tell_no_secret,
    text_is_short,
    sentences_are_short,
    one_numbered_list,
    reader_of_the_reply_is_named,
    nobody_is_blamed,
    no_pronouns_for_people,
    no_exclamation_marks,
    cities_instead_of_abbreviations,
    times_have_a_day,
    reader_s_time_comes_first,
    silence_has_an_end,
    undo_only_where_it_works,
    only_words_that_work,
    links_only_where_they_are_meant,
    nothing_unfinished,
    both_parts_say_the_same,
    dark_mode_is_safe,
)


def lint(letter: Written) -> list[str]:
    """Every broken rule, with what broke it."""
    return [f"{rule.__name__}: {found}" for rule in RULES for found in rule(letter)]
