"""How well letters that came back are understood: precision and recall of `suppress`, beside flufl.bounce's own.

    python -m tests.bounces.measure [--wrong] [SDIST]

Not a test by itself: tests/bounces/test_measure.py holds the numbers. The mails and what is expected of them are those in
the sdist of flufl.bounce (Apache-2.0), which pip fetches into a folder of its own; nothing of it is kept here.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

from flufl.bounce import all_failures

from daemon.mail.reading.incoming import read

PRECISION_LEAST, RECALL_LEAST = 0.95, 0.90
SDIST = "flufl.bounce>=6,<7"
TRIES = 3
PATIENCE_SECONDS = 60


class NotToBeHad(Exception):
    """The sdist is not here and cannot be fetched; the message says why."""


@dataclass(frozen=True)
class Case:
    """One mail, and the addresses that are to be written to no more, or that may be tried again."""

    name: str
    raw: bytes
    permanent: frozenset[str]
    temporary: frozenset[str]


@dataclass
class Score:
    """Right, wrong and missed addresses, and where."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, name: str, found: set[str], expected: Iterable[str]) -> None:
        """One mail's worth."""
        wanted = set(expected)
        self.right += len(found & wanted)
        self.wrong += [f"{name} {address}" for address in sorted(found - wanted)]
        self.missed += [f"{name} {address}" for address in sorted(wanted - found)]

    @property
    def precision(self) -> float:
        """Of those found, how many are right."""
        return self.right / (self.right + len(self.wrong) or 1)

    @property
    def recall(self) -> float:
        """Of those to be found, how many are."""
        return self.right / (self.right + len(self.missed) or 1)

    def __str__(self) -> str:
        return f"precision {self.precision:6.1%}   recall {self.recall:6.1%}   ({self.right} right, {len(self.wrong)} wrong, {len(self.missed)} missed)"


def fetched(into: Path) -> Path:
    """The sdist, as pip finds it; a download that hangs is begun anew."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-binary", "flufl.bounce", "--no-deps", "--dest", str(into)]
    last = "it takes too long"
    for _ in range(TRIES):
        try:
            asked = [*command, *options, SDIST]
            done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)  # fmt: skip
        except subprocess.TimeoutExpired:
            continue
        found = sorted(into.glob("flufl*bounce*.tar.gz"))
        if found:
            return found[0]
        last = (done.stderr.strip().splitlines() or ["nothing was downloaded"])[-1]
    raise NotToBeHad(f"the sdist of flufl.bounce cannot be fetched: {last}")


def cases(sdist: Path) -> list[Case]:
    """The mails of the sdist with what its own tests expect of them."""
    mails: dict[str, bytes] = {}
    tests: dict[str, str] = {}
    with tarfile.open(sdist) as archive:
        for member in archive.getmembers():
            content = archive.extractfile(member)
            folder, name = Path(member.name).parent.name, Path(member.name).name
            if content and folder == "data" and name.endswith(".txt"):
                mails[name] = content.read()
            elif content and folder == "tests" and name.endswith(".py"):
                tests[name] = content.read().decode()
    expected = _expectations(tests)
    known = {name for _, name, _ in expected}
    return [
        Case(name, raw, _of(expected, name, False), _of(expected, name, True))
        for name, raw in sorted(mails.items())
        if name in known
    ]


def _of(
    expected: list[tuple[bool, str, frozenset[str]]], name: str, temporary: bool
) -> frozenset[str]:
    each = [addresses for kind, mail, addresses in expected if (kind, mail) == (temporary, name)]
    return frozenset().union(*each)


def _expectations(tests: dict[str, str]) -> list[tuple[bool, str, frozenset[str]]]:
    """(temporary, mail, addresses) of every row of their table DETECTORS."""
    rows: list[tuple[bool, str, frozenset[str]]] = []
    for node in ast.walk(ast.parse(tests["test_detectors.py"])):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if (
            isinstance(node, ast.Assign)
            and isinstance(target, ast.Name)
            and target.id == "DETECTORS"
        ):
            for _, mail, addresses, temporary in ast.literal_eval(node.value):
                told = frozenset(each.decode().lower() for each in addresses)
                rows.append((temporary, mail, told))
    return rows


def ours(raw: bytes) -> set[str]:
    """The addresses that we would count this mail against."""
    return {each.address for each in read(raw).bounces if each.suppress and each.address}


def theirs(raw: bytes) -> set[str]:
    """Those that flufl.bounce calls permanent."""
    _, permanent = all_failures(message_from_bytes(raw))
    return {each.decode("utf-8", "replace").lower() for each in permanent}


def measured(all_cases: list[Case]) -> tuple[Score, Score]:
    """Our score and theirs."""
    own, other = Score(), Score()
    for case in all_cases:
        own.add(case.name, ours(case.raw), case.permanent)
        other.add(case.name, theirs(case.raw), case.permanent)
    return own, other


def main() -> None:
    """Print both scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sdist", nargs="?", type=Path)
    parser.add_argument("--wrong", action="store_true", help="name what is wrong or missed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = cases(asked.sdist or fetched(Path(folder)))
        except NotToBeHad as why:
            sys.exit(str(why))
    own, other = measured(found)
    print(f"{len(found)} mails of flufl.bounce's sdist, addresses to be written to no more:")
    print(f"oneonone      {own}")
    print(f"flufl.bounce  {other}")
    if asked.wrong:
        print(*(f"wrong   {each}" for each in own.wrong), sep="\n")
        print(*(f"missed  {each}" for each in own.missed), sep="\n")
    if own.precision < PRECISION_LEAST or own.recall < RECALL_LEAST:
        sys.exit(f"at least {PRECISION_LEAST:.0%} and {RECALL_LEAST:.0%} are asked for")


if __name__ == "__main__":
    main()
