"""What the broker makes of the 80 iTIP cases of another project: `python -m tests.itip.measure` prints the table.

Not the cases (they stay in the shared folder that ONEONONE_SHARED names) and not the rules. Two calendars are the same
when they say the same; what may be written in two ways is in `said`.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar
from icalendar.parser import Contentline, Contentlines
from icalendar.prop import vDuration

from daemon.ical.answering import answers, write_down
from daemon.ical.parsing import parse_message
from daemon.ical.reading import address_of
from daemon.ical.scheduling import Contradictory, Message, messages
from daemon.ical.writing import text_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
GROUPS = {
    "BrokerNewEventTest": "New", "BrokerUpdateEventTest": "Update", "BrokerDeleteEventTest": "Delete",
    "BrokerProcessReplyTest": "ProcessReply", "BrokerProcessMessageTest": "ProcessMessage",
    "BrokerSignificantChangesTest": "SignificantChanges", "BrokerAttendeeReplyTest": "AttendeeReply",
    "EvolutionTest": "Evolution",
}  # fmt: skip
_GUEST = "a guest's side: the daemon is only ever the organizer, and answers in nobody's name"
_COPY = "a guest's copy of an event: the daemon keeps the organizer's alone"
_LOW = (
    "expected is a CANCEL with a lower SEQUENCE than the invitation that it takes back, which guests' programs drop "
    "as out of date (RFC 5546 2.1.5); ours is higher"
)
REASONS = {
    **{
        f"BrokerAttendeeReplyTest::{name}": _GUEST
        for name in (
            "testAccepted", "testAcceptedWithTz", "testRecurringReply", "testRecurringAllDay", "testNoChangeForceSend",
            "testCreateReplyByException", "testCreateReplyByExceptionTz", "testCreateReplyByExceptionAllDay",
            "testDeclined", "testAcceptedAllDay", "testReplyNoMasterEvent",
            "testPartyCrasher", "testNewEventWithReply", "testAddExdateWithoutPreviousExdate",
        )
    },
    "BrokerDeleteEventTest::testAttendeeDeleteWithDtend": _GUEST,
    "BrokerDeleteEventTest::testAttendeeReplyWithDuration": _GUEST,
    "BrokerProcessMessageTest::testRequestNew": _COPY,
    "BrokerProcessMessageTest::testRequestUpdate": _COPY,
    "BrokerProcessMessageTest::testCancel": _COPY,
    "BrokerUpdateEventTest::testInviteChangeFromSchedulingToNonSchedulingObject": _LOW,
}  # fmt: skip
"""Why each case that does not pass does not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case."""

    name: str
    passed: bool

    @property
    def group(self) -> str:
        """The file it stands in."""
        return GROUPS[self.name.partition("::")[0]]


def corpus() -> Path:
    """Where the cases are, if they are here."""
    return Path(os.environ.get("ONEONONE_SHARED", "../shared")) / "corpora/itip/broker_cases.json"


def outcomes() -> Iterator[Outcome]:
    """Every case, tried."""
    for case in json.loads(corpus().read_text(encoding="utf-8")):
        passed = _processed(case) if case["op"] == "process" else _told(case)
        yield Outcome(case["id"], passed)


def _told(case: dict[str, Any]) -> bool:
    """`parse` cases: from old and new to messages."""
    try:
        told = messages(
            _calendar(case["old"]), _calendar(case["new"]), address_of(case["user"]), NOW
        )
    except Contradictory:
        return bool(case["throws"])
    if case["throws"] or len(told) != len(case["expected"]):
        return False
    return all(map(_is_expected, told, case["expected"]))


def _is_expected(message: Message, expected: dict[str, Any]) -> bool:
    found = {
        "uid": message.uid, "method": message.method, "component": "VEVENT", "sender": message.sender,
        "senderName": message.sender_name, "recipient": message.recipient, "recipientName": message.recipient_name,
        "significantChange": message.significant,
    }  # fmt: skip
    wanted = {name: value or "" for name, value in expected.items() if name != "message"}
    wanted["significantChange"] = expected.get("significantChange", message.significant)
    for name in ("sender", "recipient"):
        if name in wanted:
            wanted[name] = address_of(wanted[name])
    fits = all(found[name] == value for name, value in wanted.items())
    text = expected.get("message")
    return fits and (not text or said(text) == said(text_of(message.calendar).decode()))


def _processed(case: dict[str, Any]) -> bool:
    """`process` cases: from a message and the event to the event afterwards, None where nothing changes."""
    existing = _calendar(case["existing"])
    written = [
        write_down(existing, answer)
        for answer in answers(parse_message(case["input"].encode()), existing)
        if existing is not None and answer.worth in ("current", "uninvited")
    ]
    expected = case["expected"]
    if not any(written) or existing is None:
        return expected is None
    return expected is not None and said(expected) == said(text_of(existing).decode())


def _calendar(text: str | None) -> Calendar | None:
    return parse_message(text.encode()) if text else None


# --- what a calendar says


def said(text: str) -> list[list[str]]:
    """Its events, each as what it says, whatever the order. The same are: a length and an end (we write ends,
    trap_94), the default answer written or not, 2.0 (success) written or not, one EXDATE or several, a
    needless Z beside a zone (RFC 5545 3.3.5), and in a CANCEL the STATUS, which the other project leaves out. Who wrote it, DTSTAMP and zones are not compared."""
    found: list[list[str]] = []
    event: dict[str, list[str]] | None = None
    method = ""
    for line in Contentlines.from_ical(text.replace("\r\n ", "").replace("\n ", "")):
        if not str(line).strip():
            continue
        name, parameters, value = Contentline(line).parts()
        if (name, value) == ("BEGIN", "VEVENT"):
            event = {}
        elif (name, value) == ("END", "VEVENT") and event is not None:
            found.append(_normal(event, method))
            event = None
        elif event is None:
            method = value if name == "METHOD" else method
        else:
            for each in value.split(",") if name == "EXDATE" else [value]:
                event.setdefault(name, []).append(_property(name, dict(parameters), each))
    return sorted(found)


def _property(name: str, parameters: dict[str, Any], value: str) -> str:
    if name in ("ATTENDEE", "ORGANIZER"):
        value = address_of(value)
    if name == "ATTENDEE":
        parameters.setdefault("PARTSTAT", "NEEDS-ACTION")
        if parameters.get("SCHEDULE-STATUS") == "2.0":
            del parameters["SCHEDULE-STATUS"]
    if "TZID" in parameters:
        value = value.removesuffix("Z")
    if name == "RRULE":
        value = ";".join(sorted(value.split(";")))
    shown = [f"{key}={parameters[key]}" for key in sorted(parameters)]
    return ";".join([*shown, value])


def _normal(event: dict[str, list[str]], method: str) -> list[str]:
    event = {name: sorted(values) for name, values in event.items() if name != "DTSTAMP"}
    length, start = event.pop("DURATION", None), event.get("DTSTART")
    if length and start and "DTEND" not in event:
        begins = datetime.fromisoformat(start[0])
        event["DTEND"] = [f"{begins + vDuration.from_ical(length[0]):%Y%m%dT%H%M%SZ}"]
    event.setdefault("SEQUENCE", ["0"])
    if method == "CANCEL":
        event.pop("STATUS", None)
    return sorted(f"{name}:{value}" for name, values in event.items() for value in values)


def table(found: list[Outcome]) -> str:
    """The figures by group, and every case that does not pass with the reason."""
    passed = Counter(each.group for each in found if each.passed)
    cases = Counter(each.group for each in found)
    lines = [f"{group:20} {passed[group]:3} of {cases[group]:3}" for group in GROUPS.values()]
    lines += [f"{'all':20} {sum(passed.values()):3} of {len(found):3}", ""]
    for each in found:
        if not each.passed:
            lines.append(f"- {each.name}: {REASONS.get(each.name, 'NO REASON')}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(list(outcomes())))
