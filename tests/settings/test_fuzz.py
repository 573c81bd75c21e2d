"""Whatever stands in the files, loading never raises, and never prints what looks like a secret.

Not a search for good messages: those are literal in the other files.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon.settings import load, report
from daemon.settings.known_names import EVERY_NAME
from tests.settings.folders import PROGRAM, write

names = st.sampled_from(sorted(EVERY_NAME))
values = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "[a, b]",
            "{a: b}",
            "[",
            "&x y",
            "*x",
            "!t",
            "'",
            "|\n  x",
            "2027-02-29",
            "Tue 15:00",
            "<@>",
            "a@b.co",
        ]
    ),
    st.sampled_from(
        [
            "3",
            "300",
            "30, 60",
            "2 of 6",
            "never",
            "monthly",
            "6 sessions in 12 weeks",
            "last Tue 15:00",
            "2026-12-20 to 2027-01-06 x",
            "[2026-12-20, {from: 2026-12-01}]",
            "IN, XX",
            "every day 03:00-04:00",
            "22:00-10:00",
            "paused",
            "at, ends",
        ]
    ),
)
lines = st.builds(
    "{}{}:{}{}".format,
    st.sampled_from(["", "  ", "  - ", "\t"]),
    names,
    st.sampled_from(["", " "]),
    values,
)
quick = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def load_all(files: dict[str, str | bytes]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(write(Path(folder), files))
        return report(loaded.problems)


@quick
@given(program=st.lists(lines, max_size=8), people=st.lists(lines, max_size=4))
def test_any_settings(program: list[str], people: list[str]) -> None:
    text = PROGRAM + "\n".join(program)
    load_all(
        {
            "koss.yaml": text.encode("utf-8", "replace"),
            "people.yaml": "\n".join(people).encode("utf-8", "replace"),
        }
    )


cells = st.one_of(
    st.sampled_from(
        [
            "mentor",
            "Mentee e-mail",
            "mentee",
            "mentor zone",
            "at",
            "password",
            "Ana Rao",
            "ben@x.org",
        ]
    ),
    st.text(max_size=8),
    st.sampled_from(['"', '"a"b', "sep=;", "Tue 15:00", "Ana <ana@x.org>", "IST", "\ufeff", "\0"]),
)


@quick
@given(
    rows=st.lists(st.lists(cells, max_size=6), max_size=6),
    separator=st.sampled_from([",", ";", "\t", ", "]),
    encoding=st.sampled_from(["utf-8", "utf-16", "latin-1"]),
    head=st.booleans(),
)
def test_any_roster(rows: list[list[str]], separator: str, encoding: str, head: bool) -> None:
    named = [["mentor", "mentee", "mentee e-mail", "at"]] if head else []
    text = "\n".join(separator.join(row) for row in named + rows)
    load_all(
        {"koss.yaml": PROGRAM + "roster: koss.csv\n", "koss.csv": text.encode(encoding, "replace")}
    )


@quick
@given(raw=st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    load_all({"koss.yaml": raw, "people.yaml": raw, "oneonone.yaml": raw})
    load_all({"koss.yaml": PROGRAM + "roster: koss.csv\n", "koss.csv": raw})


@quick
@given(cut=st.integers(0, len(PROGRAM)), put=st.text(max_size=6))
def test_a_program_with_something_in_the_middle(cut: int, put: str) -> None:
    text = PROGRAM[:cut] + put + PROGRAM[cut:]
    load_all({"koss.yaml": text.encode("utf-8", "replace")})


@quick
@given(
    name=st.sampled_from(["password", "api_key", "token", "Client-Secret", "pw"]),
    indent=st.sampled_from(["", "  - ", "    ", "accounts:\n  ana@example.org:\n    "]),
    gap=st.sampled_from(["", " "]),
)
def test_no_secret_is_ever_printed(name: str, indent: str, gap: str) -> None:
    said = load_all({"koss.yaml": f"{PROGRAM}{indent}{name}:{gap}hunter2-swordfish\n"})
    assert said
    assert "swordfish" not in said
