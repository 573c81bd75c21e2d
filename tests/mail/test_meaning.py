"""What a reply means, as a table of literal replies: 0 wrong actions is the goal (trap_76).

Not about quotes and signatures of mail programs: tests/mail/test_replytext.py cuts those.
"""

from __future__ import annotations

from dataclasses import replace as altered
from datetime import date

import pytest

from daemon.domain.observation import Said
from daemon.domain.people import Role
from daemon.domain.value import replace
from daemon.domain.when import When
from daemon.mail.reading import meaning as reading
from daemon.mail.reading.meaning import Meaning

TODAY = date(2026, 11, 28)
HELP, LEAVE = Said("help"), Said("leave")


def understand(text: str, partner_first: str, writer: Role, own_name: str = "") -> Meaning:
    """As on the day of the letters in LETTERS 5."""
    return reading.understand(text, partner_first, writer, own_name, today=TODAY)


def contact(word: str) -> Said:
    return Said("for-contact", text=word)


def choose(*numbers: int) -> Said:
    return Said("choose", numbers=numbers)


def done(*letters: str) -> Said:
    return Said("done", letters=letters)


def dated(word: str, first: date, last: date) -> Said:
    return Said(word, days=(first, last))


def wordless(said: Said) -> Said:
    """A command without what was written, where that is not its value."""
    return said if said.word in (*VALUES, "for-contact") else replace(said, text="")


VALUES = ("cadence", "zone", "language", "invite", "fewer")
YES, NO, NONE, SKIP, MOVE = (Said(word) for word in ("yes", "no", "none", "skip", "move"))
DECEMBER = date(2026, 12, 10), date(2026, 12, 24)

