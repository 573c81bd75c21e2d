"""Who wrote a mail: what is not proved changes nothing until the person at the known address has said yes
(DESIGN 7, RULES 11).

Not the forgers' whole bag of tricks: tests/attacks.
"""

from __future__ import annotations

import msgspec
import pytest

from daemon.domain.observation import SecondAddressSeen
from daemon.domain.program import Program
from daemon.domain.record import state_documents
from daemon.domain.value import replace
from daemon.standing import pairing_facts
from daemon.status import status
from tests.stories.cast import BEN, CHI, DAN, PATIENT, line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import Stage, running

ALIAS = "Ben Das <ben.das@mail.example>"
RESULTS = replace(PATIENT, verify="results", authserv_id="mx.koss.example")
PASS = "mx.koss.example; dmarc=pass header.from=example.org"


def asked(program: Program = PATIENT) -> Stage:
    """Friday morning; Ana's Tuesday fell out, and Ben has a list of times."""
    stage = running(program=PATIENT)
    stage.until("Fri 9 Oct 10:00 Berlin")
    if program is not PATIENT:
        stage.ruled(verify="results", authserv_id="mx.koss.example")
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    stage.all_read()
    return stage


def firsts(reads: list[str]) -> list[str]:
    """The first lines of letters that were read."""
    return [each.split("  ")[2] for each in reads]


@row("identity-pending")
def test_from_another_address_it_waits_for_a_yes_and_counts_as_if_said_then() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", From=ALIAS)
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert firsts(stage.ben.reads()) == [
        "A mail in your name came from another address. Was that you?"
    ]
    letter = stage.ben.last().text
    assert "It came from ben.das@mail.example, Fri 9 Oct, 13:38 Kolkata (10:08 Berlin)." in letter
    assert (
        "If I hear nothing by Fri 16 Oct, 13:38 Kolkata (10:08 Berlin), I throw it away." in letter
    )
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert kinds(stage.ben.reads()) == ["ack", "moved"]
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.daemon.ports.store.world(stage.lane()).pending == ()


@row("identity-second-address")
def test_after_the_yes_that_address_is_known_and_letters_go_where_they_went() -> None:
    stage = asked()
    stage.ben.replies("proposal", "NONE", From=ALIAS)
    stage.ben.replies("not-sure-it-is-you", "Yes.")
    assert (
        "I know you by that address as well now: ben.das@mail.example."
        in stage.ben.last("ack").text
    )
    stage.ben.reads()
    stage.passes(5)
    stage.ben.replies("proposal", "SKIP", From=ALIAS)
    assert "not-sure-it-is-you" not in kinds(stage.ben.reads())
    assert [(each.role, each.address) for each in stage.state().addresses] == [
        ("mentee", "ben.das@mail.example")
    ]
    assert not stage.outside.world.mailbox("ben.das@mail.example").arrived


@row("identity-second-address")
def test_the_other_pairings_of_that_person_know_it_too_and_no_other_person_does() -> None:
    stage = running(line(), line(DAN, BEN), line(DAN, CHI), program=PATIENT)
    stage.until("Wed 7 Oct 12:00 Berlin")
    stage.all_read()
    stage.ben.replies("started", "DONE z", From=ALIAS)
    stage.ben.replies("not-sure-it-is-you", "yes")
    known = {
        each: [(one.role, one.address) for one in stage.state(each).addresses]
        for each in ("ana-ben", "dan-ben", "dan-chi")
    }
    mine = [("mentee", "ben.das@mail.example")]
    assert known == {"ana-ben": mine, "dan-ben": mine, "dan-chi": []}
    stage.chi.replies("started", "SKIP", From=ALIAS)
    assert "not-sure-it-is-you" in kinds(stage.chi.reads())


