"""Meetings: the Meet link of an event, which its client asks for with a request that has a name (conferenceData).

Not the event itself: events.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from tests.servers.google.refused import bad
from tests.servers.google.schema import Json

_KIND = "hangoutsMeet"


def settle(before: Json, event: Json, query: Mapping[str, str], status: str) -> None:
    """What becomes of the link with a write. Without conferenceDataVersion=1 nothing: what a body says of it is not read.
    A request of the same name as before is none (CreateConferenceRequest.requestId)."""
    if query.get("conferenceDataVersion") != "1":
        _keep(before, event)
        return
    asked = event.get("conferenceData", {}).get("createRequest")
    if not asked:
        if "conferenceData" not in event:
            event.pop("hangoutLink", None)
        return
    known = before.get("conferenceData", {}).get("createRequest", {})
    if known and known.get("requestId") == asked.get("requestId"):
        _keep(before, event)
        return
    kind = asked.get("conferenceSolutionKey", {}).get("type", _KIND)
    if kind != _KIND or not asked.get("requestId"):
        raise bad("Invalid conference type value.")
    event["conferenceData"] = {
        "createRequest": {
            "requestId": asked["requestId"], "conferenceSolutionKey": {"type": kind}, "status": {"statusCode": status}
        }
    }  # fmt: skip
    event.pop("hangoutLink", None)
    if status == "success":
        _link(event)


def finish(event: Json) -> bool:
    """What was pending is there. Whether it was."""
    status = event.get("conferenceData", {}).get("createRequest", {}).get("status", {})
    if status.get("statusCode") != "pending":
        return False
    status["statusCode"] = "success"
    _link(event)
    return True


def _keep(before: Json, event: Json) -> None:
    for name in ("conferenceData", "hangoutLink"):
        event.pop(name, None)
        if name in before:
            event[name] = deepcopy(before[name])


def _link(event: Json) -> None:
    name = "abc-defg-hij"
    link = f"https://meet.google.com/{name}"
    event["hangoutLink"] = link
    event["conferenceData"] |= {
        "conferenceId": name, "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
        "conferenceSolution": {"key": {"type": _KIND}, "name": "Google Meet"},
    }  # fmt: skip
