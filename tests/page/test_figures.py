"""Every figure on the page against a count of its own: of mails in Maildirs, of the ledger, of the terminal.

Not how they are shown: test_structure.py.
"""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element

from tests.page.shown import MAILBOX, Page, run, text_of, words_in

PACE = 230


def figures(page: Page) -> list[str]:
    (shown,) = page.of_class("figures")
    return [words_in(each) for each in shown.iter("li")]


def test_the_five_figures_are_those_of_the_terminal(played: tuple[Page, str]) -> None:
    page, terminal = played
    last = " ".join(terminal.split("═")[-1].split())
    kept = re.search(
        r"(\d+) of (\d+) 1:1s kept · (\d+) fell out: (\d+) repaired, (\d+) left out", last
    )
    waking = re.search(r"median repair (\d+) min", last)
    a_week = re.search(r"mentee ([\d.]+), mentor ([\d.]+), admin ([\d.]+)", last)
    assert kept and waking and a_week
    assert figures(page) == [
        f"{kept[1]} of {kept[2]}1:1s kept",
        f"{kept[3]}fell out: {kept[4]} repaired, {kept[5]} left out",
        f"{waking[1]} minof waking time to repair one (median)",
        f"{a_week[1]} / {a_week[2]} / {a_week[3]}letters a week: mentee / mentor / contact",
        f"0 / 0letters sent twice / lost, of {len(page.sent)}",
    ]


def typed(page: Page, address: str) -> list[str]:
    """The answers of somebody, as they lie in the program's mailbox, without what they quote."""
    mine = [
        mail
        for mail in page.mailboxes[MAILBOX]
        if address in str(mail["From"]) and mail["Auto-Submitted"] is None
    ]
    return [text_of(mail).partition("\n\nOn ")[0] for mail in mine]


def test_what_everybody_had_to_read_and_typed(page: Page) -> None:
    (table,) = [t for t in page.tree.iter("table") if "Everybody" in words_in(t)]
    shown = {}
    for row in list(table.iter("tr"))[1:]:
        name, _, *numbers = (words_in(cell) for cell in row)
        shown[name] = [int(each.replace(",", "")) for each in numbers]
    counted = {}
    for name in ("Maya", "Ana", "Rui", "Ben", "Chi", "Eva", "Priya"):
        address = address_of(name)
        words = sum(len(text_of(mail).split()) for mail in page.mailboxes[address])
        answers = sum(len(text.split()) for text in typed(page, address))
        minutes = max(1, round(words / PACE))
        counted[name] = [len(page.mailboxes[address]), words, minutes, answers]
    assert shown == counted


def address_of(name: str) -> str:
    return "priya@example.net" if name == "Priya" else f"{name.lower()}@example.org"


def test_the_sentence_of_the_busy_mentor(page: Page) -> None:
    letters = page.mailboxes["ana@example.org"]
    words = sum(len(text_of(mail).split()) for mail in letters)
    typed_words = sum(len(text.split()) for text in typed(page, "ana@example.org"))
    said = words_in(page.ids["as-mentor"])
    weeks = re.search(r"KOSS 1:1s: (\d+) weeks", page.text)
    assert weeks
    assert (
        f"All Ana had to read in {weeks[1]} weeks: {len(letters)} letters, {words:,} words, "
        f"{round(words / PACE)} minutes. What Ana typed: {typed_words} words in "
        f"{len(typed(page, 'ana@example.org'))} replies."
    ) in said


def notes_of(page: Page, address: str) -> list[str]:
    """The lines of three words and more that somebody answered to letters that ask how it was."""
    asked = {
        str(mail["Message-ID"])
        for mail in page.mailboxes[address]
        if str(mail["X-Oneonone-Touchpoint"]) == "notes"
    }
    mine = [
        mail
        for mail in page.mailboxes[MAILBOX]
        if address in str(mail["From"]) and str(mail["In-Reply-To"]) in asked
    ]
    lines = [line for mail in mine for line in text_of(mail).partition("\n\nOn ")[0].split("\n")]
    return [line for line in lines if len(line.split()) >= 3]


def test_who_received_what_is_found_in_the_mailboxes_too(page: Page) -> None:
    (table,) = page.of_class("matrix")
    names, rows = rows_of(table)
    assert names == ["Maya", "Ana", "Rui", "Ben", "Chi", "Eva", "Priya"]
    lines = notes_of(page, "chi@example.org")
    counted = [
        sum(
            any(line in text_of(mail) for line in lines)
            for mail in page.mailboxes[address_of(name)]
        )
        for name in names
    ]
    assert rows[f"Chi to Ana: notes ({len(lines)})"] == [*counted, 0]
    assert counted[1] > 0 and counted[4] > 0
    private = [cells for what, cells in rows.items() if "private:" in what]
    assert private == [[0] * 8]


def rows_of(table: Element) -> tuple[list[str], dict[str, list[int]]]:
    """The people of the columns, and what each row says."""
    head, body = table.find("thead"), table.find("tbody")
    assert head is not None and body is not None
    rows = [[words_in(cell) for cell in row] for row in body]
    names = [words_in(cell) for cell in head.iter("th")][1:-1]
    return names, {what: [int(cell) for cell in cells] for what, *cells in rows}


def test_nothing_was_found_with_anybody_it_was_not_written_for(page: Page) -> None:
    said = words_in(page.ids["as-data-protection"])
    assert f"looked for in all {len(page.sent)} letters" in said
    assert "Found with anybody it was not written for: 0." in said


def test_what_was_not_done_is_what_the_ledger_says(page: Page) -> None:
    counted = 0
    for pairing in ("ana-rao-ben-das", "ana-rao-chi-lin", "rui-alves-eva-roy"):
        told = run(
            "why", pairing, "--data", str(page.out), "--last", "9999", "--json", cwd=page.out
        )
        entries = json.loads(told.stdout)["entries"]
        counted += sum(each["what"] in ("skipped", "withdrawn") for each in entries)
        counted += sum(" came back: " in each["why"] for each in entries)
    section = page.ids["not-done"]
    rows = [row for each in page.of_class("not-done", section) for row in each.iter("li")]
    assert len(rows) == counted > 0
    assert f"{counted} times something was due and was not done" in words_in(section)
    heads = [words_in(each) for each in section.iter("h3")]
    assert sum(int(head.partition(" ")[0]) for head in heads) == counted
    assert all(head.partition(" × ")[2] for head in heads)


def test_in_the_quiet_weeks_the_contact_was_asked_nothing(page: Page) -> None:
    said = words_in(page.ids["as-society-admin"])
    quiet = re.search(r"In weeks (\d+) to (\d+) Maya was asked nothing, and did nothing\.", said)
    assert quiet
    for week in range(int(quiet[1]), int(quiet[2]) + 1):
        assert not [
            each
            for each in page.of_class("phone", page.ids[f"week-{week}"])
            if "→ Maya" in words_in(each) and "-monday-" not in each.attrib["id"]
        ]
    assert (
        f"had {len(page.mailboxes['maya@example.org'])} letters to read and typed 0 words" in said
    )
