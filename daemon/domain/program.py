"""A program: the rules an admin writes, already validated, with units in the names.

Not YAML: daemon/settings turns files into these values and reports every mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

from msgspec import Struct

from daemon.domain.account import Account
from daemon.domain.agenda import Agenda
from daemon.domain.alone import Agreement, Moment
from daemon.domain.asks import Ask
from daemon.domain.cadence import Cadence
from daemon.domain.people import Address, Days, LetterRules, Line, Role
from daemon.domain.value import replace

HARD_STOP_BUFFER_MINUTES = 10
Rhythm = Literal["weekly", "monthly", "quarterly", "annual"]
Lockable = Literal["at", "cadence", "length", "ends"]


class Reader(Struct, frozen=True, omit_defaults=True):
    """Who reads reports beside the contact. `every`: which of them; empty for all but the weekly one."""

    name: str
    address: Address
    every: tuple[Rhythm, ...] = ()

    def reads(self, rhythm: Rhythm) -> bool:
        """Whether a report of that rhythm is theirs."""
        return rhythm in self.every if self.every else rhythm != "weekly"


class Program(Struct, frozen=True, omit_defaults=True):
    """Every rule of one program (defaults: LETTERS section 2 and RULES).

    `*_minute` settings are minutes after local midnight of the person concerned. Shares like `kindly_after`
    are (so many, of the last so many). An empty `nudge_after_hours` and an `answer_by_hours` of 0 mean: by
    the cadence (daemon/decide/patience.py).
    """

    id: str
    name: str
    contact_name: str
    contact: Address
    mailbox: Address
    timezone: str
    language: str = "en"
    mailbox_keep_days: int = 30
    notes_keep_days: int = 180
    owner: str = ""
    version: str = ""
    help_to: Address = ""
    help_name: str = ""
    mailbox_readers: tuple[str, ...] | None = None
    letters_to: Address = ""
    resources: str = ""
    conduct: str = ""
    mentor_called: str = ""
    mentee_called: str = ""

    # reports
    reports: tuple[Rhythm, ...] = ("weekly",)
    reports_to: tuple[Reader, ...] = ()
    """Empty: the contact. So is who reads the report of a month, a quarter or a year that none of them reads."""

    # how often, how long, and when not
    cadence: Cadence = Cadence()
    lengths_minutes: tuple[int, ...] = (30,)
    minimum_weeks: int = 0
    extend_ask_days: int = 14
    extend_weeks: int = 13
    holidays: tuple[str, ...] = ()
    breaks: tuple[Days, ...] = ()
    break_ahead_days: int = 7
    locked: tuple[Lockable, ...] = ()
    series_notice_hours: int = 48
    session_days: tuple[int, ...] = ()

    # who decides, and how a time is found
    organizer: str = "mentor"
    initiator: Role = "mentee"
    policy: Literal["ask", "auto-book", "auto-after-deadline"] = "ask"
    offers: int = 3
    rounds: int = 3
    notice_hours: int = 24
    no_change_hours: int = 20
    slot_closes_hours: int = 6
    slot_grid_minutes: int = 30
    buffer_minutes: int = 0
    mentor_meetings_per_day: int = 4
    mentee_meetings_per_day: int = 1
    nudge_after_hours: tuple[int, ...] = ()
    answer_by_hours: int = 0
    undo_until_hours: int = 24
    undo_minutes: int = 10

    # what is seen on a calendar
    repair_within_minutes: int | None = None
    repair_wait_minutes: int = 5
    off_within_hours: int = 12
    clash_answer_hours: int = 24
    absence_days: int = 3
    series_gone_hours: int = 24

    # letters: when, and how many
    between: str = ""
    """How the two reach each other between the 1:1s, in words."""
    quiet_from_minute: int = 21 * 60
    quiet_to_minute: int = 7 * 60
    urgent_hours: int = 12
    letters_per_day: int = 1
    letters_per_week: int = 3
    letters_hard_cap: int = 12
    week_card_from: int = 3
    prep_mentee_minute: int = 18 * 60
    prep_mentor_minute: int = 9 * 60
    prep_mentee_days: int = 1
    prep_mentor_days: int = 0
    notes_after_minutes: int = 30
    mentor_notes_days: int = 28
    copy_after_minutes: int = 10
    share_notes: Literal["copy", "next_prep"] = "copy"
    setup_nudge_days: tuple[int, ...] = (2, 5)
    setup_tell_days: int = 7
    reconnect_days: tuple[int, ...] = (0, 1, 3, 7, 14)
    troubled_after_hours: int = 6
    troubled_tell_hours: int = 24
    catch_up_hours: int = 48

    # what becomes of a pair
    presume_after_days: int = 7
    correct_within_days: int = 14
    kindly_after: tuple[int, int] = (2, 6)
    lighter_after: tuple[int, int] = (3, 8)
    word_after: tuple[int, int] = (4, 8)
    still_good_letters: int = 3
    still_good_steps: int = 3
    still_good_answer_days: int = 7
    pause_days_max: int = 60
    resume_ahead_days: int = 2
    notice_days: int = 14
    closing_held_least: int = 3
    closing_share_percent: int = 60

    # goals and homework
    goals: Literal["none", "plain", "smart"] = "none"
    goal_days: tuple[int, ...] = (30, 60, 90)
    halfway: bool = False

    # after the end
    follow_up_days: int = 0

    # ideas for a 1:1
    banks: tuple[str, ...] = ()
    themes_left_out: tuple[str, ...] = ()
    sensitive_questions: bool = False
    asks: tuple[Ask, ...] = ()
    """The questions of all banks."""
    thoughts: tuple[str, ...] = ()
    """Their lines for the mentor."""

    # what a 1:1 is for
    meeting_types: tuple[Agenda, ...] = ()
    prep_asks: tuple[str, ...] = ()
    notes_asks: tuple[str, ...] = ()
    hard_stop: bool = False

    # what each of the two is asked alone
    agreement_file: str = ""
    agreement: Agreement | None = None
    """What that file says."""
    chemistry: bool = False
    check_weeks: int = 0
    assess: tuple[Moment, ...] = ()
    exit_survey: bool = False
    development_weeks: int = 13
    maintenance_word: bool = False

    # brakes
    maybe_spam_letters: int = 2
    guard_share_percent: int = 20
    guard_pairings: int = 3
    guard_letters: int = 50
    new_people_per_hour: int = 10
    first_run: Literal["hold", "send"] = "hold"
    verify: Literal["token", "results"] = "token"
    authserv_id: str = ""

    of_pair: LetterRules = LetterRules()
    """In the lane of a pairing: what its two have agreed on beside; a file says nothing of it for a whole program."""

    @property
    def kept_free_minutes(self) -> int:
        """So much is kept free around everything else on a calendar: what is to end on time needs some in any case."""
        return self.buffer_minutes or (HARD_STOP_BUFFER_MINUTES if self.hard_stop else 0)

    def letters_a_week(self, role: Role) -> int | None:
        """So many letters that count somebody in that role gets in seven days of one pairing; None: as many as there are. A
        mentor's are few, and limited where the two have agreed on it."""
        return None if role == "mentor" and self.of_pair.per_week is None else self.letters_per_week

    def as_agreed(self, line: Line) -> Program:
        """The program as the letters of this pairing obey it: with what its two have agreed on instead. Their quiet hours
        stand beside those of the program, because a person's own count as well (daemon/decide/moment.py)."""
        own = line.letters
        if own == LetterRules():
            return self
        mentee, mentor = own.prep_mentee_minute, own.prep_mentor_minute
        days = own.prep_mentee_days, own.prep_mentor_days
        return replace(
            self,
            of_pair=own,
            letters_per_day=own.per_day or self.letters_per_day,
            letters_per_week=own.per_week or self.letters_per_week,
            prep_mentee_minute=self.prep_mentee_minute if mentee is None else mentee,
            prep_mentor_minute=self.prep_mentor_minute if mentor is None else mentor,
            prep_mentee_days=self.prep_mentee_days if days[0] is None else days[0],
            prep_mentor_days=self.prep_mentor_days if days[1] is None else days[1],
        )


