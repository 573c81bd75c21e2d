"""Domain values ↔ plain documents (dicts, lists, strings), for stores and digests.

Not a store, and not tied to one: what comes back is validated against the types on the way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from daemon.domain.observation import Observation
from daemon.domain.value import replace
from daemon.domain.world import PairingState, State

T = TypeVar("T")

STATE_ROWS: dict[str, tuple[str, ...]] = {
    "state": (),
    "calendar": ("series", "hand_made", "stranger", "copies", "answered"),
    "marks": ("marks",),
    "letters": ("sent", "returned", "mails", "addresses", "doubts", "advisors", "unwritten"),
    "words": ("notes", "agenda", "actions", "goals", "own_next", "done", "follow_ups"),
    "handover": ("handover",),
    "before": ("undo", "closed_proposals"),
    "group": ("members",),
    "group-marks": ("group_marks",),
}
"""The rows of a state, with the fields that are not in the first: what stands on a calendar, which effects were asked
for, what went out, what people wrote, what is carried over, and what could be taken back. Only those that changed are written, and each stays
within ROW_BYTES_MAX (DESIGN 6); in `words` notes of up to 4,000 characters lie in full until the other one has them."""
ROW_BYTES_MAX = 8_192
OWN_LANE = "/./"
"""In the stems of a pairing's marks, in the place of its lane: it stands in nearly all of them, and is a tenth of the row."""
_ROW_OF = {name: row for row, names in STATE_ROWS.items() for name in names}


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


def state_documents(state: State) -> dict[str, dict[str, msgspec.Raw]]:
    """A lane's state by the row in which each part of it lies. The values are text already: a state is written
    far more often than read, and is by far the largest of all documents."""
    documents: dict[str, dict[str, msgspec.Raw]] = {row: {} for row in STATE_ROWS}
    whole = msgspec.json.decode(msgspec.json.encode(_shortened(state)), type=dict[str, msgspec.Raw])
    for name, value in whole.items():
        documents[_ROW_OF.get(name, "state")][name] = value
    return documents


def too_large(state: State) -> Iterator[tuple[str, int]]:
    """The rows of a state that are larger than they may be."""
    for row, values in state_documents(state).items():
        size = len(msgspec.json.encode(values))
        if size > ROW_BYTES_MAX:
            yield row, size


def state_of(documents: Iterable[Mapping[str, msgspec.Raw]]) -> State:
    """The state back from its documents."""
    whole = {name: value for each in documents for name, value in each.items()}
    state: State = msgspec.json.decode(msgspec.json.encode(whole), type=State)
    return _in_full(state)


def _shortened(state: State) -> State:
    if not isinstance(state, PairingState):
        return state
    return _renamed(state, f"/pairing/{state.line.pairing}/", OWN_LANE)


def _in_full(state: State) -> State:
    if not isinstance(state, PairingState):
        return state
    return _renamed(state, OWN_LANE, f"/pairing/{state.line.pairing}/")


def _renamed(state: PairingState, old: str, new: str) -> PairingState:
    marks, of_group = (
        {stem.replace(old, new, 1): mark for stem, mark in marks.items()}
        for marks in (state.marks, state.group_marks)
    )
    return replace(state, marks=marks, group_marks=of_group)
