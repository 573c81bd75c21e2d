"""Whether a foot of one's own tells apart all that the shipped one does: who reads the reply, and the subject of each thread.

Not its words: whatever is said in a branch is the admin's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from daemon.mail.fixtures import FIXTURES
from daemon.mail.render import Templates
from daemon.mail.sandbox import environment
from daemon.mail.source import CAME_ALONG, READS, TemplateFailed, front_of, read, silent_subjects

_BRANCH = re.compile(r"{%-? *(?:el)?if (.+?) *-?%}\n(.+)")
_ELSE = re.compile(r"{%-? *else")
_NOBODY_KNOWN = ""
"""What no letter says in `reads:`, so that the last else answers it."""
_GROUP = ("Ben", "Cleo", "Dan")


@dataclass(frozen=True, slots=True)
class _Branch:
    """What the shipped foot says to some of the letters: on which condition, in which words."""

    condition: str
    words: str

    @property
    def copied(self) -> str:
        """As it stands there."""
        return f"{{% elif {self.condition} %}} {self.words}"


def wrong_foot(templates: Templates, language: str) -> list[TemplateFailed]:
    """What is missing in the foot of that language; nothing where it does not work at all, which each letter tells."""
    try:
        silent = silent_subjects(templates.folders, language).values()
        return [
            *(TemplateFailed(*each) for each in silent),
            *_not_told_apart(templates, language),
        ]
    except TemplateFailed:
        return []


def _not_told_apart(templates: Templates, language: str) -> Iterator[TemplateFailed]:
    """Letters about which the last else, or the words for a pair, would say something untrue."""
    written, path = read(templates.folders, "_foot.md", language)
    line = max((at for at, each in enumerate(written.splitlines(), 1) if _ELSE.match(each)), default=1)  # fmt: skip
    branches, told = _shipped(language), set[_Branch]()
    for reads in READS:
        for group in ((), _GROUP):
            branch = _taken(branches, reads, group)
            if branch is None or branch in told or (reads == "group" and not group):
                continue
            said = _said(templates, language, reads, group)
            as_others = [_said(templates, language, _NOBODY_KNOWN, group)]
            if group and reads != "group" and branch != _taken(branches, reads, ()):
                as_others.append(_said(templates, language, reads, ()))
            if said in as_others:
                told.add(branch)
                whose = "a letter to a group" if group else "a letter"
                yield TemplateFailed(
                    str(path), line,
                    f'{whose} with reads: {reads} gets the words of others: {said.splitlines()[0] if said else "nothing"}',
                    f"Copy from the shipped one: {branch.copied}",
                )  # fmt: skip


def _said(templates: Templates, language: str, reads: str, group: tuple[str, ...]) -> str:
    given = {**FIXTURES["off"][0].context(), "reads": reads, "group": [*group]}
    return templates.foot(language, given)


def _shipped(language: str) -> list[_Branch]:
    text, path = read([CAME_ALONG], "_foot.md", language)
    return [_Branch(*found) for found in _BRANCH.findall(front_of(text, path)[1])]


def _taken(branches: list[_Branch], reads: str, group: tuple[str, ...]) -> _Branch | None:
    """The words that the shipped foot has for such a letter; None for those of its last else."""
    room = environment()
    return next(
        (
            each
            for each in branches
            if room.compile_expression(each.condition)(reads=reads, group=[*group])
        ),
        None,
    )
