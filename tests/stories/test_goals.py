"""Goals and links: what a pair sets out for stays in sight, and what a note links to is found again.

Not notes and to-dos: test_notes.py, test_words.py.
"""

from __future__ import annotations

from datetime import date

from tests.stories.beginnings import after_meeting
from tests.stories.cast import line
from tests.stories.people import kinds
from tests.stories.rows import row
from tests.stories.stage import before

GOAL = "A research place for the summer"


@row("letter-goal", "letter-note")
def test_a_goal_is_confirmed_reaches_the_other_one_and_is_shown_at_the_end() -> None:
    stage = before(line(ends=date(2026, 11, 3)), at="Tue 13 Oct 19:40 Kolkata")
    stage.ben.says("notes", goals=(GOAL,))
    assert stage.ben.last("ack").first == "Written down as a goal."
    stage.until("Wed 14 Oct 10:00 Berlin")
    assert f"| Goal: {GOAL}" in stage.ana.last("copy").text
    stage.until("Thu 5 Nov 10:00 Berlin")
    for someone in (stage.ana, stage.ben):
        text = someone.last("farewell").text
        assert f"What you set out for\n| {GOAL}\n" in text
        assert GOAL not in someone.last("farewell").first


@row("letter-goal", "undo-words")
def test_a_goal_can_be_taken_back_until_the_other_one_has_read_it() -> None:
    stage = after_meeting()
    stage.ben.says("notes", goals=(GOAL,))
    stage.ben.replies("ack", "UNDO")
    assert (stage.state().goals, stage.state().notes) == ((), ())
    stage.ben.says("notes", goals=(GOAL,))
    stage.until("Wed 14 Oct 10:00 Berlin")
    stage.ben.replies("ack", "UNDO")
    assert [each.text for each in stage.state().goals] == [GOAL]


@row("letter-goal")
def test_five_are_enough_and_the_same_one_is_one() -> None:
    stage = after_meeting()
    stage.ben.says("notes", goals=tuple(f"goal {number}" for number in range(5)))
    stage.ben.says("notes", goals=("goal 1",))
    stage.ben.says("notes", goals=("goal 6",))
    assert [each.text[-1] for each in stage.state().goals] == ["0", "1", "2", "3", "4"]
    assert stage.ben.last().first == (
        "Enough goals are written down already: more than that nobody keeps in sight."
    )
    assert any("goal 6" in note.text for note in stage.state().notes)


@row("letter-links")
def test_links_that_the_quote_leaves_out_come_with_the_next_prep() -> None:
    stage = after_meeting()
    links = tuple(f"https://lab.example.org/{number}" for number in range(5))
    stage.ben.says("notes", text=f"Look at {links[0]} first.", links=links)
    stage.until("Mon 19 Oct 19:00 Kolkata")
    shown = [f"| {link}" for link in links[1:3]]
    assert "\n".join(["Links", *shown]) in stage.ben.last("prep-mentee").text
    assert kinds(stage.ben.reads())[-1] == "prep-mentee"


@row("letter-links", "letter-private")
def test_links_of_private_lines_are_in_no_letter() -> None:
    stage = after_meeting()
    stage.ben.says(
        "notes", private="https://lab.example.org/x", links=("https://lab.example.org/x",)
    )
    stage.until("Tue 20 Oct 12:00 Berlin")
    stage.all_read()
    assert not any("lab.example.org" in each.text for each in stage.ana.letters)
