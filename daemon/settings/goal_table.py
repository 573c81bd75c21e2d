"""The settings of a program about goals, homework, and the months after the end.

Not the other letters: those are in letter_table.py.
"""

from __future__ import annotations

from daemon.settings.few_kinds import DaysOrNever, NumbersOrNone
from daemon.settings.kinds import Choice, YesNo
from daemon.settings.setting import Setting, one

GOALS: tuple[Setting, ...] = (
    one(
        "goals",
        Choice(("none", "plain", "smart")),
        "the mentee is asked once for goals, a week before the first 1:1 or as soon as that is known; smart: with what a "
        "good goal says; none: goals are kept where somebody writes some, and nobody is asked",
        "smart",
    ),
    one(
        "goal_days",
        NumbersOrNone(7, 400, "days"),
        "so many days after the first 1:1 the mentee looks at the goals that name no day of their own; what is not reached "
        "moves to the next of these days, and after the last one by 30 days; none: nobody looks at them before the end",
        "30, 60, 90",
    ),
    one(
        "halfway",
        YesNo(),
        "half-way between two 1:1s a mentee with open to-dos is asked once how it goes, and what stays open through three "
        "1:1s is met with: smaller steps?",
        "true",
    ),
)

AFTER_THE_END: tuple[Setting, ...] = (
    one(
        "follow_up_days",
        DaysOrNever(14, 400),
        "so many days after the farewell whoever has answered it with LATER is asked once how it went; the wish to meet "
        "once more is passed on; 0: the farewell offers nothing of it",
        "90",
    ),
)
