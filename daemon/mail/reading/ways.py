"""Ways: by which roles of its words a command is said, what spoils it, and which of two commands is the one.

Not the words of a role (languages/) and not how they are looked for: gist.py.
"""

from __future__ import annotations

WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "move": (("move_said",), ("shift", "another"), ("shift", "ours"), ("cannot", "another"), ("cannot", "reschedule"), ("findit", "another"), ("wish", "another", "ours"),
             ("occasion", "find", "another"), ("ours", "find", "another"), ("another", "politely"), ("another", "begging"), ("that_hour", "another"), ("that_hour", "reschedule"), ("must_shift", "occasion")),
    "skip": (("skip_said",), ("skips", "ours"), ("skips", "occasion"), ("skips", "noneed"), ("cannot", "noneed"), ("cannot", "nexttime")),
    "none": (("cannot", "all_shown"), ("clash", "all_shown"), ("none_said",)),
    "keep": (("keep_said",), ("aside_thing", "movable"), ("stays", "ours"), ("stays", "aside_thing", "movable")),
    "meet": (("meet_said",), ("despite", "holds"), ("can_again",)),
    "undo": (("undo_said",), ("mistake", "restore"), ("mistake", "shift_back"), ("goback", "oldtime")),
    "resume": (("resume_said",), ("back", "revive"), ("revive", "session")),
    "pause": (("pause_said",), ("pauses",), ("pauses", "session"), ("pauses", "whole")),
    "late": (("arrive", "late"), ("late_said",)),
    "away": (("absent",),),
    "fewer": (("fewer_said",), ("less", "mails"), ("toomuch", "mails"), ("stops", "mails")),
    "change": (("change_said",), ("wish", "other_mentor"), ("other_mentor", "accompany"), ("wish", "other_person"), ("other_person", "accompany"), ("mentor_for_me", "begging"), ("mentor_for_me", "wish")),
    "leave": (("leave_said",), ("leave_end",)),
    "invite": (("invites",),),
    "report": (("report_said",), ("reports", "harm"), ("harm_sure", "helpme"), ("hurt_said",), ("remarked", "body"), ("pressed", "private_place")),
    "language": (("write_me",),),
    "help": (("help_said",), ("help_end",), ("lost", "helpme"), ("who_in_team",), ("office", "begging"), ("office", "wish"), ("office", "inquiry")),
    "rarer": (("less_often",),),
    "same": (("goon_said",), ("goon", "asis")),
    "no": (("no_said",), ("no_end",), ("cannot", "term"), ("overload", "term")),
    "yes": (("yes_said",),),
    "cadence": (("enough",),),
}  # fmt: skip
"""By command, the roles of each way to say it. Of several commands none is meant."""
OF_TIMES = ("none", "skip", "move", "away", "pause", "report", "change", "leave")
ASKED = (
    "meet",
    "move",
    "skip",
    "undo",
    "resume",
    "pause",
    "fewer",
    "change",
    "help",
    "report",
    "cadence",
    "language",
)
"""What may be asked for with a question."""
ENDS = ("doubt", "corrects", "telling")
OVER = {"skip": ("move", "none"), "no": ("skip",), "undo": ("move", "keep", "same"), "change": ("help", "leave", "move"), "report": ("help", "change", "leave", "move", "keep", "skip", "resume", "meet", "undo", "late", "away", "pause", "same", "no"), "resume": ("keep",), "leave": ("pause", "skip"),
         "away": ("skip", "none", "move", "resume"), "pause": ("skip", "away", "move", "resume", "no"), "help": ("move",), "late": ("move", "skip"), "keep": ("move", "skip", "same"), "cadence": ("move", "same", "rarer"), "fewer": ("cadence", "rarer"), "same": ("resume",), "rarer": ("same",), "meet": ("away", "skip", "move", "undo", "resume"), "yes": ("away", "none", "skip")}  # fmt: skip
"""Of two commands in the same words, which is the one."""
SPOILT: dict[str, tuple[str, ...]] = {
    "help": ("other_help",), "late": ("past", "others", "habit"), "pause": ("in_pause", "others", "career"), "resume": ("pauses", "pause_said", "others", "elsewhere", "past"),
    "fewer": ("own_mails", "past"), "move": ("elsewhere", "other_thing", "others", "other_mentor"), "skip": ("elsewhere", "others", "past", "overdue"), "leave": ("elsewhere", "others", "habit"),
    "same": ("others",), "rarer": ("others",), "cadence": ("others", "past"), "yes": ("others",), "away": ("others", "habit", "past", "here"), "no": ("others_met", "hardly", "remarked"), "change": ("elsewhere",), "language": ("own_mails",),
}  # fmt: skip
"""What makes these words something else: "help with my CV", "the train was late", "postpone the interview"."""
MISREAD: dict[str, tuple[str, ...]] = {
    "fewer": ("own_mails",), "cadence": ("toomuch", "fewer_said"), "late": ("others", "vehicle", "habit"), "away": ("others", "habit"), "pause": ("career",), "no": ("others_met",),
    "move": (), "skip": ("overdue",), "help": ("other_help",),
}  # fmt: skip
"""The same of commands that were read elsewhere, all of whose words are known."""
