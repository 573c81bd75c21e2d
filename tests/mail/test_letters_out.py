"""The bytes of a letter: golden headers, names that stay names, threads that hold.

Not about wording: tests/test_letters.py judges what letters say.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from daemon.domain.effect import Effect, SendLetter, TellAdmin
from daemon.domain.people import Person
from daemon.domain.value import replace
from daemon.mail import threads
from daemon.mail.fixtures import BEN, FIXTURES, MAYA, PROGRAM
from daemon.mail.headers import AddressRefused
from daemon.mail.letters import post
from daemon.mail.render import Rendering, Templates
from daemon.ports import OutgoingLetter

SECRET = b"a secret of the vault"
LANE = "pairing/ana-ben"
NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
SHIPPED = Path(__file__).resolve().parents[2] / "templates"
SHORT = Rendering(
    "Ana & Ben: our 1:1s", "Hello.\nFrom here.\n", "<p>Hello.</p>\n<p>From here.</p>\n"
)


def effect(change: SendLetter | TellAdmin, generation: int = 1) -> Effect:
    name = change.touchpoint if isinstance(change, SendLetter) else f"tell/{LANE}/lapsed"
    stem = f"{name}/{LANE}/2026-12-01T15:00[Europe/Berlin]/ben-das"
    closes = NOW + timedelta(days=1)
    return Effect(stem, generation, "b", "mail", PROGRAM.mailbox, change, NOW, closes, "due")


def letter(
    touchpoint: str = "proposal",
    *,
    reader: Person = BEN,
    thread: tuple[str, ...] = (),
    answers: str = "",
    rendering: Rendering = SHORT,
    generation: int = 1,
    index: str = "",
) -> OutgoingLetter:
    change = SendLetter(touchpoint, reader.id, {}, answers, index=index)
    return post(
        effect(change, generation),
        rendering,
        program=PROGRAM,
        reader=reader,
        lane=LANE,
        thread=thread,
        secret=SECRET,
        now=NOW,
    )


def parsed(made: OutgoingLetter) -> EmailMessage:
    mail = message_from_bytes(made.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


GOLDEN = b"""\
From: "KOSS 1:1s" <koss.1on1@example.org>
To: "Ben Das" <ben@example.org>
Reply-To: <koss.1on1+%(token)s@example.org>
Subject: Re: Ana & Ben: our 1:1s
Date: Sat, 28 Nov 2026 01:30:00 +0000
Message-ID: %(id)s
In-Reply-To: <from-ben@example.org>
References: %(root)s
 <first@example.org>
 <from-ben@example.org>
Thread-Topic: Ana & Ben: our 1:1s
Thread-Index: %(index)s
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: DR, RN, NRN
X-Oneonone-Key: notes/pairing/ana-ben/2026-12-01T15:00[Europe/Berlin]/ben-das/1
X-Oneonone-Touchpoint: notes
List-Unsubscribe: <mailto:koss.1on1+%(token)s@example.org?subject=reminders%%20off>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="part-%(boundary)s"

--part-%(boundary)s
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Hello.
=46rom here.

--part-%(boundary)s
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<p>Hello.</p>
<p>From here.</p>

