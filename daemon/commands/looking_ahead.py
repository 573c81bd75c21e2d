"""`plan` on the screen: what the files change, what waits, then pairing by pairing; 80 columns, plain in a pipe.

Not the facts: those are in planning.py, and --json prints them as they are.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from daemon.commands.folders import Folders
from daemon.commands.looking import REHEARSED, say, screen
from daemon.commands.planning import Planned, plan
from daemon.commands.progress import bar
from daemon.commands.wire import Wire
from daemon.ledger import day_words, local_words

UNFOLDED_MOST = 3
"""So many pairings are told in full; of more, each has one line."""
NAMED_MOST = 30
NAMES_MOST = 9
SIGNS = {"files": "+", "gone": "-", "": "·"}


def planned_with_bar(wire: Wire, where: Folders, days: int) -> Planned:
    """The plan, with a progress bar when somebody is looking."""
    with bar("looking ahead") as on_progress:
        return plan(wire, where, days, on_progress)


def show_plan(facts: dict[str, Any], zone: str, options: str, *, unfold: bool) -> None:
    """The diff, what waits for somebody, and who is concerned."""
    out = screen()
    _head(out, facts, zone)
    if facts["files"]:
        _files(out, facts["files"])
    _overridden(out, facts["overridden"])
    for each in facts["on_hold"]:
        head = (f"\n{each['count']} would be on hold", "bold")
        out.print(Text.assemble(head, f": {each['why']}"))
        out.print(f"  Once it is: {each['command']}", soft_wrap=True)
    told = facts["pairings"]
    if unfold or len(told) <= UNFOLDED_MOST:
        for each in told:
            _unfolded(out, each, facts["from"])
    else:
        _folded(out, told, facts["from"])
        out.print(f"\nAny one in full: run.py plan --pairing ID{options}", soft_wrap=True)
    if not any(each["effects"] for each in told):
        out.print("Nothing would be sent, and no calendar would change.")


def _head(out: Console, facts: dict[str, Any], zone: str) -> None:
    since, until = (local_words(datetime.fromisoformat(facts[n]), zone) for n in ("from", "until"))
    out.print(f"From {since} to {until}, as if nobody")
    out.print("wrote or touched a calendar meanwhile. Nothing has been done.")
    if facts["rehearsal"]:
        out.print(REHEARSED)
    if facts["first_start"]:
        out.print("Nothing runs here yet: this is what a first start would do.")
    out.print(Text(f"In all: {facts['words']}.", "bold"))
    for each in facts["not_decided"]:
        out.print(f"{each}: could not be decided, a mistake in this program. Please report it.")


def _files(out: Console, files: dict[str, Any]) -> None:
    out.print(Text("\nThe files have changed", "bold"))
    for each in files["differences"]:
        say(out, each, 2)
    first = f", first on {day_words(date.fromisoformat(files['first']))}" if files["first"] else ""
    out.print(Text(f"Because of that: {files['words']}{first}.", "bold"))
    if files["fewer"]:
        out.print(f"No more: {files['fewer']}.")
    if files["waits"]:
        out.print("That is more than may happen unasked: until you say so, the old files count.")
    elif not files["refused"]:
        out.print("That goes in with the next start or SIGHUP, or at once:")
    out.print(f"  {files['refused'] or files['command']}", soft_wrap=True)


def _overridden(out: Console, rows: list[dict[str, str]]) -> None:
    if rows:
        out.print(Text("\nWhat a pair agreed on counts, not the files", "bold"))
    for each in rows[:NAMED_MOST]:
        words = f"{each['setting']}: {each['agreed']}, not {each['file']}"
        say(out, f"{each['pairing']}  {words}", 2)


def _unfolded(out: Console, each: dict[str, Any], since: str, head: str = "\n") -> None:
    if head:
        title = f"  {each['title']}" if each["pairing"] else ""
        out.print(Text.assemble(head, (each["pairing"] or each["title"], "bold"), title))
    for effect in each["effects"]:
        say(out, f"{SIGNS[effect['by']]} {effect['what']}", 2)
        # why it would have happened is no reason why it does not
        why = "" if effect["by"] == "gone" else f": {effect['why']}"
        say(out, f"{_when(effect, each['zone'], since)}{why}", 6)
    for reason in each["reasons"]:
        say(out, f"because: {reason}", 2)
    if each["wake_at"]:
        wake = local_words(datetime.fromisoformat(each["wake_at"]), each["zone"])
        out.print(f"  looked at again: {wake}")


def _when(effect: dict[str, Any], zone: str, since: str) -> str:
    if effect["by"] == "gone":
        return "no more"
    if effect["becomes"] in ("on hold", "left out", "refused"):
        return str(effect["becomes"])
    at = effect["at"]
    return "at once" if at == since else local_words(datetime.fromisoformat(at), zone)


def _folded(out: Console, told: list[dict[str, Any]], since: str) -> None:
    """Who has the same before them stands together; of the largest groups one is told in full."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in told:
        groups.setdefault(_in_short(each), []).append(each)
    ranked = sorted(groups.items(), key=lambda group: -len(group[1]))
    for number, (words, members) in enumerate(ranked[:NAMED_MOST]):
        names = [each["pairing"] or each["title"] for each in members]
        out.print(Text(f"\n{len(names)} × {words}", "bold"), soft_wrap=True)
        more = f" and {len(names) - NAMES_MOST} more" if len(names) > NAMES_MOST else ""
        listed = ", ".join(names[:NAMES_MOST]) + more
        out.print(textwrap.indent(textwrap.fill(listed, 76, break_on_hyphens=False), "  "))
        if number < UNFOLDED_MOST:
            _unfolded(out, members[0], since, "  For example " if len(names) > 1 else "")
    if len(ranked) > NAMED_MOST:
        out.print(f"\nand {len(ranked) - NAMED_MOST} more kinds: --json shows all")


def _in_short(each: dict[str, Any]) -> str:
    """`+ 1 series split, 2 letters  · 1 letter`."""
    parts = [f"{SIGNS[sign]} {words}" for sign, words in each["in_short"].items() if words]
    return "  ".join(parts) or "· nothing is done"
