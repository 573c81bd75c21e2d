"""Goals: asked for before the first 1:1, named by a letter, looked at around their days, never called late (S2.19).

Not the reading of a `goal:` line, which words.py keeps, and not what the farewell says of them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from daemon.decide.moment import at_minute, local_day
from daemon.decide.owed import personal, when
from daemon.decide.seen import PairingTurn
from daemon.decide.stopping import last_day
from daemon.decide.turn import iso
from daemon.decide.words import free_letter
from daemon.domain.thread import Goal
from daemon.domain.value import replace

AHEAD = timedelta(days=7)
"""So long before the first 1:1 goals are asked for, where it is known so early."""
ASKED_FOR = timedelta(days=3)
LOOKED_AT_FOR = timedelta(days=7)
NEAR = timedelta(days=7)
"""Goals whose days lie so near together are looked at in one letter; none is looked at twice in such a time."""
ONWARD = timedelta(days=30)
"""After the last of `goal_days` a goal that is still open is looked at so much later."""
REACHED_KEPT = 5
"""So many goals that were reached are kept in words; of older ones only how many."""


def keep_goals(turn: PairingTurn) -> None:
    """Each goal gets a letter among those of the to-dos, and from the first 1:1 on a day, if it names none."""
    if turn.program.goals == "none":
        return
    for goal in turn.state.goals:
        if goal.done_at is None and not (goal.letter and goal.target):
            letter = goal.letter or free_letter(turn.state)
            target = goal.target or _day_after(turn, _today(turn))
            _put(turn, goal, replace(goal, letter=letter, target=target))
    reached = [goal for goal in turn.state.goals if goal.done_at]
    old = reached[: max(0, len(reached) - REACHED_KEPT)]
    if old:
        tally = replace(turn.state.tally, reached=turn.state.tally.reached + len(old))
        goals = tuple(goal for goal in turn.state.goals if goal not in old)
        turn.state = replace(turn.state, goals=goals, tally=tally)


def goal_letters(turn: PairingTurn) -> None:
    """The question for goals, and the look at those whose day has come."""
    if turn.program.goals != "none" and turn.state.standing == "active":
        _ask(turn)
        _look_at(turn)


def _put(turn: PairingTurn, before: Goal, goal: Goal) -> None:
    goals = tuple(goal if each == before else each for each in turn.state.goals)
    turn.state = replace(turn.state, goals=goals)


def _today(turn: PairingTurn) -> date:
    return local_day(turn.now, turn.zone(turn.state.line.mentee.zone))


def _day_after(turn: PairingTurn, day: date) -> date | None:
    """The next of `goal_days`, counted from the first 1:1; after the last of them some weeks on. None as long as
    there is no day to count from, or where the program looks at no goals."""
    met, days = turn.state.met_at, turn.program.goal_days
    if met is None or not days:
        return None
    first = local_day(met.first, turn.zone(turn.state.line.mentee.zone))
    dates = [first + timedelta(days=number) for number in days]
    return next((each for each in dates if each > day + NEAR), day + ONWARD)


def _ask(turn: PairingTurn) -> None:
    """Once: a week before the first 1:1, or as soon as it is known."""
    state = turn.state
    first = min((m.start for m in state.meetings if m.stands or m.standing == "held"), default=None)
    if first is None or state.tally.due:
        return
    opens = when(turn, max(first - AHEAD, state.mentee_yes or state.since), "mentee")
    if not turn.watch.reached(opens):
        return
    facts = {
        "smart": turn.program.goals == "smart",
        "start": iso(first) if first > turn.now else None,
    }
    personal(
        turn, "goals", "first", "mentee", facts, opens=opens, closes=max(first, opens + ASKED_FOR),
        reason="the first 1:1 comes near", basis="goals",
    )  # fmt: skip


def _look_at(turn: PairingTurn) -> None:
    """The goals of the next day that was set, once; whatever is not said to be reached by then moves on softly."""
    still_open = [(g.target, g) for g in turn.state.goals if g.done_at is None and g.target]
    if not still_open:
        return
    day = min(target for target, _ in still_open)
    zone = turn.zone(turn.state.line.mentee.zone)
    moment = when(turn, at_minute(day, turn.program.prep_mentee_minute, zone), "mentee")
    if not turn.watch.reached(moment):
        return
    closes = moment + LOOKED_AT_FOR
    due = [goal for target, goal in still_open if target <= day + NEAR]
    person = turn.state.line.mentee.id
    stem = turn.letter_stem("goal-review", f"{day:%Y%m%d}", person)
    if not turn.over(stem):
        _review(turn, day, due, moment, closes)
    if turn.over(stem) or turn.watch.reached(closes):
        later = _day_after(turn, _told_on(turn, stem))
        for goal in due:
            _put(turn, goal, replace(goal, target=later))
        turn.because(f"{len(due)} goals move on to {later or 'the end'}")


def _told_on(turn: PairingTurn, stem: str) -> date:
    """The day on which the letter went, which has named the day after it."""
    went = turn.settled(stem)
    return local_day(went, turn.zone(turn.state.line.mentee.zone)) if went else _today(turn)


def _review(
    turn: PairingTurn, day: date, due: list[Goal], opens: datetime, closes: datetime
) -> None:
    later, ends = _day_after(turn, _today(turn)), last_day(turn)
    named = later if later and not (ends and later >= ends) else None
    facts = {
        "goals": [{"letter": goal.letter, "text": goal.text} for goal in due],
        "next": named.isoformat() if named else None,
    }
    personal(
        turn, "goal-review", f"{day:%Y%m%d}", "mentee", facts, opens=opens, closes=closes,
        reason="the day of these goals has come", basis=f"{day:%Y%m%d}",
    )  # fmt: skip
