"""In words: what a reply was read as, for whoever wants to see it before it is done.

Not the letters that confirm a command: templates/.
"""

from __future__ import annotations

from daemon.domain.observation import Said
from daemon.domain.when import When

_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)
_FEW = len(_ORDINALS)
"""Whoever names more numbers than this did not count them."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLAIN = {
    "none": "none of the times fits", "move": "another time, please", "skip": "leave this one out",
    "cannot": "this 1:1 can't take place", "ill": "all one's 1:1s of that day can't take place",
    "keep": "it stays as it is", "meet": "meet nevertheless", "yes": "yes", "no": "no", "undo": "take back the last change",
    "resume": "go on after the pause", "help": "help from a person", "report": "something to report to a person",
    "same": "the 1:1s as they are", "rarer": "1:1s less often", "change": "another mentor", "leave": "leave the program", "my-notes": "one's own private lines",
    "links": "the links that the two have shared", "sealed": "a mail that cannot be opened",
}  # fmt: skip


def in_words(said: Said) -> str:
    """The second time, leave this one out, away from 10 to 24 December 2026."""
    match said.word:
        case "choose" if len(said.numbers) > _FEW:
            return "any of the times"
        case "choose":
            chosen = _join([f"the {_ordinal(number)}" for number in said.numbers])
            named = f"{chosen} time{'s' if len(said.numbers) > 1 else ''}"
            until = f", until {said.days[1].isoformat()}" if said.days else ""
            return f"{named}{until}" + (f", if it is {_when(said.when)}" if said.when else "")
        case "when":
            either = f", or the {_ordinal(said.numbers[0])} time" if said.numbers else ""
            whens = " or ".join(map(_when, (said.when, *said.or_when)))
            unlike = ", ".join(f"not {_when(no)}" for no in said.but_not)
            meant = f"the time that is {whens}{either}" if whens else "any of the times"
            return f"{meant}, {unlike}" if unlike else meant
        case "late":
            return f"{said.numbers[0]} minutes late" if said.numbers else "late"
        case "away":
            return f"away {_stretch(said)}"
        case "pause":
            return f"a pause until {said.days[1].isoformat()}" if said.days else "a pause"
        case "allow":
            named = "everything" if "*" in said.letters else _join(list(said.letters))
            return f"may be read: {named or 'nothing'}"
        case "done":
            return (
                f"done: {_join(list(said.letters))}"
                if said.letters
                else "done, without saying what"
            )
        case _:
            return _of_value(said)


_PARTS = {
    "morning": "in the morning", "midday": "around noon", "afternoon": "in the afternoon",
    "late-afternoon": "late in the afternoon", "long-afternoon": "in the afternoon", "evening": "in the evening",
}  # fmt: skip
_PICKS = {
    "first": "the first on the list", "second": "the second on the list", "third": "the third on the list",
    "earliest": "the earliest", "latest": "the latest", "middle": "the one between", "all": "all of these",
}  # fmt: skip


def _of_value(said: Said) -> str:
    values = {
        "cadence": f"1:1s {said.text}", "zone": f"times of {said.text}" if said.text else "an unknown zone",
        "language": f"letters in {said.text}" if said.text else "letters in an unknown language",
        "fewer": "reminders once more" if said.text == "on" else "no more reminders",
        "invite": f"invite {said.text}", "for-contact": f"{said.text}, for a person to answer",
    }  # fmt: skip
    return values.get(said.word) or _PLAIN.get(said.word, said.word)


def _ordinal(number: int) -> str:
    if number < 0:
        return "last"
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th"


def _join(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _stretch(said: Said) -> str:
    if not said.days:
        return ""
    first, last = (day.isoformat() for day in said.days)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _when(when: When | None) -> str:
    if when is None:
        return ""
    clock = " or ".join(f"{each // 60:02}:{each % 60:02}" for each in when.minutes)
    parts = [
        f"on {_DAYS[when.weekday]}" if when.weekday is not None else "",
        f"on {when.day.isoformat()}" if when.day else "",
        f"on a {_either([_DAYS[day] for day in when.weekdays])}" if when.weekdays else "",
        f"on day {when.month_day} of a month" if when.month_day else "",
        f"at {clock}" if clock else "",
        _PARTS.get(when.part, ""),
        f"from {when.days[0].isoformat()} to {when.days[1].isoformat()}" if when.days else "",
        _PICKS.get(when.pick, ""),
    ]
    return " ".join(each for each in parts if each)
