"""What servers say of a letter that they do not deliver: the words and codes, and what they mean (RFC 3463).

Not the reports they stand in (bounces.py, bounce_text.py). Servers speak English to each other; around it they
speak the language of whoever installed them.
"""

from __future__ import annotations

import re
from typing import Literal

Why = Literal[
    "no such user", "no such host", "moved", "disabled", "mailbox full", "refused", "too large",
    "not reached", "unknown",
]  # fmt: skip

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]\d)")
_SENDERS_FAULT = re.compile(
    r"spam|spf\b|dkim|dmarc|sender|polic|reputation|blacklist|block ?list|blocked|unsolicited|relay"
)
_UNKNOWN_BEHIND_DENIED = re.compile(r"5\.4\.1\b.{0,80}recipient address rejected", re.DOTALL)

# The first line that fits, from what is said most plainly to what is said most vaguely.
_WORDS: tuple[tuple[Why, str], ...] = (
    ("mailbox full", (
        r"quota|mail(?:box|folder) (?:is )?(?:too )?(?:full|over)|full mailbox|box space|inbox is full|insufficient system"
        r" storage|insufficient storage|no space left|too much mail stored|out of storage|storage (?:space|limit)|mailbox size"
        r"|bo[iî]te .{0,30}(?:pleine|satur)|postfach .{0,30}voll|speicherplatz|buz[oó]n .{0,30}llen|caixa .{0,30}cheia"
        r"|casella .{0,30}piena|skrzynka .{0,30}pe[lł]na|переполнен|容量|已满|已滿|いっぱい"
    )),
    ("disabled", (
        r"(?:account|mailbox|user|address|recipient)\b.{0,40}\b(?:disabled|discontinued|deactivated|de-activated|inactive"
        r"|suspended|expired|closed|terminated|locked|frozen|no longer (?:active|in use|available|on this server))"
        r"|not been collected|(?:disabled|inactive|closed) (?:account|mailbox|recipient|user)"
        r"|(?:konto|compte|cuenta|conta)\b.{0,30}(?:deaktiviert|gesperrt|d[ée]sactiv|deshabilitad|desativad|suspendid)"
    )),
    ("moved", r"has moved|new address|changed (?:his|her|their|its) address|neue adresse|nouvelle adresse"),
    ("no such user", (
        r"(?:user|recipient|addressee|mailbox|account|address)s? (?:is |was )?(?:un ?known|invalid|not (?:be )?(?:known|found"
        r"|valid|recogni[sz]ed|listed|local))|no such (?:user|mailbox|recipient|person|account|address|local)"
        r"|(?:unknown|illegal|invalid|non-?existent|bad destination) (?:or illegal |local |final delivery )?"
        r"(?:user|recipient|addressee|mailbox|account|address|userid|local.?part)|not (?:a )?(?:valid|known) (?:user|recipient"
        r"|mailbox|address)|does ?n[o']?t (?:exist|have an? .{0,60}account|have a final)|not exist\b|mailbox (?:is )?(?:unavailable"
        r"|not available)|no mailbox|(?:name|recipient) is not recogni[sz]ed|no longer valid|address (?:is )?wrong"
        r"|unrouteable address|no user by that name|not listed in|is not .{0,30}e-?mail users?|did not exactly match"
        r"|no matches to nameserver|couldn'?t be found|could not be found|wasn'?t found|no valid recipients?\b(?! were)"
        r"|recipient not found|email address is (?:wrong|invalid)|no account (?:here|by)|user .{0,60}not known"
        r"|unbekannt|existiert nicht|nicht gefunden|n'?existe pas|inconnue?\b|introuvable|no existe|desconocid|no encontrad"
        r"|n[aã]o existe|desconhecid|n[aã]o encontrad|inesistente|non esiste|sconosciut|bestaat niet|onbekend|finns inte"
        r"|ok[aä]nd|findes ikke|finnes ikke|ukendt|ei ole olemassa|tuntematon|nie istnieje|nieznany|neexistuje|nezn[aá]m"
        r"|не существует|не найден|неизвест|存在しません|見つかりません|不存在|查無|존재하지|bulunamad|لا يوجد"
    )),
    ("no such host", (
        r"domain .{0,40}(?:not exist|not found|unknown|isn'?t)|domain not found|host (?:name )?(?:is )?(?:not found|unknown)|unknown"
        r" (?:host|domain)|name service error|nxdomain|no such (?:domain|host)|no mx\b|could not find a gateway|bad destination"
        r" system|host or domain name not found|dns error|unrouteable mail domain"
    )),
    ("refused", (
        r"spam|unsolicited|black ?list|block ?list|blocked|\brbl\b|reputation|polic(?:y|ies)|dmarc|\bspf\b|dkim"
        r"|relay(?:ing)? (?:is )?(?:denied|not)|unable to relay|not accepting mail|prohibited|not (?:permitted|authori[sz]ed|allowed)"
        r"|access denied|content reject|virus|banned|greylist|grey-?listed|authentication (?:required|failed)|not delivered because of a rule"
        r"|verboten|abgelehnt|interdit|rechazad|rejeitad|запрещ"
    )),
    ("too large", r"(?:message|mail).{0,60}(?:size|too (?:large|big))|too large|zu gro(?:ß|ss)|trop volumineux"),
    ("not reached", (
        r"timed? ?out|connection (?:was )?(?:refused|reset|lost)|(?:could|can|can|did) ?n[o']t (?:be )?(?:connect|respond|establish)"
        r"|not respond|unreachable|not reachable|no answer|no route|unable to connect|too long|retry time(?:out)? "
        r"|maximum delivery attempts|delivery attempts|temporar|try again|unavailable or busy|able to establish|queue period"
        r"|nicht erreichbar|injoignable|tiempo de espera|tempo esgotado"
    )),
)  # fmt: skip
_PATTERNS = tuple((why, re.compile(pattern)) for why, pattern in _WORDS)
_CODES: tuple[tuple[str, Why], ...] = (
    ("1.2", "no such host"), ("1.4", "unknown"), ("1.6", "moved"), ("1.7", "refused"), ("1.8", "refused"),
    ("1.", "no such user"), ("2.1", "disabled"), ("2.2", "mailbox full"), ("2.3", "too large"), ("3.1", "mailbox full"),
    ("3.4", "too large"), ("4.", "not reached"), ("6.", "refused"), ("7.", "refused"),
)  # fmt: skip

