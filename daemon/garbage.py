"""When Python looks for garbage: not while a start builds what stays, and not in that afterwards.

Not memory limits. Whatever refers to nothing that refers back to it is given free without a look all the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """What is read here is kept, so to look for garbage in between finds none: a third of the time of ten thousand
    pairings. May be nested."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def kept() -> None:
    """All that there is now stays: no later look for garbage goes through it, which would be a tenth of a second each
    with ten thousand pairings."""
    gc.freeze()
