"""docs/settings.md, written from the tables, so that no setting is ever undocumented.

Not a tutorial: the README shows the ten lines one starts with.
"""

from __future__ import annotations

from collections.abc import Iterable

from daemon.settings.account_table import ACCOUNT, WHOLE
from daemon.settings.bank_table import ASK, BANK
from daemon.settings.program_table import GROUPS
from daemon.settings.roster_table import PAIRING, PERSON, SHEET, STRETCH
from daemon.settings.setting import Setting
from daemon.settings.substitute_table import SUBSTITUTE

_HEAD = """\
# Settings

<!-- Made by `python -m daemon.settings > docs/settings.md`; a test fails when it is out of date. -->

Every name that may stand in a configuration folder. `run.py check` names every mistake in every file at
once, with file, line and column, and never changes anything.

Values are taken as they are written: `NO`, `22:30` and `1.10` stay what they are, dates are YYYY-MM-DD,
times are 24-hour. A name may stand only once in a block. Passwords never stand in these files.
"""

_PROGRAM = """\
## A program: programs/NAME.yaml

One file is one program, and one is enough. What is needed must be there; everything else has a default, or
is left out. Times of day are on the clock of the person concerned.
"""

_TYPES = """\
## What a 1:1 is for: `meeting_types:`

A type with its agenda, a list of blocks: minutes, and what they are for. The minutes are scaled to the length that a
1:1 really has, so that an agenda of an hour is halved in 30 minutes. A type without an agenda does not occur. A 1:1 that
is moved keeps its type; one that falls out leaves it to the next. No calendar shows it.

```yaml
meeting_types:
  first:
    - 20 what each of you hopes for
    - 10 how and when you work together
  monthly_review:
    - 15 the month, and your goals
    - 15 the next month
  regular:
    - 5 how you are
    - 20 your topics
    - 5 what comes next
```

| type | which 1:1 |
|--|--|
| `first` | the first that takes place |
| `closing` | the last before the end |
| `career` | the first after each full quarter since their first |
| `monthly_review` | the first after each full month since their first; both preps begin with what was done since the last one, and with the goals |
| `catch_up` | the first after a long time: at least three steps of their rhythm (a step is a week where they meet each week), or two where they paused meanwhile; it goes before `career` and `monthly_review`, which then come with the next one |
| `regular` | any other |
"""

_SECTIONS: tuple[tuple[str, str, tuple[Setting, ...]], ...] = (
    (
        "A pairing: an entry of `pairings:`",
        "A person is a name with an address, or a name (or key) that this file or people.yaml knows. "
        "What is not said here is taken from the program. A pairing without `at:` is asked for its regular "
        "time by mail.",
        PAIRING,
    ),
    (
        "A substitute: the block `substitute:` of a pairing",
        "For weeks in which somebody else holds the 1:1s: `substitute: {mentor: Cara Lim <cara@example.org>, from: 2026-12-01, "
        "to: 2027-01-15}`. Both dates are included. Cara is asked two weeks ahead and then the mentee, who picks one of "
        "Cara's free times. It is a pairing of its own, as often and as long as this one, without an agreement, goals, "
        "surveys or a farewell; it is named after the two and the first day, so another first day is another substitute. "
        "This pairing rests on these days and goes on at its old time, and the mentee says line by line what Cara may read "
        "of it. Whoever deletes the block, or names another person, ends it at once. A group, and a plan of sessions, has no "
        "substitute.",
        SUBSTITUTE,
    ),
    (
        "A roster in a spreadsheet: `roster:`",
        "A CSV file beside the program file, one pairing a row, as Excel, LibreOffice and others save it: commas, "
        "semicolons or tabs, UTF-8 or Excel's “Unicode text”. The first row names the columns: `mentor` and "
        "`mentee` are needed, all others of a pairing (above) but `substitute` and these may follow. An empty cell says nothing; a "
        "column with another name is named by `check` and not read. A place in its messages is a row and a column "
        "of cells.",
        SHEET,
    ),
    (
        "A person: people.yaml",
        "Wanted only where name and address do not say enough. Either `key: {…}` for each person or a "
        "list. A key is 1 to 40 small letters, digits and hyphens, and stays for ever.",
        PERSON,
    ),
    (
        "A stretch of days: an entry of `breaks:` or `away:`",
        "On one line, `2026-12-20 to 2027-01-06 exam break` or `2026-12-24`, or as a block: "
        "`{from: 2026-12-20, to: 2027-01-06, name: exam break}`. Both dates are included. `away:` has no "
        "name, because reasons are not kept.",
        STRETCH,
    ),
    (
        "An account: `accounts:` in oneonone.yaml or a program file",
        "By address: `ana@example.org: {calendar: auto}`. `run.py connect ana@example.org` settles `auto`, from the "
        "next start on: a server with a calendar for her is where her 1:1s are kept, and mentees are invited by that "
        "server where it does so, else by mail; where it has none, her 1:1s are invitations by mail. Until then `auto` is "
        "`local`: a folder of .ics files and a Maildir under the data folder. `run.py doctor` says how it is settled.\n\n"
        "Who connects no calendar can still share when they are busy, with an account of the program on the same server: "
        "`ana@example.org: {calendar: none, shares_busy_with: one-on-ones@example.org}` beside `one-on-ones@example.org: "
        "{calendar: internet}`, which is the one that is connected. Ana's 1:1s are invitations by mail, and her free times "
        "are offered without asking her first. Most servers tell busy times by the address; otherwise Ana shares a calendar "
        "(free/busy only is enough) and `url:` names it. What lies on top of a 1:1 has no name there: Ana declines the "
        "invitation. `run.py doctor` says whether her busy times are told; while they are not, Ana is asked.",
        ACCOUNT,
    ),
    (
        "A bank of questions: questions/NAME.yaml",
        "Ideas for 1:1s, which a program uses with `questions: NAME`. Two came along: `koss` and `practical`. A file "
        "questions/koss.yaml of your own beside the programs folder counts instead.",
        BANK,
    ),
    ("A question: an entry of `questions:` in a bank", "", ASK),
    (
        "The whole installation: oneonone.yaml",
        "What raises an alarm, and what is told: [alarms.md](alarms.md).",
        WHOLE,
    ),
)


def document() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, _PROGRAM]
    parts += [f"### {title}\n\n{_rows(table)}" for title, table in GROUPS]
    parts.append(_TYPES)
    for title, words, table in _SECTIONS:
        parts.append(f"## {title}\n\n{words}\n\n{_rows(table)}")
    return "\n".join(parts)


def _rows(table: Iterable[Setting]) -> str:
    lines = ["| setting | meaning | allowed | default | example |", "|--|--|--|--|--|"]
    for setting in table:
        allowed = "a block of its own" if setting.nested else setting.kind.allowed
        default = "**needed**" if setting.required else _cell(setting.default_shown())
        example = setting.example if setting.nested else f"`{setting.example}`"
        lines.append(
            f"| `{setting.name}` | {_cell(setting.meaning)} | {_cell(allowed)} | {default} | {example} |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "–"