@row("identity-disowned")
def test_no_drops_it_the_contact_hears_a_count_and_that_address_is_asked_about_no_more() -> None:
    stage = asked()
    stage.ben.replies("proposal", "SKIP", From="Mallory <mallory@evil.example>")
    stage.ben.replies("proposal", "LEAVE", From="Mallory <mallory@evil.example>")
    assert kinds(stage.ben.reads()) == ["not-sure-it-is-you"]
    stage.ben.replies("not-sure-it-is-you", "NO")
    assert firsts(stage.maya.reads()) == [
        "Ana & Ben: somebody wrote in the name of one of the two. Nothing of it was done."
    ]
    assert "\n| mails: 2\n" in stage.maya.last().text
    assert "SKIP" not in stage.maya.last().text
    stage.until("Mon 12 Oct 10:00 Berlin")
    stage.ben.reads()
    stage.ben.replies("proposal", "LEAVE", From="Mallory <mallory@evil.example>")
    assert stage.ben.reads() == []
    assert stage.state().questions == ()


@row("identity-pending")
def test_silence_drops_it_after_seven_days() -> None:
    stage = asked()
    stage.ben.replies("proposal", "I will say so on Tuesday.", From=ALIAS)
    assert len(stage.daemon.ports.store.world(stage.lane()).pending) == 1
    stage.until("Fri 16 Oct 10:10 Berlin")
    assert stage.daemon.ports.store.world(stage.lane()).pending == ()
    stage.ben.reads()
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert stage.ben.last().first == "That question is over, and nothing was done."
    assert stage.state().addresses == ()


@row("identity-pending", "letter-automatic")
def test_one_such_letter_a_day_whoever_writes() -> None:
    stage = asked()
    before = len(document_of(stage))
    for number in range(8):
        stage.ben.replies("proposal", "SKIP", From=f"Ben <ben{number}@evil.example>")
    assert kinds(stage.ben.reads()) == ["not-sure-it-is-you"]
    assert len(stage.daemon.ports.store.world(stage.lane()).pending) == 5
    assert len(document_of(stage)) - before < 300  # what waits lies beside the state
    stage.ben.replies("not-sure-it-is-you", "NO")
    stage.ben.reads()
    stage.until("Sat 10 Oct 09:00 Berlin")
    assert "not-sure-it-is-you" not in kinds(stage.ben.reads())
    stage.until("Sat 10 Oct 11:00 Berlin")
    assert kinds(stage.ben.reads()).count("not-sure-it-is-you") == 1


def document_of(stage: Stage) -> bytes:
    """The state as it lies in the store."""
    return msgspec.json.encode(state_documents(stage.state()))


@row("identity-pending")
def test_at_night_it_waits_for_the_morning() -> None:
    stage = asked()
    stage.until("Fri 9 Oct 22:30 Kolkata")
    stage.ben.replies("proposal", "2", From=ALIAS)
    assert "not-sure-it-is-you" not in kinds(stage.ben.reads())
    stage.until("Sat 10 Oct 07:00 Kolkata")
    assert "not-sure-it-is-you" in kinds(stage.ben.reads())


@row("identity-pending")
def test_the_unknown_address_gets_nothing_and_may_not_say_yes() -> None:
    stage = asked()
    stage.ben.replies("proposal", "SKIP", From=ALIAS)
    stage.ben.replies("not-sure-it-is-you", "YES", From=ALIAS)
    assert stage.state().addresses == ()
    assert not stage.outside.world.mailbox("ben.das@mail.example").arrived
    assert stage.standing("Tue 13 Oct") == "cancelled"


@row("identity-pending", "proposal-numbers")
def test_a_yes_that_comes_late_meets_the_list_of_today() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", From=ALIAS)
    stage.ben.replies("proposal", "SKIP")
    stage.ben.reads()
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert firsts(stage.ben.reads()) == [
        "Thank you. What you wrote counts from now on.",
        "That list is closed.",
    ]
    assert stage.standing("Tue 13 Oct").startswith("skipped")