COMMANDS: list[tuple[str, Said]] = [
    ("2", choose(2)),
    ("2.", choose(2)),
    ("2)", choose(2)),
    ("(2)", choose(2)),
    (" 2 \n", choose(2)),
    ("2!", choose(2)),
    ("#2", choose(2)),
    ("1 3", choose(1, 3)),
    ("1, 3", choose(1, 3)),
    ("1 or 3", choose(1, 3)),
    ("1 and 3", choose(1, 3)),
    ("1, 2 or 3", choose(1, 2, 3)),
    ("3 3", choose(3)),
    ("10", choose(10)),
    ("Option 2", choose(2)),
    ("option 2 please", choose(2)),
    ("the second", choose(2)),
    ("The second one.", choose(2)),
    ("second option", choose(2)),
    ("2nd", Said("when", (2,), when=When(month_day=2))),
    ("Thursday works", Said("when", when=When(weekday=3))),
    ("number 3", choose(3)),
    ("2 works", choose(2)),
    ("2 works for me, thanks!", choose(2)),
    ("2 is fine", choose(2)),
    ("2, please", choose(2)),
    ("Hi Ana,\n\n2\n\nBest\nBen", choose(2)),
    ("Hi, 2 please. Thanks", choose(2)),
    ("Thanks, 2", choose(2)),
    ("2\n\nThanks\nBen", choose(2)),
    ("2\n\nKind regards,\nBen Das\nStudent, KOSS", choose(2)),
    ("YES", YES),
    ("yes", YES),
    ("Yes!", YES),
    ("Yes please", YES),
    ("ok", YES),
    ("OK.", YES),
    ("Okay", YES),
    ("yes, that works", YES),
    ("yes, it did", YES),
    ("Hello Maya!\nYES\nGreetings", YES),
    ("NO", NO),
    ("no.", NO),
    ("No, it did not take place", NO),
    ("no, it did not take place.", NO),
    ("no, it didn't happen", NO),
    ("No. We did not meet.", NO),
    ("We didn’t meet", NO),
    ("It did not take place", NO),
    ("NONE", NONE),
    ("none", NONE),
    ("None, sorry", NONE),
    ("none of these work", NONE),
    ("None fits.", NONE),
    ("None of them works, thanks", NONE),
    ("SKIP", SKIP),
    ("skip", SKIP),
    ("Skip this one please", SKIP),
    ("let's skip this week", SKIP),
    ("Leave it out", SKIP),
    ("MOVE", MOVE),
    ("move", MOVE),
    ("Move it please", MOVE),
    ("another time", MOVE),
    ("DONE a", done("a")),
    ("done a", done("a")),
    ("Done: b.", done("b")),
    ("DONE a b", done("a", "b")),
    ("DONE A, B and C", done("a", "b", "c")),
    ("done", done()),
    ("HELP", HELP),
    ("help", HELP),
    ("Help!", HELP),
    ("LEAVE", LEAVE),
    ("leave the program", LEAVE),
    ("UNDO", Said("undo")),
    ("undo that, please", Said("undo")),
    ("KEEP", Said("keep")),
    ("keep it", Said("keep")),
    ("MEET", Said("meet")),
    ("PAUSE", Said("pause")),
    ("PAUSE until 15 Jan", dated("pause", TODAY, date(2027, 1, 15))),
    (
        "pause till January 15th",
        dated("pause", TODAY, date(2027, 1, 15)),
    ),
    ("pause for a month", contact("PAUSE")),
    ("RESUME", Said("resume")),
    ("AWAY 10–24 Dec", dated("away", *DECEMBER)),
    ("away 10-24 Dec", dated("away", *DECEMBER)),
    ("I am away 10 to 24 December", dated("away", *DECEMBER)),
    (
        "away 20 Dec - 3 Jan",
        dated("away", date(2026, 12, 20), date(2027, 1, 3)),
    ),
    (
        "AWAY 2026-12-10 to 2026-12-24",
        dated("away", *DECEMBER),
    ),
    ("AWAY 2026-12-10", dated("away", DECEMBER[0], DECEMBER[0])),
    ("2 till 30 June", Said("choose", (2,), days=(TODAY, date(2027, 6, 30)))),
    ("LATE 10", Said("late", (10,))),
    ("late 15 minutes", Said("late", (15,))),
    ("WEEKLY", Said("cadence", text="weekly")),
    ("biweekly", Said("cadence", text="biweekly")),
    ("every two weeks", Said("cadence", text="biweekly")),
    ("MONTHLY", Said("cadence", text="monthly")),
    ("ZONE Toronto", Said("zone", text="America/Toronto")),
    ("ZONE New York", Said("zone", text="America/New_York")),
    ("ZONE São Paulo", Said("zone", text="America/Sao_Paulo")),
    ("ZONE Nowhere", Said("zone")),
    ("LANGUAGE pt", Said("language", text="pt")),
    ("INVITE priya@example.org", Said("invite", text="priya@example.org")),
    ("reminders off", Said("fewer")),
    ("Reminders on please", Said("fewer", text="on")),
]

NOTHING_BUT_TEXT = [
    "I have 2 ideas",
    "2 ideas: CV and lab",
    "2 internships, decide by January",
    "2?",
    "not 2",
    "2 or maybe later?",
    "1:1 was good",
    "2/12",
    "1-3",
    "2.5 hours of work on the draft",
    "2026",
    "123",
    "the second internship",
    "second thoughts about the lab",
    "first draft of the CV",
    "thursday would be better",
    "can we move it to Friday?",
    "Can't make it, next week?",
    "I moved to Berlin",
    "move on to the next topic",
    "moving house",
    "skip the first topic",
    "SKIP the small talk",
    "I would skip lunch",
    "let's skip the small talk",
    "No, thanks",
    "no thanks",
    "no news from the lab",
    "No questions this week",
    "none of my topics are ready",
    "nonetheless a good talk",
    "yes and no",
    "yes, but later",
    "Yes or no questions are hard",
    "ok so we talked about the CV",
    "okay, the CV first",
    "it took place but was short",
    "done with the draft",
    "Done a bit of work on the CV",
    "I am done",
    "help with the CV",
    "I need help with my CV",
    "can you help me?",
    "leave of absence, how do I ask for it?",
    "I leave early on Friday",
    "pause buttons in the UI",
    "late nights",
    "away from keyboard",
    "weekly plan for the thesis",
    "invite more speakers?",
    "language learning",
    "zone of comfort",
    "undo the last migration",
    "resume review please?",
    "1\n2",
    "2\nActually, 3",
    "2\nbut only if by video",
    "Yes\nHowever, not on Tuesdays",
    "yes\n\nno",
    "MOVE\nSKIP",
    "2\nno wait, 3 is better",
]


