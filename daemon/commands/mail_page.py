"""One mail on the screen: its kind, whose it is, what was understood and what was left out.

Not the facts: daemon/commands/reading_mail.py, and --json prints them as they are.
"""

from __future__ import annotations

import textwrap
from typing import Any

from rich.console import Console
from rich.text import Text

from daemon.commands.looking import COLUMNS

LABEL = 11
LINES_MOST = 40


def show_mail(out: Console, facts: dict[str, Any]) -> None:
    """A page, never wider than 80 columns."""
    width = min(COLUMNS, out.width)
    head = f"── {_short(facts['file'], width - 8)} "
    out.print(Text(head + "─" * max(3, width - len(head)), "bold"), no_wrap=True)
    _row(out, "kind", facts["kind"], width)
    if facts["person"]:
        trust = f", {facts['trust']}" if facts["trust"] else ""
        _row(out, "person", f"{facts['person']}{trust}", width)
    for each in facts["commands"]:
        _row(out, "command", f"{each['word'].upper()}: {each['reading']}", width)
    if facts["text"]:
        _row(out, "text", facts["text"], width)
    for part in ("quoted", "signature"):
        if facts[part]:
            lines = facts[part].count("\n") + 1
            _row(out, part, f"{lines} line{'s' if lines > 1 else ''}, left out", width)
    if facts["calendar"]:
        said = (f"{name} {value}" for name, value in facts["calendar"].items() if value)
        _row(out, "calendar", "\n".join(said), width)
    if facts["bounce"]:
        _row(out, "bounce", _bounce(facts["bounce"]), width)
    for each in facts["problems"]:
        _row(out, "problem", each, width)


def _bounce(bounce: dict[str, Any]) -> str:
    how = "for good" if bounce["hard"] else "for now"
    then = "write to it no more" if bounce["suppress"] else "try again"
    return (
        f"{bounce['address'] or 'an address that is not named'}: {bounce['reason']}, {how}; {then}"
    )


def _row(out: Console, label: str, value: str, width: int) -> None:
    lines = [
        part
        for line in value.split("\n")
        for part in textwrap.wrap(line, max(20, width - LABEL), replace_whitespace=False) or [""]
    ]
    more = len(lines) - LINES_MOST
    shown = [*lines[:LINES_MOST], *([f"and {more} lines more: --json"] if more > 0 else [])]
    for number, line in enumerate(shown):
        start = Text(f"{'' if number else label:<{LABEL}}", "dim")
        out.print((start + Text(line)) if line else Text(""), soft_wrap=True)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"…{name[-most + 1 :]}"
