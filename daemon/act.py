"""Act: claim one effect, make its one remote change, settle it; or defer it, or put it on hold.

Not a decision: what to do was decided before, and a fact that came in since stops the claim.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon import errors
from daemon.budget import Budgets
from daemon.decide.keys import logged, short
from daemon.domain.effect import (
    AnswerGuest,
    CancelMeeting,
    EndSeries,
    Invite,
    MoveMeeting,
    PutMeeting,
    PutSeries,
    Receipt,
    SendLetter,
    TellAdmin,
    Uninvite,
)
from daemon.domain.observation import Refused, SetAside, Settled, Unknown
from daemon.domain.people import Address
from daemon.observe import Observer
from daemon.ports import AnswersGuests, CalendarConnector, Claim, Hold, OneOff, Ports, SeriesEvent

log = logging.getLogger("oneonone")

LEASE = timedelta(minutes=5)
BACK_OFF_MINUTES = (1, 2, 5, 10, 20, 40, 60)
CLAIMS_MAX = 500
LOST = timedelta(minutes=15)
"""How long a mailbox that refuses us is left alone: servers count attempts."""

Probe = Callable[[str, str], None]
"""Told (phase, key) at each boundary: before claim, claimed, done, settled."""


def never() -> bool:
    """Nobody has had enough."""
    return False


def no_probe(phase: str, key: str) -> None:
    """Say the phase to the log, at debug level."""
    if log.isEnabledFor(logging.DEBUG):
        log.debug("event=%s key=%s", phase, logged(key))


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting half of a beat. `enough` is asked between effects: the one in hand is finished."""

    ports: Ports
    observer: Observer
    budgets: Budgets
    probe: Probe = no_probe
    enough: Callable[[], bool] = never

    def act(self, now: datetime) -> int:
        """Carry out what can be carried out now; answers how many effects were tried."""
        for tried in range(CLAIMS_MAX):
            if self.enough():
                return tried
            self.probe("before-claim", "")
            claim = self.ports.store.claim(now, LEASE, self.observer.blocked(now))
            if claim is None:
                return tried
            self.carry_out(claim, now)
        return CLAIMS_MAX

    def carry_out(self, claim: Claim, now: datetime) -> None:
        """One claimed effect, to its end."""
        key, store = claim.effect.key, self.ports.store
        self.probe("claimed", key)
        try:
            receipt = self._perform(claim)
        except errors.VersionConflict as why:
            store.settle(claim, Refused(key, "conflict", str(why), now), now=now)
            self.observer.soon(claim.effect.account, now)
        except errors.AccessLost as why:
            self._lost(claim, why, now)
        except errors.ReaderRefused as why:
            self._reader_refused(claim, why, now)
        except errors.Permanent as why:
            log.error("event=refused key=%s", logged(key))
            store.settle(claim, Refused(key, "permanent", str(why), now), now=now)
        except errors.ConnectorError as why:
            self._later(claim, why, now)
        else:
            self._settle(claim, receipt, now)

    def _reader_refused(self, claim: Claim, why: errors.ReaderRefused, now: datetime) -> None:
        """As if it had come back: first that is recorded, for a crash in between only makes it be said once more."""
        from daemon.returned import refused_at_once  # as in daemon/arriving.py

        key, store, letter = claim.effect.key, self.ports.store, claim.letter
        assert letter is not None, "only a letter has a reader"
        log.error("event=reader-refused key=%s", logged(key))
        found = refused_at_once(letter, why.said, self.observer.roster, store, now)
        if isinstance(found, SetAside):
            store.record([], now=now, source=f"aside/{found.name}", set_aside=[found])
        elif found:
            store.record([found], now=now)
        store.settle(claim, Refused(key, "reader", str(why), now), now=now)

    def _settle(self, claim: Claim, receipt: Receipt | Hold, now: datetime) -> None:
        key = claim.effect.key
        self.probe("done", key)
        if claim.effect.port == "mail":
            self.observer.troubles.over(f"send/{claim.effect.account}")
            self.budgets.note(claim.effect.account, 1, now)
        else:
            self.observer.troubles.over(f"put/{claim.effect.account}")
        if isinstance(receipt, Hold):
            self.ports.store.hold(claim, receipt, now=now)
            log.error("event=on-hold key=%s why=%s", logged(key), receipt.why)
            return
        self.probe("settling", key)
        known = claim.letter.message_id if claim.letter else ""
        real = receipt.message_id if receipt.message_id != known else ""
        ours = self.ports.store.settle(claim, Settled(key, receipt, now), now=now, message_id=real)
        self.probe("settled", key)
        log.info("event=settled key=%s repeated=%s ours=%s", logged(key), receipt.repeated, ours)

    def _later(self, claim: Claim, why: errors.ConnectorError, now: datetime) -> None:
        """Due again later; an unknown outcome is looked up before anything is tried again."""
        minutes = BACK_OFF_MINUTES[min(claim.attempts, len(BACK_OFF_MINUTES) - 1)]
        wait = timedelta(minutes=minutes)
        if isinstance(why, errors.Temporary) and why.retry_after:
            wait = max(wait, why.retry_after)
        self.ports.store.defer(claim, now + wait, str(why), now=now)
        if isinstance(why, errors.Temporary) and why.whole:
            if claim.effect.port == "mail":
                self._shut(claim.effect.account, why, now + wait, now)
            else:
                self.observer.troubles.note(f"put/{claim.effect.account}", str(why), now)
        log.warning(
            "event=deferred key=%s minutes=%d", logged(claim.effect.key), wait.total_seconds() // 60
        )

    def _lost(self, claim: Claim, why: errors.AccessLost, now: datetime) -> None:
        account = claim.effect.account
        if claim.effect.port == "calendar":
            self.observer.access_lost(account, str(why), now)
        else:
            log.error("event=mailbox-lost mailbox=%s", short(account))
            self._shut(account, why, now + LOST, now)
        self.ports.store.defer(claim, now + LOST, str(why), now=now)

    def _shut(
        self, mailbox: Address, why: errors.ConnectorError, until: datetime, now: datetime
    ) -> None:
        """Nothing goes from that mailbox just now: the other letters wait without trying."""
        refused = isinstance(why, errors.AccessLost)
        self.observer.troubles.shut_until(mailbox, until)
        self.observer.troubles.note(f"send/{mailbox}", str(why), now, refused=refused)

    def _perform(self, claim: Claim) -> Receipt | Hold:
        effect = claim.effect
        if isinstance(effect.change, SendLetter | TellAdmin):
            return self._send(claim)
        kind = self.observer.roster.kinds[effect.account]
        return _change(self.ports.calendars[kind], claim)

    def _send(self, claim: Claim) -> Receipt | Hold:
        """A letter that may have gone is looked for before it is sent again (TRAPS 47)."""
        assert claim.letter is not None, "a letter is rendered before it is committed"
        mail = self.ports.mail[claim.effect.account]
        if claim.attempts:
            fate = mail.sent(claim.letter)
            if isinstance(fate, Receipt):
                return fate
            if isinstance(fate, Unknown):
                return Hold(f"unknown/{short(claim.effect.key)}", "it may have been sent already")
        return mail.send(claim.letter, key=claim.effect.key)


