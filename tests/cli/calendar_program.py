"""Somebody's calendar program: it sees a CalDAV calendar, and takes over what invitations by mail say.

Not ours: it speaks through the `caldav` package and reads mails with the standard library alone.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import caldav
from icalendar import Calendar, Event

from connectors.clock import SystemClock


class CalendarProgram:
    """Of one person, whose calendar `main` is on that server."""

    def __init__(self, url: str, address: str, password: str) -> None:
        self._url, self.address, self._password = url, address, password
        self._taken: set[str] = set()

    def takes_over(self, mails: list[bytes]) -> list[tuple[str, bytes]]:
        """Put every invitation that is new into the calendar, and say yes: (to whom, the mail) for each."""
        answers = []
        for raw in mails:
            mail = email.message_from_bytes(raw, policy=email.policy.default)
            part = next((p for p in mail.walk() if p.get_content_type() == "text/calendar"), None)
            if part is None or str(mail["Message-ID"]) in self._taken:
                continue
            self._taken.add(str(mail["Message-ID"]))
            told: Any = Calendar.from_ical(part.get_payload(decode=True))
            self._take(told)
            if told["METHOD"] == "REQUEST":
                answers.append(self._yes(told))
        return answers

    def starts(self, days: int = 30) -> dict[str, list[datetime]]:
        """Everything that takes place, by uid, as the calendar shows it."""
        found: dict[str, list[datetime]] = {}
        today = SystemClock().now()
        with self._client() as client:
            for each in self._calendar(client).search(
                start=today, end=today + timedelta(days=days), event=True, expand=True
            ):
                part = each.icalendar_component
                at = part.decoded("DTSTART").astimezone(UTC)
                found.setdefault(str(part["UID"]), []).append(at)
        return {uid: sorted(starts) for uid, starts in found.items()}

    def takes_off(self, uid: str, start: datetime) -> None:
        """Delete one occurrence."""

        def edit(whole: Any) -> None:
            (master,) = [each for each in whole.walk("VEVENT") if "RECURRENCE-ID" not in each]
            master.add("EXDATE", [start.astimezone(master["DTSTART"].dt.tzinfo)])

        self._edit(uid, edit)

    def _take(self, told: Any) -> None:
        for part in told.walk("VEVENT"):
            uid, named = str(part["UID"]), "RECURRENCE-ID" in part
            if told["METHOD"] == "CANCEL":
                if named:
                    self.takes_off(uid, part["RECURRENCE-ID"].dt)
                else:
                    with self._client() as client:
                        self._calendar(client).event_by_uid(uid).delete()
            elif named:
                self._edit(uid, lambda whole, part=part: _put_part(whole, part))
            else:
                del told["METHOD"]
                with self._client() as client:
                    self._calendar(client).save_event(told.to_ical().decode())
                told["METHOD"] = "REQUEST"

    def _yes(self, told: Any) -> tuple[str, bytes]:
        (first, *_) = told.walk("VEVENT")
        to = str(first["ORGANIZER"]).partition(":")[2]
        answer, event = Calendar(), Event()
        for name in ("UID", "RECURRENCE-ID", "DTSTART", "DTEND", "ORGANIZER", "SEQUENCE"):
            if name in first:
                event[name] = first[name]
        event.add("DTSTAMP", SystemClock().now())
        event.add("ATTENDEE", f"mailto:{self.address}", parameters={"PARTSTAT": "ACCEPTED"})
        for name, value in (("PRODID", "-//a program//EN"), ("VERSION", "2.0"), ("METHOD", "REPLY")):  # fmt: skip
            answer.add(name, value)
        answer.add_component(event)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.address, to, "Accepted"
        mail["Message-ID"] = f"<{first['UID']}.{first['SEQUENCE']}.yes@program.example>"
        mail.set_content("Accepted\n")
        mail.add_alternative(answer.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})  # fmt: skip
        return to, mail.as_bytes(policy=email.policy.SMTP)

    def _edit(self, uid: str, edit: Callable[[Any], None]) -> None:
        with self._client() as client:
            event = self._calendar(client).event_by_uid(uid)
            whole = event.icalendar_instance
            edit(whole)
            event.icalendar_instance = whole
            event.save()

    def _client(self) -> caldav.DAVClient:
        return caldav.DAVClient(
            self._url, username=self.address, password=self._password, auth_type="basic"
        )

    def _calendar(self, client: caldav.DAVClient) -> Any:
        return client.calendar(url=f"{self._url}{self.address.replace('@', '%40')}/main/")


def _put_part(whole: Any, part: Any) -> None:
    named = part["RECURRENCE-ID"].dt
    for each in whole.walk("VEVENT"):
        if "RECURRENCE-ID" in each and each["RECURRENCE-ID"].dt == named:
            whole.subcomponents.remove(each)
    whole.add_component(part)
