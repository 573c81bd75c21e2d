"""A real mail site on loopback: postfix takes mails and dovecot shows them, both as Debian has them; where it is asked
to check senders, OpenDKIM signs what its own people hand over and writes of everything that arrives what it found.

Not run where they are not installed, or where we are not root: `absent()` says which. In CI they are there.
"""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress
from datetime import datetime
from imaplib import IMAP4, Time2Internaldate
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption

from tests.servers.processes import free_port, running
from tests.servers.site_texts import (
    CHECKED,
    CHECKS,
    DKIM,
    DOVECOT_CONF,
    INTROSPECTION,
    MAIN,
    QUEUE,
    SERVICES,
    SIGNED,
    SIGNS,
    TOKENS,
    WITHOUT_IDLE,
)

DOMAIN = "example.test"
PASSWORD = "pw"
AUTHSERV_ID = f"mx.{DOMAIN}"
"""Under which name a site that checks senders says what it found."""
BOUNCES = f"bouncy@{DOMAIN}"
"""An address that is taken and then comes back with a real report."""

_POSTFIX, _DOVECOT, _DAEMONS = "/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/lib/postfix/sbin"
_READING, _DELIVERY = "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp"
_OPENDKIM = "/usr/sbin/opendkim"


def absent() -> str:
    """What is missing to run the site; empty when nothing is."""
    wanted = (_POSTFIX, _DOVECOT, _READING, _DELIVERY, _OPENDKIM)
    missing = [each for each in wanted if not Path(each).exists()]
    if missing:
        return f"not installed: {', '.join(missing)} (Debian: postfix, dovecot-imapd, dovecot-lmtpd, opendkim)"
    return "" if os.geteuid() == 0 else "postfix and dovecot can only be started by root"


