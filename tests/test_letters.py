"""The house style of LETTERS section 1, checked on every template with every fixture.

Not about MIME: tests/mail/test_letters_out.py looks at the bytes.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, get_args

import pytest

from daemon.commands.checking import template_problems
from daemon.commands.folders import folders
from daemon.decide.answers import OPTIONS
from daemon.domain.people import Person
from daemon.domain.question import QuestionKind
from daemon.domain.value import replace
from daemon.mail.fixtures import ANA, BEN, FIXTURES, Fixture
from daemon.mail.proof import check
from daemon.mail.proved import is_proved
from daemon.mail.render import Templates
from tests.letter_linter import RULES, Written, city_of, lint
from tests.letter_words import WORDS

SHIPPED = Path(__file__).resolve().parent.parent / "templates"
TEMPLATES = Templates([SHIPPED])
CASES = [(name, fixture) for name, fixtures in FIXTURES.items() for fixture in fixtures]
IDS = [f"{name}: {fixture.name}" for name, fixture in CASES]
NEAR = (ANA, BEN)
FAR = (replace(ANA, zone="America/Los_Angeles"), replace(BEN, zone="Pacific/Auckland"))
"""Never on the same day, and in a city of two words: each time takes as much room as it can."""


def written(
    touchpoint: str,
    fixture: Fixture,
    clock_hours: int = 24,
    pair: tuple[Person, Person] = NEAR,
    language: str = "en",
) -> Written:
    rendering = TEMPLATES.render(touchpoint, language, fixture.context(clock_hours, *pair))
    reader, partner = fixture.people(*pair)
    return Written(
        touchpoint,
        rendering.subject,
        rendering.text,
        rendering.html,
        fixture.facts,
        city_of(reader.zone, language),
        city_of(partner.zone, language) if partner else "",
        clock_hours,
        WORDS[language],
    )


SPOKEN = [
    (name, fixture, language)
    for language in sorted(TEMPLATES.languages())
    for name, fixture in CASES
    if name in TEMPLATES.touchpoints(language)
]
"""Each letter in the languages that it is written in; which are missing says tests/mail/test_language_packs.py."""


@pytest.mark.parametrize("clock_hours", [24, 12])
@pytest.mark.parametrize(
    ("touchpoint", "fixture", "language"),
    SPOKEN,
    ids=[f"{language} {name}: {fixture.name}" for name, fixture, language in SPOKEN],
)
def test_every_letter_keeps_the_house_style(
    touchpoint: str, fixture: Fixture, clock_hours: int, language: str
) -> None:
    assert lint(written(touchpoint, fixture, clock_hours, language=language)) == []
    assert lint(written(touchpoint, fixture, clock_hours, FAR, language)) == []


def test_every_template_has_fixtures_and_passes_its_own_check() -> None:
    assert check(TEMPLATES) == []
    assert TEMPLATES.touchpoints() == sorted(FIXTURES)


def test_trap_50_a_thread_has_one_subject() -> None:
    """Another subject would start another thread in the reader's mailbox."""
    subjects: dict[str, set[str]] = {}
    for name, fixture in CASES:
        rendering = TEMPLATES.render(name, "en", fixture.context())
        subjects.setdefault(rendering.thread, set()).add(rendering.subject)
    assert subjects == {
        "T": {"Ana & Ben: our 1:1s"},
        "P": {"KOSS 1:1s: only for you"},
        "C": {"KOSS 1:1s: your calendar"},
        "H": {"KOSS 1:1s: in confidence"},
        "G": {"KOSS 1:1s: an invitation to one 1:1"},
        "A": {"KOSS 1:1s: for Maya"},
    }


READS = {
    'you and {}. Lines starting with "private:" only you.': [
        *(
            "notes",
            "first-note",
            "copy",
            "prep-mentee",
            "prep-mentor",
            "started",
            "farewell",
            "carried",
        ),
        *("goals", "goal-review", "halfway", "follow-up"),
    ],
    'everybody in the group. Lines starting with "private:" are not kept.': [
        *("group-welcome", "group-prep", "group-news", "group-copy", "group-ack"),
    ],
    'everybody in the group. Lines starting with "private:" only you.': [
        "group-missing",
        "group-changed",
    ],
    "{} sees the time, nothing else.": [
        *("proposal", "proposal-mentor", "proposal-nudge", "slot-gone", "counter", "regular-time"),
        *("moved", "left-out", "off", "late"),
    ],
    "{} sees the time, only Maya your words.": ["welcome-mentee"],
    "only Maya. {} sees your yes, nothing else.": ["welcome-mentor-connected", "setup-nudge"],
    "{} hears what comes of it, nothing else.": [
        *("clash", "absence", "kindly", "lighter", "still-good", "wish", "zone-changed", "extend"),
        *("leave", "series-gone", "guest-gone", "declined-all", "paused", "resumed", "break-ahead"),
        *("invite", "advisor-heads-up", "adopt", "chemistry", "handover", "intro", "intro-draft"),
        "substitute",
    ],
    "only Maya.": [
        *("ended", "group-ended", "reconnect", "week-card", "help-got", "change-got", "agreement"),
    ],
    "only you. I keep it with these lines.": ["my-notes"],
    "only the one who wrote.": ["help-case"],
    "the two of this 1:1, nobody else.": ["advisor"],
    "nobody. Only the number is kept.": ["check", "assess", "exit"],
    "nobody. What you wrote goes where your number says.": ["private-hold"],
    "nobody. I am software.": [
        "admin",
        "follow-up-word",
        "not-sure-it-is-you",
        "hello",
        "advisor-told",
        "themes-told",
        "chance-told",
        "links",
    ],
}


