"""Which changes are made to a line, in full: a kind of mutant that is lost makes a score look better than it is.

Not a mutation run: that is `python -m tests.mutation.run`.
"""

from __future__ import annotations

import pytest

from tests.mutation.choosing import Probe, chosen
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.run import drawn, interval

FUNCTION = '''\
@lru_cache(maxsize=8)
def due(turn: Turn, left: int = 2) -> {promised}:
    """A docstring of 3 words."""
    assert left > 0
    {line}
'''

CHANGES: list[tuple[str, str, list[str]]] = [
    ("int", "return left", ["3", "1", "0"]),
    ("bool", "return left < 5", ["3", "1", "True", "False", "(left <= 5)", "(left >= 5)", "6", "4"]),
    ("None", "turn.tell(left)", ["3", "1", "pass"]),
    ("None", "left -= 1", ["3", "1", "pass", "2", "0"]),
    ("None", "left = turn", ["3", "1", "pass"]),
    ("None", "right = turn", ["3", "1"]),
    ("Turn", "return replace(turn, a=b, c=d)", ["3", "1", "turn", "(replace(turn, a=b))", "(replace(turn, c=d))"]),
    ("Day | None", "return a if b.c else d", ["3", "1", "None", "(not b.c)"]),
    ("tuple[Day, ...]", "return turn.days + (day,)", ["3", "1", "()", "(turn.days)"]),
    ("tuple[Day, ...]", "return [d for d in x if d(turn)]", ["3", "1", "()", "(not d(turn))"]),
    ("None", "x: int = min(a, b - c)", ["3", "1", "(max(a, b - c))", "(b + c)"]),
    ("None", "x = a and not b", ["3", "1", "(a or not b)", "(b)"]),
    ("None", "x = 'held' if y is None else 'a sentence'", ["3", "1", "'held-mutated'", "(y is not None)"]),
    ("None", "x = f'{left - 1} words'", ["3", "1"]),
    ("None", "x = True", ["3", "1", "False"]),
]  # fmt: skip


@pytest.mark.parametrize(("promised", "line", "after"), CHANGES, ids=[c[1] for c in CHANGES])
def test_every_change_of_a_line(promised: str, line: str, after: list[str]) -> None:
    text = FUNCTION.format(promised=promised, line=line)
    found = mutants_of("x.py", text)
    assert sorted(m.after for m in found) == sorted(after)
    assert {m.entry for m in found} == {1}


def test_the_change_is_made_at_its_place_behind_letters_of_two_bytes() -> None:
    text = 'NAME = "Zoë", 7\n'
    assert [m.applied(text) for m in mutants_of("x.py", text)] == [
        'NAME = "Zoë", 6\n',
        'NAME = "Zoë", 8\n',
    ]


def test_the_statement_of_a_condition_is_its_head() -> None:
    text = "def due(a):\n    if (\n        a\n    ):\n        b()\n"
    assert [(m.after, m.lines) for m in mutants_of("x.py", text)] == [
        ("(not a)", (2, 4)),
        ("pass", (5, 5)),
    ]


def mutant(file: str, line: int, entry: int = 1, names: tuple[str, ...] = ()) -> Mutant:
    return Mutant(
        file, line, "constant", "1", "2", line, line + 1, (line, line), entry, 9 * entry, names
    )


def test_each_file_has_its_share_of_a_sample_and_a_seed_repeats_it() -> None:
    mutants = {"a.py": [mutant("a.py", n) for n in range(60)], "b.py": [mutant("b.py", n) for n in range(30)], "c.py": [mutant("c.py", 1)]}  # fmt: skip
    sample = drawn(mutants, 30, seed=4)
    by_file = [m.file for m in sample]
    assert (by_file.count("a.py"), by_file.count("b.py")) in {(19, 10), (20, 10), (20, 9)}
    assert len(set(sample)) == 30
    assert sample == drawn(mutants, 30, seed=4)
    assert sample != drawn(mutants, 30, seed=5)
    assert len(drawn(mutants, 300, seed=4)) == 91


def test_tests_through_the_line_come_first_one_of_each_file_and_time_is_an_end() -> None:
    def through(id: str, *lines: int) -> Probe:
        return Probe(id, 1.0, {"x.py": frozenset(lines)})

    tests = [
        through("a.py::1", 1, 5, 6),
        through("a.py::2", 1, 5),
        through("b.py::1", 1, 5, 6, 7),
        through("c.py::1", 1),
        through("c.py::2", 9),
    ]
    ids = [t.id for t in chosen(mutant("x.py", 5), tests, {}, 60)]
    assert ids == ["b.py::1", "a.py::1", "a.py::2", "c.py::1"]
    assert [t.id for t in chosen(mutant("x.py", 5), tests, {}, 2)] == ids[:2]


def test_a_constant_of_the_module_is_tried_where_a_function_says_its_name() -> None:
    tests = [Probe("a.py::1", 1.0, {"y.py": frozenset((3,))}), Probe("a.py::2", 1.0, {"y.py": frozenset((1,))})]  # fmt: skip
    texts = {"y.py": "def one():\n    pass\ndef two():\n    return DAYS\n"}
    assert [t.id for t in chosen(mutant("x.py", 5, 0, ("DAYS",)), tests, texts, 60)] == ["a.py::1"]


def test_the_interval_is_that_of_wilson() -> None:
    low, high = interval(85, 100)
    assert (round(low, 3), round(high, 3)) == (0.767, 0.907)
