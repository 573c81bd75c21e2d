"""Refused: an answer that is no, in the shape in which Google says no.

Not when: each module of this folder raises it where a request deserves it.
"""

from __future__ import annotations

from tests.servers.google.schema import Json

_HEADERS = ("Authorization", "If-Match")


class Refused(Exception):
    """`reason` and `message` as recorded answers have them (PROVIDERS 3)."""

    def __init__(
        self, status: int, reason: str, message: str, *, domain: str = "global", location: str = "",
        retry_after: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status, self.reason, self.message = status, reason, message
        self.domain, self.location, self.retry_after = domain, location, retry_after

    def body(self) -> Json:
        """The body of the answer."""
        error = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location:
            where = "header" if self.location in _HEADERS else "parameter"
            error |= {"locationType": where, "location": self.location}
        return {"error": {"errors": [error], "code": self.status, "message": self.message}}


def not_found() -> Refused:
    """What nobody here knows."""
    return Refused(404, "notFound", "Not Found")


def gone() -> Refused:
    """What was deleted before."""
    return Refused(410, "deleted", "Resource has been deleted")


def bad(message: str, reason: str = "invalid", location: str = "") -> Refused:
    """A request that makes no sense."""
    return Refused(400, reason, message, location=location)


def empty(location: str = "timeMax") -> Refused:
    """What is over before it begins (developers.google.com/calendar/api/guides/errors)."""
    return Refused(
        400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar", location=location,
    )  # fmt: skip
