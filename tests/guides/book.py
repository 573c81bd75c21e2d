"""docs/guides.md: the rows of the five guides, what does each, and what proves it.

Not a test: test_guides.py wants every row to be proved, put off or judged to be no matter of software.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from tests.guides.row import Row
from tests.guides.rows import GUIDES, ROWS
from tests.stories.book import Book, book

HEAD = """\
# The five guides, row by row

<!-- Made by `python -m tests.guides.book > docs/guides.md`; a test fails when it is out of date. -->

This program comes from five published guides to mentoring. Each row is one thing that a guide asks for, in words of ours;
what does it here; and what proves it: stories in tests/stories (by the rules and settings of [rules.md](rules.md)), other
tests by name, and for what a preset sets a witness in tests/guides, which fails when the setting is taken out of the preset,
or a block of it, or one line that it lists.
"""
WITNESS = "tests/guides/test_presets_at_work.py"


def proofs(row: Row, stories: Book) -> Iterator[str]:
    """Everything that proves a row, as `path` or `path::name`: what was written for it first, then a story of each of its rules
    and settings, then the others."""
    yield from row.tests
    for preset, names in row.presets.items():
        yield from (f"{WITNESS}[{preset}-{name}]" for name in names)
    told = [stories.rows.get(name, []) for name in row.rules]
    told += [stories.settings.get(name, []) for name in row.settings]
    for each in zip_longest(*told):
        yield from (f"tests/stories/{story}" for story in each if story)


def document() -> str:
    """The page."""
    stories = book()
    met = [row for row in ROWS if not row.later and not row.not_ours]
    later = [row for row in ROWS if row.later]
    not_ours = [row for row in ROWS if row.not_ours]
    parts = [
        HEAD,
        f"{len(ROWS)} rows: {len(met)} met, {len(later)} not yet, {len(not_ours)} no matter of software.\n",
        _resting(met),
    ]
    for preset, (title, rows) in GUIDES.items():
        parts.append(f"## `{preset}`: {title}\n")
        parts.append(
            "| row | the guide asks for | what does it | by | shown by |\n|--|--|--|--|--|"
        )
        parts[-1] += "".join(f"\n{_line(row, stories)}" for row in rows) + "\n"
    return "\n".join(parts)


def _resting(met: list[Row]) -> str:
    """What the met rows rest on."""
    set_ = [row for row in met if row.presets]
    return (
        f"Of those that are met, {len(set_)} rest on something that a preset sets. The other {len(met) - len(set_)} name nothing "
        "of a preset: they are met by\nrules and defaults, the same for every program, or by what only a program can say "
        "(`conduct:`, `link:`, `resources:`).\n"
    )


def _line(row: Row, stories: Book) -> str:
    if row.not_ours:
        return f"| {row.id} | {row.asks} | **No matter of software.** {row.not_ours} | | |"
    does = row.does[:1].upper() + row.does[1:]
    if row.later:
        does = f"{does + '. ' if does else ''}**Not yet: {row.later}.**"
    by = [*(f"`{name}:`" for name in row.settings), *(f"`{name}.md`" for name in row.letters)]
    shown = list(dict.fromkeys(proofs(row, stories)))
    few = [f"`{each.removeprefix('tests/')}`" for each in shown[:4]]
    more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""
    return f"| {row.id} | {row.asks} | {does} | {' '.join(by)} | {'<br>'.join(few)}{more} |"


if __name__ == "__main__":
    print(document(), end="")
