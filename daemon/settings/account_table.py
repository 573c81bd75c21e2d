"""The tables of what can be said about an account, and of what a whole installation is told once.

Not what is done with it: accounts.py.
"""

from __future__ import annotations

from daemon.settings.account_kinds import HostPort, Listen, SignIn
from daemon.settings.addresses import Mail
from daemon.settings.alarm_kinds import Command
from daemon.settings.kinds import Choice, Number, Text, YesNo
from daemon.settings.provider_table import REGISTERED
from daemon.settings.roster_table import CALENDAR_KIND
from daemon.settings.setting import NESTED, Setting
from daemon.settings.web_kinds import PublicUrl, ServerUrl, Url

_MAIL_KIND = Choice(
    ("auto", "local", "internet", "google", "exchange", "microsoft"), same_as=(("outlook", "microsoft"), ("office365", "microsoft"), ("gmail", "google"))
)  # fmt: skip

ACCOUNT: tuple[Setting, ...] = (
    Setting("calendar", CALENDAR_KIND, "where the calendar is kept", "auto", default="auto"),
    Setting("mail", _MAIL_KIND, "where mail is sent and read", "auto", default="auto"),
    Setting(
        "url",
        ServerUrl(),
        "where the calendars are (CalDAV): of the server, of the person, or of the one calendar for the 1:1s; of an Exchange: "
        "https://mail.example.org/EWS/Exchange.asmx",
        "https://cloud.example.org/remote.php/dav",
        default="found by the address",
    ),
    Setting(
        "ews_allowed",
        YesNo(),
        "true: your tenant of Microsoft 365 has Exchange Web Services switched on for this program, which ends on 2027-04-01 "
        "(docs/connect-exchange.md)",
        "true",
        default="false",
    ),
    Setting(
        "answers_in_inbox",
        YesNo(),
        "true: at this Exchange the answers of guests stay in the inbox, and stand in no event, so they are looked for there "
        "(docs/connect-exchange.md)",
        "true",
        default="false: nobody's inbox is read",
    ),
    Setting(
        "shares_busy_with",
        Mail(),
        "with calendar: none, the account of the program that is told when this person is busy, and nothing else; url: "
        "names the calendar that was shared with it, where its server does not tell by the address",
        "one-on-ones@example.org",
    ),
    Setting(
        "user",
        Text(),
        "who logs in there, where that is not the address",
        "ana",
        default="the address",
    ),
    Setting(
        "own_network",
        YesNo(),
        "true: the server of the calendars stands in your own network: a private address is right, http:// allowed",
        "true",
        default="false",
    ),
    Setting(
        "imap",
        HostPort(993),
        "where the mailbox is read: over TLS on 993, with STARTTLS on 143",
        "imap.example.org",
        default="found by the address",
    ),
    Setting(
        "smtp",
        HostPort(465),
        "where letters are handed over: over TLS on 465, with STARTTLS on 587",
        "smtp.example.org:587",
        default="found by the address",
    ),
    Setting(
        "letters_a_day",
        Number(1, 1_000_000, "letters"),
        "how many letters the mailbox sends in 24 hours at most; the rest waits, the nearest deadline first",
        "1800",
        default="four fifths of what its provider is known to allow, else all",
    ),
    Setting(
        "sign_in",
        SignIn(),
        "the mailbox is used without a password: its owner signs in there in a browser, once, and `connect` keeps a token",
        "microsoft",
        default="with a password",
    ),
    Setting(
        "read_in",
        Mail(),
        "with mail: google, a mailbox on another server, to which Gmail forwards what comes in: then Google lets us send, "
        "and shows us no mail (docs/connect-google.md)",
        "koss-inbox@example.org",
        default="the mailbox itself",
    ),
    Setting(
        "client_id",
        Text(),
        "how whoever issues the token knows this program: your organisation registers it there",
        "00000000-1111-2222-3333-444444444444",
        default="at Google google_client_id, at Microsoft 365 microsoft_client_id",
    ),
)

WHOLE: tuple[Setting, ...] = (
    Setting("accounts", NESTED, "where calendars are kept, by address", "see below", nested=True),
    Setting(
        "alarm_url",
        Url(),
        "every alarm is posted there as well, as a small JSON without any name",
        "https://alarms.example.org/oneonone",
        ("url",),
    ),
    Setting(
        "alert_command",
        Command(),
        "every alarm runs this program as well",
        "[logger, -t, oneonone]",
        ("command",),
    ),
    *REGISTERED,
    Setting(
        "web",
        PublicUrl(),
        "how people's browsers reach the page on which a mentor connects a calendar (docs/connect-google.md, "
        "docs/connect-microsoft365.md); its link "
        "then stands in letters",
        "https://1on1.example.org",
        ("address",),
        default="no page: run.py connect",
    ),
    Setting(
        "web_listen",
        Listen(),
        "where this machine answers for `web:`, behind what has its certificate",
        "127.0.0.1:8080",
        ("listen",),
    ),
)
