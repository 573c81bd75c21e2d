"""Acted people: how they answer letters. Not scripted: every choice is rolled from the seed.

They see only what people see, a calendar and a mailbox. Not their words (phrases.py), nor what they do in
their calendars (deeds.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.people import Line, Person
from daemon.simulate.advisors import ANSWERS as ADVISORS_ANSWER
from daemon.simulate.deeds import MENTEE_WEEK, MENTOR_WEEK, Deeds, roll
from daemon.simulate.forms import FORMS, Body, rolled
from daemon.simulate.letterbox import Letter, reply_mail
from daemon.simulate.phrases import Canary, allowed, words
from daemon.simulate.tongues import tongue

# How each letter is answered, per mille; what is missing to 1000 is silence.
ANSWERS: dict[str, dict[str, int]] = {
    "welcome-mentor-connected": {"yes": 900, "unclear": 30},
    "welcome-mentee": {"yes": 900, "unclear": 30},
    "setup-nudge": {"yes": 950},
    "prep-mentee": {
        "topic": 440, "move": 25, "skip": 20, "done": 110, "private": 50, "odd": 15,
        "private-next": 15, "my-notes": 15, "links": 15,
        "away": 6, "cadence": 4, "zone": 3, "pause": 3, "leave": 1, "meet": 3, "invite": 12,
        "intro": 15, "chance": 15, "leave-out": 5,
    },
    "prep-mentor": {
        "topic": 150, "move": 12, "skip": 12, "done": 60, "odd": 10,
        "away": 6, "cadence": 3, "zone": 2, "pause": 2, "leave": 1, "invite": 120, "intro": 60, "chance": 40, "leave-out": 10,
    },
    "notes": {
        "note": 560, "note-todo": 110, "private": 40, "missed": 35, "two-mails": 20, "odd": 5, "invite": 20,
        "private-next": 15, "intro": 25, "chance": 40, "links": 15,
    },
    "proposal": {
        "choose": 640, "choose-words": 40, "none": 70, "skip": 50, "odd": 25, "twice": 20, "lone": 20,
        "spoofed": 10, "out-of-office": 25, "several": 20,
    },
    "proposal-mentor": {"several": 700, "none": 60, "skip": 20},
    "proposal-nudge": {"choose": 520, "skip": 60, "none": 40},
    "regular-time": {"choose": 600, "none": 60},
    "slot-gone": {"choose": 780, "none": 60},
    "unclear": {"choose": 600},
    "ack": {"undo": 30, "thanks": 40},
    "intro-told": {"undo": 60, "thanks": 40},
    "themes-told": {"undo": 60, "thanks": 40},
    "chance-told": {"undo": 80, "thanks": 40},
    "not-sure-it-is-you": {"own": 850},
    "copy": {"thanks": 60, "note": 20, "private-next": 20, "my-notes": 20, "intro": 20},
    "moved": {"thanks": 50, "late-number": 20, "undo": 30, "invite": 120},
    "my-notes": {"private": 100, "thanks": 50},
    "left-out": {"thanks": 30, "late-number": 15, "undo": 30, "meet": 20},
    "first-note": {"undo": 30},
    "started": {"thanks": 80, "invite": 200, "leave-out": 40},
    "clash": {"option": 650},
    "series-gone": {"option": 600},
    "guest-gone": {"option": 700},
    "declined-all": {"option": 700},
    "absence": {"option": 650, "away": 60},
    "kindly": {"option": 500},
    "lighter": {"option": 500},
    "still-good": {"option": 600},
    "wish": {"option": 650},
    "invite": {"option": 650},
    "advisor-heads-up": {"option": 300},
    "intro": {"option": 650},
    "intro-draft": {"introduced": 450, "thanks": 80},
    "zone-changed": {"option": 500},
    "extend": {"option": 700},
    "leave": {"option": 800},
    "adopt": {"option": 700},
    "chemistry": {"yes": 700, "option": 120},
    "check": {"option": 600},
    "assess": {"option": 650},
    "exit": {"option": 650},
    "agreement": {"yes": 850, "odd": 30},
    "paused": {"resume": 400},
    "resumed": {"thanks": 50},
    "break-ahead": {"meet": 120},
    "goals": {"goal": 650, "note": 60, "undo": 20, "thanks": 40},
    "farewell": {"later": 600},
    "follow-up": {"note": 400, "meet": 200, "stop": 100, "private": 50},
    "handover": {"allow-all": 350, "allow-one": 250, "allow-none": 150, "odd": 50},
    "halfway": {"reached": 300, "note-todo": 100, "topic": 150, "odd": 10},
    "goal-review": {"reached": 350, "goal": 120, "note": 150, "odd": 20},
    "group-welcome": {"thanks": 60, "leave": 8},
    "group-prep": {"topic": 420, "private": 50, "skip": 60, "move": 15, "odd": 10, "leave": 2},
    "group-news": {"thanks": 50, "skip": 60},
    "group-copy": {"thanks": 50, "note": 40},
    "group-ack": {"yes": 300, "thanks": 40},
}  # fmt: skip
BEHAVIOURS: tuple[str, ...] = tuple(
    sorted(
        {*MENTOR_WEEK, *MENTEE_WEEK, "quit", "restore-series", "garbage-mail", "ignore", "robot"}
        | {"second-address", *(f"form-{name}" for name in FORMS)}
        | {f"advisor-{answer}" for answer in (*ADVISORS_ANSWER, "silent")}
        | {answer for answers in ANSWERS.values() for answer in answers}
    )
)
STIRS = frozenset(
    [
        *("skip", "move", "missed", "odd", "away", "cadence", "pause", "resume", "leave", "meet"),
        *("option", "undo", "zone"),
    ]
)
"""Answers after which a meeting may need another time, or all of them."""
ROBOTS = ("robot", "out-of-office")
HOME = "@home.example"
"""Everybody has an address at home as well."""
CHOOSES = ("choose", "choose-words", "lone", "twice")
YES_IS_ONE = ("agreement", "chemistry")
"""Letters with numbers to which a yes is an answer; the welcome letter offers regular times."""
NUMBERED = re.compile(r"(?m)^(\d+)  ")


@dataclass(slots=True)
class People(Deeds):
    """Everybody, with one source of chance for all."""

    canaries: dict[str, Canary] = field(default_factory=dict)
    refused_ids: set[str] = field(default_factory=set)
    wrote: dict[str, datetime] = field(default_factory=dict)
    """When somebody last wrote from an address."""
    automatic_ids: set[str] = field(default_factory=set)
    chosen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    asked: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """When something was asked for that may change meetings, by pairing and by person."""
    cannot: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    skipped: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    excused: dict[tuple[str, str], list[datetime]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """When a member of a group wrote what may say not to come, by pairing and person."""
    slips: set[str] = field(default_factory=set)
    """Pairings whose mentee was asked what declining all of them meant: it may have been a slip."""
    pending: dict[str, list[tuple[Line, Person, Letter, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """What was written from a second address and waits for its owner's YES, by person."""
    known_at_home: set[str] = field(default_factory=set)
    """Who has said YES once: what comes from there counts at once from then on."""
    to_agree: set[str] = field(default_factory=set)
    """Pairings that were asked to agree before anything was on a calendar."""
    agreed: set[tuple[str, str]] = field(default_factory=set)
    """Who agreed, by pairing and person."""
    carried: dict[str, str] = field(default_factory=dict)
    """Watched words that a mentee lets a new mentor read, with the pairing in which."""
    introduced: dict[tuple[str, str], list[datetime]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """When somebody named whom to be introduced to, by pairing and address."""
    zones: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Zones for which somebody asked to have times written, by person."""

    def delay(self) -> timedelta:
        """How long until a letter is answered: mostly within hours, sometimes the next day."""
        scale = self.random.choice((20, 60, 60, 180, 180, 400, 1200))
        return timedelta(minutes=1 + self.random.randrange(scale))

    def answer(self, line: Line, person: Person, letter: Letter, now: datetime) -> str:
        """What this person will answer to a letter, empty for silence."""
        said = tongue(person.language)
        if letter.touchpoint == "ack" and said.looked_after in letter.text:
            self.unheeded.discard(self.made.get(line.pairing, ""))
        if letter.touchpoint == "agreement" and "put into a calendar" in letter.text:
            self.to_agree.add(line.pairing)
        away = self.away.get(person.id)
        if line.pairing in self.quitters or (away and now < away[1]):
            self.counts["ignore"] += 1
            robot = away and self.random.random() < 0.8
            return "robot" if robot and line.pairing not in self.quitters else ""
        what = roll(self.random, ANSWERS.get(letter.touchpoint, {}))
        numbered = NUMBERED.search(letter.text)
        if what == "done" and not re.search(r"(?m)^a  ", letter.text):
            return "topic"
        if what in ("option", "several", *CHOOSES) and not numbered:
            return "yes" if said.asks_yes in letter.text else ""
        if what == "yes" and numbered and letter.touchpoint not in YES_IS_ONE:
            return "choose"
        if what == "later" and said.later not in letter.text:
            return ""
        if what == "undo" and said.undo not in letter.text:
            return ""
        return what

    def write(self, line: Line, person: Person, letter: Letter, what: str, now: datetime) -> None:
        """Write the answer as a mail, as their client would."""
        self.counts[what] += 1
        self.number += 1
        said = words(
            self.random, self.number, line, person, letter, what, now,
            self.away.get(person.id),
        )  # fmt: skip
        if said.canary:
            self.canaries[said.canary[0]] = said.canary[1]
        if said.zone:
            self.zones[person.id].add(said.zone)
        if what == "intro":
            self.introduced[line.pairing, person.address].append(now)
        if what.startswith("allow-"):
            self.carried |= dict.fromkeys(allowed(letter, what), line.pairing)
        sender = self._sender(person, what)
        to = letter.mailbox if what == "lone" else letter.reply_to
        raw, own_id = reply_mail(
            letter, sender, to, said.text, f"{self.number}.{person.id}", now,
            automatic=what in ROBOTS, cites=what != "topic" or self.number % 3 != 0,
            body=self._form(said.text, letter, what, now),
        )  # fmt: skip
        if sender == person.address and what not in ROBOTS:
            self.wrote[person.address] = now
        if what == "spoofed":
            self.refused_ids.add(own_id)
        elif what in ROBOTS:
            self.automatic_ids.add(own_id)
        if sender.endswith(HOME) and person.id not in self.known_at_home:
            self.pending[person.id].append((line, person, letter, what))
        else:
            self._remember(line, person, letter, what, now)
        if letter.touchpoint == "declined-all" and said.text == "1":
            self.accept_again(line, now)
        self.hands.write(person.address, to, raw, now)
        if what in ("twice", "two-mails"):
            again, _ = reply_mail(
                letter, sender, to, said.text, f"{self.number}b.{person.id}", now,
                automatic=False, cites=True,
            )  # fmt: skip
            self.hands.write(person.address, to, again, now)

    def _sender(self, person: Person, what: str) -> str:
        """From where it comes: now and then somebody writes from an address of their own."""
        if what == "spoofed":
            return "someone@else.example"
        if what in ROBOTS or what == "own" or self.random.random() >= 0.015:
            return person.address
        self.counts["second-address"] += 1
        return person.address.partition("@")[0] + HOME

    def _form(self, text: str, letter: Letter, what: str, now: datetime) -> Body | None:
        """How that person's mail program writes it down today; None is the usual way."""
        name = rolled(self.random)
        if what in ROBOTS or not name:
            return None
        self.counts[f"form-{name}"] += 1
        return FORMS[name][1](text, letter, now)

    def _remember(
        self, line: Line, person: Person, letter: Letter, what: str, now: datetime
    ) -> None:
        if what == "own":  # what had waited for this counts as if it were said now
            if self.pending[person.id]:
                self.known_at_home.add(person.id)
            for each in self.pending.pop(person.id, ()):
                self._remember(*each, now)
        if line.member(person.id):
            if what in ("skip", "leave", "move", "odd"):
                self.excused[line.pairing, person.id].append(now)
            return  # what a member says moves nothing
        several = what == "several" and letter.touchpoint == "proposal"
        if what in CHOOSES or several:
            self.chosen.setdefault((line.pairing, letter.origin), now)
        if what in ROBOTS:
            self.asked[person.id].append(now)
        if what == "yes" and letter.touchpoint == "agreement":
            self.agreed.add((line.pairing, person.id))
        if what in STIRS:
            self.asked[line.pairing].append(now)
            self.asked[person.id].append(now)
        if what == "skip":
            said = self.cannot if person == line.mentor else self.skipped
            said[line.pairing].append(now)
        if letter.touchpoint in ("series-gone", "guest-gone") and what == "option":
            self.spoken.add(line.pairing)
        if letter.touchpoint == "declined-all" and what == "option":
            self.slips.add(line.pairing)
