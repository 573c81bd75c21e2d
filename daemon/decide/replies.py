"""Replies: what follows from what a person wrote (RULES 8 and 11).

Not the reading of a mail: daemon/mail/reading has already told commands from words. Not the words kept for
the pair: words.py.
"""

from __future__ import annotations

from datetime import timedelta

from daemon.decide.acknowledging import answer, left_to_the_contact, unclear
from daemon.decide.afterwards import is_over, reply_afterwards
from daemon.decide.agreeing import wrote_instead
from daemon.decide.answers import (
    Outcome,
    about_a_question,
    follow,
    lists_open,
    number_of,
    question_meant,
    shown,
)
from daemon.decide.automatic import is_storm
from daemon.decide.bounced import writes_again
from daemon.decide.cannot import cannot_come
from daemon.decide.carried import allow, is_asked
from daemon.decide.chances import keep_chances
from daemon.decide.choosing import (
    LISTS,
    REGULAR,
    choose,
    counter_answered,
    keep,
    letter_asked,
    none,
    proposal_meant,
    times_as_words,
)
from daemon.decide.confidential import hold_words, without_shared
from daemon.decide.fewer import fewer_letters
from daemon.decide.follow_up import as_offered, is_heard, later
from daemon.decide.helping import (
    all_lines,
    asks_for_help,
    change_wished,
    help_asked,
    help_asked_by_somebody,
    speaks_in_confidence,
)
from daemon.decide.introducing import introduce
from daemon.decide.inviting import invite_wished
from daemon.decide.journal import show_own
from daemon.decide.keys import origin_of, person_of, short, touchpoint_of
from daemon.decide.late import running_late
from daemon.decide.links import show_links
from daemon.decide.one_meeting import PROPOSALS, meet, meeting_meant, move, skip
from daemon.decide.oneself import of_oneself, taken_back
from daemon.decide.out_of_bounds import keep_out
from daemon.decide.promised import ONLY_TELL, WELCOMES, about_unclear, reader_of_words
from daemon.decide.questions import asked
from daemon.decide.regular import look_again
from daemon.decide.seen import PairingTurn
from daemon.decide.still_good import heard
from daemon.decide.stopping import ask_whether_to_leave
from daemon.decide.terms import terms
from daemon.decide.trust import about_doubt, answered_doubt, not_proved
from daemon.decide.turn import iso
from daemon.decide.undo import find_undo, remember, take_back
from daemon.decide.welcome import answer_welcome
from daemon.decide.wishes import wish_cadence
from daemon.decide.words import keep_private, keep_words, took_place
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.pair import Undo
from daemon.domain.people import Role
from daemon.domain.question import Question
from daemon.domain.value import replace


def reply_seen(turn: PairingTurn, reply: ReplySeen) -> None:
    """One mail from one of the two: first its commands, then its words."""
    role = turn.state.line.role_of(reply.person)
    if role is None:
        turn.because("a reply of none of the two changes nothing")
        return
    turn.writer = turn.state.line.person(role)
    _hear(turn, role, reply)
    turn.writer = None


