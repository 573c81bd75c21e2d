"""`_words.toml`: what a language says of days, rhythms and numbers, as tables; and what is wrong with one, by its line.

Not English, whose words tests/mail/test_times.py and test_wording.py hold; and not the templates of a pack.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from daemon.mail import times, wording
from daemon.mail.fixtures import FIXTURES
from daemon.mail.proof import check
from daemon.mail.render import Templates
from daemon.mail.source import CAME_ALONG, TemplateFailed
from daemon.mail.times import Reading
from daemon.mail.words import is_language, problems_of, words_of

PT = words_of([CAME_ALONG], "pt")
PAIR = Reading("America/Sao_Paulo", "Europe/Berlin", words=PT)
TUESDAY, SATURDAY = "2026-12-01T14:00:00Z", "2026-12-05T14:00:00Z"
LATE = "2026-12-04T01:30:00Z"  # Thursday evening in São Paulo, Friday morning in Berlin

TIMES = [
    (times.when(TUESDAY, PAIR), "terça 1º dez, 11:00 São Paulo (15:00 Berlim)"),
    (times.when(LATE, PAIR), "quinta 3 dez, 22:30 São Paulo (sex 02:30 Berlim)"),
    (times.weekly(LATE, PAIR), "quintas 22:30 São Paulo (sextas 02:30 Berlim)"),
    (times.when(TUESDAY, Reading("America/New_York", words=PT)), "terça 1º dez, 09:00 Nova York"),
    (times.long_date("2026-12-01", PAIR), "1º de dezembro"),
    (times.full_date("2027-06-30", PAIR), "30 de junho de 2027"),
    (times.short_date("2026-03-02", PAIR), "2 mar"),
    (times.weekday(SATURDAY, PAIR), "sábado"),
    (times.plain(["a", TUESDAY], PAIR), "a, terça 1º dez, 11:00 São Paulo (15:00 Berlim)"),
]


@pytest.mark.parametrize(("shown", "expected"), TIMES, ids=[each[1] for each in TIMES])
def test_times_in_portuguese(shown: str, expected: str) -> None:
    assert shown == expected


def regular(text: str, weeks: int, months: int) -> str:
    return wording.regular(text, PAIR, weeks, months, "Europe/Berlin", clock=False)


SAID = [
    (regular(TUESDAY, 2, 0), "terça (quinzenal)"),
    (regular(TUESDAY, 3, 0), "a cada três semanas, terça"),
    (regular(TUESDAY, 0, 1), "a primeira terça do mês"),
    (regular(SATURDAY, 0, 1), "o primeiro sábado do mês"),
    (regular("2026-12-26T14:00:00Z", 0, 2), "o quarto sábado a cada dois meses"),
    (regular(LATE, 0, 1), "a véspera da primeira sexta do mês"),
    (wording.amount(([30], 1, 0, 0), PAIR), "30 minutos por semana"),
    (wording.amount(([30], 2, 0, 0), PAIR), "30 minutos a cada duas semanas"),
    (wording.amount(([45], 0, 2, 0), PAIR), "45 minutos a cada dois meses"),
    (wording.amount(([30, 60], 1, 0, 0), PAIR), "30 e 60 minutos, alternados, toda semana"),
    (wording.amount(([60], 1, 0, 1), PAIR), "uma sessão de 60 minutos"),
    (wording.amount(([60], 1, 0, 2), PAIR), "duas sessões de 60 minutos"),
    (wording.amount(([60], 1, 0, 12), PAIR), "12 sessões de 60 minutos"),
    (wording.days(("2026-12-10", "2026-12-10"), PAIR), "em 10 de dezembro"),
    (wording.days(("2026-12-01", "2026-12-24"), PAIR), "de 1º a 24 de dezembro"),
    (wording.days(("2026-12-20", "2027-01-03"), PAIR), "de 20 de dezembro a 3 de janeiro"),
    (wording.shifted(-60, PAIR), "Uma hora mais cedo que de costume"),
    (wording.shifted(120, PAIR), "Duas horas mais tarde que de costume"),
    (wording.shifted(30, PAIR), "30 minutos mais tarde que de costume"),
    (wording.numbers([{"number": n} for n in (1, 2, 3)], PAIR), "1, 2 ou 3"),
    (wording.people(["Maya", "Tom"], PAIR), "Maya e Tom"),
    (wording.spelled(2, PAIR), "dois"),
    (wording.spelled(2, PAIR, "feminine"), "duas"),
    (wording.language("de", PAIR), "alemão"),
    (wording.city("Asia/Kolkata", PAIR), "Calcutá"),
]


@pytest.mark.parametrize(("shown", "expected"), SAID, ids=[each[1] for each in SAID])
def test_rhythms_and_numbers_in_portuguese(shown: str, expected: str) -> None:
    assert shown == expected


# --- a language is a folder: nothing in the code knows any of these

ENGLISH = (CAME_ALONG / "en" / "_words.toml").read_text(encoding="utf-8")


def folder(tmp_path: Path, language: str, words: str = "", **letters: str) -> Path:
    own = tmp_path / language
    own.mkdir(parents=True)
    if words:
        (own / "_words.toml").write_text(words, encoding="utf-8")
    for name, text in letters.items():
        (own / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_language_is_a_folder_and_names_of_days_and_cities_come_from_cldr(
    tmp_path: Path,
) -> None:
    german = ENGLISH.replace('from = "zone"', 'from = "names"').replace(
        "[weekdays]", "[weekdays]\ndots = false"
    )
    german = german.replace('{day} {month}"', '{day}. {month}"')  # fmt: skip
    own = folder(tmp_path, "de", german.replace("on {first}", "am {first}"))
    reading = Reading("Europe/Rome", words=words_of([own, CAME_ALONG], "de-AT"))
    assert times.when(TUESDAY, reading) == "Di 1 Dez, 15:00 Rom"
    assert wording.days(("2026-12-10", "2026-12-10"), reading) == "am 10. Dezember"
    assert wording.language("pt", reading) == "Portugiesisch"


def test_a_language_with_more_plurals_has_words_for_each(tmp_path: Path) -> None:
    polish = '{one = "{spelled} hour", few = "{spelled} godziny", many = "{spelled} godzin"}'
    words = ENGLISH.replace('{one = "{spelled} hour", other = "{spelled} hours"}', polish)
    words = words.replace(
        '{one = "{spelled} session of {length}", other = "{spelled} sessions of {length}"}',
        '"{spelled} x {length}"',
    )
    reading = Reading(
        "Europe/Warsaw", words=words_of([folder(tmp_path, "pl", words), CAME_ALONG], "pl")
    )
    assert wording.shifted(-120, reading) == "Two godziny earlier than usual"
    assert wording.shifted(-300, reading) == "Five godzin earlier than usual"


HEAD = "---\nthread: T\nreads: time\n---\n"


def test_a_letter_that_is_there_in_english_only_is_english_to_its_last_line(tmp_path: Path) -> None:
    own = folder(tmp_path, "fr", late=f"{HEAD}**Un peu de retard : {{{{ start | when }}}}.**\n")
    (own / "fr" / "_foot.md").write_text(
        (CAME_ALONG / "en" / "_foot.md").read_text().replace("our 1:1s", "nos 1:1s"),
        encoding="utf-8",
    )
    templates = Templates([own, CAME_ALONG])
    off, english = (
        templates.render("off", each, FIXTURES["off"][0].context()) for each in ("fr", "en")
    )
    assert (off.text, off.html) == (english.text, english.html)
    assert off.subject == "Ana & Ben: nos 1:1s", "one thread, one subject"
    late = templates.render("late", "fr", FIXTURES["late"][0].context())
    assert late.text.startswith("Un peu de retard : Tue 1 Dec,"), (
        "no words of its own: English ones"
    )
    assert '<html lang="fr">' in late.html
    missing = templates.missing("fr")
    assert "late.md" not in missing and "off.md" in missing and "_words.toml" in missing


# --- what is wrong with a file

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a name is missing": ('later = "{much} later than usual"\n', "", "[shifts]", "[shifts] later: is missing"),
    "a table is missing": ('[lists]\nbetween = ", "\nor = " or "\nand = " and "\n', "", "#", "[lists]: is missing"),
    "another table": ("[lists]", "[lists]\n[list]", "[list]", "[list]: is nothing that letters ask for"),
    "an unknown name": ("[shifts]\n", "[shifts]\nsoon = 'x'\n", "soon", "[shifts] soon: is nothing that letters ask for"),
    "a slip in a name": ("{much} later", "{mcuh} later", "later", "{mcuh} is nothing that it knows"),
    "what has to be said": ('earlier = "{much} earlier', 'earlier = "earlier', "earlier", "does not say {much}"),
    "a brace too many": ('"every second {weekday}"', '"every second {weekday"', "every_second", "has a { or } too many"),
    "no number": ('"every {spelled} weeks"', '"every weeks"', "every_weeks", "does not say how many"),
    "an attribute": ('when = "{day}, {clock}"', 'when = "{day.__class__}, {clock}"', "when", "is nothing that it knows"),
    "a plural is missing": ('{one = "{spelled} hour", other', '{two = "{spelled} hour", other', "hours", "has no words for one"),
    "counts nothing": ('or = " or "', 'or = {one = " or ", other = " or "}', "or", "counts nothing"),
    "a list of days": ('a_week = "{length} a week"', 'a_week = ["{length} a week"]', "a_week", "is a list of 1"),
    "no text": ('am = "am"', "am = 1", "am", "is no text"),
    "not TOML": ('pm = "pm"', "pm = pm", "pm", "is not TOML"),
    "seven kinds": ("kinds = [0, 0, 0, 0, 0, 0, 0]", "kinds = [0]", "kinds", "is not a list of seven numbers"),
    "too few numbers": (', "nine", "ten"]', "]", "spelled", "has fewer than 11 words"),
    "cities": ('from = "zone"', 'from = "here"', "from", "is not zone or names"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_line(mistake: str, tmp_path: Path) -> None:
    old, new, begins, said = MISTAKES[mistake]
    assert old in ENGLISH
    written = ENGLISH.replace(old, new, 1)
    found = problems_of(written, tmp_path / "en" / "_words.toml")
    told = [(written.split("\n")[each.line - 1].split(" ")[0], each.why) for each in found]
    assert [begin for begin, why in told if said in why] == [begins], told


def test_a_table_that_is_none(tmp_path: Path) -> None:
    begin, end = ENGLISH.index("[lists]"), ENGLISH.index("# Each list")
    written = f"lists = 1\n{ENGLISH[:begin]}{ENGLISH[end:]}"
    (wrong,) = problems_of(written, tmp_path / "en" / "_words.toml")
    assert (wrong.line, wrong.why) == (1, "[lists]: is no table")


def test_check_says_so_and_a_letter_waits_instead_of_saying_half_of_it(tmp_path: Path) -> None:
    own = folder(tmp_path, "pt-BR", ENGLISH.replace("{much} later", "{mcuh} later"))
    templates = Templates([own, CAME_ALONG])
    (wrong,) = check(templates)
    assert wrong.template.endswith("pt-BR/_words.toml")
    assert "Known here: {much}." in wrong.advice
    given: Any = FIXTURES["off"][0].context()
    with pytest.raises(TemplateFailed, match="mcuh"):
        templates.render("off", "pt", given)
    assert templates.render("off", "en", given).text


def test_a_text_of_a_bank_or_a_program_is_put_in_the_reader_s_language() -> None:
    assert wording.translated("What are you best at?", PAIR) == "Em que você é melhor?"
    assert wording.translated("Our own: tea or coffee?", PAIR) == "Our own: tea or coffee?"
    assert (
        wording.translated("What are you best at?", Reading("Asia/Kolkata"))
        == "What are you best at?"
    )


def test_texts_that_are_no_texts_are_named_with_their_line(tmp_path: Path) -> None:
    own = folder(tmp_path, "pt-BR")
    path = own / "pt-BR" / "_texts.toml"
    path.write_text('"One?" = "Um?"\n"Two?" = 2\n', encoding="utf-8")
    templates = Templates([own, CAME_ALONG])
    (wrong,) = check(templates)
    assert (wrong.line, wrong.why) == (2, "Two?: is no text")
    with pytest.raises(TemplateFailed, match="Two"):
        templates.render("off", "pt", FIXTURES["off"][0].context())
    path.write_text('"One?" = \n', encoding="utf-8")
    assert "is not TOML" in check(Templates([own, CAME_ALONG]))[0].why
    assert templates.strays() == []


def test_what_is_a_language() -> None:
    assert [is_language(code) for code in ("pt", "pt-BR", "zh-Hant-TW", "mine", "old letters")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    (wrong,) = problems_of(ENGLISH, Path("mine/_words.toml"))
    assert wrong.why == "mine is no language"
