"""Together: what two sentences of a reply say between them, where neither says it alone.

Not what one sentence says: gist.py. "At that hour I teach. A different one, if possible"; "I'd be better off with a mentor
from the trade. Can you find me another?"; and what was done to somebody, which no other sentence takes back.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.domain.observation import Said
from daemon.mail.reading.brought import PLAIN_MAX, Part, denials, part_of
from daemon.mail.reading.pieces import spoken_words, without_kindness
from daemon.mail.reading.roles import Played, Roles, plays, roles_of

CHARACTERS_MAX = 400
SENTENCES_MAX = 5
SHORT_MAX = 8
"""So few words beg for another time and for nothing else."""
_OTHER = (
    *("other", "another", "different", "andere", "anderen", "anderer", "otra", "otro", "outra", "outro", "autre"),
)  # fmt: skip
_ARTICLES = ("a", "an", "eine", "einen", "ein", "une", "un", "uma", "um", "una", "any", "some")
_GOES_ON = ("another", "something_else", "occasion", "find", "next_week")


def together(parts: Sequence[Part], found: Sequence[Said | None], roles: Roles) -> Said | None:
    """The command of several sentences; None where they make none together."""
    return reported(parts, found, roles) or _of_a_mentor(parts, roles) or _begged(parts, roles)


def goes_on(part: Part, said: Said, roles: Roles) -> bool:
    """ "I have to postpone tomorrow. Maybe next week?": a question that leaves open when, and not whether."""
    short = part.asked and len(part.tokens) <= SHORT_MAX
    return said.word == "move" and short and plays(roles.played(part.tokens), _GOES_ON)


def reported(parts: Sequence[Part], found: Sequence[Said | None], roles: Roles) -> Said | None:
    """What must reach a human being does so, whatever else is asked for: only who takes it back is believed."""
    at = next((at for at, said in enumerate(found) if said and said.word == "report"), None)
    if at is None:
        return None
    taken_back = any(plays(roles.played(part.tokens), ("corrects",)) for part in parts[at + 1 :])
    return None if taken_back else found[at]


def asks_why(part: Part) -> bool:
    """ "Why was this moved? I didn't ask for it": an explanation is asked for, and nothing else."""
    begins = [token.text for token in part.tokens[:2]]
    return (
        part.asked
        and (begins[:1] in _WHYS or begins in (["por", "que"], ["how", "come"]))
        and not any(token.text in ("not", "don't", "nicht", "no", "pas") for token in part.tokens)
    )


_WHYS = (["why"], ["warum"], ["wieso"], ["weshalb"], ["pourquoi"], ["porque"])


def _of_a_mentor(parts: Sequence[Part], roles: Roles) -> Said | None:
    """Another one, where the sentence before was about a mentor, is another mentor."""
    for at, part in enumerate(parts[1:], 1):
        if part.asked and plays(roles.played(part.tokens), ("another_one",)):
            if any(plays(roles.played(each.tokens), ("kind_of_mentor",)) for each in parts[:at]):
                return Said("change", text=part.text[:120])
    return None


def _begged(parts: Sequence[Part], roles: Roles) -> Said | None:
    """Another time, where the sentence before says what stands against this one."""
    if len(parts) < 2:
        return None
    last = parts[-1]
    if len(last.tokens) > SHORT_MAX or denials(last, set()):
        return None
    played = roles.played(last.tokens)
    wants = plays(played, ("another", "something_else", "reschedule")) or _is_bare(last)
    if not wants or not (last.asked or plays(played, ("politely",))):
        return None
    begs = plays(played, ("begging", "politely", "doubt", "reschedule"))
    against = ("cannot", "that_hour") if begs else ("that_hour",)
    for part in parts[:-1]:
        before = roles.played(part.tokens)
        if _is_of_a_thing(part, before):
            continue
        over = plays(before, ("past",)) and not plays(before, ("occasion",))
        if plays(before, against) and not (over or plays(before, ("telling",))):
            return Said("move", text=last.text[:120])
    return None


def _is_of_a_thing(part: Part, played: Sequence[Played]) -> bool:
    """ "My dentist can't see me tomorrow"."""
    mine = [at for at, token in enumerate(part.tokens[:2]) if token.text in _MINE]
    return any(each.role == "elsewhere" and each.at - 1 in mine for each in played)


_MINE = ("my", "mein", "meine", "mon", "ma", "mi", "meu", "minha")


def _is_bare(part: Part) -> bool:
    """ "Otra, si se puede"."""
    begin = 1 if part.tokens and part.tokens[0].text in _ARTICLES else 0
    return len(part.tokens) > begin and part.tokens[begin].text in _OTHER


def moved_instead(lines: Sequence[str], language: str) -> Said | None:
    """ "I have to cancel tomorrow. Could we reschedule?": what is asked for behind a "leave it out"."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    code = spoken_words(text, language).code
    for part in (part_of(sentence, code) for sentence in said[1:]):
        played = roles_of(code).played(part.tokens)
        asked = part.asked and len(part.tokens) <= 2 * PLAIN_MAX and plays(played, ("begging",))
        if asked and plays(played, ("reschedule", "another")) and not plays(played, ("noneed",)):
            return Said("move", text=part.text[:120])
    return None
