"""Rendering: values stay values in both parts, and a bad template says where it is bad.

Not about the shipped words: tests/test_letters.py judges those.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.domain.value import replace
from daemon.mail.fixtures import ANA, BEN, FIXTURES, PROGRAM
from daemon.mail.proof import check
from daemon.mail.render import Templates, context
from daemon.mail.source import LetterFailed, TemplateFailed
from tests.letter_linter import words_of

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
NOTES = {**FIXTURES["notes"][0].facts}

HOSTILE = [
    "<script>alert(1)</script>",
    "*stars* and _lines_ and **bold**",
    "[click](http://evil.example.org) ![x](http://evil.example.org/x.png)",
    "# heading",
    "1. first",
    "> quoted",
    "O'Brien & Söhne <ana@example.org>",
    "&lt;b&gt; &amp;",
    "{{ 7 * 7 }} {% raw %}",
    "`code` \\* --- ***",
    "http://example.org/a_b_c?d=1&e=2",
    "שלום 你好 🎉",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_trap_57_what_people_write_appears_literally_in_both_parts(note: str) -> None:
    facts = {**FIXTURES["copy"][0].facts, "lines": [note]}
    rendering = Templates([SHIPPED]).render(
        "copy", "en", context(PROGRAM, ANA, BEN, "mentor", facts)
    )
    assert f"\n| {note}\n" in rendering.text
    assert " ".join(words_of(rendering.html)).count(" ".join(note.split())) == 1
    assert "<script" not in rendering.html
    assert "<img" not in rendering.html
    assert 'evil.example.org"' not in rendering.html


def test_a_value_can_break_no_line_and_forge_no_slot() -> None:
    facts = {**FIXTURES["copy"][0].facts, "lines": ["a\r\nb\u2028c\x00 \ue0000\ue001\u202egnp.exe"]}
    rendering = Templates([SHIPPED]).render(
        "copy", "en", context(PROGRAM, ANA, BEN, "mentor", facts)
    )
    assert "\n| a b c 0gnp.exe\n" in rendering.text


def test_a_hostile_name_is_harmless_in_the_subject() -> None:
    named = replace(BEN, name="Ben\r\nBcc:x *Das*")
    made = context(PROGRAM, ANA, named, "mentor", NOTES)
    subject = Templates([SHIPPED]).render("notes", "en", made).subject
    assert subject == "Ana & Ben: our 1:1s"


def folder(tmp_path: Path, **templates: str) -> Path:
    (tmp_path / "en").mkdir(parents=True)
    for name, source in templates.items():
        (tmp_path / "en" / f"{name}.md").write_text(source, encoding="utf-8")
    return tmp_path


HEAD = "---\nthread: T\nreads: pair\n---\n"


def test_an_admin_s_template_wins_and_the_rest_is_the_shipped_one(tmp_path: Path) -> None:
    own = folder(tmp_path, notes=f"{HEAD}**Hello {{{{ me.first }}}}**\n\n* a\n* b\n")
    templates = Templates([own, SHIPPED])
    made = context(PROGRAM, BEN, ANA, "mentee", NOTES)
    assert templates.render("notes", "en", made).text.startswith(
        "Hello Ben\n\n* a\n* b\n\nWho reads"
    )
    assert "<li" in templates.render("notes", "en", made).html
    assert templates.render("off", "en", FIXTURES["off"][0].context()).text.startswith("The 1:1 on")


def test_a_language_without_a_template_is_served_in_english() -> None:
    made = FIXTURES["off"][0].context()
    templates = Templates([SHIPPED])
    assert templates.render("off", "fr", made) == templates.render("off", "en", made)


def test_letters_go_on_whose_own_thread_has_its_subject(tmp_path: Path) -> None:
    foot = (SHIPPED / "en" / "_foot.md").read_text()
    kept = "".join(line for line in foot.splitlines(keepends=True) if not line.startswith("G: "))
    templates = Templates([folder(tmp_path, _foot=kept), SHIPPED])
    made = context(PROGRAM, BEN, ANA, "mentee", NOTES)
    assert templates.render("notes", "en", made).subject == "Ana & Ben: our 1:1s"
    with pytest.raises(TemplateFailed, match="the subject of thread G is missing"):
        templates.render("notes", "en", made, "G")
    with pytest.raises(TemplateFailed, match="the subject of thread G is missing"):
        templates.render("advisor", "en", FIXTURES["advisor"][0].context())


BAD = {
    "a typo": (f"{HEAD}one\n{{{{ me.frist }}}}", 6, "frist"),
    "an unknown name": (f"{HEAD}one\ntwo\n{{{{ topic }}}}", 7, "topic"),
    "a broken tag": (f"{HEAD}one\n{{% if %}}", 6, "Expected an expression"),
    "a missing value": (f"{HEAD}{{{{ next_start }}}}", 5, "missing"),
    "a bad instant": (f"{HEAD}\n{{{{ me.name | when }}}}", 6, "isoformat"),
    "front matter": ("---\nthread: T\ncolour: red\n---\nx", 3, "expected one of"),
    "no end of it": ("---\nthread: T\n", 1, "second ---"),
    "no front matter": ("Hello", 1, "must stand on top"),
    "a wrong thread": ("---\nthread: X\nreads: pair\n---\nx", 2, "thread is T"),
    "a subject of its own": (f"---\nsubject: x\n{HEAD[4:]}x", 2, "expected one of"),
    "an endless one": (
        f"{HEAD}{{% for a in me.name %}}\n{{{{ 'x' * 100000000 }}}}{{% endfor %}}",
        6,
        "small",
    ),
    "a percent bomb": (f"{HEAD}{{{{ '%1000000000d' % 1 }}}}", 5, "small"),
    "a power": (f"{HEAD}{{{{ 9 ** 9 }}}}", 5, "small"),
    "a call": (f"{HEAD}{{{{ me.name.upper() }}}}", 5, "nothing can be called"),
    "a way out": (f"{HEAD}{{{{ ''.__class__.__mro__ }}}}", 5, "unsafe"),
    "a filter that lets markup through": (f"{HEAD}{{{{ me.name | safe }}}}", 5, "safe"),
    "a filter way out": (f"{HEAD}{{{{ me | attr('__class__') }}}}", 5, "attr"),
    "a file": (f"{HEAD}{{% include '/etc/passwd' %}}", 5, "loader"),
    "a range": (f"{HEAD}{{% for a in range(9) %}}{{% endfor %}}", 5, "nothing can be called"),
}


@pytest.mark.parametrize("what", BAD)
def test_trap_77_and_trap_78_a_bad_template_is_named_with_its_line(
    what: str, tmp_path: Path
) -> None:
    source, line, why = BAD[what]
    templates = Templates([folder(tmp_path, notes=source), SHIPPED])
    facts = {**NOTES, "next_start": None}
    with pytest.raises(TemplateFailed, match=r"notes\.md") as failed:
        templates.render("notes", "en", context(PROGRAM, BEN, ANA, "mentee", facts))
    assert failed.value.line == line
    assert why in failed.value.why


def test_trap_78_an_endless_letter_is_stopped(tmp_path: Path) -> None:
    loops = "{% for a in pot %}{% for b in pot %}{% for c in pot %}xxxxxxxxxx{% endfor %}{% endfor %}{% endfor %}"
    templates = Templates([folder(tmp_path, notes=HEAD + loops), SHIPPED])
    made = context(PROGRAM, BEN, ANA, "mentee", {**NOTES, "pot": list(range(1000))})
    with pytest.raises(TemplateFailed, match="longer than 200000"):
        templates.render("notes", "en", made)


def test_trap_77_check_tells_all_problems_at_once_also_in_branches_not_taken(
    tmp_path: Path,
) -> None:
    own = folder(
        tmp_path,
        notes=f"{HEAD}{{% if false %}}{{{{ topic }}}}{{% endif %}}",
        off=f"{HEAD}{{{{ me.frist }}}}",
        birthday=f"{HEAD}Hello",
    )
    problems = [str(problem) for problem in check(Templates([own, SHIPPED]))]
    assert len(problems) == 3
    assert any("birthday" in problem for problem in problems)
    assert any("topic is nothing that this letter knows" in problem for problem in problems)
    assert any("off.md:5" in problem and "frist" in problem for problem in problems)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    own = folder(tmp_path, notes="x")
    (own / "en" / "notes.md").write_bytes(HEAD.encode() + b"caf\xe9\n")
    with pytest.raises(TemplateFailed, match="is not UTF-8") as failed:
        Templates([own, SHIPPED]).render("notes", "en", FIXTURES["notes"][0].context())
    assert failed.value.line == 5


def test_facts_cannot_take_the_place_of_people() -> None:
    with pytest.raises(LetterFailed, match="partner"):
        context(PROGRAM, BEN, ANA, "mentee", {"partner": "x"})
