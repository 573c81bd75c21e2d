"""A substitute: somebody else holds the 1:1s of a mentee for some weeks, and then all goes on as before.

Not how files name one: tests/settings/test_substitutes.py. Not what changes of it: test_substitute_changed.py.
"""

from __future__ import annotations

from daemon.decide.keys import touchpoint_of
from daemon.domain.agenda import Agenda, Block
from daemon.domain.alone import Agreement
from daemon.domain.cadence import Cadence, RegularTime, Step
from daemon.domain.value import replace
from daemon.standing import pairing_facts
from tests.stories.cast import ANA, CHI, PATIENT, line
from tests.stories.people import kinds, moment
from tests.stories.rows import row
from tests.stories.stage import Stage, before
from tests.stories.substitutes import KEY, arranged, entry, named

# --- the weeks of it


@row("substitute-asked")
def test_who_stands_in_is_asked_two_weeks_ahead_then_the_mentee_and_the_mentor_reads_the_rest() -> (
    None
):
    stage = named()
    stage.until("Mon 12 Oct 20:00 Berlin")
    assert stage.cara.reads() == [
        "Mon 12 Oct 07:00  welcome-mentor-connected  "
        "Maya asks if you can hold Ben Das's 1:1s for a while: 30 minutes a week."
    ]
    letter = stage.cara.last()
    assert "you would stand in for Ana Rao from 26 October to 15 November." in letter.text
    assert "Ben then picks among your free hours." in letter.text
    stage.cara.answers(letter, "Yes")
    stage.until("Tue 13 Oct 12:00 Berlin")
    letter = stage.ben.last("welcome-mentee")
    assert letter.at == "Tue 13 Oct 07:00"
    assert letter.first == (
        "Until 15 November 2026 Cara Lim is there for your 1:1s. Which time suits you?"
    )
    assert "Cara stands in for Ana Rao from 26 October to 15 November" in letter.text
    assert letter.choices == [
        "1  Mondays 18:00 Kolkata (09:30 Sao Paulo)",
        "2  Tuesdays 18:00 Kolkata (09:30 Sao Paulo)",
        "3  Wednesdays 18:00 Kolkata (09:30 Sao Paulo)",
    ]
    assert stage.ana.reads() == []
    stage.ben.answers(letter, "1")
    stage.until("Tue 13 Oct 12:10 Berlin")
    assert stage.ana.reads() == [
        "Tue 13 Oct 12:01  substitute  "
        "Cara Lim holds the 1:1s with Ben from 26 October to 15 November."
    ]
    assert "Yours go on after that: Tue 17 Nov, 15:00 Berlin (19:30 Kolkata)." in (
        stage.ana.last().text
    )
    assert stage.ana.last().header("Subject") == "Re: Ana & Ben: our 1:1s"
    assert stage.cara.reads()[-1] == (
        "Tue 13 Oct 07:01  started  "
        "It is settled: Mondays 09:30 Sao Paulo (18:00 Kolkata), from Mon 26 Oct."
    )


@row("substitute-rests")
def test_before_within_and_after_everybodys_calendar_has_the_1_1s_of_these_weeks() -> None:
    stage = arranged()
    october, november = ["Tue 13 Oct 18:30", "Tue 20 Oct 18:30"], ["Tue 17 Nov 19:30"]
    meanwhile = ["Mon 26 Oct 18:00", "Mon 2 Nov 18:00", "Mon 9 Nov 18:00"]
    shown = [each.removesuffix(" NEEDS-ACTION") for each in stage.ben.calendar(38)]
    assert shown == [*october, *meanwhile, *november]
    assert stage.ana.calendar(38) == ["Tue 13 Oct 15:00", "Tue 20 Oct 15:00", "Tue 17 Nov 15:00"]
    assert stage.cara.calendar(38) == ["Mon 26 Oct 09:30", "Mon 2 Nov 09:30", "Mon 9 Nov 09:30"]
    stage.until("Mon 30 Nov 10:00 Berlin")
    assert stage.ana.calendar() == ["Tue 1 Dec 15:00", "Tue 8 Dec 15:00"]
    assert stage.cara.calendar() == []


@row("substitute-rests")
def test_on_these_days_every_letter_is_about_the_1_1s_with_the_substitute() -> None:
    stage = arranged()
    stage.until("Sun 25 Oct 10:00 Berlin")
    stage.all_read()
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert stage.ana.reads() == []
    told = stage.ben.reads()
    assert kinds(told) == ["prep-mentee", "notes"] * 3
    assert told[1] == (
        "Mon 26 Oct 19:00  notes  How was it with Cara on Mon 26 Oct? One line to remember is enough."
    )
    stage.until("Wed 18 Nov 10:00 Berlin")
    assert [each.split("  ")[2] for each in stage.ben.reads()] == [
        "Tue 17 Nov, 19:30 Kolkata (15:00 Berlin): what shall it be about?",
        "How was it with Ana on Tue 17 Nov? One line to remember is enough.",
    ]
    assert (stage.state().tally.due, stage.state(KEY).standing) == (3, "closing")


@row("substitute-rests")
def test_the_mentors_other_pairings_are_not_touched() -> None:
    other = line(ANA, CHI, RegularTime(2, 10, 0))
    stage = before(line(), other)
    stage.reconfigured(*entry(), other)
    assert [each for each in stage.ana.calendar(33) if "Wed" in each] == [
        f"Wed {day} 10:00" for day in ("7 Oct", "14 Oct", "21 Oct", "28 Oct", "4 Nov")
    ]


