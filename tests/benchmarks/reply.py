"""Row "reply" of the benchmarks: what was written in a reply, beside mail-parser-reply and email-reply-parser.

Not a test: it prints, for each side, how many replies are exact, in how many a line of the writer is lost, the median
time, and what hostile mails of 50 and 100 KB cost. Every side answers in a child of its own with a limit of time. Our
own replies are counted by our own contract: a closing with a name is cut, and inline answers keep what they answer;
nobody else does that, so corpora/replies is the fairer table.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks._reply_peers import ROUNDS, SIDES

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 10
HALF, WHOLE = 50_000, 100_000
HOSTILE = {
    "marks of quotes": ">",
    "`On `": "On ",
    "empty lines": "\n",
    "fields": "From: \n",
    "dashes": "--",
    "delimiters": "--\n",
    "dates": "2026-11-28 ",
    "one long line": "a",
    "introductions": "On Sat, 28 Nov 2026 at 07:00, Ana <ana@example.org> wrote:\n",
    "verbs": "she wrote:\n",
    "quotes in turn": "> x\ny\n",
    "footers": "Sent from my phone\n\n",
}


@dataclass(frozen=True)
class Answer:
    """What a child said of some texts; `took` in milliseconds. None of both when it was ended."""

    said: list[str]
    took: list[float]


def answer(side: str, texts: list[str], rounds: int, limit: float) -> Answer | None:
    """One side on these texts, in a child that is ended after so many seconds."""
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "texts.json"
        file.write_text(json.dumps({"texts": texts, "rounds": rounds}), "utf-8")
        command = [sys.executable, "-m", "tests.benchmarks._reply_peers", side, str(file)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=True
            )
        except subprocess.TimeoutExpired:
            return None
    return Answer(**json.loads(done.stdout))


def sets_of_cases() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Our own replies, and those of others where they are at hand."""
    own = sorted((ROOT / "tests/corpus/texts").glob("*.json"))
    yield (
        "tests/corpus/texts",
        [case for file in own for case in json.loads(file.read_text("utf-8"))],
    )
    shared = Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "corpora/replies/cases.json"
    if shared.is_file():
        loaded = json.loads(shared.read_text("utf-8"))
        yield "corpora/replies", loaded if isinstance(loaded, list) else loaded["cases"]


def lines_of(text: str) -> list[str]:
    """Spaces at line ends and empty lines around do not count."""
    return [line.rstrip() for line in text.strip().splitlines()]


def exactness(name: str, cases: list[dict[str, Any]]) -> None:
    """How many replies each side reads to the letter."""
    texts = [case["input"] for case in cases]
    wanted = [lines_of(case["expected"]) for case in cases]
    print(f"\n{name}: {len(cases)} replies{'exact':>24}{'lose words':>12}{'median':>12}")
    for side in SIDES:
        found = answer(side, texts, ROUNDS, 30 * LIMIT_SECONDS)
        if found is None:
            print(f"  {side:38} ended after {30 * LIMIT_SECONDS} s")
            continue
        said = [lines_of(text) for text in found.said]
        exact = sum(one == other for one, other in zip(said, wanted, strict=True))
        losing = sum(
            any(line and line not in one for line in other)
            for one, other in zip(said, wanted, strict=True)
        )
        median = statistics.median(found.took)
        print(f"  {side:38}{exact:8} {exact / len(cases):5.0%}{losing:12}{median:9.3f} ms")


def hostile() -> None:
    """What 100 KB cost, and how much more that is than 50 KB."""
    print(f"\n100 KB of{'':17}" + "".join(f"{side:>28}" for side in SIDES))
    for name, repeated in HOSTILE.items():
        texts = [(repeated * (size // len(repeated) + 1))[:size] for size in (HALF, WHOLE)]
        row = f"{name:26}"
        for side in SIDES:
            found = answer(side, texts, 3, LIMIT_SECONDS)
            if found is None:
                row += f"{f'over {LIMIT_SECONDS} s':>28}"
            else:
                half, whole = found.took
                row += f"{whole:14.1f} ms, x{whole / max(half, 0.001):7.1f}  "
        print(row, flush=True)


def main() -> None:
    """Both tables."""
    print(f"Python {platform.python_version()}, time of the processor")
    for name, cases in sets_of_cases():
        exactness(name, cases)
    hostile()


if __name__ == "__main__":
    main()
