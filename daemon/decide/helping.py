"""Helping: HELP, REPORT and the wish for another mentor reach a human being, and never the partner (RULES 11).

Not words that only look confidential: those wait for their writer's word in confidential.py.
"""

from __future__ import annotations

from typing import Literal

from daemon.decide.keys import in_confidence, short
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import SendLetter
from daemon.domain.observation import ReplySeen
from daemon.domain.people import Role, other
from daemon.domain.world import Mark

HELPER = "helper"
"""Whom the program names for help, as the reader of a letter."""
CALLS = ("help", "report")
"""Calls for a human being, which are taken from anybody, and after the end as well."""
IN_CONFIDENCE = (*CALLS, "change")
"""Commands below which all words are for that person alone."""
LINES_MOST = 80
Case = Literal["help", "report", "change", "private", "more", "agreement", "agreement-new"]


def asks_for_help(reply: ReplySeen) -> bool:
    """Whether a human being is called."""
    return any(said.word in CALLS for said in reply.said)


def case_of(reply: ReplySeen) -> Case:
    """As what such a call reaches whoever helps."""
    return "report" if any(said.word == "report" for said in reply.said) else "help"


def speaks_in_confidence(reply: ReplySeen) -> bool:
    """Whether all words of that mail are for the helper alone."""
    return any(said.word in IN_CONFIDENCE for said in reply.said)


def help_asked(turn: PairingTurn, role: Role, reply: ReplySeen, case: Case) -> None:
    """To the helper at once, with all that was written; whoever wrote reads that it was passed on."""
    take_in_confidence(turn, role, reply, case)
    _got(turn, role, reply, "help-got", case)


def help_asked_by_somebody(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """The same without proof of who it was (which is marked), long after the end, or in a storm: once a day, so that
    nobody is flooded through us."""
    stem = f"tell/{turn.lane}/help-unverified/{turn.now.date().isoformat()}/{role}"
    if stem in turn.marks:
        turn.because("a second call for help on one day, of which nobody knows whose it is")
        return
    turn.marks[stem] = Mark(1, "", "settled", turn.now)
    help_asked(turn, role, reply, case_of(reply))


def change_wished(turn: PairingTurn, role: Role, reply: ReplySeen) -> None:
    """Another mentor: the contact alone knows who wished it, the helper has the words, and nothing else happens."""
    turn.tell("change-wished", reason="a change is wished")
    if reply.wrote:
        take_in_confidence(turn, role, reply, "change")
    _got(turn, role, reply, "change-got", "change")


def take_in_confidence(turn: PairingTurn, role: Role, reply: ReplySeen, case: Case) -> None:
    """One letter to the helper, whose answer goes to the writer directly (daemon/rendering.py)."""
    line = turn.state.line
    writer, partner = line.person(role), line.person(other(role))
    facts = {
        "case": case,
        "role_of_asker": role,
        "first": writer.first,
        "name": writer.name,
        "partner_first": partner.first,
        "both": f"{line.mentor.name} & {line.mentee.name}",
        "lines": all_lines(reply)[:LINES_MOST],
        "verified": reply.trust == "verified",
    }
    turn.say(
        turn.letter_stem("help-case", short(reply.message_id), HELPER),
        SendLetter("help-case", HELPER, facts), reason="a human being was asked for",
    )  # fmt: skip


def all_lines(reply: ReplySeen) -> list[str]:
    """Everything that was written, without commands and what its writer marked as private."""
    goals = "\n".join(reply.goals)
    todos = "\n".join(text for _, text in reply.todos)
    whole = "\n".join((reply.text, reply.aside, goals, todos, *reply.intros, *reply.chances))
    return [line.strip() for line in whole.splitlines() if line.strip()]


def _got(turn: PairingTurn, role: Role, reply: ReplySeen, touchpoint: str, case: Case) -> None:
    """In the thread of help, whatever thread was written in: there nothing is quoted."""
    person = turn.state.line.person(role)
    facts = {"case": case, "words": reply.wrote, "verified": reply.trust == "verified"}
    answers = reply.message_id if in_confidence(reply.thread) else ""
    turn.say(
        turn.letter_stem(touchpoint, short(reply.message_id), person.id),
        SendLetter(touchpoint, person.id, facts, answers), reason="a human being was asked for",
    )  # fmt: skip