@row("substitute-rests")
def test_what_was_moved_into_these_days_is_left_out_and_a_rare_1_1_gets_no_other_time() -> None:
    rare = replace(line(), cadence=Cadence(Step(weeks=2)))
    stage = before(rare, at="Tue 20 Oct 10:00 Berlin", program=PATIENT)
    stage.ana.drags("Tue 20 Oct", "Mon 26 Oct 11:00")
    stage.passes(20)
    stage.all_read()
    stage.reconfigured(*entry(pair=rare))
    stage.until("Tue 3 Nov 20:00 Berlin")
    assert stage.standing("Tue 20 Oct") == stage.standing("Tue 3 Nov") == "skipped rule"
    assert "proposal" not in kinds(stage.ben.reads())
    assert stage.ana.calendar() == ["Tue 17 Nov 15:00"]


@row("substitute-rests")
def test_what_the_mentor_moves_there_afterwards_by_hand_stands() -> None:
    stage = arranged()
    stage.until("Mon 19 Oct 10:00 Berlin")
    stage.ana.drags("Tue 20 Oct", "Tue 27 Oct 11:00")
    stage.passes(20)
    assert "Tue 27 Oct 11:00" in " ".join(stage.ana.calendar())
    assert stage.standing("Tue 20 Oct") == "moved"


@row("substitute-rests")
def test_that_the_mentor_is_away_then_is_no_news_to_the_mentee() -> None:
    other = line(ANA, CHI, RegularTime(2, 10, 0))
    stage = before(line(), other)
    stage.reconfigured(*entry(), other)
    stage.ana.answers(stage.ana.last("started"), "AWAY 26 Oct to 8 Nov")
    stage.until("Thu 8 Oct 12:00 Berlin")
    assert "absence" in kinds(stage.chi.reads())
    assert "absence" not in kinds(stage.ben.reads())


@row("substitute-rests", "goals-days")
def test_nor_is_anything_else_asked_of_the_pair_that_rests() -> None:
    settings = {"check_weeks": 2, "goals": "plain", "goal_days": (20,), "halfway": True}
    stage = arranged(**settings)
    stage.until("Wed 21 Oct 10:00 Berlin")
    stage.ben.replies("notes", "todo: read a book\ngoal: a place in Leiden")
    stage.until("Sun 25 Oct 23:00 Berlin")
    stage.all_read()
    stage.until("Sun 15 Nov 10:00 Berlin")
    assert stage.ana.reads() == []
    asked = {"check", "goals", "goal-review", "halfway"}
    lane = stage.daemon.ports.store.ledger(lane=stage.lane(), last=2000)
    since = moment("Mon 26 Oct 00:00 Berlin")
    assert not asked & {touchpoint_of(e.key) for e in lane if e.at >= since and e.what == "settled"}


# --- what a substitute is spared


ALL_OF_IT = {
    "agreement": Agreement("We agree.", "6b8fc84"),
    "assess": ("start", "middle", "end"),
    "check_weeks": 1,
    "chemistry": True,
    "extend_ask_days": 7,
    "follow_up_days": 30,
    "goals": "smart",
    "meeting_types": (
        Agenda("first", (Block(30, "what you hope for"),)),
        Agenda("closing", (Block(30, "what was good"),)),
    ),
}


@row("substitute-spared")
def test_nothing_is_asked_that_is_about_a_beginning_an_end_or_a_long_way() -> None:
    stage = arranged()
    stage.ruled(**ALL_OF_IT)
    stage.until("Sat 12 Dec 10:00 Berlin")
    sent = stage.daemon.ports.store.ledger(lane=stage.lane(KEY), last=2000)
    assert {touchpoint_of(each.key) for each in sent if each.what == "settled"} == {
        "welcome-mentor-connected", "welcome-mentee", "ack", "started", "prep-mentee", "notes",
        "series",
    }  # fmt: skip
    assert all("what you hope for" not in each.text for each in stage.ben.letters)
    assert stage.state(KEY).standing == "closed"


@row("substitute-spared")
def test_a_time_outside_these_days_is_never_offered() -> None:
    stage = arranged()
    stage.until("Sat 24 Oct 10:00 Berlin")
    stage.ben.replies("started", "MOVE")
    stage.ben.reads()
    offered = [each[3:13].strip(",") for each in stage.ben.last("proposal").choices]
    assert offered and all(each.endswith(("Oct", "Nov")) for each in offered)
    assert min(int(each.split()[1]) for each in offered) >= 26


@row("substitute-asked")
def test_what_is_known_of_both_is_told_to_the_admin() -> None:
    stage = named()
    rests = "rests from Mon 26 Oct 2026 to Sun 15 Nov 2026: Cara Lim stands in"
    assert facts(stage)[1] == f"{rests} (ben-cara-20261026, not agreed)"
    assert facts(stage, KEY)[1:3] == [
        "nobody is asked before Mon 12 Oct 2026, as the files say (substitute:)",
        "stands in for Ana Rao (ana-ben) until Sun 15 Nov 2026",
    ]
    stage = arranged()
    assert facts(stage)[1] == f"{rests} (ben-cara-20261026, agreed)"
    stage.until("Mon 16 Nov 10:00 Berlin")
    assert all("rests" not in each for each in facts(stage))


def facts(stage: Stage, pairing: str = "") -> list[str]:
    """What `why` says of a pairing."""
    return list(pairing_facts(stage.state(pairing), stage.now))
