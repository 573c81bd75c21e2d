"""The whole daemon on a real site: postfix, dovecot and Radicale, `run.py start` as a process, the machine's own clock.

Not the connectors alone (tests/conformance). Mentor and mentee use programs that are none of ours: smtplib, imaplib,
the `caldav` package.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from connectors.clock import SystemClock
from daemon.simulate.letterbox import Letter, letter, reply_mail
from tests.cli.calendar_program import CalendarProgram
from tests.cli.daemon import Daemon, started
from tests.cli.place import Place, environment, quiet_far_from
from tests.installed import need
from tests.servers import radicale
from tests.servers.site import AUTHSERV_ID, DOMAIN, PASSWORD, MailSite, absent

pytestmark = [pytest.mark.server("postfix and dovecot"), pytest.mark.server("Radicale")]
MAILBOX, ANA, BEN, MAYA = (f"{name}@{DOMAIN}" for name in ("koss", "ana", "ben", "maya"))
PROGRAM = """\
preset: koss
name: KOSS 1:1s
contact: Maya <{maya}>
mailbox: {mailbox}
timezone: Africa/Abidjan
quiet_hours: {quiet}
first_run: send
repair_within_minutes: {within}
repair_wait_minutes: {wait}
copy_after_minutes: 0
{proof}
pairings:
  - mentor: Ana Rao <{ana}>
    mentee: Ben Das <{ben}>
    at: {day:%a} 10:00
"""
ACCOUNTS = """\
accounts:
  {mailbox}: {{mail: internet, imap: "127.0.0.1:{imap}", smtp: "127.0.0.1:{smtp}"}}
  {ana}: {{calendar: internet, url: "{url}", own_network: true}}
  {ben}: {{calendar: internet, url: "{url}", own_network: true}}
"""
Record = Callable[[str, object], None]


class Town:
    """The files, the servers, and Ana and Ben at their machines."""

    def __init__(self, place: Place, site: MailSite, url: str) -> None:
        self.place, self.site = place, site
        self.ana = CalendarProgram(url, ANA, PASSWORD)
        self.ben = CalendarProgram(url, BEN, PASSWORD)
        self.url = url
        for who in (ANA, BEN):
            made = httpx.request("MKCALENDAR", f"{url}{who}/main/", auth=(who, PASSWORD))
            assert made.status_code == 201

    def founded(self, wait: int, within: int, proof: str) -> None:
        """The files as the contact writes them; the 1:1s are on the first working day in three days or later."""
        now = SystemClock().now()
        days = (now + timedelta(days=ahead) for ahead in range(3, 8))
        day = next(each for each in days if each.weekday() < 5)
        names = {"maya": MAYA, "mailbox": MAILBOX, "ana": ANA, "ben": BEN}
        self.place.program.parent.mkdir(parents=True)
        self.place.program.write_text(
            PROGRAM.format(
                quiet=quiet_far_from(now), wait=wait, within=within, proof=proof, day=day, **names
            )
        )
        (self.place.config / "oneonone.yaml").write_text(
            ACCOUNTS.format(
                imap=self.site.imap_port, smtp=self.site.submission_port, url=self.url, **names
            )
        )

    def connects(self, address: str) -> str:
        """`run.py connect`, with the password piped in; what it prints."""
        said = subprocess.run(
            self.place.command("connect", address), capture_output=True, text=True, check=False,
            env=environment(), input=f"{PASSWORD}\n", timeout=120,
        )  # fmt: skip
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def letters(self, who: str, touchpoint: str = "") -> list[Letter]:
        """What lies in somebody's inbox from us, oldest first, invitations left out."""
        got = [letter(raw, who, SystemClock().now()) for raw in self.site.mails(who)]
        return [
            each for each in got if each.touchpoint and touchpoint in ("", each.touchpoint)
        ]  # fmt: skip

    def kinds(self, who: str) -> list[str]:
        """The same by kind."""
        return [each.touchpoint for each in self.letters(who)]

    def invitations(self, who: str) -> list[str]:
        """The methods of those that came by mail."""
        found = (
            re.search(rb"text/calendar;[^\n]*method=(\w+)", raw) for raw in self.site.mails(who)
        )
        return [each[1].decode() for each in found if each]

    def says(self, who: str, touchpoint: str, text: str, *, signed: bool = True) -> None:
        """Somebody answers their last letter of that kind: by their provider, which signs it, or from elsewhere."""
        asked = self.letters(who, touchpoint)[-1]
        name = hashlib.sha256(f"{who} {touchpoint} {text}".encode()).hexdigest()[:12]
        raw, _ = reply_mail(
            asked, f"X <{who}>", asked.reply_to, text, name, SystemClock().now(),
            automatic=False, cites=True,
        )  # fmt: skip
        self.hands_over(who, asked.reply_to, raw, signed=signed)

    def hands_over(self, who: str, to: str, raw: bytes, *, signed: bool = True) -> None:
        """One mail by SMTP."""
        port = self.site.submission_port if signed else self.site.smtp_port
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as smtp:
            if signed:
                smtp.login(who, PASSWORD)
            smtp.sendmail(who, [to], raw)

    def ben_takes_over(self) -> None:
        """Ben's program takes what came by mail into his calendar, and says yes."""
        for to, answer in self.ben.takes_over(self.site.mails(BEN)):
            self.hands_over(BEN, to, answer)


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Called with whether the site checks senders. In CI it is there, or that is the failure."""
    need(absent())
    folder = tmp_path / "radicale"
    folder.mkdir()
    sites: list[MailSite] = []

    def at(*, checks: bool) -> Town:
        sites.append(MailSite(("koss", "ana", "ben", "maya"), checks=checks).__enter__())
        return Town(Place(tmp_path / "mine"), sites[0], url)

    with radicale.radicale(folder, {ANA: PASSWORD, BEN: PASSWORD}) as url:
        yield at
        for site in sites:
            site.__exit__()


def started_in(town: Town) -> list[str]:
    """The words of the daemon's own command."""
    return town.place.command("start", "--every", "0.2", "--log-level", "debug")