def kept_longest(programs: Iterable[Program], mailbox: Address) -> timedelta | None:
    """How long what was dealt with lies in a mailbox of these programs; None where one of them never deletes."""
    days = [each.mailbox_keep_days for each in programs if each.mailbox == mailbox]
    return timedelta(days=max(days)) if days and all(days) else None


class Alarms(Struct, frozen=True, omit_defaults=True):
    """Where alarms go beside the contact, the log and the exit status; empty: nowhere else."""

    url: str = ""
    command: tuple[str, ...] = ()


class GoogleLimits(Struct, frozen=True, omit_defaults=True):
    """How often Google may be asked: for one account and in all, in a minute and in a day."""

    google_a_minute_each: int = 600
    google_a_minute: int = 10_000
    google_a_day: int = 1_000_000


class MicrosoftApp(Struct, frozen=True, omit_defaults=True):
    """How Microsoft knows this program: its id and tenant there. `microsoft_application`: it acts by itself, as the admin of the
    tenant has allowed, and nobody has to connect anything."""

    microsoft_client_id: str = ""
    microsoft_tenant: str = "organizations"
    microsoft_application: bool = False

    @property
    def acts_as(self) -> str:
        """By what its secret is kept, where it acts by itself; empty where it does not."""
        return self.microsoft_client_id if self.microsoft_application else ""


class Web(Struct, frozen=True, omit_defaults=True):
    """The pages: `address` is how people's browsers reach them, empty where there are none; `listen`: the host and port
    on which this machine answers."""

    address: str = ""
    listen: str = "127.0.0.1:8080"


class Config(Struct, frozen=True, omit_defaults=True):
    """Everything the files say: programs, and the roster lines of all of them. `accounts` are those that a file names,
    `auto` the people of whom it leaves to `connect` where their calendar is; `google_client_id` is how Google knows this
    program."""

    programs: tuple[Program, ...]
    lines: tuple[Line, ...]
    alarms: Alarms = Alarms()
    accounts: tuple[Account, ...] = ()
    auto: tuple[Address, ...] = ()
    google_client_id: str = ""
    google_service_account: Address = ""
    """Who may act for the people of a Workspace, as its admin has allowed; empty for nobody."""
    web: Web = Web()
    google_limits: GoogleLimits = GoogleLimits()
    microsoft: MicrosoftApp = MicrosoftApp()

    @property
    def rehearsal(self) -> bool:
        """Whether every letter goes to one address (daemon/commands/rehearsing.py)."""
        return any(program.letters_to for program in self.programs)

    def program(self, program_id: str) -> Program | None:
        """The program with that id, None when its file is gone."""
        return next((program for program in self.programs if program.id == program_id), None)

    def mailbox_keep(self, mailbox: Address) -> timedelta | None:
        """How long what was dealt with lies in that mailbox: of several programs the longest counts. None: for ever."""
        return kept_longest(self.programs, mailbox)

    def mail_account(self, mailbox: Address) -> Account | None:
        """Where that mailbox is on the internet; None where it is a folder."""
        named = (each for each in self.accounts if each.address == mailbox)
        return next(
            (
                each
                for each in named
                if each.mail in ("internet", "google", "exchange", "microsoft")
            ),
            None,
        )
