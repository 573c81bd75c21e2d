"""What servers, companies and mailing lists put around a mail: banners above, disclaimers and list footers below.

Not a person's signature (signatures.py). A sentence that only mentions secrets is no disclaimer.
"""

from __future__ import annotations

import re

from daemon.mail.reading import phrases

FOOTER_PARAGRAPHS_MAX = 10
FOOTER_LINES_MAX = 60
BANNER_CHARACTERS_MAX = 700
_BRACKETED = re.compile(
    r"^[\W_]{0,4}(?:\[|\*{2,}|<|#|!+ ?)\s*(?:ext|external|externe?[ns]?|extern|esterno|externo|extérieur|внешн\w*|外部\w*|zewn\w*)"
    r"(?:[\s:-]{0,3}(?:e-?mail|sender|mail|message))?\s*(?:\]|\*{2,}|>|#|!)[\s:.-]*",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"link|attachment|sender|anh[aä]ng|anhänge|absender|pi[eè]ces? jointe|liens|expéditeur|enlace|adjunto|remitente"
    r"|anexo|remetente|allegat|mittente|bijlage|afzender|załącznik|nadawc|вложени|отправител|附件|链接|連結|safe|caution|learn why",
    re.IGNORECASE,
)
_START = re.compile(r"^ZjQcmQRYFpfptBannerStart")
_END = re.compile(r"ZjQcmQRYFpfptBannerEnd$")
_LIST = re.compile(
    r"mailing list|list info|listinfo|unsubscribe|abmelden|abbestellen|désabonn|désinscri|darse de baja|cancelar a (?:sua )?inscri"
    r"|mailman|google groups|groups\.google|liste de diffusion|lista de correo|lista di distribuzione|mailingliste|рассылк|отписа",
    re.IGNORECASE,
)
ARMOR = "-----BEGIN PGP SIGNED MESSAGE-----"
_ARMORED = "-----BEGIN PGP SIGNATURE-----"
_TREE = "P "
"""The tree of Webdings above "please consider the environment", in the letters of another font."""
_REACHED = re.compile(r"https?://|www\.|\w@\w")
_HIDDEN = re.compile(
    r"^\[?(?:quoted text hidden|texte des messages précédents masqué|zitierter text ausgeblendet"
    r"|texto (?:das mensagens anteriores oculto|citado oculto)|el texto citado está oculto|testo tra virgolette nascosto)\]?$",
    re.IGNORECASE,
)


def unarmored(lines: list[str]) -> list[str]:
    """The lines of a mail signed in clear without its dash-escapes (RFC 9580 7.2)."""
    if ARMOR not in lines[:3]:
        return lines
    return [line.removeprefix("- ") for line in lines]


def banner_end(lines: list[str], start: int, end: int) -> int:
    """Where what a server wrote on top of a mail ends; `start` where it wrote nothing. A banner in brackets
    that shares its line with the writer's words is taken out of it."""
    at = start
    while at < end:
        line = lines[at]
        if not line:
            at += 1
            continue
        if line == ARMOR:
            while at < end and lines[at]:
                at += 1
            start = at
            continue
        if _START.match(line):
            last = next((n for n in range(at, min(end, at + 20)) if _END.search(lines[n])), None)
            if last is not None:
                start = at = last + 1
                continue
        bracketed = _BRACKETED.match(line)
        if bracketed:
            rest = line[bracketed.end() :]
            if rest[:1].islower():
                return start
            if rest and not _is_warning(rest):
                lines[at] = rest
                return at
        elif not _is_banner(lines, at, end):
            return start
        at += 1
        while at < end and lines[at] and _is_warning(lines[at]):
            at += 1
        start = at
    return start


def _is_warning(line: str) -> bool:
    return bool(phrases.OUTSIDE.search(line[:400].casefold()) or _WARNS.search(line[:400]))


def _is_banner(lines: list[str], at: int, end: int) -> bool:
    """A first line that speaks of senders outside, or does together with the line into which it was wrapped."""
    for line in (lines[at], " ".join(lines[at : min(end, at + 2)])):
        said = line[:BANNER_CHARACTERS_MAX].casefold()
        if phrases.OUTSIDE.search(said) and (_WARNS.search(said) or len(said) < 60):
            return True
    return False


def is_disclaimer(paragraph: str, *, least: int = 3) -> bool:
    """At least so many of the things that every disclaimer says, in one language."""
    said = paragraph[:2_000].casefold()
    if len(said) < 70:
        return False
    return any(
        sum(bool(family.search(said)) for family in families) >= least for families in phrases.LEGAL
    )


def footer_start(lines: list[str], start: int, end: int) -> int:
    """Where footers of lists, companies and virus scanners begin; `end` where there are none."""
    found = end
    above = end
    for _ in range(FOOTER_PARAGRAPHS_MAX):
        while above > start and not lines[above - 1].strip():
            above -= 1
        last = above
        while above > start and lines[above - 1].strip() and last - above <= FOOTER_LINES_MAX:
            above -= 1
        if last == above or end - above > FOOTER_LINES_MAX:
            break
        inside = _footer_in(lines, above, last, end)
        if inside is not None:
            found = inside
    return _with_rule(lines, start, found) if found < end else end


def _footer_in(lines: list[str], start: int, last: int, end: int) -> int | None:
    """Where in a paragraph a footer begins."""
    for at in range(start, last):
        line = lines[at]
        said = line.strip(" *_[").removeprefix(_TREE).casefold()
        if said.startswith(phrases.VIRUS) or _HIDDEN.match(line):
            return at
        if line == _ARMORED:
            return at
        if at == start and _is_banner(lines, at, last) and not _BRACKETED.match(line):
            return at
        ruled = len(line) >= 2 and (
            not line.strip("_") or (len(line) >= 5 and not line.strip("-=*"))
        )
        if ruled and at + 1 < end:
            below = " ".join(lines[at + 1 : min(end, at + 10)])
            if _LIST.search(below) or is_disclaimer(below, least=2):
                return at
            if not line.strip("_") and end - at <= 12 and _REACHED.search(below):
                return at
    return start if is_disclaimer(" ".join(lines[start:last])) else None


def _heads(line: str) -> bool:
    """`CONFIDENTIALITY NOTICE`, `Disclaimer`."""
    said = line.strip(" *_:#").casefold()
    spoken_of = any(family.search(said) for families in phrases.LEGAL for family in families)
    return line.isupper() or (spoken_of and not line.endswith((".", "!", "?", ",")))


def _with_rule(lines: list[str], start: int, at: int) -> int:
    """A line of dashes above a footer belongs to it; so does a heading like `CONFIDENTIALITY NOTICE`."""
    above = at - 1
    while above > start and not lines[above].strip():
        above -= 1
    line = lines[above] if above >= start else ""
    ruled = len(line) >= 3 and not line.strip("-_=*~ ")
    headed = 3 < len(line) < 60 and len(line.split()) <= 5 and _heads(line)
    return above if ruled or headed else at
