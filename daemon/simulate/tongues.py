"""Tongues: what acted people write in the language of their letters, and by which words they know a letter.

Not the choice of what to say: phrases.py and people.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. Lists of equal length in every one, so that chance takes the same way in all."""

    plain: Mapping[str, str]
    yes: tuple[str, str, str]
    """The last one is signed."""
    no: str
    odd: tuple[str, str, str]
    rhythms: tuple[str, str, str, str]
    away: str
    pause: tuple[str, str]
    months: tuple[str, ...]
    zone: str
    topic: str
    private: str
    private_next: str
    to_do: str
    note: str
    goal: str
    thanks: str
    asks_yes: str
    undo: str
    later: str
    done: str
    looked_after: str
    invite: str
    intro: str
    leave_out: str
    chance: str


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MESES = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
)
ENGLISH = Tongue(
    plain={
        "missed": "NO",
        "skip": "SKIP",
        "move": "MOVE",
        "done": "DONE a",
        "none": "NONE",
        "undo": "UNDO",
        "meet": "MEET",
        "later": "LATER",
        "stop": "STOP",
        "allow-all": "ALL",
        "allow-one": "a",
        "allow-none": "NOTHING",
        "my-notes": "MY NOTES",
        "links": "LINKS",
        "resume": "RESUME",
        "leave": "LEAVE",
        "thanks": "Thanks!",
        "late-number": "2",
        "out-of-office": "I am out of office until Monday. 2",
    },
    yes=("YES", "Yes, gladly.", "yes\n\nBest,\n"),
    no="NO",
    odd=("maybe thursday? or not", "hm, let me see", "?"),
    rhythms=("WEEKLY", "every two weeks", "Every other week, please", "MONTHLY"),
    away="AWAY ",
    pause=("PAUSE", "PAUSE until {day} {month}"),
    months=_MONTHS,
    zone="ZONE",
    topic="I would like to talk about {word} and my plans.",
    private="private: {word} is only for me",
    private_next="private next: {word} is only for me, and for then",
    to_do="It was about {word}.\ntodo: send the draft\n@{partner}: ask around",
    note="We looked at https://lab.example/{word}.\nGood talk.",
    goal="goal: a first draft about {word}",
    thanks="Thanks",
    asks_yes="YES or NO",
    undo="UNDO",
    later="LATER",
    done="DONE",
    looked_after="It stays as it was made",
    invite="INVITE {address} about internships",
    intro="INTRO: {word} <{address}>, designs at Example Labs",
    leave_out="leave out: {word}",
    chance="chance: {word}, until March",
)
PORTUGUESE = Tongue(
    plain={
        "missed": "NÃO",
        "skip": "PULAR",
        "move": "MOVER",
        "done": "FEITO a",
        "none": "NENHUM",
        "undo": "DESFAZER",
        "meet": "ENCONTRAR",
        "later": "DEPOIS",
        "stop": "PARAR",
        "allow-all": "TUDO",
        "allow-one": "a",
        "allow-none": "NADA",
        "my-notes": "MINHAS NOTAS",
        "links": "NOSSOS LINKS",
        "resume": "RETOMAR",
        "leave": "SAIR",
        "thanks": "Valeu!",
        "late-number": "2",
        "out-of-office": "I am out of office until Monday. 2",
    },
    yes=("SIM", "Sim, com prazer.", "sim\n\nAbraços,\n"),
    no="NÃO",
    odd=("talvez quinta? ou não", "hm, deixa eu ver", "?"),
    rhythms=("SEMANAL", "a cada duas semanas", "Uma semana sim, outra não, por favor", "MENSAL"),
    away="AUSENTE ",
    pause=("PAUSAR", "PAUSAR até {day} de {month}"),
    months=_MESES,
    zone="FUSO",
    topic="Queria conversar sobre {word} e os meus planos.",
    private="privado: {word} é só para mim",
    private_next="privado próximo: {word} é só para mim, e para então",
    to_do="Foi sobre {word}.\ntarefa: enviar o rascunho\n@{partner}: perguntar por aí",
    note="Olhamos https://lab.example/{word}.\nBoa conversa.",
    goal="meta: um primeiro rascunho sobre {word}",
    thanks="Valeu",
    asks_yes="SIM ou NÃO",
    undo="DESFAZER",
    later="DEPOIS",
    done="FEITO",
    looked_after="Ele fica como foi criado",
    invite="CONVIDAR {address} sobre estágios",
    intro="APRESENTAR: {word} <{address}>, projeta no Laboratório Exemplo",
    leave_out="deixar de fora: {word}",
    chance="oportunidade: {word}, até março",
)
_TONGUES = {"pt": PORTUGUESE}


def tongue(language: str) -> Tongue:
    """That of a person's letters; English where acted people speak no other."""
    return _TONGUES.get(language.partition("-")[0], ENGLISH)
