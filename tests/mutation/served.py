"""A plugin of pytest that collects the tests once, and then tries mutant after mutant, each in a fork of its own.

Not for what stands outside of functions: the modules are loaded already, so only a function can be exchanged.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest

PIPES = "MUTATION_PIPES"
SURVIVED, KILLED, FRESH = 0, 1, 2
OUTCOMES = {SURVIVED: "survived", KILLED: "killed", FRESH: "fresh"}


def codes(code: CodeType) -> Iterator[CodeType]:
    """A piece of code and all in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes(each)


def functions(module: object) -> Iterator[FunctionType]:
    """The functions of a module and of its classes, without what is wrapped around them."""
    for each in list(vars(module).values()):
        if isinstance(each, type) and each.__module__ == getattr(module, "__name__", ""):
            yield from functions(each)
        inner = getattr(each, "fget", None) or getattr(each, "__func__", None) or each
        inner = getattr(inner, "__wrapped__", inner)
        if isinstance(inner, FunctionType):
            yield inner


def exchanged(path: Path, text: str, entry: int) -> bool:
    """Put the function that begins at that line of the text in the place of the loaded one."""
    module = next((m for m in list(sys.modules.values()) if getattr(m, "__file__", "") == str(path)), None)  # fmt: skip
    new = [c for c in codes(compile(text, str(path), "exec")) if c.co_firstlineno == entry]
    for old in functions(module) if module and entry else ():
        if old.__code__.co_filename == str(path) and old.__code__.co_firstlineno == entry:
            for code in new:
                if code.co_name == old.__name__ and code != old.__code__:
                    old.__code__ = code
                    return True
    return False


def tried(items: list[pytest.Item], path: Path, text: str, entry: int) -> int:
    """What becomes of a mutant, in the process of its own in which this runs."""
    if not exchanged(path, text, entry):
        return FRESH
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return KILLED
    return SURVIVED


class Server:
    """Answers each line on one pipe with a line on the other, until the first is closed."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of running everything that was collected. A file that cannot be collected would let every
        mutant look found."""
        if session.testsfailed:
            raise session.Interrupted("not every test file can be collected")
        asking, answering = map(int, os.environ[PIPES].split(","))
        known = {item.nodeid: item for item in session.items}
        with os.fdopen(asking) as asked, os.fdopen(answering, "w") as answers:
            for line in asked:
                wish = json.loads(line)
                items = [known[test] for test in wish["tests"]]
                print(self._forked(items, wish), file=answers, flush=True)
        return True

    def _forked(self, items: list[pytest.Item], wish: dict[str, object]) -> str:
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            return OUTCOMES[os.WEXITSTATUS(status)] if os.WIFEXITED(status) else "timeout"
        limit = int(str(wish["limit"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        signal.alarm(limit * 10)
        outcome = KILLED
        try:
            outcome = tried(items, Path(str(wish["path"])), str(wish["text"]), int(str(wish["entry"])))  # fmt: skip
        finally:
            os._exit(outcome)


def pytest_configure(config: pytest.Config) -> None:
    """Only where somebody asks."""
    if PIPES in os.environ:
        config.pluginmanager.register(Server(), "mutation-served")
