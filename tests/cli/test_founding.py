"""Entries that would found a second pairing of people who have one: `check` warns, and says how it goes on instead.

Not two entries of the same people in one file: tests/settings/test_group_named.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.cli.acted import Village
from tests.cli.test_capacity import BO, warned, without_warnings

CY, DI, ED = (f"{name} Oak <{name.lower()}-oak@example.org>" for name in ("Cy", "Di", "Ed"))
HEAD = "  - mentor: Ada Ash <ada@example.org>\n"
AT = "    at: Thu 10:00\n"
GROUP = f"{HEAD}    mentees: [{CY}, {DI}, {ED}]\n{AT}"
TURNED = f"{HEAD}    mentees: [{ED}, {CY}, {DI}]\n{AT}"
ALONE = f"{HEAD}    mentee: {DI}\n    at: Wed 10:00\n"
IN_THE_GROUP = [
    "programs/koss.yaml:{}:13 Warning: mentee: Di Oak  is in the group ada-ash-cy-oak of Ada Ash as well.",
    "    Delete this entry, unless the two are to meet without the group too.",
]


def running(tmp_path: Path, *entries: str) -> Village:
    """Ada and Abe, and what stands there beside them, have begun."""
    made = without_warnings(tmp_path, 1)
    made.program.write_text(made.program.read_text() + "".join(entries))
    made.run("once")
    assert warned(made) == []
    return made


def test_the_people_of_a_group_in_another_order_are_that_group(tmp_path: Path) -> None:
    made = running(tmp_path, GROUP)
    made.rewrite(GROUP, TURNED)
    assert warned(made) == [
        "programs/koss.yaml:13:15 Warning: mentees: Ada Ash, Ed Oak, Cy Oak and Di Oak  are the people of ada-ash-cy-oak, which goes on.",
        "    Write id: ada-ash-cy-oak, if it is the same group.",
    ]
    made.rewrite(TURNED, f"{TURNED}    id: ada-ash-cy-oak\n")
    assert warned(made) == []


def test_a_pair_that_gets_another_key_is_that_pair(tmp_path: Path) -> None:
    made = running(tmp_path, BO)
    made.rewrite(BO, f"{BO}    id: bo\n")
    assert warned(made) == [
        "programs/koss.yaml:13:13 Warning: mentee: Ada Ash and Bo Oak  are the people of ada-ash-bo-oak, which goes on.",
        "    Write id: ada-ash-bo-oak, if it is the same pairing.",
    ]


def test_others_with_the_same_mentor_are_a_group_of_their_own(tmp_path: Path) -> None:
    made = running(tmp_path, GROUP)
    made.rewrite(
        GROUP,
        f"{GROUP}{HEAD}    mentees: [{ED}, Fay Oak <fay-oak@example.org>]\n    at: Wed 10:00\n",
    )
    assert warned(made) == []


def test_one_of_a_group_as_a_pair_beside_it(tmp_path: Path) -> None:
    made = running(tmp_path, GROUP)
    made.rewrite(GROUP, f"{GROUP}{ALONE}")
    assert warned(made) == [IN_THE_GROUP[0].format(16), IN_THE_GROUP[1]]
    made.run("once")
    assert warned(made) == []


def test_one_of_a_group_as_a_pair_before_anything_runs(tmp_path: Path) -> None:
    made = without_warnings(tmp_path, 1)
    made.program.write_text(made.program.read_text() + ALONE + GROUP)
    assert warned(made) == [IN_THE_GROUP[0].format(13), IN_THE_GROUP[1]]
