"""Automatic answers in many languages, the days they name, and the people who are none.

Not what follows from the days: tests/stories/test_bounced.py.
"""

from __future__ import annotations

from datetime import date

import pytest

from daemon.mail.reading.autoreply import days_away
from daemon.mail.reading.incoming import read

SUBJECTS = [
    "Automatic reply: Ana & Ben: our 1:1s", "Out of Office: Re: Ana & Ben: our 1:1s", "Out of office", "OOO: Ana & Ben",
    "Auto-Reply: x", "[Auto-Reply] x", "Autoreply", "x [Out of Office]", "Out of the office until 3 January",
    "Automatische Antwort: Ana & Ben: our 1:1s", "Abwesenheitsnotiz: x", "Abwesenheitsnotiz",
    "Réponse automatique : Ana & Ben: our 1:1s", "Absence du bureau: x", "Respuesta automática: x", "Fuera de la oficina: x",
    "Resposta automática: x", "Ausência temporária: x", "Risposta automatica: x", "Fuori sede: x", "Automatisch antwoord: x",
    "Afwezigheidsbericht: x", "Automatiskt svar: x", "Autosvar: x", "Automatisk svar: x", "Automaattinen vastaus: x",
    "Odpowiedź automatyczna: x", "Automatická odpověď: x", "Automatikus válasz: x", "Răspuns automat: x", "Автоматический ответ: x",
    "Автоответ: x", "Автоматична відповідь: x", "Otomatik yanıt: x", "Αυτόματη απάντηση: x", "自動応答: x", "自动回复: x", "自動回覆：x",
    "자동 회신: x", "رد تلقائي: x", "מענה אוטומטי: x", "Trả lời tự động: x", "Balasan otomatis: x", "Automatski odgovor: x",
]  # fmt: skip
PEOPLE = [
    "Re: Ana & Ben: our 1:1s", "Ana & Ben: our 1:1s", "AW: Ana & Ben: our 1:1s", "Re: Automatic & Ben: our 1:1s",
    "Out of office hours?", "Automatic replies in our tool", "Vacation plans", "Abwesend & Ben: our 1:1s", "Auto & Ben: our 1:1s",
    "Absent friends", "Away & Ben: our 1:1s", "SV: Ana & Ben: our 1:1s", "",
]  # fmt: skip


def mail(subject: str, text: str = "I am back soon.", header: str = "") -> bytes:
    """A mail whose headers say nothing, unless told."""
    head = f"From: ben@example.org\nDate: Thu, 26 Nov 2026 12:00:00 +0000\nSubject: {subject}\n{header}"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_trap_64_automatic_answers_whose_headers_say_nothing(subject: str) -> None:
    assert read(mail(subject)).kind == "auto-reply"


@pytest.mark.parametrize("subject", PEOPLE)
def test_a_person_is_no_machine(subject: str) -> None:
    assert read(mail(subject)).kind == "human"


def test_the_words_of_an_automatic_answer_are_kept_by_nobody() -> None:
    found = read(mail("Out of office", "A secret, until 24 December 2026"))
    assert (found.text, found.away) == ("", (date(2026, 11, 26), date(2026, 12, 24)))
    assert "secret" not in repr(found)


DAYS = [
    ("I am out of office from 10 December to 24 December.", "2026-12-10", "2026-12-24"),
    ("I'm away 10-24 Dec.", "2026-12-10", "2026-12-24"),
    ("Away Dec 10 - Dec 24, 2026, and back after.", "2026-12-10", "2026-12-24"),
    ("I am away December 10-24.", "2026-12-10", "2026-12-24"),
    (
        "away from Thursday, December 10th, through Thursday, December 24th",
        "2026-12-10",
        "2026-12-24",
    ),
    ("I am out until Monday, 30 November.", "2026-11-26", "2026-11-30"),
    ("I will be back on 1 December 2026", "2026-11-26", "2026-11-30"),
    ("I am away from 10 December and will return on 15 December.", "2026-12-10", "2026-12-14"),
    ("Out 2026-12-10 to 2026-12-24", "2026-12-10", "2026-12-24"),
    ("On leave between 23 December and 3 January", "2026-12-23", "2027-01-03"),
    ("Ich bin vom 10.12.2026 bis zum 24.12.2026 nicht im Büro.", "2026-12-10", "2026-12-24"),
    ("Ich bin vom 10. bis 24. Dezember abwesend.", "2026-12-10", "2026-12-24"),
    ("Ich bin bis einschließlich 4. Dezember nicht erreichbar.", "2026-11-26", "2026-12-04"),
    ("Ab dem 1. Dezember bin ich wieder erreichbar.", "2026-11-26", "2026-11-30"),
    ("Ich bin am 01.12. wieder zurück", "2026-11-26", "2026-11-30"),
    ("Je suis absente du 10 au 24 décembre 2026.", "2026-12-10", "2026-12-24"),
    ("Je suis en congés jusqu'au 4 décembre inclus.", "2026-11-26", "2026-12-04"),
    ("Je serai de retour le mardi 1er décembre.", "2026-11-26", "2026-11-30"),
    ("Estaré fuera del 10 al 24 de diciembre de 2026.", "2026-12-10", "2026-12-24"),
    ("Estoy de vacaciones hasta el 4 de diciembre.", "2026-11-26", "2026-12-04"),
    ("Vuelvo el 1 de diciembre.", "2026-11-26", "2026-11-30"),
    ("Estarei ausente de 10 a 24 de dezembro.", "2026-12-10", "2026-12-24"),
    ("Estou de férias até 4 de dezembro.", "2026-11-26", "2026-12-04"),
    ("Regresso a 1 de dezembro.", "2026-11-26", "2026-11-30"),
]
NO_DAYS = [
    "I am away. Please write to Sue.", "I am away from 3/4/2027 to 5/4/2027.", "I was away from 1 November to 10 November.",
    "Our office: 12 December Street 5", "I read mail on 2 days a week.", "away from 10 December 2026 to 24 December 2031",
    "away until 31 February",
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_days_that_are_stated(text: str, first: str, last: str) -> None:
    found = days_away(text, "Out of office", date(2026, 11, 26))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", NO_DAYS)
def test_days_that_are_not_stated_are_not_guessed(text: str) -> None:
    assert days_away(text, "Out of office", date(2026, 11, 26)) is None


def test_without_a_date_of_its_own_a_mail_names_no_days() -> None:
    assert days_away("until 4 December", "Out of office", None) is None
