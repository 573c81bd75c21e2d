"""The settings of a program about what each of the two is asked alone.

Not the letters that ask it: those are templates, and not whether both go on, which stands with the rhythm.
"""

from __future__ import annotations

from daemon.settings.few_kinds import Words
from daemon.settings.file_kinds import TextName
from daemon.settings.kinds import Number, YesNo
from daemon.settings.setting import Setting, one

ALONE: tuple[Setting, ...] = (
    Setting(
        "agreement",
        TextName(),
        "a text beside this file that both agree to before anything is on a calendar; when it changes, pairs that run "
        "are asked once, and nothing stops meanwhile; the same in another language beside it: koss-agreement.pt-BR.md",
        "koss-agreement.md",
        ("agreement_file",),
    ),
    one(
        "chemistry",
        YesNo(),
        "after the first 1:1 each is asked alone whether to go on; with one no it ends kindly, and nobody learns whose",
        "true",
    ),
    one(
        "check_weeks",
        Number(0, 52, "weeks"),
        "every so many weeks each is asked how it goes, 1 to 5; `status` shows the average of five people or more, nobody sees whose it is; 0: never",
        "6",
    ),
    Setting(
        "assess",
        Words((("start", "start"), ("mid", "mid"), ("end", "end"))),
        "at these moments the mentee is asked how sure they are of what they want to learn, 1 to 5: after the first 1:1, "
        "half-way (without an end after 13 weeks), two weeks before the end",
        "start, mid, end",
        ("assess",),
        repeats=True,
    ),
    one(
        "exit_survey",
        YesNo(),
        "some days after the end each is asked alone what the program was worth, 1 to 5; reports have the mean, from five people on (docs/measures.md)",
        "true",
    ),
    one(
        "development_weeks",
        Number(1, 260, "weeks"),
        "so long after both have said yes a pair is in development, and in maintenance after that; `status` counts phases",
        "13",
    ),
    one(
        "maintenance_word",
        YesNo(),
        "when development is over, both preps of the next 1:1 say what the two have come to, and offer a lighter rhythm by reply, "
        "where it is not locked; once",
        "true",
    ),
)
