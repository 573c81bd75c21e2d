"""Every letter of the gallery in a browser: nothing wider than its window, no text too pale, by day and by night.

Not the words, which tests/test_letters.py judges, and not how mail programs change what they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from daemon.domain.value import replace
from daemon.mail.fixtures import FIXTURES
from tests.gallery.page import LANGUAGES, TEMPLATES
from tests.gallery.parts import html_parts

MEASURE = Path(__file__).with_name("measure_letters.js").read_text(encoding="utf-8")
WIDTHS_PX = (320, 390, 600, 1280)
RATIO_LEAST = 4.5
"""WCAG 2.2, 1.4.3."""
LONG = "https://example.org/" + "unbreakable" * 20
GOOD = TEMPLATES.render("prep-mentor", "en", FIXTURES["prep-mentor"][0].context()).html


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    """One for all letters."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_content("<!DOCTYPE html><meta name=color-scheme content='light dark'><body>")
    yield page
    context.close()


def trouble(
    window: Page, scheme: Literal["light", "dark"], letters: Iterable[tuple[str, str]]
) -> list[str]:
    """What a reader would have with each."""
    window.emulate_media(color_scheme=scheme)
    widths = WIDTHS_PX if scheme == "light" else ()  # colours make nothing wider
    found: list[str] = window.evaluate(MEASURE, [list(letters), list(widths), RATIO_LEAST])
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_letter_fits_its_window_and_can_be_read(
    window: Page, scheme: Literal["light", "dark"]
) -> None:
    parts = html_parts()
    assert len(parts) > len(LANGUAGES) * sum(map(len, FIXTURES.values()))
    assert trouble(window, scheme, parts.items()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("touchpoint", ["prep-mentor", "prep-mentee", "halfway", "help-case"])
def test_a_long_address_that_somebody_wrote_is_broken(
    window: Page, touchpoint: str, language: str
) -> None:
    facts = {"agenda": [LONG], "notes": [{"day": "2026-11-24", "lines": [LONG]}], "lines": [LONG]}
    facts["actions"] = [{"letter": "a", "owner": "mentee", "text": LONG, "kind": "todo"}]
    fixture = FIXTURES[touchpoint][0]
    fixture = replace(fixture, facts={**fixture.facts, **facts})
    html = TEMPLATES.render(touchpoint, language, fixture.context()).html
    assert LONG in html
    assert trouble(window, "light", [("long", html)]) == []


BREAKS = "overflow-wrap: break-word;word-wrap: break-word;"
PLANTED = {
    "wide": (BREAKS, "", "1280"),
    "clipped": (
        BREAKS, "overflow: hidden;", "beyond the edge",
    ),
    "fixed": ("max-width: 34em;", "min-width: 34em;", "window of 390"),
    "out at the left": ("text-indent: -28px;", "text-indent: -280px;", "beyond the edge"),
    "pale": ("<body style=\"", "<body style=\"color: #8a8a8a;", "contrast 3.4"),
    "faint": ("<p style=\"", "<p style=\"opacity: 0.4;", "contrast 2."),
    "on a ground": ("<blockquote style=\"", "<blockquote style=\"background: #666;", "contrast 3.6"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_the_trouble_planted_is_found(window: Page, name: str) -> None:
    instead_of, planted, said = PLANTED[name]
    facts = {**FIXTURES["prep-mentor"][0].facts, "agenda": [LONG]}
    fixture = replace(FIXTURES["prep-mentor"][0], facts=facts)
    good = TEMPLATES.render("prep-mentor", "en", fixture.context()).html
    assert instead_of in good
    assert trouble(window, "light", [(name, good)]) == []
    bad = good.replace(instead_of, planted)
    assert any(said in each for each in trouble(window, "light", [(name, bad)]))


def test_what_is_safe_by_day_only_is_found_at_night(window: Page) -> None:
    dark = GOOD.replace('<body style="', '<body style="color: #333;')
    assert trouble(window, "light", [("dark ink", dark)]) == []
    (found,) = trouble(window, "dark", [("dark ink", dark)])
    assert "contrast 1." in found