def _change(calendars: CalendarConnector, claim: Claim) -> Receipt:
    """The one call of the calendar port that makes this effect true."""
    key = claim.effect.key
    match claim.effect.change:
        case PutSeries() | EndSeries() as put:
            event = SeriesEvent(
                put.uid, put.rule, put.summary, put.guests, put.location, put.theirs, put.meet
            )  # fmt: skip
            return calendars.put(put.calendar, event, key=key, expected=put.expected)
        case PutMeeting() as put:
            one = OneOff(
                put.uid, put.slot, put.zone, put.summary, put.guests, put.location, put.meet
            )  # fmt: skip
            return calendars.put(put.calendar, one, key=key, expected="")
        case MoveMeeting(place, to, expected):
            return calendars.move(place.calendar, place, to, key=key, expected=expected)
        case CancelMeeting(place, expected):
            return calendars.cancel(place.calendar, place, key=key, expected=expected)
        case Invite(place, guests, expected):
            return calendars.invite(place.calendar, place, guests, key=key, expected=expected)
        case Uninvite(place, guests, expected):
            return calendars.uninvite(place.calendar, place, guests, key=key, expected=expected)
        case AnswerGuest(place, guest, method, said):
            if isinstance(calendars, AnswersGuests):
                return calendars.answer(place, guest, method, key=key, said=said)
            return Receipt(place=place, repeated=True)  # a rehearsal: its calendars are files
        case other:
            raise AssertionError(f"no calendar effect: {type(other).__name__}")