@row("identity-pending")
def test_an_answer_that_is_neither_is_asked_about() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", From=ALIAS)
    stage.ben.replies("not-sure-it-is-you", "Why do you ask?")
    assert stage.ben.last().first == "Is that a yes or a no: did you write that mail?"
    stage.ben.replies("unclear", "YES")
    assert stage.standing("Tue 13 Oct") == "moved"


# --- where a server says where a mail came from


@row("identity-proved")
def test_with_results_a_pass_of_our_own_server_is_wanted() -> None:
    stage = asked(RESULTS)
    stage.ben.replies("proposal", "2", Authentication_Results=PASS)
    assert kinds(stage.ben.reads()) == ["moved"]


@row("identity-proved")
def test_without_one_the_answer_to_a_letter_just_sent_to_the_known_address_is_proof() -> None:
    stage = asked(RESULTS)
    stage.ben.replies("proposal", "2")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert firsts(stage.ben.reads()) == [
        "A mail in your name came, and I can't see that it is yours. Was that you?"
    ]
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert stage.standing("Tue 13 Oct") == "moved"
    assert stage.state().addresses == ()  # it is known already


@row("identity-proved")
def test_and_that_letter_proves_nothing_once_it_was_answered() -> None:
    stage = asked(RESULTS)
    stage.ben.replies("proposal", "What is this?")
    stage.ben.replies("not-sure-it-is-you", "NO")
    stage.ben.reads()
    stage.ben.replies("not-sure-it-is-you", "LEAVE")
    assert stage.state().questions == ()


@row("identity-proved")
def test_a_second_address_has_to_be_proved_like_the_first() -> None:
    stage = asked(RESULTS)
    passed = "mx.koss.example; dkim=pass header.d=mail.example"
    stage.ben.replies("proposal", "NONE", From=ALIAS, Authentication_Results=passed)
    stage.ben.replies("not-sure-it-is-you", "YES")
    stage.passes(30)
    stage.ben.reads()
    stage.ben.replies("proposal", "SKIP", From=ALIAS)
    assert not stage.standing("Tue 13 Oct").startswith("skipped")
    stage.ben.replies("proposal", "SKIP", From=ALIAS, Authentication_Results=passed)
    assert stage.standing("Tue 13 Oct").startswith("skipped")


@row("identity-proved")
def test_a_genuine_mail_that_is_sent_once_more_says_nothing_new() -> None:
    stage = asked(RESULTS)
    caught = {"Authentication_Results": PASS, "Message_ID": "<caught@example.org>"}
    stage.ben.replies("proposal", "PAUSE until 2 Nov", **caught)
    stage.ben.replies("started", "RESUME", Authentication_Results=PASS)
    stage.ben.reads()
    stage.ben.replies("proposal", "PAUSE until 2 Nov", **caught)
    stage.until("Wed 21 Oct 10:00 Berlin")
    stage.ben.replies("proposal", "PAUSE until 2 Nov", **caught)
    assert stage.state().standing == "active"
    assert "ack" not in kinds(stage.ben.reads())


@row("identity-pending")
def test_a_cry_for_help_is_heard_whoever_wrote_it_and_by_the_contact_alone() -> None:
    stage = asked()
    stage.ben.replies("proposal", "HELP\nIt is about Ana.", From=ALIAS)
    assert firsts(stage.maya.reads()) == [
        "Somebody asks for your help. Please answer within two days."
    ]
    assert "I can't be sure that Ben wrote it" in stage.maya.last().text
    assert "| It is about Ana." in stage.maya.last().text
    assert stage.ana.reads() == []
    assert firsts(stage.ben.reads()) == [
        "Somebody asked for help in your name. Only Maya knows of it."
    ]


# --- without any token


@row("identity-pending")
def test_letters_that_look_alike_are_other_letters() -> None:
    stage = asked()
    stage.ben.replies("proposal", "SKIP", From="Ben <bеn@example.org>")  # a Cyrillic е
    stage.ben.replies("proposal", "SKIP", From="Ben <ben@example.org>, Zoe <zoe@example.net>")
    stage.ben.replies("proposal", "SKIP", From="all: ben@example.org;")
    assert stage.standing("Tue 13 Oct") == "cancelled"
    assert kinds(stage.ben.reads()) == ["not-sure-it-is-you"]


