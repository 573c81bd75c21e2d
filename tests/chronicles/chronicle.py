"""A chronicle: a doctest of who does what on a stage, in which every act prints what the daemon decides next.

Not a story of one rule: it follows a pair for weeks and holds everything that it is told and that is put on a
calendar, with the reasons. A change of a rule shows here as what it changes for people.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.people import Days, Hours
from daemon.domain.value import replace
from daemon.ports import Ports
from tests.chronicles.telling import Told
from tests.stories import cast
from tests.stories.stage import Stage, before, running

FOLDER = Path(__file__).resolve().parent
ACTS = ("until", "passes", "sleeps_until", "reconfigured", "ruled", "release")
WORDS: dict[str, Any] = {
    **{name: each for name, each in vars(cast).items() if name.isupper()},
    **{each.__name__: each for each in (Cadence, Days, Hours, RegularTime, Step, date, replace)},
    "line": cast.line,
}


class Chronicle:
    """The words of one chronicle: `begin(...)` or `invite(...)`, then people by their id, `until(...)` and the rest."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.words: dict[str, Any] = {**WORDS, "begin": self.begin, "invite": self.invite}

    def invite(self, *lines: Any, **wishes: Any) -> None:
        """The files are new; nobody has been written to yet."""
        self._take(Stage(*lines, **wishes))

    def begin(self, *lines: Any, **wishes: Any) -> None:
        """Both have said yes; where `at` is given, everything until then is over and read."""
        self._take((before if "at" in wishes else running)(*lines, **wishes))

    def _take(self, stage: Stage) -> None:
        wire: Callable[[Ports], Ports] = stage.wire
        stage.wire = lambda ports: self._heard(wire(ports))  # type: ignore[method-assign]
        self._heard(stage.daemon.ports)
        self.words["stage"] = stage
        for id, someone in stage.people.items():
            self.words[id] = _Acting(someone, self)
        for name in ACTS:
            self.words[name] = self.telling(getattr(stage, name))
        self.words["meetings"] = self.telling(lambda *pairing: _meetings(stage, *pairing))

    def _heard(self, ports: Ports) -> Ports:
        ports.store = Told(ports.store, self.told)  # type: ignore[assignment]
        return ports

    def telling(self, act: Callable[..., Any]) -> Callable[..., None]:
        """The same act, after which everything new is printed, and what a look at something shows."""

        def acted(*said: Any, **more: Any) -> None:
            seen = act(*said, **more)
            for each in (*self.told, *(seen or ())):
                print(each)
            self.told.clear()

        return acted


class _Acting:
    """A person whose acts are told."""

    def __init__(self, someone: Any, chronicle: Chronicle) -> None:
        self._someone, self._chronicle = someone, chronicle

    def __getattr__(self, name: str) -> Callable[..., None]:
        return self._chronicle.telling(getattr(self._someone, name))


def _meetings(stage: Stage, pairing: str = "") -> list[str]:
    """How every meeting stands that is not forgotten yet, in the order of when it was planned."""
    return [
        " ".join(filter(None, (str(m.origin), m.standing, m.evidence, m.settled_by, m.off)))
        for m in sorted(stage.state(pairing).meetings, key=lambda m: str(m.origin))
    ]
