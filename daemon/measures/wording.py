"""The measures as lines that a person reads: a label and what there is to say, headline first.

Not where they are shown: the screen, a Markdown page and a letter to the contact share them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

TOO_FEW = "too few to say"
SURE = (
    ("sure at the start", "skill_start"), ("sure half-way", "skill_mid"), ("sure at the end", "skill_end"),
)  # fmt: skip
HOURS_FROM = 120
"""From so many minutes on a time is said in hours."""


def rows(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is nought and would only be read past is left out; the headline is always there."""
    yield "time to repair", _time(facts["median_minutes_to_repair"])
    yield "fell out", str(facts["fell_out"])
    if facts["fell_out"]:
        yield "repaired", _of(facts["repaired"], facts["repaired_percent"], facts["fell_out"])
    yield "1:1s due", str(facts["due"])
    yield "took place", _of(facts["held"], facts["adherence_percent"], facts["due"])
    if facts["held"]:
        yield "confirmed by a word", str(facts["held_confirmed"])
        yield "presumed, by silence", str(facts["held_presumed"])
    yield "both take part", _percent(facts["engagement_percent"], "of the pairings that run")
    if facts["goals_set"]:
        yield "goals set", str(facts["goals_set"])
    if facts["goals_done"] is not None and facts["goals_set"]:
        yield "goals reached", _of(facts["goals_done"], facts["goals_percent"], facts["goals_set"])
    yield "to-dos done", str(facts["to_dos_done"])
    if facts["satisfaction"] is not None:
        yield (
            "satisfaction",
            f"{facts['satisfaction']} of 5 ({facts['satisfaction_answers']} answers)",
        )
    for label, name in SURE:
        if facts[name] is not None:
            yield label, f"{facts[name]} of 5 ({facts[f'{name}_answers']} answers)"
    if facts["skill_delta"] is not None:
        answers = facts["skill_delta_answers"]
        yield "surer at the end", f"{facts['skill_delta']:+} of 5 ({answers} answers)"
    if facts["worth"] is not None:
        yield "worth", f"{facts['worth']} of 5 ({facts['worth_answers']} answers)"
    if facts["pairings"]:
        said = ", ".join(f"{count} {name}" for name, count in facts["pairings"].items())
        yield "pairings", said


def _time(minutes: float | None) -> str:
    if minutes is None:
        return TOO_FEW
    if minutes < HOURS_FROM:
        return f"{minutes:g} minutes of waking time"
    return f"{minutes / 60:.1f} hours of waking time"


def _of(count: int, percent: int | None, whole: int) -> str:
    if not whole:
        return "none"
    return f"{count} of {whole}" + ("" if percent is None else f" ({percent} %)")


def _percent(percent: int | None, of_what: str) -> str:
    return TOO_FEW if percent is None else f"{percent} % {of_what}"


def days(first: date, last: date) -> str:
    """`12 Oct to 8 Nov 2026`, both included."""
    begin = f"{first.day} {first:%b}" + (f" {first:%Y}" if first.year != last.year else "")
    return f"{begin} to {last.day} {last:%b %Y}"


def markdown(facts: Mapping[str, Any], name: str, first: date, last: date) -> str:
    """A page with front matter, as wikis and note-takers read it."""
    head = {"title": f"{name}: measures", "program": facts["program"], "since": first.isoformat(), "until": last.isoformat()}  # fmt: skip
    plain = {k: v for k, v in facts.items() if k not in head and isinstance(v, int | float)}
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in {**head, **plain}.items())
    table = "\n".join(f"| {label} | {text} |" for label, text in rows(facts))
    return (
        f"---\n{front}\n---\n\n# {name}: {days(first, last)}\n\n| measure | |\n|--|--|\n{table}\n"
    )
