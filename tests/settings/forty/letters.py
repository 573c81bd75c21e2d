"""Mistakes of an admin's own templates.

Not of what they say, which only a reader can judge.
"""

from __future__ import annotations

from daemon.mail.source import CAME_ALONG
from tests.settings.folders import PROGRAM
from tests.settings.forty.mistake import Mistake

FOOT = (CAME_ALONG / "pt-BR" / "_foot.md").read_text(encoding="utf-8")
TWO = '{% elif reads == "two" %}\nQuem lê sua resposta: a dupla deste 1:1, mais ninguém.\n'
INVITATION = "G: {{ program.name }}: convite para um 1:1\n"

MISTAKES = [
    Mistake(
        "a token that nobody knows",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\n"
                "The 1:1 on {{ strat | when }} can't take place, {{ me.frist }}.\n"
            ),
        },
        """\
templates/en/off.md:5:15 strat is nothing that this letter knows.
    Did you mean start?
templates/en/off.md:5:52 me.frist is nothing that this letter knows.
    Did you mean me.first?""",
    ),
    Mistake(
        "a token mistyped where no sample comes by",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\n"
                "{% if role == 'advisor' %}{{ partner.frist }}{% endif %}\n"
            ),
        },
        """\
templates/en/off.md:5:30 partner.frist is nothing that this letter knows.
    Did you mean partner.first?""",
    ),
    Mistake(
        "a branch that does not end",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\n{% if times_follow %}\nNew times follow.\n"
            ),
        },
        """\
templates/en/off.md:5:1 {% if %} is opened and never closed.
    Write {% endif %} where it ends.""",
    ),
    Mistake(
        "a filter that nobody knows",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\n"
                "The 1:1 on {{ start | wehn }} can't take place.\n"
            ),
        },
        """\
templates/en/off.md:5:1 the filter wehn is not known here.
    Did you mean when?""",
    ),
    Mistake(
        "a brace too few",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\nThe 1:1 on {{ start | when } can't take place.\n"
            ),
        },
        """\
templates/en/off.md:5:1 this cannot be read: unexpected '}'.
    Look for braces that do not match: {{ … }} or {% … %}.""",
    ),
    Mistake(
        "a letter without end",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": (
                "---\nthread: T\nreads: time\n---\n"
                "{% for a in me.name %}{% for b in me.name %}{% for c in me.name %}{% for d in me.name %}{% for e in me.name %}{% for f in me.name %}On and on."
                "{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}\n"
            ),
        },
        """\
templates/en/off.md:1:1 the letter gets longer than 200000 characters.
    Look for a loop inside a loop; a letter is read in a minute.""",
    ),
    Mistake(
        "a promise that nobody reads along",
        {
            "koss.yaml": PROGRAM,
            "templates/en/off.md": ("---\nthread: T\nreads: nobody\n---\nIt can't take place.\n"),
        },
        """\
templates/en/off.md:3:1 reads: nobody  is not known.
    Write pair, group, time, words, yes, result, contact, helper, asker, two, own, alone, number or admin; what each says stands in _foot.md.""",
    ),
    Mistake(
        "a letter that is never sent",
        {
            "koss.yaml": PROGRAM,
            "templates/en/of.md": ("---\nthread: T\nreads: time\n---\nIt can't take place.\n"),
        },
        """\
templates/en/of.md:1:1 no letter is called of.
    Did you mean off?""",
    ),
    Mistake(
        "a letter in the wrong folder",
        {"koss.yaml": PROGRAM, "templates/off.md": "It can't take place.\n"},
        """\
templates/off.md Warning: No letter is made from this file.
    A letter of your own is templates/LANGUAGE/NAME.md, like templates/en/notes.md, with the NAME of a shipped one.""",
    ),
    Mistake(
        "a foot that forgets who reads some of the replies",
        {"koss.yaml": PROGRAM, "templates/pt-BR/_foot.md": FOOT.replace(TWO, "")},
        """\
templates/pt-BR/_foot.md:36:1 a letter with reads: two gets the words of others: Quem lê sua resposta: ninguém. Sou um software.
    Copy from the shipped one: {% elif reads == "two" %} Quem lê sua resposta: a dupla deste 1:1, mais ninguém.""",
    ),
    Mistake(
        "a foot without the subject of a thread",
        {"koss.yaml": PROGRAM, "templates/pt-BR/_foot.md": FOOT.replace(INVITATION, "")},
        """\
templates/pt-BR/_foot.md:1:1 the subject of thread G is missing.
    Copy it from the shipped one: G: {{ program.name }}: convite para um 1:1""",
    ),
    Mistake(
        "a subject with nothing behind it",
        {"koss.yaml": PROGRAM, "templates/pt-BR/_foot.md": FOOT.replace(INVITATION, "G:\n")},
        """\
templates/pt-BR/_foot.md:6:1 G:  is empty, and this is the subject of its thread.
    Copy it from the shipped one: G: {{ program.name }}: convite para um 1:1""",
    ),
    Mistake(
        "a letter without its head",
        {"koss.yaml": PROGRAM, "templates/en/off.md": "It can't take place.\n"},
        """\
templates/en/off.md:1:1 thread: … and reads: … must stand on top.
    Begin it like the shipped one of the same name: ---, thread: T, reads: pair, ---.""",
    ),
]
