"""A rehearsal, command by command: every letter to one address, a state of its own, and the real start after it.

Not what letters say otherwise, and not the mails of a pair: those are stories.
"""

from __future__ import annotations

import re
import signal
from email import message_from_string, policy
from email.message import EmailMessage

import pytest

from daemon.commands.rehearsing import on_files
from daemon.domain.people import Line, Person
from daemon.domain.program import Config, Program
from daemon.domain.value import replace
from run import Wire
from tests.cli.place import Place
from tests.cli.test_start import running

FIRST_RUN = "first-run/koss"
ANA = Person("ana-rao", "Ana Rao", "ana@example.org", "Europe/Berlin", calendar="google")
BEN = Person("ben-das", "Ben Das", "ben@example.org", "Asia/Kolkata", calendar="exchange")


@pytest.fixture
def staged(place: Place) -> Place:
    """The same program, rehearsed."""
    place.program.write_text(f"letters_to: pat@example.org\n{place.program.read_text()}")
    return place


def for_real(place: Place) -> None:
    """The line is deleted again."""
    text = place.program.read_text()
    place.program.write_text(text.replace("letters_to: pat@example.org\n", ""))


def mails(place: Place, address: str, data: str = "data/rehearsal") -> list[EmailMessage]:
    folder = place.config / data / "mail" / address / "new"
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [message_from_string(path.read_text(), policy=policy.default) for path in found]


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def to_ana(place: Place, data: str = "data/rehearsal") -> list[EmailMessage]:
    every = mails(place, "pat@example.org", data) + mails(place, "ana@example.org", data)
    return [mail for mail in every if "our 1:1s" in mail["Subject"]]


def test_every_letter_goes_to_that_one_address_with_its_reader_on_top(staged: Place) -> None:
    staged.run("once")
    staged.run("release", FIRST_RUN)
    (mail,) = to_ana(staged)
    assert mail["To"] == '"Ana Rao (rehearsal)" <pat@example.org>'
    assert mail["Subject"] == "[for Ana] Ana & Ben: our 1:1s"
    assert body(mail).splitlines()[:4] == [
        "Would go to: Ana Rao",
        "This is a rehearsal: nobody else gets this letter. Reply as Ana would.",
        "",
        "Maya suggests you as mentor for Ben Das: 30 minutes a week.",
    ]
    shown = re.sub(r"<style.*?</style>|<[^>]*>", " ", body(mail, "html"), flags=re.DOTALL)
    assert " ".join(shown.split()).startswith(
        "Would go to: Ana Rao This is a rehearsal: nobody else gets this letter. Reply as Ana would. Maya suggests"
    )
    assert "ana@example.org" not in mail.as_string()
    folders = {path.name for path in (staged.data / "rehearsal" / "mail").iterdir()}
    assert folders <= {"pat@example.org", "koss@example.org"}
    assert [path.name for path in staged.data.iterdir()] == ["rehearsal"]


def test_who_gets_them_answers_for_everybody_and_threads_stay_apart(staged: Place) -> None:
    staged.run("once")
    staged.run("release", FIRST_RUN)
    (asked,) = to_ana(staged)
    assert staged.run("reply", "ana-rao-ben-das", "Ana", "YES").returncode == 0
    staged.run("once")
    letters = [mail for mail in to_ana(staged) if mail["Message-ID"] != asked["Message-ID"]]
    roots = {
        mail["Subject"].removeprefix("Re: "): mail["References"].split()[0]
        for mail in [asked, *letters]
    }
    assert set(roots) == {"[for Ana] Ana & Ben: our 1:1s", "[for Ben] Ana & Ben: our 1:1s"}
    assert len(set(roots.values())) == 2
    assert (staged.data / "rehearsal" / "calendars" / "ana@example.org").is_dir()


def test_check_status_once_and_the_log_say_so(staged: Place) -> None:
    assert staged.run("check").stdout == (
        "OK. 1 pairing, 2 people, weekly 30 min. A rehearsal: every letter goes to pat@example.org. "
        f"Nothing has been sent. Next: run.py plan --config {staged.config}\n"
    )
    assert staged.facts("check")["rehearsal"] is True
    once = staged.run("once")
    assert once.stdout.startswith(
        "A rehearsal: every letter goes to the one address of letters_to:."
    )
    assert "level=warning event=rehearsal" in once.stderr
    for word in ("plan", "held"):
        said = "A rehearsal: every letter goes to the one address of letters_to:.\n"
        assert said in staged.run(word).stdout
        assert staged.facts(word)["rehearsal"] is True
    status = staged.run("status").stdout
    assert status.startswith("REHEARSAL: every letter goes to the one address of letters_to:")
    assert "For real: stop the daemon, delete letters_to: from the files" in status
    assert "pat@example.org" not in status
    assert staged.facts("status")["rehearsal"] is True


