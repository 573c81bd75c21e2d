"""Templates that an admin writes, as `check` reads them: every name and part in every branch, and no false alarm.

Not how a letter comes out: tests/mail/test_render.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.mail.proof import check
from daemon.mail.render import Templates

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
HEAD = "---\nthread: T\nreads: pair\n---\n"
NEVER = "{% if role == 'advisor' %}"

WRONG = {
    "a name where no sample comes by": (
        NEVER + "{{ topik }}{% else %}x{% endif %}",
        [(5, 30, "topik is nothing that this letter knows", None)],
    ),
    "a part of a person": (
        "{{ me.frist }}",
        [(5, 4, "me.frist is nothing that this letter knows", "Did you mean me.first?")],
    ),
    "a part of what a loop goes through": (
        NEVER + "{% for note in notes %}\n{{ note.dya }}{% endfor %}{% endif %}",
        [(6, 4, "note.dya is nothing that this letter knows", "Did you mean note.day?")],
    ),
    "a part of a part in two loops": (
        "{% for note in notes %}{% for line in note.lines %}{{ note.lins }}{% endfor %}{% endfor %}",
        [(5, 55, "note.lins is nothing that this letter knows", "Did you mean note.lines?")],
    ),
    "a part of the first of a list": (
        "{% if actions %}{{ (actions | first).leter }}{% endif %}",
        [(5, 38, "actions.leter is nothing that this letter knows", "Did you mean actions.letter?")],
    ),
    "a name of the two": (
        "{{ names.mentro }} {{ names.zzz }}",
        [
            (5, 4, "names.mentro is nothing that this letter knows", "Did you mean names.mentor?"),
            (5, 23, "names.zzz is nothing that this letter knows", "Known here: names.mentee, names.mentor."),
        ],
    ),
    "three at once": (
        "{{ a1 }}\n{{ me.b1 }}\n{{ c1 }}",
        [
            (5, 4, "a1 is nothing that this letter knows", None),
            (7, 4, "c1 is nothing that this letter knows", None),
            (6, 4, "me.b1 is nothing that this letter knows", None),
        ],
    ),
    "a value that no time can be made of": (
        "{{ length_minutes | when }}",
        [(5, 1, "a time or a date is wanted here", "")],
    ),
    "a loop that is not closed": (
        "x\n{% for note in notes %}\n{% for line in note.lines %}{% endfor %}\ny",
        [(6, 1, "{% for %} is opened and never closed", "Write {% endfor %} where it ends.")],
    ),
    "one end too many": (
        "{% if link %}x{% endif %}\n{% endif %}",
        [(6, 1, "{% endif %} closes nothing that is open", "Delete it, or open it above.")],
    ),
    "a tag of another language": (
        "{% iff link %}x{% endif %}",
        [(5, 1, "{% iff %} is not known here", "Did you mean if?")],
    ),
    "a filter and a test where no sample comes by": (
        NEVER + "{{ start | wehn }}{% if link is nope %}{% endif %}{% endif %}",
        [
            (5, 1, "the filter wehn is not known here", "Did you mean when?"),
            (5, 1, "the test nope is not known here", "Did you mean none?"),
        ],
    ),
    "a test that is none": (
        "{% if link is empty %}x{% endif %}",
        [(5, 1, "the test empty is not known here", "Known here: defined, none, in, odd, even.")],
    ),
    "a filter that nobody has heard of": (
        "{{ me.first | zzz }}",
        [(5, 1, "the filter zzz is not known here", None)],
    ),
}  # fmt: skip


def folder(path: Path, **sources: str) -> Templates:
    (path / "en").mkdir(exist_ok=True)
    for name, source in sources.items():
        (path / "en" / f"{name.replace('__', '-')}.md").write_text(source)
    return Templates([path, SHIPPED])


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_place(what: str, tmp_path: Path) -> None:
    body, told = WRONG[what]
    found = check(folder(tmp_path, prep__mentee=HEAD + body))
    assert {each.template for each in found} == {str(tmp_path / "en" / "prep-mentee.md")}
    assert [(each.line, each.column, each.why) for each in found] == [each[:3] for each in told]
    for each, (*_, advice) in zip(found, told, strict=True):
        assert (
            each.advice == advice if advice is not None else each.advice.startswith("Known here:")
        )


RIGHT = (
    "{% set who = partner %}{{ who.anything | default('') }}",
    "{% for name, value in names | items %}{{ name }}: {{ value }}{% endfor %}",
    "{% macro said(one) %}{{ one.day }}{% endmacro %}{% for note in notes %}{{ said(note) }}{% endfor %}",
    "{% for note in notes %}{{ loop.index }}{{ note.day | long_date }}{% endfor %}",
    "{% for one in notes %}{{ one.day }}{% endfor %}{% for one in actions %}{{ one.letter }}{% endfor %}",
    "{% if shift is not none %}{{ shift.minutes | shifted }}{% endif %}",
    "{{ names['mentee'] }} {{ names.mentor }} {{ program.contact_name }} {{ me.first }}",
)


@pytest.mark.parametrize("body", RIGHT)
def test_what_works_is_left_alone(body: str, tmp_path: Path) -> None:
    assert [str(each) for each in check(folder(tmp_path, prep__mentee=HEAD + body))] == []


def test_a_mistake_in_the_foot_is_told_once_and_of_the_foot(tmp_path: Path) -> None:
    foot = (SHIPPED / "en" / "_foot.md").read_text().replace("{{ help_to", "{{ helpto")
    line = foot[: foot.index("helpto")].count("\n") + 1
    (found,) = check(folder(tmp_path, _foot=foot))
    assert (found.template, found.line) == (str(tmp_path / "en" / "_foot.md"), line)
    assert (found.why, found.advice) == (
        "helpto is nothing that this letter knows", "Did you mean help_to?",
    )  # fmt: skip


def test_a_branch_left_open_in_a_letter_is_not_told_of_the_foot(tmp_path: Path) -> None:
    (found,) = check(folder(tmp_path, off=HEAD + "Hello\n{% if times_follow %}\nthey follow\n"))
    assert (found.template, found.line) == (str(tmp_path / "en" / "off.md"), 6)


def test_a_foot_needs_the_subject_of_every_thread(tmp_path: Path) -> None:
    foot = (SHIPPED / "en" / "_foot.md").read_text()
    kept = "".join(line for line in foot.splitlines(keepends=True) if not line.startswith("C: "))
    (found,) = check(folder(tmp_path, _foot=kept))
    assert str(found) == (
        f"{tmp_path}/en/_foot.md:1: the subject of thread C is missing "
        "Copy it from the shipped one: C: {{ program.name }}: your calendar"
    )


@pytest.mark.parametrize("behind", ["", "  "])
def test_a_subject_with_nothing_behind_it_is_none(behind: str, tmp_path: Path) -> None:
    foot = (SHIPPED / "en" / "_foot.md").read_text()
    emptied = foot.replace("G: {{ program.name }}: an invitation to one 1:1", f"G:{behind}")
    (found,) = check(folder(tmp_path, _foot=emptied))
    assert str(found) == (
        f"{tmp_path}/en/_foot.md:6: G:  is empty, and this is the subject of its thread "
        "Copy it from the shipped one: G: {{ program.name }}: an invitation to one 1:1"
    )


WHO = "Who reads your reply:"
NOBODY = f"{WHO} nobody. I am software."
PAIR = f'{WHO} you and Ana. Lines starting with "private:" only you.'
CUT = {
    'reads == "group"': (
        f"a letter to a group with reads: group gets the words of others: {NOBODY}",
        f'{WHO} everybody in the group. Lines starting with "private:" are not kept.',
    ),
    'reads == "pair" and group': (
        f"a letter to a group with reads: pair gets the words of others: {PAIR}",
        f'{WHO} everybody in the group. Lines starting with "private:" only you.',
    ),
    'reads == "two"': (
        f"a letter with reads: two gets the words of others: {NOBODY}",
        f"{WHO} the two of this 1:1, nobody else.",
    ),
    'reads == "contact" or reads == "helper"': (
        f"a letter with reads: contact gets the words of others: {NOBODY}",
        f"{WHO} only {{{{ help_name }}}}.",
    ),
    'reads == "number"': (
        f"a letter with reads: number gets the words of others: {NOBODY}",
        f"{WHO} nobody. Only the number is kept.",
    ),
}


@pytest.mark.parametrize("condition", CUT)
def test_a_foot_that_would_say_something_untrue_about_who_reads_is_refused(
    condition: str, tmp_path: Path
) -> None:
    why, copied = CUT[condition]
    lines = (SHIPPED / "en" / "_foot.md").read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if f"if {condition} %}}" in line)
    kept = [*lines[:at], *lines[at + 2 :]]
    kept[9] = kept[9].replace("{% elif", "{% if")
    (found,) = check(folder(tmp_path, _foot="\n".join(kept)))
    assert (found.template, found.line) == (
        str(tmp_path / "en" / "_foot.md"), kept.index("{% else %}") + 1,
    )  # fmt: skip
    advice = f"Copy from the shipped one: {{% elif {condition} %}} {copied}"
    assert (found.why, found.advice) == (why, advice)


def test_a_foot_that_says_the_same_to_all_is_told_every_branch(tmp_path: Path) -> None:
    head = (SHIPPED / "en" / "_foot.md").read_text().partition("{% if")[0]
    found = check(folder(tmp_path, _foot=f"{head}{NOBODY}\n"))
    assert len(found) == 14
    assert {each.line for each in found} == {1}


def test_a_foot_in_ones_own_words_is_left_alone(tmp_path: Path) -> None:
    foot = (SHIPPED / "en" / "_foot.md").read_text()
    own = foot.replace(WHO, "Your reply is read by:").replace("I am software.", "I am a machine.")
    assert check(folder(tmp_path, _foot=own)) == []


def test_a_letter_that_nobody_knows_who_reads_is_refused(tmp_path: Path) -> None:
    """The foot would say: nobody, I am software. And somebody may read it all the same."""
    source = "---\nthread: T\nreads: everybody\n---\nHello\n"
    (found,) = check(folder(tmp_path, off=source))
    assert (found.line, found.why) == (3, "reads: everybody  is not known")


def test_files_that_no_letter_is_made_from_are_found(tmp_path: Path) -> None:
    templates = folder(tmp_path, off=HEAD + "Hello")
    for name in ("notes.md", "en/notes.txt", "en/.notes.md.swp", "en/notes.md~"):
        (tmp_path / name).write_text("x")
    assert templates.strays() == [tmp_path / "en" / "notes.txt", tmp_path / "notes.md"]
