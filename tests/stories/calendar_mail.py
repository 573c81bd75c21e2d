"""What people's calendar programs mail in their name: answers to invitations, and times they propose.

Not letters that people write: Someone.replies does that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from daemon.ical.message import Told, told_in
from daemon.mail.reading.incoming import read
from daemon.simulate.hands import Shown
from tests.stories.cast import CITIES
from tests.stories.people import Someone, local, moment

MINUTES = timedelta(minutes=30)


def rsvp(
    who: Someone, day: str, partstat: str, *, proposes: str = "", everything: bool = False,
    given: str = "", changes: tuple[tuple[str, str], ...] = (), **headers: str,
) -> None:  # fmt: skip
    """The program of that person answers the 1:1 of a day (or `everything`: all of them), or proposes another time on
    that person's clock; `given` is when that was done, if not just now. The mail goes to the address in the last letter,
    which carries the person's token. `changes` are made to its text."""
    (shown,) = [s for s in who.shown() if local(s.start, who.person.zone).startswith(f"{day} ")]
    method = "COUNTER" if proposes else "REPLY"
    start = _on_clock(who, proposes) if proposes else shown.start
    lines = _lines(shown, start, partstat, who.person.address, everything=everything)
    stamp = _utc(_on_clock(who, given) if given else who.stage.now)
    text = "\r\n".join(
        [*_HEAD, f"METHOD:{method}", "BEGIN:VEVENT", f"DTSTAMP:{stamp}", *lines, *_TAIL]
    )
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    own = {
        "From": f"{who.person.name} <{who.person.address}>",
        "To": who.last().header("Reply-To"),
        "Subject": f"{partstat.title()}: 1:1",
        "MIME-Version": "1.0",
    }
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    who.posts(text, own | more, f"text/calendar; charset=utf-8; method={method}")


_HEAD = ("BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0")
_TAIL = ("END:VEVENT", "END:VCALENDAR", "")


def _lines(
    shown: Shown, start: datetime, partstat: str, attendee: str, *, everything: bool
) -> list[str]:
    lines = [f"UID:{shown.place.uid}", "SEQUENCE:0"]
    if start != shown.start or not everything:
        lines += [f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + MINUTES)}"]
    if shown.place.recurrence and not everything:
        wall = shown.place.recurrence.replace("-", "").replace(":", "")
        lines.append(f"RECURRENCE-ID;TZID=Europe/Berlin:{wall}00")
    lines.append(f"ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT={partstat};X-NUM-GUESTS=0:mailto:{attendee}")
    return lines


def _on_clock(who: Someone, text: str) -> datetime:
    city = next(city for city, zone in CITIES.items() if zone == who.person.zone)
    return moment(f"{text} {city}")


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


# --- of people who have no calendar but their mailbox


def invitations(who: Someone) -> list[str]:
    """What that person's program has been told, oldest first: method, SEQUENCE, which occurrence, and its time there."""
    zone = ZoneInfo(who.person.zone)
    found = []
    for told in _told(who):
        of = f" of {_shown(told.recurrence, zone)}" if told.recurrence else ""
        rule = " repeated" if told.rule else ""
        found.append(f"{told.method}.{told.sequence}{of}: {_shown(told.start, zone)}{rule}")
    return found


def answers(
    who: Someone, day: str, partstat: str, *, proposes: str = "", everything: bool = False
) -> None:
    """The program of that person answers what it was invited to: the occurrence on a day, or all."""
    zone = ZoneInfo(who.person.zone)
    whole = next(told for told in _told(who) if told.rule)
    uid, organizer = whole.uid, whole.organizer
    start, recurrence = whole.start, ""
    if not everything:
        assert isinstance(whole.start, datetime)
        wall = whole.start.astimezone(ZoneInfo(whole.zone))
        weekly = [(wall + timedelta(weeks=week)).astimezone(UTC) for week in range(12)]
        starts = dict(zip(weekly, weekly, strict=True))
        starts |= {
            t.recurrence: t.start for t in _told(who) if t.recurrence and t.method == "REQUEST"
        }
        named, start = next(
            each for each in starts.items() if _shown(each[1], zone).startswith(f"{day} ")
        )
        recurrence = f"RECURRENCE-ID:{_utc(named)}"
    if proposes:
        start = _on_clock(who, proposes)
    method = "COUNTER" if proposes else "REPLY"
    lines = [
        *_HEAD, f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{_utc(who.stage.now)}",
        f"SEQUENCE:{max(t.sequence for t in _told(who))}", f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + MINUTES)}",
        *([recurrence] if recurrence else []), f"ORGANIZER:mailto:{organizer}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{who.person.address}", *_TAIL,
    ]  # fmt: skip
    head = {
        "From": f"{who.person.name} <{who.person.address}>",
        "To": organizer,
        "Subject": partstat,
        "MIME-Version": "1.0",
    }
    who.posts("\r\n".join(lines), head, f"text/calendar; charset=utf-8; method={method}")


def refreshes(who: Someone, **headers: str) -> None:
    """The program of that person asks what stands now."""
    whole = next(told for told in _told(who) if told.rule)
    lines = [
        *_HEAD, "METHOD:REFRESH", "BEGIN:VEVENT", f"UID:{whole.uid}", f"DTSTAMP:{_utc(who.stage.now)}",
        f"ORGANIZER:mailto:{whole.organizer}", f"ATTENDEE:mailto:{who.person.address}", *_TAIL,
    ]  # fmt: skip
    head = {
        "From": f"{who.person.name} <{who.person.address}>",
        "To": whole.organizer,
        "Subject": "Refresh",
        "MIME-Version": "1.0",
    }
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    who.posts("\r\n".join(lines), head | more, "text/calendar; charset=utf-8; method=REFRESH")


def _told(who: Someone) -> list[Told]:
    mails = who.stage.outside.world.mailbox(who.person.address).arrived
    return [
        told for mail in mails if (text := read(mail.raw).calendar_text) for told in told_in(text)
    ]


def _shown(at: object, zone: ZoneInfo) -> str:
    assert isinstance(at, datetime)
    return local(at, zone.key)
