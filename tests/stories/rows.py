"""The rules, row by row, in our own words: what a story can be about, and what the build wants a story for.

Not the rules themselves (daemon/decide) and not the stories: `@row` names which row a story tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Story = TypeVar("Story", bound=Callable[..., object])

ROWS: dict[str, str] = {
    # the pairing
    "pairing-invited": "named in the files: the mentor is asked, then the mentee, and no calendar is touched",
    "pairing-active": "both said yes and the regular time is known: the series is put, both are told",
    "pairing-no": "somebody says no: closed, nothing on any calendar",
    "pairing-silent": "no answer to the welcome: reminders on day 2 and 5, the contact on day 7",
    "pairing-paused": "a pause asked for: what lies inside is left out, both are told once",
    "pairing-paused-by-silence": "whether it is still good stays unanswered: paused until RESUME",
    "pairing-resumed": "a pause is over, or RESUME: one letter with the next date, nothing is made up for",
    "pairing-closing": "the end is within one step, or was asked for with notice: no offer past the end",
    "pairing-closed": "after the last notes: the series has ended, farewell",
    "pairing-closed-at-once": "the admin closes at once: everything due is withdrawn",
    "pairing-finite": "sessions inside a window: no series, each put when its time is accepted",
    "pairing-line-gone": "a line that disappears from the files ends nothing",
    # the meeting
    "meeting-cancelled": "taken off, declined, or said to be impossible",
    "meeting-moved": "moved in the calendar, or a slot is accepted: start changes, origin stays",
    "meeting-skipped-by-rule": "holiday, break, absence or pause",
    "meeting-repaired": "a slot is accepted and the receipt came",
    "meeting-skipped": "SKIP by the chooser, or an offer that lapsed",
    "held-no-of-mentee": "the mentee says no: missed",
    "held-yes": "anybody says yes, or writes: held, confirmed",
    "held-no-of-mentor": "the mentor alone says no: missed",
    "held-gone": "gone or declined at its end: not held",
    "held-presumed": "silence: held, presumed",
    "held-corrected": "the pair may correct it for a fortnight",
    "ladder-kindly": "two of six fell out by one side: it is asked whether the time is wrong",
    "ladder-lighter": "three of eight: rarer or shorter?",
    "ladder-word": "four of eight: the contact reads that this pairing needs a word",
    "ladder-mover": "a mover is no canceller; a late one is",
    # what is seen on a calendar
    "seen-1": "one occurrence cancelled or deleted by its organizer",
    "seen-2": "one occurrence declined, or the guest's copy deleted",
    "seen-3": "the whole series deleted",
    "seen-4": "the calendar cannot be reached",
    "seen-5": "the guest taken off",
    "seen-6": "many events vanish at once",
    "seen-7": "one occurrence moved by the organizer",
    "seen-8": "the whole series, or this and all following, moved",
    "seen-9": "the whole series declined",
    "seen-10": "something else lies on a 1:1 now",
    "seen-10a": "an absence of days covers 1:1s",
    "seen-11": "tentative, titles, colours: nothing; a new length is followed",
    "seen-13": "an incomplete listing proves nothing",
    "seen-14": "deleted twice after it was put back",
    "seen-wait": "a change counts only after the wait that forgives a slip",
    "seen-echo": "our own change coming back is nothing",
    "seen-off": "falling out within hours is told at once",
    # the series
    "series-one": "one live series per pairing and length",
    "series-alternating": "two lengths in turn are two series with doubled interval",
    "series-known-gaps": "dates known when it is put are left out from the beginning",
    "series-later-gap": "one date that is known later is taken off by itself",
    "series-later-break": "a break added later: one change and one letter with all dates",
    "series-first-time": "without a regular time three are offered",
    "series-change": "another cadence or time: the old one ends, the new one begins after the notice",
    "series-change-keeps": "what was moved by agreement keeps its time through a change",
    "series-window": "times are looked for in the cadence window, then more widely",
    "series-origin": "the next origin never moves because of a repair",
    # the proposal
    "proposal-one": "one question at a time, further meetings wait their turn",
    "proposal-numbers": "numbers are never reused; a closed list is answered with the present one",
    "proposal-chooser": "the mentee chooses; with initiator mentor the mentor is asked first",
    "proposal-consent": "a mentor whose busy time is unknown is asked first",
    "proposal-offered-once": "a time offered here is not offered to another pairing of the same person",
    "proposal-first-wins": "the first acceptance wins, the other one gets a new round",
    "proposal-accepted": "a valid slot: moved after the receipt",
    "proposal-gone": "the picked slot is no longer free: the next round",
    "proposal-none": "NONE: the next round, at most three, then the contact",
    "proposal-skip": "SKIP: left out",
    "proposal-silence": "reminders and end of silence by the cadence",
    "proposal-ask": "policy ask: lapsed",
    "proposal-auto-book": "policy auto-book: the first slot is booked, the letter offers the others",
    "proposal-auto-deadline": "policy auto-after-deadline: the first slot still free is booked",
    "proposal-withdrawn": "restored, moved by hand, paused, ended or changed: taken back",
    "proposal-too-near": "too near to be moved by reply",
    "undo-move": "UNDO restores start, standing and the list with its numbers",
    "undo-late": "after its time UNDO of a move is MOVE",
    "undo-words": "UNDO takes words back until somebody else has read them",
    # letters, threads, limits
    "letter-one-person": "one letter, one person; one thread with a frozen subject",
    "letter-note": "a reply to notes is kept, copied and quoted in the next prep",
    "letter-topic": "a reply to a prep is a topic, in the partner's prep or a copy",
    "letter-reads": "words reach whom the answered letter names, and are kept by nobody else",
    "letter-unclear": "what is not understood is asked about once, with the answers that are possible",
    "letter-private": "private lines stay with their writer",
    "letter-after-fact": "a letter never comes before its fact",
    "letter-told": "nobody hears a fact twice",
    "letter-quiet": "quiet hours of the reader",
    "letter-urgent": "what is urgent is told at once",
    "letter-cap-day": "one letter a day, preps first",
    "letter-cap-week": "three a week for a mentee and pairing",
    "letter-hard-cap": "the hard cap holds everything above it",
    "letter-week-card": "from three pairings on one card a week",
    "letter-window": "what falls out of its window is skipped with the reason",
    "letter-still-good": "a mentee who does not answer is asked whether it is still good",
    "letter-wish": "another cadence needs the other's yes",
    "letter-zone": "a person moves zone: only how times are shown changes",
    "letter-break-ahead": "a break is told a week ahead",
    "letter-clock-change": "a week in which clocks change on one side",
    "letter-extend": "two weeks before the end both are asked alone",
    "letter-leave": "LEAVE is asked about once, and the partner hears no reason",
    "letter-quiet-list": "who never gave a sign of life is on the contact's list",
    # effects and accounts
    "effect-deferred": "a temporary failure is tried again, and delays only its port",
    "effect-on-hold": "an unknown outcome that nobody can tell waits for a person",
    "effect-refused": "a refusal is told to the contact and decided anew",
    "effect-withdrawn": "what is no longer true is withdrawn",
    "effect-skipped": "what is too late is skipped",
    "account-troubled": "unreadable for hours: status, after a day the contact",
    "account-lost": "access lost: its owner on day 0, 1, 3, 7 and 14, the contact once",
    "account-back": "connected again: nothing is sent for what was missed",
    # the guard
    "guard-mass": "a mass of changes that nothing explains waits together",
    "guard-ordinary": "an ordinary Monday never trips it",
    "guard-first-run": "the first letters of a program wait for a person",
    "guard-new-people": "at most ten new people an hour",
    "guard-restore": "after a restore everything waits",
    "down": "after days without power nothing old is sent, and nothing twice",
}  # fmt: skip


def row(*names: str, settings: tuple[str, ...] = ()) -> Callable[[Story], Story]:
    """Say which rows, and which settings of a program, a story shows."""
    unknown = [name for name in names if name not in ROWS]
    assert not unknown, f"no such rows: {unknown}"

    def told(story: Story) -> Story:
        return story

    return told
