"""An answer written with a real client is understood: the number, whom it answers, and the reply address.

Not how many clients people have: tests/corpus has what those write that no machine can run.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from daemon.mail.reading.incoming import read
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.replytext import written
from daemon.mail.threads import token_of
from tests.clients.writing import CLIENTS, Desk, absent
from tests.installed import need
from tests.stories.beginnings import on_friday
from tests.stories.people import Read


@cache
def letter() -> Read:
    """The list of times that Ben gets when Ana has deleted Tuesday."""
    stage = on_friday()
    stage.ana.deletes("Tue 13 Oct")
    stage.passes(6)
    return stage.ben.last("proposal")


@pytest.mark.parametrize("name", sorted(CLIENTS))
def test_trap_97_what_a_real_client_writes_is_understood(name: str, tmp_path: Path) -> None:
    need(absent(name))
    desk = Desk(tmp_path)
    desk.laid(letter().raw)
    _, write = CLIENTS[name]
    incoming = read(write(desk))
    assert incoming.kind == "human"
    assert incoming.from_address == "ben@example.org"
    assert incoming.in_reply_to == letter().header("Message-ID")
    assert incoming.references[-1] == letter().header("Message-ID")
    assert token_of(incoming.to_addresses) == letter().header("Reply-To").partition("+")[2][:26]
    words = written(incoming.text, mailbox="koss@example.org")
    assert words.text == "2"
    (said,) = understand(words.text, "Ana", "mentee", today=date(2026, 10, 9)).said
    assert (said.word, said.numbers) == ("choose", (2,))
