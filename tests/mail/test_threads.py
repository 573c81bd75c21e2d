"""Message-IDs, tokens and references: derived, unguessable, and in the right order.

Not about headers: tests/mail/test_letters_out.py looks at those.
"""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from daemon.mail import threads

SECRET = b"a secret of the vault"
TOKEN = threads.reply_token(SECRET, "ben-das", "pairing/ana-ben")


def test_the_same_key_has_the_same_message_id_and_another_secret_another() -> None:
    first = threads.message_id("notes/pairing/ana-ben/x/1", SECRET, "example.org")
    assert first == threads.message_id("notes/pairing/ana-ben/x/1", SECRET, "example.org")
    assert re.fullmatch(r"<[a-z2-7]{26}@example\.org>", first)
    assert first != threads.message_id("notes/pairing/ana-ben/x/2", SECRET, "example.org")
    assert first != threads.message_id("notes/pairing/ana-ben/x/1", b"another", "example.org")


def test_trap_66_a_token_stands_for_one_person_in_one_lane() -> None:
    assert re.fullmatch(r"[a-z2-7]{26}", TOKEN)
    assert threads.reply_token(SECRET, "ana-rao", "pairing/ana-ben") != TOKEN
    assert threads.reply_token(SECRET, "ben-das", "pairing/eva-ben") != TOKEN
    # Parts cannot be shifted into each other.
    assert threads.reply_token(SECRET, "ab", "c") != threads.reply_token(SECRET, "a", "bc")
    assert threads.root_id("l", "p", SECRET, "d") != threads.message_id("l", SECRET, "d")


def test_a_token_comes_back_from_whatever_address_carries_it() -> None:
    address = threads.reply_to("koss.1on1@example.org", TOKEN)
    assert address == f"koss.1on1+{TOKEN}@example.org"
    assert threads.token_of(["maya@example.org", address]) == TOKEN
    assert threads.token_of([address.upper()]) == TOKEN
    assert (
        threads.token_of(["koss.1on1@example.org", "koss.1on1+shop@example.org", "+@", ""]) is None
    )


def test_trap_51_references_are_root_then_chain_then_the_mail_answered() -> None:
    chain = tuple(f"<letter-{number}@example.org>" for number in range(12))
    ids = threads.references("<root@example.org>", chain, "<in@example.org>")
    assert ids == ("<root@example.org>", *chain[-10:], "<in@example.org>")
    assert threads.references("<r@x>", ("<a@x>", "<b@x>"), "<a@x>") == ("<r@x>", "<b@x>", "<a@x>")
    assert threads.references("<r@x>", (), "") == ("<r@x>",)


def test_trap_97_ids_are_found_in_headers_that_are_not_quite_right() -> None:
    assert threads.ids_in("<a@x>\r\n\t<b@x>,<c@x> (comment)") == ("<a@x>", "<b@x>", "<c@x>")
    assert threads.ids_in("<<<<") == ()
    assert threads.ids_in("a@x") == ()
    assert threads.ids_in("<a b@x>") == ()


@given(st.text(max_size=200))
def test_whatever_stands_in_a_header_only_ids_come_out(text: str) -> None:
    assert all(re.fullmatch(r"<[!-~]+>", found) for found in threads.ids_in(text))
