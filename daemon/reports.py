"""Reports by mail: the measures of a week, a month, a quarter or a year, handed to the lane of the program once each.

Not the Monday letter (daemon/monday.py), and not when a report is due (daemon/decide/reports.py).
"""

from __future__ import annotations

from daemon.decide.keys import lane_of_program
from daemon.decide.reports import Period, period_to_tell, rhythms_of
from daemon.domain.program import Program
from daemon.domain.report import ReportSeen
from daemon.machine import Daemon
from daemon.measures.gathered import measures
from daemon.measures.wording import rows


def look_at_reports(daemon: Daemon) -> bool:
    """Whether one is due now. A rhythm that is seen for the first time begins with the period that is running."""
    now, store, seen = daemon.ports.clock.now(), daemon.ports.store, False
    for program in daemon.roster.programs.values():
        for rhythm in rhythms_of(program):
            zone = daemon.roster.zones[program.timezone]
            period, known = period_to_tell(rhythm, now, zone), f"report/{rhythm}/{program.id}"
            last = store.value(known)
            if last == period.name:
                continue
            if last is not None:
                found = _report(daemon, program, period)
                store.record([(lane_of_program(program.id), found)], now=now)
                seen = True
            store.keep_value(known, period.name)
    return seen


def _report(daemon: Daemon, program: Program, period: Period) -> ReportSeen:
    now = daemon.ports.clock.now()
    span = period.span(daemon.roster.zones[program.timezone])
    told = rows(measures(daemon.ports.store, program, span, now=now))
    return ReportSeen(period.rhythm, period.name, period.first, now, tuple(told))
