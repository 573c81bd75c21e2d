"""The three figures: attack mails that changed something, honest replies that were not believed, and leaks.

`python -m tests.attacks.run` prints them; test_attacks.py wants them to be none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from daemon.domain.program import Program
from tests.attacks.canaries import leaks
from tests.attacks.honest import quarantined
from tests.attacks.scene import FOLLOWS_ANY_MAIL, FOLLOWS_OWN_MAIL, Scene
from tests.attacks.techniques import ALLOWED, KNOWN_ADDRESSES, PROGRAMS, Attack, attacks


@dataclass
class Outcome:
    """How many mails came, what each changed (none should), and which letters went."""

    mails: int = 0
    changes: list[str] = field(default_factory=list)
    letters: Counter[str] = field(default_factory=Counter)


def attacked(program: Program) -> Outcome:
    """Every attack on the same scene, which is put back after each."""
    scene, outcome = Scene(program), Outcome()
    for number, attack in enumerate(attacks(program)):
        outcome.mails += 1
        letters = scene.receives(attack.mail(scene.words, number))
        outcome.letters.update(touchpoint for _, touchpoint in letters)
        outcome.changes += [
            f"{attack.name} ({attack.wanted}): {what}" for what in _done(attack, scene, letters)
        ]
        scene.put_back()
    return outcome


def _done(attack: Attack, scene: Scene, letters: list[tuple[str, str]]) -> list[str]:
    """What the mail led to beside letters that ask or help."""
    ignored = FOLLOWS_OWN_MAIL if attack.own else FOLLOWS_ANY_MAIL
    found = scene.changed((*ignored, "questions") if attack.automatic else ignored)
    if scene.events() != scene.calendars:
        found.append("a calendar")
    for to, touchpoint in letters:
        if touchpoint not in ALLOWED or to not in KNOWN_ADDRESSES:
            found.append(f"{touchpoint} to {to}")
    return found


def main() -> None:
    """Print the three figures."""
    for name, program in PROGRAMS.items():
        outcome = attacked(program)
        told = ", ".join(f"{count} {what}" for what, count in sorted(outcome.letters.items()))
        print(
            f"attacks, {name}: {outcome.mails} mails, {len(outcome.changes)} changes; letters: {told}"
        )
        for change in outcome.changes:
            print(f"  {change}")
    honest, refused = quarantined()
    print(
        f"honest replies: {honest}, not believed {len(refused)} ({100 * len(refused) / honest:.1f} %)"
    )
    for each in refused:
        print(f"  {each}")
    found = leaks()
    print(
        f"canaries: {found.planted} planted, {found.read} of {found.to_be_read} for others read, "
        f"{found.letters} letters searched, {len(found.leaks)} leaks"
    )
    for leak in found.leaks:
        print(f"  {leak}")


if __name__ == "__main__":
    main()
