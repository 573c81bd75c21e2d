"""Methods: what each method of the two APIs leads to.

Not whether it may be asked for, and not what is wrong with a request: asked.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.servers.google import gmail
from tests.servers.google.asked import Asked
from tests.servers.google.freebusy import busy
from tests.servers.google.listing import instances, listed
from tests.servers.google.refused import Refused, not_found
from tests.servers.google.schema import Json
from tests.servers.google.selecting import shown

if TYPE_CHECKING:
    from tests.servers.google import Google


def _query(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in asked.query.items()}


def _insert(google: Google, asked: Asked, account: str, body: Json) -> Json:
    return google.events.insert(account, body, _query(asked))


def _get(google: Google, asked: Asked, account: str, _: Json) -> Json:
    return shown(google.events.looked_at(account, asked.path["eventId"]), account, _query(asked))


def _list(google: Google, asked: Asked, account: str, _: Json) -> Json:
    return listed(google.events.calendars[account], asked.query, google.expired)


def _instances(google: Google, asked: Asked, account: str, _: Json) -> Json:
    calendar = google.events.calendars[account]
    master = calendar.events.get(asked.path["eventId"])
    if master is None or "recurrence" not in master:
        raise not_found()
    return instances(calendar, master, asked.query)


def _import(google: Google, _: Asked, account: str, body: Json) -> Json:
    return google.events.import_(account, body)


def _calendar(google: Google, _: Asked, account: str, __: Json) -> Json:
    """The primary one: its title is the address, as long as nobody has changed it."""
    calendar = google.events.calendars[account]
    return {
        "kind": "calendar#calendar", "etag": '"1"', "id": account, "summary": account, "timeZone": calendar.zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }  # fmt: skip


def _settings(google: Google, account: str) -> list[Json]:
    """Some of developers.google.com/calendar/api/v3/reference/settings."""
    told = {
        "autoAddHangouts": "false", "dateFieldOrder": "DMY", "format24HourTime": "true", "locale": "en", "weekStart": "1",
        "timezone": google.events.calendars[account].zone,
    }  # fmt: skip
    return [
        {"kind": "calendar#setting", "etag": '"1"', "id": name, "value": value}
        for name, value in told.items()
    ]


def _all_settings(google: Google, _: Asked, account: str, __: Json) -> Json:
    items = _settings(google, account)
    return {"kind": "calendar#settings", "etag": '"1"', "items": items, "nextSyncToken": "1"}


def _setting(google: Google, asked: Asked, account: str, _: Json) -> Json:
    for each in _settings(google, account):
        if each["id"] == asked.path["setting"]:
            return each
    raise not_found()


def _change(google: Google, asked: Asked, account: str, body: Json) -> Json:
    return google.events.change(
        account, asked.path["eventId"], body, _query(asked), if_match=asked.headers.get("If-Match", ""),
        whole=asked.method.id.endswith("update"),
    )  # fmt: skip


def _delete(google: Google, asked: Asked, account: str, _: Json) -> Json:
    if_match = asked.headers.get("If-Match", "")
    google.events.delete(account, asked.path["eventId"], _query(asked), if_match=if_match)
    return {}


def _busy(google: Google, _: Asked, account: str, body: Json) -> Json:
    return busy(google.events.calendars, account, body)


def _watch(google: Google, _: Asked, account: str, body: Json) -> Json:
    return google.channels.watch(google.events.calendars[account], body, google.now)


def _stop(google: Google, _: Asked, account: str, body: Json) -> Json:
    google.channels.stop(account, body)
    return {}


def _mail(google: Google, asked: Asked, account: str, _: Json) -> Json:
    _, mail = google.gmail.of(account, asked.path["id"])
    return gmail.shown(mail, _form(asked), asked.query.get("metadataHeaders", ()))


def _form(asked: Asked) -> str:
    """The format of a mail."""
    form = _query(asked).get("format", "full")
    if asked.sees_heads_alone() and form in ("full", "raw"):
        raise Refused(403, "forbidden", f"Metadata scope doesn't allow format {form.upper()}")
    return form


def _found(google: Google, asked: Asked, account: str, _: Json) -> Json:
    if "q" in asked.query and asked.sees_heads_alone():
        raise Refused(403, "forbidden", "Metadata scope does not support 'q' parameter")
    return google.gmail.found(account, asked.query)


def _thread(google: Google, asked: Asked, account: str, _: Json) -> Json:
    form, headers = _form(asked), asked.query.get("metadataHeaders", ())
    mails = [m for m in google.gmail.boxes[account].mails.values() if m.thread == asked.path["id"]]
    if not mails:
        raise not_found()
    return {"id": asked.path["id"], "messages": [gmail.shown(m, form, headers) for m in mails]}


def _label(google: Google, asked: Asked, account: str, _: Json) -> Json:
    for each in gmail.labels():
        if each["id"] == asked.path["id"]:
            mails = [
                m for m in google.gmail.boxes[account].mails.values() if each["id"] in m.labels
            ]
            unread = sum("UNREAD" in mail.labels for mail in mails)
            return each | {"messagesTotal": len(mails), "messagesUnread": unread}
    raise not_found()


def _relabel(google: Google, asked: Asked, account: str, body: Json) -> Json:
    add, remove = body.get("addLabelIds", ()), body.get("removeLabelIds", ())
    if asked.method.id.endswith("trash"):
        add, remove = ("TRASH",), ("INBOX",)
    return google.gmail.label(account, asked.path["id"], add, remove)


def _remove(google: Google, asked: Asked, account: str, _: Json) -> Json:
    google.gmail.delete(account, asked.path["id"])
    return {}


def _remove_all(google: Google, _: Asked, account: str, body: Json) -> Json:
    google.gmail.delete_all(account, body.get("ids", ()))
    return {}


METHODS: dict[str, Callable[[Google, Asked, str, Json], Json]] = {
    "calendar.events.insert": _insert,
    "calendar.events.get": _get,
    "calendar.events.list": _list,
    "calendar.events.instances": _instances,
    "calendar.events.patch": _change,
    "calendar.events.update": _change,
    "calendar.events.delete": _delete,
    "calendar.events.watch": _watch,
    "calendar.events.import": _import,
    "calendar.calendars.get": _calendar,
    "calendar.settings.get": _setting,
    "calendar.settings.list": _all_settings,
    "calendar.channels.stop": _stop,
    "calendar.freebusy.query": _busy,
    "gmail.users.messages.send": lambda google, _, account, body: google.gmail.send(account, body),
    "gmail.users.messages.list": _found,
    "gmail.users.messages.get": _mail,
    "gmail.users.messages.modify": _relabel,
    "gmail.users.messages.trash": _relabel,
    "gmail.users.messages.delete": _remove,
    "gmail.users.messages.batchDelete": _remove_all,
    "gmail.users.threads.get": _thread,
    "gmail.users.history.list": lambda google, asked, account, _: google.gmail.history(
        account, asked.query
    ),
    "gmail.users.labels.list": lambda *_: {"labels": gmail.labels()},
    "gmail.users.labels.get": _label,
    "gmail.users.getProfile": lambda google, _, account, __: google.gmail.profile(account),
}
