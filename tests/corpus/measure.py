"""What the labelled replies come to: cases, coverage and wrong actions by language and half.

Not the cases (replies/*.json) and not the rules: a reply is read as the daemon reads it, against the list it answers.
Files whose names begin with `blind` were written without sight of the rules; README.md says which of them have been looked at since,
and what they came to before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from daemon.decide.answers import NO, OPTIONS, WORDS, YES
from daemon.decide.choosing import LISTS, REGULAR
from daemon.decide.fitting import all_refused, may_be_several, numbers_meant, suiting_all_the_same
from daemon.decide.promised import ASK_NOTHING, ONLY_TELL
from daemon.domain.observation import Said
from daemon.domain.proposal import Offer
from daemon.mail.reading.meaning import Meaning, understand

REPLIES = Path(__file__).parent / "replies"
APART = Path(__file__).parent / "apart"
"""Sets from which nobody has learnt, so that they say how the next reply will fare: only counted, never shown."""
NO_ACTION = ("ask", "note", "nothing")
VETTING = "proposal-mentor"


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled reply."""

    half: str
    language: str
    letter: str
    slots: tuple[tuple[str, str, str], ...]
    reply: str
    expect: str
    today: date
    also: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """Everything that is right: `also` holds what may be done as well."""
        return (self.expect, *self.also)


@dataclass(slots=True)
class Figures:
    """What some cases come to."""

    cases: int = 0
    actions: int = 0
    understood: int = 0
    wrong: int = 0

    @property
    def coverage(self) -> float:
        """The share of actions that were understood as that action."""
        return self.understood / self.actions if self.actions else 1.0


def cases() -> Iterator[Case]:
    """Every labelled reply, by file."""
    for path in sorted(REPLIES.glob("*.json")):
        words = path.stem.split("-")
        half = words[1] if words[0] == "blind" else "own"
        for each in json.loads(path.read_text(encoding="utf-8")):
            yield _case(half, each)


def cases_apart() -> Iterator[Case]:
    """Every labelled reply of the sets kept apart."""
    for path in sorted(APART.glob("*.json")):
        for each in json.loads(path.read_text(encoding="utf-8")):
            yield _case(path.stem, each)


def _case(half: str, each: dict[str, Any]) -> Case:
    return Case(
        half, each["language"], each["letter"], tuple(map(tuple, each.get("slots") or ())), each["reply"],
        each["expect"], date.fromisoformat(each.get("today", "2026-11-30")), tuple(each.get("also", ())),
    )  # fmt: skip


def action(case: Case, mentor: str = "Ana", mentee: str = "Ben", contact: str = "Maya") -> str:
    """What the daemon would do with that reply, in a pair of these two."""
    meaning = understand(
        case.reply, mentor, "mentee", f"{mentee} Das", contact_first=contact, today=case.today, language=case.language,
        of_times=case.letter in (*LISTS, *REGULAR), letter=case.letter.replace("welcome-mentor", "welcome-mentor-connected"),
    )  # fmt: skip
    done = [_action(case, said) for said in meaning.said]
    done = [each for each in done if each != "words"]
    real = [each for each in done if each not in NO_ACTION]
    if real:
        return " + ".join(real)
    if done:
        return done[0]
    return _words(case, meaning)


def _words(case: Case, meaning: Meaning) -> str:
    kept = meaning.text or meaning.private or meaning.todos or meaning.goals or meaning.said
    if not kept:
        return "nothing"
    return "ask" if case.letter in (*LISTS, *REGULAR, *OPTIONS) else "note"


