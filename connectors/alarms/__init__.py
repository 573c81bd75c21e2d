"""Alarms that leave the machine: by URL, by a command, and the book of those told.

Not what raises one: daemon/alarms.py.
"""

from connectors.alarms.bell import OutsideBell

__all__ = ["OutsideBell"]
