"""Replies in HTML as mail programs write them: the words of the writer are left, in what box whatever stands.

Not plain text: tests/mail/test_replies_by_client.py. Beside each page of tests/corpus/html stands what was written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.mail.reading.markup import words_of_html
from daemon.mail.reading.replytext import written

PAGES = sorted((Path(__file__).resolve().parent.parent / "corpus/html").glob("*.html"))


def _words(text: str) -> list[str]:
    """Empty lines are layout in HTML: they count in no comparison."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_what_was_written_is_found_in_its_page(page: Path) -> None:
    said = written(words_of_html(page.read_text("utf-8"))).text
    assert _words(said) == _words(page.with_suffix(".txt").read_text("utf-8"))


@pytest.mark.parametrize("stray", ["</blockquote>", "</div>", "</pre>"])
def test_a_stray_end_closes_no_other_box(stray: str) -> None:
    page = f"<div class=yahoo_quoted><div>{stray.replace('</div>', '')}ours</div></div><p>mine</p>"
    assert written(words_of_html(page)).text == "mine"
