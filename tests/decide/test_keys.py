"""Keys, ids and bases as tables (RULES 2).

Not what is done under them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from daemon.decide.keys import (
    basis_of,
    end_stem,
    lane_of_account,
    lane_of_key,
    lane_of_pairing,
    lane_of_person,
    lane_of_program,
    letter_stem,
    list_of,
    logged,
    occasion_of,
    origin_of,
    person_of,
    program_of,
    provider_id,
    series_stem,
    short,
    thread_about_calendar,
    thread_of_person,
    touchpoint_of,
)
from daemon.domain.effect import CancelMeeting, Effect
from daemon.domain.meeting import Origin, Place

ORIGIN = Origin("2026-12-01T10:00", "America/Argentina/Buenos_Aires")


def test_lanes_and_stems() -> None:
    assert lane_of_pairing("ana-ben") == "pairing/ana-ben"
    assert lane_of_account("ana@example.org") == "account/ana@example.org"
    assert lane_of_program("koss") == "program/koss"
    assert lane_of_person("ana") == "person/ana"
    assert series_stem("ana-ben") == "series/ana-ben/0"
    assert end_stem("ana-ben", 1, 3) == "series/ana-ben/1/3/end"
    assert letter_stem("notes", "pairing/ana-ben", str(ORIGIN), "ben") == (
        "notes/pairing/ana-ben/2026-12-01T10:00[America/Argentina/Buenos_Aires]/ben"
    )


@pytest.mark.parametrize(
    ("key", "lane"),
    [
        ("notes/pairing/ana-ben/2026-12-01T10:00[Asia/Kolkata]/ben/1", "pairing/ana-ben"),
        ("reconnect/account/ana@example.org/day-1", "account/ana@example.org"),
        ("series/ana-ben/0", ""),
        ("", ""),
    ],
)
def test_the_lane_that_a_letters_key_names(key: str, lane: str) -> None:
    assert lane_of_key(key) == lane


def test_whose_thread_it_is() -> None:
    assert thread_of_person("ana", "koss") == "person/ana/koss"
    assert thread_about_calendar("ana", "koss") == "person/ana/koss/calendar"
    for thread in (thread_of_person("ana", "koss"), thread_about_calendar("ana", "koss")):
        assert (person_of(thread), program_of(thread)) == ("ana", "koss")
    assert (person_of("pairing/ana-ben"), program_of("pairing/ana-ben")) == ("", "")


def test_a_key_is_its_stem_and_its_generation() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    change = CancelMeeting(Place("ana@example.org", "u"))
    effect = Effect("cancel/a-b/x", 3, "", "calendar", "ana@example.org", change, now, now, "why")
    assert effect.key == "cancel/a-b/x/3"


@pytest.mark.parametrize(
    ("key", "touchpoint", "origin", "occasion"),
    [
        (f"notes/pairing/ana-ben/{ORIGIN}/ben/1", "notes", ORIGIN, 0),
        (f"proposal/pairing/ana-ben/{ORIGIN}#2.3/ben", "proposal", ORIGIN, 2),
        (f"proposal-nudge/pairing/ana-ben/{ORIGIN}#12/ben/1", "proposal-nudge", ORIGIN, 12),
        ("series/ana-ben/0/1", "series", None, 0),
        ("welcome-mentee/pairing/ana-ben/invited/ben/1", "welcome-mentee", None, 0),
        ("copy/pairing/a-b/2026-12-01T10:00[Asia/Kolkata]#mentee-20261201T093000/ana", "copy", Origin("2026-12-01T10:00", "Asia/Kolkata"), 0),
        ("", "", None, 0),
        ("tell/pairing/a-b/strange]/2026-12-01", "tell", None, 0),
        ("x[y]z", "x[y]z", None, 0),
        (str(ORIGIN), str(ORIGIN).partition("/")[0], ORIGIN, 0),
        (str(ORIGIN)[1:], str(ORIGIN)[1:].partition("/")[0], None, 0),
    ],
)  # fmt: skip
def test_what_a_key_names(key: str, touchpoint: str, origin: Origin | None, occasion: int) -> None:
    assert (touchpoint_of(key), origin_of(key), occasion_of(key)) == (touchpoint, origin, occasion)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (f"proposal/pairing/ana-ben/{ORIGIN}#2.3/ben/1", 2),
        (f"proposal/pairing/ana-ben/{ORIGIN}#12.1v/ben/1", 12),
        (f"proposal-nudge/pairing/ana-ben/{ORIGIN}#3v~2/ben/1", 3),
        (f"proposal-nudge/pairing/ana-ben/{ORIGIN}#3~2/ben/1", 3),
        (f"proposal-nudge/pairing/ana-ben/{ORIGIN}#4/ben", 4),
        ("regular-time/pairing/ana-ben/series#5.1/ana/2", 5),
        # not a question's number, but when something was seen or written
        (f"off/pairing/ana-ben/{ORIGIN}#20261007T080100/ben/1", 0),
        (f"copy/pairing/ana-ben/{ORIGIN}#mentee-20261007T080100/ana/1", 0),
        (f"notes/pairing/ana-ben/{ORIGIN}/ben/1", 0),
        ("x/#6/ben", 0),
        ("", 0),
    ],
)
def test_which_list_a_letter_showed(key: str, number: int) -> None:
    assert list_of(key) == number


def test_a_log_line_shows_no_address_and_always_the_same_short_name_for_it() -> None:
    assert short("ana@example.org") == "86b9260a11"
    assert logged("reconnect/account/ana@example.org/day-1/ana/1") == (
        "reconnect/account/86b9260a11/day-1/ana/1"
    )
    assert (
        logged(f"notes/pairing/ana-ben/{ORIGIN}/ben/1") == f"notes/pairing/ana-ben/{ORIGIN}/ben/1"
    )
    assert short("\udcff") == short("?")  # a broken Message-ID has a name too


@pytest.mark.parametrize("text", ["2026-12-01T10:00", "[Europe/Berlin]", "soon[Europe/Berlin]", ""])
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Origin.parse(text)


def test_an_origin_comes_back_as_it_was() -> None:
    assert Origin.parse(str(ORIGIN)) == ORIGIN
    assert ORIGIN.day.isoformat() == "2026-12-01"


def test_provider_ids_are_what_every_provider_takes() -> None:
    """Google: 5–1024 characters of base32hex (a–v, 0–9); a file name and an iCalendar UID as well."""
    made = [provider_id(f"series/a-b/0/{n}") for n in range(50)]
    assert all(re.fullmatch(r"[0-9a-v]{52}", each) for each in made)
    assert len(set(made)) == 50
    assert made[1] == provider_id("series/a-b/0/1")


def test_a_basis_is_the_same_for_the_same_facts_in_any_order() -> None:
    assert basis_of({"a": 1, "b": [2, 3]}) == basis_of({"b": [2, 3], "a": 1})
    assert basis_of({"a": 1}) != basis_of({"a": 2})
    assert re.fullmatch("[0-9a-f]{12}", basis_of({"a": 1}))
    assert basis_of(("x", ORIGIN)) == basis_of(("x", Origin(ORIGIN.wall, ORIGIN.zone)))
