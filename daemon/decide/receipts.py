"""Receipts: an effect was carried out, or will not be (RULES 2 and 9).

Not what follows from that: the rules look at the state that is changed here.
"""

from __future__ import annotations

from datetime import date

from daemon.decide.calendar import done
from daemon.decide.copies import told
from daemon.decide.countered import STEMS
from daemon.decide.group_news import member_told
from daemon.decide.homework import smaller_asked
from daemon.decide.questions import question_told
from daemon.decide.seen import PairingTurn
from daemon.decide.still_good import ASKING, letter_came, sign_of
from daemon.decide.turn import GENERATIONS_MAX
from daemon.domain.effect import Change, SendLetter
from daemon.domain.meeting import Series
from daemon.domain.observation import Refused, Settled
from daemon.domain.value import replace

UNAWAITED = frozenset(
    [
        *(
            "prep-mentee",
            "prep-mentor",
            "notes",
            "copy",
            "first-note",
            "my-notes",
            "links",
            "ack",
            "unclear",
            "advisor-told",
        ),
        *(
            "moved",
            "left-out",
            "off",
            "resumed",
            "ended",
            "farewell",
            "break-ahead",
            "goals",
            "halfway",
            "handover",
            "carried",
            "substitute",
        ),
        *("group-welcome", "group-prep", "group-news", "group-copy", "group-ended", "group-ack"),
        *(
            "group-missing",
            "group-changed",
            "intro-draft",
            "intro-told",
            "themes-told",
            "chance-told",
        ),
    ]
)
"""Letters after which nothing follows but what a person does, or a date brings."""
IN_HAND = 2
"""So many letters to one person may be on their way at once, this one included."""


def settled(turn: PairingTurn, seen: Settled) -> None:
    """It happened."""
    stem, generation = _stem_of(seen.key)
    if seen.receipt.link and turn.state.line.meets:
        turn.state = replace(turn.state, room=seen.receipt.link)
    told(turn, stem, seen.at)
    member_told(turn, stem)
    smaller_asked(turn, stem)
    question_told(turn, stem, seen.at)
    letter_came(turn, stem, seen.at)
    mark = turn.marks.get(stem)
    if mark is None or mark.generation != generation:
        if stem.startswith("series/") and not stem.endswith("/end"):
            _late_series(turn, generation, seen)
        return
    turn.marks[stem] = replace(mark, standing="settled", at=seen.at)
    if stem.startswith("series/"):
        if stem.endswith("/end"):
            _series_ended(turn, stem, mark.basis, seen)
        else:
            _series_put(turn, stem, generation, seen)
    else:
        done(turn, stem, seen.receipt)


def _series_put(turn: PairingTurn, stem: str, generation: int, seen: Settled) -> None:
    index = int(stem.split("/")[2])
    turn.state = replace(
        turn.state,
        series=tuple(
            _put(series, seen)
            if series.index == index and series.asked_generation == generation
            else series
            for series in turn.state.series
        ),
    )


def _late_series(turn: PairingTurn, generation: int, seen: Settled) -> None:
    """A series that was put although another one had taken its place meanwhile: it has to be ended."""
    index = int(seen.key.split("/")[2])
    turn.state = replace(
        turn.state,
        series=tuple(
            replace(series, version=seen.receipt.version, put_at=seen.at)
            if series.index == index and series.asked_generation == generation and not series.put_at
            else series
            for series in turn.state.series
        ),
    )


def _put(series: Series, seen: Settled) -> Series:
    first = series.put_at is None
    standing = "put" if series.standing == "asked" else series.standing
    return replace(
        series, standing=standing, version=seen.receipt.version,
        told=seen.receipt.told if first else series.told, put_at=series.put_at or seen.at,
        until_put=series.rule.until if first else series.until_put,
    )  # fmt: skip


def _series_ended(turn: PairingTurn, stem: str, basis: str, seen: Settled) -> None:
    _, _, index, generation, _ = stem.split("/")
    until = date.fromisoformat(basis) if basis != "None" else None
    turn.state = replace(
        turn.state,
        series=tuple(
            replace(series, version=seen.receipt.version, until_put=until)
            if (series.index, series.generation) == (int(index), int(generation))
            else series
            for series in turn.state.series
        ),
    )


def refused(turn: PairingTurn, seen: Refused) -> None:
    """A conflict is decided anew with the next generation; what is permanent is told to the contact."""
    stem, generation = _stem_of(seen.key)
    mark = turn.marks.get(stem)
    turn.because(f"not done: {seen.why}", seen.key)
    if mark is None or mark.generation != generation:
        return
    how = {"conflict": "conflict", "late": "skipped"}.get(seen.how, "refused")
    turn.marks[stem] = replace(mark, standing=how, at=seen.at)  # type: ignore[arg-type]
    if seen.how == "reader" or stem.startswith(STEMS):
        return  # told as a letter that came back; or an answer to a program, which people have read in a letter
    if how == "refused" or (how == "conflict" and generation >= GENERATIONS_MAX):
        turn.tell("refused", reason=seen.why, what=stem.partition("/")[0])


def expect_quietly(turn: PairingTurn) -> None:
    """Receipts that nobody waits for wake no lane. Whoever has hardly answered lately is waited for: the next
    unanswered letter may be the one after which something is asked."""
    turn.effects = [
        replace(effect, quiet=_is_unawaited(turn, effect.change)) for effect in turn.effects
    ]


def _is_unawaited(turn: PairingTurn, change: Change) -> bool:
    if not isinstance(change, SendLetter) or change.touchpoint not in UNAWAITED:
        return False
    if change.touchpoint not in ASKING:
        return True
    role = turn.state.line.role_of(change.person)
    sign = sign_of(turn, role) if role else None
    return bool(sign and sign.heard_at and sign.asked + IN_HAND < turn.program.still_good_letters)


def _stem_of(key: str) -> tuple[str, int]:
    stem, _, generation = key.rpartition("/")
    return stem, int(generation)
