"""One HTTP request to one server, within limits, and what went wrong in the words of daemon/errors.py.

Not WebDAV: what is asked, and what a status means for it, is said in dav.py.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import httpcore
import httpx

from connectors.clock import seconds_running
from connectors.internet.guard import GuardedNetwork, Refused, Resolve, resolved
from daemon.errors import AccessLost, Temporary

AGENT = "oneonone (CalDAV)"
REDIRECTS_MAX = 5
RETRY_AFTER_MAX = timedelta(hours=6)
SILENT_SECONDS = 60.0
"""So long a host that let one account wait in vain lets no other account wait."""
_IDLE_SECONDS = 3.0
"""Shorter than any server keeps an idle connection open, so that none is found dead when it is used."""


class Barred(AccessLost):
    """An account that cannot be used, and why: `at` is reachability, tls or login."""

    def __init__(self, at: str, why: str) -> None:
        super().__init__(why)
        self.at = at


class Silence(Temporary):
    """No answer came in time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much one answer may be."""

    connect_seconds: float = 10.0
    silent_seconds: float = 25.0
    whole_seconds: float = 90.0
    bytes_max: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and a password."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `url` is where it said it, after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: httpx.URL


@dataclass(frozen=True, slots=True)
class Way:
    """How a server is reached. `own_network`: it may stand in a private network, and speak without TLS. `silent`: the
    hosts that did not answer in time, with whom and when, shared by all accounts: fifty mentors on one server that
    hangs cost one wait, not fifty (trap_45)."""

    own_network: bool = False
    tls: ssl.SSLContext | None = None
    resolve: Resolve = resolved
    limits: Limits = Limits()
    elapsed: Callable[[], float] = seconds_running
    silent: dict[str, tuple[str, float]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whose certificates count. One for all accounts: reading the system's list takes time and a megabyte."""
    return ssl.create_default_context()


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Transport(httpx.BaseTransport):
    """httpx on a pool whose connections are guarded; proxies of the environment are not used, for behind one
    nobody could say where a connection goes."""

    def __init__(self, way: Way) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=way.tls or _trusted(),
            max_connections=2,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=GuardedNetwork(own_network=way.own_network, resolve=way.resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Stream(response),
            extensions=response.extensions,
        )  # fmt: skip

    def close(self) -> None:
        self._pool.close()


