"""`replace`: a word of the domain with some fields changed.

Not of their own making: they are msgspec structs, which are made, compared, changed and written in C. A state
with thirty fields is replaced some seven times in each decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # mypy checks the names and types of what is changed only for this one
    from dataclasses import replace
else:
    from msgspec.structs import replace

__all__ = ["replace"]
