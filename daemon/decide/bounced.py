"""Letters that came back: when an address is on hold, what that stops, and what goes again once it is corrected.

Not the reading of a bounce (daemon/mail/reading/bounces.py), and not whether it is believed: daemon/returned.py takes
only one that cites a letter of ours.

When an address is on hold (TRAPS 65): once a server has said that there is no such user (5.1.1), for that does not
pass; else when two letters came back for good for any reason that is the address's own. A full mailbox, a server
that is not reached and a letter refused as spam never put an address on hold: they pass, or are not its fault. The
contact hears of them when three letters in a row came back over three days.

An address is on hold only as long as it is the one in the files. When it is corrected, everything that waits is
asked for anew, to the new address, and so are the welcome, prep, notes and proposal letters that came back, each only
while its window is open; answers to mails of the time before, and reminders, go no more. The same holds when its owner
writes from it, or an admin releases it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from daemon.decide.keys import lane_of_person, short, touchpoint_of
from daemon.decide.once import told_elsewhere
from daemon.decide.owed import NUDGES
from daemon.decide.seen import PairingTurn
from daemon.domain.effect import Effect, SendLetter
from daemon.domain.observation import BounceSeen
from daemon.domain.pair import Returned
from daemon.domain.people import Person, Who
from daemon.domain.value import replace
from daemon.domain.world import Commitment, Mark, PairingState

HOLD = "address"
"""How the name of such a hold begins."""
COMPLAINT = "complaint"
NO_SUCH_USER = "no such user"
AGAIN = (
    *("welcome-mentor", "welcome-mentor-connected", "welcome-mentee", "started", "prep-mentee"),
    *("prep-mentor", "notes", "proposal", "proposal-mentor", "counter"),
    *("group-welcome", "group-prep"),
)
SOFT_LEAST = 3
SOFT_OVER = timedelta(days=3)
REMEMBERED_MOST, OF_ALL_MOST = 6, 24
"""So many of one person, and of everybody together."""


def bounce_seen(turn: PairingTurn, seen: BounceSeen) -> None:
    """One letter that came back, counted here and in that person's other pairings."""
    who = turn.state.line.who(seen.person)
    ended = turn.state.standing == "closed" and not turn.state.follow_ups
    if who is None or ended:
        turn.because("a letter came back that nobody waits for")
        return
    person = turn.state.line.person(who)
    if seen.address != person.address and _was_once(turn.state, who, seen.address):
        turn.because("a letter came back from an address that was corrected since")
        return
    if not seen.elsewhere:
        turn.forwarded.append((lane_of_person(person.id), replace(seen, elsewhere=True)))
    before = address_on_hold(turn.state, who)
    _remember(turn, who, person, seen)
    turn.because(f"a letter to the {who.partition('/')[0]} came back: {seen.reason}", seen.key)
    begins = address_on_hold(turn.state, who) and not before
    if begins:
        ask_anew(turn, person, ("due",), "letters to that person are on hold now")
    if not seen.elsewhere:
        _tell(turn, who, person, seen, begins=begins)


def address_on_hold(state: PairingState, who: Who) -> bool:
    """Whether nothing is sent to that person's address."""
    hard = [each for each in counted(state, who) if each.hard and each.suppress]
    return len(hard) > 1 or any(each.reason == NO_SUCH_USER for each in hard)


def counted(state: PairingState, who: Who) -> list[Returned]:
    """What came back from the present address of that person and still counts."""
    address = state.line.person(who).address
    known = (each for each in state.returned if each.role == who and each.address == address)
    return [each for each in known if not each.over]


def _was_once(state: PairingState, who: Who, address: str) -> bool:
    return any(each.role == who and each.address == address for each in state.returned)


def _remember(turn: PairingTurn, who: Who, person: Person, seen: BounceSeen) -> None:
    """Of one letter the worst counts: a server that has tried for days says so several times. A complaint is about
    no single letter."""
    stem, complains = seen.key.rpartition("/")[0], seen.reason == COMPLAINT
    new = Returned(
        who, person.address, stem, seen.at, seen.hard, seen.suppress, seen.reason
    )  # fmt: skip
    same = [
        each
        for each in counted(turn.state, who)
        if (each.reason == COMPLAINT) == complains and (complains or each.stem == stem != "")
    ]
    if any(each.hard and not new.hard for each in same):
        return
    rows = (*(each for each in turn.state.returned if each not in same), new)
    own = _fewer(rows, [each for each in rows if each.role == who], REMEMBERED_MOST)
    turn.state = replace(turn.state, returned=_fewer(own, own, OF_ALL_MOST))


def _fewer(rows: tuple[Returned, ...], some: Iterable[Returned], most: int) -> tuple[Returned, ...]:
    """With no more than so many of some: what is over is forgotten first, then what passes, the oldest first. What
    puts an address on hold is forgotten last, whatever comes back from others meanwhile."""
    bounces = [each for each in some if each.reason != COMPLAINT]
    bounces.sort(key=lambda each: (not each.over, each.hard and each.suppress))
    forgotten = bounces[: max(0, len(bounces) - most)]
    return tuple(each for each in rows if each not in forgotten)


