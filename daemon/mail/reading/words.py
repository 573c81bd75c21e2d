"""The English words of commands and of courtesy, and how a line is compared with them.

Not a grammar: a line is a command only when it is one of these, whole.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from zoneinfo import available_timezones

from daemon.domain.observation import Said
from daemon.mail.reading.dates import one, stretch

_COURTESY = (
    r"(?:please|pls|thanks(?: a lot| so much| again)?|thank you(?: so much| very much)?|many thanks|"
    r"thx|cheers|best|sorry)"
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))"
    r"(?:(?: [^\W\d_][\w'’-]*)?[,!.:]?|(?: [^\W\d_][\w'’-]*){0,3}[,!.:])$",
    re.I,
)
_GREETED = re.compile(r"^(?:hi|hello|hey|dear)(?: [^\W\d_][\w'’-]*){0,2}\s*[,!.:]\s*(?=\S)", re.I)
_THANKS = re.compile(
    rf"^(?:ok(?:ay)?,? )?{_COURTESY}(?: [^\W\d_][\w'’-]*)?(?: and (?:best|kind|warm) (?:wishes|regards))?[,!.]*$",
    re.I,
)
_SIGN_OFF = re.compile(
    r"^(?:(?:all the |with )?(?:best|kind|warm|many)(?:est)? ?(?:regards|wishes|greetings)?|regards|"
    r"greetings|yours(?: sincerely| truly)?|sincerely|see you(?: soon| then)?|take care|bye|"
    r"have a (?:nice|good|great|lovely) (?:day|week|weekend|evening))[,!.]*$",
    re.I,
)
_DASHED_NAME = re.compile(r"^[–—]\s*[^\W\d_][\w'’-]*$")

_ORDINALS = {"first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
_NUMBERS = re.compile(r"^\(?[1-9]\d?[.)]?(?:(?:\s*(?:,|&|or|and)\s*|\s+)\(?[1-9]\d?[.)]?)*$")
_PICKED = re.compile(
    r"^(?:(?:the )?(?:option|number|nr|slot|time)s? |#)?(.+?)"
    r"(?: (?:works|is (?:good|fine|great|perfect|ok|okay))(?: (?:well|best))?(?: for me)?)?$"
)

_PHRASES = {
    "yes": "yes|yes ok|yes okay|ok|okay|ok yes|yep|yeah|yes that works|yes that suits me|yes i do|yes it is|"
    "yes it did|yes it did take place|yes fine|yes gladly|yes of course|of course|sure|agreed",
    "no": "no|nope|no it did not take place|no it did not|no it didn't|no it didn't take place|"
    "no it didn't happen|no it did not happen|it did not take place|it didn't take place|"
    "it did not happen|it didn't happen|no we did not meet|no we didn't meet|we did not meet|"
    "we didn't meet|did not take place|didn't take place|no meeting took place|it was not held",
    "none": "none|none of them|none of these|none of those|none fits|none fit|none works|none work|"
    "none of them fits|none of them fit|none of them works|none of them work|none of these fits|"
    "none of these fit|none of these works|none of these work|none works for me|none work for me|"
    "none of these work for me|none of them work for me",
    "skip": "skip|skip it|skip this|skip this one|skip this time|skip this week|let's skip|let's skip it|"
    "let's skip this one|let's skip this week|let's skip this time|leave it out|leave this one out",
    "move": "move|move it|move this one|another time",
    "keep": "keep|keep it|keep it there|keep as it is",
    "meet": "meet|let's meet|let's meet anyway",
    "undo": "undo|undo it|undo that|undo please",
    "resume": "resume",
    "leave": "leave|leave the program",
}
_CADENCES = {
    "weekly": "weekly", "every week": "weekly", "biweekly": "biweekly", "fortnightly": "biweekly",
    "every two weeks": "biweekly", "every other week": "biweekly", "monthly": "monthly",
    "every month": "monthly", "once a month": "monthly", "quarterly": "quarterly",
}  # fmt: skip
_COMMANDS = {phrase: word for word, all_of in _PHRASES.items() for phrase in all_of.split("|")}

_FOR_CONTACT = re.compile(
    r"^(?:(help|report|late|away|reminders off)"
    r"|(pause) (?:for|until|till) .{1,40}|(pause) .{0,20}\d.{0,20}|(resume) .{0,20}\d.{0,20}"
    r"|(late) \d{1,3}(?: ?min(?:ute)?s?)?|(away) .{0,40}\d.{0,40}|(invite) \S+@\S+"
    r"|(language) [a-z]{2}|(?-i:(LANGUAGE) \w{2,12})|(?-i:(AWAY|PAUSE|RESUME|LATE) .{1,60}))$",
    re.I,
)
_AWAY = re.compile(r"^(?:i am |i'm |i will be )?away (?P<days>.{0,40}\d.{0,40})$", re.I)
_PAUSE = re.compile(r"^pause(?: (?:until|till|to) (?P<day>.{1,30}))?$", re.I)
_TILL = re.compile(r"^(?P<number>\d) (?:until|till|to) (?P<day>.{1,30})$", re.I)
_ZONE = re.compile(
    r"^(?-i:ZONE|Zone|zone) (?-i:(?P<city>[A-Z][\w/+-]{1,30}(?: [A-Z][\w/+-]{1,30}){0,2}))$"
)
_WITH_TAIL = re.compile(r"^(?:(NONE|MOVE)\b[\s,.:;–—-]+|(SKIP)\s*[,.:;–—-]+\s*)(\S.*)$")
_TRAILING = re.compile(rf"[\s,.!–-]+{_COURTESY}(?:,? (?-i:[A-Z][a-z]+))?[\s.!]*$", re.I)
_NO_THANKS = re.compile(r"^(?:no|nope|none|ok|okay)\b[\s,.!-]+(?:thank|thx|cheers)", re.I)
_DONE = re.compile(r"^done\b[\s:]*(.*)$", re.I)
_TAKES_BACK = re.compile(
    r"^(?:but|however|although|unless|except|only if|if|actually|no wait|wait|scratch|ignore|"
    r"correction|rather|i mean|i meant|sorry,? i meant?|not)\b",
    re.I,
)
_LINE_CHARACTERS_MAX = 120
_SAID_CHARACTERS_MAX = 40


def _plain(line: str) -> str:
    """A line for comparison: no greeting, no courtesy, no closing punctuation."""
    said = re.sub(r"\s+", " ", line.replace("’", "'")).strip()
    said = _GREETED.sub("", said)
    for _ in range(2):  # "2 please. Thanks"
        said = _TRAILING.sub("", said)
    said = re.sub(rf"^{_COURTESY}[,!.:]?\s+(?=\S)", "", said, flags=re.I)
    return said.strip(" \"'“”*_").rstrip(" .!,;").strip(" \"'“”*_")


def command(line: str, today: date) -> tuple[Said | None, str]:
    """The command that a line is, and what stands behind it; (None, "") for any other line. `today` is the
    writer's: a day and month without a year are the next ones."""
    if len(line) > _LINE_CHARACTERS_MAX or _NO_THANKS.match(line.strip()):
        return None, ""  # "No, thanks" may refuse a note as well as a meeting
    plain = _plain(line)
    lowered = plain.lower()
    bare = re.sub(r"\s*[,.;:]\s+", " ", lowered)
    if bare in _COMMANDS:
        return Said(_COMMANDS[bare]), ""
    if bare in _CADENCES:
        return Said("cadence", text=_CADENCES[bare]), ""
    dated = _dated(plain, today)
    if dated:
        return dated, ""
    contact = _FOR_CONTACT.match(plain)
    if contact:
        word = next(group for group in contact.groups() if group)
        return Said("for-contact", text=word.upper()), ""
    numbers = _chosen(lowered)
    if numbers:
        return Said("choose", numbers=numbers, text=line.strip()[:_SAID_CHARACTERS_MAX]), ""
    tailed = _WITH_TAIL.match(plain)
    if tailed and not tailed[3].isupper():
        return Said((tailed[1] or tailed[2]).lower()), tailed[3]
    return None, ""


