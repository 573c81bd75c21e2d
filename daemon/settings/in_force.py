"""Which value of a setting counts, for a program or for one pairing, and where it stands.

Not whether values go together: that is asked in contradictions.py and its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from daemon.settings.pairings import Draft
from daemon.settings.preset_files import preset_value
from daemon.settings.problem import Findings, Mark, shown
from daemon.settings.program_table import PROGRAM
from daemon.settings.programs import Page, rhythm_of

BY_NAME = {setting.name: setting for setting in PROGRAM}


@dataclass(frozen=True, slots=True)
class Said:
    """One value that counts. `at` is None where nobody wrote it; then `origin` says where it is from."""

    name: str
    text: str
    value: Any
    at: Mark | None = None
    origin: str = ""
    file: str = ""

    @property
    def written(self) -> str:
        """Name and value, as in the file."""
        return f"{self.name}: {shown(self.text)}"

    def words(self, file: str) -> str:
        """The same with its place, for a message about another setting in a file."""
        if self.at is None:
            return f"{self.written} ({self.origin})"
        place = f"line {self.at.line}" if file == self.file else f"{self.file}:{self.at.line}"
        return f"{self.written} ({place})"


@dataclass(frozen=True, slots=True)
class Frame:
    """A program, or one pairing with what its program says for all (`shared`, looked up once)."""

    page: Page
    draft: Draft | None = None
    shared: dict[str, Said | None] = field(default_factory=dict)

    def of(self, draft: Draft) -> Frame:
        """The frame of one of its pairings."""
        return Frame(self.page, draft, self.shared)

    def said(self, name: str) -> Said | None:
        """What counts under this name; None where it is written wrongly, which has been told."""
        if self.draft is not None:
            own = self.draft.values.get(name)
            if own is not None:
                return Said(name, own.text, own.value, own.at, file=self.draft.findings.file)
            if self.draft.node.names(name):
                return None
        if name not in self.shared:
            self.shared[name] = _of_page(self.page, name)
        return self.shared[name]

    def blamed(self, names: Iterable[str]) -> Said | None:
        """Which of several settings is told to be wrong: the last one written, and for a pairing only what
        it says itself (the rest is told once, for the program)."""
        found = [said for name in names for said in [self.said(name)] if said and said.at]
        if self.draft is not None:
            found = [said for said in found if said.name in self.draft.values]
        return max(found, key=lambda said: said.at or Mark(0, 0), default=None)

    def findings_of(self, said: Said) -> Findings:
        """Where a mistake of this setting is told: in the roster, where the pairing is a row of one."""
        return self.draft.findings_of(said.name) if self.draft else self.page.findings

    def refuse(self, names: tuple[str, ...], why: str, advice: str) -> None:
        """Settings that exclude each other, all with their places. Nothing where none is written here."""
        blamed, said = self.blamed(names), self._all(names)
        if blamed and blamed.at and said:
            others = listed_and(
                [each.words(blamed.file) for each in said if each.name != blamed.name]
            )
            text = f"{blamed.written}  does not go with {others}: {why}"
            self.findings_of(blamed).error(blamed.at, text, advice)

    def warn(self, names: tuple[str, ...], why: str, advice: str) -> None:
        """The first of these settings can never count, because of the others."""
        blamed, said = self.blamed(names), self._all(names)
        if not blamed or not blamed.at or not said:
            return
        idle, others = said[0], listed_and([each.words(blamed.file) for each in said[1:]])
        text = f"{idle.written}  has no effect with {others}: {why}"
        if blamed != idle:
            text = f"{blamed.written}  leaves no effect to {idle.words(blamed.file)}: {why}"
        self.findings_of(blamed).warning(blamed.at, text, advice)

    def _all(self, names: tuple[str, ...]) -> list[Said]:
        """All of them, or none where one is not understood."""
        said = [each for name in names for each in [self.said(name)] if each]
        return said if len(said) == len(names) else []


def _of_page(page: Page, name: str) -> Said | None:
    value = page.values.get(name)
    if value is not None:
        return Said(name, value.text, value.value, value.at, file=page.file)
    if name not in BY_NAME or (page.node is not None and page.node.names(name)):
        return None
    setting, preset = BY_NAME[name], page.values.get("preset")
    set_ = preset_value(preset.value, name, rhythm_of(page)) if preset else None
    if preset and set_:
        return Said(name, set_.text, set_.value, origin=f"the preset {preset.value}")
    return Said(name, setting.default_shown(), setting.default_value, origin="the default")


def listed_and(words: list[str]) -> str:
    """Some words as one: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
