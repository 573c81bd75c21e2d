"""`python -m tests.storm.run`: ten thousand mails in ten minutes, beside the same days without them.

Not a benchmark: time and memory are printed, and of them only the memory is held to a limit.
"""

from __future__ import annotations

import argparse
import email.policy
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from time import monotonic

from rich.progress import Progress

from daemon.commands.log import no_log
from daemon.domain.cadence import RegularTime
from daemon.domain.people import Line
from daemon.domain.world import State
from daemon.simulate.cast import NAMES
from tests.fuzz.through import computed_seconds, peak_mib
from tests.stories.beginnings import person
from tests.stories.cast import PATIENT, line
from tests.stories.people import moment
from tests.stories.stage import Stage, running
from tests.storm.mails import Cast, batches, storm

PAIRINGS, MINUTES, MIB_MAX = 25, 10, 300
LATE_MAX = timedelta(minutes=5)
BEGIN, AFTER = "Mon 12 Oct 00:30 Berlin", timedelta(hours=30)
TALK, AWAY, FORGED = range(6), range(6, 12), range(12, 18)
"""Which pairings talk, are out of office, or are named by forgers; all others are not addressed at all."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter that went."""

    to: str
    key: str
    touchpoint: str
    at: datetime

    @property
    def stem(self) -> tuple[str, str]:
        """The letter whatever its generation."""
        return self.to, self.key.rpartition("/")[0]


@dataclass(slots=True)
class Run:
    """The same thirty hours, with or without a storm."""

    stage: Stage
    sent: list[Sent]
    states: dict[str, State | None]
    set_aside: int


@dataclass(slots=True)
class Findings:
    """What was promised and is not so."""

    broken: list[str] = field(default_factory=list)

    def check(self, what: str, wrong: list[str]) -> None:
        """Print it, with the first cases."""
        print(f"  {what:<58}{len(wrong):>6}")
        if wrong:
            self.broken.append(f"{what}: {wrong[:3]}")


