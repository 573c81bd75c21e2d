"""Masks: what of an answer a `fields=` parameter lets through ("nextPageToken,items(id,start/dateTime)").

Not which of it is a secret: a test plants titles, and looks whether one ever comes by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.servers.google.schema import Discovery, Json

Mask = dict[str, "Mask"]
"""By name, the mask of what is below it; empty for all of it."""
_PART = re.compile(r"\s*([\w*]+|[(),/])\s*")


class BadMask(Exception):
    """A mask that cannot be read, or names what is not there."""


def mask_of(text: str) -> Mask:
    """The mask in words. Raises BadMask."""
    found = _PART.findall(text)
    if "".join(found) != re.sub(r"\s", "", text):
        raise BadMask(f"Invalid field selection {text}")
    words = iter([*found, ")"])
    mask = _listed(words)
    if next(words, None) is not None:
        raise BadMask(f"Invalid field selection {text}")
    return mask


def _listed(words: Iterator[str]) -> Mask:
    mask: Mask = {}
    while True:
        name = next(words, "")
        if not re.fullmatch(r"[\w*]+", name):
            raise BadMask(f"Invalid field selection at {name!r}")
        below = mask.setdefault(name, {})
        after = next(words, "")
        while after == "/":
            below = below.setdefault(next(words, ""), {})
            after = next(words, "")
        if after == "(":
            below.update(_listed(words))
            after = next(words, "")
        if after == ")":
            return mask
        if after != ",":
            raise BadMask(f"Invalid field selection at {after!r}")


def check(mask: Mask, discovery: Discovery, schema: Json) -> None:
    """Raises BadMask where it names what the schema does not have."""
    properties = discovery.properties(schema)
    if properties is None:
        return
    for name, below in mask.items():
        if name == "*":
            continue
        if name not in properties:
            raise BadMask(f"Invalid field selection {name}")
        check(below, discovery, properties[name])


def masked(value: Any, mask: Mask) -> Any:
    """What is left of an answer."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [masked(each, mask) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: masked(value[name], mask[name]) for name in value if name in mask}