@pytest.mark.parametrize(
    ("touchpoint", "reads"), [(name, reads) for reads, names in READS.items() for name in names]
)
def test_it_is_said_who_reads_the_reply(touchpoint: str, reads: str) -> None:
    fixture = FIXTURES[touchpoint][0]
    partner = "Ben" if fixture.role == "mentor" else "Ana"
    last = written(touchpoint, fixture).text.strip().split("\n")[-3]
    assert last == f"Who reads your reply: {reads.format(partner)}"


def test_who_reads_depends_on_the_answer_in_three_letters_only() -> None:
    named = {name for names in READS.values() for name in names}
    assert FIXTURES.keys() - named == {"ack", "unclear", "intro-told"}


CHOICE = re.compile(r"^\d+  .*$", re.MULTILINE)
ASKED = [(kind, each) for kind in get_args(QuestionKind) for each in FIXTURES[kind]]


@pytest.mark.parametrize("language", sorted(TEMPLATES.languages()))
@pytest.mark.parametrize(
    ("kind", "asked"), ASKED, ids=[f"{kind}: {each.name}" for kind, each in ASKED]
)
def test_whoever_is_asked_once_more_reads_the_very_answers_of_the_question(
    kind: str, asked: Fixture, language: str
) -> None:
    facts = {
        **FIXTURES["unclear"][0].facts, "about": "question", "slots": [], "question": kind,
        "ends": asked.facts.get("ends", ""), "more_weeks": asked.facts.get("weeks", 0),
    }  # fmt: skip
    meant = written("unclear", replace(asked, facts=facts), language=language)
    choices = CHOICE.findall(written(kind, asked, language=language).text)
    if asked.facts.get("own", True):  # an absence of the other one asks nothing
        assert len(choices) == OPTIONS[kind]  # type: ignore[index]
        assert CHOICE.findall(meant.text) == choices


@pytest.mark.parametrize("language", sorted(TEMPLATES.languages()))
def test_trap_77_every_branch_of_every_template_is_rendered(language: str) -> None:
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
        for touchpoint in fresh.touchpoints(language):
            for fixture in FIXTURES[touchpoint]:
                fresh.render(touchpoint, language, fixture.context())
    finally:
        sys.settrace(before)
    spoken, silent = set(), set()
    for touchpoint in fresh.touchpoints(language):
        path, compiled = fresh.source_lines(touchpoint, language)
        for at, line in enumerate(compiled.split("\n"), start=1):
            if line.strip().startswith("yield "):
                (spoken if at in reached[path] else silent).add(line.strip())
    # The foot is a part of every template, and no letter needs all of its branches.
    assert silent - spoken == set()


GOOD = Written(
    touchpoint="proposal",
    subject="Ana & Ben: our 1:1s",
    text="Tuesday's 1:1 (1 Dec) can't take place.\n\n1  Wed 2 Dec, 19:30 Kolkata (15:00 Berlin)\n"
    "| Ana's CV\nIf I hear nothing by Sun 29 Nov, 20:00 Kolkata (15:30 Berlin), I leave it out.\n"
    "Who reads your reply: only Maya.\n\nHelp, read only by Maya: maya@example.org\n",
    html="",
    facts={"lines": ["Ana's CV"], "answer_by": "2026-11-29T14:30:00Z"},
    city="Kolkata",
    other_city="Berlin",
)


def planted(**changes: Any) -> Written:
    """The good letter with a fault in its text; the HTML part says the same unless it is the fault."""
    letter = replace(GOOD, **{"text": GOOD.text, **changes})
    if "html" in changes:
        return letter
    lines = letter.text.replace("\n| ", "\n").split("\n")
    return replace(letter, html="<body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body>")


def instead(old: str, new: str) -> Written:
    assert old in GOOD.text
    return planted(text=GOOD.text.replace(old, new))


def added(line: str) -> Written:
    return instead("\n\n1  ", f"\n{line}\n\n1  ")


