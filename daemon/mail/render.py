"""Templates to letters: one Markdown and Jinja2 source becomes subject, text part and HTML part.

Not MIME (letters.py) and not the decision to write: it is handed a touchpoint and plain facts.

A template is `<folder>/<language>/<touchpoint>.md`: a few `name: value` lines between two `---`, then
the letter. `_foot.md` of the same language closes every letter and gives each thread its subject, which is
frozen (trap_50): T the pairing's, P the reader's own, C about the reader's calendar, H in confidence, G an
advisor's, A the contact's.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.environment import Environment

from daemon.domain.people import Person, Role, other
from daemon.domain.program import Program
from daemon.mail import parts
from daemon.mail.mistakes import in_words, line_of_syntax, syntax_in_words
from daemon.mail.sandbox import environment
from daemon.mail.source import (
    FALLBACK_LANGUAGE,
    THREADS,
    LetterFailed,
    Slip,
    Source,
    TemplateFailed,
    ThreadKind,
    front_of,
    read,
    silent_subjects,
    source_of,
    spoken_for,
    text_of,
)
from daemon.mail.times import Reading
from daemon.mail.words import NAME as WORDS
from daemon.mail.words import TEXTS, Words, problems_of, words_of, wrong_texts

OUTPUT_BYTES_MAX = 200_000
_LANG = re.compile(r"(<html\b[^>]*\blang=[\"'])[^\"']*")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A letter in words. `subject` is that of its thread, without any "Re:"."""

    subject: str
    text: str
    html: str
    thread: ThreadKind = "T"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A compiled template: the letter with its foot, the subject of each thread but the `silent` ones, the thread
    in which such letters go, and the words of its language."""

    source: Source
    letter: Template
    subjects: Mapping[ThreadKind, Template]
    silent: Mapping[ThreadKind, Slip]
    layout: str
    thread: ThreadKind
    words: Words


def context(
    program: Program,
    reader: Person,
    partner: Person | None,
    role: Role,
    facts: Mapping[str, Any],
    *,
    anchor: str = "",
    group: Sequence[str] = (),
) -> dict[str, Any]:
    """What every template may use, and the facts of this letter. Facts win over nothing else. `anchor` is the
    zone of the wall clock that regular times keep; the reader's in a letter about no pairing. `group`: the first names of
    all its mentees, empty for a pair."""
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
        "help_name": program.help_name or program.contact_name,
        "anchor": anchor or reader.zone,
        "group": list(group),
    }
    taken = common.keys() & facts.keys()
    if taken:
        raise LetterFailed(f"facts may not be named {', '.join(sorted(taken))}")
    return {**facts, **common}


COMMON_NAMES = frozenset(
    {
        *("me", "partner", "role", "names", "program", "help_to", "help_name", "anchor", "reads"),
        "group",
    }
)


class Templates:
    """All templates of some folders, the first folder winning. Compiled once and kept."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._ready: dict[tuple[str, str], _Ready] = {}
        self._spoken: dict[str, Words] = {}
        self._room = environment()

    def render(
        self, touchpoint: str, language: str, context: Mapping[str, Any],
        thread: ThreadKind | None = None,
    ) -> Rendering:  # fmt: skip
        """The letter in words, in another `thread` than its own where a mail in that one is answered;
        TemplateFailed names file and line."""
        ready = self._template(touchpoint, language)
        thread = thread or ready.thread
        if thread in ready.silent:  # letters of all other threads go on
            raise TemplateFailed(*ready.silent[thread])
        reading = _reading(context, ready.words)
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

    def foot(self, language: str, context: Mapping[str, Any]) -> str:
        """The foot of that language alone, as it closes a letter; TemplateFailed as for a letter."""
        text, path = read(self.folders, "_foot.md", language)
        _, body = front_of(text, path)
        source = Source(body, path, {}, path, foot_after=body.count("\n") + 1, foot_skipped=0)
        values: list[str] = []
        reading = _reading(context, self._words(path.parent.name))
        given = {**context, "_values": values, "_reading": reading}
        structure = parts.tidy(_run(_compile(self._room, body, source), given, source))
        return parts.text_part(structure, _cleaned(values)).strip()

    def touchpoints(self, language: str = FALLBACK_LANGUAGE) -> list[str]:
        """The names of all templates of a language, sorted."""
        found = [folder.glob(f"{language}/*.md") for folder in self.folders]
        names = {path.stem for paths in found for path in paths}
        return sorted(name for name in names if not name.startswith("_"))

    def languages(self) -> set[str]:
        """The languages that have at least one template."""
        return {path.parent.name for folder in self.folders for path in folder.glob("*/*.md")}

    def speaks(self, language: str) -> bool:
        """Whether there are letters in it: `pt` is spoken where there is `pt-BR`."""
        return not self.languages().isdisjoint(spoken_for(self.folders, language))

    def untranslated(self, language: str, texts: Sequence[str]) -> list[str]:
        """Those of a program's texts that its readers in that language read as they stand."""
        known = self._words(spoken_for(self.folders, language)[0]).texts
        return [each for each in texts if each not in known]

    def missing(self, language: str) -> list[str]:
        """The files that English has and this language has not, so that English stands in for them."""
        names = [*(f"{each}.md" for each in self.touchpoints()), "_foot.md", WORDS]
        return [
            name
            for name in names
            if read(self.folders, name, language)[1].parent.name
            not in spoken_for(self.folders, language)
        ]

    def wrong_words(self) -> list[TemplateFailed]:
        """Every mistake in the words of a language beside its templates."""
        return [
            wrong
            for name, look in ((WORDS, problems_of), (TEXTS, wrong_texts))
            for folder in self.folders
            for path in sorted(folder.glob(f"*/{name}"))
            for wrong in _wrong_in(path, look)
        ]

    def strays(self) -> list[Path]:
        """Files in a folder of templates that no letter is made from."""
        files = [path for folder in self.folders for path in sorted(folder.rglob("*"))]
        used = {path for folder in self.folders for path in folder.glob("*/*.md")}
        for name in ("_layout.html", WORDS, TEXTS):
            used |= {path for folder in self.folders for path in folder.glob(f"*/{name}")}
        return [
            path
            for path in files
            if path.is_file() and path not in used and path.name[0] != "." and path.name[-1] != "~"
        ]

    def parsed(self, touchpoint: str, language: str) -> tuple[nodes.Template, set[str], Source]:
        """A template as Jinja2 understands it, every branch of it, and the names that have to be handed to it."""
        source = source_of(self.folders, touchpoint, language)
        try:
            tree = self._room.parse(source.text)
            return tree, meta.find_undeclared_variables(tree), source
        except TemplateSyntaxError as error:
            raise _unread(self._room, source, error) from error

    def source_lines(self, touchpoint: str, language: str) -> tuple[str, str]:
        """Where a template was found, and its compiled form, for tests of coverage."""
        source = source_of(self.folders, touchpoint, language)
        path = str(source.path)
        return path, self._room.compile(source.text, filename=path, raw=True)

    def _template(self, touchpoint: str, language: str) -> _Ready:
        ready = self._ready.get((touchpoint, language))
        if ready is None:
            ready = self._compiled(touchpoint, language)
            self._ready[touchpoint, language] = ready
        return ready

    def _compiled(self, touchpoint: str, language: str) -> _Ready:
        source = source_of(self.folders, touchpoint, language)
        subjects, _ = front_of(*read(self.folders, "_foot.md", language))
        silent = silent_subjects(self.folders, language)
        # A letter that is there in English only is English to its last line. Its subject stays that of its thread.
        layout, laid = read(self.folders, "_layout.html", source.language)
        if laid.parent.name != source.language:
            layout = _LANG.sub(rf"\g<1>{source.language}", layout, count=1)
        return _Ready(
            source=source,
            letter=_compile(self._room, source.text, source),
            subjects={
                kind: _compile(self._room, subjects[kind], source)
                for kind in THREADS
                if kind not in silent
            },
            silent=silent,
            layout=layout,
            thread=next(kind for kind in THREADS if kind == source.front["thread"]),
            words=self._words(source.language),
        )

    def _words(self, language: str) -> Words:
        if language not in self._spoken:
            self._spoken[language] = words_of(self.folders, language)
        return self._spoken[language]


def _wrong_in(
    path: Path, look: Callable[[str, Path], list[TemplateFailed]]
) -> list[TemplateFailed]:
    try:
        text = text_of(path)
    except TemplateFailed as unread:
        return [unread]
    return look(text, path)


def _reading(context: Mapping[str, Any], words: Words) -> Reading:
    me: Person = context["me"]
    partner: Person | None = context["partner"]
    reading = Reading(me.zone, clock_hours=me.clock_hours, words=words)
    return reading if partner is None else replace(reading, partner_zone=partner.zone)


def _cleaned(values: list[str]) -> list[str]:
    return [
        parts.Link(parts.clean(value)) if isinstance(value, parts.Link) else parts.clean(value)
        for value in values
    ]


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
