"""The Meet link of an event: how it is asked for, and what has become of it.

Not whether a pair wants one: daemon/settings. A link is asked for with a request that has a name; it is made while the event
stands already, and not every account may have one (developers.google.com/calendar/api/guides/create-events#conferencing).
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from connectors.google.wire import Json
from daemon.errors import Temporary

log = logging.getLogger("oneonone")

WAITED_FOR = timedelta(minutes=15)
"""So long after the last change of an event its link is waited for."""
AGAIN = timedelta(minutes=1)
STATE = "updated,summary,location,hangoutLink,conferenceData(createRequest(requestId,status/statusCode))"
"""What is asked for of an event of ours before its words are changed."""
_OURS = "oneonone"


def asked(key: str) -> Json:
    """The request for a link. The same change asks with the same name, and so is asked once."""
    name = f"{_OURS}{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    return {"createRequest": {"requestId": name, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


def wanted(meet: bool, there: Json, key: str) -> Json:
    """What of the link has to be changed: nothing where it is as it should be. What people have put there themselves stays."""
    request = there.get("conferenceData", {}).get("createRequest", {})
    if meet and not there.get("hangoutLink"):
        return {"conferenceData": asked(key)}
    if not meet and str(request.get("requestId", "")).startswith(_OURS):
        return {"conferenceData": None}
    return {}


def link_of(item: Json, now: datetime) -> str:
    """The link; empty where there is none, and none to come. Temporary while Google is still at it."""
    request = item.get("conferenceData", {}).get("createRequest", {})
    if request.get("status", {}).get("statusCode") == "pending" and not item.get("hangoutLink"):
        if now - datetime.fromisoformat(str(item["updated"])) < WAITED_FOR:
            raise Temporary("Google is still making the Meet link", AGAIN)
    link = str(item.get("hangoutLink", ""))
    if not link:
        log.warning("event=no-meet-link")
    return link
