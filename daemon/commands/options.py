"""The options that several commands share, with their help.

Not their values' meaning: which folder is taken is settled in daemon/commands/folders.py.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Level(StrEnum):
    """How much the log says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Faults(StrEnum):
    """How hostile a simulated world is."""

    NONE = "none"
    LIGHT = "light"
    HEAVY = "heavy"


ConfigDir = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar="ONEONONE_CONFIG", metavar="DIR", show_default=False,
        help="Folder with programs/*.yaml; else ./config, else the one that came along.",
    ),
]  # fmt: skip
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data", envvar="ONEONONE_DATA", metavar="DIR", show_default=False,
        help="Folder of the state; else data/ inside --config, ./data for the one that came along.",
    ),
]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="Print the facts as one JSON object.")]
LogLevel = Annotated[
    Level,
    typer.Option("--log-level", metavar="|".join(Level), help="How much the log on stderr says."),
]
