"""A pair of two languages: Ben asks for Portuguese and answers in it, Ana reads and writes English (RULES 11).

Not the wording of each letter: tests/mail/test_language_packs.py and tests/test_letters.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.alone import Agreement
from daemon.domain.value import replace
from daemon.mail.source import CAME_ALONG
from daemon.settings import load
from daemon.settings.preset_files import preset_values
from tests.letter_words import ENGLISH_LEFT
from tests.stories.beginnings import on_friday
from tests.stories.cast import ANA, BEN, KOSS, PATIENT, RUI, line
from tests.stories.rows import row
from tests.stories.stage import TEMPLATES, Stage, running


def in_portuguese() -> Stage:
    """Friday before Tuesday's 1:1; Ben has written one line."""
    stage = on_friday()
    stage.ben.replies("started", "LANGUAGE pt")
    assert stage.ben.reads() == [
        "Fri 9 Oct 13:31  ack  Entendi: agora escrevo para você em português."
    ]
    return stage


@row("letter-language", settings=("language",))
def test_each_reads_their_own_language_about_the_same_1_1() -> None:
    stage = in_portuguese()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(30)
    assert stage.ben.last("proposal").first == (
        "O 1:1 de terça (13 out) não vai acontecer. Que tal outro horário?"
    )
    assert stage.ben.last().choices == [
        "1  segunda 12 out, 18:30 Calcutá (15:00 Berlim), hora de sempre",
        "2  quarta 14 out, 18:30 Calcutá (15:00 Berlim), hora de sempre",
        "3  quinta 15 out, 18:30 Calcutá (15:00 Berlim), hora de sempre",
    ]
    stage.ben.replies("proposal", "quinta serve")
    assert stage.ben.last("moved").first == (
        "Marcado: quinta 15 out, 18:30 Calcutá (15:00 Berlim), 30 minutos."
    )
    assert 'Li o seu "quinta serve" como o terceiro horário.' in stage.ben.last().text
    assert stage.ana.last().first == (
        "Your 1:1 with Ben is now Thu 15 Oct, 15:00 Berlin (18:30 Kolkata)."
    )
    assert stage.ben.last().header("Subject") == "Re: Ana & Ben: nossos 1:1s"
    assert stage.ana.last().header("Subject") == "Re: Ana & Ben: our 1:1s"


@row("letter-language")
def test_the_words_of_the_portuguese_letters_do_what_the_english_ones_do() -> None:
    stage = in_portuguese()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(30)
    stage.ben.replies("proposal", "não posso")
    assert stage.ben.last("unclear").first == "Qual horário você quer dizer?"
    stage.ben.replies("unclear", "não posso nesses dias")
    stage.passes(1)
    assert stage.ben.last().first == (
        "Mais horários para o 1:1 de terça (13 out). Algum deles serve?"
    )
    stage.ben.replies("proposal", "6")
    stage.ben.replies("moved", "DESFAZER")
    stage.passes(2)
    assert stage.ben.last("ack").first == "Desfeito: o 1:1 de terça (13 out) não foi movido."
    stage.ben.replies("proposal", "PULAR")
    assert stage.ben.last("left-out").first == (
        "O 1:1 de terça (13 out) não vai acontecer desta vez. Nada a fazer."
    )


@row("letter-language")
def test_what_people_say_of_themselves_is_understood_in_portuguese() -> None:
    stage = in_portuguese()
    stage.ben.replies("started", "PAUSAR até 20 de novembro")
    assert stage.ben.last("ack").first == (
        "Entendi: os 1:1s fazem uma pausa até 20 de novembro de 2026."
    )
    stage.ben.replies("ack", "RETOMAR")
    assert stage.ben.last("ack").first.startswith("Seus 1:1s continuam: terça ")
    stage.ben.replies("ack", "AUSENTE 26–30 out")
    assert stage.ben.last("ack").first == "Entendi: você estará fora de 26 a 30 de outubro."
    stage.ben.replies("ack", "SAIR")
    assert (
        stage.ben.last("leave").first == "Você escreveu SAIR. Devo encerrar os seus 1:1s com Ana?"
    )
    stage.ben.replies("leave", "não")
    assert stage.ben.last("ack").first == "Agradeço. Tudo fica como está."


