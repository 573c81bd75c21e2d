"""The rows S4: a framework for programs of an organization, behind `preset: km`.

Not the preset: config/presets/km.yaml.
"""

from __future__ import annotations

from tests.guides.row import Row

KM = (
    Row(
        "S4.1",
        "an owner, a version, a draft that nobody gets yet",
        "owner and version; nothing leaves before the first letters are released, and a rehearsal sends all to one address",
        rules=("guard-first-run",),
        settings=("owner", "version", "first_run", "letters_to"),
        tests=("tests/settings/test_good_files.py", "tests/stories/test_rehearsal.py"),
    ),
    Row(
        "S4.2",
        "structured or free, in person or not",
        "a plan of sessions, a rhythm, or a rhythm with an end; a place or a link",
        rules=("pairing-finite", "series-one"),
        settings=("cadence", "link", "minimum_weeks"),
        presets={"km": ("cadence", "minimum_weeks")},
    ),
    Row(
        "S4.3",
        "how often, how long, and not too much for a mentor",
        "bounds for a day; from so many pairings on one card a week instead of single preps; `check` warns of more pairings than a "
        "mentor's `most_mentees:` in people.yaml, and `status` shows who has room",
        rules=("letter-week-card",),
        settings=("mentor_meetings_per_day", "week_card_from", "length_minutes"),
        tests=(
            "tests/cli/test_capacity.py::test_one_more_than_the_mentor_takes_is_warned_of_where_it_stands",
            "tests/cli/test_capacity.py::test_status_shows_who_has_room_the_most_first",
        ),
        presets={"km": ("length_minutes",)},
    ),
    Row(
        "S4.4",
        "guidance for both, and somebody to turn to",
        "the welcome says what is asked, the first prep links to what helps, every letter says how to reach a human being",
        rules=("pages", "letter-help"),
        settings=("resources", "help_to"),
        letters=("welcome-mentor-connected", "welcome-mentee", "help-got"),
        tests=("tests/test_letters.py",),
    ),
    Row(
        "S4.5",
        "initiation, development, maintenance, closure",
        "phases, derived from what is known of a pair, and counted in `status`. Initiation has the welcome, the agreement, the first "
        "prep and the chemistry check; development preps, notes and the checks; the first preps in maintenance say what the two have "
        "come to and offer a lighter rhythm; closure asks whether to go on, and ends with the farewell. No admin sets a phase",
        rules=("phases", "phase-word", "agreement-asked", "chemistry", "check", "letter-extend", "pairing-closed"),
        settings=("development_weeks", "maintenance_word"),
        letters=(
            "welcome-mentor-connected", "welcome-mentee", "agreement", "chemistry", "check", "prep-mentee", "prep-mentor", "extend",
            "farewell",
        ),
        tests=(
            "tests/stories/test_phases.py::test_from_the_first_yes_to_the_last",
            "tests/stories/test_phases.py::test_the_first_preps_in_maintenance_say_what_they_have_come_to",
        ),
        presets={"km": ("development_weeks", "maintenance_word")},
    ),
    Row(
        "S4.6",
        "a match, do they suit, an agreement, a beginning",
        "both say yes, both agree to the program's text; after the first 1:1 each is asked alone whether they suit, and one no ends it kindly",
        rules=("pairing-invited", "agreement-asked", "chemistry", "chemistry-off"),
        settings=("chemistry", "agreement"),
        letters=("chemistry", "agreement"),
        presets={"km": ("chemistry", "agreement", "meeting_types.first")},
    ),
    Row(
        "S4.7",
        "check-ins, and trouble is resolved",
        "HELP opens a case for a human being; who falls silent is asked; the contact hears when a word is needed",
        rules=("letter-help", "letter-still-good", "ladder-word"),
        settings=("still_good_letters", "word_after"),
        letters=("still-good", "help-case", "check"),
        presets={"km": ("check_weeks",)},
    ),
    Row(
        "S4.8",
        "an end: what was reached, what comes next",
        "both are asked whether to go on; the farewell shows what they set out for; after it each is asked alone what it was worth",
        rules=("letter-extend", "letter-goal", "pairing-closed", "exit"),
        settings=("exit_survey",),
        letters=("extend", "farewell", "exit"),
        presets={"km": ("meeting_types.closing", "exit_survey"), "wealljs": ("meeting_types.closing",)},
    ),
    Row(
        "S4.9",
        "areas of knowledge, ways of learning",
        "themes of the questions; a program takes the banks it wants, or its own",
        rules=("idea",),
        settings=("questions", "themes_left_out"),
        tests=("tests/settings/test_banks.py",),
        presets={"km": ("questions",)},
    ),
    Row(
        "S4.10",
        "engagement, adherence, progress, satisfaction",
        "each by a formula of docs/measures.md: `run.py report`; nothing is shown of fewer than five, and no word of anybody",
        rules=("check",),
        settings=("check_weeks",),
        tests=(
            "tests/test_measures.py::test_every_example_of_the_page_is_true",
            "tests/stories/test_measures.py::test_what_five_people_said_alone_and_the_goals_that_they_reached",
            "tests/cli/test_report.py",
        ),
    ),
    Row(
        "S4.11",
        "what was learned",
        "at the start, half-way and at the end mentees say how sure they are; reports have the mean of each and the delta, in bundles of "
        "five people (docs/measures.md), so that nobody's answer can be told from two of them",
        rules=("assess",),
        settings=("assess",),
        letters=("assess",),
        tests=(
            "tests/test_bundles.py",
            "tests/stories/test_measures.py::test_how_sure_five_mentees_are_stands_in_the_report_from_when_nobody_can_be_told_apart",
        ),
        presets={"km": ("assess",)},
    ),
    Row(
        "S4.12",
        "look at it regularly, and adjust",
        "each Monday the contact reads what stands and what needs them; `run.py report` tells any stretch of time",
        tests=("tests/stories/test_monday.py", "tests/decide/test_monday.py"),
    ),
    Row(
        "S4.13",
        "groups, peers, reverse mentoring",
        "one mentor and two to twelve mentees on one series, of whom one speaks for all; what mentor and mentee are called is said "
        "by the program: peer and peer, or who learns from whom",
        rules=(
            "group-welcome", "group-prep", "group-copy", "group-news", "group-missing", "group-leave", "group-files",
            "called", "called-mentee",
        ),
        settings=("mentor_called", "mentee_called"),
        letters=("group-welcome", "group-prep", "group-news"),
        tests=("tests/settings/test_group_named.py",),
    ),
    Row(
        "S4.14",
        "reports weekly, monthly, quarterly, annually",
        "the Monday letter, and the measures of each week, month, quarter and year to whom the program names for it: `reports_to:` says who reads which",
        rules=("report-mail",),
        settings=("reports", "reports_to"),
        tests=("tests/stories/test_monday.py",),
        presets={"km": ("reports",)},
    ),
    Row(
        "S4.15",
        "agreements, trackers, templates, forms",
        "every letter is a template that a program can lay its own over; agreement, agendas and questions are texts of the program",
        rules=("agreement-asked", "meeting-type"),
        settings=("agreement", "meeting_types", "questions"),
        tests=("tests/test_config.py",),
    ),
    Row(
        "S4.16",
        "written down as Markdown",
        "`run.py report --markdown`: a page with front matter, for a wiki",
        tests=("tests/cli/test_report.py::test_for_machines_and_as_a_page_of_a_wiki",),
    ),
)  # fmt: skip
