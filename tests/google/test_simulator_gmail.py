"""The simulated Gmail sends, finds and remembers as its documentation says.

Not the connector. Asked by plain HTTP.
"""

from __future__ import annotations

import base64
from email.message import EmailMessage
from typing import Any

import pytest

from tests.google.asking import Client
from tests.servers.google import Google

KOSS, BEN = "koss@gmail.example", "ben@gmail.example"
MAILS = "/gmail/v1/users/me/messages"
READS = ("https://www.googleapis.com/auth/gmail.modify", "https://mail.google.com/")
SENDS = ("https://www.googleapis.com/auth/gmail.send",)


@pytest.fixture
def koss(google: Google) -> Client:
    refresh = google.account(KOSS, scopes=READS)
    google.account(BEN)
    return Client(google, refresh)


def letter(name: str, subject: str = "1:1 Ana & Ben", cites: str = "", to: str = BEN) -> bytes:
    cited = f"In-Reply-To: <{cites}>\r\nReferences: <{cites}>\r\n" if cites else ""
    return (
        f"From: KOSS <{KOSS}>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{name}>\r\n{cited}\r\nHello\r\n"
    ).encode()


def send(client: Client, raw: bytes, **more: Any) -> tuple[int, Any]:
    return client.ask("POST", f"{MAILS}/send", {"raw": base64.urlsafe_b64encode(raw).decode()} | more)  # fmt: skip


def test_what_is_sent_lies_in_sent_and_with_its_reader(google: Google, koss: Client) -> None:
    status, sent = send(koss, letter("a@x"))
    assert (status, sent["labelIds"]) == (200, ["SENT"])
    _, answer = koss.ask("GET", f"{MAILS}/{sent['id']}", format="raw")
    assert base64.urlsafe_b64decode(answer["raw"]) == letter("a@x")
    (mail,) = google.gmail.boxes[BEN].mails.values()
    assert mail.labels == ["INBOX", "UNREAD"]
    send(koss, letter("b@x", to="chi@else.example"))
    assert [to for to, _ in google.gmail.outside] == ["chi@else.example"]


def test_a_thread_goes_on_where_id_references_and_subject_agree(koss: Client) -> None:
    first = send(koss, letter("a@x"))[1]["threadId"]
    assert send(koss, letter("b@x", "Re: 1:1 Ana & Ben", "a@x"), threadId=first)[1]["threadId"] == first  # fmt: skip
    assert send(koss, letter("c@x", "Another subject", "a@x"), threadId=first)[1]["threadId"] != first  # fmt: skip
    assert send(koss, letter("d@x"), threadId=first)[1]["threadId"] != first
    _, thread = koss.ask("GET", f"/gmail/v1/users/me/threads/{first}", format="metadata", metadataHeaders="Message-ID")  # fmt: skip
    heads = [each["payload"]["headers"] for each in thread["messages"]]
    assert heads == [[{"name": "Message-ID", "value": f"<{n}@x>"}] for n in "ab"]


def test_a_mail_is_found_by_its_message_id(google: Google, koss: Client) -> None:
    sent = send(koss, letter("a@x"))[1]
    _, answer = koss.ask("GET", MAILS, q="rfc822msgid:a@x")
    assert answer["messages"] == [{"id": sent["id"], "threadId": sent["threadId"]}]
    assert koss.ask("GET", MAILS, q="rfc822msgid:other@x")[1] == {"resultSizeEstimate": 0}
    google.gmail.rewrites_ids = True  # trap_48
    send(koss, letter("b@x"))
    assert koss.ask("GET", MAILS, q="rfc822msgid:b@x")[1] == {"resultSizeEstimate": 0}


def test_what_happened_since_and_what_is_too_long_ago(google: Google, koss: Client) -> None:
    since = koss.ask("GET", "/gmail/v1/users/me/profile")[1]["historyId"]
    google.gmail.deliver("koss+t1@gmail.example", letter("a@x", to="koss+t1@gmail.example"))
    google.gmail.deliver(KOSS, letter("b@x", to=KOSS))
    (one, two) = google.gmail.boxes[KOSS].mails
    koss.ask("POST", f"{MAILS}/{one}/trash")
    koss.ask("DELETE", f"{MAILS}/{two}")
    history = "/gmail/v1/users/me/history"
    _, answer = koss.ask("GET", history, startHistoryId=since, historyTypes="messageAdded", maxResults=1)  # fmt: skip
    assert [each["messagesAdded"][0]["message"]["id"] for each in answer["history"]] == [one]
    _, answer = koss.ask("GET", history, startHistoryId=since)
    kinds = [next(iter(set(each) - {"id", "messages"})) for each in answer["history"]]
    assert kinds == ["messagesAdded", "messagesAdded", "labelsAdded", "labelsRemoved", "messagesDeleted"]  # fmt: skip
    labelled = [each[kind][0]["labelIds"] for each, kind in zip(answer["history"], kinds, strict=True) if "labels" in kind]  # fmt: skip
    assert labelled == [["TRASH"], ["INBOX"]]
    assert koss.ask("GET", history, startHistoryId=answer["historyId"])[1] == {"historyId": answer["historyId"]}  # fmt: skip
    google.gmail.boxes[KOSS].oldest = int(since) + 1
    assert koss.ask("GET", history, startHistoryId=since)[0] == 404
    assert "messages" not in koss.ask("GET", MAILS, labelIds="INBOX")[1]