def test_after_it_the_program_starts_for_real_from_its_own_beginning(staged: Place) -> None:
    staged.run("once")
    staged.run("release", FIRST_RUN)
    kept = to_ana(staged)[0].as_string()
    for_real(staged)

    assert staged.run("status").returncode == 1  # nothing has begun yet
    assert staged.run("once").returncode == 1
    assert to_ana(staged, "data") == []  # the first letters wait for a person, as ever
    staged.run("release", FIRST_RUN)
    (real,) = to_ana(staged, "data")
    assert (real["To"], real["Subject"]) == ("Ana Rao <ana@example.org>", "Ana & Ben: our 1:1s")
    assert "rehearsal" not in real.as_string()
    assert staged.facts("status")["rehearsal"] is False
    assert to_ana(staged)[0].as_string() == kept  # and the rehearsal lies where it was


def test_a_backup_of_a_rehearsal_never_goes_on_for_real(staged: Place) -> None:
    staged.run("once")
    copy = staged.config / "monday.db"
    staged.run("backup", str(copy))
    for_real(staged)
    assert staged.run("restore", str(copy)).returncode == 0
    for words in (["once"], ["start"]):
        done = staged.run(*words)
        assert done.returncode == 1
        assert (
            "is the state of a rehearsal, whose letters reached nobody but one address"
            in done.stderr
        )
    assert mails(staged, "ana@example.org", "data") == []


def test_a_running_daemon_does_not_become_the_other_kind(place: Place) -> None:
    with running(place) as daemon:
        place.program.write_text(f"letters_to: pat@example.org\n{place.program.read_text()}")
        daemon.process.send_signal(signal.SIGHUP)
        assert 'where=programs why="letters_to: was added. Stop the daemon' in daemon.until(
            "config-bad"
        )
        status = place.run("status")  # of the one that runs
        assert "letters_to: was added" in status.stdout
        assert (
            f"Next: stop the daemon, then run.py start --config {place.config}\n" in status.stdout
        )
        for words in (("plan",), ("apply", "--yes")):
            refused = place.run(*words)
            assert (refused.returncode, refused.stdout) == (2, "")
            assert refused.stderr.startswith("programs  letters_to: was added. Stop the daemon")
        assert "REHEARSAL" not in status.stdout
        assert "is already run by" in place.run("start").stderr
        assert daemon.stop() == 0
    assert not (place.data / "rehearsal").exists()


def test_all_programs_of_a_folder_are_rehearsed_or_none(staged: Place) -> None:
    other = staged.program.with_name("wealljs.yaml")
    other.write_text(
        staged.program.read_text()
        .replace("letters_to: pat@example.org\n", "")
        .replace("koss@", "we@")
    )
    done = staged.run("check")
    assert done.returncode == 2
    assert " ".join(done.stderr.split()).startswith(
        "programs/wealljs.yaml:1:1 letters_to: is missing here, and stands in programs/koss.yaml: a "
        "rehearsal is one of all programs. Write it here as well"
    )


def test_the_mailbox_of_the_program_cannot_play_everybody(place: Place) -> None:
    place.program.write_text(f"letters_to: koss@example.org\n{place.program.read_text()}")
    done = place.run("check")
    assert done.returncode == 2
    assert (
        "letters_to: koss@example.org  is the program's mailbox, which would answer itself."
        in done.stderr
    )


def test_no_calendar_but_files_is_wired_or_asked(place: Place) -> None:
    """Also of people whose calendar is elsewhere, once there is an elsewhere."""
    koss = Program("koss", "KOSS", "Maya", "maya@example.org", "koss@example.org", "UTC", letters_to="pat@example.org")  # fmt: skip
    config = Config((koss,), (Line("ana-ben", "koss", ANA, BEN, "UTC"),))
    (line,) = on_files(config).lines
    assert (line.mentor.calendar, line.mentee.calendar) == ("local", "local")
    real = replace(config, programs=(replace(koss, letters_to=""),))
    assert on_files(real) == real

    place.data.mkdir()
    wire = Wire()
    with wire.own(place.data, "test"):
        ports = wire(on_files(config), place.data)
        ports.store.close()
    assert {type(each).__name__ for each in ports.calendars.values()} == {"LocalCalendars"}
