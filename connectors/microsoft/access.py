"""Access to one mailbox at Microsoft 365: a token by msal, and requests that carry it.

Not what is asked for. Nothing is tried again here but what a token that was renewed may do: whoever acts looks first whether it was
done.
"""

from __future__ import annotations

import hashlib
import logging
import os
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import BoundedSemaphore, RLock
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx
import msal

from connectors.microsoft.refusals import OUT_OF_REACH, NotGiven, meant, of_tokens
from daemon.domain.people import Address
from daemon.errors import AccessLost, Permanent, Temporary, VersionConflict
from daemon.ports import Clock

# It writes answers of the token endpoint to its log where they are none, and the claims of who signs in.
logging.getLogger("msal").addHandler(logging.NullHandler())
logging.getLogger("msal").propagate = False
Json = dict[str, Any]
AUTHORITY = "https://login.microsoftonline.com"
API = "https://graph.microsoft.com"
PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'
"""With every request: an id that stays whatever folder a mail is moved to, and times in one zone."""
AT_ONCE = 2
"""Requests of one mailbox; four are taken, and `doctor` may ask as well (learn.microsoft.com/graph/throttling-limits#outlook)."""
BATCH_MOST = 20
EARLY = timedelta(minutes=5)
"""So long before it ends a token is renewed."""
WAIT, WAIT_MOST = timedelta(minutes=1), timedelta(hours=1)
"""After a refusal that does not say how long: a chance of so long, twice as long each time."""


@dataclass(frozen=True, slots=True)
class App:
    """The app as it is registered at Microsoft. `login` and `api`: where that is, for tests; `silent_seconds`:
    how long an answer may take."""

    id: str
    tenant: str = "organizations"
    secret: str = ""
    login: str = AUTHORITY
    api: str = API
    silent_seconds: float = 30.0

    @property
    def authority(self) -> str:
        """Who gives tokens."""
        return f"{self.login}/{self.tenant}"


@dataclass(frozen=True, slots=True)
class Granted:
    """What the owner of a mailbox has allowed: `cache` is what msal keeps of it, `scopes` what it is good for. Without it the app
    acts by itself, as the admin of the tenant has allowed."""

    app: App
    cache: str = ""
    scopes: tuple[str, ...] = ()


