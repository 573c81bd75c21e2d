"""`python -m tests.mutation.run`: changes the rules one small thing at a time and looks whether a test fails.

Not a test of the rules but of their tests: a mutant that survives is a line that nobody looks at.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from tests.mutation.choosing import PROCESSES, ROOT, RULES, chosen, touching
from tests.mutation.judging import Judge, Verdict, all_judged, copies
from tests.mutation.mutants import Mutant, mutants_of


def drawn(mutants: dict[str, list[Mutant]], size: int, seed: int) -> list[Mutant]:
    """A sample in which each file has its share, by chance inside the file and in an order of chance."""
    total = sum(map(len, mutants.values()))
    if size >= total:
        return [each for file in sorted(mutants) for each in mutants[file]]
    chance = Random(seed)
    exact = {file: size * len(found) / total for file, found in sorted(mutants.items())}
    share = {file: math.floor(part) for file, part in exact.items()}
    # Which files get what is left over is drawn too, or the smallest would never be seen.
    left = [file for file in exact if exact[file] > share[file]]
    chance.shuffle(left)
    for file in sorted(left, key=lambda f: share[f] > 0)[: size - sum(share.values())]:
        share[file] += 1
    sample = [each for file in share for each in chance.sample(mutants[file], share[file])]
    chance.shuffle(sample)  # so that a run that is cut short has tried a bit of everything
    return sample


def interval(found: int, of: int) -> tuple[float, float]:
    """95 % by Wilson. The shares by file make it a little wider than it need be."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, found / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def told(verdict: Verdict) -> str:
    """A mutant in one line."""
    m = verdict.mutant
    after = " ".join(m.after.split())
    return f"{verdict.outcome:<9} {RULES}/{m.file}:{m.line} [{m.kind}, {verdict.tests} tests] {m.before} → {after}"


def show(verdicts: list[Verdict], possible: dict[str, int], seconds: float) -> None:
    """The table, the survivors, the score."""
    table = Table(title="mutants of the rules", title_justify="left")
    for heading in ("file", "possible", "drawn", "found", "survived", "untouched", "score"):
        table.add_column(heading, justify="left" if heading == "file" else "right")
    by_file: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        by_file[each.mutant.file].append(each)
    for file in sorted(by_file):
        own = Counter(each.outcome for each in by_file[file])
        found = own["killed"] + own["timeout"]
        counts = (possible[file], own.total(), found, own["survived"], own["untouched"])
        table.add_row(file, *map(str, counts), f"{found / own.total():.0%}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    for each in verdicts:
        if not each.is_found:
            print(told(each))
    found = sum(each.is_found for each in verdicts)
    low, high = interval(found, len(verdicts))
    print(
        f"score {found / max(1, len(verdicts)):.1%} ({found} of {len(verdicts)} found, 95 % interval"
        f" {low:.1%} to {high:.1%}), of {sum(possible.values())} possible, in {seconds / 60:.1f} minutes"
    )


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run", description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--only", action="append", metavar="FILE", help=f"a file of {RULES}; again for more")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=30, help="of tests per mutant, at most")
    parser.add_argument("--minutes", type=float, default=60, help="then no further mutant is begun")
    parser.add_argument("--touched", type=Path, help="a file that keeps what each test touches, for the next run")  # fmt: skip
    parser.add_argument("--goal", type=float, default=0.85, help="below this score the exit code is 1")  # fmt: skip
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0 where the score reaches the goal, 1 where it does not, 2 for a file that does not exist."""
    asked = _asked(arguments)
    begun = time.monotonic()
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / RULES).glob("*.py"))}  # fmt: skip
    wanted = [Path(name).name for name in asked.only or texts]
    if unknown := [name for name in wanted if name not in texts]:
        print(f"not in {RULES}:", *unknown, file=sys.stderr)
        return 2
    mutants = {file: mutants_of(file, texts[file]) for file in wanted}
    sample = drawn(mutants, asked.sample, asked.seed)
    verdicts: list[Verdict] = []
    with copies(PROCESSES) as trees:
        tests = touching(trees[0], asked.touched)
        choose = partial(chosen, tests=tests, texts=texts, seconds=asked.seconds)
        judges = [Judge(tree, texts) for tree in trees]
        until = time.monotonic() + asked.minutes * 60
        for verdict in all_judged(sample, judges, choose, until):
            verdicts.append(verdict)
            if not verdict.is_found:
                print(f"{len(verdicts)}/{len(sample)} {told(verdict)}", file=sys.stderr, flush=True)
    show(verdicts, {file: len(found) for file, found in mutants.items()}, time.monotonic() - begun)
    return 0 if sum(each.is_found for each in verdicts) >= asked.goal * len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
