"""Mails whose words are in a winmail.dat: read where they can be, and never taken for silence (trap_71).

Not what follows from one that cannot be opened: tests/stories/test_unclear.py.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading.incoming import read
from daemon.mail.reading.rtf import RTF_CHARACTERS_MAX, words_of_rtf
from daemon.mail.reading.winmail import words_of_winmail
from tests.mail.winmails import (
    BINARY,
    CODE_PAGE,
    ENCAPSULATED,
    HTML,
    STRING,
    TEXT,
    UNICODE,
    attribute,
    mail,
    prop,
    properties,
    rtf,
    winmail,
)

HEAD = "From: Ben Das <ben@example.org>\nMessage-ID: <1@example.org>\nSubject: RE: 1:1\n"
SAID = "2, bitte. Grüße"
FILES = {
    "as text": winmail(attribute(0x0002800C, f"{SAID}\0".encode("cp1252"))),
    "as a property": winmail(properties(prop(STRING, TEXT, SAID.encode("cp1252")))),
    "in Unicode": winmail(properties(prop(UNICODE, TEXT, f"{SAID}\0".encode("utf-16-le")))),
    "as HTML": winmail(properties(prop(BINARY, HTML, b"<html><p>2, bitte. Gr&uuml;\xdfe</p></html>"))),
    "as RTF": winmail(properties(rtf(r"{\rtf1\ansi\ansicpg1252{\info{\title x}}2, bitte. Gr\'fc\'dfe\par}"))),
    "RTF behind an empty one": winmail(
        properties(prop(BINARY, 0x1009, b""), rtf(r"{\rtf1 2, bitte. Gr\u252?\u223\'dfe}"))
    ),
    "in a code page that is no number": winmail(properties(prop(STRING, CODE_PAGE, b"1"), prop(STRING, TEXT, SAID.encode("cp1252")))),
    "properties that end too early": winmail(attribute(0x00069003, b"\x02\0\0\0" + prop(STRING, TEXT, SAID.encode("cp1252")))),
    "text before what is cut off": winmail(attribute(0x0002800C, SAID.encode("cp1252"))) + b"\x01\x03\x90\x06\x00\xff\xff",
}  # fmt: skip


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream"])
def test_words_in_nothing_but_a_winmail_are_read(form: str, kind: str) -> None:
    incoming = read(mail(FILES[form], head=HEAD, kind=kind))
    assert (incoming.kind, incoming.text, incoming.sealed) == ("human", SAID, False)


def test_rtf_that_was_HTML_is_that_HTML_again_with_its_quote() -> None:
    words = words_of_winmail(winmail(properties(rtf(ENCAPSULATED))))
    assert [line for line in words.split("\n") if line] == [
        "2, bitte",
        "Grüße, Бen",
        "> Our letter",
    ]


def test_words_beside_it_are_the_mail() -> None:
    assert read(mail(FILES["as HTML"], words="The first.", head=HEAD)).text == "The first."


NOTHING = {
    "no winmail": b"PK\x03\x04 something else",
    "nothing": b"",
    "only its head": winmail(),
    "properties of no known kind": winmail(attribute(0x00069003, b"\xff" * 400)),
    "RTF with a wrong sum": winmail(properties(prop(BINARY, 0x1009, b"\x40\0\0\0\x40\0\0\0LZFu\0\0\0\0abcdef"))),
    "RTF that is none": winmail(properties(rtf("hello"))),
    "endless lengths": winmail() + b"\x01" + b"\xff" * 12,
}  # fmt: skip


@pytest.mark.parametrize("form", NOTHING)
def test_what_cannot_be_opened_is_said_to_be_sealed(form: str) -> None:
    incoming = read(mail(NOTHING[form], head=HEAD))
    assert (incoming.kind, incoming.text, incoming.sealed) == ("human", "", True)


@pytest.mark.parametrize(
    "kind", ["multipart/encrypted; boundary=b", "application/pkcs7-mime; smime-type=enveloped-data"]
)
def test_so_is_an_encrypted_mail(kind: str) -> None:
    raw = f"{HEAD}Content-Type: {kind}\n\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n"
    assert read(raw.encode()).sealed


def test_a_mail_of_no_words_that_hides_none_is_not() -> None:
    assert not read(f"{HEAD}\n\n".encode()).sealed


ENDLESS = {
    "groups": "{", "fields": r'{\field{\*\fldinst{ HYPERLINK "x"', "unicode": r"\u1 ?", "bytes": r"\'41", "words": r"\par",
    "closed": "}", "asides": r"{\*", "pages": r"\ansicpg932", "escapes": "\\\\",
}  # fmt: skip


@pytest.mark.parametrize("form", ENDLESS)
def test_trap_69_endless_rtf_comes_to_an_end(form: str) -> None:
    words = words_of_rtf("{\\rtf1" + ENDLESS[form] * (RTF_CHARACTERS_MAX // len(ENDLESS[form])))
    assert len(words) <= RTF_CHARACTERS_MAX
