"""What a number, NONE or KEEP is taken for, by the letter that it answers, as tables (RULES 7: a reply counts for the
proposal whose letter it answers, else the only open one; a closed list is answered with the present one).

Not what follows on calendars: stories/test_proposal.py and its neighbours.
"""

from __future__ import annotations

import pytest

from daemon.domain.observation import Said
from tests.decide.choosing_cast import KEEP, NONE, answered, said, taken_for

CLOSED = "asked what was meant: closed-list"
OTHER = "asked what was meant: other"
SECOND, THIRD = "option 2 was chosen", "option 3 was chosen"
NO_TIME = "none of the times fits"
AGAIN = "the same answer again"


SAID_BY_BEN: list[tuple[str, str, Said, str]] = [
    # of the list that is open, of its reminder, and of the list after a time was gone
    ("asked", "proposal this#1.1", said(2), SECOND),
    ("asked", "proposal-nudge this#1", said(2), SECOND),
    ("asked", "slot-gone this#1.2", said(2), SECOND),
    ("asked", "proposal this#1.1", said(7, 3), THIRD),
    ("asked", "proposal this#1.1", said(7), CLOSED),
    ("asked", "proposal this#1.1", NONE, NO_TIME),
    ("asked", "proposal-nudge this#1", NONE, NO_TIME),
    # a mail that cites no list: the only one that is open
    ("asked", "", said(2), SECOND),
    ("asked", "notes next", said(2), SECOND),
    ("asked", "", NONE, NO_TIME),
    # the lists of other questions
    ("asked", "proposal next#1.1", said(2), CLOSED),
    ("asked", "proposal-mentor next#1.1", said(2), CLOSED),
    ("asked", "proposal-nudge next#1", said(2), CLOSED),
    ("asked", "slot-gone next#1.2", said(2), CLOSED),
    ("asked", "welcome-mentee series#1.1", said(2), CLOSED),
    ("asked", "regular-time series#1.1", said(2), CLOSED),
    ("asked", "setup-nudge mentee-1", said(2), CLOSED),
    ("asked", "proposal next#1.1", NONE, CLOSED),
    ("asked", "regular-time series#1.1", NONE, CLOSED),
    # an earlier question about the same 1:1
    ("again", "proposal this#2.1", said(2), SECOND),
    ("again", "proposal this#1.1", said(2), CLOSED),
    ("again", "proposal-nudge this#1", said(2), CLOSED),
    ("again", "slot-gone this#1.2", said(2), CLOSED),
    ("again", "proposal this#1.1", NONE, CLOSED),
    ("again", "proposal this#2.1", NONE, NO_TIME),
    ("again", "ack withdrawn.this#1", said(2), SECOND),  # shows no list
    ("again", "", said(2), SECOND),
    # after UNDO the list is back with its numbers
    ("undone", "proposal this#1.1", said(3), THIRD),
    ("undone", "proposal this#2.1", said(3), THIRD),
    # nothing is asked
    ("calm", "proposal this#1.1", said(2), CLOSED),
    ("calm", "proposal-mentor this#1.1", said(2), CLOSED),
    ("calm", "proposal-nudge this#1", said(2), CLOSED),
    ("calm", "slot-gone this#1.2", said(2), CLOSED),
    ("calm", "unclear 1a2b.proposal", said(2), CLOSED),
    ("calm", "regular-time series#1.1", said(2), CLOSED),
    ("calm", "welcome-mentee series#1.1", said(2), CLOSED),
    ("calm", "welcome-mentee invited", said(2), OTHER),  # a welcome without times
    ("calm", "setup-nudge mentee-1", said(2), OTHER),
    ("calm", "ack withdrawn.this#1", said(2), OTHER),
    ("calm", "notes this", said(2), OTHER),
    ("calm", "", said(2), OTHER),
    ("calm", "proposal this#1.1", NONE, CLOSED),
    ("calm", "regular-time series#1.1", NONE, CLOSED),
    ("calm", "unclear 1a2b.proposal", NONE, CLOSED),
    ("calm", "", NONE, OTHER),
    # carried out already
    ("booked", "proposal this#1.1", said(2), AGAIN),
    ("booked", "proposal-nudge this#1", said(2), AGAIN),
    ("booked", "moved this", said(2), AGAIN),
    ("booked", "proposal this#1.1", said(3), CLOSED),
    ("booked", "proposal next#1.1", said(2), CLOSED),
    ("booked", "moved this", said(3), OTHER),
    ("booked", "notes this", said(2), OTHER),
    # booked by the program, and the letter has offered the others
    ("alone", "moved this", said(3), "the move is taken back"),
    ("alone", "moved this", said(1), AGAIN),
    ("alone", "moved this", said(7), OTHER),
    ("alone", "moved next", said(3), OTHER),
    ("alone", "proposal this#1.1", said(3), CLOSED),
    # regular times have letters of their own
    ("regular", "welcome-mentee series#1.1", said(2), f"series: {SECOND}"),
    ("regular", "regular-time series#1.1", said(2), f"series: {SECOND}"),
    ("regular", "setup-nudge mentee-1", said(2), f"series: {SECOND}"),
    ("regular", "", said(2), f"series: {SECOND}"),
    ("regular", "welcome-mentee series#1.1", NONE, f"series: {NO_TIME}"),
    ("regular", "proposal this#1.1", said(2), CLOSED),
    ("regular", "slot-gone this#1.2", said(2), CLOSED),
    ("regular", "proposal session#1.1", said(2), CLOSED),  # they had a plan of sessions before
    ("regular", "proposal this#1.1", NONE, CLOSED),
    # KEEP where something stands that may be kept
    ("moved", "proposal this#1.1", KEEP, "option 1 was chosen"),
    ("moved", "", KEEP, "option 1 was chosen"),
    ("moved", "proposal next#1.1", KEEP, CLOSED),
    ("wished", "proposal this#1.1", KEEP, "it stays, says the mentee"),
    ("asked", "proposal this#1.1", KEEP, "asked what was meant: proposal"),
    ("calm", "proposal this#1.1", KEEP, CLOSED),
]


@pytest.mark.parametrize("name", dict.fromkeys(row[0] for row in SAID_BY_BEN))
def test_what_the_mentees_words_are_taken_for(name: str) -> None:
    rows = [row for row in SAID_BY_BEN if row[0] == name]
    assert [(*row[:3], taken_for(answered(*row[:3]))) for row in rows] == rows


SAID_BY_ANA: list[tuple[str, str, Said, str]] = [
    ("vetting", "proposal-mentor this#1.1", said(1, 3), "the mentor can do 1, 3"),
    ("vetting", "proposal-nudge this#1", said(3, 1), "the mentor can do 1, 3"),
    ("vetting", "", said(2, 9), "the mentor can do 2"),
    ("vetting", "proposal-mentor this#1.1", said(7), CLOSED),
    ("vetting", "proposal-mentor next#1.1", said(1), CLOSED),
    ("vetting", "proposal-mentor this#1.1", NONE, NO_TIME),
    # it is the mentee who is asked
    ("asked", "", said(2), CLOSED),
    ("asked", "", NONE, OTHER),
    ("wished", "", KEEP, OTHER),
]


def test_what_the_mentors_words_are_taken_for() -> None:
    found = [(*row[:3], taken_for(answered(*row[:3], "ana"))) for row in SAID_BY_ANA]
    assert found == SAID_BY_ANA


def test_while_the_mentor_is_asked_the_mentees_number_is_of_no_list() -> None:
    assert taken_for(answered("vetting", "", said(2))) == CLOSED