def _hear(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    over = is_over(turn) and not is_heard(turn, role, reply)
    if over and asks_for_help(reply):
        help_asked_by_somebody(turn, role, reply)
    elif over:
        turn.because("a reply long after the end changes nothing")
    elif reply.trust != "verified":
        not_proved(turn, role, reply)
    elif is_storm(turn, role):  # said there, and told to the contact
        if asks_for_help(reply):
            help_asked_by_somebody(turn, role, reply)
    elif about_doubt(reply.answers):
        heard(turn, role, turn.now)
        for each in answered_doubt(turn, role, reply):
            _follow(turn, role, each)
    else:
        _follow(turn, role, reply)


def _follow(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    reply = as_offered(turn, reply)
    if turn.state.standing == "closed":
        reply_afterwards(turn, role, reply)
        return
    heard(turn, role, turn.now)
    if not reply.address:
        writes_again(turn, role)
    reply = times_as_words(turn, role, reply)
    understood = [
        later(turn, role, reply) if said.word == "later" else _command(turn, role, reply, said)
        for said in reply.said
    ]
    _words(turn, role, reply, any(understood))


def _words(turn: PairingTurn, role: Role, reply: ReplySeen, understood: bool) -> None:
    """Words reach whom the letter that they answer has named, and nobody else; words that nobody reads are
    kept by nobody, and whoever wrote them is asked what was meant."""
    words = reply.wrote
    rest = keep_out(turn, role, reply)
    if rest is not reply:
        reply, understood = rest, True
    if speaks_in_confidence(reply):
        return  # they have gone along with what was asked
    reader = reader_of_words(reply.answers, reply.thread)
    if reader in ("writer", "contact", "nobody"):
        rest = _kept_alone(turn, role, reply, whole=reader == "writer")
        if rest is not reply:
            reply, words, understood = rest, rest.wrote, True
    if reader == "helper" and words:
        _passed_on(turn, role, reply)
        return
    if reader in ("pair", "nobody"):
        rest = keep_chances(turn, role, introduce(turn, role, hold_words(turn, role, reply)))
        if rest is not reply:
            reply, words, understood = rest, rest.wrote, True
    if reader == "pair" and words:
        keep_words(turn, role, reply)
        return
    if reader == "contact" and words:
        turn.tell("for-contact", reason="words that only the contact reads")
    if understood or not (words or reply.said):
        return
    about = _unclear_about(turn, role, reply)
    if reader == "contact" and words and about == "other":
        left_to_the_contact(turn, role, reply)
    else:
        question = question_meant(turn, role, reply) if about == "question" else None
        unclear(turn, role, reply, about, question)


def _kept_alone(turn: PairingTurn, role: Role, reply: ReplySeen, *, whole: bool) -> ReplySeen:
    """What is left of a mail to a letter whose words the other one does not read, when its private lines are kept for
    their writer; `whole`: the letter has said that all of them are."""
    own = "\n".join(filter(None, (reply.alone, *(all_lines(reply) if whole else ()))))
    if not own or not keep_private(turn, role, reply, own):
        return reply
    rest = replace(reply, private="", private_next="")
    return replace(without_shared(rest), aside="") if whole else rest


def _passed_on(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    if touchpoint_of(reply.answers) != "agreement":
        help_asked(turn, role, reply, "more")
    else:
        waits = wrote_instead(turn, role)
        help_asked(turn, role, reply, "agreement" if waits else "agreement-new")


def _unclear_about(turn: PairingTurn, role: Role, reply: ReplySeen) -> str:
    """What the letter that was answered has asked, and still asks."""
    touchpoint = touchpoint_of(reply.answers)
    meant = question_meant(turn, role, reply)
    if about_a_question(reply.answers):
        return "question" if meant else "closed-list"
    if meant and person_of(reply.thread):  # a mail in somebody's own thread that cites no letter
        return "question"
    if letter_asked(reply.answers) == "handover" and is_asked(turn, role):
        return "handover"
    proposal = proposal_meant(turn, role, reply)
    before = about_unclear(reply.answers)[0] if touchpoint == "unclear" else ""
    listed = touchpoint in (*LISTS, *REGULAR) or before in ("proposal", "closed-list")
    if proposal and (listed or proposal.origin == origin_of(reply.answers) is not None):
        return "proposal"
    if touchpoint in PROPOSALS:
        return "closed-list"
    welcome = touchpoint in WELCOMES or before == "welcome"
    return "welcome" if welcome and turn.state.standing == "invited" else "other"


def _command(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Whether the command was understood (and followed, or answered with a reason)."""
    question = question_meant(turn, role, reply)
    if said.word in ("choose", "when") and _of_several(turn, role, reply):
        unclear(turn, role, reply, "which-list")
        return True
    if question is not None:
        number = 0 if _stays_a_command(turn, question, reply, said) else number_of(question, said)
        if number:
            return _answered(turn, role, reply, follow(turn, question, number, said))
        if said.word in ("choose", "when") and about_a_question(reply.answers):
            return False  # none of its answers, or two of them
    elif about_a_question(reply.answers) and said.word in ("choose", "yes", "no", "keep"):
        unclear(turn, role, reply, "closed-list")
        return True
    match said.word:
        case "choose" | "when":
            return choose(turn, role, reply, said)
        case "none":
            return none(turn, role, reply, said)
        case "keep":
            return keep(turn, role, reply)
        case "skip" | "move" | "meet" as word:
            return {"skip": skip, "move": move, "meet": meet}[word](turn, role, reply)
        case "cannot" | "ill":
            return cannot_come(turn, role, reply, said)
        case "done":
            return _done(turn, role, reply, said)
        case "undo":
            return _undo(turn, role, reply)
        case "yes" | "no":
            return _yes_or_no(turn, role, reply, said.word == "yes")
        case "away" | "pause" | "resume" | "zone" | "language":
            return of_oneself(turn, role, reply, said)
        case "cadence":
            return _cadence(turn, role, reply, said)
        case "help" | "report" | "change":
            return _in_confidence(turn, role, reply, said)
        case "allow" | "my-notes":
            return _own_words(turn, role, reply, said)
        case "links":
            return show_links(turn, role, reply)
        case "late":
            return running_late(turn, role, reply, said)
        case "same" | "rarer":  # an answer only where that was asked
            return False
        case "sealed":
            unclear(turn, role, reply, "sealed")
            return True
        case "fewer":
            return fewer_letters(turn, role, reply, said)
        case "invite":
            return invite_wished(turn, role, reply, said)
        case "leave" if turn.state.standing == "invited":
            return _yes_or_no(turn, role, reply, False)
        case "leave":
            ask_whether_to_leave(turn, role, short(reply.message_id))
            return True
        case _:
            return _for_a_person(turn, role, reply, said)


def _answered(turn: PairingTurn, role: Role, reply: ReplySeen, outcome: Outcome) -> bool:
    """An answer to a question is acknowledged, unless a letter of its own does that."""
    if outcome.what:
        answer(turn, role, reply, outcome.what, **outcome.facts)
    return True


def _stays_a_command(turn: PairingTurn, question: Question, reply: ReplySeen, said: Said) -> bool:
    """Whether a word that answers whether to go on together is more than that answer: RESUME while the 1:1s rest, and
    another mentor with words that go to whoever helps."""
    if question.kind != "chemistry":
        return False
    rests = said.word == "resume" and turn.state.pause is not None
    return rests or (said.word == "change" and reply.wrote)


def _in_confidence(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    match said.word:
        case "help" | "report" as case:
            help_asked(turn, role, reply, case)
        case _:
            change_wished(turn, role, reply)
    return True


def _own_words(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """What becomes of what that person has written: others may read it, or it is shown to themselves."""
    if said.word == "allow":
        return allow(turn, role, reply, said)
    return show_own(turn, role, reply)


def _for_a_person(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    """Of what was written, the contact reads no more than the word."""
    word = said.text if said.word == "for-contact" else said.word.upper()
    turn.tell("for-contact", reason="a word that only a person can answer", word=word)
    answer(turn, role, reply, "for-contact", items=[word])
    return True


def _of_several(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """A number that says of no list which one it is about, while more than one is open."""
    asked_which = touchpoint_of(reply.answers) == "unclear" and (
        about_unclear(reply.answers)[0] == "which-list"
    )
    return (not reply.answers or asked_which) and lists_open(turn, role, reply) > 1


def _done(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    open_actions = {a.letter: a for a in turn.state.actions if a.done_at is None}
    open_goals = {g.letter: g for g in turn.state.goals if g.letter and g.done_at is None}
    found = [letter for letter in said.letters if letter in open_actions or letter in open_goals]
    if not found:
        return False
    turn.state = replace(
        turn.state,
        actions=tuple(
            replace(a, done_at=turn.now) if a in open_actions.values() and a.letter in found else a
            for a in turn.state.actions
        ),
        goals=tuple(
            replace(g, done_at=turn.now) if g in open_goals.values() and g.letter in found else g
            for g in turn.state.goals
        ),
    )
    until = turn.now + timedelta(days=1)
    name, mail = " ".join(found), short(reply.message_id)
    remember(turn, Undo("done", role, turn.now, until, name=name, mail=mail))
    items = [open_actions[letter].text for letter in found if letter in open_actions]
    reached = [open_goals[letter].text for letter in found if letter in open_goals]
    answer(turn, role, reply, "done", items=items, undo=True, reached=reached)
    return True


def _yes_or_no(turn: PairingTurn, role: Role, reply: ReplySeen, yes: bool) -> bool:
    touchpoint = touchpoint_of(reply.answers)
    if turn.state.standing == "invited":
        if role == "mentee" and yes and turn.state.proposal:
            return False  # which of the times?
        if role == "mentee" and yes and look_again(turn, role, "welcome-mentee"):
            return True  # none that they knew is offered any more
        answer_welcome(turn, role, yes)
        if not yes:
            answer(turn, role, reply, "no")
        elif role == "mentor" and not turn.state.mentee_yes:
            # who hears no more until the mentee has said
            answer(turn, role, reply, "yes")
        return True
    if touchpoint != "notes":
        if counter_answered(turn, role, reply, yes):
            return True
        proposal = proposal_meant(turn, role, reply) if yes else None
        if proposal and proposal.cause == "moved":
            return keep(turn, role, reply)
        if yes and proposal is None and touchpoint in ONLY_TELL:
            turn.because("a yes to a letter that asks nothing is a kind word")
            return True
        return False
    origin = origin_of(reply.answers)
    meeting = next((m for m in turn.state.meetings if m.origin == origin), None)
    corrigible = timedelta(days=turn.program.correct_within_days)
    if meeting is None or not meeting.end <= turn.now < meeting.end + corrigible:
        return False
    took_place(turn, role, reply, meeting, yes)
    return True


# --- oneself, and the pairing as a whole


def _cadence(turn: PairingTurn, role: Role, reply: ReplySeen, said: Said) -> bool:
    if not wish_cadence(turn, role, said.text, short(reply.message_id)):
        answer(turn, role, reply, "cadence-no")
        return True
    question = asked(turn, "wish")
    if question:
        answer(turn, role, reply, "wish", **shown(question))
    else:  # the other one had asked for the very same
        step = terms(turn.state, turn.program).step
        answer(turn, role, reply, "wish-1", weeks=step.weeks, months=step.months)
    return True


def _undo(turn: PairingTurn, role: Role, reply: ReplySeen) -> bool:
    """Within its time it is taken back; UNDO of a move after that is read as MOVE (RULES 7)."""
    undo = find_undo(turn, role, reply)
    if undo and take_back(turn, undo):
        start = iso(undo.before.start) if undo.before else None
        answer(turn, role, reply, f"undone-{undo.what}", start=start)
        taken_back(turn, role, undo)
        return True
    target = meeting_meant(turn, reply) if touchpoint_of(reply.answers) == "moved" else None
    if target and target.origin == origin_of(reply.answers):
        return move(turn, role, reply)
    answer(turn, role, reply, "undo-late")
    return True
