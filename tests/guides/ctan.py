"""The rows S3: two sessions between researchers, the guide behind `preset: ctan`.

Not the preset: config/presets/ctan.yaml.
"""

from __future__ import annotations

from tests.guides.row import Row

CTAN = (
    Row(
        "S3.1",
        "read about each other first",
        "a page about each, if people.yaml names one, in the other one's welcome and first prep",
        rules=("pages",),
        letters=("welcome-mentee", "prep-mentee", "prep-mentor"),
    ),
    Row(
        "S3.2",
        "the mentor makes the appointments",
        "the mentor is asked for times first, the mentee picks among them",
        rules=("proposal-chooser",),
        settings=("initiator",),
        letters=("proposal-mentor",),
        presets={"ctan": ("initiator",)},
    ),
    Row(
        "S3.3",
        "mind the time zones",
        "every time in both zones, the reader's first; a line in the week in which clocks change",
        rules=("letter-clock-change", "letter-zone"),
        tests=("tests/stories/test_zones.py",),
    ),
    Row(
        "S3.4",
        "two sessions of an hour in two months",
        "a plan of so many sessions in a window: each is put when its time is agreed; the contact hears when one has none by its day",
        rules=("pairing-finite", "pairing-session-late"),
        settings=("cadence", "length_minutes", "session_days"),
        presets={"ctan": ("cadence", "length_minutes", "session_days")},
    ),
    Row(
        "S3.5",
        "or let them book by other tools",
        "an event that one of the two makes by hand is offered, and with a yes it is the 1:1",
        rules=("adopt-single", "adopt-series", "adopt-no"),
    ),
    Row(
        "S3.6",
        "agree where to meet, and how to reach each other in between",
        "a link for each pair, or the room that Google or Microsoft makes; the way between the sessions in words, in the preps of the first one",
        rules=("room", "letter-between"),
        settings=("link", "between"),
        letters=("prep-mentee", "prep-mentor"),
        presets={"ctan": ("between",)},
    ),
    Row(
        "S3.7",
        "the mentee prepares a few SMART goals",
        "asked for a week before the first session, or as soon as it is known; the mentor reads them in the prep",
        rules=("goals-asked",),
        settings=("goals",),
        letters=("goals", "prep-mentor"),
        presets={"ctan": ("goals",)},
    ),
    Row(
        "S3.8",
        "ground rules, hopes, and what one needs",
        "an agreement that both read alone; a part of the first session; what one needs is said there, or in confidence to a human being",
        rules=("agreement-asked", "agreement-words", "letter-private"),
        settings=("agreement", "meeting_types"),
        presets={"ctan": ("agreement", "meeting_types.first")},
    ),
    Row(
        "S3.9",
        "what by session two, what in three months",
        "goals stand in the preps of session two, and in the letter three months after the end",
        rules=("letter-goal", "follow-up"),
        settings=("goals", "follow_up_days"),
        letters=("prep-mentee", "follow-up"),
        tests=("tests/stories/test_goals_on_dates.py::test_the_second_session_is_prepared_from_the_answers_to_the_first",),
        presets={"ctan": ("goals", "follow_up_days")},
    ),
    Row(
        "S3.10",
        "steps, and homework",
        "to-dos with an owner, in every prep until DONE; one word half-way to the mentee",
        rules=("letter-note", "homework-halfway"),
        settings=("halfway",),
        letters=("halfway",),
        presets={"ctan": ("halfway",)},
    ),
    Row(
        "S3.11",
        "session two: look at the homework",
        "its preps quote the notes, the to-dos and the goals of session one",
        rules=("letter-note", "letter-goal"),
        letters=("prep-mentee", "prep-mentor"),
        tests=("tests/stories/test_goals_on_dates.py::test_the_second_session_is_prepared_from_the_answers_to_the_first",),
    ),
    Row(
        "S3.12",
        "a plan for afterwards",
        "the farewell asks for one line to go on with, and the other gets it",
        rules=("pairing-closed",),
        letters=("farewell",),
        tests=("tests/decide/test_farewell.py",),
        presets={"ctan": ("meeting_types.closing",)},
    ),
    Row(
        "S3.13",
        "open doors: name people to talk to",
        "“intro: Priya Rao, designs at Example Labs”: the other one of the two is asked, then the mentor gets words to copy and asks Priya; a to-do in both preps until DONE",
        rules=("letter-intro", "letter-note"),
        settings=("notes_asks",),
        presets={"ctan": ("notes_asks",)},
        letters=("intro", "intro-draft", "intro-told", "prep-mentee", "prep-mentor"),
        tests=("tests/stories/test_introductions.py",),
    ),
    Row(
        "S3.14",
        "celebrate",
        "the farewell congratulates, and counts the 1:1s where they are many, or all that were planned",
        rules=("pairing-closed",),
        settings=("closing_held_least", "closing_share_percent"),
        letters=("farewell",),
    ),
    Row(
        "S3.15",
        "some months later: how did it go?",
        "LATER in answer to the farewell: one letter after ninety days, with the line and the goals; MEET is passed on with an "
        "address and a plan for catching up, STOP ends it",
        rules=("follow-up",),
        settings=("follow_up_days", "meeting_types"),
        letters=("farewell", "follow-up", "follow-up-word"),
        tests=("tests/stories/test_follow_up.py::test_with_the_wish_to_meet_comes_a_plan_for_it_where_the_program_has_one",),
        presets={"ctan": ("follow_up_days", "meeting_types.catch_up")},
    ),
)  # fmt: skip
