"""Letters and decisions know the same words: what is told, answered or asked has words, and nothing else has.

Not about the facts of a letter: rendering fails on a name it does not know (tests/test_letters.py).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

from daemon.decide.answers import OPTIONS, SILENCE
from daemon.decide.gone import silent_gone
from daemon.domain.pair import Undo
from daemon.domain.question import QuestionKind
from daemon.mail.fixtures import FIXTURES

ROOT = Path(__file__).resolve().parents[2]
DECIDE = sorted((ROOT / "daemon" / "decide").glob("*.py"))
ADMIN = (ROOT / "templates" / "en" / "admin.md").read_text(encoding="utf-8")

COMPUTED = {
    "question.kind": {kind for kind, silent in SILENCE.items() if silent is silent_gone},
    "said.word": {"away", "pause", "resume"},
    "about": {"closed-list", "other", "proposal", "question", "welcome"},
    "outcome.what": {
        *(f"{kind}-{number}" for kind, most in OPTIONS.items() for number in range(1, most + 1)),
        *("fixed", "fixed-rests", "extend-on", "extend-over"),
    },
    "f'undone-{undo.what}'": {f"undone-{what}" for what in get_args(get_type_hints(Undo)["what"])},
}
"""What stands where no literal does."""
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
    wording = ADMIN.partition("{% set wording = {")[2].partition("} %}")[0]
    assert set(re.findall(r'^  "([a-z-]+)": ', wording, re.MULTILINE)) == told
    steps = ADMIN.partition("{% set step = {")[2].partition("} %}")[0]
    assert set(re.findall(r'^  "([a-z-]+)": ', steps, re.MULTILINE)) <= told
    assert {fixture.facts["fact"] for fixture in FIXTURES["admin"]} == told | {"something-new"}


def test_every_answer_to_a_command_is_rendered_and_no_other() -> None:
    answered = said({"acknowledge": 2, "acknowledge_by_day": 2, "answer": 3})
    assert {fixture.facts["what"] for fixture in FIXTURES["ack"]} == answered


def test_every_question_has_a_letter_and_every_doubt_is_asked_about() -> None:
    assert set(get_args(QuestionKind)) <= FIXTURES.keys()
    assert {fixture.facts["about"] for fixture in FIXTURES["unclear"]} == said({"unclear": 3})
