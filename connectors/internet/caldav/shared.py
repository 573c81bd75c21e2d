"""When people are busy who connect no calendar here, and have shared just that with an account of the program.

Not a reader of their events: nothing but busy times is asked for, and nothing is ever written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.connected import password_of
from connectors.internet.caldav.account import Reached, log_in
from connectors.internet.caldav.busy import busy_of_another, periods
from connectors.internet.caldav.dav import Dav
from connectors.internet.caldav.discovery import Principal, principal_of
from connectors.internet.caldav.wire import Barred, Way
from connectors.internet.srv import Srv, dns_srv
from daemon.domain.account import Account
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy, Unknown
from daemon.domain.people import Address
from daemon.errors import AccessLost, ConnectorError
from daemon.ports import Clock, Vault


@dataclass(frozen=True, slots=True)
class Share:
    """`told` is the account that may see when somebody is busy. `url` is the calendar that was shared with it; empty
    where its server tells by the address alone (RFC 6638 5)."""

    told: Address
    url: str = ""


def shares_of(accounts: Iterable[Account], told: Address = "") -> dict[Address, Share]:
    """Who shares busy times, and how; with `told` only those who share them with that account."""
    return {
        each.address: Share(each.shares_busy_with, each.url)
        for each in accounts
        if each.shares_busy_with and told in ("", each.shares_busy_with)
    }


class SharedBusy:
    """The busy times of those in `shares`, asked through the `accounts` that they shared them with. Such an account
    needs no calendar of its own."""

    def __init__(
        self,
        shares: Mapping[Address, Share],
        accounts: Iterable[Reached],
        vault: Vault,
        clock: Clock,
        *,
        way: Way | None = None,
        srv: Srv = dns_srv,
    ) -> None:
        self._shares = dict(shares)
        self._accounts = {each.address: each for each in accounts}
        self._vault, self._clock = vault, clock
        self._way, self._srv = way or Way(), srv
        self._lines: dict[Address, tuple[Dav, Principal]] = {}

    @classmethod
    def by(cls, accounts: Iterable[Account], vault: Vault, clock: Clock) -> SharedBusy | None:
        """As the files say it; None where nobody shares anything."""
        known = {each.address: each for each in accounts}
        shares = shares_of(known.values())
        told = sorted({share.told for share in shares.values()})
        reached = [Reached.of(known[each]) for each in told]
        return cls(shares, reached, vault, clock) if shares else None

    def __contains__(self, who: Address) -> bool:
        """Whether they have shared anything."""
        return who in self._shares

    def of(self, who: Address, window: Slot) -> Busy | Unknown:
        """When somebody is busy. The trouble of the account that is asked makes them Unknown, and is not theirs."""
        share = self._shares[who]
        try:
            dav, asking = self._line(share.told)
            return busy_told(dav, asking, share, who, window, self._clock.now())
        except ConnectorError as error:
            if isinstance(error, AccessLost) and share.told in self._lines:
                self._lines.pop(share.told)[0].wire.close()
            return Unknown(f"{share.told} cannot be asked when {who} is busy: {error}")

    def _line(self, account: Address) -> tuple[Dav, Principal]:
        """The server of that account, logged in anew after it was lost: its password may be another."""
        if account not in self._lines:
            reached, password = self._accounts[account], password_of(self._vault, account)
            self._lines[account] = log_in(reached, password, self._way, self._srv, principal_of)
        return self._lines[account]


def busy_told(
    dav: Dav, asking: Principal, share: Share, who: Address, window: Slot, now: datetime
) -> Busy | Unknown:
    """What the server tells the account that is logged in. It raises only what concerns that account."""
    if not share.url:
        return busy_of_another(dav, asking.outbox, (share.told, who), window, now)
    try:
        url = dav.wire.within(share.url)
    except Barred:
        return Unknown(f"{share.url} is not on the server of {share.told}")
    try:
        return periods(dav.free_busy(url, (window.start, window.end)), window)
    except Barred:
        raise
    except AccessLost as error:
        return Unknown(f"{share.told} is not told what takes time in {share.url}: {error}")