def test_a_mail_in_its_parts(google: Google, koss: Client) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BEN, KOSS, "Notes"
    mail.set_content("Hello\n")
    mail.add_alternative("<p>Hello</p>\n", subtype="html")
    google.gmail.deliver(KOSS, mail.as_bytes())
    (name,) = google.gmail.boxes[KOSS].mails
    payload = koss.ask("GET", f"{MAILS}/{name}")[1]["payload"]
    assert (payload["mimeType"], payload["body"]) == ("multipart/alternative", {"size": 0})
    assert [(p["partId"], p["mimeType"], base64.urlsafe_b64decode(p["body"]["data"])) for p in payload["parts"]] == [
        ("0", "text/plain", b"Hello\n"), ("1", "text/html", b"<p>Hello</p>\n"),
    ]  # fmt: skip


def test_labels_are_counted_and_nobody_makes_one_up(google: Google, koss: Client) -> None:
    google.gmail.deliver(KOSS, letter("a@x", to=KOSS))
    (name,) = google.gmail.boxes[KOSS].mails
    inbox = "/gmail/v1/users/me/labels/INBOX"
    _, answer = koss.ask("GET", inbox)
    assert (answer["messagesTotal"], answer["messagesUnread"]) == (1, 1)
    assert koss.ask("POST", f"{MAILS}/{name}/modify", {"removeLabelIds": ["UNREAD"]})[1]["labelIds"] == ["INBOX"]  # fmt: skip
    assert koss.ask("GET", inbox)[1]["messagesUnread"] == 0
    status, answer = koss.ask("POST", f"{MAILS}/{name}/modify", {"addLabelIds": ["Read"]})
    assert (status, answer["error"]["message"]) == (400, "Invalid label: Read")
    assert koss.ask("GET", "/gmail/v1/users/me/labels/Read")[0] == 404


def test_with_the_scope_of_heads_a_token_shows_no_more_whatever_else_it_may(
    google: Google, koss: Client
) -> None:
    google.gmail.deliver(KOSS, letter("a@x", to=KOSS))
    (name,) = google.gmail.boxes[KOSS].mails
    heads = Client(google, google.grants.granted(KOSS, ("https://www.googleapis.com/auth/gmail.metadata", *READS)))  # fmt: skip
    assert heads.ask("GET", f"{MAILS}/{name}", format="metadata")[0] == 200
    status, answer = heads.ask("GET", f"{MAILS}/{name}")
    assert (status, answer["error"]["message"]) == (403, "Metadata scope doesn't allow format FULL")
    assert heads.ask("GET", MAILS, q="rfc822msgid:a@x")[0] == 403
    assert heads.ask("GET", MAILS)[0] == 200


def test_who_may_only_send_reads_nothing(google: Google, koss: Client) -> None:
    only = Client(google, google.grants.granted(KOSS, SENDS))
    assert send(only, letter("a@x"))[0] == 200
    assert only.ask("GET", MAILS)[0] == 403


@pytest.mark.parametrize(
    ("raw", "status", "reason"),
    [
        (letter("a@x", to=""), 400, "invalidArgument"),
        (letter("a@x").replace(KOSS.encode(), b"ana@gmail.example"), 400, "invalidArgument"),
    ],
    ids=["to nobody", "in another name"],
)
def test_what_is_not_sent(koss: Client, raw: bytes, status: int, reason: str) -> None:
    got, answer = send(koss, raw)
    assert (got, answer["error"]["errors"][0]["reason"]) == (status, reason)


def test_so_many_a_day_and_no_more(google: Google, koss: Client) -> None:
    google.gmail.boxes[KOSS].left_today = 1
    assert send(koss, letter("a@x"))[0] == 200
    status, answer = send(koss, letter("b@x"))
    assert (status, answer["error"]["errors"][0]["domain"]) == (429, "usageLimits")
