"""The settings of a program about what each of the two is asked alone.

Not the letters that ask it: those are templates, and not whether both go on, which stands with the rhythm.
"""

from __future__ import annotations

from daemon.settings.file_kinds import TextName
from daemon.settings.setting import Setting

ALONE: tuple[Setting, ...] = (
    Setting(
        "agreement",
        TextName(),
        "a text beside this file that both agree to before anything is on a calendar; when it changes, pairs that run "
        "are asked once, and nothing stops meanwhile",
        "koss-agreement.md",
        ("agreement_file",),
    ),
)
