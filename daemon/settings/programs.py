"""One program file: its settings as a Program, and what it says for all its pairings.

Not its roster: the entries of `pairings:` are read in pairings.py, once everybody is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from daemon.domain.cadence import Cadence
from daemon.domain.people import Address
from daemon.domain.program import Program
from daemon.settings.addresses import Mail
from daemon.settings.agendas import add_agendas, check_few_lines
from daemon.settings.fields import Value, Values, read_block
from daemon.settings.kinds import Wrong
from daemon.settings.known_names import NOT_OF_A_PROGRAM
from daemon.settings.preset_files import preset_value, preset_values
from daemon.settings.problem import Findings, Mark
from daemon.settings.program_table import PROGRAM
from daemon.settings.roster import Known, Mention, Roster, check_domain, folded, slug
from daemon.settings.setting import Setting
from daemon.settings.tree import Entries, Items, Node, Scalar

_TEN_LINES = "The ten lines that a program needs stand in the README."


@dataclass(frozen=True, slots=True)
class Written:
    """One pairing as it is written, and the file it is written in: the program's own, or its roster.
    `further` is what it may say there beside what every pairing may."""

    node: Entries
    findings: Findings
    further: tuple[Setting, ...] = ()


@dataclass(slots=True)
class Page:
    """A program file as far as it is understood. `program` is None while something in it is wrong."""

    file: str
    findings: Findings
    program_id: str = ""
    program: Program | None = None
    values: Values = field(default_factory=dict)
    mailbox: Address = ""
    entries: tuple[Written, ...] = ()
    accounts: Node | None = None
    node: Entries | None = None
    top: Mark = field(default_factory=lambda: Mark(1, 1))


def read_program(node: Node | None, findings: Findings, roster: Roster) -> Page:
    """Read everything of a program but its people."""
    page = Page(findings.file, findings)
    if not isinstance(node, Entries):
        if node is None:
            page.findings.error(Mark(0, 0), "This file is empty.", f"{_TEN_LINES} Or remove it.")
        else:
            page.findings.error(node.at, "This file holds no settings (name: value).", _TEN_LINES)
        return page
    page.node, page.top, page.mailbox = node, node.at, _mailbox(node)
    page.values = read_block(node, PROGRAM, findings, page.mailbox, NOT_OF_A_PROGRAM)
    stem = findings.file.rpartition("/")[2].rpartition(".")[0]
    page.program_id = page.values["id"].value if "id" in page.values else slug(stem)[:40]
    if not page.program_id:
        findings.error(
            node.at, "This file's name holds no plain letter.", "Add a line like id: koss-2027"
        )
    if "accounts" in page.values:
        page.accounts = page.values["accounts"].value
    add_agendas(page.values, findings)
    check_few_lines(page.values, findings)
    page.entries = _entries(page)
    _check_addresses(page, roster)
    page.program = _program(page)
    return page


def _mailbox(node: Entries) -> Address:
    """The program's mailbox, known early because other messages name it."""
    for name, value in node.entries:
        if name.text == "mailbox" and isinstance(value, Scalar):
            try:
                return Mail().parse(value.text)
            except Wrong:
                return ""
    return ""


def _entries(page: Page) -> tuple[Written, ...]:
    if "pairings" not in page.values:
        if page.node and not page.node.names("roster"):
            page.findings.warning(
                page.top,
                "pairings:  is missing, so nobody meets.",
                "Add pairings: with mentor and mentee, or roster: with the name of a CSV file.",
            )
        return ()
    node = page.values["pairings"].value
    if isinstance(node, Scalar) and not node.text:
        page.findings.warning(
            node.at,
            "pairings:  is empty, so nobody meets.",
            "Add entries: - mentor: … and mentee: …",
        )
        return ()
    if not isinstance(node, Items):
        page.findings.error(
            node.at, "pairings:  is not a list.", "Begin each pairing with a hyphen: - mentor: …"
        )
        return ()
    found = [_entry(item, page.findings) for item in node.items]
    return tuple(each for each in found if each is not None)


def _entry(item: Node, findings: Findings) -> Written | None:
    if isinstance(item, Entries):
        return Written(item, findings)
    findings.error(
        item.at, "A pairing has at least mentor: and mentee:.", "Write - mentor: … and mentee: …"
    )
    return None


def _check_addresses(page: Page, roster: Roster) -> None:
    values, findings = page.values, page.findings
    ok = "ok" in values and values["ok"].value
    for name in ("contact", "mailbox", "help_to", "letters_to"):
        if name in values and not ok:
            value = values[name].value
            address = value[1] if name in ("contact", "help_to") else value
            check_domain(address, Mention(name, values[name].text, values[name].at, findings))
    if "letters_to" in values and values["letters_to"].value == page.mailbox:
        findings.error(
            values["letters_to"].at,
            f"letters_to: {values['letters_to'].text}  is the program's mailbox, which would answer itself.",
            "Write a person's own address.",
        )
    if "contact" not in values:
        return
    contact_name, contact = values["contact"].value
    roster.contacts.setdefault(page.file, {})[folded(contact_name)] = Known(
        "", contact_name, contact, page.file, values["contact"].at
    )
    reader = "help_to" if "help_to" in values else "contact"
    address = values["help_to"].value[1] if "help_to" in values else contact
    if page.mailbox and page.mailbox in (address, contact):
        wrong = reader if address == page.mailbox else "contact"
        findings.error(
            values[wrong].at,
            f"{wrong}: {values[wrong].text}  is the program's mailbox, which several people may read.",
            "Write a person's own address: HELP goes there, and to nobody else.",
        )


def rhythm_of(page: Page) -> Cadence:
    """The cadence of a program: as it says, else by its preset."""
    preset, said = page.values.get("preset"), page.values.get("cadence")
    if said is not None:
        found: Cadence = said.value
        return found
    set_ = preset_values(preset.value).get("cadence") if preset else None
    return set_.value if set_ else Cadence()


def _program(page: Page) -> Program | None:
    """The Program, None where a required value is missing or wrong; the rest falls back to defaults
    only while there is an error, and then nobody uses it."""
    if not page.program_id:
        return None
    settings = {setting.name: setting for setting in PROGRAM}
    given: dict[str, Any] = {"id": page.program_id}
    preset = page.values.get("preset")
    for name in preset_values(preset.value) if preset else ():
        set_ = preset_value(preset.value, name, rhythm_of(page)) if preset else None
        assert set_ is not None, "it is one of its names"
        given |= _fields(settings[name], set_)
    for name, value in page.values.items():
        given |= _fields(settings[name], value)
    if any(name not in page.values for name, setting in settings.items() if setting.required):
        return None
    given.setdefault("help_to", given["contact"])
    given.setdefault("help_name", given["contact_name"])
    return Program(**given)


def _fields(setting: Setting, value: Value) -> dict[str, Any]:
    """The fields of a Program that this value fills."""
    values = value.value if len(setting.fields) > 1 else (value.value,)
    return dict(zip(setting.fields, values, strict=False))
