"""Authentication-Results (RFC 8601): what our own mail server says of where a mail came from.

Not a check of signatures: the server has made it. Only its topmost field counts, and only under the name that
an admin has declared; whatever cannot be read proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["pass", "fail", "none"]

FIELD_CHARACTERS_MAX = 4_000
_SPACE = re.compile(r"[ \t\r\n]+")
_ATOM = re.compile(r"[!#$%&'*+\-./0-9:?@A-Z\[\]^_`a-z{|}~\x80-\U0010ffff]+")
_QUOTED = re.compile(r'"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t -~])*)"')
_UNREAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _Unreadable(Exception):
    """The field breaks the grammar."""


@dataclass(frozen=True, slots=True)
class _Token:
    """`glued`: nothing stands between it and the token before."""

    kind: Literal["atom", "quoted", ";", "="]
    text: str
    glued: bool


@dataclass(slots=True)
class Result:
    """One `method=result` with its properties (`header.d` → value)."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def verdict(fields: Sequence[str], authserv_id: str, domain: str) -> Verdict:
    """Whether our server says that a mail came from `domain`, the domain of its one From address. `fields`
    are the values of all such header fields, topmost first: anybody may have written those below."""
    if not fields or not authserv_id or not domain:
        return "none"
    try:
        own_id, results = results_of(fields[0])
    except _Unreadable:
        return "none"
    if own_id.casefold() != authserv_id.casefold():
        return "none"
    return _judged(results, _plain(domain))


def _judged(results: Sequence[Result], domain: str) -> Verdict:
    policies = [each for each in results if each.method == "dmarc"]
    if len(policies) > 1:
        return "none"  # one server has one opinion: something was slipped into its field
    for policy in policies:
        named = policy.properties.get("header.from", "")
        if policy.result == "pass":
            return "pass" if _plain(named) == domain else "none"
        if policy.result != "none":
            return "fail"
    proofs = (_signed(each, domain) or _sent(each, domain) for each in results)
    return "pass" if any(proofs) else "none"


def _signed(result: Result, domain: str) -> bool:
    """A DKIM signature of that domain, or of one above it."""
    if (result.method, result.result) != ("dkim", "pass"):
        return False
    signer = result.properties.get("header.d") or result.properties.get("header.i", "")
    return _above(_plain(signer.rpartition("@")[2]), domain)


def _sent(result: Result, domain: str) -> bool:
    """SPF of an envelope sender of that domain; HELO says nothing of a person."""
    if (result.method, result.result) != ("spf", "pass"):
        return False
    return _above(_plain(result.properties.get("smtp.mailfrom", "").rpartition("@")[2]), domain)


def _above(proved: str, domain: str) -> bool:
    return proved == domain or ("." in proved and domain.endswith(f".{proved}"))


def _plain(domain: str) -> str:
    """A domain as it is looked up: ASCII, lower case, no dot at the end (RFC 5891)."""
    try:
        return domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


# --- the grammar (RFC 8601 2.2)


def results_of(value: str) -> tuple[str, list[Result]]:
    """The authserv-id of a field and its results. Comments and folds may stand anywhere between words."""
    tokens = list(_tokens(value))
    groups: list[list[_Token]] = [[]]
    for token in tokens:
        if token.kind == ";":
            groups.append([])
        else:
            groups[-1].append(token)
    head = groups.pop(0)
    if not 1 <= len(head) <= 2 or any(token.kind == "=" for token in head):
        raise _Unreadable("no authserv-id")
    if len(head) == 2 and (head[1].glued or not head[1].text.isdigit()):
        raise _Unreadable("a version is a number")
    if groups and not groups[-1]:
        groups.pop()  # many servers end with a semicolon
    if [token.text for group in groups for token in group] == ["none"]:
        return head[0].text, []
    return head[0].text, [_result(group) for group in groups]


def _tokens(value: str) -> Iterator[_Token]:
    if len(value) > FIELD_CHARACTERS_MAX or _UNREAL.search(value):
        raise _Unreadable("not a header field")
    at, glued = 0, False
    while at < len(value):
        if space := _SPACE.match(value, at):
            at, glued = space.end(), False
        elif value[at] == "(":
            at, glued = _after_comment(value, at), False
        elif value[at] in ";=":
            yield _Token(";" if value[at] == ";" else "=", value[at], glued)
            at, glued = at + 1, True
        elif quoted := _QUOTED.match(value, at):
            yield _Token("quoted", re.sub(r"\\(.)", r"\1", quoted[1]), glued)
            at, glued = quoted.end(), True
        elif atom := _ATOM.match(value, at):
            yield _Token("atom", atom.group(), glued)
            at, glued = atom.end(), True
        else:
            raise _Unreadable(f"{value[at]!r} may not stand there")


def _after_comment(value: str, at: int) -> int:
    """Comments nest (RFC 5322 3.2.2); one that is not closed hides the rest."""
    depth = 0
    while at < len(value):
        depth += {"(": 1, ")": -1}.get(value[at], 0)
        at += 2 if value[at] == "\\" else 1
        if depth == 0:
            return at
    raise _Unreadable("a comment is not closed")


def _result(tokens: list[_Token]) -> Result:
    """`method[/version] = result [reason = value] (ptype.property = pvalue)*`."""
    pairs = list(_pairs(tokens))
    if not pairs:
        raise _Unreadable("an empty result")
    method, result = pairs[0]
    name, _, version = method.partition("/")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or (version and version != "1"):
        raise _Unreadable("no method that we know")
    found = Result(name, result.casefold())
    for number, (key, said) in enumerate(pairs[1:]):
        if key == "reason" and number == 0:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9_-]*", key) or key in found.properties:
            raise _Unreadable("no property, or one twice")
        found.properties[key] = said
    return found


def _pairs(tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Each `name = value`; a value is what stands in one piece, so `"a;b"@example.org` is one."""
    at = 0
    while at < len(tokens):
        if at + 2 >= len(tokens) or tokens[at].kind != "atom" or tokens[at + 1].kind != "=":
            raise _Unreadable("no name=value")
        said, name = tokens[at + 2].text, tokens[at].text.lower()
        at += 3
        while at < len(tokens) and tokens[at].glued:
            said, at = said + tokens[at].text, at + 1
        yield name, said
