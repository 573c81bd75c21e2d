"""Every language of the letters beside English: the same asks, the same commands, and no English left over.

Not the house style, which tests/test_letters.py checks in every language, and not the words of `_words.toml`:
tests/mail/test_words.py.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml

from daemon.domain.observation import Said
from daemon.domain.value import replace
from daemon.mail.fixtures import ANA, BEN, FIXTURES, Fixture
from daemon.mail.reading.meaning import understand
from daemon.mail.render import Rendering, Templates
from daemon.mail.source import CAME_ALONG, FALLBACK_LANGUAGE, feet
from daemon.mail.words import words_of
from daemon.settings.preset_files import preset_values
from daemon.settings.presets import PRESETS
from daemon.simulate.tongues import tongue
from tests.letter_words import EN, ENGLISH_LEFT, WORDS

TEMPLATES = Templates([CAME_ALONG])
CONFIG = CAME_ALONG.parent / "config"
PACKS = sorted(TEMPLATES.languages() - {FALLBACK_LANGUAGE})
CASES = [
    (name, fixture, language)
    for language in PACKS
    for name in TEMPLATES.touchpoints(language)
    for fixture in FIXTURES[name]
]
IDS = [f"{language} {name}: {fixture.name}" for name, fixture, language in CASES]
TODAY = date(2026, 11, 28)


def rendered(touchpoint: str, fixture: Fixture, language: str) -> Rendering:
    return TEMPLATES.render(touchpoint, language, fixture.context())


def own_lines(text: str) -> list[str]:
    """What the program itself says."""
    return [line for line in text.strip().split("\n")[:-1] if not re.match(r"\| |[a-z]  ", line)]


def commands(text: str, language: str, letter: str) -> list[Said]:
    """What a reader would be understood to say who answers with the words that a letter offers, each once."""
    words = WORDS[language]
    said = "\n".join(own_lines(text))
    offered = re.findall(words.reply_words, said) + re.findall(r'"([^"{…]{4,})"', said)
    offered = [word for word in offered if word not in words.no_reply_words]
    known = [
        understand(word, "Ana", "mentee", today=TODAY, language=language, letter=letter)
        for word in offered
    ]
    found = [replace(said, text="") for each in known for said in each.said]
    return [each for at, each in enumerate(found) if each not in found[:at]]


@pytest.mark.parametrize("language", PACKS)
def test_a_pack_is_complete(language: str) -> None:
    assert TEMPLATES.missing(language) == []
    assert TEMPLATES.touchpoints(language) == TEMPLATES.touchpoints(FALLBACK_LANGUAGE)
    assert language in WORDS, "teach the letter linter its words: tests/letter_words.py"


def of_banks() -> dict[str, int]:
    """Every text of the banks that came along, and how long it may be."""
    banks = [yaml.safe_load(each.read_text()) for each in (CONFIG / "questions").glob("*.yaml")]
    asks = [each["ask"] for bank in banks for each in bank["questions"]]
    return dict.fromkeys(
        [*asks, *(each for bank in banks for each in bank.get("thoughts", ()))], 120
    )


def of_presets() -> dict[str, int]:
    """Every short text of the presets that came along, and how long it may be."""
    found: dict[str, int] = {}
    for preset in PRESETS:
        values = preset_values(preset)
        for name in ("prep_asks", "notes_asks"):
            found |= dict.fromkeys(values[name].value if name in values else (), 80)
        if "between" in values:
            found[values["between"].value] = 60
        for agenda in values["meeting_types"].value if "meeting_types" in values else ():
            found |= dict.fromkeys((each.words for each in agenda.blocks), 40)
    return found


@pytest.mark.parametrize("language", PACKS)
def test_every_text_of_the_banks_and_presets_that_came_along_is_in_it(language: str) -> None:
    spoken, told = words_of([CAME_ALONG], language).texts, {**of_banks(), **of_presets()}
    assert [each for each in told if each not in spoken] == []
    assert [each for each in spoken if each not in told] == [], "nobody says these"
    assert [said for text, said in spoken.items() if len(said) > told[text]] == []


@pytest.mark.parametrize("language", PACKS)
def test_every_agreement_that_came_along_is_in_it(language: str) -> None:
    for path in (CONFIG / "presets").glob("*.md"):
        if "." not in path.stem:
            told = path.with_name(f"{path.stem}.{language}.md").read_text(encoding="utf-8")
            assert len(told.splitlines()) == len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("touchpoint", "fixture", "language"), CASES, ids=IDS)
def test_its_command_words_are_understood_as_those_of_the_english_letter(
    touchpoint: str, fixture: Fixture, language: str
) -> None:
    """In the same order, each the same command with the same numbers, letters and days."""
    english, other = (
        commands(rendered(touchpoint, fixture, each).text, each, touchpoint)
        for each in (FALLBACK_LANGUAGE, language)
    )
    assert other == english


@pytest.mark.parametrize(("touchpoint", "fixture", "language"), CASES, ids=IDS)
def test_it_shows_the_same_choices_quotes_and_links(
    touchpoint: str, fixture: Fixture, language: str
) -> None:
    english, other = (rendered(touchpoint, fixture, each) for each in (FALLBACK_LANGUAGE, language))
    for pattern in (r"(?m)^(\d)  \S", r"(?m)^([a-z])  \S", r"https?://\S+", r"\S+@\S+\.org"):
        assert re.findall(pattern, other.text) == re.findall(pattern, english.text)
    assert len(re.findall(r"(?m)^\|", other.text)) == len(re.findall(r"(?m)^\|", english.text))
    assert other.thread == english.thread
    assert f'<html lang="{language}">' in other.html


@pytest.mark.parametrize(("touchpoint", "fixture", "language"), CASES, ids=IDS)
def test_a_space_stands_before_each_name(touchpoint: str, fixture: Fixture, language: str) -> None:
    """A space at the end of what {{ }} fills in is taken off: "acompanhe " and a name were one word."""
    said = "\n".join(own_lines(rendered(touchpoint, fixture, language).text))
    assert re.findall(r"[^\W_](?:Ana|Ben|Maya)\b", said) == []


@pytest.mark.parametrize(("touchpoint", "fixture", "language"), CASES, ids=IDS)
def test_no_word_of_the_english_templates_is_left(
    touchpoint: str, fixture: Fixture, language: str
) -> None:
    """Also where the contact reads what a fact is called. What people wrote themselves is theirs."""
    letter = rendered(touchpoint, fixture, language)
    said = [letter.subject, *own_lines(letter.text), letter.text.strip().split("\n")[-1]]
    if touchpoint == "admin":
        said += re.findall(r"(?m)^\| (.*?)(?<!run\.py): ", letter.text)
    quoted = {*map(str, fixture.facts.get("items", ())), str(fixture.facts.get("name", ""))}
    shown = fixture.facts.get("shown", ())
    quoted |= {
        line.partition(":")[0] for each in shown for lines in each["paragraphs"] for line in lines
    }
    plain = "\n".join(said)
    for each in filter(None, quoted):
        plain = plain.replace(each, "")
    assert ENGLISH_LEFT.findall(plain) == []


def test_the_telltale_words_tell() -> None:
    for touchpoint in TEMPLATES.touchpoints():
        letter = rendered(touchpoint, FIXTURES[touchpoint][0], FALLBACK_LANGUAGE)
        assert ENGLISH_LEFT.search("\n".join(own_lines(letter.text))), touchpoint


def test_the_commands_of_the_english_letters_are_found_at_all() -> None:
    found = commands(rendered("proposal", FIXTURES["proposal"][0], "en").text, "en", "proposal")
    assert [said.word for said in found] == ["none", "skip"]
    end = commands(rendered("farewell", FIXTURES["farewell"][-1], "en").text, "en", "farewell")
    assert [said.word for said in end] == ["later"]
    assert EN.code == FALLBACK_LANGUAGE


@pytest.mark.parametrize("language", [FALLBACK_LANGUAGE, *PACKS])
@pytest.mark.parametrize(
    ("touchpoint", "word"), [("farewell", "later"), ("follow-up", "stop"), ("follow-up", "meet")]
)
def test_acted_people_answer_the_letters_of_the_end_with_the_word_that_stands_there(
    touchpoint: str, word: str, language: str
) -> None:
    offered = tongue(language).plain[word]
    letter = rendered(touchpoint, FIXTURES[touchpoint][-1], language)
    assert f"\n{offered}: " in letter.text
    (said,) = understand(
        offered, "Ana", "mentee", today=TODAY, language=language, letter=touchpoint
    ).said
    assert said.word == word


@pytest.mark.parametrize("language", [FALLBACK_LANGUAGE, *PACKS])
def test_its_foot_is_known_again_so_that_words_around_it_are_no_command(language: str) -> None:
    letter = rendered("proposal", FIXTURES["proposal"][0], language).text
    foot = next(line for line in letter.split("\n") if line.startswith(WORDS[language].reads))
    assert foot.startswith(feet())
    (skip,) = understand(
        {"en": "SKIP", "pt-BR": "PULAR"}[language], "Ana", "mentee", today=TODAY
    ).said
    assert skip.word == "skip"
    said = f"{skip.text}\n\n{foot}"
    assert understand(said, "Ana", "mentee", today=TODAY, language=language).said == ()


@pytest.mark.parametrize("code", ["pt", "pt-BR", "pt_BR", "PT", "pt-PT"])
def test_a_language_is_found_whatever_its_region(code: str) -> None:
    fixture = FIXTURES["off"][0]
    assert TEMPLATES.speaks(code)
    assert rendered("off", fixture, code) == rendered("off", fixture, "pt-BR")


@pytest.mark.parametrize("asked", ["LANGUAGE pt", "LANGUAGE pt-BR", "LANGUAGE português"])
def test_it_is_asked_for_by_its_code_or_its_name(asked: str) -> None:
    (said,) = understand(asked, "Ana", "mentee", today=TODAY).said
    assert said == Said("language", text="pt")


def test_a_clock_of_one_s_own_wins_and_all_subjects_are_in_the_language() -> None:
    given = FIXTURES["off"][0].context(12, ANA, BEN)
    assert "terça 1º dez, 7:30 pm Calcutá (3:00 pm Berlim)" in (
        TEMPLATES.render("off", "pt-BR", given).text
    )
    subjects: dict[str, set[str]] = {}
    for name, fixture, language in CASES:
        letter = rendered(name, fixture, language)
        subjects.setdefault(letter.thread, set()).add(letter.subject)
    assert subjects == {
        "T": {"Ana & Ben: nossos 1:1s"},
        "P": {"KOSS 1:1s: só para você"},
        "C": {"KOSS 1:1s: sua agenda"},
        "H": {"KOSS 1:1s: confidencial"},
        "G": {"KOSS 1:1s: convite para um 1:1"},
        "A": {"KOSS 1:1s: para Maya"},
    }


WHAT = re.compile(r'\bwhat ?= ?"([^"]+ [^"]+)"')
"""What a fact is about, where it is said in words."""
BESIDE = {"taken off the calendar"}
"""Said in no letter."""


@pytest.mark.parametrize("language", PACKS)
def test_what_a_fact_says_in_words_is_said_to_the_contact_in_the_language(language: str) -> None:
    decide = CAME_ALONG.parent / "daemon" / "decide"
    found = {each for path in decide.glob("*.py") for each in WHAT.findall(path.read_text())}
    assert "the 1:1s have ended" in found
    template = (CAME_ALONG / language / "admin.md").read_text(encoding="utf-8")
    assert [each for each in sorted(found - BESIDE) if f'"{each}": "' not in template] == []
