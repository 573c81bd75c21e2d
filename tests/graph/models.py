"""Microsoft's own models of what Graph takes and answers, written down: `python -m tests.graph.models > tests/servers/graph/models.json`.

Not a test: it needs msgraph-sdk, which has 390 MB, so what it says of our part of Graph is kept beside the simulator.
"""

from __future__ import annotations

import json
from enum import Enum
from importlib import import_module
from importlib.metadata import version
from typing import Any

ROOTS = {
    "event": "models.event.Event",
    "message": "models.message.Message",
    "subscription": "models.subscription.Subscription",
    "scheduleInformation": "models.schedule_information.ScheduleInformation",
    "getSchedule": "users.item.calendar.get_schedule.get_schedule_post_request_body.GetSchedulePostRequestBody",
    "cancel": "users.item.events.item.cancel.cancel_post_request_body.CancelPostRequestBody",
}
ELSEWHERE = ("Attachment", "Extension", "Calendar")
"""What Graph has there, and nobody here asks for."""
USER = ("id", "mail", "userPrincipalName", "proxyAddresses", "displayName")
_PLAIN = {
    "get_str_value": "string", "get_bool_value": "bool", "get_int_value": "int", "get_float_value": "number",
    "get_datetime_value": "datetime", "get_date_value": "date", "get_time_value": "time", "get_uuid_value": "string",
    "get_bytes_value": "string",
}  # fmt: skip


class _Asked:
    """Stands in for what the models read from, and hears what they ask for."""

    def __getattr__(self, method: str) -> Any:
        def asked(*of: Any) -> None:
            self.method, self.of = method, of

        return asked


def written() -> dict[str, Any]:
    """Every model by its name: what it has, by name and kind. `#name` is another model, `[…]` many, `a|b` one of these."""
    found: dict[str, Any] = {}
    for name, path in ROOTS.items():
        module, _, kind = f"msgraph.generated.{path}".rpartition(".")
        _add(found, name, getattr(import_module(module), kind))
    user = import_module("msgraph.generated.models.user").User().get_field_deserializers()
    found["user"] = {name: _kind(found, user[name]) for name in USER}
    return {"msgraph-sdk": version("msgraph-sdk"), "models": dict(sorted(found.items()))}


def _add(found: dict[str, Any], name: str, model: Any) -> None:
    if name not in found:
        found[name] = {}
        fields = model().get_field_deserializers()
        found[name] |= {each: _kind(found, read) for each, read in sorted(fields.items())}


def _kind(found: dict[str, Any], read: Any) -> str:
    asked = _Asked()
    read(asked)
    many = asked.method.startswith("get_collection")
    of = asked.of[0] if asked.of else None
    if isinstance(of, type) and issubclass(of, Enum):
        kind = "|".join(str(each.value) for each in of)
    elif asked.method in _PLAIN:
        kind = _PLAIN[asked.method]
    elif of in (str, int, bool):
        kind = {str: "string", int: "int", bool: "bool"}[of]
    elif of.__name__ in ELSEWHERE:
        kind = "any"
    else:
        name = of.__name__[0].lower() + of.__name__[1:]
        _add(found, name, of)
        kind = f"#{name}"
    return f"[{kind}]" if many else kind


if __name__ == "__main__":
    print(json.dumps(written(), indent=1))
