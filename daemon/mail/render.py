"""Templates to letters: one Markdown and Jinja2 source becomes subject, text part and HTML part.

Not MIME (letters.py) and not the decision to write: it is handed a touchpoint and plain facts.

A template is `<folder>/<language>/<touchpoint>.md`: a few `name: value` lines between two `---`, then
the letter. `_foot.md` of the same language closes every letter and gives each thread its subject, which is
frozen (trap_50): T the pairing's, P the reader's own, C about the reader's calendar, A the contact's.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from jinja2 import Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.environment import Environment

from daemon.domain.people import Person, Role, other
from daemon.domain.program import Program
from daemon.mail import parts
from daemon.mail.mistakes import in_words, line_of_syntax, syntax_in_words
from daemon.mail.sandbox import environment
from daemon.mail.times import Reading

OUTPUT_BYTES_MAX = 200_000
SOURCE_BYTES_MAX = 50_000
FALLBACK_LANGUAGE = "en"

_FRONT = frozenset({"thread", "reads"})
ThreadKind = Literal["T", "P", "C", "A"]
THREADS: tuple[ThreadKind, ...] = ("T", "P", "C", "A")
READS = ("pair", "time", "words", "yes", "result", "contact", "admin")
"""What the foot can say about who reads the reply. A word it does not know would promise that nobody does."""


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
class Rendering:
    """A letter in words. `subject` is that of its thread, without any "Re:"."""

    subject: str
    text: str
    html: str
    thread: ThreadKind = "T"


@dataclass(frozen=True, slots=True)
class Source:
    """Letter and foot of a template as one text. `foot_after` is its last line before the foot, of whose file
    the first `foot_skipped` lines are left out."""

    text: str
    path: Path
    front: Mapping[str, str]
    foot: Path
    foot_after: int
    foot_skipped: int

    def failed(self, line: int, why: str, advice: str = "", column: int = 1) -> TemplateFailed:
        """What is wrong in a line of this text, with the file and the line people know it by."""
        if line <= self.foot_after:
            return TemplateFailed(str(self.path), line, why, advice, column)
        line += self.foot_skipped - self.foot_after
        return TemplateFailed(str(self.foot), line, why, advice, column)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A compiled template: the letter with its foot, the subject of each thread, and the thread in which
    such letters go."""

    source: Source
    letter: Template
    subjects: Mapping[ThreadKind, Template]
    layout: str
    thread: ThreadKind


def context(
    program: Program,
    reader: Person,
    partner: Person | None,
    role: Role,
    facts: Mapping[str, Any],
    *,
    anchor: str = "",
) -> dict[str, Any]:
    """What every template may use, and the facts of this letter. Facts win over nothing else. `anchor` is the
    zone of the wall clock that regular times keep; the reader's in a letter about no pairing."""
    named = {role: reader.first}
    if partner is not None:
        named[other(role)] = partner.first
    common = {
        "me": reader,
        "partner": partner,
        "role": role,
        "names": named,
        "program": program,
        "help_to": program.help_to or program.contact,
        "anchor": anchor or reader.zone,
    }
    taken = common.keys() & facts.keys()
    if taken:
        raise LetterFailed(f"facts may not be named {', '.join(sorted(taken))}")
    return {**facts, **common}


_THREADS_ALLOWED = "thread is T (the pairing's), P (the reader's own), C (about the reader's calendar) or A (the contact's)"

COMMON_NAMES = frozenset(
    {"me", "partner", "role", "names", "program", "help_to", "anchor", "reads"}
)


