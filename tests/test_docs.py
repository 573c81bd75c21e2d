"""The owner test of every document: what it shows exists, loads, resolves and is complete.

Not a review of its words: those are judged by reading.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]
INVARIANTS = 11


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(name), re.MULTILINE | re.DOTALL)


def commands_in(text: str) -> set[str]:
    """Every WORD of `run.py WORD` and `oneonone WORD`, in prose and in code."""
    return set(re.findall(r"(?:run\.py|`oneonone) ([a-z]+)\b", text))


def test_the_documents_a_stranger_looks_for_are_there() -> None:
    expected = "ARCHITECTURE CHANGELOG CONTRIBUTING README SECURITY"
    assert sorted(path.stem for path in ROOT.glob("*.md")) == expected.split()
    assert "MIT License" in text_of("LICENSE")
    assert "The oneonone authors" in text_of("LICENSE")


def test_every_further_document_has_an_owner() -> None:
    further = set(DOCUMENTS) - set(ROOT.glob("*.md")) - set(DECISIONS)
    owners = {
        ROOT / "docs/settings.md": ROOT / "tests/test_config.py",
        ROOT / "docs/commands.md": ROOT / "tests/cli/test_help.py",
        ROOT / "docs/rules.md": ROOT / "tests/test_rules.py",
        ROOT / "docs/guides.md": ROOT / "tests/guides/test_guides.py",
        ROOT / "docs/gallery.md": ROOT / "tests/gallery/test_gallery.py",
        ROOT / "docs/gallery.pt-BR.md": ROOT / "tests/gallery/test_gallery.py",
        ROOT / "docs/replies.md": ROOT / "tests/mail/test_replies_page.py",
        ROOT / "docs/connect-exchange.md": ROOT / "tests/cli/test_connect_exchange.py",
        ROOT / "docs/connect-google.md": ROOT / "tests/cli/test_connect_google.py",
        ROOT / "docs/connect-microsoft365.md": ROOT / "tests/cli/test_connect_microsoft.py",
        ROOT / "docs/sign-in.md": ROOT / "tests/cli/test_connect_oauth.py",
        ROOT / "docs/alarms.md": ROOT / "tests/test_alarms_page.py",
        ROOT / "docs/privacy.md": ROOT / "tests/test_privacy.py",
        ROOT / "docs/measures.md": ROOT / "tests/test_measures.py",
        ROOT / "docs/languages.md": ROOT / "tests/test_languages_page.py",
    }
    assert further == set(owners), "name its owner test here"
    for document, owner in owners.items():
        assert document.name in owner.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text_of(name))
    gone = [to for to in links if "://" not in to and not (here / to).exists()]
    assert gone == []


@pytest.mark.parametrize("name", NAMES)
def test_files_named_in_a_document_exist(name: str) -> None:
    pattern = (
        r"`((?:daemon|connectors|tests|templates|docs|\.ci)/[\w./-]*|run\.py|pyproject\.toml)`"
    )
    gone = [path for path in re.findall(pattern, text_of(name)) if not (ROOT / path).exists()]
    assert gone == []


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_named_in_a_document_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    shell = "\n".join([*blocks(name, "sh"), *re.findall(r"`([^`\n]+)`", text_of(name))])
    assert set(re.findall(r"\bmake(?: [A-Z]+=\S+)* ([a-z]+)\b", shell)) <= targets


@pytest.fixture(scope="module")
def offered() -> set[str]:
    """The commands that `run.py --help` lists."""
    shown = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"},
    ).stdout
    return set(re.findall(r"^[\s│|]*([a-z]+)\s{2,}[^\s│|]", shown, re.MULTILINE))


# The comment in README's YAML block names `connect`, which the sentence below the block puts into the future.
LATER = {"README.md": {"connect"}}


@pytest.mark.parametrize("name", NAMES)
def test_commands_named_in_a_document_are_offered(name: str, offered: set[str]) -> None:
    assert commands_in(text_of(name)) - LATER.get(name, set()) <= offered


def test_readme_explains_every_command_offered(offered: set[str]) -> None:
    listed = set(re.findall(r"^\| `run\.py ([a-z]+)`", text_of("README.md"), re.MULTILINE))
    assert listed == offered


def test_readme_shows_the_two_commands() -> None:
    first = blocks("README.md", "sh")[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]


def check(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """What `run.py check` says about one program file."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "koss-2027.yaml").write_text(program, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "check", "--config", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_readme_yaml_passes_check(tmp_path: Path) -> None:
    (block,) = blocks("README.md", "yaml")
    assert len(block.splitlines()) == 10
    done = check(tmp_path, block)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 pairing, 2 people" in done.stdout


def test_readme_yaml_with_a_weekly_time_passes_check(tmp_path: Path) -> None:
    (block,) = blocks("README.md", "yaml")
    (time,) = re.findall(r"`(at: [^`]+)`", text_of("README.md"))
    done = check(tmp_path, f"{block.rstrip()}\n    {time}\n")
    assert (done.returncode, done.stderr) == (0, "")


def invariant_rows() -> dict[int, str]:
    """Number → last cell, from the table of ARCHITECTURE.md."""
    rows = re.findall(r"^\| (\d+) \|.*\| ?([^|]*?) ?\|$", text_of("ARCHITECTURE.md"), re.MULTILINE)
    return {int(number): guard for number, guard in rows}


def test_architecture_lists_every_invariant() -> None:
    assert sorted(invariant_rows()) == list(range(1, INVARIANTS + 1))


@pytest.mark.parametrize("number", range(1, INVARIANTS + 1))
def test_an_existing_test_guards_the_invariant(number: int) -> None:
    guards = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", invariant_rows()[number])
    assert guards, "no test is named"
    for path, test in guards:
        assert (ROOT / path).name.startswith("test_")
        assert (ROOT / path).is_file()
        assert f"def {test}" in text_of(path)


def test_changelog_has_the_present_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)}\b", text_of("CHANGELOG.md"), re.MULTILINE)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.match(rf"# {decision.stem[:4]} \S", text)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert f"docs/adr/{decision.name}" in text_of("ARCHITECTURE.md")


def test_security_a_password_in_the_files_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (block,) = blocks("README.md", "yaml")
    done = check(tmp_path, block.replace("timezone:", "password: tell-nobody\ntimezone:"))
    assert done.returncode == 2
    assert "password" in done.stdout + done.stderr
    assert "tell-nobody" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_modules_run_by_a_document_exist(name: str) -> None:
    modules = re.findall(r"python -m (tests[.\w]*)", text_of(name))
    paths = [ROOT / module.replace(".", "/") for module in modules]
    gone = [
        path.name for path in paths if not path.is_dir() and not path.with_suffix(".py").exists()
    ]
    assert gone == []


def test_security_names_the_variable_of_the_vault_key() -> None:
    (named,) = re.findall(r"`(ONEONONE_KEY\w*)`", text_of("SECURITY.md"))
    assert f'KEY_VARIABLE = "{named}"' in text_of("connectors/stores/vault.py")


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_the_picture_is_straight(name: str) -> None:
    lines = text_of(name).splitlines()
    top, bottom = (
        next(number for number, line in enumerate(lines) if corner in line) for corner in "┌└"
    )
    assert {len(line) for line in lines[top : bottom + 1]} == {len(lines[top])}
