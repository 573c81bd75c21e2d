"""Foreign: whether what is done in a clause is done by, or to, something that is none of the pair's.

Not what is done: gist.py and evident.py. "Skip the small talk", "my exam has to be moved", "a break from coding": an article
and a noun that no table has, beside the words of a command, make it a sentence about something else.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from daemon.mail.reading.lexicon import PARTS, Lexicon, has, known_places, places_of
from daemon.mail.reading.roles import Played, places
from daemon.mail.reading.tokens import Token, folded

_ARTICLES = {
    "pt": ("o", "a", "os", "as", "um", "uma", "uns", "umas", "meu", "minha", "meus", "minhas", "seu", "sua", "teu", "tua", "do", "da", "dos", "das", "no",
           "na", "nos", "nas", "ao", "pelo", "pela"),
    "es": ("el", "la", "los", "las", "un", "una", "unos", "unas", "mi", "mis", "su", "sus", "tu", "tus"),
    "fr": ("le", "la", "les", "l'", "un", "une", "des", "mon", "ma", "mes", "son", "sa", "ses", "leur", "leurs", "ton", "ta", "tes", "du", "au", "aux"),
    "en": ("the", "a", "an", "my", "your", "her", "his", "their", "some", "any", "these", "those"),
    "de": ("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "mein", "meine", "meinen", "meinem", "meiner", "meines",
           "dein", "deine", "ihr", "ihre", "ihren", "ihrem", "ihrer", "sein", "seine", "seinen", "seinem", "seiner"),
}  # fmt: skip
_OF = {
    "pt": ("de", "com", "para", "pra", "em", "por", "sobre"),
    "es": ("de", "con", "para", "en", "por", "sobre", "a"),
    "fr": ("de", "d'", "avec", "pour", "en", "par", "sur", "a", "dans", "chez"),
    "en": ("with", "from", "about", "of", "to", "for", "in", "at", "as", "on"),
    "de": ("mit", "von", "vom", "aus", "uber", "zu", "zum", "zur", "bei", "beim", "im", "in", "an", "am", "auf", "fur", "als", "nach", "vor", "um"),
}  # fmt: skip
_BOUNDS = {
    "pt": ("porque", "pois", "que", "e", "mas", "se", "quando", "enquanto", "por", "devido", "ou", "entao", "depois", "antes", "como", "ja"),
    "es": ("porque", "pues", "que", "y", "pero", "si", "cuando", "mientras", "por", "debido", "o", "asi", "entonces", "despues", "antes", "como"),
    "fr": ("parce", "car", "que", "qu'", "et", "mais", "si", "quand", "pendant", "donc", "ou", "alors", "apres", "avant", "comme", "puisque"),
    "en": ("because", "as", "since", "so", "and", "but", "if", "when", "while", "cause", "cos", "due", "that", "which", "or", "after", "before"),
    "de": ("weil", "da", "denn", "und", "aber", "wenn", "dass", "also", "sondern", "oder", "damit", "sodass", "wegen"),
}  # fmt: skip
_OURS = (
    "ours", "session", "mails", "another", "occasion", "other_mentor", "other_person", "less_often", "all_shown", "whole", "term",
    "nexttime", "things", "oldtime", "mentor_for_me", "settled",
)  # fmt: skip
_FRIENDLY = (
    *("meeting", "option", "offers", "weekdays", "months", "relative", "week", "weekend", "minutes", "lasting", "languages", "reminder"),
    *("weekly", "biweekly", "monthly", "nth", "upcoming", "gathering", "hours_of", "other_one", "pair", "workday", "spelt"),
    *PARTS,
)  # fmt: skip
_PICKS = ("first", "second", "third", "last", "earliest", "latest", "middle", "counted", "ahead")
_ME = ("me", "us", "mich", "mir", "uns", "moi", "nous", "mim", "nos")
_BETWEEN = ("ich", "wir", "mir", "dann", "gern", "gerne", "bitte", "mal")
""" "Nehme ich den Hund": what stands between a German verb and its object."""
_BECAUSE_OF = ("wegen", "aufgrund", "trotz", "because", "due")
_OF_WHAT = ("de", "du", "del", "do", "da", "des", "dos", "das", "sobre", "sur")
_MARKS = ",;:.!?("
_ADJECTIVES_MAX = 3
_REACH = 4


@dataclass(frozen=True, slots=True)
class Things:
    """What is ours in a clause, so that everything else behind an article is foreign. `joined`: whether no mark and no
    conjunction stands in front of a word."""

    code: str
    piece: Sequence[Token]
    ours: Set[int]
    picks: Set[int]
    known: Set[int]
    nouns: Set[int]
    joined: Sequence[bool]

    def is_object(self, end: int, *, plainly: bool = False) -> bool:
        """Whether something foreign stands behind the words of a command that end there. `plainly`: without a
        preposition."""
        while self._goes_on(end) and self.piece[end].text in _BETWEEN:
            end += 1
        if self._is_named(end) or (end and self._is_named(end - 1, of_command=True)):
            return True
        if end and self.piece[end - 1].text in _OF.get(self.code, ()):
            if end < len(self.piece) and self.piece[end].text in _ME:
                return False  # "isn't necessary for me"
            named = end + (end < len(self.piece) and self._is_article(end))
            if self._goes_on(end) and named not in self.ours:
                return True  # "a break from coding"
        at = end
        while not plainly and at < end + _REACH and self._goes_on(at):
            if self.piece[at].text in _OF.get(self.code, ()):
                bare = at == end and self._goes_on(at + 1) and self._is_strange(at + 1)
                bare = bare and self.piece[at + 1].text not in _ME
                if bare:
                    return True
            if self._is_named(at):
                return True
            at += 1
        return False

    def holds(self, at: int, end: int) -> bool:
        """Whether it stands amid these words: "ich lasse das Essen aus"."""
        return any(self._is_named(place, before=end - 1) for place in range(at + 1, end - 1))

    def is_subject(self, at: int) -> bool:
        """Whether something foreign stands in front of the words of a command that begin there."""
        begin = at
        while begin > 0 and self.joined[begin]:
            begin -= 1
        reason = self.piece[begin].text in _BECAUSE_OF
        named = any(self._is_named(place, before=at) for place in range(begin + 2 * reason, at))
        led = begin + 1 < at and self.piece[begin].text in _OF.get(self.code, ())
        return (
            named
            or (led and self._is_strange(begin + 1))
            or (self.code == "de" and begin < at and begin in self.nouns)
        )

    def is_of(self, end: int) -> bool:
        """Whether it is of something that is none of ours: "pas parlé du CV"."""
        if not (self._goes_on(end) and self.piece[end].text in _OF_WHAT):
            return False
        at = end + 1
        if self._goes_on(at) and self.piece[at].text in _ARTICLES.get(self.code, ()):
            at += 1
        return self._goes_on(at) and at not in self.ours

    def topics(self) -> list[int]:
        """Where a clause begins with something foreign: what an "it" behind it may be."""
        begins = [at for at, joined in enumerate(self.joined) if not joined]
        return [at for at in begins if self._is_named(at, of_command=True)]

    def is_followed(self, end: int) -> bool:
        """Whether a word that is not known stands directly behind: "monthly goals"."""
        return self._goes_on(end) and self._is_strange(end)

    def is_inside(self, at: int, end: int) -> bool:
        """Whether these words are those of a foreign thing: "my best ideas"."""
        begins = (
            at > 0 and self.joined[at] and self.piece[at - 1].text in _ARTICLES.get(self.code, ())
        )
        return begins and self._goes_on(end) and self._is_strange(end)

    def _goes_on(self, at: int) -> bool:
        return at < len(self.piece) and self.joined[at]

    def _is_strange(self, at: int) -> bool:
        token = self.piece[at]
        articles = _ARTICLES.get(self.code, ())
        return (
            token.kind == "word"
            and at not in self.ours
            and at not in self.known
            and token.text not in articles
        )

    def _is_named(self, at: int, *, before: int = 0, of_command: bool = False) -> bool:
        """Whether an article stands there, and behind it what is none of ours. `of_command`: the article is the end of the
        words of the command itself; `before`: where these begin."""
        if not (self._goes_on(at) or ((before or of_command) and at < len(self.piece))):
            return False
        if self.piece[at].text not in _ARTICLES.get(self.code, ()) or self._is_called(at):
            return False
        strange, place = False, at + 1
        while place <= at + _ADJECTIVES_MAX and self._goes_on(place) and place != before:
            if place in self.ours:
                return False
            strange |= place not in self.picks and self.piece[place].kind == "word"
            place += 1
        return strange

    def _is_article(self, at: int) -> bool:
        return self.piece[at].text in _ARTICLES.get(self.code, ())

    def _is_called(self, at: int) -> bool:
        """ "Könnt ihr die abschalten?": who is asked, and no article."""
        asked = self.piece[at].text == "ihr" and at > 0 and self.piece[at - 1].text.endswith("t")
        return asked and self.code == "de"


def things(text: str, piece: Sequence[Token], words: Lexicon, played: Sequence[Played]) -> Things:
    """The things of a sentence, or of a clause of it."""
    line, origin = folded(text), 0
    if piece and piece[-1].end > len(line):
        origin = piece[0].at
    found = words.found(piece)
    idle = places(played, ("idle",))
    articles = {at for at, token in enumerate(piece) if token.text in _ARTICLES.get(words.code, ())}
    joined = [
        token.text not in _BOUNDS.get(words.code, ())
        and not _is_parted(line[before.end - origin : token.at - origin], before)
        for before, token in pairwise(piece)
    ]
    known = known_places(each for each in found if not has(each, ("event", "busy", "goal", "todo")))
    nouns = {
        at for at, token in enumerate(piece)
        if token.kind == "word" and text[token.at - origin].isupper() and at not in known
    }  # fmt: skip
    return Things(
        code=words.code, piece=piece, ours=(places_of(found, _FRIENDLY) | places(played, _OURS)) - articles - idle,
        picks=places_of(found, _PICKS) | places(played, ("which",)), known=known, nouns=nouns - places(played, _OURS), joined=[False, *joined],
    )  # fmt: skip


def _is_parted(between: str, before: Token) -> bool:
    """Whether a mark stands there that is not the full stop of a number: "20. Dezember"."""
    if before.kind in ("number", "ordinal", "numeric") and between.strip() == ".":
        return False
    return any(mark in between for mark in _MARKS)
