"""The rules of the repository about its own text: sizes, words, banned calls, purity, imports.

Not a style checker: layout, unused names and naive datetimes are ruff's part, import chains import-linter's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
FUNCTION_LINES_P95_MAX = 30


@dataclass(frozen=True)
class Source:
    """One file by its path inside the repository. Parsed once, when a rule first asks for it."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    @property
    def is_test(self) -> bool:
        """True below tests/."""
        return self.path.startswith("tests/")


Finding = tuple[int, str]
Rule = Callable[[Source], Iterator[Finding]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


# --- sizes and words


def functions(source: Source) -> Iterator[tuple[Function, int]]:
    """Every function with its length in lines, decorators left out."""
    for node in source.nodes:
        if isinstance(node, Function):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def long_file(source: Source) -> Iterator[Finding]:
    """A file that does not fit into one head. Nobody reads what is generated from end to end."""
    lines = source.text.count("\n")
    made = source.path.startswith("config/schema/") or "<!-- Made by" in source.text[:200]
    if lines > FILE_LINES_MAX and not made:
        yield lines, f"{lines} lines, at most {FILE_LINES_MAX}: split it by concern"


def long_function(source: Source) -> Iterator[Finding]:
    """A function that does not fit on one screen."""
    for node, lines in functions(source):
        if lines > FUNCTION_LINES_MAX:
            yield node.lineno, f"{node.name} has {lines} lines, at most {FUNCTION_LINES_MAX}"


def p95(lengths: list[int]) -> int:
    """The length that 95 % of the functions do not exceed (nearest rank)."""
    return sorted(lengths)[-(-95 * len(lengths) // 100) - 1] if lengths else 0


def two_sentences(source: Source) -> Iterator[Finding]:
    """A module docstring says what the file is and what it is not; an empty __init__ needs none."""
    if not source.text.strip():
        return
    sentences = re.split(r"[.?!](?=\s|$)", ast.get_docstring(source.tree) or "")
    if sum(len(sentence.split()) > 1 for sentence in sentences) < 2:
        yield 1, "the docstring needs two sentences: what this file is, and what it is not"


EMPTY_WORDS = {"manager", "helper", "util", "utility", "misc", "handler"}


def _words(name: str) -> set[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    singular = {part.lower().removesuffix("s") for part in parts}
    return (
        singular
        | {part.lower() for part in parts}
        | {"utility"} & {part.lower().replace("ies", "y") for part in parts}
    )


def empty_words(source: Source) -> Iterator[Finding]:
    """Names that say nothing (STYLE, habit 1)."""
    named: list[tuple[int, str]] = [(1, part) for part in re.split(r"[/.]", source.path)[:-1]]
    for node in source.nodes:
        if isinstance(node, Function | ast.ClassDef):
            named.append((node.lineno, node.name))
    for line, name in named:
        if found := _words(name) & EMPTY_WORDS:
            yield line, f"{name}: {', '.join(sorted(found))} says nothing; use a word of the domain"


def left_for_later(source: Source) -> Iterator[Finding]:
    """Notes to oneself. The words are put together here so that this file does not find itself."""
    pattern = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := pattern.search(line):
            yield number, f"{found.group()}: do it, or open an issue"


def machine_path(source: Source) -> Iterator[Finding]:
    """Paths that exist on one machine only."""
    roots = "|".join(("work", "farm", "root", "home", "Users", "tmp"))
    pattern = re.compile(rf"(?<![\w.~}})/-])/(?:{roots})/\w")
    for number, line in enumerate(source.text.splitlines(), 1):
        if pattern.search(line):
            yield number, "a path of one machine: make it relative, or take it from the environment"


# --- clocks, chance and purity

CLOCK_OR_CHANCE = re.compile(
    r"datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|time\.((time|monotonic|perf_counter)(_ns)?|sleep|localtime|gmtime|ctime)"
    r"|email\.utils\.(localtime|make_msgid)|os\.urandom|uuid\.uuid[14]|(random|secrets)\..*"
)
ALLOWED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("connectors/clock.py", re.compile(r"datetime\.datetime\.now|time\..*")),
    ("connectors/stores/vault.py", re.compile(r"os\.urandom|secrets\..*")),
    ("connectors/mails.py", re.compile(r"secrets\.token_hex")),
    ("connectors/internet/oauth/granting.py", re.compile(r"secrets\.token_urlsafe")),
    ("run.py", re.compile(r"time\.sleep")),
    ("tests/servers/", re.compile(r"datetime\.datetime\.now|time\.(sleep|monotonic)")),
    ("connectors/memory/faults.py", re.compile(r"random\.Random")),
    ("connectors/outside.py", re.compile(r"random\.Random")),
    ("daemon/simulate/", re.compile(r"random\.Random")),
    ("daemon/heartbeat.py", re.compile(r"time\.(sleep|monotonic)")),
    ("tests/benchmarks/", re.compile(r"time\.(perf_counter|process_time)(_ns)?|random\.Random")),
    ("tests/", re.compile(r"random\.Random|time\.monotonic|secrets\..*|os\.urandom|uuid\..*")),
)


def _aliases(source: Source) -> dict[str, str]:
    """Local name → dotted name of what was imported under it."""
    names: dict[str, str] = {}
    for node in source.nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                first = name.name.split(".")[0]
                names[name.asname or first] = name.name if name.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                names[name.asname or name.name] = f"{node.module}.{name.name}"
    return names


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str:
    """The full name of `a.b.c`, empty where it does not start with an import."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id, "")
    if isinstance(node, ast.Attribute) and (front := _dotted(node.value, aliases)):
        return f"{front}.{node.attr}"
    return ""


def clock_or_chance(source: Source) -> Iterator[Finding]:
    """The present and the dice come through ports, or nothing can be simulated (invariant 5)."""
    aliases = _aliases(source)
    for node in source.nodes:
        name = _dotted(node, aliases)
        if not CLOCK_OR_CHANCE.fullmatch(name):
            continue
        if any(source.path.startswith(at) and allowed.fullmatch(name) for at, allowed in ALLOWED):
            continue
        yield node.lineno, f"{name} is not allowed here: take it from a port"  # type: ignore[attr-defined]


def unseeded(source: Source) -> Iterator[Finding]:
    """Chance without a seed cannot be reproduced."""
    aliases = _aliases(source)
    for node in source.nodes:
        if not isinstance(node, ast.Call) or node.args or node.keywords:
            continue
        if _dotted(node.func, aliases) == "random.Random":
            yield node.lineno, "random.Random needs a seed"


IMPURE_MODULES = re.compile(
    "asyncio|builtins|concurrent|ctypes|email|http|importlib|io|locale|logging|mailbox|multiprocessing"
    "|os|pathlib|queue|random|secrets|select|shutil|signal|smtplib|socket|sqlite3|subprocess|sys"
    "|tempfile|threading|time|urllib|uuid|zoneinfo"
)
IMPURE_CALLS = re.compile(
    "open|print|input|eval|exec|compile|globals|vars|hash|id|breakpoint|__import__|ZoneInfo"
)
CHANGES_IN_PLACE = re.compile(
    "add|append|clear|discard|extend|insert|pop|popitem|remove|reverse|setdefault|sort|update"
)


def _is_pure_part(path: str) -> bool:
    return path.startswith(("daemon/decide/", "daemon/domain/"))


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Every module imported, by its full name, wherever the import stands."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def impure(source: Source) -> Iterator[Finding]:
    """A decision reads only World and now (invariant 5); `hash` differs from process to process."""
    if not _is_pure_part(source.path):
        return
    for line, module in imports(source):
        if IMPURE_MODULES.fullmatch(module.split(".")[0]):
            yield line, f"import {module}: no clock, chance or I/O in here"
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if IMPURE_CALLS.fullmatch(node.func.id):
                yield node.lineno, f"{node.func.id}(): no clock, chance or I/O in here"
        elif isinstance(node, ast.Global):
            yield node.lineno, "global: a decision remembers nothing outside its plan"


def _module_level_containers(tree: ast.Module) -> set[str]:
    kinds = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp | ast.Call
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, kinds):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.value, kinds):
            names |= {node.target.id} if isinstance(node.target, ast.Name) else set()
    return names


def _changed(node: ast.AST) -> Iterator[ast.expr]:
    """What this node changes in place."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if CHANGES_IN_PLACE.fullmatch(node.func.attr):
            yield node.func.value
    elif isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign):
        targets = [node.target]
    yield from (target.value for target in targets if isinstance(target, ast.Subscript))


def hidden_state(source: Source) -> Iterator[Finding]:
    """A module-level container that changes is a memory nobody sees."""
    if not _is_pure_part(source.path):
        return
    containers = _module_level_containers(source.tree)
    for node in source.nodes:
        for changed in _changed(node):
            if isinstance(changed, ast.Name) and changed.id in containers:
                yield changed.lineno, f"{changed.id} changes at run time: keep it in the state"


# --- who may import what

ACTED_ROOT = "connectors/outside.py"
"""The composition root of acted worlds: it joins connectors, as run.py does for real ones."""
AWAY_ROOTS = tuple(f"connectors/{name}.py" for name in ("away", "at_exchange", "at_google", "at_microsoft", "signing_in"))  # fmt: skip
"""Parts of run.py's: they put what is somewhere else together."""
AT_HOME: dict[str, tuple[str, ...]] = {
    "cheroot": ("daemon/web/",),
    "flask": ("daemon/web/",),
    "defusedxml": ("connectors/internet/",),
    "dns": ("connectors/internet/",),
    "exchangelib": ("connectors/exchange/",),
    "googleapiclient": ("connectors/google/",),
    "google": ("connectors/google/",),
    "httplib2": ("connectors/google/",),
    "httpcore": ("connectors/internet/",),
    "httpx": ("connectors/internet/", "connectors/microsoft/"),
    "icalendar": ("daemon/ical", "connectors/"),
    "msal": ("connectors/microsoft/",),
    "recurring_ical_events": ("daemon/ical", "connectors/"),
    "procrastinate": ("daemon/workers.py",),
    "psycopg": ("connectors/stores/",),
    "schedule": ("daemon/heartbeat.py",),
    "sqlite3": ("connectors/stores/", ACTED_ROOT),
    "tinydb": ("connectors/stores/",),
}
CONNECTORS_MAY = (
    *("daemon.ports", "daemon.domain", "daemon.errors", "daemon.computing", "daemon.ical"),
    "daemon.simulate.hands",
)
SHARED = ("clock", "connected", "mails", "mirrored")
"""Modules of connectors/ that all of them may use."""


def not_at_home(source: Source) -> Iterator[Finding]:
    """Each vendor package has one home, so that leaving a vendor touches one folder."""
    if source.is_test:
        return
    for line, module in imports(source):
        homes = AT_HOME.get(module.split(".")[0])
        if homes and not source.path.startswith(homes):
            yield line, f"import {module}: only in {', '.join(homes)}"


def _package(path: str) -> str:
    """`connectors/local/x.py` → connectors.local; a module of its own is its own package."""
    return ".".join(path.removesuffix(".py").split("/")[:2])


def foreign_import(source: Source) -> Iterator[Finding]:
    """Connectors see the ports and the words; test servers see nothing of ours."""
    for line, module in imports(source):
        ours = module.split(".")[0] in ("daemon", "connectors")
        if source.path.startswith("tests/servers/") and ours:
            yield line, f"import {module}: a test server is independent of what it tests"
        if (
            not source.path.startswith("connectors/")
            or source.path in (ACTED_ROOT, *AWAY_ROOTS)
            or not ours
        ):
            continue
        if module.startswith("daemon") and not f"{module}.".startswith(
            tuple(f"{name}." for name in CONNECTORS_MAY)
        ):
            yield line, f"import {module}: a connector sees {', '.join(CONNECTORS_MAY)} only"
        if module.startswith("connectors.") and not f"{module}.".startswith(
            (_package(source.path) + ".", *(f"connectors.{name}." for name in SHARED))
        ):
            yield (
                line,
                f"import {module}: connectors share nothing but {', '.join(SHARED)}",
            )


def acted_library(source: Source) -> Iterator[Finding]:
    """Tests run against real libraries, files and sockets; nothing is patched."""
    for line, module in imports(source):
        if module in ("unittest.mock", "mock", "pytest_mock"):
            yield line, f"import {module}: use the real thing, or connectors/memory"
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and re.fullmatch(
            r"monkeypatch\.(setattr|setitem|delattr|delitem)", ast.unparse(node)
        ):
            yield node.lineno, f"{ast.unparse(node)}: hand the collaborator in instead"


TEXT_RULES: tuple[Rule, ...] = (long_file, left_for_later, machine_path)
PYTHON_RULES: tuple[Rule, ...] = (
    long_function,
    two_sentences,
    empty_words,
    clock_or_chance,
    unseeded,
    impure,
    hidden_state,
    not_at_home,
    foreign_import,
    acted_library,
)


def uncollected(sources: list[Source]) -> Iterator[str]:
    """Tests that pytest would never run: not in a test_*.py, or in a suite that nobody inherits."""
    collected = [s for s in sources if s.path.rsplit("/", 1)[-1].startswith("test_")]
    bases = _bases(sources)
    inherited = set(_bases(collected))
    while more := {base for name in inherited for base in bases.get(name, set())} - inherited:
        inherited |= more
    for source in sources:
        if source in collected:
            continue
        for node in source.tree.body:
            if isinstance(node, Function) and node.name.startswith("test"):
                yield f"{source.path}:{node.lineno} {node.name} is never run: name it test_*.py"
            if isinstance(node, ast.ClassDef) and node.name not in inherited and _has_tests(node):
                yield f"{source.path}:{node.lineno} {node.name} is never run: nobody inherits it"


def _bases(sources: list[Source]) -> dict[str, set[str]]:
    """Class name → the names it inherits from."""
    return {
        node.name: {ast.unparse(base).split(".")[-1] for base in node.bases}
        for source in sources
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
    }


def _has_tests(node: ast.ClassDef) -> bool:
    return any(isinstance(inner, Function) and inner.name.startswith("test") for inner in node.body)