@row("letter-language", "letter-topic")
def test_topics_notes_and_to_dos_cross_the_languages_as_they_were_written() -> None:
    stage = in_portuguese()
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.ben.replies(
        "prep-mentee", "Estágios e o CV\ntarefa: enviar o CV\nprivado: estou nervoso com isso"
    )
    stage.until("Tue 13 Oct 10:00 Berlin")
    prep = stage.ana.last("prep-mentor").text
    assert "Ben would like to talk about\n| Estágios e o CV" in prep
    assert "a  Ben: enviar o CV" in prep
    assert "nervoso" not in "".join(letter.text for letter in stage.ana.letters)
    stage.until("Tue 13 Oct 21:00 Kolkata")
    assert stage.ben.last("notes").first == (
        "Como foi o 1:1 com Ana (terça 13 out)? Uma linha para lembrar basta."
    )
    stage.ben.replies("prep-mentee", "feito a")
    assert "Feito, e fora da lista.\n| enviar o CV" in stage.ben.last("ack").text


def as_preset(name: str) -> Stage:
    """Ana reads English and Ben Portuguese, in a program with what a preset says; Monday before their second."""
    said = preset_values(name)
    names = ("prep_asks", "notes_asks", "meeting_types")
    program = replace(PATIENT, **{each: said[each].value for each in names if each in said})
    stage = running(line(ANA, replace(BEN, language="pt")), program=program)
    stage.until("Mon 12 Oct 19:00 Kolkata")
    stage.all_read()
    return stage


@row("letter-language", "asked-before-and-after", settings=("language", "prep_asks"))
def test_what_a_program_asks_before_a_1_1_is_in_the_language_of_its_reader() -> None:
    stage = as_preset("practical")
    theirs = stage.ben.last("prep-mentee").text
    assert "| Como andam os seus objetivos?\n| O que vem primeiro nos próximos dias?\n" in theirs
    assert "| 10 min: o trabalho\n| 5 min: o que cada pessoa faz a seguir\n" in theirs
    assert ENGLISH_LEFT.findall(theirs) == []
    stage.ben.replies("prep-mentee", "Estágios")
    stage.until("Tue 13 Oct 14:50 Berlin")
    stage.all_read()
    mine = stage.ana.last("prep-mentor").text
    assert "| 10 min: the work\n| 5 min: what each of us does next\n" in mine
    assert "o trabalho" not in mine


@row("letter-language", "asked-before-and-after", settings=("notes_asks",))
def test_what_a_program_asks_after_a_1_1_is_in_the_language_of_its_reader() -> None:
    stage = as_preset("wealljs")
    stage.until("Tue 13 Oct 21:00 Kolkata")
    stage.ben.reads()
    notes = stage.ben.last("notes").text
    assert "| No que você trabalha até a próxima vez\n| Uma oportunidade? Uma linha" in notes


@row("letter-language")
def test_what_nobody_has_translated_comes_as_the_program_has_it() -> None:
    program = replace(PATIENT, prep_asks=("Tea or coffee?", "What would help you?"))
    stage = running(line(ANA, replace(BEN, language="pt")), program=program)
    stage.until("Tue 13 Oct 10:00 Berlin")
    stage.ben.reads()
    assert "| Tea or coffee?\n| O que ajudaria você?\n" in stage.ben.last("prep-mentee").text


@row("letter-language", "agreement-asked", settings=("agreement",))
def test_each_agrees_to_the_same_version_in_their_own_language() -> None:
    text = Agreement(
        "# We agree\n\nEvery week.",
        "aaaa111",
        translations=(("pt-BR", "# O acordo\n\nToda semana."),),
    )
    stage = Stage(line(ANA, replace(BEN, language="pt")), program=replace(PATIENT, agreement=text))
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Yes")
    stage.passes(1)
    stage.all_read()
    stage.ben.replies("welcome-mentee", "Sim")
    stage.passes(1)
    stage.all_read()
    assert "| We agree\n|\n| Every week.\n" in stage.ana.last("agreement").text
    assert "| O acordo\n|\n| Toda semana.\n" in stage.ben.last("agreement").text
    stage.ana.replies("agreement", "AGREE")
    stage.ben.replies("agreement", "CONCORDO")
    stage.passes(1)
    assert stage.state().standing == "active"
    assert {each.version for each in stage.state().alone.agreed_to} == {"aaaa111"}


