"""Domain values ↔ plain documents (dicts, lists, strings), for stores and digests.

Not a store, and not tied to one: what comes back is validated against the types on the way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

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
    "themes": ("themes_out",),
    "links": ("links",),
    "handover": ("handover",),
    "before": ("undo", "closed_proposals"),
    "group": ("members",),
    "group-line": (),
    "group-marks": ("group_marks",),
}
"""The rows of a state, with the fields that are not in the first: what stands on a calendar, which effects were asked
for, what went out, what people wrote, the themes and links in it, what is carried over, and what could be taken back. Only those that changed are written, and each stays
within ROW_BYTES_MAX (DESIGN 6); in `words` notes of up to 4,000 characters lie in full until the other one has them.
The line of a group names up to thirteen people, and has a row of its own."""
ROW_BYTES_MAX = 8_192
OWN_LANE = "/./"
"""In the stems of a pairing's marks, in the place of its lane: it stands in nearly all of them, and is a tenth of the row."""
_Values: TypeAlias = dict[str, msgspec.Raw]
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
    whole = msgspec.json.decode(msgspec.json.encode(_shortened(state)), type=_Values)
    if "group_marks" in whole:
        whole["group_marks"] = _by_letter(whole["group_marks"])
    many = isinstance(state, PairingState) and bool(state.line.members)
    for name, value in whole.items():
        row = "group-line" if many and name == "line" else _ROW_OF.get(name, "state")
        documents[row][name] = value
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
    if "group_marks" in whole:
        whole["group_marks"] = _by_stem(whole["group_marks"])
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


def _by_letter(marks: msgspec.Raw) -> msgspec.Raw:
    """Of a letter that everybody in a group gets, what is the same for all of them stands there once."""
    letters: dict[str, _Values] = {}
    for stem, mark in msgspec.json.decode(marks, type=_Values).items():
        letter, _, person = stem.rpartition("/")
        letters.setdefault(letter, {})[person] = mark
    return msgspec.Raw(msgspec.json.encode(letters))


def _by_stem(marks: msgspec.Raw) -> msgspec.Raw:
    letters = msgspec.json.decode(marks, type=dict[str, _Values])
    return msgspec.Raw(
        msgspec.json.encode(
            {
                f"{letter}/{person}": mark
                for letter, of in letters.items()
                for person, mark in of.items()
            }
        )
    )
