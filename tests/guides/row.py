"""One row of a guide: what it asks for, and what here does it.

Not the rows: each guide has a file of its own beside this one; what they have in common is checked in test_guides.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """`asks` is in words of ours, `does` says how it is met. What proves it: the stories of `rules` and of `settings`, the tests
    named as `path::name`, and for what a preset sets the witnesses (witnesses.py and its neighbours), which fail
    without it; `meeting_types.first` is one block of a setting.

    `later` says what is missing while it is not met; `not_ours` why it is no matter of software. Both are counted.
    """

    id: str
    asks: str
    does: str
    rules: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    presets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    later: str = ""
    not_ours: str = ""
