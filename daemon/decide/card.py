"""The week card: from three pairings on a mentor gets one letter a week instead of single preps (LETTERS 2).

Not the letter: the lane of the mentor's account writes it (account.py), from what each pairing tells it here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter

from daemon.decide.copies import show
from daemon.decide.journal import lines_for_prep, was_shown
from daemon.decide.keys import basis_of, lane_of_account
from daemon.decide.meeting_types import type_of
from daemon.decide.owed import agenda_lines
from daemon.decide.prepared import on_week_card
from daemon.decide.seen import PairingTurn
from daemon.domain.meeting import Meeting
from daemon.domain.observation import CardEntry, CardSeen
from daemon.domain.thread import AgendaLine
from daemon.domain.value import replace

AHEAD = timedelta(days=8)
TOPICS_MOST = 5
CHARACTERS_MOST = 160


def tell_card(turn: PairingTurn) -> None:
    """Hand on what the card shows of this pairing, when it has changed."""
    running = turn.state.standing in ("active", "closing")
    if not turn.state.card_told and not (running and on_week_card(turn)):
        return
    entry = _entry(turn) if running and on_week_card(turn) else CardEntry(_name(turn))
    told = basis_of(entry) if entry.start else ""
    if told != turn.state.card_told:
        lane = lane_of_account(turn.state.line.mentor.address)
        turn.forwarded.append((lane, CardSeen(entry)))
        turn.state = replace(turn.state, card_told=told)


def _name(turn: PairingTurn) -> str:
    return turn.state.line.pairing


def _entry(turn: PairingTurn) -> CardEntry:
    standing = [m for m in turn.state.meetings if m.stands and m.start > turn.now]
    meeting = min(standing, key=lambda m: m.start, default=None)
    mentee = turn.state.line.mentee
    if meeting is None or not turn.watch.reached(meeting.start - AHEAD):
        return CardEntry(_name(turn), mentee.first)
    turn.watch.reached(meeting.start)  # then the next one takes its place
    topics = [text for line in _fitting(turn, meeting, turn.now) for text in _texts(line)]
    own = [a for a in turn.state.actions if a.done_at is None and a.owner == "mentor"]
    own = sorted(own[:TOPICS_MOST], key=attrgetter("letter"))
    return CardEntry(
        _name(turn), mentee.first, meeting.start, mentee.zone, tuple(topics),
        tuple((a.letter, a.text[:CHARACTERS_MOST], a.kind) for a in own), type_of(turn, meeting) or "",
        tuple(lines_for_prep(turn, "mentor")),
    )  # fmt: skip


def _fitting(turn: PairingTurn, meeting: Meeting, until: datetime) -> list[AgendaLine]:
    """The topics that a card has room for, each of them whole; the rest comes as a copy on the day."""
    chosen: list[AgendaLine] = []
    left = TOPICS_MOST
    for line in agenda_lines(turn, meeting, "mentee"):
        texts = _texts(line)
        whole = len(texts) <= left and all(len(text) <= CHARACTERS_MOST for text in texts)
        if whole and not line.shown and line.at <= until:
            chosen.append(line)
            left -= len(texts)
    return chosen


def _texts(line: AgendaLine) -> list[str]:
    return [text.strip() for text in line.text.splitlines() if text.strip()]


def shown_on_card(turn: PairingTurn, until: datetime) -> None:
    """The card has gone: it shows what had been written by then and had room on it."""
    was_shown(turn, "mentor", until)
    coming = [m for m in turn.state.meetings if m.stands and m.start > until]
    if coming:
        fitting = _fitting(turn, min(coming, key=lambda m: m.start), until)
        show(turn, lambda line: line in fitting, until)
