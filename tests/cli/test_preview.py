"""`preview`: a letter with the admin's own people and templates, and nothing else.

Not the letters themselves: tests/test_letters.py.
"""

from __future__ import annotations

import re
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


@pytest.mark.parametrize(
    ("letter", "terms", "first"),
    [
        ("welcome-mentor-connected", "", "no time, no end"),
        ("welcome-mentor-connected", "    ends: 2027-06-30\n", "no time yet"),
        ("welcome-mentor-connected", "    at: Tue 15:00\n    ends: 2027-06-30\n", "until a day"),
        ("welcome-mentor-connected", "    cadence: 6 sessions in 12 weeks\n", "sessions"),
        ("welcome-mentee", "    cadence: biweekly\n", "times every two weeks, no end"),
        ("welcome-mentee", "    at: Tue 15:00\n", "a time by the files"),
        ("started", "    cadence: biweekly\n", "changed, every two weeks"),
    ],
)
def test_the_way_most_like_the_admins_own_files_is_shown_and_sent_first(
    place: Place, letter: str, terms: str, first: str
) -> None:
    own = place.program.read_text()
    place.program.write_text(own.replace("    at: Tue 10:00\n", terms))
    assert place.run("preview", letter).stdout.startswith(f"── {first} ─")
    assert place.facts("preview", letter, "--to", "me@example.org")["variant"] == first


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


def test_one_sample_goes_to_that_address_alone_and_touches_nothing(place: Place) -> None:
    done = place.run("preview", "proposal", "--to", "Me@Example.org")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Sent proposal (can't take place), as Ben Das would read it, from koss@example.org to me@example.org.\n"
        f"Mail is folders here: it lies in {place.data}/mail/me@example.org/new\n"
        "It is a sample: its subject says so, no 1:1 is touched, and a reply to it does nothing.\n"
    )
    (mail,) = place.letters("me@example.org")
    assert "\nSubject: Sample: Ana & Ben: our 1:1s\n" in mail
    assert "Tuesday's 1:1 (1 Dec) can't take place. Pick a new time?" in mail
    assert place.letters("ben@example.org") == []
    assert sorted(path.name for path in place.data.iterdir()) == ["mail"]


def test_a_sample_asked_for_twice_comes_twice(place: Place) -> None:
    for _ in range(2):
        facts = place.facts(
            "preview", "notes", "--to", "me@example.org", "--variant", "clocks change, no copies"
        )
    assert facts["variant"] == "clocks change, no copies" and facts["written_for"] == "Ben Das"
    assert len(place.letters("me@example.org")) == 2


def test_a_reply_to_a_sample_does_nothing(place: Place) -> None:
    """Also from somebody of the program, who reads what to do: nothing is guessed from the address it comes from."""
    place.write(first_run="send")
    assert place.run("once").returncode == 0
    before = place.facts("status")["pairings"]
    place.run("preview", "welcome-mentor-connected", "--to", "ana@example.org")
    (sample,) = [each for each in place.letters("ana@example.org") if "Sample: " in each]
    sent = dict(line.split(": ", 1) for line in sample.split("\n\n")[0].split("\n") if ": " in line)
    reply = (
        f"From: ana@example.org\nTo: {sent['Reply-To']}\nIn-Reply-To: {sent['Message-ID']}\n"
        f"Message-ID: <1@mail.example>\nSubject: Re: {sent['Subject']}\n\nYES\n"
    )
    (place.data / "mail" / "koss@example.org" / "new" / "1.reply").write_text(reply)
    assert place.run("once").returncode in (0, 1)
    assert place.facts("status")["pairings"] == before
    entries = place.facts("why", "ana-rao-ben-das")["entries"]
    assert list(dict.fromkeys(each["effect"] for each in entries if each["key"])) == [
        "welcome-mentor-connected to Ana", "hello to Ana",
    ]  # fmt: skip


def test_a_slip_in_the_address_is_doubted_and_what_is_none_is_refused(place: Place) -> None:
    done = place.run("preview", "notes", "--to", "me@gmial.com")
    assert done.stdout.splitlines()[-1] == "Did you mean me@gmail.com?"
    done = place.run("preview", "notes", "--to", "me at home")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--to me at home  is not an e-mail address.")


