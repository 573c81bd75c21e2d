"""Fitting: which of the offered times a day and a time in words can mean.

Not the reading of the words (daemon/mail/reading) and not what is done when one, several or none fits: choosing.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from daemon.domain.observation import Said
from daemon.domain.proposal import LAST, Offer
from daemon.domain.value import replace
from daemon.domain.when import When

PARTS = {
    "": (0, 24 * 60), "morning": (0, 12 * 60), "midday": (11 * 60, 14 * 60), "afternoon": (12 * 60, 18 * 60),
    "late-afternoon": (16 * 60, 20 * 60), "long-afternoon": (12 * 60 + 30, 20 * 60 + 30), "evening": (17 * 60, 24 * 60),
}  # fmt: skip
"""From which minute of the day, and up to which, a part of it reaches for whoever says so."""
_PLACES = ("first", "second", "third")


_SEGUNDA = (When(weekday=0), (2,))
"""Monday or the second: asked about, whatever the list."""


def fits(start: datetime, when: When) -> bool:
    """Whether all that was said is true of this moment, which is in the zone of whoever said it."""
    minute = start.hour * 60 + start.minute
    first, end = PARTS[when.part]
    return (
        when.weekday in (None, start.weekday())
        and when.day in (None, start.date())
        and when.month_day in (None, start.day)
        and (not when.minutes or minute in when.minutes)
        and first <= minute < end
        and (not when.weekdays or start.weekday() in when.weekdays)
        and (when.days is None or when.days[0] <= start.date() <= when.days[1])
    )


def _fitting(listed: Sequence[Offer], when: When, said: Said, zone: tzinfo) -> list[Offer]:
    """The offers of which all that was said is true, and nothing that was refused."""

    def is_true(offer: Offer, of: When) -> bool:
        if of.pick not in ("", "all"):  # "not the last one": of all that are listed
            return offer in _fitting(listed, of, replace(said, but_not=()), zone)
        return fits(offer.start.astimezone(zone), of)

    left = [offer for offer in listed if not any(is_true(offer, no) for no in said.but_not)]
    found = sorted(
        (each for each in left if fits(each.start.astimezone(zone), when)),
        key=lambda offer: offer.start,
    )
    match when.pick:
        case "earliest" | "latest":
            # "Tuesday I can't, so the last one": that of all, or of those left?
            place = 0 if when.pick == "earliest" else -1
            every = [each for each in listed if fits(each.start.astimezone(zone), when)]
            every.sort(key=lambda offer: offer.start)
            return [found[place]] if found and found[place] is every[place] else []
        case "middle":
            return found[1:2] if len(found) == 3 else []
        case "all":
            return found if len(found) > 1 else []
        case "first" | "second" | "third":
            place = _PLACES.index(when.pick)
            return [offer for offer in listed[place : place + 1] if offer in found]
    return found


def all_refused(offers: Iterable[Offer], said: Said, zone: tzinfo) -> bool:
    """Whether nothing is left of the times: "nothing works this week", where all of them are in this week. A part of the
    day that is wished for instead ("evenings never, anything around lunch?") leaves it so."""
    listed = tuple(offers)
    wide = len(said.but_not) > 1 or any(
        no.days or (no != When() and no == _hour_of(no)) for no in said.but_not
    )
    wished = said.when is not None and said.when == _hour_of(said.when)
    refuses = wished and not said.or_when and wide
    return refuses and bool(listed) and not _fitting(listed, When(), said, zone)


def suiting_all_the_same(offers: Iterable[Offer], said: Said, zone: tzinfo) -> tuple[int, ...]:
    """The numbers of the offers that may suit although none was said to: "too early for me, after nine?" where one is at
    ten; or "no evenings" where one is at noon."""
    listed = tuple(offers)
    wishes = [each for each in (said.when, *said.or_when) if each is not None]
    wished = [each for when in wishes for each in _fitting(listed, when, said, zone)]
    left = _fitting(listed, When(), said, zone) if said.but_not else []
    return tuple(dict.fromkeys(each.number for each in (*wished, *left)))


def _hour_of(when: When) -> When:
    """The part of the day and the hour of it, whatever the day."""
    return When(part=when.part, minutes=when.minutes)


def may_be_several(when: When) -> bool:
    """ "The evenings suit me": where all times that are possible are asked for, each that fits is meant."""
    return when.pick == "all" or when == _hour_of(when)


def _refuses_amiss(listed: Sequence[Offer], said: Said, zone: tzinfo) -> bool:
    """ "Any but the one before lunch on Thursday", where Thursday's is at 13:00: what is refused is none of the times, so
    nobody knows which are left."""
    rest = [no for no in said.but_not if no.pick in ("", "all") and no.days is None]
    return (
        said.when == When()
        and not said.or_when
        and any(not any(fits(each.start.astimezone(zone), no) for each in listed) for no in rest)
    )


def numbers_meant(offers: Iterable[Offer], said: Said, zone: tzinfo) -> tuple[int, ...]:
    """The numbers of the offers that were, or may have been, meant. A number and a time both have to fit; a word
    that is a weekday or a number ("segunda") may mean either."""
    listed = tuple(offers)
    numbers = set(said.numbers)
    if LAST in numbers and listed:
        numbers.add(max(offer.number for offer in listed))
    named = [offer.number for offer in listed if offer.number in numbers]
    if said.when is None:
        return tuple(named)
    if _refuses_amiss(listed, said, zone):
        return ()
    each_time = [
        [offer.number for offer in _fitting(listed, when, said, zone)]
        for when in (said.when, *said.or_when)
    ]
    if said.or_when:  # "Wednesday or Friday": each of them has to be one of the times
        sure = all(
            len(found) == 1 or when.pick == "all"
            for found, when in zip(each_time, (said.when, *said.or_when), strict=True)
        )
        return tuple(number for found in each_time for number in found) if sure else ()
    fitting = each_time[0]
    if said.word == "when" and (said.when, said.numbers) == _SEGUNDA:
        return ()
    if said.word == "choose" and said.but_not and not set(named) <= set(fitting):
        return ()  # what is chosen was refused as well
    if said.word == "choose":
        return tuple(number for number in named if number in fitting)
    return tuple(dict.fromkeys([*fitting, *named]))
