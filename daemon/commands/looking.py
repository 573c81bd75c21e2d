"""`status`, `held` and `why` on the screen: plain in a pipe, never wider than the terminal.

Not the facts: those are in daemon/status.py and daemon/ledger.py, and --json prints them as they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from daemon.ledger import Told, local_words

ROWS_MAX = 30


def screen() -> Console:
    """Where facts are printed. rich itself minds NO_COLOR and pipes."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=80)
    return console


def _table(*columns: str) -> Table:
    table = Table(
        box=None, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def show_status(facts: dict[str, Any], zone: str) -> None:
    """One screen."""
    out = screen()
    out.print(_beat_words(facts, zone))
    for program in facts["programs"]:
        counts = ", ".join(f"{count} {standing}" for standing, count in program["pairings"].items())
        out.print(f"program {program['id']}: {counts}")
    if facts["pairings"]:
        out.print(_pairings(facts["pairings"]))
    out.print(f"\ndue now or later: {facts['due']}")
    for line in _to_look_at(facts, zone):
        out.print(line)
    if not facts["look"]:
        out.print("Nothing needs you.")


def _beat_words(facts: dict[str, Any], zone: str) -> str:
    owner = f"run by {facts['owner']}" if facts["owner"] else "not running (run.py start)"
    last = facts["last_beat"]
    beat = local_words(datetime.fromisoformat(last), zone) if last else "never"
    return f"{owner}\nlast beat: {beat}"


def _pairings(pairings: list[dict[str, Any]]) -> Table:
    table = _table("pairing", "", "standing", "next 1:1")
    for each in pairings[:ROWS_MAX]:
        coming = each["next"]
        words = local_words(datetime.fromisoformat(coming), each["zone"]) if coming else "-"
        if each["choosing"]:
            words += "  (a new time is being chosen)"
        names = f"{each['mentor']} & {each['mentee']}"
        table.add_row(each["pairing"], names, each["standing"], words)
    if len(pairings) > ROWS_MAX:
        table.add_row(f"and {len(pairings) - ROWS_MAX} more: --json", "", "", "")
    return table


def _to_look_at(facts: dict[str, Any], zone: str) -> list[Text]:
    lines: list[Text] = []

    def say(head: str, rest: str) -> None:
        lines.append(Text.assemble((f"\n{head}", "bold"), f"\n  {rest}"))

    if facts["silent"]:
        say(
            "NO BEAT", "the daemon holds the folder but has not beaten for ten minutes: see its log"
        )
    if facts["config_problem"]:
        text = facts["config_problem"].strip().replace("\n", "\n  ")
        say("THE FILES ARE BAD, the last good ones stay in force", f"{text}\n  Next: run.py check")
    if facts["restored"]:
        say("RESTORED FROM A BACKUP", "everything waits until it is released")
    for each in facts["accounts_lost"]:
        since = local_words(datetime.fromisoformat(each["since"]), zone)
        say("CALENDAR LOST", f"{each['account']}'s, since {since}. Its 1:1s keep their standing.")
    for each in facts["on_hold"]:
        say("ON HOLD", f"{each['count']} under {each['name']}: {each['why']}\n  {each['command']}")
    for each in facts["set_aside"][:ROWS_MAX]:
        looked = f"\n  {each['command']}" if each["command"] else ""
        say("SET ASIDE", f"{each['source']} {each['name']}: {each['why']}{looked}")
    return lines


def show_held(rows: list[dict[str, Any]], holds: list[dict[str, Any]], zone: str) -> None:
    """What waits, then the commands that let it go."""
    out = screen()
    if not holds:
        out.print("Nothing is on hold.")
        return
    table = _table("what", "pairing", "since", "why")
    for row in rows[:ROWS_MAX]:
        since = local_words(datetime.fromisoformat(row["since"]), zone) if row["since"] else "-"
        table.add_row(row["what"], row["pairing"], since, row["why"])
    if rows:
        out.print(table)
    if len(rows) > ROWS_MAX:
        out.print(f"and {len(rows) - ROWS_MAX} more: --json shows all")
    out.print()
    for each in holds:
        out.print(f"{each['count']:>4}  {each['command']}", soft_wrap=True)


def show_story(story: list[Told], zone: str) -> None:
    """The ledger in words, oldest first."""
    out = screen()
    for told in story:
        head = f"{local_words(told.at, zone)}  {told.what:<9}  {told.effect}".rstrip()
        out.print(head, soft_wrap=True)
        if told.why:
            out.print(f"    {told.why}", soft_wrap=True)
    if not story:
        out.print("Nothing has happened here yet.")
    else:
        out.print(
            f"\nkeys: {', '.join(sorted({t.key for t in story if t.key})[:3])} …", soft_wrap=True
        )
