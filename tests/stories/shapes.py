"""What Google, Outlook and Apple really mail when somebody answers an invitation: the mails of tests/itip/answers, about an
invitation of the story.

Not an answer in one neutral shape: calendar_mail.py has that.
"""

from __future__ import annotations

import email
import email.policy
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.stories.calendar_mail import MINUTES, _on_clock, _told, _utc
from tests.stories.people import Someone, local

MAILS = Path(__file__).resolve().parent.parent / "itip" / "answers"
BERLIN = ZoneInfo("Europe/Berlin")


def mails(
    who: Someone,
    name: str,
    day: str = "",
    proposes: str = "",
    *,
    relayed: dict[str, str] | None = None,
) -> None:
    """The program of that person mails what is in that file, about the 1:1 of a day (on that person's calendar), or about
    all of them; a COUNTER `proposes` a time on that person's clock. `relayed`: from the address of the provider, as it is in
    the file, with these headers."""
    whole = next(told for told in _told(who) if told.rule)
    assert isinstance(whole.start, datetime)
    start, occurrence = whole.start, whole.start
    if day:
        wall = whole.start.astimezone(BERLIN)
        weekly = [(wall + timedelta(weeks=week)).astimezone(UTC) for week in range(12)]
        occurrence = next(at for at in weekly if local(at, who.person.zone).startswith(f"{day} "))
        start = _on_clock(who, proposes) if proposes else occurrence
    raw = (MAILS / f"{name}.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    method = part.get_param("method")
    text = _about(str(part.get_content()), who, whole.uid, whole.organizer, start, occurrence)
    part.set_content(text, subtype="calendar", charset="utf-8", cte="base64")
    part.set_param("method", method)
    own = {"From": f"{who.person.name} <{who.person.address}>"} if relayed is None else {}
    own |= {"To": whole.organizer, **(relayed or {})}
    own["Message-ID"] = f"<{name}-{who.stage.now:%m%d%H%M}@{who.person.id}.example>"
    for header, value in own.items():
        del message[header]
        if value:
            message[header] = value
    to = own["To"]
    who.stage.outside.hands.write(who.person.address, to, bytes(message), who.stage.now)
    who.stage.passes(1)


def _about(
    text: str, who: Someone, uid: str, organizer: str, start: datetime, occurrence: datetime
) -> str:
    """The text of that program about our event: everything else stays as that program writes it."""
    text = re.sub(r"\r?\n[ \t]", "", text.replace("\r\n", "\n"))
    text = re.sub(r"^UID:.*$", f"UID:{uid}", text, flags=re.MULTILINE)
    text = re.sub(r"koss\+[a-z0-9]+@example\.org", organizer, text)
    text = re.sub(r"ben@(?:gmail|company|icloud)\.example", who.person.address, text)
    text = re.sub(r"^DTSTAMP:.*$", f"DTSTAMP:{_utc(who.stage.now)}", text, flags=re.MULTILINE)
    times = {"DTSTART": start, "DTEND": start + MINUTES, "RECURRENCE-ID": occurrence}
    head, event = text.split("BEGIN:VEVENT")
    for name, at in times.items():
        wall = f"{at.astimezone(BERLIN):%Y%m%dT%H%M%S}"
        event = re.sub(rf"^({name};TZID=[^:]*):.*$", rf"\1:{wall}", event, flags=re.MULTILINE)
    return "\r\n".join(f"{head}BEGIN:VEVENT{event}".split("\n"))
