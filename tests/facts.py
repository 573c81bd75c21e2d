"""The facts of letters as the fixtures know them, to hold against what the code sets.

Not a test: tests/mail/test_facts.py looks at the fixtures, and every letter of a story is held against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from daemon.mail.fixtures import FIXTURES
from daemon.mail.render import COMMON_NAMES, Rendering, Templates
from daemon.mail.source import ThreadKind

Names = frozenset[str]


def names_of(facts: Mapping[str, Any]) -> Names:
    """The facts of one letter by name."""
    return frozenset(facts)


def inner_names(touchpoint: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, Names]]:
    """The names inside facts that are tables, or lists of them; those told to the contact for each word."""
    for name, value in facts.items():
        where = f"{facts['fact']}: {name}" if touchpoint == "admin" else name
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield where, frozenset(each)


def known_names(touchpoint: str) -> frozenset[Names]:
    """Every set of facts that a fixture of that letter has."""
    return frozenset(names_of(fixture.facts) for fixture in FIXTURES[touchpoint])


def known_inner_names(touchpoint: str) -> frozenset[tuple[str, Names]]:
    """The same of the tables in them."""
    return frozenset(
        each for fixture in FIXTURES[touchpoint] for each in inner_names(touchpoint, fixture.facts)
    )


KNOWN = {touchpoint: known_names(touchpoint) for touchpoint in FIXTURES}
KNOWN_INSIDE = {touchpoint: known_inner_names(touchpoint) for touchpoint in FIXTURES}


def unknown_to_fixtures(touchpoint: str, facts: Mapping[str, Any]) -> list[str]:
    """What the code says of a letter and no fixture does, or the other way round."""
    found = names_of(facts)
    wrong = []
    if found not in KNOWN[touchpoint]:
        nearest = min(KNOWN[touchpoint], key=lambda known: len(known ^ found))
        wrong.append(f"{touchpoint}: {sorted(found ^ nearest)}")
    for name, inside in inner_names(touchpoint, facts):
        if (name, inside) not in KNOWN_INSIDE[touchpoint]:
            wrong.append(f"{touchpoint}: {name}: {sorted(inside)}")
    return wrong


class WatchedTemplates(Templates):
    """Templates that accept only facts which a fixture has shown to the linter."""

    def render(
        self, touchpoint: str, language: str, context: Mapping[str, Any],
        thread: ThreadKind | None = None,
    ) -> Rendering:  # fmt: skip
        """As ever, after a look at the names."""
        facts = {name: value for name, value in context.items() if name not in COMMON_NAMES}
        wrong = unknown_to_fixtures(touchpoint, facts)
        assert not wrong, wrong
        return super().render(touchpoint, language, context, thread)
