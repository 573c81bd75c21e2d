"""Whether every template works, before a letter needs it: each name is known in every branch, each sample renders.

Not the samples: those are in fixtures.py. And not the house style, which only a reader can judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from daemon.mail.fixtures import FIXTURES
from daemon.mail.foot import wrong_foot
from daemon.mail.mistakes import meant, unknown_word
from daemon.mail.render import COMMON_NAMES, Templates
from daemon.mail.sandbox import TESTS, filter_names
from daemon.mail.source import Source, TemplateFailed

_NAMES_LISTED_MAX = 40


def check(
    templates: Templates, on_progress: Callable[[float], None] = lambda _: None
) -> list[TemplateFailed]:
    """Every problem of every template in every language, all at once (trap_77)."""
    wrong = templates.wrong_words()
    found = {(each.template, each.line, each.why): each for each in wrong}
    for language in sorted(templates.languages()):
        for each in wrong_foot(templates, language):
            found.setdefault((each.template, each.line, each.why), each)
    every = [
        (each, name)
        for each in sorted(templates.languages())
        for name in templates.touchpoints(each)
    ]
    for done, (language, touchpoint) in enumerate(every):
        on_progress(done / len(every))
        for each in _problems(templates, touchpoint, language):
            # a foot closes all letters, and each is written in the words of its language
            found.setdefault((each.template, each.line, each.why), each)
    return list(found.values())


def _problems(templates: Templates, touchpoint: str, language: str) -> list[TemplateFailed]:
    fixtures = FIXTURES.get(touchpoint)
    if fixtures is None:
        return [
            TemplateFailed(
                f"{language}/{touchpoint}.md", 1, f"no letter is called {touchpoint}",
                meant(touchpoint, FIXTURES) or "The names are those of the shipped templates.",
            )
        ]  # fmt: skip
    contexts = [fixture.context() for fixture in fixtures]
    try:
        tree, needed, source = templates.parsed(touchpoint, language)
        unknown = needed - COMMON_NAMES.union(*contexts)
        slips = [
            *_unknown_names(tree, source, contexts, unknown),
            *_unknown_parts(tree, source, contexts),
            *_unknown_words(tree, source),
        ]
        for context in () if slips else contexts:
            templates.render(touchpoint, language, context)
    except TemplateFailed as problem:
        return [problem]
    return slips


Contexts = Sequence[Mapping[str, Any]]


def _unknown_names(
    tree: nodes.Template, source: Source, contexts: Contexts, unknown: set[str]
) -> Iterator[TemplateFailed]:
    """Names that nobody will hand over, also in branches that no sample takes."""
    known = COMMON_NAMES.union(*contexts)
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            yield _slip(source, node.lineno, node.name, known)


def _unknown_parts(
    tree: nodes.Template, source: Source, contexts: Contexts
) -> Iterator[TemplateFailed]:
    """Parts like `me.frist` that no sample has, in every branch."""
    reach = _Reach(tree, contexts)
    for node in tree.find_all(nodes.Getattr):
        owners = [each for each in reach.values(node.node) or () if each is not None]
        if owners and not any(_has(owner, node.attr) for owner in owners):
            whole = _dotted(node)
            parts = {part for owner in owners for part in _parts(owner)}
            yield _slip(source, node.lineno, whole, parts)


def _unknown_words(tree: nodes.Template, source: Source) -> Iterator[TemplateFailed]:
    """Filters and tests: Jinja2 itself looks for those of a branch when it is taken."""
    for kind, found, known in (
        ("filter", tree.find_all(nodes.Filter), filter_names()),
        ("test", tree.find_all(nodes.Test), TESTS),
    ):
        for node in found:
            if node.name not in known:
                yield source.failed(node.lineno, *unknown_word(kind, node.name, known))


def _slip(source: Source, line: int, written: str, known: Iterable[str]) -> TemplateFailed:
    """`known` are the names, or the parts where it is a part of something that is written."""
    names = sorted(known)
    owner, dot, part = written.rpartition(".")
    advice = meant(part, names).replace("mean ", f"mean {owner}{dot}")
    if not advice and len(names) <= _NAMES_LISTED_MAX:
        advice = f"Known here: {', '.join(f'{owner}{dot}{name}' for name in names)}."
    text = source.text.split("\n")[line - 1]
    found = re.search(rf"\b{re.escape(written)}\b", text) or re.search(rf"\b{part}\b", text)
    column = found.start() + 1 if found else 1
    return source.failed(line, f"{written} is nothing that this letter knows", advice, column)


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_dotted(node.node)}.{node.attr}"
        case nodes.Filter() if node.node is not None:
            return _dotted(node.node)
        case _:
            return "…"


def _has(owner: Any, part: str) -> bool:
    return part in owner if isinstance(owner, Mapping) else hasattr(owner, part)


def _parts(owner: Any) -> list[str]:
    if isinstance(owner, Mapping):
        return list(owner)
    return [name for name in dir(owner) if name[0] != "_" and not callable(getattr(owner, name))]


class _Reach:
    """Which values an expression can have, over all samples; None where that cannot be told."""

    def __init__(self, tree: nodes.Template, contexts: Contexts) -> None:
        names = {name for context in contexts for name in context}
        self._scope: dict[str, list[Any] | None] = {
            name: [context[name] for context in contexts if name in context] for name in names
        }
        self._looped: dict[str, list[Any] | None] = {}
        for each in (*tree.find_all(nodes.Assign), *tree.find_all(nodes.Macro)):
            for name in each.find_all(nodes.Name):
                if name.ctx in ("store", "param"):
                    self._scope[name.name] = None
        for loop in tree.find_all(nodes.For):
            self._loop(loop)

    def _loop(self, loop: nodes.For) -> None:
        """What its name stands for: the entries of the list, where one name takes them whole."""
        for name in loop.target.find_all(nodes.Name):
            self._scope[name.name] = None
        if isinstance(loop.target, nodes.Name):
            entries, before = self._entries(loop.iter), self._looped.get(loop.target.name, [])
            both = None if entries is None or before is None else [*before, *entries]
            self._looped[loop.target.name] = self._scope[loop.target.name] = both

    def values(self, node: nodes.Node) -> list[Any] | None:
        """All values that a name or a part of it has in the samples."""
        match node:
            case nodes.Name():
                return self._scope.get(node.name)
            case nodes.Getattr():
                owners = self.values(node.node)
                if owners is None:
                    return None
                return [_part(each, node.attr) for each in owners if _has(each, node.attr)]
            case nodes.Filter(name="first" | "last") if node.node is not None:
                return self._entries(node.node)
            case _:
                return None

    def _entries(self, node: nodes.Node) -> list[Any] | None:
        lists = self.values(node)
        if lists is None:
            return None
        return [entry for each in lists if isinstance(each, list | tuple) for entry in each]


def _part(owner: Any, part: str) -> Any:
    return owner[part] if isinstance(owner, Mapping) else getattr(owner, part)