def pairs() -> tuple[Line, ...]:
    """All of them meet on Tuesdays, a quarter of an hour after each other."""
    return tuple(
        line(person(name), person(f"{name}mi"), RegularTime(1, 9 + number // 4, number % 4 * 15))
        for number, name in enumerate(NAMES[:PAIRINGS])
    )


def began(at: datetime | None) -> Stage:
    """Everything runs, and everybody has read what there is."""
    stage = running(*pairs(), program=PATIENT)
    stage.until(BEGIN)
    stage.all_read()
    stage.outside.posted()
    if at is not None:
        stage._run_to(at)
    return stage


def ended(stage: Stage, until: datetime) -> Run:
    """To the end, and what there is then."""
    stage._run_to(until)
    store = stage.daemon.ports.store
    sent = [_sent(to, raw, at) for to, raw, at in stage.outside.posted() if to != stage.program.mailbox]  # fmt: skip
    states = {lane: store.world(lane).state for lane in store.lane_names()}
    return Run(stage, sent, states, len(store.set_aside()))


def _sent(to: str, raw: bytes, at: datetime) -> Sent:
    heads = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw)
    key, touchpoint = str(heads["X-Oneonone-Key"]), str(heads["X-Oneonone-Touchpoint"])
    return Sent(to, key, touchpoint, at)


def busiest(sent: list[Sent]) -> datetime:
    """When most letters are due."""
    return Counter(each.at.replace(second=0, microsecond=0) for each in sent).most_common(1)[0][0]


def cast_of(stage: Stage) -> Cast:
    """Who writes, with the addresses of the replies that they were told."""
    people = [(one.mentor, one.mentee) for one in stage.config.lines]

    def told(numbers: range) -> tuple[tuple[str, str], ...]:
        both = [who for number in numbers for who in people[number]]
        return tuple((who.address, stage.people[who.id].last().header("Reply-To")) for who in both)

    named = tuple(who.address for number in FORGED for who in people[number])
    quiet = tuple(who.address for pair in people[FORGED.stop :] for who in pair)
    return Cast(stage.program.mailbox, told(TALK), told(AWAY), named, quiet)


def blown(stage: Stage, mails: list[bytes]) -> None:
    """The storm itself: a tenth of it each minute, and a beat."""
    with Progress(disable=not sys.stderr.isatty(), transient=True) as shown:
        task = shown.add_task("mails", total=len(mails))
        for some in batches(mails, MINUTES):
            for raw in some:
                stage.outside.world.deliver(stage.program.mailbox, raw, stage.now)
            stage.passes(1)
            shown.advance(task, len(some))


def judged(calm: Run, blown_through: Run, cast: Cast) -> Findings:
    """The promises."""
    found = Findings()
    contact = blown_through.stage.program.contact
    talkers = {contact, *(sender for sender, _ in cast.talk)}
    came = {each.stem: each.at for each in blown_through.sent}
    due = [each for each in calm.sent if each.to not in talkers]
    late = [str(each) for each in due if came.get(each.stem, datetime.max.replace(tzinfo=each.at.tzinfo)) - each.at > LATE_MAX]  # fmt: skip
    found.check(f"due letters late or lost, of {len(due)}", late)
    known = {each.stem for each in calm.sent}
    more = [
        each for each in blown_through.sent if each.stem not in known and each.to not in talkers
    ]
    answers = Counter(
        (each.to, each.key.split("/")[1:3].__str__(), each.at.date()) for each in more
    )
    print(f"  automatic answers to {len({each.to for each in more})} others: {Counter(each.touchpoint for each in more).most_common(5)}")  # fmt: skip
    found.check(
        "more than one a day and thread", [str(each) for each, n in answers.items() if n > 1]
    )
    told = [sum(each.to == contact for each in run.sent) for run in (calm, blown_through)]
    print(f"  letters to the contact: {told[1]}, calm: {told[0]}")
    quiet = [one for one in blown_through.stage.config.lines if one.mentor.address in cast.quiet]
    lanes = [f"pairing/{one.pairing}" for one in quiet]
    changed = [lane for lane in lanes if calm.states[lane] != blown_through.states[lane]]
    found.check(f"changed states of pairings not addressed, of {len(lanes)}", changed)
    named = [f"pairing/{one.pairing}" for one in blown_through.stage.config.lines if one.mentor.address in cast.forged]  # fmt: skip
    moved = [lane for lane in named if _plans(calm.states[lane]) != _plans(blown_through.states[lane])]  # fmt: skip
    found.check(f"changed meetings of pairings that were forged, of {len(named)}", moved)
    return found


def _plans(state: State | None) -> tuple[object, ...]:
    names = ("standing", "series", "meetings", "proposals", "line")
    return tuple(getattr(state, name, None) for name in names)


def main(arguments: list[str] | None = None) -> int:
    """0 where every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm.run", description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    no_log()
    until = moment(BEGIN) + AFTER
    calm = ended(began(None), until)
    at = busiest(calm.sent) - timedelta(minutes=MINUTES // 2)
    stage = began(at)
    cast = cast_of(stage)
    mails = storm(cast, asked.mails, asked.seed)
    wall, spent = monotonic(), computed_seconds()
    blown(stage, mails)
    wall, spent = monotonic() - wall, computed_seconds() - spent
    after = ended(stage, until)
    print(f"{len(mails)} mails in {MINUTES} minutes from {at:%a %H:%M} UTC, {PAIRINGS} pairings, seed {asked.seed}")  # fmt: skip
    now = sum(at <= each.at <= at + MINUTES * timedelta(minutes=1) for each in calm.sent)
    print(
        f"  letters that are due in these minutes: {now}, in the day after: {len(calm.sent) - now}"
    )
    found = judged(calm, after, cast)
    mib = peak_mib()
    print(f"  set aside for a person: {after.set_aside}; letters in all: {len(after.sent)}, calm: {len(calm.sent)}")  # fmt: skip
    print(f"  peak memory {mib:.0f} MiB, at most {MIB_MAX}; {wall:.1f} s, {spent:.1f} s of computing, {1000 * spent / len(mails):.1f} ms a mail")  # fmt: skip
    print(*found.broken, sep="\n")
    return 1 if found.broken or mib >= MIB_MAX else 0


if __name__ == "__main__":
    sys.exit(main())
