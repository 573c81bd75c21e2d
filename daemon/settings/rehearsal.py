"""Whether the files ask for a rehearsal (`letters_to:`), and whether all of them do.

Not the rehearsal: the letters are changed in daemon/mail/rehearsal.py, and daemon/commands/rehearsing.py finds
the folder of its state.
"""

from __future__ import annotations

from collections.abc import Sequence

from daemon.settings.programs import Page

NAME = "letters_to"


def check_rehearsal(pages: Sequence[Page]) -> None:
    """One state is either a rehearsal or the real thing, so no folder holds programs of both kinds."""
    saying = [page for page in pages if _asks(page)]
    for page in pages:
        if saying and page.node is not None and not _asks(page):
            page.findings.error(
                page.top,
                f"{NAME}:  is missing here, and stands in {saying[0].file}: a rehearsal is one of all programs.",
                "Write it here as well, or give the program that is rehearsed a folder of its own.",
            )


def rehearsal_of(pages: Sequence[Page]) -> bool | None:
    """Whether the files ask for a rehearsal, also where something else in them is wrong; None where no file
    could be read so far."""
    read = [page for page in pages if page.node is not None]
    return any(_asks(page) for page in read) if read else None


def _asks(page: Page) -> bool:
    return page.node is not None and bool(page.node.names(NAME))
