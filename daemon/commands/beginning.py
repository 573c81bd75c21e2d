"""`init`: the first program file, from a few words, in a folder of its own.

Not a form: every other setting comes from the preset, and whoever wants one writes it into the file.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from daemon.commands.folders import write
from daemon.errors import UserError
from daemon.settings import load, report
from daemon.settings.addresses import NamedMail
from daemon.settings.agreements import translations_of
from daemon.settings.kinds import Kind, Wrong
from daemon.settings.preset_files import CAME_ALONG, preset_file, preset_values
from daemon.settings.presets import PRESETS
from daemon.settings.program_table import PROGRAM
from daemon.settings.roster import slug
from daemon.settings.schema import FILES, schema

EXAMPLES: Mapping[str, str] = {
    "preset": "koss",
    "name": "Our 1:1s",
    "contact": "Maya <maya@example.org>",
    "mailbox": "one-on-one@example.org",
    "timezone": "Europe/Berlin",
    "mentor": "Ana Rao <ana@example.org>",
    "mentee": "Ben Das <ben@example.org>",
}
"""What stands in the file for whatever nobody said: it passes `check`, and nothing is sent to example.org."""

ASKED: Mapping[str, str] = {
    "name": "What do people call the program?",
    "contact": "Who is the human being behind it? Name <address>; stands in every welcome",
    "mailbox": "From which address do its letters come?",
    "timezone": "In which city's time do most people live?",
    "mentor": "The first mentor: Name <address>",
    "mentee": "Their mentee: Name <address>",
}
_PLAIN = re.compile(r"[^\W\d_][\w .,<>@+'/-]*(:\w[\w .,<>@+'/-]*)*")
"""Text that YAML reads as it stands. `: ` and ` #` would mean something."""
_MEANT = re.compile(r"Did you mean (\S+)\?")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NOT_TEXT = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))

FILE = """\
# yaml-language-server: $schema=../schema/program.json
# A program: one mailbox, one set of rules, and the pairings under them.
# Every other setting has a default: docs/settings.md
preset: {preset}
name: {name}
contact: {contact}
mailbox: {mailbox}
timezone: {timezone}
# letters_to: you@example.org         # a rehearsal: every letter goes there alone
# ends: 2027-06-30                    # no 1:1 after this day
# language: pt-BR                     # of letters, for everyone without one of their own
# roster: pairs.csv                   # further pairings, one a row, from a spreadsheet beside this file
pairings:
  - mentor: {mentor}
    mentee: {mentee}
    # at: Tue 15:00                   # on the mentor's clock; without it the mentee picks a time by mail

# --- What preset: {preset} says already. To change a line, take its # away, with all lines that belong to it.
#
{set}
"""
PEOPLE = """\
# yaml-language-server: $schema=schema/people.json
# Wanted only where name and address do not say enough. Take the # away, and write who it is.
# ben-das: {name: Ben Das, address: ben@example.org, zone: Asia/Kolkata}
# ana-rao:
#   name: Ana Rao
#   address: ana@example.org
#   hours: Mon-Fri 09:00-18:00        # when 1:1s may be offered
#   away: 2026-12-20 to 2027-01-06
#   page: https://example.org/ana     # for the other one to read before they meet
"""


def kinds() -> dict[str, Kind]:
    """What each of the words has to be. Nobody is known yet, so a person has a name and an address."""
    known: dict[str, Kind] = {setting.name: setting.kind for setting in PROGRAM}
    return known | {"mentor": NamedMail(), "mentee": NamedMail()}


def asked(given: Mapping[str, str], ask: Callable[[str, str], str], tell: Callable[[str], None]) -> dict[str, str]:  # fmt: skip
    """The words that are missing, one question each; where it is clear what is meant, that is taken and told, and a
    wrong one is explained and asked for once more."""
    found = dict(given)
    by_name = kinds()
    for name, question in ASKED.items():
        while name not in found:
            text = ask(question, EXAMPLES[name]).strip()
            try:
                by_name[name].parse(text)
            except Wrong as wrong:
                meant = _MEANT.fullmatch(wrong.advice)
                if meant:
                    found[name] = meant[1]
                    tell(f"{text}: taken as {meant[1]}.")
                else:
                    tell(f"{text or 'Nothing'}  {wrong.text} {wrong.advice}".rstrip())
            else:
                found[name] = text
    return found


def begin(folder: Path, words: Mapping[str, str]) -> Path:
    """Write the first program into a folder that holds nothing yet, and the schemas that editors complete it by;
    the path of the new file.

    UserError, and nothing is written, where there is something already or a word is wrong.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} holds something already. Name a folder that does not exist yet.")
    full = {**EXAMPLES, **words}
    preset = full["preset"] if full["preset"] in PRESETS else EXAMPLES["preset"]
    text = FILE.format(set=_set_by(preset), **{name: _as_yaml(word) for name, word in full.items()})
    stem = slug(full["name"].lower().translate(_UMLAUTS))[:40].strip("-")
    name = Path("programs", f"{stem or 'program'}.yaml")
    with tempfile.TemporaryDirectory() as tried:
        write(Path(tried) / name, text)
        if wrong := [each for each in load(Path(tried)).problems if each.severity == "error"]:
            raise UserError(f"{report(wrong)}\nNothing has been written.")
    write(folder / name, text)
    write(folder / "people.yaml", PEOPLE)
    for path, own in companions(preset).items():
        write(folder / path, own)
    for file in FILES:
        write(folder / "schema" / f"{file}.json", schema(file))
    return folder / name


def companions(preset: str) -> dict[str, str]:
    """The texts that a preset names, for the folder of whoever begins with it: what stands there counts instead of the shipped
    one. Paths inside that folder."""
    values = preset_values(preset)
    found: dict[str, str] = {}
    for bank in values["questions"].value if "questions" in values else ():
        path = CAME_ALONG / "questions" / f"{bank}.yaml"
        found[f"questions/{bank}.yaml"] = path.read_text(encoding="utf-8")
    if "agreement" in values:
        path = preset_file(preset).with_name(values["agreement"].value)
        for each in (path, *translations_of(path).values()):
            found[f"programs/{each.name}"] = each.read_text(encoding="utf-8")
    return found


def _set_by(preset: str) -> str:
    """The lines of a preset, as comments."""
    lines = preset_file(preset).read_text(encoding="utf-8").splitlines()
    return "\n".join(f"# {line}" for line in lines if not line.startswith("#"))


def _as_yaml(word: str) -> str:
    """A scalar of YAML 1.2 that is read as this text."""
    plain = _PLAIN.fullmatch(word) and word == word.strip() and word.lower() not in _NOT_TEXT
    return word if plain else json.dumps(word, ensure_ascii=False)
