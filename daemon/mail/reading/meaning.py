"""What a reply says: commands, private lines, to-dos, and the words to keep.

Not what follows from it (daemon/decide), and not which words are which command: the modules that `_commanded` asks. A
digit or a command word inside a sentence is part of the sentence (trap_76). When in doubt it is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from daemon.decide.promised import ONLY_TELL
from daemon.domain.observation import Said
from daemon.domain.people import Role
from daemon.domain.when import When
from daemon.mail.reading.allowing import allowing
from daemon.mail.reading.brought import with_minutes
from daemon.mail.reading.called import called
from daemon.mail.reading.cannot import AHEAD, cannot_come
from daemon.mail.reading.clauses import command
from daemon.mail.reading.confidential import looks_confidential
from daemon.mail.reading.considerate import without_regard
from daemon.mail.reading.corrected import corrected
from daemon.mail.reading.courtesy import without_courtesy
from daemon.mail.reading.evident import evident
from daemon.mail.reading.gist import gist, may_report
from daemon.mail.reading.introduced import introduced
from daemon.mail.reading.lexicon import beginnings, clause_of
from daemon.mail.reading.marked import WRAPPED, by_marks, themes_in
from daemon.mail.reading.numbered import is_monday_or_second
from daemon.mail.reading.options import answered_in_words, without_stray
from daemon.mail.reading.own_lines import own_lines
from daemon.mail.reading.parting import parting
from daemon.mail.reading.pieces import spoken_words
from daemon.mail.reading.ranked import ranked
from daemon.mail.reading.refusing import refusing
from daemon.mail.reading.roles import is_misread
from daemon.mail.reading.singled import singles_out
from daemon.mail.reading.spoken import Spoken, spoken
from daemon.mail.reading.targets import target_of
from daemon.mail.reading.together import moved_instead
from daemon.mail.reading.tokens import folded, tokens
from daemon.mail.reading.valued import valued
from daemon.mail.reading.ways import MISREAD
from daemon.mail.reading.weighing import weighed
from daemon.mail.source import feet

READ_CHARACTERS_MAX = 20_000
TEXT_CHARACTERS_MAX = 4_000
DONE_LINES_MAX = 60
LISTED_MAX = 20
FOR_A_HUMAN_BEING = ("help", "report", "change", "leave")
"""Commands below which everything is for whoever helps, and lines marked private for nobody. Below LEAVE it is for nobody
but its writer, unless the letter that is answered says that whoever helps reads the answer (daemon/decide/words.py)."""
VETTING = "proposal-mentor"
"""The letter that asks which of the times are possible, and not for one of them."""
FOR_NOBODY_ELSE = ("for-contact",)
"""Commands below which nothing is for anybody else."""
_NUMBER = re.compile(r"\b[Nn](?:[Oo]\.|[Rr][Oo]?\.?)\s?(?=\d{1,2}\b)")
_NUMBER_IN = {"de": "Nummer ", "es": "número ", "fr": "numéro ", "pt": "número "}

_GAP = re.compile(r"([^\S\n]{20})[^\S\n]+")
"""More blanks in a row than anybody means; a search for what stands between them would take long."""
_CALL = re.compile(r"^\W{0,3}(?:(HELP|HILFE|AYUDA|AIDE|AJUDA)|(REPORT))\b[\s,.:;!–—-]+(\S.*)$")
"""A call for a human being, with what it is about on the same line: in capitals, as the letters write it."""
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """`todos` are (owner role, text); `private` stays with the writer, and so does `private_next`, which the own next
    prep shows; `text` is what the pair keeps. `confidential`:
    something in it may be meant for few; `aside`: words for whoever helps, and nobody else; `targets`: the days that the
    goals name; `intros` are people to be introduced to, without their addresses, and empty where only an address was named;
    `chances` are such to keep an eye on, `themes_out` themes of which the writer wants no ideas."""

    said: tuple[Said, ...] = ()
    text: str = ""
    private: str = ""
    todos: tuple[tuple[str, str], ...] = ()
    goals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    confidential: bool = False
    aside: str = ""
    targets: tuple[date | None, ...] = ()
    private_next: str = ""
    intros: tuple[str, ...] = ()
    themes_out: tuple[str, ...] = ()
    chances: tuple[str, ...] = ()


def understand(
    text: str,
    partner_first: str,
    writer: Role,
    own_name: str = "",
    *,
    today: date,
    language: str = "en",
    of_times: bool = False,
    letter: str = "",
    contact_first: str = "",
) -> Meaning:
    """The meaning of a reply that is already free of quotes. `own_name`: how the writer may sign; `today` is the writer's,
    and `language`. `of_times`: its letter shows times to choose from; `letter`: which one that is, empty where not known."""
    language = language.partition("-")[0]  # pt-BR is read as pt is
    text = _GAP.sub(r"\1", text[:READ_CHARACTERS_MAX])
    found = by_marks(text, partner_first, writer)
    polite = without_courtesy(found.lines, own_name)
    lines, done = _without_done(polite, today, language)
    allowed = allowing(without_courtesy(found.lines), polite, letter)
    if _our_foot().search(text):
        said, rest, done = None, lines, None
    elif allowed:
        said, rest, done = allowed, [], None
    else:
        named = called(lines, writer, partner_first, own_name, contact_first)
        plain = without_regard(named.lines)
        said, rest = _commanded(plain.lines, today, language, named.names, of_times, letter)
        said, rest = named.as_written(said, plain.as_written(rest) if said else named.lines)
    private, aside = found.private, ""
    if said is not None and said.word in FOR_NOBODY_ELSE:  # below HELP or LEAVE (LETTERS 1.12)
        private, rest = [*private, *rest], []
    elif said is not None and said.word in FOR_A_HUMAN_BEING:
        aside, rest = "\n".join(rest).strip()[:TEXT_CHARACTERS_MAX], []
    kept = "\n".join(rest).strip()[:TEXT_CHARACTERS_MAX]
    shared = (kept, *(task for _, task in found.todos), *found.goals, *found.intros, *found.chances)
    return Meaning(
        said=(*((said,) if said else ()), *((done,) if done else ())),
        text=re.sub(r"\n{3,}", "\n\n", kept),
        private="\n".join(private).strip()[:TEXT_CHARACTERS_MAX],
        todos=tuple(found.todos[:LISTED_MAX]),
        goals=tuple(found.goals[:LISTED_MAX]),
        links=tuple(dict.fromkeys(_LINK.findall(kept)))[:LISTED_MAX],
        confidential=looks_confidential("\n".join(shared)),
        aside=aside,
        targets=tuple(target_of(goal, language, today) for goal in found.goals[:LISTED_MAX]),
        private_next="\n".join(found.next).strip()[:TEXT_CHARACTERS_MAX],
        intros=tuple(introduced(each) for each in found.intros[:LISTED_MAX]),
        themes_out=themes_in(found.themes_out),
        chances=tuple(found.chances[:LISTED_MAX]),
    )


@lru_cache(maxsize=1)
def _our_foot() -> re.Pattern[str]:
    """What stands below every letter of ours: whose words these are is not known, so nothing is done."""
    begun = "|".join(re.escape(each) for each in feet())
    return re.compile(rf"^[\s>*]*(?:{begun})", re.MULTILINE)


def _commanded(
    lines: list[str],
    today: date,
    language: str,
    names: tuple[str, ...],
    of_times: bool,
    letter: str,
) -> tuple[Said | None, list[str]]:
    """The one command, and the words left. What is surer is asked first: a call for a human being; a command in the
    first words, all of them known (spoken.py); where times were shown, what is said for and against them (evident.py,
    weighing.py), and where something else was asked, the answer to that (options.py); a command that brings its value
    along, amid any words (valued.py); and at last what the roles of its words say (gist.py)."""
    called = _called(lines) or parting(lines, letter) or own_lines(lines)
    if called:
        return called
    if of_times:  # "No. 3 please" is no "no"
        lines = [_NUMBER.sub(_NUMBER_IN.get(language, "number "), each) for each in lines]
    heard = spoken(lines, today, language, names)
    if of_times:
        several = letter == VETTING
        said, rest = _to_times(heard, lines, today, language, names, several=several)
        sure = heard.said is not None and heard.said.word == "none"
        if said and said.word == "none" and not sure and singles_out(lines, today, language):
            return evident(lines, today, language) or (None, list(lines))
        return said, rest
    answer = answered_in_words(lines, letter, language)
    if answer is None:
        said, rest = _to_words(heard, lines, today, language, names)
        if said is None or (said.word == "no" and letter in AHEAD):
            unable = cannot_come(lines, today, language)
            said, rest = (unable, []) if unable else (said, rest)
        if said and said.word == "no" and letter in ONLY_TELL:
            meant = gist(lines, today, language, of_times=False)  # "Ah no! Can it go back?"
            said, rest = meant if meant else (said, rest)
        return without_stray(said, letter), rest
    said = heard.said
    if said is None or _is_overruled(said, answer[0]) or _is_misread(said, lines, language):
        return answer
    return without_stray(with_minutes(said, lines, language), letter), heard.rest


def _to_times(
    heard: Spoken,
    lines: list[str],
    today: date,
    language: str,
    names: tuple[str, ...],
    *,
    several: bool,
) -> tuple[Said | None, list[str]]:
    """What a letter that shows times is answered with. `several`: with all that are possible."""
    told = gist(lines, today, language, of_times=True) if may_report(lines, language) else None
    if told and told[0].word == "report":
        return told
    if is_monday_or_second(lines, language):
        return None, list(lines)
    surer = _said_of_several(lines, today, language, names, several=several)
    unless = surer if surer and surer[0].word == "none" and _hangs_on_offers(surer[0]) else None
    if surer and not unless:
        return surer
    said = None if heard.said and _is_misread(heard.said, lines, language) else heard.said
    if said and said.word == "skip":
        said = moved_instead(lines, language) or said
    if said and said.word == "move" and _is_of(names, Said("away"), lines):
        said = None  # "Ana can't. Are there other times?"
    if said and said.word == "move" and said.text.casefold() != said.word:
        return Said("none", text=said.text), heard.rest  # what is to be looked for once more
    if said and said.word not in _VALUED:
        return said, heard.rest
    shown = evident(lines, today, language)
    if shown and shown[0].word != "none" and shown[0].when != When():
        whole = weighed(lines, today, language)
        if whole and whole[0].word == "none":
            return None, list(lines)  # one reading takes a time, and one refuses them all
    if shown:
        return shown  # "Jeudi 3, à 18 h (heure de Paris)"
    if said:
        return said, heard.rest
    loosely = weighed(lines, today, language)
    meant = None
    if loosely is None or _is_a_week(loosely[0]):
        meant = gist(lines, today, language, of_times=True)
        theirs = meant is not None and (
            _is_of(names, meant[0], lines)
            or (meant[0].word in ("none", "move") and _is_of(names, Said("away"), lines))
        )
        meant = None if theirs else meant
    if meant and loosely and loosely[0].but_not and meant[0].word != "skip":
        meant = None
    if meant and meant[0].word == "move":
        meant = Said("none", text=meant[0].text), meant[1]
    return meant or loosely or unless or (None, list(lines) if heard.said else heard.rest)


def _hangs_on_offers(said: Said) -> bool:
    """Whether only the times on offer tell if it holds: "not before nine"."""
    return said.when is not None or bool(said.but_not)


def _said_of_several(
    lines: list[str], today: date, language: str, names: tuple[str, ...], *, several: bool
) -> tuple[Said, list[str]] | None:
    """What takes one time back for another, puts one above others, or refuses them all."""
    behind = corrected(lines, today, language)
    if behind:
        again = spoken(behind, today, language, names)
        said, rest = _to_times(again, behind, today, language, names, several=several)
        asked = any("?" in each for each in behind)
        if said and (said.word == "none" or (said.word in _LISTED and not asked)):
            return said, rest
    liked = ranked(lines, today, language, names, several=several)
    return liked or refusing(lines, today, language, names)


def _is_a_week(said: Said) -> bool:
    """ "Let's leave it for this week", "rather not this week": no time of the letter, if something else is meant."""
    when = said.when
    refused = all(no == When(days=no.days) for no in said.but_not)
    return when is not None and when == When(days=when.days) and refused


def _to_words(
    heard: Spoken, lines: list[str], today: date, language: str, names: tuple[str, ...]
) -> tuple[Said | None, list[str]]:
    """The command of an answer to any other letter."""
    said = heard.said
    if said and said.word in _WIDER and not said.days:
        meant = gist(lines, today, language, of_times=False)  # "… to …, so no meetings then"
        if meant and (meant[0].days or said.word == "none"):
            return meant
    if said and said.word == "skip":
        said = moved_instead(lines, language) or said
    if said and not _is_misread(said, lines, language):
        return with_minutes(said, lines, language), heard.rest
    brought = valued(lines, today, language)
    if brought and not (_is_misread(brought, lines, language) or _is_of(names, brought, lines)):
        return brought, list(lines) if said else heard.rest
    meant = gist(lines, today, language, of_times=False)
    moved = meant and meant[0].word == "move" and _is_misread(meant[0], lines, language)
    if meant and not moved and not _is_of(names, meant[0], lines):
        return meant
    return None, list(lines) if said else heard.rest


_WIDER = ("no", "pause", "none")
"""What the rest of a reply may say more of, or otherwise."""


def _is_overruled(said: Said, answer: Said) -> bool:
    """ "Passt alles" to a question is not all times, and "leave them out", as "no meetings then", to one about an absence is
    a yes."""
    several = said.word in _LISTED and len(said.numbers) != 1
    oh = said.word in ("yes", "no") and answer.word not in ("yes", "no")  # "Oh no, that was me"
    return (
        several
        or oh
        or {said.word, answer.word} == {"yes", "no"}
        or (answer.word in ("yes", "no") and said.word in ("skip", "move", "keep", "none"))
    )


def _is_of(names: tuple[str, ...], said: Said, lines: list[str]) -> bool:
    """ "Ana is away from the 20th": what the other one of the pair does."""
    if said.word not in _ONES_OWN:
        return False
    text = "\n".join(lines)
    own = said.word in _SAID_OF_ONESELF and said.text and said.text in text
    line = folded(said.text if own else text)
    clause = tokens(line)
    if own and any(token.text in _WE or token.text.endswith("mos") for token in clause):
        return False  # "Ben is snowed under, so we let it rest"
    for at, token in enumerate(clause[:-1]):
        called = line[token.end : token.end + 1] in ",!:?."
        led = at > 0 and clause[at - 1].text in _LEADS_TO_NAME
        if token.text in map(folded, names) and not called and not led:
            return True
    return False


_SAID_OF_ONESELF = ("leave", "pause")
_WE = ("we", "we're", "wir", "uns", "on", "nous")
_ONES_OWN = ("late", "away", "leave", "resume", "pause")
_LEADS_TO_NAME = (
    *("mit", "with", "und", "and", "bei"),
    *("com", "a", "o", "da", "do", "de", "para", "pra", "ao", "con", "para", "al", "avec", "pour", "chez", "d'"),
    *("cara", "caro", "querida", "querido", "chere", "cher", "oi", "ola", "hola", "bonjour", "salut", "e", "y", "et"),
)  # fmt: skip
_LISTED = ("choose", "when")
_VALUED = ("zone", "language", "cadence", "invite")
"""Beside a time of the letter these only say more of it."""


def _is_misread(said: Said, lines: list[str], language: str) -> bool:
    text = "\n".join(lines)
    return said.word in MISREAD and is_misread(
        said.word, clause_of(text), spoken_words(text, language).code
    )


def _called(lines: list[str]) -> tuple[Said, list[str]] | None:
    """HELP and what follows on its line: nobody who calls has to know how."""
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    call = _CALL.match(lines[at]) if at is not None else None
    if call is None or at is None:
        return None
    return Said("help" if call[1] else "report", text=call[1] or call[2]), [
        call[3],
        *lines[at + 1 :],
    ]


def _without_done(lines: list[str], today: date, language: str) -> tuple[list[str], Said | None]:
    """Take out lines like "DONE a b", wherever they stand alone."""
    letters: list[str] = []
    written: list[str] = []
    kept: list[str] = []
    for line in lines:
        may_be = len(written) < DONE_LINES_MAX and len(line) <= WRAPPED and _names_done(line)
        said = command(line, today, language) if may_be else None
        if said is None or said.word != "done":
            kept.append(line)
        else:
            letters += [letter for letter in said.letters if letter not in letters]
            written.append(line.strip())
    return kept, Said(
        "done", letters=tuple(letters), text=" ".join(written)[:120]
    ) if written else None


def _names_done(line: str) -> bool:
    return not beginnings(("done",)).isdisjoint(token.text for token in clause_of(line))