def _dated(plain: str, today: date) -> Said | None:
    """AWAY 10–24 Dec, PAUSE until 15 Jan, 2 till 30 June, ZONE Toronto."""
    shown = plain[:_SAID_CHARACTERS_MAX]
    away = _AWAY.match(plain)
    if away:
        days = stretch(away["days"], today)
        return Said("away", text=shown, days=days) if days else None
    paused = _PAUSE.match(plain)
    if paused:
        until = one(paused["day"], today) if paused["day"] else None
        if paused["day"] and until is None:
            return None
        return Said("pause", text=shown, days=(today, until) if until else None)
    till = _TILL.match(plain)
    if till:
        until = one(till["day"], today)
        if until is None:
            return None
        return Said("choose", (int(till["number"]),), text=shown, days=(today, until))
    zone = _ZONE.match(plain)
    return Said("zone", text=zone_of(zone["city"])) if zone else None


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """City → IANA name; a name that several zones share is none."""
    found: dict[str, list[str]] = {}
    for name in available_timezones():
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            found.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), []).append(name)
    return {city: min(names, key=len) for city, names in found.items()}


def zone_of(city: str) -> str:
    """The IANA name of `Toronto`, `São Paulo` or `America/Toronto`; empty when there is none."""
    if city in available_timezones():
        return city
    plain = unicodedata.normalize("NFKD", city).encode("ascii", "ignore").decode()
    return _cities().get(plain.replace("_", " ").casefold(), "")


