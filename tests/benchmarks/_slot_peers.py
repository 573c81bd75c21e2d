"""Other ways to find the same slots: aware datetimes, an interval tree, and bits in C without zones.

Not the engine and not its specification: each is what somebody would write who wants the same three times.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from intervaltree import IntervalTree

from daemon.decide.masks import Timed
from daemon.decide.slots import Search, Side

Pair = tuple[Side, Side]
Starts = list[datetime]


# --- aware datetimes


def naive(search: Search, sides: Pair) -> Starts:
    """Quarter after quarter: are both at work, and does nothing of all that is taken overlap?"""
    padded = [
        [(each.start - side.buffer, each.end + side.buffer) for each in side.taken]
        for side in sides
    ]

    def free(start: datetime, end: datetime) -> bool:
        return not any(begin < end and start < over for busy in padded for begin, over in busy)

    return _ranked(search, sides, _quarters(search, sides, free))


def interval_tree(search: Search, sides: Pair) -> Starts:
    """The same with a tree of what is taken."""
    return trees(sides)(search, sides)


def trees(sides: Pair) -> Callable[[Search, Pair], Starts]:
    """The search with trees that are built already."""
    tree = IntervalTree.from_tuples(
        (each.start - side.buffer, each.end + side.buffer) for side in sides for each in side.taken
    )
    return lambda search, pair: _ranked(
        search, pair, _quarters(search, pair, lambda start, end: not tree.overlaps(start, end))
    )


def _quarters(
    search: Search, sides: Pair, free: Callable[[datetime, datetime], bool]
) -> Iterable[datetime]:
    step = timedelta(minutes=search.grid_minutes)
    start = search.window.start
    while (end := start + search.length) <= search.window.end:
        if all(_at_work(side, start, end) for side in sides) and free(start, end):
            yield start
        start += step


def _at_work(side: Side, start: datetime, end: datetime) -> bool:
    begins, ends = start.astimezone(side.zone), end.astimezone(side.zone)
    first, last = begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
    return begins.date() == ends.date() and any(
        each.weekday == begins.weekday() and each.from_minute <= first and last <= each.to_minute
        for each in side.hours
    )


def _ranked(search: Search, sides: Pair, starts: Iterable[datetime]) -> Starts:
    def rank(start: datetime) -> tuple[int, bool, int, datetime]:
        local = start.astimezone(search.zone)
        worst = max(_away(start.astimezone(side.zone), 14 * 60) for side in sides)
        return _away(local, search.usual), local.weekday() != search.weekday, worst, start

    return sorted(starts, key=rank)


def _away(local: datetime, minute: int) -> int:
    away = abs(local.hour * 60 + local.minute - minute)
    return min(away, 1440 - away)


# --- bits in C

SOURCE = r"""
#include <stdint.h>
#include <string.h>
typedef uint64_t word;
static void paint(word *row, int64_t from, int64_t to, int64_t steps) {
  if (from < 0) from = 0;
  if (to > steps) to = steps;
  for (; from < to && (from & 63); from++) row[from >> 6] |= 1ULL << (from & 63);
  for (; from + 64 <= to; from += 64) row[from >> 6] = ~0ULL;
  for (; from < to; from++) row[from >> 6] |= 1ULL << (from & 63);
}
/* The starts that n busy runs leave: each run costs `reach` steps before and `buffer` steps behind it. */
void left(word *row, const int64_t *runs, int64_t n, int64_t reach, int64_t buffer, int64_t steps) {
  int64_t words = (steps + 63) / 64;
  memset(row, 0, 8 * words);
  for (int64_t i = 0; i < n; i++)
    paint(row, runs[2 * i] - reach + 1, runs[2 * i + 1] + buffer, steps);
  for (int64_t i = 0; i < words; i++) row[i] = ~row[i];
}
/* Starts allowed by all of three rows, earliest first. */
int64_t common(const word *a, const word *b, const word *c, int64_t words, int32_t *found) {
  int64_t n = 0;
  for (int64_t i = 0; i < words; i++)
    for (word w = a[i] & b[i] & c[i]; w; w &= w - 1)
      found[n++] = (int32_t)(64 * i + __builtin_ctzll(w));
  return n;
}
"""


Row = ctypes.Array[ctypes.c_uint64]


@dataclass(frozen=True)
class Bits:
    """The bound: steps of five minutes as bits in C. Zones, hours and grid are given to it as bits."""

    library: ctypes.CDLL
    steps: int
    allowed: Row
    runs: tuple[ctypes.Array[ctypes.c_int64], ...]
    rows: tuple[Row, ...]
    found: ctypes.Array[ctypes.c_int32]
    reach: int
    buffer: int

    def cold(self) -> int:
        """From busy times to starts: how many there are."""
        for row, runs in zip(self.rows, self.runs, strict=True):
            self.library.left(row, runs, len(runs) // 2, self.reach, self.buffer, self.steps)
        return self.warm()

    def warm(self) -> int:
        """The same when it is known what each calendar leaves."""
        return self.common(*self.rows)

    def common(self, one: Row, other: Row) -> int:
        """What two calendars leave together."""
        return int(self.library.common(self.allowed, one, other, len(self.allowed), self.found))

    def row(self, taken: tuple[Timed, ...], search: Search) -> Row:
        """What one calendar leaves."""
        row, runs = (ctypes.c_uint64 * len(self.allowed))(), _runs(taken, search.window.start)
        self.library.left(row, runs, len(runs) // 2, self.reach, self.buffer, self.steps)
        return row

    def starts(self, search: Search) -> Starts:
        """What this pair's calendars leave, as instants."""
        return self.of(self.rows, search)

    def of(self, rows: tuple[Row, ...], search: Search) -> Starts:
        """The same of any two calendars."""
        return [
            search.window.start + timedelta(minutes=5 * self.found[n])
            for n in range(self.common(*rows))
        ]


def bits(search: Search, sides: Pair, folder: Path) -> Bits | None:
    """Compiled now; None without gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        return None
    source, library = folder / "bits.c", folder / "bits.so"
    source.write_text(SOURCE)
    command = [gcc, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source)]
    subprocess.run(command, check=True)
    loaded = ctypes.CDLL(str(library))
    loaded.left.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_int64] * 4
    loaded.common.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int64, ctypes.c_void_p]
    loaded.common.restype = ctypes.c_int64
    return _filled(loaded, search, sides)


def _filled(library: ctypes.CDLL, search: Search, sides: Pair) -> Bits:
    first = search.window.start
    steps = _step(search.window.end - first)
    words = -(-steps // 64)
    allowed = (ctypes.c_uint64 * words)()
    for start in _quarters(search, sides, lambda start, end: True):
        step = _step(start - first)
        allowed[step >> 6] |= 1 << (step & 63)
    runs = tuple(_runs(side.taken, first) for side in sides)
    rows = tuple((ctypes.c_uint64 * words)() for _ in sides)
    buffer = sides[0].buffer_minutes // 5
    reach = _step(search.length) + buffer
    return Bits(library, steps, allowed, runs, rows, (ctypes.c_int32 * steps)(), reach, buffer)


def _runs(taken: tuple[Timed, ...], first: datetime) -> ctypes.Array[ctypes.c_int64]:
    """Begin and end of everything taken in steps, rounded outward."""
    steps = [(_step(each.start - first), -_step(first - each.end)) for each in taken]
    return (ctypes.c_int64 * (2 * len(steps)))(*(step for both in steps for step in both))


def _step(length: timedelta) -> int:
    return length // timedelta(minutes=5)
