"""`python -m tests.simulate.seeds [--seeds 20]`: program-years summed over seeds, against what has to hold.

Not a unit test: it runs `run.py simulate` as anybody would, two at a time, and adds up what it printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from connectors.memory.faults import CALLS

ROOT = Path(__file__).resolve().parents[2]
SUMMED = (
    "beats", "meetings_due", "meetings_held", "cancellations", "answered_in_time", "repaired",
    "letters", "crashes", "zombies", "duplicates", "lost",
)  # fmt: skip
COUNTED = ("behaviours", "faults", "crash_points")


def one(seed: int, pairings: int, weeks: int, hash_seed: str = "0") -> dict[str, Any]:
    """The facts of one seed."""
    command = [sys.executable, "run.py", "simulate", "--json", "--faults", "heavy"]
    command += ["--seed", str(seed), "--pairings", str(pairings), "--weeks", str(weeks)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), f"seed {seed} ended with {done.returncode}"
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def wanting(total: Counter[str], counts: dict[str, Counter[str]], seeds: int) -> list[str]:
    """What has to hold over all seeds and does not; rare things have to occur in twenty seeds."""
    checks = {
        "a violation, a duplicate or a loss": total["violations"]
        or total["duplicates"]
        or total["lost"],
        "fewer than 50 cancellations a seed": total["cancellations"] < 50 * seeds,
        "under 80 % of those answered in time were repaired": total["repaired"]
        < 0.8 * total["answered_in_time"],
        "fewer than 3 letters a held meeting": total["letters"] < 3 * total["meetings_held"],
        "under 70 % of the due meetings held": total["meetings_held"] < 0.7 * total["meetings_due"],
        "another digest under another PYTHONHASHSEED": total["digests_differ"],
    }
    never = [what for each in COUNTED for what, count in counts[each].items() if not count]
    if seeds >= 20 and never:
        checks[f"never occurred: {', '.join(never)}"] = True
    return [what for what, wrong in checks.items() if wrong]


def main(arguments: list[str] | None = None) -> int:
    """Run the seeds and print the sums; 1 when something that has to hold does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--pairings", type=int, default=25)
    parser.add_argument("--weeks", type=int, default=52)
    given = parser.parse_args(arguments)
    total: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    counts["faults"].update(dict.fromkeys(CALLS, 0))
    out = Console(soft_wrap=True)
    with ThreadPoolExecutor(2) as two:
        again = two.submit(one, 1, given.pairings, given.weeks, "4711")
        seeds = range(1, given.seeds + 1)
        for facts in two.map(lambda seed: one(seed, given.pairings, given.weeks), seeds):
            _add(facts, total, counts)
            out.print(_line(facts))
            if facts["seed"] == 1:
                total["digests_differ"] = facts["digest"] != again.result()["digest"]
    for table in _tables(total, counts):
        out.print(table)
    wrong = wanting(total, counts, given.seeds)
    out.print("\n".join(f"DOES NOT HOLD: {what}" for what in wrong) or "All of it holds.")
    return 1 if wrong else 0


def _add(facts: dict[str, Any], total: Counter[str], counts: dict[str, Counter[str]]) -> None:
    for name in SUMMED:
        total[name] += facts[name]
    total["violations"] += sum(facts["violations_by_invariant"].values())
    for name in COUNTED:
        for what, count in facts[name].items():
            counts[name][what] += count


def _line(facts: dict[str, Any]) -> str:
    words = [f"{name} {facts[name]}" for name in ("meetings_held", "meetings_due", "letters")]
    words += [f"{name} {facts[name]}" for name in ("cancellations", "duplicates", "lost")]
    return (
        f"seed {facts['seed']:2}  {'  '.join(words)}  "
        f"violations {facts['violations']}  digest {facts['digest'][:12]}"
    )


def _tables(total: Counter[str], counts: dict[str, Counter[str]]) -> list[Table]:
    sums = Table("over all seeds", "sum")
    for name in (*SUMMED, "violations"):
        sums.add_row(name.replace("_", " "), str(total[name]))
    tables = [sums]
    for name, counter in counts.items():
        table = Table(name.replace("_", " "), "how often")
        for what, count in sorted(counter.items()):
            table.add_row(what, str(count))
        tables.append(table)
    return tables


if __name__ == "__main__":
    sys.exit(main())