@row("identity-pending", "identity-second-address")
@pytest.mark.parametrize(
    "author", ["Ben <bеn@example.org>", "Ben <ben@example.org>, Zoe <zoe@example.net>"]
)
def test_an_address_that_was_not_shown_is_not_learned_by_the_yes(author: str) -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", From=author)
    assert "It came Fri 9 Oct, 13:38 Kolkata (10:08 Berlin)." in stage.ben.last().text
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert "by that address" not in stage.ben.last("ack").text
    assert (stage.standing("Tue 13 Oct"), stage.state().addresses) == ("moved", ())


@row("identity-second-address")
def test_an_apostrophe_is_part_of_many_a_name() -> None:
    stage = asked()
    stage.ben.replies("proposal", "2", From="Ben <ben.o'das@mail.example>")
    assert "It came from ben.o'das@mail.example, " in stage.ben.last().text
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert [each.address for each in stage.state().addresses] == ["ben.o'das@mail.example"]


@row("identity-second-address")
def test_an_address_of_the_other_one_stays_the_other_ones_whatever_is_said() -> None:
    stage = asked()
    stage.daemon.ports.store.record(
        [(stage.lane(), SecondAddressSeen("ben", "ana@example.org", stage.now))], now=stage.now
    )
    stage.passes(1)
    assert stage.state().addresses == ()


@row("identity-pending")
def test_a_mail_that_comes_twice_waits_once() -> None:
    stage = asked()
    for _ in range(2):
        stage.ben.replies("proposal", "2", From=ALIAS, Message_ID="<twice@mail.example>")
    assert len(stage.daemon.ports.store.world(stage.lane()).pending) == 1


@row("identity-pending")
def test_a_second_yes_is_no_mail_to_ask_about() -> None:
    stage = asked(RESULTS)
    stage.ben.replies("proposal", "2")
    stage.ben.replies("not-sure-it-is-you", "YES")
    stage.ben.replies("not-sure-it-is-you", "YES")
    assert stage.daemon.ports.store.world(stage.lane()).pending == ()
    stage.until("Sun 11 Oct 12:00 Berlin")
    assert kinds(stage.ben.reads()).count("not-sure-it-is-you") == 1


@row("identity-pending")
def test_a_yes_that_comes_too_late_hears_so_once() -> None:
    stage = asked(RESULTS)
    stage.ben.replies("proposal", "SKIP")
    stage.until("Fri 16 Oct 12:00 Berlin")
    stage.ben.reads()
    for _ in range(2):
        stage.ben.replies("not-sure-it-is-you", "YES")
    assert firsts(stage.ben.reads()) == ["That question is over, and nothing was done."]
    assert stage.daemon.ports.store.world(stage.lane()).pending == ()


# --- what an admin sees of it


@row("identity-second-address", "identity-pending")
def test_an_admin_sees_that_and_never_from_where_or_what() -> None:
    stage = asked()
    stage.ben.replies("proposal", "NONE. My knee is better.", From=ALIAS)
    facts = list(pairing_facts(stage.state(), stage.now))
    assert "Ben was asked at Fri 9 Oct 2026 10:08 Berlin whether a mail is theirs" in "\n".join(
        facts
    )
    stage.ben.replies("not-sure-it-is-you", "YES")
    told = "\n".join(pairing_facts(stage.state(), stage.now))
    assert "Ben writes from a second address as well since Fri 9 Oct 2026" in told
    shown = status(stage.daemon.ports.store, None, "", stage.now)
    assert shown["pairings"][0]["second_addresses"] == ["Ben"]
    assert "mail.example" not in str(shown) + told
    ledger = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
    assert not [each for each in ledger if "mail.example" in str(each) or "knee" in str(each)]