@row("letter-language")
def test_who_writes_to_a_mentor_with_a_calendar_problem_writes_in_the_language_that_was_asked_for() -> None:  # fmt: skip
    """The letter is about a calendar and no pairing; the wish was said in one."""
    stage = on_friday()
    stage.ana.replies("started", "LANGUAGE pt")
    stage.ana.locks_out()
    stage.until("Fri 9 Oct 20:00 Berlin")
    assert stage.ana.last("reconnect").first == (
        "Desde sexta 9 out, 10:02 Berlim não vejo a sua agenda."
    )


@row("letter-language", settings=("language",))
def test_a_program_in_portuguese_writes_to_everybody_in_it_and_to_the_contact() -> None:
    program = replace(KOSS, language="pt-BR", contact_name="Maya")
    pair = line(replace(ANA, language="pt-BR"), replace(BEN, language="pt-BR"))
    stage = Stage(pair, program=program)
    stage.passes(1)
    stage.ana.replies("welcome-mentor-connected", "Sim, com prazer!")
    stage.ben.replies("welcome-mentee", "sim")
    stage.until("Tue 6 Oct 21:00 Berlin")
    stage.ben.replies("notes", "Estágio: decidir até janeiro")
    assert (
        stage.ben.last("first-note").first
        == "Guardei sua linha. Daqui em diante, guardo suas linhas sem responder."
    )
    stage.until("Wed 14 Oct 21:00 Berlin")
    letters = [*stage.ana.letters, *stage.ben.letters]
    assert {letter.touchpoint for letter in letters} >= {
        "welcome-mentor-connected", "welcome-mentee", "started", "prep-mentee", "notes",
    }  # fmt: skip
    for letter in letters:
        if letter.touchpoint != "invitation":
            assert ENGLISH_LEFT.findall(letter.text) == [], letter.text
    stage.ben.replies("prep-mentee", "AJUDA, por favor")
    stage.passes(1)
    assert stage.maya.last("help-case").first == (
        "Alguém pede a sua ajuda. Peço que responda em até dois dias."
    )


@pytest.mark.parametrize(
    ("language", "word", "told"),
    [
        ("en", "RESUME", "Your 1:1s go on: Tue 27 Oct, 15:00 Berlin (19:30 Kolkata)."),
        ("pt", "RETOMAR", "Seus 1:1s continuam: terça 27 out, 15:00 Berlim (19:30 Calcutá)."),
    ],
)
@row("letter-language")
def test_the_word_that_ends_a_pause_does_so_in_answer_to_the_letter_that_names_it(
    language: str, word: str, told: str
) -> None:
    """Silence has made a pause of the question, and its letter said how to end that."""
    stage = on_friday()
    stage.ana.replies("started", f"LANGUAGE {language}")
    stage.ana.deletes_all()
    stage.until("Fri 23 Oct 10:00 Berlin")
    assert stage.ana.last("paused")
    assert f" {word}" in stage.ana.last("series-gone").text
    stage.ana.replies("series-gone", word)
    stage.passes(20)
    assert stage.ana.last("ack").first == told


FILES = """preset: {preset}
name: Mentoria
contact: Maya <maya@example.org>
mailbox: mentoria@example.org
timezone: America/Sao_Paulo
language: pt_BR
pairings:
  - mentor: Rui Paz <rui@example.org>
    mentee: Eva Sol <eva@example.org>
  - mentor: Ana Rao <ana@example.org>
    mentee: Eva Sol
"""


@pytest.mark.parametrize("preset", ["koss", "practical"])
def test_what_a_program_says_for_all_holds_for_whoever_says_nothing(
    tmp_path: Path, preset: str
) -> None:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "mentoria.yaml").write_text(FILES.format(preset=preset))
    (tmp_path / "people.yaml").write_text(
        "rui: {name: Rui Paz, address: rui@example.org, language: en}\n"
    )
    config = load(tmp_path).config
    assert [(each.mentor.language, each.mentee.language) for each in config.lines] == [
        ("en", "pt-BR"), ("pt-BR", "pt-BR"),
    ]  # fmt: skip
    assert config.programs[0].language == "pt-BR"
    assert RUI.language == "en" and TEMPLATES == CAME_ALONG
