"""Languages by their codes: which of those that are there is nearest to the one that somebody reads.

Not which languages there are: folders of templates (daemon/mail/source.py), and files beside a program.
"""

from __future__ import annotations

from collections.abc import Iterable


def nearest_first(wanted: str, there: Iterable[str]) -> list[str]:
    """Those in which a reader of that language can read, the nearest first: `pt` reads `pt-BR`, and `pt-PT` reads `pt` and
    `pt-BR`."""
    wanted = wanted.replace("_", "-").casefold()
    base = wanted.partition("-")[0]
    near = [name for name in there if name.casefold().partition("-")[0] == base]
    return sorted(near, key=lambda name: (name.casefold() != wanted, name.casefold() != base, name))
