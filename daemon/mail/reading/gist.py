"""Gist: the command that the roles of a reply's words make together, where most of its words are not known.

Not a choice of times (evident.py) and not the tables of roles themselves (roles.py). A command needs all the roles of one
way to say it ("shift" and "ours": "podemos empurrar a nossa conversa?"); what ends it is a doubt, a condition, somebody
else's doing, what was told by others, a turn behind it, and a denial in front of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daemon.domain.observation import Said
from daemon.mail.reading.brought import (
    TOKENS_MAX,
    Part,
    denials,
    part_of,
    ticked_off,
    valued_as,
)
from daemon.mail.reading.foreign import Things, things
from daemon.mail.reading.lexicon import Found, Lexicon, clause_of, has
from daemon.mail.reading.meant import BUTS, conditions, is_meant
from daemon.mail.reading.pieces import (
    spoken_words,
    without_kindness,
)
from daemon.mail.reading.roles import Played, Roles, longest, places, plays, roles_of
from daemon.mail.reading.sentences import is_short
from daemon.mail.reading.together import (
    CHARACTERS_MAX,
    SENTENCES_MAX,
    asks_why,
    goes_on,
    moved_instead,
    reported,
    together,
)
from daemon.mail.reading.tokens import folded
from daemon.mail.reading.values import CADENCES
from daemon.mail.reading.ways import ASKED, ENDS, OF_TIMES, OVER, SPOILT, WAYS

_SPARING = ("politely", "help_said", "no_said", "leave_said", "change_said", "report_said")
"""Where a "don't know" is part of what is asked for; what somebody is lost in, only where help is."""
WHOLE_CHARACTERS_MAX = 260
_DENIED_WITHIN = 4
_WITHIN = 12
"""How far apart the words of a command may stand."""


def gist(
    lines: Sequence[str], today: date, language: str, *, of_times: bool
) -> tuple[Said, list[str]] | None:
    """The one command of a short reply, and the sentences beside it."""
    short = without_kindness(lines, CHARACTERS_MAX, SENTENCES_MAX)
    if short is None:
        return None
    text, said = short
    words = spoken_words(text, language)
    roles = roles_of(words.code)
    parts = [part_of(sentence, words.code) for sentence in said]
    ticked = None if of_times else ticked_off(parts, roles)
    if ticked:
        return ticked, []
    found = [_one(part, words, roles, today) for part in parts]
    both = reported(parts, found, roles) if of_times else together(parts, found, roles)
    if both:
        return both, [each.text for each in parts if each.text[:120] != both.text]
    if words.code in ("en", "de") and _is_of_a_topic(parts, found, words, roles):
        return None
    if any(each and each.word == "skip" for each in found):
        # "No need to move it, skip tomorrow. We meet on the 16th anyway"
        found = [None if each and each.word == "meet" else each for each in found]
    if not of_times:  # "in January nothing works"
        found = [None if each and each.word == "none" else each for each in found]
    if any(each and each.word == "undo" for each in found) and any(map(asks_why, parts)):
        if not plays(roles.played(clause_of(text)), _PUTS_BACK):
            return None
    meant = [each for each in found if each]
    if not meant and len(parts) > 1 and len(text) <= WHOLE_CHARACTERS_MAX:
        whole = _one(part_of(" ".join(said), words.code), words, roles, today)
        found, meant = [whole] * len(parts), [whole] if whole else []
    if len({each.word for each in meant}) != 1 or not _is_asked(meant[0], of_times):
        return None
    last = max(at for at, each in enumerate(found) if each)
    behind = [part for part in parts[last + 1 :] if not goes_on(part, meant[0], roles)]
    if any(_ends(part, words, roles, first=True) for part in behind):
        return None
    if meant[0].word == "skip":
        meant = [moved_instead(lines, language) or meant[0]]
    rest = [part.text for part, each in zip(parts, found, strict=True) if each is None]
    return meant[0], list(lines) if meant[0].word in OF_A_QUESTION else rest


def _is_of_a_topic(
    parts: Sequence[Part], found: Sequence[Said | None], words: Lexicon, roles: Roles
) -> bool:
    """ "My draft is too long. Can we skip it?": something else was named, and nothing of ours."""
    last = next((at for at, each in enumerate(found) if each and each.word in ("move", "skip")), -1)
    if last < 0 or plays(roles.played(parts[last].tokens), ("ours", "another", "occasion")):
        return False
    for part in parts[: last + 1]:
        played = roles.played(part.tokens)
        told = places(played, ("cannot",))
        kept = things(part.text, part.tokens, words, played)
        if any(told.isdisjoint((at, at + 1)) for at in kept.topics()):
            return True
    return False


def may_report(lines: Sequence[str], language: str) -> bool:
    """Whether anything in it may have to reach a human being, however it goes on: a look that costs little."""
    text = "\n".join(lines)
    code = spoken_words(text, language).code
    return plays(roles_of(code).played(clause_of(text)), _OF_HARM)


_PUTS_BACK = ("restore", "goback", "shift_back", "begging", "politely")
_OF_HARM = ("report_said", "reports", "harm_sure", "hurt_said", "remarked", "pressed")
OF_A_QUESTION = ("same", "rarer")
"""What is an answer where a letter has asked for it, and words anywhere else."""


def _is_asked(said: Said, of_times: bool) -> bool:
    return said.word in OF_TIMES if of_times else said.word != "none"


def _ends(part: Part, words: Lexicon, roles: Roles, *, first: bool = False) -> bool:
    """Whether it leaves open what is said, or is about others."""
    played = roles.played(part.tokens)
    polite = places(played, _SPARING)
    polite |= places(played, ("lost",)) if plays(played, _OF_HELP) else set()
    ends = ("doubt", "telling") if plays(played, ("mistake", "undo_said")) else ENDS
    polite |= places(played, ("hurt_said",))
    told = plays(played, _TOLD)
    told |= plays(played, ("harm",)) and plays(played, ("reports",))
    ends = ("doubt", "corrects") if told else ends
    if any(
        each.role in ends and each.at not in polite and not _is_part(each, played)
        for each in played
    ):
        return True
    closed = any(at not in polite for at in conditions(part)) or (
        not plays(played, ("mentor_for_me",))
        and any(has(each, ("preferred_else",)) for each in words.found(part.tokens))
    )
    turns = first and bool(part.tokens) and part.tokens[0].text in BUTS.get(part.code, ())
    return closed or turns


def _is_part(one: Played, played: Sequence[Played]) -> bool:
    """Whether it is part of a longer phrase: "no se molesten" holds no "no sé"."""
    return any(
        each.role.endswith("_said") and each.at <= one.at and one.end < each.end for each in played
    )


_TOLD = ("help_said", "report_said", "hurt_said", "remarked", "pressed", "office", "who_in_team")
_SINGLE = ("stays", "goon", "restore", "quits", "shift", "skips", "pauses")
_OF_HELP = ("help_said", "helpme", "help_end")


def _one(part: Part, words: Lexicon, roles: Roles, today: date) -> Said | None:
    """The command of one sentence."""
    if len(part.tokens) > TOKENS_MAX or _ends(part, words, roles):
        return None
    played = _played(part, roles)
    settled = places(played, ("settled",))
    played = [
        each for each in played
        if (each.role not in _SINGLE or not _is_part(each, played))
        and (each.role != "another" or settled.isdisjoint(range(each.at, each.end)))
    ]  # fmt: skip
    found = words.found(part.tokens)
    if _only_thanks(part, found):
        return None
    kept = things(part.text, part.tokens, words, played)
    meant: dict[str, Said] = {}
    for word, ways in WAYS.items():
        meets = (w for w in ways if _is_played(w, played) and is_meant(w, part, played))
        way = next(meets, None)
        if way is None:
            continue
        used = longest(each for each in played if each.role in way)
        if _is_spoilt(word, part, played, used) or _is_foreign(word, used, played, found, kept):
            continue
        said = valued_as(word, part, words, roles, found, today)
        if said and not _denied(part, played, used) and not _turned(part, used):
            meant[word] = said
    if "skip" in meant and "move" in meant and not plays(played, ("noneed",)):
        if plays(played, ("another", "reschedule")):
            del meant["skip"]  # "I have to cancel tomorrow, could we find another time?"
    left = [word for word in meant if not any(word in OVER.get(other, ()) for other in meant)]
    if len(left) != 1:
        return None
    asked = left[0] in ASKED and plays(played, ("begging", "politely"))
    asked |= left[0] in ("help", "report", "change") or (
        left[0] == "move" and plays(played, ("another", "reschedule"))
    )
    return meant[left[0]] if asked or not part.asked else None


def _only_thanks(part: Part, found: Sequence[Found]) -> bool:
    """ "Thanks for finding another time so quickly"."""
    thanked = max(
        (each.end for each in found if each.at == 0 and has(each, ("thanks_for",))), default=0
    )
    line = folded(part.text)
    behind = line[part.tokens[thanked - 1].end :].rstrip(" .!") if thanked else ","
    return not any(mark in behind for mark in ",;:.!(-?")


def _is_spoilt(word: str, part: Part, played: Sequence[Played], used: Sequence[Played]) -> bool:
    """Whether these words are of something else. Another person spoils what that one does, another thing what is done
    with it: as the reason for a command they may be named."""
    acts = [each for each in used if each.role not in ("cannot", "occasion", "that_hour")] or list(
        used
    )
    begin, end = min(each.at for each in acts), max(each.end for each in acts)
    line = folded(part.text)
    usual, back = places(played, ("aside",)), places(played, ("back",))
    for each in played:
        if each.role not in SPOILT.get(word, ()) or (each.role == "habit" and each.at in usual):
            continue
        if each.role == "here" and each.at in back:
            continue
        if word == "cadence" and each.role == "others" and each.at == 0:
            return True  # "the company meets every two weeks from now on"
        if each.role == "others":
            beside = line[part.tokens[each.end - 1].end : part.tokens[begin].at]
            near = 0 <= begin - each.end <= _NEAR and not _is_marked(beside)
            near |= (
                word == "move" and begin < each.at < each.end < end
            )  # "must cancel her meetings"
            if word == "pause":  # "my father is ill and I need a break"
                near &= not any(token.text in _AND for token in part.tokens[each.end : begin])
            if not near:
                continue
        if each.role == "elsewhere":
            behind = line[part.tokens[end - 1].end : part.tokens[each.at].at]
            apart = any(mark in behind for mark in ",;:.!?(")
            if not begin <= each.at <= end + _NEAR or apart:
                continue
        return True
    return False


_NEAR = 4


def _is_marked(beside: str) -> bool:
    """Whether a clause ends there; the full stop of "bzw." ends none."""
    plain = " ".join(word for word in beside.split() if not is_short(word.rstrip(".")))
    return any(mark in plain for mark in ",;:.!?(")


def _is_by_others(act: Played, played: Sequence[Played], kept: Things) -> bool:
    """ "Meine Schwester ist … weg": somebody else begins the clause."""
    return any(
        each.role == "others"
        and each.end <= act.at
        and all(kept.joined[each.end : act.at + 1])
        and not all(kept.joined[max(each.at - 1, 0) : each.at + 1])
        and (each.at == 0 or kept.piece[each.at - 1].text not in _AND)
        for each in played
    )


def _is_foreign(
    word: str,
    used: Sequence[Played],
    played: Sequence[Played],
    found: Sequence[Found],
    kept: Things,
) -> bool:
    """Whether it is done to something else, or by it: "skip the small talk", "my exam needs to be rescheduled"."""
    reasons = places(used, _REASONS)
    acts = [each for each in used if each.role not in _REASONS and each.at not in reasons]
    acts = [each for each in acts if kept.piece[each.at].text != "auf"]
    if word not in ("no", "report", "help", "invite"):
        if any(_is_by_others(each, played, kept) for each in acts):
            return True
    if word not in _OF_THINGS:
        return False
    if kept.code not in ("en", "de"):
        if word == "cadence":
            return any(kept.is_object(each.end) for each in acts)
        if word == "no":  # "on n'a pas parlé du CV"
            return any(kept.is_of(each.end) for each in acts)
        return word in _OF_OBJECTS and any(kept.is_object(e.end, plainly=True) for e in acts)
    if word in ("cadence", "none", "invite"):
        often = [each.end for each in found if has(each, CADENCES)]
        ends = often[-1:] if word == "cadence" else [each.end for each in acts]
        ends = [end for end in ends if end not in places(used, ("enough",))]
        if any(map(kept.is_followed, ends)):
            return True
        if word == "invite":
            return False  # who comes along is somebody's friend
    return any(
        kept.is_object(each.end)
        or kept.is_subject(each.at)
        or (each.gapped and kept.holds(each.at, each.end))
        for each in acts
    )


_AND = ("e", "y", "et", "and", "und")
_REASONS = (
    "cannot",
    "occasion",
    "noneed",
    "wish",
    "lost",
    "back",
    "mistake",
    "toomuch",
    "nexttime",
    "despite",
    "office",
    "inquiry",
    "that_hour",
    "goback",
    "begging",
)
_OF_OBJECTS = ("skip", "move", "undo", "resume", "pause", "leave", "change")
_OF_THINGS = (
    "skip", "move", "undo", "keep", "resume", "pause", "leave", "change", "fewer", "help", "late", "cadence", "no", "language",
    "same", "meet", "none", "invite",
)  # fmt: skip


def _played(part: Part, roles: Roles) -> list[Played]:
    """The roles; "dá pra ver outra?" asks for another time by its last word."""
    played = roles.played(part.tokens)
    if part.asked and part.tokens and part.tokens[-1].text in _OTHERS:
        played.append(Played("another", len(part.tokens) - 1, len(part.tokens)))
    return played


_OTHERS = ("outra", "outro", "otra", "otro", "autre", "another")


def _is_played(way: Sequence[str], played: Sequence[Played]) -> bool:
    """Whether each of these roles is played, by words of its own."""
    taken: set[int] = set()
    for role in way:
        own = [e for e in played if e.role == role and taken.isdisjoint(range(e.at, e.end))]
        if not own:
            return False
        first = max(own, key=lambda e: e.end - e.at)
        taken |= set(range(first.at, first.end))
    return "cannot" in way or max(taken) - min(taken) <= _WITHIN


def _denied(part: Part, played: Sequence[Played], used: Sequence[Played]) -> bool:
    """Whether a "not" stands in front of the words of the command, in the same clause, and is no part of them."""
    covered = places(used, {each.role for each in used}) | places(played, ("fine", "absent"))
    nots = denials(part, covered)
    line = folded(part.text)
    for each in used:
        if (
            each.gapped
            and each.role != "hurt_said"
            and not denials(part, set()).isdisjoint(range(each.at, each.end))
        ):
            return True  # "ich bin nicht weg"
        for at in nots:
            between = line[part.tokens[at].end : part.tokens[each.at].at]
            if _closes_clause(part, at) or any(
                token.text in _AND for token in part.tokens[at : each.at]
            ):
                continue
            if 0 < each.at - at <= _DENIED_WITHIN and not any(mark in between for mark in ",;:.!("):
                return True
    return False


def _closes_clause(part: Part, at: int) -> bool:
    """ "Das schaffe ich nicht mehr und möchte aufhören": a "not" behind its verb, with an "and" behind that."""
    behind = [token.text for token in part.tokens[at + 1 : at + 3]]
    if behind[:1] and behind[0] in ("mehr", "plus"):
        behind = behind[1:]
    return part.code in ("de", "fr") and bool(behind) and behind[0] in ("und", "et", "also", "donc")


def _turned(part: Part, used: Sequence[Played]) -> bool:
    """Whether a "but" stands behind it."""
    end = max(each.end for each in used)
    return any(token.text in BUTS.get(part.code, ()) for token in part.tokens[end:])
