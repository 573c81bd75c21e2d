"""index.html as a file: valid, alone, with an anchor for everything that may be linked to.

Not whether its figures are right: test_figures.py.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from daemon.cli.document import commands
from daemon.privacy.purposes import kinds
from tests.page.shown import ROOT, Page, text_of, words_in

READERS = {
    "as-society-admin": "As the admin of a society",
    "as-company-admin": "As the admin of a company",
    "as-mentor": "As a busy mentor",
    "as-mentee": "As a shy mentee",
    "as-advisor": "As an advisor",
    "as-data-protection": "As a data-protection officer",
}
MOMENTS = [
    *("began", "night-note", "quoted", "done", "repaired", "unclear", "left-out"),
    *("clash", "by-hand", "clocks", "break", "power-cut", "account-lost", "farewell"),
    *("came-back", "advisor", "follow-up"),
]
NO_WEEK = ("power-cut", "account-lost", "came-back", "follow-up")


def test_it_is_valid_html(page: Page) -> None:
    assert page.tree.tag == "html"
    title = page.tree.find("head/title")
    assert title is not None and (title.text or "").startswith("KOSS 1:1s: ")


def test_one_file_that_runs_nothing_and_loads_nothing(page: Page) -> None:
    tags = {str(each.tag) for each in page.tree.iter()}
    assert not tags & {"script", "iframe", "img", "link", "object", "embed", "form", "base", "svg"}
    names = {name for each in page.tree.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("src", "srcset")}
    assert "url(" not in page.text and "@import" not in page.text
    policies = [e.attrib["content"] for e in page.tree.iter("meta") if "http-equiv" in e.attrib]
    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    ]
    assert len(page.text.encode()) < 3_000_000


def test_every_link_leads_into_the_page_or_is_one_of_a_letter(page: Page) -> None:
    links = [each.attrib["href"] for each in page.tree.iter("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(page.ids)
    outside = {link for link in links if not link.startswith("#")}
    assert {"mailto:maya@example.org"} <= outside
    assert {link.partition("example.org")[0] for link in outside} <= {
        "mailto:maya@",
        "https://meet.",
    }


def test_no_anchor_stands_twice(page: Page) -> None:
    assert len(re.findall(r'\sid="', page.text)) == len(page.ids)


def test_six_readers_each_with_a_section_and_a_way_to_it(page: Page) -> None:
    (choice,) = page.tree.iter("nav")
    assert [link.attrib["href"][1:] for link in choice.iter("a")] == list(READERS)
    for anchor, words in READERS.items():
        heading = page.ids[anchor].find("h2")
        assert heading is not None and words_in(heading) == words


def test_every_letter_that_was_sent_has_its_place_once(page: Page) -> None:
    sent = sorted(str(mail["X-Oneonone-Touchpoint"]) for _, mail in page.sent)
    assert sorted(each.attrib["data-touchpoint"] for each in page.letters) == sent
    assert all(each.attrib["id"].startswith("letter-") for each in page.letters)


def test_the_anchor_of_a_letter_comes_from_its_key_and_so_it_stays(page: Page) -> None:
    first = page.ids["letter-first-note-pairing-ana-rao-ben-das-ever-ben-das-1"]
    assert first.attrib["data-touchpoint"] == "first-note"


@pytest.mark.parametrize("anchor", MOMENTS)
def test_each_moment_has_week_letter_and_reason(page: Page, anchor: str) -> None:
    moment = page.ids[anchor]
    assert "moment" in moment.attrib["class"].split()
    weeks = page.of_class("week", moment)
    assert len(weeks) == (0 if anchor in NO_WEEK else 1)
    assert page.of_class("phone", moment)
    (steps,) = page.of_class("steps", moment)
    assert len(list(steps)) >= 1 and page.of_class("why", steps)
    (heard,) = page.of_class("heard", moment)
    assert words_in(heard).startswith("Who heard of it: ")


def test_the_list_of_moments_is_all_of_them_in_the_order_in_which_they_happened(page: Page) -> None:
    (contents,) = page.of_class("contents")
    listed = [link.attrib["href"][1:] for link in contents.iter("a")]
    assert listed == [each.attrib["id"] for each in page.of_class("moment")]
    assert set(MOMENTS) <= set(listed)


def test_moments_have_no_numbers_since_those_of_the_terminal_are_others(page: Page) -> None:
    (contents,) = page.of_class("contents")
    assert not list(contents.iter("ol"))
    heads = [words_in(head) for each in page.of_class("moment") for head in each.iter("h3")]
    assert heads == [words_in(link) for link in contents.iter("a")]


def of_repair(page: Page) -> tuple[Element, str]:
    moment = page.ids["repaired"]
    return moment, words_in(page.of_class("steps", moment)[0])


def test_a_repair_is_told_from_the_deed_to_the_letters(page: Page) -> None:
    moment, steps = of_repair(page)
    told = [words_in(each) for each in page.of_class("steps", moment)[0]]
    assert "Ana deletes " in told[0]
    assert "can't take place. Pick a new time?" in steps
    assert 'Ben writes "2"' in steps
    assert steps.index("letter to Ben") < steps.index('Ben writes "2"') < steps.index("moved ")
    assert words_in(page.of_class("heard", moment)[0]) == (
        "Who heard of it: Ben, 2 letters; Ana, 1 letter. Nobody else."
    )


def test_its_week_shows_both_times_in_words_too(page: Page) -> None:
    (week,) = page.of_class("week", page.ids["repaired"])
    blocks = {words_in(each).partition(" ")[2] for each in week.iter("li")}
    assert blocks == {"Ana, was here", "Ana, new time"}


def test_the_text_part_is_folded_under_every_letter(page: Page) -> None:
    for letter in page.letters:
        (folded,) = list(letter.iter("details"))
        assert "open" not in folded.attrib
        assert re.search(r"Who reads your reply: |Quem lê sua resposta: ", words_in(folded))


def test_a_private_line_is_nowhere_on_the_page_but_what_became_of_it_is(page: Page) -> None:
    assert "I did not dare to ask about money" not in page.text
    mentee = words_in(page.ids["as-mentee"])
    assert f"1 such line by Ben, found in 0 of {len(page.sent)} letters" in mentee


def test_what_is_no_part_of_the_story_is_said(page: Page) -> None:
    (later,) = [words_in(each) for each in page.of_class("later")]
    assert later.startswith("Not in this story: calendars on Google, Exchange or Microsoft 365.")


def test_an_advisor_sees_the_whole_correspondence_and_when_the_address_went(page: Page) -> None:
    section = page.ids["as-advisor"]
    got = [text_of(mail) for mail in page.mailboxes["priya@example.net"]]
    words = sum(len(text.split()) for text in got)
    assert f"All that Priya ever got: 2 letters, {words} words." in words_in(section)
    assert "and the address was erased on 15 January 2027." in words_in(section)
    shown = [words_in(each) for each in page.of_class("mail", section)]
    assert [text.splitlines()[0] in each for text, each in zip(got, shown, strict=True)] == [
        True,
        True,
    ]
    assert "Ana's topic: interviews at the lab" in shown[0]
    assert "Two internships" not in " ".join(got)


def test_what_came_after_the_weeks_stands_behind_them(page: Page) -> None:
    heads = [words_in(each) for each in page.tree.iter("summary") if "letters" in words_in(each)]
    assert [head.rpartition(" ")[0] for head in heads[-2:]] == ["Week 12 12", "Afterwards 2"]
    told = words_in(page.ids["follow-up"])
    assert "Some time after your 1:1s with Ana: how is it going?" in told
    assert "I am at the lab since February. I ask a lot." in told


def test_what_is_kept_is_what_the_document_says(page: Page) -> None:
    section = words_in(page.ids["as-data-protection"])
    for kind in kinds():
        assert f"{kind.title}{kind.seen_by}".replace("`", "") in section.replace(" ", " ")


def test_every_command_it_names_is_one(page: Page) -> None:
    named = [words_in(each) for each in page.tree.iter("code")]
    called = {each.split()[1] for each in named if each.startswith("run.py ")}
    assert {"why", "plan", "apply"} <= called <= set(commands())


OUR_OWN = ("writing", "meaning", "scheduling", "message", "mailing")
"""What is about the 1:1s that we put on a calendar or into an invitation ourselves: they have a title."""


def test_what_is_said_to_be_asked_of_a_calendar_is_what_the_code_looks_at(page: Page) -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "daemon" / "ical").glob("*.py"))
        if path.stem not in OUR_OWN
    )
    mask = page.of_class("mask", page.ids["as-data-protection"])
    said = {name for each in mask for name in re.split(r"[ ;]", words_in(each))}
    assert {"DTSTART", "STATUS", "ATTENDEE", "PARTSTAT", "TRANSP"} <= said
    assert [name for name in sorted(said) if f'"{name}"' not in code] == []
    assert not re.findall(r"(?i)summary|description|\blocation\b", code)


def test_what_came_back_is_told_from_the_server_to_the_letter_that_went_again(page: Page) -> None:
    told = [words_in(each) for each in page.of_class("steps", page.ids["came-back"])[0]]
    words = ["letter Eva", "MAIL", "back Eva", "letter to Maya", "Maya corrects", "seen", "letter to Eva"]  # fmt: skip
    assert [
        word for word, line in zip(words, told, strict=True) if word.partition(" ")[0] in line
    ] == words
    assert "typed 0 words, and put an address in the files right once." in words_in(
        page.ids["as-society-admin"]
    )
    not_done = page.of_class("not-done", page.ids["not-done"])
    assert ["back Eva: welcome: does it suit?" in words_in(each) for each in not_done].count(
        True
    ) == 1
