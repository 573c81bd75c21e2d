"""The house style of LETTERS section 1, checked on every template with every fixture.

Not about MIME: tests/mail/test_letters_out.py looks at the bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from daemon.mail.fixtures import FIXTURES, Fixture, check
from daemon.mail.render import Templates
from tests.letter_linter import RULES, Written, lint

SHIPPED = Path(__file__).resolve().parent.parent / "templates"
TEMPLATES = Templates([SHIPPED])
CASES = [(name, fixture) for name, fixtures in FIXTURES.items() for fixture in fixtures]


def written(touchpoint: str, fixture: Fixture, clock_hours: int = 24) -> Written:
    rendering = TEMPLATES.render(touchpoint, "en", fixture.context(clock_hours))
    return Written(touchpoint, rendering.subject, rendering.text, rendering.html, fixture.facts)


@pytest.mark.parametrize("clock_hours", [24, 12])
@pytest.mark.parametrize(("touchpoint", "fixture"), CASES, ids=[f"{a}: {b.name}" for a, b in CASES])
def test_every_letter_keeps_the_house_style(
    touchpoint: str, fixture: Fixture, clock_hours: int
) -> None:
    assert lint(written(touchpoint, fixture, clock_hours)) == []


def test_every_template_has_fixtures_and_passes_its_own_check() -> None:
    assert check(TEMPLATES) == []
    assert TEMPLATES.touchpoints() == sorted(FIXTURES)


def test_the_subject_is_the_same_for_every_letter_of_a_thread() -> None:
    """trap_50: a new subject would start a new thread."""
    subjects = {written(name, one).subject for name, one in CASES if not one.alone}
    assert subjects == {"Ana & Ben: our 1:1s"}


def test_a_pair_s_reader_is_told_who_reads() -> None:
    said = {
        name: written(name, FIXTURES[name][0]).text.strip().split("\n")[-3] for name in FIXTURES
    }
    pair = 'Who reads your reply: you and Ana. Lines starting with "private:" only you.'
    time = "Who reads your reply: Ana sees the time, nothing else."
    assert said["notes"] == said["prep-mentee"] == pair
    assert said["prep-mentor"] == pair.replace("Ana", "Ben")
    assert said["proposal"] == said["left-out"] == said["off"] == time
    assert said["reconnect"] == "Who reads your reply: only Maya."
    assert said["welcome-mentee"].startswith("Who reads your reply: only Maya. Ana sees your yes")


def test_trap_77_every_branch_of_every_template_is_rendered() -> None:
    """Each line of compiled output is reached by some fixture, so no typo hides in a branch."""
    reached: dict[str, set[int]] = {}

    def note(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        if not frame.f_code.co_filename.endswith(".md"):
            return None
        reached.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
        return note

    fresh = Templates([SHIPPED])
    before = sys.gettrace()
    sys.settrace(note)
    try:
        for touchpoint, fixture in CASES:
            fresh.render(touchpoint, "en", fixture.context())
    finally:
        sys.settrace(before)
    spoken, silent = set(), set()
    for touchpoint in fresh.touchpoints():
        path, compiled = fresh.source_lines(touchpoint, "en")
        for at, line in enumerate(compiled.split("\n"), start=1):
            if line.strip().startswith("yield "):
                (spoken if at in reached[path] else silent).add(line.strip())
    # The foot is a part of every template, and no letter needs all of its branches.
    assert silent - spoken == set()


GOOD = Written(
    touchpoint="proposal",
    subject="Ana & Ben: our 1:1s",
    text="Tuesday's 1:1 (1 Dec) can't take place.\n\n1  Wed 2 Dec, 19:30 Kolkata\n| Ana's CV\n"
    "If I hear nothing by Sun 29 Nov, 20:00 Kolkata, I leave it out.\n"
    "Who reads your reply: only Maya.\n\nHelp, read only by Maya: maya@example.org\n",
    html="",
    facts={"lines": ["Ana's CV"]},
)


def planted(**changes: Any) -> Written:
    """The good letter with a fault in its text; the HTML part says the same unless it is the fault."""
    letter = replace(GOOD, **{"text": GOOD.text, **changes})
    if "html" in changes:
        return letter
    lines = letter.text.replace("\n| ", "\n").split("\n")
    return replace(letter, html="<body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body>")


def added(line: str) -> Written:
    return planted(text=GOOD.text.replace("\n\n1  ", f"\n{line}\n\n1  "))


PLANTED = {
    "first_line_is_short": planted(
        text=GOOD.text.replace("can't take", "can't, in short; " * 6 + "take")
    ),
    "first_line_and_subject_tell_no_secret": planted(subject="Ana's CV"),
    "text_is_short": added("Good to know. " * 50),
    "sentences_are_short": added("a very long sentence " * 6),
    "one_numbered_list": added("1  Thu 3 Dec, 19:30 Kolkata\nor"),
    "reader_of_the_reply_is_named": planted(text=GOOD.text.replace("Who reads your", "Your")),
    "nobody_is_blamed": added("You missed it."),
    "no_pronouns_for_people": added("She is free."),
    "no_exclamation_marks": added("Great news!"),
    "cities_instead_of_abbreviations": added("Wed 2 Dec, 19:30 IST"),
    "times_have_a_day": added("19:30 Kolkata"),
    "silence_has_an_end": planted(text=GOOD.text.replace("If I hear nothing by", "Perhaps on")),
    "nothing_unfinished": added("Next: None."),
    "both_parts_say_the_same": planted(html="<p>Hello</p>"),
    "dark_mode_is_safe": replace(
        planted(), html=planted().html.replace("<p>", '<p style="color: #333">', 1)
    ),
}


def test_the_good_letter_is_good() -> None:
    assert lint(planted()) == []


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_the_linter_finds_the_fault_planted_for_each_rule(rule: str) -> None:
    found = {problem.split(":")[0] for problem in lint(PLANTED[rule])}
    assert found == {rule}
