"""Row "lanes" of the benchmarks: one decision, and a start with 10,000 pairings.

Not a test: a real `run.py start` on local calendars and Maildir, and the decisions of a simulated quarter.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from connectors.outside import MemoryOutside
from daemon import deciding
from daemon.domain.world import Plan, World
from daemon.mail.render import Templates
from daemon.settings import load_or_raise
from daemon.simulate.whole_run import simulate

ROOT = Path(__file__).resolve().parents[2]
PAIRINGS, MENTEES_EACH = 10_000, 3
ROUNDS = 5
HEAD = """\
preset: koss
name: KOSS 1:1s
contact: Maya <maya@people.example>
mailbox: koss@example.org
timezone: Asia/Kolkata
first_run: send
pairings:
"""


def decisions() -> list[float]:
    """Milliseconds of each decision in a quarter of the shipped program, with faults and people."""
    spent: list[float] = []
    decide = deciding.decide

    def timed(world: World, now: deciding.datetime) -> Plan:
        begun = time.perf_counter()
        plan = decide(world, now)
        spent.append((time.perf_counter() - begun) * 1000)
        return plan

    deciding.decide = timed  # the one place through which every lane is decided
    try:
        simulate(
            load_or_raise(ROOT / "config").config, MemoryOutside, pairings=10, weeks=13, seed=1,
            faults="light", templates=Templates([ROOT / "templates"]),
        )  # fmt: skip
    finally:
        deciding.decide = decide
    return spent


def files(folder: Path) -> None:
    """A program of 10,000 pairings."""
    (folder / "programs").mkdir(parents=True)
    lines = (
        f"  - {{mentor: M{n // MENTEES_EACH} X <m{n // MENTEES_EACH}@people.example>, "
        f"mentee: E{n} Y <e{n}@people.example>, at: Tue {9 + n % MENTEES_EACH}:00}}\n"
        for n in range(PAIRINGS)
    )
    (folder / "programs" / "koss.yaml").write_text(HEAD + "".join(lines))


def started(config: Path, data: Path) -> tuple[float, float, float]:
    """Seconds until a real `start` says that it has started, those of its processor, and MB of its memory
    after that."""
    command = [sys.executable, "run.py", "start", "--config", str(config), "--data", str(data)]
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    try:
        next(line for line in child.stderr if "event=started" in line)
        seconds = time.perf_counter() - begun
        spent = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = Path(f"/proc/{child.pid}/status").read_text()
        most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        processor = (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")
        return seconds, processor, int(most.split()[1]) / 1024
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate()


def main() -> None:
    """The decisions, then the start; its first beat, which welcomes everybody, is not counted."""
    spent = decisions()
    centiles = statistics.quantiles(spent, n=100)
    print(f"{len(spent)} decisions of one lane, 10 pairings for 13 weeks")
    print(
        f"  median {statistics.median(spent):.3f} ms   p95 {centiles[94]:.3f}   p99 {centiles[98]:.3f}"
    )
    if not Path("/proc/self/stat").exists():
        print("no /proc here: the start is not measured")
        return
    with tempfile.TemporaryDirectory() as place:
        config, data = Path(place) / "config", Path(place) / "data"
        files(config)
        where = ["--config", str(config), "--data", str(data)]
        subprocess.run([sys.executable, "run.py", "once", *where], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        rounds = [started(config, data) for _ in range(ROUNDS)]
        seconds, processor, memory = (statistics.median(each) for each in zip(*rounds, strict=True))
        size = sum(file.stat().st_size for file in data.glob("oneonone.db*")) / PAIRINGS / 1024
    print(f"a start with {PAIRINGS:,} pairings, medians of {ROUNDS}")
    print(f"  until it says started {seconds:.2f} s   processor {processor:.2f} s")
    print(f"  memory {memory:.0f} MB   on disk {size:.1f} KB a pairing")


if __name__ == "__main__":
    main()
