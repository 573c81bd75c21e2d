"""JSON Schemas of the files people write, made from the same tables as docs/settings.md, for editors.

Not the check: that is `run.py check`, which says more and knows what several settings mean together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from daemon.domain.agenda import TYPES
from daemon.settings.account_table import ACCOUNT, WHOLE
from daemon.settings.addresses import Mentees
from daemon.settings.agenda_kinds import BLOCK_PATTERN, BLOCKS_MOST, Agendas
from daemon.settings.alarm_kinds import Command
from daemon.settings.bank_table import ASK, BANK
from daemon.settings.day_kinds import Stretches
from daemon.settings.few_kinds import AUTO, DaysOrNever, NumberOrAuto, OneOf
from daemon.settings.kinds import Choice, Key, Kind, Number, Numbers, Text, TimeOfDay, YesNo
from daemon.settings.preset_files import SETTABLE
from daemon.settings.program_table import PROGRAM
from daemon.settings.readers import Readers
from daemon.settings.rhythm import Lengths
from daemon.settings.roster_table import MEMBER, PAIRING, PERSON, STRETCH
from daemon.settings.setting import Setting
from daemon.settings.substitute_table import SUBSTITUTE

FILES: dict[str, str] = {
    "program": "A program: programs/NAME.yaml",
    "people": "People about whom a program file does not say enough: people.yaml",
    "oneonone": "The whole installation: oneonone.yaml",
    "questions": "A bank of questions: questions/NAME.yaml",
    "preset": "What a preset sets: presets/NAME.yaml",
}


def schema(file: str) -> str:
    """The schema of one kind of file, as text (JSON Schema 2020-12)."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FILES[file]}
    return json.dumps({**head, **_whole(file)}, ensure_ascii=False, indent=2) + "\n"


def _whole(file: str) -> dict[str, Any]:
    match file:
        case "people":
            person = _block(PERSON)
            return {
                "anyOf": [
                    {"type": "object", "additionalProperties": person},
                    {"type": "array", "items": person},
                ]
            }
        case "oneonone":
            return _block(WHOLE)
        case "questions":
            bank = _block(BANK)
            told = bank["properties"]["questions"]["description"]
            bank["properties"]["questions"] = {
                "description": told,
                "type": "array",
                "items": _block(ASK),
            }
            return bank
        case "preset":
            return _block(SETTABLE)
        case _:
            return _block(PROGRAM)


def _block(table: Iterable[Setting]) -> dict[str, Any]:
    settings = list(table)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [each.name for each in settings if each.required],
        "properties": {each.name: _told(each) for each in settings},
    }


def _told(setting: Setting) -> dict[str, Any]:
    allowed = "" if setting.nested else f" Allowed: {setting.kind.allowed}."
    default = f" Default: {setting.default_shown()}." if setting.default_shown() else ""
    meaning = f"{setting.meaning[:1].upper()}{setting.meaning[1:]}."
    told = {"description": f"{meaning}{allowed}{default}", **_shape(setting)}
    return told if setting.nested else {**told, "examples": [setting.example]}


def _shape(setting: Setting) -> dict[str, Any]:
    """What may stand behind the name: a block, one value, or several."""
    if setting.name == "pairings":
        pairing = _block(PAIRING)
        pairing["required"].remove("mentee")
        either = [{"required": ["mentee"]}, {"required": ["mentees"]}]
        return {"type": "array", "items": {**pairing, "anyOf": either}}
    if isinstance(setting.kind, Agendas):
        block = {"type": "string", "pattern": BLOCK_PATTERN}
        agenda = {"type": "array", "items": block, "minItems": 1, "maxItems": BLOCKS_MOST}
        types = dict.fromkeys(TYPES, agenda)
        return {"type": "object", "additionalProperties": False, "properties": types}
    if setting.name == "substitute":
        return _block(SUBSTITUTE)
    if setting.nested:
        return {"type": "object", "additionalProperties": _block(ACCOUNT)}
    one = _value(setting.kind)
    if not setting.repeats:
        return one
    entries = [one]
    if isinstance(setting.kind, Stretches):
        names = ("from", "to", "name") if setting.kind.named else ("from", "to")
        entries.append(_block(each for each in STRETCH if each.name in names))
    if isinstance(setting.kind, Mentees):
        entries.append(_block(MEMBER))
    each = entries[0] if len(entries) == 1 else {"anyOf": entries}
    return {"anyOf": [*entries, {"type": "array", "items": each}]}


def _value(kind: Kind) -> dict[str, Any]:
    """What YAML 1.2 makes of a good value. What only `check` can judge is any text."""
    match kind:
        case Number(low, high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case DaysOrNever(low, high):
            return {"anyOf": [{"const": 0}, {"type": "integer", "minimum": low, "maximum": high}]}
        case NumberOrAuto(low, high):
            return {
                "anyOf": [{"const": AUTO}, {"type": "integer", "minimum": low, "maximum": high}]
            }
        case OneOf(numbers):
            return {"enum": list(numbers)}
        case Numbers() | Lengths():
            return {"type": ["integer", "string", "array"], "items": {"type": "integer"}}
        case Readers():
            return {"type": ["string", "array"], "items": {"type": "string"}}
        case Command():
            return {"type": ["string", "array"], "items": {"type": ["string", "number", "boolean"]}}
        case Choice(words):
            return {"enum": [int(word) if word.isdecimal() else word for word in words]}
        case YesNo():
            return {"type": "boolean"}
        case TimeOfDay():
            return {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}
        case Key():
            return {"type": ["string", "integer"], "pattern": "^[a-z0-9-]{1,40}$"}
        case Text(characters_max):
            return {"type": ["string", "number"], "minLength": 1, "maxLength": characters_max}
        case _:
            return {"type": "string", "minLength": 1}
