"""A 1:1 that its owner moves to another calendar of the same account is found there; one that may not be written to any
more says so. Neither is ever taken for a deletion.

Not what happens when a whole calendar disappears: test_caldav_radicale.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connectors.internet import InternetCalendars, Reached
from connectors.internet.caldav.wire import Way
from daemon.domain.meeting import Place
from daemon.domain.observation import EventGone, EventSeen
from daemon.errors import Permanent
from tests.conformance.caldav_suite import ANA, BEN, OnRadicale
from tests.conformance.caldav_suite import radicale_server as radicale_server
from tests.conformance.caldav_world import Faulty, StandingClock
from tests.conformance.calendar_writing import FIFTH, FOURTH, NOON
from tests.conformance.following import WINDOW, Reader, series
from tests.conformance.test_caldav_radicale import PASSWORDS, Vault
from tests.servers import radicale

pytestmark = pytest.mark.server("Radicale")
PLACE = Place(ANA, "one")


class Owner:
    """Ana's own program at her calendars."""

    def __init__(self, url: str) -> None:
        self.url, self.login = url, (ANA, PASSWORDS[ANA])
        for name in ("main", "private"):
            assert self.ask("MKCALENDAR", f"{name}/").status_code == 201

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """One request of hers."""
        return httpx.request(method, f"{self.url}{ANA}/{path}", auth=self.login, **more)  # type: ignore[arg-type]

    def moves(self, before: str, after: str) -> None:
        """One resource, to another calendar."""
        to = f"{self.url}{ANA}/{after}"
        assert self.ask("MOVE", before, headers={"Destination": to}).status_code in (201, 204)

    def calendars(self) -> InternetCalendars:
        """A connector, as after a start."""
        reached = [Reached(ANA, url=f"{self.url}{ANA}/main/", own_network=True)]
        return InternetCalendars(reached, Vault(PASSWORDS), StandingClock(), way=Way())


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    with radicale.radicale(tmp_path, PASSWORDS) as url:
        yield Owner(url)


def seen(reader: Reader) -> list[object]:
    return [each for each in reader.read() if isinstance(each, EventSeen | EventGone)]


def followed(owner: Owner) -> Reader:
    """A series of ours, shown."""
    calendars = owner.calendars()
    calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
    reader = Reader(calendars, ANA)
    reader.read()
    return reader


def test_moved_to_another_calendar_it_is_there_and_not_gone(owner: Owner) -> None:
    reader = followed(owner)
    before = reader.known[PLACE]
    owner.moves("main/one.ics", "private/one.ics")
    told = seen(reader)
    assert [type(each) for each in told] == [EventSeen]
    assert reader.known[PLACE] == before  # nothing that it says has changed
    assert seen(reader) == []
    reader.calendars = owner.calendars()  # a restart
    assert seen(reader) == []


def test_it_is_changed_where_it_is_and_what_its_owner_does_there_is_seen(owner: Owner) -> None:
    reader = followed(owner)
    owner.moves("main/one.ics", "private/one.ics")
    reader.read()
    for number, calendars in enumerate((reader.calendars, owner.calendars())):
        reader.calendars = calendars
        reader.read()
        place = Place(ANA, "one", FOURTH)
        calendars.move(ANA, place, NOON, key=f"move/{number}", expected="")
    assert owner.ask("GET", "main/one.ics").status_code == 404
    reader.read()
    assert reader.meeting(FOURTH).start == NOON.start
    text = owner.ask("GET", "private/one.ics").text
    owner.ask(
        "PUT",
        "private/one.ics",
        content=text.replace(
            "RRULE:",
            f"EXDATE;TZID=Europe/Berlin:{FIFTH.replace('-', '').replace(':', '')}00\r\nRRULE:",
        ),
    )
    reader.read()
    assert FIFTH not in reader.standing()


def test_moved_back_or_deleted_there_it_is_what_it_is(owner: Owner) -> None:
    reader = followed(owner)
    owner.moves("main/one.ics", "private/one.ics")
    reader.read()
    owner.moves("private/one.ics", "main/one.ics")
    assert not any(isinstance(each, EventGone) for each in reader.read())
    owner.moves("main/one.ics", "private/other-name.ics")
    assert not any(isinstance(each, EventGone) for each in reader.read())
    owner.ask("DELETE", "private/other-name.ics")
    assert [each.place for each in reader.read() if isinstance(each, EventGone)] == [PLACE]


def test_with_its_new_calendar_it_is_gone(owner: Owner) -> None:
    reader = followed(owner)
    owner.moves("main/one.ics", "private/one.ics")
    reader.read()
    owner.ask("DELETE", "private/")
    assert [each.place for each in reader.read() if isinstance(each, EventGone)] == [PLACE]


def test_all_that_is_listed_again_shows_it_there(owner: Owner) -> None:
    reader = followed(owner)
    owner.moves("main/one.ics", "private/one.ics")
    reader.read()
    again = reader.calendars.changes(ANA, None, WINDOW)
    assert [each.place for each in again.observations] == [PLACE] and again.complete


class TestReadOnly(OnRadicale):
    """The server takes no change of an event any more."""

    def test_it_is_refused_for_good_and_is_still_there(
        self, calendars: object, faults: Faulty, reader: Reader
    ) -> None:
        reader.calendars.put(ANA, series(ANA, BEN), key="k/1", expected="")
        reader.read()
        for number in range(2):
            faults.inject("move", "403-rights")
            with pytest.raises(Permanent):
                reader.calendars.move(
                    ANA, Place(ANA, "one", FOURTH), NOON, key=f"move/{number}", expected=""
                )
            assert not any(isinstance(each, EventGone) for each in reader.read())

    @pytest.fixture
    def reader(self, calendars: object) -> Reader:
        return Reader(calendars, ANA)  # type: ignore[arg-type]
