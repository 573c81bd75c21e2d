"""What Google's own discovery document, bundled with google-api-python-client, says of a request and of an answer.

Not the meaning of either: a body can be right by its schema and refused all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

Json = dict[str, Any]
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict, "any": object,
}  # fmt: skip


class Method:
    """One method of the document: `calendar.events.insert`."""

    def __init__(self, told: Json) -> None:
        self.id: str = told["id"]
        self.http: str = told["httpMethod"]
        self.parameters: Json = told.get("parameters", {})
        self.request: str = told.get("request", {}).get("$ref", "")
        self.response: str = told.get("response", {}).get("$ref", "")
        self.scopes: tuple[str, ...] = tuple(told.get("scopes", ()))
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", told["path"])
        self.path = re.compile(pattern)


class Discovery:
    """`api` is a name like `calendar.v3`."""

    def __init__(self, api: str) -> None:
        document = json.loads(
            files("googleapiclient.discovery_cache")
            .joinpath("documents", f"{api}.json")
            .read_text()
        )
        self.schemas: Json = document["schemas"]
        self.common: Json = document["parameters"]
        self.methods = list(_methods(document))

    def method(self, http: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method of that path (without the base of the API), and what the path names; None where there is none."""
        for each in self.methods:
            found = each.path.fullmatch(path)
            if found and each.http == http:
                return each, {name: unquote(value) for name, value in found.groupdict().items()}
        return None

    def wrong_in_query(self, method: Method, query: Mapping[str, Sequence[str]]) -> list[str]:
        """What the query of a request has that this method does not know, or not so."""
        wrong: list[str] = []
        known = {**self.common, **method.parameters}
        for name, values in query.items():
            told = known.get(name)
            if told is None or told.get("location") == "path":
                wrong.append(f"{method.id}: no parameter {name}")
                continue
            if len(values) > 1 and not told.get("repeated"):
                wrong.append(f"{method.id}: {name} more than once")
            for value in values:
                wrong += [f"{method.id}: {name}={value}: {why}" for why in _wrong_text(told, value)]
        for name, told in method.parameters.items():
            if told.get("required") and told.get("location") == "query" and name not in query:
                wrong.append(f"{method.id}: {name} is required")
        return wrong

    def wrong_in_request(self, method: Method, value: object) -> list[str]:
        """What is not as the schema has it, and what this method requires and is not there. In a patch null takes a field
        away (developers.google.com/calendar/api/guides/performance, "Patch")."""
        wrong = list(
            self._wrong({"$ref": method.request}, value, method.request, method.http == "PATCH")
        )
        for name, told in self.schemas[method.request].get("properties", {}).items():
            required = method.id in told.get("annotations", {}).get("required", ())
            if required and isinstance(value, dict) and value.get(name) is None:
                wrong.append(f"{method.request}: {name} is required")
        return wrong

    def wrong_in_body(self, schema: str, value: object) -> list[str]:
        """What is not as the schema has it, each with its place."""
        return list(self._wrong({"$ref": schema}, value, schema, False))

    def _wrong(self, told: Json, value: object, where: str, nulls: bool) -> Iterator[str]:
        if "$ref" in told:
            told = self.schemas[told["$ref"]]
        if value is None and nulls:
            return
        kind = told.get("type", "any")
        right = isinstance(value, _TYPES[kind]) and not (
            kind in ("integer", "number") and isinstance(value, bool)
        )
        if not right:
            yield f"{where}: {value!r} is no {kind}"
        elif isinstance(value, str):
            yield from (f"{where}: {why}" for why in _wrong_text(told, value))
        elif isinstance(value, list):
            for at, each in enumerate(value):
                yield from self._wrong(told["items"], each, f"{where}[{at}]", nulls)
        elif isinstance(value, dict):
            yield from self._wrong_in_object(told, value, where, nulls)
        elif told.get("format") == "int32" and not -(2**31) <= value < 2**31:  # type: ignore[operator]
            yield f"{where}: {value!r} is no int32"

    def _wrong_in_object(self, told: Json, value: Json, where: str, nulls: bool) -> Iterator[str]:
        properties, others = told.get("properties", {}), told.get("additionalProperties")
        for name, each in value.items():
            if name in properties:
                yield from self._wrong(properties[name], each, f"{where}.{name}", nulls)
            elif others:
                yield from self._wrong(others, each, f"{where}.{name}", nulls)
            else:
                yield f"{where}: no property {name}"

    def properties(self, schema: Json) -> Json | None:
        """What an object may hold; None where its names are anybody's."""
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"]]
        if schema.get("type") == "array":
            return self.properties(schema["items"])
        return None if "additionalProperties" in schema else schema.get("properties", {})


@lru_cache(maxsize=4)
def discovery(api: str) -> Discovery:
    """Read once: it has thousands of lines."""
    return Discovery(api)


def _methods(node: Json) -> Iterator[Method]:
    for told in node.get("methods", {}).values():
        yield Method(told)
    for below in node.get("resources", {}).values():
        yield from _methods(below)


def _wrong_text(told: Json, value: str) -> Iterator[str]:
    """By its type (of a parameter everything is text), its format, its values, its pattern."""
    kind, form = told.get("type"), told.get("format")
    whole = kind == "integer" or form in ("int64", "uint64")
    if whole and not re.fullmatch(r"-?\d+", value):
        yield "no integer"
    elif whole and not int(told.get("minimum", -(2**63))) <= int(value) <= int(told.get("maximum", 2**63)):  # fmt: skip
        yield f"{value} is not from {told.get('minimum')} to {told.get('maximum')}"
    if kind == "boolean" and value not in ("true", "false"):
        yield "neither true nor false"
    if "enum" in told and value not in told["enum"]:
        yield f"{value!r} is none of {told['enum']}"
    if "pattern" in told and not re.fullmatch(told["pattern"], value):
        yield f"{value!r} is not like {told['pattern']}"
    if form == "date-time" and not _is_instant(value):
        yield f"{value!r} is no time as RFC 3339 has it"
    if form == "date" and not _is_date(value):
        yield f"{value!r} is no date"
    if form == "byte" and not re.fullmatch(r"[\w+/-]*={0,2}", value):
        yield "no base64"


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?")
"""RFC 3339, 5.6. Without an offset in an event alone, which names a zone (EventDateTime.dateTime)."""


def _is_instant(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return _INSTANT.fullmatch(value) is not None


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10
