"""Real mail clients, run without a person: each answers a letter in a Maildir with "2" and sends it.

Not acted clients: the mail is made by mutt, s-nail and emacs themselves, and caught by a sendmail of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECONDS_MAX = 60
CAUGHT = "caught.eml"


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a Maildir in which one letter lies, and a sendmail that keeps what it is given."""

    folder: Path

    def laid(self, letter: bytes) -> None:
        """Put the letter there."""
        plain = letter.replace(b"\r\n", b"\n")
        for part in ("new", "cur", "tmp"):
            (self.folder / "box" / part).mkdir(parents=True)
        (self.folder / "box" / "new" / "1.letter").write_bytes(plain)
        (self.folder / "letter.eml").write_bytes(plain)
        self.script("sendmail", f'#!/bin/sh\ncat > "{self.folder}/{CAUGHT}"\n')

    def script(self, name: str, text: str) -> Path:
        """A file that can be run."""
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def run(self, *command: str, said: str = "") -> bytes:
        """What the client sent, and nothing of the tester's own settings."""
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "xterm"}
        done = subprocess.run(
            command, input=said.encode(), cwd=self.folder, capture_output=True, check=False,
            env={**kept, "MAILRC": "/dev/null", "LC_ALL": "C.UTF-8"}, timeout=SECONDS_MAX,
        )  # fmt: skip
        path = self.folder / CAUGHT
        assert path.exists(), (
            f"{command[0]} sent nothing: {done.stdout[-500:]!r} {done.stderr[-500:]!r}"
        )
        return path.read_bytes()


def mutt(desk: Desk) -> bytes:
    """The answer above the quote. It wants a terminal, which script(1) is."""
    desk.script("editor", '#!/bin/sh\n{ echo 2; echo; cat "$1"; } > "$1.new" && mv "$1.new" "$1"\n')
    settings = (
        f'set folder="{desk.folder}"', f'set sendmail="{desk.folder}/sendmail"', f'set editor="{desk.folder}/editor"',
        'set realname="Ben Das"', 'set from="ben@example.org"', "set use_from=yes", "set include=yes", "set fast_reply=yes",
        "set reply_to=yes", 'set record=""', "set quit=yes", "set move=no", "set abort_unmodified=no", "set wait_key=no",
        'push "<reply><send-message><quit>"',
    )  # fmt: skip
    (desk.folder / "muttrc").write_text("\n".join(settings) + "\n")
    return desk.run("script", "-qec", "mutt -n -F muttrc -f box", "/dev/null")


def s_nail(desk: Desk) -> bytes:
    """The answer below the quote."""
    options = {
        "mta": f"{desk.folder}/sendmail", "from": "ben@example.org", "v15-compat": "yes", "ttycharset": "utf-8",
        "reply-to-honour": "yes", "quote": "noheading", "indentprefix": "> ",
    }  # fmt: skip
    settings = [f"-S{name}={value}" for name, value in options.items()]
    return desk.run("s-nail", "-n", "-#", *settings, "-f", "box", said="reply 1\n\n2\n~.\nquit\n")


def emacs(desk: Desk) -> bytes:
    """message-mode on the letter as it came: what it quotes is the mail with all its parts, undecoded."""
    (desk.folder / "reply.el").write_text(f"""\
(require 'message)
(require 'sendmail)
(setq user-full-name "Ben Das" user-mail-address "ben@example.org"
      sendmail-program "{desk.folder}/sendmail"
      message-send-mail-function 'message-send-mail-with-sendmail
      message-interactive nil message-confirm-send nil mail-specify-envelope-from nil)
(let ((letter (find-file-noselect "{desk.folder}/letter.eml")))
  (set-buffer letter)
  (message-reply nil)
  (setq message-reply-buffer letter)
  (message-goto-body)
  (insert "2\\n\\n")
  (message-yank-original)
  (message-send))
""")
    return desk.run("emacs", "--batch", "-Q", "-l", "reply.el")


CLIENTS: dict[str, tuple[str, Callable[[Desk], bytes]]] = {
    "mutt": ("mutt", mutt),
    "s-nail": ("s-nail", s_nail),
    "emacs": ("emacs-nox", emacs),
}
"""Command → the package of Debian it is in, and how it writes."""


def absent(name: str) -> str:
    """Why a client cannot write here, empty when it can."""
    package, _ = CLIENTS[name]
    needs = (name, "script") if name == "mutt" else (name,)
    missing = [each for each in needs if not shutil.which(each)]
    return f"{missing[0]} is not installed: apt-get install {package}" if missing else ""
