"""What a performance was for each reader: how much there was to read, how much to type, and the quiet weeks.

Not an opinion: everything is counted from the letters in the mailboxes and the answers that were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.demo.page.letters import Mail
from daemon.demo.record import Record
from daemon.domain.people import Address

WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person had to read, and typed. `kinds` counts the letters by touchpoint, most frequent first."""

    name: str
    role: str
    letters: int
    words: int
    typed: int
    answers: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def minutes(self) -> int:
        """At the pace of a calm reader, and never less than one."""
        return max(1, round(self.words / WORDS_A_MINUTE))


def readings(record: Record, mails: Sequence[Mail]) -> list[Reading]:
    """Everybody: the contact, mentors, mentees, then advisors."""
    return [
        _reading(record, mails, address, name, role)
        for address, (name, role) in cast(record).items()
    ]


def cast(record: Record) -> dict[Address, tuple[str, str]]:
    """Whoever may get a letter: address → (first name, role). An advisor is in no file, and got one."""
    lines = record.config.lines
    mentors = {line.mentor.address: (line.mentor.first, "mentor") for line in lines}
    mentees = {line.mentee.address: (line.mentee.first, "mentee") for line in lines}
    contacts = {p.contact: (p.contact_name, "contact") for p in record.config.programs}
    advisors = {address: (name, "advisor") for address, name in record.advisors.items()}
    return {**contacts, **mentors, **mentees, **mentors, **advisors}


def _reading(
    record: Record, mails: Sequence[Mail], address: Address, name: str, role: str
) -> Reading:
    mine = [mail for mail in mails if mail.address == address]
    wrote = [each.text for each in record.written if each.writer == address]
    counts: dict[str, int] = {}
    for mail in mine:
        counts[mail.touchpoint] = counts.get(mail.touchpoint, 0) + 1
    kinds = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Reading(
        name, role, len(mine), sum(mail.words for mail in mine),
        sum(len(text.split()) for text in wrote), len(wrote), tuple(kinds),
    )  # fmt: skip


def quiet_weeks(mails: Iterable[Mail], address: Address, start: datetime, weeks: int) -> tuple[int, int] | None:  # fmt: skip
    """The longest run of weeks in which that person was asked nothing, as (first, last) from 1, if there is one."""
    asked = [mail for mail in mails if mail.address == address and not mail.regular]
    busy = {(mail.at - start).days // 7 + 1 for mail in asked}
    best: tuple[int, int] | None = None
    first = 1
    for week in range(1, weeks + 2):
        if week in busy or week > weeks:
            if week > first and (best is None or week - first > best[1] - best[0] + 1):
                best = (first, week - 1)
            first = week + 1
    return best
