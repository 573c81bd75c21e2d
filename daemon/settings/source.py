"""Files of a configuration folder as text, with a problem for each that cannot be read.

Not YAML: what the text says is read by tree.py.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from daemon.settings.problem import Findings, Mark

SIZE_MAX_BYTES = 1_000_000

_WHOLE_FILE = Mark(0, 0)
_SAVE_AS = "Save it again with the encoding UTF-8."
# YAML 1.2 section 5.1: what may stand in a file at all.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable_path(path: Path) -> str:
    """A path as it may be printed, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of one file, None when it cannot be used; a byte order mark is tolerated."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            findings.error(_WHOLE_FILE, "This is a folder, not a file.", "Rename or remove it.")
            return None
        if not stat.S_ISREG(mode):
            findings.error(_WHOLE_FILE, "This is not an ordinary file.", "Put a text file here.")
            return None
        with path.open("rb") as file:
            raw = file.read(SIZE_MAX_BYTES + 1)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        advice = "Put the file back, or remove its name."
        if isinstance(problem, PermissionError):
            advice = "Give whoever runs this command the right to read it."
        findings.error(_WHOLE_FILE, f"This file cannot be read: {why}.", advice)
        return None
    if len(raw) > SIZE_MAX_BYTES:
        findings.error(
            _WHOLE_FILE,
            "This file is larger than 1 MB.",
            "A pairing takes a few lines, so this is hardly the file that was meant.",
        )
        return None
    return _decoded(raw, findings)


def _decoded(raw: bytes, findings: Findings) -> str | None:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide and not findings.cells:
        findings.error(
            _WHOLE_FILE,
            'This file is in UTF-16, which some editors call "Unicode", and not in UTF-8.',
            _SAVE_AS,
        )
        return None
    try:
        # Excel's "Unicode text" is UTF-16, and nothing else says so as surely as its first two bytes.
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode("utf-8", "replace").removeprefix("\ufeff")
        findings.error(
            _WHOLE_FILE if wide else _mark_after(before, findings),
            "This file is not in UTF-8, so this letter cannot be read.",
            "Save it again as CSV UTF-8 (in Excel: Save As)." if findings.cells else _SAVE_AS,
        )
        return None
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        at = _mark_after(text[: unprintable.start()], findings)
        findings.error(at, *_about(unprintable[0]))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _about(unprintable: str) -> tuple[str, str]:
    if unprintable == "\0":
        return (
            "From here on there are zeros instead of text, as after a power cut.",
            "Write it anew from here on, or put the file back from a backup.",
        )
    return (
        f"There is an invisible character here (U+{ord(unprintable):04X}).",
        "Delete it, or save the file as plain text in UTF-8.",
    )


def _mark_after(before: str, findings: Findings) -> Mark:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    column = len(re.split("[,;\t]", lines[-1])) if findings.cells else len(lines[-1]) + 1
    return Mark(len(lines), column)
