"""The vault: secrets in a folder, one encrypted file each (trap 82).

Not part of the store: no document, ledger line or backup ever holds what is in here.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from cryptography.fernet import Fernet, InvalidToken

from daemon.errors import NotNow, UserError

KEY_VARIABLE = "ONEONONE_KEY"
_KEY_FILE = "key"
_SECRET_BYTES = 32


class FileVault:
    """Secrets under `folder`, encrypted with the key in the environment or in a 0600 file beside them.

    A name without a slash (`reply-tokens`) is a secret of our own and made when first asked for; one with
    a slash (`account/ana@example.org`) belongs to an account and is there only after `put`.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = environ.get(KEY_VARIABLE, "").encode() or self._key_of_file()
        except OSError as error:
            raise NotNow(f"{folder} cannot hold secrets: {error.strerror}") from error
        try:
            self._box = Fernet(key)
        except ValueError:
            where = KEY_VARIABLE if environ.get(KEY_VARIABLE) else str(folder / _KEY_FILE)
            raise UserError(f"{where} is no key: it takes 32 bytes in URL-safe base64") from None

    def secret(self, name: str) -> bytes:
        """The secret of that name; KeyError when it belongs to an account and was never put."""
        path = self._path(name)
        if not path.exists():
            if "/" in name:
                raise KeyError(name)
            return self._make(path, secrets.token_bytes(_SECRET_BYTES))
        return self._read(path)

    def put(self, name: str, value: bytes) -> None:
        """Keep or replace a secret."""
        path = self._path(name)
        self._write(path, self._box.encrypt(value)).replace(path)

    def kept(self, kind: str) -> frozenset[str]:
        """Of which accounts there is a secret of that kind."""
        names = (
            unquote(path.name.removesuffix(".secret")) for path in self._folder.glob("*.secret")
        )
        return frozenset(
            name.removeprefix(f"{kind}/") for name in names if name.startswith(f"{kind}/")
        )

    def _path(self, name: str) -> Path:
        assert name, "a secret has a name"
        return self._folder / f"{quote(name, safe='@')}.secret"

    def _read(self, path: Path) -> bytes:
        try:
            return self._box.decrypt(path.read_bytes())
        except InvalidToken:
            raise UserError(
                f"{path} does not open with this key: give the {KEY_VARIABLE} (or the key file) with "
                f"which it was written, or delete it and `run.py connect` again"
            ) from None

    def _make(self, path: Path, value: bytes) -> bytes:
        """Write a secret that nobody has written yet; of two processes the first one counts."""
        new = self._write(path, self._box.encrypt(value))
        try:
            os.link(new, path)
        except FileExistsError:
            return self._read(path)
        finally:
            new.unlink()
        return value

    def _write(self, path: Path, content: bytes) -> Path:
        """A new 0600 file beside `path`, wholly on disk."""
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        new.unlink(missing_ok=True)
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        return new

    def _key_of_file(self) -> bytes:
        path = self._folder / _KEY_FILE
        if not path.exists():
            new = self._write(path, Fernet.generate_key())
            try:
                os.link(new, path)
            except FileExistsError:
                pass
            finally:
                new.unlink()
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise UserError(f"{path} can be read by others: `chmod 600 {path}`, then try again")
        return path.read_bytes().strip()
