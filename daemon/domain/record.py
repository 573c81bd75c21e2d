"""Domain values ↔ plain documents (dicts, lists, strings), for stores and digests.

Not a store, and not tied to one: what comes back is validated against the types on the way in.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from daemon.domain.observation import Observation
from daemon.domain.world import State

T = TypeVar("T")


def document(value: Any) -> Any:
    """A value as plain JSON values; datetimes become RFC 3339 strings. Where several words may stand, its
    own stands under `is`."""
    return msgspec.to_builtins(value, str_keys=True)


def value_of(kind: type[T], plain: Any) -> T:
    """The value back from its document. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(plain, kind, strict=True, str_keys=True)


def observation_of(plain: Any) -> Observation:
    """The observation back from its document."""
    seen: Observation = msgspec.convert(plain, Observation, strict=True, str_keys=True)
    return seen


def state_document(state: State) -> dict[str, msgspec.Raw]:
    """A lane's state under `state`. It is text already: a state is written far more often than read, and is
    by far the largest of all documents."""
    return {"state": msgspec.Raw(msgspec.json.encode(state))}


def state_of(plain: dict[str, msgspec.Raw]) -> State:
    """The state back from its document."""
    state: State = msgspec.json.decode(plain["state"], type=State)
    return state
