"""The rows S1: a practical guide to 1:1s at work, behind `preset: practical`.

Not the preset: config/presets/practical.yaml.
"""

from __future__ import annotations

from tests.guides.row import Row

PRACTICAL = (
    Row(
        "S1.1",
        "a lead and a member, or two peers",
        "the welcome says lead, peer or whatever a program calls it; all other letters speak of the two by name",
        rules=("called",),
        settings=("mentor_called",),
        tests=("tests/test_letters.py",),
    ),
    Row(
        "S1.2",
        "from how somebody is to where they want to go",
        "questions in seven themes, none again before all others were there",
        rules=("idea",),
        settings=("questions",),
        presets={"practical": ("questions",)},
    ),
    Row(
        "S1.3",
        "weekly 30 minutes, every two weeks 45 to 60, monthly 60 to 90, and always the same time",
        "the length goes with the rhythm; a program that says otherwise gets the guide's words as a warning",
        rules=("series-one", "series-origin"),
        settings=("cadence", "length_minutes"),
        tests=(
            "tests/settings/test_presets.py::test_practical_has_a_length_for_each_rhythm_and_a_bank_of_questions",
            "tests/settings/test_presets.py::test_a_program_that_goes_against_its_guide_is_warned_with_the_guides_words",
        ),
        presets={"practical": ("cadence", "length_minutes")},
    ),
    Row(
        "S1.4",
        "a time that suits the lead, chosen by the member",
        "the mentor's hours and busy times bound it, the mentee picks one of three",
        rules=("series-first-time", "proposal-chooser"),
        settings=("offers", "initiator"),
        letters=("welcome-mentee", "proposal"),
    ),
    Row(
        "S1.5",
        "do not cancel: it is work",
        "the event counts as busy; a new time is offered before leaving it out; how often it fell out is told to that side alone",
        rules=("proposal-accepted", "ladder-kindly"),
        settings=("kindly_after",),
        letters=("proposal", "kindly"),
    ),
    Row(
        "S1.6",
        "if it must be cancelled, find a new time at once",
        "times that suit both are offered within minutes",
        rules=("seen-1", "seen-2", "meeting-repaired"),
        settings=("repair_within_minutes", "repair_wait_minutes", "policy"),
        letters=("proposal", "moved"),
    ),
    Row(
        "S1.7",
        "mistakes of leads: to steer every step, to be personal too early, to talk of others",
        "personal questions only from a later 1:1 on; a line against such a mistake in the mentor's prep",
        rules=("thought", "idea"),
        settings=("questions",),
        presets={"practical": ("questions",)},
    ),
    Row(
        "S1.8",
        "five stages: expectations, check-in, personal, practical, check-out",
        "an agenda of five blocks in minutes, scaled to the length of each 1:1, in both preps",
        rules=("meeting-type",),
        settings=("meeting_types",),
        letters=("prep-mentee", "prep-mentor"),
        presets={"practical": ("meeting_types",)},
    ),
    Row(
        "S1.9",
        "personal and practical needs in balance",
        "the ideas take turns",
        rules=("idea",),
        settings=("questions",),
        tests=("tests/decide/test_ideas.py",),
        presets={"practical": ("questions",)},
    ),
    Row(
        "S1.10",
        "how to be: listen, be yourself, be kind",
        "one line in the mentor's prep, of the bank `practical`",
        rules=("thought",),
        letters=("prep-mentor",),
    ),
    Row(
        "S1.11",
        "questions in seven themes",
        "the bank `practical`: theme, who asks, from which 1:1 on; or a bank of one's own",
        rules=("idea",),
        settings=("questions", "themes_left_out"),
        tests=("tests/settings/test_banks.py",),
        presets={"practical": ("questions",)},
    ),
    Row(
        "S1.12",
        "now and then: goals, what comes next, what help is wanted",
        "three standing questions in the mentee's prep",
        rules=("asked-before-and-after",),
        settings=("prep_asks",),
        presets={"practical": ("prep_asks",)},
    ),
    Row(
        "S1.13",
        "is my feedback helpful?",
        "each is asked alone how it goes, and nobody sees the answer",
        later="the check of both alone",
    ),
    Row(
        "S1.14",
        "where do you want to be in five years?",
        "the first 1:1 of each quarter looks further ahead, with an agenda of its own",
        rules=("meeting-type",),
        settings=("meeting_types",),
        presets={"practical": ("meeting_types",)},
    ),
    Row(
        "S1.15",
        "questions about diversity are sensitive",
        "left out unless the program wants them, only from the third 1:1 on, never in a calendar",
        rules=("idea",),
        settings=("sensitive_questions",),
        tests=("tests/settings/test_banks.py", "tests/decide/test_ideas.py"),
    ),
    Row(
        "S1.16",
        "the source is credited; people read Portuguese",
        "a bank without its credit is refused",
        tests=("tests/settings/test_banks.py",),
        later="letters in Brazilian Portuguese",
    ),
)
