"""Presets: which there are, each after a published guide.

Not what they set, which stands in config/presets and is read by preset_files.py, nor what their guides want: guide_table.py.
"""

from __future__ import annotations

PRESETS = ("koss", "practical", "wealljs", "ctan", "km")
