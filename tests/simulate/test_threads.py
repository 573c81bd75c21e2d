"""The thread checker: a mail client puts these letters where they belong, and finds those that are misled.

Not our own reading of replies: see tests/mail.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from daemon.simulate.letterbox import Letter, reply_mail
from daemon.simulate.threads import Threads
from tests.conformance.store_words import at, decide
from tests.conformance.store_words import letter as letter_effect
from tests.simulate.watched import LANE, Watched, letter
from tests.stories.cast import ANA, BEN

WELCOME = letter(f"welcome-mentee/{LANE}/invited/ben/1", own_id="<welcome@ids>")
TO_ANA = letter(f"started/{LANE}/series/ana/1", to=ANA.address, own_id="<to-ana@ids>")
ELSEWHERE = replace(
    letter("started/pairing/dan-ben/series/ben/1", own_id="<elsewhere@ids>", root="<dan-ben@ids>"),
    reply_to="koss+dan-ben@example.org",
)


@pytest.fixture
def threads() -> Threads:
    """Ben has a letter in two threads, and Ana has one."""
    known = Threads()
    assert [what for each in (WELCOME, TO_ANA, ELSEWHERE) for what in known.letter(each)] == []
    return known


def second(*cites: str) -> Letter:
    return letter(f"started/{LANE}/series/ben/1", own_id="<started@ids>", cites=cites)


GOOD = second("<welcome@ids>")


def test_a_letter_continues_its_thread(threads: Threads) -> None:
    assert list(threads.letter(GOOD)) == []


@pytest.mark.parametrize(
    ("misled", "what"),
    [
        (second("<to-ana@ids>"), "cites a mail of somebody else's thread: <to-ana@ids>"),
        (second("<elsewhere@ids>"), "cites a mail of somebody else's thread: <elsewhere@ids>"),
        (
            second("<to-ana@ids>", "<welcome@ids>"),
            "cites a mail of somebody else's thread: <to-ana@ids>",
        ),
        (
            replace(GOOD, in_reply_to="<to-ana@ids>"),
            "cites a mail of somebody else's thread: <to-ana@ids>",
        ),
        (
            replace(second("<welcome@ids>"), references=("<other-root@ids>", "<welcome@ids>")),
            "does not begin with the root of its thread",
        ),
        (replace(GOOD, references=()), "does not begin with the root of its thread"),
        (
            replace(GOOD, reply_to="koss+ana@example.org"),
            "has a root or a reply address that somebody else has",
        ),
        (
            replace(GOOD, reply_to="koss+new@example.org"),
            "wants its answer somewhere else than the letters before it",
        ),
        (
            replace(GOOD, subject="Re: something else"),
            "has another subject than the letters before it",
        ),
        (
            replace(GOOD, message_id="<to-ana@ids>"),
            "has an id that belongs into somebody else's thread",
        ),
    ],
)
def test_a_letter_that_would_be_shown_in_the_wrong_place(
    threads: Threads, misled: Letter, what: str
) -> None:
    assert what in list(threads.letter(misled))


def test_it_counts_as_a_violation() -> None:
    watched = Watched()
    watched.reads(TO_ANA)
    assert watched.reads(second("<to-ana@ids>")) == {"thread": 1}


def test_an_answer_belongs_to_the_thread_it_was_written_in(threads: Threads) -> None:
    """By the reply address, or by In-Reply-To where a client ignores Reply-To (trap_97)."""
    for number, to in enumerate((WELCOME.reply_to, WELCOME.mailbox)):
        raw, own_id = reply_mail(
            WELCOME, BEN.address, to, "YES", f"mail-{number}", at("10:00"), automatic=False,
            cites=True,
        )  # fmt: skip
        threads.mail(to, raw)
        assert (
            list(
                threads.letter(
                    replace(second("<welcome@ids>", own_id), subject="Re: Ana & Ben: our 1:1s")
                )
            )
            == []
        )


def test_what_a_stranger_wrote_to_that_address_is_in_no_thread(threads: Threads) -> None:
    raw, own_id = reply_mail(
        WELCOME, "x@else.example", WELCOME.reply_to, "YES", "m", at("10:00"), automatic=False,
        cites=True,
    )  # fmt: skip
    threads.mail(WELCOME.reply_to, raw)
    assert own_id not in threads.owner


def test_a_mail_that_comes_later_may_be_cited_by_its_own_thread_only(threads: Threads) -> None:
    assert list(threads.letter(second("<late@ids>"))) == []
    late = replace(TO_ANA, message_id="<late@ids>")
    assert "has an id that belongs into somebody else's thread" in list(threads.letter(late))


def test_a_mail_that_never_came_must_be_known_to_the_store(threads: Threads) -> None:
    """A letter whose fate is unknown may be cited; an id that nobody ever wrote may not."""
    store = Watched().store
    decide(store, letter_effect("copy/1"), lane=LANE)
    assert list(threads.letter(second("<copy/1/0@x>"))) == []
    assert list(threads.never_seen(store)) == []
    assert list(threads.letter(replace(second("<made-up@ids>"), message_id="<third@ids>"))) == []
    assert list(threads.never_seen(store)) == [
        f"started/{LANE}/series/ben/1 cites a mail that never was: <made-up@ids>"
    ]


def test_an_answer_goes_where_it_was_asked_for(threads: Threads) -> None:
    """Ana answers a letter about her calendar: what was understood is said there, not in the pair's thread."""
    asked = letter(
        f"series-gone/{LANE}/x/ana/1", to=ANA.address, own_id="<gone@ids>", root="<calendar@ids>",
        reply_to="koss+calendar@example.org",
    )  # fmt: skip
    assert list(threads.letter(asked)) == []
    raw, own_id = reply_mail(
        asked, ANA.address, asked.reply_to, "1", "1.ana", at("13:00"), automatic=False, cites=True
    )
    threads.mail(asked.reply_to, raw)
    there = letter(
        f"ack/{LANE}/series-gone-1/ana/1", to=ANA.address, root="<calendar@ids>",
        reply_to="koss+calendar@example.org", cites=("<gone@ids>", own_id),
    )  # fmt: skip
    assert list(threads.letter(there)) == []
    elsewhere = replace(there, message_id="<elsewhere@x>", references=("<root-ana@ids>", own_id))
    assert "does not begin with the root of its thread" in list(threads.letter(elsewhere))


