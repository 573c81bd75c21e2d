"""Courtesy: greeting, thanks, sign-off and name, which are neither notes nor commands.

Not signatures that a mail program adds: replytext.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from daemon.mail.reading.clauses import is_polite
from daemon.mail.reading.lexicon import LANGUAGES, clause_of, has, lexicon, listed, table
from daemon.mail.reading.sentences import sentences
from daemon.mail.reading.tokens import folded

_NAME = r"[^\W\d_][\w'-]*\.?"
_DASHED_NAME = re.compile(r"^[-–—]\s*[^\W\d_][\w'’-]*$")
_NAMED = re.compile(r"^(.*\S)\s+([^\W\d_][\w'’-]*)\s*[.!]*$")
_NAME_WORDS_MAX = 4
_ANOTHER_MATTER = re.compile(
    r"(?:(?:and|oh|ah|e|y|et|und|ach|noch|dann|alors|entao|entonces)\W+)*"
    r"(?:(?:una|uma|one|just one)\W+)?"
    r"(?:another thing|(?:one )?more thing|something else|otra cosa|cosa mas|outra coisa|coisa mais|mais uma coisa"
    r"|una cosa mas|autre chose|(?:et)?was (?:anderes|zweites|weiteres)|eine andere sache|und noch (?:et)?was)\W*"
)


@lru_cache(maxsize=8)
def _any_of(name: str) -> str:
    phrases = {folded(each) for code in LANGUAGES for each in listed(table(code)[name])}
    phrases |= {each.replace("ß", "ss") for each in phrases}
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A line that greets, a greeting in front of something, a line that says goodbye."""
    greeting, signoff = _any_of("greeting"), _any_of("signoff")
    return (
        re.compile(rf"^(?:{greeting})(?:(?: {_NAME})?[,!.:]*|(?: {_NAME}){{0,3}}\s?[,!.:]+)$"),
        re.compile(rf"^(?:{greeting})(?: {_NAME}){{0,2}}\s*[,!.:]+\s*(?=\S)"),
        re.compile(rf"^(?:{signoff})[,!. ]*$"),
    )


def without_greeting(text: str) -> str:
    """The text behind "Hi Ana,"."""
    found = _patterns()[1].match(folded(text))
    return text[found.end() :] if found and not _names_day(found[0]) else text


def _names_day(greeting: str) -> bool:
    """ "Lieber Donnerstagmittag, …": a wish, and no greeting."""
    clause = clause_of(greeting)
    return greeting.startswith("lieber") and any(
        has(each, ("weekdays", "relative")) for each in lexicon("de").found(clause)
    )


def without_courtesy(lines: list[str], own_name: str = "") -> list[str]:
    """The lines without greeting, thanks, sign-off and signature."""
    kept = [line for line in lines if not _patterns()[0].match(folded(line.strip()))]
    kept = _without_signature(kept, own_name)
    return [line for line in kept if not is_courtesy(line)]


def opens_another_matter(text: str) -> bool:
    """ "Y otra cosa:", "And another thing": what leads to something else, and asks for no other time."""
    return bool(_ANOTHER_MATTER.fullmatch(folded(text)))


def is_courtesy(line: str) -> bool:
    """Whether a line does nothing but thank, wish or say goodbye."""
    plain = line.strip()
    return bool(plain) and (_is_thanks(plain) or says_goodbye(plain))


def says_goodbye(plain: str) -> bool:
    """Whether it does nothing but say goodbye."""
    return bool(_patterns()[2].match(folded(plain)))


def _is_thanks(plain: str) -> bool:
    """Thanks, also with the name of whom they are for."""
    if len(plain) > 120:
        return False
    if any(char.isalnum() for char in plain) and is_polite(plain):
        return True
    said = sentences(plain)
    if len(said) > 1:
        return all(map(_is_thanks, said))
    before, name = before_name(plain)
    return is_polite(before) and not _is_a_time(name)


def _is_a_time(word: str) -> bool:
    """ "Vielen Dank, ich nehme den Montagabend": German names things with a capital as well."""
    return any(has(each, ("weekdays", "relative")) for each in lexicon("de").found(clause_of(word)))


def before_name(text: str) -> tuple[str, str]:
    """What stands in front of a name at the end, and the name, known by its capital; both empty where there is none."""
    named = _NAMED.match(text)
    return (named[1].rstrip(" ,"), named[2]) if named and named[2][0].isupper() else ("", "")


def _without_signature(lines: list[str], own_name: str) -> list[str]:
    """Cut the name at the end, and what stands below a sign-off when it is short like a name."""
    written = list(lines)
    while written and not written[-1].strip():
        written.pop()
    for back in range(1, min(len(written), 5) + 1):
        below = [line for line in written[len(written) - back + 1 :] if line.strip()]
        closing = written[-back].strip()
        if says_goodbye(closing) and all(_like_a_name(line) for line in below):
            return written[: len(written) - back]
        if _is_thanks(closing) and all(_is_name(line, own_name) for line in below):
            return written[: len(written) - back]
    if written and _is_own_name(written[-1], own_name):
        written.pop()
    return written


def _like_a_name(line: str) -> bool:
    said = line.strip(" –—-*_/")
    return (
        len(said.split()) <= _NAME_WORDS_MAX
        and bool(said)
        and not any(c.isdigit() or c in ":?" for c in said)
    )


def _is_name(line: str, own_name: str) -> bool:
    """Below mere thanks only the writer's name is a signature; unknown, one capitalised word."""
    if own_name:
        return _is_own_name(line, own_name)
    return bool(re.fullmatch(r"[^\W\d_][\w'’-]*[.,]?", line.strip())) and line.strip().istitle()


def _is_own_name(line: str, own_name: str) -> bool:
    said = line.strip(" –—-*_/.,").casefold()
    first = own_name.split()[0].casefold() if own_name.split() else ""
    signed = bool(first) and said in (first, own_name.casefold(), first[:1])
    return signed or bool(_DASHED_NAME.match(line.strip()))
