"""Two daemons whose people are each other's mailboxes, and a relay that takes off every sign of a machine.

`python -m tests.storm.two_daemons` prints how many letters went until silence. Not a storm of many: storm.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.people import Person
from daemon.domain.value import replace
from tests.stories.cast import ANA, DAN, EVERY_DAY, PATIENT, line
from tests.stories.stage import Stage, running

BOXES = ("koss@a.example", "koss@b.example")
MACHINE_MADE = re.compile(
    rb"^(?:auto-submitted|x-auto-response-suppress|x-oneonone-\S+|list-\S+|precedence|return-path):",
    re.IGNORECASE,
)
MINUTE = timedelta(minutes=1)


@dataclass
class Talk:
    """What went from one mailbox to the other, by kind and by day."""

    kinds: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)

    @property
    def letters(self) -> int:
        """All of them."""
        return self.kinds.total()


def _stage(own: str, others: str, mentor: Person) -> Stage:
    """A daemon with one pair, whose mentee is the other daemon's mailbox."""
    mentee = Person("box", "Box Two", others, "Europe/Berlin", EVERY_DAY)
    stage = running(line(mentor, mentee), program=replace(PATIENT, mailbox=own))
    stage.until("Wed 7 Oct 10:00 Berlin")
    stage.all_read()
    stage.outside.posted()
    return stage


def talk(days: int, *, to_token: bool) -> Talk:
    """What they write to each other in so many days. `to_token`: the relay delivers to the reply address of the last
    letter, as a person's mail program would; else only headers tie an answer to it."""
    stages = [
        _stage(own, others, mentor)
        for own, others, mentor in zip(BOXES, BOXES[::-1], (ANA, DAN), strict=True)
    ]
    tokens: dict[str, bytes] = {}
    found = Talk()
    letter = stages[0].box.last("started").raw
    tokens[BOXES[0]] = _reply_address(letter)
    _deliver(stages[1], BOXES[1], letter)
    now, end = stages[0].now, stages[0].now + timedelta(days=days)
    while now < end:
        for stage in stages:
            stage.outside.clock.set(now)
            stage.beat()
        for stage, other, own, others in zip(stages, stages[::-1], BOXES, BOXES[::-1], strict=True):
            for to, raw, _ in stage.outside.posted():
                if to == others:
                    found.kinds[_kind(raw)] += 1
                    found.days[f"{now:%a %d %b}"] += 1
                    tokens[own] = _reply_address(raw)
                    _deliver(other, others, raw, tokens.get(others, b"") if to_token else b"")
        now = _next(stages, now)
    return found


def _next(stages: list[Stage], now: datetime) -> datetime:
    """When one of them has something to do; mail that has just been delivered is read within a minute."""
    wakes = [each.daemon.ports.store.wake_at() for each in stages]
    unread = any(
        each.daemon.ports.store.cursor(f"mail/{box}")
        != str(len(each.outside.world.mailbox(box).arrived))
        for each, box in zip(stages, BOXES, strict=True)
    )
    due = min((each for each in wakes if each), default=now + timedelta(hours=1))
    return now + MINUTE if unread else max(due, now + MINUTE)


def _deliver(stage: Stage, to: str, raw: bytes, token: bytes = b"") -> None:
    """Through a relay that takes off what tells a machine."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    kept = [each for each in fields if not MACHINE_MADE.match(each)]
    if token:
        kept = [b"To: " + token if each.lower().startswith(b"to:") else each for each in kept]
    stage.outside.world.deliver(to, b"\r\n".join(kept) + b"\r\n\r\n" + body, stage.now)


def _reply_address(raw: bytes) -> bytes:
    found = re.search(rb"^Reply-To: (<.*>)\r$", raw, re.MULTILINE)
    return found[1] if found else b""


def _kind(raw: bytes) -> str:
    found = re.search(rb"^X-Oneonone-Touchpoint: (\S+)\r$", raw, re.MULTILINE)
    return found[1].decode() if found else "?"


def main() -> None:
    """Print both ways of a relay, on days without any date and over four weeks."""
    for to_token in (False, True):
        way = "to the reply address" if to_token else "to the mailbox"
        short = talk(5, to_token=to_token)
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(short.kinds.items()))
        print(f"{way}: {short.letters} letters until silence ({told})")
        long = talk(28, to_token=to_token)
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(long.kinds.items()))
        print(f"  in four weeks with preps and notes: {long.letters} ({told})")
        print(f"  most on one day: {max(long.days.values())}")


if __name__ == "__main__":
    main()
