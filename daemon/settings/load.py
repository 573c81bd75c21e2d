"""A configuration folder as the domain's Config, with every problem of every file at once.

Not reloading: whoever keeps the last good configuration in force is daemon/heartbeat.py (trap 80).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from daemon.domain.account import Account
from daemon.domain.people import Address, Line
from daemon.domain.program import Alarms, Config, GoogleLimits, MicrosoftApp, Web
from daemon.errors import UserError
from daemon.garbage import uncollected
from daemon.settings.account_table import WHOLE
from daemon.settings.accounts import (
    Accounts,
    check_reading,
    check_shares,
    complete,
    read_accounts,
    with_clients,
)
from daemon.settings.agreements import add_agreements
from daemon.settings.banks import add_questions, check_left_out
from daemon.settings.beside import is_there, names_beside
from daemon.settings.checks import check_all
from daemon.settings.fields import read_block
from daemon.settings.file_kinds import SHEETS
from daemon.settings.lines import left_to_connect, lines_of
from daemon.settings.organizers import check_meets, organized
from daemon.settings.pairings import Draft, drafts_of
from daemon.settings.people import read_people
from daemon.settings.preset_files import CAME_ALONG
from daemon.settings.problem import Findings, Mark, Problem, report
from daemon.settings.programs import Page, read_program
from daemon.settings.rehearsal import check_rehearsal, rehearsal_of
from daemon.settings.roster import Known, Roster
from daemon.settings.sheet import read_sheet
from daemon.settings.source import printable_path, read_text
from daemon.settings.substitutes import with_substitutes
from daemon.settings.tree import Entries, Node, read_tree

_WHOLE_FILE = Mark(0, 0)
_T = TypeVar("_T", bound=Struct)
_PEOPLE, _ONEONONE = "people.yaml", "oneonone.yaml"
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder says. `config` is to be used only while `errors` is empty."""

    config: Config
    problems: tuple[Problem, ...] = ()
    accounts: Mapping[Address, Account] = field(default_factory=dict)
    rehearsal: bool | None = False
    """Whether the files ask for a rehearsal; None where none of them could be read."""

    people: tuple[Known, ...] = field(default=(), repr=False)
    """Everybody whom the files name, in a pairing or not."""

    drafts: tuple[Draft, ...] = field(default=(), repr=False)
    """Where each value stands. Never shown: a file may hold a password that does not belong there."""

    def place(self, pairing: str, setting: str) -> tuple[str, Mark]:
        """The file and place where a pairing's value stands: its own, or one that its program says for all."""
        for draft in self.drafts:
            found = draft.value(setting)
            if draft.key == pairing:
                at = found.at if found else draft.written.node.at
                return draft.findings_of(setting).file if found else draft.findings.file, at
        return "programs", Mark(0, 0)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before anything is used."""
        return tuple(each for each in self.problems if each.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is probably not meant."""
        return tuple(each for each in self.problems if each.severity == "warning")

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Pairings whose regular time no file names: they are asked for it by mail."""
        return tuple(
            line
            for line in self.config.lines
            if line.at is None and not line.cadence.finite and not line.closing
        )

    def account(self, address: Address) -> Account:
        """Where this address keeps its calendar and mail."""
        return self.accounts.get(address) or Account(address)


def load(config_dir: Path, today: date | None = None) -> Loaded:
    """Read programs/*.yaml, people.yaml and oneonone.yaml. A user's mistake is a problem, never raised.

    With `today` what is past is warned of as well.
    """
    with uncollected():
        return _load(config_dir, today)


def _load(config_dir: Path, today: date | None) -> Loaded:
    every: list[Findings] = []
    roster, accounts = Roster(), Accounts()
    findings, node = _file(config_dir, _people_file(config_dir), every)
    read_people(node, findings, roster)
    findings, node = _file(config_dir, Path(_ONEONONE), every)
    said, whole = _Whole(), findings
    if isinstance(node, Entries):
        said = _read_whole(node, findings, accounts, today)
    elif node is not None:
        findings.error(
            node.at, "This file holds no settings (name: value).", "Remove it, if empty."
        )
    pages = _pages(config_dir, roster, every)
    for page in pages:
        if page.accounts is not None:
            read_accounts(page.accounts, page.findings, accounts, today)
    check_shares(accounts)
    check_reading(accounts, {page.mailbox for page in pages if page.mailbox})
    drafts = with_substitutes(drafts_of(pages, roster), pages, roster)
    lined = organized(lines_of(drafts, roster, accounts.known), accounts.known)
    known = with_clients(accounts, said.client_id, said.microsoft.microsoft_client_id)
    check_meets(lined, accounts.known)
    _check_servers([line for _, line in lined], accounts.known, whole)
    people = {p.address: p.calendar for _, line in lined for p in line.people}
    if not said.service_account:
        _check_clients("google", people, known, said.client_id, whole)
    _check_clients("microsoft", people, known, said.microsoft.microsoft_client_id, whole)
    _check_tenant(said.microsoft, whole)
    every += add_agreements(pages, config_dir)
    add_questions(pages, lambda name: _bank(config_dir, name, every), _banks(config_dir))
    check_left_out(drafts)
    check_all(pages, lined, today)
    check_rehearsal(pages)
    programs = tuple(page.program for page in pages if page.program is not None)
    addresses = [*roster.by_address, *(page.mailbox for page in pages if page.mailbox)]
    return Loaded(
        config=Config(
            programs,
            tuple(line for _, line in lined),
            said.alarms,
            known,
            left_to_connect(drafts, accounts.known),
            said.client_id,
            said.service_account,
            said.web,
            said.limits,
            said.microsoft,
        ),
        problems=tuple(problem for each in every for problem in each.problems),
        accounts=complete(accounts.known, addresses),
        rehearsal=rehearsal_of(pages),
        people=tuple(roster.by_id.values()),
        drafts=tuple(drafts),
    )


def load_or_raise(config_dir: Path) -> Loaded:
    """The same, raising UserError with the printed report where anything must be mended first."""
    loaded = load(config_dir)
    if loaded.errors:
        raise UserError(report(loaded.problems))
    return loaded


_REGISTERED = {
    "google": ("google_client_id:  is missing, and {} is at Google.", "Register this program at Google (docs/connect-google.md), and write its id: google_client_id: 1234-abcd.apps.googleusercontent.com"),
    "microsoft": ("microsoft_client_id:  is missing, and {} is at Microsoft 365.", "Register this program at Microsoft (docs/connect-microsoft365.md), and write its id: microsoft_client_id: 00000000-1111-2222-3333-444444444444"),
}  # fmt: skip


def _check_clients(
    kind: str, people: Mapping[Address, str], accounts: tuple[Account, ...], client_id: str, findings: Findings
) -> None:  # fmt: skip
    """These two let nobody in who does not say which program asks."""
    named = {each.address: each.client_id for each in accounts if kind in (each.calendar, each.mail)}  # fmt: skip
    there = {*named, *(who for who, calendar in people.items() if calendar == kind)}
    without = sorted(who for who in there if not named.get(who, client_id))
    if without:
        problem, advice = _REGISTERED[kind]
        findings.error(_WHOLE_FILE, problem.format(without[0]), advice)


def _check_tenant(said: MicrosoftApp, findings: Findings) -> None:
    """An admin allows a program for their own tenant, and for no other."""
    if said.microsoft_application and said.microsoft_tenant == MicrosoftApp().microsoft_tenant:
        findings.error(
            _WHOLE_FILE,
            "microsoft_tenant:  is missing, and with microsoft_application: true somebody has to say whose people these are.",
            "Write the domain or the id of your tenant: microsoft_tenant: example.onmicrosoft.com",
        )
    if said.microsoft_application and not said.microsoft_client_id:
        problem = "microsoft_client_id:  is missing, and with microsoft_application: true it says who acts."
        findings.error(_WHOLE_FILE, problem, _REGISTERED["microsoft"][1])


def _check_servers(
    lines: list[Line], accounts: Mapping[Address, Account], findings: Findings
) -> None:
    """An Exchange is found by no address: whoever has one needs an account that says where it is."""
    people = {p.address: p.calendar for line in lines for p in line.people}
    at_exchange = sorted(who for who, kind in people.items() if kind == "exchange")
    without = next((who for who in at_exchange if who not in accounts), None)
    if without:
        findings.error(
            _WHOLE_FILE,
            f"accounts:  {without} has calendar: exchange, and nothing says where that Exchange is.",
            f"Write its account: {without}: {{calendar: exchange, url: https://mail.example.org/EWS/Exchange.asmx}}",
        )


@dataclass(frozen=True, slots=True)
class _Whole:
    """What oneonone.yaml says beside accounts: where alarms go, how providers know this program, and the pages."""

    alarms: Alarms = Alarms()
    client_id: str = ""
    service_account: Address = ""
    web: Web = Web()
    limits: GoogleLimits = GoogleLimits()
    microsoft: MicrosoftApp = MicrosoftApp()


def _read_whole(
    node: Entries, findings: Findings, accounts: Accounts, today: date | None
) -> _Whole:
    """The accounts are added to those that are known."""
    values = read_block(node, WHOLE, findings)
    if "accounts" in values:
        read_accounts(values["accounts"].value, findings, accounts, today)
    given = {
        field: values[each.name].value
        for each in WHOLE
        for field in each.fields
        if each.name in values
    }

    def of(kind: type[_T]) -> _T:
        return kind(**{n: v for n, v in given.items() if n in kind.__struct_fields__})

    client_id, service = (
        values[name].value if name in values else ""
        for name in ("google_client_id", "google_service_account")
    )
    return _Whole(of(Alarms), client_id, service, of(Web), of(GoogleLimits), of(MicrosoftApp))


def _file(config_dir: Path, name: Path, every: list[Findings]) -> tuple[Findings, Node | None]:
    """One file that need not be there."""
    findings = Findings(printable_path(name))
    every.append(findings)
    path = config_dir / name
    if not path.exists() and not path.is_symlink():
        return findings, None
    text = read_text(path, findings)
    return findings, None if text is None else read_tree(text, findings)


def _bank(config_dir: Path, name: str, every: list[Findings]) -> tuple[Findings, Node | None]:
    """One's own, else the one that came along."""
    file = Path("questions", f"{name}.yaml")
    return _file(config_dir if (config_dir / file).exists() else CAME_ALONG, file, every)


def _banks(config_dir: Path) -> list[str]:
    """The names of all banks of questions that are there."""
    found = [path for folder in (config_dir, CAME_ALONG) for path in (folder / "questions").glob("*.yaml")]  # fmt: skip
    return sorted({path.stem for path in found})


def _people_file(config_dir: Path) -> Path:
    """Where people.yaml is. Among the programs it is a mistake, and read all the same: told is that one alone."""
    misplaced = Path("programs", _PEOPLE)
    here = not (config_dir / _PEOPLE).exists() and (config_dir / misplaced).exists()
    return misplaced if here else Path(_PEOPLE)


def _pages(config_dir: Path, roster: Roster, every: list[Findings]) -> list[Page]:
    pages: list[Page] = []
    by_id: dict[str, Page] = {}
    for name in _program_names(config_dir, every):
        if name in (_PEOPLE, _ONEONONE):
            every.append(Findings(printable_path(Path("programs", name))))
            every[-1].error(
                _WHOLE_FILE, f"{name} belongs one folder up.", "Move it beside programs/."
            )
            continue
        findings, node = _file(config_dir, Path("programs", name), every)
        if node is None and findings.problems:
            continue
        page = read_program(node, findings, roster)
        first = by_id.setdefault(page.program_id, page) if page.program_id else page
        if first is not page:
            at = page.values["id"].at if "id" in page.values else page.top
            findings.error(
                at,
                f"id: {page.program_id}  is the id of {first.file} already.",
                "Rename one of the two files, or give one an id: of its own.",
            )
            page.program = None
        _read_roster(config_dir, page, every)
        pages.append(page)
    _warn_unread(config_dir, pages, every)
    return pages


def _read_roster(config_dir: Path, page: Page, every: list[Findings]) -> None:
    """The rows of the CSV file that a program names, as further entries of it."""
    said = page.values.get("roster")
    if said is None:
        return
    folder = config_dir / "programs"
    if not is_there("roster", said, folder, SHEETS, page.findings):
        return
    findings = Findings(printable_path(Path("programs", said.value)), cells=True)
    every.append(findings)
    text = read_text(folder / said.value, findings)
    if text is not None:
        page.entries += read_sheet(text, findings)


def _warn_unread(config_dir: Path, pages: list[Page], every: list[Findings]) -> None:
    """A roster that no program names is probably forgotten."""
    named = {page.values["roster"].value for page in pages if "roster" in page.values}
    sheets = names_beside(config_dir / "programs", (".csv",))
    if any(page.node and page.node.names("roster") for page in pages) and not named & {*sheets}:
        return  # one is named wrongly, which has been told
    for name in sheets:
        if name not in named:
            findings = Findings(printable_path(Path("programs", name)))
            every.append(findings)
            findings.warning(
                _WHOLE_FILE,
                "No program names this roster, so it is not read.",
                f"Add roster: {name} to the file of its program, or move it elsewhere.",
            )


def _program_names(config_dir: Path, every: list[Findings]) -> list[str]:
    folder = config_dir / "programs"
    findings = Findings("programs")
    every.append(findings)
    try:
        names = sorted(
            each.name
            for each in folder.iterdir()
            if each.suffix in _SUFFIXES and not each.name.startswith(".")
        )
    except (FileNotFoundError, NotADirectoryError):
        names = []
    except OSError as problem:
        findings.error(
            _WHOLE_FILE,
            f"This folder cannot be read: {problem.strerror or 'unknown reason'}.",
            "Check its permissions.",
        )
        return []
    if not names:
        findings.error(
            _WHOLE_FILE,
            f"There is no program in {printable_path(folder)}.",
            "Name the folder that holds yours with --config DIR, or let run.py init DIR write the first one.",
        )
    return names
