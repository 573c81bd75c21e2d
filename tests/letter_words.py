"""What the letter linter has to know of a language: its blame, its pronouns, how silence and the foot are said.

Not the rules: tests/letter_linter.py. A new language of templates is linted once it has an entry here.
"""

from __future__ import annotations

import re

from msgspec import Struct


class LetterWords(Struct, frozen=True):
    """Patterns of one language. `by` is what stands between `ended` and the day, with the day."""

    code: str
    blame: str
    pronouns: str
    greetings: str
    ended: str
    by: str
    harmless: str
    yes: str
    undo: str
    reads: str
    helped: str
    days: str
    reply_words: str
    no_reply_words: frozenset[str]


EN = LetterWords(
    code="en",
    blame=r"cancelled on you|\bfailed\b|\boverdue\b|\bmissed\b|\bignored\b|no-show|\bsick\b|\bagain\b|"
    r"just checking in|friendly reminder|we miss you|\binvalid\b|\berror\b|you have not|no answer from",
    pronouns=r"\b(?:he|she|him|her|his|hers|himself|herself)\b",
    greetings=r"(?:Hi|Hello|Dear|Please|You wrote|Reply)\b(?! LEAVE)",
    ended=r"(?:If I hear nothing|Without an answer)",
    by=r" by (?:\w{3} )?\d{1,2} \w{3}",
    harmless="Until then nothing changes|It stays so",
    yes=r"\breply YES\b",
    undo="UNDO",
    reads="Who reads your reply: ",
    helped=r"Help, read only by \S.*: \S+@\S+$",
    days=r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
    reply_words=r"\b(?:RATHER NOT|AWAY \d+–\d+ \w+|\d till \d+ \w+|[A-Z]{2,}(?: [a-z]\b)?)",
    no_reply_words=frozenset({"CV", "KOSS"}),
)
PT_BR = LetterWords(
    code="pt-BR",
    blame=r"cancelou com você|\bfalh(?:ou|a|aram)\b|\batrasad[oa]s?\b|\bfaltou\b|\bfaltas?\b(?! assunto)|"
    r"\bignor(?:ou|ad[oa])\b|\bperdeu\b|\bdoente\b|\bde novo\b|\bnovamente\b|\bsó passando\b|lembrete amigável|"
    r"\binválid[oa]\b|\berro\b|você não respondeu|você ainda não|sem resposta de|\bnão compareceu\b|saudades?",
    pronouns=r"\b(?:[eE]la?s? (?:disse|escreveu|pode|quer|vai|propõe|escolheu)|d[oa] mentor|"
    r"d[oa] mentorad[oa]|\w+\(a\)|\w+@s|todxs|vocês dois|vocês duas|seu mentor|sua mentora|bem-vind[oa])\b",
    greetings=r"(?:Oi|Olá|Car[oa]|Prezad[oa]|Por favor|Você escreveu|Responda)\b(?! SAIR)",
    ended="Se eu não tiver resposta",
    by=r" até (?:\w+ )?\d{1,2}º? (?:de )?\w{3}",
    harmless="Até lá, nada muda|Fica assim",
    yes=r"\bresponda SIM\b",
    undo="DESFAZER",
    reads="Quem lê sua resposta: ",
    helped=r"Ajuda, só \S.* lê: \S+@\S+$",
    days=r"(?:segunda|terça|quarta|quinta|sexta|sábado|domingo)",
    reply_words=r"\b(?:MELHOR NÃO|AUSENTE \d+–\d+ \w+|\d até \d+ de \w+|[A-ZÀ-Ý]{2,}(?: [a-z]\b)?)",
    no_reply_words=frozenset({"CV", "KOSS"}),
)
WORDS = {each.code: each for each in (EN, PT_BR)}

ENGLISH_LEFT = re.compile(
    r"\b(?:the|with|your|you|and|reply|nothing|from|will|would|please|until|this|that|time|week|month|next|help|"
    r"who|reads|letter|why|(?<!e-)mails|hours|how|series|wish|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Apr|May|Aug|Sep|Oct|Dec|minutes|hour|first|"
    r"MOVE|SKIP|UNDO|DONE|NONE|YES|NO|LEAVE|PAUSE|RESUME|MEET|LATE|AWAY|MONTHLY|HELP)\b"
)
"""Telltale words of the English templates."""
