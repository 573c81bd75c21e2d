"""A mentor connects their calendar on a phone, alone: the page, Google's question, and what becomes of both later.

Not plain HTTP: test_pages.py. Google is the one of tests/servers, asked by google-auth and the real client.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from daemon.web.door import Door
from tests.cli.acted import Village
from tests.servers.google import Fault, Google
from tests.web.conftest import ADA

pytestmark = pytest.mark.server("the simulated Google")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/connect/[a-z2-7]{26}")


ASKED = (
    "KOSS 1:1s\n"
    "Connect your calendar\n"
    "Hi Ada, this is for ada@example.org. It takes two minutes, and you can take it back at any time.\n"
    "Read\nWhen you are busy, and what becomes of your 1:1s.\n"
    "Written\nYour 1:1s, and nothing else. Google invites whom you meet.\n"
    "Never read\nTitles, places and texts of your other events, your mail, and any other calendar.\n"
    "Go on to Google\n"
    "Sign in there as ada@example.org, and leave every box ticked. Google then brings you back here.\n"
    "Rather not, or a question? Nothing has changed yet. Write to Maya: maya@example.org"
)
AGAIN = (
    "KOSS 1:1s\n"
    "Connected. There is nothing more to do.\n"
    "Your next 1:1s:\n"
    "Abe Tue 5 Jan, 10:00\n"
    "Abe Tue 12 Jan, 10:00\n"
    "If one falls out, move or delete it in your calendar as always: I see it within the hour, and look for another time.\n"
    "You can take this back at any time, under Third-party connections of your Google account."
)


def letters(village: Village, touchpoint: str) -> list[str]:
    """What of that kind Ada has got."""
    every = [raw.decode() for raw in village.hands.letters(ADA)]
    return [each for each in every if f"X-Oneonone-Touchpoint: {touchpoint}\r\n" in each]


def link_in(letter: str) -> str:
    """The link of a letter."""
    (link,) = set(LINK.findall(letter))
    return link


def pressed(page: Page, button: str) -> None:
    """Press it, and wait for the page to which that leads."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=button).click()


def looked_at(page: Page, name: str) -> str:
    """What stands there. No page is wider than a phone; with PICTURES=DIR it is kept as a picture, by day and by night."""
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if folder := os.environ.get("PICTURES"):
        for look in ("light", "dark"):
            page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
            page.screenshot(path=Path(folder) / f"{name}-{look}.png", full_page=True)
    return "\n".join(filter(None, page.inner_text("main").splitlines()))


def test_connected_refreshed_taken_back_and_connected_again(
    village: Village, google: Google, door: Door, phone: Page
) -> None:
    # the link of the letter is the one that `connect` prints
    printed = village.run("connect", ADA).out.splitlines()[0]
    village.run("once")
    (asked,) = letters(village, "reconnect")
    assert "I do not see your calendar yet. Two minutes, and I do." in asked
    assert link_in(asked) == printed

    phone.goto(printed)
    assert looked_at(phone, "connect") == ASKED
    pressed(phone, "Go on to Google")
    assert phone.inner_text("h1") == "An app wants access"
    pressed(phone, "Continue")
    assert looked_at(phone, "connected").startswith(
        "KOSS 1:1s\n"
        "Connected. There is nothing more to do.\n"
        "Your 1:1s will stand in your calendar as soon as their time is settled. I write to you about that.\n"
    )
    assert door.woken() == (ADA,)

    village.all_running()
    assert len(google.events.calendars[ADA].events) == 1

    # an hour later the token of the hour is renewed
    village.passes(hours=2)
    google.now = village.time.now()
    google.calls.clear()
    village.run("once")
    assert {status for _, _, status in google.calls} == {200}
    assert google.calls

    # Ada takes it back, and hears what that means
    google.grants.take_back(ADA)
    village.passes(hours=1)
    village.run("once")
    (lost,) = (each for each in letters(village, "reconnect") if "One minute fixes it." in each)
    assert re.search(r"Since Mon 28 Dec, 13:\d\d Berlin I cannot see your calendar.", lost)
    assert "Abe  Tue 5 Jan, 10:00" in lost
    assert "lost" in village.run("status").out

    phone.goto(link_in(lost))
    pressed(phone, "Go on to Google")
    pressed(phone, "Continue")
    assert looked_at(phone, "connected-again") == AGAIN
    village.passes(minutes=1)
    village.run("once")
    assert "lost" not in village.run("status").out
    assert len(google.events.calendars[ADA].events) == 1


@pytest.mark.parametrize(
    ("name", "does", "told"),
    [
        ("no", "Cancel", "You said no there, or left the page."),
        (
            "half",
            "Continue",
            "ada@example.org was not granted: a box was left without a tick (calendar.freebusy). Please begin again, and leave every box ticked.",
        ),
    ],
)
def test_no_and_half_a_yes_change_nothing_and_can_be_mended(
    village: Village, door: Door, phone: Page, name: str, does: str, told: str
) -> None:
    phone.goto(village.run("connect", ADA).out.splitlines()[0])
    pressed(phone, "Go on to Google")
    if name == "half":
        phone.locator("input[name=scope_1]").uncheck()
    pressed(phone, does)
    assert looked_at(phone, name).startswith(
        f"KOSS 1:1s\nNot connected, and nothing has changed\n{told}\nTry again\n"
    )
    assert "nobody has signed in" in village.run("doctor").out
    pressed(phone, "Try again")
    pressed(phone, "Continue")
    assert "Connected. There is nothing more to do." in phone.inner_text("main")


def test_another_account_than_the_one_that_was_asked_is_told_apart(
    village: Village, google: Google, door: Door, phone: Page
) -> None:
    google.account("private@gmail.example")
    phone.goto(village.run("connect", ADA).out.splitlines()[0])
    pressed(phone, "Go on to Google")
    phone.locator("select").select_option("private@gmail.example")
    pressed(phone, "Continue")
    assert (
        "Whoever has let us in does not own the calendar of that name. Sign in as ada@example.org"
        in looked_at(phone, "another")
    )
    assert "nobody has signed in" in village.run("doctor").out


def test_a_link_that_was_cut_off_says_what_to_do(village: Village, door: Door, phone: Page) -> None:
    link = village.run("connect", ADA).out.splitlines()[0]
    assert phone.goto(link[:-3]).status == 404  # type: ignore[union-attr]
    assert looked_at(phone, "nothing").startswith("There is nothing here\nThe link may be cut off")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("drop", "token"), "127.0.0.1 cannot be reached: RemoteProtocolError"),
        (Fault("say", "token", 503), "127.0.0.1 does not give tokens now (503)"),
        (Fault("say", "calendar.events.list", 503), "Google: 503 backendError."),
        (Fault("drop", "calendar.freebusy.query"), "Google does not answer: ConnectionResetError."),
    ],
    ids=["token-drop", "token-503", "list-503", "busy-drop"],
)
def test_what_goes_wrong_at_google_is_said_and_can_be_tried_again(
    village: Village, google: Google, door: Door, phone: Page, fault: Fault, told: str
) -> None:
    phone.goto(village.run("connect", ADA).out.splitlines()[0])
    pressed(phone, "Go on to Google")
    google.inject(fault)
    pressed(phone, "Continue")
    assert f"Not connected, and nothing has changed\n{told}\nTry again\n" in looked_at(
        phone, "fault"
    )
    assert "nobody has signed in" in village.run("doctor").out
    pressed(phone, "Try again")
    pressed(phone, "Continue")
    assert "Connected. There is nothing more to do." in phone.inner_text("main")
