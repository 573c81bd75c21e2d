"""What the simulated Microsoft 365 holds against Microsoft's own models: a planted mistake is found.

Not the connector.
"""

from __future__ import annotations

import json

import pytest

from tests.servers.graph.judge import MODELS, wrong_in
from tests.servers.graph.rhythm import days_of

START = {"dateTime": "2026-10-13T10:00:00", "timeZone": "W. Europe Standard Time"}


@pytest.mark.parametrize(
    ("model", "body", "wrong"),
    [
        ("event", {"subject": "1:1", "start": START}, []),
        ("event", {"title": "1:1"}, ["event has no title"]),
        ("event", {"subject": 1}, ["event.subject: 1 is no string"]),
        ("event", {"start": {**START, "zone": "x"}}, ["event.start: dateTimeTimeZone has no zone"]),
        ("event", {"attendees": {}}, ["event.attendees: not many"]),
        ("event", {"attendees": [{"type": "guest"}]}, ["event.attendees: attendee.type: 'guest' is no required|optional|resource"]),
        ("event", {"recurrence": {"pattern": {"type": "fortnightly"}}}, ["event.recurrence: patternedRecurrence.pattern: recurrencePattern.type: 'fortnightly' is no daily|weekly|absoluteMonthly|relativeMonthly|absoluteYearly|relativeYearly"]),
        ("event", {"recurrence": {"range": {"endDate": "13/10/2026"}}}, ["event.recurrence: patternedRecurrence.range: recurrenceRange.endDate: '13/10/2026' is no date"]),
        ("event", {"@odata.etag": 1, "recurrence": None}, []),
        ("getSchedule", {"schedules": ["a@b.example"], "startTime": START}, []),
        ("getSchedule", {"people": []}, ["getSchedule has no people"]),
        ("message", {"receivedDateTime": "2026-10-13T10:00:00.0000000Z"}, []),
        ("subscription", {"changeType": ["created"]}, ["subscription.changeType: ['created'] is no string"]),
    ],
)  # fmt: skip
def test_what_is_not_in_the_model_is_found(model: str, body: object, wrong: list[str]) -> None:
    assert wrong_in(model, body) == wrong


def test_the_models_are_those_of_microsoft() -> None:
    """As `python -m tests.graph.models` writes them down, with names that no one would guess."""
    assert MODELS["event"]["iCalUId"] == "string"
    assert MODELS["event"]["cancelledOccurrences"] == "[string]"
    assert MODELS["getSchedule"]["AvailabilityViewInterval"] == "int"
    assert len(json.dumps(MODELS)) > 5_000


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        ({"type": "weekly", "interval": 2, "daysOfWeek": ["tuesday"], "firstDayOfWeek": "monday"}, ["2026-10-13", "2026-10-27", "2026-11-10"]),
        ({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "second"}, ["2026-10-13", "2026-11-10", "2026-12-08"]),
        ({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["friday"], "index": "last"}, ["2026-10-30", "2026-11-27", "2026-12-25"]),
        ({"type": "absoluteMonthly", "interval": 4, "dayOfMonth": 31}, ["2026-10-31", "2027-02-28", "2027-06-30"]),
        ({"type": "daily", "interval": 3}, ["2026-10-13", "2026-10-16", "2026-10-19"]),
    ],
)  # fmt: skip
def test_a_rhythm_has_the_days_that_it_has_in_outlook(pattern: object, days: list[str]) -> None:
    limits = {"type": "numbered", "startDate": "2026-10-13", "numberOfOccurrences": 3}
    assert [f"{day}" for day in days_of({"pattern": pattern, "range": limits})] == days
