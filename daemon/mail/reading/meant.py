"""Meant: what some ways to say a command need beside the roles of their words.

Not the ways themselves (ways.py), and not what spoils them: gist.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daemon.mail.reading.brought import PLAIN_MAX, Part
from daemon.mail.reading.roles import Played, plays
from daemon.mail.reading.tokens import folded

BUTS = {
    "pt": ("mas", "porem", "contudo"), "es": ("pero",), "fr": ("mais", "cependant"), "en": ("but", "however", "though"),
    "de": ("aber", "allerdings", "jedoch"),
}  # fmt: skip


def is_meant(way: tuple[str, ...], part: Part, played: Sequence[Played]) -> bool:
    """What some ways need beside their roles."""
    match way:
        case ("shift", "another"):  # "we left for another day what …" tells of something
            return len(part.tokens) <= PLAIN_MAX or plays(played, _ASKING)
        case ("another", "politely") | ("another", "begging"):
            others = (
                token.text
                for each in played if each.role == "another"
                for token in part.tokens[each.at : each.end]
            )  # fmt: skip
            short = len(part.tokens) <= PLAIN_MAX and (part.asked or way[1] == "politely")
            return short and any(t.startswith(_OTHER) for t in others)
        case ("skips", "occasion"):
            return _is_one_clause(way, part, played)
        case ("skips", "noneed"):  # "no need to drop anything"
            return not _is_unneeded(played, "skips")
        case ("cannot", "noneed"):  # "we don't need to move it, I sorted my shift"
            return min(e.at for e in played if e.role == "cannot") < min(
                e.at for e in played if e.role == "noneed"
            )
        case (
            ("hurt_said",) | ("remarked", "body") | ("pressed", "private_place")
        ):  # "my boss shouted at me"
            return not _is_elsewhere(part, played, way[0])
        case ("report_said",):
            asked = plays(played, ("reports", "begging"))
            return asked or not _is_elsewhere(part, played, way[0])
        case ("office", "begging") | ("who_in_team",):
            return part.asked
        case ("goback", "oldtime"):  # "we spoke of going back to my job, the old time was good"
            begins = any(each.role in way and each.at == 0 for each in played)
            return begins or part.asked or plays(played, ("begging", "politely", "wish"))
        case ("can_again",):  # "finalement je peux dire que …"
            ends = [each.end for each in played if each.role == "can_again"]
            return any(
                _ends_clause(part, end) or part.tokens[end].text in _IFS or _is_dated(part, end)
                for end in ends
            )
        case ("late_said",):
            return not plays(played, ("vehicle",))
        case ("invites",):
            return plays(played, _ASKING) or any(e.role == "invites" and e.at == 0 for e in played)
        case (
            ("leave_end",) | ("help_end",) | ("no_end",)
        ):  # "prefiro terminar o CV" is of something else
            ends = [each.end for each in played if each.role == way[0]]
            return any(_ends_clause(part, end) for end in ends)
        case ("wish", "other_person"):  # "outra pessoa para rever o CV"
            ends = [each.end for each in played if each.role == "other_person"]
            return any(_ends_clause(part, end) for end in ends)
        case ("leave_said",):  # "sair do programa Erasmus"
            ends = [each.end for each in played if each.role == "leave_said"]
            until = any(token.text in _UNTIL for token in part.tokens)
            return not until and not any(_is_name(part, end) for end in ends)
        case ("fewer_said",) | (_, "mails"):
            ends = [each.end for each in played if each.role in ("mails", "fewer_said")]
            return not any(_goes_on(part, end) for end in ends)
        case _:
            return True


def _is_unneeded(played: Sequence[Played], role: str) -> bool:
    """Whether it is that of which there is no need."""
    begun = {each.end for each in played if each.role == "noneed"}
    return any(each.at in begun or each.at - 1 in begun for each in played if each.role == role)


def _is_elsewhere(part: Part, played: Sequence[Played], role: str) -> bool:
    """Whether it is told of somebody who is named, or of another place: he and she may be the other one of the pair."""
    begin = min(each.at for each in played if each.role == role)
    named = any(
        each.role == "others" and each.end <= begin and part.tokens[each.at].text not in _PRONOUNS
        for each in played
    )
    if _begins_with_another(part, begin):
        return True
    if part.code == "de" and not any(token.text in _MY for token in part.tokens):
        return True  # "der sie beleidigt hat"
    nobody = any(token.text in _NOBODY for token in part.tokens)
    return named or nobody or plays(played, ("not_here",))


_PRONOUNS = ("she", "he", "they", "his", "their", "sie", "er", "elle", "il", "ils", "elles", "ella", "ellos", "ela", "ele", "eles", "elas",
             "ana", "ben", "a", "o")  # fmt: skip


def _begins_with_another(part: Part, begin: int) -> bool:
    """ "My landlord shouted at me", "a man in the train …": whoever a possessive names is none of the pair."""
    first = part.tokens[1:] if part.tokens[0].text in ("o", "a") else part.tokens
    if not first or first[0].text not in _NAMING or len(first) < 2 or begin == 0:
        return False
    between = folded(part.text)[part.tokens[0].end : part.tokens[begin].at]
    return not (
        first[1].text.startswith(("mentor", "tutor")) or any(m in between for m in ",;:.!(")
    )


_NAMING = (
    "my",
    "mein",
    "meine",
    "mon",
    "ma",
    "mi",
    "meu",
    "minha",
    "a",
    "some",
    "ein",
    "eine",
    "un",
    "une",
    "una",
    "um",
    "uma",
)
_MY = ("mich", "mir", "ich", "mein", "meine", "meinen", "meinem", "meiner", "uns")
_IFS = (
    "if",
    "wenn",
    "falls",
    "si",
    "se",
    "demain",
    "tomorrow",
    "morgen",
    "manana",
    "amanha",
    "stattfinden",
)


def _is_dated(part: Part, at: int) -> bool:
    """Whether a day stands there: "le 10"."""
    return any(
        token.kind in ("number", "ordinal", "numeric") for token in part.tokens[at + 1 : at + 3]
    )


_NOBODY = ("nobody", "noone", "niemand", "nadie", "personne", "ninguem")
_OTHER = ("other", "another", "different", "otr", "outr", "autre", "ander")


def _is_one_clause(way: Sequence[str], part: Part, played: Sequence[Played]) -> bool:
    """Whether no mark stands between the words of the two roles: "Thursday, no meeting then"."""
    line = folded(part.text)
    ones, twos = ([each for each in played if each.role == role] for role in way)
    for one in ones:
        for two in twos:
            first, last = sorted((one, two), key=lambda each: each.at)
            between = line[part.tokens[first.end - 1].end : part.tokens[last.at].at]
            if not any(mark in between for mark in ",;:.!(-"):
                return True
    return False


_UNTIL = (
    "hasta",
    "ate",
    "jusqu'",
    "jusqu'a",
    "jusqu'au",
    "jusqu'en",
    "jusque",
    "until",
    "till",
    "bis",
)
"""Who stops until some day comes back: a pause, if anything."""
_ASKING = ("begging", "wish", "cannot", "politely")


def _ends_clause(part: Part, at: int) -> bool:
    if at >= len(part.tokens):
        return True
    between = part.text[part.tokens[at - 1].end : part.tokens[at].at]
    return any(mark in between for mark in ",;.!:(") or part.tokens[at].text in BUTS.get(
        part.code, ()
    )


def _is_name(part: Part, at: int) -> bool:
    token = part.tokens[at] if at < len(part.tokens) else None
    between = part.text[part.tokens[at - 1].end : token.at] if token else "."
    following = part.tokens[at + 1].text if at + 1 < len(part.tokens) else ""
    of_what = token is not None and token.text in _OF_WHOM and not following.startswith("mentor")
    return token is not None and between == " " and (of_what or part.text[token.at].isupper())


def _goes_on(part: Part, at: int) -> bool:
    """ "Demasiados correos de reclutadores": of whom, or where, and not ours."""
    texts = [token.text for token in part.tokens[at : at + 3]]
    if len(texts) == 3 and texts[1] in _THE:
        del texts[1]  # "le rappel de la veille"
    texts = texts[:2]
    if part.code == "de" and texts[:1] == ["das"]:
        return False  # "keine Erinnerung, das steht im Kalender"
    return len(texts) == 2 and texts[0] in _OF_WHOM and texts[1] not in _OURS


_THE = ("la", "el", "le", "o", "a", "the", "dem", "der")
_OF_WHOM = (
    *("de", "del", "da", "do", "das", "dos", "des", "du", "no", "na", "en", "sur", "au", "d'"),
    *("of", "from", "about", "at", "in", "on", "to", "von", "vom", "aus", "uber", "bei", "an"),
)  # fmt: skip
_OURS = (
    "lembrete", "lembretes", "voces", "vosotros", "vosotras", "ustedes", "estos", "estes", "esses", "esos", "rappel",
    "rappels", "recordatorio", "programa", "programme", "vous", "ca", "isso", "eso", "este", "esto", "cada", "geral",
    "dia", "vispera", "veille", "vespera", "vortag", "day", "night", "you", "this", "these", "the", "each", "every", "it", "us", "average", "euch", "ihnen", "dir", "diesem", "diesen", "dem", "jeder",
)  # fmt: skip


def conditions(part: Part) -> Iterator[int]:
    """Where an "if" stands: "se" and "s'" are more often part of a verb, so that only one which begins a clause counts."""
    line = folded(part.text)
    for at, token in enumerate(part.tokens):
        between = line[part.tokens[at - 1].end : token.at] if at else ","
        begins = (
            any(mark in between for mark in ",;:.!(-") or part.tokens[at - 1].text in _BEFORE_IF
        )
        if (
            token.text == "si"
            or (part.code == "pt" and token.text in ("se", "caso") and begins)
            or (
                token.text == "s'"
                and part.tokens[at + 1 : at + 2]
                and part.tokens[at + 1].text in ("il", "ils")
            )
        ):
            yield at


_BEFORE_IF = ("e", "mas", "so", "que", "ou", "mesmo", "sei", "ver", "saber")
