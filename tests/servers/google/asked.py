"""Asked: one request to an API, measured by Google's own schema on its way in and out.

Not what it leads to: __init__.py, and not how it came: door.py.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.servers.google.masks import BadMask, check, mask_of, masked
from tests.servers.google.refused import Refused, bad
from tests.servers.google.schema import Json, Method, discovery

if TYPE_CHECKING:
    from tests.servers.google import Google


_METADATA = "https://www.googleapis.com/auth/gmail.metadata"


class Asked:
    """One request to an API."""

    def __init__(
        self, google: Google, api: str, method: Method, path: dict[str, str], query: dict[str, list[str]], raw: bytes, headers: Any
    ) -> None:  # fmt: skip
        self.google, self.document, self.method, self.path = google, discovery(api), method, path
        self.query, self.raw, self.headers = query, raw, headers

    def account(self) -> str:
        """Who asks; empty for nobody known."""
        grant = self.google.grants.of(self.headers.get("Authorization", ""))
        return grant.account if grant else ""

    @property
    def by_service(self) -> bool:
        """Whether it is a service account that asks, and for nobody but itself."""
        grant = self.google.grants.of(self.headers.get("Authorization", ""))
        return grant is not None and grant.service != ""

    def sees_heads_alone(self) -> bool:
        """With gmail.metadata a token shows no more than that, whatever else it may (google-api-python-client#582)."""
        grant = self.google.grants.of(self.headers.get("Authorization", ""))
        return grant is not None and _METADATA in grant.scopes

    def answered(self, account: str) -> tuple[int, Json | None, int | None]:
        """The status, the body, and for how many seconds not to ask again."""
        try:
            body = self._read(account)
            answer = self.google.carry_out(self, account, body)
        except Refused as why:
            return why.status, why.body(), why.retry_after
        if not self.method.response:
            return 204, None, None
        if wrong := self.document.wrong_in_body(self.method.response, answer):
            self.google.problems += wrong
        self.google.validated += 1
        mask = self._mask()
        return 200, masked(answer, mask), None

    def _read(self, account: str) -> Json:
        if not account:
            raise Refused(401, "authError", "Invalid Credentials", location="Authorization")
        self.google.quotas.take(account, self.google.now)
        grant = self.google.grants.of(self.headers["Authorization"])
        if grant is None or not set(grant.scopes) & set(self.method.scopes):
            raise Refused(403, "insufficientPermissions", "Request had insufficient authentication scopes.")  # fmt: skip
        wrong = self.document.wrong_in_query(self.method, self.query)
        body: Json = {}
        if self.method.request:
            try:
                body = json.loads(self.raw or b"{}")
            except ValueError:
                raise bad("Parse Error", "parseError") from None
            wrong += self.document.wrong_in_request(self.method, body)
        elif self.raw:
            wrong.append(f"{self.method.id}: takes no body")
        self.google.validated += 1
        if wrong:
            self.google.problems += wrong
            raise bad(wrong[0])
        self._mask()
        return body

    def _mask(self) -> Any:
        try:
            mask = mask_of(self.query["fields"][0]) if "fields" in self.query else {}
            check(mask, self.document, {"$ref": self.method.response} if self.method.response else {})  # fmt: skip
        except BadMask as why:
            raise bad(str(why), "invalidParameter") from why
        return mask