@pytest.mark.parametrize(("text", "said"), COMMANDS, ids=[text for text, _ in COMMANDS])
def test_trap_76_a_command_that_stands_alone_is_understood(text: str, said: Said) -> None:
    meaning = understand(text, "Ana", "mentee")
    (found,) = meaning.said
    assert wordless(found) == said
    assert meaning == Meaning(said=(found,))


def test_what_was_written_for_a_choice_is_kept_for_the_confirmation() -> None:
    (said,) = understand("Hi Ana,\nOption 2 please", "Ana", "mentee").said
    assert said == Said("choose", numbers=(2,), text="Option 2 please")


@pytest.mark.parametrize("text", NOTHING_BUT_TEXT)
def test_trap_76_a_word_or_digit_in_a_sentence_is_never_a_command(text: str) -> None:
    assert understand(text, "Ana", "mentee") == Meaning(text=text)


COURTESY = [
    "Thanks!",
    "Thank you Ana",
    "Hi Ana,\n\nthanks a lot!\n\nBest\nBen",
    "ok thanks",
    "no problem",
    "",
    " \n",
]


@pytest.mark.parametrize("text", COURTESY)
def test_courtesy_is_neither_a_note_nor_a_command(text: str) -> None:
    assert understand(text, "Ana", "mentee") == Meaning()


WHOLE = [
    (
        "NONE. Thursday after 15:00 would work",
        Meaning(said=(NONE,), text="Thursday after 15:00 would work"),
    ),
    ("NONE Thursday", Meaning(said=(NONE,), text="Thursday")),
    ("MOVE to Thursday", Meaning(said=(MOVE,), text="to Thursday")),
    ("SKIP, I am travelling", Meaning(said=(SKIP,), text="I am travelling")),
    (
        "Hi Ana,\n\nWe looked at the CV.\nIt needs a summary.\n\nThanks,\nBen",
        Meaning(text="We looked at the CV.\nIt needs a summary."),
    ),
    (
        "The lab\nThe CV\n\nDONE a\nDONE b",
        Meaning(said=(done("a", "b"),), text="The lab\nThe CV"),
    ),
    ("2\nDONE a", Meaning(said=(choose(2), done("a")))),
    (
        "private: not sure this is for me\nWe talked about the lab",
        Meaning(text="We talked about the lab", private="not sure this is for me"),
    ),
    ("Private : only mine\n- private: also mine", Meaning(private="only mine\nalso mine")),
    (
        "private:\nsecret line\n\nshared line",
        Meaning(text="shared line", private="secret line"),
    ),
    (
        "private: a long thought that the mail program has wrapped somewhere in\nthe middle\n\nOpen",
        Meaning(
            text="Open",
            private="a long thought that the mail program has wrapped somewhere in\nthe middle",
        ),
    ),
    (
        "Good talk.\ntodo: send the CV\n@ana: ask Priya\n@ben: read the paper",
        Meaning(
            text="Good talk.",
            todos=(
                ("mentee", "send the CV"),
                ("mentor", "ask Priya"),
                ("mentee", "read the paper"),
            ),
        ),
    ),
    ("- Todo: call\n* to-do: write", Meaning(todos=(("mentee", "call"), ("mentee", "write")))),
    (
        "HELP\nI want another mentor",
        Meaning(said=(HELP,), aside="I want another mentor"),
    ),
    ("HELP I cannot log in", Meaning(said=(HELP,), aside="I cannot log in")),
    ("LEAVE\nI am too busy", Meaning(said=(LEAVE,), aside="I am too busy")),
]