class MailSite:
    """`names` are the local parts of its addresses, each with the password `pw`. `checks`: whether it says of each mail
    who signed it. `idle`: whether it tells who waits (RFC 2177). What comes in by `smtp_port` without a login is signed by nobody. `introspection`: where
    it asks whether a token is good (RFC 7662), empty for a site that takes passwords alone. Used as a context."""

    def __init__(
        self,
        names: tuple[str, ...],
        *,
        checks: bool = False,
        idle: bool = True,
        introspection: str = "",
    ) -> None:
        # not in a folder of pytest: each new run makes those 0700 again, and the servers' own users have to get in
        self._home = Path(tempfile.mkdtemp(prefix="site-"))
        self._names = names
        self._numbers = count(1)
        self._checks = checks
        self._idle = idle
        self._introspection = introspection
        self._signer, self._checker = free_port(), free_port()
        self._stop = ExitStack()
        self.smtp_port, self.submission_port, self.imap_port = (free_port() for _ in range(3))

    def __enter__(self) -> MailSite:
        home = self._home
        for name in ("dv", "box", "pf", "pfq", "pfdata"):
            (home / name).mkdir(parents=True)
        home.chmod(0o755)
        shutil.chown(home / "box", "nobody")
        shutil.chown(home / "pfdata", "postfix")
        users = [f"{n}:{{PLAIN}}{PASSWORD}:65534:65534::{home}/box/{n}\n" for n in self._names]
        (home / "users").write_text("".join(users))
        known = [f"{name}@{DOMAIN} ok\n" for name in (*self._names, BOUNCES.partition("@")[0])]
        (home / "addresses").write_text("".join(known))
        values = {
            "home": home, "domain": DOMAIN, "daemons": _DAEMONS, "smtp": self.smtp_port,
            "submission": self.submission_port, "imap": self.imap_port, "signed": "", "checked": "", "bearer": "", "tokens": "", "without_idle": "" if self._idle else WITHOUT_IDLE,
            "signer": self._signer, "checker": self._checker,
        }  # fmt: skip
        if self._checks:
            values |= {"signed": SIGNED.format(**values), "checked": CHECKED.format(**values)}
        if self._introspection:
            values |= {"bearer": " xoauth2 oauthbearer", "tokens": TOKENS.format(**values)}
            text = INTROSPECTION.format(introspection=self._introspection)
            (home / "dovecot-oauth2.conf").write_text(text)
        (home / "dovecot.conf").write_text(DOVECOT_CONF.format(**values))
        (home / "pf" / "main.cf").write_text(MAIN.format(**values))
        (home / "pf" / "master.cf").write_text(SERVICES.format(**values))
        # What changed in the last two seconds may still be written, thinks postfix, and waits (dict_load_file_xt).
        for each in ((home / "pf" / "main.cf"), (home / "addresses")):
            os.utime(each, (0, 0))
        for name in ("postfix-files", "postfix-files.d", "dynamicmaps.cf"):
            there = Path("/etc/postfix") / name
            if there.exists():
                (shutil.copytree if there.is_dir() else shutil.copy)(there, home / "pf" / name)
        with self._stop:  # what was started is ended where the rest does not start
            self._stop.callback(shutil.rmtree, home, ignore_errors=True)
            if self._checks:
                self._start_milters(values)
            self._call(_DOVECOT, "-c", f"{home}/dovecot.conf")
            self._stop.callback(_end, home / "dv" / "master.pid")
            _make_queue(home / "pfq")
            self._call(f"{_DAEMONS}/master", "-w", "-c", f"{home}/pf")
            self._stop.callback(_end, home / "pfq" / "pid" / "master.pid")
            for port in (self.imap_port, self.smtp_port, self.submission_port):
                _wait_for(port, home)
            self._stop = self._stop.pop_all()
        return self

    def __exit__(self, *why: object) -> None:
        self._stop.close()

    def _start_milters(self, values: dict[str, object]) -> None:
        """One that signs and one that checks; the public key is where DNS would have it."""
        home = self._home
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem, der = serialization.Encoding.PEM, serialization.Encoding.DER
        traditional, plain = serialization.PrivateFormat.TraditionalOpenSSL, NoEncryption()
        (home / "dkim.private").write_bytes(key.private_bytes(pem, traditional, plain))
        public = key.public_key().public_bytes(der, serialization.PublicFormat.SubjectPublicKeyInfo)
        record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
        (home / "dkim.public").write_text(f"site._domainkey.{DOMAIN} {record}\n")
        for mode, port, more in (("s", self._signer, SIGNS), ("v", self._checker, CHECKS)):
            text = (DKIM + more).format(mode=mode, port=port, authserv_id=AUTHSERV_ID, **values)
            folder = home / f"dkim-{mode}"
            folder.mkdir()
            (folder / "conf").write_text(text)
            command = [_OPENDKIM, "-f", "-x", f"{folder}/conf"]
            self._stop.enter_context(running(command, folder, port))

    def empty(self) -> None:
        """Make every mailbox as on the first day."""
        for name in self._names:
            shutil.rmtree(self._home / "box" / name, ignore_errors=True)

    def owner(self, address: str) -> str:
        """Whose mailbox an address leads to; empty where it leads nowhere."""
        local, _, domain = address.lower().rpartition("@")
        name = local.partition("+")[0]
        return f"{name}@{DOMAIN}" if domain == DOMAIN and name in self._names else ""

    def deliver(self, to: str, raw: bytes, at: datetime) -> bool:
        """Put a mail into the mailbox to which an address leads, as a delivery agent does."""
        owner = self.owner(to)
        if not owner:
            return False
        self._with(owner, lambda imap: None)  # dovecot makes the folders
        new = self._home / "box" / owner.partition("@")[0] / "Maildir" / "new"
        path = new / f"{int(at.timestamp())}.M{next(self._numbers):06d}.site"
        path.write_bytes(raw.replace(b"\r\n", b"\n"))
        shutil.chown(path, "nobody", "nogroup")
        os.utime(path, (at.timestamp(), at.timestamp()))
        return True

    def put(self, address: str, folder: str, raw: bytes, at: datetime) -> None:
        """A mail into another folder of that mailbox, as a mail program does."""
        self._with(address, lambda imap: imap.append(folder, "", Time2Internaldate(at), raw))  # type: ignore[attr-defined]

    def mails(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder of that address, oldest first, once the queue is empty."""
        self.settled()
        found: list[bytes] = []

        def read(imap: IMAP4) -> None:
            imap.select(folder, readonly=True)
            _, (uids, *_) = imap.uid("SEARCH", "ALL")
            for uid in uids.split():
                found.append(imap.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1])

        self._with(address, read)
        return found

    def settled(self) -> None:
        """Wait until postfix has delivered what it took."""
        queue = self._home / "pfq"
        for _ in range(400):
            if not any(p.is_file() for f in ("maildrop", "incoming", "active") for p in (queue / f).rglob("*")):  # fmt: skip
                return
            time.sleep(0.025)
        raise AssertionError("postfix still has mails in its queue after ten seconds")

    def _with(self, address: str, do: object) -> None:
        with IMAP4("127.0.0.1", self.imap_port, timeout=20) as imap:
            imap.login(address, PASSWORD)
            imap.select("INBOX", readonly=True)
            do(imap)  # type: ignore[operator]

    def _call(self, *command: str) -> None:
        # daemons inherit what is open, so nothing is
        with (self._home / "up.log").open("ab") as log:
            code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, close_fds=True).returncode  # fmt: skip
        assert code == 0, f"{command}: {_said(self._home)}"


def _make_queue(queue: Path) -> None:
    """The folders that `postfix start` would make: it looks at every file that postfix installs, which takes two
    seconds."""
    queue.chmod(0o755)
    for name, mode, group in QUEUE:
        folder = queue / name
        folder.mkdir()
        folder.chmod(mode)
        shutil.chown(folder, "postfix", group)
    (queue / "pid").mkdir()


def _end(pid: Path) -> None:
    """Tell a server to end, by its own id. It is not waited for: dovecot takes seconds to say goodbye to nobody."""
    with suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int(pid.read_text()), signal.SIGTERM)


def _wait_for(port: int, home: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}: {_said(home)}")


def _said(home: Path) -> str:
    """The last that the servers have said."""
    logs = [home / name for name in ("up.log", "postfix.log", "dovecot.log")]
    return "\n".join(each.read_text()[-2000:] for each in logs if each.exists())
