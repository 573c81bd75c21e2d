"""The two ways out: one HTTP POST, and one command without a shell. Each is tried once, and answers whether it worked.

Not when or how often: see bell.py. Neither is told a name, an address or a word that people wrote.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from daemon.domain.alarm import MEANING, Alarm

POST_SECONDS = 5.0
COMMAND_SECONDS = 30.0
PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "USER")
"""Of the daemon's own environment a command gets these alone: the rest may hold secrets."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


def document(alarm: Alarm) -> dict[str, str | int]:
    """What is told, as one JSON object."""
    return {
        "program": "oneonone",
        "alarm": alarm.name,
        "standing": alarm.standing,
        "count": alarm.count,
        "since": _instant(alarm, "since"),
        "at": _instant(alarm, "at"),
        "text": ("Over: " if alarm.standing == "over" else "") + MEANING[alarm.name],
        "next": "run.py status",
    }


def environment(alarm: Alarm) -> dict[str, str]:
    """The same for a command: ONEONONE_ALARM, ONEONONE_STANDING and so on."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    told = {f"ONEONONE_{name.upper()}": str(value) for name, value in document(alarm).items()}
    return {**kept, **told}


def post(url: str, alarm: Alarm) -> str:
    """POST the document; empty when it was taken, else why not. Nothing is followed elsewhere."""
    ways = [_Stay()]
    if urlsplit(url).hostname in LOOPBACK:
        ways.append(ProxyHandler({}))  # type: ignore[arg-type]
    asked = Request(
        url,
        json.dumps(document(alarm)).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with build_opener(*ways).open(asked, timeout=POST_SECONDS) as answer:
            return "" if 200 <= answer.status < 300 else f"it answered {answer.status}"
    except HTTPError as why:
        return f"it answered {why.code}"
    except (OSError, ValueError, HTTPException) as why:
        return type(why).__name__


def run(words: Sequence[str], alarm: Alarm) -> str:
    """Run the command with the document on its stdin; empty when it exited 0, else why not."""
    try:
        done = subprocess.run(
            list(words), input=json.dumps(document(alarm)).encode(), env=environment(alarm),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=COMMAND_SECONDS,
            check=False, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"it took longer than {COMMAND_SECONDS:.0f} seconds"
    except OSError as why:
        return why.strerror or type(why).__name__
    return "" if done.returncode == 0 else f"it ended with {done.returncode}"


class _Stay(HTTPRedirectHandler):
    """Another address may be in clear text, or anybody's."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message[str, str],
        newurl: str,
    ) -> None:
        """No."""


def _instant(alarm: Alarm, name: str) -> str:
    return f"{getattr(alarm, name):%Y-%m-%dT%H:%M:%SZ}"
