"""docs/privacy.md, written from the table of purposes: for whoever answers for the data of a program.

Not advice on law, and not SECURITY.md, which says how the data is kept from others.
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.privacy.purposes import Kind, kinds

_HEAD = """\
# Privacy: what is stored, what for, for how long

<!-- Made by `python -m daemon.privacy > docs/privacy.md`; a test fails when it is out of date, when a stored field has no purpose or no
end here, and when one that is gone still stands here. -->

For data-protection officers, and for whoever wants to know. oneonone runs on a machine of the program's own. It stores what follows
in one SQLite file there and in the folders named at the end, and nothing anywhere else.

**Who can see what.** “Seen by” says who gets to see it by the program: in a letter, on a calendar, or by a command. Beside that,
whoever can read the files of the machine can read the store, and whoever has the password of the program's mailbox can read the letters in it
(`mailbox_readers:` names them in the welcome). The files are made for their owner only; secrets are encrypted ([SECURITY.md](../SECURITY.md)).

**Deleted means gone.** What is deleted is overwritten in the file (`PRAGMA secure_delete`). SQLite's log still has pages as they were; once a
day it is folded in and emptied. Backups made by `run.py backup` are copies and end when you delete them.

**Time limits.** `notes_keep_days:` and `mailbox_keep:` are settings of a program ([settings.md](settings.md)). All others are fixed.

"""

_TAIL = """\
## Beside the store

| what | where | kept |
|--|--|--|
| secrets of accounts, and our own for tokens | `vault/`, encrypted, a file each | until you delete them, or the account is connected anew |
| invitations by mail: our copy of each event that guests were told of | `invitations/`, `guest-mails/` | until the event is taken off; otherwise until you delete it |
| calendars and mailboxes of the embedded default | `calendars/`, `mail/` | the people's own |
| which alarms were told: a kind, a count, times | `alarms.json` | until they are over |
| a rehearsal (`letters_to:`): all of the above of its own | `rehearsal/` | until you delete it |
| letters and replies | the program's mailbox, on your mail server | `mailbox_keep:` days, 30 unless the files say otherwise |

Mirrors of calendars (Google, Exchange, Microsoft 365) live in memory and end with the process.

## What goes to whom

| to | what |
|--|--|
| the mail server of the program's mailbox | every letter, with the words of a pair that it quotes or passes on, to exactly one person; every reply |
| the calendar provider of a mentor, or of the program | the 1:1s: the two names, the times, the guests' addresses, the link. No word that anybody wrote |
| the same, when it is asked | which times of which addresses are looked at, to find one that suits both |
| the mail server of a mentor or mentee | their own letters and invitations |
| `alarm_url:`, `alert_command:`, if set | the kind of an alarm, a count, two times. Nobody is named |
| anybody else | nothing: no analytics, no pictures from elsewhere, no links that say who opened a letter |

## What is never stored

- Titles, texts and places of other events. Where a provider sends whole events they are thrown away as they come.
- Why somebody is away, or where; the text of an out-of-office answer.
- Why a 1:1 fell out, why somebody pauses, leaves, or wishes another mentor.
- A password in a file that an admin writes; a token, an address or a body in the log of the process.
- Whether or when a letter was opened.

## What an admin gets to see

Counts: [`run.py status`](commands.md), the Monday letter, `run.py why` (which letter, when, why). No note, no topic, no goal, and of
fallen 1:1s neither side nor count.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join("\n".join(_section(kind)) + "\n" for kind in kinds()) + _TAIL


def _section(kind: Kind) -> Iterator[str]:
    yield f"## {kind.title}\n"
    yield f"{kind.about}\n"
    yield f"- Whose: {kind.whose}."
    yield f"- Seen by: {kind.seen_by}."
    yield f"- Kept: {kind.kept}."
    deletes = ", ".join(f"`{path}`" for path in kind.deleted_by)
    proves = ", ".join(f"`{path}`" for path in kind.proved_by)
    yield (
        f"- Deleted by: {deletes}. Proved by: {proves}.\n"
        if deletes
        else f"- Proved by: {proves}.\n"
    )
    yield "| field | what for |"
    yield "|--|--|"
    for owner, purposes in kind.fields.items():
        for names, purpose in purposes.items():
            yield f"| {owner}: {names} | {purpose} |"
    yield ""