def begin(town: Town, daemon: Daemon) -> str:
    """Both say yes, the series stands in both calendars; its uid."""
    daemon.until("settled key=welcome-mentor-connected")
    town.says(ANA, "welcome-mentor-connected", "Yes")
    daemon.until("settled key=welcome-mentee/")
    town.says(BEN, "welcome-mentee", "Yes")
    # to Ben the invitation says it
    daemon.until("settled key=started/.*/ana-rao/1 ")
    town.ben_takes_over()
    (uid,) = town.ana.starts()
    assert town.ben.starts() == town.ana.starts()
    return uid


def cancelled(town: Town, daemon: Daemon, uid: str) -> tuple[datetime, float]:
    """Ana deletes the first 1:1 with her program: when it would have been, and the seconds from `seen` to the list of
    times in Ben's inbox."""
    (first, *_) = town.ana.starts()[uid]
    here = daemon.lines()
    town.ana.takes_off(uid, first)
    seen, here = daemon.until("event=seen source=calendar/", here)
    daemon.until("settled key=proposal/", here)
    assert len(town.letters(BEN, "proposal")) == 1
    return first, time.monotonic() - seen


def stands_once(town: Town, uid: str, old: datetime) -> datetime:
    """Where the 1:1 is now, in both calendars and once."""
    town.ben_takes_over()
    theirs = town.ana.starts()
    assert town.ben.starts() == theirs
    assert old not in theirs[uid]
    ((new,),) = [starts for other, starts in theirs.items() if other != uid]
    return new


def copied(town: Town, daemon: Daemon) -> None:
    """What Ana writes to the letter whose foot says that both read it is kept, and reaches Ben."""
    (told,) = town.letters(ANA, "started")
    assert "Who reads your reply: you and Ben." in told.text
    here = daemon.lines()
    town.says(ANA, "started", "We agreed to practise interviews.")
    for kind in ("first-note", "copy"):
        daemon.until(f"settled key={kind}/", here)
    (copy,) = town.letters(BEN, "copy")
    assert "We agreed to practise interviews." in copy.text