--part-%(boundary)s--
"""


def test_a_letter_byte_by_byte() -> None:
    made = letter("notes", thread=("<first@example.org>",), answers="<from-ben@example.org>")
    boundary = made.raw.partition(b'boundary="part-')[2].partition(b'"')[0]
    wanted = GOLDEN % {
        b"token": threads.reply_token(SECRET, "ben-das", LANE).encode(),
        b"id": made.message_id.encode(),
        b"root": threads.root_id(LANE, "ben-das", SECRET, "example.org").encode(),
        b"index": parsed(made)["Thread-Index"].encode(),
        b"boundary": boundary,
    }
    assert made.raw == wanted.replace(b"\n", b"\r\n")
    assert len(boundary) == 32
    assert (made.to, made.sender) == ("ben@example.org", "koss.1on1@example.org")


def test_the_same_effect_gives_the_same_bytes_and_another_generation_other_ids() -> None:
    assert letter() == letter()
    assert letter().message_id != letter(generation=2).message_id


def test_the_first_letter_answers_nothing_and_names_the_root() -> None:
    mail = parsed(letter())
    assert mail["Subject"] == "Ana & Ben: our 1:1s"
    assert mail["In-Reply-To"] is None
    assert mail["References"] == threads.root_id(LANE, "ben-das", SECRET, "example.org")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None


def test_trap_65_what_comes_back_names_its_letter_in_an_address_that_nobody_can_guess() -> None:
    made = letter("notes")
    word = made.message_id[1:27]
    assert made.returned_to == f"koss.1on1+b-{word}@example.org"
    assert threads.returned_id([made.returned_to.upper()]) == made.message_id
    assert threads.envelope_id(made.message_id) == word
    assert threads.returned_id(["koss.1on1+b-short@example.org", "koss.1on1@example.org"]) == ""
    assert threads.token_of([made.returned_to]) is None, "it is nobody's reply address"


def index_of(made: OutgoingLetter) -> bytes:
    return b64decode(parsed(made)["Thread-Index"].replace(" ", ""))


def test_trap_49_each_answer_makes_the_thread_index_five_bytes_longer() -> None:
    first = letter()
    later = letter(thread=(first.message_id,), generation=2)
    head = index_of(first)
    assert len(head) == 22
    assert head[:6] == bytes.fromhex("01dc7ab19281"), (
        "2026-01-01 as Windows counts time, 48 of 64 bits"
    )
    assert index_of(later)[:22] == head and len(index_of(later)) == 27
    # Ben's Outlook adds five bytes to the letter that it answers, and we add five to those.
    theirs = index_of(later) + bytes(5)
    answer = letter(
        "ack", thread=(first.message_id,), answers="<b@x.org>", index=b64encode(theirs).decode()
    )
    assert index_of(answer)[:32] == theirs and len(index_of(answer)) == 22 + 5 * 3


@pytest.mark.parametrize(
    "index",
    ["", "no base64!", b64encode(bytes(27)).decode(), b64encode(b"x" * 3).decode(), "A" * 4000],
    ids=["none", "garbage", "another thread", "short", "long"],
)
def test_trap_49_an_index_of_another_thread_is_not_gone_on_with(index: str) -> None:
    first = index_of(letter())
    answer = index_of(letter("ack", thread=("<a@b>",), answers="<b@x.org>", index=index))
    assert answer[:22] == first and len(answer) == 27


def test_trap_49_an_index_that_never_ends_begins_anew() -> None:
    theirs = index_of(letter()) + bytes(5 * threads.INDEX_LEVELS_MAX)
    answer = letter("ack", thread=("<a@b>",), answers="<b@x.org>", index=b64encode(theirs).decode())
    assert len(index_of(answer)) == 27


def test_trap_49_another_person_has_another_index_and_another_subject_is_another_topic() -> None:
    assert index_of(letter())[6:22] != index_of(letter(reader=MAYA))[6:22]
    assert parsed(letter(thread=("<a@b>",)))["Thread-Topic"] == "Ana & Ben: our 1:1s"


def test_trap_4_long_message_ids_are_neither_encoded_nor_cut() -> None:
    long = f"<{'A' * 300}.{'b' * 300}@prod.exchangelabs.com>"
    made = letter(thread=(long,), answers=long.replace("A", "C"))
    head = made.raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert f"In-Reply-To: {long.replace('A', 'C')}\r\n" in head
    assert f" {long}\r\n {long.replace('A', 'C')}\r\n" in head
    assert "=?" not in head


def test_trap_5_an_id_with_a_line_break_adds_no_header() -> None:
    made = letter(answers="<x@y>\r\nBcc: evil@example.org", thread=("<a@b>\nBcc: evil@x",))
    mail = parsed(made)
    assert mail["Bcc"] is None
    assert mail["In-Reply-To"] == "<x@y>"


NAMES = [
    "Doe, evil@x.org",
    'Ben "the\\ <bad@x.org>',
    "Ben\r\nBcc: evil@example.org",
    "Ben\u202egro.elpmaxe@live",
    "Zoë Müller-Lüdenscheidt von und zu der langen Straße 😀😀😀",
    "李小龍" * 15,
    "=?utf-8?q?evil?=",
    "  ",
]


@pytest.mark.parametrize("name", NAMES)
def test_trap_58_a_name_is_never_more_than_a_name(name: str) -> None:
    made = letter(reader=replace(BEN, name=name))
    mail = parsed(made)
    (to,) = mail["To"].addresses
    assert to.addr_spec == "ben@example.org"
    assert mail["Bcc"] is None
    assert "\u202e" not in to.display_name
    assert to.display_name.startswith(name.strip()[:3].rstrip("\r\n"))
    assert all(len(line) <= 78 for line in made.raw.split(b"\r\n")[:3])


@pytest.mark.parametrize(
    "address", ["ben", "ben@x@y", "b en@x", "ben@x\r\nBcc: y@z", "<ben@x>", ""]
)
def test_trap_58_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        letter(reader=replace(BEN, address=address))


def test_a_letter_to_the_contact() -> None:
    fixture = FIXTURES["admin"][0]
    rendering = Templates([SHIPPED]).render("admin", "en", fixture.context())
    made = post(
        effect(TellAdmin("lapsed")),
        rendering,
        program=PROGRAM,
        reader=MAYA,
        lane=LANE,
        thread=(),
        secret=SECRET,
        now=NOW,
    )
    mail = parsed(made)
    assert mail["X-Oneonone-Touchpoint"] == "admin"
    assert mail["Subject"] == "KOSS 1:1s: for Maya"


@pytest.mark.parametrize("touchpoint", sorted(FIXTURES))
def test_trap_59_and_trap_102_every_letter_is_sound_on_the_wire(touchpoint: str) -> None:
    for fixture in FIXTURES[touchpoint]:
        rendering = Templates([SHIPPED]).render(touchpoint, "en", fixture.context())
        made = letter(touchpoint, rendering=rendering)
        lines = made.raw.split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 998
        mail = parsed(made)
        plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert plain is not None and html is not None
        assert plain.get_content().replace("\r\n", "\n") == rendering.text
        assert html.get_content().replace("\r\n", "\n").strip() == rendering.html.strip()
        assert mail.defects == []


def test_a_thread_of_twelve_letters_stays_one_thread() -> None:
    """Each letter answers the one before or a mail from Ben; every parent is known, root first."""
    known: list[str] = []
    root = threads.root_id(LANE, "ben-das", SECRET, "example.org")
    seen = {root}
    for number in range(1, 13):
        answers = f"<mail-{number}@phone.example.org>" if number % 3 == 0 else ""
        seen |= {answers} - {""}
        made = letter(thread=tuple(known[-10:]), answers=answers, generation=number)
        mail = parsed(made)
        named = mail["References"].split()
        assert named[0] == root
        assert set(named) <= seen
        assert len(named) == len(set(named)) <= 12
        assert mail["In-Reply-To"] == (named[-1] if number > 1 else None)
        assert mail["Subject"] == ("Re: " if number > 1 else "") + SHORT.subject
        assert made.message_id not in seen
        seen.add(made.message_id)
        known.append(made.message_id)