class Access:
    """One mailbox. What was granted is looked up each time, so that connecting again counts at once; what msal keeps is saved
    where it has changed."""

    def __init__(
        self,
        address: Address,
        granted: Callable[[], Granted],
        clock: Clock,
        save: Callable[[str], None] = lambda cache: None,
    ) -> None:
        self.address, self.clock = address, clock
        self._granted, self._save = granted, save
        self._lock, self._places = RLock(), BoundedSemaphore(AT_ONCE)
        self._known: Granted | None = None
        self._cache = msal.SerializableTokenCache()
        self._app: Any = None
        self._client: httpx.Client | None = None
        self._refused = 0
        self._good, self._until = "", clock.now()
        """The token of the hour, and until when."""

    # --- requests

    def ask(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Json | None = None, mime: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:  # fmt: skip
        """What is answered, as an object. `path` is within the mailbox; `mime`: a mail instead of an object. Raises any error of
        daemon/errors.py, and no other."""
        given: dict[str, Any] = {"json": body} if body is not None else {}
        if mime is not None:
            given = {"content": mime}
        typed = {"Content-Type": "text/plain"} if mime is not None else {}
        answer = self._answer(
            method, self._within() + path, {**typed, **(headers or {})}, params=query, **given
        )
        return _object(answer)

    def look(self, path: str, query: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Json:  # fmt: skip
        """What is there, of something that has to be: a mailbox, its calendar, a folder. Raises as `ask`, but no VersionConflict."""
        try:
            return self.ask("GET", path, query=query, headers=headers)
        except VersionConflict as why:
            raise Temporary(f"{why}: it should be there") from why

    def several(self, paths: Sequence[str], method: str = "GET") -> list[Json | None]:
        """What each of these answers, in their order: None for what is not there, and `{"error": code}` for what Microsoft will not
        do, which is no matter of the others. Raises as `ask`, and Temporary where an answer lacks one."""
        found: dict[int, Json | None] = {}
        within = urlsplit(self._within()).path.removeprefix("/v1.0")
        for start in range(0, len(paths), BATCH_MOST):
            wanted = dict(enumerate(paths[start : start + BATCH_MOST], start))
            requests = [
                {"id": str(number), "method": method, "url": within + path, "headers": {"Prefer": PREFER}}
                for number, path in wanted.items()
            ]  # fmt: skip
            told = _object(self._answer("POST", f"{self._known_app.api}/v1.0/$batch", {}, json={"requests": requests}))  # fmt: skip
            found |= self._each(told)
        if any(number not in found for number in range(len(paths))):
            raise CutShort("Microsoft answers less than was asked")
        return [found[number] for number in range(len(paths))]

    def _each(self, told: Json) -> dict[int, Json | None]:
        found: dict[int, Json | None] = {}
        for each in told.get("responses", ()):
            try:
                number, status, body = int(each["id"]), int(each["status"]), each.get("body") or {}
            except (KeyError, TypeError, ValueError, AttributeError) as why:
                raise CutShort("what Microsoft answers cannot be read") from why
            found[number] = body if status < 400 else None
            if status >= 400 and status != 404:
                headers = {str(k).lower(): str(v) for k, v in (each.get("headers") or {}).items()}
                error = self._paced(status, _code(body), headers)
                if not isinstance(error, Permanent):
                    raise error
                found[number] = {"error": _code(body)}
        return found

    def raw(self, path: str, most: int) -> bytes | None:
        """A mail as it came; None where it is larger. Raises as `ask`."""
        url = self._within() + path
        with self._asking():
            token = self._token()
            with self._stream(url, token) as answer:
                if answer.status_code != 401:
                    return self._read(answer, most)
            with self._stream(url, self._token(not_this=token)) as answer:
                return self._read(answer, most)

    def _read(self, answer: httpx.Response, most: int) -> bytes | None:
        if answer.status_code >= 400:
            answer.read()
            raise self._refusal(answer)
        found = bytearray()
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > most:
                return None
        return bytes(found)

    def subscribe(self, method: str, path: str, body: Json) -> Json:
        """About subscriptions, which lie in no mailbox. Raises as `ask`."""
        self._within()
        return _object(self._answer(method, f"{self._known_app.api}/v1.0/subscriptions{path}", {}, json=body))  # fmt: skip

    @property
    def root(self) -> str:
        """How the mailbox is named in the address of a resource."""
        return unquote(urlsplit(self._within()).path.removeprefix("/v1.0"))

    def close(self) -> None:
        """Let the connections go."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = self._app = self._known = None
            self._good = ""

    # --- how

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """In one of the places that there are."""
        seconds = self._known_app.silent_seconds
        if not self._places.acquire(timeout=seconds):
            raise Temporary("Microsoft is being asked, and does not answer")
        try:
            yield
        except OUT_OF_REACH as why:
            raise Temporary(f"Microsoft does not answer: {type(why).__name__}") from why
        finally:
            self._places.release()

    def _answer(self, method: str, url: str, headers: Mapping[str, str], **given: Any) -> httpx.Response:  # fmt: skip
        with self._asking():
            token = self._token()
            answer = self._sent(method, url, token, headers, **given)
            if answer.status_code == 401 and (fresh := self._token(not_this=token)) != token:
                answer = self._sent(method, url, fresh, headers, **given)
            if answer.status_code >= 400:
                raise self._refusal(answer)
            self._refused = 0
            return answer

    def _sent(self, method: str, url: str, token: str, headers: Mapping[str, str], **given: Any) -> httpx.Response:  # fmt: skip
        told = {"Authorization": f"Bearer {token}", "Prefer": PREFER, **headers}
        return self._open().request(method, url, headers=told, **given)

    @contextmanager
    def _stream(self, url: str, token: str) -> Iterator[httpx.Response]:
        headers = {"Authorization": f"Bearer {token}", "Prefer": PREFER}
        with self._open().stream("GET", url, headers=headers) as answer:
            yield answer

    def _refusal(self, answer: httpx.Response) -> Exception:
        return self._paced(answer.status_code, _code(_object(answer)), answer.headers)

    def _paced(self, status: int, code: str, headers: Mapping[str, str]) -> Exception:
        error = meant(status, code, headers, self.address)
        if isinstance(error, Temporary) and error.retry_after is None:
            error.retry_after = self._wait()
        return error

    def _wait(self) -> timedelta:
        """A chance, so that not everybody comes back at once ("full jitter"). It derives from the account and the moment, so that
        a run can be repeated."""
        self._refused += 1
        most = min(WAIT_MOST, WAIT * float(2 ** min(self._refused, 10)))
        chance = hashlib.sha256(f"{self.address} {self.clock.now().isoformat()}".encode()).digest()
        return most * (int.from_bytes(chance[:4], "big") / 2**32)

    # --- the token of the hour

    def _within(self) -> str:
        """Where the mailbox is. AccessLost where nobody has connected it."""
        with self._lock:
            granted = self._granted()
            if granted != self._known:
                if self._known is None or granted.app != self._known.app:
                    self.close()
                self._known, self._app, self._good = granted, None, ""
                self._cache = msal.SerializableTokenCache()
                self._cache.deserialize(granted.cache or "{}")
            owner = "me" if granted.cache else f"users/{quote(self.address)}"
            return f"{granted.app.api}/v1.0/{owner}"

    @property
    def _known_app(self) -> App:
        assert self._known is not None
        return self._known.app

    def _open(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = client(self._known_app.silent_seconds)
            return self._client

    def _token(self, not_this: str = "") -> str:
        """One that is good for a while; another one than that which was not taken. What msal has just given is not asked of it again:
        it finds a token only where exactly the scopes were granted that were asked for."""
        with self._lock:
            assert self._known is not None
            if self._good and self._good != not_this and self.clock.now() < self._until:
                return self._good
            try:
                if self._app is None:
                    self._app = msal_app(self._known.app, self._cache, self._open())
                told = (
                    self._of_owner(bool(not_this))
                    if self._known.cache
                    else self._of_app(bool(not_this))
                )
            except (
                TypeError,
                KeyError,
                AttributeError,
            ) as why:  # of an answer that is none (a proxy's, say)
                raise Temporary(f"Microsoft gives no token: {type(why).__name__}") from why
            if "access_token" not in told:
                raise of_tokens(NotGiven.read(told), self.address)
            if self._known.cache and self._cache.has_state_changed:
                self._kept()
            self._good = str(told["access_token"])
            lasts = timedelta(seconds=float(told.get("expires_in") or 0))
            self._until = self.clock.now() + lasts - EARLY
            return self._good

    def _of_owner(self, renew: bool) -> Json:
        accounts = self._app.get_accounts()
        if not accounts:
            raise AccessLost(f"{self.address} has to be connected again: run.py connect {self.address}")  # fmt: skip
        assert self._known is not None
        told = self._app.acquire_token_silent_with_error(
            list(self._known.scopes), account=accounts[0], force_refresh=renew
        )
        return told or {"error": "invalid_grant"}

    def _of_app(self, renew: bool) -> Json:
        """What msal keeps would be given again, though it was not taken."""
        if renew:
            self._app.remove_tokens_for_client()
        told: Json = self._app.acquire_token_for_client([f"{API}/.default"])
        return told

    def _kept(self) -> None:
        assert self._known is not None
        cache = self._cache.serialize()
        self._known = Granted(self._known.app, cache, self._known.scopes)
        self._save(cache)


class CutShort(Temporary):
    """An answer that lacks something."""


def msal_app(app: App, cache: Any, http: httpx.Client) -> Any:
    """As msal has it: with a secret, or without. It asks where tokens are given, so it may raise what `OUT_OF_REACH` names."""
    given = {"authority": app.authority, "token_cache": cache, "http_client": _Asking(http), "instance_discovery": False}  # fmt: skip
    if app.secret:
        return msal.ConfidentialClientApplication(app.id, client_credential=app.secret, **given)
    return msal.PublicClientApplication(app.id, **given)


class _Asking:
    """How msal asks: by the same connections, and once."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **more: Any) -> httpx.Response:  # fmt: skip
        """A form."""
        return self._client.post(url, params=params, data=data, headers=headers)

    def get(self, url: str, params: Any = None, headers: Any = None, **more: Any) -> httpx.Response:
        """A page."""
        return self._client.get(url, params=params, headers=headers)

    def close(self) -> None:
        """It is not msal's to close."""


def client(seconds: float) -> httpx.Client:
    """A connection that trusts whom this machine trusts."""
    return httpx.Client(verify=_trusted(os.environ.get("SSL_CERT_FILE", "")), timeout=seconds, trust_env=False)  # fmt: skip


@lru_cache(maxsize=2)
def _trusted(file: str) -> ssl.SSLContext:
    """It takes 20 ms to make."""
    return httpx.create_ssl_context()


def query_of(link: object) -> dict[str, str]:
    """What a link of an answer asks for; where that is we know, and go nowhere else."""
    return dict(httpx.QueryParams(urlsplit(str(link)).query))


def path_of(name: str) -> str:
    """The id of something in a path: it has characters that mean something there."""
    return quote(name, safe="")


def _object(answer: httpx.Response) -> Json:
    try:
        told = answer.json()
    except ValueError:
        if answer.status_code < 300 and answer.content:
            raise Temporary("what Microsoft answers cannot be read") from None
        return {}
    return told if isinstance(told, dict) else {}


def _code(told: Json) -> str:
    error = told.get("error", {})
    return str(error.get("code", "")) if isinstance(error, dict) else str(error)


def until(moment: datetime) -> str:
    """As Graph takes a moment."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
