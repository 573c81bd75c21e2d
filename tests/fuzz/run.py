"""`python -m tests.fuzz.run`: mutated mails and calendars through the reader; none may stop it, or slow it.

Not a proof: what it finds is kept as a file, and made again by --seed S --only N.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from rich.progress import Progress

from daemon.mail.reading.options import read_tables
from tests.fuzz.material import GOOD, material
from tests.fuzz.mutators import mutated
from tests.fuzz.through import Passed, passed, peak_mib, understood

BATCH = 250
SECONDS_MAX = 2.0
MIB_MAX = 256
SHOWN_MOST = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """One batch: what was wrong, the slowest, the peak, and whether the good mail after it was handled."""

    count: int
    wrong: tuple[Passed, ...]
    slowest: Passed
    mib: float
    next_handled: bool


def good_is_handled() -> bool:
    """An ordinary reply, read as ever."""
    incoming, words, meaning = understood(GOOD)
    chosen = [(said.word, said.numbers) for said in meaning.said]
    return (incoming.kind, words.text, chosen) == ("human", "2", [("choose", (2,))])


def batch(numbers: range, seed: int) -> Outcome:
    """Some of them, in this process."""
    found = material()
    read_tables()
    results = [passed(number, *mutated(seed, number, found)) for number in numbers]
    wrong = tuple(each for each in results if each.wrong or each.seconds > SECONDS_MAX)
    slowest = max(results, key=lambda each: each.seconds)
    return Outcome(len(results), wrong, slowest, peak_mib(), good_is_handled())


def batches(count: int, seed: int, processes: int) -> Iterator[Outcome]:
    """All of them, over the processors; the state of no other program is inherited."""
    parts = [range(at, min(at + BATCH, count)) for at in range(0, count, BATCH)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(partial(batch, seed=seed), parts)
        finally:
            pool.shutdown(cancel_futures=True)


def keep(each: Passed, seed: int, folder: Path) -> Path:
    """The input as a file."""
    is_calendar, raw = mutated(seed, each.number, material())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}-{each.number}.{'ics' if is_calendar else 'eml'}"
    path.write_bytes(raw)
    return path


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__)
    parser.add_argument(
        "--mails", type=int, default=200_000, help="how many, a fifth of them calendars"
    )
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument(
        "--only", type=int, metavar="N", help="that one, with its traceback if it has one"
    )
    parser.add_argument(
        "--minutes", type=float, default=600, help="then no further batch is counted"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--out", type=Path, default=Path("fuzz-found"), help="where failing inputs are kept"
    )
    return parser.parse_args(arguments)


def _one(seed: int, number: int, folder: Path) -> int:
    found = passed(number, *mutated(seed, number, material()))
    path = keep(found, seed, folder)
    print(f"{path}: {found.wrong or 'nothing wrong'} {found.where} in {found.seconds:.3f} s, peak {peak_mib():.0f} MiB")  # fmt: skip
    return 1 if found.wrong or found.seconds > SECONDS_MAX else 0


def main(arguments: list[str] | None = None) -> int:
    """0 where every promise was kept, 1 where one was not."""
    asked = _asked(arguments)
    if asked.only is not None:
        return _one(asked.seed, asked.only, asked.out)
    began = time.monotonic()
    print("material:", ", ".join(f"{count} {name}" for name, count in material().counts))
    outcomes: list[Outcome] = []
    with Progress(disable=not sys.stderr.isatty(), transient=True) as shown:
        task = shown.add_task("mutated mails", total=asked.mails)
        for outcome in batches(asked.mails, asked.seed, asked.processes):
            outcomes.append(outcome)
            shown.advance(task, outcome.count)
            for each in outcome.wrong:
                path = keep(each, asked.seed, asked.out)
                print(f"  {each.wrong or 'slow'} {each.where} {each.seconds:.2f} s  {path}  --seed {asked.seed} --only {each.number}", flush=True)  # fmt: skip
            if time.monotonic() - began > asked.minutes * 60:
                break
    return _told(outcomes, asked.seed, time.monotonic() - began)


def _told(outcomes: list[Outcome], seed: int, seconds: float) -> int:
    wrong = [each for outcome in outcomes for each in outcome.wrong if each.wrong]
    slow = [each for outcome in outcomes for each in outcome.wrong if each.seconds > SECONDS_MAX]
    slowest = max((outcome.slowest for outcome in outcomes), key=lambda each: each.seconds)
    mib, handled = max(o.mib for o in outcomes), sum(o.next_handled for o in outcomes)
    print(
        f"{sum(o.count for o in outcomes)} mutated mails and calendars, seed {seed}, in {seconds:.0f} s",
        f"  uncaught exceptions        {len(wrong)}",
        f"  over {SECONDS_MAX:.0f} s                   {len(slow)}",
        f"  slowest                    {slowest.seconds:.3f} s of computing (--only {slowest.number})",
        f"  peak memory of a process   {mib:.0f} MiB, at most {MIB_MAX}",
        f"  the next good mail handled {handled} of {len(outcomes)} times",
        sep="\n",
    )
    kept = not wrong and not slow and mib < MIB_MAX and handled == len(outcomes)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
