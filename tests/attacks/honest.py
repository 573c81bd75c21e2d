"""Honest replies in all the ways in which mail programs and servers write them: hardly one may be doubted.

Not what they say: each of them says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from daemon.domain.observation import MailArrived, ReplySeen
from daemon.hearing import heard
from tests.attacks.scene import RESULTS, Scene

AUTHORS = (
    "Ben Das <ben@example.org>",
    "ben@example.org",
    "<ben@example.org>",
    '"Das, Ben" <ben@example.org>',
    "BEN DAS <Ben@Example.ORG>",
    "=?utf-8?b?QmVuIETDoXM=?= <ben@example.org>",
    "=?iso-8859-1?q?Ben_D=E1s?=\r\n <ben@example.org>",
    "ben@example.org (Ben Das)",
    '"Ben \\"BD\\" Das" <ben@example.org>',
)
"""How people and their programs write From."""
TIES = (
    "To: <{token}>\r\nIn-Reply-To: {letter}\r\nReferences: {root} {letter}",
    "To: KOSS 1:1s <{token}>",
    "To: koss@example.org\r\nIn-Reply-To: {letter}",
    "To: <koss@example.org>\r\nReferences: {root}\r\n {letter}",
    "To: koss@example.org\r\nDelivered-To: {token}",
    "To: ana@example.org\r\nCc: <{token}>\r\nIn-Reply-To: <other@phone.example>",
    "To: <{TOKEN}>\r\nIn-Reply-To: {letter}",
)
"""What ties a reply to a letter: reply address, Message-ID, or either of them."""
FIELDS = (
    "{id}; dmarc=pass header.from=example.org",
    "{id};\r\n       dkim=pass header.i=@example.org header.s=s1 header.b=Xa1/B+c=;\r\n       spf=pass"
    " (koss.example: domain of ben@example.org designates 192.0.2.1 as permitted sender)"
    " smtp.mailfrom=ben@example.org;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.org",
    "{id} 1;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=example.org header.i=@example.org"
    " header.a=rsa-sha256 header.s=k1 header.b=q/7;\r\n\tdkim-atps=neutral",
    "{id} (ours); spf=pass (sender is \\(ok\\)) smtp.mailfrom=example.org",
    '{id}; dkim=fail reason="signature of a list; broken" header.d=list.example; dkim=pass header.d=example.org',
)
"""What an honest server writes on top."""
BELOW = ("", "Authentication-Results: mx.sender.example; auth=pass smtp.auth=ben\r\n")
"""What the sender's own server had written before."""


def mails(words: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every way, as (what it is, its bytes)."""
    tied = {**words, "TOKEN": words["token"].upper().replace("KOSS", "koss")}
    for number, (author, tie, field, below) in enumerate(product(AUTHORS, TIES, FIELDS, BELOW)):
        head = (
            f"Authentication-Results: {field.format(id='mx.koss.example')}\r\n{below}"
            f"From: {author}\r\n{tie.format(**tied)}\r\nMessage-ID: <{number}@phone.example>\r\n"
            "Subject: Re: Ana & Ben: our 1:1s\r\n\r\n"
        )
        yield f"{author} / {tie} / {field}", (head + "2\r\n").encode()


def quarantined() -> tuple[int, list[str]]:
    """How many came, and which of them were not believed: by the machine's own ears, in the scene of the forgers."""
    scene = Scene(RESULTS)
    daemon, count, refused = scene.stage.daemon, 0, []
    for name, raw in [*mails(scene.words), *_from_the_second_address(scene)]:
        found = heard(
            MailArrived("1", raw, scene.now), daemon.roster, daemon.ports.store, scene.now
        )
        seen = found[1] if isinstance(found, tuple) else None
        count += 1
        if not (isinstance(seen, ReplySeen) and seen.trust == "verified" and seen.person == "ben"):
            refused.append(name)
    return count, refused


def _from_the_second_address(scene: Scene) -> Iterator[tuple[str, bytes]]:
    """Ben has said once that this other address is his as well."""
    ben, passed = scene.stage.ben, "mx.koss.example; dkim=pass header.d=mail.example"
    alias = {"From": "Ben <ben@mail.example>", "Authentication_Results": passed}
    ben.replies("proposal", "What a nice list.", **alias)
    ben.replies("not-sure-it-is-you", "YES")
    words = {**scene.words, "letter": ben.last("ack").header("Message-ID")}
    for tie, field in product(TIES[:3], (passed, f"{passed}; dmarc=pass header.from=mail.example")):
        head = (
            f"Authentication-Results: {field}\r\nFrom: ben@mail.example\r\n{tie.format(**words)}\r\n"
            "Message-ID: <second@phone.example>\r\n\r\n"
        )
        yield f"second address / {tie}", (head + "2\r\n").encode()
