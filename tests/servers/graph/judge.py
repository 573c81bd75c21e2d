"""Judge: what crosses the wire, held against Microsoft's own models (models.json, tests/graph/models.py).

Not whether it makes sense: only whether each name and kind is one that Graph has.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

MODELS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "models.json").read_text(encoding="utf-8")
)["models"]
_ACTIONS = ("getSchedule", "cancel")
"""Their parameters may be written in any case (PROVIDERS 6)."""


def wrong_in(model: str, body: Any, where: str = "") -> list[str]:
    """Where it is not as that model has it."""
    if not isinstance(body, dict):
        return [f"{where or model} is no {model}"]
    known, wrong = MODELS[model], list[str]()
    if model in _ACTIONS:
        known = {name.lower(): kind for name, kind in known.items()}
        body = {name.lower(): value for name, value in body.items()}
    for name, value in body.items():
        if "@odata." in name or name == "@removed":
            continue
        if name not in known:
            wrong.append(f"{where}{model} has no {name}")
        elif value is not None:
            wrong += _wrong(known[name], value, f"{where}{model}.{name}: ")
    return wrong


def _wrong(kind: str, value: Any, where: str) -> list[str]:
    if kind.startswith("["):
        if not isinstance(value, list):
            return [f"{where}not many"]
        return [each for one in value for each in _wrong(kind[1:-1], one, where)]
    if kind.startswith("#"):
        return wrong_in(kind[1:], value, where)
    return [] if _fits(kind, value) else [f"{where}{value!r} is no {kind}"]


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "any":
            return True
        case "string":
            return isinstance(value, str)
        case "bool":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float)
        case "datetime":
            return isinstance(value, str) and _parses(datetime.fromisoformat, _short(value))
        case "date":
            return isinstance(value, str) and _parses(date.fromisoformat, value)
        case "time":
            return isinstance(value, str) and bool(re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?", value))
    return value in kind.split("|")


def _short(moment: str) -> str:
    """Graph writes seven digits of a second."""
    return re.sub(r"(\.\d{6})\d+", r"\1", moment)


def _parses(read: Any, text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