def test_two_programs_have_a_thread_each_for_whoever_is_in_both(threads: Threads) -> None:
    card = letter("week-card/account/ana@example.org/x/ana/1", to=ANA.address, root="<own@ids>")
    other = replace(
        letter("week-card/account/ana@example.org/y/ana/1", to=ANA.address, root="<other@ids>"),
        mailbox="other@example.org", reply_to="other+own@example.org",
    )  # fmt: skip
    own = replace(card, reply_to="koss+own@example.org")
    assert [what for each in (own, other) for what in threads.letter(each)] == []


def test_whoever_helps_has_one_thread_with_each_of_whichever_1_1s_they_write(
    threads: Threads,
) -> None:
    ask = replace(
        letter(
            f"help-case/{LANE}/a/helper/1", to="maya@example.org", own_id="<a@ids>", root="<h@ids>"
        ),
        reply_to=ANA.address,
    )
    more = replace(
        ask, key="help-case/pairing/ana-eve/b/helper/1", message_id="<b@ids>",
        references=("<h@ids>", "<a@ids>"), in_reply_to="<a@ids>",
    )  # fmt: skip
    assert [what for each in (ask, more) for what in threads.letter(each)] == []
    of_ben = replace(more, message_id="<c@ids>", reply_to=BEN.address)
    assert "has a root or a reply address that somebody else has" in list(threads.letter(of_ben))
