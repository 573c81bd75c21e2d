"""Commands about the files people write: `init`, `check` and `preview`.

Not what they find: daemon/commands and daemon/settings.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from daemon.cli.app import app, exit_with, print_json, where_of, wire_of
from daemon.commands.options import AsJson, ConfigDir, DataDir
from daemon.errors import UserError

if TYPE_CHECKING:
    from daemon.commands.folders import Folders
    from daemon.commands.wire import Wire


def _word(words: str, example: str) -> Any:
    """An option for one of the words of the first file."""
    return typer.Option(metavar=example, help=words, show_default=False)


def _answer(question: str, example: str) -> str:
    """What somebody types. Ctrl-C is the same here as anywhere."""
    try:
        return str(typer.prompt(question, example))
    except typer.Abort:
        raise KeyboardInterrupt from None


class Facts(Protocol):
    """What a command has done, for --json and for people."""

    def facts(self) -> dict[str, Any]:
        """One object."""
        ...

    def words(self) -> str:
        """A few lines."""
        ...


def _option(name: str, metavar: str, meaning: str) -> Any:
    return typer.Option(name, metavar=metavar, help=meaning, show_default=False)


@app.command()
def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A folder that is new, or empty.", show_default=False),
    ],
    preset: Annotated[
        str, typer.Option("--preset", metavar="P", help="The set of defaults to start from.")
    ] = "koss",
    name: Annotated[str | None, _word("What people call the program.", "NAME")] = None,
    contact: Annotated[str | None, _word("The human being behind it.", "PERSON")] = None,
    mailbox: Annotated[str | None, _word("Where its letters come from.", "ADDRESS")] = None,
    timezone: Annotated[str | None, _word("Where most people live.", "ZONE")] = None,
    mentor: Annotated[str | None, _word("The first mentor: 'Name <address>'.", "PERSON")] = None,
    mentee: Annotated[str | None, _word("The first mentee: 'Name <address>'.", "PERSON")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the first program file into a new folder.

    On a terminal it asks for what is not given; in a script the rest are examples that you replace. What it
    writes passes `check`, and nothing is sent before you release it.

    \b
      run.py init mine
      run.py init mine --name "KOSS 1:1s" --mailbox koss@example.org
    """
    from daemon.commands.beginning import EXAMPLES, asked, begin, companions

    said = {
        "preset": preset, "name": name, "contact": contact, "mailbox": mailbox,
        "timezone": timezone, "mentor": mentor, "mentee": mentee,
    }  # fmt: skip
    words = {each: text for each, text in said.items() if text is not None}
    if sys.stdin.isatty() and sys.stdout.isatty() and not as_json:
        words = asked(words, _answer, print)
    path = begin(folder, words)
    examples = [] if len(words) == len(said) else [each for each in said if each not in words]
    if as_json:
        print_json({"file": path, "examples": examples})
        return
    print(f"Wrote {path}.")
    beside = ["people.yaml", *companions(words.get("preset", EXAMPLES["preset"]))]
    print(f"Beside it, to change as you like: {', '.join(beside)}.")
    if examples:
        print(f"Examples to replace: {', '.join(examples)}.")
    print(f"Next: run.py check --config {shlex.quote(str(folder))}")


@app.command()
def check(context: typer.Context, config: ConfigDir = None, as_json: AsJson = False) -> None:
    """Validate configuration and templates; change nothing.

    Every mistake in every file at once, with file:line:column and what to write instead. Every template is
    rendered with made-up people. Exit 2 when something must be mended.

    \b
      run.py check --config mine
      run.py check --config mine --json | jq .problems
    """
    from daemon.commands.checking import check, check_facts, check_words

    where = where_of(context, config, None)
    loaded, problems = check(wire_of(context), where)
    out, wrong = check_words(loaded, problems, where.options)
    if as_json:
        print_json(check_facts(loaded, problems))
    else:
        print(out, end="\n" if out else "")
    if wrong:
        print(wrong, file=sys.stderr)
    exit_with(2 if wrong else 0)


def _letters(begun: str) -> list[str]:
    """Which letters begin like that, for a shell."""
    from daemon.commands.previewing import names

    return [name for name in names() if name.startswith(begun)]


LETTER: Any = typer.Argument(
    metavar="TOUCHPOINT", help="The name of the letter.", show_default=False,
    autocompletion=_letters,
)  # fmt: skip


@app.command()
def preview(
    context: typer.Context,
    touchpoint: Annotated[str, LETTER] = "",
    pairing: Annotated[
        str, _option("--pairing", "ID", "Whose names and zones; else the first.")
    ] = "",
    variant: Annotated[
        str, _option("--variant", "NAME", "One of the ways it can come out; else all.")
    ] = "",
    html: Annotated[
        Path | None,
        _option("--html", "FILE", "Write the HTML part (of the first one shown) there."),
    ] = None,
    to: Annotated[
        str | None, _option("--to", "ADDRESS", "Send this one sample (the first one) there.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Play the program ahead and show all its letters.")
    ] = False,
    weeks: Annotated[
        int, typer.Option("--weeks", metavar="N", min=1, max=26, help="How far --all looks ahead.")
    ] = 4,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where --all puts index.html.")
    ] = Path("preview-out"),
    program: Annotated[
        str | None, _option("--program", "P", "Which one --all plays; else the first.")
    ] = None,
    config: ConfigDir = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """A letter as its reader would get it, with made-up notes; or, with --all, a page of the weeks to come.

    Your own files and templates count (templates/en/NAME.md in --config): of the ways it can come out the one
    most like your pairing is the first. The names are those of the
    catalogue, such as prep-mentee, notes, proposal, moved, admin-launch. Nothing is sent unless you say --to, and then
    only this one sample.

    \b
      run.py preview proposal --config mine
      run.py preview prep-mentor --variant "with a past" --html prep.html
      run.py preview admin-launch --config mine
      run.py preview proposal --to me@example.org --config mine
      run.py preview --all --weeks 4 --out preview-out --config mine
    """
    where = where_of(context, config, data)
    if bool(touchpoint) == everything:
        raise UserError("name one letter, such as proposal, or say --all")
    if everything:
        _print(_played(wire_of(context), where, program, weeks, out), as_json)
    elif to is not None:
        from daemon.commands.sampling import send_sample

        _print(send_sample(wire_of(context), where, touchpoint, pairing, variant, to), as_json)
    else:
        _show(where, touchpoint, pairing, variant, html, as_json)


def _played(wire: Wire, where: Folders, program: str | None, weeks: int, out: Path) -> Facts:
    """The program, played ahead; what the daemon would log meanwhile is of no interest."""
    from daemon.commands.log import no_log
    from daemon.commands.playing import preview_all

    no_log()
    return preview_all(wire, where, program, weeks, out)


def _print(done: Facts, as_json: bool) -> None:
    """What was done: as facts, or in words."""
    if as_json:
        print_json(done.facts())
    else:
        print(done.words())


def _show(
    where: Folders, touchpoint: str, pairing: str, variant: str, html: Path | None, as_json: bool
) -> None:
    """One letter on the screen, in every way it can come out."""
    from daemon.commands.folders import write
    from daemon.commands.previewing import preview

    found = preview(where, touchpoint, pairing, variant)
    if html is not None:
        write(html, found[0].letter.html)
    if as_json:
        print_json({"touchpoint": touchpoint, "variants": [each.facts() for each in found]})
        return
    for each in found:
        print(f"── {each.variant} " + "─" * max(3, 76 - len(each.variant)))
        print(f"From: {each.sender}\nTo: {each.reader}\nSubject: {each.letter.subject}\n")
        print(each.letter.text)
