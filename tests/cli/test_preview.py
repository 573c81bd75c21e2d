"""`preview`: a letter with the admin's own people and templates, and nothing else.

Not the letters themselves: tests/test_letters.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.place import Place

HEAD = ["From: KOSS 1:1s <koss@example.org>", "To: Ben Das <ben@example.org>", "Subject: Ana & Ben: our 1:1s"]  # fmt: skip


def test_every_way_it_can_come_out_and_nothing_is_kept(place: Place) -> None:
    done = place.run("preview", "left-out")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("── ") and lines[1:4] == HEAD
    assert sum(line.startswith("── ") for line in lines) > 1
    assert not place.data.exists()


def test_one_of_them_for_a_browser(place: Place, tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    done = place.run(
        "preview", "proposal", "--pairing", "ana-rao-ben-das", "--variant", "can't take place",
        "--html", str(page),
    )  # fmt: skip
    assert "Tuesday's 1:1 (1 Dec) can't take place. Pick a new time?" in done.stdout
    assert "<html" in page.read_text() and "Pick a new time?" in page.read_text()


def test_the_facts_of_every_variant(place: Place) -> None:
    facts = place.facts("preview", "notes")
    assert facts["touchpoint"] == "notes"
    assert {*facts["variants"][0]} == {"variant", "from", "to", "subject", "text", "html"}


def test_the_admins_own_template_counts_and_its_mistake_is_named(place: Place) -> None:
    own = place.config / "templates" / "en" / "ended.md"
    own.parent.mkdir(parents=True)
    own.write_text(
        "---\nthread: T\nreads: contact\n---\n**Thank you, {{ me.first }}, for every hour.**\n"
    )
    done = place.run("preview", "ended")
    assert "Thank you, Ben, for every hour." in done.stdout
    own.write_text("---\nthread: T\nreads: contact\n---\n**Thank you, {{ me.frist }}.**\n")
    done = place.run("preview", "ended")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "templates/en/ended.md:5  a person has no frist. Did you mean first?\n"


def test_a_letter_about_no_pairing_names_whom_the_files_name(place: Place) -> None:
    contact = place.facts("preview", "admin")["variants"][0]
    assert contact["to"] == "Maya <maya@example.org>"
    mentor = place.facts("preview", "week-card")["variants"][0]
    assert mentor["to"] == "Ana Rao <ana@example.org>"


def test_a_page_that_cannot_be_written_is_told(place: Place, tmp_path: Path) -> None:
    done = place.run("preview", "notes", "--html", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path} cannot be written: Is a directory\n"


WRONG = {
    "proposl": ((), "there is no letter 'proposl'. Did you mean proposal?"),
    "xyz": ((), "there is no letter 'xyz'. There are: absence, ack, "),
    "notes": (("--pairing", "ana-rao-ben-dass"), "there is no pairing 'ana-rao-ben-dass'. Did you mean ana-rao-ben-das?"),
    "moved": (("--variant", "x"), "moved has no variant 'x'. There are: picked; "),
}  # fmt: skip


@pytest.mark.parametrize("touchpoint", WRONG)
def test_a_name_nobody_knows_is_answered_with_those_there_are(touchpoint: str, place: Place) -> None:  # fmt: skip
    words, answer = WRONG[touchpoint]
    done = place.run("preview", touchpoint, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(answer)
