"""Answers of guests that lie unread by Exchange in an inbox: of a mailbox in which it does not put them into the event by itself
(Set-CalendarProcessing -AutomateProcessing None). Only where the files say so: else nobody's inbox is asked.

Not the events: events.py puts the answers in. Asked for are mails of that one class, and of them who answers what to what.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exchangelib import Account
from exchangelib.errors import EWSError
from exchangelib.items import MeetingResponse
from icalendar import Calendar, Event, vText

from connectors.exchange.events import TO_ICAL, moment_there, uid_of
from daemon.domain.people import Address
from daemon.ical.reading import address_of, answer_of, attendees, length_of, moment_of, zone_of
from daemon.ical.recurrence import named_parts
from daemon.ical.repeating import end_after
from daemon.ports import Clock

EVERY = timedelta(minutes=5)
LOOKS_BACK = timedelta(days=14)
_SKEW = timedelta(hours=1)
_CLASS = "IPM.Schedule.Meeting.Resp"
_FIELDS = ("associated_calendar_item_id", "sender", "response_type", "has_been_processed", "is_out_of_date")  # fmt: skip
_OF_EVENT = ("uid", "type", "original_start")
_SAID = ("Accept", "Decline", "Tentative")
Answers = dict[tuple[float, Address], str]
"""What somebody has said, to the occurrence that was planned for then, in seconds; 0 for the whole."""


class Responses:
    """Those in one inbox."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: datetime | None = None
        self._seen: set[str] = set()
        self._of: dict[str, Answers] = {}

    def to(self, uid: str) -> Answers:
        """What was said to the event with that uid, also what is found later."""
        return self._of.setdefault(uid, {})

    def look(self, account: Account) -> set[str]:
        """The uids to which something new was said. It is asked only now and then."""
        now = self._clock.now()
        if self._asked is not None and now - self._asked < EVERY:
            return set()
        since = now - LOOKS_BACK if self._asked is None else self._asked - _SKEW
        found = account.inbox.filter(item_class__startswith=_CLASS, datetime_received__gte=moment_there(since))  # fmt: skip
        names = [
            str(each.id) for each in found.only("item_class") if str(each.id) not in self._seen
        ]
        told = {
            uid
            for each in _fetched(account, account.inbox, names, _FIELDS)
            for uid in self._take(account, each)
        }
        self._seen |= set(names)
        self._asked = now
        return told

    def _take(self, account: Account, mail: Any) -> list[str]:
        said, about = str(mail.response_type), mail.associated_calendar_item_id
        if not isinstance(mail, MeetingResponse) or mail.has_been_processed or mail.is_out_of_date:
            return []
        if about is None or mail.sender is None or said not in _SAID:
            return []
        for event in _fetched(account, account.calendar, [str(about.id)], _OF_EVENT):
            single = event.type in ("Occurrence", "Exception") and event.original_start is not None
            planned = datetime.fromtimestamp(event.original_start.timestamp(), UTC).timestamp() if single else 0.0  # fmt: skip
            uid = uid_of(event)
            self.to(uid)[planned, str(mail.sender.email_address).lower()] = said
            return [uid]
        return []


def answered(text: Calendar, uid: str, answers: Answers) -> Calendar:
    """With what guests have said to it and Exchange has not put in: what is there already counts more."""
    parts = named_parts(text, uid)
    master = parts.get("")
    if master is None:
        return text
    known = {moment_of(part, "RECURRENCE-ID"): part for name, part in parts.items() if name}
    for (planned, guest), said in sorted(answers.items(), reverse=True):  # the whole comes last
        if not planned:
            for part in parts.values():
                _say(part, guest, said)
            continue
        at = datetime.fromtimestamp(planned, UTC).astimezone(ZoneInfo(zone_of(master) or "UTC"))
        if at not in known:
            known[at] = _alone(master, at)
            text.add_component(known[at])
        _say(known[at], guest, said)
    return text


def _say(part: Event, guest: Address, said: str) -> None:
    for each in attendees(part):
        if address_of(each) == guest and answer_of(each) == "NEEDS-ACTION":
            each.params["PARTSTAT"] = vText(TO_ICAL[said])


def _alone(master: Event, planned: datetime) -> Event:
    """One time of a series as it is planned, by itself."""
    part = deepcopy(master)
    for name in ("RRULE", "EXDATE", "DTSTART", "DTEND"):
        part.pop(name, None)
    part.add("dtstart", planned)
    part.add("dtend", end_after(planned, length_of(master)))
    part.add("recurrence-id", planned)
    return part


def _fetched(account: Account, folder: Any, names: list[str], fields: tuple[str, ...]) -> list[Any]:
    """Those that are still there. Raises what exchangelib raises."""
    if not names:
        return []
    every = account.fetch(ids=[(name, None) for name in names], folder=folder, only_fields=fields)
    return [each for each in every if not isinstance(each, EWSError)]
