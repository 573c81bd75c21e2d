"""`status`, `held` and `why` on the screen: plain in a pipe, never wider than the terminal.

Not the facts: those are in daemon/status.py and daemon/ledger.py, and --json prints them as they are.
"""

from __future__ import annotations

import shlex
import textwrap
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.text import Text

from daemon.domain.account import OF_THE_PROGRAM
from daemon.explaining import Explanation
from daemon.ledger import LedgerLine, local_words
from daemon.noted import NOTE_EVERY
from daemon.troubles import WHAT

ROWS_MAX = 30
COLUMNS = 80
"""Of what goes into a pipe, a file or the mail of a cron job."""
COMING_MOST = 6
NAMES_MOST = 5
SAID_MOST = 3
SEND = WHAT["send"]
MINUTE = timedelta(minutes=1)
REHEARSED = "A rehearsal: every letter goes to the one address of letters_to:."
REHEARSAL = (
    "REHEARSAL: every letter goes to the one address of letters_to:, calendars are files.\n"
    "For real: stop the daemon, delete letters_to: from the files, and start it again."
)


def screen() -> Console:
    """Where facts are printed. rich itself minds NO_COLOR and pipes."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=COLUMNS)
    return console


def say(out: Console, text: str, indent: int = 0) -> None:
    """One fact: wrapped between words on a terminal, one line in a pipe."""
    if out.is_terminal:
        text = textwrap.fill(
            text, max(40, out.width - indent), break_long_words=False, break_on_hyphens=False
        )
    out.print(textwrap.indent(text, " " * indent), soft_wrap=True)


KINDS = {
    "internet": "on a server",
    "google": "at Google",
    "exchange": "at Exchange",
    "microsoft": "at Microsoft 365",
    OF_THE_PROGRAM: "of a program, which invites both",
    "local": "in a folder",
    "none": "by mail alone",
}


def show_status(facts: dict[str, Any], zone: str) -> None:
    """One screen of 24 lines for a program of ordinary size."""
    out = screen()
    if facts["rehearsal"]:
        out.print(REHEARSAL, style="bold")
    out.print(_beat_words(facts, zone), soft_wrap=True)
    for program in facts["programs"]:
        counts = ", ".join(f"{count} {standing}" for standing, count in program["pairings"].items())
        phases = ", ".join(f"{count} in {phase}" for phase, count in program["phases"].items())
        out.print(f"program {program['id']}: {counts}{'; ' if phases else ''}{phases}")
        if program["satisfaction"] is not None:
            out.print(f"  how it goes, on the average: {program['satisfaction']} of 5")
        if program["gain"] is not None:
            out.print(
                f"  mentees surer at the end than at the start: {program['gain']:+} on the average"
            )
        for version, count in program["agreed"].items():
            out.print(f"  {count} agreed to version {version}")
    kinds = ", ".join(f"{count} {KINDS.get(k, k)}" for k, count in facts["calendars"].items())
    kept = f" ({kinds})" if set(facts["calendars"]) - {"local"} else ""
    out.print(f"calendars: {_counts(facts['accounts'])}{kept}")
    sent = facts["letters"]
    tried = f" ({sent['tried']} to be tried again)" if sent["tried"] else ""
    room = f" ({sent['no_room']} when the mailbox may send more)" if sent["no_room"] else ""
    waits = f"{sent['due']} due{tried}{room}, {sent['on_hold']} on hold"
    events = f" and {sent['events_day']} about events" if sent["events_day"] else ""
    out.print(f"letters: {sent['day']}{events} in 24 hours, {sent['week']} in 7 days; {waits}")
    _next_ones(out, facts["pairings"])
    if facts["room"]:
        out.print(f"room for mentees: {_some(_room(facts['room']))}", soft_wrap=True)
    if facts["maybe_in_spam"]:
        out.print(f"maybe in spam (no sign of life): {_some(facts['maybe_in_spam'])}")
    if facts["letters_back"]:
        back = [f"{each['who']} ({each['why']})" for each in facts["letters_back"]]
        out.print(f"letters came back, written to on: {_some(back)}", soft_wrap=True)
    for line in _to_look_at(facts, zone):
        out.print(line, soft_wrap=True)
    for each in facts["for_contact"][:SAID_MOST]:
        at = local_words(datetime.fromisoformat(each["at"]), zone)
        out.print(Text("FOR YOU TO ANSWER", "bold"))
        out.print(f"  {each['pairing']}, {at}: it lies in the mailbox.", soft_wrap=True)
    if not facts["look"] and not facts["for_contact"]:
        out.print("Nothing needs you.")


def beat_words(facts: dict[str, Any], zone: str) -> str:
    """What one beat leaves: what needs somebody, else when there is something to do again."""
    waits = ", ".join(name.replace("_", " ") for name in facts["look"])
    if waits:
        return f"One beat. To look at: {waits}. Next: run.py status{facts['options']}"
    if not facts["wakes_at"]:
        return "One beat. All done."
    again = local_words(datetime.fromisoformat(facts["wakes_at"]), zone)
    return f"One beat. All done. There is something to look at again: {again}."


def _beat_words(facts: dict[str, Any], zone: str) -> str:
    owner = (
        f"run by {facts['owner']}"
        if facts["owner"]
        else f"not running (run.py start{facts['options']})"
    )
    last = facts["last_beat"]
    beat = local_words(datetime.fromisoformat(last), zone) if last else "never"
    if last and facts["owner"]:
        beat += f" or later (noted every {NOTE_EVERY // MINUTE} minutes)"
    return f"{owner}\nlast beat: {beat}"


def _counts(counts: dict[str, int]) -> str:
    said = [f"{count} {name}" for name, count in counts.items() if count]
    return ", ".join(said) or "none yet"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - NAMES_MOST} more" if len(names) > NAMES_MOST else ""
    return ", ".join(names[:NAMES_MOST]) + more


def _room(mentors: list[dict[str, Any]]) -> list[str]:
    """Who is full is said as well: otherwise they would be asked."""
    return [
        f"{each['mentor']} has {each['pairings']} of {each['most']}"
        if each["free"]
        else f"{each['mentor']} is full"
        for each in mentors
    ]


def _next_ones(out: Console, pairings: list[dict[str, Any]]) -> None:
    """The next 1:1 of whoever meets first."""
    coming = sorted((each["next"], each["pairing"], each) for each in pairings if each["next"])
    if coming:
        out.print("next 1:1s:")
    for _, _, each in coming[:COMING_MOST]:
        at = local_words(datetime.fromisoformat(each["next"]), each["zone"])
        names = f"{each['mentor']} & {each['mentee']}"
        out.print(f"  {at}  {each['pairing']}  {names}", overflow="ellipsis", no_wrap=True)
    if len(coming) > COMING_MOST:
        out.print(f"  and {len(coming) - COMING_MOST} pairings more: --json")
    if choosing := [each["pairing"] for each in pairings if each["choosing"]]:
        out.print(f"a time is being chosen: {_some(choosing)}")
    if second := [first for each in pairings for first in each["second_addresses"]]:
        out.print(f"known by a second address as well: {_some(list(dict.fromkeys(second)))}")
    if unsure := [each["pairing"] for each in pairings if each["not_sure"]]:
        out.print(f"not sure who wrote, and asked: {_some(unsure)}")


def _to_look_at(facts: dict[str, Any], zone: str) -> list[Text]:
    lines: list[Text] = []

    def point(head: str, rest: str) -> None:
        lines.append(Text.assemble((head, "bold"), f"\n  {rest}"))

    if facts["silent"]:
        held = "the daemon holds the folder but has not beaten for ten minutes: see its log"
        point(
            "NO BEAT",
            held
            if facts["owner"]
            else "nothing has run for a day or more: run.py start" + facts["options"],
        )
    if facts["config_problem"]:
        text = facts["config_problem"].strip().replace("\n", "\n  ")
        point(
            "THE FILES ARE BAD, the last good ones stay in force",
            f"{text}\n  Next: {facts['config_next']}",
        )
    if facts["restored"]:
        point("RESTORED FROM A BACKUP", "everything waits until it is released")
    for each in facts["accounts_lost"][:SAID_MOST]:
        since = local_words(datetime.fromisoformat(each["since"]), zone)
        why = f"{each['why'].rstrip('.')}.\n  " if each["why"] else ""
        rest = f"{each['account']}'s, since {since}. Its 1:1s keep their standing."
        point("CALENDAR LOST", f"{why}{rest}")
    for each in facts["troubles"][:SAID_MOST]:
        since = local_words(datetime.fromisoformat(each["since"]), zone)
        who = f"{each['who']}'s: " if each["who"] else ""
        point(each["what"], f"{who}{each['why']}, since {since}.\n  {each['advice']}")
    if facts["addresses_on_hold"]:
        who = _some(facts["addresses_on_hold"])
        point("LETTERS COME BACK", f"from {who}. Correct the address in the files.")
    if facts["letters_stuck"] and not any(each["what"] == SEND for each in facts["troubles"]):
        point(
            "MAIL CANNOT BE SENT",
            f"{facts['letters_stuck']} letters were tried again and again. Its server may be off.",
        )
    for each in facts["on_hold"][:SAID_MOST]:
        head = f"ON HOLD: {each['count']} under {each['name']}"
        point(head, f"{each['why']}\n  {each['command']}")
    for each in facts["set_aside"][:SAID_MOST]:
        looked = f"\n  {each['command']}" if each["command"] else ""
        point("SET ASIDE", f"{each['source']} {each['name']}: {each['why']}{looked}")
    for name in ("accounts_lost", "troubles", "on_hold", "set_aside"):
        if len(facts[name]) > SAID_MOST:
            more = f"{len(facts[name]) - SAID_MOST} more {name.replace('_', ' ')}"
            lines.append(Text(f"and {more}: --json"))
    return lines


def show_held(rows: list[dict[str, Any]], holds: list[dict[str, Any]], zone: str) -> None:
    """What waits, by the name under which it does, each with the command that lets it go."""
    out = screen()
    if not holds:
        out.print("Nothing is on hold.")
    for each in holds:
        out.print(Text.assemble((f"{each['count']} on hold", "bold"), f": {each['why']}"))
        waits = [row for row in rows if row["name"] == each["name"]]
        for row in waits[:ROWS_MAX]:
            since = local_words(datetime.fromisoformat(row["since"]), zone) if row["since"] else "-"
            out.print(f"  {row['what']}", soft_wrap=True)
            about = f"{row['pairing']}, " if row["pairing"] else ""
            other = f": {row['why']}" if row["why"] != each["why"] else ""
            out.print(f"      {about}since {since}{other}", soft_wrap=True)
        if len(waits) > ROWS_MAX:
            out.print(f"  and {len(waits) - ROWS_MAX} more: --json shows all")
        out.print(f"  {each['command']}", soft_wrap=True)


def show_why(found: Explanation, options: str) -> None:
    """What it was, the facts, what happened, what led to it, what was not done, and where to look further."""
    out = screen()
    out.print(Text(found.about, "bold"), soft_wrap=True)
    for fact in found.facts:
        say(out, fact, 2)
    _story(out, "What happened", found.entries, found.zone, why=True)
    if not found.entries:
        out.print("\nNothing happened here.")
    _story(out, "Because", found.because, found.zone, why=True)
    _story(out, "Also about this 1:1", found.around, found.zone, why=False)
    _story(out, "Not done, and why", found.not_done, found.zone, why=True)
    keys = list(dict.fromkeys(each.key for each in found.entries if each.key))
    if len(keys) > 1:
        out.print(
            f"\nOne of them alone: run.py why {shlex.quote(keys[-1])}{options}", soft_wrap=True
        )
    for pairing in found.ahead[:NAMES_MOST]:
        out.print(
            f"What comes next: run.py plan --days 7 --pairing {pairing}{options}", soft_wrap=True
        )


def _story(out: Console, head: str, story: tuple[LedgerLine, ...], zone: str, *, why: bool) -> None:
    """Lines of the ledger in words, oldest first; what was done as soon as it was to do is one line."""
    if not story:
        return
    out.print(Text(f"\n{head}", "bold"))
    reasons = {(told.key, told.at): told.why for told in story if told.raw == "due"}
    done = {(told.key, told.at) for told in story if told.raw == "settled"}
    for told in story:
        at = (told.key, told.at)
        if told.raw == "due" and at in done:
            continue
        say(out, f"{local_words(told.at, zone)}  {_what(told)}", 2)
        reason = told.why or (reasons.get(at, "") if told.raw == "settled" else "")
        if why and reason and told.effect:
            say(out, reason, 6)


def _what(told: LedgerLine) -> str:
    return f"{told.what:<9}  {told.effect}" if told.effect else told.why
