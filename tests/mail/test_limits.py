"""How large a mail may be: what stands below a picture is read, and giants are read as far as a person writes.

Not the time and the memory: `python -m tests.fuzz.run` measures both.
"""

from __future__ import annotations

import pytest

from daemon.mail.reading import mime
from daemon.mail.reading.incoming import read

HEAD = b"From: ben@example.org\nTo: koss@example.org\nMessage-ID: <1@example.org>\nSubject: Re: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n"
PICTURE = (
    b"--x\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + b"QUJD\n" * 400_000
)


def test_trap_72_what_stands_below_large_pictures_is_read() -> None:
    answer = b"--x\nContent-Type: text/plain\n\n2\n"
    assert read(MIXED + PICTURE * 4 + answer + b"--x--\n").text == "2"
    assert read(MIXED + answer + PICTURE * 4 + b"--x--\n").text == "2"


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + b"\n" + b"a" * 3_000_000,
        HEAD + b"\n" + b"a\n" * 1_500_000,
        HEAD + b"\n" + b"\n--a" * 1_000_000,
        HEAD + b"X-A: b\n" * 500_000 + b"\n2",
        HEAD + b"X-A: b\n" + b" c\n" * 1_000_000 + b"\n2",
        HEAD + b'Content-Type: text/plain; boundary="' + b';\\"' * 1_000_000 + b"\n\n2",
        b"\n" * 3_000_000,
        b":" * 3_000_000,
        b"",
    ],
)
def test_trap_72_a_giant_is_read_as_far_as_a_person_writes(mail: bytes) -> None:
    found = read(mail)
    assert found.kind in ("human", "unreadable")
    assert len(found.text) <= mime.TEXT_CHARACTERS_MAX


def test_trap_72_text_is_composed_however_many_marks_stand_on_a_letter() -> None:
    assert mime.tidy("Zu\u0308rich zu\u0308rich") == "Zürich zürich"
    assert len(mime.tidy("a" + "\u0301\u0323" * 50_000)) > 99_000
