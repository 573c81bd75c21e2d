"""The house style of letters as a checker: each function names one rule and what breaks it.

Not the templates' tests: tests/test_letters.py runs it over every template and plants one fault a rule.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

WORDS_MAX = 120
FIRST_LINE_CHARACTERS_MAX = 90
SENTENCE_WORDS_MAX = 20

_BLAME = re.compile(
    r"cancelled on you|\bfailed\b|\boverdue\b|\bmissed\b|\bignored\b|no-show|\bsick\b|\bagain\b|"
    r"just checking in|friendly reminder|we miss you|\binvalid\b|\berror\b|you have not|no answer from",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"\{\{|\}\}|\{%|&#\d+;|&amp;|\bNone\b|\bTrue\b|\bFalse\b|T\d\d:\d\d:\d\dZ")
_ZONE_WORDS = re.compile(r"\b(?:UTC|GMT|CET|CEST|IST|EST|EDT|PST|PDT)\b")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
_CHOICE = re.compile(r"^\d+  \S")


@dataclass(frozen=True, slots=True)
class Written:
    """One letter to judge, with the facts it was made from."""

    touchpoint: str
    subject: str
    text: str
    html: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    admin: bool = False

    @property
    def lines(self) -> list[str]:
        """The text part, line by line."""
        return self.text.strip().split("\n")

    @property
    def own_lines(self) -> list[str]:
        """What the program itself says: no quotes, no to-dos, no foot."""
        return [line for line in self.lines[:-1] if not re.match(r"\| |[a-z]  ", line)]


def first_line_is_short(letter: Written) -> list[str]:
    """1.2: a phone shows about ninety characters."""
    first = letter.lines[0]
    return [first] if not 10 <= len(first) <= FIRST_LINE_CHARACTERS_MAX else []


def first_line_and_subject_tell_no_secret(letter: Written) -> list[str]:
    """1.2: no note, topic or to-do where a lock screen shows it."""
    shown = f"{letter.subject}\n{letter.lines[0]}"
    return [secret for secret in _secrets(letter.facts) if secret in shown]


def _secrets(facts: Mapping[str, Any]) -> list[str]:
    notes = [line for note in facts.get("notes", []) for line in note["lines"]]
    to_dos = [action["text"] for action in facts.get("actions", [])]
    said = [facts[name] for name in ("said", "question") if facts.get(name)]
    lines = [*facts.get("lines", []), *facts.get("agenda", []), *facts.get("items", [])]
    return [secret for secret in (*notes, *to_dos, *lines, *said) if len(secret) > 3]


def text_is_short(letter: Written) -> list[str]:
    """1.10: under 120 words without quotes and the foot."""
    text = re.sub(r"(\d) ([ap]m)\b", r"\1\2", " ".join(letter.own_lines))
    count = len(text.split())
    return [f"{count} words"] if count > WORDS_MAX else []


def sentences_are_short(letter: Written) -> list[str]:
    """1.10: sentences under 20 words; times count as one word each."""
    found = []
    for line in letter.own_lines:
        plain = re.sub(r"\w{3} \d{1,2} \w{3}, |\d{1,2}:\d{2}(?: [ap]m)? \w+ \([^)]*\)", "T ", line)
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
    told = len(written) > 2 and written[-2].startswith("Who reads your reply: ")
    helped = bool(re.match(r"Help, read only by \S.*: \S+@\S+$", written[-1]))
    return [] if told and helped else written[-2:]


def nobody_is_blamed(letter: Written) -> list[str]:
    """1.6: no blame, no diagnosis, no nagging."""
    return _BLAME.findall("\n".join([letter.subject, *letter.own_lines]))


def no_pronouns_for_people(letter: Written) -> list[str]:
    """1.9: names as people write them."""
    return _PRONOUNS.findall("\n".join(letter.own_lines))


def no_exclamation_marks(letter: Written) -> list[str]:
    """1.9: the machine does not shout."""
    return [line for line in letter.own_lines if "!" in line]


def cities_instead_of_abbreviations(letter: Written) -> list[str]:
    """1.3: a city says whose clock it is."""
    return _ZONE_WORDS.findall("\n".join(letter.own_lines))


def times_have_a_day(letter: Written) -> list[str]:
    """1.3: weekday (and date) before a clock time."""
    return [
        line
        for line in letter.own_lines
        if _TIME.search(line) and not re.search(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", line)
    ]


def silence_has_an_end(letter: Written) -> list[str]:
    """1.7: whoever is offered times reads what happens without an answer, and when."""
    if not letter.touchpoint.startswith(("proposal", "slot-gone")):
        return []
    return [] if re.search(r"If I hear nothing by \w{3} \d", letter.text) else ["no stated end"]


def nothing_unfinished(letter: Written) -> list[str]:
    """No raw value, no entity, no undo that this version cannot keep."""
    said = "\n".join([letter.subject, *letter.own_lines])
    return [*_UNFINISHED.findall(said), *re.findall(r"\bUNDO\b", said)]


def both_parts_say_the_same(letter: Written) -> list[str]:
    """Trap 57: text part and HTML part in the same words and order."""
    text = re.sub(r"(?m)^\| ", "", letter.text).split()
    html = words_of(letter.html)
    return [] if text == html else [f"{len(text)} words against {len(html)}"]


def dark_mode_is_safe(letter: Written) -> list[str]:
    """Trap 57: no fixed colour of text or ground, no picture, no script."""
    unsafe = r"<img|<script|(?<![-\w])color:|background|bgcolor"
    return re.findall(unsafe, letter.html, re.IGNORECASE)


def words_of(html: str) -> list[str]:
    """The words a reader of the HTML part sees."""
    body = re.sub(r"(?s)<(style|head|script)\b.*?</\1>", " ", html)
    spaced = re.sub(r"</?(?:p|br|div|blockquote)\b[^>]*>", "\n", body)
    return entities.unescape(re.sub(r"<[^>]+>", "", spaced)).split()


RULES: tuple[Callable[[Written], list[str]], ...] = (
    first_line_is_short,
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
    silence_has_an_end,
    nothing_unfinished,
    both_parts_say_the_same,
    dark_mode_is_safe,
)


def lint(letter: Written) -> list[str]:
    """Every broken rule, with what broke it."""
    return [f"{rule.__name__}: {found}" for rule in RULES for found in rule(letter)]