PLANTED = {
    "first_line_is_short": [instead("can't take", "can't, in short; " * 6 + "take")],
    "first_line_is_the_news": [
        instead("Tuesday's 1:1 (1 Dec)", "Hi Ben, Tuesday's 1:1"),
        instead("can't take place.", "can't take place"),
        instead("Tuesday's 1:1", "**Tuesday's** 1:1"),
    ],
    "first_line_and_subject_tell_no_secret": [
        planted(subject="Ana's CV"),
        instead("Tuesday's 1:1 (1 Dec)", "The 1:1 about Ana's CV"),
    ],
    "text_is_short": [added("Good to know. " * 50)],
    "sentences_are_short": [added("a very long sentence " * 6)],
    "one_numbered_list": [
        added("1  Thu 3 Dec, 19:30 Kolkata (15:00 Berlin)\nor"),
        added("2  Thu 3 Dec, 19:30 Kolkata (15:00 Berlin)\nor"),
    ],
    "reader_of_the_reply_is_named": [
        instead("Who reads your", "Your"),
        instead("Help, read only by Maya: maya@example.org", "Help: the web page"),
    ],
    "nobody_is_blamed": [added("You missed it."), added("There was no answer from Ben.")],
    "no_pronouns_for_people": [added("She is free.")],
    "no_exclamation_marks": [added("Great news!"), planted(subject="News!")],
    "cities_instead_of_abbreviations": [added("The office is open till eight IST.")],
    "times_have_a_day": [added("19:30 Kolkata (15:00 Berlin)")],
    "reader_s_time_comes_first": [
        added("Wed 2 Dec, 15:00 Berlin (19:30 Kolkata)"),
        added("Wed 2 Dec, 19:30 Kolkata"),
        added("Wed 2 Dec, 19:30"),
        added("Wed 2 Dec, 7:30 pm Kolkata (3:00 pm Berlin)"),
    ],
    "silence_has_an_end": [
        instead("If I hear nothing by", "Perhaps on"),
        instead(" by Sun 29 Nov, 20:00 Kolkata (15:30 Berlin)", ""),
        replace(instead("If I hear nothing by", "Perhaps on"), facts={}),
    ],
    "undo_only_where_it_works": [
        added("Reply UNDO."),
        replace(planted(), facts={**GOOD.facts, "undo": True}),
        replace(planted(), facts={**GOOD.facts, "undo_by": "2026-12-02T15:00:00Z"}),
        replace(added("UNDO takes it back."), touchpoint="first-note", facts={"copied": False}),
    ],
    "only_words_that_work": [added("Reply SOONER 10."), added("MAIL: we do it by mail.")],
    "links_only_where_they_are_meant": [added("Look here: https://example.org/c/7Kq2")],
    "nothing_unfinished": [added("Next: None."), added("Next: {{ start }}.")],
    "both_parts_say_the_same": [planted(html="<p>Hello</p>")],
    "dark_mode_is_safe": [
        replace(planted(), html=planted().html.replace("<p>", '<p style="color: #333">', 1))
    ],
}


def test_the_good_letter_is_good() -> None:
    assert lint(planted()) == []
    glad = replace(instead("take place.", "take place!"), touchpoint="farewell")
    assert lint(glad) == []


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_the_linter_finds_the_fault_planted_for_each_rule(rule: str) -> None:
    for letter in PLANTED[rule]:
        assert {problem.split(":")[0] for problem in lint(letter)} == {rule}


def test_what_came_along_is_proved_once_and_again_where_it_was_changed(tmp_path: Path) -> None:
    assert is_proved(SHIPPED), "run: make pages"
    own = tmp_path / "templates"
    shutil.copytree(SHIPPED, own)
    assert is_proved(own)
    letter = own / "en" / "notes.md"
    letter.write_text(letter.read_text(encoding="utf-8") + "\n{{ nobody }}\n", encoding="utf-8")
    assert not is_proved(own)
    where = folders(tmp_path, None, tmp_path)
    assert [problem.line for problem in template_problems(where)] == [len(letter.read_text().splitlines())]  # fmt: skip
    (own / ".proved").unlink()
    assert not is_proved(own)


IN_PORTUGUESE = {
    "first_line_is_the_news": ("O 1:1 de terça", "Oi, o 1:1 de terça"),
    "reader_of_the_reply_is_named": ("Quem lê sua resposta", "Sua resposta"),
    "nobody_is_blamed": ("Tudo bem também.", "Ben faltou de novo."),
    "no_pronouns_for_people": ("Tudo bem também.", "Fale com seu mentor."),
    "silence_has_an_end": ("Se eu não tiver resposta até", "Talvez em"),
    "undo_only_where_it_works": ("Tudo bem também.", "Responda DESFAZER."),
    "only_words_that_work": ("PULAR: desta", "SALTITAR: desta"),
    "times_have_a_day": ("quarta 2 dez, ", ""),
}


@pytest.mark.parametrize("rule", IN_PORTUGUESE)
def test_the_linter_finds_a_fault_in_portuguese(rule: str) -> None:
    good = written("proposal", FIXTURES["proposal"][0], language="pt-BR")
    old, new = IN_PORTUGUESE[rule]
    assert old in good.text and old in good.html
    bad = replace(good, text=good.text.replace(old, new), html=good.html.replace(old, new))
    assert lint(good) == []
    assert rule in {problem.split(":")[0] for problem in lint(bad)}