@pytest.mark.parametrize(("text", "meaning"), WHOLE, ids=[text[:30] for text, _ in WHOLE])
def test_a_reply_is_sorted_into_commands_notes_private_lines_and_to_dos(
    text: str, meaning: Meaning
) -> None:
    found = understand(text, "Ana", "mentee")
    assert altered(found, said=tuple(map(wordless, found.said))) == meaning


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LEAVE\nno", LEAVE),
        ("LEAVE\nActually, wait until Monday", LEAVE),
        ("pause till next month", contact("PAUSE")),
        ("PAUSE until I know more", contact("PAUSE")),
        ("PAUSE until 31 Feb", contact("PAUSE")),
        ("PAUSE please, I am ill", contact("PAUSE")),
        ("AWAY next week", contact("AWAY")),
        ("AWAY 24-10 Dec", contact("AWAY")),
        ("RESUME after Easter", contact("RESUME")),
    ],
)
def test_a_wish_to_stop_is_never_a_note(text: str, said: Said) -> None:
    meaning = understand(text, "Ana", "mentee")
    assert (meaning.text, tuple(map(wordless, meaning.said))) == ("", (said,))


def test_a_mentor_s_to_dos_are_theirs_and_the_mentee_s_are_named() -> None:
    meaning = understand("todo: ask Priya\n@Ben: send the CV", "Ben", "mentor")
    assert meaning.todos == (("mentor", "ask Priya"), ("mentee", "send the CV"))


def test_a_signature_by_the_writer_s_own_name_is_left_out_and_a_last_topic_is_not() -> None:
    assert understand("2\nBen", "Ana", "mentee", own_name="Ben Das").text == ""
    assert understand("CV\n\nThesis", "Ana", "mentee", own_name="Ben Das").text == "CV\n\nThesis"
    signed = understand("Good talk\n— Ben", "Ana", "mentee")
    assert signed.text == "Good talk"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "2 works, thanks Emma"), ("fr", "2, merci Élodie"), ("de", "2 danke, Özlem"), ("pt", "2 obrigado Ângela!")],
)  # fmt: skip
def test_a_choice_may_end_with_thanks_to_anybody(language: str, text: str) -> None:
    (said,) = reading.understand(text, "", "mentee", today=TODAY, language=language).said
    assert wordless(said) == choose(2)


def test_a_yes_beside_a_command_is_that_command() -> None:
    (said,) = reading.understand("Ja, treffen", "", "mentee", today=TODAY, language="de").said
    assert wordless(said) == Said("meet")


def test_thanks_hide_no_note() -> None:
    text = "Thanks!\nGood advice about the CV"
    assert understand(text, "Ana", "mentee").text == "Good advice about the CV"


def test_a_text_has_a_limit_and_an_odd_one_is_read_in_no_time() -> None:
    assert len(understand("word " * 5_000, "Ana", "mentee").text) == 4_000
    for hostile in (
        "done " + "and" * 30,
        "(" * 100,
        "1 or " * 20_000,
        "best " * 20_000,
        "." * 19_990 + "a",
        "About us: \n" + "\t" * 20_000,
    ):
        assert understand(hostile, "Ana", "mentee").said == ()


def test_a_day_in_numbers_beside_a_regret_is_read_without_an_error() -> None:
    """The day before the first day of all was asked for."""
    text = "Am 3.12. kann ich nicht, am 4.12. auch nicht"
    assert reading.understand(text, "Ana", "mentee", today=TODAY, language="de").said == ()