def listed(proposal: Letter, number: int) -> str:
    """The day and hour behind a number of that list."""
    line = re.search(rf"^\W*{number}\W+(.*)$", proposal.text, re.MULTILINE)
    assert line, proposal.text
    return line[1]


def test_show_2_a_deleted_1_1_is_repaired_by_one_digit_where_a_token_proves(
    found: Callable[..., Town], record_property: Record
) -> None:
    town = found(checks=False)
    town.founded(wait=0, within=1, proof="verify: token")
    for address in (MAILBOX, ANA, BEN):
        assert f"{address} is connected." in town.connects(address)
    with started(started_in(town)) as daemon:
        uid = begin(town, daemon)
        old, seconds = cancelled(town, daemon, uid)
        record_property("measured", f"verify: token: from seen to proposal in the inbox {seconds:.1f} s, of which repair wait 0 s")  # fmt: skip
        (proposal,) = town.letters(BEN, "proposal")
        here, asked = daemon.lines(), time.monotonic()
        town.says(BEN, "proposal", "2")
        for who in ("ana-rao", "ben-das"):
            daemon.until(f"settled key=moved/.*/{who}/1 ", here)
        record_property("measured", f"verify: token: from a digit by SMTP to both told {time.monotonic() - asked:.1f} s")  # fmt: skip
        new = stands_once(town, uid, old)
        assert f"{new:%a} {new.day} {new:%b}" in listed(proposal, 2)
        assert f"{new:%H:%M}" in listed(proposal, 2)
        copied(town, daemon)
        assert daemon.stop() == 0
    assert town.kinds(ANA) == ["welcome-mentor-connected", "ack", "started", "moved", "first-note"]
    assert town.kinds(BEN) == ["welcome-mentee", "proposal", "moved", "copy"]
    assert town.invitations(BEN) == ["REQUEST", "CANCEL", "REQUEST"]
    assert town.invitations(ANA) == [], "all of it is in her calendar"
    why = town.place.run("why", "ana-rao-ben-das").stdout
    assert "an answer to a time that it no longer has" not in why, "a program says yes at once"
    assert town.place.facts("status")["on_hold"] == []


def test_show_2_where_the_server_checks_senders_what_nobody_signed_waits_for_a_one_time_word(
    found: Callable[..., Town], record_property: Record
) -> None:
    town = found(checks=True)
    town.founded(wait=1, within=0, proof=f"verify: results\nauthserv_id: {AUTHSERV_ID}")
    told = town.connects(MAILBOX)
    assert f"the server checks senders, as {AUTHSERV_ID}" in told
    assert "our own mail: dkim pass" in told
    for address in (ANA, BEN):
        town.connects(address)
    with started(started_in(town)) as daemon:
        uid = begin(town, daemon)
        old, seconds = cancelled(town, daemon, uid)
        record_property("measured", f"verify: results: from seen to proposal in the inbox {seconds:.1f} s, of which repair wait 60 s")  # fmt: skip
        before = town.ana.starts()
        here = daemon.lines()
        town.says(BEN, "proposal", "2", signed=False)
        daemon.until("settled key=not-sure-it-is-you/", here)
        assert town.ana.starts() == before, "nothing is booked by whoever that was"
        here = daemon.lines()
        town.says(BEN, "not-sure-it-is-you", "Yes", signed=False)
        for who in ("ana-rao", "ben-das"):
            daemon.until(f"settled key=moved/.*/{who}/1 ", here)
        stands_once(town, uid, old)
        copied(town, daemon)
        assert daemon.stop() == 0
    assert town.kinds(ANA) == ["welcome-mentor-connected", "ack", "started", "moved", "first-note"]
    assert town.kinds(BEN).count("moved") == 1
    assert town.place.facts("status")["on_hold"] == []
