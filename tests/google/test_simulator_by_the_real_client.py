"""Google's own client library, with google-auth's own credentials, works with the simulator as with Google.

Not the connector: that is connectors/google.
"""

from __future__ import annotations

from datetime import timedelta

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


def test_insert_list_refresh_and_an_end() -> None:
    with Google() as google:
        credentials = Credentials(
            None, refresh_token=google.account(ANA), token_uri=f"{google.url}/token",
            client_id=google.grants.client_id, client_secret=google.grants.client_secret, scopes=list(SCOPES),
        )  # fmt: skip
        service = build(
            "calendar", "v3", http=AuthorizedHttp(credentials, http=httplib2.Http(timeout=20)), static_discovery=True,
            cache_discovery=False, client_options={"api_endpoint": f"{google.url}/calendar/v3/"},
        )  # fmt: skip
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
