"""Rights to read what is open, also where root runs the tests, who otherwise reads every file.

Not nobody's rights: nobody reads a checkout that lies under a closed folder.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_VERSION = 0x20080522
_READS_ALL = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7))."""


class _Head(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def powerless() -> Iterator[None]:
    """Root reads no more than whoever owns this checkout; anybody else is powerless anyway."""
    owner = ROOT.stat().st_uid
    if os.geteuid() != 0:
        yield
    elif owner != 0:
        os.seteuid(owner)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        before = _rights()
        _set(before, before[0].effective & ~_READS_ALL)
        try:
            yield
        finally:
            _set(before, before[0].effective)


def _rights() -> ctypes.Array[_Rights]:
    found = (_Rights * 2)()
    _ask("capget", found)
    return found


def _set(known: ctypes.Array[_Rights], effective: int) -> None:
    wanted = (_Rights * 2)(*known)
    wanted[0].effective = effective
    _ask("capset", wanted)


def _ask(name: str, rights: ctypes.Array[_Rights]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    head = _Head(_VERSION, 0)
    if libc[name](ctypes.byref(head), rights) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