DELAYED = re.compile(
    r"\bdelayed\b|delayed? ?mail|\bnot yet (?:been )?delivered|will (?:be )?retr(?:y|ied)|(?:will|shall) (?:continue|keep) (?:to )?"
    r"(?:try|attempt|retry)|attempts will (?:continue|be made)|continue (?:to )?(?:try|attempt)ing|keep trying|warning (?:message )?only"
    r"|just a warning|been postponed|still being retried|still trying|noch nicht zugestellt|verz[öo]gert|weitere(?:n)? zustellversuch"
    r"|pas encore [ée]t[ée]|retard[ée]e?\b|a[uú]n no se ha|retrasad|ainda n[aã]o foi|atrasad|in ritardo|vertraagd|f[oö]rsenad|forsinket"
    r"|задерж|opóźni|遅延|延迟|延遲"
)
FAILED = re.compile(
    r"undeliver|non-?deliver|not (?:be(?:en)? )?delivered|n[o']t (?:be )?(?:deliver|reach)|unable to deliver|able to deliver"
    r"|delivery (?:has |problem|failure|failed|to the following|status notification|report|error|notification|subsystem|warning)"
    r"|fail(?:ed|ure)[ ,]*(?:mail|notice|delivery|permanently|recipient|address)|mail (?:delivery )?(?:failed|error|system error)"
    r"|delivery of (?:email|your)|failed addresses|returned? ?(?:mail|to sender|message)|returning (?:message|to sender)"
    r"|did not rec(?:ei|ie)ve|following (?:mail|message) has been returned"
    r"|automatically rejected|rejected mail|processing error|encountered delivery problems|message (?:was )?(?:not )?(?:delayed|rejected)"
    r"|delivery (?:delay|incomplete)|could ?n[o']t be delivered|has not been delivered|user unknown|unknown (?:user|recipient)"
    r"|no such (?:user|mailbox)|did not exactly match|unzustellbar|nicht (?:zugestellt|zugestellt werden|ausgeliefert)|zustellung .{0,30}fehl"
    r"|zustellungs?fehler|non remis|pas pu (?:[eê]tre )?(?:[eê]tre )?(?:remis|d[ée]livr|distribu|achemin)|[eé]chec de (?:la )?(?:remise|distribution)"
    r"|no (?:se )?(?:ha podido|pudo|puede) (?:ser )?entreg|no entregad|devuelto|n[aã]o (?:p[oô]de|foi poss[ií]vel|foi) (?:ser )?entreg|n[aã]o entregue"
    r"|falha na entrega|mancat[ao] (?:consegna|recapito)|impossibile (?:consegnare|recapitare)|non recapitabile|onbestelbaar|niet .{0,20}(?:bezorgd|afgeleverd)"
    r"|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nie .{0,20}dostarczon|niedostarczon|nedoru[cč]|kézbesíthetetlen"
    r"|не (?:может быть|удалось|было|был) доставл|недоставлен|teslim edilemedi|退信|无法(?:投递|送达|发送)|無法(?:傳遞|投遞|寄達)|配信(?:不能|できません)|届けることができ|전송(?:되지|할 수)"
)
GIVEN_BACK = re.compile(
    r"^[\W_]*(?:original (?:message|mail)|(?:this is |here is |included is )?a copy of (?:the|your|my)|.{0,20}below this line|returned mail"
    r"|unsent message|(?:the )?message headers?|message (?:text|header|body)|headers? of the|the header|start of returned|end of message"
    r"|.{0,12}forwarded message|forwarded mail|(?:a summary of )?the (?:undelivered|non-?delivered|original|first \d+ lines)|old message"
    r"|your message reads|original message (?:headers?|details|follows)|(?:full )?original message|mensaje original|message d.origine"
    r"|mensagem original|urspr[uü]ngliche nachricht|messaggio originale|returned message)\b.{0,80}$",
    re.IGNORECASE,
)


def why(said: str) -> Why:
    """The reason, by words where they are plain, else by the enhanced status code."""
    lower = " ".join(said[:4_000].lower().split())
    code = _code(lower)
    if code.startswith("7.") and _SENDERS_FAULT.search(lower) and "user unknown" not in lower:
        return "refused"
    if _UNKNOWN_BEHIND_DENIED.search(lower):
        return "no such user"  # what Exchange Online says of an address that it does not know
    by_code: Why = next((reason for start, reason in _CODES if code.startswith(start)), "unknown")
    if by_code in ("mailbox full", "disabled", "moved", "no such host"):
        return by_code
    by_words: Why = next(
        (reason for reason, pattern in _PATTERNS if pattern.search(lower)), "unknown"
    )
    return by_words if by_words != "unknown" else by_code


def _code(lower: str) -> str:
    """The first enhanced status code that says anything, without its class; `0.0` says nothing."""
    for found in _ENHANCED.finditer(lower):
        if found[1] != "2" and (found[2], found[3]) != ("0", "0"):
            return f"{found[2]}.{found[3]}"
    return ""
