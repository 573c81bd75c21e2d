"""The decision of a pairing's lane: first what was seen, then what follows, in a fixed order.

Not a rule of its own: each line below is one file of rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from daemon.decide.absence import (
    ask_about_days,
    forget_absences,
    leave_out_by_rule,
    occasion_of_absence,
)
from daemon.decide.adopting import (
    hand_made_gone,
    hand_made_seen,
    is_awaited,
    offer_hand_made,
)
from daemon.decide.advising import advisor_seen, advisors_declined, keep_advisors
from daemon.decide.agreeing import drop_old_text
from daemon.decide.answers import lapse_questions
from daemon.decide.bounced import (
    bounce_seen,
    look_at_addresses,
    on_hold_here,
    released,
    withhold,
)
from daemon.decide.calendar import calendar_effects
from daemon.decide.caps import COUNTS, note_letters
from daemon.decide.card import shown_on_card, tell_card
from daemon.decide.carried import keep_handover
from daemon.decide.countered import decline_counters, refresh_seen
from daemon.decide.elsewhere import follow_to_another_calendar
from daemon.decide.follow_up import keep_follow_ups
from daemon.decide.forgetting import forget_words
from daemon.decide.goals import keep_goals
from daemon.decide.gone import UID_NAMED, ask_what_is_meant, invite_at_another_address
from daemon.decide.group import come_to_another_time, keep_members, take_hand_at_its_word
from daemon.decide.group_calendar import members_answered
from daemon.decide.group_letters import group_letters
from daemon.decide.group_news import still_asked_of
from daemon.decide.grouped import bind_members, from_member, said_of_member
from daemon.decide.handing_over import lines_offered, mentor_found, offer_lines, seek_lines
from daemon.decide.invited import answer_seen, counter_seen
from daemon.decide.inviting import forget_guests
from daemon.decide.ladder import count_falls
from daemon.decide.late import late_no_more
from daemon.decide.lifecycle import line_seen, live
from daemon.decide.looking import drop_clashes, look_at_meetings
from daemon.decide.looking_back import keep_done
from daemon.decide.measured import line_of_to_do
from daemon.decide.meetings import end, materialise
from daemon.decide.met import remember_meetings
from daemon.decide.moment import instant
from daemon.decide.once import told_here
from daemon.decide.oneself import said_elsewhere
from daemon.decide.organized import mentor_answered
from daemon.decide.prepared import own_prep_moment
from daemon.decide.rating import asked_here
from daemon.decide.receipts import expect_quietly, refused, settled
from daemon.decide.replies import reply_seen
from daemon.decide.reschedule import reschedule
from daemon.decide.rewalled import adopt, series_deleted, series_seen, stranger_seen
from daemon.decide.seen import PairingTurn, event_gone, event_seen
from daemon.decide.series import first_start
from daemon.decide.sessions import tell_late_sessions
from daemon.decide.still_good import alive_here, ask_whether_still_good, heard
from daemon.decide.substituting import keep_substitute, rests, rules_of, substitution_over
from daemon.decide.taking_over import take_over
from daemon.decide.terms import terms
from daemon.decide.touchpoints import touchpoints
from daemon.decide.trust import ask_who_wrote, second_address
from daemon.decide.turn import Turn
from daemon.domain.advisor import AdvisorSeen, AdvisorStopped
from daemon.domain.handover import LinesOffered, MentorFound, SubstitutionOver
from daemon.domain.invitation import AnswerSeen, CounterSeen, RefreshSeen
from daemon.domain.observation import (
    AdminAsked,
    AutoReplySeen,
    BounceSeen,
    BusySeen,
    CardSent,
    EventGone,
    EventSeen,
    LineSeen,
    Observation,
    PersonSaid,
    Refused,
    ReplySeen,
    SecondAddressSeen,
    Settled,
    Stirred,
)
from daemon.domain.people import ROLES, Days, other
from daemon.domain.thread import AgendaLine, Note
from daemon.domain.value import replace
from daemon.domain.world import Commitment, PairingState, Plan, World

Words = TypeVar("Words", Note, AgendaLine)

NOTES_KEPT = 4
ACTIONS_KEPT = 12
EXCERPT_CHARACTERS = 700
LETTERS_REMEMBERED = timedelta(hours=48)
REGULAR_DATES_BOUND = 4


def decide_pairing(world: World, now: datetime) -> Plan:
    """What this pairing needs now. Deciding twice with the same world gives the same plan."""
    state = world.state
    for seen in world.inbox:
        if isinstance(seen, LineSeen):
            state = line_seen(state if isinstance(state, PairingState) else None, seen)
    if not isinstance(state, PairingState):
        return Plan(world.lane, None)
    rules = rules_of(world.program, state.line)
    turn: PairingTurn = Turn(replace(world, program=rules), state, now)
    drop_old_text(turn)
    look_at_addresses(turn)
    invite_at_another_address(turn)
    follow_to_another_calendar(turn)
    for seen in world.inbox:
        _fold(turn, seen)
    for role in turn.signs:
        heard(turn, role, now)
    _follow(turn)
    withhold(turn)
    note_letters(turn)
    expect_quietly(turn)
    _forget(turn)
    keep_members(turn)
    forget_words(turn)
    _commit_people(turn)
    return turn.plan(_known(turn), still_asked_of(turn))


def _follow(turn: PairingTurn) -> None:
    """Everything that follows, whatever was seen: from the pair as a whole to single letters."""
    take_hand_at_its_word(turn)
    adopt(turn)
    offer_hand_made(turn)
    lapse_questions(turn)
    take_over(turn)
    live(turn)
    if take_over(turn):
        live(turn)
    if materialise(turn):
        forget_absences(turn)
    leave_out_by_rule(turn)
    keep_substitute(turn)
    if not is_awaited(turn):  # it may be in the place of what is gone: one question at a time
        ask_what_is_meant(turn)
    look_at_meetings(turn)
    drop_clashes(turn)
    agreed = turn.state.agreed
    reschedule(turn)
    if turn.state.agreed != agreed:
        live(turn)  # a regular time was accepted: the series follows at once
    tell_late_sessions(turn)
    end(turn)
    remember_meetings(turn)
    keep_goals(turn)
    keep_handover(turn)
    offer_lines(turn)
    seek_lines(turn)
    keep_follow_ups(turn)
    count_falls(turn)
    if not rests(turn):
        ask_whether_still_good(turn)
    decline_counters(turn)
    calendar_effects(turn)
    late_no_more(turn)
    forget_guests(turn)
    keep_advisors(turn)
    come_to_another_time(turn)
    touchpoints(turn)
    group_letters(turn)
    tell_card(turn)
    ask_who_wrote(turn)


def _fold(turn: PairingTurn, seen: Observation) -> None:
    match seen:
        case EventSeen():
            _event_seen(turn, seen)
        case EventGone():
            if any(s.uid == seen.place.uid for s in turn.state.series):
                series_deleted(turn, seen)
            else:
                event_gone(turn, seen)
                hand_made_gone(turn, seen)
        case AnswerSeen() | CounterSeen() | RefreshSeen() | ReplySeen() | BounceSeen() if (
            member := turn.state.line.once_member(seen.person)
        ):
            from_member(turn, member, seen)
        case AnswerSeen():
            answer_seen(turn, seen)
        case CounterSeen():
            counter_seen(turn, seen)
        case RefreshSeen():
            refresh_seen(turn, seen)
        case BusySeen():
            turn.busy.append(seen)
        case Stirred():
            turn.stirred = seen.at
        case ReplySeen():
            reply_seen(turn, seen)
        case AdvisorSeen() | AdvisorStopped():
            advisor_seen(turn, seen)
        case BounceSeen():
            bounce_seen(turn, seen)
        case AutoReplySeen():
            _says_away(turn, seen)
        case AdminAsked():
            released(turn, seen.key)
        case MentorFound():
            mentor_found(turn, seen)
        case LinesOffered():
            lines_offered(turn, seen)
        case SubstitutionOver():
            substitution_over(turn, seen)
        case PersonSaid():
            _person_said(turn, seen)
        case SecondAddressSeen():
            role = turn.state.line.role_of(seen.person)
            if role:
                second_address(turn, role, seen.address)
        case Settled():
            settled(turn, seen)
        case Refused():
            refused(turn, seen)
        case CardSent():
            shown_on_card(turn, seen.until)
        case LineSeen():
            pass  # folded first: everything else needs the people it names
        case _:
            turn.because(f"{type(seen).__name__} says nothing to a pairing")


def _event_seen(turn: PairingTurn, seen: EventSeen) -> None:
    members_answered(turn, seen)
    advisors_declined(turn, seen)
    _judge_event(turn, seen)
    mentor_answered(turn, seen)


def _judge_event(turn: PairingTurn, seen: EventSeen) -> None:
    if any(s.uid == seen.place.uid for s in turn.state.series):
        if seen.place.recurrence:
            event_seen(turn, seen)
        else:
            series_seen(turn, seen)
    elif not event_seen(turn, seen):
        if any(guest.address == turn.state.line.mentee.address for guest in seen.guests):
            stranger_seen(turn, seen)
        hand_made_seen(turn, seen)


def _person_said(turn: PairingTurn, seen: PersonSaid) -> None:
    """Said in another pairing of the same person, and true here as well."""
    role, member = turn.state.line.role_of(seen.person), turn.state.line.member(seen.person)
    if member:
        said_of_member(turn, member, seen.said)
    if role and turn.state.standing != "closed":
        said_elsewhere(turn, role, seen.said, f"{seen.at:%Y%m%dT%H%M%S}")


def _says_away(turn: PairingTurn, seen: AutoReplySeen) -> None:
    """Days that an automatic answer names are asked about, and never taken for granted."""
    role = turn.state.line.role_of(seen.person)
    if role and turn.state.standing in ("active", "closing"):
        name = f"mail-{role}-{seen.first:%Y%m%d}-{seen.last:%Y%m%d}"
        ask_about_days(turn, role, Days(seen.first, seen.last), name)


def _forget(turn: PairingTurn) -> None:
    """Keep the state small: the pair's words are kept in full elsewhere (Plan.keep)."""
    state = turn.state
    origins = {m.origin for m in state.meetings}
    notes = tuple(n for n in state.notes if not n.copied and not n.private)
    rest = tuple(_excerpt(n) for n in state.notes if n.copied)[-NOTES_KEPT:]
    notes = tuple(sorted((*rest, *(n for n in notes if n.origin in origins)), key=_written))
    over = {m.origin for m in state.meetings if turn.watch.reached(m.end)}
    agenda = tuple(
        _excerpt(line) if line.shown and line.origin in over else line
        for line in state.agenda
        if line.origin in origins
    )
    shown = timedelta(days=2)
    actions = [
        a for a in state.actions if a.done_at is None or not turn.watch.reached(a.done_at + shown)
    ]
    leaving = [a for a in state.actions if a not in actions]
    done = [(a.letter, a.done_at) for a in leaving if a.done_at]
    turn.counted += [line_of_to_do(state.line.pairing, *each) for each in done]
    tally = replace(state.tally, done=state.tally.done + len(done)) if done else state.tally
    turn.state = replace(
        state, notes=notes, agenda=agenda, actions=tuple(actions[-ACTIONS_KEPT:]), tally=tally,
        done=keep_done(turn, leaving),
    )  # fmt: skip