def _tell(turn: PairingTurn, who: Who, person: Person, seen: BounceSeen, *, begins: bool) -> None:
    """The contact hears once, by the name of its owner, that an address is on hold, whatever comes back then in
    however many pairings; and once more when it had worked again since."""
    name = short(f"{person.id} {person.address}")
    if seen.reason == COMPLAINT:
        turn.tell_once(f"complained/{name}", "complained", reason="a complaint", first=person.name)
    elif address_on_hold(turn.state, who):
        if begins and not told_elsewhere(turn, who, HOLD):
            turn.tell_once(
                f"{HOLD}/{name}/{turn.now:%Y%m%d}", "address-on-hold", reason=seen.reason,
                first=person.name, why=seen.reason,
            )  # fmt: skip
    elif soft := _soft_in_a_row(turn, who):
        turn.tell_once(
            f"soft/{name}/{soft[0].at:%Y%m%d}", "address-soft", reason=seen.reason,
            first=person.name, why=seen.reason,
        )  # fmt: skip


def _soft_in_a_row(turn: PairingTurn, who: Who) -> list[Returned]:
    """Three or more over three days, with no letter between them that did not come back; else nothing."""
    soft = [each for each in counted(turn.state, who) if each.reason != COMPLAINT]
    stems, person = {each.stem for each in soft}, turn.state.line.person(who).id
    through = [
        mark.at
        for stem, mark in turn.marks.items()
        if mark.standing == "settled" and stem.endswith(f"/{person}") and stem not in stems
    ]
    row = [each for each in soft if not any(each.at < at < soft[-1].at for at in through)]
    enough = len(row) >= SOFT_LEAST and row[-1].at - row[0].at >= SOFT_OVER
    return row if enough else []


# --- what follows in every turn


def withhold(turn: PairingTurn) -> None:
    """Letters to an address on hold wait; reminders are left out, as they are for who has complained."""
    effects: list[Effect] = []
    for effect in turn.effects:
        change = effect.change
        who = turn.state.line.who(change.person) if isinstance(change, SendLetter) else None
        if who is None or not counted(turn.state, who):
            effects.append(effect)
            continue
        waits = address_on_hold(turn.state, who)
        quiet = waits or any(each.reason == COMPLAINT for each in counted(turn.state, who))
        if quiet and touchpoint_of(effect.stem) in NUDGES:
            turn.marks[effect.stem] = Mark(effect.generation, effect.basis, "skipped", turn.now)
            turn.skipped.append((effect.key, "no reminders go to that address"))
        elif waits and not effect.hold:
            effects.append(replace(effect, hold=hold_name(turn.state.line.person(who).id)))
        else:
            effects.append(effect)
    turn.effects = effects


def hold_name(person: str) -> str:
    """What `release` takes."""
    return f"{HOLD}/{person}"


def look_at_addresses(turn: PairingTurn) -> None:
    """An address that the files have corrected is on hold no more."""
    for who in turn.state.line.everybody:
        person = turn.state.line.person(who)
        old = [
            each
            for each in turn.state.returned
            if each.role == who and each.address != person.address and not each.over
        ]
        if old:
            _go_on(turn, person, old, "the address was corrected")


def writes_again(turn: PairingTurn, who: Who) -> None:
    """Who writes from an address has it, so what came back before counts no more. Of somebody who has several, it is
    not known which one is alive."""
    if not any(each.role == who for each in turn.state.addresses):
        _is_good(turn, who, "its owner has written from it")


def on_hold_here(turn: PairingTurn, who: Who) -> list[Commitment]:
    """That nothing goes to that person's address, for letters about all of their 1:1s."""
    if not address_on_hold(turn.state, who):
        return []
    since = counted(turn.state, who)[-1].at
    return [Commitment(turn.lane, "told", since, since, HOLD)]


def on_hold_elsewhere(commitments: Iterable[Commitment]) -> bool:
    """Whether a pairing of that person says so."""
    return any(each.kind == "told" and each.name == HOLD for each in commitments)


def released(turn: PairingTurn, name: str) -> None:
    """An admin says that the address is good."""
    for who in turn.state.line.everybody:
        if name == hold_name(turn.state.line.person(who).id):
            _is_good(turn, who, "released by an admin")


def _is_good(turn: PairingTurn, who: Who, why: str) -> None:
    """A complaint goes on counting."""
    known = [each for each in counted(turn.state, who) if each.reason != COMPLAINT]
    if known:
        _go_on(turn, turn.state.line.person(who), known, why)


def _go_on(turn: PairingTurn, person: Person, known: list[Returned], why: str) -> None:
    turn.state = replace(
        turn.state,
        returned=tuple(
            replace(each, over=True) if each in known else each for each in turn.state.returned
        ),
    )
    turn.because(f"letters to {person.first} go again: {why}")
    ask_anew(turn, person, ("on hold", "due"), why)
    for each in known:
        mark = turn.marks.get(each.stem)
        gone = mark and mark.standing in ("settled", "refused")
        if mark and gone and touchpoint_of(each.stem) in AGAIN:
            turn.marks[each.stem] = replace(mark, standing="withdrawn", at=turn.now)


def ask_anew(turn: PairingTurn, person: Person, standings: tuple[str, ...], why: str) -> None:
    """Letters to that person that wait are taken back; whatever rule still wants one asks for it anew, for the
    bytes of a letter name its address. An answer to a mail is asked for by no rule: of those, only one on hold
    is taken back."""
    for row in turn.world.outbox:
        theirs = row.stem.endswith(f"/{person.id}") and f"/{turn.lane}/" in row.stem
        if not theirs or not row.untouched or row.standing not in standings:
            continue
        if row.firm and row.standing == "due":
            continue
        turn.withdraw(row, why)
