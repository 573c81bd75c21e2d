"""Simulates the product of the present folder until one of the named checkers finds something, and prints that.

Not the search through seeds: run.py beside it, which starts this as a process of its own in a copy of the product. To end
at the first find halves the time that eight planted bugs take.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from daemon.mail.render import Templates
from daemon.settings import load_or_raise
from daemon.simulate.whole_run import simulate
from run import Wire


class Seen(BaseException):
    """A checker found what it was asked to find: nothing of the daemon takes this for a failure of its own."""


def look(seed: int, pairings: int, weeks: int, wanted: tuple[str, ...]) -> str:
    """The first find of the wanted checkers (none named: of any); empty where there is none."""

    def seen(invariant: str, what: str) -> None:
        if not wanted or invariant in wanted:
            raise Seen(f"{invariant} {what}")

    try:
        simulate(
            load_or_raise(Path("config")).config, Wire().acted_memory, pairings=pairings, weeks=weeks, seed=seed,
            faults="heavy", templates=Templates([Path("templates")]), on_violation=seen,
        )  # fmt: skip
    except Seen as found:
        return str(found)
    return ""


if __name__ == "__main__":
    print(json.dumps(look(*map(int, sys.argv[1:4]), tuple(sys.argv[4:]))))
