"""What people's mail servers and mail programs do in a simulation, and that its checkers find what they are for.

Not how a mail is read (tests/mail, tests/corpus): that the acted mails are such as are read is looked at, no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from daemon.mail.reading.incoming import read
from daemon.mail.reading.own_letter import marks_of
from daemon.mail.reading.replytext import written
from daemon.simulate.forms import FORMS, MARKS, rolled
from daemon.simulate.letterbox import Letter, reply_mail
from daemon.simulate.people import HOME, People
from daemon.simulate.postmaster import FULL, NO_SUCH_USER, Refusal, returned
from tests.conformance.store_words import at
from tests.simulate.watched import LANE, PREP, Watched, letter
from tests.stories.cast import BEN, line

SAID = "The CV first.\ntodo: send it to Ana"
TOLD = f"tell/{LANE}/address-on-hold/2026-11-02/1"


@pytest.fixture
def watched() -> Watched:
    return Watched()


def told(key: str = TOLD, text: str = "Ana & Ben: …\n\n| who: Ben Das\n") -> Letter:
    return letter(key, to="maya@example.org", text=text)


def comes_back(watched: Watched, refusal: Refusal, moment: datetime, key: str = PREP) -> dict[str, int]:  # fmt: skip
    watched.checkers.now = moment
    watched.checkers.returned(letter(key, moment=moment), refusal)
    return watched.found


# --- letters that come back


@pytest.mark.parametrize(("refusal", "found"), [(NO_SUCH_USER, {"bounce": 1}), (FULL, {})])
def test_no_letter_goes_to_an_address_that_is_known_not_to_exist(
    watched: Watched, refusal: Refusal, found: dict[str, int]
) -> None:
    assert comes_back(watched, refusal, at("12:30")) == {}
    assert comes_back(watched, refusal, at("20:00")) == {}
    assert comes_back(watched, refusal, at("21:00")) == found


def test_but_who_was_down_may_have_known_nothing_and_after_a_release_it_is_tried(
    watched: Watched,
) -> None:
    comes_back(watched, NO_SUCH_USER, at("01:00"))
    watched.checkers.down.append((at("02:00"), at("11:00")))
    assert comes_back(watched, NO_SUCH_USER, at("12:00")) == {}
    watched.checkers.bounces.works(BEN.address)
    watched.checkers.down.clear()
    assert comes_back(watched, NO_SUCH_USER, at("13:00", day=4)) == {}


def test_the_contact_is_told_once_of_an_address_and_only_of_one_that_does_not_exist(
    watched: Watched,
) -> None:
    comes_back(watched, NO_SUCH_USER, at("12:30"))
    assert watched.reads(told()) == {}
    assert watched.reads(told(TOLD.replace("02", "03"))) == {"bounce": 1}


def test_the_contact_is_told_of_no_mailbox_that_is_only_full(watched: Watched) -> None:
    comes_back(watched, FULL, at("12:30"))
    assert watched.reads(told()) == {"bounce": 1}


def test_somebody_is_told(watched: Watched) -> None:
    comes_back(watched, NO_SUCH_USER, at("12:30"))
    assert watched.at_the_end(at("12:00", day=3)) == {}
    assert watched.at_the_end(at("13:00", day=3)) == {"bounce": 1}


def test_what_came_back_was_sent_though_nobody_has_read_it(watched: Watched) -> None:
    """Its 1:1 lacks no prep, and the same prep may be sent once more."""
    comes_back(watched, NO_SUCH_USER, at("12:30"))
    assert PREP in watched.checkers.bounces.keys
    watched.series("s")
    assert watched.reads(letter(PREP.removesuffix("1") + "2", moment=at("12:45"))) == {}


def test_a_report_is_read_as_one() -> None:
    raw, own_id = returned(letter(PREP), BEN.address, NO_SUCH_USER, "one", at("12:31"))
    incoming = read(raw)
    (bounce,) = incoming.bounces
    assert (incoming.kind, incoming.message_id) == ("bounce", own_id)
    assert (bounce.address, bounce.hard, bounce.message_id) == (
        BEN.address, True, f"<{PREP}@ids>",
    )  # fmt: skip
    full, _ = returned(letter(PREP), BEN.address, FULL, "two", at("12:31"))
    assert [each.hard for each in read(full).bounces] == [False]


# --- the forms of answers


@pytest.mark.parametrize("name", FORMS)
def test_of_every_form_what_its_writer_wrote_is_read_and_nothing_else(name: str) -> None:
    asked = letter(PREP, text="Tomorrow, Tue 3 Nov, 19:30: what shall it be about?\n\n30 minutes\n")
    body = FORMS[name][1](SAID, asked, at("14:00"))
    raw, _ = reply_mail(
        asked, BEN.address, asked.reply_to, SAID, "x", at("14:00"), automatic=False, cites=True,
        body=body,
    )  # fmt: skip
    assert MARKS.search(body.text.encode())
    found = written(read(raw).text, mailbox=asked.mailbox, letter=marks_of(asked.text))
    assert (found.text, read(raw).kind) == (SAID, "human")


def test_most_people_write_in_the_usual_form_and_every_other_occurs() -> None:
    random = Random(1)
    names = [rolled(random) for _ in range(3000)]
    assert set(names) == {"", *FORMS}
    assert 1300 < names.count("") < 1700


def test_i15_what_a_program_put_below_is_nobodys_words(watched: Watched) -> None:
    copy = f"copy/{LANE}/1/ana/1"
    assert watched.reads(letter(copy, text="| We talked about the CV.\n")) == {}
    shown = letter(copy.replace("/1/", "/2/"), text="| The CV.\n| Sent from my iPhone\n")
    assert watched.reads(shown) == {"I15": 1}


# --- machines, and second addresses


def test_i9_about_the_same_days_nobody_is_asked_twice(watched: Watched) -> None:
    first = "Your automatic answer says that you are away from 19 to 30 October. Is that right?\n"
    absence = f"absence/{LANE}/2026-10-19/ben/1"
    watched.people.asked["ben"].append(at("12:00"))
    assert watched.reads(letter(absence, text=first)) == {}
    again = letter(absence.replace("19/", "20/"), text=first, moment=at("12:00", day=4))
    assert watched.reads(again) == {"I9": 1}


def test_a_machine_answers_for_who_is_on_leave_and_says_until_when(watched: Watched) -> None:
    people, now = watched.people, at("12:30")
    people.away["ben"] = (now, now + timedelta(days=10))
    answers = {people.answer(line(), BEN, letter(PREP), now) for _ in range(30)}
    assert answers == {"robot", ""}
    people.write(line(), BEN, letter(PREP), "robot", now)
    incoming = read(watched.outside.world.mailbox("koss@example.org").arrived[-1].raw)
    assert incoming.kind == "auto-reply"
    assert [f"{each:%d %b}" for each in incoming.away or ()] == ["02 Nov", "12 Nov"]
    assert people.asked["ben"] == [now]


def test_out_of_office_until_a_weekday_is_a_cause_as_well(watched: Watched) -> None:
    watched.people.write(line(), BEN, letter(PREP), "out-of-office", at("12:30"))
    assert watched.people.asked["ben"] == [at("12:30")]


def test_of_two_letters_the_own_mail_is_known_by_its_address() -> None:
    for sender, said in ((HOME, b"YES"), ("@else.example", b"NO")):
        watched = Watched()
        asked = letter(
            f"not-sure-it-is-you/{LANE}/1/ben/1", text=f"It came from ben{sender}, Mon 2 Nov.\n"
        )
        watched.people.write(line(), BEN, asked, "own", at("12:30"))
        raw = watched.outside.world.mailbox("koss@example.org").arrived[-1].raw
        assert raw.partition(b"\r\n\r\n")[2].startswith(said)


def test_what_comes_from_a_second_address_counts_once_its_owner_has_said_yes() -> None:
    watched = Watched()
    people: People = watched.people
    while "second-address" not in people.counts:
        people.write(line(), BEN, letter(PREP), "skip", at("12:30"))
    before = len(people.skipped["ana-ben"])
    asked = letter(f"not-sure-it-is-you/{LANE}/1/ben/1", text=f"It came from ben{HOME}.\n")
    people.write(line(), BEN, asked, "own", at("14:00"))
    assert people.skipped["ana-ben"][before:] == [at("14:00")]
