"""The letters as they stand on the page: house style, nothing lost on the way, nothing that reaches out.

Not the templates: tests/test_letters.py.
"""

from __future__ import annotations

import pytest

from daemon.demo.page.letters import anchor_of, contained
from daemon.domain.people import Person
from daemon.settings import load_or_raise
from tests.letter_linter import RULES, Written, city_of, words_of
from tests.letter_words import WORDS
from tests.page.shown import MAILBOX, ROOT, Page, text_of, words_in

# What these judge by is in the facts a letter was made from, and a page has only the letter.
BY_FACTS = {"undo_only_where_it_works", "first_line_and_subject_tell_no_secret"}
JUDGED = [rule for rule in RULES if rule.__name__ not in BY_FACTS]


def people(page: Page) -> dict[str, Person]:
    """Everybody of a pairing by address."""
    home = page.out / "config" if (page.out / "config").is_dir() else ROOT / "config"
    lines = load_or_raise(home).config.lines
    return {person.address: person for line in lines for person in line.people}


def written(page: Page) -> list[Written]:
    """Every letter of a pairing's thread, its HTML part as the page has it."""
    known = people(page)
    sources = sources_of(page)
    found = []
    for address, mail in page.sent:
        touchpoint, subject = str(mail["X-Oneonone-Touchpoint"]), str(mail["Subject"])
        if "& " not in subject or address not in known:  # to the contact, or to an advisor
            continue
        anchor = anchor_of(str(mail["X-Oneonone-Key"]))
        reader = known[address]
        partner = next(p for a, p in known.items() if a != address and names_of(subject, a))
        found.append(
            Written(
                touchpoint, subject, text_of(mail), sources[anchor],
                {"link": "https://meet.example.org/rui"}, city_of(reader.zone, reader.language),
                city_of(partner.zone, reader.language), reader.clock_hours, WORDS[reader.language],
            )
        )  # fmt: skip
    return found


def names_of(subject: str, address: str) -> bool:
    return address.partition("@")[0].capitalize() in subject.removeprefix("Re: ").partition(":")[0]


def sources_of(page: Page) -> dict[str, str]:
    """Letter anchor → the markup of its HTML part in the source of the page."""
    found = {}
    for piece in page.text.split('<article class="phone" id="')[1:]:
        anchor, _, rest = piece.partition('"')
        found[anchor] = rest.partition('<div class="mail">')[2].partition("</div>\n<details>")[0]
    return found


@pytest.mark.parametrize("rule", JUDGED, ids=lambda rule: rule.__name__)
def test_every_letter_on_the_page_keeps_the_house_style(page: Page, rule: object) -> None:
    letters = written(page)
    assert len(letters) > 60
    assert {each.words for each in letters} == {WORDS["en"], WORDS["pt-BR"]}
    assert callable(rule)
    assert [(each.touchpoint, found) for each in letters for found in rule(each)] == []


def test_the_reader_sees_the_words_of_the_letter_and_no_others(page: Page) -> None:
    sent = {anchor_of(str(mail["X-Oneonone-Key"])): text_of(mail, "html") for _, mail in page.sent}
    for letter in page.letters:
        (body,) = page.of_class("mail", letter)
        assert words_in(body).split() == words_of(sent[letter.attrib["id"]])


def test_the_subject_says_who_writes_to_whom(page: Page) -> None:
    letter = page.ids["letter-first-note-pairing-ana-rao-ben-das-ever-ben-das-1"]
    (head,) = list(letter.iter("header"))
    assert words_in(head).startswith("Re: Ana & Ben: our 1:1sKOSS 1:1s → Ben · ")
    assert MAILBOX not in words_in(head)


UNSAFE = {
    "<body><p onclick='go()'>Tea?</p></body>": "<p>Tea?</p>",
    "<body><script>go()</script><p>Tea?</p></body>": "<p>Tea?</p>",
    "<body><style>main { display: none }</style>Tea?</body>": "Tea?",
    "<body><img src='https://spy.example/1.gif'>Tea?</body>": "Tea?",
    "<body><iframe src='https://spy.example'></iframe>Tea?</body>": "Tea?",
    "<body><a href='javascript:go()'>Tea?</a></body>": '<a rel="noreferrer">Tea?</a>',
    "<body><p style='position: fixed; margin: 0; background: url(x)'>Tea?</p></body>": '<p style="margin:0">Tea?</p>',
    "<body><div id='top' class='phone'>Tea?</body>": "<div>Tea?</div>",
    "<body></section></main>Tea?</body>": "Tea?",
}  # fmt: skip


@pytest.mark.parametrize("html", UNSAFE)
def test_whatever_a_layout_holds_stays_in_its_frame(html: str) -> None:
    assert contained(f"<html>{html}</html>") == UNSAFE[html]