class Templates:
    """All templates of some folders, the first folder winning. Compiled once and kept."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._ready: dict[tuple[str, str], _Ready] = {}
        self._room = environment()

    def render(
        self, touchpoint: str, language: str, context: Mapping[str, Any],
        thread: ThreadKind | None = None,
    ) -> Rendering:  # fmt: skip
        """The letter in words, in another `thread` than its own where a mail in that one is answered;
        TemplateFailed names file and line."""
        ready = self._template(touchpoint, language)
        thread = thread or ready.thread
        reading = _reading(context, language)
        values: list[str] = []
        given = {
            "reads": ready.source.front["reads"],
            **context,
            "_values": values,
            "_reading": reading,
        }
        subject = parts.tidy(_run(ready.subjects[thread], given, ready.source)).strip()
        subject = parts.text_part(subject, _cleaned(values)).strip()
        values.clear()
        structure = parts.tidy(_run(ready.letter, given, ready.source))
        cleaned = _cleaned(values)
        text = parts.text_part(structure, cleaned)
        html = parts.html_part(structure, ready.layout, cleaned)
        if max(len(text), len(html)) > OUTPUT_BYTES_MAX:
            raise ready.source.failed(1, *_too_long())
        return Rendering(subject, text, html, thread)

    def touchpoints(self, language: str = FALLBACK_LANGUAGE) -> list[str]:
        """The names of all templates of a language, sorted."""
        found = [folder.glob(f"{language}/*.md") for folder in self._folders]
        names = {path.stem for paths in found for path in paths}
        return sorted(name for name in names if not name.startswith("_"))

    def languages(self) -> list[str]:
        """The languages that have at least one template."""
        return sorted(
            {path.parent.name for folder in self._folders for path in folder.glob("*/*.md")}
        )

    def strays(self) -> list[Path]:
        """Files in a folder of templates that no letter is made from."""
        files = [path for folder in self._folders for path in sorted(folder.rglob("*"))]
        used = {path for folder in self._folders for path in folder.glob("*/*.md")}
        used |= {path for folder in self._folders for path in folder.glob("*/_layout.html")}
        return [
            path
            for path in files
            if path.is_file() and path not in used and path.name[0] != "." and path.name[-1] != "~"
        ]

    def parsed(self, touchpoint: str, language: str) -> tuple[nodes.Template, set[str], Source]:
        """A template as Jinja2 understands it, every branch of it, and the names that have to be handed to it."""
        source = self._source(touchpoint, language)
        try:
            tree = self._room.parse(source.text)
            return tree, meta.find_undeclared_variables(tree), source
        except TemplateSyntaxError as error:
            raise _unread(self._room, source, error) from error

    def source_lines(self, touchpoint: str, language: str) -> tuple[str, str]:
        """Where a template was found, and its compiled form, for tests of coverage."""
        source = self._source(touchpoint, language)
        path = str(source.path)
        return path, self._room.compile(source.text, filename=path, raw=True)

    def _template(self, touchpoint: str, language: str) -> _Ready:
        ready = self._ready.get((touchpoint, language))
        if ready is None:
            ready = self._compiled(touchpoint, language)
            self._ready[touchpoint, language] = ready
        return ready

    def _compiled(self, touchpoint: str, language: str) -> _Ready:
        source = self._source(touchpoint, language)
        foot_front, _ = _front(*self._read("_foot.md", language))
        for kind in THREADS:
            if kind not in foot_front:
                raise TemplateFailed(
                    str(source.foot), 1, f"the subject of thread {kind} is missing"
                )
        layout, _ = self._read("_layout.html", language)
        return _Ready(
            source=source,
            letter=_compile(self._room, source.text, source),
            subjects={kind: _compile(self._room, foot_front[kind], source) for kind in THREADS},
            layout=layout,
            thread=next(kind for kind in THREADS if kind == source.front["thread"]),
        )

    def _source(self, touchpoint: str, language: str) -> Source:
        """Letter and foot as one source; front matter is blanked, so that line numbers stay true."""
        text, path = self._read(f"{touchpoint}.md", language)
        front, body = _front(text, path)
        written, foot_path = self._read("_foot.md", language)
        _, foot = _front(written, foot_path)
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

    def _read(self, name: str, language: str) -> tuple[str, Path]:
        for spoken in dict.fromkeys((language, FALLBACK_LANGUAGE)):
            for folder in self._folders:
                path = folder / spoken / name
                if not path.is_file():
                    continue
                raw = path.read_bytes()
                if len(raw) > SOURCE_BYTES_MAX:
                    raise TemplateFailed(
                        str(path), 1, f"more than {SOURCE_BYTES_MAX} bytes",
                        "A letter is read in a minute: is this the file that was meant?",
                    )  # fmt: skip
                try:
                    return raw.decode("utf-8-sig"), path
                except UnicodeDecodeError as error:
                    line = raw[: error.start].count(b"\n") + 1
                    raise TemplateFailed(
                        str(path), line, "is not UTF-8", "Save it again with the encoding UTF-8."
                    ) from error
        raise TemplateFailed(f"{language}/{name}", 1, "there is no such template")


def _reading(context: Mapping[str, Any], language: str) -> Reading:
    me: Person = context["me"]
    partner: Person | None = context["partner"]
    reading = Reading(me.zone, clock_hours=me.clock_hours, language=language)
    return reading if partner is None else replace(reading, partner_zone=partner.zone)


def _cleaned(values: list[str]) -> list[str]:
    return [
        parts.Link(parts.clean(value)) if isinstance(value, parts.Link) else parts.clean(value)
        for value in values
    ]


def _front(text: str, path: Path) -> tuple[dict[str, str], str]:
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
                str(path), at, f"nobody is known who reads {value.strip() or 'nothing'}",
                f"reads is {', '.join(READS[:-1])} or {READS[-1]}; what each says stands in _foot.md.",
            )  # fmt: skip
    raise TemplateFailed(str(path), 1, "the second --- is missing")


def _compile(room: Environment, text: str, source: Source) -> Template:
    try:
        code = room.compile(text, filename=str(source.path))
    except TemplateSyntaxError as error:
        raise _unread(room, source, error) from error
    return Template.from_code(room, code, room.make_globals(None))


def _unread(room: Environment, source: Source, error: TemplateSyntaxError) -> TemplateFailed:
    """What is opened in a letter and not closed is found in its foot only: the letter is to blame all the same."""
    text = source.text
    if error.lineno > source.foot_after:
        body = "\n".join(text.split("\n")[: source.foot_after])
        try:
            room.parse(body)
        except TemplateSyntaxError as its_own:
            error, text = its_own, body
    return source.failed(line_of_syntax(error, text), *syntax_in_words(error))


def _too_long() -> tuple[str, str]:
    return (
        f"the letter gets longer than {OUTPUT_BYTES_MAX} characters",
        "Look for a loop inside a loop; a letter is read in a minute.",
    )


def _run(template: Template, given: Mapping[str, Any], source: Source) -> str:
    """The structure a template writes, stopped when it grows beyond the limit (trap_78)."""
    written: list[str] = []
    size = 0
    try:
        for piece in template.generate(given):
            size += len(piece)
            if size > OUTPUT_BYTES_MAX:
                raise source.failed(1, *_too_long())
            written.append(piece)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
        line = _line_of(error, template.filename or "")
        raise source.failed(line, in_words(error, given)) from error
    return "".join(written)


def _line_of(error: BaseException, path: str) -> int:
    """The template line in which an error arose; Jinja2 rewrites the traceback for that."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == path), 1)
