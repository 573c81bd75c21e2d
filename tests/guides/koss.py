"""The rows S0: mentoring at a student society, the guide behind `preset: koss`.

Not the preset: config/presets/koss.yaml.
"""

from __future__ import annotations

from tests.guides.row import Row

KOSS = (
    Row(
        "S0.1",
        "each new member has one mentor or more",
        "a pairing for each of them, from a file or a spreadsheet; one person's 1:1s keep apart",
        settings=("mentee_meetings_per_day",),
        tests=("tests/stories/test_own_pairings.py", "tests/settings/test_rosters.py"),
    ),
    Row(
        "S0.2",
        "the two decide how often, how long, when and where",
        "the mentee picks the time; either asks for another rhythm, length or time by reply, and it takes the other's yes",
        rules=("proposal-chooser", "letter-wish", "series-first-time"),
        settings=("initiator",),
    ),
    Row(
        "S0.3",
        "a 1:1 may be about anything that helps: career, feedback, ideas, a fear",
        "each prep has one question as an idea, of another theme each time",
        rules=("idea",),
        settings=("questions", "themes_left_out"),
        letters=("prep-mentee", "prep-mentor"),
        presets={"koss": ("questions",)},
    ),
    Row(
        "S0.4",
        "a repeating event in the calendar, weekly, every two weeks or monthly",
        "one series on the mentor's own calendar, at the rhythm of the program or of the pair",
        rules=("series-one", "series-change"),
        settings=("cadence",),
        presets={"koss": ("cadence",)},
    ),
    Row(
        "S0.5",
        "come prepared, with questions and points",
        "the mentee is asked before it, the evening before or as early as the program or the pair says; what is answered is in the mentor's prep",
        rules=("letter-topic", "letter-lead"),
        settings=("prep_mentee_at", "prep_mentor_at", "prep_mentee_days", "prep_mentor_days"),
        letters=("prep-mentee", "prep-mentor"),
    ),
    Row(
        "S0.6",
        "one mail thread of the two, with notes after each 1:1",
        "one thread for ever; notes are asked for after the 1:1, copied to the other, quoted before the next",
        rules=("letter-one-person", "letter-note"),
        settings=("notes_after_minutes", "share_notes"),
        letters=("notes", "copy"),
    ),
    Row(
        "S0.7",
        "nobody has to be a mentor, or to stay one",
        "the mentor is asked before the mentee knows; NO ends it there, LEAVE ends it later, with notice; people.yaml says how many "
        "a mentor takes (`most_mentees:`), also none",
        rules=("pairing-invited", "pairing-no", "letter-leave"),
        settings=("notice_days",),
        letters=("welcome-mentor-connected", "leave"),
        tests=(
            "tests/cli/test_capacity.py::test_who_takes_nobody_new_goes_on_with_those_who_are_there",
        ),
    ),
    Row(
        "S0.8",
        "an advisor can be asked to one 1:1",
        "INVITE name@… : the other one of the two can say no; then one guest of one event, time and topic, never the notes",
        rules=("letter-invite",),
        letters=("invite", "advisor-heads-up", "advisor"),
    ),
    Row(
        "S0.9",
        "informal, and everybody included",
        "names as people write them, no pronoun, nobody blamed or compared: every letter is held to it",
        tests=("tests/test_letters.py", "tests/stories/test_ladder.py"),
    ),
    Row(
        "S0.10",
        "either side can ask for another mentor",
        "said in confidence, only the contact reads it; the partner hears that it ends, not who wished it; what the new mentor may read of before, the mentee says line by line",
        rules=("letter-change", "handover-asked", "handover-allowed", "handover-silence"),
        letters=("change-got", "ended", "handover", "carried"),
    ),
    Row(
        "S0.11",
        "a page that lists what was talked about and read",
        "a page that the program names, before the first 1:1; later the links of the last note come with the next prep, LINKS brings those of all notes and topics, and the preps of the last 1:1 have a few",
        rules=("pages", "letter-links", "letter-shared-links"),
        settings=("resources",),
        letters=("links",),
    ),
    Row(
        "S0.12",
        "the mentor follows a task up until it is done",
        "a to-do stands in every prep until DONE",
        rules=("letter-note",),
        letters=("prep-mentee", "prep-mentor"),
        tests=("tests/stories/test_preps.py",),
    ),
    Row(
        "S0.13",
        "the mentee feels at ease: it is their 1:1",
        "the mentor's prep begins with what the mentee wrote; private lines stay with their writer",
        rules=("letter-topic", "letter-private"),
        letters=("prep-mentor",),
    ),
    Row(
        "S0.14",
        "half an hour of the week, and not cancelled again and again",
        "weekly, 30 minutes; who falls out often is asked kindly, then offered less, then the contact hears that a word is needed; "
        "the first one after a long time has an agenda for catching up",
        rules=(
            "ladder-kindly",
            "ladder-lighter",
            "ladder-word",
            "ladder-mover",
            "meeting-type-catch-up",
        ),
        settings=("kindly_after", "lighter_after", "word_after", "length_minutes", "meeting_types"),
        letters=("kindly", "lighter", "prep-mentee", "prep-mentor"),
        presets={
            "koss": ("cadence", "length_minutes", "meeting_types.catch_up"),
            "practical": ("meeting_types.catch_up",),
            "wealljs": ("meeting_types.catch_up",),
            "km": ("meeting_types.catch_up",),
        },
    ),
    Row(
        "S0.15",
        "questions for a mentor to ask",
        "the bank `koss`, those by mentors, one in each of the mentor's preps",
        rules=("idea",),
        settings=("questions",),
        presets={"koss": ("questions",)},
    ),
    Row(
        "S0.16",
        "what should we begin to do as a team?",
        "a question of the bank `koss`; the answer is the pair's note",
        rules=("idea",),
        settings=("questions",),
        presets={"koss": ("questions",)},
    ),
    Row(
        "S0.17",
        "how do you want our 1:1s to go?",
        "a question of the bank `koss`; rhythm, length and time are then changed by a reply",
        rules=("idea", "letter-wish"),
        settings=("questions",),
        presets={"koss": ("questions",)},
    ),
    Row(
        "S0.18",
        "questions for a mentee to ask, with a blank to fill in",
        "the bank `koss`, those by mentees, one in each of the mentee's preps",
        rules=("idea",),
        settings=("questions",),
        presets={"koss": ("questions",)},
    ),
)