class Wire:
    """One server with one login. A redirect within the server is followed, one to elsewhere is refused, and so is
    every address that the server names and that is not its own: the password goes nowhere else."""

    def __init__(self, base: str, login: Login, way: Way, kin: str = "") -> None:
        """`kin`: a domain all of whose hosts are this same server (quirks.py); empty for none."""
        self.base = _checked(base, way.own_network)
        self._kin = kin
        self._way = way
        self._login = login
        self._auth: httpx.Auth = httpx.BasicAuth(login.user, login.password)
        self._client = httpx.Client(
            transport=_Transport(way),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def within(self, href: str, beside: httpx.URL | None = None) -> httpx.URL:
        """An address that the server named, whole. AccessLost when it is another server's."""
        try:
            url = (beside or self.base).join(href.strip())
        except (httpx.InvalidURL, ValueError) as error:
            raise Temporary(f"the server names {href[:80]!r}, which is no address") from error
        if not self._is_ours(url):
            raise Barred(
                "reachability",
                f"{self.base.host} sends us to {url.scheme}://{url.host}, which is another server: "
                f"if that is right, give its address as `url` of this account",
            )
        return url

    def _is_ours(self, url: httpx.URL) -> bool:
        same_host = url.host == self.base.host and _port(url) == _port(self.base)
        upgraded = url.host == self.base.host and (_port(self.base), _port(url)) == (80, 443)
        kin = bool(self._kin) and url.host.endswith(f".{self._kin}") and _port(url) == 443
        secure = url.scheme == self.base.scheme or url.scheme == "https"
        return secure and (same_host or upgraded or kin) and not url.userinfo

    def ask(
        self,
        method: str,
        url: httpx.URL,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whatever its status. Temporary where there is none, AccessLost where the way is barred."""
        for _ in range(REDIRECTS_MAX):
            answer = self._ask(method, url, body, headers or {})
            if answer.status == 401 and self._try_digest(answer):
                answer = self._ask(method, url, body, headers or {})
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return answer
            url = self.within(answer.headers["location"], url)
        raise Temporary(f"{self.base.host} sends us in circles")

    def _try_digest(self, answer: Answer) -> bool:
        """Whether the server wants a digest of the password instead, as Baïkal does unless told otherwise."""
        offered = answer.headers.get("www-authenticate", "").lower()
        if (
            isinstance(self._auth, httpx.DigestAuth)
            or "digest" not in offered
            or "basic" in offered
        ):
            return False
        self._auth = httpx.DigestAuth(self._login.user, self._login.password)
        return True

    def _ask(self, method: str, url: httpx.URL, body: bytes, headers: Mapping[str, str]) -> Answer:
        self._heed_silence()
        limits = self._way.limits
        patience = httpx.Timeout(limits.silent_seconds, connect=limits.connect_seconds)
        with (
            self._noting_silence(),
            _translated(self.base.host),
            self._client.stream(
                method, url, content=body or None, headers=dict(headers), auth=self._auth,
                timeout=patience,
            ) as response,
        ):  # fmt: skip
            raw = self._read(response)
            said = {name.lower(): text for name, text in response.headers.multi_items()}
            return Answer(response.status_code, said, raw, url)

    def _heed_silence(self) -> None:
        who, at = self._way.silent.get(self.base.host, (self._login.user, 0.0))
        if who != self._login.user and self._way.elapsed() - at < SILENT_SECONDS:
            raise Temporary(f"{self.base.host} has just not answered somebody else in time")

    @contextmanager
    def _noting_silence(self) -> Iterator[None]:
        try:
            yield
        except Silence:
            self._way.silent[self.base.host] = self._login.user, self._way.elapsed()
            raise
        self._way.silent.pop(self.base.host, None)

    def _read(self, response: httpx.Response) -> bytes:
        limits, begun = self._way.limits, self._way.elapsed()
        if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise Temporary(f"{self.base.host} answers in a packing that was not asked for")
        parts, size = [], 0
        for part in response.iter_raw():
            parts.append(part)
            size += len(part)
            if size > limits.bytes_max:
                raise Temporary(f"{self.base.host} answers with more than {limits.bytes_max} bytes")
            if self._way.elapsed() - begun > limits.whole_seconds:
                raise Temporary(
                    f"{self.base.host} takes more than {limits.whole_seconds} s to answer"
                )
        return b"".join(parts)


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _checked(base: str, own_network: bool) -> httpx.URL:
    try:
        url = httpx.URL(base)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Barred("reachability", f"{base[:80]!r} is no address of a server") from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise Barred("reachability", f"{base[:80]!r} is no address of a server: write https://…")
    if url.scheme == "http" and not own_network:
        raise Barred("tls", f"{url.host} would get the password in clear text: write https://…")
    return url


@contextmanager
def _translated(host: str) -> Iterator[None]:
    """No exception of httpx, httpcore, ssl or the system gets past here."""
    try:
        yield
    except Refused as error:
        raise Barred("reachability", str(error)) from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise Silence(f"{host} does not answer in time") from error
    except (httpcore.ConnectError, ssl.SSLError) as error:
        barred = certificate_problem(error)
        if barred:
            raise Barred("tls", f"the certificate of {host} is not good: {barred}") from error
        raise Temporary(f"{host} cannot be reached: {error}") from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        OSError,
        ValueError,
    ) as error:
        raise Temporary(f"{host} broke off: {error or type(error).__name__}") from error


def certificate_problem(error: BaseException | None) -> str:
    """What is wrong with the certificate, empty where that is not the trouble."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return str(error.verify_message)
        error = error.__cause__ or error.__context__
    return ""


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long the server asks us to wait, by its own clock (RFC 9110 10.2.3)."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit() and len(said) < 8:
        return min(timedelta(seconds=int(said)), RETRY_AFTER_MAX)
    try:
        until = parsedate_to_datetime(said)
        wait = until - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(min(wait, RETRY_AFTER_MAX), timedelta())
