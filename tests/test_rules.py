"""Every rule and every setting has its story, and docs/rules.md says which.

Not whether the rules are right: the stories show that.
"""

from __future__ import annotations

from pathlib import Path

from tests.stories.book import document, missing

ROOT = Path(__file__).resolve().parent.parent


def test_every_row_and_every_setting_has_a_story() -> None:
    assert missing() == []


def test_the_book_of_rules_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == document(), (
        "run: python -m tests.stories.book > docs/rules.md"
    )
