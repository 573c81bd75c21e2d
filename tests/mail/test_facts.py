"""Letters and decisions know the same words: what is told, answered or asked has words, and nothing else has.

Each fact that a fixture shows is one that the code sets; whether it is all of them is looked at wherever a
story sends a letter (tests/facts.py).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

from daemon.decide.answers import OPTIONS, SILENCE, UNNAMED
from daemon.decide.gone import silent_gone
from daemon.decide.promised import ACKS, letter_of_ack
from daemon.domain.alarm import MEANING
from daemon.domain.observation import WaitsSeen
from daemon.domain.pair import Undo
from daemon.domain.question import QuestionKind
from daemon.mail.fixtures import FIXTURES
from tests.facts import KNOWN, KNOWN_INSIDE, unknown_to_fixtures

ROOT = Path(__file__).resolve().parents[2]
DECIDE = sorted((ROOT / "daemon" / "decide").glob("*.py"))
ADMIN = (ROOT / "templates" / "en" / "admin.md").read_text(encoding="utf-8")

COMPUTED = {
    "question.kind": {kind for kind, silent in SILENCE.items() if silent is silent_gone},
    "said.word": {"away", "pause", "resume", "language"},
    "before.renew": {"none", "gone"},
    "about": {"closed-list", "other", "proposal", "question", "welcome"},
    "doubt": {"late", "late-long"},
    "outcome.what": {
        *(
            f"{kind}-{n}"
            for kind, most in OPTIONS.items()
            if kind not in UNNAMED
            for n in range(1, most + 1)
        ),
        *UNNAMED,
        *("fixed", "fixed-rests", "extend-on", "extend-over"),
    },
    "f'undone-{undo.what}'": {f"undone-{what}" for what in get_args(get_type_hints(Undo)["what"])},
    "f'{ALARM}{over}{seen.name}'": {
        *(f"alarm-over-{name}" for name in MEANING),
        *(f"alarm-{name}" for name in MEANING if name not in ("no-beat", "store-damaged")),
        "alarm-anew-files-wrong",  # the one that nothing but a new start ends
    },
    "f'intro-{why}'": {f"intro-{why}" for why in ("rests", "group", "nameless", "known", "many")},
    "f'chance-{why}'": {f"chance-{why}" for why in ("rests", "group", "known", "many")},
    "TOUCHPOINT": {"handover"},
    "seen.kind": set(get_args(get_type_hints(WaitsSeen)["kind"])),
}
"""What stands where no literal does. While nothing beats, or the store is damaged, no letter can be written."""
PASSED_ON = {"what", "fact"}
"""Parameters: what is passed on is literal where it is called."""


def said(names: dict[str, int]) -> set[str]:
    """The argument at that position of every call of these functions or methods in daemon/decide."""
    found: set[str] = set()
    for path in DECIDE:
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            called = call.func
            name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
            if name in names and len(call.args) > names[name]:
                found |= meant(call.args[names[name]])
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def meant(argument: ast.expr) -> set[str]:
    """The words an argument can be; one that nobody wrote down above is an error of this test."""
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    if isinstance(argument, ast.IfExp):
        return meant(argument.body) | meant(argument.orelse)
    written = ast.unparse(argument)
    return set() if written in PASSED_ON else COMPUTED[written]


def test_everything_told_to_the_contact_has_words_and_nothing_else_has() -> None:
    told = said({"tell": 0, "tell_once": 1})
    wording = "".join(
        ADMIN.partition(f"{{% set {name} = {{")[2].partition("} %}")[0]
        for name in ("wording", "of_all")
    )
    assert set(re.findall(r'^  "([a-z-]+)": ', wording, re.MULTILINE)) == told
    steps = ADMIN.partition("{% set step = {")[2].partition("} %}")[0]
    assert set(re.findall(r'^  "([a-z-]+)": ', steps, re.MULTILINE)) <= told
    assert {fixture.facts["fact"] for fixture in FIXTURES["admin"]} == told | {"something-new"}


def test_every_answer_to_a_command_is_rendered_and_no_other() -> None:
    answered = said({"acknowledge": 2, "acknowledge_by_day": 2, "answer": 3})
    for letter in ACKS:
        shown = {fixture.facts["what"] for fixture in FIXTURES[letter]}
        assert shown == {what for what in answered if letter_of_ack(what) == letter}


def test_every_question_has_a_letter_and_every_doubt_is_asked_about() -> None:
    assert set(get_args(QuestionKind)) <= FIXTURES.keys()
    assert {fixture.facts["about"] for fixture in FIXTURES["unclear"]} == said({"unclear": 3})


WORDED_BY = [*DECIDE, ROOT / "daemon" / "rendering.py"]
MORE_THAN_ONE = {
    "ack": 10, "absence": 2, "wish": 2, "themes-told": 2, "prep-mentee": 2, "prep-mentor": 2, "help-case": 2,
}  # fmt: skip
"""Letters with facts of more than one kind: an answer names what it answers, whoever is away reads more than
the other one, a wish is one for a rhythm or for a length; of a group it is said who can't come, and which of it asks for
help."""


def set_in(path: Path) -> Iterator[str]:
    """The names of all facts that a file can set: keys of tables, and arguments by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            yield from (str(key.value) for key in node.keys if isinstance(key, ast.Constant))
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield str(node.slice.value)


def test_every_fact_of_a_fixture_is_one_that_the_code_sets() -> None:
    known = {name for path in WORDED_BY for name in set_in(path)}
    shown = {name for sets in KNOWN.values() for names in sets for name in names}
    inside = {name for sets in KNOWN_INSIDE.values() for _, names in sets for name in names}
    assert (shown | inside) - known - {"at"} == set()  # `at` is told by something new alone


def test_all_fixtures_of_a_letter_show_the_same_facts() -> None:
    several = {touchpoint: len(sets) for touchpoint, sets in KNOWN.items() if len(sets) > 1}
    assert several == MORE_THAN_ONE


def test_a_fact_that_no_fixture_shows_is_found_and_one_that_is_missing_as_well() -> None:
    resumed = {"start": "2026-12-08T14:00:00Z"}
    assert unknown_to_fixtures("resumed", resumed) == []
    assert unknown_to_fixtures("resumed", {**resumed, "why": ""}) == ["resumed: ['why']"]
    assert unknown_to_fixtures("resumed", {}) == ["resumed: ['start']"]
    card = {"entries": [{"first": "Ben"}]}
    assert unknown_to_fixtures("week-card", card) == ["week-card: entries: ['first']"]
