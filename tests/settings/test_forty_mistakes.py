"""The mistakes that admins make first: literal files in, the exact message out (tests/settings/forty).

`python -m tests.settings.forty` prints them all. Not every mistake: test_wrong_*.py go on from here.
"""

from __future__ import annotations

import re

import pytest

from tests.settings.folders import HEAD, PROGRAM
from tests.settings.forty import MISTAKES, Mistake, told
from tests.settings.forty.rosters import ROSTERED, ROWS

WHERE = re.compile(
    r"(programs|people\.yaml(:\d+:\d+)?|programs/koss\.(yaml|csv)(:\d+:\d+)?|templates/\S+) +\S"
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.title)
def test_what_is_wrong_where_and_what_to_do(mistake: Mistake) -> None:
    assert told(mistake) == mistake.told


def test_there_are_forty_of_them_each_with_a_place_and_a_way_out() -> None:
    assert len(MISTAKES) >= 40
    assert len({mistake.title for mistake in MISTAKES}) == len(MISTAKES)
    for mistake in MISTAKES:
        told_of, way_out = mistake.told.split("\n")[::2], mistake.told.split("\n")[1::2]
        if mistake.title == "a tab":  # in one line, as LETTERS section 6 has it
            way_out = [f"    {told_of[0].partition('; ')[2]}"]
        assert all(WHERE.match(line) for line in told_of), mistake.title
        assert len(way_out) == len(told_of), mistake.title
        assert all(re.match(r"    \S", line) for line in way_out), mistake.title


def test_no_message_holds_a_secret_or_python() -> None:
    said = "\n".join(mistake.told for mistake in MISTAKES)
    assert "hunter2" in "".join(str(mistake.files) for mistake in MISTAKES)
    assert not re.search(r"hunter2|Traceback|Error\b|None\b|<class|utf-8 codec", said)


RIGHT = {
    "gmial.com, confirmed": PROGRAM.replace("ben@example.org", "ben@gmial.com") + "    ok: true\n",
    "gmial.com in a row, confirmed": {
        "koss.yaml": ROSTERED,
        "koss.csv": "mentor,mentee,ok\nAna Rao <ana@example.org>,Ben Das <ben@gmial.com>,true\n",
    },
    "Norway": PROGRAM + "holidays: NO\n",
    "a byte order mark and the line ends of Windows": {
        "koss.yaml": b"\xef\xbb\xbf" + PROGRAM.replace("\n", "\r\n").encode()
    },
    "a value with a colon, in quotes": PROGRAM + 'link: "room: 4"\n',
    "a name without its address, the second time": PROGRAM
    + "  - {mentor: Ana Rao, mentee: Chi Lin <chi@example.org>}\n",
    "letters that are not ours": HEAD
    + "pairings:\n  - {mentor: Zoë Łoś <zoe@example.org>, mentee: 陈 美 <mei@example.org>}\n",
    "a roster alone": {"koss.yaml": ROSTERED, "koss.csv": ROWS},
    "a letter of one's own": {
        "koss.yaml": PROGRAM,
        "templates/en/off.md": (
            "---\nthread: T\nreads: time\n---\n"
            "{% if role == 'advisor' %}{{ partner.first }}{% endif %}"
            "The 1:1 on {{ start | when }} can't take place, {{ me.first }}.\n"
        ),
    },
}


@pytest.mark.parametrize("title", RIGHT)
def test_what_the_advice_leads_to_is_right(title: str) -> None:
    assert told(Mistake(title, RIGHT[title], "")) == ""
