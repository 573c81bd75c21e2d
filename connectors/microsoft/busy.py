"""When somebody is busy: by their own calendar where they let us in, else as their organisation tells it.

Not which times are good. Whom it does not tell about is Unknown, and never free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.microsoft.access import Access, Json, query_of, until
from connectors.microsoft.events import instant_of, shared_uid
from connectors.microsoft.mirror import Mirror
from connectors.mirrored import apart, in_parts
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, BusyInterval, Unknown
from daemon.domain.people import Address
from daemon.errors import Temporary

ASKED_LONGEST, ASKED_MOST = timedelta(days=42), 20
"""Of one question: a longer one is refused (Microsoft Q&A 870083), and one about more people is slow."""
_FREE = ("free", "workingElsewhere")
_AWAY, _SURE, _PERHAPS = 9, 5, 3
_SELECT = "id,iCalUId,start,end,showAs,responseStatus,isCancelled,isAllDay"


def own_busy(access: Access, window: Slot, home: str, names: Mapping[str, str]) -> Busy:
    """By the events of an account: each with the uid of what takes the time. Of being away from its beginning to its end."""
    query = {
        "startDateTime": until(window.start), "endDateTime": until(window.end), "$select": _SELECT, "$top": "500",
    }  # fmt: skip
    found: list[BusyInterval] = []
    while query:
        answer = access.look("/calendarView", query)
        try:
            found += [each for item in answer["value"] for each in _taken(item, home, names)]
        except (KeyError, ValueError, TypeError) as why:
            raise Temporary("what Microsoft says of busy times cannot be read") from why
        link = answer.get("@odata.nextLink")
        query = query_of(link) if link else {}
    inside = [each for each in found if each.start < window.end and each.end > window.start]
    return Busy(tuple(sorted(inside, key=lambda each: (each.start, each.end, each.source))))


def _taken(item: Json, home: str, names: Mapping[str, str]) -> Iterator[BusyInterval]:
    status, said = str(item["showAs"]), str((item.get("responseStatus") or {}).get("response", ""))
    if item.get("isCancelled") or status in _FREE or said == "declined":
        return
    perhaps = status == "tentative" or said in ("tentativelyAccepted", "notResponded")
    away = status == "oof"
    priority = _AWAY if away else (_PERHAPS if perhaps else _SURE)
    start, end = (_here(item[name], bool(item.get("isAllDay")), home) for name in ("start", "end"))
    if start < end:
        uid = shared_uid(item)
        yield BusyInterval(start, end, priority, names.get(uid, uid), away=away)


def _here(told: Json, whole_day: bool, home: str) -> datetime:
    """A day begins at midnight of its owner's zone."""
    if whole_day:
        midnight = datetime.fromisoformat(str(told["dateTime"])[:10])
        return midnight.replace(tzinfo=ZoneInfo(home or "UTC")).astimezone(UTC)
    return instant_of(told)


def shown_busy(
    mirror: Mirror, people: list[Address], window: Slot
) -> dict[Address, Busy | Unknown]:
    """Of people of whom the organisation tells us."""
    return apart(mirror, shown_to(mirror.access, people, window), window)


def shown_to(access: Access, people: list[Address], window: Slot) -> dict[Address, Busy | Unknown]:
    """The same as it is told, without a name of anything."""
    found: dict[Address, list[BusyInterval]] = {who: [] for who in people}
    unknown: dict[Address, Unknown] = {}
    for start in range(0, len(people), ASKED_MOST):
        some = people[start : start + ASKED_MOST]
        for part in in_parts(window, ASKED_LONGEST):
            answer = access.ask("POST", "/calendar/getSchedule", body=_question(some, part))
            told = {
                str(each.get("scheduleId", "")).lower(): each for each in answer.get("value", ())
            }
            for who in some:
                try:
                    found[who] += _intervals(told[who], part)
                except (KeyError, ValueError, TypeError):
                    unknown[who] = Unknown(f"{who} does not show when they are busy")
    return {who: unknown.get(who) or Busy(tuple(dict.fromkeys(found[who]))) for who in people}


def _question(people: list[Address], window: Slot) -> Json:
    start, end = ({"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"} for at in (window.start, window.end))  # fmt: skip
    return {"schedules": people, "startTime": start, "endTime": end, "availabilityViewInterval": 30}


def _intervals(told: Json, window: Slot) -> Iterator[BusyInterval]:
    """Raises KeyError for who does not show it."""
    if told.get("error"):
        raise KeyError("error")
    for each in told["scheduleItems"]:
        status = str(each["status"])
        if status in _FREE:
            continue
        away = status == "oof"
        priority = _AWAY if away else (_PERHAPS if status == "tentative" else _SURE)
        start, end = instant_of(each["start"]), instant_of(each["end"])
        if start < window.end and end > window.start:
            yield BusyInterval(start, end, priority, away=away)
