"""Taking over: an event that one of the two made by hand is looked after from now on, as its owner has said.

Not the question about it (adopting.py). Nothing is written to a calendar here: the event stays as it is, and only what
stands beside it is taken off.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.adopting import clock_of, use_of
from daemon.decide.ending import end, last_day_before_now
from daemon.decide.gone import tell_it_stands
from daemon.decide.keeping import as_it_stands
from daemon.decide.keys import series_stem
from daemon.decide.meetings import close
from daemon.decide.questions import drop_questions
from daemon.decide.rewalled import agree_on, replace_places
from daemon.decide.seen import PairingTurn, put_meeting
from daemon.decide.series import from_now_on, newest, put_series
from daemon.decide.terms import terms
from daemon.domain.cadence import SeriesRule, wall_text
from daemon.domain.meeting import HandMade, Meeting, Origin, Series
from daemon.domain.value import replace
from daemon.domain.world import Mark

COPIES_KEPT = 4


def take_over(turn: PairingTurn) -> bool:
    """What its owner said yes to; whether something was. It waits for a pairing that is not active yet, whose time is
    known by it, and for a change of ours that is under way."""
    hand = next((each for each in turn.state.hand_made if each.answer == "yes"), None)
    use = use_of(turn, hand) if hand else None
    if hand is None or use is None:
        return False
    if hand.rule is not None:
        if turn.state.standing == "invited":
            _time_is_known(turn, hand, hand.rule)
        if turn.state.standing != "active" or _is_under_way(turn):
            return False
        _series(turn, hand, hand.rule)
    elif use.meeting:
        _instead(turn, hand, use.meeting)
    else:
        _session(turn, hand)
    kept = tuple(each for each in turn.state.hand_made if each is not hand)
    turn.state = replace(turn.state, hand_made=kept)
    turn.adopted.append(hand.place)
    if hand.by == "mentee":
        turn.state = replace(turn.state, copies=(*turn.state.copies, hand.place.uid)[-COPIES_KEPT:])
    return True


def _is_under_way(turn: PairingTurn) -> bool:
    """First hear what becomes of a change of our own series."""
    mark = turn.marks.get(series_stem(turn.state.line.pairing))
    return mark is not None and mark.standing == "live"


# --- a series


def _time_is_known(turn: PairingTurn, hand: HandMade, rule: SeriesRule) -> None:
    """The mentee is asked for a yes to that very time."""
    series = Series(hand.place.calendar, hand.place.uid, 0, _on_their_clock(turn, rule))
    agree_on(turn, series)
    turn.state = replace(turn.state, wants_time="")
    _list_is_closed(turn, "series")


def _on_their_clock(turn: PairingTurn, rule: SeriesRule) -> SeriesRule:
    """Its clock is that of the pairing from now on (RULES 1: by a reply, never by itself). Calendars call a zone by
    another name where both show the same time."""
    zone = clock_of(turn, rule) or rule.zone
    turn.state = replace(turn.state, line=replace(turn.state.line, anchor=zone))
    return replace(rule, zone=zone)


def _series(turn: PairingTurn, hand: HandMade, rule: SeriesRule) -> None:
    """It takes the place of ours, as if that had been dragged there by hand (RULES 5, row 8): meetings keep their
    origin, and never two series stand."""
    pairing, old = turn.state.line.pairing, newest(turn)
    stem = series_stem(pairing)
    generation = turn.generation(stem)
    turn.marks[stem] = Mark(generation, "", "settled", turn.now)
    rule = _on_their_clock(turn, rule)
    instead = old is not None and old.standing in ("put", "gone")
    new = Series(
        hand.place.calendar, hand.place.uid, generation,
        replace(rule, until=terms(turn.state, turn.program).ends), standing="put",
        asked_generation=generation, version=hand.version, overrides=hand.overrides,
        put_at=turn.now, until_put=rule.until, theirs=True, changed_by="mentor" if instead else "",
        told=old.told if old and instead else (),
    )  # fmt: skip
    if old and old.standing == "gone":
        kept = tuple(each for each in turn.state.series if each.uid != old.uid)
        turn.state = replace(turn.state, series=kept)
    elif old and old.live:
        kept_old = replace(old, cut_to=None, gone_at=None, guest_gone=False, declined=False)
        put_series(turn, kept_old)
        end(turn, kept_old, last_day_before_now(turn, kept_old))
    put_series(turn, from_now_on(turn, new))
    if old and instead:
        replace_places(turn, old, new.uid, new.rule)
    drop_questions(turn, "series-gone", "guest-gone", "declined-all")
    tell_it_stands(turn, "mentor")
    agree_on(turn, new)
    as_it_stands(turn, new)
    turn.state = replace(turn.state, wants_time="")
    _list_is_closed(turn, "series")
    turn.because(f"a series made by hand is looked after from now on: {rule.first}")


def _list_is_closed(turn: PairingTurn, kind: str) -> None:
    """Times that were on offer for it are needed no more; who has read them hears so, unless a letter of its own says
    what the time of a session is."""
    proposal = turn.state.proposal
    if proposal and proposal.kind == kind:
        hears = (proposal.asked,) if proposal.told_at and kind == "series" else ()
        taken_back = replace(proposal, standing="withdrawn", hears=hears, closed_at=turn.now)
        close(turn, taken_back)
        turn.because(f"{proposal.about}: the question is taken back")


# --- a single one


def _instead(turn: PairingTurn, hand: HandMade, meeting: Meeting) -> None:
    """Moved by the hand of its owner (row 7), to an event of its own. What still stands at the old date of its series
    becomes a gap of that."""
    place = meeting.place
    series = next((s for s in turn.state.series if place and s.uid == place.uid), None)
    if series and place and not meeting.gone:
        gaps = tuple(sorted({*series.rule.gaps, place.recurrence}))
        skips = tuple(sorted({*series.skips, place.recurrence}))
        put_series(turn, replace(series, skips=skips, rule=replace(series.rule, gaps=gaps)))
    told = next((s.told for s in reversed(turn.state.series) if s.told), ())
    put_meeting(
        turn,
        replace(
            meeting, start=hand.start, end=hand.end, standing="moved", moved_from=meeting.start,
            moved_at=turn.now, moved_by="mentor", changed_at=turn.now - timedelta(days=1),
            cancelled_by=None, cancelled_at=None, late=False, place=hand.place,
            version=hand.version, gone=False, told=told, asked_by=None, checked=False, undone=None,
            answer_seen="",
        ),
    )  # fmt: skip
    turn.because(f"{meeting.origin}: an event made by hand is its new time")


def _session(turn: PairingTurn, hand: HandMade) -> None:
    zone = terms(turn.state, turn.program).zone
    wall = hand.start.astimezone(turn.zone(zone)).replace(tzinfo=None)
    meeting = Meeting(
        Origin(wall_text(wall), zone), hand.start, hand.end, "moved", hand.place, hand.version,
        moved_at=turn.now, moved_by="mentor", changed_at=turn.now - timedelta(days=1), checked=True,
    )  # fmt: skip
    turn.state = replace(turn.state, meetings=(*turn.state.meetings, meeting))
    _list_is_closed(turn, "session")
    turn.because(f"an event made by hand is the next session: {meeting.origin}")
