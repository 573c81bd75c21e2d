"""The outside world in memory: calendars, mail and people, with faults by seed.

Not durable, and not for real people: it serves the simulator and the tests.
"""

from connectors.memory.calendar import MemoryCalendars
from connectors.memory.faults import Faults, Level
from connectors.memory.hands import MemoryHands
from connectors.memory.mail import MemoryMail
from connectors.memory.world import MemoryWorld

__all__ = ["Faults", "Level", "MemoryCalendars", "MemoryHands", "MemoryMail", "MemoryWorld"]
