"""A program: the rules an admin writes, already validated, with units in the names.

Not YAML: daemon/settings turns files into these values and reports every mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from daemon.domain.people import Address, Line


@dataclass(frozen=True, slots=True)
class Program:
    """Every rule of one program (defaults: LETTERS section 2 and RULES).

    `*_minute` settings are minutes after local midnight of the person concerned.
    """

    id: str
    name: str
    contact_name: str
    contact: Address
    mailbox: Address
    timezone: str
    help_to: Address = ""
    cadence: Literal["weekly"] = "weekly"
    length_minutes: int = 30
    organizer: Literal["mentor"] = "mentor"
    initiator: Literal["mentee"] = "mentee"
    policy: Literal["ask"] = "ask"
    offers: int = 3
    rounds: int = 3
    notice_hours: int = 24
    slot_closes_hours: int = 6
    slot_grid_minutes: int = 30
    repair_wait_minutes: int = 5
    off_within_hours: int = 12
    quiet_from_minute: int = 21 * 60
    quiet_to_minute: int = 7 * 60
    nudge_after_hours: int = 24
    answer_by_hours: int = 48
    setup_nudge_days: tuple[int, ...] = (2, 5)
    setup_tell_days: int = 7
    prep_mentee_minute: int = 18 * 60
    prep_mentor_minute: int = 9 * 60
    notes_after_minutes: int = 30
    copy_after_minutes: int = 10
    presume_after_days: int = 7
    correct_within_days: int = 14
    reconnect_days: tuple[int, ...] = (0, 1, 3, 7, 14)
    guard_share_percent: int = 20
    guard_pairings: int = 3
    guard_letters: int = 50
    first_run: Literal["hold", "send"] = "hold"
    verify: Literal["token", "results"] = "token"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the files say: programs, and the roster lines of all of them."""

    programs: tuple[Program, ...]
    lines: tuple[Line, ...]

    def program(self, program_id: str) -> Program | None:
        """The program with that id, None when its file is gone."""
        return next((program for program in self.programs if program.id == program_id), None)