def _known(turn: PairingTurn) -> frozenset[str]:
    """What effects are named after, as far as the state knows it: meetings, also those of advisors, series with their ends, and absences."""
    state = turn.state
    return frozenset(
        [
            *(str(meeting.origin) for meeting in state.meetings),
            *(str(advisor.origin) for advisor in state.advisors),
            *(series.uid[:UID_NAMED] for series in state.series),
            *(f"/{series.index}/{series.generation}/end" for series in state.series),
            *(occasion_of_absence(each) for each in (*state.absences, *state.not_away)),
        ]
    )


def _written(note: Note | AgendaLine) -> datetime:
    return note.at


def _excerpt(said: Words) -> Words:
    if len(said.text) <= EXCERPT_CHARACTERS:
        return said
    return replace(said, text=said.text[:EXCERPT_CHARACTERS].rsplit(" ", 1)[0] + " …")


def _commit_people(turn: PairingTurn) -> None:
    """What both are bound to, for decisions in other lanes of the same people."""
    line, lane, state = turn.state.line, turn.lane, turn.state
    running = state.standing in ("active", "closing")
    bound = [Commitment(lane, "pairing", state.since, state.since)] if running else []
    bound += (*_offered(turn), *_named(turn))
    for role in ROLES:
        partner = line.person(other(role))
        meetings = [
            Commitment(
                lane,
                "meeting",
                m.start,
                m.end,
                partner.first,
                role,
                partner.zone,
                own_prep_moment(turn, m.start, role),
            )
            for m in state.meetings
            if running and m.stands and m.end > turn.now
        ]
        letters = [
            Commitment(lane, "letter", s.at, s.at, COUNTS if s.counts else "")
            for s in state.sent
            if s.role == role and turn.now - s.at < LETTERS_REMEMBERED
        ]
        person = line.person(role).id
        told = (
            *told_here(turn, role),
            *alive_here(turn, role),
            *on_hold_here(turn, role),
            *asked_here(turn, role),
        )
        turn.commitments[person] = (*meetings, *bound, *letters, *told)
    bind_members(turn, bound)


def _offered(turn: PairingTurn) -> list[Commitment]:
    proposal = turn.state.proposal
    if proposal is None:
        return []
    dates = REGULAR_DATES_BOUND if proposal.kind == "series" else 1
    return [
        Commitment(
            turn.lane, "picked" if proposal.picked == o.number else "offer",
            o.start + timedelta(weeks=week), o.end + timedelta(weeks=week),
        )
        for o in proposal.current
        if not proposal.picked or o.number == proposal.picked
        for week in range(dates)
    ]  # fmt: skip


def _named(turn: PairingTurn) -> list[Commitment]:
    """The first dates of a regular time that is known before the two have said yes: another pair of the same
    people is not offered it."""
    state, wanted = turn.state, terms(turn.state, turn.program)
    if state.standing != "invited" or wanted.at is None:
        return []
    zone, first = turn.zone(wanted.zone), first_start(turn, wanted, state.line.starts)
    starts = [instant(wanted.step.wall(first, n), zone) for n in range(REGULAR_DATES_BOUND)]
    length = timedelta(minutes=max(wanted.lengths_minutes))
    return [Commitment(turn.lane, "picked", start, start + length) for start in starts]
