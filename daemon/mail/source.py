"""Template files as text: front matter, letter and foot, and the place of a mistake in them.

Not Jinja2: what the text does is compiled and run in render.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from daemon.domain.language import nearest_first

SOURCE_BYTES_MAX = 50_000
FALLBACK_LANGUAGE = "en"

_FRONT = frozenset({"thread", "reads"})
ThreadKind = Literal["T", "P", "C", "H", "G", "A"]
THREADS: tuple[ThreadKind, ...] = ("T", "P", "C", "H", "G", "A")
READS = (
    "pair",
    "group",
    "time",
    "words",
    "yes",
    "result",
    "contact",
    "helper",
    "asker",
    "two",
    "own",
    "alone",
    "number",
    "admin",
)
"""What the foot can say about who reads the reply. A word it does not know would promise that nobody does."""


_THREADS_ALLOWED = (
    "thread is T (the pairing's), P (the reader's own), C (about the reader's calendar), H (in confidence), "
    "G (an advisor's) or A (the contact's)"
)


class LetterFailed(Exception):
    """A letter that cannot be made. It waits for a person; nothing else stops."""


class TemplateFailed(LetterFailed):
    """A template that does not work; the text names the file and the line."""

    def __init__(
        self, template: str, line: int, why: str, advice: str = "", column: int = 1
    ) -> None:
        super().__init__(f"{template}:{line}: {why} {advice}".rstrip())
        self.template = template
        self.line = line
        self.why = why
        self.advice = advice
        self.column = column


@dataclass(frozen=True, slots=True)
class Source:
    """Letter and foot of a template as one text, both in one language. `foot_after` is its last line before the foot, of whose file
    the first `foot_skipped` lines are left out."""

    text: str
    path: Path
    front: Mapping[str, str]
    foot: Path
    foot_after: int
    foot_skipped: int

    @property
    def language(self) -> str:
        """What it is written in, as its folder says."""
        return self.path.parent.name

    def failed(self, line: int, why: str, advice: str = "", column: int = 1) -> TemplateFailed:
        """What is wrong in a line of this text, with the file and the line people know it by."""
        if line <= self.foot_after:
            return TemplateFailed(str(self.path), line, why, advice, column)
        line += self.foot_skipped - self.foot_after
        return TemplateFailed(str(self.foot), line, why, advice, column)


def source_of(folders: Sequence[Path], touchpoint: str, language: str) -> Source:
    """Letter and foot as one source; front matter is blanked, so that line numbers stay true."""
    text, path = read(folders, f"{touchpoint}.md", language)
    front, body = front_of(text, path)
    written, foot_path = read(folders, "_foot.md", path.parent.name)
    _, foot = front_of(written, foot_path)
    if _FRONT - front.keys():
        raise TemplateFailed(
            str(path), 1, "thread: … and reads: … must stand on top",
            "Begin it like the shipped one of the same name: ---, thread: T, reads: pair, ---.",
        )  # fmt: skip
    begins = foot.lstrip()
    return Source(
        f"{body}\n\n{begins.rstrip()}\n", path, front, foot_path,
        foot_after=body.count("\n") + 2, foot_skipped=foot[: -len(begins) or None].count("\n"),
    )  # fmt: skip


def spoken_for(folders: Sequence[Path], language: str) -> list[str]:
    """The names of the folders in which letters in that language may lie, the nearest first: `pt` is also looked for in
    `pt-BR`, `pt-PT` in `pt` and in `pt-BR`. English is not among them for anybody else."""
    there = {
        path.name
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.is_dir()
    }
    return nearest_first(language, there)


def read(folders: Sequence[Path], name: str, language: str) -> tuple[str, Path]:
    """The text of a file and where it was found: in the first folder that has it, else in English."""
    for spoken in dict.fromkeys((*spoken_for(folders, language), FALLBACK_LANGUAGE)):
        for folder in folders:
            path = folder / spoken / name
            if path.is_file():
                return text_of(path), path
    raise TemplateFailed(f"{language}/{name}", 1, "there is no such template")


CAME_ALONG = Path(__file__).resolve().parent.parent.parent / "templates"


Slip = tuple[str, int, str, str]
"""File, line, what is wrong, what to write: a TemplateFailed that nobody has raised yet."""


def silent_subjects(folders: Sequence[Path], language: str) -> dict[ThreadKind, Slip]:
    """The threads for which the foot of that language has no subject, each with the line to copy."""
    text, path = read(folders, "_foot.md", language)
    said, _ = front_of(text, path)
    heads = [line.partition(":")[0].strip() for line in text.splitlines()]
    found: dict[ThreadKind, Slip] = {}
    for thread in THREADS:
        if said.get(thread):
            continue
        line, why = 1, f"the subject of thread {thread} is missing"
        if thread in said:
            line, why = heads.index(thread) + 1, f"{thread}:  is empty, and this is the subject of its thread"  # fmt: skip
        shipped = front_of(*read([CAME_ALONG], "_foot.md", language))[0][thread]
        advice = f"Copy it from the shipped one: {thread}: {shipped}"
        found[thread] = (str(path), line, why, advice)
    return found


@lru_cache(maxsize=1)
def feet() -> tuple[str, ...]:
    """How the line begins that says who reads the reply, in each language that came along: "Who reads your reply:"."""
    found: dict[str, None] = {}
    for path in sorted(CAME_ALONG.glob("*/_foot.md")):
        _, body = front_of(text_of(path), path)
        lines = [line for line in body.splitlines() if line.strip() and not line.startswith("{%")]
        said = lines[:-1]  # the last one is about help
        found.update(dict.fromkeys(f"{line.partition(':')[0]}:" for line in said))
    return tuple(found)


def text_of(path: Path) -> str:
    """The text of a file; TemplateFailed where it cannot be read, is too long, or is not UTF-8."""
    try:
        raw = path.read_bytes()
    except IsADirectoryError as error:
        why = "is a folder, not a file"
        raise TemplateFailed(str(path), 1, why, "Rename or remove it.") from error
    except OSError as error:
        why = f"cannot be read: {error.strerror or 'unknown reason'}"
        raise TemplateFailed(str(path), 1, why, "Check its permissions.") from error
    return _decoded(raw, path)


def _decoded(raw: bytes, path: Path) -> str:
    if len(raw) > SOURCE_BYTES_MAX:
        raise TemplateFailed(
            str(path), 1, f"more than {SOURCE_BYTES_MAX} bytes",
            "A letter is read in a minute: is this the file that was meant?",
        )  # fmt: skip
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TemplateFailed(
            str(path), line, "is not UTF-8", "Save it again with the encoding UTF-8."
        ) from error


def front_of(text: str, path: Path) -> tuple[dict[str, str], str]:
    """Front matter and body. The body keeps a blank line for every line of front matter."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        return {}, text
    allowed = frozenset(THREADS) if path.stem == "_foot" else _FRONT
    front: dict[str, str] = {}
    for at, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return front, "\n" * at + "\n".join(lines[at:])
        name, colon, value = line.partition(":")
        if not colon or name.strip() not in allowed:
            raise TemplateFailed(str(path), at, f"expected one of {', '.join(sorted(allowed))}: …")
        front[name.strip()] = value.strip()
        if name.strip() == "thread" and value.strip() not in THREADS:
            raise TemplateFailed(str(path), at, _THREADS_ALLOWED)
        if name.strip() == "reads" and value.strip() not in READS:
            raise TemplateFailed(
                str(path), at, f"reads: {value.strip()}  is not known",
                f"Write {', '.join(READS[:-1])} or {READS[-1]}; what each says stands in _foot.md.",
            )  # fmt: skip
    raise TemplateFailed(str(path), 1, "the second --- is missing")
