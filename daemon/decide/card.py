"""The week card: from three pairings on a mentor gets one letter a week instead of single preps (LETTERS 2).

Not the letter: the lane of the mentor's account writes it (account.py), from what each pairing tells it here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from daemon.decide.keys import basis_of, lane_of_account
from daemon.decide.owed import agenda_lines
from daemon.decide.prepared import on_week_card
from daemon.decide.seen import PairingTurn
from daemon.domain.observation import CardEntry, CardSeen

AHEAD = timedelta(days=8)
TOPICS_MOST = 5
CHARACTERS_MOST = 160


def tell_card(turn: PairingTurn) -> None:
    """Hand on what the card shows of this pairing, when it has changed."""
    running = turn.state.standing in ("active", "closing")
    if not turn.state.card_told and not (running and on_week_card(turn)):
        return
    entry = _entry(turn) if running and on_week_card(turn) else CardEntry(_name(turn), "", None)
    told = basis_of(entry) if entry.start else ""
    if told != turn.state.card_told:
        lane = lane_of_account(turn.state.line.mentor.address)
        turn.forwarded.append((lane, CardSeen(entry)))
        turn.state = replace(turn.state, card_told=told)


def _name(turn: PairingTurn) -> str:
    return turn.state.line.pairing


def _entry(turn: PairingTurn) -> CardEntry:
    coming = [
        m
        for m in turn.state.meetings
        if m.stands and m.start > turn.now and m.start < turn.now + AHEAD
    ]
    first = turn.state.line.mentee.first
    if not coming:
        return CardEntry(_name(turn), first, None)
    meeting = min(coming, key=lambda m: m.start)
    lines = [line for line in agenda_lines(turn, meeting, "mentee") if not line.shown]
    topics = [text.strip()[:CHARACTERS_MOST] for each in lines for text in each.text.splitlines()]
    actions = [
        f"{a.letter}  {a.text[:CHARACTERS_MOST]}"
        for a in turn.state.actions
        if a.done_at is None and a.owner == "mentor"
    ]
    return CardEntry(
        _name(turn), first, meeting.start, tuple(t for t in topics if t)[:TOPICS_MOST],
        tuple(actions[:TOPICS_MOST]),
    )  # fmt: skip