def _action(case: Case, said: Said) -> str:
    answer = f"choose {_answer(case.letter, said.word)}"
    if answer in case.right:  # the same answer, said in words
        return answer
    match said.word:
        case "choose" | "when":
            return _choice(case, said)
        case "for-contact":
            return "ask"
        case "none" if case.slots:
            zone = ZoneInfo(case.slots[0][2])
            return "ask" if suiting_all_the_same(map(_offer, case.slots), said, zone) else "none"
        case "yes" | "no" if case.letter in (*LISTS, *REGULAR) and len(case.slots) > 1:
            return "ask" if said.word == "yes" or case.letter in LISTS else "no"
        case "yes" | "no" if case.letter in OPTIONS and case.letter not in (
            YES if said.word == "yes" else NO
        ):
            return "ask"
        case "yes" if case.letter in YES and f"choose {YES[case.letter]}" in case.right:  # type: ignore[index]
            return f"choose {YES[case.letter]}"  # type: ignore[index]
        case "yes" if case.letter in ONLY_TELL:  # as daemon/decide/replies.py has it: a kind word
            return "nothing"
        case "no" if case.letter in ASK_NOTHING:
            return "ask"
        case "late":
            return " ".join(["late", *map(str, said.numbers)])
        case "away":
            assert said.days
            return f"away {said.days[0]} {said.days[1]}"
        case "pause":
            return f"pause {said.days[1]}" if said.days else "pause"
        case "cadence" | "zone" | "language" | "invite":
            return f"{said.word} {said.text}" if said.text else "ask"
        case "same" | "rarer" | "keep" if case.letter != "clash":
            number = WORDS.get((case.letter, said.word), 0)  # type: ignore[call-overload]
            return f"choose {number}" if number else "keep" if said.word == "keep" else "words"
        case "done":
            return f"done {' '.join(said.letters)}" if said.letters else "words"
    return said.word


def _answer(letter: str, word: str) -> int:
    """The number of the answer that a word is, 0 for none."""
    answers: dict[str, int] = {"yes": YES.get(letter, 0), "no": NO.get(letter, 0)}  # type: ignore[call-overload]
    return answers.get(word) or WORDS.get((letter, word), 0)  # type: ignore[call-overload]


def _choice(case: Case, said: Said) -> str:
    """As daemon/decide/choosing.py does it: only against the list of the letter answered."""
    if case.letter in OPTIONS:
        known = [number for number in said.numbers if 0 < number <= OPTIONS[case.letter]]  # type: ignore[index]
        return f"choose {known[0]}" if len(known) == 1 else "ask"
    if not case.slots:
        return "ask" if said.numbers else "words"
    zone = ZoneInfo(case.slots[0][2])
    whens = (said.when, *said.or_when)
    several = any(each is None or may_be_several(each) for each in whens)
    meant = numbers_meant(map(_offer, case.slots), said, zone)
    if all_refused(map(_offer, case.slots), said, zone):
        return "none"
    if len(meant) == 1 or (
        meant and case.letter == VETTING and (several or len(meant) == 1 + len(said.or_when))
    ):
        return f"choose {' '.join(map(str, sorted(meant)))}"
    return "ask"


def _offer(slot: tuple[str, str, str]) -> Offer:
    number, start, zone = slot
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    return Offer(int(number), begins, begins + timedelta(minutes=30))


def is_wrong(case: Case, done: str) -> bool:
    """An action that nobody asked for."""
    return done not in NO_ACTION and done not in case.right


def figures(of: Iterable[Case]) -> Figures:
    """What these cases come to."""
    return figures_of((case, action(case)) for case in of)


def figures_of(of: Iterable[tuple[Case, str]]) -> Figures:
    """The same where what was done is known."""
    sums = Figures()
    for case, done in of:
        sums.cases += 1
        sums.wrong += is_wrong(case, done)
        if case.expect not in NO_ACTION:
            sums.actions += 1
            sums.understood += done in case.right
    return sums


def main() -> None:
    """Print the table, and every case that came out otherwise."""
    everything = list(cases())
    counted = [*everything, *cases_apart()]
    print(f"{'half':7} {'language':9} {'cases':>5} {'actions':>8} {'coverage':>9} {'wrong':>6}")
    for half in sorted({case.half for case in counted}):
        known = [case for case in counted if case.half == half]
        for language in (*sorted({case.language for case in known}), "all"):
            sums = figures(c for c in known if language in (c.language, "all"))
            print(
                f"{half:7} {language:9} {sums.cases:5} {sums.actions:8} {sums.coverage:9.1%} {sums.wrong:6}"
            )
    for case in everything:
        done = action(case)
        if is_wrong(case, done) or (case.expect not in NO_ACTION and done not in case.right):
            kind = "WRONG" if is_wrong(case, done) else "missed"
            print(
                f"{kind:6} {case.half} {case.language} {case.letter}: {case.reply!r} → {done}, not {case.expect}"
            )


if __name__ == "__main__":
    main()
