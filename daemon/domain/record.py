"""Domain values ↔ plain documents (dicts, lists, strings), for stores and digests.

Not a store, and not tied to one: what comes back is validated against the types on the way in.
"""

from __future__ import annotations

from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from daemon.domain.effect import CHANGES, Change, Effect
from daemon.domain.observation import OBSERVATIONS, Observation
from daemon.domain.world import State

T = TypeVar("T")

_CHANGES = {kind.__name__: kind for kind in CHANGES}
_OBSERVATIONS = {kind.__name__: kind for kind in OBSERVATIONS}
_STATES = {kind.__name__: kind for kind in get_args(State)}
_NAMED = {**_CHANGES, **_OBSERVATIONS, **_STATES}


def document(value: Any) -> Any:
    """A dataclass as plain JSON values; datetimes become RFC 3339 strings."""
    return msgspec.to_builtins(value, str_keys=True)


def value_of(kind: type[T], plain: Any) -> T:
    """The dataclass back from its document. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(plain, kind, strict=True, str_keys=True)


def _named(value: Any) -> dict[str, Any]:
    return {"is": type(value).__name__, **document(value)}


def _of_named(plain: dict[str, Any], kinds: dict[str, type]) -> Any:
    return value_of(kinds[plain["is"]], {name: plain[name] for name in plain if name != "is"})


def observation_document(seen: Observation) -> dict[str, Any]:
    """An observation with its word under `is`."""
    return _named(seen)


def observation_of(plain: dict[str, Any]) -> Observation:
    """The observation back from its document."""
    seen: Observation = _of_named(plain, _OBSERVATIONS)
    return seen


def state_document(state: State) -> dict[str, Any]:
    """A lane's state under `state`, and its word under `is`. It is text already: a state is written far
    more often than read, and is by far the largest of all documents."""
    return {"is": type(state).__name__, "state": msgspec.Raw(msgspec.json.encode(state))}


def state_of(plain: dict[str, Any]) -> State:
    """The state back from its document, as made above or as read from a file."""
    kind, held = _STATES[plain["is"]], plain["state"]
    written = isinstance(held, msgspec.Raw)
    state: State = msgspec.json.decode(held, type=kind) if written else value_of(kind, held)
    return state


def effect_document(effect: Effect) -> dict[str, Any]:
    """An effect; its change carries its word under `is`."""
    plain: dict[str, Any] = document(effect)
    plain["change"]["is"] = type(effect.change).__name__
    return plain


def effect_of(plain: dict[str, Any]) -> Effect:
    """The effect back from its document."""
    change: Change = _of_named(plain["change"], _CHANGES)
    rest = value_of(_EffectFields, {name: plain[name] for name in plain if name != "change"})
    return Effect(change=change, **{name: getattr(rest, name) for name in _FIELDS})


# msgspec cannot tell several dataclasses in a union apart, so the change travels under its own word
# and the remaining fields are validated through a struct made from the same annotations.
_FIELDS = tuple(name for name in Effect.__dataclass_fields__ if name != "change")
_HINTS = get_type_hints(Effect)
_EffectFields: Any = msgspec.defstruct(
    "_EffectFields", [(name, _HINTS[name]) for name in _FIELDS], frozen=True
)
