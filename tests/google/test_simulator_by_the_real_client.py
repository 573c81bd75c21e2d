"""Google's own client library, with google-auth's own credentials, works with the simulator as with Google.

Not the connector: that is connectors/google.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import httplib2
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.google.asking import WEEKLY
from tests.servers.google import SCOPES, Google

ANA = "ana@gmail.example"


def built(google: Google, api: str, endpoint: str, scopes: tuple[str, ...]) -> Any:
    """The service of an account. Of Gmail the endpoint is the host alone (PROVIDERS 1)."""
    credentials = Credentials(
        None, refresh_token=google.account(ANA, scopes=scopes), token_uri=f"{google.url}/token",
        client_id=google.grants.client_id, client_secret=google.grants.client_secret, scopes=list(scopes),
    )  # fmt: skip
    version = {"calendar": "v3", "gmail": "v1"}[api]
    return build(
        api, version, http=AuthorizedHttp(credentials, http=httplib2.Http(timeout=20)), static_discovery=True,
        cache_discovery=False, client_options={"api_endpoint": endpoint},
    )  # fmt: skip


def test_insert_list_refresh_and_an_end() -> None:
    with Google() as google:
        service = built(google, "calendar", f"{google.url}/calendar/v3/", SCOPES)
        events = service.events()
        made = events.insert(calendarId="primary", body=WEEKLY, sendUpdates="all").execute()
        assert made["id"] == "aaaaa0"
        listed = events.list(calendarId="primary").execute()
        assert [each["id"] for each in listed["items"]] == ["aaaaa0"]
        google.grants.end()  # 401, and the library asks for another one
        assert events.list(calendarId="primary", syncToken=listed["nextSyncToken"]).execute()["items"] == []  # fmt: skip
        assert google.grants.renewed == 2
        with pytest.raises(HttpError) as refused:
            events.insert(calendarId="primary", body=WEEKLY).execute()
        assert refused.value.resp.status == 409
        google.grants.take_back(ANA)
        google.now += timedelta(hours=2)
        with pytest.raises(RefreshError, match="invalid_grant"):
            events.list(calendarId="primary").execute()
        service.close()
        assert google.problems == []


def test_a_question_that_is_too_long_for_an_address() -> None:
    with Google() as google:
        service = built(google, "calendar", f"{google.url}/calendar/v3/", SCOPES)
        service.events().insert(calendarId="primary", body=WEEKLY).execute()
        tags = [f"tag{number}=" + "x" * 100 for number in range(30)]
        found = service.events().list(calendarId="primary", privateExtendedProperty=tags).execute()
        assert found["items"] == []
        assert google.calls[-1] == (ANA, "calendar.events.list", 200)
        assert google.problems == []
        service.close()


def test_gmail_sends_finds_and_tells_what_happened() -> None:
    with Google() as google:
        service = built(
            google, "gmail", google.url, ("https://www.googleapis.com/auth/gmail.modify",)
        )
        mails, me = service.users().messages(), {"userId": "me"}
        since = service.users().getProfile(**me).execute()["historyId"]
        raw = f"From: {ANA}\r\nTo: {ANA}\r\nMessage-ID: <a@x>\r\nSubject: Hello\r\n\r\nHello\r\n"
        body = {"raw": urlsafe_b64encode(raw.encode()).decode()}
        sent = mails.send(**me, body=body).execute()
        found = mails.list(**me, q="rfc822msgid:a@x").execute()["messages"]
        assert sent["id"] in {each["id"] for each in found}
        told = service.users().history().list(**me, startHistoryId=since).execute()["history"]
        kinds = [next(iter(set(each) - {"id", "messages"})) for each in told]
        assert kinds == ["messagesAdded", "labelsAdded"], "one mail in two places"
        assert told[1]["labelsAdded"][0]["message"]["labelIds"] == ["SENT", "INBOX"]
        assert google.problems == []
        service.close()
