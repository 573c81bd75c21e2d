"""The tree of parts: as RFC 2046 has it, as mails have it that do not keep to it, and never too deep.

Not what a mail means: tests/mail/test_incoming.py.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mail.reading.incoming import read
from daemon.mail.reading.mime import DEPTH_MAX, PARTS_MAX, Part, Unreadable, parsed

MIXED = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"


def types(mail: Part) -> list[str]:
    """Of every part, in their order."""
    return [part.type for part in mail.walk()]


def said(mail: Part) -> list[str]:
    """The words of every part that has no parts."""
    return [part.text() for part in mail.walk() if not part.parts]


def test_parts_end_at_boundary_lines_and_nowhere_else() -> None:
    body = b"before\r\n--x\r\n\r\none\r\n--xy\r\n --x\r\n--x  \r\n\r\ntwo\r\n--x--\r\nafter\r\n--x\r\n\r\nthree"
    assert said(parsed(MIXED + body)) == ["one\n--xy\n --x", "two"]


def test_an_end_that_is_missing_is_that_of_the_mail() -> None:
    assert said(parsed(MIXED + b"--x\n\none\n--x\n\ntwo\n")) == ["one", "two"]


def test_without_parts_what_is_left_are_words() -> None:
    for raw in (MIXED + b"just words", b"Content-Type: multipart/mixed\n\njust words"):
        assert said(parsed(raw)) == ["just words"]


def test_a_mail_inside_a_mail_is_a_part_of_its_own() -> None:
    inner = b"From: a@b\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
    mail = parsed(b"Content-Type: message/rfc822\r\n\r\n" + inner)
    assert types(mail) == ["message/rfc822", "text/html"]
    assert mail.parts[0].header("From") == "a@b"
    within = parsed(
        MIXED + b"--x\n\nours\n--x\nContent-Type: message/rfc822\n\n" + inner + b"\n--x--"
    )
    assert [part.type for part in within.walk(into_mails=False)] == [
        *("multipart/mixed", "text/plain", "message/rfc822"),
    ]
    digest = MIXED.replace(b"mixed", b"digest") + b"--x\n\nFrom: a@b\n\nwords\n--x--"
    assert types(parsed(digest)) == ["multipart/digest", "message/rfc822", "text/plain"]


@pytest.mark.parametrize(
    ("raw", "subject", "text"),
    [
        (b"From a@b Thu Nov 26\nSubject: x\n\nwords", "x", "words"),
        (b"Subject: x\nno colon here\nwords", "x", "no colon here\nwords"),
        (b"no header at all\n\nwords", "", "no header at all\n\nwords"),
        (b"\nwords", "", "words"),
        (b"Subject: x\r\rwords", "x", "words"),
        ("Subject: é ü\n\nwörds".encode(), "é ü", "wörds"),
        ("Subject: é ü\n\nwörds".encode("latin-1"), "é ü", "wörds"),
        (b"Subject: =?utf-8?q?=C3=A9?= =?foo?b?4g==?=\n\n", "éâ", ""),
        (b"Subject: x\nContent-Transfer-Encoding: base64\n\nd29y!\nZHM", "x", "words"),
    ],
)
def test_mails_that_keep_to_no_standard(raw: bytes, subject: str, text: str) -> None:
    mail = parsed(raw)
    assert (mail.words("Subject"), mail.text()) == (subject, text)


def test_trap_72_what_is_nested_too_deep_or_cut_too_small_is_unreadable() -> None:
    for raw in (
        b"Content-Type: message/rfc822\n\n" * DEPTH_MAX + b"\nx",
        MIXED + b"--x\n\na\n" * PARTS_MAX,
    ):
        with pytest.raises(Unreadable):
            parsed(raw)
        assert read(raw).kind == "unreadable"


@given(
    st.lists(
        st.sampled_from(
            [
                b"--x",
                b"--x--",
                b"\r\n",
                b"\n",
                b"Content-Type: multipart/mixed; boundary=x",
                b"a: b",
                b" ",
                b"\xff",
            ]
        )
    )
)
def test_trap_72_any_pieces_make_a_mail(pieces: list[bytes]) -> None:
    read(MIXED + b"".join(pieces))