def test_all_plays_the_program_ahead_and_keeps_nothing_of_it_but_the_folder(
    place: Place, tmp_path: Path
) -> None:
    own = place.config / "templates" / "en" / "notes.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\nthread: T\nreads: pair\n---\n**Was it good, {{ me.first }}?**\n")
    out = tmp_path / "weeks"
    done = place.run("preview", "--all", "--weeks", "4", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    sent = [path for path in (out / "mail").glob("*/new/*") if path.parts[-3] != "koss@example.org"]
    assert done.stdout == (
        f"4 weeks of KOSS 1:1s, 1 pair: {len(sent)} letters. "
        f"People and notes are made up, nothing was sent.\nOpen {out}/index.html\n"
    )
    page = (out / "index.html").read_text()
    assert page.count('data-touchpoint="') == len(sent)
    anchors = re.findall(r'\sid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert "<h1>Your own program, 4 weeks ahead.</h1>" in page
    assert "Was it good, Ben?" in page and "A sample note by Ben 1: " in page
    assert not place.data.exists()


def test_one_pair_is_enough_to_see_what_matters_in_five_weeks(place: Place, tmp_path: Path) -> None:
    place.program.write_text(re.sub(r"quiet_hours:.*\n", "", place.program.read_text()))
    place.run("preview", "--all", "--weeks", "5", "--out", str(tmp_path / "weeks"))
    found = re.findall(
        r'class="moment" id="([a-z-]+)"', (tmp_path / "weeks/index.html").read_text()
    )
    assert {*found} >= {
        *("began", "night-note", "done", "quoted", "repaired", "unclear", "left-out"),
    }


SEVEN = ("Ben", "Chi", "Dan", "Eva", "Fay", "Gil", "Ben")


def seven_pairs(place: Place, out: Path, weeks: str = "5") -> str:
    """The words of the page about seven pairs: more than there are parts, and two people of one name."""
    pairs = "".join(
        f"  - mentor: Mo {each}ao <mo{n}@example.org>\n    mentee: {name} {each}as <me{n}@example.org>\n    at: Tue 10:00\n"
        for n, (name, each) in enumerate(zip(SEVEN, "BCDEFGH", strict=True))
    )
    text = place.program.read_text().partition("pairings:")[0]
    place.program.write_text(re.sub(r"quiet_hours:.*\n", "", text) + "pairings:\n" + pairs)
    done = place.run("preview", "--all", "--weeks", weeks, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    return (out / "index.html").read_text()


def test_no_line_is_found_with_anybody_it_was_not_written_for(place: Place, tmp_path: Path) -> None:
    page = seven_pairs(place, tmp_path / "weeks")
    assert "A sample note by Ben 1: " in page and "A sample note by Ben 7: " in page
    assert "Found with anybody it was not written for: 0." in page


def test_a_line_that_leaks_is_found_with_those_who_got_it(place: Place, tmp_path: Path) -> None:
    own = place.config / "templates" / "en" / "notes.md"
    own.parent.mkdir(parents=True)
    told = "A sample note by Ben 1: two ways to go, decide by next month."
    own.write_text(f"---\nthread: T\nreads: pair\n---\n**How was it?** {told}\n")
    page = seven_pairs(place, tmp_path / "weeks")
    found = re.search(r"Found with anybody it was not written for: (\d+)\.", page)
    assert found and int(found[1]) >= len(SEVEN) - 1


def test_the_figures_add_up_and_the_page_says_why_so_many_fall_out(
    place: Place, tmp_path: Path
) -> None:
    page = seven_pairs(place, tmp_path / "weeks", "2")
    kept = re.search(r"<b>(\d+) <small>of (\d+)</small></b>1:1s kept", page)
    fell = re.search(r"<b>(\d+)</b>fell out: (\d+) repaired, (\d+) left out", page)
    assert kept and fell
    assert int(fell[1]) == int(fell[2]) + int(fell[3]) > 0
    assert int(kept[1]) + int(fell[3]) == int(kept[2])
    assert "Some 1:1s fall out on purpose here, so that you see what is written then." in page


def test_weeks_in_which_nothing_is_due_are_said_to_be_that(place: Place, tmp_path: Path) -> None:
    text = place.program.read_text().replace("pairings:", "starts: 2090-01-02\npairings:")
    place.program.write_text(text)
    done = place.run("preview", "--all", "--out", str(tmp_path / "weeks"))
    assert "1 pair: 0 letters." in done.stdout
    assert "Nothing is due in these weeks: `starts:` or `ends:` says so." in done.stdout


def test_a_folder_with_something_of_ones_own_is_left_alone(place: Place, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    done = place.run("preview", "--all", "--out", str(mine))
    assert (done.returncode, done.stdout) == (2, "")
    assert "thesis.txt" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("words", [(), ("notes", "--all")])
def test_one_letter_or_all_of_them(place: Place, words: tuple[str, ...]) -> None:
    done = place.run("preview", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "name one letter, such as proposal, or say --all\n"


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


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("admin-launch", "The first letter waits for you. Nobody has got anything."),
        ("admin-on-hold", "Something waits until you let it go."),
        ("admin-config", "The files have a mistake. The last good ones stay in force."),
        ("admin-account", "I can no longer see one calendar. Its owner has been told."),
        ("admin-back", "The machine was off. What came too late was left out, and nothing was sent twice."),
        ("admin-quiet-list", "Nothing was heard yet from the people below. My letters may be in their spam."),
        ("admin-monday", "Last week 3 of 4 took place. Nothing to do."),
        ("admin-address-on-hold", "Ana & Ben: letters to one of the two come back. I write there no more."),
    ],
)  # fmt: skip
def test_what_the_contact_reads_is_found_by_the_names_of_the_catalogue(
    place: Place, name: str, first: str
) -> None:
    shown = place.facts("preview", name)["variants"]
    assert shown[0]["text"].splitlines()[0] == first
    assert {each["variant"] for each in shown} == {shown[0]["variant"]}
    assert "Maya" in shown[0]["to"] or "@" in shown[0]["to"]


def test_a_letter_to_the_contact_is_sent_as_a_sample_too(place: Place) -> None:
    done = place.run("preview", "admin-launch", "--to", "me@example.org")
    assert (done.returncode, done.stderr) == (0, "")
    (letter,) = place.letters("me@example.org")
    assert "Subject: Sample: " in letter and "The first letter waits" in letter
