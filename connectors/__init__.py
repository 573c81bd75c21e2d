"""Connectors by name: an internal name or a dotted path becomes a class, imported on first use.

Not the wiring: which connector serves whom is settled in run.py, from what the configuration says.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from daemon.errors import UserError

NAMES = {
    "clock": "connectors.clock.SystemClock",
    "store": "connectors.stores.embedded.EmbeddedStore",
    "calendar/google": "connectors.google.GoogleCalendars",
    "calendar/internet": "connectors.internet.InternetCalendars",
    "calendar/local": "connectors.local.LocalCalendars",
    "calendar/memory": "connectors.memory.MemoryCalendars",
    "mail/local": "connectors.local.LocalMail",
    "mail/memory": "connectors.memory.MemoryMail",
    "vault": "connectors.stores.vault.FileVault",
}


def connector(name: str) -> Any:
    """The class behind an internal name (`store`) or a dotted path (`their_package.module.Class`)."""
    module, dot, attribute = NAMES.get(name, name).rpartition(".")
    if not dot:
        raise UserError(f"no connector is called {name!r}: there are {', '.join(sorted(NAMES))}")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UserError(f"the connector {name!r} cannot be loaded: {error}") from error
