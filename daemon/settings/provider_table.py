"""What oneonone.yaml says of this program at Google and at Microsoft.

Not accounts: account_table.py. Not what a provider answers.
"""

from __future__ import annotations

from daemon.settings.addresses import Mail
from daemon.settings.kinds import Number, Text, YesNo
from daemon.settings.setting import Setting

REGISTERED: tuple[Setting, ...] = (
    Setting(
        "google_client_id",
        Text(),
        "how Google knows this program, for every calendar: google and mail: google: you register it there (docs/connect-google.md)",
        "1234-abcd.apps.googleusercontent.com",
    ),
    Setting(
        "google_service_account",
        Mail(),
        "who may act for the people of your Google Workspace, as its admin has allowed: then nobody has to connect "
        "anything (docs/connect-google.md)",
        "one-on-ones@project-1234.iam.gserviceaccount.com",
    ),
    Setting(
        "microsoft_client_id",
        Text(),
        "how Microsoft knows this program, for every calendar: microsoft and mail: microsoft: you register it there "
        "(docs/connect-microsoft365.md)",
        "00000000-1111-2222-3333-444444444444",
        ("microsoft_client_id",),
    ),
    Setting(
        "microsoft_tenant",
        Text(),
        "whose people sign in at Microsoft: the domain or the id of your tenant",
        "example.onmicrosoft.com",
        ("microsoft_tenant",),
        default="organizations: those of any tenant",
    ),
    Setting(
        "microsoft_application",
        YesNo(),
        "true: this program acts by itself at Microsoft 365, as the admin of the tenant has allowed: then nobody has to connect "
        "anything (docs/connect-microsoft365.md)",
        "true",
        ("microsoft_application",),
        default="false: each person says yes",
    ),
    *(
        Setting(
            name,
            Number(2, 100_000_000, "requests"),
            f"how many requests Google takes {of}",
            example,
            (name,),
        )
        for name, of, example in (
            (
                "google_a_minute_each",
                "in a minute for one calendar; half of it is made use of at once",
                "600",
            ),
            ("google_a_minute", "in a minute in all", "10000"),
            (
                "google_a_day",
                "in a day in all, as its console shows it for your project",
                "1000000",
            ),
        )
    ),
)
"""How these two know this program, and how often Google may be asked."""
