"""Radicale, a CalDAV server without scheduling (GPL-3: a process of its own, never imported).

Not configured like anybody's: users are whom a proxy names, or those of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import free_port, module, running


@contextmanager
def radicale(
    folder: Path,
    users: Mapping[str, str] | None = None,
    certificate: tuple[Path, Path] | None = None,
    may_see_busy: str = "",
) -> Iterator[str]:
    """Its address. Without `users` it believes the header X-Remote-User, as behind a proxy that knows who it is.
    Everybody owns what is theirs; `may_see_busy` is a user whom everybody shows when they are busy, and no more."""
    port = free_port()
    auth = "type = http_x_remote_user"
    if users is not None:
        names = folder / "users"
        names.write_text("".join(f"{user}:{password}\n" for user, password in users.items()))
        auth = (
            f"type = htpasswd\nhtpasswd_filename = {names}\nhtpasswd_encryption = plain\ndelay = 0"
        )
    tls = ""
    if certificate is not None:
        tls = f"ssl = True\ncertificate = {certificate[0]}\nkey = {certificate[1]}"
    rights = folder / "rights"
    rights.write_text(
        "[own]\nuser: .+\ncollection: {user}(/.*)?\npermissions: RWrw\n"
        "[root]\nuser: .+\ncollection:\npermissions: R\n"
        f"[busy times]\nuser: {re.escape(may_see_busy) or 'nobody'}\ncollection: .+\npermissions: f\n"
    )
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n{tls}\n[auth]\n{auth}\n"
        f"[storage]\nfilesystem_folder = {folder / 'data'}\n"
        f"[rights]\ntype = from_file\nfile = {rights}\n"
        f"[logging]\nlevel = info\n"
    )
    with running([*module("radicale"), "--config", str(config)], folder, port):
        yield f"http{'s' if certificate else ''}://127.0.0.1:{port}/"
