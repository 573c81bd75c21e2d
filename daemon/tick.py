"""One beat: observe, decide, act. This screen is the whole machine.

Not a schedule: what is due is derived from state and `now` each time, so a beat that never came, came
late or was killed half-way leaves nothing to repair (DESIGN section 3).
"""

from __future__ import annotations

from collections.abc import Callable

from daemon.deciding import decide_lanes
from daemon.machine import Daemon
from daemon.release import answer_requests

ROUNDS_MAX = 8
"""A beat decides and acts again while its own receipts bring something new, so many times at most."""


def nobody_looks(daemon: Daemon) -> None:
    """What was decided is acted on, and that is all."""


def tick(daemon: Daemon, look: Callable[[Daemon], None] = nobody_looks) -> None:
    """One beat. A lane whose own decision fails is left `stuck`, and keeps nobody else from theirs.

    `look` is called whenever all is decided and nothing of it is done yet.
    """
    now = daemon.ports.clock.now()
    daemon.stuck.clear()
    answer_requests(daemon, now)
    daemon.observer.observe(now)
    for _ in range(ROUNDS_MAX):
        handed_on = decide_lanes(daemon, now)
        daemon.budgets.spread(daemon.roster, now)
        look(daemon)
        acted = daemon.actor.act(now)
        if not handed_on and not acted:
            break
