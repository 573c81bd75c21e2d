"""Words for tables about questions of another time: the pair on a Friday, after something was done to its Tuesday, and
what is decided when somebody answers.

Not tests, and no literal world: each is played once on the stage of the stories.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from daemon.decide.keys import letter_stem
from daemon.decide.pairing import decide_pairing
from daemon.deciding import world_of
from daemon.domain.effect import SendLetter
from daemon.domain.observation import ReplySeen, Said
from daemon.domain.proposal import Proposal
from daemon.domain.value import replace
from daemon.domain.world import PairingState, Plan, World
from tests.decide.pair_cast import LANE
from tests.stories.cast import PATIENT, line
from tests.stories.stage import Stage, before

THIS = "2026-10-13T15:00[Europe/Berlin]"


NEXT = "2026-10-20T15:00[Europe/Berlin]"


NONE, KEEP = Said("none", text="NONE"), Said("keep", text="KEEP")


def said(*numbers: int, text: str = "") -> Said:
    """Numbers, as they are read from a mail."""
    return Said("choose", numbers, text=text)


@cache
def world(name: str) -> tuple[World, datetime]:
    """A pair on Friday, and when: see `_stage`."""
    stage = _stage(name)
    found = world_of(stage.daemon, stage.daemon.ports.store.world(stage.lane()))
    assert found is not None
    return found, stage.now


def _stage(name: str) -> Stage:
    """`asked` about Tuesday after Ana took it off, `again` for the second time, `vetting` with Ana asked first, `moved`
    by Ana's hand to where Ben is not there, `wished` by Ben with MOVE, `booked` by his number, `undone` after that,
    `alone` booked by the program, `regular` without a regular time yet, `calm` with no question open."""
    if name == "regular":
        stage = Stage(replace(line(), at=None), program=PATIENT)
        stage.passes(1)
        stage.ana.replies("welcome-mentor-connected", "Yes")
        return stage
    policy = "auto-book" if name == "alone" else "ask"
    initiator = "mentor" if name == "begun by Ana" else "mentee"
    program = replace(PATIENT, policy=policy, initiator=initiator)
    stage = before(program=program, at="Fri 9 Oct 10:00 Berlin")
    if name == "vetting":
        stage.ana.hides_busy_times()
    if name == "moved":
        stage.ana.drags("Tue 13 Oct", "Thu 15 Oct 17:30")
    elif name == "wished":
        stage.ben.replies("started", "MOVE")
    elif name != "calm":
        stage.ana.deletes("Tue 13 Oct")
    stage.passes(5)
    if name in ("booked", "undone"):
        stage.ben.replies("proposal", "2")
    if name == "undone":
        stage.ben.replies("moved", "UNDO")
    if name == "again":
        stage.ana.takes_back_deletions()
        stage.ana.deletes("Tue 13 Oct")
        stage.passes(5)
    return stage


def key(letter: str) -> str:
    """`proposal this#1.1` and the like as the key of a letter; empty for a mail that cites none."""
    if not letter:
        return ""
    touchpoint, occasion = letter.split(" ", 1)
    occasion = occasion.replace("this", THIS).replace("next", NEXT)
    person = "ana" if touchpoint == "proposal-mentor" else "ben"
    return f"{letter_stem(touchpoint, LANE, occasion, person)}/1"


def answered(
    name: str, letter: str, says: Said, person: str = "ben", thread: str = "", **changed: object
) -> Plan:
    """What is decided when somebody answers that letter; `changed`: what is different about the open question."""
    found, now = world(name)
    state = found.state
    assert isinstance(state, PairingState)
    if changed:
        found = replace(found, state=replace(state, proposal=replace(state.proposal, **changed)))
    reply = ReplySeen(
        person, "<1@x>", key(letter), (says,), "", now, trust="verified", thread=thread
    )
    return decide_pairing(replace(found, inbox=(reply,)), now)


def proposal_of(plan: Plan) -> Proposal:
    """The question that is open after it."""
    assert isinstance(plan.state, PairingState)
    assert plan.state.proposal is not None
    return plan.state.proposal


def taken_for(plan: Plan) -> str:
    """What the words were taken for."""
    for effect in plan.effects:
        if isinstance(effect.change, SendLetter) and effect.change.touchpoint == "unclear":
            return f"asked what was meant: {effect.change.facts['about']}"
    assert isinstance(plan.state, PairingState)
    reasons = [reason.text.removeprefix(f"{THIS}: ") for reason in plan.reasons]
    return reasons[0] if reasons else "nothing"
