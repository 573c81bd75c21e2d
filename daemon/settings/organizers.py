"""Programs whose own calendar organizes the 1:1s: which one that is, for each pairing.

Not the calendar: that is an account like any other (accounts.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from daemon.domain.account import Account
from daemon.domain.people import MEET, TEAMS, Address, Line
from daemon.domain.value import replace
from daemon.settings.pairings import Draft
from daemon.settings.programs import Page

OF_MENTOR, OF_PROGRAM = "mentor", "program"


def organized(
    lined: list[tuple[Draft, Line]], accounts: Mapping[Address, Account]
) -> list[tuple[Draft, Line]]:
    """The lines, each with the calendar on which it lives where that is not the mentor's."""
    return [
        (draft, _organized(draft.page, line))
        for draft, line in lined
        if _fits(draft.page, accounts)
    ]


_MAKES = {MEET: ("google", "Google"), TEAMS: ("microsoft", "Microsoft")}


def check_meets(lined: Iterable[tuple[Draft, Line]], accounts: Mapping[Address, Account]) -> None:
    """Google and Microsoft make links for 1:1s that they keep, and for no others."""
    for draft, line in lined:
        kind = accounts[line.organizer].calendar if line.organizer in accounts else "local"
        if not line.organizer:
            kind = line.mentor.calendar
        wanted, by = _MAKES.get(line.link, (kind, ""))
        if kind != wanted:
            findings, value = draft.findings_of("link"), draft.value("link")
            assert value is not None, "it says which"
            findings.error(
                value.at,
                f"link: {line.link}  is made by {by}, and the calendar of {line.calendar} is not there.",
                f"Write {line.calendar}: {{calendar: {wanted}}} in oneonone.yaml, or a link.",
            )


def _organized(page: Page, line: Line) -> Line:
    address = _address(page)
    return replace(line, organizer=address) if address else line


def _address(page: Page) -> Address:
    said = page.values["organizer"].value if "organizer" in page.values else OF_MENTOR
    if said == OF_MENTOR:
        return ""
    return page.mailbox if said == OF_PROGRAM else str(said)


def _fits(page: Page, accounts: Mapping[Address, Account]) -> bool:
    """False, and one problem a program, where nobody can be invited from there."""
    address = _address(page)
    account = accounts.get(address)
    if address and account is not None and account.calendar == "none":
        page.findings.error(
            page.values["organizer"].at,
            f"organizer: {address}  has calendar: none, so it cannot organize 1:1s.",
            f"Write where its calendar is: {address}: {{calendar: google}}",
        )
        return False
    return True
