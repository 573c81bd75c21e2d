"""The look of the page: colours that can be read by day and by night, and no colour beside those.

Not a picture: `python -m tests.screenshots` makes those.
"""

from __future__ import annotations

import re

import pytest

from tests.page.shown import ROOT

CSS = (ROOT / "daemon" / "demo" / "page" / "page.css").read_text(encoding="utf-8")
LEAST = 4.5  # WCAG 2.2, 1.4.3, of text of any size

# Which colour stands on which, as text.
TEXT = [
    *(("ink", "ground"), ("ink", "card"), ("ink", "accent-soft")),
    *(("soft", "ground"), ("soft", "card")),
    *(("accent", "ground"), ("accent", "card"), ("accent", "accent-soft"), ("card", "accent")),
    *(("person", "ground"), ("world", "ground"), ("gone", "card")),
]


def palette(rule: str) -> dict[str, str]:
    """The colours that a rule gives."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rule))


(DAY, NIGHT) = (palette(each) for each in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
(PHONE,) = (palette(each) for each in re.findall(r"\n\.night \{(.*?)\}", CSS, re.DOTALL))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(("colours"), [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(colours: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(colours[ink], colours[ground]) >= LEAST


def test_a_phone_in_the_dark_has_the_colours_of_the_night() -> None:
    assert PHONE.items() <= NIGHT.items()
    assert {"ink", "soft", "line", "card", "accent"} == PHONE.keys()


def test_no_text_has_a_colour_of_its_own() -> None:
    used = set(re.findall(r"(?<![\w-])(?:color|background): ([^;}]+)", CSS))
    assert {each for each in used if not each.startswith(("var(--", "repeating-linear"))} == {
        "#fff"
    }
    assert "@media print {\n  body { background: #fff;" in CSS
