"""Answers in words of their own to letters that ask a question with few answers, and what is asked about instead.

Not answers to times (test_in_words.py), and not what follows from an answer (tests/stories).
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from daemon.mail.reading import options
from daemon.mail.reading.lexicon import LANGUAGES, listed
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.options import ANSWERS

TABLES = Path(options.__file__).parent / "languages" / "options"
WELCOME = "welcome-mentor-connected"


def said(letter: str, language: str, text: str) -> str:
    """The answer, as one word with its number; empty where it has to be asked about, or is only words."""
    meaning = understand(
        text, "Ana", "mentee", "Ben Das", today=date(2026, 11, 30), language=language, letter=letter
    )
    return " ".join(
        f"{each.word} {' '.join(map(str, each.numbers))}".strip() for each in meaning.said
    )


@pytest.mark.parametrize(
    ("letter", "language", "text", "answer"),
    [
        ("absence", "en", "Yes please, I'll be at my parents' the whole time", "yes"),
        ("absence", "en", "I'm not really away, that's just focus time. I can still meet", "no"),
        ("absence", "de", "Ja genau, bin im Urlaub. Danke!", "yes"),
        ("absence", "de", "Nö, bin da, das ist der Urlaub von meinem Mitbewohner", "no"),
        ("absence", "fr", "Oui, merci, vacances bien méritées :)", "yes"),
        ("absence", "fr", "Non non je suis là, c'est juste mon télétravail", "no"),
        ("absence", "es", "Sí, estaré donde mis abuelos sin internet", "yes"),
        ("absence", "es", "No, sigo aquí, es de mi hermana", "no"),
        ("absence", "pt", "sim, podem cancelar essas", "yes"),
        ("absence", "pt", "Não, continuo por cá e posso reunir", "no"),
        ("absence", "pt", "Isso mesmo, pode deixar de fora", "yes"),
        ("absence", "en", "skip them please", "yes"),
        ("absence", "en", "no, keep them", "no"),
        ("series-gone", "en", "whoops, was cleaning up my calendar. pls restore them", "choose 1"),
        ("series-gone", "de", "keine ahnung was da passiert ist?? bitte wieder eintragen", "choose 1"),
        ("series-gone", "fr", "On s'est mis d'accord pour en rester là.", "leave"),
        ("series-gone", "es", "Es que los jueves ya no puedo, busquemos otro día fijo", "choose 2"),
        ("series-gone", "pt", "preciso de um tempo, vamos fazer uma pausa", "pause"),
        ("declined-all", "en", "that was a fat finger on my phone", "choose 1"),
        ("still-good", "en", "A bit less often would do, now that I've found my feet", "rarer"),
        ("still-good", "de", "Passt alles so, wie es ist.", "choose 1"),
        ("still-good", "fr", "Je préférerais souffler un peu, le temps de finir mon stage", "pause"),
        ("still-good", "es", "creo que hasta acá llego", "leave"),
        ("still-good", "pt", "Toda semana começa a ser demais pra mim", "rarer"),
        ("clash", "en", "The 1:1 goes first, I'll skip the other one", "keep"),
        ("clash", "de", "Da muss ich leider hin, bitte verschieben", "move"),
        ("agreement", "en", "AGREE", "yes"),
        ("agreement", "en", "I agree to all of it. Thanks!", "yes"),
        ("agreement", "de", "Ja, einverstanden", "yes"),
        ("agreement", "fr", "Je suis d'accord, merci", "yes"),
        ("agreement", "es", "Estoy de acuerdo", "yes"),
        ("agreement", "pt", "Concordo", "yes"),
        ("agreement", "en", "No, not like this", "no"),
        ("chemistry", "en", "Yes please, I'd love to", "choose 1"),
        ("chemistry", "en", "I'm not sure yet", "choose 2"),
        ("chemistry", "en", "Rather not, sorry", "choose 3"),
        ("chemistry", "de", "Noch nicht sicher", "choose 2"),
        ("chemistry", "fr", "Je ne sais pas", "choose 2"),
        ("chemistry", "es", "No sé", "choose 2"),
        ("chemistry", "pt", "Talvez", "choose 2"),
        ("check", "en", "4", "choose 4"),
        ("check", "en", "4/5", "choose 4"),
        ("check", "en", "A 3 out of 5.", "choose 3"),
        ("assess", "de", "2 von 5", "choose 2"),
        ("exit", "pt", "5 de 5", "choose 5"),
        ("assess", "fr", "5 sur 5 !", "choose 5"),
        ("check", "es", "1 de 5", "choose 1"),
        (WELCOME, "en", "Sure, happy to start! Ben sounds lovely.", "yes"),
        (WELCOME, "de", "Ja gern, von mir aus kanns losgehen", "yes"),
        (WELCOME, "fr", "Avec plaisir, on peut commencer !", "yes"),
        (WELCOME, "es", "Ahora mismo no puedo, acabo de empezar en un trabajo nuevo.", "no"),
        (WELCOME, "pt", "Claro, vamos começar! Quando é a primeira?", "yes"),
    ],
)  # fmt: skip
def test_an_answer_in_words(letter: str, language: str, text: str, answer: str) -> None:
    assert said(letter, language, text) == answer


YES, NOT_SURE, NO = "choose 1", "choose 2", "choose 3"


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "continue", YES),
        ("en", "let's continue", YES),
        ("en", "Let's continue!", YES),
        ("en", "I'd like to continue", YES),
        ("en", "Yes, let's go on", YES),
        ("en", "go on", YES),
        ("en", "I think so", YES),
        ("en", "I don't think so", NO),
        ("en", "I don't think so, sorry", NO),
        ("en", "somebody else please", NO),
        ("en", "someone else", NO),
        ("en", "Someone else, please", NO),
        ("en", "I'd prefer someone else", NO),
        ("en", "another mentor please", NO),
        ("en", "so-so", NOT_SURE),
        ("en", "more or less", NOT_SURE),
        ("en", "Continue, but with someone else", ""),
        ("en", "can I continue with someone else?", ""),
        ("en", "I'd like to speak with somebody else first", "help"),
        ("en", "I met someone else who did that", ""),
        ("en", "RESUME", "resume"),
        ("pt", "Quero continuar", YES),
        ("pt", "Quero continuar, sim!", YES),
        ("pt", "Vamos continuar", YES),
        ("pt", "Acho que sim", YES),
        ("pt", "acho que não", NO),
        ("pt", "Acho que não, obrigada", NO),
        ("pt", "outra pessoa", NO),
        ("pt", "prefiro outra pessoa", NO),
        ("pt", "Outra pessoa, por favor", NO),
        ("pt", "Prefiro outro mentor", NO),
        ("pt", "Quero seguir com outra pessoa", NO),
        ("pt", "Não quero continuar", "leave"),
        ("pt", "mais ou menos", NOT_SURE),
        ("pt", "Mais ou menos.", NOT_SURE),
        ("pt", "Não sei se quero continuar", NOT_SURE),
        ("pt", "Sim, mais ou menos", ""),
        ("pt", "RETOMAR", "resume"),
        ("de", "Ich möchte weitermachen", YES),
        ("de", "Ich glaube nicht", NO),
        ("de", "jemand anderes bitte", NO),
        ("de", "so lala", NOT_SURE),
        ("fr", "Je veux continuer", YES),
        ("fr", "Je ne pense pas", NO),
        ("fr", "quelqu'un d'autre", NO),
        ("fr", "plus ou moins", NOT_SURE),
        ("es", "Quiero continuar", YES),
        ("es", "Creo que no", NO),
        ("es", "prefiero otra persona", NO),
        ("es", "más o menos", NOT_SURE),
    ],
)
def test_whether_to_go_on_together_in_words(language: str, text: str, answer: str) -> None:
    assert said("chemistry", language, text) == answer


def test_another_mentor_is_a_wish_of_its_own_where_nobody_asked() -> None:
    assert said("", "pt", "prefiro outra pessoa") == "change"
    assert said("prep-mentee", "en", "Someone else, please") == "change"
    assert said("", "pt", "Quero continuar") == "resume"


@pytest.mark.parametrize(
    ("letter", "language", "text"),
    [
        ("absence", "en", "Yes, but keep the one on the Tuesday"),
        ("absence", "en", "Yes, until the 20th"),
        ("absence", "en", "No, I come back earlier"),
        ("absence", "en", "Yes I'm away, only please don't leave them out"),
        ("absence", "en", "Maybe, I'll tell you next week"),
        ("absence", "de", "Ja, aber den Freitag schaffe ich"),
        ("absence", "fr", "Oui, sauf la dernière semaine"),
        ("absence", "es", "no, esas fechas están mal"),
        ("absence", "pt", "sim, menos a primeira semana"),
        ("series-gone", "en", "How did that happen?"),
        ("series-gone", "en", "Put them back or make it another day, I don't mind"),
        ("still-good", "en", "Good question"),
        ("still-good", "en", "Yes, but maybe less often"),
        ("still-good", "de", "Pause oder ganz aufhören, ich weiß noch nicht"),
        ("still-good", "es", "si hay tiempo, sí"),
        ("clash", "en", "Which one?"),
        ("agreement", "en", "I agree, but not to the part about Sundays"),
        ("agreement", "en", "I don't agree with the second point"),
        ("agreement", "en", "I agree except for the second point"),
        ("agreement", "fr", "Je ne suis pas d'accord avec le deuxième point"),
        ("agreement", "de", "Nicht ganz einverstanden"),
        ("agreement", "pt", "Não concordo com tudo"),
        ("agreement", "es", "No estoy de acuerdo con todo"),
        ("agreement", "en", "What happens when I agree?"),
        ("chemistry", "en", "Yes, maybe, but I'm not sure"),
        ("check", "en", "6/5"),
        ("check", "en", "Quite well, I think"),
        (WELCOME, "en", "Happy to, if it can be Wednesdays"),
        (WELCOME, "en", "Yes, could we make it 18:00?"),
        (WELCOME, "fr", "Oui mais pas avant janvier"),
    ],
)
def test_what_is_not_sure_is_no_answer(letter: str, language: str, text: str) -> None:
    assert said(letter, language, text) == ""


def test_the_same_words_elsewhere_answer_nothing() -> None:
    assert said("prep-mentee", "en", "Yes, I'm on holiday, and it was an accident") == ""
    assert said("", "de", "Ja genau, bin im Urlaub") == ""


def test_why_somebody_stops_is_kept_from_the_other_one() -> None:
    meaning = understand(
        "Time to wrap up, I think. Ana was never on time.", "Ana", "mentee", "Ben Das",
        today=date(2026, 11, 30), letter="still-good",
    )  # fmt: skip
    assert [each.word for each in meaning.said] == ["leave"]
    assert (meaning.text, meaning.aside) == ("", "Ana was never on time.")


BEGINNINGS = {"yes_lead", "yes_mark", "no_lead", "no_mark", "else_mark"}
BESIDE = {"doubt", "harmless", "turn", "spared", "nots", "begging", "other_days", "for_a_time"}
"""What no letter's answer is, but ends one, denies it, or spares it that."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_phrases_for_each_answer_and_none_that_nothing_asks_for(
    code: str,
) -> None:
    answers = {name for each in ANSWERS.values() for groups in each.values() for name in groups}
    table = tomllib.loads((TABLES / f"{code}.toml").read_text(encoding="utf-8"))
    assert set(table) == (answers - {"yes", "no", "else"}) | BEGINNINGS | BESIDE
    assert all(listed(entry) for entry in table.values())
