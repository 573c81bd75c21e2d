"""The log of a process in which one thread tries something on a copy.

Not what an event says: the tests of what happens read that.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from daemon.commands.log import unheard

log = logging.getLogger("oneonone")


def test_what_others_do_meanwhile_is_an_event(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "oneonone"), ThreadPoolExecutor(1) as others:
        with unheard():
            log.info("event=on-a-copy")
            with unheard():
                log.info("event=on-a-copy-of-it")
            log.info("event=on-the-copy-still")
            others.submit(log.info, "event=alarm").result()
        log.info("event=settled")
    assert caplog.messages == ["event=alarm", "event=settled"]
