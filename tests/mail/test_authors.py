"""Who stands in From, and when two addresses are the same: as mail is delivered, not as it looks.

Not whether it is true: tests/mail/test_authentication.py.
"""

from __future__ import annotations

import pytest

from daemon.domain.people import looked_up
from daemon.mail.reading.incoming import read

AUTHORS = [
    ("From: Ben Das <ben@example.org>", ("ben@example.org",)),
    ("From: BEN@Example.ORG", ("ben@example.org",)),
    ('From: "x@y.example" <ben@example.org>', ("ben@example.org",)),
    ("From: =?utf-8?q?x=40y=2Eexample?= <ben@example.org>", ("ben@example.org",)),
    ('From: "a;b" <ben@example.org>', ("ben@example.org",)),
    (
        "From: ben@example.org, zoe@example.net",
        ("ben@example.org", "zoe@example.net"),
    ),
    (
        "From: ben@example.org\r\nFrom: zoe@example.net",
        ("ben@example.org", "zoe@example.net"),
    ),
    ("From: all: ben@example.org;", ()),
    ("From: undisclosed:;", ()),
    ("Sender: ben@example.org", ()),
    ("From: <b\x01en@example.org>", ()),
    ("From: Ben", ()),
]


@pytest.mark.parametrize(("head", "authors"), AUTHORS, ids=[head for head, _ in AUTHORS])
def test_who_stands_in_from(head: str, authors: tuple[str, ...]) -> None:
    raw = f"{head}\r\nMessage-ID: <1@x.example>\r\n\r\nHello\r\n".encode()
    assert read(raw).authors == authors


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ben@bücher.example", "ben@xn--bcher-kva.example", True),
        ("ben@example.org.", "ben@example.org", True),
        ("ben@EXAMPLE.org", "ben@example.org", True),
        ("Ben@example.org", "ben@example.org", False),
        ("bеn@example.org", "ben@example.org", False),  # a Cyrillic е
        ("\u212aai@example.org", "kai@example.org", False),  # the Kelvin sign
        ("ben@exаmple.org", "ben@example.org", False),  # a Cyrillic а
        ("ben+1@example.org", "ben@example.org", False),
        ("ben", "ben@", False),
    ],
)
def test_when_two_addresses_are_the_same(one: str, other: str, same: bool) -> None:
    assert (looked_up(one) == looked_up(other)) is same
