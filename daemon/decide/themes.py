"""Themes out of bounds: what one of a pair has left out for both of them, and which questions are about it (the `leave out:` of
a reply).

Not what the files leave out (ideas.py), and not what is said to whoever wrote it: out_of_bounds.py. Nobody is told whose it is:
the other one, the contact and the log hear nothing of it at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from daemon.decide.seen import PairingTurn
from daemon.domain.asks import Ask
from daemon.domain.pair import ThemeOut, Undo
from daemon.domain.program import Program
from daemon.domain.value import replace

KEPT_MOST, OF_ALL_MOST = 12, 48
"""So many of one person, and of everybody in a group together; an older one gives way."""
_WORDS = re.compile(r"[^\W_]+")


def asks_of(program: Program) -> list[Ask]:
    """The questions of a program that may be an idea for anybody at all."""
    return [
        each
        for each in program.asks
        if each.theme not in program.themes_left_out
        and (program.sensitive_questions or not each.sensitive)
    ]


def themes_of(program: Program) -> list[str]:
    """What they are about, in the order of the alphabet."""
    return sorted({each.theme for each in asks_of(program)})


def theme_named(program: Program, written: str) -> str:
    """The theme that somebody means, as the banks call it; their own words where no theme has that name."""
    named = next((each.theme for each in program.asks if _plain(each.theme) == _plain(written)), "")
    return named or " ".join(written.split())


def leave_out(turn: PairingTurn, person: str, themes: Iterable[str]) -> bool:
    """From now on, for both; for a 1:1 that has had its ideas already, in what is still to be written of it. Whether that person
    had not left out all of them before."""
    before = [each for each in turn.state.themes_out if each.by == person]
    known, since = {each.theme for each in before}, turn.state.tally.numbered
    new = [ThemeOut(each, person, turn.now, since) for each in themes if each not in known]
    others = [each for each in turn.state.themes_out if each.by != person]
    own = [*before, *new][-KEPT_MOST:]
    turn.state = replace(turn.state, themes_out=(*others, *own)[-OF_ALL_MOST:])
    return bool(new)


def take_back_themes(turn: PairingTurn, undo: Undo) -> bool:
    """What that mail has left out; what the other one leaves out as well stays out."""
    person = turn.state.line.person(undo.role).id
    rest = tuple(each for each in turn.state.themes_out if (each.by, each.at) != (person, undo.at))
    found = rest != turn.state.themes_out
    turn.state = replace(turn.state, themes_out=rest)
    return found


def closed_from(turn: PairingTurn, asks: Sequence[Ask]) -> dict[str, int]:
    """Of questions about what is left out: from which number of a 1:1 on they are no idea any more. What came before that
    stays in its place, so that what was an idea lately does not come at once again."""
    themes = {each.theme for each in turn.program.asks}
    closed: dict[str, int] = {}
    for out in turn.state.themes_out:
        for ask in asks:
            if _is_about(ask, out.theme, known=out.theme in themes):
                closed[ask.text] = min(out.since, closed.get(ask.text, out.since))
    return closed


def is_asked_about(program: Program, theme: str) -> bool:
    """Whether the files leave it out already, or any question is about it."""
    known = theme in {each.theme for each in program.asks}
    named = theme in program.themes_left_out
    return named or any(_is_about(ask, theme, known=known) for ask in asks_of(program))


def _is_about(ask: Ask, theme: str, *, known: bool) -> bool:
    """By its theme; what is no theme of the banks is looked for in the words of the question."""
    return ask.theme == theme if known else f" {_plain(theme)} " in f" {_plain(ask.text)} "


def _plain(text: str) -> str:
    """Its words alone, without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORDS.findall("".join(c for c in decomposed if not unicodedata.combining(c))))