def _chosen(lowered: str) -> tuple[int, ...]:
    """The numbers of a line that is nothing but numbers, or names options in so many words."""
    picked = _PICKED.match(lowered)
    if not picked:
        return ()
    named = picked[1].strip()
    ordinal = re.fullmatch(r"(?:the )?(\w+)(?: (?:one|option|time|slot))?", named)
    if ordinal and ordinal[1] in _ORDINALS:
        return (_ORDINALS[ordinal[1]],)
    if not _NUMBERS.fullmatch(named):
        return ()
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", named)))


def done_letters(line: str) -> tuple[str, ...] | None:
    """The letters of a line like "DONE a, b"; () for a bare DONE; None for any other line."""
    if len(line) > _LINE_CHARACTERS_MAX:
        return None
    found = _DONE.match(_plain(line))
    if not found:
        return None
    named = [word for word in re.split(r"[\s,&]+|\band\b", found[1].lower()) if word]
    if not all(len(word) == 1 and "a" <= word <= "z" for word in named):
        return None
    return tuple(named)


def takes_back(line: str) -> bool:
    """Whether a line below a command says that it was not meant like that."""
    return bool(_TAKES_BACK.match(line.strip()))


def without_courtesy(lines: list[str], own_name: str = "") -> list[str]:
    """The lines without greeting, thanks, sign-off and signature: neither notes nor commands."""
    kept = [line for line in lines if not _GREETING.match(line.strip())]
    kept = _without_signature(kept, own_name)
    return [line for line in kept if not _is_courtesy(line)]


def _is_courtesy(line: str) -> bool:
    plain = line.strip()
    return bool(plain) and bool(_THANKS.match(plain) or _SIGN_OFF.match(plain))


def _without_signature(lines: list[str], own_name: str) -> list[str]:
    """Cut the name at the end, and what stands below a sign-off when it is short like a name."""
    written = list(lines)
    while written and not written[-1].strip():
        written.pop()
    for back in range(1, min(len(written), 5) + 1):
        below = [line for line in written[len(written) - back + 1 :] if line.strip()]
        closing = written[-back].strip()
        if _SIGN_OFF.match(closing) and all(_like_a_name(line) for line in below):
            return written[: len(written) - back]
        if _THANKS.match(closing) and all(_is_name(line, own_name) for line in below):
            return written[: len(written) - back]
    if written and _is_own_name(written[-1], own_name):
        written.pop()
    return written


def _like_a_name(line: str) -> bool:
    said = line.strip(" –—-*_/")
    return len(said.split()) <= 4 and bool(said) and not any(c.isdigit() or c in ":?" for c in said)


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
