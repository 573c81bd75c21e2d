"""A stage whose calendars are at Google: the whole machine, Google's own client library, and people before their browsers.

Not the mail, which is that of every stage: tests/stories/stage.py.
"""

from __future__ import annotations

from typing import Any

from connectors.google import Client, GoogleCalendars, Granted
from daemon.ports import Ports
from tests.conformance.google_world import GoogleHands
from tests.servers.google import Google
from tests.stories.stage import Stage


class Hands(GoogleHands):
    """Before the calendar at Google, and with mails wherever they are."""

    def __init__(self, google: Google, mails: Any) -> None:
        super().__init__(google)
        self.letters, self.write, self.turn_away = mails.letters, mails.write, mails.turn_away  # type: ignore[method-assign]


class GoogleStage(Stage):
    """`google`: the one of this test."""

    def __init__(self, *lines: Any, google: Google, **wishes: Any) -> None:
        self.google = google
        self.tokens: dict[str, str] = {}
        super().__init__(*lines, **wishes)
        self.outside.hands = Hands(google, self.outside.hands)  # type: ignore[assignment]

    def wire(self, ports: Ports) -> Ports:
        """Everybody has connected their account; where a calendar of the program organizes, that alone, and people show it
        when they are busy."""
        ports = super().wire(ports)
        organizers = {one.organizer for one in self.config.lines if one.organizer}
        for each in organizers - self.tokens.keys():
            self.tokens[each] = self.google.account(each)
        people = [each for one in self.config.lines for each in (one.mentor, one.mentee)]
        for each in people:
            if each.address not in self.tokens:
                self.tokens[each.address] = self.google.account(each.address, zone=each.zone)
                for organizer in organizers:
                    self.google.share_busy(each.address, organizer)
        grants = self.google.grants
        client = Client(
            grants.client_id, grants.client_secret, f"{self.google.url}/token", self.google.url
        )
        calendars = GoogleCalendars(
            organizers or self.tokens,
            lambda who: Granted(client, self.tokens[who]),
            ports.clock,
            {each.address: each.zone for each in people},
        )
        local = ports.calendars["local"] if organizers else calendars
        ports.calendars = {"local": local, "google": calendars}
        return ports

    def beat(self) -> None:
        """Google's clock goes along."""
        self.google.now = self.now
        super().beat()
